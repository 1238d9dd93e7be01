//! One test message to one address that the operator gives, by the way that every message goes.

use crate::actions::bounces::return_path;
use crate::actions::messages::signed;
use crate::app::App;
use crate::domain::pack::contact;
use crate::error::{Error, Result};
use crate::mail::message::{Envelope, assemble};
use crate::mail::smtp::{self, Attempt, Parcel};
use crate::mail::transport::{Transport, put_file};
use crate::mail::{Written, smtp::SmtpSettings};
use crate::store::types::MessageId;
use crate::store::{project, suppression};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tested {
    /// The relay took it, and said this.
    Accepted(String),
    /// It went into this folder: no mail server is set.
    Written(std::path::PathBuf),
    /// It was not taken, or nobody knows.
    Not(String),
}

/// Sends a test message. Nothing about it is kept.
///
/// # Errors
/// For an address that mail cannot go to, or that asked not to be written to.
pub async fn send_test(app: &App, to: &str) -> Result<Tested> {
    let to = contact::email(to.trim()).map_err(|why| Error::invalid("address", why))?.address;
    let db = &app.db.reader;
    for project in project::all(db).await? {
        let hashes = app.keys.address_hashes(project.id.0.as_bytes(), &to);
        let silent = suppression::in_project(db, project.id).await?;
        if silent.iter().any(|row| hashes.contains(&row.address_hash)) {
            return Err(Error::refused("This address asked not to be written to. Nothing was sent."));
        }
    }
    let now = app.clock.now();
    let id = MessageId::new();
    let message_id = format!("{}@{}", uuid::Uuid::new_v4(), app.config.public_host());
    let envelope = Envelope {
        message_id: &message_id,
        date: now,
        from_name: "",
        from_address: &app.config.mail_from,
        reply_to: &app.config.mail_from,
        to: &to,
        list_id: &format!("test.{}", app.config.public_host()),
        unsubscribe_url: None,
    };
    let words = app.locales.get("en");
    let text = format!("{}\n\n{}\n", words.text("test-arrived", &[]), words.text("test-look", &[]));
    let written = Written::plain(&words.text("test-subject", &[]), text, words.lang());
    let unusable = "The sender's address is none that others can answer. Set HEARBACK_MAIL_FROM, or HEARBACK_PUBLIC_URL, from which it \
         is made.";
    let message = assemble(&envelope, &written).map_err(|_| Error::refused(unusable))?;
    let bytes = signed(app, message)?;
    let from = return_path(&app.keys, &app.config, id);
    match &app.mailer {
        Transport::Files(folder) => Ok(Tested::Written(put_file(folder, now, &message_id, &bytes)?)),
        Transport::Smtp(settings) => Ok(hand_over(settings, Parcel { from, to, content: bytes }).await),
    }
}

async fn hand_over(settings: &SmtpSettings, parcel: Parcel) -> Tested {
    let mut connection = match smtp::connect(settings).await {
        Ok(connection) => connection,
        Err(error) => return Tested::Not(error.to_string()),
    };
    let attempt = match connection.open(&parcel).await {
        Ok(()) => connection.deliver(&parcel, None).await.outcome,
        Err(attempt) => attempt,
    };
    connection.quit().await;
    match attempt {
        Attempt::Accepted { reply } => Tested::Accepted(reply),
        Attempt::Deferred { why, .. }
        | Attempt::Failed { why, .. }
        | Attempt::Unknown { why }
        | Attempt::Untried { why }
        | Attempt::RelayDown { why } => Tested::Not(why),
    }
}
