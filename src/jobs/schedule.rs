//! The scheduler of `serve`: one tick a minute, and an alarm when ticks stay away. It runs in UTC and knows nothing of
//! projects; what is due is read from the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Context;
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job, JobScheduler};

use crate::actions::keys;
use crate::app::App;

/// The seconds field comes first in these expressions.
const EVERY_MINUTE: &str = "0 * * * * *";
const EVERY_MINUTE_BETWEEN: &str = "20 * * * * *";
const EVERY_FIVE_MINUTES: &str = "30 */5 * * * *";

/// Ticks that stay away for longer than this are an alarm.
const ALARM_AFTER_MINUTES: i64 = 10;

/// A running scheduler, and what a tick holds while it runs.
pub struct Running {
    app: Arc<App>,
    scheduler: JobScheduler,
    busy: Arc<Mutex<()>>,
}

pub async fn start(app: Arc<App>) -> crate::error::Result<Running> {
    let of_running = app.clone();
    let scheduler = JobScheduler::new().await.context("making the scheduler")?;
    let busy = Arc::new(Mutex::new(()));
    let last = Arc::new(AtomicI64::new(app.clock.now().timestamp()));

    let (for_tick, gate, done) = (app.clone(), busy.clone(), last.clone());
    let tick = Job::new_async(EVERY_MINUTE, move |_, _| {
        let (app, gate, done) = (for_tick.clone(), gate.clone(), done.clone());
        Box::pin(async move {
            // The library lets ticks overlap (#50, #83); a tick that finds another at work leaves it to that one.
            let Ok(_held) = gate.try_lock() else { return };
            match super::tick(&app).await {
                Ok(ticked) if ticked == super::Ticked::default() => tracing::debug!("nothing was due"),
                Ok(ticked) => tracing::info!(
                    silences = ticked.silences,
                    editions = ticked.editions,
                    updates = ticked.updates,
                    accepted = ticked.accepted,
                    deferred = ticked.deferred,
                    failed = ticked.failed,
                    unknown = ticked.unknown,
                    "what was due is done"
                ),
                Err(error) => tracing::error!(error = %error.chain(), "a tick failed"),
            }
            done.store(app.clock.now().timestamp(), Ordering::Relaxed);
        })
    })
    .context("making the tick")?;
    scheduler.add(tick).await.context("adding the tick")?;

    // A pass may take longer than a process is believed to be here without saying so.
    keys::be_present(&app).await?;
    let for_presence = app.clone();
    let presence = Job::new_async(EVERY_MINUTE_BETWEEN, move |_, _| {
        let app = for_presence.clone();
        Box::pin(async move {
            if let Err(error) = keys::be_present(&app).await {
                tracing::error!(error = %error.chain(), "this process could not say that it is here");
            }
        })
    })
    .context("making the sign of presence")?;
    scheduler.add(presence).await.context("adding the sign of presence")?;

    let watch = Job::new_async(EVERY_FIVE_MINUTES, move |_, _| {
        let (app, last) = (app.clone(), last.clone());
        Box::pin(async move {
            let minutes = (app.clock.now().timestamp() - last.load(Ordering::Relaxed)) / 60;
            if minutes > ALARM_AFTER_MINUTES {
                tracing::error!(
                    minutes,
                    "no tick has finished for a long time: nobody is being told anything"
                );
            }
        })
    })
    .context("making the alarm")?;
    scheduler.add(watch).await.context("adding the alarm")?;
    scheduler.start().await.context("starting the scheduler")?;
    Ok(Running { app: of_running, scheduler, busy })
}

impl Running {
    /// Starts no more ticks and waits for the one that is under way; the library's own shutdown does not wait.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.scheduler.shutdown().await.context("stopping the scheduler")?;
        drop(self.busy.lock().await);
        if let Err(error) = keys::leave(&self.app).await {
            tracing::warn!(error = %error.chain(), "this process could not say that it ends");
        }
        Ok(())
    }
}
