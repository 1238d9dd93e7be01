//! Which sheets a pack has, and which columns each of them.

use strsim::normalized_damerau_levenshtein;

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
}

const fn must(name: &'static str) -> Column {
    Column { name, must: true, long: false }
}

const fn may(name: &'static str) -> Column {
    Column { name, must: false, long: false }
}

const fn long(column: Column) -> Column {
    Column { long: true, ..column }
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
    may("review_days"),
    may("response_due_days"),
    may("quiet_after_days"),
    may("quiet_times"),
    may("neutral_subjects"),
    may("support_contact"),
    may("concern_person"),
];

const PARTICIPANTS: &[Column] = &[
    must("id"),
    may("greeting_name"),
    may("email"),
    may("phone"),
    long(may("postal_address")),
    must("channel"),
    may("language"),
    may("format"),
    may("cadence"),
    may("quiet_times"),
    may("contact_consent"),
];

const STORIES: &[Column] = &[
    must("code"),
    must("participant"),
    long(may("summary")),
    may("url"),
    must("medium"),
    may("gathered_on"),
    may("consent"),
    may("attribution"),
    long(may("content_note")),
    may("themes"),
];

const THEMES: &[Column] = &[must("id"), must("title"), long(may("summary"))];

const LEARNINGS: &[Column] = &[must("id"), may("theme"), long(must("text"))];

const RECOMMENDATIONS: &[Column] = &[
    must("ref"),
    must("title"),
    long(must("text")),
    may("audience"),
    may("responsible"),
    may("responsible_email"),
    may("published_on"),
    may("response_due_on"),
    may("target_on"),
    may("learnings"),
];

const EVIDENCE: &[Column] = &[must("recommendation"), must("story"), must("direction"), long(may("why"))];

const HISTORY: &[Column] = &[
    must("recommendation"),
    must("on"),
    must("kind"),
    must("value"),
    may("reason"),
    long(may("explanation")),
    long(may("tried")),
    may("decided_by"),
    long(may("unblock")),
    may("in_our_control"),
    may("review_on"),
    may("due_on"),
    may("noticed_by"),
    may("evidence_url"),
];

const ACTS: &[Column] = &[must("participant"), must("on"), must("act"), may("story"), may("value")];

/// The column of that name. Capitals, and blanks for underscores, do not count.
pub fn find(columns: &'static [Column], name: &str) -> Option<&'static Column> {
    let name = name.to_lowercase().replace(' ', "_");
    columns.iter().find(|column| column.name == name)
}

/// The candidate that is nearest to `name`, and how near it is, from 0 to 1.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<(&'c str, f64)> {
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
