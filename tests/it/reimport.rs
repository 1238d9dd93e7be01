//! A sheet comes in again, as it was or with columns left out, after people and staff have said otherwise.

use std::collections::BTreeMap;

use hearback::actions::addresses;
use hearback::actions::import::Report;
use hearback::actions::participants::{self, Deed};
use hearback::domain::pack::codes;
use hearback::domain::words::{Choice, HistoryKind, ParticipantState};
use hearback::store::{story, vault};

use crate::cli::Shell;
use crate::harness::{SLUG, Sheets, Trial, act, at, explained, on_both};

fn warned(report: &Report, file: &str, row: u32, column: &str, says: &str) {
    let found = report.warnings.iter().any(|warning| {
        (warning.file.as_str(), warning.row, warning.column.as_deref()) == (file, Some(row), Some(column))
            && warning.message.contains(says)
    });
    assert!(found, "{file} {row} {column} {says}: {:?}", report.warnings);
}

/// Nothing came in and nothing changed.
fn nothing_new(report: &Report) {
    assert_eq!(report.errors, []);
    assert!(report.added.values().all(|count| *count == 0), "{:?}", report.added);
    assert!(report.changed.values().all(Vec::is_empty), "{:?}", report.changed);
}

async fn address_of(t: &Trial, reference: &str) -> Option<String> {
    let person = t.person(reference).await;
    let sealed = vault::find(&t.app().db.reader, person.id).await.expect("a query").expect("contact data");
    t.app().keys.open(person.id.0.as_bytes(), &sealed.sealed).expect("opened").email
}

#[tokio::test]
async fn an_address_that_somebody_gave_is_not_taken_back_to_the_old_one_by_the_sheet() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        t.bring_in(&sheets).await;
        t.app().clock.advance_to(at("2026-03-05T12:00Z"));
        addresses::set_address(&t.app(), SLUG, "P01", "sam.safe@people.example").await.expect("set");
        for _ in 0..2 {
            let report = t.bring_in(&sheets).await;
            nothing_new(&report);
            warned(
                &report,
                "participants.csv",
                2,
                "email",
                "P01 was given another address on 2026-03-05; that one stays",
            );
            assert!(report.warnings.iter().all(|warning| !warning.message.contains('@')));
        }
        assert_eq!(address_of(&t, "P01").await.as_deref(), Some("sam.safe@people.example"));
        t.tick_at("2026-04-01T10:00Z").await;
        assert_eq!(t.mails_to("sam@people.example").len(), 0);
        assert_eq!(t.mails_to("sam.safe@people.example").len(), 1);
        // Neither by a third address, nor by none.
        let old = "P01,Sam,sam@people.example,,,email";
        for other in ["P01,Sam,other@people.example,,,email", "P01,Sam,,,,none"] {
            let report = t.bring_in(sheets.clone().swap("participants", old, other)).await;
            warned(&report, "participants.csv", 2, "email", "that one stays");
            assert_eq!(address_of(&t, "P01").await.as_deref(), Some("sam.safe@people.example"));
        }
        t.bring_in(&sheets).await;
        let report = t.bring_in(sheets.swap("participants", "sam@people", "sam.safe@people")).await;
        nothing_new(&report);
        assert_eq!(report.warnings, []);
        // Whose address came by the sheet gets the next one by the sheet.
        sheets.swap("participants", "kit@people", "kit.new@people");
        assert_eq!(t.bring_in(&sheets).await.warnings, []);
        assert_eq!(address_of(&t, "P02").await.as_deref(), Some("kit.new@people.example"));
    })
    .await;
}

const FULL: &str = "recommendation,on,kind,value,reason,explanation,explanation_cy,explanation_pt_br,tried,tried_cy,decided_by,unblock,in_our_control,review_on,noticed_by,evidence_url\n\
    R1,2026-02-10,progress,stalled,money,The purse is empty.,Mae’r pwrs yn wag.,A bolsa está vazia.,We asked two funds.,Gofynnon ni i ddwy gronfa.,The board,A grant,partly,2026-06-01,,\n\
    R2,2026-02-11,response,accepted,,We like benches.,,,,,,,,,,\n\
    R3,2026-02-12,progress,done,,The bus runs.,Mae’r bws yn rhedeg.,,,,The board,,,,Everyone,https://bus.example/times\n\
    R2,2026-09-01,progress,stalled,money,The benches are dear.,Mae’r meinciau yn ddrud.,,We asked a joiner.,,,,,2026-12-01,,\n";

/// The sheet without these columns; none of its cells holds a comma.
fn without(text: &str, columns: &[&str]) -> String {
    let left: Vec<bool> =
        text.lines().next().expect("a header").split(',').map(|name| !columns.contains(&name)).collect();
    let cut = |line: &str| {
        let cells = line.split(',').zip(&left).filter(|(_, left)| **left).map(|(cell, _)| cell);
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    text.lines().map(cut).collect()
}

#[tokio::test]
async fn columns_that_a_sheet_of_history_lacks_keep_what_was_recorded_and_nobody_is_told_of_a_correction() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.put("history", FULL);
        t.bring_in(&sheets).await;
        let before = t.events().await;
        let optional = [
            "explanation_cy",
            "explanation_pt_br",
            "tried_cy",
            "decided_by",
            "unblock",
            "in_our_control",
            "noticed_by",
            "evidence_url",
        ];
        for gone in [&optional[..1], &optional[..3], &["tried", "tried_cy"], &optional[3..], &optional] {
            sheets.put("history", &without(FULL, gone));
            nothing_new(&t.bring_in(&sheets).await);
        }
        sheets.put("history", FULL);
        nothing_new(&t.bring_in(&sheets).await);
        assert_eq!(t.events().await.len(), before.len());
        // What has a column and is blank there is taken away, and so are the words that said it again.
        sheets.put("history", &without(FULL, &optional)).swap("history", "We asked two funds.", "");
        t.bring_in(&sheets).await;
        let events = t.events().await;
        assert_eq!(events.len(), before.len() + 1);
        let content = events.last().and_then(|event| event.content.clone()).expect("a correction");
        let now = &content["fields"]["explanation"];
        assert_eq!(now["decided_by"], "The board");
        assert!(now.get("tried").is_none());
        assert_eq!(now["translations"]["cy"]["what_happened"], "Mae’r pwrs yn wag.");
        assert_eq!(now["translations"]["pt-BR"]["what_happened"], "A bolsa está vazia.");
        assert!(now["translations"]["cy"].get("tried").is_none());
        // What waited for its day kept its words, too.
        t.tick_at("2026-09-02T09:00Z").await;
        let events = t.events().await;
        let waited =
            events.iter().find(|event| event.kind == "progress" && event.subject == "R2").expect("applied");
        let told = &waited.content.as_ref().expect("words")["explanation"];
        assert_eq!(told["translations"]["cy"]["what_happened"], "Mae’r meinciau yn ddrud.");
    })
    .await;
}

#[tokio::test]
async fn words_logged_in_another_language_stay_when_the_sheet_comes_in_again() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    let row = "R1,2026-02-10,progress,stalled,money,The lamps cost too much.,The council,2026-06-01,";
    sheets.history(row);
    t.bring_in(&sheets).await;
    let stalled = act("R1", "2026-02-10", HistoryKind::Progress, "stalled");
    let mut logged = explained(stalled, "The lamps cost too much.", "2026-06-01");
    logged.decided_by = Some("The council".to_owned());
    let words = BTreeMap::from([("explanation".to_owned(), "Mae’r lampau yn rhy ddrud.".to_owned())]);
    logged.translations.insert("cy".to_owned(), words);
    t.log(logged).await;
    let before = t.events().await;
    nothing_new(&t.bring_in(&sheets).await);
    assert_eq!(t.events().await.len(), before.len());
    // Other words in the project's language are not what the Welsh ones say.
    sheets.history(&row.replace("cost too much", "are too dear"));
    t.bring_in(&sheets).await;
    let events = t.events().await;
    let content = events.last().and_then(|event| event.content.clone()).expect("a correction");
    assert_eq!(content["fields"]["explanation"]["what_happened"], "The lamps are too dear.");
    assert!(content["fields"]["explanation"].get("translations").is_none(), "{content:?}");
}

#[tokio::test]
async fn a_story_is_not_moved_to_somebody_who_has_withdrawn() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        t.bring_in(&sheets).await;
        t.deed("P02", Deed::Withdraw(None)).await;
        let moved = "KTR7,P02,Another summary,video,public_anonymous,code";
        sheets.swap("stories", "KTR7,P01,The walk home without a lamp,video,public_anonymous,code", moved);
        let report = t.bring_in(&sheets).await;
        nothing_new(&report);
        warned(&report, "stories.csv", 2, "participant", "P02 has withdrawn");
        let hash = t.app().keys.code_hashes(t.project().await.id.0.as_bytes(), &codes::skeleton("KTR7"));
        let kept =
            story::by_code_hash(&t.app().db.reader, t.project().await.id, &hash).await.expect("a query");
        let kept = kept.expect("the story");
        assert_eq!(kept.participant_id, Some(t.person("P01").await.id));
        assert_eq!(kept.summary.as_deref(), Some("The walk home without a lamp"));
    })
    .await;
}

fn acts(rows: &str) -> String {
    format!("participant,on,act,story,value\n{rows}")
}

#[tokio::test]
async fn on_the_day_on_which_somebody_stopped_no_sheet_starts_their_updates_again() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        t.bring_in(&sheets).await;
        t.stop("P01").await;
        sheets.put("acts", &acts("P01,2026-03-01,resume,,\nP01,2026-03-03,resume,,\n"));
        // Of one sheet the later row counts, on one day too.
        sheets.add("acts", "P02,2026-03-01,stop,,\nP02,2026-03-01,resume,,\nP03,2026-03-01,resume,,\nP03,2026-03-01,stop,,\n");
        sheets.add("acts", "P04,2026-03-03,stop,,\nP04,2026-03-03,resume,,\nP05,2026-03-02,resume,,\n");
        let report = t.bring_in(&sheets).await;
        warned(&report, "acts.csv", 2, "act", "P01 stopped updates on this very day");
        let state = async |reference: &str| t.person(reference).await.state;
        assert_eq!(state("P01").await, ParticipantState::Stopped);
        assert_eq!(state("P02").await, ParticipantState::Active);
        assert_eq!(state("P03").await, ParticipantState::Stopped);
        assert_eq!(t.bring_in(&sheets).await.added["acts"], 0);
        // So it is with rows that waited for their day.
        t.app().clock.advance_to(at("2026-03-02T07:00Z"));
        t.stop("P05").await;
        t.tick_at("2026-03-02T09:00Z").await;
        assert_eq!(state("P05").await, ParticipantState::Stopped);
        t.tick_at("2026-03-03T09:00Z").await;
        assert_eq!(state("P04").await, ParticipantState::Active);
        // Later they may want to hear again.
        assert_eq!(state("P01").await, ParticipantState::Active);
    })
    .await;
}

#[test]
fn a_trial_import_shows_each_cell_in_one_line_that_cannot_pass_for_one_of_its_own() {
    let shell = Shell::new().imported("2026-03-01");
    let mut sheets = Sheets::small();
    let long = format!(
        "\"Put lamps\r\nStored.\nThe project's slug is evil.\u{2028}{}\"",
        "along the path ".repeat(40)
    );
    sheets.swap("recommendations", "Put lamps along the whole path", &long);
    shell.pack(&sheets);
    let out = shell.say("import pack --dry-run --at 2026-03-02").ok();
    let changed = out.lines().find(|line| line.starts_with("changed: recommendations")).expect("the cell");
    assert!(changed.contains("-> Put lamps⏎Stored.⏎The project's slug is evil.⏎along"), "{out}");
    assert!(changed.chars().count() < 300 && changed.ends_with('…'), "{out}");
    assert!(!out.lines().any(|line| line.starts_with("Stored.") || line.starts_with("The project")), "{out}");
}

#[tokio::test]
async fn a_language_that_nobody_has_words_in_is_pointed_out_and_cannot_be_chosen() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.swap("participants", "id,greeting_name,email,", "id,language,greeting_name,email,");
    let tags = [
        ("P01", "fr"),
        ("P02", "cy-GB"),
        ("P03", ""),
        ("P04", "xx"),
        ("P05", "en"),
        ("P06", "ur"),
        ("P07", ""),
    ];
    for (row, tag) in tags {
        sheets.swap("participants", &format!("\n{row},"), &format!("\n{row},{tag},"));
    }
    let history = "recommendation,on,kind,value,reason,explanation,explanation_cy,explanation_fr,review_on\n\
        R2,2026-02-10,progress,stalled,money,No money.,Dim arian.,,2026-06-01\n\
        R1,2026-02-10,progress,stalled,money,No money.,Dim arian.,Pas d’argent.,2026-06-01\n";
    sheets
        .put("history", history)
        .put("acts", &acts("P03,2026-02-20,choose,,language=fr\nP05,2026-04-20,choose,,language=fr\n"));
    for _ in 0..2 {
        let report = t.bring_in(&sheets).await;
        warned(
            &report,
            "participants.csv",
            2,
            "language",
            "nobody has words in `fr` here: P01 gets messages in English",
        );
        warned(&report, "participants.csv", 5, "language", "`xx`");
        warned(
            &report,
            "history.csv",
            3,
            "explanation_fr",
            "nobody has words in `fr` here, so nobody is shown this",
        );
        let told = report.warnings.iter().filter(|warning| warning.message.contains("nobody has words"));
        assert_eq!(told.count(), 3 + usize::from(report.added["acts"] == 2), "{:?}", report.warnings);
        if report.added["acts"] == 2 {
            warned(&report, "acts.csv", 2, "act", "cy, en, ur");
            warned(&report, "acts.csv", 3, "value", "`fr`");
        }
    }
    let choice = |tag: &str| Deed::Choose(Choice::Language, tag.to_owned());
    let refused =
        participants::act(&t.app(), SLUG, "P05", &choice("xx")).await.expect_err("refused").to_string();
    assert!(refused.contains("words in here: cy, en, ur"), "{refused}");
    assert_eq!(t.person("P05").await.language, "en");
    t.deed("P04", choice("cy-GB")).await;
    assert_eq!(t.person("P04").await.language, "cy-GB");
    let report = t.bring_in(&sheets).await;
    assert!(!report.warnings.iter().any(|warning| warning.message.contains("P04 gets messages")));
    warned(&report, "participants.csv", 5, "language", "chose their own language");
    let report = t.bring_in(sheets.add("project", "language,xx")).await;
    let own = report.warnings.iter().find(|warning| warning.file == "project.csv").expect("a warning");
    assert!(own.message.contains("`xx`") && own.message.contains("English"), "{}", own.message);
}
