use chrono::TimeZone;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn london(expression: &str) -> Schedule {
    Schedule::parse(expression, chrono_tz::Europe::London).expect("a schedule")
}

#[test]
fn the_local_hour_stays_when_the_clocks_change() {
    let schedule = london("0 10 1 * *");
    let march = schedule.next_after(at("2026-02-10T00:00:00Z")).expect("March");
    let april = schedule.next_after(march).expect("April");
    assert_eq!((march, april), (at("2026-03-01T10:00:00Z"), at("2026-04-01T09:00:00Z")));
}

#[test]
fn an_hour_that_comes_twice_or_never_gives_one_edition() {
    let schedule = london("30 1 * * *");
    // In 2026 the clocks go back on 25 October at 01:00 UTC and forward on 29 March at 01:00 UTC.
    for (from, to) in
        [("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"), ("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")]
    {
        let mut found = Vec::new();
        let mut next = schedule.next_after(at(from)).expect("a moment");
        while next < at(to) {
            found.push(next);
            next = schedule.next_after(next).expect("a moment");
        }
        assert_eq!(found.len(), 1, "between {from} and {to}: {found:?}");
    }
}

#[test]
fn the_last_moment_looks_back_to_what_the_next_one_promised() {
    for expression in ["0 10 1 * *", "30 1 * * *", "0 9 29 2 *", "15 2 * * 0"] {
        let schedule = london(expression);
        let mut next = schedule.next_after(at("2026-01-01T00:00:00Z")).expect("a moment");
        for _ in 0..40 {
            assert_eq!(schedule.last_at(next), Some(next), "{expression} at {next}");
            assert_eq!(
                schedule.last_at(next + chrono::Duration::minutes(1)),
                Some(next),
                "{expression} after {next}"
            );
            next = schedule.next_after(next).expect("a moment");
        }
    }
}

#[test]
fn a_schedule_of_29_february_waits_for_the_leap_year() {
    let next = london("0 10 29 2 *").next_after(at("2026-01-01T00:00:00Z")).expect("a leap day");
    assert_eq!(
        next,
        chrono_tz::Europe::London.with_ymd_and_hms(2028, 2, 29, 10, 0, 0).single().expect("a leap day")
    );
}

#[test]
fn the_first_edition_leaves_time_for_review() {
    let schedule = london("0 10 1 * *");
    let first = schedule.first_edition(at("2026-04-27T12:00:00Z"), 5).expect("an edition");
    assert_eq!(schedule.day(first), day("2026-06-01"));
    let exact = schedule.first_edition(at("2026-04-26T09:00:00Z"), 5).expect("an edition");
    assert_eq!(schedule.day(exact), day("2026-05-01"));
}

#[test]
fn cadences_count_calendar_months_from_the_last_time_somebody_was_told() {
    let (last, since) = (Some(day("2026-01-31")), day("2026-01-01"));
    assert!(!is_due(Cadence::Quarterly, day("2026-04-29"), last, since, true));
    assert!(is_due(Cadence::Quarterly, day("2026-04-30"), last, since, false));
    assert!(is_due(Cadence::Yearly, day("2027-01-31"), last, since, false));
    assert!(!is_due(Cadence::Yearly, day("2027-01-30"), last, since, false));
    assert!(is_due(Cadence::Yearly, day("2026-02-01"), None, since, false));
}

#[test]
fn when_done_waits_for_an_end_but_no_longer_than_a_year() {
    let since = day("2026-01-15");
    assert!(!is_due(Cadence::WhenDone, day("2026-02-01"), None, since, false));
    assert!(is_due(Cadence::WhenDone, day("2026-02-01"), None, since, true));
    assert!(is_due(Cadence::WhenDone, day("2027-01-15"), None, since, false));
}

#[test]
fn the_next_update_of_a_quarterly_reader_is_the_first_edition_three_months_on() {
    let schedule = london("0 10 1 * *");
    let period = at("2026-02-01T10:00:00Z");
    assert_eq!(schedule.next_for(Cadence::Every, period), Some(day("2026-03-01")));
    assert_eq!(schedule.next_for(Cadence::Quarterly, period), Some(day("2026-05-01")));
    assert_eq!(schedule.next_for(Cadence::Yearly, period), Some(day("2027-02-01")));
}
