//! What can only be seen across rows and sheets: doubled and confusable codes, references that lead nowhere, addresses
//! that stand for one person twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::codes::{LOOK_ALIKE, has_look_alikes, quoted, skeleton};
use super::faults::Place;
use super::notes::{Key, Keys, Notes, Reference};
use super::people;
use super::sheets::Sheet;

/// Unknown codes of one cell that its error names.
const MAX_TOLD: usize = 10;

pub(super) fn across(notes: &mut Notes) {
    let keys = std::mem::take(&mut notes.keys);
    let references = notes.references();
    for sheet in Sheet::ALL.into_iter().filter(|sheet| *sheet != Sheet::Project) {
        let Some(column) = sheet.key() else { continue };
        let nothing = Keys::default();
        let keys = keys.get(&sheet).unwrap_or(&nothing);
        let first_of = doubles(notes, sheet, column, keys);
        let references = references.iter().filter(|reference| reference.to == sheet);
        dangling(notes, sheet, column, keys, &first_of, references);
    }
    withdrawals(notes);
    people::check_choices(notes);
}

/// Two codes with one skeleton are a duplicate; one that is written with look-alikes and stands alone is pointed out.
/// Gives the first row of each skeleton.
fn doubles<'k>(
    notes: &mut Notes,
    sheet: Sheet,
    column: &'static str,
    keys: &'k Keys,
) -> HashMap<String, &'k Key> {
    let mut first_of: HashMap<String, &Key> = HashMap::new();
    let mut doubled = HashSet::new();
    for key in &keys.rows {
        let skeleton = skeleton(&key.code);
        let Some(first) = first_of.get(&skeleton) else {
            first_of.insert(skeleton, key);
            continue;
        };
        doubled.insert(skeleton);
        if !key.sound {
            continue;
        }
        let (one, other) = (quoted(&key.code), quoted(&first.code));
        let (here, there) = (key.row, first.row);
        let differs = match key.code == first.code {
            true => String::new(),
            false => format!(", from which it differs only by {LOOK_ALIKE}"),
        };
        let message = format!(
            "{one} (row {here}) is a duplicate of {other} (row {there}){differs}: expected each {column} once"
        );
        notes.ledger.error(Place::cell(sheet, here, column), message);
    }
    for (skeleton, key) in &first_of {
        if key.sound && has_look_alikes(&key.code) && !doubled.contains(skeleton) {
            let code = quoted(&key.code);
            let message =
                format!("{code} is written with {LOOK_ALIKE}: others will not find it when they type it");
            notes.ledger.warn(Place::cell(sheet, key.row, column), message);
        }
    }
    first_of
}

/// References to rows that are not there. A row that is there with a fault is there.
fn dangling<'r>(
    notes: &mut Notes,
    to: Sheet,
    column: &'static str,
    keys: &Keys,
    first_of: &HashMap<String, &Key>,
    references: impl Iterator<Item = &'r Reference>,
) {
    if keys.unreadable {
        return;
    }
    let damaged = |code: &str| keys.damaged.iter().any(|damaged| damaged.may_be(code));
    let mut strangers = Vec::new();
    for reference in references {
        let codes = reference.codes.iter().map(|code| &**code);
        for code in codes.filter(|code| !damaged(code)) {
            let meant = first_of.get(&skeleton(code)).copied();
            strangers.push(Stranger { place: &reference.place, code, meant });
        }
    }
    let doubtful = |key: &&Key| !key.sound || notes.ledger.is_in_error(&Place::cell(to, key.row, column));
    let misread = keys.damaged.len() + keys.rows.iter().filter(doubtful).count();
    let forgiven = right_codes_of_faulty_rows(&strangers, keys.lost, misread);
    strangers.retain(|stranger| stranger.meant.is_some() || !forgiven.contains(stranger.code));
    let mut in_small: HashMap<String, &str> = HashMap::new();
    if !strangers.is_empty() {
        in_small = keys.rows.iter().map(|key| (key.code.to_lowercase(), &*key.code)).collect();
    }
    for of_one_cell in strangers.chunk_by(|one, next| one.place == next.place) {
        let told = of_one_cell.iter().take(MAX_TOLD);
        let messages: Vec<String> =
            told.map(|stranger| stranger.message(to, notes.is_workbook, &in_small)).collect();
        let place = of_one_cell[0].place.clone();
        notes.ledger.error(place, messages.join("; "));
    }
}

/// A reference to a row that is itself in error is not another error, but where the error is in the row's own code
/// the reference cannot be told from one that leads nowhere. So as many of the unknown codes are let pass as there
/// are such rows, the most used ones first: any for a row without a readable code, and for one whose code is doubled,
/// refused or in a row that cannot be cut into cells, those in use more than once.
fn right_codes_of_faulty_rows<'a>(
    strangers: &[Stranger<'a>],
    without: usize,
    misread: usize,
) -> HashSet<&'a str> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for stranger in strangers.iter().filter(|stranger| stranger.meant.is_none()) {
        *uses.entry(stranger.code).or_default() += 1;
    }
    let mut codes: Vec<(&str, usize)> = uses.into_iter().collect();
    codes.sort_by_key(|(_, uses)| std::cmp::Reverse(*uses));
    let passes = |(rank, (_, uses)): &(usize, (&str, usize))| {
        *rank < without || (*uses > 1 && *rank < without + misread)
    };
    codes.into_iter().enumerate().filter(passes).map(|(_, (code, _))| code).collect()
}

/// A code in a reference that no row has.
struct Stranger<'a> {
    place: &'a Place,
    code: &'a str,
    /// The row that has a code which looks the same.
    meant: Option<&'a Key>,
}

impl Stranger<'_> {
    fn message(&self, to: Sheet, in_workbook: bool, in_small: &HashMap<String, &str>) -> String {
        let (one, file, shown) = (to.one(), to.called(in_workbook), quoted(self.code));
        if let Some(Key { row, code, .. }) = self.meant {
            return format!(
                "unknown {one} {shown}: did you mean {} (row {row} of {file})? These differ by {LOOK_ALIKE}",
                quoted(code)
            );
        }
        match in_small.get(&self.code.to_lowercase()) {
            Some(code) => format!("unknown {one} {shown}: did you mean {}? Capitals count", quoted(code)),
            None => format!("unknown {one} {shown}: expected one that stands in {file}"),
        }
    }
}

fn withdrawals(notes: &mut Notes) {
    let withdrawals = std::mem::take(&mut notes.withdrawals);
    let mut owners_of: HashMap<&str, Vec<(u32, &str)>> =
        withdrawals.iter().map(|act| (&*act.story, Vec::new())).collect();
    for (story, row, teller) in &notes.owners {
        if let Some(owners) = owners_of.get_mut(&**story) {
            owners.push((*row, teller));
        }
    }
    for act in &withdrawals {
        let Some(owners) = owners_of.get(&*act.story).filter(|owners| !owners.is_empty()) else {
            continue;
        };
        let of_this_person = owners.iter().any(|(_, owner)| **owner == *act.participant);
        let in_doubt = notes.ledger.is_in_error(&Place::cell(Sheet::Acts, act.row, "participant"))
            || owners
                .iter()
                .any(|(row, _)| notes.ledger.is_in_error(&Place::cell(Sheet::Stories, *row, "participant")));
        if !of_this_person && !in_doubt {
            let (story, person) = (quoted(&act.story), quoted(&act.participant));
            let message = format!("expected a story of participant {person}; {story} is somebody else's");
            notes.ledger.error(Place::cell(Sheet::Acts, act.row, "story"), message);
        }
    }
}
