use chrono_tz::{Africa, America, Asia, Australia, Europe, Pacific};
use proptest::prelude::*;

use super::*;

const FILES: [&str; 3] = [
    "name = \"Winter Feast\"\nalso = [\"Mid-Winter\"]\nsource = \"a test\"\neve = \"15:00\"\n\
     [[days]]\nfirst = 2026-03-25\nlast = 2026-03-27\n[[days]]\nfirst = 2026-10-20\n",
    "name = \"Long Fast\"\nsource = \"a test\"\n[[days]]\nfirst = 2026-03-10\nlast = 2026-04-08\n",
    "name = \"Half a Year\"\nsource = \"a test\"\n[[days]]\nfirst = 2027-01-01\nlast = 2027-06-20\n",
];

fn calendars() -> Calendars {
    let source = |text: &str| (text[..20].to_owned(), Ok(text.to_owned()));
    let calendars = Calendars::read([FILES.map(source).into()]);
    assert_eq!(calendars.unreadable(), []);
    calendars
}

fn parse(text: &str) -> Result<QuietTimes, String> {
    QuietTimes::parse(text, &calendars())
}

fn quiet(text: &str) -> QuietTimes {
    parse(text).unwrap()
}

fn allowed(list: &[&QuietTimes], zone: Tz, at: &str) -> DateTime<Utc> {
    next_allowed(list, &calendars(), zone, utc(at))
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn quiet_times_are_read_in_the_forms_people_write_and_come_back_in_one() {
    for (written, canonical) in [
        ("", ""),
        (" ; , ", ""),
        ("Fri 12:00-15:00", "Fri 12:00-15:00"),
        ("fri 12:00 - 15:00", "Fri 12:00-15:00"),
        ("Friday 9:05\u{2013}15:00", "Fri 09:05-15:00"),
        ("Mon-Thu 18:00-09:00", "Mon-Thu 18:00-09:00"),
        ("Mon \u{2014} Thu 18:00-00:00", "Mon-Thu 18:00-24:00"),
        ("Sat", "Sat"),
        ("Sun Sat", "Sat-Sun"),
        ("Sat-Mon", "Mon Sat-Sun"),
        ("Mon Wed 18:00-20:00", "Mon Wed 18:00-20:00"),
        ("Tue 00:00-24:00", "Tue"),
        ("Sat, Sun", "Sat; Sun"),
        ("Fri 12:00-15:00, Sat", "Fri 12:00-15:00; Sat"),
        ("Sat; Sat", "Sat"),
        ("2026-02-18 .. 2026-03-19", "2026-02-18..2026-03-19"),
        ("2026-12-25..2026-12-25; Sat", "2026-12-25; Sat"),
        ("Winter Feast", "Winter Feast"),
        (" winterfeast ;WINTER  feast; mid\u{2013}winter", "Winter Feast"),
        ("long fast, Fri 12:00-15:00, Sat", "Long Fast; Fri 12:00-15:00; Sat"),
    ] {
        let read = quiet(written);
        assert_eq!(read.to_string(), canonical, "{written:?}");
        assert_eq!(quiet(&read.to_string()), read, "{written:?}");
    }
}

#[test]
fn what_cannot_be_understood_or_never_ends_is_refused_with_what_was_expected() {
    for text in [
        "Fryday",
        "12:00-15:00",
        "Fri 12:00",
        "Fri 12-15",
        "Fri 25:00-26:00",
        "Fri 12:60-13:00",
        "Fri 12:00-12:00",
        "Fri 24:00-08:00",
        "Fri 12:00-15:00 18:00-19:00",
        "Mon,Wed 18:00-20:00",
        "18/02/2026",
        "2026-02-30",
        "2026-03-19..2026-02-18",
        "2026-01-01..2027-06-01",
        "Mon-Sun",
        "Mon-Fri; Sat-Sun 00:00-12:00; Sat-Sun 12:00-24:00",
        "Mon-Sun 18:00-09:00; Mon-Sun 09:00-18:00",
        "Long Fast 12:00-15:00",
        "Long Fast Fri",
        "Long Fast; Mon-Sun",
        "Winter",
        "2026-01-01..2026-12-05; Long Fast",
        "Half a Year; 2028-01-01..2028-08-01",
    ] {
        let message = parse(text).unwrap_err();
        assert!(message.contains("expected") || message.contains("pause"), "{text:?}: {message}");
    }
}

#[test]
fn a_message_waits_until_the_quiet_time_is_over() {
    let london = Europe::London;
    for (text, at, expected) in [
        ("Fri 12:00-15:00", "2026-01-09T11:59:59Z", "2026-01-09T11:59:59Z"),
        ("Fri 12:00-15:00", "2026-01-09T12:00:00Z", "2026-01-09T15:00:00Z"),
        ("Fri 12:00-15:00", "2026-01-09T15:00:00Z", "2026-01-09T15:00:00Z"),
        // In summer the wall clock in London is an hour ahead.
        ("Fri 12:00-15:00", "2026-07-10T11:30:00.250Z", "2026-07-10T14:00:00Z"),
        ("Mon-Thu 18:00-09:00", "2026-01-05T17:59:00Z", "2026-01-05T17:59:00Z"),
        ("Mon-Thu 18:00-09:00", "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z"),
        ("Mon-Thu 18:00-09:00", "2026-01-09T08:00:00Z", "2026-01-09T09:00:00Z"),
        ("Sat; Sun", "2026-01-10T10:00:00Z", "2026-01-12T00:00:00Z"),
        ("2026-02-18..2026-03-19", "2026-02-20T10:00:00Z", "2026-03-20T00:00:00Z"),
    ] {
        assert_eq!(allowed(&[&quiet(text)], london, at), utc(expected), "{text} at {at}");
    }
}

#[test]
fn a_clock_that_changes_moves_the_end_of_the_quiet_with_it() {
    let london = Europe::London;
    // 29 March 2026: 01:00 to 02:00 do not exist, so quiet until 01:30 ends when the clock jumps.
    let night = quiet("Sun 00:00-01:30");
    assert_eq!(allowed(&[&night], london, "2026-03-29T00:10:00Z"), utc("2026-03-29T01:00:00Z"));
    // 25 October 2026: 01:00 to 02:00 come twice. Quiet from 01:40 is over when the clock goes back to 01:00.
    let late = quiet("Sun 01:40-02:30");
    assert_eq!(allowed(&[&late], london, "2026-10-25T00:50:00Z"), utc("2026-10-25T01:00:00Z"));
    assert_eq!(allowed(&[&late], london, "2026-10-25T01:45:00Z"), utc("2026-10-25T02:30:00Z"));
    // Samoa left out the whole of 30 December 2011.
    let friday = quiet("Thu-Fri");
    assert_eq!(allowed(&[&friday], Pacific::Apia, "2011-12-30T00:00:00Z"), utc("2011-12-30T10:00:00Z"));
}

#[test]
fn quiet_times_of_person_and_project_both_hold_and_where_nothing_is_left_the_persons_do() {
    let (person, project) = (quiet("Fri 12:00-15:00"), quiet("Fri 15:00-17:00; Mon"));
    let zone = Europe::London;
    assert_eq!(allowed(&[&person, &project], zone, "2026-01-09T13:00:00Z"), utc("2026-01-09T17:00:00Z"));
    let (person, project) = (quiet("Fri-Sun"), quiet("Mon-Thu"));
    assert_eq!(allowed(&[&person, &project], zone, "2026-01-09T13:00:00Z"), utc("2026-01-12T00:00:00Z"));
    assert_eq!(allowed(&[], zone, "2026-01-09T13:00:00Z"), utc("2026-01-09T13:00:00Z"));
}

#[test]
fn a_calendar_holds_for_its_days_and_from_its_hour_of_the_evening_before() {
    let feast = quiet("Winter Feast");
    for (at, expected) in [
        ("2026-03-24T14:59:59Z", "2026-03-24T14:59:59Z"),
        ("2026-03-24T15:00:00Z", "2026-03-28T00:00:00Z"),
        ("2026-03-27T23:59:00Z", "2026-03-28T00:00:00Z"),
        ("2026-03-28T00:00:00Z", "2026-03-28T00:00:00Z"),
        // In London it is an hour later by then.
        ("2026-10-19T14:00:00Z", "2026-10-20T23:00:00Z"),
        ("2026-10-20T23:00:00Z", "2026-10-20T23:00:00Z"),
        // Beyond what is known nothing is held.
        ("2027-10-19T15:00:00Z", "2027-10-19T15:00:00Z"),
    ] {
        assert_eq!(allowed(&[&feast], Europe::London, at), utc(expected), "{at}");
    }
    // The clocks change on 29 March, in the middle of the fast.
    let fast = quiet("Long Fast; Thu 00:00-09:00");
    assert_eq!(allowed(&[&fast], Europe::London, "2026-03-10T00:00:00Z"), utc("2026-04-09T08:00:00Z"));
}

#[test]
fn an_unknown_name_is_answered_with_the_known_ones_and_never_repeated() {
    for text in ["Lent", "Long Fast; Lent", "Fri 12:00-15:00; LENT 2027"] {
        let message = parse(text).unwrap_err();
        assert!(message.contains("(Half a Year, Long Fast, Winter Feast)"), "{message}");
        assert!(!message.to_lowercase().contains("lent"), "{message}");
    }
}

#[test]
fn a_calendar_that_is_not_there_any_more_is_kept_by_name_and_holds_nothing() {
    let kept = QuietTimes::kept("Lent; Sat").unwrap();
    assert_eq!(kept.to_string(), "Lent; Sat");
    assert_eq!(kept.calendars().collect::<Vec<_>>(), ["Lent"]);
    assert_eq!(allowed(&[&kept], chrono_tz::UTC, "2026-03-11T10:00:00Z"), utc("2026-03-11T10:00:00Z"));
    assert_eq!(QuietTimes::kept("Winter Feast; Sat"), Ok(quiet("Winter Feast; Sat")));
}

fn any_piece() -> impl Strategy<Value = String> {
    let time = (0..24u32, 0..60u32).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
    let days = (0..7usize, 0..7usize).prop_map(|(from, to)| format!("{}-{}", NAMES[from], NAMES[to]));
    prop_oneof![
        (days.clone(), time.clone(), time).prop_map(|(days, from, to)| format!("{days} {from}-{to}")),
        days,
        proptest::sample::select(vec!["winter feast", "Long Fast"]).prop_map(str::to_owned),
        (0..20i64, 0..3i64).prop_map(|(start, length)| {
            let first = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap() + TimeDelta::days(start);
            format!("{first}..{}", first + TimeDelta::days(length))
        }),
    ]
}

fn any_quiet_times() -> impl Strategy<Value = QuietTimes> {
    proptest::collection::vec(any_piece(), 0..4)
        .prop_filter_map("refused", |pieces| parse(&pieces.join("; ")).ok())
}

fn any_zone() -> impl Strategy<Value = Tz> {
    proptest::sample::select(vec![
        Europe::London,
        America::New_York,
        Asia::Kathmandu,
        Australia::Lord_Howe,
        Africa::Casablanca,
        chrono_tz::UTC,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn what_is_printed_reads_back_as_the_same(quiet in any_quiet_times()) {
        prop_assert_eq!(&parse(&quiet.to_string()), &Ok(quiet.clone()));
        prop_assert_eq!(QuietTimes::kept(&quiet.to_string()), Ok(quiet));
    }

    #[test]
    fn no_text_at_all_makes_the_parser_panic(text in "\\PC{0,40}|[MonTueFri0-9:.;, -]{0,30}") {
        let _ = (parse(&text), QuietTimes::kept(&text));
    }

    /// Against the plain definition, minute by minute, around the spring change of the clocks.
    #[test]
    fn the_moment_found_is_the_first_that_is_not_quiet(
        person in any_quiet_times(),
        project in any_quiet_times(),
        zone in any_zone(),
        minutes in 0..60_000i64,
        autumn in any::<bool>(),
    ) {
        let base = if autumn { "2026-10-15T00:00:00Z" } else { "2026-03-05T00:00:00Z" };
        let at = utc(base) + TimeDelta::minutes(minutes);
        let calendars = calendars();
        let free = |moment: DateTime<Utc>| {
            let local = moment.with_timezone(&zone).naive_local();
            person.allowed_from(local, &calendars) && project.allowed_from(local, &calendars)
        };
        let horizon = 60 * 24 * 60;
        let expected = (0..horizon).map(|step| at + TimeDelta::minutes(step)).find(|moment| free(*moment));
        if let Some(expected) = expected {
            prop_assert_eq!(next_allowed(&[&person, &project], &calendars, zone, at), expected);
        }
    }
}
