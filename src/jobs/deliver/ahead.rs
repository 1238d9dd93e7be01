//! Messages that are marked durably before a connection is free for them, so that none waits for the database while the
//! relay is ready. Where the relay is slow, hardly any is marked before its time: whoever withdraws waits for what is
//! marked, and after a crash a person may have to look at it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::line::{Prepared, Relay};

/// At most so many for each connection are in flight: marked, and their end not written yet. What is in flight when a
/// sender dies may go out twice.
const MOST: u64 = 32;
/// One on its way, one that is opened with its end, and one that is marked meanwhile.
const LEAST: u64 = 3;

/// What is marked is begun within this time, as long as the relay goes on at its pace.
const BEGUN_WITHIN: Duration = Duration::from_millis(25);

/// A message that is being marked is waited for so long, so that it can be opened together with the end of another.
const SOON: Duration = Duration::from_millis(20);

/// So often a connection that is still being opened looks whether it is needed.
const LOOK: Duration = Duration::from_millis(100);

pub struct Ahead {
    marked: Mutex<mpsc::Receiver<Prepared>>,
    /// Marked or being marked, and not taken yet.
    waiting: AtomicUsize,
    /// Microseconds that a connection took for its last message.
    pace: AtomicU64,
    in_flight: AtomicUsize,
    /// More are marked when no more than so many are in flight.
    low: AtomicUsize,
    landed: Notify,
    /// Nothing more will be marked.
    over: AtomicBool,
}

/// A message that is in flight, until its end is written.
pub struct Flight(Arc<Ahead>);

impl Drop for Flight {
    fn drop(&mut self) {
        let left = self.0.in_flight.fetch_sub(1, Ordering::SeqCst) - 1;
        if left <= self.0.low.load(Ordering::SeqCst) {
            self.0.landed.notify_one();
        }
    }
}

impl Ahead {
    pub fn new(marked: mpsc::Receiver<Prepared>) -> Self {
        Ahead {
            marked: Mutex::new(marked),
            waiting: AtomicUsize::new(0),
            pace: AtomicU64::new(u64::MAX),
            in_flight: AtomicUsize::new(0),
            low: AtomicUsize::new(0),
            landed: Notify::new(),
            over: AtomicBool::new(false),
        }
    }

    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Waits until everything has been taken and nothing more will come.
    pub async fn is_done(&self) {
        while !self.over.load(Ordering::SeqCst) || self.waiting() > 0 {
            sleep(LOOK).await;
        }
    }

    pub fn set_pace(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
        self.pace.store(micros, Ordering::SeqCst);
    }

    /// How many may be in flight with so many connections.
    fn most(&self, open: usize) -> usize {
        let fit = BEGUN_WITHIN.as_micros() / u128::from(self.pace.load(Ordering::SeqCst));
        let each = u64::try_from(fit).unwrap_or(MOST).clamp(LEAST, MOST);
        open.max(1).saturating_mul(usize::try_from(each).unwrap_or(usize::MAX))
    }

    /// The next message. None when no more will come.
    pub async fn next(&self) -> Option<Prepared> {
        let prepared = self.marked.lock().await.recv().await?;
        Some(self.took(prepared))
    }

    /// The next message that is marked already, or will be in a moment.
    pub async fn ready(&self) -> Option<Prepared> {
        if self.waiting() == 0 {
            return None;
        }
        // Nobody is kept from the answer of the relay for long.
        timeout(SOON, self.next()).await.ok().flatten()
    }

    fn took(&self, prepared: Prepared) -> Prepared {
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        prepared
    }

    /// Waits until a quarter of what may be in flight has landed, so that many are marked at once while the others go out.
    /// Returns how many may be marked; none where nothing is begun any more.
    async fn room(&self, relay: &Relay) -> usize {
        loop {
            let most = self.most(relay.open());
            let low = most - most.div_ceil(4);
            self.low.store(low, Ordering::SeqCst);
            let in_flight = self.in_flight.load(Ordering::SeqCst);
            if in_flight <= low || relay.is_ending() {
                return most.saturating_sub(in_flight);
            }
            self.landed.notified().await;
        }
    }
}

/// Marks what comes, as many as may be in flight, until nothing more comes.
pub async fn mark_all(
    relay: Arc<Relay>,
    mut coming: mpsc::Receiver<Prepared>,
    marked: mpsc::Sender<Prepared>,
) {
    let mut markings = JoinSet::new();
    while let Some(first) = coming.recv().await {
        let room = relay.ahead.room(&relay).await;
        let mut taken = vec![first];
        while taken.len() < room {
            let Ok(prepared) = coming.try_recv() else { break };
            taken.push(prepared);
        }
        if relay.is_ending() {
            for prepared in taken {
                relay.put_back(prepared).await;
            }
            continue;
        }
        let mut fresh = Vec::with_capacity(taken.len());
        for mut prepared in taken {
            if prepared.is_stale() {
                relay.put_back(prepared).await;
                continue;
            }
            relay.ahead.in_flight.fetch_add(1, Ordering::SeqCst);
            prepared.set_marked(relay.app.clock.now(), Flight(relay.ahead.clone()));
            fresh.push(prepared);
        }
        if fresh.is_empty() {
            continue;
        }
        relay.ahead.waiting.fetch_add(fresh.len(), Ordering::SeqCst);
        let marking = relay.committer.mark(fresh.iter().map(|prepared| &prepared.row)).await;
        while markings.try_join_next().is_some() {}
        let (relay, marked) = (relay.clone(), marked.clone());
        markings.spawn(async move {
            let mut held = marking.held().await.into_iter();
            for prepared in fresh {
                match held.next() {
                    // There is room for all that may wait. Where nobody takes anything any more, the lease speaks for it.
                    Some(true) => drop(marked.send(prepared).await),
                    Some(false) | None => {
                        let prepared = relay.ahead.took(prepared);
                        relay.not_held(prepared).await;
                    }
                }
            }
        });
    }
    while markings.join_next().await.is_some() {}
    relay.ahead.over.store(true, Ordering::SeqCst);
}
