//! From a row of the outbox to a finished message: consent, quiet times and the words, read at the last moment.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::participants::quiet_until;
use super::telling::{Telling, telling};
use crate::app::App;
use crate::domain::picture::Picture;
use crate::domain::schedule::Schedule;
use crate::domain::update::compose;
use crate::domain::words::{
    Cadence, Channel, Format, MessageKind, ParticipantState, ProjectState, Visibility,
};
use crate::error::{Error, Result};
use crate::keys::Contact;
use crate::mail::message::{Envelope, assemble};
use crate::mail::{self, Mail, Next, Rendered, Sender, UpdateMail, WithdrawnMail};
use crate::store::types::{At, EditionId, ProjectId};
use crate::store::{
    edition, event, evidence, link, message, participant, project, recommendation, story, update, vault,
};

/// What is the same for many messages of one pass.
#[derive(Default)]
pub struct Pass {
    projects: HashMap<ProjectId, Arc<Held>>,
    pictures: HashMap<EditionId, Arc<Picture>>,
}

struct Held {
    project: project::Model,
    organisation: String,
    schedule: Schedule,
}

/// Whether a message may go out now.
pub enum Ready {
    Send(Box<Outgoing>),
    /// Not before this moment: a quiet time, or a pause of the project.
    Later(DateTime<Utc>),
    /// It must not go out any more.
    Drop(&'static str),
}

pub struct Outgoing {
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
    pub telling: Option<Telling>,
}

// A message holds a name and an address, which must never reach a log by way of `{:?}`.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outgoing(..)")
    }
}

/// A message in words, with the person whom it is for: what a letter or a call is made from.
pub struct Worded {
    pub person: participant::Model,
    pub contact: Contact,
    pub rendered: Rendered,
    pub telling: Option<Telling>,
}

impl Pass {
    async fn held(&mut self, app: &App, id: ProjectId) -> Result<Arc<Held>> {
        if let Some(held) = self.projects.get(&id) {
            return Ok(held.clone());
        }
        let project =
            project::find(&app.db.reader, id).await?.ok_or_else(|| Error::not_found("The project"))?;
        let organisation = project::organisation_of(&app.db.reader, &project).await?;
        let schedule = project.schedule()?;
        let held = Arc::new(Held { project, organisation, schedule });
        self.projects.insert(id, held.clone());
        Ok(held)
    }

    async fn picture(&mut self, app: &App, held: &Held, edition: &edition::Model) -> Result<Arc<Picture>> {
        if let Some(picture) = self.pictures.get(&edition.id) {
            return Ok(picture.clone());
        }
        let upto = edition.cutoff_seq.ok_or_else(|| anyhow::anyhow!("an edition that was not cut off"))?;
        let cut_off = edition.cut_off_at.map_or(edition.period.utc(), At::utc);
        let events = event::all(&app.db.reader, held.project.id).await?;
        let picture = Picture::draw(&events, upto, held.project.zone()?, held.schedule.day(cut_off))
            .map_err(|why| anyhow::anyhow!("the record: {why}"))?;
        let picture = Arc::new(picture);
        self.pictures.insert(edition.id, picture.clone());
        Ok(picture)
    }
}

/// Reads consent and quiet times, and makes the message.
pub async fn prepare(app: &App, pass: &mut Pass, row: &message::Model) -> Result<Ready> {
    let held = pass.held(app, row.project_id).await?;
    let Some(person) = participant::find(&app.db.reader, row.participant_id).await? else {
        return Ok(Ready::Drop("the person is not known any more"));
    };
    let now = app.clock.now();
    if let Some(why) = forbidden(row, &person) {
        return Ok(Ready::Drop(why));
    }
    // Before its start a project writes to nobody; a pause leaves out the confirmation that somebody waits for.
    let holds = match held.project.state {
        ProjectState::Waiting => true,
        ProjectState::Paused => row.kind == MessageKind::Update,
        ProjectState::Running => false,
    };
    if holds {
        return Ok(Ready::Later(now + chrono::Duration::minutes(15)));
    }
    let allowed = quiet_until(&held.project, &person, now)?;
    if allowed > now {
        return Ok(Ready::Later(allowed));
    }
    let Worded { contact, rendered, telling, person } = word(app, pass, row, person).await?;
    let Some(to) = contact.email else { return Ok(Ready::Drop("the person has no e-mail address")) };
    let unsubscribe =
        updates_url(app, &person).await?.filter(|_| person.state != ParticipantState::Withdrawn);
    let envelope = Envelope {
        message_id: &row.message_id,
        date: row.first_attempt_at.map_or(now, At::utc),
        from_name: &held.project.sender_name,
        from_address: &app.config.mail_from,
        reply_to: &held.project.contact_email,
        to: &to,
        list_id: &format!("{}.{}", held.project.id.0.simple(), app.config.public_host()),
        unsubscribe_url: unsubscribe.as_deref(),
    };
    let bytes = assemble(&envelope, &rendered)?;
    Ok(Ready::Send(Box::new(Outgoing { from: app.config.mail_from.clone(), to, bytes, telling })))
}

/// Why this message must not go to this person, if so.
pub fn forbidden(row: &message::Model, person: &participant::Model) -> Option<&'static str> {
    if !person.contact_consent {
        return Some("no consent to be contacted");
    }
    if person.channel != row.channel {
        return Some("another channel was chosen");
    }
    match (row.kind, person.state) {
        (_, ParticipantState::Stopped) => Some("stopped"),
        (MessageKind::Update, ParticipantState::Paused) => Some("paused"),
        (MessageKind::Update, ParticipantState::Withdrawn) => Some("withdrawn"),
        _ => None,
    }
}

/// Puts a message into words, with links and consent as they are now.
pub async fn word(
    app: &App,
    pass: &mut Pass,
    row: &message::Model,
    person: participant::Model,
) -> Result<Worded> {
    let held = pass.held(app, row.project_id).await?;
    let db = &app.db.reader;
    let contact = match vault::find(db, person.id).await? {
        Some(sealed) => app.keys.open(person.id.0.as_bytes(), &sealed.sealed)?,
        None => Contact::default(),
    };
    let sender = sender(&held);
    let greeting_name = contact.greeting_name.as_deref();
    let (rendered, telling) = match row.kind {
        MessageKind::Withdrawn => {
            let others_remain = !story::of_participant(db, person.id).await?.is_empty();
            let on = held.schedule.day(row.created_at.utc());
            let mail = Mail::Withdrawn(WithdrawnMail { sender, greeting_name, on, others_remain });
            (render(app, &mail, &person)?, None)
        }
        MessageKind::Update => {
            let Some(mut telling) = telling(db, row).await? else {
                return Err(Error::Internal(anyhow::anyhow!("an update without its words")));
            };
            let (edition, mut reader) = composed(app, row).await?;
            // A story that was withdrawn since is gone from this message too.
            let current = current_links(app, &person).await?;
            reader.links.retain(|link| current.contains(&link.reference));
            telling.links.clone_from(&reader.links);
            let picture = pass.picture(app, &held, &edition).await?;
            let update = compose(&picture, &reader);
            let updates_url =
                if row.channel == Channel::Email { updates_url(app, &person).await? } else { None };
            let check_url = check_url(app, &held.project);
            let mail = Mail::Update(UpdateMail {
                update: &update,
                sender,
                greeting_name,
                period_on: edition.period_on,
                next: next(&held.schedule, &person, edition.period.utc()),
                updates_url: updates_url.as_deref(),
                check_url: check_url.as_deref(),
            });
            (render(app, &mail, &person)?, Some(telling))
        }
    };
    Ok(Worded { person, contact, rendered, telling })
}

async fn composed(
    app: &App,
    row: &message::Model,
) -> Result<(edition::Model, crate::domain::update::Reader)> {
    let id = row.update_id.ok_or_else(|| anyhow::anyhow!("a message without an update"))?;
    let update = update::find(&app.db.reader, id)
        .await?
        .ok_or_else(|| anyhow::anyhow!("a message without its update"))?;
    let edition = edition::find(&app.db.reader, update.edition_id).await?;
    let edition = edition.ok_or_else(|| anyhow::anyhow!("an update without its edition"))?;
    Ok((edition, update.reader()?))
}

fn render(app: &App, mail: &Mail<'_>, person: &participant::Model) -> Result<Rendered> {
    Ok(mail::render(&app.locales, &app.templates, mail, &person.language, given(person.format))?)
}

/// The format in which somebody is told who wants this one. Large print comes with a form of its own; until then those
/// people get the standard one.
fn given(wanted: Format) -> Format {
    match wanted {
        Format::PlainText => Format::PlainText,
        Format::Standard | Format::LargePrint => Format::Standard,
    }
}

/// Whether a message in this format and language is made as it is wanted.
pub fn is_as_wanted(app: &App, format: Format, language: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    given(format) == format && primary(app.locales.get(language).lang()) == primary(language)
}

fn sender(held: &Held) -> Sender<'_> {
    Sender {
        sender_name: &held.project.sender_name,
        contact_email: &held.project.contact_email,
        contact_phone: held.project.contact_phone.as_deref(),
        organisation: &held.organisation,
        project_title: &held.project.title,
        support_contact: held.project.support_contact.as_deref(),
        concern_person: held.project.concern_person.as_deref(),
        neutral_subjects: held.project.neutral_subjects,
    }
}

async fn current_links(app: &App, person: &participant::Model) -> Result<Vec<String>> {
    let links = evidence::links_of(&app.db.reader, &[person.id]).await?;
    let recommendations = recommendation::in_project(&app.db.reader, person.project_id).await?;
    Ok(recommendations
        .into_iter()
        .filter(|row| links.iter().any(|link| link.recommendation_id == row.id))
        .map(|row| row.reference)
        .collect())
}

/// The page on which this person pauses and resumes.
async fn updates_url(app: &App, person: &participant::Model) -> Result<Option<String>> {
    let Some(link) = link::existing(&app.db.reader, person.id, link::UPDATES).await? else { return Ok(None) };
    let token = app.keys.token(link::UPDATES, &link.id)?;
    Ok(Some(app.config.url(&format!("/u/{token}"))))
}

/// Where anybody can check the record. Its slug would say what the project is about, so it is not in the address.
fn check_url(app: &App, project: &project::Model) -> Option<String> {
    let id = app.keys.short_id(project.id.0.as_bytes());
    (project.visibility == Visibility::Public).then(|| app.config.url(&format!("/s/{id}/check")))
}

fn next(schedule: &Schedule, person: &participant::Model, period: DateTime<Utc>) -> Next {
    let day = schedule.next_for(person.cadence, period);
    match (person.cadence, day) {
        (Cadence::WhenDone, latest) => Next::WhenDone { latest },
        (_, Some(day)) => Next::On(day),
        (_, None) => Next::None,
    }
}
