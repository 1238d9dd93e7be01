//! The numbers of the plots: where bands, marks and points lie, in percent of the plot's width. The templates draw them,
//! with the same data as a table beside them.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use super::row::{age, escaped};
use super::telling;
use crate::domain::figures::{Of, Share};
use crate::domain::reading::{Read, Taken};
use crate::domain::words::{Progress, Response};
use crate::locale::{Arg, Voice, Words};

/// A stretch of time in one state.
#[derive(Debug, Serialize)]
pub struct Band {
    pub code: &'static str,
    pub words: String,
    pub x: String,
    pub width: String,
    pub from: String,
    /// None while it lasts.
    pub to: Option<String>,
    pub age: String,
}

/// A day on which something was noticed or answered.
#[derive(Debug, Serialize)]
pub struct Mark {
    pub kind: &'static str,
    pub words: String,
    pub x: String,
    pub on: String,
}

#[derive(Debug, Serialize)]
pub struct Lane {
    pub reference: String,
    pub title: String,
    pub title_lang: Option<String>,
    pub href: String,
    /// All bands in one line, for who hears the plot.
    pub about: String,
    pub bands: Vec<Band>,
    pub answers: Vec<Mark>,
    pub silences: Vec<Mark>,
}

#[derive(Debug, Serialize)]
pub struct Tick {
    pub x: String,
    pub label: String,
}

/// A state that the plot shows, for its legend.
#[derive(Debug, Serialize)]
pub struct Key {
    pub code: &'static str,
    pub words: String,
}

/// All recommendations over time, one lane each. Where the page runs from right to left, time does so too.
#[derive(Debug, Serialize)]
pub struct Lanes {
    pub from: String,
    pub to: String,
    pub ticks: Vec<Tick>,
    pub lanes: Vec<Lane>,
    /// Only the states that occur.
    pub legend: Vec<Key>,
    pub flags: Vec<Key>,
    pub has_silences: bool,
}

/// A span of days as the width of a plot.
struct Axis {
    from: NaiveDate,
    days: f64,
    is_mirrored: bool,
}

impl Axis {
    fn new(words: &Words, from: NaiveDate, to: NaiveDate) -> Self {
        Axis { from, days: ((to - from).num_days().max(1)) as f64, is_mirrored: words.dir() == "rtl" }
    }

    fn at(&self, day: NaiveDate) -> f64 {
        let along = ((day - self.from).num_days() as f64 / self.days * 100.0).clamp(0.0, 100.0);
        if self.is_mirrored { 100.0 - along } else { along }
    }

    /// Where a stretch of time begins, seen from the left, and how wide it is.
    fn span(&self, from: NaiveDate, to: NaiveDate) -> (f64, f64) {
        let (one, other) = (self.at(from), self.at(to));
        (one.min(other), (one - other).abs())
    }

    /// The first days of months, at most six, and none so near an end that its label would be cut.
    fn ticks(&self, words: &Words, to: NaiveDate) -> Vec<Tick> {
        let months = (to.year() - self.from.year()) * 12 + to.month0() as i32 - self.from.month0() as i32;
        let step = [1, 2, 3, 6, 12, 24, 60].into_iter().find(|step| months / step <= 5).unwrap_or(120);
        let mut ticks = Vec::new();
        let mut day = self.from.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
        while let Some(first) = day.filter(|first| *first <= to) {
            if (first.year() * 12 + first.month0() as i32) % step == 0
                && (6.0..=94.0).contains(&self.at(first))
            {
                ticks.push(Tick { x: percent(self.at(first)), label: words.month(first) });
            }
            day = first.checked_add_months(Months::new(1));
        }
        ticks
    }
}

fn percent(share: f64) -> String {
    format!("{share:.2}")
}

pub fn lanes<'a>(
    voice: Voice<'_>,
    base: &str,
    reads: impl Iterator<Item = &'a Read> + Clone,
    today: NaiveDate,
) -> Option<Lanes> {
    let words = voice.words;
    let from = reads.clone().map(|read| read.standing.published_on).min()?;
    let axis = Axis::new(words, from, today);
    let seen = |state: &Progress| reads.clone().any(|read| read.progress.iter().any(|(_, was)| was == state));
    let legend = Progress::ALL
        .iter()
        .filter(|state| seen(state))
        .map(|state| Key { code: state.code(), words: words.code("progress", state.code()) });
    let given = |state: &Response| {
        reads.clone().any(|read| read.responses.iter().skip(1).any(|(_, answer)| answer == state))
    };
    let flags = Response::ALL
        .iter()
        .filter(|state| given(state))
        .map(|state| Key { code: state.code(), words: words.code("response", state.code()) });
    Some(Lanes {
        from: words.date(from),
        to: words.date(today),
        ticks: axis.ticks(words, today),
        legend: legend.collect(),
        flags: flags.collect(),
        has_silences: reads.clone().any(|read| !read.silences.is_empty()),
        lanes: reads.map(|read| lane(voice, base, &axis, read, today)).collect(),
    })
}

fn lane(voice: Voice<'_>, base: &str, axis: &Axis, read: &Read, today: NaiveDate) -> Lane {
    let words = voice.words;
    let (title, title_lang) = telling::title(voice, read);
    let ends = read.progress.iter().skip(1).map(|(on, _)| Some(*on)).chain([None]);
    let bands = read.progress.iter().zip(ends).map(|((on, state), end)| {
        let (x, width) = axis.span(*on, end.unwrap_or(today));
        Band {
            code: state.code(),
            words: words.code("progress", state.code()),
            x: percent(x),
            width: percent(width),
            from: words.date(*on),
            to: end.map(|end| words.date(end)),
            age: age(words, *on, end.unwrap_or(today)),
        }
    });
    let answers = read.responses.iter().skip(1).map(|(on, state)| Mark {
        kind: state.code(),
        words: words.code("response", state.code()),
        x: percent(axis.at(*on)),
        on: words.date(*on),
    });
    let silences = read.silences.iter().map(|(on, kind)| Mark {
        kind,
        words: words.code("silence", kind),
        x: percent(axis.at(*on)),
        on: words.date(*on),
    });
    let bands: Vec<Band> = bands.collect();
    let heard = bands.iter().map(|band| match &band.to {
        Some(to) => format!("{}: {} – {to}", band.words, band.from),
        None => format!("{}: {} –", band.words, band.from),
    });
    Lane {
        about: heard.collect::<Vec<_>>().join("; "),
        reference: read.reference.clone(),
        title,
        title_lang,
        href: format!("{base}/r/{}", escaped(&read.reference)),
        bands,
        answers: answers.collect(),
        silences: silences.collect(),
    }
}

/// One figure at one edition. `y` counts from the top.
#[derive(Debug, Serialize)]
pub struct Point {
    pub x: String,
    pub y: String,
    pub words: String,
}

#[derive(Debug, Serialize)]
pub struct Line {
    pub key: &'static str,
    pub name: String,
    /// Its place among the lines, which gives it its mark.
    pub place: usize,
    pub points: Vec<Point>,
    /// The stretches between points that follow one another.
    pub joins: Vec<(String, String, String, String)>,
    pub last: Option<String>,
}

/// Figures per edition, as shares of what they count.
#[derive(Debug, Serialize)]
pub struct Course {
    pub from: String,
    pub to: String,
    pub lines: Vec<Line>,
    /// The lines from top to bottom, as they end; their names stand beside the plot in this order.
    pub order: Vec<usize>,
    /// From the end of each line to its name.
    pub leads: Vec<Lead>,
    pub editions: Vec<Edition>,
}

/// From the height at which a line ends to the height of its name.
#[derive(Debug, Serialize)]
pub struct Lead {
    pub x1: &'static str,
    pub x2: &'static str,
    pub from: String,
    pub to: String,
}

/// A row of the table beside the plot.
#[derive(Debug, Serialize)]
pub struct Edition {
    pub on: String,
    pub cells: Vec<String>,
}

const SERIES: [&str; 4] = ["responded", "completed", "explained", "told"];

pub fn course(words: &Words, taken: &[Taken]) -> Option<Course> {
    let (first, last) = (taken.first()?, taken.last()?);
    let axis = Axis::new(words, first.snapshot.period, last.snapshot.period);
    let lines = SERIES.iter().enumerate().map(|(place, key)| {
        let mut points: Vec<Point> = Vec::new();
        let mut joins = Vec::new();
        let mut joined = false;
        for edition in taken {
            let (count, of) = values(key, edition);
            let (Some(count), Some(of)) = (count, of.filter(|of| *of > 0)) else {
                joined = false;
                continue;
            };
            let y = 100.0 - (count as f64 / of as f64 * 100.0).clamp(0.0, 100.0);
            let point = Point {
                x: percent(axis.at(edition.snapshot.period)),
                y: percent(y),
                words: of_words(words, Some(count), Some(of)),
            };
            if let Some(before) = points.last().filter(|_| joined) {
                joins.push((before.x.clone(), before.y.clone(), point.x.clone(), point.y.clone()));
            }
            joined = true;
            points.push(point);
        }
        let last = points.last().map(|point| point.words.clone());
        Line { key, name: words.code("figure", key), place, points, joins, last }
    });
    let lines: Vec<Line> = lines.collect();
    let height = |line: &Line| line.points.last().and_then(|point| point.y.parse::<f64>().ok());
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (height(&lines[*a]).unwrap_or(101.0), height(&lines[*b]).unwrap_or(101.0));
        a.total_cmp(&b)
    });
    let end = percent(axis.at(last.snapshot.period));
    let (x1, x2) = if axis.is_mirrored { ("100%", "0") } else { ("0", "100%") };
    let leads = order.iter().enumerate().filter_map(|(slot, place)| {
        let point = lines[*place].points.last().filter(|point| point.x == end)?;
        let to = (slot as f64 + 0.5) / lines.len() as f64 * 100.0;
        Some(Lead { x1, x2, from: point.y.clone(), to: percent(to) })
    });
    let leads = leads.collect();
    let editions = taken.iter().map(|edition| Edition {
        on: words.date(edition.snapshot.period),
        cells: SERIES
            .iter()
            .map(|key| {
                let (count, of) = values(key, edition);
                of_words(words, count, of)
            })
            .collect(),
    });
    Some(Course {
        from: words.date(first.snapshot.period),
        to: words.date(last.snapshot.period),
        leads,
        order,
        lines,
        editions: editions.collect(),
    })
}

fn values(key: &str, taken: &Taken) -> (Option<i64>, Option<i64>) {
    let work = &taken.snapshot.work;
    let exact = |of: Of| (Some(of.count), Some(of.of));
    match key {
        "responded" => exact(work.responded),
        "completed" => exact(work.completed),
        "explained" => exact(work.explained),
        _ => {
            let Share { count, of } = taken.snapshot.people.told;
            (count, of)
        }
    }
}

/// "6 of 10"; where one of them is hidden, that is said.
pub fn of_words(words: &Words, count: Option<i64>, of: Option<i64>) -> String {
    let arg = |number: i64| Arg::from(number);
    match (count, of) {
        (Some(count), Some(of)) => words.text("figure-of", &[("count", arg(count)), ("of", arg(of))]),
        (None, Some(of)) => words.text("figure-hidden-of", &[("of", arg(of))]),
        (Some(count), None) => words.text("figure-only", &[("count", arg(count))]),
        (None, None) => words.text("figure-hidden", &[]),
    }
}
