//! The rows of each sheet, typed. None that is about people can be printed with `{:?}`: they hold what people said and how they are
//! reached, and that must not get into a log by accident.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::domain::quiet::QuietTimes;
use crate::domain::translations::Translations;
use crate::domain::words::{
    ActKind, Attribution, Cadence, Channel, Choice, Consent, Direction, Format, Medium,
};

#[derive(Clone, PartialEq)]
pub struct ProjectSheet {
    pub slug: String,
    pub title: String,
    pub organisation: String,
    pub summary: Option<String>,
    pub sender_name: String,
    pub contact_email: String,
    pub contact_phone: Option<String>,
    /// Default `en`.
    pub language: String,
    pub timezone: Tz,
    /// Five fields of cron that come round again, one blank between them.
    pub schedule: String,
    /// Default 5.
    pub review_days: u32,
    /// Default 180.
    pub response_due_days: u32,
    /// Default 60; 0 turns *gone quiet* off.
    pub quiet_after_days: u32,
    pub quiet_times: QuietTimes,
    /// Default yes.
    pub neutral_subjects: bool,
    pub support_contact: Option<String>,
    pub concern_person: Option<String>,
}

#[derive(Clone, PartialEq)]
pub struct ParticipantRow {
    pub id: String,
    pub greeting_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub postal_address: Option<String>,
    pub channel: Channel,
    /// Default the project's.
    pub language: String,
    pub format: Format,
    pub cadence: Cadence,
    pub quiet_times: QuietTimes,
    /// Where the sheet has no such column, a channel other than none stands for it.
    pub contact_consent: bool,
}

#[derive(Clone, PartialEq)]
pub struct StoryRow {
    pub code: String,
    pub participant: String,
    pub summary: Option<String>,
    pub url: Option<String>,
    pub medium: Medium,
    pub gathered_on: Option<NaiveDate>,
    /// `None`: stored, used nowhere.
    pub consent: Option<Consent>,
    pub attribution: Attribution,
    pub content_note: Option<String>,
    pub themes: Vec<String>,
}

#[derive(Clone, PartialEq)]
pub struct ThemeRow {
    pub id: String,
    pub title: String,
    pub summary: Option<String>,
}

#[derive(Clone, PartialEq)]
pub struct LearningRow {
    pub id: String,
    pub theme: Option<String>,
    pub text: String,
}

#[derive(Clone, PartialEq)]
pub struct RecommendationRow {
    /// The column `ref`.
    pub reference: String,
    pub title: String,
    pub text: String,
    pub audience: Option<String>,
    pub responsible: Option<String>,
    pub responsible_email: Option<String>,
    pub published_on: Option<NaiveDate>,
    pub response_due_on: Option<NaiveDate>,
    pub target_on: Option<NaiveDate>,
    pub learnings: Vec<String>,
    /// Columns in other languages than the project's. Empty words take away what was there.
    pub translations: Translations,
}

#[derive(Clone, PartialEq)]
pub struct EvidenceRow {
    pub recommendation: String,
    pub story: String,
    pub direction: Direction,
    pub why: Option<String>,
}

/// A row of history is an act of the organisation. Its value is sound for its kind: the code of a response or of a
/// progress, the words of a promise or note, a date in ISO form.
pub use crate::domain::history::Act as HistoryRow;

#[derive(Clone, PartialEq)]
pub struct ActRow {
    pub participant: String,
    pub on: NaiveDate,
    pub act: ActKind,
    /// Only for withdraw; without it every story of the participant is meant.
    pub story: Option<String>,
    /// Only for choose, and always there: what was chosen, in its canonical form.
    pub choice: Option<(Choice, String)>,
}
