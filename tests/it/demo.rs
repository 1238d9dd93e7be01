//! `hearback demo`: the sample as somebody meets it who has just installed the program, through the command line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::cli::Shell;
use crate::harness::{Mailed, Sheets, at};
use crate::ways_in::{as_ods, as_zip};

/// The sample, replayed.
pub struct Sample {
    pub mails: Vec<Mailed>,
    printed: String,
    /// Kept so that tests can look into it.
    folder: TempDir,
}

/// The sample is replayed once for all tests that look at it, in an environment with settings of another installation.
pub async fn sample() -> &'static Sample {
    static SAMPLE: OnceCell<Sample> = OnceCell::const_new();
    SAMPLE
        .get_or_init(async || {
            let folder = tempfile::tempdir().expect("a folder");
            let (dir, elsewhere) = (folder.path().join("demo"), folder.path().join("elsewhere"));
            let args = demo(&dir, &[]);
            let output = tokio::task::spawn_blocking(move || run(&args, &elsewhere)).await.expect("a run");
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
            let printed = String::from_utf8(output.stdout).expect("text");
            Sample { mails: mails(&folder.path().join("demo/mail")), printed, folder }
        })
        .await
}

fn demo(dir: &Path, more: &[&str]) -> Vec<String> {
    let dir = dir.display().to_string();
    let mut args = vec!["demo", "--no-serve", "--dir", &dir];
    args.extend(more);
    args.into_iter().map(str::to_owned).collect()
}

fn run(args: &[String], elsewhere: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hearback"))
        .args(args)
        .env("HEARBACK_DATABASE_URL", format!("sqlite://{}/other.db", elsewhere.display()))
        .env("HEARBACK_MAIL", "smtp://127.0.0.1:9")
        .env("HEARBACK_KEY_FILE", elsewhere.join("other.key"))
        .output()
        .expect("the program runs")
}

fn mails(folder: &Path) -> Vec<Mailed> {
    let entries = std::fs::read_dir(folder).expect("a folder of messages");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.iter().all(|path| path.extension().is_some_and(|kind| kind == "eml")), "{paths:?}");
    paths.iter().map(|path| Mailed::read(&std::fs::read(path).expect("a message"))).collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rows(sheet: &str) -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample").join(sheet);
    let text = std::fs::read_to_string(path).expect("a sheet of the sample");
    let mut lines = crate::consent::rows(&text).into_iter();
    let header = lines.next().expect("a header");
    lines.map(|cells| header.iter().cloned().zip(cells).collect()).collect()
}

fn address(id: &str) -> String {
    rows("participants.csv").into_iter().find(|row| row["id"] == id).expect("the person")["email"].clone()
}

#[tokio::test]
async fn the_sample_writes_at_least_sixty_messages_and_most_of_them_with_html() {
    let sample = sample().await;
    let count = sample.mails.len();
    assert!(count >= 60, "{count}");
    let plain = sample.mails.iter().filter(|mail| mail.html.is_none()).count();
    assert!(plain > 0 && plain * 5 <= count, "{plain} of {count} without HTML");
    let ids: BTreeSet<&str> = sample.mails.iter().map(|mail| mail.message_id.as_str()).collect();
    assert_eq!(ids.len(), count, "each message once");
}

#[tokio::test]
async fn the_sample_ends_with_a_short_table() {
    let printed = &sample().await.printed;
    for row in [
        "people",
        "editions",
        "updates",
        "email messages, standard",
        "silences noticed",
        "withdrawals honoured",
    ] {
        assert!(printed.contains(row), "{row}: {printed}");
    }
    let messages: usize = printed
        .lines()
        .filter(|line| line.contains("email messages"))
        .filter_map(|line| line.split_whitespace().last()?.parse::<usize>().ok())
        .sum();
    assert_eq!(messages, sample().await.mails.len());
}

#[tokio::test]
async fn the_sample_tells_a_stall_with_its_reason_a_refusal_silence_and_what_became_of_promises() {
    let mails = &sample().await.mails;
    let all: Vec<String> = mails.iter().map(|mail| squeezed(&mail.text)).collect();
    let told = |words: &str| all.iter().any(|text| text.contains(words));
    for row in rows("history.csv") {
        let words = squeezed(&row["explanation"]);
        let tells = match (row["kind"].as_str(), row["value"].as_str()) {
            ("progress", "stalled" | "in_progress" | "stopped")
            | ("response", "declined")
            | ("promise_moved", _) => !words.is_empty(),
            _ => false,
        };
        if tells {
            let start: String = words.chars().take(60).collect();
            assert!(told(start.trim_end_matches(['.', ' '])), "{words}");
        }
    }
    for words in [
        "Reason:",
        "The day passed without one.",
        "The day passed without word that it was kept.",
        "nobody reported anything",
    ] {
        assert!(told(words), "{words}");
    }
}

#[tokio::test]
async fn nobody_in_the_sample_is_told_the_same_explanation_twice() {
    let words: Vec<String> = rows("history.csv")
        .into_iter()
        .flat_map(|row| {
            let note = if row["kind"] == "note" { row["value"].clone() } else { String::new() };
            [row["explanation"].clone(), note]
        })
        .map(|words| squeezed(&words).trim_end_matches('.').to_owned())
        .filter(|words| words.len() > 30)
        .collect();
    assert!(words.len() > 15);
    let mut heard: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for mail in &sample().await.mails {
        let text = squeezed(&mail.text);
        for words in &words {
            *heard.entry((&mail.to, words)).or_default() += text.matches(words.as_str()).count();
        }
    }
    let twice: Vec<_> = heard.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(heard.values().sum::<usize>() > 40);
}

#[tokio::test]
async fn html_and_text_of_the_sample_hold_the_same_explanations() {
    let words: Vec<String> = rows("history.csv")
        .into_iter()
        .map(|row| squeezed(&row["explanation"]).trim_end_matches('.').to_owned())
        .filter(|words| words.len() > 30 && !words.contains(['\'', '"', '&']))
        .collect();
    for mail in &sample().await.mails {
        let Some(html) = mail.html.as_deref().map(squeezed) else { continue };
        let text = squeezed(&mail.text);
        for words in &words {
            assert_eq!(
                text.contains(words.as_str()),
                html.contains(words.as_str()),
                "{words}: {}",
                mail.subject
            );
        }
    }
}

#[tokio::test]
async fn somebody_linked_late_in_the_sample_is_told_what_is_in_force_on_the_first_of_december() {
    let late = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/2025-11-15/evidence.csv");
    let text = std::fs::read_to_string(late).expect("the late sheet");
    let link = crate::consent::rows(&text).into_iter().nth(1).expect("a row");
    let (reference, code) = (link[0].clone(), link[1].clone());
    let story = rows("stories.csv").into_iter().find(|row| row["code"] == code).expect("the story");
    let asked = rows("recommendations.csv").into_iter().find(|row| row["ref"] == reference).expect("it");
    let asked = squeezed(&asked["text"]);
    let to = address(&story["participant"]);
    let theirs: Vec<&Mailed> = sample().await.mails.iter().filter(|mail| mail.to == to).collect();
    let telling: Vec<&&Mailed> =
        theirs.iter().filter(|mail| squeezed(&mail.text).contains(asked.as_str())).collect();
    assert_eq!(telling.len(), 1);
    assert_eq!(telling[0].date.date_naive().to_string(), "2025-12-01");
    assert!(theirs.iter().any(|mail| mail.date < at("2025-11-15")), "they heard in one line before");
    // What is in force: the last answer and the last of the work before that day, in their own words.
    let text = squeezed(&telling[0].text);
    let mut last: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut notes = Vec::new();
    for row in rows("history.csv").into_iter().filter(|row| row["recommendation"] == reference) {
        let words = squeezed(&row["explanation"]).trim_end_matches('.').to_owned();
        if row["on"].as_str() < "2025-11-15" && ["progress", "response"].contains(&row["kind"].as_str()) {
            last.insert(row["kind"].clone(), (row["value"].clone(), words));
        } else if row["on"].as_str() < "2025-11-15" && row["kind"] == "note" {
            notes.push(squeezed(&row["value"]).trim_end_matches('.').to_owned());
        }
    }
    for (_, words) in last.values().filter(|(_, words)| !words.is_empty()) {
        assert!(text.contains(words.as_str()), "{words}: {text}");
    }
    for note in notes {
        assert!(!text.contains(note.as_str()), "older history: {note}");
    }
}

#[tokio::test]
async fn the_sample_shows_itself_to_everybody_with_a_brand_of_its_own() {
    let folder = sample().await.folder.path().join("demo");
    crate::showing::is_public_with_a_brand(&folder.join("hearback.db")).await;
}

#[tokio::test]
async fn the_demo_leaves_the_settings_of_another_installation_alone() {
    let sample = sample().await;
    assert!(!sample.folder.path().join("elsewhere").exists());
    for name in ["hearback.db", "hearback.key", "mail"] {
        assert!(sample.folder.path().join("demo").join(name).exists(), "{name}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_the_demo_writes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = sample().await.folder.path().join("demo");
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder.join("mail")), 0o700);
    assert_eq!(mode(&folder.join("hearback.key")), 0o600);
    for entry in std::fs::read_dir(folder.join("mail")).expect("messages") {
        assert_eq!(mode(&entry.expect("an entry").path()) & 0o077, 0);
    }
}

fn small_pack(folder: &Path) -> PathBuf {
    let pack = folder.join("pack");
    let mut sheets = Sheets::small();
    sheets.history("R1,2026-03-10,note,The posts were counted,,,,,");
    sheets.write(&pack);
    pack
}

#[tokio::test]
async fn a_folder_that_holds_something_else_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("mine");
    std::fs::create_dir(&dir).expect("a folder");
    std::fs::write(dir.join("letter.txt"), "dear").expect("a file");
    let output = run(&demo(&dir, &[]), folder.path());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("Nothing was changed"), "{said}");
    assert!(output.stdout.is_empty());
    assert_eq!(std::fs::read_dir(&dir).expect("the folder").count(), 1);
}

#[tokio::test]
async fn a_folder_with_an_earlier_demo_and_something_else_is_refused_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (dir, pack) = (folder.path().join("demo"), small_pack(folder.path()).display().to_string());
    assert_eq!(run(&demo(&dir, &["--pack", &pack]), folder.path()).status.code(), Some(0));
    std::fs::write(dir.join("letter.txt"), "dear").expect("a file");
    let output = run(&demo(&dir, &["--pack", &pack]), folder.path());
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(dir.join("letter.txt").exists() && dir.join("hearback.db").exists());
}

#[tokio::test]
async fn a_folder_of_one_s_own_is_replayed_and_replaces_an_earlier_demo() {
    let folder = tempfile::tempdir().expect("a folder");
    let (dir, pack) = (folder.path().join("demo"), small_pack(folder.path()).display().to_string());
    let output =
        run(&demo(&dir, &["--pack", &pack, "--from", "2026-03-01", "--to", "2026-06-01"]), folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let first = mails(&dir.join("mail"));
    assert_eq!(first.len(), 8, "editions of 1 April and 1 May; 1 June is not part of it");
    assert!(first.iter().all(|mail| mail.date < at("2026-06-01")));
    let output =
        run(&demo(&dir, &["--pack", &pack, "--from", "2026-03-01", "--to", "2026-06-02"]), folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let second = mails(&dir.join("mail"));
    assert_eq!(second.len(), 12);
    let old: BTreeSet<&str> = first.iter().map(|mail| mail.message_id.as_str()).collect();
    assert!(second.iter().all(|mail| !old.contains(mail.message_id.as_str())));
}

#[tokio::test]
async fn a_pack_in_one_file_is_replayed_as_the_folder_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (dir, pack) = (folder.path().join("demo"), small_pack(folder.path()));
    let mut sheets = Sheets::small();
    sheets.history("R1,2026-03-10,note,The posts were counted,,,,,");
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("pack.zip"), as_zip(&sheets.0)).expect("a zip");
    std::fs::write(path("pack.ods"), as_ods(&sheets.0)).expect("a workbook");
    let shell = Shell::new();
    shell.run(&["import", &pack.display().to_string(), "--dry-run", "--annotate", &path("pack.xlsx")]).ok();
    let span = ["--from", "2026-03-01", "--to", "2026-06-01"];
    let told = |pack: &str| {
        let output = run(&demo(&dir, &[&["--pack", pack], &span[..]].concat()), folder.path());
        assert_eq!(output.status.code(), Some(0), "{pack}: {}", String::from_utf8_lossy(&output.stderr));
        let mails = mails(&dir.join("mail"));
        mails.into_iter().map(|mail| (mail.date, mail.to, mail.subject)).collect::<BTreeSet<_>>()
    };
    let expected = told(&path("pack"));
    assert_eq!(expected.len(), 8);
    for name in ["pack.zip", "pack.ods", "pack.xlsx"] {
        assert_eq!(told(&path(name)), expected, "{name}");
    }
    // What is wrong with a workbook lies in a sheet, not in a file.
    sheets.swap("recommendations", "2026-05-01", "1 May");
    std::fs::write(path("pack.ods"), as_ods(&sheets.0)).expect("a workbook");
    let output = run(&demo(&dir, &["--pack", &path("pack.ods")]), folder.path());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("recommendations, row 2, column response_due_on"), "{said}");
    std::fs::write(path("pack.xls"), b"\xd0\xcf\x11\xe0 an old one").expect("a file");
    let output = run(&demo(&dir, &["--pack", &path("pack.xls")]), folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("old workbook"), "{output:?}");
}

#[tokio::test]
async fn a_pack_with_a_fault_and_a_span_without_days_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("demo");
    let pack = small_pack(folder.path());
    let shown = pack.display().to_string();
    let output =
        run(&demo(&dir, &["--pack", &shown, "--from", "2026-06-01", "--to", "2026-06-01"]), folder.path());
    assert_eq!(output.status.code(), Some(2));
    let recommendations = pack.join("recommendations.csv");
    let text = std::fs::read_to_string(&recommendations).expect("a sheet").replace("2026-05-01", "1 May");
    std::fs::write(&recommendations, text).expect("a sheet");
    let output = run(&demo(&dir, &["--pack", &shown]), folder.path());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("recommendations.csv, row 2, column response_due_on"), "{said}");
    let nowhere = folder.path().join("nowhere").display().to_string();
    assert_eq!(run(&demo(&dir, &["--pack", &nowhere]), folder.path()).status.code(), Some(2));
    assert!(!dir.exists(), "nothing was made");
}
