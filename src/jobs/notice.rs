//! Each day of a project: what waited for it is applied, then its silences are noticed. A late tick goes through the
//! days that it missed one by one, as daily ticks would have.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;

use super::Ticked;
use crate::actions::book::Book;
use crate::actions::participants::Deed;
use crate::actions::publishing::{notice, publish, tell_learnings};
use crate::actions::stops::Stops;
use crate::actions::{outcomes, participants};
use crate::app::App;
use crate::domain::words::{ActKind, Choice, RowState};
use crate::error::{Error, Result};
use crate::store::{self, act, history, participant, project, recommendation, story};

pub async fn run(app: &App, project: &project::Model, ticked: &mut Ticked) -> Result<()> {
    let now = app.clock.now();
    let today = project.today(now)?;
    if project.noticed_on < today {
        go_through_days(app, project, today, now, ticked).await?;
    }
    // People's acts come after, one by one, because each may have to wait for a message that is just going out. One
    // that could not be carried out yet is tried by every tick.
    apply_acts(app, project, today, ticked).await
}

async fn go_through_days(
    app: &App,
    project: &project::Model,
    today: NaiveDate,
    now: DateTime<Utc>,
    ticked: &mut Ticked,
) -> Result<()> {
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, project.id).await?;
    let mut day = book.project.noticed_on;
    while day < today {
        let Some(next) = day.succ_opt() else { break };
        day = next;
        apply(&tx, &mut book, day, now, ticked).await?;
        ticked.silences += notice(&tx, &mut book, day, now).await?;
    }
    tell_learnings(&tx, &mut book, now).await?;
    project::set_noticed(&tx, project.id, today).await?;
    tx.commit().await?;
    Ok(())
}

async fn apply(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    day: NaiveDate,
    now: DateTime<Utc>,
    ticked: &mut Ticked,
) -> Result<()> {
    for row in recommendation::to_publish(tx, book.project.id, day).await? {
        publish(tx, book, &row, now).await?;
    }
    for row in history::pending_until(tx, book.project.id, day).await? {
        if outcomes::apply_waiting(tx, book, row, now).await? {
            ticked.applied += 1;
        } else {
            ticked.refused += 1;
        }
    }
    Ok(())
}

async fn apply_acts(
    app: &App,
    project: &project::Model,
    today: NaiveDate,
    ticked: &mut Ticked,
) -> Result<()> {
    let mut stops = Stops::default();
    for row in act::pending_until(&app.db.reader, project.id, today).await? {
        let deed = deed(app, &row).await?;
        let person = participant::find(&app.db.reader, row.participant_id).await?;
        let state = match deed {
            None => RowState::Refused,
            Some(deed)
                if person.as_ref().is_some_and(|person| stops.stand_against(person, &deed, row.on)) =>
            {
                RowState::Refused
            }
            Some(deed) => {
                match participants::try_now(
                    app,
                    project,
                    row.participant_id,
                    &deed,
                    participants::BY_STAFF,
                    row.on,
                )
                .await
                {
                    // A message to them lies with a sender; the next tick asks again.
                    Ok(None) => continue,
                    Ok(Some(_)) => {
                        if let Some(before) = &person {
                            stops.carried_out(before.id, before.state, &deed);
                        }
                        RowState::Applied
                    }
                    Err(Error::Internal(error)) => return Err(Error::Internal(error)),
                    // Somebody else acted in the meantime, so that this act has no object any more.
                    Err(_) => RowState::Refused,
                }
            }
        };
        let tx = store::begin(&app.db).await?;
        act::set_state(&tx, row.id, state).await?;
        tx.commit().await?;
        ticked.acts += 1;
    }
    Ok(())
}

async fn deed(app: &App, row: &act::Model) -> Result<Option<Deed>> {
    Ok(Some(match row.kind {
        ActKind::Stop => Deed::Stop,
        ActKind::Pause => Deed::Pause,
        ActKind::Resume => Deed::Resume,
        ActKind::Withdraw => match row.story_id {
            None => Deed::Withdraw(None),
            Some(id) => match story::find(&app.db.reader, id).await?.and_then(|story| story.code) {
                Some(code) => Deed::Withdraw(Some(code)),
                None => return Ok(None),
            },
        },
        ActKind::Choose => match row.value.as_deref().and_then(|value| value.split_once('=')) {
            Some((choice, value)) => match Choice::parse(choice) {
                Some(choice) => Deed::Choose(choice, value.to_owned()),
                None => return Ok(None),
            },
            None => return Ok(None),
        },
    }))
}
