//! What becomes durable, in groups: the marks of messages that are about to be handed over, and the ends of attempts.
//! One task writes for all connections, whatever has come in since it last wrote, so that a mark costs a share of a
//! transaction and is there within milliseconds.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use crate::actions::bounces;
use crate::actions::telling::{self, Telling};
use crate::app::App;
use crate::domain::words::MessageState;
use crate::error::Result;
use crate::jobs::Ticked;
use crate::store::message::{self, End, Model};
use crate::store::types::{MessageId, ParticipantId};
use crate::store::{self, participant};

/// At most so many in one transaction.
const GROUP: usize = 256;

/// So many may wait to be written. More than all connections have in flight.
const WAITING: usize = 1_024;

/// While the database cannot be written to, what became of messages is kept in memory and tried again after this time,
/// for so long. Then the leases speak for them: they stand as unknown, and a person sees those that stay so.
const AGAIN: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30 * 60);
/// After so many failures each end is tried on its own, so that one that cannot be written does not hold up the others.
const TOGETHER: u32 = 3;
/// Nothing keeps a process from ending for longer than this.
const LONGEST_AT_THE_END: Duration = Duration::from_secs(5);

/// What became of one message.
pub struct Ended {
    pub row: Model,
    pub end: End,
    pub telling: Option<Telling>,
    /// Why the relay refused it for good, as a status of RFC 3463.
    pub refused: Option<String>,
}

impl Ended {
    pub fn new(row: Model, end: End, telling: Option<Telling>) -> Self {
        Ended { row, end, telling, refused: None }
    }
}

enum Job {
    Mark { row: Box<Model>, held: oneshot::Sender<bool> },
    End(Box<Ended>),
}

/// Hands over what is to be written. Dropping all of them ends the task.
#[derive(Clone)]
pub struct Committer(mpsc::Sender<Job>);

impl Committer {
    /// Starts the task. It ends with what it has written when the last committer is gone.
    pub fn start(app: App) -> (Self, tokio::task::JoinHandle<Ticked>) {
        let (sender, jobs) = mpsc::channel(WAITING);
        (Committer(sender), tokio::spawn(write_all(app, jobs)))
    }

    /// Marks a message as being handed over. Whether this sender still holds it; if not, it must not go out.
    pub async fn mark(&self, row: &Model) -> bool {
        let (held, answer) = oneshot::channel();
        match self.0.send(Job::Mark { row: Box::new(row.clone()), held }).await {
            Ok(()) => answer.await.unwrap_or(false),
            Err(_) => false,
        }
    }

    pub async fn end(&self, ended: Ended) {
        // The task ends only after every committer is gone.
        let _sent = self.0.send(Job::End(Box::new(ended))).await;
    }
}

async fn write_all(app: App, mut jobs: mpsc::Receiver<Job>) -> Ticked {
    let mut ticked = Ticked::default();
    let mut group = Vec::with_capacity(GROUP);
    while jobs.recv_many(&mut group, GROUP).await > 0 {
        let (mut marks, mut ends) = (Vec::new(), Vec::new());
        for job in group.drain(..) {
            match job {
                Job::Mark { row, held } => marks.push((*row, held)),
                Job::End(ended) => ends.push(*ended),
            }
        }
        write_group(&app, marks, ends, &mut ticked).await;
    }
    ticked
}

async fn write_group(
    app: &App,
    mut marks: Vec<(Model, oneshot::Sender<bool>)>,
    mut ends: Vec<Ended>,
    ticked: &mut Ticked,
) {
    let since = Instant::now();
    let mut failures = 0;
    loop {
        let rows: Vec<&Model> = marks.iter().map(|(row, _)| row).collect();
        let error = match write(app, &rows, &ends).await {
            Ok((held, done)) => {
                if failures > 0 {
                    tracing::info!(ends = ends.len(), "what became of messages could be written after all");
                }
                ticked.add(&done);
                answer(marks, &held);
                return;
            }
            Err(error) => error,
        };
        // What is not marked is not handed over, so nobody waits for that; but it may be an end that failed.
        if !marks.is_empty() {
            let rows: Vec<&Model> = marks.iter().map(|(row, _)| row).collect();
            let held = match ends.is_empty() {
                true => HashSet::new(),
                false => write(app, &rows, &[]).await.map(|(held, _)| held).unwrap_or_default(),
            };
            answer(std::mem::take(&mut marks), &held);
        }
        if ends.is_empty() {
            tracing::error!(error = %super::describe(&error), "messages could not be marked; they wait");
            return;
        }
        if failures == 0 {
            tracing::error!(
                error = %super::describe(&error),
                ends = ends.len(),
                "what became of messages cannot be written; it is kept and tried again"
            );
        }
        failures += 1;
        if failures % TOGETHER == 0 {
            ends = write_each(app, ends, ticked).await;
            if ends.is_empty() {
                return;
            }
        }
        let longest = if app.stop.is_asked() { LONGEST_AT_THE_END } else { LONGEST };
        if since.elapsed() > longest {
            tracing::error!(
                ends = ends.len(),
                "what became of messages is given up; they will stand as unknown"
            );
            return;
        }
        sleep(AGAIN).await;
    }
}

fn answer(marks: Vec<(Model, oneshot::Sender<bool>)>, held: &HashSet<MessageId>) {
    for (row, answer) in marks {
        // Whoever asked may have gone; then the message waits for its lease.
        let _gone = answer.send(held.contains(&row.id));
    }
}

/// Writes ends one by one, and where what a message told is what cannot be written, without that. Returns those that are
/// left; where two cannot be written, it is not they.
pub async fn write_each(app: &App, ends: Vec<Ended>, ticked: &mut Ticked) -> Vec<Ended> {
    let mut left = Vec::new();
    for mut ended in ends {
        if left.len() >= 2 {
            left.push(ended);
            continue;
        }
        let one = std::slice::from_ref(&ended);
        let error = match write(app, &[], one).await {
            Ok((_, done)) => {
                ticked.add(&done);
                continue;
            }
            Err(error) => error,
        };
        let Some(telling) = ended.telling.take() else {
            left.push(ended);
            continue;
        };
        match write(app, &[], std::slice::from_ref(&ended)).await {
            Ok((_, done)) => {
                ticked.add(&done);
                tracing::error!(
                    message = %ended.row.id,
                    error = %super::describe(&error),
                    "what a message told could not be written; the next update tells it again"
                );
            }
            Err(_) => left.push(Ended { telling: Some(telling), ..ended }),
        }
    }
    left
}

/// Writes a group in one transaction: first what ended, then the marks.
async fn write(app: &App, marks: &[&Model], ends: &[Ended]) -> Result<(HashSet<MessageId>, Ticked)> {
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let ticked = settle(&tx, app, ends, now).await?;
    let held = message::set_sending(&tx, marks, now).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    Ok((held.into_iter().collect(), ticked))
}

/// The ends of attempts and what they mean for people, in one transaction. Nothing is written for a message that another
/// sender has taken over.
pub async fn settle(
    tx: &impl ConnectionTrait,
    app: &App,
    ends: &[Ended],
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Ticked> {
    let mut ticked = Ticked::default();
    if ends.is_empty() {
        return Ok(ticked);
    }
    // In the order in which composing locks people, so that the two never wait for each other.
    let mut people: Vec<ParticipantId> = ends.iter().map(|ended| ended.row.participant_id).collect();
    people.sort();
    people.dedup();
    participant::lock_these(tx, &people).await?;
    let rows: Vec<(&Model, &End)> = ends.iter().map(|ended| (&ended.row, &ended.end)).collect();
    let settled: HashSet<MessageId> = message::settle(tx, &rows).await?.into_iter().collect();
    let (mut told, mut perhaps) = (Vec::new(), Vec::new());
    for Ended { row, end, telling, refused } in ends.iter().filter(|ended| settled.contains(&ended.row.id)) {
        match end.state {
            MessageState::Accepted => {
                ticked.accepted += 1;
                told.extend(telling);
            }
            MessageState::Unknown if end.unknowns > row.unknowns => {
                ticked.unknown += 1;
                perhaps.extend(telling);
            }
            MessageState::Deferred if end.why != row.why || end.due_at != row.due_at.utc() => {
                ticked.deferred += 1;
            }
            MessageState::Failed => {
                ticked.failed += 1;
                if let Some(status) = refused {
                    bounces::refused(tx, &app.keys, row, status, now).await?;
                }
            }
            MessageState::Cancelled => ticked.cancelled += 1,
            _ => {}
        }
    }
    telling::told(tx, &told, now).await?;
    telling::perhaps_told(tx, &perhaps).await?;
    Ok(ticked)
}
