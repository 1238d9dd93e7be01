//! Warnings about words that can be read more easily: for rows that are new or say something new, cell by cell as far as
//! anybody reads a list, and the rest as a number.

use super::Import;
use crate::actions::advise;
use crate::domain::history::Act;
use crate::domain::pack::{Row, Sheet};

/// Cells that are listed, so that a thousand rows do not print a thousand lines.
const LISTED: usize = 20;
/// Sentences about one cell.
const SENTENCES: usize = 3;

impl Import<'_> {
    pub(super) fn advise(&mut self, rows: &[&Row<Act>]) {
        let (lang, app) = (&self.pack.project.language, self.app);
        let mut listed = 0;
        let mut more = 0;
        for row in rows {
            let Some(columns) = self.hard.remove(&row.line) else { continue };
            let told = advise::told(&row.value);
            for (column, language, text) in told.into_iter().filter(|(column, ..)| columns.contains(column)) {
                if listed == LISTED {
                    more += 1;
                    continue;
                }
                listed += 1;
                let advice = advise::on_text(app, text, language.unwrap_or(lang), SENTENCES).join(" ");
                let message = app.locales.get("en").text("plain-cell", &[("advice", advice.into())]);
                self.report.warn(Sheet::History, Some(row.line), Some(&column), message);
            }
        }
        if more > 0 {
            let count = i64::from(more);
            let message = app.locales.get("en").text("plain-cells-more", &[("count", count.into())]);
            self.report.warn(Sheet::History, None, None, message);
        }
    }
}
