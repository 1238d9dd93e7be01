//! How a pack comes in: as files of a folder, as a zip of such files, or as a workbook whose sheets have their names.
//! What is refused here is refused as a whole, before much of it is unpacked; what is only left aside is said.

mod archive;
mod ods;
mod styles;
mod tab;
mod xlsx;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use tab::{Kind, Tab};

use super::MAX_PACKED_ROWS;
use super::faults::Fault;
use super::sheets::{ERRORS, READ_ME, Sheet};
use archive::Archive;

/// Bytes of a workbook or a zip.
pub const MAX_PACKED: usize = 16 * 1024 * 1024;
/// Bytes of the files in a zip together, unpacked.
const MAX_FILES: u64 = 24 * 1024 * 1024;

/// A pack as it came in, before anything of it is read.
#[derive(Default)]
pub struct Intake {
    files: BTreeMap<String, Vec<u8>>,
    tabs: Vec<Tab>,
    /// What was left aside, and where.
    said: Vec<(String, String)>,
    is_workbook: bool,
    is_packed: bool,
}

/// A pack for reading: its sheets, wherever they lie. One that was made of an intake itself, and not of a reference to it,
/// lets go of each sheet when it has been read.
pub struct Source<'a> {
    pub(super) entries: Vec<(Cow<'a, str>, Content<'a>)>,
    said: Cow<'a, [(String, String)]>,
    pub is_workbook: bool,
    /// Rows that all sheets may have together.
    pub(super) max_rows: Option<usize>,
}

/// One sheet.
pub enum Content<'a> {
    Csv(Cow<'a, [u8]>),
    Tab(Cow<'a, Tab>),
}

impl Intake {
    /// The files of a folder.
    pub fn of_files(files: BTreeMap<String, Vec<u8>>) -> Self {
        Intake { files, ..Intake::default() }
    }

    /// A single file: a workbook or a zip of CSV files, by what it holds and not by its name.
    ///
    /// # Errors
    /// Says why the file is refused, in words that follow "The file".
    pub fn open(bytes: &[u8]) -> Result<Self, String> {
        match bytes {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => {}
            [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                return Err("it is an old workbook (.xls), or has a password: save it as .xlsx, without a \
                            password"
                    .to_owned());
            }
            _ if bytes.starts_with(b"<?xml") || bytes.starts_with(b"\xef\xbb\xbf<?xml") => {
                return Err("it is a workbook in one piece of XML: save it as .xlsx or .ods".to_owned());
            }
            _ => {
                return Err(
                    "it is neither a workbook (.xlsx, .ods) nor a zip: for CSV files, name the folder \
                            that holds them"
                        .to_owned(),
                );
            }
        }
        let mut archive = Archive::open(bytes)?;
        let has = |name: &str| archive.names().iter().any(|known| known == name);
        if has("[Content_Types].xml") {
            return Ok(Intake::of_sheets(xlsx::read(&mut archive)?));
        }
        if has("content.xml") {
            return Ok(Intake::of_sheets(ods::read(&mut archive)?));
        }
        zipped(&mut archive)
    }

    fn of_sheets(sheets: Sheets) -> Self {
        let mut said = sheets.said;
        for tab in &sheets.tabs {
            said.extend(tab.cautions.iter().map(|caution| (tab.shown(), caution.clone())));
        }
        for name in sheets.others.iter().filter(|name| !is_ours(name)) {
            let nearest = super::sheets::nearest(name, Sheet::ALL.map(Sheet::name));
            let nearest = nearest.map_or("project", |(name, _)| name);
            said.push((name.clone(), format!("is no sheet and was not read; the nearest name is {nearest}")));
        }
        Intake { tabs: sheets.tabs, said, is_workbook: true, is_packed: true, ..Intake::default() }
    }

    pub fn source(&self) -> Source<'_> {
        Source::from(self)
    }
}

impl<'a> From<&'a Intake> for Source<'a> {
    fn from(intake: &'a Intake) -> Self {
        let files = csv_files(&intake.files);
        let tabs = intake.tabs.iter().map(|tab| (tab.name.as_str().into(), Content::Tab(Cow::Borrowed(tab))));
        Source {
            entries: files.chain(tabs).collect(),
            said: Cow::Borrowed(&intake.said),
            is_workbook: intake.is_workbook,
            max_rows: intake.is_packed.then_some(MAX_PACKED_ROWS),
        }
    }
}

impl From<Intake> for Source<'_> {
    fn from(intake: Intake) -> Self {
        let files = intake.files.into_iter().map(|(name, bytes)| (name.into(), Content::Csv(bytes.into())));
        let tabs =
            intake.tabs.into_iter().map(|tab| (tab.name.clone().into(), Content::Tab(Cow::Owned(tab))));
        Source {
            entries: files.chain(tabs).collect(),
            said: intake.said.into(),
            is_workbook: intake.is_workbook,
            max_rows: intake.is_packed.then_some(MAX_PACKED_ROWS),
        }
    }
}

impl<'a> From<&'a BTreeMap<String, Vec<u8>>> for Source<'a> {
    fn from(files: &'a BTreeMap<String, Vec<u8>>) -> Self {
        let entries = csv_files(files).collect();
        Source { entries, said: Cow::Borrowed(&[]), is_workbook: false, max_rows: None }
    }
}

fn csv_files(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (Cow<'_, str>, Content<'_>)> {
    files.iter().map(|(name, bytes)| (name.as_str().into(), Content::Csv(bytes.into())))
}

impl<'a> Source<'a> {
    /// The content of a sheet, if there is one.
    pub fn sheet(&self, sheet: Sheet) -> Option<&Content<'a>> {
        self.entries.iter().find(|(name, _)| self.names(name, sheet)).map(|(_, content)| content)
    }

    pub(super) fn names(&self, name: &str, sheet: Sheet) -> bool {
        is_named(name, sheet, self.is_workbook)
    }

    /// What was left aside on the way in, as warnings.
    pub(super) fn said(&self) -> impl Iterator<Item = Fault> {
        self.said.iter().map(|(file, message)| Fault {
            file: file.chars().filter(|c| !c.is_control()).take(100).collect(),
            row: None,
            column: None,
            message: message.clone(),
        })
    }

    /// How a sheet is called where this pack comes from.
    pub fn called(&self, sheet: Sheet) -> String {
        sheet.called(self.is_workbook)
    }
}

fn is_named(name: &str, sheet: Sheet, is_workbook: bool) -> bool {
    match is_workbook {
        true => name.trim().eq_ignore_ascii_case(sheet.name()),
        false => name.eq_ignore_ascii_case(&sheet.file()),
    }
}

/// What a workbook holds.
#[derive(Default)]
struct Sheets {
    tabs: Vec<Tab>,
    /// The names of the sheets that were not read.
    others: Vec<String>,
    said: Vec<(String, String)>,
}

/// Sheets that were left aside, and what is said of them: more than anybody reads.
const MAX_ASIDE: usize = 2_000;

impl Sheets {
    fn caution(&mut self, name: &str, message: &str) {
        if self.said.len() < MAX_ASIDE {
            self.said.push((name.to_owned(), message.to_owned()));
        }
    }

    fn other(&mut self, name: String) {
        if self.others.len() < MAX_ASIDE {
            self.others.push(name);
        }
    }

    fn hidden(&mut self, name: &str) {
        self.caution(name, "this sheet is hidden and was not read: show it if it belongs to the pack");
    }
}

/// Whether a sheet of this name is part of a pack.
fn read_as(name: &str) -> bool {
    Sheet::ALL.into_iter().any(|sheet| is_named(name, sheet, true))
}

/// Sheets that our own workbooks have beside those of the pack.
fn is_ours(name: &str) -> bool {
    [READ_ME, ERRORS].iter().any(|ours| name.trim().eq_ignore_ascii_case(ours))
}

fn say_hidden_rows(tab: &mut Tab, count: usize) {
    if count > 0 {
        tab.cautions.push(format!("has {count} hidden rows (by a filter, perhaps), which were read too"));
    }
}

fn say_merged(tab: &mut Tab, first: Option<&str>, count: usize) {
    if let Some(first) = first {
        let first: String = first.chars().filter(|c| !c.is_control()).take(40).collect();
        let all = if count == 1 { String::new() } else { format!(" and {} more", count - 1) };
        tab.cautions.push(format!(
            "has merged cells ({first}{all}): what stands there counts for the first of them only"
        ));
    }
}

/// Adds to the text of a cell, no further than can be told to be too long.
fn append(text: &mut String, more: &str) {
    let room = tab::MAX_KEPT.saturating_sub(text.len());
    text.push_str(&more[..more.floor_char_boundary(room.min(more.len()))]);
}

/// A zip of CSV files, which may lie in one folder in it.
fn zipped(archive: &mut Archive<'_>) -> Result<Intake, String> {
    let names: Vec<String> =
        archive.names().iter().filter(|name| !is_of_the_machine(name)).cloned().collect();
    let is_csv = |name: &&String| name.to_lowercase().ends_with(".csv");
    let at_top = |name: &&String| !name.contains('/');
    let mut folder = String::new();
    if !names.iter().filter(is_csv).any(|name| at_top(&name)) {
        let folders = names.iter().filter(is_csv).filter_map(|name| name.split_once('/'));
        let mut folders: Vec<&str> = folders.map(|(first, _)| first).collect();
        folders.sort_unstable();
        folders.dedup();
        match folders.as_slice() {
            [only] => folder = format!("{only}/"),
            [] if names.iter().any(|name| is_workbook(name)) => {
                return Err("it holds a workbook: unpack it and bring in the workbook itself".to_owned());
            }
            [] => return Err("it holds neither CSV files nor the sheets of a workbook".to_owned()),
            _ => return Err("its CSV files lie in several folders: expected them in one".to_owned()),
        }
    }
    let mut intake = Intake { is_packed: true, ..Intake::default() };
    let mut total = 0;
    for name in names {
        let Some(inner) = name.strip_prefix(&folder) else { continue };
        if inner.contains('/') {
            continue;
        }
        if !is_csv(&&name) {
            intake.files.insert(inner.to_owned(), Vec::new());
            continue;
        }
        total += archive.size(&name).unwrap_or(0);
        if total > MAX_FILES {
            return Err(format!("its CSV files are larger than {} MiB together", MAX_FILES / 1024 / 1024));
        }
        let bytes = archive.bytes(&name)?.unwrap_or_default();
        intake.files.insert(inner.to_owned(), bytes);
    }
    Ok(intake)
}

/// What some systems put into every zip.
fn is_of_the_machine(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.split('/').any(|step| step.starts_with('.'))
}

pub(super) fn is_workbook(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|suffix| lower.ends_with(suffix))
}
