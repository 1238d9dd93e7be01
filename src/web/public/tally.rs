//! What is counted of some recommendations, of one project or of several: public facts only, each exact.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::open::Item;
use super::responder::key;
use super::row::age;
use crate::domain::figures::{Of, work};
use crate::domain::silence;
use crate::domain::words::{Progress, Response};
use crate::locale::Words;

#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub recommendations: usize,
    /// Asked of more than one.
    pub shared: usize,
    pub answered: usize,
    pub done: usize,
    pub confirmed: usize,
    pub stalled: usize,
    /// The answer is late.
    pub overdue: usize,
    /// Somebody owes a word: an answer, a promise, a next look, a newer explanation.
    pub silent: usize,
    pub explained: Of,
    pub promises_kept: Of,
    /// The silence that has lasted longest: from, and until today where its project is.
    pub longest: Option<(NaiveDate, NaiveDate)>,
}

impl Tally {
    pub fn of<'a>(items: impl IntoIterator<Item = Item<'a>>) -> Self {
        let mut tally = Tally::default();
        for item in items {
            tally.add(item);
        }
        tally
    }

    pub fn add(&mut self, item: Item<'_>) {
        let (read, reading) = (item.read, &item.project.reading);
        let (standing, today) = (&read.standing, item.project.shown.today);
        let none = std::collections::BTreeMap::new();
        let (said, sent_seq) =
            reading.figures().map_or((&none, 0), |taken| (&taken.snapshot.said, taken.seq));
        let one = work(std::iter::once((read.reference.as_str(), standing)), said, today, sent_seq, 0);
        self.recommendations += 1;
        self.shared += usize::from(read.responders().map(key).collect::<BTreeSet<_>>().len() > 1);
        self.answered += usize::from(standing.response != Response::Awaiting);
        self.done += usize::from(standing.progress == Progress::Done);
        self.stalled += usize::from(standing.progress == Progress::Stalled);
        self.overdue += usize::from(standing.is_overdue(today));
        self.confirmed += usize::from(one.confirmed.count > 0);
        for (sum, more) in
            [(&mut self.explained, one.explained), (&mut self.promises_kept, one.promises_kept)]
        {
            sum.count += more.count;
            sum.of += more.of;
        }
        if let Some(since) = silent_since(item) {
            self.silent += 1;
            if self.longest_days().is_none_or(|days| days < (today - since).num_days()) {
                self.longest = Some((since, today));
            }
        }
    }

    pub fn longest_days(&self) -> Option<i64> {
        self.longest.map(|(since, today)| (today - since).num_days())
    }

    /// For how long the longest silence has lasted.
    pub fn longest_age(&self, words: &Words) -> Option<String> {
        self.longest.map(|(since, today)| age(words, since, today))
    }
}

/// Since when a recommendation is silent, by the longest of its silences.
pub fn silent_since(item: Item<'_>) -> Option<NaiveDate> {
    let shown = &item.project.shown;
    let quiet_after = u32::try_from(shown.row.quiet_after_days).unwrap_or(0);
    let lasting = silence::current(&item.read.standing, shown.today, quiet_after);
    lasting.iter().map(silence::Silence::since).min()
}
