//! A recommendation in one row: what it is called, who answers for it, where it stands on both axes, and what is silent.
//! The same row stands on a project's page, in lists and on the page of a responder.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::shelf::Shown;
use crate::domain::event::{Explanation, Fact};
use crate::domain::reading::{Read, Reading};
use crate::domain::silence;
use crate::domain::standing::Standing;
use crate::domain::words::{Progress, Response, Verdict};
use crate::locale::{Arg, Words};

/// So many characters of an explanation stand in a row, at most and at least.
const OPENING: usize = 90;
const OPENING_LEAST: usize = 40;

/// A state on one axis: its code (for its shape and colour), its words, since when.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    pub code: &'static str,
    pub words: String,
    pub since: String,
    /// "since 3 May 2026".
    pub told: String,
    pub day: NaiveDate,
}

/// A silence that lasts.
#[derive(Clone, Debug, Serialize)]
pub struct Silent {
    pub kind: &'static str,
    /// In short: "No answer. Due 3 May 2026".
    pub words: String,
    pub since: NaiveDate,
    /// For how long: "about 4 months".
    pub age: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub reference: String,
    pub title: String,
    pub href: String,
    pub responders: Vec<Responder>,
    pub response: State,
    pub progress: State,
    pub silences: Vec<Silent>,
    /// The gravest of the silences, and how many there are beside it, in words.
    pub foremost: Option<Silent>,
    pub beside_it: Option<String>,
    /// What participants say of it: `confirmed`, `disputed`, or `none` where it is not said to be done or too few said.
    pub verdict: &'static str,
    pub verdict_words: Option<String>,
    /// Why it is stuck, ended or not accepted as it stands, where a reason is in force.
    pub reason: Option<String>,
    /// The first sentence of the explanation that gives this reason.
    pub why: Option<String>,
    /// When it is to be looked at again, where that day is still to come.
    pub next_look: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Responder {
    pub name: String,
    /// The page across projects; none where the project is not public.
    pub href: Option<String>,
}

/// What many rows need: the words of the states and of days, each looked up once.
pub struct Rows<'a> {
    words: &'a Words,
    today: NaiveDate,
    responses: Vec<String>,
    progress: Vec<String>,
    dates: HashMap<NaiveDate, String>,
    since: HashMap<NaiveDate, String>,
    silences: HashMap<(&'static str, NaiveDate), Silent>,
}

impl<'a> Rows<'a> {
    pub fn new(words: &'a Words, today: NaiveDate) -> Self {
        Rows {
            words,
            today,
            responses: Response::ALL.iter().map(|state| words.code("response", state.code())).collect(),
            progress: Progress::ALL.iter().map(|state| words.code("progress", state.code())).collect(),
            dates: HashMap::new(),
            since: HashMap::new(),
            silences: HashMap::new(),
        }
    }

    fn date(&mut self, day: NaiveDate) -> String {
        let words = self.words;
        self.dates.entry(day).or_insert_with(|| words.date(day)).clone()
    }

    fn since(&mut self, day: NaiveDate) -> String {
        if let Some(told) = self.since.get(&day) {
            return told.clone();
        }
        let told = self.words.text("page-project-since", &[("date", self.date(day).into())]);
        self.since.insert(day, told.clone());
        told
    }

    /// `base` is what the addresses of the project's pages begin with.
    pub fn row(&mut self, shown: &Shown, base: &str, is_public: bool, reading: &Reading, read: &Read) -> Row {
        let standing = &read.standing;
        let response = State {
            code: standing.response.code(),
            words: word(&self.responses, Response::ALL, standing.response),
            since: self.date(standing.response_since),
            told: self.since(standing.response_since),
            day: standing.response_since,
        };
        let progress = State {
            code: standing.progress.code(),
            words: word(&self.progress, Progress::ALL, standing.progress),
            since: self.date(standing.progress_since),
            told: self.since(standing.progress_since),
            day: standing.progress_since,
        };
        let said = (standing.progress == Progress::Done).then(|| reading.verdict(&read.reference));
        let verdict_words = said.map(|said| match said {
            Some(verdict) => self.words.code("verdict", verdict.code()),
            None => self.words.text("verdict-none", &[]),
        });
        let responders = read.responders().map(|name| Responder {
            name: name.to_owned(),
            href: is_public.then(|| super::responder::href(name)),
        });
        let review = standing.review.as_ref().map(|review| review.on);
        let next_look = review.filter(|on| *on >= self.today && asks_why(standing)).map(|on| self.date(on));
        let silences = self.silences(shown, read);
        Row {
            reference: read.reference.clone(),
            title: standing.title.clone(),
            href: format!("{base}/r/{}", escaped(&read.reference)),
            responders: responders.collect(),
            response,
            progress,
            foremost: silences.iter().min_by_key(|silent| gravity(silent.kind)).cloned(),
            beside_it: (silences.len() > 1).then(|| {
                self.words.text("page-project-silent-also", &[("count", (silences.len() - 1).into())])
            }),
            silences,
            verdict: said.flatten().map_or("none", Verdict::code),
            verdict_words,
            reason: reason(read).filter(|_| asks_why(standing)).map(|code| self.words.code("reason", code)),
            why: explanation(read)
                .filter(|_| asks_why(standing))
                .and_then(|said| opening(&said.what_happened)),
            next_look,
        }
    }

    /// What is silent now, the longest first.
    pub fn silences(&mut self, shown: &Shown, read: &Read) -> Vec<Silent> {
        let quiet_after = u32::try_from(shown.row.quiet_after_days).unwrap_or(0);
        silence::current(&read.standing, self.today, quiet_after)
            .into_iter()
            .map(|silence| {
                let since = silence.since();
                let (kind, key) = match &silence.fact {
                    Fact::ResponseOverdue { .. } => ("response_overdue", "silent-now-overdue"),
                    Fact::PromiseMissed { .. } => ("promise_missed", "silent-now-promise"),
                    Fact::ReviewDatePassed { .. } => ("review_date_passed", "silent-now-review"),
                    Fact::GoneQuiet { .. } => ("gone_quiet", "silent-now-quiet"),
                    _ => ("explanation_stale", "silent-now-stale"),
                };
                self.silent(kind, key, since)
            })
            .collect()
    }

    fn silent(&mut self, kind: &'static str, key: &str, since: NaiveDate) -> Silent {
        if let Some(known) = self.silences.get(&(kind, since)) {
            return known.clone();
        }
        let words = self.words.text(key, &[("date", Arg::from(self.date(since)))]);
        let silent = Silent { kind, words, since, age: age(self.words, since, self.today) };
        self.silences.insert((kind, since), silent.clone());
        silent
    }
}

/// What stands first where there is room for one.
fn gravity(kind: &str) -> usize {
    let order = ["response_overdue", "promise_missed", "explanation_stale", "review_date_passed"];
    order.iter().position(|other| *other == kind).unwrap_or(order.len())
}

fn word<T: PartialEq>(words: &[String], all: &[T], state: T) -> String {
    let place = all.iter().position(|other| *other == state);
    place.and_then(|place| words.get(place)).cloned().unwrap_or_default()
}

/// States that nobody should read without the reason beside them.
fn asks_why(standing: &Standing) -> bool {
    matches!(standing.progress, Progress::Stalled | Progress::Stopped | Progress::Superseded)
        || matches!(standing.response, Response::AcceptedInPart | Response::Declined)
}

/// The reason in force: of the work where it is stuck or ended, else of the reply.
pub fn reason(read: &Read) -> Option<&'static str> {
    explanation(read).and_then(|said| said.reason).map(crate::domain::words::Reason::code)
}

/// The explanation that gives the reason in force.
fn explanation(read: &Read) -> Option<&Explanation> {
    let standing = &read.standing;
    let of_both = [&standing.progress_words, &standing.response_words];
    of_both.into_iter().flatten().map(|words| &words.said).find(|said| said.reason.is_some())
}

/// The first sentence, or what follows with it where it is so short that it hardly says why; cut between two words
/// where it is longer than a line or so.
fn opening(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '\u{61f}' | '\u{3002}');
    let ends = text.char_indices().filter(|(_, c)| is_end(*c)).map(|(place, c)| place + c.len_utf8());
    let mut ends = ends.filter(|end| text[*end..].is_empty() || text[*end..].starts_with(' '));
    let end = ends.find(|end| text[..*end].chars().count() >= OPENING_LEAST).unwrap_or(text.len());
    let said = &text[..end];
    let Some((cut, _)) = said.char_indices().nth(OPENING) else {
        return (!said.is_empty()).then(|| said.to_owned());
    };
    let whole = said[..cut].rfind(' ').unwrap_or(cut);
    let begun = said[..whole].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    Some(format!("{begun}…"))
}

/// From one day to another in words: "12 days", "about 4 months".
pub fn age(words: &Words, from: NaiveDate, to: NaiveDate) -> String {
    words.age((to - from).num_days())
}

/// A ref as a piece of an address.
pub fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn a_row_says_the_first_sentence_of_an_explanation_and_no_more_than_a_line_of_it() {
        for (text, said) in [
            ("", None),
            (" \n", None),
            ("The fund was frozen.", Some("The fund was frozen.")),
            (
                "They did. But the purse for the evening is empty. So it waits.",
                Some("They did. But the purse for the evening is empty."),
            ),
            (
                "It costs 2.5 million more than anybody ever had! Too much.",
                Some("It costs 2.5 million more than anybody ever had!"),
            ),
            ("No full stop\nand a new line", Some("No full stop and a new line")),
        ] {
            assert_eq!(opening(text).as_deref(), said, "{text}");
        }
        let cut = opening(&"seven é, ".repeat(40)).unwrap();
        assert!(cut.ends_with('…') && cut.chars().count() <= 91 && !cut.contains(",…"), "{cut}");
        assert_eq!(opening(&"é".repeat(200)).unwrap().chars().count(), 91);
    }
}
