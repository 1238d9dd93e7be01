//! A project's record, opened for writing: the row is locked, and where each recommendation stands is at hand.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use crate::domain::event::{Entry, Event, Fact, PROJECT, understand};
use crate::domain::standing::Standing;
use crate::error::{Error, Result};
use crate::store::types::ProjectId;
use crate::store::{event, project};

pub struct Book {
    pub project: project::Model,
    pub zone: Tz,
    events: Vec<Event>,
    standings: Vec<(String, Standing)>,
}

impl Book {
    /// Locks the project until the transaction ends and reads its record.
    pub async fn open(tx: &impl ConnectionTrait, id: ProjectId) -> Result<Self> {
        let project = project::lock(tx, id).await?.ok_or_else(|| Error::not_found("The project"))?;
        let zone = project.zone()?;
        let events = event::all(tx, id).await?;
        let mut book = Book { project, zone, events, standings: Vec::new() };
        book.fold()?;
        Ok(book)
    }

    fn fold(&mut self) -> Result<()> {
        let entries = self.facts()?;
        let mut by_subject: Vec<(String, Vec<Entry>)> = Vec::new();
        for entry in entries.into_iter().filter(|entry| entry.subject != PROJECT) {
            match by_subject.iter_mut().find(|(subject, _)| *subject == entry.subject) {
                Some((_, entries)) => entries.push(entry),
                None => by_subject.push((entry.subject.clone(), vec![entry])),
            }
        }
        self.standings = by_subject
            .into_iter()
            .filter_map(|(subject, entries)| Standing::fold(&entries).map(|standing| (subject, standing)))
            .collect();
        Ok(())
    }

    pub fn standing(&self, reference: &str) -> Option<&Standing> {
        self.standings.iter().find(|(subject, _)| subject == reference).map(|(_, standing)| standing)
    }

    pub fn standings(&self) -> impl Iterator<Item = (&str, &Standing)> {
        self.standings.iter().map(|(subject, standing)| (subject.as_str(), standing))
    }

    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// The fact that an event states now, corrections included.
    pub fn fact(&self, seq: i64) -> Result<Option<Entry>> {
        Ok(self.facts()?.into_iter().find(|entry| entry.seq == seq))
    }

    /// The facts that all events state now, in order.
    pub fn facts(&self) -> Result<Vec<Entry>> {
        Ok(understand(&self.events, i64::MAX, self.zone)
            .map_err(|why| anyhow::anyhow!("the record: {why}"))?)
    }

    pub fn event(&self, seq: i64) -> Option<&Event> {
        self.events.iter().find(|event| event.seq == seq)
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Drops the content of an event that is being redacted in this transaction. A redaction must be written next.
    pub fn forget(&mut self, seq: i64) {
        if let Some(event) = self.events.iter_mut().find(|event| event.seq == seq) {
            event.content = None;
        }
    }

    /// Appends a fact to the record. Returns the event's number.
    pub async fn write(
        &mut self,
        tx: &impl ConnectionTrait,
        now: DateTime<Utc>,
        subject: &str,
        on: NaiveDate,
        fact: Fact,
    ) -> Result<i64> {
        let seq = event::append(tx, &mut self.project, now, subject, on, &fact).await?;
        if let Some(written) = event::find(tx, self.project.id, seq).await? {
            self.events.push(written);
        }
        if subject == PROJECT {
            return Ok(seq);
        }
        let rewrites = matches!(fact, Fact::Correction { .. } | Fact::Redaction { .. });
        let entry = Entry {
            seq,
            on,
            subject: subject.to_owned(),
            fact,
            corrected_by: None,
            languages: None,
            redacted: false,
        };
        match self.standings.iter_mut().find(|(known, _)| known == subject) {
            // What was said before reads otherwise now, so everything is read again.
            _ if rewrites => self.fold()?,
            Some((_, standing)) => standing.apply(&entry),
            None => {
                if let Some(standing) = Standing::fold([&entry]) {
                    self.standings.push((subject.to_owned(), standing));
                }
            }
        }
        Ok(seq)
    }
}
