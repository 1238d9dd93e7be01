//! One connection to the relay and the messages that go over it. Each is marked durably before it is opened.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use crate::actions::telling::Telling;
use crate::app::App;
use crate::mail::smtp::{self, Attempt, Connection, Parcel, SmtpSettings};
use crate::store::message::{End, Model};

use super::ahead::{Ahead, Flight};
use super::commit::{Committer, Ended};
use super::outcome::{self, outcome};

/// A message that was made so long ago is made anew: its person may have chosen otherwise since.
const STALE: Duration = Duration::from_secs(60);

/// A message is begun only within this time after it was marked, so that its lease, which began then, covers the whole
/// conversation. Whoever was stopped for longer has lost it.
const BEGINS_WITHIN: Duration = Duration::from_secs(8 * 60);

/// When a message was marked, by both clocks: while the whole machine stands still only the one on the wall goes on.
#[derive(Clone, Copy)]
struct Marked {
    counted: Instant,
    at: DateTime<Utc>,
}

/// A message that came upon so many closed connections waits for a while.
const TRIES: u8 = 3;

/// A message ready to go.
pub struct Prepared {
    pub row: Model,
    parcel: Parcel,
    telling: Option<Telling>,
    made_at: Instant,
    marked: Option<Marked>,
    flight: Option<Flight>,
    tries: u8,
}

impl Prepared {
    pub fn new(row: Model, parcel: Parcel, telling: Option<Telling>) -> Self {
        Prepared { row, parcel, telling, made_at: Instant::now(), marked: None, flight: None, tries: 0 }
    }

    pub fn is_stale(&self) -> bool {
        self.made_at.elapsed() > STALE
    }

    /// It is being marked, at this moment by the clock on the wall.
    pub fn set_marked(&mut self, at: DateTime<Utc>, flight: Flight) {
        self.marked = Some(Marked { counted: Instant::now(), at });
        self.flight = Some(flight);
    }

    /// Nothing was told.
    fn ends(self, end: End) -> Ended {
        Ended { flight: self.flight, ..Ended::new(self.row, end, None) }
    }
}

/// What all connections of a pass share.
pub struct Relay {
    pub app: App,
    settings: SmtpSettings,
    pub committer: Committer,
    /// Connections that are open or being opened.
    open: AtomicUsize,
    away: StdMutex<Option<String>>,
    /// It has said something about a message.
    spoke: AtomicBool,
    pub ahead: Arc<Ahead>,
}

impl Relay {
    pub fn new(app: App, settings: SmtpSettings, committer: Committer, ahead: Arc<Ahead>) -> Self {
        Relay {
            app,
            settings,
            committer,
            open: AtomicUsize::new(0),
            away: StdMutex::new(None),
            spoke: AtomicBool::new(false),
            ahead,
        }
    }

    /// Connections that are open or being opened.
    pub fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// Why the relay is away, if it is.
    pub fn away(&self) -> Option<String> {
        self.away.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it has said something about a message, and so was there.
    pub fn spoke(&self) -> bool {
        self.spoke.load(Ordering::SeqCst)
    }

    fn set_away(&self, why: &str) {
        self.away.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| why.to_owned());
    }

    /// Nothing is begun any more.
    pub fn is_ending(&self) -> bool {
        self.app.stop.is_asked() || self.away().is_some()
    }

    /// It was not tried, and waits as before.
    pub async fn put_back(&self, prepared: Prepared) {
        let now = self.app.clock.now();
        let end = match self.away() {
            Some(why) => outcome::relay_down(now, &prepared.row, &why),
            None => outcome::waits(&prepared.row, now),
        };
        self.committer.end(prepared.ends(end)).await;
    }

    /// It could not be marked: another sender has it, or its project has been paused.
    pub async fn not_held(&self, prepared: Prepared) {
        let end = outcome::waits(&prepared.row, self.app.clock.now() + outcome::pause());
        self.committer.end(prepared.ends(end)).await;
    }

    /// Nothing is begun of a message that was marked too long ago: somebody else may have it by now.
    pub async fn still_ours(&self, prepared: Prepared) -> Option<Prepared> {
        let now = self.app.clock.now();
        let longest = TimeDelta::from_std(BEGINS_WITHIN).expect("minutes are not too long");
        let is_late = |marked: Marked| marked.counted.elapsed() > BEGINS_WITHIN || now - marked.at > longest;
        if prepared.marked.is_some_and(|marked| !is_late(marked)) {
            return Some(prepared);
        }
        tracing::warn!(message = %prepared.row.id, "this process was stopped for too long; a message is left to others");
        self.put_back(prepared).await;
        None
    }

    /// What comes before this process has to end; dropping the rest closes the connection.
    async fn in_time<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = work => Some(done),
            () = self.app.stop.time_is_up() => None,
        }
    }

    async fn report(&self, mut prepared: Prepared, attempt: &Attempt) {
        let (end, down) = outcome(self.app.clock.now(), &prepared.row, attempt);
        match attempt {
            Attempt::RelayDown { why } if down => self.set_away(why),
            Attempt::RelayDown { .. } | Attempt::Untried { .. } => {}
            _ => self.spoke.store(true, Ordering::SeqCst),
        }
        let refused = match attempt {
            Attempt::Failed { enhanced, .. } => enhanced.clone(),
            _ => None,
        };
        let telling = prepared.telling.take();
        self.committer.end(Ended { refused, telling, ..prepared.ends(end) }).await;
    }
}

pub struct Line {
    relay: Arc<Relay>,
    /// Marked messages that it took and did not come to; they go first.
    kept: VecDeque<Prepared>,
}

impl Line {
    pub fn new(relay: Arc<Relay>) -> Self {
        relay.open.fetch_add(1, Ordering::SeqCst);
        Line { relay, kept: VecDeque::new() }
    }

    pub async fn run(mut self) {
        // A relay may greet one connection and leave the others waiting: nobody waits with them once all is sent.
        let connected = tokio::select! {
            biased;
            connected = self.connect() => connected,
            () = self.relay.ahead.is_done() => None,
        };
        let last = match connected {
            Some(Ok(connection)) => self.send_over(connection).await,
            Some(Err(error)) => self.lost(&error),
            None => {
                self.relay.open.fetch_sub(1, Ordering::SeqCst);
                true
            }
        };
        for prepared in std::mem::take(&mut self.kept) {
            self.relay.put_back(prepared).await;
        }
        if last {
            self.give_back_the_rest().await;
        }
    }

    /// Once nothing more is sent, everything that comes is put back until no more does.
    async fn give_back_the_rest(&self) {
        while let Some(prepared) = self.relay.ahead.next().await {
            self.relay.put_back(prepared).await;
        }
    }

    /// The next message, when there is one. None when no more will come.
    async fn next(&mut self) -> Option<Prepared> {
        loop {
            let prepared = match self.kept.pop_front() {
                Some(kept) => kept,
                None => self.relay.ahead.next().await?,
            };
            if !self.relay.is_ending() {
                return Some(prepared);
            }
            self.relay.put_back(prepared).await;
        }
    }

    /// The next message that waits already; none if nobody waits or nothing is begun any more.
    async fn ready(kept: &mut VecDeque<Prepared>, relay: &Relay) -> Option<Prepared> {
        if relay.is_ending() {
            return None;
        }
        match kept.pop_front() {
            Some(kept) => Some(kept),
            None => relay.ahead.ready().await,
        }
    }

    /// None once this process is to end: as long as there is no connection, nothing is on its way.
    async fn connect(&self) -> Option<Result<Connection, smtp::ConnectError>> {
        tokio::select! {
            biased;
            () = self.relay.app.stop.asked() => None,
            connected = smtp::connect(&self.relay.settings) => Some(connected),
        }
    }

    /// There is no connection. Others may have one: a relay that takes only so many at a time is not away. Returns whether
    /// nobody is left to send.
    fn lost(&self, error: &smtp::ConnectError) -> bool {
        let is_last = self.relay.open.fetch_sub(1, Ordering::SeqCst) == 1;
        if is_last {
            tracing::warn!(during = error.during, why = %error.why, "the relay cannot be reached");
            self.relay.set_away(&error.to_string());
        }
        is_last
    }

    /// Sends until the queue closes, or until this connection and a new one in its place are lost. Returns whether this
    /// line has to give back what still comes.
    async fn send_over(&mut self, mut connection: Connection) -> bool {
        while let Some(current) = self.next().await {
            if !connection.usable() {
                connection = match self.connect().await {
                    Some(Ok(connection)) => connection,
                    Some(Err(error)) => {
                        let is_last = self.lost(&error);
                        self.relay.put_back(current).await;
                        return is_last;
                    }
                    None => {
                        self.relay.open.fetch_sub(1, Ordering::SeqCst);
                        self.relay.put_back(current).await;
                        return true;
                    }
                };
            }
            let Some(current) = self.relay.still_ours(current).await else { continue };
            self.exchange(&mut connection, current).await;
        }
        self.relay.open.fetch_sub(1, Ordering::SeqCst);
        connection.quit().await;
        // Others may still be at work; what they leave behind is given back by them.
        self.relay.is_ending()
    }

    /// Opens a message and delivers it, and after it those that are ready by then, as long as each stands open.
    async fn exchange(&mut self, connection: &mut Connection, current: Prepared) {
        let (opened, mut next) = tokio::join!(
            self.relay.in_time(connection.open(&current.parcel)),
            Self::ready(&mut self.kept, &self.relay)
        );
        match opened {
            Some(Ok(())) => {}
            Some(Err(attempt)) => return self.not_opened(current, &attempt, next).await,
            None => {
                self.relay.put_back(current).await;
                return self.keep(next);
            }
        }
        let mut current = current;
        loop {
            // The connection, on which it stands open, is closed by whatever is opened next.
            let Some(ours) = self.relay.still_ours(current).await else { return self.keep(next) };
            current = ours;
            next = match next {
                Some(next) => self.relay.still_ours(next).await,
                None => None,
            };
            let following = next.as_ref().map(|next| &next.parcel);
            let since = Instant::now();
            let delivering = async {
                let delivered = self.relay.in_time(connection.deliver(&current.parcel, following)).await;
                (delivered, since.elapsed())
            };
            let ((delivered, took), after) =
                tokio::join!(delivering, Self::ready(&mut self.kept, &self.relay));
            let Some(delivered) = delivered else {
                let why = "this process ended before the answer came".to_owned();
                self.relay.report(current, &Attempt::Unknown { why }).await;
                self.keep(after);
                return self.keep(next);
            };
            self.relay.ahead.set_pace(took);
            self.relay.report(current, &delivered.outcome).await;
            match (next, delivered.next) {
                (Some(open), Some(Ok(()))) => (current, next) = (open, after),
                (Some(refused), Some(Err(attempt))) => {
                    return self.not_opened(refused, &attempt, after).await;
                }
                (Some(untried), None) => {
                    self.relay.put_back(untried).await;
                    return self.keep(after);
                }
                (None, _) => return self.keep(after),
            }
        }
    }

    /// A message that was taken for its turn, which has not come, is the next one.
    fn keep(&mut self, next: Option<Prepared>) {
        if let Some(next) = next {
            self.kept.push_front(next);
        }
    }

    /// A message that the relay did not let begin. One of which nothing was said goes first on the next connection.
    async fn not_opened(&mut self, mut refused: Prepared, attempt: &Attempt, after: Option<Prepared>) {
        refused.tries += 1;
        self.keep(after);
        match attempt {
            Attempt::Untried { .. } if refused.tries < TRIES && !self.relay.is_ending() => {
                self.kept.push_front(refused);
            }
            Attempt::Untried { why } => {
                let end = outcome::relay_down(self.relay.app.clock.now(), &refused.row, why);
                self.relay.committer.end(refused.ends(end)).await;
            }
            attempt => self.relay.report(refused, attempt).await,
        }
    }
}
