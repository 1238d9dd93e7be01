//! The sheets `history` and `acts`: rehearsed first, so that every row that cannot follow is found, then recorded in
//! the order of their days. What lies after the clock waits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;

use super::{Change, Import};
use crate::actions::outcomes::{self, Logged};
use crate::actions::participants::{self, Acting, Deed};
use crate::actions::publishing::{publication, publish};
use crate::actions::stops::Stops;
use crate::domain::history::{Act, cells_of};
use crate::domain::order::natural;
use crate::domain::pack::{ActRow, Row, Sheet, codes};
use crate::domain::rehearsal::{Step, rehearse};
use crate::domain::standing::Standing;
use crate::domain::words::{ActKind, Choice, RowState};
use crate::error::{Error, Result};
use crate::store::types::{ActId, ParticipantId};
use crate::store::{act, history, recommendation};

const SHEET: Sheet = Sheet::History;

impl Import<'_> {
    /// Goes through the new rows with those that wait already, and notes the ones that cannot be recorded.
    pub(super) async fn rehearse_history(&mut self, doubtful: &[Row<Act>]) -> Result<()> {
        let known = history::in_project(self.tx, self.book.project.id).await?;
        let by_key: HashMap<&str, &history::Model> =
            known.iter().map(|row| (row.key.as_str(), row)).collect();
        let mut replaced = BTreeSet::new();
        let mut fresh: Vec<(u32, &Act)> = Vec::new();
        let mut said_anew: Vec<&Row<Act>> = Vec::new();
        let pack = self.pack;
        for row in &pack.history {
            let Row { line, value: act } = row;
            let (keys, digests) = outcomes::marks(&self.app.keys, self.book.project.id, act);
            let found = keys.iter().find_map(|key| by_key.get(key.as_str()));
            if found.is_none_or(|found| !digests.contains(&found.digest)) {
                said_anew.push(row);
            }
            match found {
                Some(row) if row.seq.is_some() => {}
                Some(row) => {
                    replaced.insert(row.key.clone());
                    fresh.push((*line, act));
                }
                None => fresh.push((*line, act)),
            }
        }
        let waiting: Vec<Act> = known
            .iter()
            .filter(|row| row.state == RowState::Pending && !replaced.contains(&row.key))
            .filter_map(|row| row.act().transpose())
            .collect::<anyhow::Result<_>>()?;
        let standings: BTreeMap<String, Standing> = self
            .book
            .standings()
            .map(|(reference, standing)| (reference.to_owned(), standing.clone()))
            .collect();
        let mut steps: Vec<Step<'_>> = self
            .recommendations
            .values()
            .filter(|row| !row.published)
            .map(|row| {
                let fact = Box::new(publication(row)?);
                Ok(Step::Publish { reference: &row.reference, on: row.published_on, fact })
            })
            .collect::<Result<_>>()?;
        steps.extend(waiting.iter().map(|act| Step::Act { line: None, act }));
        let spoiled = &self.pack.spoiled;
        steps.extend(
            fresh
                .iter()
                .filter(|(_, act)| !spoiled.contains(&act.recommendation))
                .map(|(line, act)| Step::Act { line: Some(*line), act }),
        );
        steps.extend(doubtful.iter().map(|row| Step::Doubtful { line: row.line, act: &row.value }));
        for (line, refusal) in rehearse(standings, steps) {
            self.report.error(SHEET, Some(line), Some(refusal.field()), refusal.why());
        }
        self.advise(&said_anew);
        Ok(())
    }

    /// Publishes and records what has its day behind it, in order; the rest waits.
    pub(super) async fn history(&mut self) -> Result<()> {
        enum Due<'r> {
            Publish(Box<recommendation::Model>),
            Record(&'r Row<Act>),
        }
        let pack = self.pack;
        let mut due: Vec<(NaiveDate, u8, u32, Due<'_>)> = Vec::new();
        let mut later: Vec<&Row<Act>> = Vec::new();
        for row in
            self.recommendations.values().filter(|row| !row.published && row.published_on <= self.today)
        {
            due.push((row.published_on, 0, 0, Due::Publish(Box::new(row.clone()))));
        }
        for row in &pack.history {
            if row.value.on <= self.today {
                due.push((row.value.on, 1, row.line, Due::Record(row)));
            } else {
                later.push(row);
            }
        }
        due.sort_by(|a, b| {
            let name = |due: &Due<'_>| match due {
                Due::Publish(row) => natural(&row.reference),
                Due::Record(_) => Vec::new(),
            };
            (a.0, a.1, a.2, name(&a.3)).cmp(&(b.0, b.1, b.2, name(&b.3)))
        });
        for (_, _, _, due) in due {
            match due {
                Due::Publish(row) => publish(self.tx, &mut self.book, &row, self.now).await?,
                Due::Record(row) => self.take(row).await?,
            }
        }
        for row in later {
            self.take(row).await?;
        }
        Ok(())
    }

    async fn take(&mut self, row: &Row<Act>) -> Result<()> {
        let act = &row.value;
        let Some(recommendation) = self.recommendations.get(&act.recommendation).map(|row| row.id) else {
            return Ok(());
        };
        let (keys, _) = outcomes::marks(&self.app.keys, self.book.project.id, act);
        let before = history::by_key(self.tx, self.book.project.id, &keys).await?;
        let said = match &before {
            Some(row) => self.said(row)?,
            None => BTreeMap::new(),
        };
        let position = i32::try_from(row.line).unwrap_or(i32::MAX);
        let keys = &self.app.keys;
        match outcomes::take(self.tx, keys, &mut self.book, recommendation, act, position, self.now).await {
            Ok(Logged::Unchanged) => self.report.keep(SHEET),
            Ok(_) if before.is_none() => self.report.add(SHEET),
            Ok(_) => {
                let now = act.cells();
                let columns: BTreeSet<&String> = said.keys().chain(now.keys()).collect();
                let cell =
                    |cells: &BTreeMap<String, String>, column| cells.get(column).cloned().unwrap_or_default();
                let changes = columns
                    .into_iter()
                    .filter(|column| said.get(*column) != now.get(*column))
                    .map(|column| Change {
                        row: Some(row.line),
                        column: column.clone(),
                        from: cell(&said, column),
                        to: cell(&now, column),
                    })
                    .collect();
                self.report.note(SHEET, changes);
            }
            Err(Error::Invalid { field, why }) => self.report.error(SHEET, Some(row.line), Some(&field), why),
            Err(Error::Refused { why }) => self.report.error(SHEET, Some(row.line), Some("on"), why),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// The cells of a row as they were taken in: from the row while it waits, afterwards from the record.
    fn said(&self, row: &history::Model) -> Result<BTreeMap<String, String>> {
        Ok(match (row.act()?, row.seq) {
            (Some(act), _) => act.cells(),
            (None, Some(seq)) => self.book.fact(seq)?.map(|entry| cells_of(&entry.fact)).unwrap_or_default(),
            (None, None) => BTreeMap::new(),
        })
    }

    pub(super) async fn acts(&mut self) -> Result<()> {
        const SHEET: Sheet = Sheet::Acts;
        let known: BTreeSet<String> =
            act::keys(self.tx, self.book.project.id).await?.into_iter().map(|row| row.key).collect();
        let mut rows: Vec<&Row<ActRow>> = self.pack.acts.iter().collect();
        rows.sort_by_key(|row| (row.value.on, row.line));
        let mut stops = Stops::default();
        for row in rows {
            let mut keys = self.act_keys(&row.value);
            if keys.iter().any(|key| known.contains(key)) {
                self.report.keep(SHEET);
                continue;
            }
            let skeleton = codes::skeleton(&row.value.participant);
            let Some(id) = self.people.get(&*skeleton).map(|person| person.id) else { continue };
            let state = if row.value.on > self.today {
                if let Some((Choice::Language, tag)) = &row.value.choice {
                    self.language_has_words(SHEET, row.line, "value", tag, &row.value.participant);
                }
                RowState::Pending
            } else {
                self.act_now(row, id, &mut stops).await?
            };
            let story = row.value.story.as_ref().and_then(|code| self.stories.get(&*self.code_hash(code)));
            let value = row.value.choice.as_ref().map(|(choice, value)| format!("{}={value}", choice.code()));
            act::insert(
                self.tx,
                act::ActiveModel {
                    id: Set(ActId::new()),
                    project_id: Set(self.book.project.id),
                    participant_id: Set(id),
                    key: Set(keys.swap_remove(0)),
                    on: Set(row.value.on),
                    position: Set(i32::try_from(row.line).unwrap_or(i32::MAX)),
                    kind: Set(row.value.act),
                    // An act that has been carried out keeps no trace of which story it was about.
                    story_id: Set(story.filter(|_| state == RowState::Pending).map(|story| story.id)),
                    value: Set(value),
                    state: Set(state),
                },
            )
            .await?;
            self.report.add(SHEET);
        }
        Ok(())
    }

    /// Carries out an act whose day has come. One that has to wait for a message that is just going out stays pending.
    async fn act_now(&mut self, row: &Row<ActRow>, id: ParticipantId, stops: &mut Stops) -> Result<RowState> {
        let Some(person) = crate::store::participant::lock(self.tx, id).await? else {
            return Ok(RowState::Refused);
        };
        let Some(deed) = deed(&row.value) else { return Ok(RowState::Refused) };
        if stops.stand_against(&person, &deed, row.value.on) {
            let why = format!("{} stopped updates on this very day, and that stands", person.reference);
            self.report.warn(Sheet::Acts, Some(row.line), Some("act"), why);
            return Ok(RowState::Refused);
        }
        let before = person.state;
        let project = self.book.project.clone();
        let acting = Acting {
            app: self.app,
            project: &project,
            actor: if self.is_new { participants::BY_PACK } else { participants::BY_STAFF },
            now: self.now,
            on: row.value.on,
            waits: true,
        };
        match participants::apply(self.tx, &acting, person, &deed).await {
            Ok(true) => {
                stops.carried_out(id, before, &deed);
                Ok(RowState::Applied)
            }
            Ok(false) => Ok(RowState::Pending),
            Err(Error::Internal(error)) => Err(Error::Internal(error)),
            Err(refusal) => {
                self.report.warn(Sheet::Acts, Some(row.line), Some("act"), refusal.to_string());
                Ok(RowState::Refused)
            }
        }
    }

    /// By which a row is known again: one for each key, the current one first.
    fn act_keys(&self, row: &ActRow) -> Vec<String> {
        let story = row.story.as_ref().map(|code| self.code_hash(code)).unwrap_or_default();
        let value = row.choice.as_ref().map(|(choice, value)| format!("{}={value}", choice.code()));
        let parts = [
            codes::skeleton(&row.participant),
            row.on.to_string(),
            row.act.code().to_owned(),
            story,
            value.unwrap_or_default(),
        ];
        self.app.keys.code_hashes(self.book.project.id.0.as_bytes(), &parts.join("\u{1f}"))
    }

    /// How many rows of these sheets wait for their day. On a database whose time is the real one that is worth a
    /// warning, because a date in the future is more often a slip.
    pub(super) fn count_waiting(&mut self) {
        let history = self.pack.history.iter().filter(|row| row.value.on > self.today).count();
        let acts = self.pack.acts.iter().filter(|row| row.value.on > self.today).count();
        self.report.pending = history + acts;
        if self.app.time_travel {
            return;
        }
        for (sheet, count) in [(Sheet::History, history), (Sheet::Acts, acts)] {
            if count > 0 {
                let why = match count {
                    1 => "1 row is dated in the future and waits for its day".to_owned(),
                    count => format!("{count} rows are dated in the future and wait for their day"),
                };
                self.report.warn(sheet, None, Some("on"), why);
            }
        }
    }
}

/// `None` for a choice that does not say what is chosen; the sheet does not let that through.
fn deed(row: &ActRow) -> Option<Deed> {
    Some(match row.act {
        ActKind::Stop => Deed::Stop,
        ActKind::Pause => Deed::Pause,
        ActKind::Resume => Deed::Resume,
        ActKind::Choose => {
            let (choice, value) = row.choice.clone()?;
            Deed::Choose(choice, value)
        }
        ActKind::Withdraw => Deed::Withdraw(row.story.as_deref().map(str::to_owned)),
    })
}
