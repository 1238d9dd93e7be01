//! `hearback tick`: everything that is due, once.

use std::process::ExitCode;

use super::serve::stopped;
use super::{At, setup};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::jobs;
use crate::mail::transport::Transport;

#[derive(clap::Args)]
pub struct Args {
    /// Print what was done as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let app = setup::open(config, args.at.at).await?;
    if let (false, Transport::Files(folder)) = (app.time_travel, &app.mailer) {
        tracing::warn!(folder = %folder.display(), "messages go into files and reach nobody; set HEARBACK_MAIL to send them");
    }
    setup::check_sender(&app)?;
    let (signal, stop) = (stopped(), app.stop.clone());
    tokio::spawn(async move {
        signal.await;
        stop.ask();
    });
    let ticked = tokio::select! {
        ticked = jobs::tick(&app) => ticked?,
        () = app.stop.is_overdue() => {
            return Err(Error::refused("This did not come to its end in time; what is left is done by the next tick."));
        }
    };
    setup::written(&app).await?;
    if args.json {
        println!("{}", serde_json::to_string(&ticked).map_err(anyhow::Error::new)?);
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = super::table(&[]);
    for (what, count) in [
        ("rows of history applied", ticked.applied),
        ("rows that did not fit", ticked.refused),
        ("acts of participants", ticked.acts),
        ("silences noticed", ticked.silences),
        ("editions cut off", ticked.editions),
        ("updates composed", ticked.updates),
        ("messages accepted", ticked.accepted),
        ("messages to try again", ticked.deferred),
        ("messages that failed", ticked.failed),
        ("messages with an unknown outcome", ticked.unknown),
        ("messages cancelled", ticked.cancelled),
    ] {
        if count > 0 {
            table.add_row([what.to_owned(), count.to_string()]);
        }
    }
    if table.is_empty() {
        println!("Nothing was due.");
    } else {
        println!("{}", table.trim_fmt());
    }
    Ok(ExitCode::SUCCESS)
}
