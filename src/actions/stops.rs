//! Acts of sheets that stop and resume on one day. A sheet may be older than the stop, so on a tie the stop stands; within
//! one run the order of the rows decides.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::participants::Deed;
use crate::domain::words::ParticipantState;
use crate::store::participant;
use crate::store::types::ParticipantId;

/// Who was stopped in this run.
#[derive(Default)]
pub struct Stops(BTreeSet<ParticipantId>);

impl Stops {
    /// A stop of the same day, from before this run, stands against this act.
    pub fn stand_against(&self, person: &participant::Model, deed: &Deed, on: NaiveDate) -> bool {
        *deed == Deed::Resume && person.has_stopped_on(on) && !self.0.contains(&person.id)
    }

    /// An act was carried out for a person who was in this state before it.
    pub fn carried_out(&mut self, person: ParticipantId, before: ParticipantState, deed: &Deed) {
        if *deed == Deed::Stop && before != ParticipantState::Stopped {
            self.0.insert(person);
        }
    }
}
