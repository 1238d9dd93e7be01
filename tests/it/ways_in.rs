//! A pack comes in as people have it: a folder, a zip, a workbook; and goes back to them with what is wrong beside it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::cli::Shell;
use crate::harness::{SLUG, Sheets};

fn packed<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// The sheets separated by `;`, in Windows-1252.
pub fn as_zip(sheets: &BTreeMap<String, String>) -> Vec<u8> {
    let cell = |text: &String| match text.contains([';', '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.clone(),
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(";") + "\r\n";
    let in_1252 = |text: &String| -> Vec<u8> {
        let text: String = rows(text).iter().map(line).collect();
        let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
        assert!(!lost, "{text}");
        bytes.into_owned()
    };
    let files: Vec<(&str, Vec<u8>)> =
        sheets.iter().map(|(name, text)| (name.as_str(), in_1252(text))).collect();
    packed(files.iter().map(|(name, bytes)| (*name, bytes.as_slice())))
}

/// The sheets as an ODS whose days are days, whose equal rows stand once and whose names have capitals.
pub fn as_ods(sheets: &BTreeMap<String, String>) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace("  ", " <text:s/>");
    let is_day = |text: &str| text.parse::<chrono::NaiveDate>().is_ok() && text.len() == 10;
    let cell = |text: &String| match text.as_str() {
        "" => "<table:table-cell/>".to_owned(),
        day if is_day(day) => format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"><text:p>a day</text:p></table:table-cell>"
        ),
        text => {
            let lines: String =
                text.split('\n').map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
            format!("<table:table-cell office:value-type=\"string\">{lines}</table:table-cell>")
        }
    };
    let table = |(name, text): (&String, &String)| {
        let name = name.trim_end_matches(".csv");
        let rows = rows(text);
        let rows: String = rows
            .chunk_by(|one, next| one == next)
            .map(|same| {
                let cells: String = same[0].iter().map(cell).collect();
                format!(
                    "<table:table-row table:number-rows-repeated=\"{}\">{cells}</table:table-row>",
                    same.len()
                )
            })
            .collect();
        format!("<table:table table:name=\"{}{}\">{rows}</table:table>", name[..1].to_uppercase(), &name[1..])
    };
    let tables: String = sheets.iter().map(table).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    packed([("content.xml", content.as_bytes())])
}

/// What an import of this made: the public record without what differs by chance, and its warnings.
fn record_of(shell: &Shell, pack: &str, slug: &str) -> Vec<(String, String, Value)> {
    shell.say(&format!("import {pack} --at 2026-03-01")).ok();
    let text = shell.say(&format!("record export {slug}")).ok();
    let event = |line: &str| {
        let mut event: Value = serde_json::from_str(line).expect("JSON");
        event["content"].as_object_mut().expect("content").remove("salt");
        let text = |key: &str| event[key].as_str().expect("text").to_owned();
        (text("kind"), text("subject"), event["content"].clone())
    };
    text.lines().map(event).collect()
}

#[test]
fn the_sample_makes_the_same_record_as_a_folder_a_zip_and_two_kinds_of_workbook() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let mut sheets = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the sample") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|kind| kind == "csv") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            sheets.insert(name, std::fs::read_to_string(&path).expect("a sheet"));
        }
    }
    let shell = Shell::new();
    let from = folder.display().to_string();
    let expected = record_of(&shell, &from, "getting-there");
    assert!(expected.len() > 50, "{}", expected.len());

    for (name, bytes) in [("sample.zip", as_zip(&sheets)), ("sample.ods", as_ods(&sheets))] {
        let other = Shell::new();
        std::fs::write(other.path(name), bytes).expect("written");
        assert_eq!(record_of(&other, name, "getting-there"), expected, "{name}");
    }
    // Our own workbook, written from the folder and read again.
    let other = Shell::new();
    other.say(&format!("import {from} --at 2026-03-01 --dry-run --annotate sample.xlsx")).ok();
    assert_eq!(record_of(&other, "sample.xlsx", "getting-there"), expected);
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

/// The parts of a workbook as text, one after the other.
fn parts(path: &Path) -> BTreeMap<String, String> {
    let file = std::fs::File::open(path).expect("a workbook");
    let mut zip = ZipArchive::new(file).expect("a zip");
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        parts.insert(name, text);
    }
    parts
}

#[test]
fn the_template_explains_itself_offers_the_words_and_its_examples_are_not_imported() {
    let shell = Shell::new();
    let said = shell.say("template project.xlsx").ok();
    assert!(said.contains("hearback import project.xlsx --dry-run"), "{said}");
    assert_eq!(mode(&shell.path("project.xlsx")), 0o600);
    shell.say("template project.xlsx").refused("Choose another name");

    let parts = parts(&shell.path("project.xlsx"));
    let all: String = parts.values().map(String::as_str).collect();
    for said in [
        "Accepted in part",
        "Leadership or staff change",
        "Third person",
        "A code for this story. Never initials.",
        "rowan@allotment.example",
    ] {
        assert!(all.contains(said), "{said}");
    }
    let lists = parts.values().map(|part| part.matches("<dataValidation ").count()).sum::<usize>();
    assert_eq!(lists, 2 + 4 + 3 + 1 + 4 + 1, "each coded column has its drop-down");

    let said = shell.say("import project.xlsx --dry-run");
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(said.out.matches("the example of the template: it was left out").count(), 9, "{}", said.out);
    assert_eq!(said.out.matches("error: project, row").count(), 7, "{}", said.out);
    assert!(!said.out.contains("error: participants"), "{}", said.out);
}

#[test]
fn an_example_that_was_changed_is_no_example_and_needs_a_code_of_its_own() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    sheets.put("themes", "id,title,summary\nEXAMPLE,Getting in,\"Gates, paths and steps\"\n");
    shell.pack(&sheets);
    let said = shell.say("import pack --dry-run").ok();
    assert!(said.contains("themes.csv, row 2: this is the example of the template"), "{said}");
    sheets.swap("themes", "Getting in", "Getting out");
    shell.pack(&sheets);
    shell.say("import pack --dry-run").refused("themes.csv, row 2, column id: expected another code");
}

/// A pack with a fault in a cell, one in a blank cell, one of a whole row, one of a whole sheet, and text that a program
/// may take for a formula.
fn faulty() -> Sheets {
    let mut sheets = Sheets::small();
    sheets
        .swap("stories", "Nowhere to sit and rest,written", "=HYPERLINK(\"\"http://evil.example\"\"),film")
        .swap(
            "stories",
            "=HYPERLINK(\"\"http://evil.example\"\")",
            "\"=HYPERLINK(\"\"http://evil.example\"\")\"",
        )
        .swap("participants", "noor@people.example", "")
        .swap("recommendations", "Run one late bus", "Run one, late, bus")
        .add("evidence", "R9,KTR7,supports,+1 and @SUM\n");
    sheets.put("themes", "");
    sheets
}

#[test]
fn what_is_wrong_comes_back_beside_its_cell_with_all_that_was_typed() {
    let shell = Shell::new();
    shell.pack(&faulty());
    let said = shell.say("import pack --annotate checked.xlsx");
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.out.contains("checked.xlsx") && said.out.contains("Nothing was stored: 5 errors"),
        "{}",
        said.out
    );
    assert!(!format!("{said:?}").contains("@people.example"), "{said:?}");
    assert_eq!(mode(&shell.path("checked.xlsx")), 0o600);

    let parts = parts(&shell.path("checked.xlsx"));
    let comments: String =
        parts.iter().filter(|(name, _)| name.contains("comments")).map(|(_, part)| part.as_str()).collect();
    for (place, says) in [
        ("D4", "expected one of video, audio, written, third_person"),
        ("C4", "because the channel is email"),
        ("A4", "expected 6 cells as in row 1, found 8"),
        ("A7", "unknown recommendation"),
    ] {
        assert!(
            comments.contains(&format!("ref=\"{place}\"")) && comments.contains(says),
            "{place}: {comments}"
        );
    }
    let book = &parts["xl/workbook.xml"];
    assert!(book.contains("name=\"Errors\"") && book.contains("name=\"stories\""), "{book}");
    let list = &parts["xl/worksheets/sheet1.xml"];
    for link in ["stories'!D4", "participants'!C4", "recommendations'!A4", "evidence'!A7", "themes'!A1"] {
        assert!(list.contains(link), "{link}: {list}");
    }
    let words: String = parts.values().map(String::as_str).collect();
    for typed in [
        "=HYPERLINK(\"http://evil.example\")",
        "+1 and @SUM",
        "1 Quay Lane\nWennbridge",
        "sam@people.example",
    ] {
        assert!(words.contains(typed), "{typed}: {words}");
    }
    assert!(!parts.values().any(|part| part.contains("<f>")), "nothing of it is a formula");
    assert!(parts["xl/styles.xml"].contains("quotePrefix=\"1\""));

    // It can be imported as it is, mended or not, and says the same.
    let again = shell.say("import checked.xlsx --json");
    assert_eq!(again.code, 2);
    let report: Value = serde_json::from_str(&again.out).expect("JSON");
    let place = |fault: &Value| (fault["file"].clone(), fault["row"].clone(), fault["column"].clone());
    let places: Vec<_> = report["errors"].as_array().expect("errors").iter().map(place).collect();
    assert!(places.contains(&("stories".into(), 4.into(), "medium".into())), "{places:?}");
    assert!(places.contains(&("evidence".into(), 7.into(), "recommendation".into())), "{places:?}");

    std::fs::remove_file(shell.path("pack/themes.csv")).expect("removed");
    // What somebody has mended there is not written over, and nothing is stored without it.
    shell.pack(&Sheets::small());
    let before = std::fs::read(shell.path("checked.xlsx")).expect("the workbook");
    shell.say("import pack --annotate checked.xlsx").refused("Choose another name");
    assert_eq!(std::fs::read(shell.path("checked.xlsx")).expect("the workbook"), before);
    assert_eq!(shell.say(&format!("record export {SLUG}")).code, 2, "no project was made");
    let said = shell.say("import pack --annotate sound.xlsx").ok();
    assert!(said.contains("Stored.") && said.contains("sound.xlsx"), "{said}");
}

#[test]
fn words_in_another_language_are_read_too_and_what_is_hard_in_them_is_marked_at_their_cell() {
    let long = "Gofynnon ni i ddwy gronfa ".repeat(6);
    let mut sheets = Sheets::small();
    sheets.put(
        "history",
        &format!(
            "recommendation,on,kind,value,reason,review_on,explanation,Explanation CY\n\
             R1,2026-02-10,progress,stalled,money,2026-06-01,The purse is empty.,{}.\n",
            long.trim()
        ),
    );
    let shell = Shell::new();
    shell.pack(&sheets);
    let said = shell.say("import pack --dry-run --annotate checked.xlsx --at 2026-03-01").ok();
    assert!(
        said.contains("history.csv, row 2, column explanation_cy: This can be read more easily."),
        "{said}"
    );
    assert!(!said.contains("column explanation:"), "{said}");
    let parts = parts(&shell.path("checked.xlsx"));
    assert!(
        parts["xl/worksheets/sheet1.xml"].contains("history'!H2"),
        "{}",
        parts["xl/worksheets/sheet1.xml"]
    );
}

#[test]
fn rows_that_cannot_be_cut_and_texts_that_are_too_long_for_a_cell_are_kept_and_said() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    let long = "long ".repeat(8_000);
    sheets
        .swap("stories", "A fall at the second bend", &long)
        .add("evidence", "R3,PYS3,supports,\"never closed\nand, on, it, goes, here\n");
    shell.pack(&sheets);
    shell.say("import pack --dry-run --annotate checked.xlsx").refused("opens on line");
    let parts = parts(&shell.path("checked.xlsx"));
    let words: String = parts.values().map(String::as_str).collect();
    assert!(words.contains("\"never closed\nand, on, it, goes, here"), "{words}");
    assert!(words.contains("The sheet stories holds more than a workbook can, from C3 on"), "{words}");
}

#[test]
fn words_as_people_write_them_mean_what_the_codes_mean() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    for (sheet, from, to) in [
        ("participants", "id,greeting_name", "ID,Greeting Name"),
        ("participants", "email,plain_text,every,,yes", "E-MAIL,Plain text,EVERY,,Yes"),
        (
            "stories",
            "code,participant,summary,medium,consent,attribution",
            "CODE,Participant ,Summary,medium, Consent,ATTRIBUTION",
        ),
        ("stories", "video,public_anonymous,code", "Video,Public anonymous,Code"),
        (
            "recommendations",
            "responsible,published_on,response_due_on",
            "Responsible,Published On,Response due on",
        ),
        ("evidence", "R1,FGJ8,qualifies", "R1,FGJ8,Qualifies"),
    ] {
        sheets.swap(sheet, from, to);
    }
    sheets.swap("participants", "E-MAIL", "Email");
    sheets.history(
        "R1,2026-02-10,Response,Accepted in part,Leadership or staff change,Some of it.,The council,,\n\
         R2,2026-02-10,Progress,In progress,,,,,\n\
         R3,2026-02-10,progress,Stalled,Waiting for a partner,They wait for the mill.,The council,2026-06-01,",
    );
    sheets.put("acts", "participant,on,act,value\nP01,2026-02-11,Choose,Cadence=When done\n");
    shell.pack(&sheets);
    shell.say("import pack --at 2026-03-01").ok();
    let record = shell.record();
    let said = |kind: &str, key: &str| -> Vec<String> {
        let of_kind = record.iter().filter(|event| event["kind"] == kind);
        of_kind.filter_map(|event| event["content"][key].as_str().map(str::to_owned)).collect()
    };
    let text = serde_json::to_string(&record).expect("JSON");
    for code in ["accepted_in_part", "leadership_change", "in_progress", "stalled", "waiting_for_partner"] {
        assert!(text.contains(&format!("\"{code}\"")), "{code}: {:?}", said("progress", "to"));
    }
    assert!(!text.contains("Accepted in part"), "the record holds codes");
}

#[test]
fn the_day_comes_first_only_where_the_project_says_so() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    sheets.swap("recommendations", "Town council,2026-02-01", "Town council,01/02/2026");
    shell.pack(&sheets);
    let said = shell
        .say("import pack --check --at 2026-03-01")
        .refused("2026-02-01 (day first) or 2026-01-02 (month first)");
    assert!(said.contains("`dates`") && said.contains("day_first"), "{said}");
    for order in ["day_first", "Day first"] {
        let mut sheets = sheets.clone();
        sheets.add("project", &format!("dates,{order}\n"));
        shell.pack(&sheets);
        shell.say("import pack --check --at 2026-03-01").ok();
    }
    sheets.add("project", "dates,day_first\n").swap("recommendations", "01/02/2026", "13.13.2026");
    shell.pack(&sheets);
    shell.say("import pack --check --at 2026-03-01").refused("13.13.2026 is no such day");
    sheets.swap("recommendations", "13.13.2026", "1.2.2026");
    shell.pack(&sheets);
    shell.say("import pack --at 2026-03-01").ok();
    assert!(serde_json::to_string(&shell.record()).expect("JSON").contains("2026-02-01"));
}

#[test]
fn what_it_was_read_as_and_left_aside_is_said_and_what_is_refused_stores_nothing() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    sheets.swap("stories", "A fall at the second bend", "A fall by the caf\u{e9}");
    std::fs::write(shell.path("pack.zip"), as_zip(&sheets.0)).expect("written");
    let said = shell.say("import pack.zip --dry-run").ok();
    assert!(
        said.contains("warning: stories.csv: this file is not UTF-8 and was read as Windows-1252"),
        "{said}"
    );

    let blanks = vec![b' '; 5 * 1024 * 1024];
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("bomb.zip", packed([("stories.csv", blanks.as_slice())]), "250 times its size"),
        ("out.zip", packed([("../../stories.csv", b"x".as_slice())]), "leads out of it"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "save it as .xlsx"),
        ("stories.csv", sheets.0["stories.csv"].clone().into_bytes(), "name the folder"),
    ];
    for (name, bytes, says) in cases {
        std::fs::write(shell.path(name), bytes).expect("written");
        let said = shell.say(&format!("import {name}")).refused(says);
        assert!(said.contains("Nothing was stored"), "{said}");
    }
    shell.say("import nothing.xlsx").refused("cannot be read");
    assert_eq!(shell.say(&format!("record export {SLUG}")).code, 2, "no project was made");
}
