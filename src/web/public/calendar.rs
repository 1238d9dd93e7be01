//! What was promised for a day, as a calendar (RFC 5545): open promises, the next looks in force, answers owed, and dates
//! by which something is to be done.

use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use poem::{Request, Response, handler};
use std::collections::BTreeMap;

use super::feed::{name, readable};
use super::kept::{self, Made};
use super::place::Place;
use super::row::escaped;
use super::telling;
use crate::domain::reading::Read;
use crate::domain::standing::{Axis, Standing};
use crate::domain::words::Response as Answer;
use crate::error::Result;
use crate::locale::Arg;
use crate::store::event;

#[handler]
pub async fn show(place: Place, request: &Request) -> poem::Result<Response> {
    let key = format!("{}/calendar.ics", place.base);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, make(&place)).await
}

/// A day that somebody has to keep.
struct Day<'a> {
    read: &'a Read,
    on: NaiveDate,
    /// Names it within its recommendation, whatever day it is moved to.
    what: String,
    key: &'static str,
    promise: Option<&'a str>,
    /// The event that set it.
    seq: i64,
}

async fn make(place: &Place) -> Result<Made> {
    let row = &place.shown.row;
    let reading = place.reading().await?;
    let days: Vec<Day<'_>> = reading.recommendations.iter().flat_map(days).collect();
    let seqs: Vec<i64> = days.iter().map(|day| day.seq).collect();
    let times = event::times(&place.app.db.reader, row.id, &seqs).await?;
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//hearback//open data//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        // Not `name`, which writes a second property beside this one without escaping it (icalendar 0.17).
        .append_property(Property::new("X-WR-CALNAME", line(&row.title)));
    for day in &days {
        calendar.push(event(place, day, &times));
    }
    Ok(Made::file("text/calendar; charset=utf-8", folded(&calendar.to_string())).modified(place.modified()))
}

fn days(read: &Read) -> Vec<Day<'_>> {
    let it = &read.standing;
    let mut days = Vec::new();
    let mut put = |on, what: String, key, promise, seq| days.push(Day { read, on, what, key, promise, seq });
    for (number, promise) in it.promises.iter().enumerate().filter(|(_, promise)| promise.is_open()) {
        let words = Some(promise.words.as_str());
        put(promise.due_on, format!("promise {number}"), "page-data-day-promise", words, promise.seq);
    }
    if let Some(review) = &it.review {
        put(review.on, "review".to_owned(), "page-data-day-review", None, set_by(it, review.axis));
    }
    if let Some(due) = it.response_due_on.filter(|_| it.response == Answer::Awaiting) {
        put(due, "response".to_owned(), "page-data-day-response", None, it.published_seq);
    }
    if let Some(target) = it.target_on.filter(|_| !it.is_settled()) {
        let seq = it.target_seq.unwrap_or(it.published_seq);
        put(target, "target".to_owned(), "page-data-day-target", None, seq);
    }
    days
}

/// The event whose words set the next look.
fn set_by(it: &Standing, axis: Axis) -> i64 {
    let seq = match axis {
        Axis::Response => it.response_seq,
        Axis::Progress => it.progress_seq,
        Axis::Target => it.target_seq,
        Axis::Promise => it.promises.iter().map(|promise| promise.seq).max(),
    };
    seq.unwrap_or(it.published_seq)
}

fn event(place: &Place, day: &Day<'_>, times: &BTreeMap<i64, DateTime<Utc>>) -> Event {
    let (words, it) = (place.words(), &day.read.standing);
    let (title, _) = telling::title(place.voice(), day.read);
    let reference = day.read.reference.as_str();
    let mut args = vec![("ref", Arg::from(reference)), ("title", title.as_str().into())];
    args.extend(day.promise.map(|promise| ("promise", Arg::from(promise))));
    // An entry is passed on without a thought; the secret of a link must not travel with it.
    let page =
        place.is_public.then(|| place.app.config.url(&format!("{}/r/{}", place.base, escaped(reference))));
    let who = it.responsible.as_deref().unwrap_or_default();
    let about = [title.as_str(), who, page.as_deref().unwrap_or_default()].map(readable);
    let about: Vec<&str> = about.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let id = name(place.shown.row.id, &format!("{reference} {}", day.what));
    let at = times.get(&day.seq).copied().unwrap_or(place.shown.row.created_at.utc());
    let mut event = Event::with_uid(id.trim_start_matches("urn:uuid:"));
    event
        .starts(day.on)
        .timestamp(at)
        .summary(&line(&words.text(day.key, &args)))
        .description(&about.join("\n"))
        .append_property(Property::new("TRANSP", "TRANSPARENT"));
    if let Some(page) = &page {
        event.url(page);
    }
    event
}

/// One line of words, whatever was typed.
fn line(text: &str) -> String {
    readable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of at most 75 octets, the space of a continued one included, which icalendar 0.17 leaves out of its count.
fn folded(text: &str) -> String {
    const MOST: usize = 75;
    let whole = text.replace("\r\n ", "");
    let mut folded = String::with_capacity(text.len());
    for line in whole.split_terminator("\r\n") {
        let mut taken = 0;
        for c in line.chars() {
            if taken + c.len_utf8() > MOST {
                folded.push_str("\r\n ");
                taken = 1;
            }
            folded.push(c);
            taken += c.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_75_octets_and_unfolded_it_is_what_it_was() {
        for letter in ["a", "é", "老", "🌊", "a b"] {
            for count in [1, 70, 74, 75, 76, 148, 149, 150, 151, 400] {
                let line = format!("{}\r\nEND:X\r\n", letter.repeat(count));
                let folded = folded(&line);
                assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded}");
                assert_eq!(folded.replace("\r\n ", ""), line);
            }
        }
    }
}
