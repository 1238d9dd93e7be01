//! `hearback project` and `hearback edition`.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use super::{At, setup, showing};
use crate::actions::projects::{self, Reach};
use crate::actions::{editions, tasks};
use crate::config::Config;
use crate::error::{Error, Result};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Show whom the project would reach, and start it. The first edition goes out `review_days` later or after.
    Start {
        /// The project's slug.
        slug: String,
        /// Only show whom it would reach.
        #[arg(long)]
        dry_run: bool,
        /// Do not ask at the terminal.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        at: At,
    },
    /// Hold everything for everyone, with a reason that goes on the record.
    Pause {
        /// The project's slug.
        slug: String,
        /// Why: anybody can read it in the record.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        at: At,
    },
    /// Go on; the next edition tells everything since the last.
    Resume {
        /// The project's slug.
        slug: String,
        #[command(flatten)]
        at: At,
    },
    /// Say who can see the project's pages and how they look. Without options: show how it stands.
    Set(Box<showing::Args>),
}

#[derive(clap::Subcommand)]
pub enum EditionCommand {
    /// The drafts that go out next, with what lacks an explanation.
    List,
    /// Hold the draft that is open now, with a reason that goes on the record.
    Hold {
        /// The project's slug.
        slug: String,
        /// Why: anybody can read it in the record.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        at: At,
    },
    /// Let a held edition go.
    Release {
        /// The project's slug.
        slug: String,
        #[command(flatten)]
        at: At,
    },
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode> {
    match command {
        Command::Start { slug, dry_run, yes, at } => {
            let app = setup::open(config, at.at).await?;
            let reach = setup::looked(projects::reach(&app, &slug).await)?;
            print!("{}", in_words(&reach));
            if dry_run {
                println!("This was a look: the project was not started.");
                return Ok(ExitCode::SUCCESS);
            }
            if !yes && !std::io::stdin().is_terminal() {
                return Err(Error::refused(
                    "Nobody can be asked here whether to start writing to these people. The project was not started; \
                     --yes starts it.",
                ));
            }
            if !yes && !confirmed()? {
                println!("The project was not started.");
                return Ok(ExitCode::SUCCESS);
            }
            projects::start(&app, &slug).await?;
            setup::written(&app).await?;
            println!("Started. `hearback project pause {slug} --reason ...` holds everything.");
        }
        Command::Pause { slug, reason, at } => {
            let app = setup::open(config, at.at).await?;
            let begun = projects::pause(&app, &slug, &reason).await?;
            setup::written(&app).await?;
            if begun > 0 {
                println!("Being handed over at this moment, and may still arrive: {begun}.");
            }
            println!("Paused: no updates go out until `hearback project resume {slug}`.");
        }
        Command::Resume { slug, at } => {
            let app = setup::open(config, at.at).await?;
            projects::resume(&app, &slug).await?;
            setup::written(&app).await?;
            println!("Going on. The next edition tells everything since the last.");
        }
        Command::Set(args) => return showing::run(config, *args).await,
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn edition(config: Config, command: EditionCommand) -> Result<ExitCode> {
    match command {
        EditionCommand::List => {
            let app = setup::open(config, None).await?;
            let drafts = tasks::list(&app).await?.drafts;
            if drafts.is_empty() {
                println!("No edition is open for review.");
            }
            for draft in &drafts {
                print!("{}", super::tasks::draft_in_words(draft));
            }
        }
        EditionCommand::Hold { slug, reason, at } => {
            let app = setup::open(config, at.at).await?;
            let period = editions::hold(&app, &slug, &reason).await?;
            setup::written(&app).await?;
            println!("The edition of {period} is held. `hearback edition release {slug}` lets it go.");
        }
        EditionCommand::Release { slug, at } => {
            let app = setup::open(config, at.at).await?;
            let period = editions::release(&app, &slug).await?;
            setup::written(&app).await?;
            println!(
                "The edition of {period} goes out at its moment, or with the next tick where that has passed."
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(reach: &Reach) -> String {
    let mut table = super::table(&[]);
    for (channel, count) in &reach.by_channel {
        table.add_row([format!("told by {channel}"), count.to_string()]);
    }
    for (format, count) in &reach.by_format {
        table.add_row([format!("in the format {format}"), count.to_string()]);
    }
    for (cadence, count) in &reach.by_cadence {
        table.add_row([format!("with the cadence {cadence}"), count.to_string()]);
    }
    for (what, count) in [
        ("not told: no consent to be contacted", reach.without_consent),
        ("not told: no channel", reach.without_channel),
        ("not told: stopped or withdrawn", reach.stopped_or_withdrawn),
        ("not told for now: paused", reach.paused),
    ] {
        if count > 0 {
            table.add_row([what.to_owned(), count.to_string()]);
        }
    }
    let first = reach.first_edition.map_or_else(|| "never".to_owned(), |day| day.to_string());
    table.add_row(["first edition".to_owned(), first]);
    format!("{}\n", table.trim_fmt())
}

fn confirmed() -> Result<bool> {
    print!("Start writing to these people? [y/N] ");
    std::io::stdout().flush().map_err(|error| Error::Internal(error.into()))?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| Error::Internal(error.into()))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
