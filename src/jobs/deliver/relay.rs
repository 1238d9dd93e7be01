//! Messages to the relay. One task claims and makes them, one has them marked, some speak with the relay, each on a
//! connection of its own, and one or two write down what became of them. While the relay is away nothing is claimed and
//! nobody loses an attempt.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::anyhow;
use chrono::{DateTime, Duration, Utc};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

use crate::actions::messages::{Outgoing, Pass};
use crate::app::App;
use crate::error::Result;
use crate::jobs::Ticked;
use crate::mail::smtp::{self, Parcel, SmtpSettings};
use crate::store::message::{self, Model};
use crate::store::relay::Way;
use crate::store::{self, pace, relay};

use super::ahead::{Ahead, mark_all};
use super::commit::{Committer, Ended};
use super::line::{Line, Prepared, Relay};
use super::{made, outcome};

/// Messages claimed and made at a time.
const GROUP: u64 = 200;

/// Messages that wait, made, for a connection.
const WAITING: usize = 64;

/// There is room for so many that are marked: as many as the most connections may have in flight.
const MARKED: usize = 4_096;

/// Another connection is opened for so many messages that wait.
const FOR_ANOTHER: usize = 4;

/// What is counted over the whole instance.
const ALL: &str = "all";

/// A message that the limit for its domain holds back is looked at again after this time.
const PACE_AGAIN_MINUTES: i64 = 1;

pub async fn run(app: &App, settings: &SmtpSettings, ticked: &mut Ticked) -> Result<()> {
    let tx = store::begin(&app.db).await?;
    let way = relay::way(&tx, app.clock.now()).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    match way {
        Way::Shut(_) => return Ok(()),
        Way::Clear => {}
        Way::Look => {
            let (done, heard) = pass(app, settings, Some(1)).await?;
            ticked.add(&done);
            // Without a message that was tried, a greeting has to do.
            let heard = match heard {
                Heard::Nothing => greeting(app, settings).await,
                heard => heard,
            };
            match heard {
                Heard::Away(why) => return set_away(app, &why).await,
                // This process is to end; whoever looks next finds out.
                Heard::Nothing => return Ok(()),
                Heard::Answers => {}
            }
            let tx = store::begin(&app.db).await?;
            relay::set_back(&tx).await?;
            tx.commit().await.map_err(anyhow::Error::from)?;
            tracing::info!("the relay is back");
        }
    }
    let (done, heard) = pass(app, settings, None).await?;
    ticked.add(&done);
    if done.deferred > 0 {
        let count = done.deferred;
        tracing::warn!(
            count,
            "the mail server put messages off; they wait, and `hearback deliveries` says why"
        );
    }
    match heard {
        Heard::Away(why) => set_away(app, &why).await,
        Heard::Answers | Heard::Nothing => Ok(()),
    }
}

/// What was heard of the relay.
enum Heard {
    /// Something about a message, or a greeting.
    Answers,
    /// It was not asked.
    Nothing,
    /// It is away, and why.
    Away(String),
}

async fn greeting(app: &App, settings: &SmtpSettings) -> Heard {
    let connected = tokio::select! {
        biased;
        () = app.stop.asked() => return Heard::Nothing,
        connected = smtp::connect(settings) => connected,
    };
    match connected {
        Ok(connection) => {
            connection.quit().await;
            Heard::Answers
        }
        Err(error) => Heard::Away(error.to_string()),
    }
}

async fn set_away(app: &App, why: &str) -> Result<()> {
    tracing::warn!(why, "the relay is away; what waits loses no attempt");
    let tx = store::begin(&app.db).await?;
    relay::set_away(&tx, why, app.clock.now()).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    Ok(())
}

/// Sends what is due, or at most so many.
async fn pass(app: &App, settings: &SmtpSettings, most: Option<u64>) -> Result<(Ticked, Heard)> {
    let (committer, written) = Committer::start(app.clone());
    let (parcels, coming) = mpsc::channel(WAITING);
    let (marked, queue) = mpsc::channel(MARKED);
    let ahead = Arc::new(Ahead::new(queue));
    let relay = Arc::new(Relay::new(app.clone(), settings.clone(), committer.clone(), ahead));
    let marker = tokio::spawn(mark_all(relay.clone(), coming, marked));
    let mut lines = Lines { relay: relay.clone(), tasks: JoinSet::new() };
    let fed = feed(app, &relay, &mut lines, &parcels, most).await;
    drop(parcels);
    let mut broken = None;
    while let Some(line) = lines.tasks.join_next().await {
        broken = broken.or(line.err());
    }
    // What no line took, because all of them came to an end, waits again.
    while let Some(prepared) = relay.ahead.next().await {
        relay.put_back(prepared).await;
    }
    broken = broken.or(marker.await.err());
    let heard = match (relay.away(), relay.spoke()) {
        (Some(why), _) => Heard::Away(why),
        (None, true) => Heard::Answers,
        (None, false) => Heard::Nothing,
    };
    // The task that writes ends when everybody who could give it something is gone.
    drop((lines, relay, committer));
    let done = written.done().await?;
    fed?;
    match broken {
        Some(error) => Err(anyhow!("a connection came to an unexpected end: {error}").into()),
        None => Ok((done, heard)),
    }
}

/// The connections of a pass, as many as there is work for.
struct Lines {
    relay: Arc<Relay>,
    tasks: JoinSet<()>,
}

impl Lines {
    /// Opens another one where more waits than the open ones will soon have taken.
    fn open(&mut self, waiting: usize) {
        let most = usize::from(self.relay.app.config.mail_connections);
        while self.tasks.try_join_next().is_some() {}
        let open = self.tasks.len();
        if open < most && (open == 0 || waiting >= FOR_ANOTHER) {
            self.tasks.spawn(Line::new(self.relay.clone()).run());
        }
    }
}

async fn feed(
    app: &App,
    relay: &Relay,
    lines: &mut Lines,
    parcels: &mpsc::Sender<Prepared>,
    most: Option<u64>,
) -> Result<()> {
    let mut pass = Pass::default();
    let mut left = most.unwrap_or(u64::MAX);
    let mut coming = Some(Claiming::begin(app, GROUP.min(left)));
    while let Some(claiming) = coming.take() {
        let rows = claiming.rows().await?;
        if rows.is_empty() {
            break;
        }
        left -= rows.len() as u64;
        // While these are made, the next ones are claimed.
        if left > 0 && !relay.is_ending() {
            coming = Some(Claiming::begin(app, GROUP.min(left)));
        }
        if let Err(error) = feed_group(app, relay, lines, parcels, &mut pass, rows).await {
            if let Some(next) = coming {
                give_back(app, relay, next.rows().await?).await;
            }
            return Err(error);
        }
    }
    Ok(())
}

async fn feed_group(
    app: &App,
    relay: &Relay,
    lines: &mut Lines,
    parcels: &mpsc::Sender<Prepared>,
    pass: &mut Pass,
    rows: Vec<Model>,
) -> Result<()> {
    if relay.is_ending() {
        give_back(app, relay, rows).await;
        return Ok(());
    }
    let (ready, ends) = match made(app, pass, rows).await {
        Ok(made) => made,
        Err((error, claimed)) => {
            give_back(app, relay, claimed).await;
            return Err(error);
        }
    };
    for ended in ends {
        relay.committer.end(ended).await;
    }
    let ready = within_pace(app, relay, ready).await?;
    for prepared in ready {
        lines.open(WAITING - parcels.capacity() + relay.ahead.waiting());
        // The lines take everything until the channel closes, so that this never waits for ever.
        if let Err(unsent) = parcels.send(prepared).await {
            relay.put_back(unsent.0).await;
        }
    }
    Ok(())
}

/// What was claimed and cannot go on waits as before, instead of for the end of its lease.
async fn give_back(app: &App, relay: &Relay, claimed: Vec<Model>) {
    for row in claimed {
        let end = outcome::waits(&row, app.clock.now());
        relay.committer.end(Ended::new(row, end, None)).await;
    }
}

/// A task that claims. It goes on by itself: while messages are made, its transaction must not stay open.
struct Claiming(JoinHandle<Result<Vec<Model>>>);

impl Claiming {
    fn begin(app: &App, most: u64) -> Self {
        let app = app.clone();
        Claiming(tokio::spawn(async move { claim(&app, most).await }))
    }

    async fn rows(self) -> Result<Vec<Model>> {
        self.0.await.map_err(|error| anyhow!("the task that claims messages: {error}"))?
    }
}

async fn claim(app: &App, most: u64) -> Result<Vec<Model>> {
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let most = match app.config.mail_per_minute {
        Some(per_minute) => pace::room(&tx, ALL, per_minute, now).await?.min(most),
        None => most,
    };
    let rows = match most {
        0 => Vec::new(),
        most => message::claim(&tx, &app.sender, now, most).await?,
    };
    if let Some(per_minute) = app.config.mail_per_minute.filter(|_| !rows.is_empty()) {
        pace::take(&tx, ALL, per_minute, rows.len() as u64, now).await?;
    }
    tx.commit().await.map_err(anyhow::Error::from)?;
    Ok(rows)
}

/// Keeps what each domain takes now. The rest waits; where that cannot be found out, all of it.
async fn within_pace(app: &App, relay: &Relay, ready: Vec<(Model, Outgoing)>) -> Result<Vec<Prepared>> {
    let per_minute = app.config.mail_per_domain_per_minute;
    let mut kept = Vec::with_capacity(ready.len());
    let mut by_domain: BTreeMap<String, Vec<Prepared>> = BTreeMap::new();
    for (row, outgoing) in ready {
        let domain = per_minute.and_then(|_| outgoing.to.rsplit_once('@'));
        // The table of paces must not tell where people have their mail.
        let domain = domain.map(|(_, domain)| app.keys.address_hash(b"pace", domain));
        let parcel = Parcel { from: outgoing.from, to: outgoing.to, content: outgoing.content };
        let prepared = Prepared::new(row, parcel, outgoing.telling);
        match domain {
            Some(domain) => by_domain.entry(domain).or_default().push(prepared),
            None => kept.push(prepared),
        }
    }
    let Some(per_minute) = per_minute else { return Ok(kept) };
    let now = app.clock.now();
    let asked: Vec<(String, u64)> =
        by_domain.iter().map(|(domain, waiting)| (domain.clone(), waiting.len() as u64)).collect();
    let granted = match granted(app, &asked, per_minute, now).await {
        Ok(granted) => granted,
        Err(error) => {
            let claimed = kept.into_iter().chain(by_domain.into_values().flatten());
            give_back(app, relay, claimed.map(|prepared| prepared.row).collect()).await;
            return Err(error);
        }
    };
    for (mut waiting, granted) in by_domain.into_values().zip(granted) {
        let late = waiting.split_off(usize::try_from(granted).unwrap_or(usize::MAX).min(waiting.len()));
        kept.append(&mut waiting);
        for Prepared { row, .. } in late {
            let end = outcome::waits(&row, now + Duration::minutes(PACE_AGAIN_MINUTES));
            relay.committer.end(Ended::new(row, end, None)).await;
        }
    }
    Ok(kept)
}

/// How many each domain takes now of those that are asked for.
async fn granted(
    app: &App,
    asked: &[(String, u64)],
    per_minute: u32,
    now: DateTime<Utc>,
) -> Result<Vec<u64>> {
    let tx = store::begin(&app.db).await?;
    let mut all = Vec::with_capacity(asked.len());
    for (domain, messages) in asked {
        all.push(pace::take(&tx, domain, per_minute, *messages, now).await?);
    }
    pace::forget(&tx, now).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    Ok(all)
}
