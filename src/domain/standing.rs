//! Where a recommendation stands: the fold of its events. Nothing else knows a status.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::event::{Entry, Explanation, Fact, Outcome};
use super::translations::Translations;
use super::words::{Progress, Response};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub words: String,
    /// Never changes.
    pub first_due_on: NaiveDate,
    pub due_on: NaiveDate,
    pub kept_on: Option<NaiveDate>,
    /// The event that made or last moved it.
    pub seq: i64,
    pub made_on: NaiveDate,
    pub last_on: NaiveDate,
    pub moves: u32,
    /// The deadlines whose passing was noticed.
    pub missed: BTreeSet<NaiveDate>,
}

impl Promise {
    pub fn is_open(&self) -> bool {
        self.kept_on.is_none()
    }
}

/// An explanation or outcome in force on an axis: since when, and which event said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words<T> {
    pub said: T,
    pub on: NaiveDate,
    pub seq: i64,
}

/// The date of the next look, and who set it: on leaving a state its date goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub on: NaiveDate,
    pub axis: Axis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Response,
    Progress,
    Target,
    Promise,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub title: String,
    pub text: String,
    /// Both in other languages than the project's.
    pub translations: Translations,
    pub audience: Option<String>,
    pub responsible: Option<String>,
    pub published_on: NaiveDate,
    pub published_seq: i64,
    pub response_due_on: Option<NaiveDate>,

    pub response: Response,
    pub response_since: NaiveDate,
    pub response_last_on: Option<NaiveDate>,
    pub response_seq: Option<i64>,
    pub response_words: Option<Words<Explanation>>,

    pub progress: Progress,
    pub progress_since: NaiveDate,
    pub progress_last_on: Option<NaiveDate>,
    pub progress_seq: Option<i64>,
    pub progress_words: Option<Words<Explanation>>,
    pub outcome: Option<Words<Outcome>>,

    pub target_on: Option<NaiveDate>,
    pub target_last_on: Option<NaiveDate>,
    pub target_seq: Option<i64>,
    pub promises: Vec<Promise>,
    pub review: Option<Review>,

    /// The day of the last event by a person.
    pub last_act_on: NaiveDate,
    pub noticed_overdue: BTreeSet<NaiveDate>,
    pub noticed_review: BTreeSet<NaiveDate>,
    pub noticed_stale: BTreeSet<i64>,
    pub noticed_quiet: BTreeSet<NaiveDate>,
    /// The last event of any kind.
    pub last_seq: i64,
}

impl Standing {
    /// Folds the entries of one recommendation, in order. `None` until it is published.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Option<Standing> {
        let mut standing: Option<Standing> = None;
        for entry in entries {
            match &mut standing {
                None => standing = Standing::published(entry),
                Some(standing) => standing.apply(entry),
            }
        }
        standing
    }

    fn published(entry: &Entry) -> Option<Standing> {
        let Fact::RecommendationPublished {
            title,
            text,
            audience,
            responsible,
            response_due_on,
            target_on,
            translations,
        } = &entry.fact
        else {
            return None;
        };
        Some(Standing {
            title: title.clone(),
            text: text.clone(),
            translations: translations.clone(),
            audience: audience.clone(),
            responsible: responsible.clone(),
            published_on: entry.on,
            published_seq: entry.seq,
            response_due_on: *response_due_on,
            response: Response::Awaiting,
            response_since: entry.on,
            response_last_on: None,
            response_seq: None,
            response_words: None,
            progress: Progress::NotStarted,
            progress_since: entry.on,
            progress_last_on: None,
            progress_seq: None,
            progress_words: None,
            outcome: None,
            target_on: *target_on,
            target_last_on: None,
            target_seq: None,
            promises: Vec::new(),
            review: None,
            last_act_on: entry.on,
            noticed_overdue: BTreeSet::new(),
            noticed_review: BTreeSet::new(),
            noticed_stale: BTreeSet::new(),
            noticed_quiet: BTreeSet::new(),
            last_seq: entry.seq,
        })
    }

    /// Takes in the next entry of this recommendation.
    pub fn apply(&mut self, entry: &Entry) {
        self.last_seq = entry.seq;
        if !entry.fact.is_silence() && entry.fact.is_news() {
            self.last_act_on = self.last_act_on.max(entry.on);
        }
        match &entry.fact {
            Fact::RecommendationChanged { fields } => self.change(fields),
            Fact::Response { response, explanation, .. } => {
                self.respond(entry, *response, explanation.as_ref())
            }
            Fact::Progress { progress, explanation, outcome, .. } => {
                self.progress(entry, *progress, explanation.as_ref(), outcome.as_ref());
            }
            Fact::Target { target_on, explanation, .. } => {
                self.target_on = Some(*target_on);
                self.target_last_on = Some(entry.on);
                self.target_seq = Some(entry.seq);
                self.newest_words(explanation.as_ref().map(|words| words.review_on), Axis::Target);
            }
            Fact::Promise { promise, due_on, explanation } => {
                self.newest_words(explanation.as_ref().map(|words| words.review_on), Axis::Promise);
                self.promises.push(Promise {
                    words: promise.clone(),
                    first_due_on: *due_on,
                    due_on: *due_on,
                    kept_on: None,
                    seq: entry.seq,
                    made_on: entry.on,
                    last_on: entry.on,
                    moves: 0,
                    missed: BTreeSet::new(),
                });
            }
            Fact::PromiseMoved { promise, due_on, explanation, .. } => {
                self.newest_words(Some(explanation.review_on), Axis::Promise);
                if let Some(open) = self.open_promise_mut(promise) {
                    open.due_on = *due_on;
                    open.seq = entry.seq;
                    open.last_on = entry.on;
                    open.moves += 1;
                }
            }
            Fact::PromiseKept { promise, .. } => {
                if let Some(open) = self.open_promise_mut(promise) {
                    open.kept_on = Some(entry.on);
                    open.last_on = entry.on;
                }
            }
            Fact::PromiseMissed { promise, due_on } => {
                if let Some(open) = self.open_promise_mut(promise) {
                    open.missed.insert(*due_on);
                }
            }
            Fact::ResponseOverdue { due_on } => {
                self.noticed_overdue.insert(*due_on);
            }
            Fact::ReviewDatePassed { review_on } => {
                self.noticed_review.insert(*review_on);
            }
            Fact::ExplanationStale { of, .. } => {
                self.noticed_stale.insert(*of);
            }
            Fact::GoneQuiet { since, .. } => {
                self.noticed_quiet.insert(*since);
            }
            _ => {}
        }
    }

    fn change(&mut self, fields: &std::collections::BTreeMap<String, String>) {
        for (name, value) in fields {
            let filled = (!value.is_empty()).then(|| value.clone());
            match name.as_str() {
                "title" | "text" => {
                    // What said the same in other languages comes after it, where it does again.
                    self.translations.values_mut().for_each(|words| drop(words.remove(name)));
                    *(if name == "title" { &mut self.title } else { &mut self.text }) = value.clone();
                }
                "audience" => self.audience = filled,
                "responsible" => self.responsible = filled,
                "response_due_on" => self.response_due_on = value.parse().ok(),
                "target_on" => self.target_on = value.parse().ok(),
                name => {
                    if let Some((member @ ("title" | "text"), language)) = name.split_once('_') {
                        let words = self.translations.entry(language.to_owned()).or_default();
                        match filled {
                            Some(filled) => words.insert(member.to_owned(), filled),
                            None => words.remove(member),
                        };
                    }
                }
            }
        }
    }

    fn respond(&mut self, entry: &Entry, response: Response, explanation: Option<&Explanation>) {
        if self.response != response {
            self.response = response;
            self.response_since = entry.on;
            self.response_words = None;
            self.leave(Axis::Response);
        }
        self.response_last_on = Some(entry.on);
        self.response_seq = Some(entry.seq);
        if let Some(words) = explanation {
            self.response_words = Some(Words { said: words.clone(), on: entry.on, seq: entry.seq });
        }
        self.newest_words(explanation.map(|words| words.review_on), Axis::Response);
    }

    fn progress(
        &mut self,
        entry: &Entry,
        progress: Progress,
        explanation: Option<&Explanation>,
        outcome: Option<&Outcome>,
    ) {
        if self.progress != progress {
            self.progress = progress;
            self.progress_since = entry.on;
            self.progress_words = None;
            self.outcome = None;
            self.leave(Axis::Progress);
        }
        self.progress_last_on = Some(entry.on);
        self.progress_seq = Some(entry.seq);
        if let Some(words) = explanation {
            self.progress_words = Some(Words { said: words.clone(), on: entry.on, seq: entry.seq });
        }
        if let Some(words) = outcome {
            self.outcome = Some(Words { said: words.clone(), on: entry.on, seq: entry.seq });
        }
        let review = explanation.map(|words| words.review_on).or(outcome.map(|words| words.review_on));
        self.newest_words(review, Axis::Progress);
        if progress == Progress::Done {
            for promise in self.promises.iter_mut().filter(|promise| promise.is_open()) {
                promise.kept_on = Some(entry.on);
            }
        }
    }

    /// A newer explanation cancels the review dates of older ones; one without a date is final. Why a promise or a target
    /// moved says nothing of the look that was announced for the work or the answer: that one stands unless there is a new
    /// date.
    fn newest_words(&mut self, review_on: Option<Option<NaiveDate>>, axis: Axis) {
        match review_on {
            Some(Some(on)) => self.review = Some(Review { on, axis }),
            Some(None) if matches!(axis, Axis::Response | Axis::Progress) => self.review = None,
            Some(None) => self.leave(axis),
            None => {}
        }
    }

    fn leave(&mut self, axis: Axis) {
        if self.review.as_ref().is_some_and(|review| review.axis == axis) {
            self.review = None;
        }
    }

    pub fn open_promise(&self, words: &str) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.is_open() && promise.words == words)
    }

    fn open_promise_mut(&mut self, words: &str) -> Option<&mut Promise> {
        self.promises.iter_mut().find(|promise| promise.is_open() && promise.words == words)
    }

    /// Work or reply has come to an end that asks for nothing more.
    pub fn is_settled(&self) -> bool {
        self.response == Response::Declined
            || matches!(self.progress, Progress::Done | Progress::Stopped | Progress::Superseded)
    }

    /// The answer is late on `day`.
    pub fn is_overdue(&self, day: NaiveDate) -> bool {
        self.response == Response::Awaiting && self.response_due_on.is_some_and(|due| due < day)
    }

    /// The events whose words are in force now: what somebody is told who joins late.
    pub fn in_force(&self) -> BTreeSet<i64> {
        let mut seqs = BTreeSet::from([self.published_seq]);
        seqs.extend(self.response_seq);
        seqs.extend(self.response_words.as_ref().map(|words| words.seq));
        seqs.extend(self.progress_seq);
        seqs.extend(self.progress_words.as_ref().map(|words| words.seq));
        seqs.extend(self.outcome.as_ref().map(|words| words.seq));
        seqs.extend(self.target_seq);
        seqs.extend(self.promises.iter().filter(|promise| promise.is_open()).map(|promise| promise.seq));
        seqs
    }
}
