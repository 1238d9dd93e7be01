//! When something is due: the project's cron expression in its zone, and each person's cadence.

use std::str::FromStr;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;
use croner::Cron;

use super::words::Cadence;

/// A project's schedule: five fields of cron, read in the project's zone.
#[derive(Clone, Debug)]
pub struct Schedule {
    cron: Cron,
    zone: Tz,
}

impl Schedule {
    /// # Errors
    /// Says what was expected where the expression is not five fields of cron.
    pub fn parse(expression: &str, zone: Tz) -> Result<Self, String> {
        if expression.split_whitespace().count() != 5 {
            return Err("expected five fields of cron, such as `0 10 1 * *`".to_owned());
        }
        let cron =
            Cron::from_str(expression).map_err(|error| format!("this is no cron expression: {error}"))?;
        Ok(Schedule { cron, zone })
    }

    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The first moment after `at`; `None` where the expression never comes round again.
    pub fn next_after(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let found = self.cron.find_next_occurrence(&at.with_timezone(&self.zone), false).ok()?;
        Some(found.with_timezone(&Utc))
    }

    /// The last moment at or before `at`.
    pub fn last_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let found = self.cron.find_previous_occurrence(&at.with_timezone(&self.zone), true).ok()?;
        Some(found.with_timezone(&Utc))
    }

    /// The day on which a moment lies, as people in the project's zone count.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The first edition after a start: the first moment at least `review_days` later.
    pub fn first_edition(&self, started_at: DateTime<Utc>, review_days: u32) -> Option<DateTime<Utc>> {
        let earliest = started_at.checked_add_days(Days::new(u64::from(review_days)))?;
        self.next_after(earliest - chrono::Duration::microseconds(1))
    }

    /// The day of the first edition after `period` in which somebody with this cadence is told again, given that
    /// they are told in `period`. For *when done* it is the latest such day.
    pub fn next_for(&self, cadence: Cadence, period: DateTime<Utc>) -> Option<NaiveDate> {
        let Some(months) = months(cadence) else { return self.next_after(period).map(|next| self.day(next)) };
        let due = self.day(period).checked_add_months(Months::new(months))?;
        // The edition of the due day itself counts, so the search starts on the day before it.
        let mut from = due.pred_opt()?.and_hms_opt(0, 0, 0)?.and_utc();
        loop {
            let next = self.next_after(from)?;
            if self.day(next) >= due {
                return Some(self.day(next));
            }
            from = next;
        }
    }
}

fn months(cadence: Cadence) -> Option<u32> {
    match cadence {
        Cadence::Every => None,
        Cadence::Quarterly => Some(3),
        Cadence::Yearly | Cadence::WhenDone => Some(12),
    }
}

/// Whether somebody is told in the edition of `period`. `last` is the day of the last edition that they were told in;
/// for *when done*, `since` stands for it as long as there is none, and `news` says that something ended.
pub fn is_due(
    cadence: Cadence,
    period: NaiveDate,
    last: Option<NaiveDate>,
    since: NaiveDate,
    news: bool,
) -> bool {
    let passed = |from: NaiveDate, months: u32| {
        from.checked_add_months(Months::new(months)).is_some_and(|due| period >= due)
    };
    match (cadence, last) {
        (Cadence::Every, _) | (Cadence::Quarterly | Cadence::Yearly, None) => true,
        (Cadence::Quarterly, Some(last)) => passed(last, 3),
        (Cadence::Yearly, Some(last)) => passed(last, 12),
        (Cadence::WhenDone, last) => news || passed(last.unwrap_or(since), 12),
    }
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
