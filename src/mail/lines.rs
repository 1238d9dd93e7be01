//! Recommendations and promises in one line each: what was told before and still stands, and what goes on elsewhere
//! in the project. No line holds the words of an explanation.

use chrono::NaiveDate;

use crate::domain::update::{Due, Line};
use crate::domain::words::{Progress, Response};
use crate::locale::Words;

use super::document::{self, plain};

/// From this many days on an age is told in months.
const MONTHS_FROM: i64 = 60;

/// A recommendation of which the reader was told before: where it stands, why, and when it is looked at again.
pub fn own(words: &Words, line: &Line, day: NaiveDate) -> document::Line {
    let mut said = standing(words, line);
    match line.review_on {
        Some(review_on) if review_on < day => {
            said.push(words.text("line-look-late", &[("date", words.date(review_on).into())]));
        }
        Some(review_on) => said.push(words.text("line-look", &[("date", words.date(review_on).into())])),
        None => {}
    }
    document::Line::titled(&line.title, said.join(" "))
}

/// A recommendation that rests on others' stories: where it stands, and the reason as its plain words alone.
pub fn elsewhere(words: &Words, line: &Line) -> document::Line {
    let mut said = standing(words, line);
    if line.missed {
        said.push(words.text("line-missed", &[]));
    }
    if let Some(days) = line.quiet_days {
        said.push(words.text("line-quiet", &[("count", days.into())]));
    }
    document::Line::titled(&line.title, said.join(" "))
}

/// A promise that is still open, in its own words. The title stands before it unless the message has named it already.
pub fn due(words: &Words, due: &Due, named: bool) -> document::Line {
    let promise = plain(&due.promise);
    let date = words.date(due.due_on);
    let said = match due.late_days {
        Some(days) => words.text(
            "due-late",
            &[("promise", promise.into()), ("date", date.into()), ("age", age(words, days).into())],
        ),
        None => words.text("due-open", &[("promise", promise.into()), ("date", date.into())]),
    };
    if named { document::Line::new(said) } else { document::Line::titled(&due.title, said) }
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
    said
}

fn reply(words: &Words, line: &Line) -> String {
    let since = words.date(line.since);
    match (line.response, line.response_due_on, line.overdue_days) {
        (Response::Awaiting, Some(due_on), Some(days)) => words.text(
            "line-awaiting-late",
            &[("date", words.date(due_on).into()), ("age", age(words, days).into())],
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
            let args = [("age", age(words, line.days).into()), ("date", since.into())];
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

/// "34 days", "about 5 months": exact as long as a person would count.
fn age(words: &Words, days: i64) -> String {
    if days < MONTHS_FROM {
        words.text("age-days", &[("count", days.into())])
    } else {
        // 30.4 days to the month, rounded.
        words.text("age-months", &[("count", ((days * 10 + 152) / 304).into())])
    }
}
