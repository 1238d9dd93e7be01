//! A new address for somebody whose old one does not take messages.

use super::participants::reach_hashes;
use crate::app::App;
use crate::domain::pack::{codes, contact};
use crate::domain::words::{Channel, ParticipantState};
use crate::error::{Error, Result};
use crate::keys::Contact;
use crate::store::{self, audit, bounce, message, participant, suppression, vault};

/// Gives a participant an e-mail address. What waited for it goes out with the next pass. The same address again says
/// that it works now. Returns the person, and what should be looked at about the address.
///
/// # Errors
/// For an address that mail cannot go to, one that asked not to be written to, and somebody who has withdrawn.
pub async fn set_address(
    app: &App,
    slug: &str,
    reference: &str,
    address: &str,
) -> Result<(participant::Model, Vec<String>)> {
    let project = super::project(app, slug).await?;
    let found = participant::by_skeleton(&app.db.reader, project.id, &codes::skeleton(reference)).await?;
    let found = found.ok_or_else(|| Error::not_found(format!("A participant {reference:?}")))?;
    let email = contact::email(address.trim()).map_err(|why| Error::invalid("address", why))?;
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let person =
        participant::lock(&tx, found.id).await?.ok_or_else(|| Error::not_found("The participant"))?;
    if person.state == ParticipantState::Withdrawn {
        return Err(Error::refused("This person has withdrawn. Nothing was changed."));
    }
    let mut contact = match vault::find(&tx, person.id).await? {
        Some(row) => app.keys.open(person.id.0.as_bytes(), &row.sealed)?,
        None => Contact::default(),
    };
    contact.email = Some(email.address);
    let hashes = reach_hashes(&app.keys, project.id, Channel::Email, &contact);
    if person.state != ParticipantState::Stopped {
        let silent = suppression::in_project(&tx, project.id).await?;
        if silent.iter().any(|row| hashes.contains(&row.address_hash)) {
            return Err(Error::refused("This address asked not to be written to. Nothing was changed."));
        }
    }
    let sealed = vault::Model {
        participant_id: person.id,
        project_id: project.id,
        sealed: app.keys.seal(person.id.0.as_bytes(), &contact)?,
        address_hash: hashes.into_iter().next(),
    };
    vault::put(&tx, vec![sealed]).await?;
    participant::set_address_since(&tx, person.id, now).await?;
    participant::keep_address(&tx, &person).await?;
    // What was made for the old address is made anew.
    message::release(&tx, person.id).await?;
    bounce::take_up(&tx, person.id, now).await?;
    let about = format!("participant {}", person.id);
    audit::add(&tx, Some(project.id), now, "staff", "set an address", &about).await?;
    let person =
        participant::find(&tx, person.id).await?.ok_or_else(|| Error::not_found("The participant"))?;
    tx.commit().await?;
    Ok((person, email.cautions))
}
