//! What an event of the record says. Every kind of event stands here, and nowhere else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};
use serde_json::{Map, Value};

use super::figures::Snapshot;
use super::translations::{Translations, only_brought, primary};
use super::words::{InOurControl, Progress, Reason, Response};

/// The subject of an event that concerns the whole project.
pub const PROJECT: &str = "project";

/// Why something is as it is: the words that PRODUCT demands before a bad piece of news may be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    pub what_happened: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<String>,
    /// A role, never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unblock: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_our_control: Option<InOurControl>,
    /// The next look; none means "final".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<NaiveDate>,
    /// The same in other languages than the project's.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

/// What changed, who will notice, and where the proof is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub what_changed: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unblock: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_our_control: Option<InOurControl>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<NaiveDate>,
    /// The same in other languages than the project's.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

/// One of the learnings that a recommendation was made from, and the title of its theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
}

/// One public fact. `kind` and `content` are what the record holds; the variants are the list of all kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Fact {
    ProjectStarted {
        /// Its name in the IANA database: the days of the record are counted in it.
        timezone: String,
    },
    ProjectPaused {
        why: String,
    },
    ProjectResumed {},
    ProjectChanged {
        fields: BTreeMap<String, String>,
    },
    RecommendationPublished {
        title: String,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        audience: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        responsible: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response_due_on: Option<NaiveDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target_on: Option<NaiveDate>,
        /// Title and text in other languages than the project's.
        #[serde(default, skip_serializing_if = "Translations::is_empty")]
        translations: Translations,
    },
    /// What it was made from: the newest such event holds.
    Learnings {
        learnings: Vec<Learned>,
    },
    RecommendationChanged {
        fields: BTreeMap<String, String>,
    },
    Response {
        response: Response,
        /// Who decided, where no explanation says it: a role, never a name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decided_by: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<Explanation>,
    },
    Progress {
        progress: Progress,
        from: Progress,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<Explanation>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Outcome>,
    },
    Target {
        target_on: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<NaiveDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<Explanation>,
    },
    Promise {
        promise: String,
        due_on: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<Explanation>,
    },
    PromiseMoved {
        promise: String,
        due_on: NaiveDate,
        from: NaiveDate,
        explanation: Explanation,
    },
    PromiseKept {
        promise: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence_url: Option<String>,
    },
    PromiseMissed {
        promise: String,
        due_on: NaiveDate,
    },
    ResponseOverdue {
        due_on: NaiveDate,
    },
    ReviewDatePassed {
        review_on: NaiveDate,
    },
    ExplanationStale {
        /// The number of the event whose explanation has grown old.
        of: i64,
        days: i64,
    },
    GoneQuiet {
        since: NaiveDate,
        days: i64,
    },
    Note {
        words: String,
    },
    Correction {
        corrects: i64,
        /// The passages of the content that now read otherwise.
        fields: Map<String, Value>,
    },
    Redaction {
        redacts: i64,
        why: String,
        /// The codes and dates of the redacted event, without any words, so that the status stays what it was.
        keeps: Map<String, Value>,
    },
    EditionHeld {
        period: NaiveDate,
        why: String,
    },
    EditionReleased {
        period: NaiveDate,
    },
    /// The figures of an edition, taken at its cut-off.
    Figures(Box<Snapshot>),
}

impl Fact {
    /// The kind and the content as the record holds them, without salt and day.
    pub fn parts(&self) -> (String, Map<String, Value>) {
        let Ok(Value::Object(mut whole)) = serde_json::to_value(self) else {
            unreachable!("a fact is made of strings, whole numbers and dates, which always serialise");
        };
        let kind = whole.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        match whole.remove("content") {
            Some(Value::Object(content)) => (kind, content),
            _ => (kind, Map::new()),
        }
    }

    /// Reads a fact from its kind and content; unknown members (salt, day) are left aside.
    pub fn from_parts(kind: &str, content: &Map<String, Value>) -> Result<Self, serde_json::Error> {
        // The kind first: what follows is then read where it lies, without a copy.
        let parts = [("kind", Part::Kind(kind)), ("content", Part::Content(content))];
        Fact::deserialize(MapDeserializer::new(parts.into_iter()))
    }

    /// It says something about the project to people, and is neither a figure nor a reason from before.
    pub fn is_news(&self) -> bool {
        !matches!(self, Fact::Figures(_) | Fact::Learnings { .. })
    }

    /// The kind of a fact that was written by the clock, not by a person.
    pub fn silence(&self) -> Option<&'static str> {
        match self {
            Fact::ResponseOverdue { .. } => Some("response_overdue"),
            Fact::PromiseMissed { .. } => Some("promise_missed"),
            Fact::ReviewDatePassed { .. } => Some("review_date_passed"),
            Fact::ExplanationStale { .. } => Some("explanation_stale"),
            Fact::GoneQuiet { .. } => Some("gone_quiet"),
            _ => None,
        }
    }

    pub fn is_silence(&self) -> bool {
        self.silence().is_some()
    }

    pub fn explanation(&self) -> Option<&Explanation> {
        match self {
            Fact::Response { explanation, .. }
            | Fact::Progress { explanation, .. }
            | Fact::Target { explanation, .. }
            | Fact::Promise { explanation, .. } => explanation.as_ref(),
            Fact::PromiseMoved { explanation, .. } => Some(explanation),
            _ => None,
        }
    }
}

/// One of the two members that a fact is read from.
enum Part<'a> {
    Kind(&'a str),
    Content(&'a Map<String, Value>),
}

impl<'de> IntoDeserializer<'de, serde_json::Error> for Part<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Part<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self {
            Part::Kind(kind) => visitor.visit_borrowed_str(kind),
            Part::Content(content) => content.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self {
            Part::Kind(kind) => BorrowedStrDeserializer::new(kind).deserialize_enum(name, variants, visitor),
            Part::Content(content) => content.deserialize_enum(name, variants, visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// An event as it lies in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub kind: String,
    pub subject: String,
    /// `None` once it was redacted.
    pub content: Option<Map<String, Value>>,
    pub content_hash: String,
    pub prev: String,
    pub hash: String,
}

/// An event as it is to be understood now: corrections are applied to the words, and what was redacted is reduced
/// to its codes and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    /// The day on which it happened, in the project's zone.
    pub on: NaiveDate,
    pub subject: String,
    pub fact: Fact,
    /// The last correction that changed the words.
    pub corrected_by: Option<i64>,
    /// Of a correction that leaves all words of the project's own language as they were: the languages that it brings words in.
    pub languages: Option<BTreeSet<String>>,
    pub redacted: bool,
}

impl Entry {
    /// It says something to somebody who reads this language.
    pub fn concerns(&self, language: &str) -> bool {
        let brings = |languages: &BTreeSet<String>| {
            languages.contains(language) || languages.contains(primary(language))
        };
        self.languages.as_ref().is_none_or(brings)
    }
}

/// Stands where words were taken out for legal reasons.
pub const REDACTED: &str = "[words removed for legal reasons]";

/// Reads events into entries, in order. Events after `upto` are not told, but their redactions are honoured: what
/// had to go must not be repeated by a message that was composed before it went. An event that this version cannot
/// read is an error, never passed over.
pub fn understand(events: &[Event], upto: i64, zone: Tz) -> Result<Vec<Entry>, String> {
    understand_knowing(events, &keeps(events)?, upto, zone)
}

/// What redactions among these events keep of the events that they redact, by their numbers.
pub fn keeps(events: &[Event]) -> Result<Keeps, String> {
    let mut keeps = Keeps::new();
    for event in events.iter().filter(|event| event.kind == "redaction") {
        if let Some(Fact::Redaction { redacts, keeps: kept, .. }) = read(event)? {
            keeps.insert(redacts, kept);
        }
    }
    Ok(keeps)
}

/// The codes and dates that are left of redacted events, by their numbers.
pub type Keeps = BTreeMap<i64, Map<String, Value>>;

/// Like [`understand`] for a stretch of a record, whose redactions may stand elsewhere.
pub fn understand_knowing(
    events: &[Event],
    keeps: &Keeps,
    upto: i64,
    zone: Tz,
) -> Result<Vec<Entry>, String> {
    let mut entries: Vec<Entry> = Vec::with_capacity(events.len());
    for event in events.iter().filter(|event| event.seq <= upto) {
        let (content, redacted) = match (&event.content, keeps.get(&event.seq)) {
            (Some(content), _) => (Cow::Borrowed(content), false),
            (None, Some(kept)) => (Cow::Owned(worded(&event.kind, kept)), true),
            (None, None) => return Err(format!("event {} has no content and no redaction", event.seq)),
        };
        let fact = Fact::from_parts(&event.kind, &content)
            .map_err(|error| format!("event {} cannot be read: {error}", event.seq))?;
        let on = day_of(&content).unwrap_or_else(|| event.at.with_timezone(&zone).date_naive());
        let languages = match &fact {
            Fact::Correction { corrects, fields } => correct(&mut entries, *corrects, event.seq, fields)?,
            _ => None,
        };
        entries.push(Entry {
            seq: event.seq,
            on,
            subject: event.subject.clone(),
            fact,
            corrected_by: None,
            languages,
            redacted,
        });
    }
    Ok(entries)
}

fn read(event: &Event) -> Result<Option<Fact>, String> {
    let Some(content) = &event.content else { return Ok(None) };
    Fact::from_parts(&event.kind, content)
        .map(Some)
        .map_err(|error| format!("event {} cannot be read: {error}", event.seq))
}

fn day_of(content: &Map<String, Value>) -> Option<NaiveDate> {
    content.get("on").and_then(Value::as_str).and_then(|day| day.parse().ok())
}

/// The corrected event keeps its codes and dates unless the correction names them; a redacted one stays bare. Returns the
/// languages that are brought where nothing else changes.
fn correct(
    entries: &mut [Entry],
    corrects: i64,
    by: i64,
    fields: &Map<String, Value>,
) -> Result<Option<BTreeSet<String>>, String> {
    let Some(entry) = entries.iter_mut().find(|entry| entry.seq == corrects) else { return Ok(None) };
    if entry.redacted {
        return Ok(None);
    }
    let (kind, before) = entry.fact.parts();
    let mut content = before.clone();
    for (name, value) in fields {
        content.insert(name.clone(), value.clone());
    }
    entry.fact = Fact::from_parts(&kind, &content)
        .map_err(|error| format!("the correction {by} of event {corrects} cannot be read: {error}"))?;
    entry.corrected_by = Some(by);
    Ok(only_brought(before, entry.fact.parts().1))
}

/// The members of a content that hold words. They go when an event is redacted; codes and dates stay.
const WORDS: &[&str] = &[
    "why",
    "title",
    "text",
    "audience",
    "responsible",
    "what_happened",
    "tried",
    "decided_by",
    "unblock",
    "what_changed",
    "noticed_by",
    "evidence_url",
    "promise",
    "words",
    "fields",
    "learnings",
    "translations",
];

/// The codes and dates of a content, without words and salt: what a redaction keeps.
pub fn without_words(content: &Map<String, Value>) -> Map<String, Value> {
    content
        .iter()
        .filter(|(name, _)| !WORDS.contains(&name.as_str()) && name.as_str() != "salt")
        .map(|(name, value)| match value {
            Value::Object(inner) => (name.clone(), Value::Object(without_words(inner))),
            other => (name.clone(), other.clone()),
        })
        .collect()
}

/// Puts the mark for removed words where a kind of event cannot be read without them.
fn worded(kind: &str, kept: &Map<String, Value>) -> Map<String, Value> {
    let mut content = kept.clone();
    let mut put = |name: &str| {
        content.entry(name.to_owned()).or_insert_with(|| Value::String(REDACTED.to_owned()));
    };
    match kind {
        "project_paused" | "edition_held" | "redaction" => put("why"),
        "recommendation_published" => {
            put("title");
            put("text");
        }
        "promise" | "promise_moved" | "promise_kept" | "promise_missed" => {
            // Two promises without words are still two.
            let mark = match content.get("of").and_then(Value::as_i64) {
                Some(made) => format!("{REDACTED} ({made})"),
                None => REDACTED.to_owned(),
            };
            content.entry("promise".to_owned()).or_insert(Value::String(mark));
        }
        "note" => put("words"),
        "learnings" => {
            content.entry("learnings".to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        }
        "correction" | "project_changed" | "recommendation_changed" => {
            content.entry("fields".to_owned()).or_insert_with(|| Value::Object(Map::new()));
        }
        _ => {}
    }
    for (name, words) in [("explanation", "what_happened"), ("outcome", "what_changed")] {
        if let Some(Value::Object(inner)) = content.get_mut(name) {
            inner.entry(words.to_owned()).or_insert_with(|| Value::String(REDACTED.to_owned()));
        }
    }
    content
}
