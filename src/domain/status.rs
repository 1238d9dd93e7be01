//! What may follow what, and what each step demands: the table of PRODUCT.md, and the one function that turns what a
//! person wants to record into a fact.

use chrono::NaiveDate;

use super::event::{Explanation, Fact, Outcome};
use super::history::Act;
use super::standing::Standing;
use super::translations::Translations;
use super::words::{HistoryKind, Progress, Reason, Response, has_words};

/// What a step from one state to another is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Another state.
    Change,
    /// The same state with new words; no transition.
    Renewal,
    /// From done back to in progress.
    Reopening,
    Forbidden,
}

/// What has to be said with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    Nothing,
    /// Why, in plain words.
    Words,
    /// As `Words`, with a reason.
    Explanation,
    /// As `Explanation`, and when it is looked at again.
    ExplanationAndReview,
    /// What changed.
    Outcome,
}

pub fn progress_step(from: Progress, to: Progress) -> Step {
    use Progress::*;
    if from == to {
        return if from == NotStarted { Step::Forbidden } else { Step::Renewal };
    }
    match (from, to) {
        (_, NotStarted) => Step::Forbidden,
        (NotStarted | Planned | InProgress | Stalled, _) => Step::Change,
        (DoneInPart, InProgress | Stalled | Done | Stopped | Superseded) => Step::Change,
        (Done, InProgress) => Step::Reopening,
        _ => Step::Forbidden,
    }
}

pub fn progress_demand(from: Progress, to: Progress) -> Demand {
    match to {
        Progress::Stalled => Demand::ExplanationAndReview,
        Progress::Stopped | Progress::Superseded => Demand::Explanation,
        Progress::Done | Progress::DoneInPart => Demand::Outcome,
        _ if from == to || progress_step(from, to) == Step::Reopening => Demand::Words,
        _ => Demand::Nothing,
    }
}

pub fn response_step(from: Response, to: Response) -> Step {
    match (from, to) {
        (_, Response::Awaiting) => Step::Forbidden,
        (from, to) if from == to => Step::Renewal,
        _ => Step::Change,
    }
}

pub fn response_demand(from: Response, to: Response) -> Demand {
    match to {
        Response::AcceptedInPart | Response::Declined => Demand::Explanation,
        // A response that was given may change later, but not without a word.
        _ if from != Response::Awaiting => Demand::Words,
        _ => Demand::Nothing,
    }
}

/// Why an act is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something is missing or wrong in this field.
    Invalid { field: &'static str, why: String },
    /// It cannot follow what the record says.
    Conflict { field: &'static str, why: String },
}

impl Refusal {
    pub fn field(&self) -> &'static str {
        match self {
            Refusal::Invalid { field, .. } | Refusal::Conflict { field, .. } => field,
        }
    }

    pub fn why(&self) -> &str {
        match self {
            Refusal::Invalid { why, .. } | Refusal::Conflict { why, .. } => why,
        }
    }
}

fn invalid(field: &'static str, why: impl Into<String>) -> Refusal {
    Refusal::Invalid { field, why: why.into() }
}

fn conflict(field: &'static str, why: impl Into<String>) -> Refusal {
    Refusal::Conflict { field, why: why.into() }
}

/// Turns an act into the fact to be recorded, or says why not.
pub fn decide(standing: &Standing, act: &Act) -> Result<Fact, Refusal> {
    if act.on < standing.published_on {
        let published = standing.published_on;
        return Err(conflict(
            "on",
            format!("the recommendation was published on {published}, after this date"),
        ));
    }
    match act.kind {
        HistoryKind::Response => decide_response(standing, act),
        HistoryKind::Progress => decide_progress(standing, act),
        HistoryKind::Target => decide_target(standing, act),
        HistoryKind::Promise => decide_promise(standing, act),
        HistoryKind::PromiseMoved => decide_move(standing, act),
        HistoryKind::PromiseKept => {
            let open = open(standing, act)?;
            not_older(act.on, Some(open.last_on), "this promise")?;
            Ok(Fact::PromiseKept { promise: open.words.clone(), evidence_url: act.evidence_url.clone() })
        }
        HistoryKind::Note => Ok(Fact::Note { words: act.value.clone() }),
    }
}

fn decide_response(standing: &Standing, act: &Act) -> Result<Fact, Refusal> {
    let Some(to) = Response::parse(&act.value) else {
        return Err(invalid("value", format!("expected one of {}", Response::codes())));
    };
    if response_step(standing.response, to) == Step::Forbidden {
        return Err(conflict("value", format!("a response cannot go from {} to {to}", standing.response)));
    }
    not_older(act.on, standing.response_last_on, "the response")?;
    let demand = response_demand(standing.response, to);
    let explanation = explanation(act, demand)?;
    Ok(Fact::Response { response: to, decided_by: decided_by(act, explanation.as_ref()), explanation })
}

/// Who decided, unless the explanation says it already.
pub fn decided_by(act: &Act, explanation: Option<&Explanation>) -> Option<String> {
    act.decided_by.clone().filter(|_| explanation.is_none())
}

fn decide_progress(standing: &Standing, act: &Act) -> Result<Fact, Refusal> {
    let Some(to) = Progress::parse(&act.value) else {
        return Err(invalid("value", format!("expected one of {}", Progress::codes())));
    };
    let from = standing.progress;
    if progress_step(from, to) == Step::Forbidden {
        let why = match from {
            Progress::Stopped | Progress::Superseded => format!("{from} is final"),
            _ => format!("progress cannot go from {from} to {to}"),
        };
        return Err(conflict("value", why));
    }
    not_older(act.on, standing.progress_last_on, "progress")?;
    let demand = progress_demand(from, to);
    match demand {
        Demand::Outcome => {
            let outcome = Some(outcome_of(act)?);
            Ok(Fact::Progress { progress: to, from, explanation: None, outcome })
        }
        _ => Ok(Fact::Progress { progress: to, from, explanation: explanation(act, demand)?, outcome: None }),
    }
}

fn decide_target(standing: &Standing, act: &Act) -> Result<Fact, Refusal> {
    let Ok(target_on) = act.value.parse::<NaiveDate>() else {
        return Err(invalid("value", "expected a date such as 2026-01-31"));
    };
    not_older(act.on, standing.target_last_on, "the target date")?;
    let later = standing.target_on.is_some_and(|current| target_on > current);
    let same = standing.target_on == Some(target_on);
    let demand = if later || same { Demand::Words } else { Demand::Nothing };
    Ok(Fact::Target { target_on, from: standing.target_on, explanation: explanation(act, demand)? })
}

fn decide_promise(standing: &Standing, act: &Act) -> Result<Fact, Refusal> {
    let due_on =
        act.due_on.ok_or_else(|| invalid("due_on", "a promise needs the date by which it will be kept"))?;
    if due_on < act.on {
        return Err(invalid("due_on", "a promise cannot be due before the day on which it was made"));
    }
    if standing.open_promise(&act.value).is_some() {
        return Err(conflict("value", "the same promise is open already; move it with promise_moved"));
    }
    Ok(Fact::Promise { promise: act.value.clone(), due_on, explanation: explanation(act, Demand::Nothing)? })
}

fn decide_move(standing: &Standing, act: &Act) -> Result<Fact, Refusal> {
    let due_on = act.due_on.ok_or_else(|| invalid("due_on", "a moved promise needs its new date"))?;
    let open = open(standing, act)?;
    not_older(act.on, Some(open.last_on), "this promise")?;
    if due_on == open.due_on {
        return Err(invalid("due_on", format!("the promise is due on {due_on} already")));
    }
    let Some(explanation) = explanation(act, Demand::Words)? else {
        return Err(invalid("explanation", "expected why the promise was moved"));
    };
    Ok(Fact::PromiseMoved { promise: open.words.clone(), due_on, from: open.due_on, explanation })
}

fn open<'a>(standing: &'a Standing, act: &Act) -> Result<&'a super::standing::Promise, Refusal> {
    standing.open_promise(&act.value).ok_or_else(|| {
        conflict("value", "no open promise has these words; repeat the promise exactly as it was made")
    })
}

fn not_older(on: NaiveDate, last: Option<NaiveDate>, axis: &str) -> Result<(), Refusal> {
    match last {
        Some(last) if on < last => Err(conflict(
            "on",
            format!(
                "the record already holds a later event of {axis}, dated {last}; use that date or a later one"
            ),
        )),
        _ => Ok(()),
    }
}

/// The explanation of an act, where it has words. A demanded one must be there and be complete.
fn explanation(act: &Act, demand: Demand) -> Result<Option<Explanation>, Refusal> {
    let demanded = demand != Demand::Nothing;
    let Some(what_happened) = act.explanation.clone().filter(|words| has_words(words)) else {
        return if demanded {
            Err(invalid("explanation", "expected what happened, in plain words"))
        } else if act.reason.is_some()
            || act.tried.is_some()
            || act.unblock.is_some()
            || act.review_on.is_some()
        {
            Err(invalid("explanation", "a reason or a review date needs the words that explain it"))
        } else {
            Ok(None)
        };
    };
    if act.reason.is_none() && matches!(demand, Demand::Explanation | Demand::ExplanationAndReview) {
        return Err(invalid("reason", format!("expected one of {}", Reason::codes())));
    }
    if demand == Demand::ExplanationAndReview && act.review_on.is_none() {
        return Err(invalid("review_on", "what is stalled needs the date when it is looked at again"));
    }
    if act.review_on.is_some_and(|review_on| review_on < act.on) {
        return Err(invalid("review_on", "the next look cannot lie before the event itself"));
    }
    Ok(Some(Explanation {
        reason: act.reason,
        what_happened,
        tried: act.tried.clone(),
        decided_by: act.decided_by.clone(),
        unblock: act.unblock.clone(),
        in_our_control: act.in_our_control,
        review_on: act.review_on,
        translations: translated(act, "what_happened"),
    }))
}

/// The explanation that a correction of an act carries, where it has words.
pub fn words_of(act: &Act, demand: Demand) -> Result<Option<Explanation>, Refusal> {
    explanation(act, demand)
}

/// The words of an act in other languages, by the names that they have in the record. What has no words in the project's
/// own language has none in another.
fn translated(act: &Act, explanation: &str) -> Translations {
    let own = |column: &str| match column {
        "explanation" => act.explanation.is_some(),
        "tried" => act.tried.is_some(),
        "decided_by" => act.decided_by.is_some(),
        "unblock" => act.unblock.is_some(),
        "noticed_by" => act.noticed_by.is_some() && explanation == "what_changed",
        _ => false,
    };
    let mut all = Translations::new();
    for (language, cells) in &act.translations {
        for (column, words) in cells.iter().filter(|(column, _)| own(column)) {
            let member = if column == "explanation" { explanation } else { column };
            all.entry(language.clone()).or_default().insert(member.to_owned(), words.clone());
        }
    }
    all
}

/// The outcome that an act tells.
pub fn outcome_of(act: &Act) -> Result<Outcome, Refusal> {
    let Some(what_changed) = act.explanation.clone().filter(|words| has_words(words)) else {
        return Err(invalid("explanation", "expected the outcome: what changed"));
    };
    if act.review_on.is_some_and(|review_on| review_on < act.on) {
        return Err(invalid("review_on", "the next look cannot lie before the event itself"));
    }
    Ok(Outcome {
        translations: translated(act, "what_changed"),
        what_changed,
        noticed_by: act.noticed_by.clone(),
        evidence_url: act.evidence_url.clone(),
        decided_by: act.decided_by.clone(),
        unblock: act.unblock.clone(),
        in_our_control: act.in_our_control,
        review_on: act.review_on,
    })
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
