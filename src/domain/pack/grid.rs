//! From the text of a file to its rows of cells. The reader is our own and not the crate `csv`, because that one takes
//! a quote which is never closed, or text after a closing quote, without a word: rows would be swallowed by a cell.

use super::cell::is_blank_text;

/// Cells beyond this many in a row are counted but not kept.
const MAX_KEPT: usize = 256;

/// One row as it stands in the file.
pub struct Line {
    /// Its number, where it does not follow from the rows before it.
    pub row: Option<u32>,
    /// Cells, by their index, that are not only text.
    pub marks: Vec<(usize, Mark)>,
    pub cells: Vec<String>,
    /// How many cells there are, also those that were not kept.
    pub width: usize,
    pub broken: Option<BrokenQuote>,
}

impl Line {
    /// Nothing stands in it.
    pub fn is_blank(&self) -> bool {
        let no_text = || self.cells.iter().all(|cell| is_blank_text(cell));
        self.broken.is_none() && self.marks.is_empty() && no_text()
    }
}

/// What a cell of a workbook is besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A date of the spreadsheet, whose text is in ISO form.
    Date,
    /// A formula, which is not read.
    Formula,
    /// An error of the spreadsheet, which is not read.
    Broken,
}

/// A quote that opens a cell and is not closed as it should be. The row ends there, and reading goes on with the next
/// line of the file, so that one slip hides no other.
pub struct BrokenQuote {
    /// The index of the cell.
    pub cell: usize,
    /// The line of the file, counted from 1, where the quote opens.
    pub opened_on: u32,
    /// What stands there up to the end of that line.
    pub rest: String,
    pub separator: char,
}

/// The rows of a text, blank ones included.
pub struct Lines<'t> {
    rest: &'t str,
    separator: u8,
    line_of_file: u32,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str, separator: u8) -> Self {
        Lines { rest: text, separator, line_of_file: 1 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.rest.is_empty() {
            return None;
        }
        let mut line = Line { row: None, marks: Vec::new(), cells: Vec::new(), width: 0, broken: None };
        loop {
            let cell = if self.rest.starts_with('"') { self.quoted() } else { Some(self.bare()) };
            let Some(cell) = cell else {
                let (broken, rest) = split_line(self.rest);
                let (opened_on, broken) = (self.line_of_file, broken.to_owned());
                line.broken = Some(BrokenQuote {
                    cell: line.width,
                    opened_on,
                    rest: broken,
                    separator: char::from(self.separator),
                });
                self.rest = rest;
                self.line_of_file += 1;
                return Some(line);
            };
            line.width += 1;
            if line.cells.len() < MAX_KEPT {
                line.cells.push(cell);
            }
            if self.rest.as_bytes().first() == Some(&self.separator) {
                self.rest = &self.rest[1..];
                continue;
            }
            self.rest = split_line(self.rest).1;
            self.line_of_file += 1;
            return Some(line);
        }
    }
}

impl Lines<'_> {
    fn bare(&mut self) -> String {
        let ends = |byte: &u8| *byte == self.separator || *byte == b'\n' || *byte == b'\r';
        let end = self.rest.bytes().position(|byte| ends(&byte)).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at(end);
        self.rest = rest;
        cell.to_owned()
    }

    /// The cell in quotes at the start of what is left; `None`, with nothing consumed, where its quote is broken.
    fn quoted(&mut self) -> Option<String> {
        let mut cell = String::new();
        let mut rest = &self.rest[1..];
        loop {
            let end = rest.find('"')?;
            cell.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix('"') {
                Some(after) => {
                    cell.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        let rest = rest.trim_start_matches(' ');
        let closed = match rest.as_bytes().first() {
            None | Some(b'\n' | b'\r') => true,
            Some(byte) => *byte == self.separator,
        };
        if !closed {
            return None;
        }
        self.line_of_file += u32::try_from(cell.matches('\n').count()).unwrap_or(u32::MAX);
        self.rest = rest;
        Some(cell)
    }
}

/// The text up to the next line break (LF, CR LF or a lone CR), and what follows it.
fn split_line(text: &str) -> (&str, &str) {
    let Some(end) = text.find(['\n', '\r']) else {
        return (text, "");
    };
    let after = &text[end..];
    (&text[..end], after.strip_prefix("\r\n").unwrap_or(&after[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        Lines::new(text, b',').map(|line| line.cells).collect()
    }

    #[test]
    fn cells_are_cut_at_separators_and_line_breaks_outside_quotes() {
        assert_eq!(
            rows("a,b\r\nc,\"d\nd\",e\r\rf"),
            [vec!["a", "b"], vec!["c", "d\nd", "e"], vec![""], vec!["f"]]
        );
        assert_eq!(rows("\"a \"\"b\"\"\" ,\"\"\n"), [["a \"b\"", ""]]);
        assert_eq!(rows("say \"hi\",x"), [["say \"hi\"", "x"]]);
        assert_eq!(rows("a,"), [["a", ""]]);
        assert_eq!(Lines::new("a;b", b';').next().map(|line| line.width), Some(2));
    }

    #[test]
    fn a_broken_quote_ends_its_row_and_says_on_which_line_it_opens() {
        for text in ["x\n\"1\n2\",\"never closed\nc,d\n", "x\n\"1\n2\",\"closed\" badly\nc,d\n"] {
            let lines: Vec<Line> = Lines::new(text, b',').collect();
            let broken = lines[1].broken.as_ref().unwrap();
            assert_eq!((broken.cell, broken.opened_on), (1, 3), "{text}");
            assert_eq!(lines[2].cells, ["c", "d"], "{text}");
        }
    }

    #[test]
    fn a_row_of_a_million_cells_is_counted_and_not_kept() {
        let line = Lines::new(&",".repeat(1_000_000), b',').next().unwrap();
        assert_eq!((line.width, line.cells.len()), (1_000_001, MAX_KEPT));
    }
}
