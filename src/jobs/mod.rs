//! What the clock does. One tick does everything that is due, in this order; a lost, doubled or late tick is harmless,
//! because what is due is read from the database.

mod calendars;
pub mod compose;
pub mod deliver;
pub mod figures;
pub mod notice;
pub mod schedule;

use serde::Serialize;

use crate::actions::keys;
use crate::app::App;
use crate::error::Result;
use crate::store::types::At;
use crate::store::{self, instance, project};

/// What one tick did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ticked {
    /// Rows of history whose day came.
    pub applied: usize,
    /// Rows that did not fit the record on their day; `hearback tasks` tells which.
    pub refused: usize,
    /// Acts of participants whose day came.
    pub acts: usize,
    /// Silences noticed.
    pub silences: usize,
    /// Editions cut off.
    pub editions: usize,
    /// Updates composed.
    pub updates: usize,
    /// Messages accepted.
    pub accepted: usize,
    pub deferred: usize,
    pub failed: usize,
    pub unknown: usize,
    pub cancelled: usize,
}

impl Ticked {
    /// What was sent beside.
    pub fn add(&mut self, sent: &Ticked) {
        self.accepted += sent.accepted;
        self.deferred += sent.deferred;
        self.failed += sent.failed;
        self.unknown += sent.unknown;
        self.cancelled += sent.cancelled;
    }
}

/// One pass of everything due: what waited for its day, silences, editions, messages.
pub async fn tick(app: &App) -> Result<Ticked> {
    let mut ticked = Ticked::default();
    let before = instance::find(&app.db.reader).await?.and_then(|row| row.ticked_at);
    keys::be_present(app).await?;
    for project in project::all(&app.db.reader).await? {
        if app.stop.is_asked() {
            break;
        }
        notice::run(app, &project, &mut ticked).await?;
        compose::run(app, project.id, &mut ticked).await?;
    }
    if !app.stop.is_asked() {
        deliver::run(app, &mut ticked).await?;
    }
    let tx = store::begin(&app.db).await?;
    instance::set_ticked(&tx, app.clock.now()).await?;
    tx.commit().await?;
    calendars::tell(app, before.map(At::utc));
    Ok(ticked)
}
