//! The pack as it came in, written back as a workbook: every cell as it was typed, with what is wrong beside it.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rust_xlsxwriter::{Color, Format, Workbook, Worksheet};

use super::{Say, Widths, column, cut, day, failed, head, letters, looks_like_a_formula, note, wrapped};
use crate::actions::import::Report;
use crate::domain::pack::{Column, ERRORS, Fault, Kind, Sheet, Source, layout};
use crate::error::Result;

/// Rows that a workbook has.
const MAX_ROW: u32 = 1_048_576;
/// Faults that get a line with a link: a workbook holds no more than 65,530 links in a sheet.
const MAX_LISTED: usize = 60_000;

const RED: Color = Color::RGB(0x00FF_C7CE);
const YELLOW: Color = Color::RGB(0x00FF_EB9C);

/// What is wrong with a cell.
#[derive(Default)]
struct Marked {
    is_error: bool,
    words: Vec<String>,
}

/// Row (counted from 1) and column (counted from 0).
type Marks = BTreeMap<(u32, usize), Marked>;

/// A line of the list of faults.
struct Listed<'a> {
    is_error: bool,
    fault: &'a Fault,
    sheet: Option<Sheet>,
    at: Option<(u32, usize)>,
}

/// The bytes of the workbook.
///
/// While it is written, its sheets lie in files of that folder that have no name and that nobody else can open.
pub fn annotate(source: &Source<'_>, report: &Report, say: &Say<'_>, folder: &Path) -> Result<Vec<u8>> {
    let mut listed = list(source, report);
    let columns: HashMap<Sheet, HashMap<String, usize>> = Sheet::ALL
        .into_iter()
        .filter_map(|sheet| Some((sheet, layout::walk(sheet, source.sheet(sheet)?, |_, _, _, _| {}))))
        .collect();
    let mut marks: HashMap<Sheet, Marks> = HashMap::new();
    for line in &mut listed {
        let Some((sheet, columns)) = line.sheet.and_then(|sheet| Some((sheet, columns.get(&sheet)?))) else {
            continue;
        };
        let Some(row) = line.fault.row.filter(|row| (1..=MAX_ROW).contains(row)) else { continue };
        let column = line.fault.column.as_ref().and_then(|column| columns.get(column)).copied().unwrap_or(0);
        line.at = Some((row, column));
        let marked = marks.entry(sheet).or_default().entry((row, column)).or_default();
        marked.is_error |= line.is_error;
        let key = if line.is_error { "workbook-note-error" } else { "workbook-note-warning" };
        marked.words.push(say.with(key, &[("message", line.fault.message.clone())]));
    }

    let mut book = Workbook::new();
    book.set_tempdir(folder).map_err(failed)?;
    errors(book.add_worksheet(), &listed, source, say)?;
    for sheet in Sheet::ALL {
        if let Some(content) = source.sheet(sheet) {
            let page = book.add_worksheet_with_constant_memory().map_err(failed)?;
            page.set_name(sheet.name()).map_err(failed)?;
            let marks = marks.remove(&sheet).unwrap_or_default();
            let columns = sheet.columns();
            let mut written =
                Page { page, columns, marks: &marks, widths: Widths::new(), marked: 0, failed: None };
            layout::walk(sheet, content, |row, column, kind, text| written.cell(row, column, kind, text));
            written.finish()?;
        }
    }
    book.save_to_buffer().map_err(failed)
}

fn list<'a>(source: &Source<'_>, report: &'a Report) -> Vec<Listed<'a>> {
    let of = |faults: &'a [Fault], is_error: bool| {
        faults.iter().map(move |fault| {
            let is_of = |sheet: &Sheet| [sheet.file().as_str(), sheet.name()].contains(&fault.file.as_str());
            Listed { is_error, fault, sheet: Sheet::ALL.into_iter().find(is_of), at: None }
        })
    };
    let all = of(&report.errors, true).chain(of(&report.warnings, false));
    let mut listed: Vec<Listed<'a>> = all.collect();
    for line in &mut listed {
        line.sheet = line.sheet.filter(|sheet| source.sheet(*sheet).is_some());
    }
    listed
}

/// The list, for programs that show comments badly and for people who go through one after the other.
fn errors(page: &mut Worksheet, listed: &[Listed<'_>], source: &Source<'_>, say: &Say<'_>) -> Result<()> {
    page.set_name(ERRORS).map_err(failed)?;
    let heads = [
        (say.text("workbook-errors-kind"), 12.0),
        (say.text("workbook-errors-sheet"), 18.0),
        (say.text("workbook-errors-cell"), 10.0),
        (say.text("workbook-errors-message"), 100.0),
    ];
    let count = |is_error: bool| listed.iter().filter(|line| line.is_error == is_error).count().to_string();
    let counts = [("errors", count(true)), ("warnings", count(false))];
    page.write_string(0, 0, say.with("workbook-errors-title", &counts)).map_err(failed)?;
    page.write_string(1, 0, say.text("workbook-errors-private")).map_err(failed)?;
    for (index, (text, width)) in heads.iter().enumerate() {
        page.write_string_with_format(3, column(index)?, text, &head()).map_err(failed)?;
        page.set_column_width(column(index)?, *width).map_err(failed)?;
    }
    page.set_landscape().set_print_fit_to_pages(1, 0);
    page.set_freeze_panes(4, 0).map_err(failed)?;
    let mut row = 4;
    for line in listed.iter().take(MAX_LISTED) {
        let fill = wrapped().set_background_color(if line.is_error { RED } else { YELLOW });
        let kind = say.text(if line.is_error { "workbook-error" } else { "workbook-warning" });
        page.write_string_with_format(row, 0, kind, &fill).map_err(failed)?;
        let called = line.sheet.map_or_else(|| line.fault.file.clone(), |sheet| sheet.name().to_owned());
        text(page, row, 1, &called, &wrapped())?;
        if let Some(sheet) = line.sheet {
            let (at, column) = line.at.unwrap_or((1, 0));
            let place = format!("{}{at}", letters(column));
            let link = format!("internal:'{}'!{place}", sheet.name());
            let shown = line.at.map_or_else(|| say.text("workbook-errors-whole"), |_| place);
            page.write_url_with_options(row, 2, link.as_str(), shown, "", Some(&wrapped().set_hyperlink()))
                .map_err(failed)?;
        }
        text(page, row, 3, &line.fault.message, &wrapped())?;
        // Not every program makes room for words that go on in the next line.
        let lines = line.fault.message.chars().count() / 95 + 1;
        page.set_row_height(row, u32::try_from(lines.min(20)).unwrap_or(20) * 15).map_err(failed)?;
        row += 1;
    }
    if listed.len() > MAX_LISTED {
        let more = say.with("workbook-errors-more", &[("count", (listed.len() - MAX_LISTED).to_string())]);
        text(page, row, 3, &more, &wrapped())?;
        row += 1;
    }
    if listed.is_empty() {
        text(page, row, 3, &say.text("workbook-errors-none"), &wrapped())?;
        row += 1;
    }
    for sheet in Sheet::ALL {
        if let Some(content) = source.sheet(sheet) {
            let mut first = None;
            layout::walk(sheet, content, |row, column, _, words| {
                if first.is_none() && !fits(row, words) {
                    first = Some(format!("{}{row}", letters(column)));
                }
            });
            if let Some(place) = first {
                let args = [("sheet", sheet.name().to_owned()), ("cell", place)];
                text(page, row, 3, &say.with("workbook-errors-cut", &args), &wrapped())?;
                row += 1;
            }
        }
    }
    Ok(())
}

/// Whether a workbook can hold it as it is.
fn fits(row: u32, text: &str) -> bool {
    row <= MAX_ROW && cut(text, super::MAX_CELL).len() == text.len()
}

fn text(page: &mut Worksheet, row: u32, column: u16, words: &str, format: &Format) -> Result<()> {
    let words = cut(words, super::MAX_CELL);
    let format = if looks_like_a_formula(words) { format.clone().set_quote_prefix() } else { format.clone() };
    page.write_string_with_format(row, column, words, &format).map_err(failed)?;
    Ok(())
}

/// A sheet while it is written.
struct Page<'a> {
    page: &'a mut Worksheet,
    columns: &'static [Column],
    marks: &'a Marks,
    widths: Widths,
    /// Up to this row comments and fills are written.
    marked: u32,
    failed: Option<crate::error::Error>,
}

impl Page<'_> {
    /// Comments, and the fill of cells in which nothing stands; the others get theirs when they are written. Rows are
    /// written one after the other, because a sheet as a whole would take three hundred bytes for each cell.
    fn mark(&mut self, to: u32) -> Result<()> {
        if to <= self.marked {
            return Ok(());
        }
        let from = std::mem::replace(&mut self.marked, to);
        for ((row, index), marked) in self.marks.range((from + 1, 0)..=(to, usize::MAX)) {
            let at = column(*index)?;
            let fill = Format::new().set_background_color(if marked.is_error { RED } else { YELLOW });
            self.page.write_blank(row - 1, at, &fill).map_err(failed)?;
            self.page.insert_note(row - 1, at, &note(&marked.words.join("\n"))).map_err(failed)?;
        }
        Ok(())
    }

    fn cell(&mut self, row: u32, column: usize, kind: Kind, words: &str) {
        if self.failed.is_none() && row <= MAX_ROW {
            let written = self.mark(row).and_then(|()| self.write(row, column, kind, words));
            self.failed = written.err();
        }
    }

    fn write(&mut self, row: u32, index: usize, kind: Kind, words: &str) -> Result<()> {
        let at = column(index)?;
        let mut format = Format::new();
        if row == 1 {
            format = head();
            let named = |known: &&Column| known.name.eq_ignore_ascii_case(words.trim());
            let is_long = self.columns.iter().find(named).is_some_and(|known| known.long);
            self.widths.insert(at, if is_long { 48.0 } else { 22.0 });
        }
        if let Some(marked) = self.marks.get(&(row, index)) {
            format = format.set_background_color(if marked.is_error { RED } else { YELLOW });
        }
        let line = row - 1;
        let number = words.parse::<f64>().ok().filter(|_| words.len() <= 15 && !words.starts_with('0'));
        match (kind, day(words), number) {
            (Kind::Date, Some(day), _) => {
                let format = format.set_num_format("yyyy-mm-dd");
                self.page.write_datetime_with_format(line, at, day, &format).map_err(failed)?;
            }
            (Kind::Truth, _, _) => {
                self.page.write_boolean_with_format(line, at, words == "yes", &format).map_err(failed)?;
            }
            (Kind::Number, _, Some(number)) => {
                self.page.write_number_with_format(line, at, number, &format).map_err(failed)?;
            }
            _ => text(self.page, line, at, words, &format.set_num_format("@"))?,
        }
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        self.mark(MAX_ROW)?;
        for (index, width) in &self.widths {
            self.page.set_column_width(*index, *width).map_err(failed)?;
        }
        self.page.set_landscape().set_print_fit_to_pages(1, 0);
        self.page.set_freeze_panes(1, 0).map_err(failed)?;
        Ok(())
    }
}
