//! The figures of an edition: people, stories and messages are counted, and what may be said of them goes into the record
//! with what is counted of recommendations. True counts leave this file only through `disclosure`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Duration, Months, NaiveDate, Utc};
use rand::Rng;
use sea_orm::ConnectionTrait;

use crate::actions::book::Book;
use crate::actions::messages::is_as_wanted;
use crate::app::App;
use crate::domain::disclosure::{self, Counted};
use crate::domain::event::{Event, Fact, PROJECT};
use crate::domain::excerpt::quoted_under;
use crate::domain::figures::{Snapshot, work};
use crate::domain::words::{Cadence, Channel, Format, ParticipantState};
use crate::error::Result;
use crate::store::types::{At, ParticipantId, RecommendationId, StoryId};
use crate::store::{event, evidence, figure, message, participant, project, recommendation, story};

/// People looked at together.
const CHUNK: u64 = 500;

/// *Loop closed on time*: within so many days.
const ON_TIME_DAYS: i64 = 30;

/// What was counted for an edition, before anything of it may be said.
pub struct Count {
    counted: Counted,
    /// Recommendations that rest on a story now.
    traced: Vec<RecommendationId>,
}

/// Counts, without a transaction open: it can take long, and a moment more or less is hidden by the rounding.
pub async fn count(app: &App, project: &project::Model) -> Result<Count> {
    let (db, now) = (&app.db.reader, app.clock.now());
    let stories = Stories::read(db, project).await?;
    let mut counted = Counted {
        day: project.today(now)?,
        told: (0, 0),
        stopped: 0,
        paused: 0,
        withdrawn: 0,
        first_waits: Vec::new(),
        still_waiting: Vec::new(),
        loop_closed: (0, 0),
        needs_met: (0, 0),
        stories_used: (stories.used, stories.all),
        stories_behind: stories.behind.clone(),
    };
    let mut loops = Loops::read(db, project, now).await?;
    let mut after: Option<ParticipantId> = None;
    loop {
        let people = participant::after(db, project.id, after, CHUNK).await?;
        let Some(last) = people.last() else { break };
        after = Some(last.id);
        let ids: Vec<ParticipantId> = people.iter().map(|person| person.id).collect();
        let mut told: HashMap<ParticipantId, Vec<message::Told>> = HashMap::new();
        for row in message::told_to(db, &ids).await? {
            told.entry(row.participant_id).or_default().push(row);
        }
        let links = evidence::links_of(db, &ids).await?;
        for person in &people {
            let theirs = told.get(&person.id).map_or(&[][..], Vec::as_slice);
            of_person(app, project, &stories, person, theirs, now, &mut counted)?;
            let links = links.iter().filter(|link| link.participant_id == person.id);
            loops.take(person, links, theirs);
        }
    }
    counted.loop_closed = loops.closed();
    Ok(Count { counted, traced: stories.traced })
}

fn of_person(
    app: &App,
    project: &project::Model,
    stories: &Stories,
    person: &participant::Model,
    told: &[message::Told],
    now: DateTime<Utc>,
    counted: &mut Counted,
) -> Result<()> {
    // A need is recorded where somebody wants anything but the usual; what they got is met or not for good.
    let has_need = person.format != Format::Standard
        || person.language != project.language
        || matches!(person.channel, Channel::Letter | Channel::Phone);
    if has_need && person.state != ParticipantState::Withdrawn {
        for row in told {
            counted.needs_met.1 += 1;
            counted.needs_met.0 += i64::from(is_as_wanted(app, row.format, &person.language));
        }
    }
    match person.state {
        ParticipantState::Stopped => counted.stopped += 1,
        ParticipantState::Paused => counted.paused += 1,
        ParticipantState::Withdrawn => counted.withdrawn += 1,
        ParticipantState::Active => {
            let year_ago = now.checked_sub_months(Months::new(12)).unwrap_or(now);
            let lately = told.iter().any(|row| row.substantive && row.at() > year_ago);
            counted.told.1 += 1;
            counted.told.0 += i64::from(lately);
        }
    }
    let today = project.today(now)?;
    let since = stories.first_of.get(&person.id).copied().unwrap_or(person.joined_on);
    match person.first_told_at {
        Some(first) => {
            counted.first_waits.push((project.today(first.utc())? - since).num_days().max(0));
        }
        None if person.state == ParticipantState::Active => {
            counted.still_waiting.push((today - since).num_days().max(0));
        }
        None => {}
    }
    Ok(())
}

/// Which stories stand behind what. Those that are quoted in public are left out of every number: what their tellers agreed
/// to show is no secret, and its going must say nothing about the others.
struct Stories {
    used: i64,
    all: i64,
    behind: BTreeMap<String, i64>,
    traced: Vec<RecommendationId>,
    /// The day of each person's first story.
    first_of: HashMap<ParticipantId, NaiveDate>,
}

impl Stories {
    async fn read(db: &impl ConnectionTrait, project: &project::Model) -> Result<Self> {
        let references: HashMap<RecommendationId, String> = recommendation::in_project(db, project.id)
            .await?
            .into_iter()
            .map(|row| (row.id, row.reference))
            .collect();
        let known = story::brief_in_project(db, project.id).await?;
        let usable: HashMap<StoryId, bool> = known
            .iter()
            .filter(|story| story.consent.is_some())
            .map(|story| {
                let quoted = story.has_summary && quoted_under(story.consent, story.attribution).is_some();
                (story.id, quoted)
            })
            .collect();
        let mut behind: BTreeMap<RecommendationId, BTreeSet<StoryId>> = BTreeMap::new();
        let mut linked: HashSet<StoryId> = HashSet::new();
        for link in evidence::in_project(db, project.id).await? {
            if usable.contains_key(&link.story_id) {
                linked.insert(link.story_id);
                behind.entry(link.recommendation_id).or_default().insert(link.story_id);
            }
        }
        let is_shown = |id: &StoryId| linked.contains(id) && usable.get(id) == Some(&true);
        let mut first_of: HashMap<ParticipantId, NaiveDate> = HashMap::new();
        let (mut used, mut all) = (0, 0);
        for story in &known {
            if let (Some(teller), Some(on)) = (story.participant_id, story.gathered_on) {
                first_of.entry(teller).and_modify(|first| *first = on.min(*first)).or_insert(on);
            }
            if !is_shown(&story.id) {
                all += 1;
                used += i64::from(linked.contains(&story.id));
            }
        }
        let count = |stories: &BTreeSet<StoryId>| {
            i64::try_from(stories.iter().filter(|id| !is_shown(id)).count()).unwrap_or(i64::MAX)
        };
        Ok(Stories {
            used,
            all,
            behind: behind
                .iter()
                .filter_map(|(id, stories)| Some((references.get(id)?.clone(), count(stories))))
                .collect(),
            traced: behind.into_keys().collect(),
            first_of,
        })
    }
}

/// What happened, and whether everybody concerned was told in time.
struct Loops {
    by_recommendation: HashMap<RecommendationId, Vec<Material>>,
}

struct Material {
    seq: i64,
    at: DateTime<Utc>,
    concerns_somebody: bool,
    failed: bool,
}

impl Loops {
    async fn read(db: &impl ConnectionTrait, project: &project::Model, now: DateTime<Utc>) -> Result<Self> {
        let mut ids: HashMap<String, RecommendationId> = HashMap::new();
        for row in recommendation::in_project(db, project.id).await? {
            ids.insert(row.reference, row.id);
        }
        let old = now - Duration::days(ON_TIME_DAYS);
        let mut by_recommendation: HashMap<RecommendationId, Vec<Material>> = HashMap::new();
        let mut seq = 0;
        loop {
            let events = event::after(db, project.id, seq, 2_000).await?;
            let Some(last) = events.last() else { break };
            seq = last.seq;
            for event in events.iter().filter(|event| event.at <= old && is_material(event)) {
                let Some(id) = ids.get(&event.subject) else { continue };
                by_recommendation.entry(*id).or_default().push(Material {
                    seq: event.seq,
                    at: event.at,
                    concerns_somebody: false,
                    failed: false,
                });
            }
        }
        Ok(Loops { by_recommendation })
    }

    /// Who may be told and wants to hear each time is to be told of everything that rests on their story.
    fn take<'a>(
        &mut self,
        person: &participant::Model,
        links: impl Iterator<Item = &'a evidence::Link>,
        told: &[message::Told],
    ) {
        if !person.may_be_told() || person.cadence != Cadence::Every {
            return;
        }
        for link in links {
            let Some(events) = self.by_recommendation.get_mut(&link.recommendation_id) else { continue };
            for event in events.iter_mut().filter(|event| event.seq > link.linked_seq) {
                let on = event.at.date_naive();
                // Who came later, or was away by their own choice, was not to be told then.
                if person.joined_on > on || person.acted_on.is_some_and(|acted| acted >= on) {
                    continue;
                }
                event.concerns_somebody = true;
                let by = event.at + Duration::days(ON_TIME_DAYS);
                let in_time = told.iter().any(|row| row.cutoff_seq >= event.seq && row.at() <= by);
                event.failed |= !in_time;
            }
        }
    }

    fn closed(&self) -> (i64, i64) {
        let concerning = self.by_recommendation.values().flatten().filter(|event| event.concerns_somebody);
        concerning.fold((0, 0), |(closed, all), event| (closed + i64::from(!event.failed), all + 1))
    }
}

/// What people are told of: not what only puts words right or stands behind them.
fn is_material(event: &Event) -> bool {
    !matches!(
        event.kind.as_str(),
        "correction" | "redaction" | "recommendation_changed" | "learnings" | "figures"
    ) && event.subject != PROJECT
}

/// Writes the figures of an edition into the record, as far as they may be said.
pub async fn take(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    period: NaiveDate,
    count: Count,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = book.project.id;
    recommendation::set_traced(tx, &count.traced).await?;
    let traceable = recommendation::count_traced(tx, id).await?;
    let mut bases = figure::bases(tx, id).await?;
    let people = disclosure::publish(&count.counted, &mut bases, |steps| rand::rng().random_range(steps));
    figure::keep(tx, id, &bases).await?;
    let today = book.today(now);
    // Nobody can answer yet, so there is nothing to say of what participants say.
    let said = BTreeMap::new();
    let work = work(book.standings(), &said, today, book.project.head_seq, traceable);
    let snapshot = Snapshot { period, work, people, said };
    book.write(tx, now, PROJECT, today, Fact::Figures(Box::new(snapshot))).await?;
    Ok(())
}

impl message::Told {
    fn at(&self) -> DateTime<Utc> {
        self.finished_at.map_or(DateTime::<Utc>::MIN_UTC, At::utc)
    }
}
