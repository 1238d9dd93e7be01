//! `hearback serve`: the scheduler and the web pages, until it is told to stop.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;

use super::setup;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::jobs::schedule;
use crate::mail::transport::Transport;
use crate::web;

#[derive(clap::Args)]
pub struct Args {
    /// Write messages into files although this is no demo; HEARBACK_ALLOW_FILE_MAIL=yes says the same.
    #[arg(long)]
    allow_file_mail: bool,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let allowed = args.allow_file_mail || config.allow_file_mail;
    let app = Arc::new(setup::open_and_migrate(config).await?);
    if let (Transport::Files(folder), false) = (&app.mailer, allowed || app.time_travel) {
        return Err(Error::refused(format!(
            "Messages would go into files in {} and reach nobody. Set HEARBACK_MAIL to a mail server, or say that this \
             is wanted with --allow-file-mail.",
            folder.display()
        )));
    }
    setup::check_sender(&app)?;
    if setup::is_open_to_others(&app.config.key_file) {
        tracing::warn!(
            file = %app.config.key_file.display(),
            "the key file can be read by others on this machine; run `chmod 600` on it"
        );
    }
    let stop = {
        let (signal, app) = (stopped(), app.clone());
        async move {
            signal.await;
            tracing::info!("asked to stop");
            app.stop.ask();
        }
    };
    let listener = TcpListener::bind(app.config.listen)
        .await
        .with_context(|| format!("listening on {}, as HEARBACK_LISTEN says", app.config.listen))?;
    let address = listener.local_addr().context("reading the address that is listened on")?;
    // Time that is moved by hand does not tick by itself.
    let scheduler = if app.time_travel { None } else { Some(schedule::start(app.clone()).await?) };
    tracing::info!(%address, "serving");
    web::serve(app.clone(), listener, None, stop).await?;
    if let Some(scheduler) = scheduler {
        tokio::select! {
            stopped = scheduler.stop() => stopped?,
            () = app.stop.is_overdue() => tracing::warn!("a tick did not come to its end in time and is left"),
        }
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Waits for the signal to stop. It is listened for from the moment of the call on, so that none is missed that comes
/// right after the start.
#[cfg(unix)]
pub fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let listened = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        match listened {
            [Ok(mut interrupt), Ok(mut terminate)] => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            _ => {
                tracing::warn!("signals cannot be heard here; only an interrupt will stop this program");
                let _interrupted = tokio::signal::ctrl_c().await;
            }
        }
    }
}

#[cfg(not(unix))]
pub async fn stopped() {
    let _interrupted = tokio::signal::ctrl_c().await;
}
