//! Editions: opening a draft, cutting it off at its moment, and composing one update for each person who is due. The
//! work is done in chunks, so that memory does not grow with the number of people.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;

use super::{Ticked, figures};
use crate::actions::book::Book;
use crate::actions::participants::quiet_until;
use crate::actions::projects::review_days;
use crate::app::App;
use crate::domain::event::Fact;
use crate::domain::picture::Picture;
use crate::domain::schedule::{Schedule, is_due};
use crate::domain::update::{Link, Reader, due_events};
use crate::domain::words::{
    Cadence, EditionState, MessageKind, MessageState, Progress, ProjectState, Response,
};
use crate::error::{Error, Result};
use crate::store::types::{At, ParticipantId, ProjectId, RecommendationId, UpdateId};
use crate::store::{
    self, cursor, edition, event, evidence, link, message, participant, project, recommendation, update,
};

/// People composed for in one transaction.
const CHUNK: u64 = 500;

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
    started_on: NaiveDate,
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
    let round = Round {
        app,
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
        let (written, waiting) = chunk(&tx, &round, people).await?;
        tx.commit().await?;
        composed += written;
        left_out += waiting;
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
    round: &Round<'_>,
    people: Vec<participant::Model>,
) -> Result<(usize, usize)> {
    let ids: Vec<ParticipantId> = people.iter().map(|person| person.id).collect();
    // From here on nobody claims what waits for them, so that it can be replaced.
    message::hold(tx, &ids).await?;
    let composed: BTreeSet<ParticipantId> =
        update::composed_for(tx, round.edition.id, &ids).await?.into_iter().collect();
    let in_flight: BTreeSet<ParticipantId> = message::in_flight_to(tx, &ids).await?.into_iter().collect();
    let mut links: HashMap<ParticipantId, Vec<evidence::Link>> = HashMap::new();
    for link in evidence::links_of(tx, &ids).await? {
        links.entry(link.participant_id).or_default().push(link);
    }
    let cursors: Cursors = cursor::of(tx, &ids)
        .await?
        .into_iter()
        .map(|row| ((row.participant_id, row.recommendation_id), row))
        .collect();
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
        link::of(tx, person.id, link::UPDATES, round.now).await?;
        due_people.push(person.id);
        let id = UpdateId::new();
        updates.push(update::ActiveModel {
            id: Set(id),
            project_id: Set(round.project.id),
            edition_id: Set(round.edition.id),
            participant_id: Set(person.id),
            reader: Set(serde_json::to_string(&reader).map_err(anyhow::Error::new)?),
            composed_at: Set(round.now.into()),
            substantive: Set(round.has_news(&reader)),
        });
        messages.push(round.message(&person, id)?);
    }
    // What was not told yet is told again by the new update, so the old message has no object any more.
    message::cancel_waiting(
        tx,
        &due_people,
        Some(MessageKind::Update),
        "replaced by a newer update",
        round.now,
    )
    .await?;
    let written = updates.len();
    update::insert_many(tx, updates).await?;
    message::insert_many(tx, messages).await?;
    Ok((written, left_out))
}

impl Round<'_> {
    fn reader(&self, person: &participant::Model, links: &[evidence::Link], cursors: &Cursors) -> Reader {
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
        let newest = self.picture.recommendations.iter().map(|pictured| pictured.standing.last_seq).max();
        reader.first || newest.is_some_and(|newest| newest > reader.told_seq)
    }

    fn message(&self, person: &participant::Model, update: UpdateId) -> anyhow::Result<message::ActiveModel> {
        let due_at = quiet_until(self.project, person, self.now)?;
        let host = self.app.config.public_host();
        let mut row = message::waiting_for(person, MessageKind::Update, Some(update), host, self.now, due_at);
        if person.needs_address() {
            row.state = Set(MessageState::Task);
        }
        Ok(row)
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
