//! A recommendation in one line: where it stands, and what is new of it, without the words of any explanation.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::event::{Entry, Fact};
use super::picture::Pictured;
use super::standing::Standing;
use super::update::closes;
use super::words::{Progress, Reason, Response};

/// One piece of news in a line, without the words of any explanation. What the line itself says needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brief {
    Asked(NaiveDate),
    Answer(Response),
    Work(Progress),
    /// The answer or the state of the work was given once more, and is the same.
    Again(NaiveDate),
    PromiseMade,
    PromiseMoved,
    PromiseKept,
    PromiseMissed,
    Target(NaiveDate),
    AnswerDue(NaiveDate),
    Reworded,
    Note,
    Correction,
    Redaction,
    ReviewPassed(NaiveDate),
    ExplanationOld,
    /// For so many days nobody has reported anything, and still nobody has.
    Quiet(i64),
}

/// A recommendation in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub reference: String,
    pub title: String,
    pub responsible: Option<String>,
    pub response: Response,
    pub progress: Progress,
    /// The day since when it has been so, for the axis that the line is about.
    pub since: NaiveDate,
    pub days: i64,
    pub reason: Option<Reason>,
    pub review_on: Option<NaiveDate>,
    pub response_due_on: Option<NaiveDate>,
    pub overdue_days: Option<i64>,
    /// Something happened since the reader was last told.
    pub news: bool,
    /// What that was, in order, as far as the line does not say it by itself.
    pub briefs: Vec<Brief>,
}

/// A recommendation in one line, with everything that is new since the reader was last told, or if they never were (`first`).
pub(super) fn line_since(pictured: &Pictured, day: NaiveDate, told_seq: i64, first: bool) -> Line {
    // A line has no words that are translated.
    let since = || pictured.entries.iter().filter(|entry| entry.seq > told_seq && entry.languages.is_none());
    let mut line = line(pictured, day, since().next().is_some());
    let before = Standing::fold(pictured.entries.iter().filter(|entry| entry.seq <= told_seq));
    for entry in since() {
        if !entry.fact.is_silence() {
            line.briefs.retain(|brief| !matches!(brief, Brief::Quiet(_)));
        }
        if entry.fact.explanation().is_some() {
            line.briefs.retain(|brief| *brief != Brief::ExplanationOld);
        }
        for brief in briefs(pictured, entry, before.as_ref(), told_seq, first) {
            line.briefs.retain(|other| !gives_way(*other, brief));
            line.briefs.push(brief);
        }
    }
    line
}

/// Of two pieces of news of one kind the later one is told; each look that was missed is one of its own.
fn gives_way(earlier: Brief, later: Brief) -> bool {
    match (earlier, later) {
        (Brief::ReviewPassed(earlier), Brief::ReviewPassed(later)) => earlier == later,
        _ => std::mem::discriminant(&earlier) == std::mem::discriminant(&later),
    }
}

/// What an event adds to the line of its recommendation. `before` is how it stood when the reader was last told.
fn briefs(
    pictured: &Pictured,
    entry: &Entry,
    before: Option<&Standing>,
    told_seq: i64,
    first: bool,
) -> Vec<Brief> {
    let standing = &pictured.standing;
    let on_reply = speaks_of_the_reply(standing);
    let brief = match &entry.fact {
        // To a first reader everything is new.
        Fact::RecommendationPublished { .. } => (!first).then_some(Brief::Asked(entry.on)),
        Fact::RecommendationChanged { fields } => return changes(fields),
        Fact::Response { .. } if !on_reply => Some(Brief::Answer(standing.response)),
        Fact::Response { .. } => before
            .filter(|before| {
                (before.response, before.response_since) == (standing.response, standing.response_since)
            })
            .map(|_| Brief::Again(entry.on)),
        Fact::Progress { .. } if on_reply => Some(Brief::Work(standing.progress)),
        Fact::Progress { .. } => {
            let again = before.is_some_and(|before| {
                (before.progress, before.progress_since) == (standing.progress, standing.progress_since)
            });
            let kept = (!closes(pictured, entry).is_empty()).then_some(Brief::PromiseKept);
            return again.then_some(Brief::Again(entry.on)).into_iter().chain(kept).collect();
        }
        Fact::Promise { .. } => Some(Brief::PromiseMade),
        Fact::PromiseMoved { .. } => Some(Brief::PromiseMoved),
        Fact::PromiseKept { .. } => Some(Brief::PromiseKept),
        Fact::PromiseMissed { .. } => Some(Brief::PromiseMissed),
        Fact::Target { target_on, .. } => Some(Brief::Target(*target_on)),
        Fact::Note { .. } => Some(Brief::Note),
        // What is new to the reader comes with the right words at once.
        Fact::Correction { corrects, .. } => (*corrects <= told_seq).then_some(Brief::Correction),
        Fact::Redaction { .. } => Some(Brief::Redaction),
        Fact::ReviewDatePassed { review_on } => Some(Brief::ReviewPassed(*review_on)),
        Fact::ExplanationStale { .. } => Some(Brief::ExplanationOld),
        Fact::GoneQuiet { days, .. } => Some(Brief::Quiet(*days)),
        // The line says by itself that an answer is late; the others concern the project.
        Fact::ResponseOverdue { .. }
        | Fact::ProjectStarted { .. }
        | Fact::ProjectPaused { .. }
        | Fact::ProjectResumed {}
        | Fact::ProjectChanged { .. }
        | Fact::EditionHeld { .. }
        | Fact::EditionReleased { .. }
        | Fact::Learnings { .. }
        | Fact::Figures(_) => None,
    };
    brief.into_iter().collect()
}

fn changes(fields: &BTreeMap<String, String>) -> Vec<Brief> {
    let mut briefs = Vec::new();
    for (name, value) in fields {
        briefs.push(match (name.as_str(), value.parse()) {
            ("target_on", Ok(day)) => Brief::Target(day),
            ("response_due_on", Ok(day)) => Brief::AnswerDue(day),
            _ => Brief::Reworded,
        });
    }
    if briefs.is_empty() {
        briefs.push(Brief::Reworded);
    }
    briefs
}

/// A recommendation in one line, about the axis that says most: how far the work is, or else the reply.
pub fn line(pictured: &Pictured, day: NaiveDate, news: bool) -> Line {
    let standing = &pictured.standing;
    let on_reply = speaks_of_the_reply(standing);
    let since = if on_reply { standing.response_since } else { standing.progress_since };
    let words = if on_reply { &standing.response_words } else { &standing.progress_words };
    Line {
        reference: pictured.reference.clone(),
        title: standing.title.clone(),
        responsible: standing.responsible.clone(),
        response: standing.response,
        progress: standing.progress,
        since,
        days: (day - since).num_days(),
        reason: words.as_ref().and_then(|words| words.said.reason),
        review_on: standing.review.as_ref().map(|review| review.on),
        response_due_on: standing.response_due_on,
        overdue_days: standing
            .response_due_on
            .filter(|_| standing.is_overdue(day))
            .map(|due_on| (day - due_on).num_days()),
        news,
        briefs: Vec::new(),
    }
}

/// A line is about the reply while there is nothing to say about the work.
pub fn speaks_of_the_reply(standing: &Standing) -> bool {
    standing.progress == Progress::NotStarted || standing.response == Response::Declined
}
