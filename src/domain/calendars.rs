//! Quiet calendars: the days of feasts and fasts, known by a name. The days themselves are data, in files of TOML; here
//! is how such a file is read and when its days hold a message back. docs/operating.md describes a file.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::quiet;

/// A calendar that is quiet on more days of a year would be a pause, which is another act and can be seen by everyone.
pub const MAX_DAYS_A_YEAR: i64 = 180;

const MAX_NAME: usize = 60;

/// The calendars that people and projects can name. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Calendars(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    by_key: BTreeMap<String, Calendar>,
    /// Other spellings, to the key that they stand for.
    others: BTreeMap<String, String>,
    unreadable: Vec<Unreadable>,
}

/// One calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    name: String,
    /// By their first day.
    spans: Vec<Span>,
    known_until: NaiveDate,
}

/// Whole days, both inclusive, and the evening before from this minute of it on.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: NaiveDate,
    last: NaiveDate,
    eve: Option<u32>,
}

/// A file that is not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub file: String,
    pub line: Option<usize>,
    pub why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.why),
            None => write!(f, "{}: {}", self.file, self.why),
        }
    }
}

/// A file by its name: its text, or why that cannot be had.
pub type Source = (String, Result<String, String>);

impl Calendars {
    /// From the files of several folders. A file takes the place of one of the same calendar in a folder before; where it
    /// cannot be used, the one before stays.
    pub fn read(folders: impl IntoIterator<Item = Vec<Source>>) -> Self {
        let mut known = Known::default();
        let mut stacks: BTreeMap<String, Vec<(String, Written)>> = BTreeMap::new();
        for folder in folders {
            let mut here = BTreeMap::new();
            for (file, text) in folder {
                let read = match text {
                    Ok(text) => Written::read(&text),
                    Err(why) => Err(Fault { line: None, why }),
                };
                match read {
                    Ok(written) => {
                        let key = key_of(&written.name);
                        if let Some(other) = here.insert(key.clone(), file.clone()) {
                            let why = format!("{other} is about the same calendar and is used");
                            known.unreadable.push(Unreadable { file, line: None, why });
                            here.insert(key, other);
                        } else {
                            stacks.entry(key).or_default().push((file, written));
                        }
                    }
                    Err(Fault { line, why }) => known.unreadable.push(Unreadable { file, line, why }),
                }
            }
        }
        for (key, stack) in &stacks {
            for (file, written) in stack.iter().rev() {
                match written.spans(&stacks) {
                    Ok(spans) => {
                        let others = written.also.iter().map(|also| (key_of(also), key.clone()));
                        known.others.extend(others);
                        known.by_key.insert(key.clone(), Calendar::new(&written.name, spans));
                        break;
                    }
                    Err(Fault { line, why }) => {
                        known.unreadable.push(Unreadable { file: file.clone(), line, why });
                    }
                }
            }
        }
        Calendars(Arc::new(known))
    }

    /// By a name as people write it: capitals, blanks and hyphens do not matter.
    pub fn find(&self, name: &str) -> Option<&Calendar> {
        let key = key_of(name);
        self.0.by_key.get(&key).or_else(|| self.0.by_key.get(self.0.others.get(&key)?))
    }

    /// In the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Calendar> {
        self.0.by_key.values()
    }

    /// For those who are told what they can name.
    pub fn names(&self) -> String {
        self.iter().map(Calendar::name).collect::<Vec<_>>().join(", ")
    }

    /// The names of those that know nothing of this day any more.
    pub fn run_out_by(&self, day: NaiveDate) -> Vec<&str> {
        self.iter().filter(|calendar| calendar.known_until < day).map(Calendar::name).collect()
    }

    /// Files that are not used.
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.0.unreadable
    }
}

impl Calendar {
    fn new(name: &str, mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(|span| span.first);
        let known_until = spans.iter().map(|span| span.last.max(end_of_year(span.first))).max();
        Calendar { name: name.to_owned(), known_until: known_until.unwrap_or(NaiveDate::MIN), spans }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The last day of which it is known whether it is quiet: the end of the last year that has dates, or of the last of
    /// its days where they run on into the next.
    pub fn known_until(&self) -> NaiveDate {
        self.known_until
    }

    /// The next midnight, where `moment` of the local wall clock is quiet.
    pub fn quiet_until(&self, moment: NaiveDateTime) -> Option<NaiveDateTime> {
        let tomorrow = moment.date().succ_opt()?;
        self.spans.iter().any(|span| span.holds(moment)).then(|| tomorrow.and_hms_opt(0, 0, 0))?
    }

    /// How many days of any year it is quiet at most.
    pub fn most_days_in_a_year(&self) -> i64 {
        most_days_in_a_year(&self.spans)
    }
}

impl Span {
    fn holds(&self, moment: NaiveDateTime) -> bool {
        let day = moment.date();
        let evening =
            |eve: u32| day.succ_opt() == Some(self.first) && moment.num_seconds_from_midnight() >= eve * 60;
        (self.first <= day && day <= self.last) || self.eve.is_some_and(evening)
    }

    fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1 + i64::from(self.eve.is_some())
    }
}

fn end_of_year(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day)
}

fn most_days_in_a_year(spans: &[Span]) -> i64 {
    let from = |start: NaiveDate| -> i64 {
        let end = start.checked_add_days(Days::new(366)).unwrap_or(NaiveDate::MAX);
        spans.iter().filter(|span| start <= span.first && span.first < end).map(Span::days).sum()
    };
    spans.iter().map(|span| from(span.first)).max().unwrap_or(0)
}

/// What names are compared by.
fn key_of(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text can be the name of a calendar at all.
pub fn is_name(text: &str) -> bool {
    let fits = |c: char| !c.is_control() && !c.is_numeric() && !";,:=.".contains(c);
    text.chars().count() <= MAX_NAME && text.chars().all(fits) && !key_of(text).is_empty()
}

/// A file that could be understood.
struct Written {
    name: String,
    also: Vec<String>,
    content: Content,
}

enum Content {
    Days(Vec<Span>),
    /// Names of other calendars, and the lines on which they stand.
    Of(Vec<(String, usize)>),
}

struct Fault {
    line: Option<usize>,
    why: String,
}

/// The keys of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    name: Spanned<String>,
    #[serde(default)]
    also: Vec<Spanned<String>>,
    source: Spanned<String>,
    eve: Option<Spanned<String>>,
    #[serde(default)]
    days: Vec<DaysKeys>,
    of: Option<Spanned<Vec<Spanned<String>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DaysKeys {
    first: Spanned<Datetime>,
    last: Option<Spanned<Datetime>>,
}

impl Written {
    fn read(text: &str) -> Result<Self, Fault> {
        let line = |place: Range<usize>| {
            text.get(..place.start).map_or(1, |before| before.matches('\n').count() + 1)
        };
        let fault = |place: Range<usize>, why: &str| Fault { line: Some(line(place)), why: why.to_owned() };
        let keys: Keys = toml::from_str(text).map_err(|error| Fault {
            line: error.span().map(line),
            why: error.message().lines().next().unwrap_or_default().to_owned(),
        })?;
        for name in std::iter::once(&keys.name).chain(&keys.also) {
            let text = name.get_ref();
            if !is_name(text) || quiet::reads_as_week(text) {
                return Err(fault(
                    name.span(),
                    "expected a name without digits, commas and dots, which is no day of the week",
                ));
            }
        }
        if keys.source.get_ref().trim().is_empty() {
            return Err(fault(keys.source.span(), "expected where the dates are from"));
        }
        let eve = match &keys.eve {
            None => None,
            Some(eve) => Some(quiet::minute_of_day(eve.get_ref()).ok_or_else(|| {
                fault(
                    eve.span(),
                    "expected the time of day from which the evening before is quiet, such as 15:00",
                )
            })?),
        };
        let content = match keys.of {
            Some(of) if !keys.days.is_empty() || eve.is_some() => {
                return Err(fault(of.span(), "expected either days or other calendars"));
            }
            Some(of) => {
                let names = of.into_inner().into_iter();
                Content::Of(names.map(|name| (name.get_ref().clone(), line(name.span()))).collect())
            }
            None => Content::Days(days(&keys.days, eve, &fault)?),
        };
        let also = keys.also.into_iter().map(|also| also.get_ref().trim().to_owned()).collect();
        Ok(Written { name: keys.name.get_ref().trim().to_owned(), also, content })
    }

    fn spans(&self, stacks: &BTreeMap<String, Vec<(String, Written)>>) -> Result<Vec<Span>, Fault> {
        let names = match &self.content {
            Content::Days(spans) => return Ok(spans.clone()),
            Content::Of(names) => names,
        };
        let mut found = Vec::new();
        for (name, line) in names {
            let stack = stacks.get(&key_of(name)).map_or(&[][..], Vec::as_slice);
            let spans = stack.iter().rev().find_map(|(_, written)| match &written.content {
                Content::Days(spans) => Some(spans),
                Content::Of(_) => None,
            });
            found.extend(spans.ok_or_else(|| Fault {
                line: Some(*line),
                why: "there is no calendar of this name that has days".to_owned(),
            })?);
        }
        Ok(found)
    }
}

fn days(
    written: &[DaysKeys],
    eve: Option<u32>,
    fault: &impl Fn(Range<usize>, &str) -> Fault,
) -> Result<Vec<Span>, Fault> {
    let mut spans: Vec<Span> = Vec::new();
    let date = |place: &Spanned<Datetime>| {
        date_of(place.get_ref()).ok_or_else(|| {
            fault(place.span(), "expected a date without a time, from 1900 to 2200, such as 2026-02-18")
        })
    };
    for days in written {
        let first = date(&days.first)?;
        let last = days.last.as_ref().map(date).transpose()?.unwrap_or(first);
        if last < first {
            return Err(fault(days.first.span(), "expected the last day not to lie before the first"));
        }
        if spans.last().is_some_and(|before| first <= before.last) {
            return Err(fault(days.first.span(), "expected these days to lie after the ones before them"));
        }
        spans.push(Span { first, last, eve });
        if most_days_in_a_year(&spans) > MAX_DAYS_A_YEAR {
            return Err(fault(
                days.first.span(),
                &format!("expected at most {MAX_DAYS_A_YEAR} days in a year; a longer silence is a pause"),
            ));
        }
    }
    if spans.is_empty() {
        return Err(Fault { line: None, why: "expected days, or the names of other calendars".to_owned() });
    }
    Ok(spans)
}

fn date_of(written: &Datetime) -> Option<NaiveDate> {
    let day = written.date.filter(|_| written.time.is_none() && written.offset.is_none())?;
    (1900..=2200)
        .contains(&day.year)
        .then(|| NaiveDate::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day)))?
}

#[cfg(test)]
#[path = "calendars_tests.rs"]
mod tests;
