//! What the clock has to say when nobody else does. Each silence is noticed once: the record itself says which were.

use chrono::{Days, NaiveDate};

use super::event::Fact;
use super::standing::Standing;
use super::words::{Progress, Response};

/// An explanation counts as old from this day on.
pub const STALE_AFTER_DAYS: u64 = 90;

/// A silence and the day on which it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    pub on: NaiveDate,
    pub fact: Fact,
}

impl Silence {
    /// The day from which it is counted: when something was due, grew old, or was last said.
    pub fn since(&self) -> NaiveDate {
        match &self.fact {
            Fact::ResponseOverdue { due_on } | Fact::PromiseMissed { due_on, .. } => *due_on,
            Fact::ReviewDatePassed { review_on } => *review_on,
            Fact::GoneQuiet { since, .. } => *since,
            _ => self.on,
        }
    }
}

/// The silences of a recommendation that are open on `day` and were not noticed yet, earliest first.
/// `quiet_after_days` of 0 turns *gone quiet* off.
pub fn open_on(standing: &Standing, day: NaiveDate, quiet_after_days: u32) -> Vec<Silence> {
    let mut found = current(standing, day, quiet_after_days);
    found.retain(|silence| !is_noticed(standing, &silence.fact));
    found
}

fn is_noticed(standing: &Standing, fact: &Fact) -> bool {
    match fact {
        Fact::ResponseOverdue { due_on } => standing.noticed_overdue.contains(due_on),
        Fact::PromiseMissed { promise, due_on } => {
            standing.open_promise(promise).is_some_and(|open| open.missed.contains(due_on))
        }
        Fact::ReviewDatePassed { review_on } => standing.noticed_review.contains(review_on),
        Fact::ExplanationStale { of, .. } => standing.noticed_stale.contains(of),
        Fact::GoneQuiet { since, .. } => standing.noticed_quiet.contains(since),
        _ => false,
    }
}

/// All silences of a recommendation that last on `day`, noticed or not, earliest first.
pub fn current(standing: &Standing, day: NaiveDate, quiet_after_days: u32) -> Vec<Silence> {
    let mut found = Vec::new();
    if let Some(due_on) = standing.response_due_on
        && standing.is_overdue(day)
    {
        found.push(Silence { on: after(due_on, 1), fact: Fact::ResponseOverdue { due_on } });
    }
    for promise in standing.promises.iter().filter(|promise| promise.is_open()) {
        if promise.due_on < day {
            let fact = Fact::PromiseMissed { promise: promise.words.clone(), due_on: promise.due_on };
            found.push(Silence { on: after(promise.due_on, 1), fact });
        }
    }
    if let Some(review) = &standing.review
        && review.on < day
    {
        found
            .push(Silence { on: after(review.on, 1), fact: Fact::ReviewDatePassed { review_on: review.on } });
    }
    for (on, of) in ageing(standing) {
        let stale_on = after(on, STALE_AFTER_DAYS);
        if stale_on <= day {
            let fact = Fact::ExplanationStale { of, days: STALE_AFTER_DAYS as i64 };
            found.push(Silence { on: stale_on, fact });
        }
    }
    let quiet_on = after(standing.last_act_on, u64::from(quiet_after_days));
    if quiet_after_days > 0 && quiet_on <= day && !standing.is_settled() {
        let fact = Fact::GoneQuiet { since: standing.last_act_on, days: i64::from(quiet_after_days) };
        found.push(Silence { on: quiet_on, fact });
    }
    found.sort_by_key(|silence| silence.on);
    found
}

/// The explanations that age, with the day and number of the event that gave them: those of a stall and of what is
/// accepted or done in part, as long as the work has not ended.
fn ageing(standing: &Standing) -> Vec<(NaiveDate, i64)> {
    let mut ageing = Vec::new();
    let ended = matches!(standing.progress, Progress::Done | Progress::Stopped | Progress::Superseded);
    if standing.response == Response::AcceptedInPart
        && !ended
        && let Some(words) = &standing.response_words
    {
        ageing.push((words.on, words.seq));
    }
    if standing.progress == Progress::Stalled
        && let Some(words) = &standing.progress_words
    {
        ageing.push((words.on, words.seq));
    }
    if standing.progress == Progress::DoneInPart
        && let Some(words) = &standing.outcome
    {
        ageing.push((words.on, words.seq));
    }
    ageing
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
#[path = "silence_tests.rs"]
mod tests;
