//! `hearback log`: one act of the organisation, recorded.

use std::process::ExitCode;

use chrono::NaiveDate;

use super::{At, setup};
use crate::actions::advise;
use crate::actions::outcomes::{Logged, record_outcome};
use crate::config::Config;
use crate::domain::history::Act;
use crate::domain::pack::{cell, history, values};
use crate::domain::translations::{Translations, primary};
use crate::domain::words::{HistoryKind, InOurControl, Reason};
use crate::error::{Error, Result};

#[derive(clap::Args)]
pub struct Args {
    /// The project's slug.
    slug: String,
    /// The recommendation's ref.
    #[arg(value_name = "REF")]
    reference: String,
    /// response, progress, promise, promise_kept, promise_moved, target or note.
    kind: String,
    /// accepted, stalled, ...; the words of a promise or note; the date of a target.
    value: String,
    /// The day when it happened; today where it is left out.
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    on: Option<NaiveDate>,
    /// Why, as a code such as money or staff_time.
    #[arg(long)]
    reason: Option<String>,
    /// What happened, in plain words; for done and done_in_part: what changed.
    #[arg(long)]
    explanation: Option<String>,
    /// What was tried.
    #[arg(long)]
    tried: Option<String>,
    /// Who decided: a role, not a name.
    #[arg(long)]
    decided_by: Option<String>,
    /// What would unblock it.
    #[arg(long)]
    unblock: Option<String>,
    /// yes, partly or no.
    #[arg(long)]
    in_our_control: Option<String>,
    /// The next look; without it the explanation is final.
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    review_on: Option<NaiveDate>,
    /// When a promise is due.
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    due_on: Option<NaiveDate>,
    /// The same words in another language, such as: --in cy explanation="Does dim arian."
    ///
    /// The field is explanation, tried, decided_by, unblock or noticed_by. The words in the project's language are needed
    /// beside it; whoever reads another language gets those. Give it once for each field and language.
    #[arg(long = "in", value_names = ["LANGUAGE", "FIELD=WORDS"], num_args = 2)]
    translated: Vec<String>,
    /// Who will notice what changed.
    #[arg(long)]
    noticed_by: Option<String>,
    /// Where the proof is.
    #[arg(long)]
    evidence_url: Option<String>,
    #[command(flatten)]
    at: At,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let app = setup::open(config, args.at.at).await?;
    let project = crate::actions::project(&app, &args.slug).await?;
    let today = project.today(app.clock.now())?;
    let mut act = act(&args, today)?;
    act.translations = translations(&args.translated, &act, &project.language)?;
    let advice = advise::on_act(&app, &act, &project.language);
    let logged = record_outcome(&app, &args.slug, act).await?;
    setup::written(&app).await?;
    match &logged {
        Logged::Recorded { seq } => println!("Recorded as event {seq}."),
        Logged::Corrected { seq } => println!("Recorded as a correction, event {seq}."),
        Logged::Waits { on } => println!("Kept: it will be recorded on {on}."),
        Logged::Unchanged => println!("This is on the record already. Nothing was changed."),
    }
    if logged != Logged::Unchanged {
        print!("{advice}");
    }
    Ok(ExitCode::SUCCESS)
}

fn act(args: &Args, today: NaiveDate) -> Result<Act> {
    fn word<T>(
        field: &str,
        value: Option<&str>,
        parse: impl Fn(&str) -> Option<T>,
        codes: &str,
    ) -> Result<Option<T>> {
        match value {
            None => Ok(None),
            Some(value) => match parse(value) {
                Some(word) => Ok(Some(word)),
                None => Err(Error::invalid(field, format!("expected one of {codes}"))),
            },
        }
    }
    let kind = word("kind", Some(&args.kind), HistoryKind::parse, &HistoryKind::codes())?
        .ok_or_else(|| Error::invalid("kind", "expected a kind"))?;
    let mut act =
        Act::new(&args.reference, args.on.unwrap_or(today), kind, &text("value", &args.value, false)?);
    act.reason = word("reason", args.reason.as_deref(), Reason::parse, &Reason::codes())?;
    act.in_our_control =
        word("in_our_control", args.in_our_control.as_deref(), InOurControl::parse, &InOurControl::codes())?;
    act.explanation = optional("explanation", args.explanation.as_deref(), true)?;
    act.tried = optional("tried", args.tried.as_deref(), true)?;
    act.decided_by = optional("decided_by", args.decided_by.as_deref(), false)?;
    act.unblock = optional("unblock", args.unblock.as_deref(), true)?;
    act.noticed_by = optional("noticed_by", args.noticed_by.as_deref(), false)?;
    act.evidence_url = match args.evidence_url.as_deref() {
        None => None,
        Some(url) => Some(values::link(url).map_err(|why| Error::invalid("evidence_url", why))?),
    };
    act.review_on = args.review_on;
    act.due_on = args.due_on;
    // As in a sheet.
    let is_promise =
        matches!(kind, HistoryKind::Promise | HistoryKind::PromiseMoved | HistoryKind::PromiseKept);
    at_most("value", is_promise.then_some(act.value.as_str()), history::MAX_PROMISE)?;
    at_most("decided_by", act.decided_by.as_deref(), history::MAX_DECIDED_BY)?;
    at_most("noticed_by", act.noticed_by.as_deref(), history::MAX_NOTICED_BY)?;
    for (field, date) in [("on", Some(act.on)), ("review_on", act.review_on), ("due_on", act.due_on)] {
        if let Some(date) = date {
            values::date(&date.to_string()).map_err(|why| Error::invalid(field, why))?;
        }
    }
    if act.value.is_empty() {
        return Err(Error::invalid("value", "expected some words"));
    }
    Ok(act)
}

/// Words in other languages than the project's, each beside the words that they say again.
fn translations(given: &[String], act: &Act, own: &str) -> Result<Translations> {
    let mut all = Translations::new();
    for pair in given.chunks(2) {
        let [language, said] = pair else { continue };
        let invalid = |why: String| Error::invalid("in", why);
        let (column, words) = said.split_once('=').ok_or_else(|| {
            invalid(format!("expected a field and its words after {language}, such as explanation=\"…\""))
        })?;
        let (language, column, words) = history::translation(language, column, words).map_err(invalid)?;
        if primary(own) == primary(&language) {
            return Err(invalid(format!(
                "{own} is the project's language: give its words by --{}",
                column.replace('_', "-")
            )));
        }
        let (own_words, most) = match column {
            "explanation" => (&act.explanation, None),
            "tried" => (&act.tried, None),
            "unblock" => (&act.unblock, None),
            "decided_by" => (&act.decided_by, Some(history::MAX_DECIDED_BY)),
            _ => (&act.noticed_by, Some(history::MAX_NOTICED_BY)),
        };
        if own_words.is_none() {
            return Err(Error::invalid(column, history::ALONE));
        }
        if let Some(most) = most {
            at_most(column, Some(&words), most)?;
        }
        if all.entry(language.clone()).or_default().insert(column.to_owned(), words).is_some() {
            return Err(invalid(format!("the words of {column} in {language} are there twice")));
        }
    }
    Ok(all)
}

fn at_most(field: &str, value: Option<&str>, most: usize) -> Result<()> {
    match value {
        Some(value) if value.chars().count() > most => {
            Err(Error::invalid(field, format!("expected at most {most} characters")))
        }
        _ => Ok(()),
    }
}

fn optional(field: &str, value: Option<&str>, long: bool) -> Result<Option<String>> {
    Ok(value.map(|value| text(field, value, long)).transpose()?.filter(|value| !value.is_empty()))
}

/// The same rules as for a cell of a sheet.
fn text(field: &str, value: &str, long: bool) -> Result<String> {
    Ok(cell::clean(value, long).map_err(|why| Error::invalid(field, why))?.text)
}
