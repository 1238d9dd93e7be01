//! Editions: opening a draft, cutting it off at its moment, and composing one update for each person who is due. The
//! work is done in chunks, so that memory does not grow with the number of people.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{Ticked, figures};
use crate::actions::book::Book;
use crate::actions::projects::review_days;
use crate::app::App;
use crate::domain::calendars::Calendars;
use crate::domain::event::Fact;
use crate::domain::picture::Picture;
use crate::domain::quiet::{self, QuietTimes};
use crate::domain::schedule::{Schedule, is_due};
use crate::domain::update::{Link, Reader, due_events};
use crate::domain::words::{Cadence, EditionState, MessageKind, Progress, ProjectState, Response};
use crate::error::{Error, Result};
use crate::store::types::{At, ParticipantId, ProjectId, RecommendationId, UpdateId};
use crate::store::{
    self, cursor, edition, event, evidence, link, message, participant, project, recommendation, update,
};

/// People composed for in one transaction. What is random, as a Message-ID is, lies anywhere in its index, so that each
/// transaction writes most pages of it: fewer transactions write less.
const CHUNK: u64 = 5_000;

/// So many new rows make what the database knows of its tables wrong.
const MANY: usize = 1_000;

pub async fn run(app: &App, project: ProjectId, ticked: &mut Ticked) -> Result<()> {
    let project =
        project::find(&app.db.reader, project).await?.ok_or_else(|| Error::not_found("The project"))?;
    if project.state != ProjectState::Running {
        return Ok(());
    }
    let schedule = project.schedule()?;
    open_and_cut_off(app, &project, &schedule, ticked).await?;
    for edition in edition::in_state(&app.db.reader, project.id, EditionState::CutOff).await? {
        ticked.updates += compose(app, &project, &schedule, &edition).await?;
    }
    Ok(())
}

/// Opens the draft of the next moment when its review begins, and cuts off the edition of the last moment that passed.
/// Moments that were missed are overtaken: there is one combined update, not several.
async fn open_and_cut_off(
    app: &App,
    project: &project::Model,
    schedule: &Schedule,
    ticked: &mut Ticked,
) -> Result<()> {
    let now = app.clock.now();
    let after = project.editions_after.map_or(now, At::utc);
    let last = schedule.last_at(now).filter(|period| *period > after);
    let next = schedule.next_after(now.max(after)).filter(|period| {
        period.checked_sub_days(Days::new(u64::from(review_days(project)))).is_some_and(|opens| opens <= now)
    });
    let known = |period: Option<DateTime<Utc>>| async move {
        match period {
            Some(period) => edition::of_period(&app.db.reader, project.id, period).await,
            None => Ok(None),
        }
    };
    let (last_known, next_known) = (known(last).await?, known(next).await?);
    let cuts =
        last.is_some() && last_known.as_ref().is_none_or(|edition| edition.state == EditionState::Draft);
    let opens = next.is_some() && next_known.is_none();
    if !cuts && !opens {
        return Ok(());
    }
    let mut count = if cuts { Some(figures::count(app, project).await?) } else { None };
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, project.id).await?;
    if book.project.state != ProjectState::Running {
        tx.rollback().await?;
        return Ok(());
    }
    if let Some(period) = last.filter(|_| cuts) {
        edition::open(&tx, project.id, period, schedule.day(period), now).await?;
        edition::skip_before(&tx, project.id, period.into()).await?;
        let found = edition::of_period(&tx, project.id, period).await?;
        if let Some(edition) = found.filter(|edition| edition.state == EditionState::Draft) {
            // The figures come first, so that every update covers them.
            if let Some(count) = count.take() {
                figures::take(&tx, &mut book, edition.period_on, count, now).await?;
            }
            edition::cut_off(&tx, edition.id, book.project.head_seq, now).await?;
            ticked.editions += 1;
        }
    }
    if let Some(period) = next.filter(|_| opens) {
        edition::open(&tx, project.id, period, schedule.day(period), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

type Cursors = HashMap<(ParticipantId, RecommendationId), cursor::Model>;

/// What is the same for everybody in an edition.
struct Round<'a> {
    app: &'a App,
    project: &'a project::Model,
    edition: &'a edition::Model,
    picture: Picture,
    references: HashMap<RecommendationId, String>,
    /// The last thing that happened to any of them.
    newest: Option<i64>,
    started_on: NaiveDate,
    quiet: Quiet,
    now: DateTime<Utc>,
}

async fn compose(
    app: &App,
    project: &project::Model,
    schedule: &Schedule,
    edition: &edition::Model,
) -> Result<usize> {
    let now = app.clock.now();
    let upto = edition.cutoff_seq.ok_or_else(|| anyhow::anyhow!("an edition that was not cut off"))?;
    let cut_off = edition.cut_off_at.map_or(edition.period.utc(), At::utc);
    let events = event::all(&app.db.reader, project.id).await?;
    let picture = Picture::draw(&events, upto, project.zone()?, schedule.day(cut_off))
        .map_err(|why| anyhow::anyhow!("the record: {why}"))?;
    let recommendations = recommendation::in_project(&app.db.reader, project.id).await?;
    let entries = picture.recommendations.iter().flat_map(|pictured| &pictured.entries);
    let mut round = Round {
        app,
        newest: entries.filter(|entry| entry.languages.is_none()).map(|entry| entry.seq).max(),
        quiet: Quiet::new(project, &app.calendars)?,
        project,
        edition,
        picture,
        references: recommendations.into_iter().map(|row| (row.id, row.reference)).collect(),
        started_on: schedule.day(project.started_at.map_or(now, At::utc)),
        now,
    };
    let mut composed = 0;
    let mut left_out = 0;
    let mut after: Option<ParticipantId> = None;
    loop {
        let tx = store::begin(&app.db).await?;
        let people = participant::reachable(&tx, project.id, after, CHUNK).await?;
        let Some(last) = people.last() else {
            tx.rollback().await?;
            break;
        };
        after = Some(last.id);
        let (written, waiting) = chunk(&tx, &mut round, people).await?;
        tx.commit().await?;
        composed += written;
        left_out += waiting;
    }
    if composed >= MANY {
        app.db.recount().await?;
    }
    // Somebody's last message lies with a sender right now: what it told is not known yet, so they come next tick.
    if left_out == 0 {
        let tx = store::begin(&app.db).await?;
        edition::set_state(&tx, edition.id, EditionState::Sent, None).await?;
        tx.commit().await?;
    }
    Ok(composed)
}

async fn chunk(
    tx: &impl ConnectionTrait,
    round: &mut Round<'_>,
    people: Vec<participant::Reachable>,
) -> Result<(usize, usize)> {
    let ids: Vec<ParticipantId> = people.iter().map(|person| person.id).collect();
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok((0, 0)) };
    // From here on nobody claims what waits for them, so that it can be replaced.
    message::hold(tx, &ids).await?;
    let composed: HashSet<ParticipantId> =
        update::composed_between(tx, round.edition.id, *first, *last).await?.into_iter().collect();
    let in_flight: HashSet<ParticipantId> =
        message::in_flight_in(tx, round.project.id).await?.into_iter().collect();
    let mut links: HashMap<ParticipantId, Vec<evidence::Link>> = HashMap::with_capacity(ids.len());
    for link in evidence::links_of(tx, &ids).await? {
        links.entry(link.participant_id).or_default().push(link);
    }
    let cursors: Cursors = cursor::of(tx, &ids)
        .await?
        .into_iter()
        .map(|row| ((row.participant_id, row.recommendation_id), row))
        .collect();
    let batch = message::Batch {
        project: round.project.id,
        kind: MessageKind::Update,
        host: round.app.config.public_host(),
        at: round.now,
    };
    let (mut updates, mut messages, mut due_people) = (Vec::new(), Vec::new(), Vec::new());
    let mut left_out = 0;
    for person in people.into_iter().filter(|person| !composed.contains(&person.id)) {
        let theirs = links.get(&person.id).map_or(&[][..], Vec::as_slice);
        let reader = round.reader(&person, theirs, &cursors);
        let news = person.cadence == Cadence::WhenDone && round.has_ended_news(&reader);
        let since = round.started_on.max(person.joined_on);
        if !is_due(person.cadence, round.edition.period_on, person.last_period, since, news) {
            continue;
        }
        if in_flight.contains(&person.id) {
            left_out += 1;
            continue;
        }
        let id = UpdateId::new();
        let due_at = round.quiet.until(person.quiet_times.as_deref(), round.now)?;
        due_people.push(person.id);
        messages.push(batch.waiting_for(person.addressee(), Some(id), due_at));
        let substantive = round.has_news(&reader);
        updates.push(update::New { id, participant_id: person.id, reader, substantive });
    }
    link::make(tx, &due_people, link::UPDATES, round.now).await?;
    // What was not told yet is told again by the new update, so the old message has no object any more.
    message::cancel_waiting(
        tx,
        &due_people,
        Some(MessageKind::Update),
        "replaced by a newer update",
        round.now,
    )
    .await?;
    update::insert_many(tx, round.project.id, round.edition.id, round.now, &updates).await?;
    batch.insert(tx, messages).await?;
    Ok((updates.len(), left_out))
}

/// Until when people are left in peace. Most have the same quiet times or none, so each setting is read once.
struct Quiet {
    of_project: QuietTimes,
    calendars: Calendars,
    zone: Tz,
    known: HashMap<String, DateTime<Utc>>,
}

impl Quiet {
    fn new(project: &project::Model, calendars: &Calendars) -> anyhow::Result<Self> {
        let (of_project, zone) = (project.quiet_times()?, project.zone()?);
        Ok(Quiet { of_project, calendars: calendars.clone(), zone, known: HashMap::new() })
    }

    fn until(&mut self, of_person: Option<&str>, at: DateTime<Utc>) -> anyhow::Result<DateTime<Utc>> {
        let of_person = of_person.unwrap_or_default();
        if let Some(until) = self.known.get(of_person) {
            return Ok(*until);
        }
        let times = participant::quiet_times(of_person)?;
        let until = quiet::next_allowed(&[&times, &self.of_project], &self.calendars, self.zone, at);
        if self.known.len() == KNOWN {
            self.known.clear();
        }
        self.known.insert(of_person.to_owned(), until);
        Ok(until)
    }
}

/// Settings of quiet times that are remembered at once.
const KNOWN: usize = 1_000;

impl Round<'_> {
    fn reader(&self, person: &participant::Reachable, links: &[evidence::Link], cursors: &Cursors) -> Reader {
        let mut theirs: Vec<Link> = links
            .iter()
            .filter_map(|link| {
                let reference = self.references.get(&link.recommendation_id)?.clone();
                Some(match cursors.get(&(person.id, link.recommendation_id)) {
                    Some(cursor) => Link {
                        reference,
                        told_seq: cursor.told_seq,
                        maybe_seq: cursor.maybe_seq,
                        introduced: cursor.introduced,
                    },
                    // A link as old as its recommendation tells everything from the beginning.
                    None => Link {
                        reference,
                        told_seq: link.linked_seq,
                        maybe_seq: 0,
                        introduced: link.linked_seq == 0,
                    },
                })
            })
            .collect();
        theirs.sort_by(|a, b| a.reference.cmp(&b.reference));
        Reader {
            first: person.first_told_at.is_none(),
            told_seq: person.told_seq,
            maybe_seq: person.maybe_seq,
            last_told_on: person.told_on,
            links: theirs,
            language: String::new(),
        }
    }

    /// Something has ended that this reader was not told: what *when done* waits for. For somebody whose story backs no
    /// recommendation anything in the project counts.
    fn has_ended_news(&self, reader: &Reader) -> bool {
        self.picture.recommendations.iter().any(|pictured| {
            let link = reader.links.iter().find(|link| link.reference == pictured.reference);
            let due = match link {
                Some(link) => due_events(pictured, link),
                None if reader.links.is_empty() => pictured
                    .entries
                    .iter()
                    .map(|entry| entry.seq)
                    .filter(|seq| *seq > reader.told_seq)
                    .collect(),
                None => return false,
            };
            pictured.entries.iter().any(|entry| due.contains(&entry.seq) && ends(&entry.fact))
        })
    }

    /// Something has happened in the project since this reader was last told, or they never were.
    fn has_news(&self, reader: &Reader) -> bool {
        reader.first || self.newest.is_some_and(|newest| newest > reader.told_seq)
    }
}

fn ends(fact: &Fact) -> bool {
    match fact {
        Fact::Response { response, .. } => *response == Response::Declined,
        Fact::Progress { progress, .. } => matches!(
            progress,
            Progress::Done | Progress::DoneInPart | Progress::Stopped | Progress::Superseded
        ),
        _ => false,
    }
}
