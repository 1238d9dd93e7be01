//! Sending what is due: claim, prepare, hand over, settle. No transaction is open while another machine is spoken to,
//! and only a 250 after the final dot counts as accepted.

mod ahead;
mod commit;
mod files;
mod line;
mod outcome;
mod relay;

use chrono::Duration;

use super::Ticked;
use crate::actions::messages::{Outgoing, Pass, Ready, prepare};
use crate::actions::telling;
use crate::app::App;
use crate::domain::words::MessageState;
use crate::error::{Error, Result};
use crate::mail::transport::Transport;
use crate::store::message::{self, Model};
use commit::Ended;

/// A message that could not be read from the database is made again after this time.
const DATABASE_AGAIN_MINUTES: i64 = 5;

pub async fn run(app: &App, ticked: &mut Ticked) -> Result<()> {
    reap(app, ticked).await?;
    match &app.mailer {
        Transport::Files(folder) => files::run(app, folder, ticked).await,
        Transport::Smtp(settings) => relay::run(app, settings, ticked).await,
    }
}

/// What senders left behind that did not come back. One of which something cannot be read or written holds up no other.
async fn reap(app: &App, ticked: &mut Ticked) -> Result<()> {
    let now = app.clock.now();
    let tx = crate::store::begin(&app.db).await?;
    let rows = message::reap(&tx, now).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    let mut ends = Vec::new();
    for row in rows {
        let telling = telling::telling(&app.db.reader, &row).await.unwrap_or_else(|error| {
            tracing::error!(message = %row.id, error = %error.chain(), "what a message told cannot be read");
            None
        });
        let end = outcome::unknown(now, &row, "the sender did not come back");
        ends.push(Ended::new(row, end, telling));
    }
    if ends.is_empty() {
        return Ok(());
    }
    // Whoever else writes the end of one of them in the meantime comes first: the fence lets only one do so.
    let left = commit::write_each(app, ends, ticked).await;
    if !left.is_empty() {
        tracing::error!(
            messages = left.len(),
            "what senders left behind cannot be written; the next tick tries again"
        );
    }
    Ok(())
}

/// Messages that go out now, and what becomes of the others.
type Made = (Vec<(Model, Outgoing)>, Vec<Ended>);

/// Makes the messages of these rows. Where that fails, they come back with the error.
async fn made(
    app: &App,
    pass: &mut Pass,
    rows: Vec<Model>,
) -> std::result::Result<Made, (Error, Vec<Model>)> {
    let prepared = match prepare(app, pass, &rows).await {
        Ok(prepared) => prepared,
        Err(error) => return Err((error, rows)),
    };
    let (mut ready, mut ends) = (Vec::with_capacity(rows.len()), Vec::new());
    for (row, prepared) in rows.into_iter().zip(prepared) {
        let now = app.clock.now();
        let end = match prepared {
            Ok(Ready::Send(outgoing)) => {
                ready.push((row, *outgoing));
                continue;
            }
            Ok(Ready::Later(at)) => outcome::waits(&row, at),
            Ok(Ready::Drop(why)) => outcome::ended(now, &row, MessageState::Cancelled, why),
            Err(error) => {
                // The chain may name templates and tables, never a person; what it is about is the row's id.
                tracing::error!(message = %row.id, error = %error.chain(), "a message could not be made");
                if is_passing(&error) {
                    outcome::waits(&row, now + Duration::minutes(DATABASE_AGAIN_MINUTES))
                } else {
                    outcome::ended(now, &row, MessageState::Failed, "it could not be made; see the log")
                }
            }
        };
        ends.push(Ended::new(row, end, None));
    }
    Ok((ready, ends))
}

/// The database did not answer: that says nothing about this message, which waits.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::Internal(error) => error.chain().any(|cause| cause.is::<sea_orm::DbErr>()),
        _ => false,
    }
}
