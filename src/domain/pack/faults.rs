//! What is wrong with a pack, with its place. No message holds contact data or what stands in another row; codes and
//! refs may be named.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Serialize;

use super::sheets::Sheet;

/// More than this is not listed: the first thousands say what went wrong.
const MAX_LISTED: usize = 10_000;

/// One thing that is wrong, or that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Such as `participants.csv`.
    pub file: String,
    /// As a spreadsheet counts: the header is row 1, and a cell with line breaks lies in one row. `None` for the file
    /// as a whole.
    pub row: Option<u32>,
    pub column: Option<String>,
    pub message: String,
}

/// Errors stop an import, warnings do not. Both are in the order of the sheets and of their rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    pub errors: Vec<Fault>,
    pub warnings: Vec<Fault>,
}

/// Where a fault lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub sheet: Sheet,
    pub row: Option<u32>,
    pub column: Option<Cow<'static, str>>,
}

impl Place {
    pub fn file(sheet: Sheet) -> Self {
        Place { sheet, row: None, column: None }
    }

    pub fn row(sheet: Sheet, row: u32) -> Self {
        Place { sheet, row: Some(row), column: None }
    }

    pub fn cell(sheet: Sheet, row: u32, column: impl Into<Cow<'static, str>>) -> Self {
        Place { sheet, row: Some(row), column: Some(column.into()) }
    }
}

/// Collects faults while a pack is read, at most one error for each cell.
#[derive(Default)]
pub(super) struct Ledger {
    errors: Vec<(Place, String)>,
    warnings: Vec<(Place, String)>,
    strangers: Vec<Fault>,
    in_error: HashSet<Place>,
}

impl Ledger {
    pub fn error(&mut self, place: Place, message: impl Into<String>) {
        if self.errors.len() <= MAX_LISTED && self.in_error.insert(place.clone()) {
            self.errors.push((place, message.into()));
        }
    }

    pub fn is_in_error(&self, place: &Place) -> bool {
        self.in_error.contains(place)
    }

    /// Where not, nobody knows which rows are sound.
    pub fn lists_every_error(&self) -> bool {
        self.errors.len() <= MAX_LISTED
    }

    pub fn warn(&mut self, place: Place, message: impl Into<String>) {
        if self.warnings.len() <= MAX_LISTED {
            self.warnings.push((place, message.into()));
        }
    }

    /// A warning about a file that is no sheet.
    pub fn stranger(&mut self, file: &str, message: String) {
        let file = file.chars().filter(|c| !c.is_control()).take(100).collect();
        self.strangers.push(Fault { file, row: None, column: None, message });
    }

    pub fn into_faults(self) -> Faults {
        let mut warnings = listed(self.warnings, "warnings");
        warnings.extend(self.strangers);
        Faults { errors: listed(self.errors, "errors"), warnings }
    }
}

fn listed(mut found: Vec<(Place, String)>, what: &str) -> Vec<Fault> {
    let cut = found.len() > MAX_LISTED;
    found.truncate(MAX_LISTED);
    found.sort_by_key(|(place, _)| (place.sheet, place.row));
    if cut && let Some((place, _)) = found.last() {
        let message = format!("there are more than {MAX_LISTED} {what}; the others are not listed");
        found.push((Place::file(place.sheet), message));
    }
    let fault = |(place, message): (Place, String)| Fault {
        file: place.sheet.file(),
        row: place.row,
        column: place.column.map(Cow::into_owned),
        message,
    };
    found.into_iter().map(fault).collect()
}
