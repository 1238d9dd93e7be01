//! The sheet `participants`. Names and addresses go into the vault; what a person chose, stopped or withdrew stays.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{Cells, Import};
use crate::actions::participants::reach_hashes;
use crate::domain::pack::{ParticipantRow, Row, Sheet, codes};
use crate::domain::words::{Channel, Choice, ParticipantState};
use crate::error::{Error, Result};
use crate::keys::Contact;
use crate::store::types::ParticipantId;
use crate::store::{bounce, message, participant, suppression, vault};

const SHEET: Sheet = Sheet::Participants;

impl Import<'_> {
    pub(super) async fn participants(&mut self) -> Result<()> {
        let project = self.book.project.id;
        for person in participant::in_project(self.tx, project).await? {
            self.people.insert(person.skeleton.clone(), person);
        }
        let sealed: HashMap<ParticipantId, vault::Model> = vault::in_project(self.tx, project)
            .await?
            .into_iter()
            .map(|row| (row.participant_id, row))
            .collect();
        let suppressed: HashSet<String> = suppression::in_project(self.tx, project)
            .await?
            .into_iter()
            .map(|row| row.address_hash)
            .collect();
        let keys = &self.app.keys;
        let address_hash = |address: &str| keys.address_hash(project.0.as_bytes(), address);
        let (mut made, mut contacts) = (Vec::new(), Vec::new());
        for row in &self.pack.participants {
            let skeleton = codes::skeleton(&row.value.id);
            let mut contact = contact(&row.value);
            match self.people.get(&skeleton).cloned() {
                None => {
                    let hash = contact.email.as_deref().map(address_hash);
                    let reach = reach_hashes(keys, project, row.value.channel, &contact);
                    let is_suppressed = reach.iter().any(|hash| suppressed.contains(hash));
                    let person = self.new_person(row, skeleton.clone(), is_suppressed);
                    contacts.push(self.seal(person.id, &contact, hash)?);
                    made.push(person.clone().into_active_model().reset_all());
                    self.people.insert(skeleton, person);
                    // Not all at once: a hundred thousand of them would be kept twice.
                    if made.len() >= participant::CHUNK {
                        participant::insert_many(self.tx, std::mem::take(&mut made)).await?;
                        vault::put(self.tx, std::mem::take(&mut contacts)).await?;
                    }
                    self.report.add(SHEET);
                }
                Some(mut person) => {
                    let before = match sealed.get(&person.id) {
                        Some(row) => self.app.keys.open(person.id.0.as_bytes(), &row.sealed)?,
                        None => Contact::default(),
                    };
                    let mut cells = Cells::of(self.pack, SHEET, Some(row.line));
                    if person.state == ParticipantState::Withdrawn {
                        let why = format!("{} has withdrawn and is left alone", person.reference);
                        self.report.warn(SHEET, Some(row.line), Some("id"), why);
                        self.report.keep(SHEET);
                        continue;
                    }
                    let hash = |contact: &Contact| contact.email.as_deref().map(address_hash);
                    let hashes = contact
                        .email
                        .as_deref()
                        .map(|email| keys.address_hashes(project.0.as_bytes(), email));
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
                    let contact = self.merged(&mut cells, &before, contact);
                    // Of the address that is there now: the sheet may lack the column.
                    let hash = contact.email.as_deref().map(address_hash);
                    let reach = |contact: &Contact| reach_hashes(keys, project, row.value.channel, contact);
                    let is_suppressed = reach(&contact) != reach(&before)
                        && reach(&contact).iter().any(|hash| suppressed.contains(hash));
                    if hash.is_some() && hash != before.email.as_deref().map(address_hash) {
                        participant::set_address_since(self.tx, person.id, self.now).await?;
                        message::release(self.tx, person.id).await?;
                        bounce::take_up(self.tx, person.id, self.now).await?;
                        person.bounced_at = None;
                        person.bounced_why = None;
                        person.address_since = Some(self.now.into());
                    }
                    if contact != before {
                        contacts.push(self.seal(person.id, &contact, hash)?);
                    }
                    let person = self.known_person(row, person, is_suppressed, &mut cells).await?;
                    self.people.insert(skeleton, person);
                    self.report.note(SHEET, cells.changes);
                }
            }
        }
        participant::insert_many(self.tx, made).await?;
        vault::put(self.tx, contacts).await?;
        Ok(())
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
        let value = &row.value;
        participant::Model {
            id: ParticipantId::new(),
            project_id: self.book.project.id,
            reference: value.id.clone(),
            skeleton,
            channel: value.channel,
            language: value.language.clone(),
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
    ) -> Result<participant::Model> {
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
        take!(Choice::Language, "language", language, value.language.clone());
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
            return Ok(before);
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
        Ok(after)
    }
}

/// Whether updates go to this person by e-mail.
fn is_written_to(person: &participant::Model) -> bool {
    person.contact_consent && person.channel == Channel::Email && person.state == ParticipantState::Active
}

fn contact(row: &ParticipantRow) -> Contact {
    Contact {
        greeting_name: row.greeting_name.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        postal_address: row.postal_address.clone(),
    }
}

fn quiet(row: &ParticipantRow) -> Option<String> {
    (!row.quiet_times.is_empty()).then(|| row.quiet_times.to_string())
}
