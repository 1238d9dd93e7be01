//! From rows of the outbox to finished messages: consent, quiet times and the words, read at the last moment. Reading is
//! done for a group at a time; what many are told alike is made once.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use rustc_hash::FxHashMap;

use super::bounces::return_path;
use super::participants::quiet_until;
use super::telling::Telling;
use crate::app::App;
use crate::domain::picture::Picture;
use crate::domain::schedule::Schedule;
use crate::domain::translations::Titles;
use crate::domain::update::{Composer, Link};
use crate::domain::words::{
    Cadence, Channel, Format, MessageKind, ParticipantState, ProjectState, Visibility,
};
use crate::error::{Error, Result};
use crate::keys::Contact;
use crate::mail::dkim::body_hash;
use crate::mail::message::{Assembled, Envelope, Heading, assemble_under};
use crate::mail::press::{Made, Press};
use crate::mail::{self, Mail, Next, Sender, Typed, UpdateMail, Way, WithdrawnMail, Written};
use crate::store::addressee::{self, Addressee};
use crate::store::types::{At, EditionId, MessageId, ParticipantId, ProjectId, RecommendationId};
use crate::store::{edition, event, link, message, participant, project, recommendation, story, update};

/// Where the code of a letter is typed.
const CODES: &str = "/c";

/// What was read of projects and editions serves a pass for so long; then it is read anew.
const FRESH: Duration = Duration::from_secs(60);

/// What is the same for many messages of one pass.
#[derive(Default)]
pub struct Pass {
    read_at: Option<Instant>,
    projects: FxHashMap<ProjectId, Arc<Held>>,
    rounds: FxHashMap<EditionId, Round>,
    presses: FxHashMap<Pressed, Kept>,
}

/// What the shared parts of a message depend on.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Pressed {
    project: ProjectId,
    /// None for the confirmation of a withdrawal.
    edition: Option<EditionId>,
    lang: String,
    format: Format,
    channel: Channel,
}

#[derive(Default)]
struct Kept {
    made: Made,
    heading: Option<Heading>,
}

struct Held {
    project: project::Model,
    organisation: String,
    schedule: Schedule,
    references: FxHashMap<RecommendationId, String>,
}

/// An edition with its picture, and what was composed of it so far.
struct Round {
    edition: edition::Model,
    picture: Arc<Picture>,
    composer: Composer,
    titles: Titles,
    /// When the next one comes, for those who want so many.
    next: HashMap<Cadence, Next>,
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
    /// As it goes over the wire.
    pub content: Vec<u8>,
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
    pub written: Written,
    pub telling: Option<Telling>,
}

impl Pass {
    /// Forgets what is too old, so that a long pass notices what changed.
    fn refresh(&mut self) {
        if self.read_at.is_none_or(|at| at.elapsed() > FRESH) {
            *self = Pass { read_at: Some(Instant::now()), ..Pass::default() };
        }
    }

    async fn hold(&mut self, app: &App, id: ProjectId) -> Result<Arc<Held>> {
        if let Some(held) = self.projects.get(&id) {
            return Ok(held.clone());
        }
        let db = &app.db.reader;
        let project = project::find(db, id).await?.ok_or_else(|| Error::not_found("The project"))?;
        let organisation = project::organisation_of(db, &project).await?;
        let schedule = project.schedule()?;
        let recommendations = recommendation::in_project(db, id).await?;
        let references = recommendations.into_iter().map(|row| (row.id, row.reference)).collect();
        let held = Arc::new(Held { project, organisation, schedule, references });
        self.projects.insert(id, held.clone());
        Ok(held)
    }

    async fn round(&mut self, app: &App, id: EditionId) -> Result<()> {
        if self.rounds.contains_key(&id) {
            return Ok(());
        }
        let edition = edition::find(&app.db.reader, id).await?;
        let edition = edition.ok_or_else(|| anyhow!("an update without its edition"))?;
        let held = self.hold(app, edition.project_id).await?;
        let upto = edition.cutoff_seq.ok_or_else(|| anyhow!("an edition that was not cut off"))?;
        let cut_off = edition.cut_off_at.map_or(edition.period.utc(), At::utc);
        let events = event::all(&app.db.reader, held.project.id).await?;
        let picture = Picture::draw(&events, upto, held.project.zone()?, held.schedule.day(cut_off))
            .map_err(|why| anyhow!("the record: {why}"))?;
        let (titles, composer) = (picture.titles(), Composer::default());
        let picture = Arc::new(picture);
        let round = Round { edition, picture, composer, titles, next: HashMap::new() };
        self.rounds.insert(id, round);
        Ok(())
    }
}

/// What is read of the people of a group, at once.
#[derive(Default)]
struct Gathered {
    addressees: FxHashMap<MessageId, Addressee>,
    with_other_stories: HashSet<ParticipantId>,
}

impl Gathered {
    fn of(&self, row: &message::Model) -> Option<&Addressee> {
        self.addressees.get(&row.id)
    }
}

async fn gather(app: &App, pass: &mut Pass, rows: &[message::Model]) -> Result<Gathered> {
    let db = &app.db.reader;
    let ids: Vec<MessageId> = rows.iter().map(|row| row.id).collect();
    let found = addressee::of(db, &ids).await?;
    let mut gathered = Gathered {
        addressees: found.into_iter().map(|found| (found.message_id, found)).collect(),
        ..Gathered::default()
    };
    for row in rows.iter().filter(|row| row.kind == MessageKind::Withdrawn) {
        if !story::of_participant(db, row.participant_id).await?.is_empty() {
            gathered.with_other_stories.insert(row.participant_id);
        }
    }
    for row in rows {
        pass.hold(app, row.project_id).await?;
    }
    let editions: HashSet<EditionId> =
        gathered.addressees.values().filter_map(|found| found.edition_id).collect();
    for edition in editions {
        pass.round(app, edition).await?;
    }
    Ok(gathered)
}

/// Reads consent and quiet times, and makes the messages. One that cannot be made does not keep back the others.
pub async fn prepare(app: &App, pass: &mut Pass, rows: &[message::Model]) -> Result<Vec<Result<Ready>>> {
    pass.refresh();
    let gathered = gather(app, pass, rows).await?;
    Ok(rows
        .iter()
        .map(|row| {
            // A panic while one message is made ends that message, not the edition. What it may have left half done
            // is a press, which is gone with it.
            let made = catch_unwind(AssertUnwindSafe(|| prepare_one(app, pass, &gathered, row)));
            made.unwrap_or_else(|_| Err(Error::Internal(anyhow!("making it came to an unexpected end"))))
        })
        .collect())
}

fn prepare_one(app: &App, pass: &mut Pass, gathered: &Gathered, row: &message::Model) -> Result<Ready> {
    let held = pass.projects.get(&row.project_id).cloned();
    let held = held.ok_or_else(|| Error::not_found("The project"))?;
    let Some(person) = gathered.of(row).map(|found| &found.person) else {
        return Ok(Ready::Drop("the person is not known any more"));
    };
    let now = app.clock.now();
    if let Some(why) = forbidden(row, person) {
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
    // Whoever is to be asked for a new address is not written to at the old one.
    if person.needs_address() {
        return Ok(Ready::Later(now + chrono::Duration::days(1)));
    }
    let allowed = quiet_until(&held.project, person, &app.calendars, now)?;
    if allowed > now {
        return Ok(Ready::Later(allowed));
    }
    let contact = contact(app, gathered.of(row), person.id)?;
    let Some(to) = contact.email.clone() else {
        return Ok(Ready::Drop("the person has no e-mail address"));
    };
    let page = updates_url(app, gathered.of(row))?;
    let (written, telling, key) =
        word_one(app, pass, gathered, row, person, &contact, Way::Mail(page.as_deref()))?;
    let unsubscribe = page.filter(|_| person.state != ParticipantState::Withdrawn);
    let list_id = format!("{}.{}", held.project.id.0.simple(), app.config.public_host());
    let envelope = Envelope {
        message_id: &row.message_id,
        date: row.first_attempt_at.map_or(now, At::utc),
        from_name: &held.project.sender_name,
        from_address: &app.config.mail_from,
        reply_to: &held.project.contact_email,
        to: &to,
        list_id: &list_id,
        unsubscribe_url: unsubscribe.as_deref(),
    };
    let kept = pass.presses.entry(key).or_default();
    let heading = match &mut kept.heading {
        Some(heading) => heading,
        none => none.insert(Heading::new(&envelope, &written)?),
    };
    let content = signed(app, assemble_under(heading, &envelope, &written)?)?;
    let from = return_path(&app.keys, &app.config, row.id);
    Ok(Ready::Send(Box::new(Outgoing { from, to, content, telling })))
}

/// A message with the signatures of this instance, if it has keys for them, in front.
pub fn signed(app: &App, message: Assembled) -> anyhow::Result<Vec<u8>> {
    if app.signers.is_empty() {
        return Ok(message.bytes);
    }
    let (headers, body) = message.bytes.split_at(message.body);
    // Without the empty line that ends them.
    let headers = headers.strip_suffix(b"\r\n").unwrap_or(headers);
    let mut signed = app.signers.sign_headers(headers, &body_hash(&[body]))?;
    signed.extend_from_slice(&message.bytes);
    Ok(signed)
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
    let gathered = gather(app, pass, std::slice::from_ref(row)).await?;
    let contact = contact(app, gathered.of(row), person.id)?;
    let link = gathered.of(row).and_then(|found| found.link_id.as_deref());
    let code = link.map(|link| app.keys.typed_code(link)).transpose()?;
    // On paper and on the telephone nobody opens a link.
    let at = app.config.url(CODES).replace("https://", "");
    let typed = code.as_deref().map(|code| Typed { at: &at, code });
    let page = updates_url(app, gathered.of(row))?;
    let way = match row.channel {
        Channel::Letter => Way::Letter(typed),
        Channel::Phone => Way::Call,
        Channel::Email | Channel::None => Way::Mail(page.as_deref()),
    };
    let (written, telling, _) = word_one(app, pass, &gathered, row, &person, &contact, way)?;
    Ok(Worded { person, contact, written, telling })
}

fn contact(app: &App, found: Option<&Addressee>, id: ParticipantId) -> Result<Contact> {
    match found.and_then(|found| found.sealed.as_deref()) {
        Some(sealed) => Ok(app.keys.open(id.0.as_bytes(), sealed)?),
        None => Ok(Contact::default()),
    }
}

fn word_one(
    app: &App,
    pass: &mut Pass,
    gathered: &Gathered,
    row: &message::Model,
    person: &participant::Model,
    contact: &Contact,
    way: Way<'_>,
) -> Result<(Written, Option<Telling>, Pressed)> {
    let held = pass.projects.get(&row.project_id).cloned();
    let held = held.ok_or_else(|| Error::not_found("The project"))?;
    let sender = sender(&held);
    let greeting_name = contact.greeting_name.as_deref();
    let found = gathered.of(row);
    let edition = found.and_then(|found| found.edition_id);
    let key = Pressed {
        project: row.project_id,
        edition,
        lang: person.language.clone(),
        format: person.format,
        channel: row.channel,
    };
    let made = std::mem::take(&mut pass.presses.entry(key.clone()).or_default().made);
    let words = app.locales.get(&person.language);
    let mut press = Press::new(words, &app.templates, person.format, row.kind.code(), made);
    if matches!(way, Way::Letter(_) | Way::Call) {
        press = press.on_paper();
    }
    let (written, telling) = match row.kind {
        MessageKind::Withdrawn => {
            let others_remain = gathered.with_other_stories.contains(&person.id);
            let on = held.schedule.day(row.created_at.utc());
            let mail = Mail::Withdrawn(WithdrawnMail { sender, greeting_name, on, others_remain, way });
            (mail::write(&mut press, &mail)?, None)
        }
        MessageKind::Update => {
            let reader = found.and_then(|found| Some((found, found.reader.as_deref()?)));
            let (found, reader) = reader.ok_or_else(|| anyhow!("a message without its update"))?;
            let round = edition.and_then(|edition| pass.rounds.get_mut(&edition));
            let round = round.ok_or_else(|| anyhow!("an update without its edition"))?;
            let mut reader = update::read(reader)?;
            reader.language.clone_from(&person.language);
            // A story that was withdrawn since is gone from this message too.
            let known: Vec<(&str, RecommendationId)> =
                found.rests()?.filter_map(|id| Some((held.references.get(&id)?.as_str(), id))).collect();
            let id = |link: &Link| known.iter().find(|known| known.0 == link.reference).map(|known| known.1);
            reader.links.retain(|link| id(link).is_some());
            let links = reader.links.iter().filter_map(|link| Some((id(link)?, link)));
            let telling = Telling::new(&held.project, &round.edition, person.id, links)?;
            let composed = round.composer.compose(&round.picture, &reader);
            let check_url = check_url(app, &held.project, words.lang());
            let period = round.edition.period.utc();
            let next = round.next.entry(person.cadence);
            let next = *next.or_insert_with(|| next_after(&held.schedule, person.cadence, period));
            let next = allowed(app, &held, person, period, next)?;
            let mail = Mail::Update(UpdateMail {
                update: &composed,
                sender: Sender { titles: Some(&round.titles), ..sender },
                greeting_name,
                period_on: round.edition.period_on,
                next,
                way,
                check_url: check_url.as_deref(),
            });
            (mail::write(&mut press, &mail)?, Some(telling))
        }
    };
    pass.presses.entry(key.clone()).or_default().made = press.into_made();
    Ok((written, telling, key))
}

/// Whether a message in this language is made as it is wanted. Every format is.
pub fn is_as_wanted(app: &App, language: &str) -> bool {
    // Words that nobody who speaks the language has checked are not yet what was asked for.
    app.locales.find(language).is_some_and(|words| words.is_checked())
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
        language: &held.project.language,
        titles: None,
    }
}

/// The page on which this person pauses and resumes.
fn updates_url(app: &App, found: Option<&Addressee>) -> Result<Option<String>> {
    let Some(link) = found.and_then(|found| found.link_id.as_deref()) else { return Ok(None) };
    let token = app.keys.token(link::UPDATES, link)?;
    Ok(Some(app.config.url(&format!("/u/{token}"))))
}

/// Where anybody can check the record. Its slug would say what the project is about, so it is not in the address.
fn check_url(app: &App, project: &project::Model, lang: &str) -> Option<String> {
    let id = app.keys.short_id(project.id.0.as_bytes());
    // The page opens in the reader's language.
    let is_own = app.locales.get(&project.language).lang() == lang;
    let home = if is_own { String::new() } else { format!("/{lang}") };
    (project.visibility == Visibility::Public).then(|| app.config.url(&format!("{home}/s/{id}/check")))
}

/// The day until which a person can count on it: their quiet times and those of the project hold a message back.
fn allowed(
    app: &App,
    held: &Held,
    person: &participant::Model,
    period: DateTime<Utc>,
    next: Next,
) -> Result<Next> {
    let is_quiet = |times: &Option<String>| times.as_ref().is_some_and(|times| !times.is_empty());
    if !is_quiet(&person.quiet_times) && !is_quiet(&held.project.quiet_times) {
        return Ok(next);
    }
    let zone = held.schedule.zone();
    let time = period.with_timezone(&zone).time();
    let later = |day: NaiveDate| -> Result<NaiveDate> {
        let Some(at) = zone.from_local_datetime(&day.and_time(time)).earliest() else { return Ok(day) };
        let at = quiet_until(&held.project, person, &app.calendars, at.to_utc())?;
        Ok(held.schedule.day(at).max(day))
    };
    Ok(match next {
        Next::On(day) => Next::On(later(day)?),
        Next::WhenDone { latest } => Next::WhenDone { latest: latest.map(later).transpose()? },
        Next::None => Next::None,
    })
}

fn next_after(schedule: &Schedule, cadence: Cadence, period: DateTime<Utc>) -> Next {
    let day = schedule.next_for(cadence, period);
    match (cadence, day) {
        (Cadence::WhenDone, latest) => Next::WhenDone { latest },
        (_, Some(day)) => Next::On(day),
        (_, None) => Next::None,
    }
}
