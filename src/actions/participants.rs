//! What participants do: pause, resume, stop, choose, withdraw. None of it writes to the record, because the timing
//! would tell who acted; all of it takes effect before the next message goes out.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, IntoActiveModel};

use crate::app::App;
use crate::domain::calendars::Calendars;
use crate::domain::pack::{codes, values};
use crate::domain::quiet::{self, QuietTimes};
use crate::domain::schedule::is_due;
use crate::domain::words::{Cadence, Channel, Choice, Format, MessageKind, ParticipantState};
use crate::error::{Error, Result};
use crate::keys::{Contact, Keys};
use crate::store::types::{ProjectId, RecommendationId};
use crate::store::{
    self, audit, cursor, evidence, link, message, participant, project, recommendation, story, suppression,
    update, vault,
};

/// One act of a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Stop,
    Pause,
    Resume,
    Choose(Choice, String),
    /// One story by its code, or all of theirs.
    Withdraw(Option<String>),
}

/// Who acts: it goes into the audit trail.
pub const BY_LINK: &str = "participant by link";
pub const BY_STAFF: &str = "staff for the participant";

/// An act that came in with the project itself: it lies in the past.
pub const BY_PACK: &str = "history of the project";

/// How often and how long an act waits for a message that is just being handed over.
const PATIENCE: (u32, Duration) = (50, Duration::from_millis(200));

/// Carries out an act for a participant of a project.
pub async fn act(app: &App, slug: &str, reference: &str, deed: &Deed) -> Result<participant::Model> {
    let project = super::project(app, slug).await?;
    let found = participant::by_skeleton(&app.db.reader, project.id, &codes::skeleton(reference)).await?;
    let person = found.ok_or_else(|| Error::not_found(format!("A participant {reference:?}")))?;
    carry_out(app, &project, person.id, deed, BY_STAFF).await
}

/// Withdraws a story by its code, whoever told it.
pub async fn withdraw_story(app: &App, slug: &str, code: &str) -> Result<participant::Model> {
    let project = super::project(app, slug).await?;
    let hashes = app.keys.code_hashes(project.id.0.as_bytes(), &codes::skeleton(code));
    let found = story::by_code_hash(&app.db.reader, project.id, &hashes).await?;
    let Some(story) = found else { return Err(Error::not_found(format!("A story {code:?}"))) };
    let Some(teller) = story.participant_id else {
        return Err(Error::refused("This story is withdrawn already. Nothing was changed."));
    };
    carry_out(app, &project, teller, &Deed::Withdraw(Some(code.to_owned())), BY_STAFF).await
}

/// Carries out an act; it waits while a message to this person lies with a sender. A pause does not wait for ever: what is
/// being handed over may still arrive, and nobody asks whoever clicked once to click again.
pub async fn carry_out(
    app: &App,
    project: &project::Model,
    id: store::types::ParticipantId,
    deed: &Deed,
    actor: &str,
) -> Result<participant::Model> {
    let (tries, pause) = PATIENCE;
    for left in (0..=tries).rev() {
        let today = project.today(app.clock.now())?;
        let waits = left > 0 || *deed != Deed::Pause;
        if let Some(person) = attempt(app, project, id, (deed, waits), actor, today).await? {
            return Ok(person);
        }
        tokio::time::sleep(pause).await;
    }
    Err(Error::refused(
        "A message to this person is being handed over at this moment, so nothing was changed. Try again in a minute.",
    ))
}

/// Carries out an act at once; `None`, and nothing done, while a message to this person lies with a sender.
pub async fn try_now(
    app: &App,
    project: &project::Model,
    id: store::types::ParticipantId,
    deed: &Deed,
    actor: &str,
    on: NaiveDate,
) -> Result<Option<participant::Model>> {
    attempt(app, project, id, (deed, true), actor, on).await
}

/// As `try_now`, but where it does not wait what is being handed over goes its way.
async fn attempt(
    app: &App,
    project: &project::Model,
    id: store::types::ParticipantId,
    (deed, waits): (&Deed, bool),
    actor: &str,
    on: NaiveDate,
) -> Result<Option<participant::Model>> {
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    if matches!(deed, Deed::Withdraw(_)) {
        // A page that was kept may show the story. This writes to the project's row, and comes before the person is held:
        // an import holds the two in this order, and in the other they could wait for each other.
        project::raise_shown(&tx, project.id).await?;
    }
    let person = participant::lock(&tx, id).await?.ok_or_else(|| Error::not_found("The participant"))?;
    let acting = Acting { app, project, actor, now, on, waits };
    if !apply(&tx, &acting, person, deed).await? {
        tx.rollback().await?;
        return Ok(None);
    }
    let person = participant::lock(&tx, id).await?.ok_or_else(|| Error::not_found("The participant"))?;
    tx.commit().await?;
    if matches!(deed, Deed::Withdraw(_)) {
        app.db.settle().await?;
    }
    Ok(Some(person))
}

fn ends_messages(deed: &Deed) -> bool {
    !matches!(deed, Deed::Choose(..) | Deed::Resume)
}

/// The circumstances of an act.
pub struct Acting<'a> {
    pub app: &'a App,
    pub project: &'a project::Model,
    /// For the audit trail.
    pub actor: &'a str,
    pub now: DateTime<Utc>,
    /// The day on which the person acted.
    pub on: NaiveDate,
    /// Not carried out while a message to this person is being handed over.
    pub waits: bool,
}

/// Applies an act to a person whom this transaction has locked. `false`, and the transaction is to be rolled back, while
/// a message to this person is being handed over. After a withdrawal kept pages are of the past: whoever calls this
/// raises the counter of what is shown, before locking the person.
pub async fn apply(
    tx: &impl ConnectionTrait,
    acting: &Acting<'_>,
    person: participant::Model,
    deed: &Deed,
) -> Result<bool> {
    let Acting { app, project, actor, now, .. } = *acting;
    let keys = &app.keys;
    message::release(tx, person.id).await?;
    if acting.waits && ends_messages(deed) && message::is_in_flight(tx, person.id, now).await? {
        return Ok(false);
    }
    if person.state == ParticipantState::Withdrawn {
        return match deed {
            Deed::Withdraw(_) | Deed::Stop | Deed::Pause => Ok(true),
            Deed::Resume | Deed::Choose(..) => {
                Err(Error::refused("This person has withdrawn. Nothing was changed."))
            }
        };
    }
    // What somebody wanted later stands: a row that comes in late must not start what was stopped since.
    let last = if matches!(deed, Deed::Choose(..)) { person.chose_on } else { person.acted_on };
    if matches!(deed, Deed::Resume | Deed::Choose(..)) && last.is_some_and(|last| acting.on < last) {
        return Err(Error::refused(
            "This person has acted on a later day, and that stands. Nothing was changed.",
        ));
    }
    participant::set_acted(tx, person.id, acting.on, matches!(deed, Deed::Choose(..))).await?;
    let about = match deed {
        Deed::Choose(choice, _) => format!("participant {}: {}", person.id, choice.code()),
        _ => format!("participant {}", person.id),
    };
    match deed {
        Deed::Pause => {
            if person.state == ParticipantState::Active {
                participant::set_state(tx, person.id, ParticipantState::Paused).await?;
                // The confirmation of a withdrawal is owed whatever follows it.
                message::cancel_waiting(tx, &[person.id], Some(MessageKind::Update), "paused", now).await?;
            }
        }
        Deed::Stop => {
            participant::set_state(tx, person.id, ParticipantState::Stopped).await?;
            message::cancel_waiting(tx, &[person.id], None, "stopped", now).await?;
            suppress(tx, keys, &person, "stopped", now).await?;
        }
        Deed::Resume => {
            participant::set_state(tx, person.id, ParticipantState::Active).await?;
            if person.state == ParticipantState::Stopped {
                unsuppress(tx, keys, &person).await?;
            }
        }
        Deed::Choose(choice, value) => choose(tx, acting, person, *choice, value).await?,
        Deed::Withdraw(code) => withdraw(tx, acting, &person, code.as_deref()).await?,
    }
    let verb = match deed {
        Deed::Stop => "stop updates",
        Deed::Pause => "pause updates",
        Deed::Resume => "resume updates",
        Deed::Choose(..) => "choose",
        Deed::Withdraw(_) => "withdraw a story",
    };
    audit::add(tx, Some(project.id), now, actor, verb, &about).await?;
    Ok(true)
}

/// Keyed hashes of how a person is reached by a channel, however it is written: an address in any case of letters, a
/// number by its last nine digits (with the country's code and without it), a letter box by the name and the letters and
/// digits of the address, because people share houses. One for each key, the current one first; none without a channel.
pub fn reach_hashes(keys: &Keys, project: ProjectId, channel: Channel, contact: &Contact) -> Vec<String> {
    reach(keys, project, channel, contact).unwrap_or_default()
}

fn reach(keys: &Keys, project: ProjectId, channel: Channel, contact: &Contact) -> Option<Vec<String>> {
    let project = project.0.as_bytes();
    let letters =
        |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    match channel {
        Channel::Email => contact.email.as_deref().map(|address| keys.address_hashes(project, address)),
        Channel::Phone => {
            let digits: Vec<u8> = contact.phone.as_deref()?.bytes().filter(u8::is_ascii_digit).collect();
            Some(keys.reach_hashes(project, &[b"phone", &digits[digits.len().saturating_sub(9)..]]))
        }
        Channel::Letter => {
            let address = letters(contact.postal_address.as_deref()?);
            let name = letters(contact.greeting_name.as_deref().unwrap_or_default());
            Some(keys.reach_hashes(project, &[b"letter", name.as_bytes(), address.as_bytes()]))
        }
        Channel::None => None,
    }
}

/// Every way by which this person could be reached, as keyed hashes: for each way those of every key, the current one
/// first.
async fn ways_to(
    tx: &impl ConnectionTrait,
    keys: &Keys,
    person: &participant::Model,
) -> Result<Vec<Vec<String>>> {
    let Some(row) = vault::find(tx, person.id).await? else { return Ok(Vec::new()) };
    let contact = keys.open(person.id.0.as_bytes(), &row.sealed)?;
    let way = |channel: &Channel| reach(keys, person.project_id, *channel, &contact);
    Ok(Channel::ALL.iter().filter_map(way).collect())
}

async fn suppress(
    tx: &impl ConnectionTrait,
    keys: &Keys,
    person: &participant::Model,
    why: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    for hash in ways_to(tx, keys, person).await?.iter().filter_map(|way| way.first()) {
        suppression::add(tx, person.project_id, hash, why, now).await?;
    }
    Ok(())
}

/// The ways to reach somebody who wants to hear again, but for those of another who stopped or withdrew.
async fn unsuppress(tx: &impl ConnectionTrait, keys: &Keys, person: &participant::Model) -> Result<()> {
    let theirs = ways_to(tx, keys, person).await?.concat();
    let mut others = Vec::new();
    for other in participant::in_project(tx, person.project_id).await? {
        let silent = matches!(other.state, ParticipantState::Stopped | ParticipantState::Withdrawn);
        if silent && other.id != person.id {
            others.extend(ways_to(tx, keys, &other).await?.concat());
        }
    }
    for hash in theirs.iter().filter(|hash| !others.contains(hash)) {
        suppression::remove(tx, person.project_id, hash).await?;
    }
    Ok(())
}

async fn choose(
    tx: &impl ConnectionTrait,
    acting: &Acting<'_>,
    person: participant::Model,
    choice: Choice,
    value: &str,
) -> Result<()> {
    let mut chosen: Vec<String> =
        person.chosen.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
    if !person.has_chosen(choice) {
        chosen.push(choice.code().to_owned());
    }
    let contact = match vault::find(tx, person.id).await? {
        Some(row) => acting.app.keys.open(person.id.0.as_bytes(), &row.sealed)?,
        None => Contact::default(),
    };
    let mut row = person.into_active_model();
    row.chosen = Set(chosen.join(","));
    match choice {
        Choice::Channel => {
            let channel = expected(Channel::parse(value), "channel", &Channel::codes())?;
            let missing = match channel {
                Channel::Email if contact.email.is_none() => Some("an e-mail address"),
                Channel::Letter if contact.postal_address.is_none() => Some("a postal address"),
                Channel::Phone if contact.phone.is_none() => Some("a telephone number"),
                _ => None,
            };
            if let Some(missing) = missing {
                return Err(Error::invalid("channel", format!("this person has not given {missing}")));
            }
            row.channel = Set(channel);
        }
        Choice::Format => row.format = Set(expected(Format::parse(value), "format", &Format::codes())?),
        Choice::Cadence => row.cadence = Set(expected(Cadence::parse(value), "cadence", &Cadence::codes())?),
        Choice::Language => {
            let known = values::language(value).ok().filter(|tag| acting.app.locales.find(tag).is_some());
            row.language = Set(expected(known, "language", &acting.app.locales.to_choose_from())?);
        }
        Choice::QuietTimes => {
            let times = QuietTimes::parse(value, &acting.app.calendars);
            let times = times.map_err(|why| Error::invalid("quiet_times", why))?;
            row.quiet_times = Set((!times.is_empty()).then(|| times.to_string()));
        }
    }
    participant::save(tx, row).await?;
    Ok(())
}

fn expected<T>(word: Option<T>, field: &str, codes: &str) -> Result<T> {
    word.ok_or_else(|| Error::invalid(field, format!("expected {codes}")))
}

/// Takes one story or all of a person's out of everything. With the last one they are written to once more, to confirm
/// it, and never again.
async fn withdraw(
    tx: &impl ConnectionTrait,
    acting: &Acting<'_>,
    person: &participant::Model,
    code: Option<&str>,
) -> Result<()> {
    let Acting { app, project, now, .. } = *acting;
    let (keys, host) = (&app.keys, app.config.public_host());
    let theirs = story::of_participant(tx, person.id).await?;
    let (going, staying): (Vec<_>, Vec<_>) = match code {
        None => (theirs, Vec::new()),
        Some(code) => {
            let hashes = keys.code_hashes(project.id.0.as_bytes(), &codes::skeleton(code));
            theirs.into_iter().partition(|story| hashes.contains(&story.code_hash))
        }
    };
    if going.is_empty() && code.is_some() {
        return Err(Error::not_found("A story of this person with this code"));
    }
    for story in &going {
        story::withdraw(tx, story.id, now).await?;
    }
    forget_links(tx, person).await?;
    let last = staying.is_empty();
    if last {
        message::cancel_waiting(tx, &[person.id], None, "withdrawn", now).await?;
        participant::set_state(tx, person.id, ParticipantState::Withdrawn).await?;
        suppress(tx, keys, person, "withdrawn", now).await?;
    }
    // Who had stopped asked for silence; the confirmation would break it.
    let reachable = person.contact_consent && person.channel != Channel::None;
    // What was history when the project came in is confirmed by nobody.
    let is_news = acting.actor != BY_PACK;
    // An address that does not take messages takes no confirmation, and nobody asks for another to send one.
    if reachable && is_news && person.state != ParticipantState::Stopped && !person.needs_address() {
        let due_at = quiet_until(project, person, &app.calendars, now)?;
        let batch = message::Batch { project: project.id, kind: MessageKind::Withdrawn, host, at: now };
        batch.insert(tx, vec![batch.waiting_for(person.addressee(), None, due_at)]).await?;
    }
    Ok(())
}

/// What tells that a recommendation rested on a story of this person goes with the story.
async fn forget_links(tx: &impl ConnectionTrait, person: &participant::Model) -> Result<()> {
    let links = evidence::links_of(tx, &[person.id]).await?;
    let kept: Vec<RecommendationId> = links.iter().map(|link| link.recommendation_id).collect();
    cursor::forget_others(tx, person.id, &kept).await?;
    let references: Vec<String> = recommendation::in_project(tx, person.project_id)
        .await?
        .into_iter()
        .filter(|row| kept.contains(&row.id))
        .map(|row| row.reference)
        .collect();
    update::forget_other_links(tx, person.id, &references).await?;
    Ok(())
}

/// The first moment from `at` on that lies in no quiet time of the project or the person.
pub fn quiet_until(
    project: &project::Model,
    person: &participant::Model,
    calendars: &Calendars,
    at: DateTime<Utc>,
) -> anyhow::Result<DateTime<Utc>> {
    let (of_project, of_person) = (project.quiet_times()?, person.quiet_times()?);
    Ok(quiet::next_allowed(&[&of_person, &of_project], calendars, project.zone()?, at))
}

/// What the page behind a person's link shows.
#[derive(Clone, Debug)]
pub struct Seen {
    pub state: ParticipantState,
    pub sender_name: String,
    pub contact_email: String,
    pub contact_phone: Option<String>,
    pub support_contact: Option<String>,
    pub language: String,
    pub next_on: Option<NaiveDate>,
}

/// The page behind a link; `None` for a token that is not good.
pub async fn seen_by_link(app: &App, token: &str) -> Result<Option<Seen>> {
    match behind(app, token).await? {
        Some((project, person)) => Ok(Some(seen(&project, &person, app.clock.now())?)),
        None => Ok(None),
    }
}

pub async fn pause_by_link(app: &App, token: &str) -> Result<Option<Seen>> {
    by_link(app, token, ParticipantState::Active, &Deed::Pause).await
}

/// Resumes what was paused. What was stopped by other ways is not started again by a link.
pub async fn resume_by_link(app: &App, token: &str) -> Result<Option<Seen>> {
    by_link(app, token, ParticipantState::Paused, &Deed::Resume).await
}

async fn by_link(app: &App, token: &str, from: ParticipantState, deed: &Deed) -> Result<Option<Seen>> {
    let Some((project, mut person)) = behind(app, token).await? else { return Ok(None) };
    if person.state == from {
        person = carry_out(app, &project, person.id, deed, BY_LINK).await?;
    }
    Ok(Some(seen(&project, &person, app.clock.now())?))
}

/// The token of the link that the code of a letter stands for, if it stands for one.
pub async fn token_by_code(app: &App, code: &str) -> Result<Option<String>> {
    for id in app.keys.typed_link_ids(code) {
        if let Some(link) =
            link::find(&app.db.reader, &id).await?.filter(|link| link.purpose == link::UPDATES)
        {
            return Ok(Some(app.keys.token(link::UPDATES, &link.id)?));
        }
    }
    Ok(None)
}

async fn behind(app: &App, token: &str) -> Result<Option<(project::Model, participant::Model)>> {
    let Some(id) = app.keys.link_id(link::UPDATES, token) else { return Ok(None) };
    let db = &app.db.reader;
    let Some(link) = link::find(db, &id).await?.filter(|link| link.purpose == link::UPDATES) else {
        return Ok(None);
    };
    let Some(person) = participant::find(db, link.participant_id).await? else { return Ok(None) };
    let Some(project) = project::find(db, person.project_id).await? else { return Ok(None) };
    Ok(Some((project, person)))
}

fn seen(project: &project::Model, person: &participant::Model, now: DateTime<Utc>) -> Result<Seen> {
    let next_on =
        if person.state == ParticipantState::Active { next_on(project, person, now)? } else { None };
    Ok(Seen {
        state: person.state,
        sender_name: project.sender_name.clone(),
        contact_email: project.contact_email.clone(),
        contact_phone: project.contact_phone.clone(),
        support_contact: project.support_contact.clone(),
        language: person.language.clone(),
        next_on,
    })
}

/// The day of the next edition in which this person is told. Nobody can say it of *when done*.
fn next_on(
    project: &project::Model,
    person: &participant::Model,
    now: DateTime<Utc>,
) -> Result<Option<NaiveDate>> {
    /// Editions looked at: more than a year of daily ones.
    const MOST: usize = 400;
    if person.cadence == Cadence::WhenDone {
        return Ok(None);
    }
    let schedule = project.schedule()?;
    let editions = std::iter::successors(schedule.next_after(now), |at| schedule.next_after(*at));
    Ok(editions
        .take(MOST)
        .map(|at| schedule.day(at))
        .find(|day| is_due(person.cadence, *day, person.last_period, person.joined_on, false)))
}
