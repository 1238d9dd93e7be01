//! The figures of accountability: what of the recommendations was answered, done, explained and kept, counted from the
//! record; and the form in which figures about people are given out, which `disclosure` makes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::silence::STALE_AFTER_DAYS;
use super::standing::{Standing, Words};
use super::words::{Progress, Response, Verdict};

/// So many of so many, of public things: exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    pub count: i64,
    pub of: i64,
}

impl Of {
    fn add(&mut self, counts: bool) {
        self.of += 1;
        self.count += i64::from(counts);
    }
}

/// So many of so many, where people stand behind the numbers: rounded to 5, `None` where it is too small or would
/// let something small be worked out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub count: Option<i64>,
    pub of: Option<i64>,
}

/// What is counted of recommendations and promises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Any answer, of all that are published.
    pub responded: Of,
    /// Done, of all that are published.
    pub completed: Of,
    /// Confirmed by participants, of all that are published.
    pub confirmed: Of,
    /// With a current explanation that went out with an edition, of those that owe one.
    pub explained: Of,
    /// Kept on their first date, of those whose first date has come.
    pub promises_kept: Of,
    /// Rested on a story once, of all that are published.
    pub traceable: Of,
}

/// Whom the figure *told* leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub stopped: Option<i64>,
    pub paused: Option<i64>,
    pub withdrawn: Option<i64>,
}

/// From the gathering of a person's first story to their first update.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstFeedback {
    /// People who have been told at least once.
    pub told: Option<i64>,
    pub median_days: Option<i64>,
    pub p90_days: Option<i64>,
    /// People who never were, and may be.
    pub waiting: Option<i64>,
    /// At least five people have waited for this long.
    pub longest_wait_days: Option<i64>,
}

/// What is counted of people, stories and messages. Nothing here is exact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Got at least one substantive update in 12 months, of all but those left out.
    pub told: Share,
    pub left_out: LeftOut,
    pub first_feedback: FirstFeedback,
    /// Material events of which everybody concerned was told within 30 days, of those at least 30 days old.
    pub loop_closed: Share,
    /// Updates sent in the recorded language, format and channel, of those to people with a recorded need.
    pub needs_met: Share,
    /// Stories behind a recommendation, of all stories; those quoted in public stand beside both.
    pub stories_used: Share,
    /// Stories behind each recommendation beside those quoted in public, by its ref. One that is not named has too few
    /// to say.
    pub stories_behind: BTreeMap<String, i64>,
}

/// The figures of an edition, as they stand in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The day of the edition.
    pub period: NaiveDate,
    pub work: Work,
    pub people: People,
    /// What participants say of what is said to be done, by the ref of the recommendation. One that is not named has not
    /// enough answers to say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub said: BTreeMap<String, Verdict>,
}

/// Counts the work on a day. `sent_seq` is the last event that an edition has covered; `traceable` how many rested on a
/// story once.
pub fn work<'a>(
    standings: impl Iterator<Item = (&'a str, &'a Standing)>,
    said: &BTreeMap<String, Verdict>,
    day: NaiveDate,
    sent_seq: i64,
    traceable: i64,
) -> Work {
    let mut work = Work::default();
    for (reference, standing) in standings {
        work.responded.add(standing.response != Response::Awaiting);
        work.completed.add(standing.progress == Progress::Done);
        work.confirmed.add(said.get(reference) == Some(&Verdict::Confirmed));
        if owes_explanation(standing, day) {
            work.explained.add(is_explained(standing, day, sent_seq));
        }
        for promise in &standing.promises {
            let due = promise.first_due_on;
            if promise.kept_on.is_some_and(|kept| kept <= due) {
                work.promises_kept.add(true);
            } else if due < day || promise.kept_on.is_some() {
                work.promises_kept.add(false);
            }
        }
    }
    work.traceable = Of { count: traceable, of: work.responded.of };
    work
}

/// In part, declined, stalled, stopped, superseded or overdue: whoever asked is owed a reason.
pub fn owes_explanation(standing: &Standing, day: NaiveDate) -> bool {
    matches!(standing.response, Response::AcceptedInPart | Response::Declined)
        || matches!(standing.progress, Progress::Stalled | Progress::Stopped | Progress::Superseded)
        || standing.is_overdue(day)
}

/// Everything owed is explained, went out, and is not too old.
pub fn is_explained(standing: &Standing, day: NaiveDate, sent_seq: i64) -> bool {
    let went_out = |words: &Option<Words<_>>| words.as_ref().is_some_and(|words| words.seq <= sent_seq);
    let answer_owed = matches!(standing.response, Response::AcceptedInPart | Response::Declined);
    if answer_owed && !went_out(&standing.response_words) {
        return false;
    }
    let work_owed = matches!(standing.progress, Progress::Stalled | Progress::Stopped | Progress::Superseded);
    if work_owed && !went_out(&standing.progress_words) {
        return false;
    }
    if standing.progress == Progress::Stalled {
        let age = standing.progress_words.as_ref().map_or(0, |words| (day - words.on).num_days());
        return age < i64::try_from(STALE_AFTER_DAYS).unwrap_or(i64::MAX) && !standing.is_overdue(day);
    }
    // Whoever has not answered has not explained either.
    !standing.is_overdue(day)
}
