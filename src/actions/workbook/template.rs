//! A workbook to fill in: every sheet with its columns, what stands in them, drop-downs, and a row that shows how.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, Formula, Workbook, Worksheet,
};

use super::{Say, column, day, failed, head, note, wrapped};
use crate::domain::pack::{Column, Holds, MAX_ROWS, READ_ME, Sheet, examples};
use crate::error::Result;

/// Characters of a list that stands in the drop-down itself.
const MAX_LIST: usize = 255;
/// Where the lists stand that are longer, in the sheet that explains: to the right of what people read.
const LISTS_FROM: u16 = 8;

/// The bytes of the workbook.
pub fn template(say: &Say<'_>) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let mut lists = Lists::default();
    book.add_worksheet().set_name(READ_ME).map_err(failed)?;
    for sheet in Sheet::ALL {
        let page = book.add_worksheet();
        page.set_name(sheet.name()).map_err(failed)?;
        page.set_landscape().set_print_fit_to_pages(1, 0);
        page.set_freeze_panes(1, 0).map_err(failed)?;
        match sheet {
            Sheet::Project => settings(page, &mut lists, say)?,
            sheet => rows(page, sheet, &mut lists, say)?,
        }
    }
    let page = book.worksheet_from_name(READ_ME).map_err(failed)?;
    explain(page, say)?;
    lists.write(page)?;
    book.save_to_buffer().map_err(failed)
}

fn words_of(say: &Say<'_>, sheet: Sheet, column: &Column) -> String {
    let name = column.name.replace('_', "-");
    let of = sheet.name();
    say.text(&format!("column-{of}-{name}"))
}

fn example() -> Format {
    Format::new().set_background_color(Color::RGB(0x00EE_EEEE))
}

fn format_of(holds: Holds, format: Format) -> Format {
    match holds {
        Holds::Day => format.set_num_format("yyyy-mm-dd"),
        Holds::Number => format,
        // What is typed stays what it is: no code turns into a date, no telephone number loses its zero.
        Holds::Words | Holds::OneOf(_) | Holds::Often(_) => format.set_num_format("@"),
    }
}

fn must(say: &Say<'_>, column: &Column) -> String {
    say.text(if column.must { "workbook-required" } else { "workbook-optional" })
}

/// The sheet `project`: its settings stand below each other.
fn settings(page: &mut Worksheet, lists: &mut Lists, say: &Say<'_>) -> Result<()> {
    page.set_column_width(0, 24).map_err(failed)?;
    page.set_column_width(1, 70).map_err(failed)?;
    for (index, name) in ["key", "value"].into_iter().enumerate() {
        let at = column(index)?;
        page.write_string_with_format(0, at, name, &head()).map_err(failed)?;
        let shown = examples::value(Sheet::Project, name);
        page.write_string_with_format(1, at, shown, &example().set_num_format("@").set_text_wrap())
            .map_err(failed)?;
    }
    page.insert_note(1, 0, &note(&say.text("workbook-example"))).map_err(failed)?;
    for (row, key) in (2..).zip(Sheet::Project.columns()) {
        let format = if key.must { Format::new().set_bold() } else { Format::new() };
        page.write_string_with_format(row, 0, key.name, &format).map_err(failed)?;
        let words = format!("{} {}", must(say, key), words_of(say, Sheet::Project, key));
        page.insert_note(row, 0, &note(&words)).map_err(failed)?;
        page.write_blank(row, 1, &format_of(key.holds, wrapped())).map_err(failed)?;
        if let Some(list) = lists.validation(key.holds, say)? {
            page.add_data_validation(row, 1, row, 1, &list).map_err(failed)?;
        }
    }
    Ok(())
}

fn rows(page: &mut Worksheet, sheet: Sheet, lists: &mut Lists, say: &Say<'_>) -> Result<()> {
    let last = u32::try_from(MAX_ROWS).unwrap_or(u32::MAX);
    for (index, of) in sheet.columns().iter().enumerate() {
        let at = column(index)?;
        page.set_column_width(at, if of.long { 44 } else { 20 }).map_err(failed)?;
        page.set_column_format(at, &format_of(of.holds, Format::new())).map_err(failed)?;
        page.write_string_with_format(0, at, of.name, &head()).map_err(failed)?;
        let words = format!("{} {}", must(say, of), words_of(say, sheet, of));
        page.insert_note(0, at, &note(&words)).map_err(failed)?;
        if let Some(list) = lists.validation(of.holds, say)? {
            page.add_data_validation(1, at, last, at, &list).map_err(failed)?;
        }
        let (shown, format) = (examples::value(sheet, of.name), format_of(of.holds, example()));
        match day(shown).filter(|_| matches!(of.holds, Holds::Day)) {
            Some(day) => page.write_datetime_with_format(1, at, day, &format).map_err(failed)?,
            None if shown.is_empty() => page.write_blank(1, at, &format).map_err(failed)?,
            None => page.write_string_with_format(1, at, shown, &format).map_err(failed)?,
        };
    }
    page.insert_note(1, 0, &note(&say.text("workbook-example"))).map_err(failed)?;
    Ok(())
}

/// The sheet that explains: what to do, and every column once more, because not every program shows comments.
fn explain(page: &mut Worksheet, say: &Say<'_>) -> Result<()> {
    page.write_string_with_format(
        0,
        0,
        say.text("workbook-title"),
        &Format::new().set_bold().set_font_size(16),
    )
    .map_err(failed)?;
    page.set_landscape().set_print_fit_to_pages(1, 0);
    let mut row = 2;
    for key in [
        "workbook-how-sheets",
        "workbook-how-rows",
        "workbook-how-dates",
        "workbook-how-examples",
        "workbook-how-check",
        "workbook-how-private",
    ] {
        page.write_string(row, 0, say.text(key)).map_err(failed)?;
        row += 1;
    }
    row += 1;
    let heads = [
        (say.text("workbook-sheet"), 18),
        (say.text("workbook-column"), 20),
        (say.text("workbook-needed"), 14),
        (say.text("workbook-holds"), 70),
        (say.text("workbook-words"), 70),
    ];
    for (index, (text, width)) in heads.iter().enumerate() {
        page.write_string_with_format(row, column(index)?, text, &head()).map_err(failed)?;
        page.set_column_width(column(index)?, *width).map_err(failed)?;
    }
    for sheet in Sheet::ALL {
        for of in sheet.columns() {
            row += 1;
            let choice = match of.holds {
                Holds::OneOf(words) | Holds::Often(words) => words().join(", "),
                Holds::Words | Holds::Day | Holds::Number => String::new(),
            };
            let cells = [
                sheet.name().to_owned(),
                of.name.to_owned(),
                must(say, of),
                words_of(say, sheet, of),
                choice,
            ];
            for (index, text) in cells.iter().enumerate() {
                page.write_string_with_format(row, column(index)?, text, &wrapped()).map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// Lists that are too long to stand in a drop-down.
#[derive(Default)]
struct Lists(Vec<Vec<String>>);

impl Lists {
    fn validation(&mut self, holds: Holds, say: &Say<'_>) -> Result<Option<DataValidation>> {
        let (words, others) = match holds {
            Holds::Words | Holds::Day | Holds::Number => return Ok(None),
            Holds::OneOf(words) => (words(), false),
            Holds::Often(words) => (words(), true),
        };
        let list = match words.join(",").len() <= MAX_LIST {
            true => DataValidation::new().allow_list_strings(&words).map_err(failed)?,
            false => DataValidation::new().allow_list_formula(self.stands_at(words)?),
        };
        // Codes and other capitals are read too, so that this only asks again.
        let list = list
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message(say.text("workbook-not-listed"))
            .map_err(failed)?
            .show_error_message(!others);
        Ok(Some(list))
    }

    fn stands_at(&mut self, words: Vec<String>) -> Result<Formula> {
        let known = self.0.iter().position(|list| *list == words);
        let index = known.unwrap_or_else(|| {
            self.0.push(words);
            self.0.len() - 1
        });
        let letters = super::letters(usize::from(LISTS_FROM) + index);
        let last = self.0.get(index).map_or(0, Vec::len);
        Ok(Formula::new(format!("='{READ_ME}'!${letters}$1:${letters}${last}")))
    }

    fn write(&self, page: &mut Worksheet) -> Result<()> {
        for (index, list) in self.0.iter().enumerate() {
            let at = LISTS_FROM + column(index)?;
            for (row, word) in (0_u32..).zip(list) {
                page.write_string(row, at, word).map_err(failed)?;
            }
        }
        Ok(())
    }
}
