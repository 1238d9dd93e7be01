//! An act: one row of the sheet `history`, or one `hearback log`, before it is decided what it means.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::event::Fact;
use super::translations::Translations;
use super::words::{HistoryKind, InOurControl, Reason};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    pub recommendation: String,
    pub on: NaiveDate,
    pub kind: HistoryKind,
    pub value: String,
    pub reason: Option<Reason>,
    pub explanation: Option<String>,
    pub tried: Option<String>,
    pub decided_by: Option<String>,
    pub unblock: Option<String>,
    pub in_our_control: Option<InOurControl>,
    pub review_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub noticed_by: Option<String>,
    pub evidence_url: Option<String>,
    /// Columns in other languages than the project's: by language, then by the name of the column.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl Act {
    pub fn new(recommendation: &str, on: NaiveDate, kind: HistoryKind, value: &str) -> Self {
        Act {
            recommendation: recommendation.to_owned(),
            on,
            kind,
            value: value.to_owned(),
            reason: None,
            explanation: None,
            tried: None,
            decided_by: None,
            unblock: None,
            in_our_control: None,
            review_on: None,
            due_on: None,
            noticed_by: None,
            evidence_url: None,
            translations: Translations::new(),
        }
    }

    /// Keeps what the same words were given in other languages before, in a fact or an act of these cells. What it brings
    /// itself stands.
    pub fn keep_languages(&mut self, before: &BTreeMap<String, String>, languages: &Translations) {
        let now = self.cells();
        for (language, columns) in languages {
            for (column, words) in columns {
                if now.contains_key(column) && now.get(column) == before.get(column) {
                    let kept = self.translations.entry(language.clone()).or_default();
                    kept.entry(column.clone()).or_insert_with(|| words.clone());
                }
            }
        }
    }

    /// What makes it this row and no other: recommendation, day, kind and value, as a hash, so that the row is known
    /// again after its words were redacted.
    pub fn key(&self) -> String {
        digest(&[&self.recommendation, &self.on.to_string(), self.kind.code(), &self.value])
    }

    /// The cells that are words about the row, by the name of their column.
    pub fn cells(&self) -> BTreeMap<String, String> {
        let mut cells = BTreeMap::new();
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                cells.insert(String::from(name), value);
            }
        };
        put("reason", self.reason.map(|reason| reason.code().to_owned()));
        put("explanation", self.explanation.clone());
        put("tried", self.tried.clone());
        put("decided_by", self.decided_by.clone());
        put("unblock", self.unblock.clone());
        put("in_our_control", self.in_our_control.map(|answer| answer.code().to_owned()));
        put("review_on", self.review_on.map(|day| day.to_string()));
        put("due_on", self.due_on.map(|day| day.to_string()));
        put("noticed_by", self.noticed_by.clone());
        put("evidence_url", self.evidence_url.clone());
        for (language, words) in &self.translations {
            for (column, words) in words {
                put(&column_in(column, language), Some(words.clone()));
            }
        }
        cells
    }

    /// A hash over the cells: two rows with the same key and another digest differ in their words.
    pub fn digest(&self) -> String {
        let cells = self.cells();
        let flat: Vec<&str> =
            cells.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
        digest(&flat)
    }
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex::encode(hasher.finalize())
}

/// The name of a column in another language: `explanation_cy`.
pub fn column_in(column: &str, language: &str) -> String {
    format!("{column}_{}", language.to_lowercase().replace('-', "_"))
}

/// The cells that a fact was made of, by the name of their column.
pub fn cells_of(fact: &Fact) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    for (name, value) in members(fact) {
        if let (Some(column), Some(text)) = (column_of(&name), value.as_str()) {
            cells.insert(column.to_owned(), text.to_owned());
        }
    }
    for (language, words) in translations_of(fact) {
        for (column, words) in words {
            cells.insert(column_in(&column, &language), words);
        }
    }
    cells
}

/// The cells in other languages that a fact was made of: by language, then by the name of the column.
pub fn translations_of(fact: &Fact) -> Translations {
    let mut all = Translations::new();
    for (_, value) in members(fact).into_iter().filter(|(name, _)| name == "translations") {
        for (language, words) in value.as_object().into_iter().flatten() {
            for (member, words) in words.as_object().into_iter().flatten() {
                if let (Some(column), Some(text)) = (column_of(member), words.as_str()) {
                    all.entry(language.clone()).or_default().insert(column.to_owned(), text.to_owned());
                }
            }
        }
    }
    all
}

/// What a fact states, with what stands in its explanation or outcome.
fn members(fact: &Fact) -> Vec<(String, Value)> {
    let (_, content) = fact.parts();
    let inner =
        ["explanation", "outcome"].into_iter().filter_map(|name| content.get(name)?.as_object().cloned());
    let mut all: Vec<(String, Value)> = inner.flatten().collect();
    all.extend(content);
    all
}

/// The column whose words a member of a fact holds.
fn column_of(member: &str) -> Option<&'static str> {
    const SAME: [&str; 10] = [
        "reason",
        "tried",
        "decided_by",
        "unblock",
        "in_our_control",
        "review_on",
        "noticed_by",
        "evidence_url",
        "due_on",
        "explanation",
    ];
    let name = if matches!(member, "what_happened" | "what_changed") { "explanation" } else { member };
    SAME.into_iter().find(|column| *column == name)
}

/// What a correction changes: the members of the new content that differ from the old one. Salt and day are no
/// words. A member that is gone now reads `null`.
pub fn corrected_fields(old: &Fact, new: &Fact) -> Map<String, Value> {
    let (_, old) = old.parts();
    let (_, new) = new.parts();
    let mut fields = Map::new();
    for (name, value) in &new {
        if old.get(name) != Some(value) {
            fields.insert(name.clone(), value.clone());
        }
    }
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        fields.insert(name.clone(), Value::Null);
    }
    fields
}
