//! Opening an instance: database, mark of time travel, key, clock and mail, with every reason not to.

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::actions::{instance as of_instance, keys as of_keys};
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, MailTarget, sqlite_path};
use crate::error::{Error, Result};
use crate::keys::{Fit, Keys};
use crate::mail::smtp::SmtpSettings;
use crate::mail::transport::Transport;
use crate::store::{Db, instance};

/// Reads a time: a moment with an offset, a moment in UTC, or a day.
pub fn time(text: &str) -> std::result::Result<DateTime<Utc>, String> {
    if let Ok(at) = text.parse::<DateTime<Utc>>() {
        return Ok(at);
    }
    if let Ok(at) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z") {
        return Ok(at.to_utc());
    }
    let plain = text.strip_suffix('Z').or_else(|| text.strip_suffix(" UTC")).unwrap_or(text);
    for form in ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"] {
        if let Ok(at) = NaiveDateTime::parse_from_str(plain, form) {
            return Ok(at.and_utc());
        }
    }
    text.parse::<NaiveDate>()
        .map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc())
        .map_err(|_| "expected a time such as 2026-03-01 or 2026-03-01T10:00Z".to_owned())
}

/// A time as people write it; `time` reads it too.
fn in_words(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y-%m-%d %H:%M UTC")
}

/// Reads a day.
pub fn date(text: &str) -> std::result::Result<NaiveDate, String> {
    text.parse().map_err(|_| "expected a date such as 2026-01-31".to_owned())
}

/// For what only looks: that nothing was changed needs no telling there.
pub fn looked<T>(result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::NotFound { what } => Error::refused(format!("{what} is not known here.")),
        error => error,
    })
}

/// What may be made while opening.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Making {
    /// `init`: everything.
    Everything,
    /// On SQLite everything, on PostgreSQL nothing.
    WhatIsMissing,
    /// As above, and the tables on PostgreSQL.
    Tables,
}

/// Opens the instance for a command.
pub async fn open(config: Config, at: Option<DateTime<Utc>>) -> Result<App> {
    opened(config, at, Making::WhatIsMissing).await
}

/// Opens an instance that is there already and makes nothing: for what another program calls, in whatever folder.
pub async fn open_existing(config: Config, at: Option<DateTime<Utc>>) -> Result<App> {
    let missing = sqlite_path(&config.database_url).filter(|path| !path.exists());
    if let Some(path) = missing {
        return Err(Error::refused(format!(
            "There is no database at {}. Set HEARBACK_DATABASE_URL, or start this where hearback.toml lies.",
            path.display()
        )));
    }
    open(config, at).await
}

/// Opens the instance for `serve`, which migrates on PostgreSQL too.
pub async fn open_and_migrate(config: Config) -> Result<App> {
    opened(config, None, Making::Tables).await
}

pub async fn init(config: Config, at: Option<DateTime<Utc>>) -> Result<ExitCode> {
    let key = config.key_file.display().to_string();
    let app = opened(config, at, Making::Everything).await?;
    println!("The database is ready. The key lies in {key}: keep a copy of it apart from the database.");
    if app.time_travel {
        println!("Time is moved by hand here; it is {} now.", in_words(app.clock.now()));
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn migrate(config: Config) -> Result<ExitCode> {
    let db = Db::connect(&config.database_url).await?;
    db.migrate().await?;
    of_instance::mark(&db, false, Clock::system().now()).await?;
    println!("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}

async fn opened(config: Config, at: Option<DateTime<Utc>>, making: Making) -> Result<App> {
    let db = Db::connect(&config.database_url).await?;
    if db.is_sqlite() || making != Making::WhatIsMissing {
        db.migrate().await?;
    } else if db.is_behind().await? {
        return Err(Error::refused(
            "The database is not up to date. Run `hearback init` or `hearback migrate` first.",
        ));
    }
    let may_make = db.is_sqlite() || making == Making::Everything;
    let instance = marked(&db, at, may_make).await?;
    let keys = keys(&db, &config, &instance, may_make).await?;
    let clock = clock(&instance, at)?;
    let mailer = mailer(&config, instance.time_travel)?;
    let app = App::new(db, clock, keys, mailer, config, instance.time_travel);
    // A setting that cannot be used is refused as one.
    app.map_err(|error| error.downcast::<Error>().unwrap_or_else(Error::Internal))
}

/// The row about this database; the mark of time travel is set when the database is made, whatever follows.
async fn marked(db: &Db, at: Option<DateTime<Utc>>, may_make: bool) -> Result<instance::Model> {
    match instance::find(&db.reader).await? {
        Some(found) => Ok(found),
        None if may_make => {
            of_instance::mark(db, at.is_some(), at.unwrap_or_else(|| Clock::system().now())).await
        }
        None => Err(Error::refused("This database was not set up yet. Run `hearback init` first.")),
    }
}

fn clock(instance: &instance::Model, at: Option<DateTime<Utc>>) -> Result<Clock> {
    let last = instance.last_time.utc();
    match (instance.time_travel, at) {
        (false, None) => Ok(Clock::system()),
        (false, Some(_)) => Err(Error::refused(
            "Time can be moved by hand only on a database that was made with --at or by `demo`. Nothing was changed.",
        )),
        (true, Some(at)) if at < last => Err(Error::refused(format!(
            "This database has seen {} already; a time before that cannot come back. Nothing was changed.",
            in_words(last)
        ))),
        (true, at) => Ok(Clock::at(at.unwrap_or(last))),
    }
}

async fn keys(db: &Db, config: &Config, instance: &instance::Model, may_make: bool) -> Result<Keys> {
    let path = &config.key_file;
    let shown = path.display();
    let keys = match (path.exists(), &instance.key_check) {
        (true, _) => Keys::read(path)?,
        (false, Some(_)) => {
            return Err(Error::refused(format!(
                "The key file {shown} is missing, and this database was made with a key. Put the key back from its copy: \
                 without it no address can be read and no link works."
            )));
        }
        (false, None) if may_make => Keys::make(path)?,
        (false, None) => {
            return Err(Error::refused(format!("There is no key in {shown}. Run `hearback init` first.")));
        }
    };
    if instance.key_check.is_none() {
        of_instance::tie(db, &keys).await?;
    }
    match of_keys::fit(db, &keys).await? {
        Fit::Whole => Ok(keys),
        Fit::Foreign => Err(Error::refused(format!(
            "The key in {shown} is not the one that this database was made with. Nothing was changed."
        ))),
        Fit::Lacking => Err(Error::refused(format!(
            "The key file {shown} lacks a key that is in use: contact data or links in messages open with it, or people are \
             known again by it. Put the whole file there, as it is on the other machines or in its copy. Nothing was changed."
        ))),
    }
}

fn mailer(config: &Config, time_travel: bool) -> Result<Transport> {
    match &config.mail {
        MailTarget::Files(folder) => Ok(Transport::Files(folder.clone())),
        // Whoever plays with time must not write to real people.
        MailTarget::Smtp(_) if time_travel => {
            let folder = sqlite_path(&config.database_url).map(|path| path.with_file_name("mail"));
            Ok(Transport::Files(folder.unwrap_or_else(|| "data/mail".into())))
        }
        MailTarget::Smtp(url) => {
            let mut settings = SmtpSettings::parse(url)
                .map_err(|why| Error::refused(format!("The setting HEARBACK_MAIL cannot be used: {why}.")))?;
            config.public_host().clone_into(&mut settings.hello_name);
            if let Some(policy) = &config.mail_tls {
                let unusable =
                    |why| Error::refused(format!("The setting HEARBACK_MAIL_TLS cannot be used: {why}."));
                settings = settings.with_tls(policy.parse().map_err(unusable)?).map_err(unusable)?;
            }
            Ok(Transport::Smtp(Box::new(settings)))
        }
    }
}

/// After a command has written.
pub async fn written(app: &App) -> Result<()> {
    of_instance::keep_time(app).await
}

/// A sender and links that only this machine knows are refused for a mail server elsewhere, and said for one that is here.
///
/// # Errors
/// Where messages would leave this machine.
pub fn check_sender(app: &App) -> Result<()> {
    let Transport::Smtp(settings) = &app.mailer else { return Ok(()) };
    if !app.config.is_of_this_machine() {
        return Ok(());
    }
    let why = only_here(&app.config);
    if !settings.is_on_this_machine() {
        return Err(Error::refused(why));
    }
    tracing::warn!(%why, "what goes out leads nowhere from other machines");
    Ok(())
}

/// What is wrong with a sender and links that only this machine knows, and what to do.
fn only_here(config: &Config) -> String {
    format!(
        "Messages would come from {} and their links would lead to {}, which nobody else can answer or open. Set \
         HEARBACK_PUBLIC_URL to the address of this instance, and HEARBACK_MAIL_FROM if the sender is another host.",
        config.mail_from, config.public_url
    )
}

/// Whether others on this machine can read the file. One that is not there is open to nobody.
#[cfg(unix)]
pub fn is_open_to_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
pub fn is_open_to_others(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_be_a_day_a_moment_or_a_moment_with_an_offset() {
        for text in [
            "2026-03-01",
            "2026-03-01T00:00",
            "2026-03-01T00:00Z",
            "2026-03-01 00:00 UTC",
            "2026-03-01T01:00:00+01:00",
            "2026-03-01T01:00+01:00",
        ] {
            assert_eq!(time(text).expect(text).to_rfc3339(), "2026-03-01T00:00:00+00:00", "{text}");
        }
        assert!(time("01/03/2026").is_err() && time("2026-03-01T00:00ZZ").is_err());
    }
}
