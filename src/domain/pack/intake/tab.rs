//! A sheet of a workbook as it stands there: cells by row and column, each with what kind of thing it is. Kept in one
//! piece of text, so that a hundred thousand rows cost little more than what they say.

use super::super::grid::{Line, Mark};
use super::super::{MAX_CELL, MAX_ROWS};

/// Columns that are read. The widest sheet of the format has 14.
pub const MAX_COLUMNS: usize = 256;
/// Filled cells of all sheets together.
const MAX_CELLS: usize = 1_000_000;
/// Bytes of all cells together, each counted wherever it stands: a text that is stored once and shown a million times
/// counts a million times.
pub const MAX_TEXT: usize = 16 * 1024 * 1024;

/// Bytes that are kept of a cell: enough to tell that it is longer than a cell may be.
pub const MAX_KEPT: usize = (MAX_CELL + 1) * 4;

/// What a cell holds besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// A day, in ISO form, with the time of day behind it where there is one.
    Date,
    /// `yes` or `no`.
    Truth,
    /// What a formula came to when the workbook was saved.
    Formula,
    /// An error of the spreadsheet, such as `#N/A`.
    Broken,
}

#[derive(Clone)]
struct Kept {
    /// Counted from 1.
    row: u32,
    start: u32,
    end: u32,
    column: u16,
    kind: Kind,
}

/// What all sheets of a workbook may still add up to.
pub struct Budget {
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { cells: MAX_CELLS, text: MAX_TEXT }
    }
}

#[derive(Clone, Default)]
pub struct Tab {
    pub name: String,
    text: String,
    cells: Vec<Kept>,
    width: usize,
    rows: usize,
    /// What a person should know about the sheet as a whole.
    pub cautions: Vec<String>,
}

/// Whether more of a sheet is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    Wanted,
    /// There are more rows than are taken; the rest need not be read.
    Enough,
}

impl Tab {
    pub fn new(name: &str) -> Self {
        Tab { name: name.to_owned(), ..Tab::default() }
    }

    /// Adds a cell. Blank ones take no room. Rows come in their order.
    ///
    /// # Errors
    /// Says which limit of a workbook is passed, or that it is damaged.
    pub fn push(
        &mut self,
        row: u32,
        column: usize,
        kind: Kind,
        text: &str,
        budget: &mut Budget,
    ) -> Result<More, String> {
        if text.is_empty() {
            return Ok(More::Wanted);
        }
        let last = self.cells.last().map_or(0, |cell| cell.row);
        if row < last || row == 0 {
            return Err(format!("the rows of its sheet {} are not in order", self.shown()));
        }
        if row > last {
            self.rows += 1;
            // The header, and one more than is taken: that one is told as a fault.
            if self.rows > MAX_ROWS + 2 {
                return Ok(More::Enough);
            }
        }
        if column >= MAX_COLUMNS {
            return Err(format!(
                "its sheet {} has text beyond {MAX_COLUMNS} columns, in row {row}: delete what stands there",
                self.shown()
            ));
        }
        let text = &text[..text.floor_char_boundary(text.len().min(MAX_KEPT))];
        let over = |what: &str| format!("its sheets hold more than {what} together: bring it in in parts");
        budget.cells = budget.cells.checked_sub(1).ok_or_else(|| over("1,000,000 filled cells"))?;
        budget.text = budget.text.checked_sub(text.len()).ok_or_else(|| over("16 MiB of text"))?;
        let start = u32::try_from(self.text.len()).expect("all text together is at most 16 MiB");
        self.text.push_str(text);
        let end = u32::try_from(self.text.len()).expect("all text together is at most 16 MiB");
        let column = u16::try_from(column).expect("at most 256 columns");
        self.width = self.width.max(usize::from(column) + 1);
        self.cells.push(Kept { row, start, end, column, kind });
        Ok(More::Wanted)
    }

    /// The name, as a message can show it.
    pub fn shown(&self) -> String {
        self.name.chars().filter(|c| !c.is_control()).take(60).collect()
    }

    fn words(&self, cell: &Kept) -> &str {
        &self.text[cell.start as usize..cell.end as usize]
    }

    /// The filled rows in their order, each with its cells: column, kind and text.
    pub fn rows(&self) -> impl Iterator<Item = (u32, Vec<(usize, Kind, &str)>)> {
        self.cells.chunk_by(|one, next| one.row == next.row).map(|cells| {
            let row = cells.first().map_or(0, |cell| cell.row);
            (row, cells.iter().map(|cell| (usize::from(cell.column), cell.kind, self.words(cell))).collect())
        })
    }

    /// The rows as the reader of sheets takes them: row 1 always, then the filled ones, all of one width.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        let has_first = self.cells.first().is_none_or(|cell| cell.row == 1);
        let header = (!has_first).then(|| self.line(1, &[]));
        header.into_iter().chain(self.rows().map(|(row, cells)| self.line(row, &cells)))
    }

    fn line(&self, row: u32, filled: &[(usize, Kind, &str)]) -> Line {
        let mut cells = vec![String::new(); self.width];
        let mut marks = Vec::new();
        for (column, kind, text) in filled {
            match kind {
                Kind::Text | Kind::Number | Kind::Truth => {}
                Kind::Date => marks.push((*column, Mark::Date)),
                Kind::Formula => marks.push((*column, Mark::Formula)),
                Kind::Broken => marks.push((*column, Mark::Broken)),
            }
            let is_read = !matches!(kind, Kind::Formula | Kind::Broken);
            cells[*column] = if is_read { (*text).to_owned() } else { String::new() };
        }
        Line { row: Some(row), width: cells.len(), cells, broken: None, marks }
    }
}

/// How a number reads: as it was typed, as far as its sixteen digits tell.
pub fn number(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    if !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(raw.to_owned());
    }
    let value: f64 = raw.parse().ok()?;
    // What is left of 0.1 + 0.2 beyond fifteen digits is the machine's and not the person's.
    let value: f64 = format!("{value:.14e}").parse().ok()?;
    (value.is_finite() && value.abs() < 1e21).then(|| format!("{value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_were_typed() {
        for (raw, read) in [
            ("7", "7"),
            ("7.0", "7"),
            ("0.30000000000000004", "0.3"),
            ("4.47700900123E+11", "447700900123"),
            ("-12", "-12"),
            ("0012", "0012"),
        ] {
            assert_eq!(number(raw).as_deref(), Some(read));
        }
        for raw in ["", "inf", "NaN", "1e999", "1e300", "abc"] {
            assert_eq!(number(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_text_that_is_stored_once_and_shown_often_counts_each_time() {
        let (mut tab, mut budget) = (Tab::new("stories"), Budget::default());
        let long = "x".repeat(60_000);
        let told = (1..10_000).find_map(|row| tab.push(row, 0, Kind::Text, &long, &mut budget).err());
        assert!(told.unwrap().contains("16 MiB"));
        assert!(tab.push(1, 0, Kind::Text, "back", &mut budget).unwrap_err().contains("not in order"));
        assert!(Tab::new("s").push(1, 300, Kind::Text, "far", &mut budget).unwrap_err().contains("256"));
    }
}
