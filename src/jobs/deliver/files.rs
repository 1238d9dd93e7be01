//! Messages into files: a group is marked, written and settled together.

use std::collections::HashSet;
use std::path::Path;

use crate::actions::messages::Pass;
use crate::app::App;
use crate::domain::words::MessageState;
use crate::error::{Result, chain};
use crate::jobs::Ticked;
use crate::mail::transport::put_file;
use crate::store::{self, message};

use super::commit::{self, Ended};
use super::{made, outcome};

/// How many may be between `sending` and their end.
const GROUP: u64 = 50;

pub async fn run(app: &App, folder: &Path, ticked: &mut Ticked) -> Result<()> {
    let mut pass = Pass::default();
    while !app.stop.is_asked() {
        let tx = store::begin(&app.db).await?;
        let rows = message::claim(&tx, &app.sender, app.clock.now(), GROUP).await?;
        tx.commit().await.map_err(anyhow::Error::from)?;
        if rows.is_empty() {
            break;
        }
        // What cannot be made now waits for the end of its lease.
        let (ready, mut ends) = made(app, &mut pass, rows).await.map_err(|(error, _)| error)?;
        let now = app.clock.now();
        let tx = store::begin(&app.db).await?;
        let marked: Vec<_> = ready.iter().map(|(row, _)| row).collect();
        let held: HashSet<_> = message::set_sending(&tx, &marked, now).await?.into_iter().collect();
        tx.commit().await.map_err(anyhow::Error::from)?;
        for (row, outgoing) in ready {
            if !held.contains(&row.id) {
                let end = outcome::waits(&row, now + outcome::pause());
                ends.push(Ended::new(row, end, None));
                continue;
            }
            let at = row.first_attempt_at.map_or(now, |at| at.utc());
            let end = match put_file(folder, at, &row.message_id, &outgoing.content) {
                Ok(_) => outcome::ended(now, &row, MessageState::Accepted, "written to a file"),
                Err(error) => {
                    tracing::error!(message = %row.id, error = %chain(&error), "a message could not be written");
                    outcome::deferred(now, &row, "the file could not be written")
                }
            };
            ends.push(Ended::new(row, end, outgoing.telling));
        }
        let (_, done) = commit::write(app, &[], &ends).await?;
        ticked.add(&done);
    }
    Ok(())
}
