use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::*;

fn quiet(calendars: &Calendars, name: &str, day: NaiveDate, hour: u32) -> bool {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour");
    calendars.find(name).expect("a calendar").quiet_until(day.and_time(time)).is_some()
}

/// The runs of days that are quiet at noon, from 2025 to 2030: the first day and how many.
fn runs(calendars: &Calendars, name: &str) -> Vec<(NaiveDate, u64)> {
    let mut runs: Vec<(NaiveDate, u64)> = Vec::new();
    let first = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
    for day in first.iter_days().take_while(|day| day.year() <= 2031) {
        if quiet(calendars, name, day, 12) {
            match runs.last_mut().filter(|(start, count)| *start + Days::new(*count) == day) {
                Some((_, count)) => *count += 1,
                None => runs.push((day, 1)),
            }
        }
    }
    runs
}

/// Easter by the algorithms of Butcher and of Meeus; both give the day in the civil calendar.
fn easter(year: i32, orthodox: bool) -> NaiveDate {
    let (month_and_day, days_later) = if orthodox {
        let (a, b, c) = (year % 4, year % 7, year % 19);
        let d = (19 * c + 15) % 30;
        (d + (2 * a + 4 * b - d + 34) % 7 + 114, 13)
    } else {
        let (a, b, c) = (year % 19, year / 100, year % 100);
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        (h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114, 0)
    };
    let number = |n: i32| u32::try_from(n).expect("a positive number");
    let day = NaiveDate::from_ymd_opt(year, number(month_and_day / 31), number(month_and_day % 31 + 1));
    day.expect("a day of spring") + Days::new(days_later)
}

#[test]
fn every_calendar_of_the_program_can_be_read_and_covers_2025_to_2030() {
    let calendars = load(None);
    assert_eq!(calendars.unreadable(), []);
    assert_eq!(
        calendars.names(),
        "Christmas, Diwali, Easter, Eid, Eid al-Adha, Eid al-Fitr, Lunar New Year, Orthodox Easter, Ramadan, \
         Rosh Hashanah, Vaisakhi, Yom Kippur"
    );
    for calendar in calendars.iter() {
        let runs = runs(&calendars, calendar.name());
        let mut by_year: BTreeMap<i32, usize> = BTreeMap::new();
        for (first, _) in &runs {
            *by_year.entry(first.year()).or_default() += 1;
        }
        let usual = if calendar.name() == "Eid" { 2 } else { 1 };
        for year in 2025..=2030 {
            let expected = if (calendar.name(), year) == ("Ramadan", 2030) { 2 } else { usual };
            assert_eq!(by_year.get(&year), Some(&expected), "{} {year}", calendar.name());
        }
        let lengths = match calendar.name() {
            "Ramadan" => 29..=30,
            "Eid" => 3..=4,
            "Eid al-Adha" | "Easter" | "Orthodox Easter" => 4..=4,
            "Eid al-Fitr" => 3..=3,
            "Lunar New Year" => 3..=4,
            "Diwali" => 1..=2,
            "Yom Kippur" => 1..=1,
            _ => 2..=2,
        };
        assert!(runs.iter().all(|(_, count)| lengths.contains(count)), "{}: {runs:?}", calendar.name());
        assert!(Some(calendar.known_until()) >= NaiveDate::from_ymd_opt(2030, 12, 31), "{}", calendar.name());
    }
}

#[test]
fn easter_is_where_it_is_worked_out_to_be() {
    let calendars = load(None);
    for (name, orthodox) in [("Easter", false), ("Orthodox Easter", true)] {
        let starts: Vec<NaiveDate> = runs(&calendars, name).into_iter().map(|(first, _)| first).collect();
        let expected: Vec<NaiveDate> =
            (2025..=2030).map(|year| easter(year, orthodox) - Days::new(2)).collect();
        assert_eq!(starts, expected, "{name}");
    }
}

#[test]
fn what_the_calendars_have_to_do_with_each_other_holds() {
    let calendars = load(None);
    let starts = |name: &str| runs(&calendars, name).into_iter();
    // The Eid begins when Ramadan is over, and the other two months and ten days later.
    let fasts: Vec<_> = starts("Ramadan").collect();
    for ((first, _), (fast, count)) in starts("Eid al-Fitr").zip(&fasts) {
        assert_eq!(first, *fast + Days::new(*count), "{first}");
    }
    for ((fitr, _), (adha, _)) in starts("Eid al-Fitr").zip(starts("Eid al-Adha")) {
        assert!((67..=69).contains(&(adha - fitr).num_days()), "{fitr} {adha}");
    }
    // 10 Tishri is nine days after the first.
    for ((new_year, _), (atonement, _)) in starts("Rosh Hashanah").zip(starts("Yom Kippur")) {
        assert_eq!(atonement, new_year + Days::new(9));
    }
    // A new moon, whole months of the moon apart.
    for name in ["Diwali", "Lunar New Year"] {
        let days: Vec<_> = starts(name).collect();
        for pair in days.windows(2) {
            let months =
                f64::from(i32::try_from((pair[1].0 - pair[0].0).num_days()).expect("few")) / 29.530_59;
            assert!((months - months.round()).abs() < 0.06, "{name} {pair:?}");
        }
    }
}

#[test]
fn the_evening_before_is_quiet_where_a_day_begins_then() {
    let calendars = load(None);
    for name in ["Yom Kippur", "Rosh Hashanah", "Lunar New Year", "Christmas"] {
        for (first, _) in runs(&calendars, name) {
            let before = first - Days::new(1);
            assert!(
                !quiet(&calendars, name, before, 14) && quiet(&calendars, name, before, 15),
                "{name} {first}"
            );
        }
    }
}

#[test]
fn names_are_known_in_the_ways_people_write_them() {
    let calendars = load(None);
    for (written, name) in [
        ("ramadan", "Ramadan"),
        ("EID", "Eid"),
        ("eid ul-fitr", "Eid al-Fitr"),
        ("EidAlAdha", "Eid al-Adha"),
        ("yomkippur", "Yom Kippur"),
        ("Rosh Hashana", "Rosh Hashanah"),
        ("Deepavali", "Diwali"),
        ("lunar  new year", "Lunar New Year"),
        ("Baisakhi", "Vaisakhi"),
    ] {
        assert_eq!(calendars.find(written).map(|calendar| calendar.name()), Some(name), "{written}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told_and_everything_else_goes_on() {
    let calendars = load(Some(Path::new("/nowhere/at/all")));
    assert_eq!(calendars.unreadable().len(), 1);
    assert!(calendars.unreadable()[0].to_string().contains("the folder cannot be read"));
    assert!(calendars.find("Ramadan").is_some());
}
