//! From a file to the rows of a sheet: which separator, which column stands where, and which rows cannot be cut into
//! cells as the header says.

use std::iter::Peekable;

use super::cell::{self, Clean};
use super::cells::{Cell, Cells, Slot, cell_of};
use super::decode::decode;
use super::examples;
use super::faults::Place;
use super::grid::{BrokenQuote, Line, Lines, Mark};
use super::notes::{Damaged, Notes};
use super::sheets::{Column, Holds, SLIP, Sheet, find, find_translated, names, nearest};
use super::{Content, MAX_FILE, MAX_PACKED_ROWS, MAX_RECOMMENDATIONS, MAX_ROWS, MAX_TRANSLATED, Row};
use crate::domain::history::column_in;

/// Reads every row of a sheet with `read`, and notes the columns and keys it has. A row that `read` gives up is left
/// out; what is wrong with it has been noted by then.
pub(super) fn rows<T>(
    notes: &mut Notes,
    sheet: Sheet,
    columns: &'static [Column],
    content: Content<'_>,
    read: impl Fn(&mut Cells<'_>) -> Option<T>,
) -> Vec<Row<T>> {
    let mut found = Vec::new();
    if let Err(message) = each_row(notes, sheet, columns, content, |cells| {
        if let Some(value) = read(cells) {
            found.push(Row { line: cells.row, value });
        }
    }) {
        notes.ledger.error(Place::file(sheet), message);
        notes.unreadable(sheet);
    }
    found.shrink_to_fit();
    found
}

fn each_row(
    notes: &mut Notes,
    sheet: Sheet,
    columns: &'static [Column],
    content: Content<'_>,
    read: impl FnMut(&mut Cells<'_>),
) -> Result<(), String> {
    let bytes = match content {
        Content::Csv(bytes) => bytes,
        Content::Tab(tab) => return each_line(notes, sheet, columns, tab.lines(), read),
    };
    if bytes.len() > MAX_FILE {
        return Err(format!("expected a file of at most {} MiB", MAX_FILE / (1024 * 1024)));
    }
    let decoded = decode(&bytes)?;
    if let Some(caution) = decoded.caution {
        notes.ledger.warn(Place::file(sheet), format!("this file {caution}"));
    }
    let separator = separator_of(&decoded.text, columns);
    each_line(notes, sheet, columns, Lines::new(&decoded.text, separator), read)
}

fn each_line(
    notes: &mut Notes,
    sheet: Sheet,
    columns: &'static [Column],
    mut lines: impl Iterator<Item = Line>,
    mut read: impl FnMut(&mut Cells<'_>),
) -> Result<(), String> {
    let what = if notes.is_workbook { "sheet" } else { "file" };
    let first = lines
        .next()
        .ok_or_else(|| format!("this {what} is empty: expected the columns {}", names(columns)))?;
    let Some(header) = Header::read(notes, sheet, columns, &first) else {
        notes.unreadable(sheet);
        return Ok(());
    };

    let max_rows = if sheet == Sheet::Recommendations { MAX_RECOMMENDATIONS } else { MAX_ROWS };
    let mut filled = 0;
    for (row, line) in Rows::new(lines, header.columns.len()) {
        if line.is_blank() {
            continue;
        }
        if header.is_example(sheet, &line) {
            notes.ledger.warn(Place::row(sheet, row), "this is the example of the template: it was left out");
            continue;
        }
        filled += 1;
        if filled > max_rows {
            notes.ledger.error(Place::row(sheet, row), format!("expected at most {max_rows} rows"));
            notes.unreadable(sheet);
            break;
        }
        if let Some(left) = &mut notes.rows_left {
            let Some(fewer) = left.checked_sub(1) else {
                let message = format!(
                    "expected at most {MAX_PACKED_ROWS} rows in all sheets of a workbook or zip: bring the pack in as a \
                     folder of CSV files, or in parts"
                );
                notes.ledger.error(Place::row(sheet, row), message);
                notes.unreadable(sheet);
                break;
            };
            *left = fewer;
        }
        let sound = header.check_shape(notes, sheet, row, &line);
        header.note_key(notes, sheet, row, &line, sound);
        if !sound && sheet == Sheet::History {
            match header.readable(&line, "recommendation") {
                Some(recommendation) => drop(notes.spoiled.insert(recommendation)),
                None => notes.spoiled_any = true,
            }
        }
        if sound {
            let translated = header.translated(notes, sheet, row, &line.cells);
            // A blank cell of a recommendation takes words away, so it is kept too.
            let is_kept = |cell: &Cell| *cell != Cell::Blank || sheet == Sheet::Recommendations;
            notes.translated += translated.iter().filter(|(_, _, cell)| is_kept(cell)).count();
            if !translated.is_empty() && notes.translated > MAX_TRANSLATED {
                let message = format!(
                    "expected at most {MAX_TRANSLATED} cells in other languages in all sheets: bring the pack in in parts"
                );
                notes.ledger.error(Place::row(sheet, row), message);
                notes.unreadable(sheet);
                break;
            }
            let slots = header.slots(notes, sheet, row, &line);
            read(&mut Cells::new(notes, sheet, row, columns, slots).with_translated(translated));
        }
    }
    Ok(())
}

/// The rows below the header, with their numbers.
pub(super) struct Rows<I: Iterator<Item = Line>> {
    lines: Peekable<I>,
    width: usize,
    row: u32,
}

impl<I: Iterator<Item = Line>> Rows<I> {
    pub(super) fn new(lines: I, width: usize) -> Self {
        Rows { lines: lines.peekable(), width, row: 1 }
    }
}

impl<I: Iterator<Item = Line>> Iterator for Rows<I> {
    type Item = (u32, Line);

    fn next(&mut self) -> Option<(u32, Line)> {
        let mut line = self.lines.next()?;
        self.row = line.row.unwrap_or(self.row + 1);
        if let Some(broken) = &mut line.broken {
            // The rest of the cell that was broken off, most likely: no row of its own.
            let is_rest = |next: &Line| next.broken.is_none() && next.width != self.width;
            while let Some(rest) = self.lines.next_if(is_rest) {
                broken.rest.push('\n');
                broken.rest.push_str(&rest.cells.join(&broken.separator.to_string()));
            }
        }
        Some((self.row, line))
    }
}

/// The sign that cuts the first line into the most known columns.
pub(super) fn separator_of(text: &str, columns: &'static [Column]) -> u8 {
    let known = |separator: u8| {
        let first = Lines::new(text, separator).next();
        let cells = first.map(|line| line.cells).unwrap_or_default();
        let known = cells.iter().filter(|name| find(columns, &cell::readable(name)).is_some()).count();
        (known, cells.len())
    };
    [b'\t', b';', b','].into_iter().max_by_key(|separator| known(*separator)).unwrap_or(b',')
}

pub(super) struct Header {
    known: &'static [Column],
    /// For each column of the file, which of the known ones it is.
    columns: Vec<Named>,
    /// Columns in other languages: where they stand in the file, which of the known ones they say, and their language.
    translated: Vec<(usize, &'static Column, String)>,
    /// Up to here every row must have cells.
    width: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Known(usize),
    /// A known one in another language.
    Translated,
    Unknown,
    Nameless,
}

impl Header {
    /// `None` where the first row is no header.
    pub(super) fn read(
        notes: &mut Notes,
        sheet: Sheet,
        known: &'static [Column],
        line: &Line,
    ) -> Option<Header> {
        if let Some(broken) = &line.broken {
            notes.ledger.error(Place::row(sheet, 1), quote_message(broken));
            return None;
        }
        let written: Vec<String> = line
            .cells
            .iter()
            .map(|raw| cell::clean(raw, false))
            .map(|name| name.map_or_else(|_| "?".into(), text))
            .collect();
        let mut header =
            Header { known, columns: vec![Named::Unknown; written.len()], translated: Vec::new(), width: 0 };
        header.width = written.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);

        let mut doubled = Vec::new();
        for (index, name) in written.iter().enumerate() {
            let column =
                find(known, name).and_then(|found| known.iter().position(|other| other.name == found.name));
            header.columns[index] = match column {
                _ if name.is_empty() => Named::Nameless,
                Some(column) if header.has(column) => {
                    doubled.push(index);
                    Named::Unknown
                }
                Some(column) => Named::Known(column),
                None => match find_translated(known, name) {
                    Some((column, language)) if header.is_translated(column, &language) => {
                        doubled.push(index);
                        Named::Unknown
                    }
                    Some((column, language)) => {
                        header.translated.push((index, column, language));
                        Named::Translated
                    }
                    None => Named::Unknown,
                },
            };
        }
        let mut unknown = Vec::new();
        for (index, name) in written.iter().enumerate() {
            if header.columns[index] == Named::Unknown && !doubled.contains(&index) {
                let slip = header.slip(name);
                header.columns[index] = slip.map_or(Named::Unknown, Named::Known);
                unknown.push((index, slip));
            }
        }
        if !known.iter().enumerate().any(|(column, it)| it.must && header.has(column)) {
            let message = format!("expected the names of the columns in row 1: {}", names(known));
            notes.ledger.error(Place::row(sheet, 1), message);
            return None;
        }

        for index in doubled {
            let place = Place::cell(sheet, 1, shown(&written[index], index));
            notes.ledger.error(place, "expected each column once; this one stands there twice");
        }
        for (index, slip) in unknown {
            let meant = slip.map(|column| known[column].name);
            let meant =
                meant.or_else(|| nearest(&written[index], known.iter().map(|it| it.name)).map(|it| it.0));
            let meant = meant.map(|name| format!("the nearest name is `{name}`; ")).unwrap_or_default();
            let message = format!("unknown column: {meant}expected one of {}", names(known));
            notes.ledger.error(Place::cell(sheet, 1, shown(&written[index], index)), message);
        }
        for (column, it) in known.iter().enumerate() {
            if it.must && !header.has(column) {
                notes
                    .ledger
                    .error(Place::cell(sheet, 1, it.name), format!("expected a column `{}`", it.name));
                if sheet.key() == Some(it.name) {
                    notes.unreadable(sheet);
                }
            }
        }
        let present =
            known.iter().enumerate().filter(|(column, _)| header.has(*column)).map(|(_, it)| it.name);
        notes.present.insert(sheet, present.collect());
        let translated = header.translated.iter();
        notes.present_translated.extend(translated.map(|(_, column, tag)| (sheet, column.name, tag.clone())));
        Some(header)
    }

    /// The columns by the names under which faults tell of them.
    pub(super) fn named(&self, line: &Line) -> Vec<(String, usize)> {
        let name = |(index, named): (usize, &Named)| match named {
            Named::Known(column) => (self.known[*column].name.to_owned(), index),
            Named::Translated | Named::Unknown | Named::Nameless => {
                let written = cell::clean(line.cells.get(index).map_or("", String::as_str), false);
                (shown(&written.map_or_else(|_| "?".into(), text), index), index)
            }
        };
        let mut named: Vec<(String, usize)> = self.columns.iter().enumerate().map(name).collect();
        let translated = self.translated.iter();
        named.extend(translated.map(|(index, column, language)| (column_in(column.name, language), *index)));
        // A name that was written otherwise is told as it stands in row 1, and below by what it was taken for.
        let written = line.cells.iter().enumerate();
        named.extend(written.map(|(index, raw)| (shown(&cell::readable(raw), index), index)));
        named.extend((0..self.columns.len()).map(|index| (format!("column {}", index + 1), index)));
        named
    }

    /// Whether the row is the one that the template shows how to fill in, as it stands there.
    fn is_example(&self, sheet: Sheet, line: &Line) -> bool {
        let stands = |(column, name): (usize, &'static str)| {
            let raw = self.position(column).and_then(|position| line.cells.get(position));
            let written = cell::clean(raw.map_or("", String::as_str), true).map(text).unwrap_or_default();
            written == examples::value(sheet, name)
        };
        self.known.iter().enumerate().all(|(index, column)| stands((index, column.name)))
    }

    fn is_translated(&self, column: &Column, language: &str) -> bool {
        self.translated.iter().any(|(_, known, tag)| known.name == column.name && tag == language)
    }

    /// The cells of a row in other languages.
    fn translated(
        &self,
        notes: &mut Notes,
        sheet: Sheet,
        row: u32,
        cells: &[String],
    ) -> Vec<(&'static str, String, Cell)> {
        let cell = |(index, column, language): &(usize, &'static Column, String)| {
            let raw = cells.get(*index).map_or("", String::as_str);
            let place = Place::cell(sheet, row, column_in(column.name, language));
            (column.name, language.clone(), cell_of(notes, place, raw, column.long))
        };
        self.translated.iter().map(cell).collect()
    }

    fn has(&self, column: usize) -> bool {
        self.columns.contains(&Named::Known(column))
    }

    /// The column that a misspelt name most likely means, if it is not there under its own name.
    fn slip(&self, name: &str) -> Option<usize> {
        let free = || self.known.iter().enumerate().filter(|(column, _)| !self.has(*column));
        let (meant, nearness) = nearest(name, free().map(|(_, column)| column.name))?;
        (nearness >= SLIP)
            .then(|| free().find(|(_, column)| column.name == meant).map(|(column, _)| column))?
    }

    /// Whether the row can be cut into the columns of the header.
    fn check_shape(&self, notes: &mut Notes, sheet: Sheet, row: u32, line: &Line) -> bool {
        if let Some(broken) = &line.broken {
            let column = match self.columns.get(broken.cell) {
                Some(Named::Known(column)) => Some(self.known[*column].name.into()),
                _ => None,
            };
            notes.ledger.error(Place { sheet, row: Some(row), column }, quote_message(broken));
            return false;
        }
        // Also where the cells beyond are blank: a text with a separator in it would have moved all the others on by
        // one column, and people would be told the wrong words.
        if line.width < self.width || line.width > self.columns.len() {
            let message = format!(
                "expected {} cells as in row 1, found {}; a cell with the separator in it needs quotation marks",
                self.width, line.width
            );
            notes.ledger.error(Place::row(sheet, row), message);
            return false;
        }
        for (index, named) in self.columns.iter().enumerate() {
            if *named == Named::Nameless
                && line.cells.get(index).is_some_and(|cell| !cell::is_blank_text(cell))
            {
                let place = Place::cell(sheet, 1, format!("column {}", index + 1));
                notes.ledger.error(place, format!("expected a name: there is text below it, in row {row}"));
            }
        }
        true
    }

    fn position(&self, column: usize) -> Option<usize> {
        self.columns.iter().position(|named| *named == Named::Known(column))
    }

    /// The cell of a row that may not be sound, if anything can be read there.
    fn readable(&self, line: &Line, column: &str) -> Option<String> {
        let column = self.known.iter().position(|known| known.name == column)?;
        let clean = cell::clean(line.cells.get(self.position(column)?)?, false).ok()?;
        Some(clean.text).filter(|text| !text.is_empty())
    }

    fn note_key(&self, notes: &mut Notes, sheet: Sheet, row: u32, line: &Line, sound: bool) {
        let Some(key) = sheet.key() else { return };
        let position =
            self.known.iter().position(|column| column.name == key).and_then(|key| self.position(key));
        let raw = position.and_then(|position| line.cells.get(position)).map_or("", String::as_str);
        match cell::clean(raw, false) {
            Ok(Clean { text, .. }) if !text.is_empty() => notes.key(sheet, row, &text, sound),
            Ok(_) => notes.keys.entry(sheet).or_default().lost += 1,
            Err(_) => {
                let keys = notes.keys.entry(sheet).or_default();
                // A sheet with more of them than this is none that anybody mends cell by cell.
                if keys.damaged.len() < 100 {
                    keys.damaged.push(Damaged::new(raw, cell::readable(raw)));
                }
            }
        }
    }

    fn slots(&self, notes: &mut Notes, sheet: Sheet, row: u32, line: &Line) -> Vec<Slot> {
        let slot = |(index, column): (usize, &Column)| {
            let cell = match self.position(index) {
                None => Cell::Absent,
                Some(position) => {
                    let place = Place::cell(sheet, row, column.name);
                    match line.marks.iter().find(|(marked, _)| *marked == position) {
                        Some((_, mark)) if !note_mark(notes, &place, column, *mark) => Cell::Bad,
                        _ => {
                            let raw = line.cells.get(position).map_or("", String::as_str);
                            cell_of(notes, place, raw, column.long)
                        }
                    }
                }
            };
            Slot { row, column: column.name, cell }
        };
        self.known.iter().enumerate().map(slot).collect()
    }
}

/// Says what a cell of a workbook is besides its text. Not so for the value of a setting or of history, which may well
/// be a date. Gives whether the cell can be read.
fn note_mark(notes: &mut Notes, place: &Place, column: &Column, mark: Mark) -> bool {
    match mark {
        Mark::Date if matches!(column.holds, Holds::Day) || column.name == "value" => true,
        Mark::Date => {
            let message = "a date of the spreadsheet stands here and was read as year-month-day: where something else \
                           was typed, make the cell text and type it again";
            notes.ledger.warn(place.clone(), message);
            true
        }
        Mark::Formula => {
            let message = "a formula stands here and was left out, as if the cell were blank: put its value in its \
                           place (copy, then paste only the values)";
            notes.ledger.warn(place.clone(), message);
            true
        }
        Mark::Broken => {
            notes.ledger.error(place.clone(), "expected a value; the cell shows an error of the spreadsheet");
            false
        }
    }
}

fn text(clean: Clean) -> String {
    clean.text
}

/// The name of a column as a fault may show it. Where the header is missing, the first row holds people's data.
fn shown(name: &str, index: usize) -> String {
    let letters = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.');
    let plain = name.chars().count() <= 40 && name.chars().all(letters);
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if plain && digits < 5 { name.to_owned() } else { format!("column {}", index + 1) }
}

fn quote_message(broken: &BrokenQuote) -> String {
    format!(
        "expected a closing quotation mark: one opens on line {} of the file and is not closed before the next \
         separator or line (inside a cell in quotes, a quotation mark is written twice)",
        broken.opened_on
    )
}
