//! `hearback story` and `hearback participant`: what people asked for, recorded by staff.

use std::process::ExitCode;

use super::{At, setup};
use crate::actions::addresses;
use crate::actions::participants::{self, Deed};
use crate::app::App;
use crate::calendars;
use crate::config::Config;
use crate::domain::pack::{codes, parse_choice};
use crate::domain::words::{Channel, ParticipantState};
use crate::error::{Error, Result};
use crate::store::{participant, story};

#[derive(clap::Subcommand)]
pub enum StoryCommand {
    /// Take a story out of everything, for good. Its teller gets one message that confirms it, unless they
    /// had stopped or cannot be reached.
    Withdraw {
        /// The project's slug.
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
    /// Withdraw every story of a participant, for good: nothing of theirs is used any more, and one message confirms it.
    Withdraw(Who),
    /// Give a participant a new e-mail address. It is read from stdin, so that it stays in no shell's history.
    Address(Who),
}

#[derive(clap::Args)]
pub struct Who {
    /// The project's slug.
    slug: String,
    /// The participant's id in the sheet.
    participant: String,
    #[command(flatten)]
    at: At,
}

pub async fn story(config: Config, command: StoryCommand) -> Result<ExitCode> {
    let StoryCommand::Withdraw { slug, code, at } = command;
    let app = setup::open(config, at.at).await?;
    let had_stopped = had_stopped(&app, &slug, &code).await?;
    let person = participants::withdraw_story(&app, &slug, &code).await?;
    setup::written(&app).await?;
    println!("Withdrawn: the story is gone from everything that comes.");
    if person.state == ParticipantState::Withdrawn {
        if person.contact_consent && person.channel != Channel::None && !had_stopped {
            println!(
                "It was their last one, so {} gets one confirmation and nothing more.",
                person.reference
            );
        } else {
            println!("It was their last one; no message goes to them.");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Asked before the withdrawal, which takes the place of the state.
async fn had_stopped(app: &App, slug: &str, code: &str) -> Result<bool> {
    let project = crate::actions::project(app, slug).await?;
    let hashes = app.keys.code_hashes(project.id.0.as_bytes(), &codes::skeleton(code));
    let story = story::by_code_hash(&app.db.reader, project.id, &hashes).await?;
    let Some(teller) = story.and_then(|story| story.participant_id) else { return Ok(false) };
    let person = participant::find(&app.db.reader, teller).await?;
    Ok(person.is_some_and(|person| person.state == ParticipantState::Stopped))
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode> {
    let (who, deed) = match command {
        Command::Address(who) => return address(config, who).await,
        Command::Stop(who) => (who, Deed::Stop),
        Command::Pause(who) => (who, Deed::Pause),
        Command::Resume(who) => (who, Deed::Resume),
        Command::Withdraw(who) => (who, Deed::Withdraw(None)),
        Command::Choose { who, choice } => {
            let calendars = calendars::load(config.calendars.as_deref());
            let (choice, value) =
                parse_choice(&choice.join("="), &calendars).map_err(|why| Error::invalid("choice", why))?;
            (who, Deed::Choose(choice, value))
        }
    };
    let app = setup::open(config, who.at.at).await?;
    let person = participants::act(&app, &who.slug, &who.participant, &deed).await?;
    setup::written(&app).await?;
    match &deed {
        Deed::Choose(choice, value) if value.is_empty() => println!("Recorded: {choice} is empty now."),
        Deed::Choose(choice, value) => println!("Recorded: {choice} is {value} now."),
        _ => println!("Recorded. {} is {} now.", person.reference, person.state),
    }
    Ok(ExitCode::SUCCESS)
}

async fn address(config: Config, who: Who) -> Result<ExitCode> {
    use std::io::{IsTerminal, Read};
    if std::io::stdin().is_terminal() {
        eprintln!("The new address, then Enter and Ctrl-D:");
    }
    let mut given = String::new();
    std::io::stdin()
        .take(1000)
        .read_to_string(&mut given)
        .map_err(|_| Error::invalid("address", "expected one e-mail address on stdin"))?;
    let app = setup::open(config, who.at.at).await?;
    let (person, cautions) = addresses::set_address(&app, &who.slug, &who.participant, &given).await?;
    setup::written(&app).await?;
    println!("Recorded. What waited for {} goes out with the next pass.", person.reference);
    for caution in cautions {
        println!("Look at it once more: {caution}.");
    }
    Ok(ExitCode::SUCCESS)
}
