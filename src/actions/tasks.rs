//! What waits for a person: letters to post, calls to make, messages to look into, rows that did not fit, drafts.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::book::Book;
use super::editions::{Unexplained, unexplained};
use super::messages::{Pass, forbidden, word};
use super::telling;
use crate::app::App;
use crate::domain::words::has_words;
use crate::domain::words::{BounceKind, Channel, EditionState, MessageKind, MessageState, ProjectState};
use crate::error::{Error, Result};
use crate::store::message::End;
use crate::store::types::MessageId;
use crate::store::{self, audit, bounce, edition, history, message, participant, project};

/// A letter or call that waits, or a message that somebody has to look into.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: MessageId,
    pub project: String,
    pub participant: String,
    pub channel: Channel,
    pub kind: MessageKind,
    pub state: MessageState,
    pub since: NaiveDate,
    pub why: Option<String>,
}

/// A draft that goes out by itself unless it is held, with what lacks an explanation.
#[derive(Clone, Debug)]
pub struct Draft {
    pub project: String,
    pub period_on: NaiveDate,
    pub held_why: Option<String>,
    pub lacking: Vec<Unexplained>,
}

/// Somebody whose e-mail address does not take messages: they are to be asked for another.
#[derive(Clone, Debug)]
pub struct Lost {
    pub project: String,
    pub participant: String,
    pub since: NaiveDate,
    pub why: BounceKind,
}

#[derive(Clone, Debug, Default)]
pub struct Tasks {
    pub tasks: Vec<Task>,
    pub lost: Vec<Lost>,
    pub drafts: Vec<Draft>,
    /// Rows of history that did not fit the record on their day: project, day, why.
    pub refused: Vec<(String, NaiveDate, String)>,
}

impl Tasks {
    /// How many things wait for somebody, but for drafts, which go out by themselves.
    pub fn count(&self) -> usize {
        self.tasks.len() + self.lost.len() + self.refused.len()
    }
}

/// It was refused, and what followed from that is noted with its person: there is nothing to look into.
pub fn comes_again(state: MessageState, id: MessageId, came_back: &HashSet<MessageId>) -> bool {
    state == MessageState::Failed && came_back.contains(&id)
}

pub async fn list(app: &App) -> Result<Tasks> {
    let db = &app.db.reader;
    let mut found = Tasks::default();
    let projects = project::all(db).await?;
    let came_back: HashSet<MessageId> = bounce::messages(db).await?.into_iter().collect();
    for row in message::for_people(db).await? {
        let Some(project) = projects.iter().find(|project| project.id == row.project_id) else { continue };
        let Some(person) = participant::find(db, row.participant_id).await? else { continue };
        // What waits for an address has one entry with its person below, and what came back comes again by itself.
        let waits = row.state == MessageState::Task && person.needs_address();
        if comes_again(row.state, row.id, &came_back) || (waits && row.channel == Channel::Email) {
            continue;
        }
        if row.state == MessageState::Task && forbidden(&row, &person).is_some() {
            continue;
        }
        found.tasks.push(Task {
            id: row.id,
            project: project.slug.clone(),
            participant: person.reference,
            channel: row.channel,
            kind: row.kind,
            state: row.state,
            since: project.today(row.created_at.utc())?,
            why: row.why,
        });
    }
    for person in participant::needing_address(db).await? {
        let Some(project) = projects.iter().find(|project| project.id == person.project_id) else { continue };
        let (Some(since), Some(why)) = (person.bounced_at, person.bounced_why) else { continue };
        let since = project.today(since.utc())?;
        found.lost.push(Lost { project: project.slug.clone(), participant: person.reference, since, why });
    }
    for project in &projects {
        for row in history::refused(db, project.id).await? {
            found.refused.push((project.slug.clone(), row.on, row.why.unwrap_or_default()));
        }
        let mut waiting = edition::in_state(db, project.id, EditionState::Draft).await?;
        waiting.extend(edition::in_state(db, project.id, EditionState::Held).await?);
        if waiting.is_empty() {
            continue;
        }
        let tx = store::begin(&app.db).await?;
        let book = Book::open(&tx, project.id).await?;
        let lacking = unexplained(&book, book.today(app.clock.now()));
        tx.rollback().await?;
        for edition in waiting {
            found.drafts.push(Draft {
                project: project.slug.clone(),
                period_on: edition.period_on,
                held_why: edition.held_why,
                lacking: lacking.clone(),
            });
        }
    }
    Ok(found)
}

/// A letter or call in full, with the address or number: for the eyes of whoever does it. The purpose is written down.
#[derive(Clone)]
pub struct Sheet {
    pub to: String,
    pub text: String,
}

pub async fn show(app: &App, id: MessageId, purpose: &str) -> Result<Sheet> {
    let purpose = purpose.trim();
    if !has_words(purpose) {
        return Err(Error::invalid(
            "purpose",
            "an address is shown only for a purpose, such as `posting the letter`",
        ));
    }
    let row = waiting(app, id).await?;
    let db = &app.db.reader;
    let person = participant::find(db, row.participant_id).await?;
    let person = person.ok_or_else(|| Error::not_found("The participant"))?;
    if let Some(why) = forbidden(&row, &person) {
        return Err(Error::refused(format!("This must not go out any more: {why}. Nothing was shown.")));
    }
    let project = project::find(db, row.project_id).await?;
    if row.kind == MessageKind::Update && project.is_none_or(|project| project.state != ProjectState::Running)
    {
        return Err(Error::refused("The project is paused, so updates wait. Nothing was shown."));
    }
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let about = format!("participant {}: {purpose}", person.id);
    audit::add(&tx, Some(row.project_id), now, "staff", "open the vault", &about).await?;
    tx.commit().await?;
    let worded = word(app, &mut Pass::default(), &row, person).await?;
    let contact = worded.contact;
    let to = match row.channel {
        Channel::Phone => contact.phone.unwrap_or_default(),
        _ => [contact.greeting_name, contact.postal_address]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n"),
    };
    Ok(Sheet { to, text: worded.rendered.text })
}

/// The letter was posted or the call was made: only now it is told.
pub async fn done(app: &App, id: MessageId) -> Result<()> {
    let row = waiting(app, id).await?;
    let now = app.clock.now();
    let person = participant::find(&app.db.reader, row.participant_id).await?;
    let person = person.ok_or_else(|| Error::not_found("The participant"))?;
    let told = word(app, &mut Pass::default(), &row, person).await?.telling;
    let tx = store::begin(&app.db).await?;
    participant::lock(&tx, row.participant_id).await?;
    let end = End {
        state: MessageState::Accepted,
        due_at: now,
        finished_at: Some(now),
        unknowns: 0,
        why: Some("recorded by a person".to_owned()),
        tried_at: Some(now),
    };
    if message::settle(&tx, &[(&row, &end)]).await? == 0 {
        return Err(Error::refused("This task is not open any more. Nothing was changed."));
    }
    if let Some(told) = told {
        telling::told(&tx, &[&told], now).await?;
    }
    audit::add(&tx, Some(row.project_id), now, "staff", "record a letter or call", &format!("message {id}"))
        .await?;
    tx.commit().await?;
    Ok(())
}

async fn waiting(app: &App, id: MessageId) -> Result<message::Model> {
    let row = message::find(&app.db.reader, id).await?;
    let row = row.ok_or_else(|| Error::not_found(format!("A task {id}")))?;
    if row.state != MessageState::Task {
        return Err(Error::refused(format!(
            "This task is not open: it is {}. Nothing was changed.",
            row.state
        )));
    }
    if row.channel == Channel::Email {
        return Err(Error::refused(
            "This update waits until its person has a new address. Nothing was changed.",
        ));
    }
    Ok(row)
}
