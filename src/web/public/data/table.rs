//! The form of a table: its columns, each with what it holds, and its rows. CSV, JSON and the description of both are
//! made from the same columns, so that they cannot say different things.

use anyhow::Context;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::locale::Words;

#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Date,
    /// RFC 3339.
    Time,
    Whole,
    YesNo,
    /// An object of JSON; in no CSV.
    Object,
    /// One of these codes.
    Code(fn() -> Vec<&'static str>),
}

#[derive(Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    /// No row is without it.
    pub required: bool,
}

/// A column that may be empty.
pub const fn may(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: false }
}

/// A column that never is.
pub const fn must(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: true }
}

#[derive(Clone, Copy)]
pub struct Table {
    /// The file without its ending.
    pub name: &'static str,
    pub columns: &'static [Column],
    /// No two rows have all of these alike. Empty where rows have no name.
    pub key: &'static [&'static str],
    /// Its column `ref` names a row of the recommendations.
    pub of_recommendation: bool,
}

/// What stands in one place of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    None,
    Text(String),
    Whole(i64),
    YesNo(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Cell::Text(day.to_string())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Cell::Whole(number)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Cell::YesNo(yes)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::None, Into::into)
    }
}

pub type Row = Vec<Cell>;

impl Table {
    /// A row by the names of its columns; what is empty is `null`.
    pub fn named(&self, row: Row) -> Value {
        let value = |cell| match cell {
            Cell::None => Value::Null,
            Cell::Text(text) => text.into(),
            Cell::Whole(number) => number.into(),
            Cell::YesNo(yes) => yes.into(),
        };
        let names = self.columns.iter().map(|column| column.name.to_owned());
        Value::Object(names.zip(row.into_iter().map(value)).collect())
    }

    /// The table as Frictionless describes one.
    pub fn schema(&self, words: &Words) -> Value {
        let mut schema = Map::new();
        schema.insert("fields".into(), self.columns.iter().map(|column| field(words, column)).collect());
        schema.insert("missingValues".into(), json!([""]));
        if !self.key.is_empty() {
            schema.insert("primaryKey".into(), json!(self.key));
        }
        if self.of_recommendation {
            let of = json!({ "resource": "recommendations", "fields": ["ref"] });
            schema.insert("foreignKeys".into(), json!([{ "fields": ["ref"], "reference": of }]));
        }
        Value::Object(schema)
    }
}

fn field(words: &Words, column: &Column) -> Value {
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Date => "date",
        Kind::Time => "datetime",
        Kind::Whole => "integer",
        Kind::YesNo => "boolean",
        Kind::Object => "object",
        Kind::Code(codes) => {
            constraints.insert("enum".into(), json!(codes()));
            "string"
        }
    };
    let mut field = json!({
        "name": column.name,
        "type": kind,
        "description": words.text(&format!("page-data-field-{}", column.name.replace('_', "-")), &[]),
    });
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}

/// The names of the columns, as the first line of a file.
pub fn header(table: &Table) -> Result<Vec<u8>> {
    lines(|csv| csv.write_record(table.columns.iter().map(|column| column.name)))
}

/// Rows as lines of CSV: RFC 4180, and no cell that a spreadsheet would take for a formula.
pub fn csv(rows: Vec<Row>) -> Result<Vec<u8>> {
    let written = |cell: Cell| match cell {
        Cell::None => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Whole(number) => number.to_string(),
        Cell::YesNo(yes) => yes.to_string(),
    };
    lines(|csv| rows.into_iter().try_for_each(|row| csv.write_record(row.into_iter().map(written))))
}

fn lines(
    write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> std::result::Result<(), csv::Error>,
) -> Result<Vec<u8>> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    write(&mut csv).context("writing a table")?;
    Ok(csv.into_inner().map_err(|error| anyhow::anyhow!("writing a table: {error}"))?)
}

/// A text that a spreadsheet shows and does not work out. The wide forms are there because some read them as the narrow.
fn harmless(text: String) -> String {
    let text = if text.contains('\0') { text.replace('\0', "") } else { text };
    let first = text.chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}")
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1"] {
            let line = String::from_utf8(csv(vec![vec![formula.into()]]).unwrap()).unwrap();
            assert!(line.trim_start_matches('"').starts_with('\''), "{line:?}");
        }
        assert_eq!(harmless("a = b".to_owned()), "a = b");
        assert_eq!(
            csv(vec![vec![Cell::Whole(-1), Cell::None, "a,\"b\"".into()]]).unwrap(),
            b"-1,,\"a,\"\"b\"\"\"\r\n"
        );
    }
}
