//! A pack: the sheets by which a project comes in, as CSV files or as a workbook. Bytes go in, typed rows and every
//! fault come out, in one pass. What belongs here is all that can be said of the files alone; what they mean for a project that is there
//! already is decided elsewhere.
//!
//! `intake` opens what came in, `decode` and `grid` make cells of the bytes of a CSV file, `table` finds the columns, `cells` reads single cells with the rules of
//! `values`, `codes` and `contact`, one module per group of sheets makes typed rows, and `check` looks across them.
//! The format for those who write such files is in `docs/import-format.md`.

pub mod cell;
mod cells;
mod check;
pub mod codes;
pub mod contact;
mod decode;
pub mod examples;
mod faults;
mod grid;
pub mod history;
mod intake;
pub mod layout;
mod notes;
mod people;
mod project;
mod recommendations;
mod rows;
mod sheets;
mod stories;
mod table;
pub mod values;

use std::collections::{BTreeMap, BTreeSet};

pub use faults::{Fault, Faults};
pub use intake::{Content, Intake, Kind, MAX_PACKED, Source};
pub use people::parse_choice;
pub use rows::{
    ActRow, EvidenceRow, HistoryRow, LearningRow, ParticipantRow, ProjectSheet, RecommendationRow, StoryRow,
    ThemeRow,
};
pub use sheets::{Column, ERRORS, Holds, READ_ME, Sheet};

use faults::Place;
use notes::Notes;

use super::calendars::Calendars;

/// Rows of one sheet, not counting the header and blank ones.
pub const MAX_ROWS: usize = 100_000;
/// Recommendations, which have each a place on every page: more than anybody made, and fewer than would be in the way.
pub const MAX_RECOMMENDATIONS: usize = 10_000;
/// Rows of all sheets of a workbook or a zip together. What they turn into takes many times the room of the file.
pub const MAX_PACKED_ROWS: usize = 100_000;
/// Cells in other languages than the project's, in all sheets together. Each is kept by its language and column, which takes
/// hundreds of times the room of a short one.
pub const MAX_TRANSLATED: usize = 50_000;
/// Characters of one cell.
pub const MAX_CELL: usize = 64 * 1024;
/// Bytes of one file.
pub const MAX_FILE: usize = 16 * 1024 * 1024;

/// A row of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// As a spreadsheet counts: the header is row 1, and a cell with line breaks lies in one row.
    pub line: u32,
    pub value: T,
}

/// What a pack holds. Rows with a fault may be among the others; the faults name them.
#[derive(Clone)]
pub struct Pack {
    pub project: ProjectSheet,
    pub participants: Vec<Row<ParticipantRow>>,
    pub stories: Vec<Row<StoryRow>>,
    pub themes: Vec<Row<ThemeRow>>,
    pub learnings: Vec<Row<LearningRow>>,
    pub recommendations: Vec<Row<RecommendationRow>>,
    pub evidence: Vec<Row<EvidenceRow>>,
    pub history: Vec<Row<HistoryRow>>,
    pub acts: Vec<Row<ActRow>>,
    pub columns: Columns,
    /// Refs of recommendations of which a row of history could not be read: what follows it cannot be judged.
    pub spoiled: BTreeSet<String>,
}

/// Which columns the sheets had. A later import leaves alone what has no column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    known: BTreeMap<Sheet, BTreeSet<&'static str>>,
    translated: BTreeSet<(Sheet, &'static str, String)>,
}

impl Columns {
    /// Whether the sheet had this column; for `project`, whether it had this key.
    pub fn has(&self, sheet: Sheet, column: &str) -> bool {
        self.known.get(&sheet).is_some_and(|columns| columns.contains(column))
    }

    /// Whether the sheet had this column in another language, by the language's tag.
    pub fn has_in(&self, sheet: Sheet, column: &str, language: &str) -> bool {
        self.translated
            .iter()
            .any(|(of, known, tag)| (*of, *known, tag.as_str()) == (sheet, column, language))
    }

    /// Whether there was such a file.
    pub fn has_sheet(&self, sheet: Sheet) -> bool {
        self.known.contains_key(&sheet)
    }
}

/// Reads a pack, in whichever form it came in. All faults are found in one pass, also across sheets. There is a pack
/// wherever the sheet `project` can be read and every error is listed, so that what is sound can be judged further; it must
/// not be stored where there are errors. Quiet times can name these `calendars`.
pub fn read<'a>(source: impl Into<Source<'a>>, calendars: &Calendars) -> (Option<Pack>, Faults) {
    let mut source = source.into();
    let mut notes = Notes::new(calendars.clone(), source.is_workbook, source.max_rows);
    let mut sheets = sheets_of(&mut notes, &mut source);
    let mut bytes = |sheet: Sheet| sheets.remove(&sheet);
    // Each sheet after those that it refers to, so that only what leads nowhere has to be kept for later.

    let project = bytes(Sheet::Project).and_then(|bytes| project::read(&mut notes, bytes));
    let language = project.as_ref().map_or("en", |project| &project.language).to_owned();
    let participants =
        bytes(Sheet::Participants).map(|bytes| people::participants(&mut notes, bytes, &language));
    let themes = bytes(Sheet::Themes).map(|bytes| stories::themes(&mut notes, bytes));
    let stories = bytes(Sheet::Stories).map(|bytes| stories::stories(&mut notes, bytes));
    let learnings = bytes(Sheet::Learnings).map(|bytes| stories::learnings(&mut notes, bytes));
    let recommendations =
        bytes(Sheet::Recommendations).map(|bytes| recommendations::recommendations(&mut notes, bytes));
    let evidence = bytes(Sheet::Evidence).map(|bytes| recommendations::evidence(&mut notes, bytes));
    let history = bytes(Sheet::History).map(|bytes| history::history(&mut notes, bytes));
    let acts = bytes(Sheet::Acts).map(|bytes| people::acts(&mut notes, bytes));
    check::across(&mut notes);

    let columns = Columns {
        known: std::mem::take(&mut notes.present),
        translated: std::mem::take(&mut notes.present_translated),
    };
    let mut spoiled = std::mem::take(&mut notes.spoiled);
    if notes.spoiled_any {
        let named = history.iter().flatten().map(|row| row.value.recommendation.clone());
        spoiled.extend(named);
    }
    let every_error_is_listed = notes.ledger.lists_every_error();
    let mut faults = notes.ledger.into_faults();
    faults.warnings.extend(source.said());
    let pack = project.filter(|_| every_error_is_listed).map(|project| Pack {
        project,
        participants: participants.unwrap_or_default(),
        stories: stories.unwrap_or_default(),
        themes: themes.unwrap_or_default(),
        learnings: learnings.unwrap_or_default(),
        recommendations: recommendations.unwrap_or_default(),
        evidence: evidence.unwrap_or_default(),
        history: history.unwrap_or_default(),
        acts: acts.unwrap_or_default(),
        columns,
        spoiled,
    });
    (pack, faults)
}

/// What is a sheet. Missing ones and strangers are noted.
fn sheets_of<'f>(notes: &mut Notes, source: &mut Source<'f>) -> BTreeMap<Sheet, Content<'f>> {
    let mut sheets = BTreeMap::new();
    for (name, content) in std::mem::take(&mut source.entries) {
        match Sheet::ALL.into_iter().find(|sheet| source.names(&name, *sheet)) {
            Some(sheet) if sheets.contains_key(&sheet) => {
                let message =
                    format!("expected {} once, found two that differ in capitals", source.called(sheet));
                notes.ledger.error(Place::file(sheet), message);
            }
            Some(sheet) => {
                sheets.insert(sheet, content);
            }
            None => stranger(notes, &name),
        }
    }
    for sheet in Sheet::ALL {
        if sheet.is_needed() && !sheets.contains_key(&sheet) {
            let called = match source.is_workbook {
                true => format!("a sheet `{}`", sheet.name()),
                false => format!("a file {}", sheet.file()),
            };
            notes.ledger.error(Place::file(sheet), format!("expected {called}; there is none"));
            notes.unreadable(sheet);
        }
    }
    sheets
}

fn stranger(notes: &mut Notes, name: &str) {
    let lower = name.to_lowercase();
    if let Some(stem) = lower.strip_suffix(".csv") {
        let nearest = sheets::nearest(stem, Sheet::ALL.map(Sheet::name)).map_or("project", |(name, _)| name);
        notes
            .ledger
            .stranger(name, format!("is no sheet and was not read; the nearest name is {nearest}.csv"));
    } else if intake::is_workbook(name) {
        notes.ledger.stranger(name, "was not read: import the workbook itself, not its folder".to_owned());
    } else if lower.ends_with(".tsv") {
        notes.ledger.stranger(name, "was not read: expected each sheet as a CSV file".to_owned());
    }
}

#[cfg(test)]
mod tests;
