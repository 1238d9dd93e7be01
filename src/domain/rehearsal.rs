//! Going through rows of history before any of them is recorded, so that one pass finds every row that cannot follow.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::event::{Entry, Fact};
use super::history::Act;
use super::standing::Standing;
use super::status::{Refusal, decide};
use super::words::{HistoryKind, Progress, Response};

/// One thing that would be recorded.
pub enum Step<'a> {
    Publish {
        reference: &'a str,
        on: NaiveDate,
        fact: Box<Fact>,
    },
    /// `line` is the row of the sheet; none for a row that waited already.
    Act {
        line: Option<u32>,
        act: &'a Act,
    },
    /// A row that is in error for itself. What it says may be meant, or not.
    Doubtful {
        line: u32,
        act: &'a Act,
    },
}

impl Step<'_> {
    fn order(&self) -> (NaiveDate, u8, u32) {
        match self {
            // First of all, so that a row dated before its publication is judged by that.
            Step::Publish { .. } => (NaiveDate::MIN, 0, 0),
            Step::Act { line: None, act } => (act.on, 1, 0),
            Step::Act { line: Some(line), act } | Step::Doubtful { line, act } => (act.on, 2, *line),
        }
    }
}

/// More ways to read the rows of one recommendation than this are not followed.
const MAX_READINGS: usize = 16;

/// Goes through the steps in the order of their days. Returns the rows that cannot be recorded, each with the first
/// thing that is wrong. A row that is refused may have been meant, or not: what follows is an error of its own only
/// where it cannot be recorded either way. Recommendations that are not known are passed over.
pub fn rehearse(standings: BTreeMap<String, Standing>, mut steps: Vec<Step<'_>>) -> Vec<(u32, Refusal)> {
    steps.sort_by_key(Step::order);
    let mut refused = Vec::new();
    let last = standings.values().map(|standing| standing.last_seq).max().unwrap_or(0);
    let mut readings: BTreeMap<String, Vec<Standing>> =
        standings.into_iter().map(|(reference, standing)| (reference, vec![standing])).collect();
    for (seq, step) in (last + 1..).zip(&steps) {
        let entry = |reference: &str, on: NaiveDate, fact: Fact| Entry {
            seq,
            on,
            subject: reference.to_owned(),
            fact,
            corrected_by: None,
            languages: None,
            redacted: false,
        };
        let (line, act, sound) = match step {
            Step::Publish { reference, on, fact } => {
                if let Some(standing) = Standing::fold([&entry(reference, *on, Fact::clone(fact))]) {
                    readings.entry((*reference).to_owned()).or_insert_with(|| vec![standing]);
                }
                continue;
            }
            Step::Act { line, act } => (*line, act, true),
            Step::Doubtful { line, act } => (Some(*line), act, false),
        };
        let Some(known) = readings.get_mut(&act.recommendation) else { continue };
        let after = |standing: &Standing, fact: Fact| {
            let mut after = standing.clone();
            after.apply(&entry(&act.recommendation, act.on, fact));
            after
        };
        let decided: Vec<_> = known.iter().map(|standing| decide(standing, act)).collect();
        let mut fitting: Vec<Standing> = known
            .iter()
            .zip(&decided)
            .filter_map(|(standing, fact)| Some(after(standing, fact.clone().ok()?)))
            .collect();
        if sound && !fitting.is_empty() {
            *known = fitting;
            continue;
        }
        if sound && let (Some(line), Some(Err(refusal))) = (line, decided.into_iter().next()) {
            refused.push((line, refusal));
        }
        fitting = known.iter().filter_map(|standing| Some(after(standing, meant(standing, act)?))).collect();
        known.extend(fitting);
        known.truncate(MAX_READINGS);
    }
    refused
}

/// What a row that cannot be recorded would do if it could.
fn meant(standing: &Standing, act: &Act) -> Option<Fact> {
    Some(match act.kind {
        HistoryKind::Response => {
            Fact::Response { response: Response::parse(&act.value)?, decided_by: None, explanation: None }
        }
        HistoryKind::Progress => Fact::Progress {
            progress: Progress::parse(&act.value)?,
            from: standing.progress,
            explanation: None,
            outcome: None,
        },
        HistoryKind::Promise => Fact::Promise {
            promise: act.value.clone(),
            due_on: act.due_on.unwrap_or(act.on),
            explanation: None,
        },
        HistoryKind::Target => {
            Fact::Target { target_on: act.value.parse().ok()?, from: standing.target_on, explanation: None }
        }
        HistoryKind::PromiseMoved | HistoryKind::PromiseKept | HistoryKind::Note => return None,
    })
}
