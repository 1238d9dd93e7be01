use proptest::prelude::*;

use super::*;

const FEAST: &str =
    "name = \"Winter Feast\"\nsource = \"a test\"\n[[days]]\nfirst = 2026-12-20\nlast = 2026-12-22\n";

fn file(name: &str, text: &str) -> Source {
    (name.to_owned(), Ok(text.to_owned()))
}

fn only(text: &str) -> Calendars {
    Calendars::read([vec![file("a.toml", text)]])
}

fn quiet(calendars: &Calendars, name: &str, moment: &str) -> bool {
    let moment = NaiveDateTime::parse_from_str(moment, "%Y-%m-%d %H:%M").unwrap();
    calendars.find(name).is_some_and(|calendar| calendar.quiet_until(moment).is_some())
}

#[test]
fn a_file_that_cannot_be_used_is_named_with_its_line_and_the_reason() {
    let with = |from: &str, to: &str| FEAST.replacen(from, to, 1);
    let many: String = (1..=12)
        .map(|month| format!("[[days]]\nfirst = 2027-{month:02}-01\nlast = 2027-{month:02}-16\n"))
        .collect();
    for (text, line, says) in [
        (with("2026-12-22", "2026-12-19"), Some(4), "the last day not to lie before"),
        (with("2026-12-22", "2026-02-30"), Some(5), ""),
        (with("2026-12-22", "\"2026-12-22\""), Some(5), ""),
        (with("2026-12-22", "2026-12-22T10:00:00"), Some(5), "a date without a time"),
        (with("2026-12-20", "0026-12-20"), Some(4), "from 1900 to 2200"),
        (with("last", "until"), Some(5), "unknown field"),
        (with("source = \"a test\"\n", ""), Some(1), "missing field `source`"),
        (with("a test", " "), Some(2), "where the dates are from"),
        (with("Winter Feast", "2026 Feast"), Some(1), "without digits"),
        (with("Winter Feast", "Sun"), Some(1), "day of the week"),
        (with("Winter Feast", " - "), Some(1), "expected a name"),
        (with("\"\n", "\"\nalso = [\"Mon - Fri\"]\n"), Some(2), "day of the week"),
        (with("\"\n", "\"\neve = \"dusk\"\n"), Some(2), "such as 15:00"),
        (with("\"\n", "\"\neve = \"24:00\"\n"), Some(2), "such as 15:00"),
        (with("\"\n", "\"\nof = [\"Easter\"]\n"), Some(2), "either days or other calendars"),
        (format!("{FEAST}[[days]]\nfirst = 2026-12-22\n"), Some(7), "after the ones before"),
        (format!("{FEAST}{many}"), Some(40), "at most 180 days"),
        ("name = \"Easter\"\nsource = \"x\"\n".to_owned(), None, "expected days"),
        (
            "name = \"Easter\"\nsource = \"x\"\nof = [\n\"Lent\"]\n".to_owned(),
            Some(4),
            "no calendar of this name",
        ),
        ("name".to_owned(), Some(1), ""),
    ] {
        let calendars = only(&text);
        assert!(calendars.iter().next().is_none(), "{text}");
        let [unreadable] = calendars.unreadable() else { panic!("{text}: {:?}", calendars.unreadable()) };
        assert_eq!((unreadable.file.as_str(), unreadable.line), ("a.toml", line), "{text}: {unreadable}");
        assert!(unreadable.why.contains(says) && !unreadable.why.is_empty(), "{text}: {unreadable}");
    }
}

#[test]
fn a_file_of_a_later_folder_takes_the_place_of_one_that_is_there_unless_it_cannot_be_used() {
    let moved = FEAST.replace("2026-12-2", "2026-12-1").replace("Winter Feast", "winter-feast");
    let other = FEAST.replace("Winter Feast", "Summer Feast");
    let calendars = Calendars::read([
        vec![file("shipped.toml", FEAST)],
        vec![file("mine.toml", &moved), file("other.toml", &other), file("twice.toml", FEAST)],
    ]);
    assert_eq!(calendars.names(), "Summer Feast, winter-feast");
    assert!(quiet(&calendars, "Winter Feast", "2026-12-10 10:00"));
    assert!(!quiet(&calendars, "Winter Feast", "2026-12-20 10:00"));
    assert_eq!(calendars.unreadable().len(), 1);
    assert_eq!(
        calendars.unreadable()[0].to_string(),
        "twice.toml: mine.toml is about the same calendar and is used"
    );

    let broken = FEAST.replace("last", "lsat");
    let gone = ("gone.toml".to_owned(), Err("it is gone".to_owned()));
    let calendars =
        Calendars::read([vec![file("shipped.toml", FEAST)], vec![file("mine.toml", &broken), gone]]);
    assert!(quiet(&calendars, "Winter Feast", "2026-12-20 10:00"));
    assert_eq!(calendars.unreadable().len(), 2);
}

#[test]
fn a_calendar_of_others_moves_with_them() {
    let both = "name = \"Feasts\"\nsource = \"x\"\nof = [\"Winter Feast\", \"summer feast\"]\n";
    let summer = "name = \"Summer Feast\"\nsource = \"x\"\neve = \"15:00\"\n[[days]]\nfirst = 2026-07-01\n";
    let shipped = vec![file("both.toml", both), file("summer.toml", summer), file("winter.toml", FEAST)];
    let own = vec![file("mine.toml", &FEAST.replace("2026-12-22", "2026-12-23"))];
    let calendars = Calendars::read([shipped.clone(), own]);
    for (moment, expected) in [
        ("2026-06-30 14:59", false),
        ("2026-06-30 15:00", true),
        ("2026-07-01 23:59", true),
        ("2026-12-19 23:59", false),
        ("2026-12-23 23:59", true),
    ] {
        assert_eq!(quiet(&calendars, "feasts", moment), expected, "{moment}");
    }
    assert_eq!(calendars.find("Feasts").unwrap().most_days_in_a_year(), 6);
    // One that cannot be used leaves the one before it.
    let wrong = vec![file("mine.toml", &both.replace("summer", "spring"))];
    let calendars = Calendars::read([shipped, wrong]);
    assert!(quiet(&calendars, "feasts", "2026-07-01 12:00"));
    assert_eq!(calendars.unreadable()[0].line, Some(3));
}

#[test]
fn a_calendar_is_known_until_the_end_of_its_last_year_or_of_days_that_run_on() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(only(FEAST).find("winterfeast").unwrap().known_until(), day("2026-12-31"));
    let over = only(&FEAST.replace("2026-12-22", "2027-01-03"));
    assert_eq!(over.run_out_by(day("2027-01-03")), Vec::<&str>::new());
    assert_eq!(over.run_out_by(day("2027-01-04")), ["Winter Feast"]);
}

proptest! {
    #[test]
    fn no_file_at_all_makes_reading_panic(text in "\\PC{0,60}", line in 0..7usize, at in 0..20usize) {
        let mut lines: Vec<String> = FEAST.lines().map(str::to_owned).collect();
        let place = line.min(lines.len() - 1);
        let cut = lines[place].char_indices().nth(at).map_or(lines[place].len(), |(cut, _)| cut);
        lines[place].replace_range(cut.., &text);
        let _ = (only(&text), only(&lines.join("\n")));
    }
}
