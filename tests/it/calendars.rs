//! Quiet calendars: the days of feasts and fasts hold a message back, by dates that an operator can move.

use std::path::Path;

use hearback::actions::participants::Deed;
use hearback::calendars;
use hearback::domain::words::Choice;

use crate::cli::Shell;
use crate::harness::{Sheets, Trial, on_both};

const SAM: &str = "sam@people.example";

/// Ramadan of 2027 by the calendar in the program is 8 February to 8 March.
const RAMADAN_2027: &str = "name = \"Ramadan\"\nsource = \"the mosque in Quay Lane\"\n\n[[days]]\nfirst = 2027-02-09\nlast = 2027-03-09\n";

fn keeping_ramadan() -> Sheets {
    let mut pack = Sheets::small();
    pack.swap(
        "participants",
        "sam@people.example,,,email,standard,every,,yes",
        "sam@people.example,,,email,standard,every,ramadan,yes",
    );
    pack
}

fn folder(at: &Path, text: &str) -> String {
    let folder = at.join("calendars");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("ramadan.toml"), text).expect("a file");
    std::fs::write(folder.join("notes.txt"), "not a calendar").expect("a file");
    folder.display().to_string()
}

#[tokio::test]
async fn who_keeps_ramadan_hears_at_the_first_moment_after_it() {
    on_both(async |t| {
        t.bring_in(&keeping_ramadan()).await;
        assert_eq!(t.tick_at("2027-03-01T10:00Z").await.accepted, 3, "all the others");
        assert_eq!(t.tick_at("2027-03-08T23:59Z").await.accepted, 0);
        assert_eq!(t.tick_at("2027-03-09T00:00Z").await.accepted, 1);
        assert_eq!(t.mails_to(SAM).len(), 1, "held, and not dropped");
    })
    .await;
}

#[tokio::test]
async fn who_chooses_eid_is_left_in_peace_on_both() {
    let mut pack = Sheets::small();
    pack.swap("project", "0 10 1 * *", "0 10 20 * *");
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    t.deed("P01", Deed::Choose(Choice::QuietTimes, "Eid".to_owned())).await;
    assert_eq!(t.tick_at("2026-03-20T10:00Z").await.accepted, 3);
    assert_eq!(t.tick_at("2026-03-22T23:59Z").await.accepted, 0);
    assert_eq!(t.tick_at("2026-03-23T00:00Z").await.accepted, 1);
    assert_eq!(t.tick_at("2027-05-20T09:00Z").await.accepted, 4, "16 to 19 May are over");
}

#[tokio::test]
async fn a_project_that_keeps_christmas_writes_to_nobody_from_christmas_eve_on() {
    let mut pack = Sheets::small();
    pack.swap("project", "0 10 1 * *", "0 16 24 * *");
    pack.swap("project", "quiet_after_days,60", "quiet_after_days,60\nquiet_times,Christmas");
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    assert_eq!(t.tick_at("2026-11-24T16:00Z").await.accepted, 4, "an edition like every other");
    let text = t.mails_to(SAM).remove(0).text;
    assert!(text.contains("It comes by 27 December 2026"), "what was announced holds: {text}");
    assert_eq!(t.tick_at("2026-12-24T16:00Z").await.accepted, 0);
    assert_eq!(t.tick_at("2026-12-26T23:59Z").await.accepted, 0);
    assert_eq!(t.tick_at("2026-12-27T00:00Z").await.accepted, 4);
}

#[tokio::test]
async fn a_date_that_is_moved_in_the_operators_folder_moves_the_message() {
    let mut t = Trial::new().await;
    t.bring_in(&keeping_ramadan()).await;
    assert_eq!(t.tick_at("2027-03-01T10:00Z").await.accepted, 3);
    // The new moon was not seen, and the update waits already.
    let folder = folder(t.folder.path(), RAMADAN_2027);
    t = t.with(|app| app.calendars = calendars::load(Some(Path::new(&folder))));
    assert_eq!(t.tick_at("2027-03-09T00:00Z").await.accepted, 0);
    assert_eq!(t.tick_at("2027-03-09T23:59Z").await.accepted, 0);
    assert_eq!(t.tick_at("2027-03-10T00:00Z").await.accepted, 1);
    assert_eq!(t.mails_to(SAM).len(), 1);
}

#[tokio::test]
async fn a_calendar_that_nobody_knows_is_an_error_that_lists_the_others_and_does_not_repeat_it() {
    let mut pack = keeping_ramadan();
    pack.swap("participants", "every,ramadan,yes", "every,Candlemas,yes");
    let t = Trial::new().await;
    let report = t.import(&pack).await;
    let [error] = &report.errors[..] else { panic!("{:?}", report.errors) };
    assert_eq!((error.file.as_str(), error.row), ("participants.csv", Some(2)));
    assert!(error.message.contains("Ramadan, Rosh Hashanah, Vaisakhi"), "{}", error.message);
    assert!(!error.message.contains("Candlemas"), "{}", error.message);
}

#[test]
fn the_operators_folder_adds_a_calendar_and_the_doctor_tells_what_is_wrong_with_it() {
    let shell = Shell::new();
    let added = RAMADAN_2027.replace("Ramadan", "Candlemas");
    let shell_folder = folder(&shell.path(""), &added);
    let shell = shell.with("HEARBACK_CALENDARS", &shell_folder).imported("2026-03-01");
    let out = shell.say("participant choose river-path P01 quiet_times=candlemas").ok();
    assert!(out.contains("quiet_times is Candlemas now"), "{out}");
    let said = shell.say("doctor");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("known until 2027-12-31: Candlemas."), "{said:?}");

    // A slip in the file: it is named with its line, and so is that something holds nothing any more, but not what.
    folder(&shell.path(""), &added.replace("2027-03-09", "2027-01-09"));
    let said = shell.say("doctor");
    assert_eq!(said.code, 1);
    assert!(said.out.contains("ramadan.toml, line 5: expected the last day not to lie before"), "{said:?}");
    assert!(said.out.contains("name a calendar that is not there"), "{said:?}");
    assert!(!said.out.contains("Candlemas"), "{said:?}");
    let later = shell.say("tick --at 2027-02-09T10:00Z");
    assert_eq!(later.code, 0, "a calendar that is gone stops nothing: {later:?}");
    assert!(later.err.contains("the file of a quiet calendar is not used"), "{later:?}");
}

#[test]
fn a_calendar_that_runs_out_is_told_by_the_doctor_and_once_a_day_in_the_log() {
    let shell = Shell::new();
    shell.pack(&keeping_ramadan());
    shell.say("import pack --at 2029-12-31").ok();
    let out = shell.say("doctor").out;
    assert!(out.contains("ok    Quiet calendars that are known until 2030-12-31"), "{out}");
    let said = shell.say("tick --at 2030-06-01T10:00Z");
    assert!(!said.err.contains("run out"), "{said:?}");
    let out = shell.say("doctor").out;
    assert!(out.contains("note  Quiet calendars that end on 2030-12-31: Christmas, Diwali"), "{out}");
    assert!(out.contains("note  Quiet calendars that end on 2031-01-23: Ramadan."), "{out}");

    let first = shell.say("tick --at 2031-02-20T10:00Z");
    assert!(first.err.contains("run out") && first.err.contains("Ramadan"), "{first:?}");
    assert!(first.err.contains("Vaisakhi"), "all are named, not those that somebody keeps: {first:?}");
    assert!(!first.err.contains("P01") && !first.err.contains("river-path"), "{first:?}");
    assert!(!shell.say("tick --at 2031-02-20T23:00Z").err.contains("run out"));
    assert!(shell.say("tick --at 2031-02-21T00:00Z").err.contains("run out"));
    let said = shell.say("doctor");
    assert_eq!(said.code, 1);
    assert!(said.out.contains("hold nothing back any more, because they ended on 2030-12-31"), "{said:?}");
}
