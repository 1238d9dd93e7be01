//! From true counts about people to public numbers: the only place where that happens.
//!
//! Whoever reads the figures may know things of their own: that they withdrew last week, that a quote is gone, that a
//! project began with nobody. A number that follows the truth closely tells such a reader the rest. So a figure is
//! coarse, it stands still until several people have come or gone, and after how many is drawn by chance.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::figures::{FirstFeedback, LeftOut, People, Share};

/// The smallest number that is shown. It stands for 8 to 12 people: what is hidden is 0 to 7.
///
/// A shown 5 would stand for 5 to 7 only. A figure that moves by at least 5 and falls from there into hiding leaves 0, 1
/// or 2, and with one person known to have left, fewer; hiding it leaves enough to choose from even for somebody who
/// knows four who left.
const SMALLEST: i64 = 10;

/// How far the true count must be from the basis before a figure moves: one number of these, drawn anew each time.
///
/// Were it always 5, a figure that moves in the edition in which exactly one person is known to have left would tell
/// that exactly four had left before.
const STEPS: RangeInclusive<i64> = 5..=8;

/// A median is given where the number beside it shows at least this (13 people or more), a 90th percentile from
/// `FOR_P90` (53 or more, so that five lie beyond it). The shown number decides and not the true one: else what is given
/// would tell on which side of 10 or 50 the true one lies.
const FOR_MEDIAN: i64 = 15;
const FOR_P90: i64 = 55;

const WAITING: &str = "first_feedback.waiting";
const LONGEST: &str = "first_feedback.longest_wait";

/// True counts, known to nobody but the instance. In pairs, the first is part of the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The day of the edition.
    pub day: NaiveDate,
    /// Told within 12 months, of all who may be.
    pub told: (i64, i64),
    pub stopped: i64,
    pub paused: i64,
    pub withdrawn: i64,
    /// Days from the story's gathering to the first update, of everybody ever told.
    pub first_waits: Vec<i64>,
    /// Days waited until `day`, of those never told who may be.
    pub still_waiting: Vec<i64>,
    pub loop_closed: (i64, i64),
    pub needs_met: (i64, i64),
    /// Without the stories quoted in public.
    pub stories_used: (i64, i64),
    /// By the ref of the recommendation, without the stories quoted in public.
    pub stories_behind: BTreeMap<String, i64>,
}

/// What a project keeps from edition to edition, and never gives away: the true count at which each figure last moved,
/// by the figure's name; how far it must move next, under the same name after `step:`; and the days that were shown.
pub type Bases = BTreeMap<String, i64>;

/// The public numbers of one edition. `bases` are those that the edition before left behind, empty for the first, and
/// are brought up to date; save them together with what is returned, for the same counts may give other numbers next
/// time. `draw` takes one number of a range by chance, each as likely as the others; nobody may foresee it.
pub fn publish(counted: &Counted, bases: &mut Bases, draw: impl FnMut(RangeInclusive<i64>) -> i64) -> People {
    let mut ledger = Ledger { bases, draw };
    let mut told = ledger.share("told", counted.told);
    let mut first_feedback = ledger.first_feedback(counted);
    // Whoever was told within the year was told once, and whoever waits is one of those who may be told.
    told.count = part_of(told.count, first_feedback.told).count;
    first_feedback.waiting = beside(first_feedback.waiting, told);
    if first_feedback.waiting.is_none() {
        first_feedback.longest_wait_days = None;
    }
    let stories_used = ledger.share("stories_used", counted.stories_used);
    let mut behind = |(reference, &count): (&String, &i64)| {
        let count = ledger.figure(&format!("stories_behind:{reference}"), count).shown;
        Some((reference.clone(), part_of(count, stories_used.count).count?))
    };
    let stories_behind = counted.stories_behind.iter().filter_map(&mut behind).collect();
    People {
        told,
        left_out: LeftOut {
            stopped: ledger.figure("left_out.stopped", counted.stopped).shown,
            paused: ledger.figure("left_out.paused", counted.paused).shown,
            withdrawn: ledger.figure("left_out.withdrawn", counted.withdrawn).shown,
        },
        first_feedback,
        loop_closed: ledger.share("loop_closed", counted.loop_closed),
        needs_met: ledger.share("needs_met", counted.needs_met),
        stories_used,
        stories_behind,
    }
}

/// A number, and whether it was taken anew from the true count in this edition.
struct Figure {
    shown: Option<i64>,
    moved: bool,
}

struct Ledger<'a, Draw> {
    bases: &'a mut Bases,
    draw: Draw,
}

impl<Draw: FnMut(RangeInclusive<i64>) -> i64> Ledger<'_, Draw> {
    fn figure(&mut self, name: &str, count: i64) -> Figure {
        let step = format!("step:{name}");
        if let (Some(&basis), Some(&far)) = (self.bases.get(name), self.bases.get(&step))
            && (count - basis).abs() < far
        {
            return Figure { shown: shown(basis), moved: false };
        }
        self.bases.insert(name.to_owned(), count);
        self.bases.insert(step, (self.draw)(STEPS));
        Figure { shown: shown(count), moved: true }
    }

    fn share(&mut self, name: &str, (count, of): (i64, i64)) -> Share {
        let count = self.figure(&format!("{name}.count"), count).shown;
        let of = self.figure(&format!("{name}.of"), of).shown;
        part_of(count, of)
    }

    fn first_feedback(&mut self, counted: &Counted) -> FirstFeedback {
        let told = self.figure("first_feedback.told", people(&counted.first_waits));
        let mut waits = counted.first_waits.clone();
        waits.sort_unstable();
        let waiting = self.figure(WAITING, people(&counted.still_waiting));
        FirstFeedback {
            told: told.shown,
            median_days: self.days("first_feedback.median_days", &told, FOR_MEDIAN, || median(&waits)),
            p90_days: self.days("first_feedback.p90_days", &told, FOR_P90, || p90(&waits)),
            waiting: waiting.shown,
            longest_wait_days: self.longest_wait(counted, &waiting),
        }
    }

    /// Days that are taken anew only when the number beside them is, and stay as they were shown in between.
    fn days(
        &mut self,
        name: &str,
        beside: &Figure,
        from: i64,
        days: impl FnOnce() -> Option<i64>,
    ) -> Option<i64> {
        if beside.moved {
            let days = if beside.shown >= Some(from) { days().map(nearest) } else { None };
            match days {
                Some(days) => self.bases.insert(name.to_owned(), days),
                None => self.bases.remove(name),
            };
        }
        self.bases.get(name).copied()
    }

    /// What is kept is a day since when at least five people have waited. From there the days grow by the calendar,
    /// which tells nothing. Those who have waited since that day are a figure as any other: when enough of them have
    /// gone, the claim has grown too old and is made anew, and before that nobody's going shows.
    fn longest_wait(&mut self, counted: &Counted, waiting: &Figure) -> Option<i64> {
        let since_name = format!("{LONGEST}.since");
        let today = i64::from(counted.day.num_days_from_ce());
        if let Some(&since) = self.bases.get(&since_name) {
            let left = counted.still_waiting.iter().filter(|&&wait| today - wait <= since).count();
            let gone = left == 0 || self.figure(LONGEST, signed(left)).moved;
            if !waiting.moved && !gone {
                return Some(whole_months(today - since));
            }
        } else if !waiting.moved {
            return None;
        }
        for name in [&since_name, LONGEST, &format!("step:{LONGEST}")] {
            self.bases.remove(name);
        }
        // A shown 10 that has stood for a while may have one person left behind it, and no fifth.
        let sure = if waiting.moved { SMALLEST } else { SMALLEST + 5 };
        if waiting.shown < Some(sure) {
            return None;
        }
        let mut waits = counted.still_waiting.clone();
        waits.sort_unstable_by(|a, b| b.cmp(a));
        let days = whole_months(*waits.get(4)?);
        self.bases.insert(since_name, today - days);
        self.figure(LONGEST, signed(waits.iter().filter(|&&wait| wait >= days).count()));
        Some(days)
    }
}

/// The nearest multiple of 5, unless that is too small to show.
fn shown(basis: i64) -> Option<i64> {
    Some(nearest(basis)).filter(|&near| near >= SMALLEST)
}

/// This and `beside` work on numbers that could all be public, and so give nothing away. A part stands only beside a
/// shown whole: a whole that is still hidden because it stands still would be pinned from below by a part that has moved.
fn part_of(count: Option<i64>, of: Option<i64>) -> Share {
    Share { count: of.and_then(|of| count.map(|count| count.min(of))), of }
}

/// People who are not among the told. 10 and 10 of 15 would leave room for one person more at the most.
fn beside(others: Option<i64>, told: Share) -> Option<i64> {
    let rest = told.of? - told.count.unwrap_or(0);
    others.map(|others| others.min(rest)).filter(|&others| others >= SMALLEST)
}

fn nearest(number: i64) -> i64 {
    (number + 2).div_euclid(5) * 5
}

fn whole_months(days: i64) -> i64 {
    days.div_euclid(30) * 30
}

fn median(sorted: &[i64]) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    Some(i64::midpoint(*sorted.get(last / 2)?, *sorted.get(last.div_ceil(2))?))
}

fn p90(sorted: &[i64]) -> Option<i64> {
    sorted.get((sorted.len() * 9).div_ceil(10).checked_sub(1)?).copied()
}

fn people(waits: &[i64]) -> i64 {
    signed(waits.len())
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "disclosure_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "disclosure_adversary.rs"]
mod adversary;
