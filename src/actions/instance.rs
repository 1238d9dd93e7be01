//! What makes a database an instance: it is marked once, when it is made, tied to one key, and time that is moved by
//! hand never goes back behind what it has seen.

use anyhow::Context;
use chrono::{DateTime, Utc};

use crate::app::App;
use crate::error::Result;
use crate::keys::Keys;
use crate::store::{self, Db, instance};

/// The row about this database, made where it is missing. `by_hand`: time is moved by hand in it for ever.
pub async fn mark(db: &Db, by_hand: bool, at: DateTime<Utc>) -> Result<instance::Model> {
    if let Some(found) = instance::find(&db.reader).await? {
        return Ok(found);
    }
    let tx = store::begin(db).await?;
    instance::mark(&tx, by_hand, at).await?;
    tx.commit().await?;
    let found = instance::find(&db.reader).await?;
    Ok(found.context("reading what was just written about this database")?)
}

/// Ties a database to a key, once. Returns whether this is its key.
pub async fn tie(db: &Db, keys: &Keys) -> Result<bool> {
    let check = keys.check_value();
    let tx = store::begin(db).await?;
    let tied = instance::set_key_check(&tx, &check).await?;
    tx.commit().await?;
    // Another process may have tied the database to its key at the same moment.
    Ok(tied || instance::find(&db.reader).await?.and_then(|row| row.key_check) == Some(check))
}

/// After something was written: on a database where time is moved by hand, time does not go back behind it.
pub async fn keep_time(app: &App) -> Result<()> {
    if app.time_travel {
        let tx = store::begin(&app.db).await?;
        instance::set_last_time(&tx, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}
