//! What the record says, as sentences on a page: one happening for each event, with the explanation in full.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::event::{Entry, Explanation, Fact, Outcome};
use crate::domain::reading::{Look, Read};
use crate::domain::standing::Axis;
use crate::domain::translations::Translations;
use crate::domain::words::Progress;
use crate::locale::{Arg, Voice, Words};

/// One event for a reader.
#[derive(Debug, Serialize)]
pub struct Happening {
    pub seq: i64,
    pub on: String,
    pub day: NaiveDate,
    pub kind: String,
    /// Written by the clock.
    pub silent: bool,
    pub what: String,
    /// The words of those who said it.
    pub words: Option<String>,
    /// Their language, where it is not that of the page.
    pub lang: Option<String>,
    /// With marks around what was typed.
    pub details: Vec<String>,
    /// That these words are there in the project's own language only.
    pub lacking: Option<String>,
    /// Where the proof is: only addresses of the web.
    pub proof: Option<String>,
    pub corrected: bool,
    pub redacted: bool,
}

/// As it was said: `None` for what only stands behind other words: figures, learnings, corrections (which read in their
/// place).
pub fn happening(voice: Voice<'_>, entry: &Entry) -> Option<Happening> {
    let words = voice.words;
    told(voice, entry, &|on| words.text("detail-look", &[("date", words.date(on).into())]))
}

/// As it is to be read today: what became of a look that was promised stands beside the promise, and who had promised it
/// beside a look that did not come.
pub fn happening_since(voice: Voice<'_>, entry: &Entry, read: &Read, today: NaiveDate) -> Option<Happening> {
    let words = voice.words;
    let look = read.look_of(entry.seq);
    let mut happening = told(voice, entry, &|on| look_now(words, on, look, today))?;
    if let Fact::ReviewDatePassed { review_on } = &entry.fact
        && let Some(look) = read.look_for(*review_on, entry.seq)
    {
        let key = match look.axis {
            Axis::Response => "happened-review-answer",
            Axis::Progress => "happened-review-work",
            Axis::Target | Axis::Promise => "happened-review",
        };
        happening.what = words.text(key, &[("date", words.date(*review_on).into())]);
        labelled(voice, &mut happening.details, "detail-look-by", look.by.as_deref());
    }
    Some(happening)
}

fn look_now(words: &Words, on: NaiveDate, look: Option<&Look>, today: NaiveDate) -> String {
    let date = ("date", words.date(on).into());
    match look.and_then(|look| look.replaced_on) {
        Some(replaced) => words.text("detail-look-replaced", &[date, ("on", words.date(replaced).into())]),
        None if on < today => words.text("detail-look-passed", &[date]),
        None => words.text("detail-look", &[date]),
    }
}

/// `look` puts the day of a next look into words.
fn told(voice: Voice<'_>, entry: &Entry, look: &dyn Fn(NaiveDate) -> String) -> Option<Happening> {
    let words = voice.words;
    let what = what(words, &entry.fact)?;
    let mut lacks = None;
    let (said, mut details, proof) = match &entry.fact {
        Fact::RecommendationPublished { text, translations, .. } => {
            (Some(voice.passage(translations, "text", text).0.to_owned()), Vec::new(), None)
        }
        Fact::Note { words: note } => (Some(note.clone()), Vec::new(), None),
        Fact::Redaction { why, .. } => (Some(why.clone()), Vec::new(), None),
        Fact::Progress { outcome: Some(outcome), .. } => of_outcome(voice, outcome, look, &mut lacks),
        Fact::PromiseKept { evidence_url, .. } => (None, Vec::new(), evidence_url.clone()),
        Fact::RecommendationChanged { fields } => {
            // Words in other languages say the same once more.
            let own = fields.iter().filter(|(name, _)| !is_in_language(name));
            let read = own.map(|(name, value)| {
                let value = value.parse::<NaiveDate>().map_or_else(|_| value.clone(), |day| words.date(day));
                words
                    .text(&format!("happened-changed-{}", name.replace('_', "-")), &[("words", value.into())])
            });
            (None, read.collect(), None)
        }
        fact => match fact.explanation() {
            Some(explanation) => of_explanation(voice, explanation, look, &mut lacks),
            None => (None, Vec::new(), None),
        },
    };
    if let Fact::Response { decided_by: Some(who), .. } = &entry.fact {
        labelled(voice, &mut details, "detail-who", Some(who));
    }
    let (kind, _) = entry.fact.parts();
    Some(Happening {
        seq: entry.seq,
        on: words.date(entry.on),
        day: entry.on,
        kind,
        silent: entry.fact.is_silence(),
        what,
        lang: said
            .as_ref()
            .and_then(|_| voice.other())
            .filter(|_| !is_translated(voice, &entry.fact))
            .map(str::to_owned),
        words: said,
        details,
        lacking: lacks.map(|()| voice.lacking()),
        proof: proof.filter(|url| is_web(url)),
        corrected: entry.corrected_by.is_some(),
        redacted: entry.redacted,
    })
}

/// What a recommendation is called for this reader, and the language of that where it is not the page's.
pub fn title(voice: Voice<'_>, read: &Read) -> (String, Option<String>) {
    let standing = &read.standing;
    let (title, lang) = voice.passage(&standing.translations, "title", &standing.title);
    (title.to_owned(), lang.map(str::to_owned))
}

/// `title_cy`, `text_ur`.
fn is_in_language(field: &str) -> bool {
    field.starts_with("title_") || field.starts_with("text_")
}

/// An address that a page may link to: what staff typed could be a script.
pub fn is_web(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn what(words: &Words, fact: &Fact) -> Option<String> {
    let date = |day: &NaiveDate| Arg::from(words.date(*day));
    let text = |key: &str, args: &[(&str, Arg<'_>)]| Some(words.text(key, args));
    match fact {
        Fact::RecommendationPublished { .. } => text("happened-published", &[]),
        Fact::RecommendationChanged { .. } => text("happened-changed", &[]),
        Fact::Response { response, .. } => {
            text("happened-response", &[("state", words.code("response", response.code()).into())])
        }
        Fact::Progress { progress, from, .. } => {
            let state = Arg::from(words.code("progress", progress.code()));
            let key = match (from, progress) {
                (from, to) if from == to => "happened-progress-again",
                (Progress::Done, Progress::InProgress) => "happened-reopened",
                _ => "happened-progress",
            };
            text(key, &[("state", state), ("from", words.code("progress", from.code()).into())])
        }
        Fact::Target { target_on, from: Some(from), .. } if from != target_on => {
            text("happened-target-moved", &[("from", date(from)), ("date", date(target_on))])
        }
        Fact::Target { target_on, .. } => text("happened-target", &[("date", date(target_on))]),
        Fact::Promise { promise, due_on, .. } => {
            text("happened-promise", &[("promise", promise.into()), ("date", date(due_on))])
        }
        Fact::PromiseMoved { promise, due_on, from, .. } => {
            let args = [("promise", promise.into()), ("from", date(from)), ("date", date(due_on))];
            text("happened-promise-moved", &args)
        }
        Fact::PromiseKept { promise, .. } => text("happened-promise-kept", &[("promise", promise.into())]),
        Fact::PromiseMissed { promise, due_on } => {
            text("happened-promise-missed", &[("promise", promise.into()), ("date", date(due_on))])
        }
        Fact::ResponseOverdue { due_on } => text("happened-overdue", &[("date", date(due_on))]),
        Fact::ReviewDatePassed { review_on } => text("happened-review", &[("date", date(review_on))]),
        Fact::ExplanationStale { days, .. } => text("happened-stale", &[("days", (*days).into())]),
        Fact::GoneQuiet { since, days } => {
            text("happened-quiet", &[("date", date(since)), ("days", (*days).into())])
        }
        Fact::Note { .. } => text("happened-note", &[]),
        Fact::Correction { corrects, .. } => {
            text("happened-correction", &[("number", corrects.to_string().into())])
        }
        Fact::Redaction { redacts, .. } => {
            text("happened-redaction", &[("number", redacts.to_string().into())])
        }
        Fact::ProjectStarted { .. }
        | Fact::ProjectPaused { .. }
        | Fact::ProjectResumed {}
        | Fact::ProjectChanged { .. }
        | Fact::EditionHeld { .. }
        | Fact::EditionReleased { .. }
        | Fact::Learnings { .. }
        | Fact::Figures(_) => None,
    }
}

type Said = (Option<String>, Vec<String>, Option<String>);
type Lacks = Option<()>;

/// Whether the first words of an explanation or outcome are there in the reader's language.
fn is_translated(voice: Voice<'_>, fact: &Fact) -> bool {
    let translations = match fact {
        Fact::Progress { outcome: Some(outcome), .. } => Some((&outcome.translations, "what_changed")),
        Fact::RecommendationPublished { translations, .. } => Some((translations, "text")),
        fact => fact.explanation().map(|said| (&said.translations, "what_happened")),
    };
    translations.is_some_and(|(all, member)| voice.passage(all, member, "").1.is_none())
}

/// What an explanation says beside the words of what happened.
fn of_explanation(
    voice: Voice<'_>,
    said: &Explanation,
    look: &dyn Fn(NaiveDate) -> String,
    lacks: &mut Lacks,
) -> Said {
    let (words, all) = (voice.words, &said.translations);
    let mut details = Vec::new();
    if let Some(reason) = said.reason {
        let reason = words.code("reason", reason.code());
        details.push(words.text("told-reason", &[("reason", reason.into())]));
    }
    let mut put = |key, member, value: &Option<String>| {
        passage(voice, &mut details, lacks, (key, all, member), value.as_deref());
    };
    put("detail-tried", "tried", &said.tried);
    put("detail-who", "decided_by", &said.decided_by);
    put("detail-unblock", "unblock", &said.unblock);
    if let Some(control) = said.in_our_control {
        details.push(words.code("control", control.code()));
    }
    details.push(match said.review_on {
        Some(on) => look(on),
        None => words.text("detail-final", &[]),
    });
    let (told, other) = voice.passage(all, "what_happened", &said.what_happened);
    *lacks = lacks.or(other.map(|_| ()));
    (Some(told.to_owned()), details, None)
}

fn of_outcome(
    voice: Voice<'_>,
    said: &Outcome,
    look: &dyn Fn(NaiveDate) -> String,
    lacks: &mut Lacks,
) -> Said {
    let (words, all) = (voice.words, &said.translations);
    let mut details = Vec::new();
    let mut put = |key, member, value: &Option<String>| {
        passage(voice, &mut details, lacks, (key, all, member), value.as_deref());
    };
    put("detail-noticed", "noticed_by", &said.noticed_by);
    put("detail-says", "decided_by", &said.decided_by);
    put("detail-unblock", "unblock", &said.unblock);
    if let Some(control) = said.in_our_control {
        details.push(words.code("control", control.code()));
    }
    if let Some(on) = said.review_on {
        details.push(look(on));
    }
    let proof = said.evidence_url.clone();
    if proof.is_none() {
        details.push(words.text("detail-no-proof", &[]));
    }
    let (told, other) = voice.passage(all, "what_changed", &said.what_changed);
    *lacks = lacks.or(other.map(|_| ()));
    (Some(told.to_owned()), details, proof)
}

/// A label and words that may be there in the reader's language.
fn passage(
    voice: Voice<'_>,
    details: &mut Vec<String>,
    lacks: &mut Lacks,
    (key, all, member): (&str, &Translations, &str),
    value: Option<&str>,
) {
    let Some(value) = value else { return };
    let (told, other) = voice.told(all, member, value, str::to_owned);
    *lacks = lacks.or(other.then_some(()));
    details.push(voice.words.text(key, &[("words", told.into())]));
}

fn labelled(voice: Voice<'_>, details: &mut Vec<String>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        details.push(voice.words.text(key, &[("words", voice.typed(value).into())]));
    }
}
