//! `hearback tasks`: what waits for a person.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;

use super::{At, setup};
use crate::actions::letters::{self, Entry, Printing};
use crate::actions::tasks::{self, Draft, Lost, Misfit, Task};
use crate::app::App;
use crate::config::Config;
use crate::domain::words::{BounceKind, Channel, MessageState};
use crate::error::{Error, Result};
use crate::mail::paper::Kind;
use crate::store::types::MessageId;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    /// Print the list as JSON.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print a letter or call in full, with the address or number. The purpose goes into the audit trail.
    Show {
        /// The task's id, from `hearback tasks`.
        #[arg(value_parser = id)]
        id: uuid::Uuid,
        /// What it is looked at for, such as "posting the letter".
        #[arg(long)]
        purpose: String,
        #[command(flatten)]
        at: At,
    },
    /// Write all letters and scripts of a project that wait into a folder, to print: as HTML and as PDF.
    ///
    /// Each is on pages of its own. Only who runs this can read the files. What was printed before is left out. Many go
    /// into several files, numbered in their order.
    Print {
        /// The project's slug.
        slug: String,
        /// The folder, which is made if it is not there.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// What they are printed for, such as "posting the letters".
        #[arg(long)]
        purpose: String,
        /// Also what was printed before.
        #[arg(long)]
        again: bool,
        /// How many letters or calls stand in one file.
        #[arg(long, value_name = "N", default_value_t = letters::PER_FILE as u64, value_parser = clap::value_parser!(u64).range(1..=10_000))]
        per_file: u64,
        #[command(flatten)]
        at: At,
    },
    /// The letter was posted or the call was made: now it counts as told.
    Done {
        /// The ids of one or more tasks, from `hearback tasks`.
        #[arg(value_parser = id, required = true)]
        ids: Vec<uuid::Uuid>,
        /// Who posted it or rang up.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// The day when it was posted or said, in the project's time zone; today where it is left out.
        #[arg(long, value_name = "DATE", value_parser = setup::date)]
        on: Option<NaiveDate>,
        #[command(flatten)]
        at: At,
    },
    /// The letter came back, also one that was recorded as done, or nobody could be reached: it does not count as told and comes
    /// again with the next edition.
    ///
    /// Until then it is listed, so that somebody asks for another way to reach its person.
    Failed {
        /// The task's id, from `hearback tasks`.
        #[arg(value_parser = id)]
        id: uuid::Uuid,
        /// Who tried.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Why it could not be done, without an address or a number.
        #[arg(long)]
        why: String,
        /// The day when that was, in the project's time zone; today where it is left out.
        #[arg(long, value_name = "DATE", value_parser = setup::date)]
        on: Option<NaiveDate>,
        #[command(flatten)]
        at: At,
    },
    /// Nothing more is to be done about what could not be told, or may not have been: take it off the list.
    ///
    /// It does not count as told, and the next update tells it again.
    Close {
        /// The ids of one or more tasks, from `hearback tasks`.
        #[arg(value_parser = id, required = true)]
        ids: Vec<uuid::Uuid>,
        /// Who looked into it.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Why nothing is to be done, such as "they moved away".
        #[arg(long)]
        why: String,
        #[command(flatten)]
        at: At,
    },
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    match args.command {
        None => list(config, args.json).await,
        Some(Command::Show { id, purpose, at }) => {
            let app = setup::open(config, at.at).await?;
            let sheet = setup::looked(tasks::show(&app, MessageId(id), &purpose).await)?;
            setup::written(&app).await?;
            println!("To:\n{}\n\n{}", sheet.to, sheet.text);
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Print { slug, out, purpose, again, per_file, at }) => {
            let app = setup::open(config, at.at).await?;
            let per_file = usize::try_from(per_file).unwrap_or(letters::PER_FILE);
            let printing = letters::printing(&app, &slug, &purpose, again, per_file);
            print(&app, setup::looked(printing.await)?, &out).await?;
            setup::written(&app).await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Done { ids, by, on, at }) => {
            let app = setup::open(config, at.at).await?;
            for id in ids {
                tasks::done(&app, MessageId(id), &by, on).await?;
                println!("{id}: recorded as told{}.", on.map(|on| format!(" on {on}")).unwrap_or_default());
            }
            setup::written(&app).await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Failed { id, by, why, on, at }) => {
            let app = setup::open(config, at.at).await?;
            tasks::not_done(&app, MessageId(id), &by, &why, on).await?;
            setup::written(&app).await?;
            println!(
                "{id}: recorded as not told. It comes again with the next edition. Ask how else they can be reached: `hearback tasks` tells how."
            );
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Close { ids, by, why, at }) => {
            let app = setup::open(config, at.at).await?;
            for id in ids {
                tasks::close(&app, MessageId(id), &by, &why).await?;
                println!("{id}: closed. It does not count as told.");
            }
            setup::written(&app).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn print(app: &App, mut printing: Printing, out: &Path) -> Result<()> {
    let (mut entries, mut missing) = (Vec::new(), BTreeSet::new());
    while let Some(part) = printing.next(app).await? {
        for (participant, why) in &part.left_out {
            println!("Left out: {participant}: {why}.");
        }
        for file in &part.files {
            println!("{}", put(out, &file.name, &file.bytes)?.display());
        }
        letters::printed(app, &part.entries).await?;
        entries.extend(part.entries);
        missing.extend(part.missing);
    }
    if entries.is_empty() {
        println!("Nothing is to be printed. `--again` prints what was printed before.");
        return Ok(());
    }
    if !missing.is_empty() {
        let missing: Vec<String> = missing.iter().map(|letter| format!("{letter:?}")).collect();
        println!(
            "There is no PDF of some, because no font here has {}. Print the HTML from a browser: it says the same.",
            missing.join(", ")
        );
    }
    let mut table = super::table(&["id", "who", "what", "pages"]);
    for Entry { id, participant, kind, pages } in &entries {
        let what = if *kind == Kind::Letter { "letter" } else { "call" };
        let pages = pages.map_or_else(|| "-".to_owned(), |pages| pages.to_string());
        table.add_row([id.to_string(), participant.clone(), what.to_owned(), pages]);
    }
    println!("{}", table.trim_fmt());
    println!("When they are posted or said: `hearback tasks done ID... --by NAME`. Then delete the files.");
    Ok(())
}

/// Writes a file that only its owner can read, under a name that is not taken.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let failed = |what: &Path, error: &std::io::Error| {
        Error::refused(format!(
            "{} cannot be written: {error}. What was to stand there does not count as printed.",
            what.display()
        ))
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed(folder, &error))?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    for number in 1.. {
        let name = if number == 1 { name.to_owned() } else { format!("{stem}-{number}.{ending}") };
        let path = folder.join(name);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path).and_then(|mut file| file.write_all(bytes)) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&path, &error)),
        }
    }
    Err(Error::refused(format!("{} holds too many files of one day.", folder.display())))
}

fn id(text: &str) -> std::result::Result<uuid::Uuid, String> {
    text.parse().map_err(|_| "expected an id as `hearback tasks` lists it".to_owned())
}

async fn list(config: Config, json: bool) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    let found = tasks::list(&app).await?;
    if json {
        println!("{}", serde_json::to_string(&found).context("writing JSON")?);
        return Ok(ExitCode::SUCCESS);
    }
    if found.count() == 0 && found.drafts.is_empty() {
        println!("Nothing waits for you.");
        return Ok(ExitCode::SUCCESS);
    }
    if !found.tasks.is_empty() {
        let mut table = super::table(&["id", "project", "since", "who", "what to do"]);
        for task in &found.tasks {
            let since = task.since.to_string();
            let what = what_to_do(task);
            table.add_row([task.id.to_string(), task.project.clone(), since, task.participant.clone(), what]);
        }
        println!("{}\n", table.trim_fmt());
    }
    if found.tasks.iter().any(|task| task.state != MessageState::Task) {
        println!(
            "What could not be done or sent is told again with the next edition. For another way to reach somebody: \
             `hearback participant choose PROJECT WHO channel=letter`, or import the sheet with their new number or \
             address. Where nothing is to be done: `hearback tasks close ID --by NAME --why \"…\"`.\n"
        );
    }
    for lost in &found.lost {
        println!("{}", lost_in_words(lost));
    }
    for draft in &found.drafts {
        print!("{}", draft_in_words(draft));
    }
    for Misfit { project, on, why } in &found.refused {
        println!("{project}: a row of history dated {on} did not fit on its day: {why}");
    }
    Ok(ExitCode::SUCCESS)
}

fn what_to_do(task: &Task) -> String {
    let why = task.why.as_deref().unwrap_or("no reason was given");
    let mut what = match (task.state, task.channel) {
        (MessageState::Task, Channel::Phone) => "ring up and read the update".to_owned(),
        (MessageState::Task, _) => "print and post the letter".to_owned(),
        (_, Channel::Letter | Channel::Phone) => {
            format!("ask for another way to reach them, it could not be done: {why}")
        }
        (MessageState::Unknown, _) => format!("find out whether it arrived: {why}"),
        _ => format!("it could not be sent: {why}"),
    };
    if let (MessageState::Task, Some(on)) = (task.state, task.printed_on) {
        what.push_str(&format!(" (printed on {on})"));
    }
    if let Some((on, why)) = &task.last_time {
        what.push_str(&format!(" (the last one could not be done, {on}: {why})"));
    }
    what
}

fn lost_in_words(lost: &Lost) -> String {
    let Lost { project, participant, since, why } = lost;
    let what = match why {
        BounceKind::Complaint => {
            "they told their mail provider that they do not want these messages. Ask whether and how they want to hear"
        }
        BounceKind::NoSuchAddress => "their e-mail address is not there any more. Ask for a new one",
        BounceKind::Permanent | BounceKind::Passing | BounceKind::Policy => {
            "messages to their e-mail address come back. Ask for a new one"
        }
    };
    format!(
        "{project}: {participant} cannot be told since {since}: {what}.\n  \
         Enter it with `hearback participant address {project} {participant}`; updates wait until then."
    )
}

/// A draft, with what an edition would tell without an explanation.
pub fn draft_in_words(draft: &Draft) -> String {
    let mut text = match &draft.held_why {
        Some(why) => format!("{}: the edition of {} is held: {why}\n", draft.project, draft.period_on),
        None => format!("{}: the edition of {} goes out by itself.\n", draft.project, draft.period_on),
    };
    for lacking in &draft.lacking {
        text.push_str(&format!("  {} {}: {}\n", lacking.reference, lacking.title, lacking.why));
    }
    text
}
