//! Bringing in a pack, and bringing it up to date by importing it again. Everything happens in one transaction that is
//! rolled back where anything is wrong; what a participant chose, stopped or withdrew is never overwritten.

mod absent;
mod advice;
mod history;
mod languages;
mod meaning;
mod people;
mod project;
mod stories;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::book::Book;
use super::{advise, keys, projects, publishing};
use crate::app::App;
use crate::domain::history::Act;
use crate::domain::pack::{self, Fault, Faults, Intake, MAX_FILE, MAX_PACKED, Pack, Row, Sheet, Source};
use crate::domain::words::ProjectState;
use crate::error::{Error, Result};
use crate::store::types::{LearningId, ParticipantId, RecommendationId, StoryId, ThemeId};
use crate::store::{self, audit, project as projects_table, recommendation};

/// Bytes of a whole pack.
const MAX_PACK: u64 = 4 * MAX_FILE as u64;

/// One cell that reads otherwise than before. Contact data never shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub row: Option<u32>,
    pub column: String,
    pub from: String,
    pub to: String,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub added: BTreeMap<&'static str, usize>,
    pub changed: BTreeMap<&'static str, Vec<Change>>,
    pub unchanged: BTreeMap<&'static str, usize>,
    /// Rows of history and acts that wait for their day.
    pub pending: usize,
    pub warnings: Vec<Fault>,
    pub errors: Vec<Fault>,
    /// Of the project, if that can be read.
    #[serde(skip)]
    pub slug: Option<String>,
}

impl Report {
    fn new(faults: Faults) -> Self {
        let mut report = Report { warnings: faults.warnings, errors: faults.errors, ..Report::default() };
        for sheet in Sheet::ALL {
            report.added.insert(sheet.name(), 0);
            report.changed.insert(sheet.name(), Vec::new());
            report.unchanged.insert(sheet.name(), 0);
        }
        report
    }

    /// Whether the import brought anything that was not here before.
    fn has_news(&self) -> bool {
        self.added.values().any(|count| *count > 0) || self.changed.values().any(|cells| !cells.is_empty())
    }

    fn add(&mut self, sheet: Sheet) {
        *self.added.entry(sheet.name()).or_default() += 1;
    }

    fn keep(&mut self, sheet: Sheet) {
        *self.unchanged.entry(sheet.name()).or_default() += 1;
    }

    fn warn(&mut self, sheet: Sheet, row: Option<u32>, column: Option<&str>, message: impl Into<String>) {
        self.warnings.push(fault(sheet, row, column, message));
    }

    fn error(&mut self, sheet: Sheet, row: Option<u32>, column: Option<&str>, message: impl Into<String>) {
        self.errors.push(fault(sheet, row, column, message));
    }

    /// Notes the cells of a row that changed, or that none did.
    fn note(&mut self, sheet: Sheet, changes: Vec<Change>) {
        if changes.is_empty() {
            self.keep(sheet);
        } else {
            self.changed.entry(sheet.name()).or_default().extend(changes);
        }
    }
}

fn fault(sheet: Sheet, row: Option<u32>, column: Option<&str>, message: impl Into<String>) -> Fault {
    Fault { file: sheet.file(), row, column: column.map(str::to_owned), message: message.into() }
}

/// Compares cells one by one: a column that the sheet lacks is left alone.
struct Cells<'a> {
    sheet: Sheet,
    row: Option<u32>,
    columns: &'a pack::Columns,
    changes: Vec<Change>,
}

impl<'a> Cells<'a> {
    fn of(pack: &'a Pack, sheet: Sheet, row: Option<u32>) -> Self {
        Cells { sheet, row, columns: &pack.columns, changes: Vec::new() }
    }

    /// Whether the column is there and its value is another.
    fn differs<T: PartialEq + Shown>(&mut self, column: &str, from: &T, to: &T) -> bool {
        if !self.columns.has(self.sheet, column) || from == to {
            return false;
        }
        self.push(column, from.shown(), to.shown());
        true
    }

    /// The same for what must never show.
    fn differs_privately<T: PartialEq>(&mut self, column: &str, from: &T, to: &T) -> bool {
        if !self.columns.has(self.sheet, column) || from == to {
            return false;
        }
        self.push(column, "(not shown)".to_owned(), "(not shown)".to_owned());
        true
    }

    fn push(&mut self, column: &str, from: String, to: String) {
        self.changes.push(Change { row: self.row, column: column.to_owned(), from, to });
    }
}

/// How a value appears in a report.
trait Shown {
    fn shown(&self) -> String;
}

impl<T: ToString> Shown for Option<T> {
    fn shown(&self) -> String {
        self.as_ref().map(T::to_string).unwrap_or_default()
    }
}

macro_rules! shown {
    ($($name:ty),+ $(,)?) => {$(
        impl Shown for $name {
            fn shown(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

shown!(
    String,
    bool,
    i32,
    NaiveDate,
    crate::domain::words::Channel,
    crate::domain::words::Format,
    crate::domain::words::Cadence,
    crate::domain::words::Attribution,
);

/// An import under way: the transaction, the open book, and what was found so far.
struct Import<'a> {
    app: &'a App,
    tx: &'a DatabaseTransaction,
    now: DateTime<Utc>,
    today: NaiveDate,
    pack: &'a Pack,
    report: Report,
    book: Book,
    /// The project came in with this import.
    is_new: bool,
    /// The last event before this import.
    before: i64,
    /// By the skeleton of their references. There can be a hundred thousand of them: what else a row holds is read when its
    /// turn comes, and not kept.
    people: HashMap<Box<str>, Person>,
    /// By the keyed hash of their codes.
    stories: HashMap<Box<str>, KnownStory>,
    /// Stories that stayed out because their teller has withdrawn.
    not_added: BTreeSet<String>,
    themes: HashMap<String, ThemeId>,
    learnings: HashMap<String, LearningId>,
    recommendations: HashMap<String, recommendation::Model>,
    /// Recommendations that came in with this import.
    new_recommendations: BTreeSet<RecommendationId>,
    /// Cells of history whose words can be read more easily.
    hard: advise::Columns,
}

/// Known rows that are read at once.
const PAGE: u64 = 5_000;

/// What is needed of a person when their row has been taken in.
#[derive(Clone)]
struct Person {
    id: ParticipantId,
    reference: Arc<str>,
    has_withdrawn: bool,
}

#[derive(Clone, Copy)]
struct KnownStory {
    id: StoryId,
    is_withdrawn: bool,
}

/// Reads the CSV files of a folder. Folders in it are left aside.
pub fn read_folder(path: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let unreadable = |error: std::io::Error| {
        Error::refused(format!("The folder {} cannot be read: {error}. Nothing was stored.", path.display()))
    };
    let mut files = BTreeMap::new();
    let mut total = 0;
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let size = entry.metadata().map_err(unreadable)?;
        if !size.is_file() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.to_lowercase().ends_with(".csv") {
            files.insert(name, Vec::new());
            continue;
        }
        total += size.len();
        if total > MAX_PACK {
            let most = MAX_PACK / 1024 / 1024;
            return Err(Error::refused(format!(
                "The files are larger than {most} MiB together. Nothing was stored."
            )));
        }
        files.insert(name, std::fs::read(entry.path()).map_err(unreadable)?);
    }
    Ok(files)
}

/// A pack from wherever it lies: a folder of CSV files, a zip of them, or a workbook.
pub fn read_from(path: &Path) -> Result<Intake> {
    let unreadable = |error: std::io::Error| {
        Error::refused(format!("{} cannot be read: {error}. Nothing was stored.", path.display()))
    };
    let found = std::fs::metadata(path).map_err(unreadable)?;
    if found.is_dir() {
        return Ok(Intake::of_files(read_folder(path)?));
    }
    let refused = |why: &str| {
        Error::refused(format!("The file {} was refused: {why}. Nothing was stored.", path.display()))
    };
    if found.len() > MAX_PACKED as u64 {
        return Err(refused(&format!("it is larger than {} MiB", MAX_PACKED / 1024 / 1024)));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    // Whatever the libraries below come across in a file that was made to harm, it stays with this file.
    std::panic::catch_unwind(|| Intake::open(&bytes))
        .unwrap_or_else(|_| Err("it is damaged".to_owned()))
        .map_err(|why| refused(&why))
}

/// Imports a pack. Where the report has errors, or for a dry run, nothing is stored. An intake that is given away takes no
/// room any more while its rows are stored.
pub async fn import<'a>(app: &App, source: impl Into<Source<'a>>, dry_run: bool) -> Result<Report> {
    let source = source.into();
    let is_workbook = source.is_workbook;
    let (pack, faults) = pack::read(source, &app.calendars);
    let mut report = Report::new(faults);
    if let Some(pack) = pack {
        report.slug = Some(pack.project.slug.clone());
        report = weigh(app, pack, report, dry_run).await?;
    }
    named_for_people(&mut report, is_workbook);
    Ok(report)
}

/// The sheets of a workbook are no files, and are called by their names.
pub fn named_for_people(report: &mut Report, is_workbook: bool) {
    for fault in report.errors.iter_mut().chain(&mut report.warnings).filter(|_| is_workbook) {
        if let Some(sheet) = Sheet::ALL.into_iter().find(|sheet| sheet.file() == fault.file) {
            fault.file = sheet.name().to_owned();
        }
    }
}

async fn weigh(app: &App, mut pack: Pack, report: Report, dry_run: bool) -> Result<Report> {
    // It takes its time, and needs nothing of the database.
    let hard = advise::columns_of(&pack);
    let tx = store::begin(&app.db).await?;
    keys::hold(&tx, &app.keys).await?;
    let mut report = run(app, &tx, &mut pack, report, hard).await?;
    in_order(&mut report.errors);
    in_order(&mut report.warnings);
    if dry_run || !report.errors.is_empty() {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
    }
    Ok(report)
}

async fn run(
    app: &App,
    tx: &DatabaseTransaction,
    pack: &mut Pack,
    report: Report,
    hard: advise::Columns,
) -> Result<Report> {
    let now = app.clock.now();
    let faulty = Faulty::of(&report.errors);
    let doubtful: Vec<Row<Act>> =
        pack.history.iter().filter(|row| faulty.has(Sheet::History, row.line)).cloned().collect();
    faulty.drop_rows(pack);
    // Each row of these is let go of when it has been taken in.
    let (participants, stories, evidence) = (
        std::mem::take(&mut pack.participants),
        std::mem::take(&mut pack.stories),
        std::mem::take(&mut pack.evidence),
    );
    let (book, is_new) = project::open(tx, &pack.project, now).await?;
    absent::fill(tx, app, &book, pack).await?;
    let before = book.project.head_seq;
    let today = book.today(now);
    let mut import = Import {
        app,
        tx,
        now,
        today,
        pack,
        report,
        book,
        is_new,
        before,
        people: HashMap::new(),
        stories: HashMap::new(),
        not_added: BTreeSet::new(),
        themes: HashMap::new(),
        learnings: HashMap::new(),
        recommendations: HashMap::new(),
        new_recommendations: BTreeSet::new(),
        hard,
    };
    import.languages();
    import.project().await?;
    import.themes().await?;
    import.learnings().await?;
    import.participants(participants).await?;
    import.stories(stories).await?;
    import.recommendations().await?;
    import.evidence(evidence).await?;
    import.rehearse_history(&doubtful).await?;
    if !import.report.errors.is_empty() {
        import.count_waiting();
        return Ok(import.report);
    }
    import.history().await?;
    publishing::tell_learnings(tx, &mut import.book, now).await?;
    if import.is_new {
        publishing::notice(tx, &mut import.book, today, now).await?;
        if app.time_travel && import.book.project.state == ProjectState::Waiting {
            projects::begin_editions(tx, &mut import.book, now).await?;
        }
        projects_table::set_noticed(tx, import.book.project.id, today).await?;
    }
    import.acts().await?;
    import.count_waiting();
    let id = import.book.project.id;
    if import.report.has_news() {
        // Pages that were kept are of the past: much of what they show, such as consent to it, is no event.
        projects_table::raise_shown(tx, id).await?;
    }
    audit::add(tx, Some(id), now, "staff", "import", &import.book.project.slug).await?;
    Ok(import.report)
}

/// In the order of the sheets and of their rows, whichever step found them.
fn in_order(faults: &mut [Fault]) {
    let sheet = |fault: &Fault| Sheet::ALL.iter().position(|sheet| sheet.file() == fault.file);
    faults.sort_by_key(|fault| (sheet(fault).unwrap_or(usize::MAX), fault.row.unwrap_or(u32::MAX)));
}

/// The rows that are in error already, by file and row.
struct Faulty(BTreeSet<(String, u32)>);

impl Faulty {
    fn of(errors: &[Fault]) -> Self {
        Faulty(errors.iter().filter_map(|fault| Some((fault.file.clone(), fault.row?))).collect())
    }

    fn has(&self, sheet: Sheet, line: u32) -> bool {
        self.0.contains(&(sheet.file(), line))
    }

    fn drop_rows(&self, pack: &mut Pack) {
        fn keep<T>(faulty: &Faulty, sheet: Sheet, rows: &mut Vec<Row<T>>) {
            rows.retain(|row| !faulty.has(sheet, row.line));
        }
        keep(self, Sheet::Participants, &mut pack.participants);
        keep(self, Sheet::Stories, &mut pack.stories);
        keep(self, Sheet::Themes, &mut pack.themes);
        keep(self, Sheet::Learnings, &mut pack.learnings);
        keep(self, Sheet::Recommendations, &mut pack.recommendations);
        keep(self, Sheet::Evidence, &mut pack.evidence);
        keep(self, Sheet::History, &mut pack.history);
        keep(self, Sheet::Acts, &mut pack.acts);
    }
}

/// The ids behind the references of a row; one that is not known belongs to a row that is in error.
fn ids<T: Copy>(of: &HashMap<String, T>, references: &[Arc<str>]) -> Vec<T> {
    references.iter().filter_map(|reference| of.get(&**reference).copied()).collect()
}

/// A person, for messages to staff: the id of the row.
fn person_of(import: &Import<'_>, id: ParticipantId) -> Option<String> {
    import.people.values().find(|person| person.id == id).map(|person| person.reference.to_string())
}
