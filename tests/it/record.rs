//! The record can be given out, checked by anybody, and made to lose a passage without losing its chain.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use hearback::actions::projects;
use hearback::actions::record::{export, redact, verify_project};
use hearback::domain::record::{Line, fingerprint};
use hearback::domain::record_file::verify;
use hearback::domain::words::HistoryKind;
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};

use crate::harness::{SLUG, Sheets, Trial, act, explained, on_both, skipped};

/// Stories, reasons, addresses: all that must never be in a record.
const PRIVATE: &[&str] = &[
    "P01",
    "P02",
    "P03",
    "P04",
    "P05",
    "P06",
    "P07",
    "KTR7",
    "MWD2",
    "HVX5",
    "QLB9",
    "ZCN4",
    "FGJ8",
    "PYS3",
    "walk home",
    "second bend",
    "people.example",
    "lantern.example",
    "town.example",
    "960001",
    "960002",
    "Quay",
    "Noor",
    "Walks in the dark",
    "Fell there",
    "drew a crowd",
];

/// A project with some history, a correction, silences, an edition and acts of people.
fn sheets() -> Sheets {
    let mut sheets = Sheets::small();
    sheets
        .swap("recommendations", "responsible,", "responsible,responsible_email,")
        .swap("recommendations", "Town council,", "Town council,works@town.example,")
        .swap("recommendations", "Bus company,", "Bus company,buses@town.example,")
        .history(
            "R1,2026-02-05,response,accepted,,,,,\n\
             R1,2026-02-10,progress,stalled,money,The café’s lamps cost “twice” as much.,The council,2026-06-01,\n\
             R2,2026-02-11,promise,One bench,,,,,2026-03-10\n\
             R3,2026-02-12,response,declined,considered_and_disagreed,Nobody rides at night.,The bus company,,",
        );
    sheets
}

async fn lived(t: &Trial) -> Vec<Line> {
    let mut sheets = sheets();
    t.bring_in(&sheets).await;
    sheets.swap("history", "twice", "three times");
    t.bring_in(&sheets).await;
    t.deed("P01", hearback::actions::participants::Deed::Pause).await;
    t.deed("P03", hearback::actions::participants::Deed::Withdraw(None)).await;
    t.days_until("2026-04-02").await;
    t.log(act("R2", "2026-04-02", HistoryKind::PromiseKept, "One bench")).await;
    t.pause_project("Everybody is away").await;
    t.events().await
}

/// Changes the database by hand.
async fn by_hand(t: &Trial, statement: &str) {
    let db = Database::connect(t.database_url()).await.expect("the database");
    let done = db.execute_unprepared(statement).await.expect("a change by hand");
    assert!(done.rows_affected() > 0, "{statement}");
    db.close().await.expect("closed");
}

async fn on_the_side(t: &Trial, statement: &str) {
    let db = Database::connect(t.database_url()).await.expect("the database");
    db.execute_unprepared(statement).await.expect("a statement");
    db.close().await.expect("closed");
}

fn as_text(lines: &[Line]) -> String {
    lines.iter().map(|line| serde_json::to_string(line).expect("JSON") + "\n").collect()
}

async fn first_fault(t: &Trial) -> i64 {
    verify_project(&t.app(), SLUG).await.expect("a project").expect_err("it was tampered with").seq
}

#[tokio::test]
async fn the_export_has_the_form_that_is_written_down() {
    on_both(|t| async move {
        let lines = lived(&t).await;
        let text = as_text(&lines);
        let mut salts = BTreeSet::new();
        let (mut prev, mut last) = ("0".repeat(64), String::new());
        for (index, line) in text.lines().enumerate() {
            let begin = format!("{{\"seq\":{},\"at\":\"", index + 1);
            assert!(line.starts_with(&begin), "{line}");
            let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let mut keys: Vec<&str> =
                value.as_object().expect("an object").keys().map(String::as_str).collect();
            keys.sort_unstable();
            assert_eq!(keys, ["at", "content", "content_hash", "hash", "kind", "prev", "seq", "subject"]);
            let at = value["at"].as_str().expect("a time").to_owned();
            assert_eq!((at.len(), &at[19..20], &at[26..]), (27, ".", "Z"), "{at}");
            assert!(at >= last);
            last = at;
            let salt = value["content"]["salt"].as_str().expect("a salt").to_owned();
            assert!(salt.len() == 32 && salt.bytes().all(|byte| byte.is_ascii_hexdigit()), "{salt}");
            assert!(salts.insert(salt), "a salt came twice");
            assert_eq!(value["prev"], prev.as_str());
            prev = value["hash"].as_str().expect("a hash").to_owned();
            let subject = value["subject"].as_str().expect("a subject");
            assert!(["project", "R1", "R2", "R3"].contains(&subject), "{subject}");
        }
        let kinds: BTreeSet<&str> = lines.iter().map(|line| line.kind.as_str()).collect();
        for kind in [
            "project_started",
            "recommendation_published",
            "response",
            "progress",
            "promise",
            "promise_missed",
            "promise_kept",
            "correction",
            "project_paused",
        ] {
            assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        }
        let head = verify_project(&t.app(), SLUG).await.expect("a project").expect("it holds");
        assert_eq!(head.seq, lines.len() as i64);
        assert_eq!(verify(text.as_bytes()).expect("it holds").hash, head.hash);
    })
    .await;
}

#[tokio::test]
async fn every_kind_and_field_that_is_written_stands_in_the_description() {
    let t = Trial::new().await;
    lived(&t).await;
    t.log(act("R1", "2026-04-02", HistoryKind::Note, "Ten lamps are up")).await;
    t.log(explained(act("R1", "2026-04-02", HistoryKind::Target, "2026-09-01"), "So it is.", "")).await;
    let mut done = explained(
        act("R1", "2026-04-02", HistoryKind::Progress, "done_in_part"),
        "Half is lit.",
        "2026-09-01",
    );
    done.noticed_by = Some("Whoever walks".to_owned());
    done.evidence_url = Some("https://town.example/lit".to_owned());
    done.unblock = Some("More money".to_owned());
    done.decided_by = Some("The council".to_owned());
    t.log(done).await;
    let mut promise = explained(act("R1", "2026-04-02", HistoryKind::Promise, "Ten more"), "The rest.", "");
    promise.due_on = Some("2026-05-01".parse().expect("a day"));
    t.log(promise.clone()).await;
    promise.kind = HistoryKind::PromiseMoved;
    promise.due_on = Some("2026-06-01".parse().expect("a day"));
    t.log(promise).await;
    projects::resume(&t.app(), SLUG).await.expect("resumed");
    let mut changed = sheets();
    changed.swap("history", "twice", "three times").swap("recommendations", "Light the path", "Lamps").swap(
        "project",
        "review_days,5",
        "review_days,6",
    );
    t.bring_in(&changed).await;
    redact(&t.app(), SLUG, t.kinds_of("note").await[0], "A court said so").await.expect("redacted");
    t.days_until("2026-09-03").await;
    let lines = t.events().await;
    let kinds: BTreeSet<&str> = lines.iter().map(|line| line.kind.as_str()).collect();
    assert!(kinds.len() >= 18, "{kinds:?}");
    let format = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/record-format.md"))
        .expect("the description");
    for line in lines {
        let row = format.lines().find(|row| row.starts_with(&format!("| `{}` |", line.kind)));
        let row = row.unwrap_or_else(|| panic!("{} is not described", line.kind));
        // What was redacted has none any more.
        let Some(content) = line.content else { continue };
        for name in ["explanation", "outcome"] {
            let described = format.split(&format!("- **`{name}`**")).nth(1).expect("it is described");
            let described = described.split("\n- **").next().unwrap_or_default();
            let inner = content.get(name).and_then(|inner| inner.as_object());
            for field in inner.into_iter().flat_map(|inner| inner.keys()) {
                assert!(described.contains(&format!("`{field}`")), "{name}: {field} is not described");
            }
        }
        for field in content.keys().filter(|field| !["salt", "on"].contains(&field.as_str())) {
            assert!(row.contains(&format!("`{field}`")), "{}: {field} is not described", line.kind);
        }
    }
}

#[tokio::test]
async fn a_change_by_hand_is_named_by_the_number_of_its_event() {
    on_both(|t| async move {
        let lines = lived(&t).await;
        let stalled = lines.iter().find(|line| line.kind == "progress").expect("a stall").seq;
        let changes = [
            ("content", "content = replace(content, 'cost', 'cosy')", stalled),
            ("content", "content = '[1]'", stalled),
            ("content", "content = 'no JSON'", stalled),
            ("content", "content = NULL", stalled),
            ("kind", "kind = 'response'", stalled),
            ("subject", "subject = 'R2'", stalled),
            ("at", "at = at + 1", stalled),
            (
                "content_hash",
                "content_hash = replace(content_hash, substr(content_hash, 1, 1), 'x')",
                stalled,
            ),
            ("hash", "hash = 'ab' || substr(hash, 3)", stalled),
            ("prev", "prev = 'ab' || substr(prev, 3)", stalled),
            ("at", "at = at - 999999999", lines.len() as i64),
        ];
        for (column, change, seq) in changes {
            on_the_side(&t, "CREATE TABLE kept AS SELECT * FROM event").await;
            let statement = format!("UPDATE event SET {change} WHERE seq = {seq}");
            by_hand(&t, &statement).await;
            assert_eq!(first_fault(&t).await, seq, "{change}");
            let exported = export(&t.app(), SLUG).await.expect("an export");
            assert_eq!(verify(as_text(&exported).as_bytes()).expect_err("tampered").seq, seq, "{change}");
            by_hand(
                &t,
                &format!(
                    "UPDATE event SET {column} = (SELECT kept.{column} FROM kept WHERE kept.seq = event.seq)"
                ),
            )
            .await;
            on_the_side(&t, "DROP TABLE kept").await;
            assert!(verify_project(&t.app(), SLUG).await.expect("a project").is_ok(), "{change}");
        }
        by_hand(&t, &format!("DELETE FROM event WHERE seq = {stalled}")).await;
        assert_eq!(first_fault(&t).await, stalled);
    })
    .await;
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_noticed() {
    on_both(|t| async move {
        let last = lived(&t).await.len() as i64;
        by_hand(&t, &format!("DELETE FROM event WHERE seq = {last}")).await;
        assert_eq!(first_fault(&t).await, last);
    })
    .await;
}

#[tokio::test]
async fn a_file_names_the_first_line_at_which_it_does_not_hold() {
    let t = Trial::new().await;
    let lines = lived(&t).await;
    let text = as_text(&lines);
    let edit = |at: usize, from: &str, to: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert!(lines[at - 1].contains(from), "{from}");
        lines[at - 1] = lines[at - 1].replacen(from, to, 1);
        lines.join("\n") + "\n"
    };
    assert_eq!(verify(b"").expect("a record without events holds").seq, 0);
    let cases = [
        (edit(2, "\"seq\":2", "\"seq\":3"), 2),
        (edit(2, "\"seq\":2", "\"extra\":1,\"seq\":2"), 2),
        (edit(2, "\"seq\":2", "\"seq\":2,\"seq\":2"), 2),
        (edit(2, "\"salt\":", "\"salz\":"), 2),
        (edit(2, "Z\"", "+00:00\""), 2),
        (edit(3, "{", "["), 3),
        (text.replacen('\n', "\n\n", 1), 2),
        // The first fault is named, also where a later line is no event at all.
        (edit(2, "\"kind\":\"", "\"kind\":\"x").replacen("{\"seq\":4", "nothing", 1), 2),
    ];
    for (text, seq) in cases {
        assert_eq!(verify(text.as_bytes()).expect_err("tampered").seq, seq, "{text}");
    }
    let without = |value: &str| {
        let mut line: serde_json::Value =
            serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
        line.as_object_mut().expect("an object").remove(value);
        line.to_string()
    };
    for field in ["seq", "at", "kind", "subject", "content", "content_hash", "prev", "hash"] {
        assert_eq!(verify(without(field).as_bytes()).expect_err("a field is gone").seq, 1, "{field}");
    }
}

/// Every row of every table but those that belong to the database itself, as text.
async fn everything(t: &Trial) -> String {
    let db = Database::connect(t.database_url()).await.expect("the database");
    let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let tables = match is_sqlite {
        true => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        false => {
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let backend = db.get_database_backend();
    let rows = db.query_all_raw(Statement::from_string(backend, tables)).await.expect("tables");
    let mut text = String::new();
    for row in rows {
        let table: String = row.try_get("", "name").expect("a name");
        let all = match is_sqlite {
            true => {
                let columns = db
                    .query_all_raw(Statement::from_string(
                        backend,
                        format!("SELECT name FROM pragma_table_info('{table}')"),
                    ))
                    .await
                    .expect("columns");
                let columns: Vec<String> = columns
                    .iter()
                    .map(|row| {
                        format!(
                            "coalesce(quote(\"{}\"), '')",
                            row.try_get::<String>("", "name").expect("a name")
                        )
                    })
                    .collect();
                format!("SELECT {} AS whole FROM \"{table}\"", columns.join(" || ',' || "))
            }
            false => format!("SELECT row_to_json(x)::text AS whole FROM \"{table}\" x"),
        };
        for row in db.query_all_raw(Statement::from_string(backend, all)).await.expect("rows") {
            text.push_str(&row.try_get::<String>("", "whole").expect("text"));
            text.push('\n');
        }
    }
    db.close().await.expect("closed");
    text
}

#[tokio::test]
async fn a_redacted_passage_is_gone_and_everything_else_stays() {
    on_both(|t| async move {
        let mut sheets = sheets();
        sheets.swap("history", "twice", "Zanzibar");
        t.bring_in(&sheets).await;
        sheets.swap("history", "Zanzibar", "Zanzibar and Timbuktu");
        t.bring_in(&sheets).await;
        let lines = t.events().await;
        let stalled = lines.iter().find(|line| line.kind == "progress").expect("a stall");
        assert!(everything(&t).await.contains("Zanzibar"));
        let written = redact(&t.app(), SLUG, stalled.seq, "A court said so").await.expect("redacted");
        assert_eq!(written.len(), 2, "the event and its correction");
        let rest = everything(&t).await;
        assert!(!rest.contains("Zanzibar") && !rest.contains("Timbuktu"), "{rest}");
        let after = t.events().await;
        let (before, gone) = (stalled, &after[stalled.seq as usize - 1]);
        assert_eq!(
            (&gone.hash, &gone.content_hash, &gone.content),
            (&before.hash, &before.content_hash, &None)
        );
        assert!(verify_project(&t.app(), SLUG).await.expect("a project").is_ok());
        assert!(verify(as_text(&after).as_bytes()).is_ok());

        // The same rows again are what they were, and nothing of it comes back.
        let report = t.bring_in(&sheets).await;
        assert!(report.changed.values().all(Vec::is_empty) && report.added.values().all(|count| *count == 0));
        let other = {
            let mut other = sheets.clone();
            other.swap("history", "Zanzibar", "Lagos");
            t.import(&other).await
        };
        assert!(other.errors.len() == 1 && !format!("{other:?}").contains("Zanzibar"), "{other:?}");
        // It stands where it stood: stalled until its next look, and it may go on from there.
        t.days_until("2026-04-02").await;
        let mail = t.mails_to("sam@people.example").pop().expect("a message");
        let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("stuck") && text.contains("Reason: money") && text.contains("1 June 2026"),
            "{text}"
        );
        assert!(!mail.raw.contains("Zanzibar"));
        t.log(act("R1", "2026-04-02", HistoryKind::Progress, "in_progress")).await;
        assert!(redact(&t.app(), SLUG, stalled.seq, "Again").await.is_err(), "it is gone already");
        assert!(redact(&t.app(), SLUG, written[0], "Hide it").await.is_err(), "a redaction stays");
        assert!(redact(&t.app(), SLUG, 999, "Nothing there").await.is_err());
        assert!(redact(&t.app(), SLUG, 1, " ").await.is_err(), "it needs a reason");
    })
    .await;
}

#[tokio::test]
async fn a_redacted_promise_that_was_kept_stays_kept_and_its_words_are_gone_everywhere() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.history(
            "R1,2026-02-05,promise,Zanzibar lamps,,,,,2026-03-20\n\
             R1,2026-02-06,promise_moved,Zanzibar lamps,,They come later.,,,2026-04-10\n\
             R1,2026-02-07,promise_kept,Zanzibar lamps,,,,,",
        );
        t.bring_in(&sheets).await;
        let made = t.kinds_of("promise").await[0];
        redact(&t.app(), SLUG, made, "A court said so").await.expect("redacted");
        let rest = everything(&t).await;
        assert!(!rest.contains("Zanzibar"), "{rest}");
        // Nor can the words be found by trying them out.
        let row = act("R1", "2026-02-05", HistoryKind::Promise, "Zanzibar lamps");
        assert!(!rest.contains(&row.key()), "a hash of the words without a key");
        t.days_until("2026-05-02").await;
        assert!(t.kinds("promise_missed").await.is_empty(), "it was kept");
        let report = t.bring_in(&sheets).await;
        assert!(report.changed.values().all(Vec::is_empty) && report.added.values().all(|count| *count == 0));
        assert!(verify_project(&t.app(), SLUG).await.expect("a project").is_ok());
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_redacted_passage_lies_in_the_file_of_the_database() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.history("R1,2026-02-10,progress,stalled,money,Zanzibar is why.,The council,2026-06-01,");
    t.bring_in(&sheets).await;
    redact(&t.app(), SLUG, t.kinds_of("progress").await[0], "A court said so").await.expect("redacted");
    by_checkpoint(&t).await;
    for name in ["hearback.db", "hearback.db-wal"] {
        let Ok(bytes) = std::fs::read(t.folder.path().join(name)) else { continue };
        assert!(!bytes.windows(8).any(|window| window == b"Zanzibar"), "{name} still holds it");
    }
}

/// What any SQLite does in the course of time: the log is written back and begins anew.
async fn by_checkpoint(t: &Trial) {
    let db = Database::connect(t.database_url()).await.expect("the database");
    db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("a checkpoint");
    db.close().await.expect("closed");
}

impl Trial {
    async fn kinds_of(&self, kind: &str) -> Vec<i64> {
        self.events().await.into_iter().filter(|event| event.kind == kind).map(|event| event.seq).collect()
    }
}

#[tokio::test]
async fn the_record_names_no_person_no_story_and_no_address() {
    on_both(|t| async move {
        let text = as_text(&lived(&t).await);
        for private in PRIVATE {
            assert!(!text.contains(private), "{private}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_s_acts_and_evidence_write_no_event() {
    let t = Trial::new().await;
    t.import_small().await;
    let before = t.events().await.len();
    let mut sheets = Sheets::small();
    sheets.add("evidence", "R2,QLB9,supports,Late\n").put("acts", "participant,on,act,story,value\nP01,2026-03-01,pause,,\nP02,2026-03-01,withdraw,,\nP04,2026-03-01,choose,,cadence=yearly\n");
    let report = t.bring_in(&sheets).await;
    assert_eq!((report.added["acts"], report.added["evidence"]), (3, 1));
    t.deed("P01", hearback::actions::participants::Deed::Resume).await;
    assert_eq!(t.events().await.len(), before);
}

#[tokio::test]
async fn an_update_names_the_event_up_to_which_it_tells() {
    let t = Trial::new().await;
    t.bring_in(&sheets()).await;
    t.days_until("2026-04-02").await;
    let mail = t.mails_to("sam@people.example").pop().expect("a message");
    let lines = t.events().await;
    let named = lines.iter().find(|line| mail.text.contains(&fingerprint(&line.hash)));
    let named = named.unwrap_or_else(|| panic!("no fingerprint in {}", mail.text));
    assert!(mail.text.contains(&format!("Record up to event {}", named.seq)), "{}", mail.text);
}

#[tokio::test]
async fn many_writers_at_once_leave_one_unbroken_chain() {
    on_both(|t| async move {
        t.import_small().await;
        let tasks: Vec<_> = (0..20)
            .map(|number| {
                let (app, words) = (t.app(), format!("Word {number}"));
                let note = explained(act("R1", "2026-03-01", HistoryKind::Note, &words), "So it is.", "");
                tokio::spawn(
                    async move { hearback::actions::outcomes::record_outcome(&app, SLUG, note).await },
                )
            })
            .collect();
        for task in tasks {
            task.await.expect("no panic").expect("recorded");
        }
        let lines = t.events().await;
        assert_eq!(lines.iter().filter(|line| line.kind == "note").count(), 20);
        assert!(lines.iter().enumerate().all(|(index, line)| line.seq == index as i64 + 1));
        assert!(verify_project(&t.app(), SLUG).await.expect("a project").is_ok());
    })
    .await;
}

/// What the verifier in Python says of a file.
fn python(path: &Path) -> Option<i64> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/verifier.py");
    let output = Command::new("python3").arg(script).arg(path).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

#[tokio::test]
async fn a_verifier_that_knows_only_the_description_agrees() {
    if Command::new("python3").arg("--version").output().is_err() {
        return skipped("the verifier in Python (python3 is not there)");
    }
    let t = Trial::new().await;
    lived(&t).await;
    let stalled = t.kinds_of("progress").await[0];
    redact(&t.app(), SLUG, stalled, "A court said so").await.expect("redacted");
    let text = as_text(&t.events().await);
    let path = t.folder.path().join("record.jsonl");
    let agreed = |text: &str| {
        std::fs::write(&path, text).expect("a file");
        let ours = verify(text.as_bytes()).map_or_else(|broken| broken.seq, |_| 0);
        assert_eq!(python(&path), Some(ours), "{text}");
        ours
    };
    assert_eq!(agreed(&text), 0);
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        for (from, to) in [
            ("\"kind\":\"", "\"kind\":\"x"),
            ("\"salt\":\"", "\"salt\":\"0"),
            ("\"hash\":\"", "\"hash\":\"0"),
            ("00Z", "01Z"),
            ("\"why\":\"", "\"why\":\"x"),
        ] {
            if !lines[at].contains(from) {
                continue;
            }
            let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            changed[at] = changed[at].replacen(from, to, 1);
            let fault = agreed(&(changed.join("\n") + "\n"));
            // Earlier only where a redaction is no redaction any more: then what it took out is missing.
            assert!(fault > 0 && fault <= at as i64 + 1, "{at} {from}: {fault}");
        }
        let mut shorter = lines.clone();
        shorter.remove(at);
        agreed(&(shorter.join("\n") + "\n"));
    }
}
