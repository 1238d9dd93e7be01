//! One row while it is read: its cells by the name of their column, and the readers that turn them into typed values.
//! Every reader notes what is wrong with its cell and then gives `None`.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::cell::{self, Clean};
use super::faults::Place;
use super::notes::Notes;
use super::sheets::{Column, Sheet};
use super::{codes, contact, examples, values};
use crate::domain::translations::Translations;

/// Codes of one list in a cell.
const MAX_CODES: usize = 100;

pub(super) struct Cells<'n> {
    pub notes: &'n mut Notes,
    pub sheet: Sheet,
    pub row: u32,
    columns: &'static [Column],
    slots: Vec<Slot>,
    /// Cells of columns in other languages, by column and tag.
    translated: Vec<(&'static str, String, Cell)>,
}

/// A cell, with the place where it stands in the file: in `project` each has its own row, and all one column.
pub(super) struct Slot {
    pub row: u32,
    pub column: &'static str,
    pub cell: Cell,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// The sheet does not have this column.
    Absent,
    Blank,
    /// It is in error already.
    Bad,
    Text(String),
}

impl<'n> Cells<'n> {
    /// `slots` are in the order of `columns`.
    pub fn new(
        notes: &'n mut Notes,
        sheet: Sheet,
        row: u32,
        columns: &'static [Column],
        slots: Vec<Slot>,
    ) -> Self {
        Cells { notes, sheet, row, columns, slots, translated: Vec::new() }
    }

    pub fn with_translated(mut self, translated: Vec<(&'static str, String, Cell)>) -> Self {
        self.translated = translated;
        self
    }

    /// What stands in other languages, by their tags and the names of the columns.
    pub fn translations(&self) -> Translations {
        let mut all = self.translations_and_blanks();
        for words in all.values_mut() {
            words.retain(|_, words| !words.is_empty());
        }
        all.retain(|_, words| !words.is_empty());
        all
    }

    /// The same, with empty words where a cell is blank: they take away what was there.
    pub fn translations_and_blanks(&self) -> Translations {
        let mut all = Translations::new();
        for (column, language, cell) in &self.translated {
            let words = match cell {
                Cell::Text(words) => words.clone(),
                Cell::Blank => String::new(),
                Cell::Absent | Cell::Bad => continue,
            };
            all.entry(language.clone()).or_default().insert((*column).to_owned(), words);
        }
        all
    }

    /// Columns that have words in another language but none in the project's.
    pub fn translated_alone(&self) -> BTreeSet<&'static str> {
        let filled = self.translated.iter().filter(|(_, _, cell)| matches!(cell, Cell::Text(_)));
        filled.map(|(column, ..)| *column).filter(|column| self.is_empty(column)).collect()
    }

    fn index(&self, column: &str) -> usize {
        let found = self.columns.iter().position(|known| known.name == column);
        found.expect("readers name columns of their own sheet")
    }

    pub fn cell(&self, column: &str) -> &Cell {
        &self.slots[self.index(column)].cell
    }

    pub fn has_column(&self, column: &str) -> bool {
        *self.cell(column) != Cell::Absent
    }

    /// Nothing stands there: no such column, or a blank cell.
    pub fn is_empty(&self, column: &str) -> bool {
        matches!(self.cell(column), Cell::Absent | Cell::Blank)
    }

    pub fn place(&self, column: &str) -> Place {
        let slot = &self.slots[self.index(column)];
        Place::cell(self.sheet, slot.row, slot.column)
    }

    pub fn error(&mut self, column: &'static str, message: impl Into<String>) {
        self.notes.ledger.error(self.place(column), message);
    }

    pub fn warn(&mut self, column: &'static str, message: impl Into<String>) {
        self.notes.ledger.warn(self.place(column), message);
    }

    /// A blank cell is an error. A column that every such sheet must have was found missing with the header, and is
    /// not found missing again in every row.
    pub fn need(&mut self, column: &'static str, expected: &str) {
        let missing = match self.cell(column) {
            Cell::Blank => true,
            Cell::Absent => !self.columns[self.index(column)].must,
            Cell::Bad | Cell::Text(_) => false,
        };
        if missing {
            self.error(column, format!("expected {expected}; it is blank"));
        }
    }

    fn words(&self, column: &str) -> Option<&str> {
        match self.cell(column) {
            Cell::Text(text) => Some(text),
            Cell::Absent | Cell::Blank | Cell::Bad => None,
        }
    }

    pub fn text<T: for<'t> From<&'t str>>(&self, column: &str) -> Option<T> {
        self.words(column).map(T::from)
    }

    pub fn parsed<T>(
        &mut self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match parse(self.words(column)?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.error(column, message);
                None
            }
        }
    }

    /// A day: in ISO form, or with the day first where the pack says that all its dates are so.
    pub fn date(&mut self, column: &'static str) -> Option<NaiveDate> {
        let day_first = self.notes.day_first;
        self.parsed(column, |text| values::day(text, day_first))
    }

    /// A text of at most `max` characters.
    pub fn short<T: for<'t> From<&'t str>>(&mut self, column: &'static str, max: usize) -> Option<T> {
        self.parsed(column, |text| match text.chars().count() <= max {
            true => Ok(text.into()),
            false => Err(format!("expected at most {max} characters")),
        })
    }

    /// One of the product's words, by its code.
    pub fn word<W>(
        &mut self,
        column: &'static str,
        parse: fn(&str) -> Option<W>,
        codes: fn() -> String,
    ) -> Option<W> {
        self.parsed(column, |text| parse(text).ok_or_else(|| format!("expected one of {}", codes())))
    }

    pub fn email<T: From<String>>(&mut self, column: &'static str) -> Option<T> {
        let email = self.parsed(column, contact::email)?;
        for caution in email.cautions {
            self.warn(column, caution);
        }
        Some(email.address.into())
    }

    /// The row's own code, which others refer to.
    pub fn own_code(&mut self, column: &'static str) -> Option<Arc<str>> {
        self.need(column, &format!("a code for this {}", self.sheet.one()));
        self.parsed(column, |text| {
            examples::is_none(text)?;
            codes::code(text)
        })?;
        self.shared(column)
    }

    /// What stands there, kept once for all the rows that say it.
    fn shared(&mut self, column: &str) -> Option<Arc<str>> {
        match &self.slots[self.index(column)].cell {
            Cell::Text(text) => Some(self.notes.shared(text)),
            Cell::Absent | Cell::Blank | Cell::Bad => None,
        }
    }

    /// The code of a row of another sheet; `check` finds out whether there is one.
    pub fn reference(&mut self, column: &'static str, to: Sheet) -> Option<Arc<str>> {
        let code = self.shared(column)?;
        self.notes.refer(self.place(column), to, std::slice::from_ref(&code));
        Some(code)
    }

    /// Codes of rows of another sheet, separated by `;`.
    pub fn references(&mut self, column: &'static str, to: Sheet) -> Box<[Arc<str>]> {
        let Some(text) = self.words(column) else { return Box::default() };
        let mut named: Vec<&str> = Vec::new();
        for code in text.split(';').map(str::trim).filter(|code| !code.is_empty()) {
            if named.contains(&code) {
                continue;
            }
            if named.len() == MAX_CODES {
                self.error(column, format!("expected at most {MAX_CODES} codes in a cell"));
                return Box::default();
            }
            named.push(code);
        }
        let named: Vec<String> = named.into_iter().map(str::to_owned).collect();
        let codes: Box<[Arc<str>]> = named.iter().map(|code| self.notes.shared(code)).collect();
        self.notes.refer(self.place(column), to, &codes);
        codes
    }
}

/// The cell of a raw text; what is wrong with it is noted.
pub(super) fn cell_of(notes: &mut Notes, place: Place, raw: &str, long: bool) -> Cell {
    match cell::clean(raw, long) {
        Err(message) => {
            notes.ledger.error(place, message);
            Cell::Bad
        }
        Ok(Clean { text, was_turned }) => {
            if was_turned {
                let message =
                    "invisible characters that turn the direction of text (such as U+202E) were taken out";
                notes.ledger.warn(place, message);
            }
            if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
        }
    }
}
