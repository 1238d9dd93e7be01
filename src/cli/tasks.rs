//! `hearback tasks`: what waits for a person.

use std::process::ExitCode;

use super::{At, setup};
use crate::actions::tasks::{self, Draft, Lost};
use crate::config::Config;
use crate::domain::words::{BounceKind, Channel, MessageState};
use crate::error::Result;
use crate::store::types::MessageId;

#[derive(clap::Args)]
pub struct Args {
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
    /// The letter was posted or the call was made: now it counts as told.
    Done {
        /// The task's id, from `hearback tasks`.
        #[arg(value_parser = id)]
        id: uuid::Uuid,
        #[command(flatten)]
        at: At,
    },
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    match args.command {
        None => list(config).await,
        Some(Command::Show { id, purpose, at }) => {
            let app = setup::open(config, at.at).await?;
            let sheet = setup::looked(tasks::show(&app, MessageId(id), &purpose).await)?;
            setup::written(&app).await?;
            println!("To:\n{}\n\n{}", sheet.to, sheet.text);
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Done { id, at }) => {
            let app = setup::open(config, at.at).await?;
            tasks::done(&app, MessageId(id)).await?;
            setup::written(&app).await?;
            println!("Recorded as told.");
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn id(text: &str) -> std::result::Result<uuid::Uuid, String> {
    text.parse().map_err(|_| "expected an id as `hearback tasks` lists it".to_owned())
}

async fn list(config: Config) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    let found = tasks::list(&app).await?;
    if found.count() == 0 && found.drafts.is_empty() {
        println!("Nothing waits for you.");
        return Ok(ExitCode::SUCCESS);
    }
    if !found.tasks.is_empty() {
        let mut table = super::table(&["id", "project", "since", "who", "what to do"]);
        for task in &found.tasks {
            let what = match (task.state, task.channel) {
                (MessageState::Task, Channel::Phone) => "ring up and read the update".to_owned(),
                (MessageState::Task, _) => "print and post the letter".to_owned(),
                (MessageState::Unknown, _) => {
                    format!("find out whether it arrived: {}", reason(task.why.as_deref()))
                }
                _ => format!("it could not be sent: {}", reason(task.why.as_deref())),
            };
            let since = task.since.to_string();
            table.add_row([task.id.to_string(), task.project.clone(), since, task.participant.clone(), what]);
        }
        println!("{}\n", table.trim_fmt());
    }
    for lost in &found.lost {
        println!("{}", lost_in_words(lost));
    }
    for draft in &found.drafts {
        print!("{}", draft_in_words(draft));
    }
    for (project, on, why) in &found.refused {
        println!("{project}: a row of history dated {on} did not fit on its day: {why}");
    }
    Ok(ExitCode::SUCCESS)
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

fn reason(why: Option<&str>) -> &str {
    why.unwrap_or("no reason was given")
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
