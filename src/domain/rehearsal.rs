//! Going through rows of history before any of them is recorded, so that one pass finds every row that cannot follow.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::event::{Entry, Fact};
use super::history::Act;
use super::standing::Standing;
use super::status::{Refusal, decide};

/// One thing that would be recorded.
pub enum Step<'a> {
    Publish {
        reference: &'a str,
        on: NaiveDate,
        fact: Fact,
    },
    /// `line` is the row of the sheet; none for a row that waited already.
    Act {
        line: Option<u32>,
        act: &'a Act,
    },
}

impl Step<'_> {
    fn order(&self) -> (NaiveDate, u8, u32) {
        match self {
            Step::Publish { on, .. } => (*on, 0, 0),
            Step::Act { line: None, act } => (act.on, 1, 0),
            Step::Act { line: Some(line), act } => (act.on, 2, *line),
        }
    }
}

/// Goes through the steps in the order of their days. Returns the rows that cannot be recorded, each with the first
/// thing that is wrong; after such a row nothing more is said about its recommendation, because what follows may be
/// wrong only for its sake. Recommendations that are not known are passed over.
pub fn rehearse(mut standings: BTreeMap<String, Standing>, mut steps: Vec<Step<'_>>) -> Vec<(u32, Refusal)> {
    steps.sort_by_key(Step::order);
    let mut refused = Vec::new();
    let mut spoiled: Vec<&str> = Vec::new();
    let mut seq = standings.values().map(|standing| standing.last_seq).max().unwrap_or(0);
    for step in &steps {
        seq += 1;
        let entry = |reference: &str, on: NaiveDate, fact: Fact| Entry {
            seq,
            on,
            subject: reference.to_owned(),
            fact,
            corrected_by: None,
            redacted: false,
        };
        match step {
            Step::Publish { reference, on, fact } => {
                if let Some(standing) = Standing::fold([&entry(reference, *on, fact.clone())]) {
                    standings.entry((*reference).to_owned()).or_insert(standing);
                }
            }
            Step::Act { line, act } => {
                if spoiled.contains(&act.recommendation.as_str()) {
                    continue;
                }
                let Some(standing) = standings.get_mut(&act.recommendation) else {
                    continue;
                };
                match decide(standing, act) {
                    Ok(fact) => standing.apply(&entry(&act.recommendation, act.on, fact)),
                    Err(refusal) => {
                        spoiled.push(&act.recommendation);
                        if let Some(line) = line {
                            refused.push((*line, refusal));
                        }
                    }
                }
            }
        }
    }
    refused
}
