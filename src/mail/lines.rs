//! Recommendations and promises in one line each: what was told before and still stands, and what goes on elsewhere
//! in the project. No line holds the words of an explanation.

use chrono::NaiveDate;

use crate::domain::update::{Brief, Due, Line};
use crate::domain::words::{Progress, Response};
use crate::locale::{Voice, Words};

use super::document::{self, plain};

/// A recommendation of which the reader was told before: where it stands, why, and when it is looked at again.
pub fn own(voice: Voice<'_>, line: &Line, day: NaiveDate) -> document::Line {
    let words = voice.words;
    let mut said = standing(words, line);
    match line.review_on {
        Some(review_on) if review_on < day => {
            said.push(words.text("line-look-late", &[("date", words.date(review_on).into())]));
        }
        Some(review_on) => said.push(words.text("line-look", &[("date", words.date(review_on).into())])),
        None => {}
    }
    document::Line::titled(voice, &line.title, said.join(" "))
}

/// A recommendation that rests on others' stories: where it stands, and the reason as its plain words alone.
pub fn elsewhere(voice: Voice<'_>, line: &Line) -> document::Line {
    let words = voice.words;
    let mut said = standing(words, line);
    said.extend(line.briefs.iter().map(|news| brief(words, *news)));
    document::Line::titled(voice, &line.title, said.join(" "))
}

fn brief(words: &Words, brief: Brief) -> String {
    let (key, day) = match brief {
        Brief::Quiet(days) => return words.text("line-quiet", &[("count", days.into())]),
        Brief::Asked(day) => ("brief-asked", Some(day)),
        Brief::Again(day) => ("brief-again", Some(day)),
        Brief::Target(day) => ("brief-target", Some(day)),
        Brief::AnswerDue(day) => ("brief-answer-due", Some(day)),
        Brief::ReviewPassed(day) => ("brief-review", Some(day)),
        Brief::Answer(Response::Awaiting) => ("brief-awaiting", None),
        Brief::Answer(Response::Accepted) => ("brief-accepted", None),
        Brief::Answer(Response::AcceptedInPart) => ("brief-accepted-in-part", None),
        Brief::Answer(Response::Declined) => ("brief-declined", None),
        Brief::Work(Progress::NotStarted) => ("brief-not-started", None),
        Brief::Work(Progress::Planned) => ("brief-planned", None),
        Brief::Work(Progress::InProgress) => ("brief-in-progress", None),
        Brief::Work(Progress::Stalled) => ("brief-stalled", None),
        Brief::Work(Progress::DoneInPart) => ("brief-done-in-part", None),
        Brief::Work(Progress::Done) => ("brief-done", None),
        Brief::Work(Progress::Stopped) => ("brief-stopped", None),
        Brief::Work(Progress::Superseded) => ("brief-superseded", None),
        Brief::PromiseMade => ("brief-promise-made", None),
        Brief::PromiseMoved => ("brief-promise-moved", None),
        Brief::PromiseKept => ("brief-promise-kept", None),
        Brief::PromiseMissed => ("line-missed", None),
        Brief::Reworded => ("brief-reworded", None),
        Brief::Note => ("brief-note", None),
        Brief::Correction => ("brief-correction", None),
        Brief::Redaction => ("brief-redaction", None),
        Brief::ExplanationOld => ("brief-explanation-old", None),
    };
    match day {
        Some(day) => words.text(key, &[("date", words.date(day).into())]),
        None => words.text(key, &[]),
    }
}

/// A promise that is still open, in its own words. The title stands before it unless the message has named it already.
pub fn due(voice: Voice<'_>, due: &Due) -> document::Line {
    let words = voice.words;
    let promise = voice.typed(&plain(&due.promise));
    let date = words.date(due.due_on);
    let said = match due.late_days {
        Some(days) => words.text(
            "due-late",
            &[("promise", promise.into()), ("date", date.into()), ("age", words.age(days).into())],
        ),
        None => words.text("due-open", &[("promise", promise.into()), ("date", date.into())]),
    };
    if due.named { document::Line::new(said) } else { document::Line::titled(voice, &due.title, said) }
}

fn standing(words: &Words, line: &Line) -> Vec<String> {
    let on_reply = line.progress == Progress::NotStarted || line.response == Response::Declined;
    let mut said = vec![if on_reply { reply(words, line) } else { work(words, line) }];
    if let (false, Some(_), Some(due_on)) = (on_reply, line.overdue_days, line.response_due_on) {
        said.push(words.text("line-answer-late", &[("date", words.date(due_on).into())]));
    }
    // A reason belongs to what is held up or refused; elsewhere it would be an excuse for good news.
    let asks_why = if on_reply {
        matches!(line.response, Response::Declined | Response::AcceptedInPart)
    } else {
        matches!(
            line.progress,
            Progress::Stalled | Progress::Stopped | Progress::Superseded | Progress::DoneInPart
        )
    };
    if let Some(reason) = line.reason.filter(|_| asks_why) {
        said.push(words.text("line-reason", &[("reason", words.code("reason", reason.code()).into())]));
    }
    // The news of an answer says the same.
    let answered = line.briefs.iter().any(|brief| matches!(brief, Brief::Answer(_)));
    if !on_reply && line.response == Response::AcceptedInPart && !answered {
        said.push(words.text("brief-accepted-in-part", &[]));
    }
    said
}

fn reply(words: &Words, line: &Line) -> String {
    let since = words.date(line.since);
    match (line.response, line.response_due_on, line.overdue_days) {
        (Response::Awaiting, Some(due_on), Some(days)) => words.text(
            "line-awaiting-late",
            &[("date", words.date(due_on).into()), ("age", words.age(days).into())],
        ),
        (Response::Awaiting, Some(due_on), None) => {
            words.text("line-awaiting-due", &[("date", words.date(due_on).into())])
        }
        (Response::Awaiting, None, _) => words.text("line-awaiting", &[]),
        (Response::Accepted, ..) => words.text("line-accepted", &[("date", since.into())]),
        (Response::AcceptedInPart, ..) => words.text("line-accepted-in-part", &[("date", since.into())]),
        (Response::Declined, ..) => words.text("line-declined", &[("date", since.into())]),
    }
}

fn work(words: &Words, line: &Line) -> String {
    let since = words.date(line.since);
    let key = match line.progress {
        Progress::NotStarted | Progress::Planned => "line-planned",
        Progress::InProgress => "line-in-progress",
        Progress::Stalled if line.days > 0 => {
            let args = [("age", words.age(line.days).into()), ("date", since.into())];
            return words.text("line-stalled", &args);
        }
        Progress::Stalled => "line-stalled-now",
        Progress::DoneInPart => "line-done-in-part",
        Progress::Done => "line-done",
        Progress::Stopped => "line-stopped",
        Progress::Superseded => "line-superseded",
    };
    words.text(key, &[("date", since.into())])
}
