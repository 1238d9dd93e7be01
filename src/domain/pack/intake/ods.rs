//! Workbooks of LibreOffice and its kin (.ods). Equal cells and rows stand there once with a number: that number is never
//! trusted further than the limits of a sheet.

use std::collections::HashSet;
use std::ops::Range;

use super::archive::Archive;
use super::tab::{Budget, Kind, MAX_COLUMNS, MAX_TEXT, More, Tab, number};
use super::xml::{Listener, Tag, listen};
use super::{Sheets, append, read_as};

/// Blanks that one sign stands for.
const MAX_BLANKS: u32 = 1_000;
const MAX_STYLES: usize = 20_000;
/// Tables of the pack that are read. There are nine; what comes after so many is left aside.
const MAX_TABLES: usize = 100;

/// # Errors
/// Says why the workbook is refused.
pub fn read(archive: &mut Archive<'_>) -> Result<Sheets, String> {
    let mut manifest = Manifest::default();
    if let Some(part) = archive.part("META-INF/manifest.xml")? {
        listen(part, &mut manifest)?;
    }
    if manifest.is_sealed {
        return Err("it has a password: save it without one".to_owned());
    }
    let mut content = Content::default();
    listen(archive.part("content.xml")?.ok_or("it has no sheets")?, &mut content)?;
    if archive.names().iter().any(|name| name.starts_with("Basic/") || name.starts_with("Scripts/")) {
        content.sheets.caution("", "the workbook has macros, which were left aside");
    }
    Ok(content.sheets)
}

#[derive(Default)]
struct Manifest {
    is_sealed: bool,
}

impl Listener for Manifest {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        self.is_sealed |= tag.name() == b"encryption-data";
        Ok(())
    }

    fn close(&mut self, _: &[u8]) -> Result<(), String> {
        Ok(())
    }
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    kind: String,
    /// The value beside the text that is shown.
    value: Option<String>,
    has_formula: bool,
    repeated: u32,
    text: String,
    paragraphs: usize,
}

#[derive(Default)]
struct Content {
    sheets: Sheets,
    budget: Budget,
    hidden_styles: HashSet<String>,
    style: String,
    tab: Option<Tab>,
    /// Tables inside tables are part of none.
    tables: usize,
    row: u32,
    rows_repeated: u32,
    /// From which column to before which, what stands there.
    filled: Vec<(Range<usize>, Kind, String)>,
    filled_text: usize,
    is_hidden: bool,
    column: usize,
    cell: Option<Cell>,
    /// How deep in something that is no part of a cell's text: a comment, a drawing.
    aside: usize,
    in_paragraph: usize,
    hidden_rows: usize,
    merged: Option<String>,
    merges: usize,
    is_enough: bool,
}

const ASIDE: &[&[u8]] =
    &[b"annotation", b"frame", b"shapes", b"forms", b"custom-shape", b"ruby-text", b"note"];

impl Content {
    fn begin_table(&mut self, tag: &Tag<'_>) {
        self.tables += 1;
        if self.tables > 1 {
            return;
        }
        let name = tag.name_in("name").unwrap_or_default();
        if tag.name_in("style-name").is_some_and(|style| self.hidden_styles.contains(&style)) {
            self.sheets.hidden(&name);
        } else if read_as(&name) && self.sheets.tabs.len() < MAX_TABLES {
            self.tab = Some(Tab::new(&name));
        } else {
            self.sheets.other(name);
        }
        (self.row, self.hidden_rows, self.merged, self.merges, self.is_enough) = (0, 0, None, 0, false);
    }

    fn end_table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables > 0 {
            return;
        }
        if let Some(mut tab) = self.tab.take() {
            super::say_hidden_rows(&mut tab, self.hidden_rows);
            super::say_merged(&mut tab, self.merged.as_deref(), self.merges);
            self.sheets.tabs.push(tab);
        }
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) {
        let kind = tag.get("value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => tag.get("date-value"),
            "boolean" => tag.get("boolean-value"),
            "float" | "currency" | "percentage" => tag.get("value"),
            "string" => tag.get("string-value"),
            _ => None,
        };
        let spans = |name| tag.get(name).is_some_and(|count| count != "1");
        if spans("number-rows-spanned") || spans("number-columns-spanned") {
            self.merges += 1;
            self.merged.get_or_insert_with(|| format!("row {}", self.row.saturating_add(1)));
        }
        self.cell = Some(Cell {
            kind,
            value,
            has_formula: tag.get("formula").is_some(),
            repeated: tag.count("number-columns-repeated"),
            ..Cell::default()
        });
    }

    fn end_cell(&mut self) -> Result<(), String> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (kind, text) = match (cell.kind.as_str(), cell.value) {
            ("date", Some(day)) => {
                (Kind::Date, day.replace('T', " ").trim_end_matches(" 00:00:00").to_owned())
            }
            ("boolean", Some(truth)) => (Kind::Truth, if truth == "true" { "yes" } else { "no" }.to_owned()),
            ("float" | "currency" | "percentage", Some(value)) => {
                (Kind::Number, number(&value).unwrap_or(value))
            }
            (_, Some(value)) if cell.text.is_empty() => (Kind::Text, value),
            _ => (Kind::Text, cell.text),
        };
        let kind = if cell.has_formula { Kind::Formula } else { kind };
        // Of what is too far to the right one cell is enough to tell so.
        if !text.is_empty() && self.column <= MAX_COLUMNS {
            // One more than is read, which is told as a fault.
            let end = self.column.saturating_add(cell.repeated as usize).min(MAX_COLUMNS + 1);
            self.filled_text += text.len();
            if self.filled_text > MAX_TEXT {
                return Err("one of its rows holds more than 16 MiB of text".to_owned());
            }
            self.filled.push((self.column..end.max(self.column.min(MAX_COLUMNS) + 1), kind, text));
        }
        self.column = self.column.saturating_add(cell.repeated as usize);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), String> {
        let repeated = std::mem::take(&mut self.rows_repeated).max(1);
        let filled = std::mem::take(&mut self.filled);
        self.filled_text = 0;
        if self.is_hidden && !filled.is_empty() {
            self.hidden_rows = self.hidden_rows.saturating_add(repeated as usize);
        }
        if let Some(tab) = self.tab.as_mut().filter(|_| !filled.is_empty()) {
            for copy in 0..repeated {
                let row = self.row.saturating_add(copy).saturating_add(1);
                for (columns, kind, text) in &filled {
                    for column in columns.clone() {
                        let more = tab.push(row, column, *kind, text, &mut self.budget)?;
                        self.is_enough |= more == More::Enough;
                    }
                }
                if self.is_enough {
                    break;
                }
            }
        }
        self.row = self.row.saturating_add(repeated);
        Ok(())
    }

    fn is_reading(&self) -> bool {
        self.tables == 1 && self.tab.is_some() && !self.is_enough
    }
}

impl Listener for Content {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        let name = tag.name();
        if self.aside > 0 || (self.tables > 0 && ASIDE.contains(&name)) {
            self.aside += 1;
            return Ok(());
        }
        match name {
            b"style" => self.style = tag.name_in("name").unwrap_or_default(),
            b"table-properties" if tag.is("display", "false") && self.hidden_styles.len() < MAX_STYLES => {
                self.hidden_styles.insert(self.style.clone());
            }
            b"table" => self.begin_table(tag),
            b"table-row" if self.is_reading() => {
                self.rows_repeated = tag.count("number-rows-repeated");
                self.column = 0;
                self.filled.clear();
                self.filled_text = 0;
                self.is_hidden = tag.get("visibility").is_some_and(|shown| shown != "visible");
            }
            b"table-cell" | b"covered-table-cell" if self.is_reading() => self.begin_cell(tag),
            _ => {}
        }
        if let Some(cell) = &mut self.cell {
            match name {
                b"p" => {
                    self.in_paragraph += 1;
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        append(&mut cell.text, "\n");
                    }
                }
                b"s" => append(&mut cell.text, &" ".repeat(tag.count("c").min(MAX_BLANKS) as usize)),
                b"tab" => append(&mut cell.text, "\t"),
                b"line-break" => append(&mut cell.text, "\n"),
                _ => {}
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), String> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            b"p" => self.in_paragraph = self.in_paragraph.saturating_sub(1),
            b"table-cell" | b"covered-table-cell" if self.is_reading() => self.end_cell()?,
            b"table-row" if self.is_reading() => self.end_row()?,
            b"table" => self.end_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.aside > 0 || self.in_paragraph == 0 {
            return Ok(());
        }
        let Some(cell) = &mut self.cell else { return Ok(()) };
        // Line breaks and runs of blanks are how the file is written; those of the text have signs of their own.
        let mut after_blank = cell.text.is_empty() || cell.text.ends_with('\n');
        let mut written = String::new();
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\r' | '\n');
            if !(is_blank && after_blank) {
                written.push(if is_blank { ' ' } else { c });
            }
            after_blank = is_blank;
        }
        append(&mut cell.text, &written);
        Ok(())
    }
}
