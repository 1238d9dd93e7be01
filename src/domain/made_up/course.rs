//! What is said and done about one recommendation over time, within the table of what may follow what.

use chrono::{Days, NaiveDate};

use super::chance::Chance;
use super::words::{CHANGED, NOTES, NOTICED, PROMISED, REASONS, TRIED, UNBLOCK, WHO, WHY};

/// The columns of the sheet `history`, as its rows have them here.
pub const HISTORY: [&str; 14] = [
    "recommendation",
    "on",
    "kind",
    "value",
    "reason",
    "explanation",
    "tried",
    "decided_by",
    "unblock",
    "in_our_control",
    "review_on",
    "due_on",
    "noticed_by",
    "evidence_url",
];

/// A row of the sheet `history`, and its day.
pub type Happening = (NaiveDate, [String; HISTORY.len()]);

/// A row without what it is about, and before it has words.
#[derive(Default)]
struct Line {
    kind: &'static str,
    value: String,
    explained: bool,
    review_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    outcome: bool,
}

/// An answer, work that starts, gets stuck and ends, promises that are kept, moved or missed, and notes: a row for each
/// of these days.
pub fn course(chance: &mut Chance, reference: &str, days: &[NaiveDate]) -> Vec<Happening> {
    let rows = days.len();
    let answer_at = if chance.one_in(10) { usize::MAX } else { 1 + chance.below(5) as usize };
    let answer = match chance.below(20) {
        0..=11 => "accepted",
        12..=16 => "accepted_in_part",
        _ => "declined",
    };
    let (mut declined, mut progress) = (false, "not_started");
    let mut promised: Option<(String, NaiveDate)> = None;
    let mut happened = Vec::with_capacity(rows);
    for (number, &on) in days.iter().enumerate() {
        let later = |chance: &mut Chance| Some(on + Days::new(30 + chance.below(120)));
        let line = if number == answer_at {
            declined = answer == "declined";
            let explained = answer != "accepted";
            let review_on = if answer == "accepted_in_part" { later(chance) } else { None };
            Line { kind: "response", value: answer.to_owned(), explained, review_on, ..Line::default() }
        } else if declined || number < answer_at {
            note(chance, number)
        } else if chance.one_in(4) {
            let next = step(chance, progress, number * 3 > rows * 2);
            if next == progress && !matches!(next, "stalled" | "in_progress") {
                note(chance, number)
            } else {
                let explained = next == progress || matches!(next, "stalled" | "stopped");
                let outcome = matches!(next, "done" | "done_in_part");
                let review_on = if next == "stalled" { later(chance) } else { None };
                if next == "done" {
                    // Saying that it is done keeps what was promised about it.
                    promised = None;
                }
                progress = next;
                Line {
                    kind: "progress",
                    value: next.to_owned(),
                    explained,
                    outcome,
                    review_on,
                    ..Line::default()
                }
            }
        } else {
            promise(chance, on, number, &mut promised)
        };
        happened.push((on, cells(chance, reference, on, line)));
    }
    happened
}

fn step(chance: &mut Chance, from: &'static str, late: bool) -> &'static str {
    match (from, chance.below(6)) {
        ("not_started", _) => "planned",
        ("planned", 0..=3) => "in_progress",
        ("planned", _) => "stalled",
        ("in_progress", 0..=2) => "stalled",
        ("in_progress", 3) => "done_in_part",
        ("in_progress", _) if late => "done",
        ("stalled", 5) if late => "stopped",
        ("stalled", 0..=2) => "in_progress",
        ("done_in_part", 0..=2) => "in_progress",
        (same, _) => same,
    }
}

fn promise(
    chance: &mut Chance,
    on: NaiveDate,
    number: usize,
    promised: &mut Option<(String, NaiveDate)>,
) -> Line {
    match promised.take() {
        None if chance.one_in(12) => {
            let value = format!("{}, step {number}", chance.of(PROMISED));
            let due_on = on + Days::new(30 + chance.below(120));
            *promised = Some((value.clone(), due_on));
            Line { kind: "promise", value, due_on: Some(due_on), ..Line::default() }
        }
        Some((value, _)) if chance.one_in(12) => Line { kind: "promise_kept", value, ..Line::default() },
        Some((value, due)) if chance.one_in(11) => {
            let due_on = due.max(on) + Days::new(20 + chance.below(60));
            *promised = Some((value.clone(), due_on));
            Line { kind: "promise_moved", value, explained: true, due_on: Some(due_on), ..Line::default() }
        }
        as_before => {
            *promised = as_before;
            note(chance, number)
        }
    }
}

fn note(chance: &mut Chance, number: usize) -> Line {
    let value = format!("{} This was step {number}.", chance.of(NOTES));
    Line { kind: "note", value, ..Line::default() }
}

fn cells(chance: &mut Chance, reference: &str, on: NaiveDate, line: Line) -> [String; HISTORY.len()] {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (mut reason, mut explanation, mut tried, mut who, mut unblock, mut control) =
        ("", "", "", "", "", "");
    let (mut noticed, mut proof) = ("", "");
    if line.explained {
        (reason, explanation, who) = (chance.of(REASONS), chance.of(WHY), chance.of(WHO));
        (tried, unblock) = (chance.of(TRIED), chance.of(UNBLOCK));
        control = chance.of(&["yes", "partly", "no"]);
    }
    if line.outcome {
        (explanation, noticed) = (chance.of(CHANGED), chance.of(NOTICED));
        proof = "https://wennbridge.example/ways/report";
    }
    [
        reference.to_owned(),
        on.to_string(),
        line.kind.to_owned(),
        line.value,
        reason.to_owned(),
        explanation.to_owned(),
        tried.to_owned(),
        who.to_owned(),
        unblock.to_owned(),
        control.to_owned(),
        day(line.review_on),
        day(line.due_on),
        noticed.to_owned(),
        proof.to_owned(),
    ]
}
