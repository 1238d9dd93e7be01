//! What is noted while the sheets are read one by one, so that `check` can look across them afterwards. It is noted
//! from single cells and not from finished rows: a row with a fault in one cell still takes part with the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    pub ledger: Ledger,
    /// The columns that each sheet has; of `project` the keys.
    pub present: BTreeMap<Sheet, BTreeSet<&'static str>>,
    pub keys: HashMap<Sheet, Keys>,
    pub references: Vec<Reference>,
    pub uniques: Vec<Unique>,
    /// By story code the rows that have it, and who told it.
    pub owners: HashMap<String, Vec<(u32, String)>>,
    /// By participant id, the channels by which a message would arrive.
    pub reachable_by: HashMap<String, Vec<Channel>>,
    /// Row of a participant, and what `contact::same_mailbox` makes of the address.
    pub mailboxes: Vec<(u32, String)>,
    pub withdrawals: Vec<Act>,
    pub channel_choices: Vec<(u32, String, Channel)>,
    /// Refs of recommendations of which a row of history could not be read.
    pub spoiled: BTreeSet<String>,
    /// There is such a row of which not even the recommendation could be read.
    pub spoiled_any: bool,
}

/// The keys of one sheet, as far as they could be read.
#[derive(Default)]
pub(super) struct Keys {
    pub rows: Vec<Key>,
    /// How many rows have no key that could be read.
    pub lost: usize,
    /// Keys with forbidden characters.
    pub damaged: Vec<Damaged>,
    /// The sheet as a whole could not be read: nobody knows what it holds.
    pub unreadable: bool,
}

pub(super) struct Key {
    pub row: u32,
    pub code: String,
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
    pub codes: Vec<String>,
}

/// What may stand only once in a sheet.
pub(super) struct Unique {
    pub place: Place,
    pub row: u32,
    pub key: Vec<String>,
    pub what: &'static str,
}

/// An act that names a story.
pub(super) struct Act {
    pub row: u32,
    pub participant: String,
    pub story: String,
}

impl Notes {
    pub fn has(&self, sheet: Sheet, column: &str) -> bool {
        self.present.get(&sheet).is_some_and(|columns| columns.contains(column))
    }

    /// Nothing of the sheet can be told, or not all of it: references to it are not held against anybody.
    pub fn unreadable(&mut self, sheet: Sheet) {
        self.keys.entry(sheet).or_default().unreadable = true;
    }
}
