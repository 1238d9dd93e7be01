//! A project as anybody may read it: where every recommendation stands and how it came there, folded from the record as
//! it grows. It keeps no explanation of the past: those are read again, with their recommendation, when somebody looks.

use std::collections::{HashMap, VecDeque};

use chrono::NaiveDate;

use super::event::{Entry, Fact, Learned, PROJECT};
use super::figures::{Snapshot, Work, work};
use super::standing::{Axis, Standing};
use super::words::{Progress, Response, Verdict};

/// How many of the last happenings are kept at hand.
const LATEST: usize = 40;

/// One recommendation, with what its page, its lane in a plot and its row in a table need.
#[derive(Clone, Debug)]
pub struct Read {
    pub reference: String,
    pub standing: Standing,
    /// Each state of the reply and of the work, and since when; the first of each since it was published.
    pub responses: Vec<(NaiveDate, Response)>,
    pub progress: Vec<(NaiveDate, Progress)>,
    /// Each silence that was noticed: the day, and the kind of event.
    pub silences: Vec<(NaiveDate, &'static str)>,
    pub learnings: Vec<Learned>,
    /// Each next look that was promised, in order.
    pub looks: Vec<Look>,
}

/// A next look that was promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The event that promised it.
    pub seq: i64,
    pub on: NaiveDate,
    pub axis: Axis,
    /// Who promised it: a role.
    pub by: Option<String>,
    /// The day on which newer words, or a new state, took its place.
    pub replaced_on: Option<NaiveDate>,
}

impl Read {
    /// `None` for entries that do not begin with a publication.
    pub fn of(reference: &str, entries: &[Entry]) -> Option<Self> {
        let (first, rest) = entries.split_first()?;
        let standing = Standing::fold([first])?;
        let mut read = Read {
            reference: reference.to_owned(),
            responses: vec![(first.on, Response::Awaiting)],
            progress: vec![(first.on, Progress::NotStarted)],
            silences: Vec::new(),
            learnings: Vec::new(),
            looks: Vec::new(),
            standing,
        };
        for entry in rest {
            read.take(entry);
        }
        Some(read)
    }

    fn take(&mut self, entry: &Entry) {
        let had_look = self.standing.review.is_some();
        self.standing.apply(entry);
        self.look(entry, had_look);
        match &entry.fact {
            Fact::Response { response, .. } => changed(&mut self.responses, entry.on, *response),
            Fact::Progress { progress, .. } => changed(&mut self.progress, entry.on, *progress),
            Fact::Learnings { learnings } => self.learnings.clone_from(learnings),
            fact => {
                if let Some(kind) = fact.silence() {
                    self.silences.push((entry.on, kind));
                }
            }
        }
    }

    /// A newer explanation cancels the looks of older ones, and so does leaving the state that they were about.
    fn look(&mut self, entry: &Entry, had_look: bool) {
        let promised_by = match &entry.fact {
            Fact::Progress { explanation: None, outcome: Some(outcome), .. } => Some(&outcome.decided_by),
            fact => fact.explanation().map(|said| &said.decided_by),
        };
        let review = self.standing.review.as_ref();
        if had_look
            && (promised_by.is_some() || review.is_none())
            && let Some(last) = self.looks.last_mut()
        {
            last.replaced_on = Some(entry.on);
        }
        if let (Some(by), Some(review)) = (promised_by, review) {
            let (seq, by) = (entry.seq, by.clone());
            self.looks.push(Look { seq, on: review.on, axis: review.axis, by, replaced_on: None });
        }
    }

    /// The next look that an event promised.
    pub fn look_of(&self, seq: i64) -> Option<&Look> {
        self.looks.iter().find(|look| look.seq == seq)
    }

    /// The look that was promised for a day, as it was before an event.
    pub fn look_for(&self, day: NaiveDate, before: i64) -> Option<&Look> {
        self.looks.iter().rev().find(|look| look.on == day && look.seq < before)
    }

    /// Who answers for it: one or several, as they were written, separated by semicolons.
    pub fn responders(&self) -> impl Iterator<Item = &str> {
        let responsible = self.standing.responsible.as_deref().unwrap_or_default();
        responsible.split(';').map(str::trim).filter(|name| !name.is_empty())
    }

    /// The themes of its learnings, each once.
    pub fn themes(&self) -> Vec<&str> {
        let mut themes: Vec<&str> = Vec::new();
        for theme in self.learnings.iter().filter_map(|learned| learned.theme.as_deref()) {
            if !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        themes
    }
}

fn changed<T: Copy + PartialEq>(states: &mut Vec<(NaiveDate, T)>, on: NaiveDate, state: T) {
    if states.last().is_none_or(|(_, last)| *last != state) {
        states.push((on, state));
    }
}

/// Figures as an edition took them, and the event that holds them.
#[derive(Clone, Debug)]
pub struct Taken {
    pub seq: i64,
    pub on: NaiveDate,
    pub snapshot: Snapshot,
}

#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The last event that was read.
    pub seq: i64,
    /// In the order in which they were published.
    pub recommendations: Vec<Read>,
    places: HashMap<String, usize>,
    pub taken: Vec<Taken>,
    /// The last happenings under a recommendation, the newest last.
    pub latest: VecDeque<Entry>,
    pub started_on: Option<NaiveDate>,
    /// Everything is held for everybody: since when and why.
    pub paused: Option<(NaiveDate, String)>,
    /// An edition that is held back, its day and why.
    pub held: Option<(NaiveDate, String)>,
}

impl Reading {
    /// Takes in the next entry of the record. Corrections and redactions change what was said before: after one of them
    /// the recommendation is to be read again, with [`Reading::again`].
    pub fn take(&mut self, entry: Entry) {
        self.seq = entry.seq;
        if entry.subject == PROJECT {
            self.take_of_project(entry);
            return;
        }
        match self.places.get(&entry.subject).and_then(|place| self.recommendations.get_mut(*place)) {
            Some(read) => read.take(&entry),
            None => {
                let Some(read) = Read::of(&entry.subject, std::slice::from_ref(&entry)) else { return };
                self.places.insert(entry.subject.clone(), self.recommendations.len());
                self.recommendations.push(read);
            }
        }
        if entry.fact.is_news() {
            if self.latest.len() == LATEST {
                self.latest.pop_front();
            }
            self.latest.push_back(entry);
        }
    }

    fn take_of_project(&mut self, entry: Entry) {
        let Entry { seq, on, fact, .. } = entry;
        match fact {
            Fact::ProjectStarted { .. } => self.started_on = Some(on),
            Fact::ProjectPaused { why } => self.paused = Some((on, why)),
            Fact::ProjectResumed {} => self.paused = None,
            Fact::EditionHeld { period, why } => self.held = Some((period, why)),
            Fact::EditionReleased { .. } => self.held = None,
            Fact::Figures(snapshot) => {
                if self.held.as_ref().is_some_and(|(period, _)| *period <= snapshot.period) {
                    self.held = None;
                }
                self.taken.push(Taken { seq, on, snapshot: *snapshot });
            }
            _ => {}
        }
    }

    /// Reads a recommendation anew from all of its entries.
    pub fn again(&mut self, reference: &str, entries: Vec<Entry>) {
        let Some(read) = Read::of(reference, &entries) else { return };
        if let Some(place) = self.places.get(reference) {
            self.recommendations[*place] = read;
        }
        for entry in entries {
            if let Some(kept) = self.latest.iter_mut().find(|kept| kept.seq == entry.seq) {
                *kept = entry;
            }
        }
    }

    pub fn find(&self, reference: &str) -> Option<&Read> {
        self.places.get(reference).and_then(|place| self.recommendations.get(*place))
    }

    /// The figures of the last edition.
    pub fn figures(&self) -> Option<&Taken> {
        self.taken.last()
    }

    pub fn verdict(&self, reference: &str) -> Option<Verdict> {
        self.figures().and_then(|taken| taken.snapshot.said.get(reference).copied())
    }

    /// The work as it stands on a day. What participants say, and what rests on stories, is as the last edition took it.
    pub fn work(&self, day: NaiveDate) -> Work {
        let none = std::collections::BTreeMap::new();
        let (said, traceable, sent_seq) = match self.figures() {
            Some(taken) => (&taken.snapshot.said, taken.snapshot.work.traceable.count, taken.seq),
            None => (&none, 0, 0),
        };
        let standings = self.recommendations.iter().map(|read| (read.reference.as_str(), &read.standing));
        work(standings, said, day, sent_seq, traceable)
    }
}
