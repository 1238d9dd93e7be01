//! The sheets `stories` and `evidence`. A story that was withdrawn is known by its marker and is not added again.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{Cells, Import, ids, person_of};
use crate::domain::pack::{Row, Sheet, StoryRow, codes};
use crate::domain::words::ParticipantState;
use crate::error::Result;
use crate::store::types::{EvidenceId, StoryId, ThemeId};
use crate::store::{evidence, participant, story, theme};

const SHEET: Sheet = Sheet::Stories;

impl Import<'_> {
    /// The hash under which a story is known, also one that is to be left alone; for one that is new, that of the
    /// current key.
    pub(super) fn code_hash(&self, code: &str) -> String {
        let mut hashes = self.app.keys.code_hashes(self.book.project.id.0.as_bytes(), &codes::skeleton(code));
        let is_known = |hash: &String| self.stories.contains_key(hash) || self.not_added.contains(hash);
        let at = hashes.iter().position(is_known).unwrap_or(0);
        hashes.swap_remove(at)
    }

    pub(super) async fn stories(&mut self) -> Result<()> {
        let project = self.book.project.id;
        for story in story::in_project(self.tx, project).await? {
            self.stories.insert(story.code_hash.clone(), story);
        }
        let mut themes: HashMap<StoryId, Vec<ThemeId>> = HashMap::new();
        for link in theme::of_stories(self.tx, project).await? {
            themes.entry(link.story_id).or_default().push(link.theme_id);
        }
        let (mut made, mut with_themes) = (Vec::new(), Vec::new());
        for row in &self.pack.stories {
            let hash = self.code_hash(&row.value.code);
            let Some(teller) = self.people.get(&codes::skeleton(&row.value.participant)).cloned() else {
                continue;
            };
            match self.stories.get(&hash).cloned() {
                None if teller.state == ParticipantState::Withdrawn => {
                    let why = format!("{} has withdrawn, so this story was not added", teller.reference);
                    self.report.warn(SHEET, Some(row.line), Some("participant"), why);
                    self.report.keep(SHEET);
                    self.not_added.insert(hash);
                }
                None => {
                    let new = self.new_story(row, &teller, hash.clone());
                    with_themes.push((new.id, ids(&self.themes, &row.value.themes)));
                    made.push(new.clone().into_active_model().reset_all());
                    if made.len() >= participant::CHUNK {
                        story::insert_many(self.tx, std::mem::take(&mut made)).await?;
                    }
                    self.stories.insert(hash, new);
                    self.report.add(SHEET);
                }
                Some(before) if before.withdrawn_at.is_some() => {
                    let why = "this story was withdrawn and is not added again";
                    self.report.warn(SHEET, Some(row.line), Some("code"), why);
                    self.report.keep(SHEET);
                }
                Some(before) => {
                    let theirs = themes.remove(&before.id).unwrap_or_default();
                    let after = self.known_story(row, before, &teller, &theirs).await?;
                    self.stories.insert(hash, after);
                }
            }
        }
        story::insert_many(self.tx, made).await?;
        for (story, themes) in with_themes {
            theme::set_for_story(self.tx, story, &themes).await?;
        }
        Ok(())
    }

    fn new_story(&self, row: &Row<StoryRow>, teller: &participant::Model, code_hash: String) -> story::Model {
        let value = &row.value;
        story::Model {
            id: StoryId::new(),
            project_id: self.book.project.id,
            participant_id: Some(teller.id),
            code: Some(value.code.clone()),
            code_hash,
            summary: value.summary.clone(),
            url: value.url.clone(),
            medium: Some(value.medium),
            gathered_on: value.gathered_on,
            consent: value.consent,
            attribution: Some(value.attribution),
            content_note: value.content_note.clone(),
            withdrawn_at: None,
        }
    }

    async fn known_story(
        &mut self,
        row: &Row<StoryRow>,
        before: story::Model,
        teller: &participant::Model,
        theirs: &[ThemeId],
    ) -> Result<story::Model> {
        let value = &row.value;
        let mut cells = Cells::of(self.pack, SHEET, Some(row.line));
        let mut changed = before.clone().into_active_model();
        macro_rules! take {
            ($column:literal, $field:ident, $value:expr) => {
                let new = $value;
                if cells.differs($column, &before.$field, &new) {
                    changed.$field = Set(new);
                }
            };
        }
        take!("summary", summary, value.summary.clone());
        take!("url", url, value.url.clone());
        take!("medium", medium, Some(value.medium));
        take!("gathered_on", gathered_on, value.gathered_on);
        take!("consent", consent, value.consent);
        take!("attribution", attribution, Some(value.attribution));
        take!("content_note", content_note, value.content_note.clone());
        let mut joins_late = before.consent.is_none() && value.consent.is_some();
        if before.participant_id != Some(teller.id) {
            let from = before.participant_id.and_then(|id| person_of(self, id)).unwrap_or_default();
            cells.push("participant", from, teller.reference.clone());
            changed.participant_id = Set(Some(teller.id));
            joins_late = true;
        }
        let themes = ids(&self.themes, &value.themes);
        let same = themes.len() == theirs.len() && themes.iter().all(|id| theirs.contains(id));
        if self.pack.columns.has(SHEET, "themes") && !same {
            theme::set_for_story(self.tx, before.id, &themes).await?;
            cells.push("themes", String::new(), value.themes.join(";"));
        }
        let after = if cells.changes.is_empty() { before } else { story::save(self.tx, changed).await? };
        if joins_late {
            evidence::link_from(self.tx, after.id, self.before).await?;
        }
        self.report.note(SHEET, cells.changes);
        Ok(after)
    }

    pub(super) async fn evidence(&mut self) -> Result<()> {
        const SHEET: Sheet = Sheet::Evidence;
        let known = evidence::in_project(self.tx, self.book.project.id).await?;
        let mut made = Vec::new();
        for Row { line, value } in &self.pack.evidence {
            let hash = self.code_hash(&value.story);
            let recommendation = self.recommendations.get(&value.recommendation).map(|row| row.id);
            let story = self.stories.get(&hash);
            if story.is_some_and(|story| story.withdrawn_at.is_some()) || self.not_added.contains(&hash) {
                let why = "the story behind this link was withdrawn, so the link was not added";
                self.report.warn(SHEET, Some(*line), Some("story"), why);
                self.report.keep(SHEET);
                continue;
            }
            // What is not known stands in a row that is in error.
            let (Some(recommendation), Some(story)) = (recommendation, story.map(|story| story.id)) else {
                continue;
            };
            let before = known.iter().find(|row| {
                row.recommendation_id == recommendation
                    && row.story_id == story
                    && row.direction == value.direction
            });
            let Some(before) = before else {
                // As old as its recommendation, or late: the teller of a late one is told what is in force.
                let is_new = self.new_recommendations.contains(&recommendation);
                made.push(evidence::ActiveModel {
                    id: Set(EvidenceId::new()),
                    project_id: Set(self.book.project.id),
                    recommendation_id: Set(recommendation),
                    story_id: Set(story),
                    direction: Set(value.direction),
                    why: Set(value.why.clone()),
                    linked_seq: Set(if is_new { 0 } else { self.before }),
                });
                if made.len() >= participant::CHUNK {
                    evidence::insert_many(self.tx, std::mem::take(&mut made)).await?;
                }
                self.report.add(SHEET);
                continue;
            };
            let mut cells = Cells::of(self.pack, SHEET, Some(*line));
            if cells.differs("why", &before.why, &value.why) {
                let mut changed = before.clone().into_active_model();
                changed.why = Set(value.why.clone());
                evidence::save(self.tx, changed).await?;
            }
            self.report.note(SHEET, cells.changes);
        }
        evidence::insert_many(self.tx, made).await?;
        Ok(())
    }
}
