//! `hearback bounce`: the end of a mail server's pipe. A report must never be answered with another one, so it ends
//! well whatever the report says; where it cannot be taken now, the mail server keeps it and comes again.

use std::io::Read;
use std::process::ExitCode;

use anyhow::Context;

use super::{At, setup};
use crate::actions::bounces::{self, MOST_BYTES, Taken};
use crate::config::Config;
use crate::error::Result;

/// `EX_TEMPFAIL` of sysexits: the mail server tries again.
pub const AGAIN: u8 = 75;

#[derive(clap::Args)]
pub struct Args {
    /// The address that the report was sent to, as the mail server knows it. Without it the headers are asked.
    #[arg(long, value_name = "ADDRESS", allow_hyphen_values = true)]
    to: Option<String>,
    #[command(flatten)]
    at: At,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let mut stdin = std::io::stdin().lock();
    let mut message = Vec::new();
    let most = MOST_BYTES as u64 + 1;
    stdin.by_ref().take(most).read_to_end(&mut message).context("reading the report")?;
    // Read to its end and forgotten: the mail server would take a pipe that closes early for a failure.
    std::io::copy(&mut stdin, &mut std::io::sink()).context("reading the report")?;
    drop(stdin);
    // A mail server starts this in a folder of its own: an instance made there would swallow every report.
    let app = setup::open_existing(config, args.at.at).await?;
    let taken = bounces::take(&app, &message, args.to.as_deref()).await?;
    setup::written(&app).await?;
    Ok(if taken == Taken::Again { ExitCode::from(AGAIN) } else { ExitCode::SUCCESS })
}
