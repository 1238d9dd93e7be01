//! Themes, learnings and recommendations. What the public sees of a recommendation is on the record when it changes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use chrono::Days;
use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;

use super::{Cells, Import, ids};
use crate::domain::event::Fact;
use crate::domain::pack::{RecommendationRow, Row, Sheet};
use crate::domain::translations::Translations;
use crate::error::Result;
use crate::store::types::{LearningId, RecommendationId, ThemeId};
use crate::store::{learning, recommendation, theme};

impl Import<'_> {
    pub(super) async fn themes(&mut self) -> Result<()> {
        let known = theme::in_project(self.tx, self.book.project.id).await?;
        for theme in &known {
            self.themes.insert(theme.reference.clone(), theme.id);
        }
        for Row { line, value } in &self.pack.themes {
            let Some(before) = known.iter().find(|theme| *theme.reference == *value.id) else {
                let row = theme::ActiveModel {
                    id: Set(ThemeId::new()),
                    project_id: Set(self.book.project.id),
                    reference: Set(value.id.to_string()),
                    title: Set(value.title.clone()),
                    summary: Set(value.summary.clone()),
                };
                let made = theme::insert(self.tx, row).await?;
                self.themes.insert(value.id.to_string(), made.id);
                self.report.add(Sheet::Themes);
                continue;
            };
            let mut cells = Cells::of(self.pack, Sheet::Themes, Some(*line));
            let mut row = before.clone().into_active_model();
            if cells.differs("title", &before.title, &value.title) {
                row.title = Set(value.title.clone());
            }
            if cells.differs("summary", &before.summary, &value.summary) {
                row.summary = Set(value.summary.clone());
            }
            if !cells.changes.is_empty() {
                theme::save(self.tx, row).await?;
            }
            self.report.note(Sheet::Themes, cells.changes);
        }
        Ok(())
    }

    pub(super) async fn learnings(&mut self) -> Result<()> {
        let known = learning::in_project(self.tx, self.book.project.id).await?;
        for learning in &known {
            self.learnings.insert(learning.reference.clone(), learning.id);
        }
        for Row { line, value } in &self.pack.learnings {
            let theme = value.theme.as_ref().and_then(|theme| self.themes.get(&**theme)).copied();
            let Some(before) = known.iter().find(|learning| *learning.reference == *value.id) else {
                let row = learning::ActiveModel {
                    id: Set(LearningId::new()),
                    project_id: Set(self.book.project.id),
                    reference: Set(value.id.to_string()),
                    theme_id: Set(theme),
                    text: Set(value.text.clone()),
                };
                let made = learning::insert(self.tx, row).await?;
                self.learnings.insert(value.id.to_string(), made.id);
                self.report.add(Sheet::Learnings);
                continue;
            };
            let mut cells = Cells::of(self.pack, Sheet::Learnings, Some(*line));
            let mut row = before.clone().into_active_model();
            if cells.differs("text", &before.text, &value.text) {
                row.text = Set(value.text.clone());
            }
            let theme_before = self.name_of_theme(before.theme_id);
            if cells.differs("theme", &theme_before, &value.theme.as_deref().map(str::to_owned)) {
                row.theme_id = Set(theme);
            }
            if !cells.changes.is_empty() {
                learning::save(self.tx, row).await?;
            }
            self.report.note(Sheet::Learnings, cells.changes);
        }
        Ok(())
    }

    fn name_of_theme(&self, id: Option<ThemeId>) -> Option<String> {
        let id = id?;
        self.themes.iter().find(|(_, theme)| **theme == id).map(|(name, _)| name.clone())
    }

    pub(super) async fn recommendations(&mut self) -> Result<()> {
        let known = recommendation::in_project(self.tx, self.book.project.id).await?;
        let links = recommendation::learnings_in(self.tx, known.iter().map(|row| row.id).collect()).await?;
        for row in &known {
            self.recommendations.insert(row.reference.clone(), row.clone());
        }
        for row in &self.pack.recommendations {
            let learnings = ids(&self.learnings, &row.value.learnings);
            match known.iter().find(|before| before.reference == row.value.reference) {
                None => self.new_recommendation(row, &learnings).await?,
                Some(before) => {
                    let theirs: Vec<LearningId> = links
                        .iter()
                        .filter(|link| link.recommendation_id == before.id)
                        .map(|link| link.learning_id)
                        .collect();
                    self.known_recommendation(row, before, &theirs, &learnings).await?;
                }
            }
        }
        Ok(())
    }

    async fn new_recommendation(
        &mut self,
        row: &Row<RecommendationRow>,
        learnings: &[LearningId],
    ) -> Result<()> {
        let value = &row.value;
        let published_on = value.published_on.unwrap_or(self.today);
        let due_days = u64::try_from(self.book.project.response_due_days).unwrap_or(0);
        let made = recommendation::ActiveModel {
            id: Set(RecommendationId::new()),
            project_id: Set(self.book.project.id),
            reference: Set(value.reference.clone()),
            title: Set(value.title.clone()),
            text: Set(value.text.clone()),
            audience: Set(value.audience.clone()),
            responsible: Set(value.responsible.clone()),
            responsible_email: Set(value.responsible_email.clone()),
            published_on: Set(published_on),
            response_due_on: Set(value
                .response_due_on
                .or_else(|| published_on.checked_add_days(Days::new(due_days)))),
            target_on: Set(value.target_on),
            published: Set(false),
            traced: Set(false),
            translations: Set(stored(&merged(Translations::new(), &value.translations))?),
        };
        let made = recommendation::insert(self.tx, made).await?;
        recommendation::set_learnings(self.tx, made.id, learnings).await?;
        self.new_recommendations.insert(made.id);
        self.recommendations.insert(value.reference.clone(), made);
        self.report.add(Sheet::Recommendations);
        Ok(())
    }

    async fn known_recommendation(
        &mut self,
        row: &Row<RecommendationRow>,
        before: &recommendation::Model,
        theirs: &[LearningId],
        learnings: &[LearningId],
    ) -> Result<()> {
        const SHEET: Sheet = Sheet::Recommendations;
        let (line, value) = (row.line, &row.value);
        let mut cells = Cells::of(self.pack, SHEET, Some(line));
        let mut changed = before.clone().into_active_model();
        let mut public: BTreeMap<String, String> = BTreeMap::new();
        macro_rules! take {
            ($column:literal, $field:ident) => {
                if cells.differs($column, &before.$field, &value.$field) {
                    changed.$field = Set(value.$field.clone());
                    let text = cells.changes.last().map(|change| change.to.clone()).unwrap_or_default();
                    public.insert($column.to_owned(), text);
                }
            };
        }
        take!("title", title);
        take!("text", text);
        take!("audience", audience);
        take!("responsible", responsible);
        let held = before.translations()?;
        let mut brought = merged(held.clone(), &value.translations);
        // New words in the project's language leave those in others behind, unless these come again in the same sheet.
        for member in ["title", "text"].into_iter().filter(|member| public.contains_key(*member)) {
            let comes = |language: &String| {
                value.translations.get(language).is_some_and(|words| words.contains_key(member))
            };
            for (_, words) in brought.iter_mut().filter(|(language, _)| !comes(language)) {
                words.remove(member);
            }
        }
        brought.retain(|_, words| !words.is_empty());
        if brought != held {
            cells.push(
                "translations",
                stored(&held)?.unwrap_or_default(),
                stored(&brought)?.unwrap_or_default(),
            );
            changed.translations = Set(stored(&brought)?);
        }
        for (member, own) in [("title", public.contains_key("title")), ("text", public.contains_key("text"))]
        {
            let languages: BTreeSet<&String> = held.keys().chain(brought.keys()).collect();
            for language in languages {
                let of = |all: &Translations| all.get(language).and_then(|words| words.get(member)).cloned();
                if of(&held) != of(&brought) || (own && of(&brought).is_some()) {
                    public.insert(format!("{member}_{language}"), of(&brought).unwrap_or_default());
                }
            }
        }
        // An empty date means the default, which was worked out when the recommendation came in.
        if value.response_due_on.is_some() {
            take!("response_due_on", response_due_on);
        }
        let current =
            self.book.standing(&before.reference).map_or(before.target_on, |standing| standing.target_on);
        if let Some(target_on) = value.target_on
            && before.target_on != Some(target_on)
        {
            if current.is_some_and(|current| target_on > current) {
                let why = "a later target date needs an explanation: add a row of kind target to the history";
                self.report.error(SHEET, Some(line), Some("target_on"), why);
            } else if current == Some(target_on) {
                // The history has moved it there already.
                changed.target_on = Set(Some(target_on));
                cells.push(
                    "target_on",
                    before.target_on.map(|day| day.to_string()).unwrap_or_default(),
                    target_on.to_string(),
                );
            } else {
                take!("target_on", target_on);
            }
        }
        if cells.differs_privately("responsible_email", &before.responsible_email, &value.responsible_email) {
            changed.responsible_email = Set(value.responsible_email.clone());
        }
        if let Some(published_on) = value.published_on
            && before.published_on != published_on
        {
            if before.published {
                let why = format!("it was published on {}, and that day cannot change", before.published_on);
                self.report.error(SHEET, Some(line), Some("published_on"), why);
            } else {
                cells.push("published_on", before.published_on.to_string(), published_on.to_string());
                changed.published_on = Set(published_on);
            }
        }
        let same = theirs.len() == learnings.len() && learnings.iter().all(|id| theirs.contains(id));
        if self.pack.columns.has(SHEET, "learnings") && !same {
            recommendation::set_learnings(self.tx, before.id, learnings).await?;
            cells.push("learnings", self.names_of_learnings(theirs), value.learnings.join(";"));
        }
        if !cells.changes.is_empty() {
            let saved = recommendation::save(self.tx, changed).await?;
            self.recommendations.insert(saved.reference.clone(), saved);
            if before.published && !public.is_empty() {
                let fact = Fact::RecommendationChanged { fields: public };
                self.book.write(self.tx, self.now, &before.reference, self.today, fact).await?;
            }
        }
        self.report.note(SHEET, cells.changes);
        Ok(())
    }

    fn names_of_learnings(&self, ids: &[LearningId]) -> String {
        let mut names: Vec<&str> =
            self.learnings.iter().filter(|(_, id)| ids.contains(id)).map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.join(";")
    }
}

/// Words in other languages as they are now: those that were brought replace the others, and blank ones take them away.
fn merged(mut held: Translations, brought: &Translations) -> Translations {
    for (language, words) in brought {
        let theirs = held.entry(language.clone()).or_default();
        for (member, words) in words {
            match words.is_empty() {
                true => theirs.remove(member),
                false => theirs.insert(member.clone(), words.clone()),
            };
        }
    }
    held.retain(|_, words| !words.is_empty());
    held
}

fn stored(translations: &Translations) -> Result<Option<String>> {
    let text = || serde_json::to_string(translations).context("the languages of a recommendation");
    Ok(if translations.is_empty() { None } else { Some(text()?) })
}
