//! From a file to the rows of a sheet: which separator, which column stands where, and which rows cannot be cut into
//! cells as the header says.

use super::cell::{self, Clean};
use super::cells::{Cell, Cells, Slot, cell_of};
use super::decode::decode;
use super::faults::Place;
use super::grid::{BrokenQuote, Line, Lines};
use super::notes::{Damaged, Key, Notes};
use super::sheets::{Column, SLIP, Sheet, find, names, nearest};
use super::{MAX_FILE, MAX_ROWS, Row};

/// Reads every row of a sheet with `read`, and notes the columns and keys it has. A row that `read` gives up is left
/// out; what is wrong with it has been noted by then.
pub(super) fn rows<T>(
    notes: &mut Notes,
    sheet: Sheet,
    columns: &'static [Column],
    bytes: &[u8],
    read: impl Fn(&mut Cells<'_>) -> Option<T>,
) -> Vec<Row<T>> {
    let mut found = Vec::new();
    if let Err(message) = each_row(notes, sheet, columns, bytes, |cells| {
        if let Some(value) = read(cells) {
            found.push(Row { line: cells.row, value });
        }
    }) {
        notes.ledger.error(Place::file(sheet), message);
        notes.unreadable(sheet);
    }
    found
}

fn each_row(
    notes: &mut Notes,
    sheet: Sheet,
    columns: &'static [Column],
    bytes: &[u8],
    mut read: impl FnMut(&mut Cells<'_>),
) -> Result<(), String> {
    if bytes.len() > MAX_FILE {
        return Err(format!("expected a file of at most {} MiB", MAX_FILE / (1024 * 1024)));
    }
    let decoded = decode(bytes)?;
    if let Some(caution) = decoded.caution {
        notes.ledger.warn(Place::file(sheet), format!("this file {caution}"));
    }
    let separator = separator_of(&decoded.text, columns);
    let mut lines = Lines::new(&decoded.text, separator);
    let first =
        lines.next().ok_or_else(|| format!("this file is empty: expected the columns {}", names(columns)))?;
    let Some(header) = Header::read(notes, sheet, columns, &first) else {
        notes.unreadable(sheet);
        return Ok(());
    };

    let (mut row, mut filled) = (1, 0);
    let mut after_broken_quote = false;
    for line in lines {
        if after_broken_quote && line.broken.is_none() && line.width != header.columns.len() {
            // The rest of the cell that was broken off, most likely: no row of its own.
            continue;
        }
        after_broken_quote = line.broken.is_some();
        row += 1;
        if line.broken.is_none() && line.cells.iter().all(|cell| cell::is_blank_text(cell)) {
            continue;
        }
        filled += 1;
        if filled > MAX_ROWS {
            notes.ledger.error(Place::row(sheet, row), format!("expected at most {MAX_ROWS} rows"));
            notes.unreadable(sheet);
            break;
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
            let slots = header.slots(notes, sheet, row, line.cells);
            read(&mut Cells::new(notes, sheet, row, columns, slots));
        }
    }
    Ok(())
}

/// The sign that cuts the first line into the most known columns.
fn separator_of(text: &str, columns: &'static [Column]) -> u8 {
    let known = |separator: u8| {
        let first = Lines::new(text, separator).next();
        let cells = first.map(|line| line.cells).unwrap_or_default();
        let known = cells.iter().filter(|name| find(columns, &cell::readable(name)).is_some()).count();
        (known, cells.len())
    };
    [b'\t', b';', b','].into_iter().max_by_key(|separator| known(*separator)).unwrap_or(b',')
}

struct Header {
    known: &'static [Column],
    /// For each column of the file, which of the known ones it is.
    columns: Vec<Named>,
    /// Up to here every row must have cells.
    width: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Known(usize),
    Unknown,
    Nameless,
}

impl Header {
    /// `None` where the first row is no header.
    fn read(notes: &mut Notes, sheet: Sheet, known: &'static [Column], line: &Line) -> Option<Header> {
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
        let mut header = Header { known, columns: vec![Named::Unknown; written.len()], width: 0 };
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
                None => Named::Unknown,
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
        Some(header)
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
        let keys = notes.keys.entry(sheet).or_default();
        match cell::clean(raw, false) {
            Ok(Clean { text, .. }) if !text.is_empty() => keys.rows.push(Key { row, code: text, sound }),
            Ok(_) => keys.lost += 1,
            Err(_) => {
                // A sheet with more of them than this is none that anybody mends cell by cell.
                if keys.damaged.len() < 100 {
                    keys.damaged.push(Damaged::new(raw, cell::readable(raw)));
                }
            }
        }
    }

    fn slots(&self, notes: &mut Notes, sheet: Sheet, row: u32, cells: Vec<String>) -> Vec<Slot> {
        let slot = |(index, column): (usize, &Column)| {
            let cell = match self.position(index) {
                None => Cell::Absent,
                Some(position) => {
                    let raw = cells.get(position).map_or("", String::as_str);
                    cell_of(notes, Place::cell(sheet, row, column.name), raw, column.long)
                }
            };
            Slot { row, column: column.name, cell }
        };
        self.known.iter().enumerate().map(slot).collect()
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
