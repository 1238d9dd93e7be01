//! The form of the record: how an event is hashed, chained and checked. It is fixed for ever, because people hold
//! fingerprints of it in their hands; `docs/record-format.md` says the same for somebody who writes a verifier.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::event::Event;

/// `prev` of the first event.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The last event of a record: what a new one is chained to, and what an update names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub seq: i64,
    pub hash: String,
    pub at: Option<DateTime<Utc>>,
}

impl Default for Head {
    fn default() -> Self {
        Head { seq: 0, hash: GENESIS.to_owned(), at: None }
    }
}

/// RFC 3339, UTC, six digits of a second.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The first 16 digits of a hash in groups of four: short enough to read over a telephone.
pub fn fingerprint(hash: &str) -> String {
    let short: Vec<char> = hash.chars().take(16).collect();
    short.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value)
        .expect("strings, whole numbers and dates always have a canonical form")
}

/// SHA-256 over the RFC 8785 form of the content, in lower-case hex.
pub fn content_hash(content: &Map<String, Value>) -> String {
    hex::encode(Sha256::digest(canonical(&Value::Object(content.clone()))))
}

/// SHA-256 over the previous hash (32 bytes) and the RFC 8785 form of what is chained.
pub fn event_hash(
    prev: &str,
    seq: i64,
    at: &str,
    kind: &str,
    subject: &str,
    content_hash: &str,
) -> Option<String> {
    let prev = hex::decode(prev).ok().filter(|bytes| bytes.len() == 32)?;
    let chained =
        json!({ "seq": seq, "at": at, "kind": kind, "subject": subject, "content_hash": content_hash });
    let mut hasher = Sha256::new();
    hasher.update(prev);
    hasher.update(canonical(&chained));
    Some(hex::encode(hasher.finalize()))
}

/// The next event after `head`. `content` already carries its salt. The time never falls: where the clock stands
/// before the last event, that event's time is taken.
pub fn append(
    head: &Head,
    at: DateTime<Utc>,
    kind: &str,
    subject: &str,
    content: Map<String, Value>,
) -> Event {
    let at = head.at.map_or(at, |last| last.max(at));
    let seq = head.seq + 1;
    let content_hash = content_hash(&content);
    let hash = event_hash(&head.hash, seq, &stamp(at), kind, subject, &content_hash)
        .expect("the hash of the head is 32 bytes in hex, because this function or GENESIS made it");
    Event {
        seq,
        at,
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        content: Some(content),
        content_hash,
        prev: head.hash.clone(),
        hash,
    }
}

/// An event as a line of the exported record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub seq: i64,
    pub at: String,
    pub kind: String,
    pub subject: String,
    /// Must be there; `null` where it was redacted.
    #[serde(deserialize_with = "present")]
    pub content: Option<Map<String, Value>>,
    pub content_hash: String,
    pub prev: String,
    pub hash: String,
}

/// Reads what may be `null` but not missing.
fn present<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Map<String, Value>>, D::Error> {
    Option::deserialize(deserializer)
}

impl From<&Event> for Line {
    fn from(event: &Event) -> Self {
        Line {
            seq: event.seq,
            at: stamp(event.at),
            kind: event.kind.clone(),
            subject: event.subject.clone(),
            content: event.content.clone(),
            content_hash: event.content_hash.clone(),
            prev: event.prev.clone(),
            hash: event.hash.clone(),
        }
    }
}

/// The first event that does not hold, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    pub seq: i64,
    pub why: String,
}

/// Checks a whole record, in order.
///
/// # Errors
/// The number that was expected at the first line that does not hold, and why.
pub fn verify(lines: &[Line]) -> Result<Head, Broken> {
    walk(&lines.iter().map(Ok).collect::<Vec<_>>())
}

/// Checks lines of which some could not be read. Which contents may be missing is collected from all redactions first,
/// so that the event that is named is the first that does not hold.
pub fn walk(lines: &[Result<&Line, &str>]) -> Result<Head, Broken> {
    let redacted: BTreeSet<i64> = lines.iter().flatten().filter_map(|line| redacts(line)).collect();
    let mut head = Head::default();
    let mut last_at: Option<&str> = None;
    for line in lines {
        let seq = head.seq + 1;
        let line = line.map_err(|why| Broken { seq, why: why.to_owned() })?;
        check(line, &head, last_at, &redacted).map_err(|why| Broken { seq, why })?;
        head = Head { seq, hash: line.hash.clone(), at: line.at.parse().ok() };
        last_at = Some(&line.at);
    }
    Ok(head)
}

fn redacts(line: &Line) -> Option<i64> {
    let content = line.content.as_ref().filter(|_| line.kind == "redaction")?;
    content.get("redacts").and_then(Value::as_i64).filter(|seq| *seq < line.seq)
}

fn check(line: &Line, head: &Head, last_at: Option<&str>, redacted: &BTreeSet<i64>) -> Result<(), String> {
    let expected = head.seq + 1;
    if line.seq != expected {
        return Err(format!("the number is {} where {expected} was expected", line.seq));
    }
    if !is_stamp(&line.at) {
        return Err("the time is not of the form 2026-01-31T10:00:00.000000Z".to_owned());
    }
    if last_at.is_some_and(|last| last > line.at.as_str()) {
        return Err("the time lies before that of the event before".to_owned());
    }
    if line.prev != head.hash {
        return Err("it does not follow from the event before".to_owned());
    }
    match &line.content {
        Some(content) if content_hash(content) != line.content_hash => {
            return Err("the content does not match its hash".to_owned());
        }
        Some(content) => {
            let salt = content.get("salt").and_then(Value::as_str).unwrap_or_default();
            if !is_digits(salt, 32) {
                return Err("the content has no salt of 32 hex digits".to_owned());
            }
        }
        None if line.kind == "redaction" => {
            return Err("a redaction cannot be redacted itself".to_owned());
        }
        None if !is_digits(&line.content_hash, 64) => {
            return Err("the hash of the content is not 64 digits".to_owned());
        }
        None if !redacted.contains(&line.seq) => {
            return Err("the content is gone and no redaction says so".to_owned());
        }
        None => {}
    }
    match event_hash(&line.prev, line.seq, &line.at, &line.kind, &line.subject, &line.content_hash) {
        Some(hash) if hash == line.hash => Ok(()),
        _ => Err("the hash does not match what it covers".to_owned()),
    }
}

/// Of the form that `stamp` gives. Whether the day exists is not asked, so that a pattern is enough for a verifier.
fn is_stamp(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00.000000Z";
    text.len() == FORM.len()
        && text.bytes().zip(FORM).all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            other => byte == *other,
        })
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain(words: &[String]) -> Vec<Line> {
        let mut head = Head::default();
        let mut lines = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let mut content = Map::new();
            content.insert("salt".to_owned(), Value::String(format!("{index:032x}")));
            content.insert("words".to_owned(), Value::String(word.clone()));
            let at = DateTime::from_timestamp_micros(1_700_000_000_000_000 + index as i64).expect("a time");
            let event = append(&head, at, "note", "R1", content);
            head = Head { seq: event.seq, hash: event.hash.clone(), at: Some(event.at) };
            lines.push(Line::from(&event));
        }
        lines
    }

    proptest! {
        #[test]
        fn a_chain_holds_and_any_changed_word_is_named(words in prop::collection::vec("\\PC{0,12}", 1..8), at in any::<prop::sample::Index>()) {
            let mut lines = chain(&words);
            prop_assert!(verify(&lines).is_ok());
            let index = at.index(lines.len());
            let content = lines[index].content.as_mut().expect("content");
            content.insert("words".to_owned(), Value::String("something else entirely".to_owned()));
            prop_assert_eq!(verify(&lines).expect_err("changed").seq, index as i64 + 1);
        }
    }

    #[test]
    fn an_event_without_content_needs_a_redaction_that_names_it() {
        let mut lines = chain(&["one".to_owned(), "two".to_owned()]);
        lines[0].content = None;
        assert_eq!(verify(&lines).expect_err("bare").seq, 1);
    }

    #[test]
    fn a_missing_event_is_named_by_the_number_that_was_expected() {
        let mut lines = chain(&["one".to_owned(), "two".to_owned(), "three".to_owned()]);
        lines.remove(1);
        assert_eq!(verify(&lines).expect_err("gap").seq, 2);
    }

    #[test]
    fn the_time_of_an_event_never_falls() {
        let late = DateTime::from_timestamp_micros(2_000_000).expect("a time");
        let head = Head { seq: 1, hash: GENESIS.to_owned(), at: Some(late) };
        let early = DateTime::from_timestamp_micros(1_000_000).expect("a time");
        assert_eq!(append(&head, early, "note", "R1", Map::new()).at, late);
    }
}
