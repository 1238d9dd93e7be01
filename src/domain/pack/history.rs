//! The sheet `history`: what was answered, done, promised and said, day by day. Here every row is checked for itself;
//! whether one may follow the other is decided where they are replayed.

use chrono::NaiveDate;

use super::cells::Cells;
use super::notes::Notes;
use super::rows::HistoryRow;
use super::sheets::Sheet;
use super::{Column, Content, Row, cell, table, values};
use crate::domain::words::{HistoryKind, InOurControl, Progress, Reason, Response};

/// Characters of a promise.
pub const MAX_PROMISE: usize = 300;
pub const MAX_DECIDED_BY: usize = 300;
pub const MAX_NOTICED_BY: usize = 1000;

/// The columns whose words may stand in other languages too.
fn translated() -> impl Iterator<Item = &'static Column> {
    Sheet::History.columns().iter().filter(|column| column.translated)
}

/// Words in another language as somebody gives them outside of a sheet, by the same rules: the tag of the language, the name
/// of the column, and the words.
///
/// # Errors
/// Says what was expected.
pub fn translation(
    language: &str,
    column: &str,
    words: &str,
) -> Result<(String, &'static str, String), String> {
    let language = values::language(language)?;
    let name = column.trim().to_lowercase().replace([' ', '-'], "_");
    let column = translated().find(|known| known.name == name).ok_or_else(|| {
        let names: Vec<&str> = translated().map(|column| column.name).collect();
        format!("expected one of {}", names.join(", "))
    })?;
    let words = cell::clean(words, column.long)?.text;
    if words.is_empty() {
        return Err("expected some words".to_owned());
    }
    Ok((language, column.name, words))
}

/// Said of a column that has words in another language and none in the project's.
pub const ALONE: &str = "expected the words in the project's language: they stand there in another one only";

pub(super) fn history(notes: &mut Notes, content: Content<'_>) -> Vec<Row<HistoryRow>> {
    table::rows(notes, Sheet::History, Sheet::History.columns(), content, row)
}

fn row(cells: &mut Cells<'_>) -> Option<HistoryRow> {
    cells.need("recommendation", "the ref of a recommendation");
    cells.need("on", "a date such as 2025-03-31");
    cells.need("kind", &format!("one of {}", HistoryKind::codes()));
    let recommendation = cells.reference("recommendation", Sheet::Recommendations);
    let on = cells.date("on");
    let kind = cells.word("kind", HistoryKind::read, HistoryKind::codes);
    let value = kind.and_then(|kind| value(cells, kind));
    let reason = cells.word("reason", Reason::read, Reason::codes);
    let decided_by = cells.short("decided_by", MAX_DECIDED_BY);
    let in_our_control = cells.word("in_our_control", InOurControl::read, InOurControl::codes);
    let review_on = not_before(cells, "review_on", on);
    let due_on = not_before(cells, "due_on", on);
    let noticed_by = cells.short("noticed_by", MAX_NOTICED_BY);
    let evidence_url = cells.parsed("evidence_url", values::link);
    for column in cells.translated_alone() {
        cells.error(column, ALONE);
    }
    if let Some(kind) = kind {
        demand(cells, kind, value.as_deref());
    }
    if reason == Some(Reason::Other) {
        cells.need("explanation", "words for the reason `other`");
    }

    let Some(recommendation) = recommendation else {
        cells.notes.spoiled_any = true;
        return None;
    };
    let (Some(on), Some(kind), Some(value)) = (on, kind, value) else {
        cells.notes.spoiled.insert(recommendation.to_string());
        return None;
    };
    let key = [&*recommendation, &on.to_string(), &kind.to_string(), &value];
    cells.notes.once(cells.place("value"), cells.row, &key, "this recommendation, day, kind and value");
    Some(HistoryRow {
        recommendation: recommendation.to_string(),
        on,
        kind,
        value,
        reason,
        explanation: cells.text("explanation"),
        tried: cells.text("tried"),
        decided_by,
        unblock: cells.text("unblock"),
        in_our_control,
        review_on,
        due_on,
        noticed_by,
        evidence_url,
        translations: cells.translations(),
    })
}

fn not_before(cells: &mut Cells<'_>, column: &'static str, on: Option<NaiveDate>) -> Option<NaiveDate> {
    let date = cells.date(column);
    if date.zip(on).is_some_and(|(date, on)| date < on) {
        cells.error(column, "expected a day that is not before `on`");
    }
    date
}

fn value(cells: &mut Cells<'_>, kind: HistoryKind) -> Option<String> {
    let expected = expected(kind);
    cells.need("value", &expected);
    match kind {
        HistoryKind::Response => cells.parsed("value", |text| match Response::read(text) {
            Some(Response::Awaiting) | None => Err(format!("expected {expected}")),
            Some(response) => Ok(response.to_string()),
        }),
        HistoryKind::Progress => cells.parsed("value", |text| match Progress::read(text) {
            Some(Progress::NotStarted) | None => Err(format!("expected {expected}")),
            Some(progress) => Ok(progress.to_string()),
        }),
        HistoryKind::Promise | HistoryKind::PromiseKept | HistoryKind::PromiseMoved => {
            cells.short("value", MAX_PROMISE)
        }
        HistoryKind::Target => cells.date("value").map(|date| date.to_string()),
        HistoryKind::Note => cells.text("value"),
    }
}

fn expected(kind: HistoryKind) -> String {
    fn all_but<W: Copy + PartialEq + std::fmt::Display>(all: &[W], but: W) -> String {
        let codes: Vec<String> = all.iter().filter(|word| **word != but).map(W::to_string).collect();
        format!("one of {}", codes.join(", "))
    }
    match kind {
        HistoryKind::Response => all_but(Response::ALL, Response::Awaiting),
        HistoryKind::Progress => all_but(Progress::ALL, Progress::NotStarted),
        HistoryKind::Promise => "what is promised".to_owned(),
        HistoryKind::PromiseKept => "the words of the promise that was kept".to_owned(),
        HistoryKind::PromiseMoved => "the words of the promise that was moved".to_owned(),
        HistoryKind::Target => "the target as a date such as 2025-03-31".to_owned(),
        HistoryKind::Note => "the words of the note".to_owned(),
    }
}

/// What a row must say besides its value. What depends on the rows before it (a reopening, a later target) is demanded
/// where they are replayed.
fn demand(cells: &mut Cells<'_>, kind: HistoryKind, value: Option<&str>) {
    let progress = value.filter(|_| kind == HistoryKind::Progress).and_then(Progress::parse);
    let response = value.filter(|_| kind == HistoryKind::Response).and_then(Response::parse);
    match (response, progress) {
        (Some(Response::AcceptedInPart | Response::Declined), _)
        | (_, Some(Progress::Stalled | Progress::Stopped | Progress::Superseded)) => {
            let value = value.unwrap_or_default();
            cells.need("reason", &format!("a reason, because it is {value}: one of {}", Reason::codes()));
            cells.need("explanation", &format!("an explanation in plain words, because it is {value}"));
        }
        (_, Some(Progress::Done | Progress::DoneInPart)) => {
            cells.need("explanation", "the outcome: what changed, in plain words");
        }
        _ => {}
    }
    if progress == Some(Progress::Stalled) {
        cells.need("review_on", "the date of the next look, because it is stalled");
    }
    match kind {
        HistoryKind::Promise => cells.need("due_on", "the day by which it is promised"),
        HistoryKind::PromiseMoved => {
            cells.need("due_on", "the new day of the promise");
            cells.need("explanation", "an explanation in plain words, because a promise is moved");
        }
        _ if !cells.is_empty("due_on") => {
            cells.warn("due_on", "this day is not used: only promise and promise_moved have one");
        }
        _ => {}
    }
}
