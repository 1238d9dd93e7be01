//! A project as the record shows it at a cut-off: what an edition is composed from.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::event::{Entry, Event, PROJECT, understand};
use super::record::Head;
use super::standing::Standing;
use super::translations::Titles;

/// One recommendation at the cut-off, with everything that was ever said about it, in order.
#[derive(Clone, Debug)]
pub struct Pictured {
    pub reference: String,
    pub standing: Standing,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub struct Picture {
    /// The last event that is covered.
    pub head: Head,
    /// The day of the cut-off in the project's zone; ages are counted to it.
    pub day: NaiveDate,
    /// In the order in which they were published.
    pub recommendations: Vec<Pictured>,
}

impl Picture {
    /// # Errors
    /// Names the event that this version of the program cannot read.
    pub fn draw(events: &[Event], upto: i64, zone: Tz, day: NaiveDate) -> Result<Self, String> {
        let mut recommendations: Vec<(String, Vec<Entry>)> = Vec::new();
        for entry in understand(events, upto, zone)? {
            if entry.subject == PROJECT {
                continue;
            }
            match recommendations.iter_mut().find(|(reference, _)| *reference == entry.subject) {
                Some((_, entries)) => entries.push(entry),
                None => recommendations.push((entry.subject.clone(), vec![entry])),
            }
        }
        let head = events
            .iter()
            .rfind(|event| event.seq <= upto)
            .map(|event| Head { seq: event.seq, hash: event.hash.clone(), at: Some(event.at) })
            .unwrap_or_default();
        let recommendations = recommendations
            .into_iter()
            .filter_map(|(reference, entries)| {
                Standing::fold(&entries).map(|standing| Pictured { reference, standing, entries })
            })
            .collect();
        Ok(Picture { head, day, recommendations })
    }

    /// The titles that were brought in other languages.
    pub fn titles(&self) -> Titles {
        let standings = self.recommendations.iter().map(|pictured| &pictured.standing);
        let brought = standings.filter(|standing| !standing.translations.is_empty());
        brought.map(|standing| (standing.title.clone(), standing.translations.clone())).collect()
    }

    pub fn find(&self, reference: &str) -> Option<&Pictured> {
        self.recommendations.iter().find(|pictured| pictured.reference == reference)
    }
}
