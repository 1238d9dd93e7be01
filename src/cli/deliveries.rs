//! `hearback deliveries`: how far each edition got. Nobody's name or address stands in it.

use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};

use super::setup;
use crate::actions::deliveries::{self, Delivery};
use crate::config::Config;
use crate::domain::words::MessageState;
use crate::error::Result;

#[derive(clap::Args)]
pub struct Args {
    /// Only this project, by its slug.
    #[arg(long, value_name = "SLUG")]
    project: Option<String>,
    /// Only the edition of this day, as `hearback deliveries` lists it.
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    edition: Option<NaiveDate>,
    /// The same as JSON, with every message that a person has to look at.
    #[arg(long)]
    json: bool,
}

/// Messages that are listed one by one, of each edition; the others are counted.
const LISTED: usize = 20;

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    let found = setup::looked(deliveries::list(&app, args.project.as_deref(), args.edition).await)?;
    if args.json {
        println!("{}", serde_json::to_string(&found).context("writing JSON")?);
        return Ok(ExitCode::SUCCESS);
    }
    if found.is_empty() {
        println!("There is no edition yet.");
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = super::table(&[
        "project",
        "edition",
        "updates",
        "accepted",
        "recorded",
        "waiting",
        "in flight",
        "unknown",
        "tasks",
        "for you",
        "taken back",
        "retries",
    ]);
    for row in &found {
        let mut cells = vec![row.project.clone(), title(row)];
        let taken_back: i64 = row.taken_back.values().sum();
        let for_you = row.for_a_person.len();
        let counts =
            [row.updates, row.accepted, row.recorded, row.waiting, row.sending, row.unknown, row.tasks];
        cells.extend(counts.map(|count| count.to_string()));
        cells.extend([for_you.to_string(), taken_back.to_string(), row.retries.to_string()]);
        table.add_row(cells);
    }
    println!("{}\n", table.trim_fmt());
    println!(
        "accepted: the mail server took it; whether it arrived or was read is not known. recorded: posted or said on the \
         telephone. unknown: handed over without an answer."
    );
    for row in &found {
        let lines = details(row);
        if !lines.is_empty() {
            println!("\n{} {}", row.project, title(row));
            lines.iter().for_each(|line| println!("  {line}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn title(row: &Delivery) -> String {
    match (row.edition, row.state) {
        (Some(day), Some(state)) => format!("{day}, {}", state.code().replace('_', " ")),
        _ => "confirmations of withdrawals".to_owned(),
    }
}

fn minute(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y-%m-%d %H:%M UTC")
}

/// What the counts alone do not say.
fn details(row: &Delivery) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(from), Some(until)) = (row.waiting_from, row.waiting_until) {
        let when = match from == until {
            true => format!("{} wait until {}", messages(row.waiting), minute(from)),
            false => format!(
                "{} wait, the first until {}, the last until {}",
                messages(row.waiting),
                minute(from),
                minute(until)
            ),
        };
        lines
            .push(format!("{when}: for a quiet time, a pause or their next attempt; nothing is to be done."));
    }
    if let Some(at) = row.unknown_again_at {
        lines.push(format!(
            "{} may have arrived: each is sent once more, from {} on, under the same Message-ID. If that has no answer \
             either, it is for you.",
            messages(row.unknown),
            minute(at)
        ));
    }
    if row.tasks > 0 {
        lines.push(format!(
            "{} to be posted, said on the telephone, or kept until a new address is known: hearback tasks",
            row.tasks
        ));
    }
    for (why, count) in &row.taken_back {
        lines.push(format!("{} not sent: {why}", messages(*count)));
    }
    for stuck in row.for_a_person.iter().take(LISTED) {
        let what = match stuck.state {
            MessageState::Unknown => "may have arrived; find out before it is sent again",
            _ => "could not be sent; what it told comes again with the next update",
        };
        lines.push(format!("{} {what}: {}", stuck.id, stuck.why));
    }
    if row.for_a_person.len() > LISTED {
        lines.push(format!("and {} more: --json lists them all", row.for_a_person.len() - LISTED));
    }
    lines
}

fn messages(count: i64) -> String {
    if count == 1 { "1 message".to_owned() } else { format!("{count} messages") }
}
