//! A sheet as it came in, cell by cell, with the places that faults name: for writing it back.

use std::collections::HashMap;

use super::decode::decode;
use super::grid::{Line, Lines};
use super::intake::{Content, Kind};
use super::notes::Notes;
use super::sheets::{Column, PROJECT_FILE, Sheet};
use super::table::{Header, Rows, separator_of};

/// Gives every filled cell to `each`: row (counted from 1), column (counted from 0), kind and text. Comes back with the
/// columns by the names under which faults tell of them; with none where the sheet has no header or cannot be read.
pub fn walk(
    sheet: Sheet,
    content: &Content<'_>,
    mut each: impl FnMut(u32, usize, Kind, &str),
) -> HashMap<String, usize> {
    match content {
        Content::Tab(tab) => {
            for (row, cells) in tab.rows() {
                for (column, kind, text) in cells {
                    each(row, column, kind, text);
                }
            }
            tab.lines().next().map(|line| columns(sheet, &line)).unwrap_or_default()
        }
        Content::Csv(bytes) => {
            let Ok(decoded) = decode(bytes) else { return HashMap::new() };
            let mut lines = Lines::new(&decoded.text, separator_of(&decoded.text, in_file(sheet)));
            let Some(first) = lines.next() else { return HashMap::new() };
            let found = columns(sheet, &first);
            let width = first.cells.len();
            give(1, &first, &mut each);
            for (row, line) in Rows::new(lines, width) {
                give(row, &line, &mut each);
            }
            found
        }
    }
}

fn give(row: u32, line: &Line, each: &mut impl FnMut(u32, usize, Kind, &str)) {
    let broken = line.broken.iter().map(|broken| (line.cells.len(), broken.rest.as_str()));
    for (column, text) in line.cells.iter().map(String::as_str).enumerate().chain(broken) {
        if !text.is_empty() {
            each(row, column, Kind::Text, text);
        }
    }
}

fn in_file(sheet: Sheet) -> &'static [Column] {
    if sheet == Sheet::Project { PROJECT_FILE } else { sheet.columns() }
}

fn columns(sheet: Sheet, first: &Line) -> HashMap<String, usize> {
    let header = Header::read(&mut Notes::default(), sheet, in_file(sheet), first);
    let mut columns = HashMap::new();
    for (name, index) in header.iter().flat_map(|header| header.named(first)) {
        columns.entry(name).or_insert(index);
    }
    columns
}
