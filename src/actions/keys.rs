//! The keys of an instance: which of those in the file is used for what, and how one takes the place of another while
//! replicas go on working.

use std::time::Duration as Pause;

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use sea_orm::ConnectionTrait;

use crate::app::App;
use crate::domain::words::KeyState;
use crate::error::{Error, Result};
use crate::keys::{Fit, Keys, Known, Standing};
use crate::store::types::ParticipantId;
use crate::store::{self, Db, audit, instance, key, replica, vault};

/// Contacts sealed anew in one transaction.
const CHUNK: u64 = 200;

/// Links in messages open for at least this long after the last of them was made.
const LINKS_LAST_DAYS: i64 = 400;

const OPERATOR: &str = "operator";

/// Brings the keys into the use that this database has for them, and says whether they are its keys. Until the transaction
/// ends, no other key becomes the current one.
pub async fn stand(tx: &impl ConnectionTrait, keys: &Keys) -> Result<Fit> {
    let mut rows = key::all_held(tx).await?;
    if rows.is_empty() {
        // A database of an earlier version knows its only key by another value.
        let Some(row) = instance::find(tx).await? else { return Ok(Fit::Foreign) };
        let Some(check) = row.key_check else { return Ok(Fit::Foreign) };
        let known = keys.check_values().into_iter().find(|(_, value)| *value == check);
        let Some((id, _)) = known else { return Ok(Fit::Foreign) };
        key::add(tx, 1, &id, KeyState::Current, row.last_time.utc()).await?;
        rows = key::all_held(tx).await?;
    }
    let known: Vec<Known> = rows.into_iter().map(known).collect();
    Ok(keys.stand(&known))
}

fn known(row: key::Model) -> Known {
    let standing = match row.state {
        KeyState::Accepted => Standing::Accepted,
        KeyState::Current => Standing::Current,
        KeyState::Older => Standing::Older,
        KeyState::Dropped => Standing::Dropped,
    };
    Known { id: row.id, standing }
}

/// [`stand`] in a transaction of its own.
pub async fn fit(db: &Db, keys: &Keys) -> Result<Fit> {
    let tx = store::begin(db).await?;
    let fit = stand(&tx, keys).await?;
    tx.commit().await?;
    Ok(fit)
}

/// For whoever is about to seal: with the current key, which stays so until the transaction ends.
pub async fn hold(tx: &impl ConnectionTrait, keys: &Keys) -> Result<()> {
    match stand(tx, keys).await? {
        Fit::Whole => Ok(()),
        Fit::Foreign | Fit::Lacking => Err(Error::refused(
            "The key file lacks a key that is in use now. Copy the file anew and start again. Nothing was changed.",
        )),
    }
}

/// Says that this process is here and which keys it holds, so that no other becomes the current one; and takes over how they
/// stand now.
pub async fn be_present(app: &App) -> Result<()> {
    let tx = store::begin(&app.db).await?;
    hold(&tx, &app.keys).await?;
    // Where time is moved by hand, nobody would ever seem to have gone.
    if !app.time_travel {
        let held = app.keys.ids();
        let numbers: Vec<i32> =
            key::all(&tx).await?.iter().filter(|row| held.contains(&row.id)).map(|row| row.number).collect();
        replica::seen(&tx, &app.sender, &numbers, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Says that this process ends: nobody need wait for it.
pub async fn leave(app: &App) -> Result<()> {
    let tx = store::begin(&app.db).await?;
    replica::gone(&tx, &app.sender).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn list(app: &App) -> Result<Vec<key::Model>> {
    Ok(key::all(&app.db.reader).await?)
}

/// The id of a key that stands in the file before the current one and that the database does not know: it was made
/// elsewhere, or the program ended before it could say so.
pub async fn unknown(app: &App) -> Result<Option<String>> {
    let rows = key::all(&app.db.reader).await?;
    let state = |id: &String| rows.iter().find(|row| row.id == *id).map(|row| row.state);
    let before = app.keys.ids().into_iter().take_while(|id| state(id) != Some(KeyState::Current));
    let whole = app.keys.check_values();
    Ok(before.filter(|id| state(id).is_none()).find(|id| whole.iter().any(|(whole, _)| whole == id)))
}

/// Refuses a further key while one waits to become the current one.
pub async fn may_add(app: &App) -> Result<()> {
    let rows = key::all(&app.db.reader).await?;
    match rows.iter().find(|row| row.state == KeyState::Accepted) {
        Some(waiting) => Err(Error::refused(format!(
            "Key {} is there already and waits for `hearback key rotate`. Nothing was changed.",
            waiting.number
        ))),
        None => Ok(()),
    }
}

/// Takes in a key that stands in the file: it opens from now on. Returns its number.
pub async fn accept(app: &App, id: &str) -> Result<i32> {
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let rows = key::all_for_change(&tx).await?;
    if rows.iter().any(|row| row.state == KeyState::Accepted || row.id == id) {
        return Err(Error::refused("Another key was added at the same time. Nothing was changed."));
    }
    let number = rows.first().map_or(1, |row| row.number + 1);
    key::add(&tx, number, id, KeyState::Accepted, now).await?;
    audit::add(&tx, None, now, OPERATOR, "add a key", &format!("key {number}")).await?;
    tx.commit().await?;
    Ok(number)
}

/// Makes the accepted key the current one, if every process that runs holds it. Returns its number; `None` where none
/// waits.
pub async fn turn(app: &App) -> Result<Option<i32>> {
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let rows = key::all_for_change(&tx).await?;
    let Some(new) = rows.iter().find(|row| row.state == KeyState::Accepted) else { return Ok(None) };
    let check = app.keys.check_values().into_iter().find(|(id, _)| *id == new.id);
    let Some((_, check)) = check else {
        return Err(Error::refused(format!(
            "Key {} is not in the key file here. Copy the file that `hearback key new` wrote. Nothing was changed.",
            new.number
        )));
    };
    let present = replica::present(&tx, now).await?;
    let lacking = present.iter().filter(|replica| !replica.holds(new.number)).count();
    if lacking > 0 {
        let who = if lacking == 1 {
            "1 process that was seen in the last five minutes does".to_owned()
        } else {
            format!("{lacking} processes that were seen in the last five minutes do")
        };
        return Err(Error::refused(format!(
            "{who} not hold key {}. Copy the key file to every machine and restart `hearback serve` there; what was \
             killed counts for five minutes more. Nothing was changed.",
            new.number
        )));
    }
    for row in rows.iter().filter(|row| row.state == KeyState::Current) {
        key::set_state(&tx, row.number, KeyState::Older, now).await?;
    }
    key::set_state(&tx, new.number, KeyState::Current, now).await?;
    instance::turn_key_check(&tx, &check).await?;
    audit::add(&tx, None, now, OPERATOR, "make a key the current one", &format!("key {}", new.number))
        .await?;
    tx.commit().await?;
    fit(&app.db, &app.keys).await?;
    Ok(Some(new.number))
}

/// Seals anew, with the current key, every contact that another one sealed. It can be ended at any time and begun again.
/// Returns how many it sealed.
pub async fn reseal(app: &App) -> Result<u64> {
    let mut sealed = 0;
    loop {
        let (mut stale_rows, before) = (0, sealed);
        let mut after = None;
        loop {
            let rows = vault::page(&app.db.reader, after, CHUNK).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.participant_id);
            let stale: Vec<ParticipantId> =
                rows.iter().filter(|row| !is_current(&app.keys, row)).map(|row| row.participant_id).collect();
            stale_rows += stale.len();
            sealed += reseal_those(app, &stale).await?;
        }
        if stale_rows == 0 {
            break;
        }
        if sealed == before {
            // Somebody else is writing them.
            tokio::time::sleep(Pause::from_millis(200)).await;
        }
    }
    app.db.settle().await?;
    Ok(sealed)
}

fn is_current(keys: &Keys, row: &vault::Model) -> bool {
    keys.is_current(row.participant_id.0.as_bytes(), &row.sealed)
}

async fn reseal_those(app: &App, stale: &[ParticipantId]) -> Result<u64> {
    if stale.is_empty() {
        return Ok(0);
    }
    let tx = store::begin(&app.db).await?;
    hold(&tx, &app.keys).await?;
    let mut anew = Vec::new();
    for row in vault::hold(&tx, stale).await? {
        if is_current(&app.keys, &row) {
            continue;
        }
        let person = row.participant_id.0.as_bytes();
        let contact = app.keys.open(person, &row.sealed)?;
        let address = contact.email.as_deref();
        let hash = address.map(|address| app.keys.address_hash(row.project_id.0.as_bytes(), address));
        anew.push(vault::Model { sealed: app.keys.seal(person, &contact)?, address_hash: hash, ..row });
    }
    let count = anew.len() as u64;
    vault::put(&tx, anew).await?;
    tx.commit().await?;
    Ok(count)
}

/// The day from which on a key may be dropped that is older since then.
pub fn may_go_at(row: &key::Model) -> DateTime<Utc> {
    row.since.utc() + Duration::days(LINKS_LAST_DAYS)
}

/// Drops every key whose last links have lasted long enough: their links open no more, their hashes stay. Returns their
/// numbers.
pub async fn drop_old(app: &App) -> Result<Vec<i32>> {
    let now = app.clock.now();
    let rows = key::all(&app.db.reader).await?;
    let old: Vec<&key::Model> = rows.iter().filter(|row| row.state == KeyState::Older).collect();
    let ready: Vec<i32> = old.iter().filter(|row| may_go_at(row) <= now).map(|row| row.number).collect();
    if ready.is_empty() {
        return match old.iter().map(|row| may_go_at(row)).min() {
            Some(first) => Err(Error::refused(format!(
                "No key can be dropped before {}: people may still use links that were made with it. Nothing was changed.",
                first.date_naive()
            ))),
            None => Ok(Vec::new()),
        };
    }
    // What an earlier key sealed would be lost with it.
    reseal(app).await?;
    let tx = store::begin(&app.db).await?;
    key::all_for_change(&tx).await?;
    for number in &ready {
        key::set_state(&tx, *number, KeyState::Dropped, now).await?;
        audit::add(&tx, None, now, OPERATOR, "drop a key", &format!("key {number}")).await?;
    }
    tx.commit().await?;
    let fits = fit(&app.db, &app.keys).await?;
    (fits == Fit::Whole)
        .then_some(ready)
        .context("the keys no longer fit after one was dropped")
        .map_err(Into::into)
}

/// The ids of the keys that were dropped, which need not lie in the file any more but for their hashes.
pub async fn dropped(app: &App) -> Result<Vec<String>> {
    let rows = key::all(&app.db.reader).await?;
    Ok(rows.into_iter().filter(|row| row.state == KeyState::Dropped).map(|row| row.id).collect())
}
