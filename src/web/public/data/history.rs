//! The history as a table: one row for each event under a recommendation that says something to people.

use super::table::{Cell, Kind, Row, Table, may, must};
use super::tables::{progress, reasons, responses};
use crate::domain::event::{Entry, Explanation, Fact, Outcome, PROJECT};
use crate::domain::record::stamp;
use crate::domain::words::{InOurControl, Progress, Reason};
use crate::web::public::telling::is_web;

/// Every kind of event that can have a row here.
fn kinds() -> Vec<&'static str> {
    vec![
        "recommendation_published",
        "recommendation_changed",
        "response",
        "progress",
        "target",
        "promise",
        "promise_moved",
        "promise_kept",
        "promise_missed",
        "response_overdue",
        "review_date_passed",
        "explanation_stale",
        "gone_quiet",
        "note",
        "correction",
        "redaction",
    ]
}

fn states() -> Vec<&'static str> {
    let mut states = responses();
    states.extend(progress());
    states
}

fn controls() -> Vec<&'static str> {
    InOurControl::ALL.iter().map(|word| word.code()).collect()
}

pub const HISTORY: Table = Table {
    name: "history",
    columns: &[
        must("seq", Kind::Whole),
        must("at", Kind::Time),
        must("on", Kind::Date),
        must("ref", Kind::Text),
        must("kind", Kind::Code(kinds)),
        must("by_the_clock", Kind::YesNo),
        may("state", Kind::Code(states)),
        may("state_before", Kind::Code(progress)),
        may("reason", Kind::Code(reasons)),
        may("words", Kind::Text),
        may("tried", Kind::Text),
        may("decided_by", Kind::Text),
        may("unblock", Kind::Text),
        may("in_our_control", Kind::Code(controls)),
        may("noticed_by", Kind::Text),
        may("promise", Kind::Text),
        may("date", Kind::Date),
        may("date_before", Kind::Date),
        may("review_on", Kind::Date),
        may("evidence_url", Kind::Text),
        may("about_event", Kind::Whole),
        may("corrected_by", Kind::Whole),
        must("redacted", Kind::YesNo),
    ],
    key: &["seq"],
    of_recommendation: true,
};

/// What differs between kinds of events.
#[derive(Default)]
struct Said {
    state: Option<&'static str>,
    before: Option<&'static str>,
    words: Option<String>,
    promise: Option<String>,
    date: Option<chrono::NaiveDate>,
    date_before: Option<chrono::NaiveDate>,
    decided_by: Option<String>,
    evidence_url: Option<String>,
    about: Option<i64>,
    outcome: Option<Outcome>,
}

/// `None` for what stands behind other words and for what is said of the whole project.
pub fn row(entry: &Entry, at: chrono::DateTime<chrono::Utc>) -> Option<Row> {
    if entry.subject == PROJECT || !entry.fact.is_news() {
        return None;
    }
    let (kind, _) = entry.fact.parts();
    let said = said(&entry.fact);
    let none = Explanation::default();
    let why = entry.fact.explanation();
    let (has_why, why) = (why.is_some(), why.unwrap_or(&none));
    let none = Outcome::default();
    let (has_outcome, outcome) = (said.outcome.is_some(), said.outcome.as_ref().unwrap_or(&none));
    let first = |one: &Option<String>, other: &Option<String>| one.clone().or_else(|| other.clone());
    let words = said
        .words
        .or_else(|| has_why.then(|| why.what_happened.clone()))
        .or_else(|| has_outcome.then(|| outcome.what_changed.clone()));
    let url = first(&said.evidence_url, &outcome.evidence_url).filter(|url| is_web(url));
    Some(vec![
        entry.seq.into(),
        stamp(at).into(),
        entry.on.into(),
        entry.subject.as_str().into(),
        kind.into(),
        entry.fact.is_silence().into(),
        said.state.into(),
        said.before.into(),
        why.reason.map(Reason::code).into(),
        words.into(),
        why.tried.clone().into(),
        said.decided_by.or_else(|| first(&why.decided_by, &outcome.decided_by)).into(),
        first(&why.unblock, &outcome.unblock).into(),
        why.in_our_control.or(outcome.in_our_control).map(InOurControl::code).into(),
        outcome.noticed_by.clone().into(),
        said.promise.into(),
        said.date.into(),
        said.date_before.into(),
        why.review_on.or(outcome.review_on).into(),
        url.into(),
        said.about.into(),
        Cell::from(entry.corrected_by),
        entry.redacted.into(),
    ])
}

fn said(fact: &Fact) -> Said {
    let none = Said::default;
    match fact {
        Fact::RecommendationPublished { text, responsible: _, response_due_on, .. } => {
            Said { words: Some(text.clone()), date: *response_due_on, ..none() }
        }
        Fact::RecommendationChanged { fields } => {
            let read: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            Said { words: Some(read.join("; ")), ..none() }
        }
        Fact::Response { response, decided_by, .. } => {
            Said { state: Some(response.code()), decided_by: decided_by.clone(), ..none() }
        }
        Fact::Progress { progress, from, outcome, .. } => Said {
            state: Some(Progress::code(*progress)),
            before: Some(from.code()),
            outcome: outcome.clone(),
            ..none()
        },
        Fact::Target { target_on, from, .. } => Said { date: Some(*target_on), date_before: *from, ..none() },
        Fact::Promise { promise, due_on, .. } | Fact::PromiseMissed { promise, due_on } => {
            Said { promise: Some(promise.clone()), date: Some(*due_on), ..none() }
        }
        Fact::PromiseMoved { promise, due_on, from, .. } => {
            Said { promise: Some(promise.clone()), date: Some(*due_on), date_before: Some(*from), ..none() }
        }
        Fact::PromiseKept { promise, evidence_url } => {
            Said { promise: Some(promise.clone()), evidence_url: evidence_url.clone(), ..none() }
        }
        Fact::ResponseOverdue { due_on } => Said { date: Some(*due_on), ..none() },
        Fact::ReviewDatePassed { review_on } => Said { date: Some(*review_on), ..none() },
        Fact::ExplanationStale { of, .. } => Said { about: Some(*of), ..none() },
        Fact::GoneQuiet { since, .. } => Said { date: Some(*since), ..none() },
        Fact::Note { words } => Said { words: Some(words.clone()), ..none() },
        Fact::Correction { corrects, .. } => Said { about: Some(*corrects), ..none() },
        Fact::Redaction { redacts, why, .. } => {
            Said { words: Some(why.clone()), about: Some(*redacts), ..none() }
        }
        _ => none(),
    }
}
