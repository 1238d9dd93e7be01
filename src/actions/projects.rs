//! Starting, pausing and resuming a project for everyone at once.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, IntoActiveModel};

use super::book::Book;
use crate::app::App;
use crate::domain::event::{Fact, PROJECT};
use crate::domain::words::has_words;
use crate::domain::words::{Cadence, Channel, Format, ParticipantState, ProjectState};
use crate::error::{Error, Result};
use crate::store::{self, audit, edition, message, participant, project};

/// Whom a project would reach, for the eyes of its convenor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// People by how they are told: e-mail, letter, phone.
    pub by_channel: Vec<(Channel, usize)>,
    pub by_format: Vec<(Format, usize)>,
    pub by_cadence: Vec<(Cadence, usize)>,
    pub without_consent: usize,
    pub without_channel: usize,
    pub stopped_or_withdrawn: usize,
    pub paused: usize,
    pub first_edition: Option<NaiveDate>,
}

/// Whom a start at this moment would reach, and when first.
pub async fn reach(app: &App, slug: &str) -> Result<Reach> {
    let project = super::project(app, slug).await?;
    let schedule = project.schedule()?;
    let people = participant::in_project(&app.db.reader, project.id).await?;
    let told: Vec<_> = people.iter().filter(|person| person.may_be_told()).collect();
    let count =
        |state: &[ParticipantState]| people.iter().filter(|person| state.contains(&person.state)).count();
    let from = project.started_at.map_or_else(|| app.clock.now(), store::types::At::utc);
    let first = schedule.first_edition(from, review_days(&project));
    Ok(Reach {
        by_channel: tally(Channel::ALL, told.iter().map(|person| person.channel)),
        by_format: tally(Format::ALL, told.iter().map(|person| person.format)),
        by_cadence: tally(Cadence::ALL, told.iter().map(|person| person.cadence)),
        without_consent: people.iter().filter(|person| !person.contact_consent).count(),
        without_channel: people
            .iter()
            .filter(|person| person.contact_consent && person.channel == Channel::None)
            .count(),
        stopped_or_withdrawn: count(&[ParticipantState::Stopped, ParticipantState::Withdrawn]),
        paused: count(&[ParticipantState::Paused]),
        first_edition: first.map(|at| schedule.day(at)),
    })
}

fn tally<T: Copy + PartialEq>(all: &[T], found: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let found: Vec<T> = found.collect();
    all.iter()
        .map(|word| (*word, found.iter().filter(|other| *other == word).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

pub fn review_days(project: &project::Model) -> u32 {
    u32::try_from(project.review_days).unwrap_or(0)
}

pub async fn start(app: &App, slug: &str) -> Result<()> {
    let project = super::project(app, slug).await?;
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, project.id).await?;
    if book.project.state != ProjectState::Waiting {
        return Err(Error::refused("This project was started before. Nothing was changed."));
    }
    begin_editions(&tx, &mut book, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Starts a project whose book this transaction holds open.
pub async fn begin_editions(tx: &impl ConnectionTrait, book: &mut Book, now: DateTime<Utc>) -> Result<()> {
    let today = book.today(now);
    let timezone = book.project.timezone.clone();
    book.write(tx, now, PROJECT, today, Fact::ProjectStarted { timezone }).await?;
    let earliest = now
        .checked_add_days(Days::new(u64::from(review_days(&book.project))))
        .ok_or_else(|| anyhow::anyhow!("the first edition lies beyond the end of time"))?;
    // A moment exactly `review_days` after the start counts, so what is passed over ends just before it.
    let passed_over = earliest - chrono::Duration::microseconds(1);
    let mut row = book.project.clone().into_active_model();
    row.state = Set(ProjectState::Running);
    row.started_at = Set(Some(now.into()));
    row.editions_after = Set(Some(passed_over.into()));
    book.project = project::save(tx, row).await?;
    audit::add(tx, Some(book.project.id), now, "staff", "start a project", &book.project.slug).await?;
    Ok(())
}

/// A new schedule counts from now on: its moments in the past send nothing, and drafts of the old one go.
pub async fn reschedule(tx: &impl ConnectionTrait, book: &mut Book, now: DateTime<Utc>) -> Result<()> {
    let Some(after) = book.project.editions_after else { return Ok(()) };
    let mut row = book.project.clone().into_active_model();
    row.editions_after = Set(Some(after.utc().max(now).into()));
    book.project = project::save(tx, row).await?;
    edition::skip_open(tx, book.project.id, None).await?;
    Ok(())
}

/// Says how many messages were being handed over and may still arrive, after it has waited a while for their end.
pub async fn pause(app: &App, slug: &str, why: &str) -> Result<usize> {
    let why = why.trim();
    if !has_words(why) {
        return Err(Error::invalid("reason", "a pause for everyone needs a reason"));
    }
    change(app, slug, ProjectState::Running, ProjectState::Paused, Some(why)).await?;
    let project = super::project(app, slug).await?;
    let (tries, pause) = PATIENCE;
    for _ in 0..tries {
        if message::handed_over_in(&app.db.reader, project.id, app.clock.now()).await? == 0 {
            return Ok(0);
        }
        tokio::time::sleep(pause).await;
    }
    Ok(message::handed_over_in(&app.db.reader, project.id, app.clock.now()).await?)
}

/// How often it is looked, and after how long again, whether what was being handed over has ended.
const PATIENCE: (u32, Duration) = (50, Duration::from_millis(200));

/// Moments of the schedule that passed during the pause are not made up for: the next one tells everything.
pub async fn resume(app: &App, slug: &str) -> Result<()> {
    change(app, slug, ProjectState::Paused, ProjectState::Running, None).await
}

async fn change(
    app: &App,
    slug: &str,
    from: ProjectState,
    to: ProjectState,
    why: Option<&str>,
) -> Result<()> {
    let project = super::project(app, slug).await?;
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, project.id).await?;
    if book.project.state != from {
        return Err(Error::refused(format!(
            "This project is {}, not {from}. Nothing was changed.",
            book.project.state
        )));
    }
    let fact = match why {
        Some(why) => Fact::ProjectPaused { why: why.to_owned() },
        None => Fact::ProjectResumed {},
    };
    let today = book.today(now);
    book.write(&tx, now, PROJECT, today, fact).await?;
    let mut row = book.project.clone().into_active_model();
    row.state = Set(to);
    row.paused_why = Set(why.map(str::to_owned));
    if to == ProjectState::Running {
        let after = book.project.editions_after.map_or(now, |after| after.utc().max(now));
        row.editions_after = Set(Some(after.into()));
        edition::skip_open(&tx, project.id, Some(now)).await?;
    }
    project::save(&tx, row).await?;
    let act = if why.is_some() { "pause a project" } else { "resume a project" };
    audit::add(&tx, Some(project.id), now, "staff", act, slug).await?;
    tx.commit().await?;
    Ok(())
}
