//! How far each edition got: counted by what became of its messages, with those that a person has to look at.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::tasks::Ended;
use crate::app::App;
use crate::domain::words::{Channel, EditionState, MessageState};
use crate::error::{Error, Result};
use crate::store::types::{EditionId, ProjectId};
use crate::store::{project, queue};

/// The messages of one edition, or of a project the ones that belong to none: confirmations of withdrawals.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Delivery {
    pub project: String,
    pub edition: Option<NaiveDate>,
    /// The moment of its period. Where a schedule has more than one on a day, it tells them apart.
    pub period: Option<DateTime<Utc>>,
    pub state: Option<EditionState>,
    pub updates: i64,
    /// The mail server took them. Whether they arrived nobody knows.
    pub accepted: i64,
    /// Letters and calls that a person recorded as done.
    pub recorded: i64,
    /// Wait for their moment or their next attempt, or are due and go out with the next tick.
    pub waiting: i64,
    /// The moments of the first and the last of them; one that is past is due.
    pub waiting_from: Option<DateTime<Utc>>,
    pub waiting_until: Option<DateTime<Utc>>,
    /// Of them those that the mail server did not take yet, by why.
    pub put_off: BTreeMap<String, i64>,
    /// Lie with a sender right now.
    pub sending: i64,
    /// If their sender does not come back until then, others take over.
    pub sending_until: Option<DateTime<Utc>>,
    /// Handed over without an answer: tried once more, by themselves, with the same Message-ID.
    pub unknown: i64,
    pub unknown_again_at: Option<DateTime<Utc>>,
    /// Letters and calls that wait for a person.
    pub tasks: i64,
    /// Attempts after the first of each message.
    pub retries: i64,
    /// Not to be sent any more, by why.
    pub taken_back: BTreeMap<String, i64>,
    /// Failed, or unknown after the second try: a person has to look.
    pub for_a_person: Vec<Stuck>,
    /// Refused for a reason that may pass, such as a full mailbox, by why. Their people are written to again, and are told
    /// this with the next update.
    pub came_back: BTreeMap<String, i64>,
    /// Failed or unknown, until a later update to the same people took over, by why.
    pub taken_over: BTreeMap<String, i64>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Stuck {
    pub id: String,
    pub state: MessageState,
    pub since: Option<DateTime<Utc>>,
    /// Without any address.
    pub why: String,
}

impl Delivery {
    fn new(project: String, edition: Option<&queue::Composed>) -> Self {
        Delivery {
            project,
            edition: edition.map(|row| row.period_on),
            period: edition.map(|row| row.period.utc()),
            state: edition.map(|row| row.state),
            updates: edition.map_or(0, |row| row.updates),
            ..Delivery::default()
        }
    }

    fn add(&mut self, heap: &queue::Heap) {
        let (first, last) = (heap.first_due.map(|at| at.utc()), heap.last_due.map(|at| at.utc()));
        self.retries += heap.retries.unwrap_or(0);
        match (heap.state, heap.channel, heap.ended) {
            (MessageState::Accepted, Channel::Email, _) => self.accepted += heap.messages,
            (MessageState::Accepted, _, _) => self.recorded += heap.messages,
            (MessageState::Queued | MessageState::Deferred, _, _) => {
                self.waiting += heap.messages;
                if let (MessageState::Deferred, Some(why)) = (heap.state, &heap.why) {
                    *self.put_off.entry(why.clone()).or_default() += heap.messages;
                }
                self.waiting_from = [self.waiting_from, first].into_iter().flatten().min();
                self.waiting_until = self.waiting_until.max(last);
            }
            (MessageState::Claimed | MessageState::Sending, _, _) => {
                self.sending += heap.messages;
                self.sending_until = self.sending_until.max(heap.last_lease.map(|at| at.utc()));
            }
            (MessageState::Unknown, _, false) => {
                self.unknown += heap.messages;
                self.unknown_again_at = [self.unknown_again_at, first].into_iter().flatten().min();
            }
            (MessageState::Task, _, _) => self.tasks += heap.messages,
            (MessageState::Cancelled, _, _) => {
                let why = heap.why.clone().unwrap_or_else(|| "no reason was given".to_owned());
                *self.taken_back.entry(why).or_default() += heap.messages;
            }
            // One by one among those for a person.
            (MessageState::Failed, _, _) | (MessageState::Unknown, _, true) => {}
        }
    }
}

/// Of all projects or one, of all editions or those of a day: oldest first.
pub async fn list(app: &App, slug: Option<&str>, edition: Option<NaiveDate>) -> Result<Vec<Delivery>> {
    let db = &app.db.reader;
    let only = match slug {
        Some(slug) => Some(super::project(app, slug).await?),
        None => None,
    };
    let id = only.as_ref().map(|project| project.id);
    let slugs: BTreeMap<ProjectId, String> = match only {
        Some(project) => BTreeMap::from([(project.id, project.slug)]),
        None => project::all(db).await?.into_iter().map(|row| (row.id, row.slug)).collect(),
    };
    let name = |project: ProjectId| slugs.get(&project).cloned().unwrap_or_default();
    let mut found: BTreeMap<(ProjectId, Option<EditionId>), Delivery> = BTreeMap::new();
    let mut order = Vec::new();
    for row in queue::editions(db, id).await? {
        let place = (row.project_id, Some(row.id));
        order.push(place);
        found.insert(place, Delivery::new(name(row.project_id), Some(&row)));
    }
    for heap in queue::heaps(db, id).await? {
        let place = (heap.project_id, heap.edition_id);
        let of = found.entry(place).or_insert_with(|| {
            order.push(place);
            Delivery::new(name(heap.project_id), None)
        });
        of.add(&heap);
    }
    let ended = Ended::read(db).await?;
    for row in queue::stuck(db, id).await? {
        let Some(of) = found.get_mut(&(row.project_id, row.edition_id)) else { continue };
        let why = row.why.unwrap_or_else(|| "no reason was given".to_owned());
        if ended.comes_again(row.state, row.id) {
            *of.came_back.entry(why).or_default() += 1;
            continue;
        }
        if ended.is_taken_over(row.id) {
            *of.taken_over.entry(why).or_default() += 1;
            continue;
        }
        let since = row.finished_at.map(|at| at.utc());
        of.for_a_person.push(Stuck { id: row.id.to_string(), state: row.state, since, why });
    }
    let listed: Vec<Delivery> = order
        .into_iter()
        .filter_map(|place| found.remove(&place))
        .filter(|delivery| edition.is_none() || delivery.edition == edition)
        .collect();
    match edition {
        Some(day) if listed.is_empty() => Err(Error::not_found(format!("An edition of {day}"))),
        _ => Ok(listed),
    }
}
