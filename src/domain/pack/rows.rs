//! The rows of each sheet, typed. None that is about people can be printed with `{:?}`: they hold what people said and how they are
//! reached, and that must not get into a log by accident. A hundred thousand of them are held at once, so what stands in many rows is
//! shared, and texts have no room to grow.

use std::sync::Arc;

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
    pub id: Arc<str>,
    pub greeting_name: Option<Box<str>>,
    pub email: Option<Box<str>>,
    pub phone: Option<Box<str>>,
    pub postal_address: Option<Box<str>>,
    pub channel: Channel,
    /// Default the project's.
    pub language: Arc<str>,
    pub format: Format,
    pub cadence: Cadence,
    pub quiet_times: QuietTimes,
    /// Where the sheet has no such column, a channel other than none stands for it.
    pub contact_consent: bool,
}

#[derive(Clone, PartialEq)]
pub struct StoryRow {
    pub code: Arc<str>,
    pub participant: Arc<str>,
    pub summary: Option<Box<str>>,
    pub url: Option<Box<str>>,
    pub medium: Medium,
    pub gathered_on: Option<NaiveDate>,
    /// `None`: stored, used nowhere.
    pub consent: Option<Consent>,
    pub attribution: Attribution,
    pub content_note: Option<Box<str>>,
    pub themes: Box<[Arc<str>]>,
}

#[derive(Clone, PartialEq)]
pub struct ThemeRow {
    pub id: Arc<str>,
    pub title: String,
    pub summary: Option<String>,
}

#[derive(Clone, PartialEq)]
pub struct LearningRow {
    pub id: Arc<str>,
    pub theme: Option<Arc<str>>,
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
    pub learnings: Box<[Arc<str>]>,
    /// Columns in other languages than the project's. Empty words take away what was there.
    pub translations: Translations,
}

#[derive(Clone, PartialEq)]
pub struct EvidenceRow {
    pub recommendation: Arc<str>,
    pub story: Arc<str>,
    pub direction: Direction,
    pub why: Option<Box<str>>,
}

/// A row of history is an act of the organisation. Its value is sound for its kind: the code of a response or of a
/// progress, the words of a promise or note, a date in ISO form.
pub use crate::domain::history::Act as HistoryRow;

#[derive(Clone, PartialEq)]
pub struct ActRow {
    pub participant: Arc<str>,
    pub on: NaiveDate,
    pub act: ActKind,
    /// Only for withdraw; without it every story of the participant is meant.
    pub story: Option<Arc<str>>,
    /// Only for choose, and always there: what was chosen, in its canonical form.
    pub choice: Option<(Choice, String)>,
}
