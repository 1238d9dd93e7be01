//! Whoever writes an explanation is told what makes it hard to read, after it was saved and in a few lines.

use std::collections::BTreeSet;
use std::path::Path;

use hearback::actions::advise;
use hearback::actions::import::read_folder;
use hearback::domain::pack;
use hearback::domain::plain_language::{Gap, check};
use hearback::locale::{Arg, Locales};

use crate::cli::Shell;
use crate::harness::{SLUG, Sheets, Trial};

const HARD: &str = "It was decided that stakeholders will be informed in due course.";

#[test]
fn logging_hard_words_saves_them_and_says_below_how_they_are_read_more_easily() {
    let shell = Shell::new().with("HEARBACK_LOG", "debug").imported("2026-03-01");
    let log = |explanation: &str, tried: &str| {
        let rest = [
            "--reason",
            "money",
            "--review-on",
            "2026-06-01",
            "--tried",
            tried,
            "--explanation",
            explanation,
        ];
        let said = shell.run(&[&["log", SLUG, "R1", "progress", "stalled"], &rest[..]].concat());
        assert!(!said.err.contains("stakeholders"), "{}", said.err);
        said.ok()
    };
    assert_eq!(log("The council has no money for lamps.", "We asked the county.").lines().count(), 1);
    let out = log(HARD, "We asked the PCN.");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines,
        [
            lines[0],
            "This can be read more easily:",
            "- explanation: ‘was decided’ does not say who did it. Say which role or which body.",
            "- explanation: ‘stakeholders’ is easier as: the people or groups concerned; name them.",
            "- explanation: ‘in due course’ is easier as: soon, or the date.",
            "- tried: ‘PCN’ is not spelled out. Write the whole name where it comes first.",
        ]
    );
    assert!(lines[0].starts_with("Recorded as a correction, event "), "{out}");
    assert!(shell.record().iter().any(|event| event.to_string().contains(HARD)));
    assert_eq!(log(HARD, "We asked the PCN."), "This is on the record already. Nothing was changed.\n");

    let much =
        format!("{HARD} Going forward we will leverage synergies at pace, via a deep dive, prior to that.");
    let out = log(&much, "We asked the PCN.");
    assert_eq!(out.lines().count(), 2 + 5 + 1, "{out}");
    assert!(out.ends_with("- And 6 things more.\n"), "{out}");
}

#[tokio::test]
async fn an_import_warns_of_new_words_of_the_organisation_and_leaves_those_of_participants_alone() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets
        .swap("stories", "The walk home without a lamp", "Stakeholders leverage the PCN in due course")
        .swap("evidence", "Walks in the dark", "It was decided in due course")
        .history(&format!("R1,2026-02-10,progress,stalled,money,{HARD},The council,2026-06-01,"));
    let warned =
        |report: &hearback::actions::import::Report| -> Vec<(String, Option<u32>, Option<String>, String)> {
            let warnings = report.warnings.iter().filter(|warning| warning.message.contains("more easily"));
            warnings.map(|one| (one.file.clone(), one.row, one.column.clone(), one.message.clone())).collect()
        };
    let found = warned(&t.bring_in(&sheets).await);
    let [(file, row, column, message)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((file.as_str(), *row, column.as_deref()), ("history.csv", Some(2), Some("explanation")));
    assert!(message.contains("‘in due course’ is easier as: soon, or the date."), "{message}");

    assert_eq!(warned(&t.bring_in(&sheets).await), [], "it was said when it was new");
    sheets.swap("history", "It was decided that", "We hear that");
    assert_eq!(warned(&t.bring_in(&sheets).await).len(), 1, "it was written again");
}

#[test]
fn many_rows_with_hard_words_print_a_few_lines() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    let row = |i: usize| {
        let (reference, day) = (i % 3 + 1, i / 3 % 28 + 1);
        format!("R{reference},2026-02-{day:02},progress,stalled,money,{HARD},The council,2026-06-01,\n")
    };
    sheets.history(&(0..84).map(row).collect::<String>());
    shell.pack(&sheets);
    for line in ["import pack --dry-run --at 2026-03-01", "import pack --at 2026-03-01"] {
        let out = shell.say(line).ok();
        let warnings: Vec<&str> = out.lines().filter(|line| line.starts_with("warning: ")).collect();
        assert_eq!(warnings.len(), 21, "{out}");
        assert!(
            warnings[20].ends_with("64 more cells of new or changed rows can be read more easily."),
            "{out}"
        );
        assert!(
            out.contains("history.csv, row 2, column explanation: This can be read more easily. "),
            "{out}"
        );
    }
}

#[test]
fn the_sample_is_written_as_it_advises_others_to_write() {
    let files = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample")).expect("the sample");
    let sample = pack::read(&files, &hearback::calendars::load(None)).0.expect("a pack");
    let told: usize = sample.history.iter().map(|row| advise::told(&row.value).len()).sum();
    assert!(told > 40, "{told}");
    assert_eq!(advise::columns_of(&sample), advise::Columns::new());
}

#[test]
fn every_finding_has_words_and_all_words_of_findings_are_used() {
    let locales = Locales::load().expect("words");
    let long = "a ".repeat(21);
    let hard = "Considerable institutional deliberation regarding infrastructural priorities necessitated cancellation. ".repeat(6);
    let other = "Stakeholders said the PCN was cancelled. Hard to reach people failed to engage. We are committed to it as soon as \
                 possible with a deep dive. We are sorry you feel so.";
    let mut keys = BTreeSet::new();
    for text in [long.as_str(), hard.as_str(), other] {
        for finding in check(text, "en") {
            let args = finding.args(text).into_iter().map(|(name, gap)| match gap {
                Gap::Text(text) => (name, Arg::from(text)),
                Gap::Number(number) => (name, Arg::from(number)),
            });
            let args: Vec<_> = args.collect();
            for lang in locales.langs() {
                let said = locales.get(lang).try_text(finding.key(), &args);
                assert!(said.is_ok(), "{said:?}");
            }
            keys.insert(finding.key());
        }
    }
    assert_eq!(keys.len(), 12, "{keys:?}");
}
