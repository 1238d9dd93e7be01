//! A convenor brings a project in as a folder of sheets, and keeps it up to date by importing it again.

use std::path::Path;

use hearback::actions::import::{Report, import, read_folder};
use hearback::actions::participants::{self, Deed};
use hearback::actions::record::verify_project;
use hearback::domain::words::{Channel, Choice, HistoryKind, ParticipantState};
use hearback::store::{evidence, project, story};

use crate::harness::{Mailed, SLUG, Sheets, Trial, act, at, explained, on_both};

const STALLED: &str = "R1,2026-02-10,progress,stalled,money,The lamps cost too much.,The council,2026-06-01,";

fn nothing_new(report: &Report) {
    assert_eq!(report.errors, []);
    assert!(report.added.values().all(|count| *count == 0), "{:?}", report.added);
    assert!(report.changed.values().all(Vec::is_empty), "{:?}", report.changed);
}

/// A message's text without its line breaks.
fn flat(mail: &Mailed) -> String {
    mail.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn changes(report: &Report, sheet: &str) -> Vec<(Option<u32>, String, String, String)> {
    let changed = report.changed[sheet].iter();
    changed.map(|cell| (cell.row, cell.column.clone(), cell.from.clone(), cell.to.clone())).collect()
}

fn places(report: &Report) -> Vec<(String, Option<u32>, String)> {
    let errors = report.errors.iter();
    let mut places: Vec<_> = errors
        .map(|error| (error.file.clone(), error.row, error.column.clone().unwrap_or_default()))
        .collect();
    places.sort();
    places
}

fn warned(report: &Report, file: &str, row: u32, column: &str, says: &str) {
    let found = report.warnings.iter().any(|warning| {
        warning.file == file
            && warning.row == Some(row)
            && warning.column.as_deref() == Some(column)
            && warning.message.contains(says)
    });
    assert!(found, "{file} {row} {column} {says}: {:?}", report.warnings);
}

/// The columns of a sheet without quotation marks, the other way round.
fn turned(text: &str) -> String {
    assert!(!text.contains('"'));
    let turn = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n";
    text.lines().map(turn).collect()
}

#[tokio::test]
async fn columns_stand_in_any_order() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.history(STALLED);
    t.bring_in(&sheets).await;
    for name in ["stories.csv", "recommendations.csv", "evidence.csv", "history.csv"] {
        let text = turned(&sheets.0[name]);
        sheets.0.insert(name.to_owned(), text);
    }
    nothing_new(&t.import(&sheets).await);
}

#[tokio::test]
async fn optional_columns_may_be_missing_and_what_they_held_is_left_alone() {
    let t = Trial::new().await;
    let full = Sheets::small();
    t.bring_in(&full).await;
    let mut bare = full.clone();
    bare.put("participants", "id,channel,email,phone,postal_address\nP01,email,sam@people.example,,\nP02,email,kit@people.example,,\nP07,none,,,\n");
    bare.put("stories", "code,participant,medium\nKTR7,P01,video\n");
    bare.put("recommendations", "ref,title,text\nR1,Light the path,Put lamps along the whole path\n");
    bare.put("evidence", "recommendation,story,direction\nR1,KTR7,supports\n");
    let mut project = bare.0["project.csv"].clone();
    project = project.replace("contact_phone,01632 960001\n", "").replace("quiet_after_days,60\n", "");
    bare.put("project", &project);
    nothing_new(&t.import(&bare).await);
    nothing_new(&t.import(&full).await);
}

#[tokio::test]
async fn who_said_no_to_being_contacted_is_not_signed_up_by_a_sheet_without_that_column() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.swap(
        "participants",
        "P02,,kit@people.example,,,email,plain_text,every,,yes",
        "P02,,kit@people.example,,,email,plain_text,every,,no",
    );
    t.bring_in(&sheets).await;
    sheets.put(
        "participants",
        "id,email,channel\nP02,kit@people.example,email\nP08,new@people.example,email\n",
    );
    sheets.put("stories", "code,participant,medium\nMWD2,P02,audio\n");
    sheets.put("evidence", "recommendation,story,direction\nR1,MWD2,supports\n");
    let report = t.bring_in(&sheets).await;
    warned_somewhere(&report, "stands for consent");
    assert!(!t.person("P02").await.contact_consent);
    assert!(t.person("P08").await.contact_consent);
    assert!(t.person("P07").await.contact_consent, "rows that are missing are left alone");
}

fn warned_somewhere(report: &Report, says: &str) {
    assert!(report.warnings.iter().any(|warning| warning.message.contains(says)), "{:?}", report.warnings);
}

#[tokio::test]
async fn an_unknown_column_is_an_error_that_names_the_nearest_one() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.swap("stories", "summary", "sumary").swap("participants", "greeting_name", "greeting");
    let report = t.import(&sheets).await;
    assert_eq!(
        places(&report),
        [
            ("participants.csv".to_owned(), Some(1), "greeting".to_owned()),
            ("stories.csv".to_owned(), Some(1), "sumary".to_owned())
        ]
    );
    assert!(report.errors[0].message.contains("`greeting_name`"), "{:?}", report.errors);
    assert!(report.errors[1].message.contains("`summary`"), "{:?}", report.errors);
}

/// A pack with ten different faults, and where they are.
fn ten_faults() -> (Sheets, Vec<(String, Option<u32>, String)>) {
    let mut sheets = Sheets::small();
    sheets
        .swap("participants", "noor@people.example", "noor@localhost")
        .swap("stories", "The long way round,written", "The long\0 way round,written")
        .swap("stories", "Ringing a friend all the way,audio", "Ringing a friend all the way,film")
        .add("stories", "\u{41a}TR7,P02,Another walk,audio,public_anonymous,code\n")
        .swap("recommendations", "Bus company,2026-02-01,2026-05-01", "Bus company,2026-02-01,31/05/2026")
        .add("evidence", "R3,NOPE,supports,Nobody told this\n")
        .put("themes", "id,title,colour\nT1,Light,yellow\n")
        .history(
            "R1,2026-02-05,response,accepted,,,,,\n\
             R1,2026-02-05,response,accepted,,Said twice,,,\n\
             R1,2026-02-06,progress,stopped,money,No money at all.,The council,,\n\
             R1,2026-02-09,progress,in_progress,,,,,\n\
             R2,2026-02-08,progress,stalled,money,,The council,2026-06-01,\n\
             R2,2026-02-09,progress,in_progress,,,,,",
        );
    let expected = [
        ("evidence.csv", 7, "story"),
        ("history.csv", 3, "value"),
        ("history.csv", 5, "value"),
        ("history.csv", 6, "explanation"),
        ("participants.csv", 4, "email"),
        ("recommendations.csv", 4, "response_due_on"),
        ("stories.csv", 6, "summary"),
        ("stories.csv", 7, "medium"),
        ("stories.csv", 9, "code"),
        ("themes.csv", 1, "colour"),
    ];
    let expected = expected.map(|(file, row, column)| (file.to_owned(), Some(row), column.to_owned()));
    (sheets, expected.to_vec())
}

#[tokio::test]
async fn ten_different_faults_are_ten_errors_with_their_places_and_nothing_is_stored() {
    on_both(|t| async move {
        let (sheets, expected) = ten_faults();
        let report = t.import(&sheets).await;
        assert_eq!(places(&report), expected, "{:#?}", report.errors);
        let rows: Vec<_> =
            report.errors.iter().filter(|error| error.file == "history.csv").map(|error| error.row).collect();
        assert_eq!(rows, [Some(3), Some(5), Some(6)], "in the order of the rows, whichever step found them");
        let double = report.errors.iter().find(|error| error.column.as_deref() == Some("code")).expect("one");
        assert!(double.message.contains("\u{41a}TR7") && double.message.contains("row 2"), "{double:?}");
        assert!(project::all(&t.app().db.reader).await.expect("projects").is_empty());

        // Onto a project that is there: it stays as it was.
        t.import_small().await;
        let before = t.events().await.len();
        assert_eq!(places(&t.import(&sheets).await), expected);
        assert_eq!(t.events().await.len(), before);
        nothing_new(&t.bring_in(&Sheets::small()).await);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_cannot_be_recorded_does_not_hide_the_next_and_blames_no_other() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.history(
        "R1,2026-02-05,progress,stopped,money,No money at all.,The council,,\n\
         R1,2026-02-06,progress,done,,Ten lamps.,,,\n\
         R1,2026-02-07,progress,in_progress,,They came back to it.,,,\n\
         R1,2026-02-08,promise_kept,A lamp,,,,,\n\
         R2,2026-02-05,progress,stalled,,,,2026-06-01,\n\
         R2,2026-02-06,progress,stalled,money,Still too dear.,The council,2026-06-01,\n\
         R3,2026-01-05,response,accepted,,,,,",
    );
    let report = t.import(&sheets).await;
    let cells: Vec<_> =
        report.errors.iter().map(|error| (error.row, error.column.clone().unwrap_or_default())).collect();
    let expected = [(3, "value"), (5, "value"), (6, "explanation"), (6, "reason"), (8, "on")];
    let mut cells = cells;
    cells.sort();
    assert_eq!(cells, expected.map(|(row, column)| (Some(row), column.to_owned())), "{:#?}", report.errors);
}

#[tokio::test]
async fn the_same_pack_twice_is_all_unchanged() {
    on_both(|t| async move {
        let pack = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample")).expect("the sample");
        let first = import(&t.app(), &pack, false).await.expect("an import");
        assert_eq!(first.errors, []);
        let again = import(&t.app(), &pack, false).await.expect("an import");
        nothing_new(&again);
        assert_eq!(again.pending, first.pending);
        for (sheet, count) in &first.added {
            let settled = if *sheet == "project" { 1 } else { *count };
            assert_eq!(again.unchanged[sheet], settled, "{sheet}");
        }
        let slug = &project::all(&t.app().db.reader).await.expect("projects")[0].slug;
        assert!(verify_project(&t.app(), slug).await.expect("a record").is_ok());
    })
    .await;
}

#[tokio::test]
async fn changed_cells_are_told_and_nothing_about_how_people_are_reached() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.0.get_mut("project.csv").expect("it").push_str("concern_person,Wilhelmina Oakes\n");
        sheets
            .swap("recommendations", "responsible,", "responsible,responsible_email,")
            .swap("recommendations", "Town council,", "Town council,works@town.example,")
            .swap("recommendations", "Bus company,", "Bus company,,");
        t.bring_in(&sheets).await;
        sheets
            .swap("project", "robin@lantern.example", "wren@lantern.example")
            .swap("project", "01632 960001", "01632 960009")
            .swap("project", "Wilhelmina Oakes", "Bartholomew Finch")
            .swap("project", "review_days,5", "review_days,7")
            .swap("participants", "Sam,sam@people.example", "Samuel,samuel@people.example")
            .swap("participants", "1 Quay Lane", "2 Mill Lane")
            .swap("participants", "01632 960002", "01632 960003")
            .swap("participants", "plain_text,every", "plain_text,quarterly")
            .swap("recommendations", "works@town.example", "roads@town.example")
            .swap("recommendations", "Places to rest", "Benches")
            .swap("evidence", "Fell there", "Slipped there");
        let report = t.bring_in(&sheets).await;
        assert_eq!(changes(&report, "participants").len(), 5, "{:?}", report.changed);
        let cadence = (Some(3), "cadence".to_owned(), "every".to_owned(), "quarterly".to_owned());
        assert!(changes(&report, "participants").contains(&cadence));
        let title = (Some(3), "title".to_owned(), "Places to rest".to_owned(), "Benches".to_owned());
        assert!(changes(&report, "recommendations").contains(&title));
        assert_eq!(
            changes(&report, "evidence"),
            [(Some(3), "why".to_owned(), "Fell there".to_owned(), "Slipped there".to_owned())]
        );
        assert_eq!(report.unchanged["stories"], 7);
        let json = serde_json::to_string(&report).expect("JSON");
        for secret in [
            "people.example",
            "lantern.example",
            "town.example",
            "960",
            "Sam",
            "Quay",
            "Mill Lane",
            "Wennbridge",
            "Oakes",
            "Finch",
        ] {
            assert!(!json.contains(secret), "{secret}: {json}");
        }
        nothing_new(&t.import(&sheets).await);
        assert_eq!(t.kinds("project_changed").await.len(), 1);
        assert_eq!(t.kinds("recommendation_changed").await.len(), 2 - 1);
    })
    .await;
}

#[tokio::test]
async fn the_report_in_json_has_its_fixed_form() {
    let t = Trial::new().await;
    let value = serde_json::to_value(t.bring_in(&Sheets::small()).await).expect("JSON");
    let keys: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["added", "changed", "errors", "pending", "unchanged", "warnings"]);
    assert_eq!(value["added"]["participants"], 7);
    assert_eq!(value["changed"]["participants"], serde_json::json!([]));
    let mut sheets = Sheets::small();
    sheets.swap("stories", "video", "film");
    let value = serde_json::to_value(t.import(&sheets).await).expect("JSON");
    let error = value["errors"][0].as_object().expect("an error");
    assert_eq!(error.keys().collect::<Vec<_>>(), ["column", "file", "message", "row"]);
    assert_eq!(
        (&error["file"], &error["row"], &error["column"]),
        (&"stories.csv".into(), &2.into(), &"medium".into())
    );
}

#[tokio::test]
async fn other_words_for_the_same_row_become_one_correction() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.history(STALLED);
        t.bring_in(&sheets).await;
        sheets.swap("history", "The lamps cost too much.", "The lamps cost twice the budget.");
        let report = t.bring_in(&sheets).await;
        let told = ("The lamps cost too much.".to_owned(), "The lamps cost twice the budget.".to_owned());
        assert_eq!(changes(&report, "history"), [(Some(2), "explanation".to_owned(), told.0, told.1)]);
        nothing_new(&t.import(&sheets).await);
        assert_eq!(t.kinds("correction").await.len(), 1);
        assert_eq!(t.kinds("progress").await.len(), 1);
        sheets.swap("history", "2026-06-01", "2026-07-01").swap("history", "The council", "The mayor");
        let report = t.bring_in(&sheets).await;
        let columns: Vec<String> = changes(&report, "history").into_iter().map(|change| change.1).collect();
        assert_eq!(columns, ["decided_by", "review_on"]);
        assert_eq!(t.kinds("correction").await.len(), 2);
        t.days_until("2026-04-01").await;
        let mail = &t.mails_to("sam@people.example")[0];
        assert!(flat(mail).contains("twice the budget") && !flat(mail).contains("too much"), "{}", mail.text);
    })
    .await;
}

#[tokio::test]
async fn a_row_older_than_the_last_event_of_its_axis_is_refused() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.history(STALLED);
    t.bring_in(&sheets).await;
    sheets.add("history", "R1,2026-02-09,progress,planned,,,,,\nR1,2026-02-09,response,accepted,,,,,\n");
    let report = t.import(&sheets).await;
    assert_eq!(
        places(&report),
        [("history.csv".to_owned(), Some(3), "on".to_owned())],
        "{:?}",
        report.errors
    );
    assert!(report.errors[0].message.contains("2026-02-10"), "{:?}", report.errors);
    assert!(t.kinds("response").await.is_empty(), "nothing was stored");
}

#[tokio::test]
async fn rows_of_the_future_wait_for_their_day_and_are_told_then() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.history("R1,2026-03-20,response,accepted,,,,,\nR1,2026-04-20,progress,planned,,,,,");
        let report = t.bring_in(&sheets).await;
        assert_eq!((report.pending, report.added["history"]), (2, 2));
        assert!(t.kinds("response").await.is_empty());
        let again = t.bring_in(&sheets).await;
        nothing_new(&again);
        assert_eq!(again.pending, 2);
        // What waits may still be put otherwise, without any correction.
        sheets.swap(
            "history",
            "2026-03-20,response,accepted,,",
            "2026-03-20,response,accepted,,With pleasure.",
        );
        let report = t.bring_in(&sheets).await;
        assert_eq!(changes(&report, "history").len(), 1, "{:?}", report.changed);
        t.days_until("2026-03-19").await;
        assert!(t.kinds("response").await.is_empty());
        t.days_until("2026-04-01").await;
        assert_eq!(t.kinds("response").await, [("R1".to_owned(), "2026-03-20".to_owned())]);
        assert!(t.kinds("correction").await.is_empty());
        t.tick_at("2026-04-01T12:00Z").await;
        let mail = t.mails_to("sam@people.example").pop().expect("a message");
        assert!(mail.text.contains("With pleasure"), "{}", mail.text);
        let report = t.bring_in(&sheets).await;
        nothing_new(&report);
        assert_eq!(report.pending, 1);
    })
    .await;
}

#[tokio::test]
async fn an_old_project_comes_in_with_only_the_silences_that_are_still_open() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.put(
            "recommendations",
            "ref,title,text,responsible,published_on,response_due_on\n\
             R1,Light the path,Put lamps along the whole path,Town council,2025-01-10,2025-04-01\n\
             R2,Places to rest,Put a bench at each bend,Town council,2025-01-10,2025-04-01\n\
             R3,A bus at night,Run one late bus,Bus company,2026-02-20,2026-05-01\n",
        );
        // R1 was answered late, its promise was missed and kept later, and its stall has ended. R2 was never answered.
        sheets.history(
            "R1,2025-05-01,response,accepted,,,,,\n\
             R1,2025-05-02,promise,Two lamps,,,,,2025-06-01\n\
             R1,2025-07-01,promise_kept,Two lamps,,,,,\n\
             R1,2025-08-01,progress,stalled,money,No money.,The council,2025-09-01,\n\
             R1,2025-12-01,progress,in_progress,,,,,\n\
             R1,2026-02-20,promise,Ten lamps,,,,,2026-02-25\n\
             R2,2026-02-20,note,We have asked again.,,,,,",
        );
        t.bring_in(&sheets).await;
        let silences: Vec<(String, String)> = t
            .events()
            .await
            .into_iter()
            .map(|event| (event.kind, event.subject))
            .filter(|(kind, _)| {
                [
                    "response_overdue",
                    "promise_missed",
                    "review_date_passed",
                    "explanation_stale",
                    "gone_quiet",
                ]
                .contains(&kind.as_str())
            })
            .collect();
        let expected = [("response_overdue", "R2"), ("promise_missed", "R1")];
        assert_eq!(silences, expected.map(|(kind, subject)| (kind.to_owned(), subject.to_owned())));
        // Once noticed, they are not noticed again.
        t.days_until("2026-03-10").await;
        assert_eq!(t.kinds("response_overdue").await.len(), 1);
        assert_eq!(t.kinds("promise_missed").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_participant_chose_stopped_or_withdrew_is_never_overwritten() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        t.bring_in(&sheets).await;
        t.deed("P01", Deed::Choose(Choice::Cadence, "yearly".to_owned())).await;
        t.deed("P01", Deed::Choose(Choice::Format, "plain_text".to_owned())).await;
        t.stop("P02").await;
        t.deed("P03", Deed::Withdraw(None)).await;
        t.deed("P04", Deed::Pause).await;
        sheets.swap("participants", "noor@people.example", "noor2@people.example").swap(
            "participants",
            "sam@people.example,,,email,standard,every,,yes",
            "sam@people.example,,,email,standard,quarterly,Sat,yes",
        );
        let report = t.bring_in(&sheets).await;
        warned(&report, "participants.csv", 2, "cadence", "P01");
        warned(&report, "participants.csv", 2, "format", "P01");
        warned(&report, "participants.csv", 3, "id", "stopped");
        warned(&report, "participants.csv", 4, "id", "withdrawn");
        warned(&report, "stories.csv", 4, "code", "withdrawn");
        warned(&report, "evidence.csv", 4, "story", "withdrawn");
        let columns: Vec<String> =
            changes(&report, "participants").into_iter().map(|change| change.1).collect();
        assert_eq!(columns, ["quiet_times"], "only what was not chosen");
        let sam = t.person("P01").await;
        assert_eq!(
            (sam.cadence.to_string(), sam.format.to_string()),
            ("yearly".to_owned(), "plain_text".to_owned())
        );
        assert_eq!(t.person("P02").await.state, ParticipantState::Stopped);
        assert_eq!(t.person("P03").await.state, ParticipantState::Withdrawn);
        assert_eq!(t.person("P04").await.state, ParticipantState::Paused);
        t.days_until("2026-05-02").await;
        assert!(t.mails_to("kit@people.example").is_empty());
        assert!(t.mails_to("noor2@people.example").is_empty(), "the new address of who has withdrawn");
        assert!(t.mails_to("lee@people.example").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_story_does_not_come_back_under_another_teller_or_in_look_alike_letters() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.add("stories", "BDN6,P01,The other bank,written,public_anonymous,code\n");
        t.bring_in(&sheets).await;
        participants::withdraw_story(&t.app(), SLUG, "BDN6").await.expect("withdrawn");
        assert_eq!(t.person("P01").await.state, ParticipantState::Active, "it was not their last");
        sheets.swap("stories", "BDN6,P01", "BDN6,P02").add("evidence", "R2,BDN6,supports,Again\n");
        let report = t.bring_in(&sheets).await;
        warned(&report, "stories.csv", 9, "code", "withdrawn");
        warned(&report, "evidence.csv", 7, "story", "withdrawn");
        sheets.swap("stories", "BDN6", "\u{412}DN6").swap("evidence", "BDN6", "\u{412}DN6");
        warned(&t.bring_in(&sheets).await, "stories.csv", 9, "code", "withdrawn");
        let db = &t.app().db.reader;
        let project = t.project().await.id;
        let stories = story::in_project(db, project).await.expect("stories");
        let marker: Vec<_> = stories.iter().filter(|story| story.withdrawn_at.is_some()).collect();
        assert_eq!(marker.len(), 1);
        assert_eq!((&marker[0].code, &marker[0].summary, marker[0].participant_id), (&None, &None, None));
        let evidence = evidence::in_project(db, project).await.expect("evidence");
        assert!(evidence.iter().all(|link| link.story_id != marker[0].id));
    })
    .await;
}

#[tokio::test]
async fn a_new_story_of_somebody_who_has_withdrawn_is_not_added() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    t.bring_in(&sheets).await;
    t.deed("P01", Deed::Withdraw(None)).await;
    sheets
        .add("stories", "BDN6,P01,The other bank,written,public_anonymous,code\n")
        .add("evidence", "R2,BDN6,supports,New\n");
    let report = t.bring_in(&sheets).await;
    warned(&report, "stories.csv", 9, "participant", "P01 has withdrawn");
    assert_eq!(report.added["stories"] + report.added["evidence"], 0);
}

#[tokio::test]
async fn an_address_that_asked_for_silence_stays_silent_under_another_id_and_in_other_capitals() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        t.bring_in(&sheets).await;
        t.stop("P02").await;
        sheets.add("participants", "P08,,Kit@People.Example,,,email,standard,every,,yes\n");
        // And as the new address of somebody who gets updates.
        sheets.swap("participants", "lee@people.example", "kit@people.example");
        let report = t.bring_in(&sheets).await;
        warned(&report, "participants.csv", 9, "email", "asked not to be written to");
        warned(&report, "participants.csv", 5, "email", "asked not to be written to");
        t.days_until("2026-05-02").await;
        let to: Vec<String> = t.mails().into_iter().map(|mail| mail.to.to_lowercase()).collect();
        assert!(!to.is_empty() && !to.contains(&"kit@people.example".to_owned()), "{to:?}");
        nothing_new(&t.import(&sheets).await);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_known_again_also_after_an_import_that_left_its_column_out() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    t.bring_in(&sheets).await;
    let mut renamed = sheets.clone();
    renamed
        .put("participants", "id,greeting_name,channel\nP07,Bo,none\n")
        .put("stories", "code,participant,medium\nPYS3,P07,audio\n")
        .put("evidence", "recommendation,story,direction\n");
    t.bring_in(&renamed).await;
    let named = "id,greeting_name,phone,channel,contact_consent\nP06,Mo,01632 960002,phone,yes\nP01,Samuel,,none,yes\n";
    renamed.put("participants", named).put("stories", "code,participant,medium\nKTR7,P01,video\n");
    t.bring_in(&renamed).await;
    t.stop("P01").await;
    sheets.add("participants", "P09,,sam@people.example,,,email,standard,every,,yes\n");
    let report = t.bring_in(&sheets).await;
    warned(&report, "participants.csv", 9, "email", "asked not to be written to");
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_stores_nothing() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.history(STALLED);
        let dry = import(&t.app(), &sheets.files(), true).await.expect("a dry run");
        assert!(project::all(&t.app().db.reader).await.expect("projects").is_empty());
        assert_eq!(dry, t.bring_in(&sheets).await);
        let before = t.events().await.len();
        sheets.swap("history", "too much", "far too much").swap("recommendations", "Light the path", "Lamps");
        let dry = import(&t.app(), &sheets.files(), true).await.expect("a dry run");
        assert_eq!((dry.changed["history"].len(), dry.changed["recommendations"].len()), (1, 1));
        assert_eq!(t.events().await.len(), before);
        assert_eq!(dry, t.bring_in(&sheets).await);
    })
    .await;
}

#[tokio::test]
async fn who_is_linked_later_gets_the_explanation_in_force_and_not_the_ones_before() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.history(&format!("{STALLED}\nR1,2026-02-20,progress,stalled,law_or_policy,The law asks for a survey first.,The council,2026-09-01,"));
        t.bring_in(&sheets).await;
        t.days_until("2026-04-02").await;
        let first = t.mails_to("lee@people.example").pop().expect("a first update");
        assert!(!flat(&first).contains("survey first"), "{}", first.text);
        sheets.add("evidence", "R1,QLB9,supports,Feels unsafe\n");
        let report = t.bring_in(&sheets).await;
        assert_eq!(report.added["evidence"], 1);
        assert!(t.events().await.iter().all(|event| !event.kind.contains("evidence")));
        t.days_until("2026-05-02").await;
        let second = t.mails_to("lee@people.example").pop().expect("a second update");
        assert_ne!(first.message_id, second.message_id);
        assert!(flat(&second).contains("The law asks for a survey first"), "{}", second.text);
        assert!(!flat(&second).contains("The lamps cost too much"), "{}", second.text);
    })
    .await;
}

#[tokio::test]
async fn warnings_are_given_also_when_the_import_is_refused() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    t.bring_in(&sheets).await;
    t.deed("P01", Deed::Choose(Choice::Cadence, "yearly".to_owned())).await;
    t.deed("P03", Deed::Withdraw(None)).await;
    sheets.add("stories", "\u{421}\u{395}3,P02,Another walk,audio,public_anonymous,code\n").swap(
        "recommendations",
        "2026-02-01,2026-05-01\nR3",
        "2026-02-31,2026-05-01\nR3",
    );
    let report = t.import(&sheets).await;
    assert_eq!(places(&report), [("recommendations.csv".to_owned(), Some(3), "published_on".to_owned())]);
    warned(&report, "stories.csv", 9, "code", "look-alike letters");
    warned(&report, "participants.csv", 2, "cadence", "P01");
    warned(&report, "stories.csv", 4, "code", "withdrawn");
    warned(&report, "evidence.csv", 4, "story", "withdrawn");
}

#[tokio::test]
async fn another_organisation_cannot_take_a_slug() {
    on_both(|t| async move {
        t.import_small().await;
        let mut theirs = Sheets::small();
        theirs.swap("project", "Lantern Collective", "Somebody Else").swap(
            "project",
            "The river path after dark",
            "Ours now",
        );
        let refused = import(&t.app(), &theirs.files(), false).await.expect_err("taken");
        assert!(refused.to_string().contains("another organisation"), "{refused}");
        assert_eq!(t.project().await.title, "The river path after dark");
        nothing_new(&t.import(&Sheets::small()).await);
    })
    .await;
}

#[tokio::test]
async fn imports_and_logs_at_the_same_time_leave_no_gap_and_no_double() {
    on_both(|t| async move {
        t.import_small().await;
        let mut sheets = Sheets::small();
        sheets.history("R1,2026-02-05,response,accepted,,,,,\nR2,2026-02-06,note,One bench is there.,,,,,\nR3,2026-02-07,promise,A timetable,,,,,2026-06-01");
        let (t, sheets) = (&t, &sheets);
        let imports = (0..4).map(|_| {
            let (app, files) = (t.app(), sheets.files());
            tokio::spawn(async move { import(&app, &files, false).await.map(|report| report.errors) })
        });
        let logs = (0..12).map(|number| {
            let app = t.app();
            let note = act(["R1", "R2", "R3"][number % 3], "2026-03-01", HistoryKind::Note, &format!("Word {number}"));
            tokio::spawn(async move {
                hearback::actions::outcomes::record_outcome(&app, SLUG, note).await.map(|_| Vec::new())
            })
        });
        let tasks: Vec<_> = imports.chain(logs.collect::<Vec<_>>()).collect();
        for task in tasks {
            assert_eq!(task.await.expect("no panic").expect("done"), []);
        }
        let events = t.events().await;
        let numbers: Vec<i64> = events.iter().map(|event| event.seq).collect();
        assert_eq!(numbers, (1..=events.len() as i64).collect::<Vec<_>>());
        assert_eq!(t.kinds("note").await.len(), 13);
        assert_eq!((t.kinds("response").await.len(), t.kinds("promise").await.len()), (1, 1));
        assert!(verify_project(&t.app(), SLUG).await.expect("a record").is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_first_import_twice_at_once_makes_one_project() {
    on_both(|t| async move {
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let app = t.app();
                tokio::spawn(async move { import(&app, &Sheets::small().files(), false).await })
            })
            .collect();
        let mut added = 0;
        for task in tasks {
            let report = task.await.expect("no panic").expect("an import");
            assert_eq!(report.errors, []);
            added += report.added["project"];
        }
        assert_eq!(added, 1);
        assert_eq!(project::all(&t.app().db.reader).await.expect("projects").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_later_target_or_a_moved_promise_needs_its_explanation() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.swap("recommendations", "response_due_on\n", "response_due_on,target_on\n").swap(
        "recommendations",
        "2026-02-01,2026-05-01\n",
        "2026-02-01,2026-05-01,2026-10-01\n",
    );
    t.bring_in(&sheets).await;
    let mut later = sheets.clone();
    later.swap("recommendations", "2026-10-01\nR3", "2026-12-01\nR3");
    let report = t.import(&later).await;
    assert_eq!(places(&report), [("recommendations.csv".to_owned(), Some(3), "target_on".to_owned())]);
    sheets.history("R1,2026-02-12,target,2026-12-01,,,,,\nR2,2026-02-12,target,2026-12-01,,The bends must be dug up first.,,,");
    let report = t.import(&sheets).await;
    assert_eq!(places(&report), [("history.csv".to_owned(), Some(2), "explanation".to_owned())]);
}

#[tokio::test]
async fn a_new_channel_without_a_column_for_consent_stands_for_it() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.put("participants", "id,email,channel\nP01,sam@people.example,none\n");
    sheets.put("stories", "code,participant,medium\nKTR7,P01,video\n");
    sheets.put("evidence", "recommendation,story,direction\n");
    t.bring_in(&sheets).await;
    assert!(!t.person("P01").await.contact_consent);
    sheets.swap("participants", ",none", ",email");
    warned_somewhere(&t.bring_in(&sheets).await, "stands for consent");
    let person = t.person("P01").await;
    assert!(person.contact_consent && person.channel == Channel::Email);
}

#[tokio::test]
async fn what_was_logged_is_known_to_an_import_of_the_same_row() {
    let t = Trial::new().await;
    t.import_small().await;
    t.log(explained(
        act("R1", "2026-03-01", HistoryKind::Progress, "stalled"),
        "No money for it.",
        "2026-06-01",
    ))
    .await;
    let mut sheets = Sheets::small();
    sheets.history("R1,2026-03-01,progress,stalled,money,No money for it.,,2026-06-01,");
    nothing_new(&t.bring_in(&sheets).await);
    assert!(t.app().clock.now() >= at("2026-03-01"));
    assert_eq!(t.kinds("progress").await.len(), 1);
}

#[tokio::test]
async fn who_stopped_letters_or_calls_is_not_signed_up_again_under_another_id() {
    on_both(|t| async move {
        t.import_small().await;
        t.stop("P05").await;
        t.stop("P06").await;
        let mut again = Sheets::small();
        again.add(
            "participants",
            "P08,Ada,,,\"1 Quay Lane, WENNBRIDGE\",letter,standard,every,,yes\n\
             P09,,,+44 1632 960002,,phone,standard,every,,yes\n\
             P10,,,01632 960002,,phone,standard,every,,yes\n\
             P11,Bea,,,\"1 Quay Lane\nWennbridge\",letter,standard,every,,yes\n",
        );
        t.bring_in(&again).await;
        for (reference, state) in [
            ("P08", ParticipantState::Stopped),
            ("P09", ParticipantState::Stopped),
            ("P10", ParticipantState::Stopped),
            // Somebody else who lives in the same house.
            ("P11", ParticipantState::Active),
        ] {
            assert_eq!(t.person(reference).await.state, state, "{reference}");
        }
    })
    .await;
}
