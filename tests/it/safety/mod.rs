//! "Bad input, and what it gets": what may come in a file to harm somebody, from the file to what people are sent. The table is
//! split by theme into the files here; one test walks all of it.

mod containers;
mod csv_files;
mod people;
mod sheets;
mod words;
#[path = "../../../src/domain/pack/tests/written.rs"]
mod written;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hearback::actions::import::{Report, import, read_from};
use hearback::actions::showing::{self, Change};
use hearback::domain::pack::Fault;
use hearback::domain::words::Visibility;
use hearback::store::project;
use hearback::web;
use poem::test::TestClient;

use crate::harness::{SLUG, Sheets, Trial, on_both};
use written::{Files, content, ods, xlsx, zipped};

/// What comes in, and what it gets.
struct Case {
    /// The row of the table, in its words.
    row: &'static str,
    input: Input,
    gets: Gets,
}

enum Input {
    /// The good pack with one passage of a sheet replaced, in every form that can hold it.
    Edit(&'static str, &'static str, String),
    /// The same as CSV only: a workbook has no such thing.
    EditCsv(&'static str, &'static str, String),
    /// The good pack as CSV files, with the bytes of a sheet made anew from its text.
    Bytes(&'static str, fn(&str) -> Vec<u8>),
    /// A file of this name, made from the good pack.
    File(&'static str, fn(&Files) -> Vec<u8>),
}

enum Gets {
    /// These errors and no others. Nothing is stored.
    Errors(Vec<At>),
    /// The file is refused as a whole, with these words. Nothing is stored.
    Refused(&'static str),
    /// It is stored, with these warnings and no others, and this is what becomes of it.
    Stored(Vec<At>, Vec<Becomes>),
}

/// Sheet, row, column (0 and "" where there is none), and what is said.
struct At(&'static str, u32, &'static str, &'static str);

enum Becomes {
    /// The next update to this address, which is one message, says this in its text.
    Text(&'static str, &'static str),
    /// Its HTML holds this.
    Html(&'static str, &'static str),
    /// Its HTML does not hold this.
    NotHtml(&'static str, &'static str),
    /// Nothing of it holds this, headers included.
    Never(&'static str, &'static str),
    /// A file that anybody can take away holds this.
    Exported(&'static str, &'static str),
}

use Becomes::{Exported, Html, Never, NotHtml, Text};
use Gets::{Errors, Refused, Stored};
use Input::{Bytes, Edit, EditCsv, File};

fn case(row: &'static str, input: Input, gets: Gets) -> Case {
    Case { row, input, gets }
}

fn edit(sheet: &'static str, from: &'static str, to: &str) -> Input {
    Edit(sheet, from, to.to_owned())
}

fn edit_csv(sheet: &'static str, from: &'static str, to: &str) -> Input {
    EditCsv(sheet, from, to.to_owned())
}

fn error(sheet: &'static str, row: u32, column: &'static str, says: &'static str) -> Gets {
    Errors(vec![At(sheet, row, column, says)])
}

fn warning(sheet: &'static str, row: u32, column: &'static str, says: &'static str) -> Vec<At> {
    vec![At(sheet, row, column, says)]
}

/// The rows of the table that can come in a file, each with at least one case.
const ROWS: [&str; 17] = [
    people::HEADERS,
    sheets::TOO_MUCH,
    people::NO_ADDRESS,
    people::BLANKS,
    people::TURNED,
    people::OTHER_LETTERS,
    people::TWICE,
    sheets::LOOK_ALIKES,
    words::FORMULAS,
    csv_files::ENCODINGS,
    csv_files::SHAPES,
    containers::CONTAINERS,
    words::TEMPLATES,
    words::MARKUP,
    words::LINES,
    sheets::TIMES,
    sheets::CHANGES,
];

fn table() -> Vec<Case> {
    [people::cases(), sheets::cases(), csv_files::cases(), containers::cases(), words::cases()]
        .into_iter()
        .flatten()
        .collect()
}

#[tokio::test]
async fn every_row_of_the_table_of_bad_input_gets_what_it_says() {
    let rows: BTreeSet<&str> = table().iter().map(|case| case.row).collect();
    assert_eq!(rows, BTreeSet::from(ROWS), "every row has its cases, and every case its row");
    on_both(|t| async move {
        let on_postgres = t.database_url().starts_with("postgres");
        for (number, case) in table().into_iter().enumerate() {
            let called = format!("{} ({number})", case.row);
            // Before any database is asked.
            if on_postgres && matches!(case.gets, Refused(_)) {
                continue;
            }
            for (form, path) in case.input.written(&t, number) {
                let called = format!("{called}, {form}");
                // What is stored is tried first, and then followed in a database of its own.
                let is_trial = matches!(case.gets, Stored(..));
                let brought_in = brought(&t, &path, is_trial).await;
                match (&case.gets, brought_in) {
                    (Stored(warnings, _), Ok(report)) => {
                        assert_eq!(report.errors, [], "{called}");
                        compare(&report.warnings, warnings, &called);
                    }
                    (Errors(errors), Ok(report)) => compare(&report.errors, errors, &called),
                    (Refused(says), Err(why)) => {
                        assert!(why.contains(says) && why.contains("Nothing was stored"), "{called}: {why}");
                    }
                    (_, Err(why)) => panic!("{called}: {why}"),
                    (Refused(_), Ok(_)) => panic!("{called}: it was taken"),
                }
                if let Stored(_, becomes) = &case.gets
                    && path.is_dir()
                {
                    let own = if on_postgres { Trial::postgres().await } else { Some(Trial::new().await) };
                    let own = own.expect("a database");
                    let report = brought(&own, &path, false).await.expect("it was tried");
                    assert_eq!(report.errors, [], "{called}");
                    follow(&own, becomes, &called).await;
                }
            }
            let stored = project::all(&t.app().db.reader).await.expect("projects");
            assert!(stored.is_empty(), "{called}");
        }
    })
    .await;
}

/// As `hearback import` brings it in.
async fn brought(t: &Trial, path: &Path, is_trial: bool) -> Result<Report, String> {
    let intake = read_from(path).map_err(|refused| refused.to_string())?;
    Ok(import(&t.app(), intake, is_trial).await.expect("an import"))
}

fn compare(found: &[Fault], expected: &[At], called: &str) {
    let place = |fault: &Fault| {
        let sheet = fault.file.trim_end_matches(".csv").to_owned();
        (sheet, fault.row.unwrap_or(0), fault.column.clone().unwrap_or_default())
    };
    let found_at: Vec<_> = found.iter().map(place).collect();
    let expected_at: Vec<_> = expected
        .iter()
        .map(|At(sheet, row, column, _)| ((*sheet).to_owned(), *row, (*column).to_owned()))
        .collect();
    assert_eq!(found_at, expected_at, "{called}: {found:#?}");
    for (fault, At(.., says)) in found.iter().zip(expected) {
        assert!(fault.message.contains(says), "{called}: {says:?} is not in {fault:?}");
    }
}

/// What the pack leads to: the first edition, and what is public.
async fn follow(t: &Trial, becomes: &[Becomes], called: &str) {
    if becomes.is_empty() {
        return;
    }
    t.tick_at("2026-03-27T12:00Z").await;
    t.tick_at("2026-04-01T12:00Z").await;
    for one in becomes {
        match one {
            Text(to, words) => {
                let text = message(t, to, called).text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(text.contains(words), "{called}: {words:?} is not in {text}");
            }
            Html(to, words) => {
                let html = message(t, to, called).html.expect("HTML");
                assert!(html.contains(words), "{called}: {words:?} is not in {html}");
            }
            NotHtml(to, words) => {
                let html = message(t, to, called).html.expect("HTML");
                assert!(!html.contains(words), "{called}: {words:?} is in {html}");
            }
            Never(to, words) => {
                let mail = message(t, to, called);
                let whole = [mail.subject, mail.text, mail.html.unwrap_or_default(), mail.raw].join("\n");
                assert!(!whole.contains(words), "{called}: {words:?} is in {whole}");
            }
            Exported(file, words) => {
                let change = Change { visibility: Some(Visibility::Public), ..Change::default() };
                showing::set(&t.app(), SLUG, &change).await.expect("set");
                let site = TestClient::new(web::routes(t.app(), None));
                let response = site.get(format!("/p/{SLUG}/data/{file}")).send().await;
                let text = response.0.into_body().into_string().await.expect("text");
                assert!(text.contains(words), "{called}: {words:?} is not in {text}");
            }
        }
    }
}

fn message(t: &Trial, to: &str, called: &str) -> crate::harness::Mailed {
    let mut mails = t.mails_to(to);
    assert_eq!(mails.len(), 1, "{called}: messages to {to}");
    mails.remove(0)
}

/// The pack that cases change: the small one, of which something is stuck and something promised.
fn good() -> Files {
    let mut sheets = Sheets::small();
    sheets.put("themes", "id,title\nT1,Getting home\nT2,Resting\n");
    sheets.put("acts", "participant,on,act,story,value\n");
    sheets.put(
        "history",
        "recommendation,on,kind,value,reason,explanation,decided_by,review_on,due_on,evidence_url\n\
         R1,2026-02-10,progress,stalled,money,The lamps cost too much.,The council,2026-06-01,,\n\
         R2,2026-02-12,progress,done_in_part,,A bench stands at the first bend.,,,,https://town.example/bench\n",
    );
    sheets.files()
}

fn edited(sheet: &str, from: &str, to: &str) -> Files {
    let mut files = good();
    let text = files.get_mut(&format!("{sheet}.csv")).expect("the sheet");
    let before = String::from_utf8(text.clone()).expect("text");
    assert!(before.contains(from), "{from:?} is not in {sheet}");
    *text = before.replacen(from, to, 1).into_bytes();
    files
}

impl Input {
    /// Where it lies, in each form that it has, each with a name for messages.
    fn written(&self, t: &Trial, number: usize) -> Vec<(&'static str, PathBuf)> {
        let folder = t.folder.path().join(format!("case-{number}"));
        std::fs::create_dir(&folder).expect("a folder");
        let file = |name: &str, bytes: Vec<u8>| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).expect("written");
            path
        };
        let as_folder = |files: &Files| {
            for (name, bytes) in files {
                file(name, bytes.clone());
            }
            ("as a folder", folder.clone())
        };
        match self {
            Edit(sheet, from, to) => {
                let files = edited(sheet, from, to);
                let mut forms = vec![
                    as_folder(&files),
                    ("as a zip", file("../pack.zip", zipped(&files))),
                    ("as an Excel workbook", file("../pack.xlsx", xlsx(&files))),
                ];
                // XML has no way to write control characters, and only Excel has made one up.
                if !to.contains(|c: char| c.is_control() && !"\n\r\t".contains(c)) {
                    forms.push(("as an ODS workbook", file("../pack.ods", ods(&content(&files)))));
                }
                forms
            }
            EditCsv(sheet, from, to) => vec![as_folder(&edited(sheet, from, to))],
            Bytes(sheet, make) => {
                let mut files = good();
                let bytes = files.get_mut(&format!("{sheet}.csv")).expect("the sheet");
                *bytes = make(std::str::from_utf8(bytes).expect("text"));
                vec![as_folder(&files)]
            }
            File(name, make) => vec![("as a file", file(name, make(&good())))],
        }
    }
}
