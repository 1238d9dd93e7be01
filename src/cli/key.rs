//! `hearback key`: a new key takes the place of the current one, in two steps, while everything goes on.

use std::process::ExitCode;

use super::setup;
use crate::actions::keys::{self, may_go_at};
use crate::config::Config;
use crate::domain::words::KeyState;
use crate::error::{Error, Result};
use crate::keys::Keys;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Put a new key into the key file. It opens what it will seal, and seals nothing yet: copy the file to every machine
    /// and restart `hearback serve` there, then run `hearback key rotate`.
    New,
    /// Make the new key the current one, and seal all contact data anew with it. Ended at any moment, it goes on where it
    /// was when it is run again.
    Rotate,
    /// The keys of this instance, by number, and what each is still needed for.
    List,
    /// Take keys out of use whose last links were made more than a year ago.
    Drop,
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode> {
    match command {
        Command::New => new(config).await,
        Command::Rotate => rotate(config).await,
        Command::List => list(config).await,
        Command::Drop => drop_old(config).await,
    }
}

async fn new(config: Config) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    keys::may_add(&app).await?;
    let path = &app.config.key_file;
    let id = match keys::unknown(&app).await? {
        Some(id) => id,
        None => {
            let added = Keys::add_to(path).map_err(|error| Error::refused(format!("{error:#}.")))?;
            added.ids().into_iter().next().ok_or_else(|| anyhow::anyhow!("the new key is not in its file"))?
        }
    };
    let number = keys::accept(&app, &id).await?;
    println!("Key {number} stands in {}. Nothing is sealed with it yet.", path.display());
    println!(
        "Keep a copy of the file apart from the database. Copy it to every machine that runs hearback, restart"
    );
    println!("`hearback serve` there, one after the other, and then run: hearback key rotate");
    Ok(ExitCode::SUCCESS)
}

async fn rotate(config: Config) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    let turned = keys::turn(&app).await?;
    if let Some(number) = turned {
        println!("Key {number} is the current one now.");
    }
    match (keys::reseal(&app).await?, turned) {
        (0, None) => {
            println!("Everything is sealed with the current key. To begin a change: hearback key new")
        }
        (0, Some(_)) => println!("There was no contact data to seal anew."),
        (1, _) => println!(
            "The contact data of 1 person was sealed anew. All of it is sealed with the current key."
        ),
        (count, _) => {
            println!(
                "The contact data of {count} people was sealed anew. All of it is sealed with the current key."
            );
        }
    }
    if turned.is_some() {
        println!("Keep the key before it in the file: links in messages that went out before open with it.");
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(config: Config) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    let held = app.keys.ids();
    let mut table = super::table(&["key", "since", "in the file", "what for"]);
    for row in keys::list(&app).await? {
        let what = match row.state {
            KeyState::Accepted => "waits for `hearback key rotate`".to_owned(),
            KeyState::Current => "the current one: seals, signs links, knows people again".to_owned(),
            KeyState::Older => format!(
                "opens links of earlier messages, knows people again; can be dropped from {} on",
                may_go_at(&row).date_naive()
            ),
            KeyState::Dropped => "knows people again who are not to be signed up once more".to_owned(),
        };
        let there = if held.contains(&row.id) { "yes" } else { "no" };
        let since = row.since.utc().date_naive().to_string();
        table.add_row([row.number.to_string(), since, there.to_owned(), what]);
    }
    println!("{}", table.trim_fmt());
    Ok(ExitCode::SUCCESS)
}

async fn drop_old(config: Config) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    // What was dropped before and is still in the file goes now: the program may have ended in between.
    let dropped = keys::drop_old(&app).await;
    let path = &app.config.key_file;
    let taken_out = Keys::drop_from(path, &keys::dropped(&app).await?)
        .map_err(|error| Error::refused(format!("{error:#}.")))?;
    if !taken_out {
        dropped?;
        println!("There is no key to drop.");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "Dropped. In {} only what knows people again is left of the key; nothing opens with that.",
        path.display()
    );
    println!("Copy the file to every machine that runs hearback, and let no older copy of it lie about.");
    Ok(ExitCode::SUCCESS)
}
