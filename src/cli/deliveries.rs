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
/// Reasons for which messages were put off, of each edition.
const REASONS: usize = 3;

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let app = setup::open_existing(config, None).await?;
    let found = setup::looked(deliveries::list(&app, args.project.as_deref(), args.edition).await)?;
    if args.json {
        println!("{}", serde_json::to_string(&found).context("writing JSON")?);
        return Ok(ExitCode::SUCCESS);
    }
    if found.is_empty() {
        println!("There is no edition yet.");
        return Ok(ExitCode::SUCCESS);
    }
    let now = app.clock.now();
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
        let mut cells = vec![row.project.clone(), title(row, &found)];
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
        let lines = details(row, now);
        if !lines.is_empty() {
            println!("\n{} {}", row.project, title(row, &found));
            lines.iter().for_each(|line| println!("  {line}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn title(row: &Delivery, all: &[Delivery]) -> String {
    let of_this_day = |other: &&Delivery| other.project == row.project && other.edition == row.edition;
    let time = row.period.filter(|_| all.iter().filter(of_this_day).count() > 1);
    let time = time.map(|at| format!(" {}", at.format("%H:%M UTC"))).unwrap_or_default();
    match (row.edition, row.state) {
        (Some(day), Some(state)) => format!("{day}{time}, {}", state.code().replace('_', " ")),
        _ => "confirmations of withdrawals".to_owned(),
    }
}

fn minute(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y-%m-%d %H:%M UTC")
}

/// What the counts alone do not say.
fn details(row: &Delivery, now: DateTime<Utc>) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(from), Some(until)) = (row.waiting_from, row.waiting_until) {
        let (waiting, one) = (messages(row.waiting), row.waiting == 1);
        let (wait, have) = if one { ("waits", "has") } else { ("wait", "have") };
        let why = "for a quiet time, a pause or their next attempt; nothing is to be done.";
        lines.push(if until <= now {
            let since = minute(from);
            format!(
                "{waiting} {have} been due since {since}: the next tick takes what the mail server takes."
            )
        } else if from <= now {
            format!("{waiting} wait; some are due, the last waits until {}: {why}", minute(until))
        } else if from == until {
            format!("{waiting} {wait} until {}: {why}", minute(from))
        } else {
            format!(
                "{waiting} wait, the first until {}, the last until {}: {why}",
                minute(from),
                minute(until)
            )
        });
    }
    for (why, count) in row.put_off.iter().take(REASONS) {
        lines.push(format!("{} put off by the mail server: {why}", messages(*count)));
    }
    if row.put_off.len() > REASONS {
        lines.push(format!("and {} more reasons: --json lists them all", row.put_off.len() - REASONS));
    }
    if let Some(until) = row.sending_until {
        lines.push(match until > now {
            true => format!(
                "{} with a sender. If it does not come back, others take over after {}.",
                lie(row.sending),
                minute(until)
            ),
            false => format!(
                "{} with a sender that did not come back: the next tick takes over, and those that were being handed over \
                 count as unknown.",
                lie(row.sending)
            ),
        });
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
    for (why, count) in &row.came_back {
        lines.push(format!(
            "{} not delivered: {why}; what was told in it comes again with the next update, so nothing is to be done.",
            messages(*count)
        ));
    }
    for (why, count) in &row.taken_over {
        lines.push(format!(
            "{} not told, or perhaps not: {why}; a later update took over, so nothing is to be done.",
            messages(*count)
        ));
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

fn lie(count: i64) -> String {
    if count == 1 { "1 message lies".to_owned() } else { format!("{count} messages lie") }
}

fn messages(count: i64) -> String {
    if count == 1 { "1 message".to_owned() } else { format!("{count} messages") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::EditionState;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-05-01T{time}:00Z").parse().expect("a time")
    }

    fn row() -> Delivery {
        let period = Some(at("09:00"));
        let edition = period.map(|at| at.date_naive());
        Delivery {
            project: "river".into(),
            edition,
            period,
            state: Some(EditionState::Sent),
            ..Delivery::default()
        }
    }

    #[test]
    fn what_is_due_is_not_said_to_wait_for_a_quiet_time() {
        let waits = |from: &str, until: &str| {
            let row = Delivery {
                waiting: 2,
                waiting_from: Some(at(from)),
                waiting_until: Some(at(until)),
                ..row()
            };
            details(&row, at("10:00")).remove(0)
        };
        assert_eq!(
            waits("09:00", "10:00"),
            "2 messages have been due since 2026-05-01 09:00 UTC: the next tick takes what the mail server takes."
        );
        assert!(waits("09:00", "12:00").contains("some are due, the last waits until 2026-05-01 12:00 UTC"));
        assert!(waits("11:00", "12:00").contains("the first until 2026-05-01 11:00 UTC"));
        assert!(waits("11:00", "11:00").contains("2 messages wait until 2026-05-01 11:00 UTC"));
    }

    #[test]
    fn what_lies_with_a_sender_says_until_when() {
        let lies = |until: &str| {
            let row = Delivery { sending: 1, sending_until: Some(at(until)), ..row() };
            details(&row, at("10:00")).remove(0)
        };
        assert!(lies("10:05").starts_with("1 message lies with a sender. If it does not come back"));
        assert!(lies("09:55").contains("did not come back: the next tick takes over"));
    }

    #[test]
    fn two_editions_of_a_day_are_told_apart_by_their_time() {
        let both = [row(), Delivery { period: Some(at("15:00")), ..row() }];
        assert_eq!(title(&both[0], &both), "2026-05-01 09:00 UTC, sent");
        assert_eq!(title(&both[1], &both), "2026-05-01 15:00 UTC, sent");
        assert_eq!(title(&both[0], &both[..1]), "2026-05-01, sent");
    }
}
