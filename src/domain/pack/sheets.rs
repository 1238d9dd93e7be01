//! Which sheets a pack has, and which columns each of them.

use strsim::normalized_damerau_levenshtein;

use super::values;
use crate::domain::words::{
    ActKind, Attribution, Cadence, Channel, Consent, DateOrder, Direction, Format, HistoryKind, InOurControl,
    Medium, Progress, Reason, Response, folded,
};

/// A sheet of a pack: the file `<name>.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sheet {
    Project,
    Participants,
    Stories,
    Themes,
    Learnings,
    Recommendations,
    Evidence,
    History,
    Acts,
}

/// A column, or a key of the sheet `project`.
pub struct Column {
    pub name: &'static str,
    /// The sheet cannot be read without it.
    pub must: bool,
    /// Its cells may hold several lines.
    pub long: bool,
    pub holds: Holds,
    /// It may stand there in other languages too, such as `explanation_cy`.
    pub translated: bool,
}

/// What the cells of a column are made of, for whoever fills them in.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    Words,
    Day,
    /// A whole number.
    Number,
    /// One of some words of the product: their labels.
    OneOf(fn() -> Vec<String>),
    /// Words of the product, or others.
    Often(fn() -> Vec<String>),
}

/// The names of sheets that our own workbooks have beside those of the pack.
pub const READ_ME: &str = "Read me";
pub const ERRORS: &str = "Errors";

const fn must(name: &'static str) -> Column {
    Column { name, must: true, long: false, holds: Holds::Words, translated: false }
}

const fn may(name: &'static str) -> Column {
    Column { name, must: false, long: false, holds: Holds::Words, translated: false }
}

const fn long(column: Column) -> Column {
    Column { long: true, ..column }
}

const fn translated(column: Column) -> Column {
    Column { translated: true, ..column }
}

const fn day(column: Column) -> Column {
    Column { holds: Holds::Day, ..column }
}

const fn number(column: Column) -> Column {
    Column { holds: Holds::Number, ..column }
}

const fn one_of(column: Column, words: fn() -> Vec<String>) -> Column {
    Column { holds: Holds::OneOf(words), ..column }
}

fn yes_or_no() -> Vec<String> {
    vec!["Yes".to_owned(), "No".to_owned()]
}

fn orders() -> Vec<String> {
    DateOrder::labels()
}

/// What a row of history can come to.
fn standings() -> Vec<String> {
    let responses = Response::ALL.iter().filter(|word| **word != Response::Awaiting).map(|word| word.label());
    let progress =
        Progress::ALL.iter().filter(|word| **word != Progress::NotStarted).map(|word| word.label());
    responses.chain(progress).collect()
}

impl Sheet {
    pub const ALL: [Sheet; 9] = [
        Sheet::Project,
        Sheet::Participants,
        Sheet::Stories,
        Sheet::Themes,
        Sheet::Learnings,
        Sheet::Recommendations,
        Sheet::Evidence,
        Sheet::History,
        Sheet::Acts,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Sheet::Project => "project",
            Sheet::Participants => "participants",
            Sheet::Stories => "stories",
            Sheet::Themes => "themes",
            Sheet::Learnings => "learnings",
            Sheet::Recommendations => "recommendations",
            Sheet::Evidence => "evidence",
            Sheet::History => "history",
            Sheet::Acts => "acts",
        }
    }

    pub fn file(self) -> String {
        format!("{}.csv", self.name())
    }

    /// How a message calls it.
    pub fn called(self, in_workbook: bool) -> String {
        if in_workbook { format!("the sheet {}", self.name()) } else { self.file() }
    }

    /// What one row of it is, in a message.
    pub fn one(self) -> &'static str {
        match self {
            Sheet::Project => "key",
            Sheet::Participants => "participant",
            Sheet::Stories => "story",
            Sheet::Themes => "theme",
            Sheet::Learnings => "learning",
            Sheet::Recommendations => "recommendation",
            Sheet::Evidence => "evidence",
            Sheet::History => "history row",
            Sheet::Acts => "act",
        }
    }

    pub fn is_needed(self) -> bool {
        matches!(self, Sheet::Project | Sheet::Participants | Sheet::Stories | Sheet::Recommendations)
    }

    /// The column by which rows are told apart, and by which other sheets refer to them.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Sheet::Participants | Sheet::Themes | Sheet::Learnings => Some("id"),
            Sheet::Stories => Some("code"),
            Sheet::Recommendations => Some("ref"),
            Sheet::Project => Some("key"),
            Sheet::Evidence | Sheet::History | Sheet::Acts => None,
        }
    }

    /// The columns; of `project` the keys, which stand in its column `key`.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Sheet::Project => PROJECT,
            Sheet::Participants => PARTICIPANTS,
            Sheet::Stories => STORIES,
            Sheet::Themes => THEMES,
            Sheet::Learnings => LEARNINGS,
            Sheet::Recommendations => RECOMMENDATIONS,
            Sheet::Evidence => EVIDENCE,
            Sheet::History => HISTORY,
            Sheet::Acts => ACTS,
        }
    }
}

/// The two columns that the sheet `project` has in the file.
pub const PROJECT_FILE: &[Column] = &[must("key"), long(must("value"))];

const PROJECT: &[Column] = &[
    must("slug"),
    must("title"),
    must("organisation"),
    long(may("summary")),
    must("sender_name"),
    must("contact_email"),
    may("contact_phone"),
    may("language"),
    must("timezone"),
    must("schedule"),
    number(may("review_days")),
    number(may("response_due_days")),
    number(may("quiet_after_days")),
    may("quiet_times"),
    one_of(may("neutral_subjects"), yes_or_no),
    may("support_contact"),
    may("concern_person"),
    one_of(may("dates"), orders),
];

const PARTICIPANTS: &[Column] = &[
    must("id"),
    may("greeting_name"),
    may("email"),
    may("phone"),
    long(may("postal_address")),
    one_of(must("channel"), Channel::labels),
    may("language"),
    one_of(may("format"), Format::labels),
    one_of(may("cadence"), Cadence::labels),
    may("quiet_times"),
    one_of(may("contact_consent"), yes_or_no),
];

const STORIES: &[Column] = &[
    must("code"),
    must("participant"),
    long(may("summary")),
    may("url"),
    one_of(must("medium"), Medium::labels),
    day(may("gathered_on")),
    one_of(may("consent"), Consent::labels),
    one_of(may("attribution"), Attribution::labels),
    long(may("content_note")),
    may("themes"),
];

const THEMES: &[Column] = &[must("id"), must("title"), long(may("summary"))];

const LEARNINGS: &[Column] = &[must("id"), may("theme"), long(must("text"))];

const RECOMMENDATIONS: &[Column] = &[
    must("ref"),
    translated(must("title")),
    translated(long(must("text"))),
    may("audience"),
    may("responsible"),
    may("responsible_email"),
    day(may("published_on")),
    day(may("response_due_on")),
    day(may("target_on")),
    may("learnings"),
];

const EVIDENCE: &[Column] =
    &[must("recommendation"), must("story"), one_of(must("direction"), Direction::labels), long(may("why"))];

const HISTORY: &[Column] = &[
    must("recommendation"),
    day(must("on")),
    one_of(must("kind"), HistoryKind::labels),
    Column { holds: Holds::Often(standings), ..must("value") },
    one_of(may("reason"), Reason::labels),
    translated(long(may("explanation"))),
    translated(long(may("tried"))),
    translated(may("decided_by")),
    translated(long(may("unblock"))),
    one_of(may("in_our_control"), InOurControl::labels),
    day(may("review_on")),
    day(may("due_on")),
    translated(may("noticed_by")),
    may("evidence_url"),
];

const ACTS: &[Column] =
    &[must("participant"), day(must("on")), one_of(must("act"), ActKind::labels), may("story"), may("value")];

/// The column of that name. Capitals, and blanks for underscores, do not count.
pub fn find(columns: &'static [Column], name: &str) -> Option<&'static Column> {
    let name = folded(name);
    columns.iter().find(|column| column.name == name)
}

/// The column of that name in another language, and the tag of the language: `explanation_cy`, `explanation_pt_br`.
pub fn find_translated(columns: &'static [Column], name: &str) -> Option<(&'static Column, String)> {
    let name = name.to_lowercase().replace([' ', '-'], "_");
    columns.iter().filter(|column| column.translated).find_map(|column| {
        let tag = name.strip_prefix(column.name)?.strip_prefix('_')?;
        Some((column, values::language(&tag.replace('_', "-")).ok()?))
    })
}

/// The candidate that is nearest to `name`, and how near it is, from 0 to 1.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<(&'c str, f64)> {
    // What is longer than any name is like none of them, however long it takes to find that out.
    let name: String = name.chars().take(60).collect();
    let name = name.to_lowercase().replace([' ', '-'], "_");
    let near = |candidate: &str| {
        let is_part = |part: &str, of: &str| {
            of.split('_').any(|word| word == part) || (part.len() >= 4 && of.contains(part))
        };
        let within = is_part(candidate, &name) || is_part(&name, candidate);
        normalized_damerau_levenshtein(&name, candidate).max(if within { SLIP } else { 0.0 })
    };
    candidates.into_iter().map(|candidate| (candidate, near(candidate))).fold(None, |best, next| match best {
        Some((_, nearness)) if nearness >= next.1 => best,
        _ => Some(next),
    })
}

/// From this nearness on a name is taken for a slip of the other, so that the rest can still be checked.
pub const SLIP: f64 = 0.6;

pub fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}
