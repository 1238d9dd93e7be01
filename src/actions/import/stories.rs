//! The sheets `stories` and `evidence`. A story that was withdrawn is known by its marker and is not added again.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{Cells, Import, KnownStory, PAGE, Person, ids, person_of};
use crate::domain::pack::{EvidenceRow, Row, Sheet, StoryRow, codes};
use crate::error::Result;
use crate::store::types::{EvidenceId, RecommendationId, StoryId, ThemeId};
use crate::store::{evidence, participant, story, theme};

const SHEET: Sheet = Sheet::Stories;

impl Import<'_> {
    /// The hash under which a story is known, also one that is to be left alone; for one that is new, that of the
    /// current key.
    pub(super) fn code_hash(&self, code: &str) -> String {
        let mut hashes = self.app.keys.code_hashes(self.book.project.id.0.as_bytes(), &codes::skeleton(code));
        let is_known = |hash: &String| self.stories.contains_key(&**hash) || self.not_added.contains(hash);
        let at = hashes.iter().position(is_known).unwrap_or(0);
        hashes.swap_remove(at)
    }

    pub(super) async fn stories(&mut self, rows: Vec<Row<StoryRow>>) -> Result<()> {
        let mut after = None;
        loop {
            let some = story::markers_in_project(self.tx, self.book.project.id, after, PAGE).await?;
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            for story in some {
                let known = KnownStory { id: story.id, is_withdrawn: story.withdrawn_at.is_some() };
                self.stories.insert(story.code_hash.into(), known);
            }
        }
        let mut rows = rows.into_iter();
        loop {
            let rows: Vec<Row<StoryRow>> = rows.by_ref().take(participant::CHUNK).collect();
            if rows.is_empty() {
                return Ok(());
            }
            self.some_stories(&rows).await?;
        }
    }

    async fn some_stories(&mut self, rows: &[Row<StoryRow>]) -> Result<()> {
        let hashes: Vec<String> = rows.iter().map(|row| self.code_hash(&row.value.code)).collect();
        let known: Vec<StoryId> =
            hashes.iter().filter_map(|hash| Some(self.stories.get(&**hash)?.id)).collect();
        let mut stories: HashMap<StoryId, story::Model> =
            story::these(self.tx, &known).await?.into_iter().map(|story| (story.id, story)).collect();
        let mut themes: HashMap<StoryId, Vec<ThemeId>> = HashMap::new();
        for link in theme::of_stories(self.tx, &known).await? {
            themes.entry(link.story_id).or_default().push(link.theme_id);
        }
        let (mut made, mut with_themes) = (Vec::new(), Vec::new());
        for (row, hash) in rows.iter().zip(hashes) {
            let skeleton = codes::skeleton(&row.value.participant);
            let Some(teller) = self.people.get(&*skeleton).cloned() else { continue };
            let before = self.stories.get(&*hash).and_then(|known| stories.remove(&known.id));
            match before {
                None if teller.has_withdrawn => {
                    let why = format!("{} has withdrawn, so this story was not added", teller.reference);
                    self.report.warn(SHEET, Some(row.line), Some("participant"), why);
                    self.report.keep(SHEET);
                    self.not_added.insert(hash);
                }
                None => {
                    let new = self.new_story(row, &teller, hash.clone());
                    for theme in ids(&self.themes, &row.value.themes) {
                        with_themes.push(theme::of_story::ActiveModel {
                            story_id: Set(new.id),
                            theme_id: Set(theme),
                        });
                    }
                    self.stories.insert(hash.into(), KnownStory { id: new.id, is_withdrawn: false });
                    made.push(new.into_active_model().reset_all());
                    self.report.add(SHEET);
                }
                Some(before) if before.withdrawn_at.is_some() => {
                    let why = "this story was withdrawn and is not added again";
                    self.report.warn(SHEET, Some(row.line), Some("code"), why);
                    self.report.keep(SHEET);
                }
                Some(before) if teller.has_withdrawn && before.participant_id != Some(teller.id) => {
                    let why = format!("{} has withdrawn, so this story stays as it was", teller.reference);
                    self.report.warn(SHEET, Some(row.line), Some("participant"), why);
                    self.report.keep(SHEET);
                }
                Some(before) => {
                    let theirs = themes.remove(&before.id).unwrap_or_default();
                    self.known_story(row, before, &teller, &theirs).await?;
                }
            }
        }
        story::insert_many(self.tx, made).await?;
        theme::insert_for_stories(self.tx, with_themes).await?;
        Ok(())
    }

    fn new_story(&self, row: &Row<StoryRow>, teller: &Person, code_hash: String) -> story::Model {
        let value = &row.value;
        story::Model {
            id: StoryId::new(),
            project_id: self.book.project.id,
            participant_id: Some(teller.id),
            code: Some(value.code.to_string()),
            code_hash,
            summary: text(&value.summary),
            url: text(&value.url),
            medium: Some(value.medium),
            gathered_on: value.gathered_on,
            consent: value.consent,
            attribution: Some(value.attribution),
            content_note: text(&value.content_note),
            withdrawn_at: None,
        }
    }

    async fn known_story(
        &mut self,
        row: &Row<StoryRow>,
        before: story::Model,
        teller: &Person,
        theirs: &[ThemeId],
    ) -> Result<()> {
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
        take!("summary", summary, text(&value.summary));
        take!("url", url, text(&value.url));
        take!("medium", medium, Some(value.medium));
        take!("gathered_on", gathered_on, value.gathered_on);
        take!("consent", consent, value.consent);
        take!("attribution", attribution, Some(value.attribution));
        take!("content_note", content_note, text(&value.content_note));
        let mut joins_late = before.consent.is_none() && value.consent.is_some();
        if before.participant_id != Some(teller.id) {
            let from = before.participant_id.and_then(|id| person_of(self, id)).unwrap_or_default();
            cells.push("participant", from, teller.reference.to_string());
            changed.participant_id = Set(Some(teller.id));
            joins_late = true;
        }
        let themes = ids(&self.themes, &value.themes);
        let same = themes.len() == theirs.len() && themes.iter().all(|id| theirs.contains(id));
        if self.pack.columns.has(SHEET, "themes") && !same {
            theme::set_for_story(self.tx, before.id, &themes).await?;
            cells.push("themes", String::new(), value.themes.join(";"));
        }
        if !cells.changes.is_empty() {
            story::save(self.tx, changed).await?;
        }
        if joins_late {
            evidence::link_from(self.tx, before.id, self.before).await?;
        }
        self.report.note(SHEET, cells.changes);
        Ok(())
    }

    pub(super) async fn evidence(&mut self, rows: Vec<Row<EvidenceRow>>) -> Result<()> {
        let mut rows = rows.into_iter();
        loop {
            let rows: Vec<Row<EvidenceRow>> = rows.by_ref().take(participant::CHUNK).collect();
            if rows.is_empty() {
                return Ok(());
            }
            self.some_evidence(rows).await?;
        }
    }

    async fn some_evidence(&mut self, rows: Vec<Row<EvidenceRow>>) -> Result<()> {
        const SHEET: Sheet = Sheet::Evidence;
        let hashes: Vec<String> = rows.iter().map(|row| self.code_hash(&row.value.story)).collect();
        let stories: Vec<StoryId> =
            hashes.iter().filter_map(|hash| Some(self.stories.get(&**hash)?.id)).collect();
        let mut known: HashMap<(RecommendationId, StoryId), Vec<evidence::Model>> = HashMap::new();
        for link in evidence::of_stories(self.tx, &stories).await? {
            known.entry((link.recommendation_id, link.story_id)).or_default().push(link);
        }
        let mut made = Vec::new();
        for (Row { line, value }, hash) in rows.into_iter().zip(hashes) {
            let recommendation = self.recommendations.get(&*value.recommendation).map(|row| row.id);
            let story = self.stories.get(&*hash);
            if story.is_some_and(|story| story.is_withdrawn) || self.not_added.contains(&hash) {
                let why = "the story behind this link was withdrawn, so the link was not added";
                self.report.warn(SHEET, Some(line), Some("story"), why);
                self.report.keep(SHEET);
                continue;
            }
            // What is not known stands in a row that is in error.
            let (Some(recommendation), Some(story)) = (recommendation, story.map(|story| story.id)) else {
                continue;
            };
            let links = known.get(&(recommendation, story));
            let Some(before) = links.into_iter().flatten().find(|row| row.direction == value.direction)
            else {
                // As old as its recommendation, or late: the teller of a late one is told what is in force.
                let is_new = self.new_recommendations.contains(&recommendation);
                made.push(evidence::ActiveModel {
                    id: Set(EvidenceId::new()),
                    project_id: Set(self.book.project.id),
                    recommendation_id: Set(recommendation),
                    story_id: Set(story),
                    direction: Set(value.direction),
                    why: Set(text(&value.why)),
                    linked_seq: Set(if is_new { 0 } else { self.before }),
                });
                self.report.add(SHEET);
                continue;
            };
            let mut cells = Cells::of(self.pack, SHEET, Some(line));
            if cells.differs("why", &before.why, &text(&value.why)) {
                let mut changed = before.clone().into_active_model();
                changed.why = Set(text(&value.why));
                evidence::save(self.tx, changed).await?;
            }
            self.report.note(SHEET, cells.changes);
        }
        evidence::insert_many(self.tx, made).await?;
        Ok(())
    }
}

fn text(cell: &Option<Box<str>>) -> Option<String> {
    cell.as_deref().map(str::to_owned)
}
