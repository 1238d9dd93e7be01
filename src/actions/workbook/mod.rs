//! Workbooks that go out: one to fill in, and one that shows what is wrong with a pack. Both are written once, to where
//! there is nothing yet, for nobody but who asked for them: they hold how people are reached.

mod annotate;
mod template;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

pub use annotate::annotate;
pub use template::template;

use anyhow::Context;
use rust_xlsxwriter::{Color, Format, FormatAlign, Note, XlsxError};

use crate::error::{Error, Result};

/// Characters that a cell of a workbook can hold, as the format counts them (in UTF-16).
const MAX_CELL: usize = 32_767;
/// The same for a comment, with room for what the program adds.
const MAX_NOTE: usize = 8_000;

type Args<'a> = &'a [(&'a str, String)];

/// The words for people, by their keys.
pub struct Say<'a>(pub &'a dyn Fn(&str, Args<'_>) -> String);

impl Say<'_> {
    fn text(&self, key: &str) -> String {
        (self.0)(key, &[])
    }

    fn with(&self, key: &str, args: Args<'_>) -> String {
        (self.0)(key, args)
    }
}

/// # Errors
/// Something stands there already: it may be what somebody has mended meanwhile.
pub fn must_be_new(path: &Path) -> Result<()> {
    match path.symlink_metadata() {
        Ok(_) => Err(Error::refused(format!(
            "There is something at {} already, and it was left as it is. Choose another name. Nothing was stored.",
            path.display()
        ))),
        Err(_) => Ok(()),
    }
}

/// Writes a new file that only its owner can read.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| {
        Error::refused(format!("The workbook {} could not be written: {error}.", path.display()))
    })
}

fn failed(error: XlsxError) -> Error {
    Error::Internal(anyhow::Error::new(error).context("writing a workbook"))
}

fn head() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00DD_E8F0))
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A comment that shows its words without being pulled open.
fn note(text: &str) -> Note {
    let text = cut(text, MAX_NOTE);
    let lines: usize = text.lines().map(|line| line.chars().count() / 42 + 1).sum();
    let height = u32::try_from(lines.min(30)).unwrap_or(30) * 18 + 14;
    Note::new(text).add_author_prefix(false).set_author("hearback").set_width(300).set_height(height)
}

/// As much of a text as fits into so many units of UTF-16.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Text that some program may take for a formula when the cell is opened and closed again.
fn looks_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0'])
}

/// The name of a column as a spreadsheet shows it: A, B, .. Z, AA.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = String::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters
}

/// A day as a spreadsheet knows it; none before 1900.
fn day(text: &str) -> Option<rust_xlsxwriter::ExcelDateTime> {
    let day: chrono::NaiveDate = text.parse().ok()?;
    let (year, month, of_month) =
        (chrono::Datelike::year(&day), chrono::Datelike::month(&day), chrono::Datelike::day(&day));
    let (year, month) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?);
    rust_xlsxwriter::ExcelDateTime::from_ymd(year, month, u8::try_from(of_month).ok()?).ok()
}

/// Widths that let most cells be read, by column.
type Widths = BTreeMap<u16, f64>;

fn column(index: usize) -> Result<u16> {
    Ok(u16::try_from(index).context("a column beyond those of a workbook")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet_and_texts_end_at_whole_characters() {
        assert_eq!(
            [letters(0), letters(25), letters(26), letters(701), letters(702)],
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
        assert_eq!([cut("a\u{1f600}b", 2), cut("a\u{1f600}b", 3), cut("ab", 9)], ["a", "a\u{1f600}", "ab"]);
        assert!(day("2025-03-31").is_some() && day("1850-01-01").is_none() && day("31/03/2025").is_none());
    }
}
