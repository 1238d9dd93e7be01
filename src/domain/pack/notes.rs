//! What is noted while the sheets are read one by one, so that `check` can look across them afterwards. It is noted
//! from single cells and not from finished rows: a row with a fault in one cell still takes part with the others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::contact;
use super::faults::{Ledger, Place};
use super::sheets::Sheet;
use crate::domain::calendars::Calendars;
use crate::domain::words::Channel;

#[derive(Default)]
pub(super) struct Notes {
    /// Those that quiet times can name.
    pub calendars: Calendars,
    /// The sheets are those of a workbook and no files.
    pub is_workbook: bool,
    /// In `02/03/2025` the day comes first: the sheet `project` says so.
    pub day_first: bool,
    /// Rows that may still come, where those of all sheets together are limited.
    pub rows_left: Option<usize>,
    /// Cells in other languages so far.
    pub translated: usize,
    pub ledger: Ledger,
    /// The columns that each sheet has; of `project` the keys.
    pub present: BTreeMap<Sheet, BTreeSet<&'static str>>,
    /// Those in other languages, by the languages' tags.
    pub present_translated: BTreeSet<(Sheet, &'static str, String)>,
    pub keys: HashMap<Sheet, Keys>,
    /// Codes and other words that stand in many rows, each kept once.
    shared: HashSet<Arc<str>>,
    /// Those that lead nowhere as far as the sheets have been read.
    references: Vec<Reference>,
    /// Codes in them.
    noted: usize,
    uniques: FirstRows,
    mailboxes: FirstRows,
    /// Of each story: its code, its row, and who told it.
    pub owners: Vec<(Arc<str>, u32, Arc<str>)>,
    /// By participant id, the channels by which a message would arrive.
    pub reachable_by: HashMap<Arc<str>, [Option<Channel>; 3]>,
    pub withdrawals: Vec<Act>,
    pub channel_choices: Vec<(u32, Arc<str>, Channel)>,
    /// Refs of recommendations of which a row of history could not be read.
    pub spoiled: BTreeSet<String>,
    /// There is such a row of which not even the recommendation could be read.
    pub spoiled_any: bool,
}

/// The keys of one sheet, as far as they could be read.
#[derive(Default)]
pub(super) struct Keys {
    pub rows: Vec<Key>,
    pub known: HashSet<Arc<str>>,
    /// How many rows have no key that could be read.
    pub lost: usize,
    /// Keys with forbidden characters.
    pub damaged: Vec<Damaged>,
    /// The sheet as a whole could not be read: nobody knows what it holds.
    pub unreadable: bool,
}

pub(super) struct Key {
    pub row: u32,
    pub code: Arc<str>,
    /// The row's cells stand where they should, so that it can be compared with the others.
    pub sound: bool,
}

/// What is left of a key without the characters that may not stand in it, and how many those were.
pub(super) struct Damaged {
    pub rest: String,
    pub taken_out: usize,
}

impl Damaged {
    pub fn new(raw: &str, rest: String) -> Self {
        let taken_out = raw.chars().count().saturating_sub(rest.chars().count());
        Damaged { rest, taken_out }
    }

    /// Whether the key may have been this code: the characters were added to it, or stand in the place of others.
    pub fn may_be(&self, code: &str) -> bool {
        code.len().max(self.rest.len()) <= 100
            && strsim::levenshtein(&self.rest, code) <= self.taken_out.min(3)
    }
}

/// A cell that names rows of another sheet.
pub(super) struct Reference {
    pub place: Place,
    pub to: Sheet,
    pub codes: Vec<Arc<str>>,
}

/// In which row something stands first. What it is is kept as 128 bits under keys that nobody can know beforehand, because
/// a hundred thousand rows would otherwise be kept twice.
#[derive(Default)]
struct FirstRows {
    keys: [RandomState; 2],
    rows: HashMap<[u64; 2], u32>,
}

impl FirstRows {
    fn of(&mut self, what: (Sheet, &[&str]), row: u32) -> u32 {
        let print = [self.keys[0].hash_one(what), self.keys[1].hash_one(what)];
        *self.rows.entry(print).or_insert(row)
    }
}

/// Codes that lead nowhere and are looked at. What comes after so many is not missed: these are errors, or the rows are
/// whose codes they may be.
const MAX_NOTED: usize = 100_000;

/// An act that names a story.
pub(super) struct Act {
    pub row: u32,
    pub participant: Arc<str>,
    pub story: Arc<str>,
}

impl Notes {
    pub fn new(calendars: Calendars, is_workbook: bool, rows_left: Option<usize>) -> Self {
        Notes { calendars, is_workbook, rows_left, ..Notes::default() }
    }

    pub fn has(&self, sheet: Sheet, column: &str) -> bool {
        self.present.get(&sheet).is_some_and(|columns| columns.contains(column))
    }

    pub fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.shared.get(text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        self.shared.insert(text.clone());
        text
    }

    /// A row of a sheet that others refer to.
    pub fn key(&mut self, sheet: Sheet, row: u32, code: &str, sound: bool) {
        let code = self.shared(code);
        let keys = self.keys.entry(sheet).or_default();
        keys.known.insert(code.clone());
        keys.rows.push(Key { row, code, sound });
    }

    /// A cell that names rows of a sheet which has been read by now.
    pub fn refer(&mut self, place: Place, to: Sheet, codes: &[Arc<str>]) {
        let keys = self.keys.get(&to);
        if self.noted > MAX_NOTED || keys.is_some_and(|keys| keys.unreadable) {
            return;
        }
        let is_unknown = |code: &&Arc<str>| keys.is_none_or(|keys| !keys.known.contains(*code));
        let codes: Vec<Arc<str>> = codes.iter().filter(is_unknown).cloned().collect();
        if !codes.is_empty() {
            self.noted += codes.len();
            self.references.push(Reference { place, to, codes });
        }
    }

    pub fn references(&mut self) -> Vec<Reference> {
        std::mem::take(&mut self.references)
    }

    /// What may stand only once in a sheet.
    pub fn once(&mut self, place: Place, row: u32, key: &[&str], what: &str) {
        let first = self.uniques.of((place.sheet, key), row);
        if first != row {
            let message = format!("{what} (row {row}) stand in row {first} already: expected them once");
            self.ledger.error(place, message);
        }
    }

    /// The address of a participant. Two people can share one, so this is only pointed out.
    pub fn mailbox(&mut self, row: u32, address: &str) {
        let sheet = Sheet::Participants;
        let first = self.mailboxes.of((sheet, &[&contact::same_mailbox(address)]), row);
        if first != row {
            let message = format!(
                "rows {first} and {row} have the same address, or one that differs only in capitals or a +tag: if \
                 they are one person, the updates come twice"
            );
            self.ledger.warn(Place::cell(sheet, row, "email"), message);
        }
    }

    /// Nothing of the sheet can be told, or not all of it: references to it are not held against anybody.
    pub fn unreadable(&mut self, sheet: Sheet) {
        self.keys.entry(sheet).or_default().unreadable = true;
    }
}
