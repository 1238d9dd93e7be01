//! Giving out the record, checking it, and taking out a passage that must go.

use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, IntoActiveModel};
use serde_json::{Map, Value};

use crate::app::App;
use crate::domain::event::{Event, Fact, REDACTED, without_words};
use crate::domain::record::{Broken, Head, Line, verify};
use crate::domain::words::has_words;
use crate::error::{Error, Result};
use crate::store::{self, audit, event, history, project};

use super::book::Book;

/// The whole record of a project, one line an event.
pub async fn export(app: &App, slug: &str) -> Result<Vec<Line>> {
    let project = super::project(app, slug).await?;
    let events = event::all(&app.db.reader, project.id).await?;
    Ok(events.iter().map(Line::from).collect())
}

/// Checks a project's record, and that its head is the one that the project names.
pub async fn verify_project(app: &App, slug: &str) -> Result<std::result::Result<Head, Broken>> {
    let project = super::project(app, slug).await?;
    let lines = export(app, slug).await?;
    Ok(verify(&lines).and_then(|head| {
        if head.seq == project.head_seq && head.hash == project.head_hash {
            return Ok(head);
        }
        let seq = head.seq.min(project.head_seq) + 1;
        Err(Broken { seq, why: "the record does not end with the event that the project names".to_owned() })
    }))
}

/// Takes the words of an event out of the record for legal reasons; its hash, codes and dates stay. Corrections of it
/// held the same passage and go with it, and so do the other events of a promise, which repeat its words. Returns the
/// numbers of the redactions.
pub async fn redact(app: &App, slug: &str, seq: i64, why: &str) -> Result<Vec<i64>> {
    let why = why.trim();
    if !has_words(why) {
        return Err(Error::invalid("reason", "a redaction needs a reason"));
    }
    let project = super::project(app, slug).await?;
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, project.id).await?;
    let promise = book.event(seq).and_then(promised);
    let same_promise = |event: &Event| promise.is_some() && promised(event) == promise;
    let chosen: Vec<i64> = book
        .events()
        .iter()
        .filter(|event| event.seq == seq || same_promise(event))
        .map(|event| event.seq)
        .collect();
    let made = chosen.first().copied().filter(|_| promise.is_some());
    let going: Vec<(i64, String, Fact)> = book
        .events()
        .iter()
        .filter(|event| {
            chosen.contains(&event.seq)
                || corrects(event).is_some_and(|corrected| chosen.contains(&corrected))
        })
        .filter_map(|event| {
            let mut keeps = without_words(event.content.as_ref()?);
            if event.kind == "recommendation_changed" {
                keeps.insert("fields".to_owned(), without_words_of_fields(event.content.as_ref()?));
            }
            // A promise is known by its words; without them by the event that made it.
            if let Some(made) = made.filter(|_| promised(event).is_some()) {
                keeps.insert("of".to_owned(), made.into());
            }
            let fact = Fact::Redaction { redacts: event.seq, why: why.to_owned(), keeps };
            Some((event.seq, event.subject.clone(), fact))
        })
        .collect();
    match book.event(seq) {
        None => return Err(Error::not_found(format!("Event {seq}"))),
        Some(found) if found.kind == "redaction" => {
            return Err(Error::refused(
                "A redaction says what is gone; it cannot go itself. Nothing was changed.",
            ));
        }
        Some(found) if found.content.is_none() => {
            return Err(Error::refused("This event was redacted before. Nothing was changed."));
        }
        Some(_) => {}
    }
    forget_of_project(&tx, &book, seq).await?;
    let today = book.today(now);
    let mut written = Vec::with_capacity(going.len());
    for (gone, subject, fact) in going {
        event::redact(&tx, project.id, gone).await?;
        book.forget(gone);
        written.push(book.write(&tx, now, &subject, today, fact).await?);
        history::forget_words(&tx, project.id, gone).await?;
    }
    audit::add(&tx, Some(project.id), now, "staff", "redact an event", &format!("event {seq}")).await?;
    tx.commit().await?;
    Ok(written)
}

/// What changed in a recommendation: its dates stay, and its words make way for the mark.
fn without_words_of_fields(content: &Map<String, Value>) -> Value {
    let fields = content.get("fields").and_then(Value::as_object).into_iter().flatten();
    let kept = fields.map(|(name, value)| {
        let value = if name.ends_with("_on") { value.clone() } else { Value::String(REDACTED.to_owned()) };
        (name.clone(), value)
    });
    Value::Object(kept.collect())
}

/// The pages of a project show its summary beside the record: words that go from there go from here too.
async fn forget_of_project(tx: &impl ConnectionTrait, book: &Book, seq: i64) -> Result<()> {
    let event = book.event(seq).filter(|event| event.kind == "project_changed");
    let fields = event.and_then(|event| event.content.as_ref()?.get("fields")?.as_object());
    let Some(fields) = fields else { return Ok(()) };
    let says = |name: &str| fields.get(name).and_then(Value::as_str);
    if says("title") == Some(book.project.title.as_str()) {
        return Err(Error::refused(
            "The project still has this title. Nothing was changed; import it with another title first.",
        ));
    }
    if says("summary").is_some() && says("summary") == book.project.summary.as_deref() {
        let mut row = book.project.clone().into_active_model();
        row.summary = Set(None);
        project::save(tx, row).await?;
        project::raise_shown(tx, book.project.id).await?;
    }
    Ok(())
}

/// The words of a promise, with the recommendation that it belongs to.
fn promised(event: &Event) -> Option<(String, String)> {
    let words = event.content.as_ref()?.get("promise")?.as_str()?;
    Some((event.subject.clone(), words.to_owned()))
}

fn corrects(event: &Event) -> Option<i64> {
    let content = event.content.as_ref().filter(|_| event.kind == "correction")?;
    content.get("corrects").and_then(serde_json::Value::as_i64)
}
