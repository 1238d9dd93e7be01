//! A recommendation in one row: what it is called, who answers for it, where it stands on both axes, and what is silent.
//! The same row stands on a project's page, in lists and on the page of a responder.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::value::{Enumerator, Object, Value};

use super::shelf::Shown;
use crate::domain::event::{Explanation, Fact};
use crate::domain::reading::{Read, Reading};
use crate::domain::silence;
use crate::domain::standing::Standing;
use crate::domain::words::{Progress, Response, Verdict};
use crate::locale::{Voice, Words};

/// So many characters of an explanation stand in a row, at most and at least.
const OPENING: usize = 200;
const OPENING_LEAST: usize = 40;

/// Makes a struct readable by templates as it is: each of its fields is looked up by name when a template asks for it.
/// A page of two hundred rows would else be copied as a whole, field by field, before the first is shown.
macro_rules! read_by_templates {
    ($name:ident: $($field:ident),*) => {
        impl Object for $name {
            fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
                self.get_value_by_str(key.as_str()?)
            }

            fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
                match key {
                    $(stringify!($field) => Some(self.$field.clone()),)*
                    _ => None,
                }
            }

            fn enumerate(self: &Arc<Self>) -> Enumerator {
                Enumerator::Str(&[$(stringify!($field)),*])
            }
        }
    };
}

/// A state on one axis: its code (for its shape and colour), its words, and "since 3 May 2026".
#[derive(Debug)]
struct State {
    code: Value,
    words: Value,
    told: Value,
}

read_by_templates!(State: code, words, told);

/// A silence that lasts: in short, as in "No answer. Due 3 May 2026", and for how long, as in "about 4 months".
#[derive(Debug)]
struct Silent {
    kind: Value,
    words: Value,
    age: Value,
}

read_by_templates!(Silent: kind, words, age);

/// One of those who answer for it. Its page across projects is there only where the project is public.
#[derive(Debug)]
struct Responder {
    name: Value,
    href: Value,
}

read_by_templates!(Responder: name, href);

#[derive(Debug)]
struct Row {
    reference: Value,
    title: Value,
    href: Value,
    responders: Value,
    response: Value,
    progress: Value,
    silences: Value,
    /// The gravest of the silences, and how many there are beside it, in words.
    foremost: Value,
    beside_it: Value,
    /// What participants say of it: `confirmed`, `disputed`, or `none` where it is not said to be done or too few said.
    verdict: Value,
    verdict_words: Value,
    /// "Reason: waiting for money." where it is stuck, ended or not accepted as it stands, and a reason is in force.
    reason: Value,
    /// The first sentence of the explanation that gives this reason.
    why: Value,
    /// The language of the title and of that sentence, where it is not that of the page.
    lang: Value,
    why_lang: Value,
    /// "Next look: 3 May 2026.", where that day is still to come.
    next_look: Value,
}

read_by_templates!(
    Row: reference, title, href, responders, response, progress, silences, foremost, beside_it, verdict, verdict_words,
    reason, why, lang, why_lang, next_look
);

/// What many rows need: the words of states, days, silences and names, each looked up once.
pub struct Rows<'a> {
    voice: Voice<'a>,
    words: &'a Words,
    today: NaiveDate,
    /// What the addresses of pages begin with, where names lead to the pages of responders, which only show what is public.
    home: Option<&'a str>,
    dates: HashMap<NaiveDate, Value>,
    looks: HashMap<NaiveDate, Value>,
    states: HashMap<(&'static str, &'static str, NaiveDate), Value>,
    silences: HashMap<(&'static str, NaiveDate), Value>,
    beside: HashMap<usize, Value>,
    responders: HashMap<String, Value>,
    verdicts: HashMap<&'static str, Value>,
    reasons: HashMap<&'static str, Value>,
}

impl<'a> Rows<'a> {
    pub fn new(voice: Voice<'a>, today: NaiveDate, home: Option<&'a str>) -> Self {
        Rows {
            voice,
            words: voice.words,
            today,
            home,
            dates: HashMap::new(),
            looks: HashMap::new(),
            states: HashMap::new(),
            silences: HashMap::new(),
            beside: HashMap::new(),
            responders: HashMap::new(),
            verdicts: HashMap::new(),
            reasons: HashMap::new(),
        }
    }

    pub fn date(&mut self, day: NaiveDate) -> Value {
        let words = self.words;
        self.dates.entry(day).or_insert_with(|| words.date(day).into()).clone()
    }

    fn state(&mut self, axis: &'static str, code: &'static str, since: NaiveDate) -> Value {
        let words = self.words;
        let make = || {
            let told = words.text("page-project-since", &[("date", words.date(since).into())]);
            let state = State { code: code.into(), words: words.code(axis, code).into(), told: told.into() };
            Value::from_object(state)
        };
        self.states.entry((axis, code, since)).or_insert_with(make).clone()
    }

    /// Those who answer for it, in a list.
    pub fn responders(&mut self, read: &Read) -> Value {
        let written = read.standing.responsible.as_deref().unwrap_or_default();
        if let Some(known) = self.responders.get(written) {
            return known.clone();
        }
        let responder = |name: &str| {
            let href = self.home.map(|home| super::responder::href(home, name));
            Value::from_object(Responder { name: name.into(), href: href.into() })
        };
        let all = Value::from(read.responders().map(responder).collect::<Vec<_>>());
        self.responders.insert(written.to_owned(), all.clone());
        all
    }

    /// A row as templates read it. `base` is what the addresses of the project's pages begin with.
    pub fn row(&mut self, shown: &Shown, base: &str, reading: &Reading, read: &Read) -> Value {
        let (standing, words) = (&read.standing, self.words);
        let said = (standing.progress == Progress::Done).then(|| reading.verdict(&read.reference));
        let verdict = said.flatten().map_or("none", Verdict::code);
        let verdict_words = said.map(|said| {
            let told = || match said {
                Some(verdict) => words.code("verdict", verdict.code()),
                None => words.text("verdict-none", &[]),
            };
            self.verdicts.entry(verdict).or_insert_with(|| told().into()).clone()
        });
        let said = if asks_why(standing) { explanation(read) } else { None };
        let reason = said.and_then(|said| said.reason).map(|reason| {
            let told =
                || words.text("told-reason", &[("reason", words.code("reason", reason.code()).into())]);
            self.reasons.entry(reason.code()).or_insert_with(|| told().into()).clone()
        });
        let review = standing.review.as_ref().map(|review| review.on);
        let next_look = review.filter(|on| *on >= self.today && asks_why(standing)).map(|on| {
            let told = || words.text("detail-look", &[("date", words.date(on).into())]);
            self.looks.entry(on).or_insert_with(|| told().into()).clone()
        });
        let voice = self.voice;
        let (title, title_lang) = voice.passage(&standing.translations, "title", &standing.title);
        let (why, why_lang) = match said {
            Some(said) => voice.passage(&said.translations, "what_happened", &said.what_happened),
            None => ("", None),
        };
        let silences = self.lasting(shown, read);
        let foremost =
            silences.iter().min_by_key(|(kind, _)| gravity(kind, read)).map(|(_, silent)| silent.clone());
        let more = silences.len().saturating_sub(1);
        let beside_it = (more > 0).then(|| {
            let told = || words.text("page-project-silent-also", &[("count", more.into())]);
            self.beside.entry(more).or_insert_with(|| told().into()).clone()
        });
        Value::from_object(Row {
            reference: read.reference.as_str().into(),
            title: title.into(),
            href: href(base, &read.reference).into(),
            responders: self.responders(read),
            response: self.state("response", standing.response.code(), standing.response_since),
            progress: self.state("progress", standing.progress.code(), standing.progress_since),
            silences: listed(silences),
            foremost: foremost.into(),
            beside_it: beside_it.into(),
            verdict: verdict.into(),
            verdict_words: verdict_words.into(),
            reason: reason.into(),
            why: opening(why).into(),
            lang: title_lang.into(),
            why_lang: why_lang.into(),
            next_look: next_look.into(),
        })
    }

    /// What is silent now, the longest first, in a list.
    pub fn silences(&mut self, shown: &Shown, read: &Read) -> Value {
        listed(self.lasting(shown, read))
    }

    fn lasting(&mut self, shown: &Shown, read: &Read) -> Vec<(&'static str, Value)> {
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
                    Fact::ExplanationStale { of, .. } if is_of_answer(&read.standing, *of) => {
                        ("answer_stale", "silent-now-stale-answer")
                    }
                    _ => ("work_stale", "silent-now-stale-work"),
                };
                (kind, self.silent(kind, key, since))
            })
            .collect()
    }

    fn silent(&mut self, kind: &'static str, key: &str, since: NaiveDate) -> Value {
        let (words, today) = (self.words, self.today);
        let make = || {
            let told = words.text(key, &[("date", words.date(since).into())]);
            let age = age(words, since, today).into();
            Value::from_object(Silent { kind: kind.into(), words: told.into(), age })
        };
        self.silences.entry((kind, since)).or_insert_with(make).clone()
    }
}

/// The address of a recommendation's page.
pub fn href(base: &str, reference: &str) -> String {
    let mut href = String::with_capacity(base.len() + reference.len() + 3);
    href.push_str(base);
    href.push_str("/r/");
    href.extend(url::form_urlencoded::byte_serialize(reference.as_bytes()).map(spaced));
    href
}

fn listed(silences: Vec<(&'static str, Value)>) -> Value {
    Value::from(silences.into_iter().map(|(_, silent)| silent).collect::<Vec<_>>())
}

/// Whether an event gave the explanation of the answer that is in force.
fn is_of_answer(standing: &Standing, seq: i64) -> bool {
    standing.response_words.as_ref().is_some_and(|words| words.seq == seq)
}

/// What stands first where there is room for one: of two explanations out of date, that which stands beside it.
fn gravity(kind: &str, read: &Read) -> usize {
    let is_of_work = read.standing.progress_words.as_ref().is_some_and(|words| words.said.reason.is_some());
    let stale = if is_of_work { ["work_stale", "answer_stale"] } else { ["answer_stale", "work_stale"] };
    let order = ["response_overdue", "promise_missed", stale[0], stale[1], "review_date_passed"];
    order.iter().position(|other| *other == kind).unwrap_or(order.len())
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
/// where it is longer than a few lines.
fn opening(text: &str) -> Option<String> {
    // No more of it than the cut needs to know.
    let (mut begun, mut letters) = (String::with_capacity(2 * OPENING), 0);
    for word in text.split_whitespace() {
        if letters > OPENING {
            break;
        }
        if !begun.is_empty() {
            begun.push(' ');
        }
        begun.push_str(word);
        letters = begun.chars().count();
    }
    let text = begun;
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{3002}');
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
    url::form_urlencoded::byte_serialize(text.as_bytes()).map(spaced).collect()
}

/// The serialiser writes a space as forms do.
fn spaced(piece: &str) -> &str {
    if piece == "+" { "%20" } else { piece }
}

#[cfg(test)]
mod tests {
    use super::{OPENING, opening};

    #[test]
    fn a_row_says_the_first_sentence_of_an_explanation_and_no_more_than_a_few_lines_of_it() {
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
            (
                "فنڈ منجمد ہو گیا ہے، اور اب کوئی رقم نہیں بچی۔ اس لیے یہ رکا ہوا ہے۔",
                Some("فنڈ منجمد ہو گیا ہے، اور اب کوئی رقم نہیں بچی۔"),
            ),
            ("No full stop\nand a new line", Some("No full stop and a new line")),
        ] {
            assert_eq!(opening(text).as_deref(), said, "{text}");
        }
        let cut = opening(&"seven é, ".repeat(40)).unwrap();
        assert!(cut.ends_with('…') && cut.chars().count() <= OPENING + 1 && !cut.contains(",…"), "{cut}");
        assert_eq!(opening(&"é".repeat(2 * OPENING)).unwrap().chars().count(), OPENING + 1);
    }
}
