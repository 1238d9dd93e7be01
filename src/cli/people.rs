//! `hearback story` and `hearback participant`: what people asked for, recorded by staff.

use std::process::ExitCode;

use super::{At, setup};
use crate::actions::participants::{self, Deed};
use crate::config::Config;
use crate::domain::pack::parse_choice;
use crate::domain::words::ParticipantState;
use crate::error::{Error, Result};

#[derive(clap::Subcommand)]
pub enum StoryCommand {
    /// Take a story out of everything, for good. Its teller gets one message that confirms it.
    Withdraw {
        slug: String,
        /// The story's code.
        code: String,
        #[command(flatten)]
        at: At,
    },
}

#[derive(clap::Subcommand)]
pub enum Command {
    /// No more updates, until they ask for them again.
    Stop(Who),
    /// No updates for now.
    Pause(Who),
    /// Updates again.
    Resume(Who),
    /// Record a choice, such as `cadence=quarterly` or `format=plain_text`. An import does not overwrite it.
    Choose {
        #[command(flatten)]
        who: Who,
        /// channel, format, language, cadence or quiet_times, and its value: `cadence=yearly` or `cadence yearly`.
        #[arg(num_args = 1..=2, required = true)]
        choice: Vec<String>,
    },
    /// Withdraw every story of a participant.
    Withdraw(Who),
}

#[derive(clap::Args)]
pub struct Who {
    slug: String,
    /// The participant's id in the sheet.
    participant: String,
    #[command(flatten)]
    at: At,
}

pub async fn story(config: Config, command: StoryCommand) -> Result<ExitCode> {
    let StoryCommand::Withdraw { slug, code, at } = command;
    let app = setup::open(config, at.at).await?;
    let person = participants::withdraw_story(&app, &slug, &code).await?;
    setup::written(&app).await?;
    println!("Withdrawn: the story is gone from everything that comes.");
    if person.state == ParticipantState::Withdrawn {
        println!("It was their last one, so {} gets one confirmation and nothing more.", person.reference);
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode> {
    let (who, deed) = match command {
        Command::Stop(who) => (who, Deed::Stop),
        Command::Pause(who) => (who, Deed::Pause),
        Command::Resume(who) => (who, Deed::Resume),
        Command::Withdraw(who) => (who, Deed::Withdraw(None)),
        Command::Choose { who, choice } => {
            let (choice, value) =
                parse_choice(&choice.join("=")).map_err(|why| Error::invalid("choice", why))?;
            (who, Deed::Choose(choice, value))
        }
    };
    let app = setup::open(config, who.at.at).await?;
    let person = participants::act(&app, &who.slug, &who.participant, &deed).await?;
    setup::written(&app).await?;
    println!("Recorded. {} is {} now.", person.reference, person.state);
    Ok(ExitCode::SUCCESS)
}
