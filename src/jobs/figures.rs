//! The figures of an edition: people, stories and messages are counted, and what may be said of them goes into the record
//! with what is counted of recommendations. True counts leave this file only through `disclosure`.

use std::collections::{BTreeMap, HashMap, HashSet};

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
    decided: Decided,
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
    let mut loops = Loops::read(db, project, &stories.traced, now).await?;
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
    let decided = loops.decided();
    counted.loop_closed = (decided.closed, decided.all);
    Ok(Count { counted, traced: stories.traced, decided })
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
    // A need is recorded where somebody wants anything but the usual. Each person counts once, by their last update: from
    // the number of all updates, which grows by one for each of them, one could tell how many they are.
    let has_need = person.format != Format::Standard
        || person.language != project.language
        || matches!(person.channel, Channel::Letter | Channel::Phone);
    let last = told.iter().max_by_key(|row| row.at()).filter(|_| person.state == ParticipantState::Active);
    if last.is_some() && has_need {
        counted.needs_met.1 += 1;
        // Every format and way is made as itself; only a language may be one that nobody has put into words yet.
        counted.needs_met.0 += i64::from(is_as_wanted(app, &person.language));
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
        // When their stories went, the day of the first one went with them.
        Some(_) if person.state == ParticipantState::Withdrawn => {}
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

/// Whose stories stand behind what. Each teller counts once, so that nobody's going moves a number by more than one.
/// Stories that are quoted in public are left out: what their tellers agreed to show is no secret, and its going must say
/// nothing about the others.
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
        let mut first_of: HashMap<ParticipantId, NaiveDate> = HashMap::new();
        // Those that may be used, with their teller, and whether they could be quoted.
        let mut usable: HashMap<StoryId, (ParticipantId, bool)> = HashMap::new();
        for story in story::brief_in_project(db, project.id).await? {
            let Some(teller) = story.participant_id else { continue };
            if let Some(on) = story.gathered_on {
                first_of.entry(teller).and_modify(|first| *first = on.min(*first)).or_insert(on);
            }
            if story.consent.is_some() {
                let quotable = story.has_summary && quoted_under(story.consent, story.attribution).is_some();
                usable.insert(story.id, (teller, quotable));
            }
        }
        // What is not published yet is not named, and nothing is quoted there.
        let references: HashMap<RecommendationId, String> = recommendation::in_project(db, project.id)
            .await?
            .into_iter()
            .filter(|row| row.published)
            .map(|row| (row.id, row.reference))
            .collect();
        let mut behind: BTreeMap<RecommendationId, HashSet<ParticipantId>> = BTreeMap::new();
        let mut linked: HashSet<StoryId> = HashSet::new();
        for link in evidence::in_project(db, project.id).await? {
            let Some((teller, quotable)) = usable.get(&link.story_id) else { continue };
            if !references.contains_key(&link.recommendation_id) {
                continue;
            }
            linked.insert(link.story_id);
            let tellers = behind.entry(link.recommendation_id).or_default();
            if !quotable {
                tellers.insert(*teller);
            }
        }
        // Only a story behind a recommendation is quoted anywhere.
        let hidden = || usable.iter().filter(|(id, (_, quotable))| !(*quotable && linked.contains(*id)));
        let tellers = |used: bool| -> HashSet<ParticipantId> {
            let counted = hidden().filter(|(id, _)| !used || linked.contains(*id));
            counted.map(|(_, (teller, _))| *teller).collect()
        };
        Ok(Stories {
            used: number(tellers(true).len()),
            all: number(tellers(false).len()),
            behind: behind
                .iter()
                .filter_map(|(id, tellers)| Some((references.get(id)?.clone(), number(tellers.len()))))
                .collect(),
            traced: behind.into_keys().collect(),
            first_of,
        })
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What happened under recommendations that rest on stories, and whether everybody concerned was told in time. Once that
/// is decided for an event it stays so, whoever goes later.
struct Loops {
    before: Decided,
    by_recommendation: HashMap<RecommendationId, Vec<Material>>,
}

/// How many events are decided, how many of them are closed, and the last event that was looked at.
#[derive(Clone, Copy)]
struct Decided {
    closed: i64,
    all: i64,
    upto: i64,
}

impl Decided {
    const NAMES: [&str; 3] = ["decided.closed", "decided.all", "decided.upto"];

    fn read(bases: &disclosure::Bases) -> Self {
        let [closed, all, upto] = Self::NAMES.map(|name| bases.get(name).copied().unwrap_or(0));
        Decided { closed, all, upto }
    }

    fn keep(self, bases: &mut disclosure::Bases) {
        for (name, value) in Self::NAMES.into_iter().zip([self.closed, self.all, self.upto]) {
            bases.insert(name.to_owned(), value);
        }
    }
}

struct Material {
    seq: i64,
    at: DateTime<Utc>,
    failed: bool,
}

impl Loops {
    async fn read(
        db: &impl ConnectionTrait,
        project: &project::Model,
        traced: &[RecommendationId],
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let rows = recommendation::in_project(db, project.id).await?;
        let ids: HashMap<String, RecommendationId> = rows
            .into_iter()
            .filter(|row| row.traced || traced.contains(&row.id))
            .map(|row| (row.reference, row.id))
            .collect();
        let mut before = Decided::read(&figure::bases(db, project.id).await?);
        let old = now - Duration::days(ON_TIME_DAYS);
        let mut by_recommendation: HashMap<RecommendationId, Vec<Material>> = HashMap::new();
        loop {
            let events = event::after(db, project.id, before.upto, 2_000).await?;
            let decidable: Vec<&Event> = events.iter().take_while(|event| event.at <= old).collect();
            let Some(last) = decidable.last() else { break };
            before.upto = last.seq;
            for event in decidable.iter().filter(|event| is_material(event)) {
                let Some(id) = ids.get(&event.subject) else { continue };
                let material = Material { seq: event.seq, at: event.at, failed: false };
                by_recommendation.entry(*id).or_default().push(material);
            }
        }
        Ok(Loops { before, by_recommendation })
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
                let by = event.at + Duration::days(ON_TIME_DAYS);
                event.failed |= !told.iter().any(|row| row.cutoff_seq >= event.seq && row.at() <= by);
            }
        }
    }

    fn decided(&self) -> Decided {
        let events = || self.by_recommendation.values().flatten();
        Decided {
            closed: self.before.closed + number(events().filter(|event| !event.failed).count()),
            all: self.before.all + number(events().count()),
            upto: self.before.upto,
        }
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
    count.decided.keep(&mut bases);
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
