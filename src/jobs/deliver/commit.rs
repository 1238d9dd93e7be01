//! What becomes durable, in groups: the marks of messages that are about to be handed over, and the ends of attempts.
//! One task or two write for all connections, whatever has come in since it last wrote, so that a mark costs a share of a
//! transaction and is there within milliseconds.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::actions::bounces;
use crate::actions::telling::{self, Telling};
use crate::app::App;
use crate::domain::words::MessageState;
use crate::error::Result;
use crate::jobs::Ticked;
use crate::store::message::{self, End, Held, Model};
use crate::store::types::{MessageId, ParticipantId};
use crate::store::{self, participant};

use super::ahead::Flight;

/// Where fewer wait to be written, others that are on their way are waited for.
const FEW: usize = 16;
const GATHERING: Duration = Duration::from_millis(1);

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
    /// Lands with this.
    pub flight: Option<Flight>,
}

impl Ended {
    pub fn new(row: Model, end: End, telling: Option<Telling>) -> Self {
        Ended { row, end, telling, refused: None, flight: None }
    }

    /// It is written.
    fn land(self) {
        drop(self.flight);
    }
}

/// Messages that are to be marked together, and where it is waited for which of them this sender holds.
struct Marks {
    rows: Vec<Held>,
    held: oneshot::Sender<Vec<bool>>,
}

enum Job {
    Mark(Marks),
    End(Box<Ended>),
}

impl Job {
    fn messages(&self) -> usize {
        match self {
            Job::Mark(marks) => marks.rows.len(),
            Job::End(_) => 1,
        }
    }
}

/// The answer to come: for each message that was to be marked, whether this sender holds it.
pub struct Marking(oneshot::Receiver<Vec<bool>>);

impl Marking {
    /// What is not held must not go out.
    pub async fn held(self) -> Vec<bool> {
        self.0.await.unwrap_or_default()
    }
}

/// Hands over what is to be written. Dropping all of them ends the tasks.
#[derive(Clone)]
pub struct Committer {
    marks: mpsc::Sender<Job>,
    ends: mpsc::Sender<Job>,
}

/// The tasks that write.
pub struct Writing(JoinSet<Ticked>);

impl Writing {
    /// What was written, once every committer is gone.
    pub async fn done(mut self) -> anyhow::Result<Ticked> {
        let mut all = Ticked::default();
        while let Some(ticked) = self.0.join_next().await {
            all.add(&ticked.context("a task that writes what became of messages")?);
        }
        Ok(all)
    }
}

impl Committer {
    /// Starts the tasks. PostgreSQL writes marks and ends side by side, so that no connection waits for both. SQLite takes
    /// one transaction at a time, and one that holds both costs less than two.
    pub fn start(app: App) -> (Self, Writing) {
        let mut tasks = JoinSet::new();
        let mut task = || {
            let (jobs, coming) = mpsc::channel(WAITING);
            tasks.spawn(write_all(app.clone(), coming));
            jobs
        };
        let marks = task();
        let ends = if app.db.is_sqlite() { marks.clone() } else { task() };
        (Committer { marks, ends }, Writing(tasks))
    }

    /// Has messages marked as being handed over.
    pub async fn mark(&self, rows: impl Iterator<Item = &Model>) -> Marking {
        let (held, answer) = oneshot::channel();
        // Where nobody writes any more, nobody answers, and nothing is held.
        let _sent = self.marks.send(Job::Mark(Marks { rows: rows.map(Held::from).collect(), held })).await;
        Marking(answer)
    }

    pub async fn end(&self, ended: Ended) {
        // The task ends only after every committer is gone.
        let _sent = self.ends.send(Job::End(Box::new(ended))).await;
    }
}

async fn write_all(app: App, mut jobs: mpsc::Receiver<Job>) -> Ticked {
    let mut ticked = Ticked::default();
    let mut group = Vec::with_capacity(GROUP);
    while jobs.recv_many(&mut group, GROUP).await > 0 {
        // A transaction costs more than a row.
        if group.iter().map(Job::messages).sum::<usize>() < FEW {
            sleep(GATHERING).await;
        }
        while group.len() < GROUP {
            let Ok(job) = jobs.try_recv() else { break };
            group.push(job);
        }
        let (mut marks, mut ends) = (Vec::new(), Vec::new());
        for job in group.drain(..) {
            match job {
                Job::Mark(wanted) => marks.push(wanted),
                Job::End(ended) => ends.push(*ended),
            }
        }
        write_group(&app, marks, ends, &mut ticked).await;
    }
    ticked
}

async fn write_group(app: &App, mut marks: Vec<Marks>, mut ends: Vec<Ended>, ticked: &mut Ticked) {
    let since = Instant::now();
    let mut failures = 0;
    loop {
        let rows: Vec<Held> = marks.iter().flat_map(|wanted| wanted.rows.iter().copied()).collect();
        let error = match write(app, &rows, &ends).await {
            Ok((held, done)) => {
                if failures > 0 {
                    tracing::info!(ends = ends.len(), "what became of messages could be written after all");
                }
                ticked.add(&done);
                answer(marks, &held);
                ends.into_iter().for_each(Ended::land);
                return;
            }
            Err(error) => error,
        };
        // What is not marked is not handed over, so nobody waits for that; but it may be an end that failed.
        if !marks.is_empty() {
            let held = match ends.is_empty() {
                true => HashSet::new(),
                false => write(app, &rows, &[]).await.map(|(held, _)| held).unwrap_or_default(),
            };
            answer(std::mem::take(&mut marks), &held);
        }
        if ends.is_empty() {
            tracing::error!(error = %error.chain(), "messages could not be marked; they wait");
            return;
        }
        if failures == 0 {
            tracing::error!(
                error = %error.chain(),
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

fn answer(marks: Vec<Marks>, held: &HashSet<MessageId>) {
    for wanted in marks {
        // Whoever asked may have gone; then the messages wait for their lease.
        let _gone = wanted.held.send(wanted.rows.iter().map(|row| held.contains(&row.id)).collect());
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
                    error = %error.chain(),
                    "what a message told could not be written; the next update tells it again"
                );
            }
            Err(_) => left.push(Ended { telling: Some(telling), ..ended }),
        }
    }
    left
}

/// Writes a group in one transaction: first what ended, then the marks.
pub async fn write(app: &App, marks: &[Held], ends: &[Ended]) -> Result<(HashSet<MessageId>, Ticked)> {
    let now = app.clock.now();
    // One statement is a transaction by itself.
    if let (true, Some(db)) = (ends.is_empty(), app.db.at_once()) {
        let held = message::set_sending(db, marks, now).await?;
        return Ok((held.into_iter().collect(), Ticked::default()));
    }
    let tx = store::begin(&app.db).await?;
    let ticked = match settle(&tx, app, ends, now).await? {
        Some(ticked) => ticked,
        None => {
            // Another sender has taken some over. To learn which, all is asked anew, by name.
            tx.rollback().await.map_err(anyhow::Error::from)?;
            return write_named(app, marks, ends).await;
        }
    };
    let held = message::set_sending(&tx, marks, now).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    Ok((held.into_iter().collect(), ticked))
}

async fn write_named(app: &App, marks: &[Held], ends: &[Ended]) -> Result<(HashSet<MessageId>, Ticked)> {
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    hold_people(&tx, ends).await?;
    let settled = message::settle_named(&tx, &as_rows(ends)).await?.into_iter().collect::<HashSet<_>>();
    let ticked = follow(&tx, app, ends.iter().filter(|ended| settled.contains(&ended.row.id)), now).await?;
    let held = message::set_sending(&tx, marks, now).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    Ok((held.into_iter().collect(), ticked))
}

/// The ends of attempts and what they mean for people, in one transaction. None where another sender has taken over one of
/// the messages: then nothing of this may be kept.
async fn settle(
    tx: &impl ConnectionTrait,
    app: &App,
    ends: &[Ended],
    now: DateTime<Utc>,
) -> Result<Option<Ticked>> {
    if ends.is_empty() {
        return Ok(Some(Ticked::default()));
    }
    hold_people(tx, ends).await?;
    if message::settle(tx, &as_rows(ends)).await? != ends.len() as u64 {
        return Ok(None);
    }
    Ok(Some(follow(tx, app, ends.iter(), now).await?))
}

fn as_rows(ends: &[Ended]) -> Vec<(&Model, &End)> {
    ends.iter().map(|ended| (&ended.row, &ended.end)).collect()
}

/// In the order in which composing locks people, so that the two never wait for each other.
async fn hold_people(tx: &impl ConnectionTrait, ends: &[Ended]) -> Result<()> {
    let mut people: Vec<ParticipantId> = ends.iter().map(|ended| ended.row.participant_id).collect();
    people.sort();
    people.dedup();
    Ok(participant::lock_these(tx, &people).await?)
}

/// What follows from ends that were written.
async fn follow(
    tx: &impl ConnectionTrait,
    app: &App,
    settled: impl Iterator<Item = &Ended>,
    now: DateTime<Utc>,
) -> Result<Ticked> {
    let mut ticked = Ticked::default();
    let (mut told, mut perhaps) = (Vec::new(), Vec::new());
    for Ended { row, end, telling, refused, .. } in settled {
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
