//! The sheet `project`: one key and one value in each row.

use chrono::DateTime;
use chrono_tz::Tz;

use super::cells::{Cell, Cells, Slot};
use super::faults::Place;
use super::notes::{Key, Notes};
use super::rows::ProjectSheet;
use super::sheets::{PROJECT_FILE, SLIP, Sheet, find, names, nearest};
use super::{Content, Row, cell, contact, table, values};
use crate::domain::quiet::QuietTimes;
use crate::domain::schedule::Schedule;
use crate::domain::words::DateOrder;

/// 2000-01-01: the rule whether a schedule ever comes round must not depend on the day of the import.
const SOME_DAY: i64 = 946_684_800;

const MAX_DAYS: u32 = 3650;

pub(super) fn read(notes: &mut Notes, content: Content<'_>) -> Option<ProjectSheet> {
    let keys = Sheet::Project.columns();
    let rows = table::rows(notes, Sheet::Project, PROJECT_FILE, content, |cells| {
        cells.need("key", "the name of a setting");
        Some((cells.text("key")?, cells.cell("value").clone()))
    });
    // No column `key`, or nothing readable at all: that is the fault, and not each missing key.
    notes.present.remove(&Sheet::Project).filter(|columns| columns.contains("key"))?;
    let mut slots = slots_of(notes, rows);
    keep_to_one_line(notes, &mut slots);
    missing(notes, &slots);
    let present = slots.iter().zip(keys).filter(|(slot, _)| slot.cell != Cell::Absent);
    notes.present.insert(Sheet::Project, present.map(|(_, key)| key.name).collect());
    settings(&mut Cells::new(notes, Sheet::Project, 1, keys, slots))
}

fn value_in(row: u32, cell: Cell) -> Slot {
    Slot { row, column: "value", cell }
}

/// For each key its row and value.
fn slots_of(notes: &mut Notes, rows: Vec<Row<(String, Cell)>>) -> Vec<Slot> {
    let keys = Sheet::Project.columns();
    let mut slots: Vec<Slot> = keys.iter().map(|_| value_in(1, Cell::Absent)).collect();
    let index = |name: &str| keys.iter().position(|known| known.name == name);
    let mut unknown = Vec::new();
    for found in rows {
        let (row, (key, value)) = (found.line, found.value);
        match find(keys, &key).and_then(|known| index(known.name)) {
            None => unknown.push((row, key, value)),
            Some(at) if slots[at].cell == Cell::Absent => slots[at] = value_in(row, value),
            Some(at) => {
                let message =
                    format!("expected each key once; this one stands in row {} already", slots[at].row);
                notes.ledger.error(Place::cell(Sheet::Project, row, "key"), message);
            }
        }
    }
    for (row, key, value) in unknown {
        let free = keys.iter().zip(&slots).filter(|(_, slot)| slot.cell == Cell::Absent);
        let slip = nearest(&key, free.map(|(known, _)| known.name)).filter(|(_, nearness)| *nearness >= SLIP);
        let meant = slip.or_else(|| nearest(&key, keys.iter().map(|known| known.name)));
        let meant = meant.map(|(name, _)| format!("the nearest name is `{name}`; ")).unwrap_or_default();
        let message = format!("unknown key: {meant}expected one of {}", names(keys));
        notes.ledger.error(Place::cell(Sheet::Project, row, "key"), message);
        if let Some(at) = slip.and_then(|(name, _)| index(name)) {
            slots[at] = value_in(row, value);
        }
    }
    // A row that could not be cut into its two cells has its key all the same.
    let rows = notes.keys.get(&Sheet::Project).map_or(&[][..], |known| &known.rows);
    for key in rows.iter().filter(|key| !key.sound) {
        if let Some(at) = find(keys, &key.code).and_then(|known| index(known.name))
            && slots[at].cell == Cell::Absent
        {
            slots[at] = value_in(key.row, Cell::Bad);
        }
    }
    slots
}

/// The column `value` may hold several lines, most of the values may not.
fn keep_to_one_line(notes: &mut Notes, slots: &mut [Slot]) {
    for (slot, key) in slots.iter_mut().zip(Sheet::Project.columns()) {
        let Cell::Text(text) = &slot.cell else { continue };
        if let Err(message) = cell::clean(text, key.long) {
            notes.ledger.error(Place::cell(Sheet::Project, slot.row, "value"), message);
            slot.cell = Cell::Bad;
        }
    }
}

/// Keys that must be there and are not, unless they may be in rows whose key is in error.
fn missing(notes: &mut Notes, slots: &[Slot]) {
    let keys = Sheet::Project.columns().iter().zip(slots);
    let missing: Vec<_> = keys.filter(|(key, slot)| key.must && slot.cell == Cell::Absent).collect();
    let without_key = notes.keys.get(&Sheet::Project).map_or(0, |known| {
        let cut_wrongly = |key: &&Key| !key.sound && find(Sheet::Project.columns(), &key.code).is_none();
        known.lost + known.damaged.len() + known.rows.iter().filter(cut_wrongly).count()
    });
    if missing.len() <= without_key {
        return;
    }
    for (key, _) in missing {
        // There is no row to point at, so the key stands for the place.
        let place = Place { sheet: Sheet::Project, row: None, column: Some(key.name.into()) };
        notes.ledger.error(place, format!("expected a row with the key `{}`", key.name));
    }
}

fn settings(cells: &mut Cells<'_>) -> Option<ProjectSheet> {
    let order = cells.word("dates", DateOrder::read, DateOrder::codes);
    cells.notes.day_first = order == Some(DateOrder::DayFirst);
    for key in Sheet::Project.columns().iter().filter(|key| key.must) {
        cells.need(key.name, "a value for this key");
    }
    let timezone = cells.parsed("timezone", |text| {
        let expected = "expected a name of the IANA time zone database, such as Europe/London";
        text.parse::<Tz>().map_err(|_| expected.to_owned())
    });
    let schedule = cells.parsed("schedule", |text| schedule(text, timezone.unwrap_or(Tz::UTC)));
    let slug = cells.parsed("slug", values::slug);
    let title = cells.short("title", 300);
    let organisation = cells.short("organisation", 200);
    let sender_name = cells.parsed("sender_name", |text| contact::name(text).map(|()| text.to_owned()));
    let contact_email = cells.email("contact_email");
    let contact_phone = cells.parsed("contact_phone", contact::phone);
    let language = cells.parsed("language", values::language).unwrap_or_else(|| "en".to_owned());
    let review_days = days(cells, "review_days", 0, 5);
    let response_due_days = days(cells, "response_due_days", 1, 180);
    let quiet_after_days = days(cells, "quiet_after_days", 0, 60);
    let calendars = cells.notes.calendars.clone();
    let quiet_times =
        cells.parsed("quiet_times", |text| QuietTimes::parse(text, &calendars)).unwrap_or_default();
    let neutral_subjects = cells.parsed("neutral_subjects", values::yes_or_no).unwrap_or(true);
    let support_contact = cells.short("support_contact", 300);
    let concern_person = cells.short("concern_person", 300);
    Some(ProjectSheet {
        slug: slug?,
        title: title?,
        organisation: organisation?,
        summary: cells.text("summary"),
        sender_name: sender_name?,
        contact_email: contact_email?,
        contact_phone,
        language,
        timezone: timezone?,
        schedule: schedule?,
        review_days,
        response_due_days,
        quiet_after_days,
        quiet_times,
        neutral_subjects,
        support_contact,
        concern_person,
    })
}

fn days(cells: &mut Cells<'_>, key: &'static str, least: u32, default: u32) -> u32 {
    cells.parsed(key, |text| values::number(text, least..=MAX_DAYS)).unwrap_or(default)
}

fn schedule(text: &str, zone: Tz) -> Result<String, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = "expected five fields of cron (minute, hour, day, month, weekday), such as `0 10 1 * *`";
    let schedule = Schedule::parse(&text, zone).map_err(|_| expected)?;
    let start = DateTime::from_timestamp(SOME_DAY, 0).expect("the year 2000 can be told in seconds");
    if schedule.next_after(start).is_none() {
        return Err(
            "expected a schedule that comes round; this one never does, such as on 30 February".to_owned()
        );
    }
    Ok(text)
}
