//! What waits for a person: letters to post, calls to make, messages to look into, rows that did not fit, drafts.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::book::Book;
use super::editions::{Unexplained, unexplained};
use super::messages::{Pass, forbidden, word};
use super::telling;
use crate::app::App;
use crate::domain::words::has_words;
use crate::domain::words::{
    BounceKind, Channel, EditionState, MessageKind, MessageState, ParticipantState, ProjectState,
};
use crate::error::{Error, Result};
use crate::keys::Contact;
use crate::mail::document::plain;
use crate::store::message::End;
use crate::store::types::{At, MessageId, ParticipantId};
use crate::store::{self, audit, bounce, edition, history, message, participant, project};

/// A letter or call that waits, or a message that somebody has to look into.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    pub id: MessageId,
    pub project: String,
    pub participant: String,
    pub channel: Channel,
    pub kind: MessageKind,
    pub state: MessageState,
    pub since: NaiveDate,
    /// It lies with somebody since that day.
    pub printed_on: Option<NaiveDate>,
    pub why: Option<String>,
    /// Of a letter or call that waits: the last one before it could not be done either, since that day and for that reason.
    pub last_time: Option<(NaiveDate, String)>,
}

/// A draft that goes out by itself unless it is held, with what lacks an explanation.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    pub project: String,
    pub period_on: NaiveDate,
    pub held_why: Option<String>,
    pub lacking: Vec<Unexplained>,
}

/// Somebody whose e-mail address does not take messages: they are to be asked for another.
#[derive(Clone, Debug, Serialize)]
pub struct Lost {
    pub project: String,
    pub participant: String,
    pub since: NaiveDate,
    pub why: BounceKind,
}

/// A row of history that did not fit the record on its day.
#[derive(Clone, Debug, Serialize)]
pub struct Misfit {
    pub project: String,
    pub on: NaiveDate,
    pub why: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Tasks {
    pub tasks: Vec<Task>,
    pub lost: Vec<Lost>,
    pub drafts: Vec<Draft>,
    pub refused: Vec<Misfit>,
}

impl Tasks {
    /// How many things wait for somebody, but for drafts, which go out by themselves.
    pub fn count(&self) -> usize {
        self.tasks.len() + self.lost.len() + self.refused.len()
    }
}

/// What is known of messages that were not told.
pub(super) struct Ended {
    came_back: HashSet<MessageId>,
    taken_over: HashMap<MessageId, bool>,
}

impl Ended {
    pub(super) async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let came_back = bounce::messages(db).await?.into_iter().collect();
        Ok(Ended { came_back, taken_over: message::taken_over(db).await? })
    }

    /// A later message tells its person the same, so that there is nothing to look into.
    pub(super) fn is_taken_over(&self, id: MessageId) -> bool {
        self.taken_over.contains_key(&id)
    }

    pub(super) fn comes_again(&self, state: MessageState, id: MessageId) -> bool {
        comes_again(state, id, &self.came_back)
    }
}

/// It was refused, and what followed from that is noted with its person: there is nothing to look into.
fn comes_again(state: MessageState, id: MessageId, came_back: &HashSet<MessageId>) -> bool {
    state == MessageState::Failed && came_back.contains(&id)
}

pub async fn list(app: &App) -> Result<Tasks> {
    let db = &app.db.reader;
    let mut found = Tasks::default();
    let projects = project::all(db).await?;
    let ended = Ended::read(db).await?;
    let mut failed: HashMap<(ParticipantId, Channel), (NaiveDate, String)> = HashMap::new();
    for row in message::for_people(db).await? {
        let Some(project) = projects.iter().find(|project| project.id == row.project_id) else { continue };
        let Some(person) = participant::find(db, row.participant_id).await? else { continue };
        // What waits for an address has one entry with its person below, and what came back comes again by itself.
        let waits = row.state == MessageState::Task && person.needs_address();
        if ended.comes_again(row.state, row.id) || (waits && row.channel == Channel::Email) {
            continue;
        }
        let on_paper = matches!(row.channel, Channel::Letter | Channel::Phone);
        if let Some(was_told_since) = ended.taken_over.get(&row.id) {
            // They come in the order of time: what stands here last was tried last.
            if row.state == MessageState::Failed && on_paper && !was_told_since {
                let on = project.today(row.finished_at.unwrap_or(row.created_at).utc())?;
                failed.insert((person.id, row.channel), (on, row.why.unwrap_or_default()));
            }
            continue;
        }
        // Who is to be reached otherwise now, or not at all, needs no other way.
        let is_over = person.state != ParticipantState::Active || person.channel != row.channel;
        if row.state == MessageState::Failed && row.kind == MessageKind::Update && is_over {
            continue;
        }
        if row.state == MessageState::Task && forbidden(&row, &person).is_some() {
            continue;
        }
        found.tasks.push(Task {
            id: row.id,
            project: project.slug.clone(),
            channel: row.channel,
            kind: row.kind,
            state: row.state,
            since: project.today(row.created_at.utc())?,
            printed_on: row.printed_at.map(|at| project.today(at.utc())).transpose()?,
            last_time: failed
                .remove(&(person.id, row.channel))
                .filter(|_| row.state == MessageState::Task && on_paper),
            participant: person.reference,
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
            let why = row.why.unwrap_or_default();
            found.refused.push(Misfit { project: project.slug.clone(), on: row.on, why });
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
    let purpose = purpose_of(purpose)?;
    let row = waiting(app, id).await?;
    let db = &app.db.reader;
    let person = participant::find(db, row.participant_id).await?;
    let person = person.ok_or_else(|| Error::not_found("The participant"))?;
    let project = project::find(db, row.project_id).await?.ok_or_else(|| Error::not_found("The project"))?;
    if let Some(why) = kept_back(&row, &person, &project) {
        return Err(Error::refused(format!("This must not go out now: {why}. Nothing was shown.")));
    }
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let about = format!("participant {}: {purpose}", person.id);
    audit::add(&tx, Some(row.project_id), now, "staff", "open the vault", &about).await?;
    tx.commit().await?;
    let worded = word(app, &mut Pass::default(), &row, person).await?;
    Ok(Sheet { to: to(&row, &worded.contact).join("\n"), text: worded.written.text() })
}

/// # Errors
/// Where there are no words.
pub fn purpose_of(purpose: &str) -> Result<&str> {
    let purpose = purpose.trim();
    if has_words(purpose) {
        return Ok(purpose);
    }
    Err(Error::invalid("purpose", "an address is shown only for a purpose, such as `posting the letter`"))
}

/// Why this must not go out now, if so.
pub fn kept_back(
    row: &message::Model,
    person: &participant::Model,
    project: &project::Model,
) -> Option<&'static str> {
    let waits = row.kind == MessageKind::Update && project.state != ProjectState::Running;
    forbidden(row, person).or(waits.then_some("the project is paused, so updates wait"))
}

/// The lines of the address, or the number to ring.
pub fn to(row: &message::Model, contact: &Contact) -> Vec<String> {
    let lines: Vec<&str> = match row.channel {
        Channel::Phone => contact.phone.as_deref().into_iter().collect(),
        _ => {
            let address = contact.postal_address.as_deref().unwrap_or_default();
            // Many addresses begin with the whole name.
            let first = address.lines().next().unwrap_or_default().to_lowercase();
            let name = contact.greeting_name.as_deref().filter(|name| !first.contains(&name.to_lowercase()));
            name.into_iter().chain(address.lines()).collect()
        }
    };
    lines.into_iter().map(plain).filter(|line| !line.is_empty()).collect()
}

/// The letter was posted or the call was made: only now it is told, and told on the day when that was, which is today unless
/// it is named. `by` is whoever did it.
pub async fn done(app: &App, id: MessageId, by: &str, on: Option<NaiveDate>) -> Result<()> {
    let by = name_of(by)?;
    let why = format!("recorded by {by}");
    ended(app, id, MessageState::Accepted, &why, on).await
}

/// The letter came back, also one that was recorded as done, or nobody could be reached: nothing of it is told, and it comes
/// again with the next edition.
pub async fn not_done(app: &App, id: MessageId, by: &str, why: &str, on: Option<NaiveDate>) -> Result<()> {
    let by = name_of(by)?;
    let why = format!("{by} recorded: {}", reason_of(why, "why it could not be done")?);
    let row = message::find(&app.db.reader, id).await?;
    match row.filter(|row| row.state == MessageState::Accepted && row.channel != Channel::Email) {
        Some(row) => came_back(app, &row, &why, on).await,
        None => ended(app, id, MessageState::Failed, &why, on).await,
    }
}

/// It was recorded as done, and came back or was never done: what it told is not told and comes again.
async fn came_back(app: &App, row: &message::Model, why: &str, on: Option<NaiveDate>) -> Result<()> {
    let now = app.clock.now();
    let project = project::find(&app.db.reader, row.project_id).await?;
    let at = moment(&project.ok_or_else(|| Error::not_found("The project"))?, row, on, now)?;
    let tx = store::begin(&app.db).await?;
    let person = participant::lock(&tx, row.participant_id).await?;
    let person = person.ok_or_else(|| Error::not_found("The participant"))?;
    if !message::take_back(&tx, row.id, why, at).await? {
        return Err(Error::refused("Somebody else has just recorded this. Nothing was changed."));
    }
    telling::came_back(&tx, row, &person).await?;
    let about = format!("message {}: {why}", row.id);
    audit::add(&tx, Some(row.project_id), now, "staff", "take back a letter or call", &about).await?;
    tx.commit().await?;
    Ok(())
}

/// What could not be told, or may not have been, is nobody's task any more. It counts as told no more than before: the next
/// update tells it again.
pub async fn close(app: &App, id: MessageId, by: &str, why: &str) -> Result<()> {
    let by = name_of(by)?;
    let why = format!("{by} closed it: {}", reason_of(why, "why nothing is to be done")?);
    let row = message::find(&app.db.reader, id).await?;
    let row = row.ok_or_else(|| Error::not_found(format!("A task {id}")))?;
    if row.state == MessageState::Task {
        return Err(Error::refused(
            "This is still to be done: record it with `tasks done` or `tasks failed`. Nothing was changed.",
        ));
    }
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    participant::lock(&tx, row.participant_id).await?;
    if !message::close(&tx, id, &why, now).await? {
        return Err(Error::refused(format!(
            "There is nothing to close: it is {}. Nothing was changed.",
            row.state
        )));
    }
    audit::add(&tx, Some(row.project_id), now, "staff", "close a task", &format!("message {id}: {why}"))
        .await?;
    tx.commit().await?;
    Ok(())
}

fn reason_of(why: &str, of: &str) -> Result<String> {
    let why = plain(why);
    if has_words(&why) && why.chars().count() <= WHY {
        return Ok(why);
    }
    Err(Error::invalid("why", format!("say in up to {WHY} letters {of}")))
}

/// The most letters of a reason.
const WHY: usize = 300;

fn name_of(by: &str) -> Result<String> {
    let by = plain(by);
    if has_words(&by) && by.chars().count() <= 100 {
        return Ok(by);
    }
    Err(Error::invalid("by", "say in up to 100 letters who did it"))
}

async fn ended(
    app: &App,
    id: MessageId,
    state: MessageState,
    why: &str,
    on: Option<NaiveDate>,
) -> Result<()> {
    let row = waiting(app, id).await?;
    let now = app.clock.now();
    let project = project::find(&app.db.reader, row.project_id).await?;
    let at = moment(&project.ok_or_else(|| Error::not_found("The project"))?, &row, on, now)?;
    let person = participant::find(&app.db.reader, row.participant_id).await?;
    let person = person.ok_or_else(|| Error::not_found("The participant"))?;
    let told = match state {
        MessageState::Accepted => word(app, &mut Pass::default(), &row, person).await?.telling,
        _ => None,
    };
    let tx = store::begin(&app.db).await?;
    participant::lock(&tx, row.participant_id).await?;
    let end = End {
        state,
        due_at: now,
        finished_at: Some(at),
        unknowns: 0,
        why: Some(why.to_owned()),
        tried_at: Some(at),
    };
    if message::settle(&tx, &[(&row, &end)]).await? == 0 {
        return Err(Error::refused("This task is not open any more. Nothing was changed."));
    }
    if let Some(told) = told {
        telling::told(&tx, &[&told], at).await?;
    }
    let act = match state {
        MessageState::Accepted => "record a letter or call",
        _ => "give up a letter or call",
    };
    let on = on.map(|on| format!(", on {on}")).unwrap_or_default();
    let about = format!("message {id}: {why}{on}");
    audit::add(&tx, Some(row.project_id), now, "staff", act, &about).await?;
    tx.commit().await?;
    Ok(())
}

/// When it was done: now, or in the middle of the day that is named, which has come and on which the task was there.
fn moment(
    project: &project::Model,
    row: &message::Model,
    on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>> {
    let today = project.today(now)?;
    let Some(on) = on.filter(|on| *on != today) else { return Ok(now) };
    if on > today {
        return Err(Error::invalid("on", format!("this day has not come yet: today is {today}")));
    }
    let made = row.created_at.utc();
    let printed = row.printed_at.map_or(made, At::utc);
    for (at, what) in [(made, "made"), (printed, "printed")] {
        let day = project.today(at)?;
        if on < day {
            return Err(Error::invalid("on", format!("it was {what} only on {day}")));
        }
    }
    let noon = on.and_time(NaiveTime::MIN) + chrono::Duration::hours(12);
    let noon = project.zone()?.from_local_datetime(&noon).earliest().map_or(now, |noon| noon.to_utc());
    Ok(noon.max(made).max(printed).min(now))
}

async fn waiting(app: &App, id: MessageId) -> Result<message::Model> {
    let row = message::find(&app.db.reader, id).await?;
    let row = row.ok_or_else(|| Error::not_found(format!("A task {id}")))?;
    if row.state != MessageState::Task {
        let why = row.why.map(|why| format!(" ({why})")).unwrap_or_default();
        return Err(Error::refused(format!(
            "This task is not open: it is {}{why}. Nothing was changed.",
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
