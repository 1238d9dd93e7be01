//! The sheet `participants`. Names and addresses go into the vault; what a person chose, stopped or withdrew stays.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{Cells, Import, PAGE, Person};
use crate::actions::participants::reach_hashes;
use crate::domain::pack::{ParticipantRow, Row, Sheet, codes};
use crate::domain::words::{Channel, Choice, ParticipantState};
use crate::error::{Error, Result};
use crate::keys::Contact;
use crate::store::types::ParticipantId;
use crate::store::{bounce, message, participant, suppression, vault};

const SHEET: Sheet = Sheet::Participants;

impl Import<'_> {
    pub(super) async fn participants(&mut self, rows: Vec<Row<ParticipantRow>>) -> Result<()> {
        let project = self.book.project.id;
        let mut after = None;
        loop {
            let some = participant::brief_in_project(self.tx, project, after, PAGE).await?;
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            for person in some {
                let has_withdrawn = person.state == ParticipantState::Withdrawn;
                let known = Person { id: person.id, reference: person.reference.into(), has_withdrawn };
                self.people.insert(person.skeleton.into(), known);
            }
        }
        let suppressed: HashSet<String> = suppression::in_project(self.tx, project)
            .await?
            .into_iter()
            .map(|row| row.address_hash)
            .collect();
        let mut rows = rows.into_iter();
        loop {
            let rows: Vec<Row<ParticipantRow>> = rows.by_ref().take(participant::CHUNK).collect();
            if rows.is_empty() {
                return Ok(());
            }
            self.some_participants(&rows, &suppressed).await?;
        }
    }

    async fn some_participants(
        &mut self,
        rows: &[Row<ParticipantRow>],
        suppressed: &HashSet<String>,
    ) -> Result<()> {
        let project = self.book.project.id;
        let skeletons: Vec<Box<str>> = rows.iter().map(|row| codes::skeleton(&row.value.id).into()).collect();
        let known: Vec<ParticipantId> =
            skeletons.iter().filter_map(|skeleton| Some(self.people.get(skeleton)?.id)).collect();
        let mut people: HashMap<ParticipantId, participant::Model> = participant::these(self.tx, &known)
            .await?
            .into_iter()
            .map(|person| (person.id, person))
            .collect();
        let sealed: HashMap<ParticipantId, vault::Model> =
            vault::of(self.tx, &known).await?.into_iter().map(|row| (row.participant_id, row)).collect();
        let (mut made, mut contacts) = (Vec::new(), Vec::new());
        for (row, skeleton) in rows.iter().zip(skeletons) {
            let contact = contact(&row.value);
            let before = self.people.get(&skeleton).and_then(|known| people.remove(&known.id));
            let Some(before) = before else {
                let hash = contact.email.as_deref().map(|address| self.address_hash(address));
                let reach = reach_hashes(&self.app.keys, project, row.value.channel, &contact);
                let is_suppressed = reach.iter().any(|hash| suppressed.contains(hash));
                let person = self.new_person(row, skeleton.to_string(), is_suppressed);
                contacts.push(self.seal(person.id, &contact, hash)?);
                let reference = row.value.id.clone();
                self.people.insert(skeleton, Person { id: person.id, reference, has_withdrawn: false });
                made.push(person.into_active_model().reset_all());
                self.report.add(SHEET);
                continue;
            };
            let contact_before = match sealed.get(&before.id) {
                Some(row) => self.app.keys.open(before.id.0.as_bytes(), &row.sealed)?,
                None => Contact::default(),
            };
            contacts.extend(self.known_participant(row, before, contact_before, contact, suppressed).await?);
        }
        participant::insert_many(self.tx, made).await?;
        vault::put(self.tx, contacts).await?;
        Ok(())
    }

    fn address_hash(&self, address: &str) -> String {
        self.app.keys.address_hash(self.book.project.id.0.as_bytes(), address)
    }

    /// Brings somebody up to date who is known. Gives their contact data where it has changed.
    async fn known_participant(
        &mut self,
        row: &Row<ParticipantRow>,
        mut person: participant::Model,
        before: Contact,
        mut contact: Contact,
        suppressed: &HashSet<String>,
    ) -> Result<Option<vault::Model>> {
        let (keys, project) = (&self.app.keys, self.book.project.id);
        let mut cells = Cells::of(self.pack, SHEET, Some(row.line));
        if person.state == ParticipantState::Withdrawn {
            let why = format!("{} has withdrawn and is left alone", person.reference);
            self.report.warn(SHEET, Some(row.line), Some("id"), why);
            self.report.keep(SHEET);
            return Ok(None);
        }
        let hash_of = |address: &str| keys.address_hash(project.0.as_bytes(), address);
        let hash = |contact: &Contact| contact.email.as_deref().map(hash_of);
        let hashes = contact.email.as_deref().map(|email| keys.address_hashes(project.0.as_bytes(), email));
        let came_back = person
            .bounced_hash
            .as_ref()
            .is_some_and(|bounced| hashes.is_some_and(|hashes| hashes.contains(bounced)));
        if came_back && (person.needs_address() || hash(&contact) != hash(&before)) {
            let why = format!(
                "messages to this address of {} came back, so it is not taken; ask for a new one",
                person.reference
            );
            self.report.warn(SHEET, Some(row.line), Some("email"), why);
            contact.email.clone_from(&before.email);
        }
        if person.has_own_address() {
            self.keep_address(row.line, &person, &before, &mut contact);
        }
        let contact = self.merged(&mut cells, &before, contact);
        // Of the address that is there now: the sheet may lack the column.
        let now_hash = hash(&contact);
        let reach = |contact: &Contact| reach_hashes(keys, project, row.value.channel, contact);
        let is_suppressed =
            reach(&contact) != reach(&before) && reach(&contact).iter().any(|hash| suppressed.contains(hash));
        if now_hash.is_some() && now_hash != hash(&before) {
            participant::set_address_since(self.tx, person.id, self.now).await?;
            message::release(self.tx, person.id).await?;
            bounce::take_up(self.tx, person.id, self.now).await?;
            person.bounced_at = None;
            person.bounced_why = None;
            person.address_since = Some(self.now.into());
        }
        let sealed = match contact == before {
            true => None,
            false => Some(self.seal(person.id, &contact, now_hash)?),
        };
        self.known_person(row, person, is_suppressed, &mut cells).await?;
        self.report.note(SHEET, cells.changes);
        Ok(sealed)
    }

    /// Without the column it is the project's, which is told of there.
    fn own_language(&mut self, row: &Row<ParticipantRow>) {
        let value = &row.value;
        if self.pack.columns.has(SHEET, "language") && *value.language != *self.pack.project.language {
            self.language_has_words(SHEET, row.line, "language", &value.language, &value.id);
        }
    }

    /// An address that was given by the person, or for them, stays: the sheet may hold the one that they had to leave.
    fn keep_address(
        &mut self,
        line: u32,
        person: &participant::Model,
        before: &Contact,
        brought: &mut Contact,
    ) {
        let plain = |contact: &Contact| contact.email.as_deref().map(str::to_lowercase);
        if self.pack.columns.has(SHEET, "email") && plain(brought) != plain(before) {
            let on = person.address_since.map(|at| format!(" on {}", self.book.today(at.utc())));
            let why = format!(
                "{} was given another address{}; that one stays (a newer one is given by `hearback participant address`)",
                person.reference,
                on.unwrap_or_default()
            );
            self.report.warn(SHEET, Some(line), Some("email"), why);
        }
        brought.email.clone_from(&before.email);
    }

    fn new_person(
        &mut self,
        row: &Row<ParticipantRow>,
        skeleton: String,
        is_suppressed: bool,
    ) -> participant::Model {
        if is_suppressed {
            self.report.warn(
                SHEET,
                Some(row.line),
                Some("email"),
                "this address asked not to be written to; the person is stored and gets no updates",
            );
        }
        self.own_language(row);
        let value = &row.value;
        participant::Model {
            id: ParticipantId::new(),
            project_id: self.book.project.id,
            reference: value.id.to_string(),
            skeleton,
            channel: value.channel,
            language: value.language.to_string(),
            format: value.format,
            cadence: value.cadence,
            quiet_times: quiet(value),
            contact_consent: value.contact_consent,
            state: if is_suppressed { ParticipantState::Stopped } else { ParticipantState::Active },
            chosen: String::new(),
            told_seq: 0,
            maybe_seq: 0,
            last_period: None,
            first_told_at: None,
            joined_on: self.today,
            acted_on: None,
            chose_on: None,
            told_on: None,
            bounced_at: None,
            bounced_why: None,
            bounced_hash: None,
            address_since: None,
        }
    }

    fn seal(
        &self,
        id: ParticipantId,
        contact: &Contact,
        address_hash: Option<String>,
    ) -> Result<vault::Model> {
        Ok(vault::Model {
            participant_id: id,
            project_id: self.book.project.id,
            sealed: self.app.keys.seal(id.0.as_bytes(), contact)?,
            address_hash,
        })
    }

    /// The contact as the columns that are there say; the others stay.
    fn merged(&self, cells: &mut Cells<'_>, before: &Contact, new: Contact) -> Contact {
        let mut merged = before.clone();
        if cells.differs_privately("greeting_name", &before.greeting_name, &new.greeting_name) {
            merged.greeting_name = new.greeting_name;
        }
        if cells.differs_privately("email", &before.email, &new.email) {
            merged.email = new.email;
        }
        if cells.differs_privately("phone", &before.phone, &new.phone) {
            merged.phone = new.phone;
        }
        if cells.differs_privately("postal_address", &before.postal_address, &new.postal_address) {
            merged.postal_address = new.postal_address;
        }
        merged
    }

    async fn known_person(
        &mut self,
        row: &Row<ParticipantRow>,
        before: participant::Model,
        is_suppressed: bool,
        cells: &mut Cells<'_>,
    ) -> Result<()> {
        let (line, value) = (row.line, &row.value);
        let mut changed = before.clone().into_active_model();
        let already = cells.changes.len();
        let mut clashes: Vec<Choice> = Vec::new();
        macro_rules! take {
            ($choice:expr, $column:literal, $field:ident, $value:expr) => {
                let new = $value;
                if before.has_chosen($choice) {
                    if self.pack.columns.has(SHEET, $column) && before.$field != new {
                        clashes.push($choice);
                    }
                } else if cells.differs($column, &before.$field, &new) {
                    changed.$field = Set(new);
                }
            };
        }
        // What somebody asks for can tell their faith.
        if !before.has_chosen(Choice::QuietTimes)
            && cells.differs_privately("quiet_times", &before.quiet_times, &quiet(value))
        {
            changed.quiet_times = Set(quiet(value));
        }
        take!(Choice::Channel, "channel", channel, value.channel);
        take!(Choice::Language, "language", language, value.language.to_string());
        if !before.has_chosen(Choice::Language) {
            self.own_language(row);
        }
        take!(Choice::Format, "format", format, value.format);
        take!(Choice::Cadence, "cadence", cadence, value.cadence);
        if before.has_chosen(Choice::QuietTimes)
            && self.pack.columns.has(SHEET, "quiet_times")
            && before.quiet_times != quiet(value)
        {
            clashes.push(Choice::QuietTimes);
        }
        let by_column = self.pack.columns.has(SHEET, "contact_consent");
        // Without the column only a channel that is new stands for consent: what was said before stays.
        let by_channel = !by_column
            && (before.channel == Channel::None && value.channel != Channel::None)
            && !before.has_chosen(Choice::Channel);
        if (by_column || by_channel) && before.contact_consent != value.contact_consent {
            let (from, to) = (before.contact_consent.to_string(), value.contact_consent.to_string());
            cells.push("contact_consent", from, to);
            changed.contact_consent = Set(value.contact_consent);
        }
        for choice in clashes {
            let why = format!("{} chose their own {}, which stays", before.reference, choice.code());
            self.report.warn(SHEET, Some(line), Some(choice.code()), why);
        }
        if before.state == ParticipantState::Stopped && value.contact_consent {
            let why = format!("{} has stopped updates and gets none", before.reference);
            self.report.warn(SHEET, Some(line), Some("id"), why);
        }
        let mut is_changed = cells.changes.len() > already;
        if is_suppressed && before.state != ParticipantState::Stopped {
            let why = "this address asked not to be written to; the person gets no updates";
            self.report.warn(SHEET, Some(line), Some("email"), why);
            changed.state = Set(ParticipantState::Stopped);
            is_changed = true;
        }
        if !is_changed {
            return Ok(());
        }
        let was_written_to = is_written_to(&before);
        let quiet_before = before.quiet_times.clone();
        let after = participant::save(self.tx, changed).await?;
        let ends = was_written_to && !is_written_to(&after);
        if ends || after.quiet_times != quiet_before {
            message::release(self.tx, after.id).await?;
        }
        if ends && message::is_in_flight(self.tx, after.id, self.now).await? {
            return Err(Error::refused(
                "A message to somebody who is not to be written to any more is being handed over at this moment. Nothing was \
                 stored; import it again in a minute.",
            ));
        }
        Ok(())
    }
}

/// Whether updates go to this person by e-mail.
fn is_written_to(person: &participant::Model) -> bool {
    person.contact_consent && person.channel == Channel::Email && person.state == ParticipantState::Active
}

fn contact(row: &ParticipantRow) -> Contact {
    Contact {
        greeting_name: row.greeting_name.as_deref().map(str::to_owned),
        email: row.email.as_deref().map(str::to_owned),
        phone: row.phone.as_deref().map(str::to_owned),
        postal_address: row.postal_address.as_deref().map(str::to_owned),
    }
}

fn quiet(row: &ParticipantRow) -> Option<String> {
    (!row.quiet_times.is_empty()).then(|| row.quiet_times.to_string())
}
