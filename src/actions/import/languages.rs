//! Warnings about languages that nobody has words for here: messages and pages are in another one then, and what was
//! brought in them is shown to nobody.

use std::collections::BTreeMap;

use super::Import;
use crate::domain::history::column_in;
use crate::domain::pack::Sheet;
use crate::domain::translations::Translations;

impl Import<'_> {
    /// The project's own language, and those of columns, each once.
    pub(super) fn languages(&mut self) {
        let pack = self.pack;
        let own = &pack.project.language;
        if self.app.locales.find(own).is_none() {
            let why = format!(
                "nobody has words in `{own}` here: whoever has no language of their own gets messages in {}",
                self.app.locales.get(own).name()
            );
            self.report.warn(Sheet::Project, None, Some("language"), why);
        }
        let history = pack.history.iter().map(|row| (Sheet::History, row.line, &row.value.translations));
        let recommendations = pack
            .recommendations
            .iter()
            .map(|row| (Sheet::Recommendations, row.line, &row.value.translations));
        for ((sheet, column), (line, language)) in self.without_words(recommendations.chain(history)) {
            let why = format!(
                "nobody has words in `{language}` here, so nobody is shown this: they read it in {}",
                self.app.locales.get(own).name()
            );
            self.report.warn(sheet, Some(line), Some(&column), why);
        }
    }

    /// The columns in such languages, and the first row in which each says something.
    fn without_words<'r>(
        &self,
        rows: impl Iterator<Item = (Sheet, u32, &'r Translations)>,
    ) -> BTreeMap<(Sheet, String), (u32, String)> {
        let mut found = BTreeMap::new();
        for (sheet, line, translations) in rows {
            let strange = translations.iter().filter(|(tag, _)| self.app.locales.find(tag).is_none());
            for (tag, words) in strange {
                for (column, _) in words.iter().filter(|(_, words)| !words.is_empty()) {
                    found.entry((sheet, column_in(column, tag))).or_insert_with(|| (line, tag.clone()));
                }
            }
        }
        found
    }

    /// Warns where somebody is to get messages in a language that there are no words in.
    pub(super) fn language_has_words(
        &mut self,
        sheet: Sheet,
        line: u32,
        column: &str,
        tag: &str,
        reference: &str,
    ) {
        let locales = &self.app.locales;
        if locales.find(tag).is_none() {
            let name = locales.get(tag).name();
            let why = format!(
                "nobody has words in `{tag}` here: {reference} gets messages in {name} for the time being"
            );
            self.report.warn(sheet, Some(line), Some(column), why);
        }
    }
}
