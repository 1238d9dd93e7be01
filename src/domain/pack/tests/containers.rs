//! Workbooks and zips as such: what they say besides text, what is left aside and said, what is refused as a whole.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::forms::{Form, bare_xlsx, content, ods, packed, xlsx, zipped};
use super::*;
use crate::domain::pack::{Intake, MAX_CELL, MAX_ROWS};

#[test]
fn every_form_of_a_sound_pack_gives_the_same_rows() {
    let expected = pack(&files());
    for form in Form::ALL {
        let (read, faults) = form.read(&files());
        assert_eq!(faults, Faults::default(), "{form:?}");
        let read = read.unwrap();
        assert!(read.project == expected.project, "{form:?}");
        assert!(read.participants == expected.participants, "{form:?}");
        assert!(read.stories == expected.stories && read.themes == expected.themes, "{form:?}");
        assert!(read.learnings == expected.learnings && read.evidence == expected.evidence, "{form:?}");
        assert!(read.recommendations == expected.recommendations, "{form:?}");
        assert!(read.history == expected.history && read.acts == expected.acts, "{form:?}");
        assert_eq!(read.columns, expected.columns, "{form:?}");
    }
}

/// What a file is refused for, in words that say so.
fn refused(bytes: &[u8]) -> String {
    Intake::open(bytes).err().unwrap_or_else(|| "it was taken".to_owned())
}

fn sheet_xml(rows: &str) -> String {
    format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>")
}

/// A zip whose entry of a million bytes says that it is of another size, in the directory and beside the entry.
fn claiming(mut zip: Vec<u8>, size: u32) -> Vec<u8> {
    while let Some(at) = memchr::memmem::find(&zip, &1_000_000_u32.to_le_bytes()) {
        zip[at..at + 4].copy_from_slice(&size.to_le_bytes());
    }
    zip
}

#[test]
fn what_was_made_to_harm_is_refused_before_it_is_unpacked() {
    let many: Vec<(String, Vec<u8>)> = (0..2_100).map(|at| (format!("{at}.csv"), Vec::new())).collect();
    let many = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let zeros = vec![0_u8; 17 * 1024 * 1024];
    let blanks = vec![b' '; 48 * 1024 * 1024];
    let entities = "<!DOCTYPE t [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><t>&b;</t>";
    let shared = format!("<sst>{}</sst>", "<si><t>x</t></si>".repeat(1_000_001));
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"str\"><v>x</v></c></row>";
    let sealed = [("META-INF/manifest.xml", b"<m><encryption-data/></m>".as_slice()), ("content.xml", b"x")];
    let deep = "<a>".repeat(1_000);
    let cell = "<table:table-cell table:number-columns-repeated=\"200\"><text:p>0123456789</text:p></table:table-cell>";
    let wide = "<table:table-cell table:number-columns-repeated=\"2000000000\"><text:p>x</text:p></table:table-cell>";
    let tables = |rows: &str| ods(&format!("<table:table table:name=\"stories\">{rows}</table:table>"));
    let mut broken = xlsx(&files());
    broken.truncate(broken.len() / 2);
    let million = packed([("stories.csv", &blanks[..1_000_000])]);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("17 MiB", [b"PK\x03\x04".as_slice(), &zeros].concat(), "larger than 16 MiB"),
        ("too many entries", packed(many), "more than 2000 entries"),
        ("hundreds of MiB", claiming(million.clone(), 200 * 1024 * 1024), "more than 128 MiB"),
        ("a ratio of a thousand", packed([("stories.csv", blanks.as_slice())]), "250 times its size"),
        ("an entry that says it is small", claiming(million, 16), "damaged"),
        ("../", packed([("../stories.csv", b"x".as_slice())]), "leads out"),
        ("..\\", packed([("a\\..\\..\\stories.csv", b"x".as_slice())]), "leads out"),
        ("an absolute name", packed([("/etc/stories.csv", b"x".as_slice())]), "leads out"),
        ("a drive", packed([("C:stories.csv", b"x".as_slice())]), "leads out"),
        ("entities in a sheet", bare_xlsx(entities, &[]), "entities"),
        (
            "entities in shared texts",
            bare_xlsx("<x/>", &[("xl/sharedStrings.xml", entities.as_bytes())]),
            "entities",
        ),
        ("an unknown entity", bare_xlsx(&sheet_xml("&xxe;"), &[]), "entities"),
        ("entities in an ODS", ods("<table:table table:name=\"stories\">&xxe;</table:table>"), "entities"),
        ("nested a thousand deep", bare_xlsx(&deep, &[]), "nested"),
        (
            "a million texts",
            bare_xlsx("<x/>", &[("xl/sharedStrings.xml", shared.as_bytes())]),
            "different texts",
        ),
        ("a cell far to the right", bare_xlsx(&sheet_xml(far), &[]), "beyond 256 columns"),
        ("two billion cells", tables(&format!("<table:table-row>{wide}</table:table-row>")), "beyond 256"),
        (
            "a row a million times",
            tables(&format!(
                "<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>"
            )),
            "filled cells",
        ),
        ("half a workbook", broken, "damaged"),
        ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(), "save it as .xlsx"),
        (
            "a binary workbook",
            packed([("[Content_Types].xml", b"<T/>".as_slice()), ("xl/workbook.bin", b"")]),
            ".xlsb",
        ),
        ("an ODS with a password", packed(sealed), "password"),
        ("a flat ODS", b"<?xml version=\"1.0\"?><office:document/>".to_vec(), ".ods"),
        ("one CSV file", b"code,participant\n".to_vec(), "folder"),
        ("a picture", b"\x89PNG".to_vec(), "neither"),
        ("nothing", Vec::new(), "neither"),
        ("a zip of nothing", packed([("notes.txt", b"x".as_slice())]), "neither CSV"),
        ("a zip of a workbook", packed([("pack.xlsx", b"x".as_slice())]), "the workbook itself"),
        (
            "two folders",
            packed([("a/stories.csv", b"x".as_slice()), ("b/themes.csv", b"")]),
            "several folders",
        ),
        (
            "26 MiB of CSV files",
            {
                let noise: Vec<u8> = (0..13_u32 * 1024 * 1024)
                    .map(|at| (at.wrapping_mul(2_654_435_761) >> 29) as u8)
                    .collect();
                let (one, other) = (noise.clone(), noise);
                packed([("a.csv", one.as_slice()), ("b.csv", &other)])
            },
            "24 MiB together",
        ),
    ];
    for (what, bytes, says) in cases {
        let told = refused(&bytes);
        assert!(told.contains(says), "{what}: {told}");
    }
}

#[test]
fn rows_beyond_the_limit_and_cells_beyond_theirs_are_named_in_every_form() {
    let rows: String = (0..=MAX_ROWS).map(|row| format!("K{row}A,T\n")).collect();
    let mut long = files();
    long.insert("themes.csv".into(), format!("id,title\n{rows}").into_bytes());
    for form in Form::ALL {
        // Together with the 13 settings and 4 people before them.
        let row = if form == Form::Folder { 100_002 } else { 100_002 - 17 };
        let errors = form.read(&long).1.errors;
        let themes: Vec<_> = errors.into_iter().filter(|fault| fault.file == "themes.csv").collect();
        assert_fault(&themes, "themes.csv", row, "", "100000");
    }
    // What Excel itself refuses to write: a cell of 10 MiB.
    let huge: String = (0..10_u32 * 1024 * 1024)
        .map(|at| char::from(b'a' + u8::try_from(at.wrapping_mul(2_654_435_761) >> 28).unwrap()))
        .collect();
    let cell = format!("<row r=\"1\"><c t=\"str\"><v>{huge}</v></c></row>");
    let intake = Intake::open(&bare_xlsx(&sheet_xml(&cell), &[])).unwrap();
    assert!(read(&intake, &calendars()).1.errors.iter().any(|fault| fault.file == "stories.csv"));
    let mut files = files();
    edit(&mut files, "stories.csv", "Swam there", &huge[..1024 * 1024]);
    assert_fault(&Form::Ods.read(&files).1.errors, "stories.csv", 2, "summary", &MAX_CELL.to_string());
}

#[test]
fn rows_and_cells_far_apart_cost_nothing_and_keep_their_numbers() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>code</v></c></row>\
                <row r=\"1000000\"><c r=\"A1000000\" t=\"str\"><v>AX</v></c></row>";
    let intake = Intake::open(&bare_xlsx(&sheet_xml(rows), &[])).unwrap();
    let errors = read(&intake, &calendars()).1.errors;
    assert!(errors.iter().any(|fault| fault.message.contains("`medium`")), "{errors:?}");
    let gap = "<table:table-row table:number-rows-repeated=\"900\"><table:table-cell/></table:table-row>";
    let tables = content(&edited("stories.csv", "video", "film")).replacen(
        "</table:table-row>",
        &format!("</table:table-row>{gap}"),
        // In each table the gap would come after its header; the first table is that of the acts.
        1,
    );
    let moved = read(&Intake::open(&ods(&tables)).unwrap(), &calendars()).1;
    assert_fault(&moved.errors, "stories.csv", 2, "medium", "third_person");
    let tables = tables.replace("table:number-rows-repeated=\"900\"", "table:number-rows-repeated=\"1\"");
    assert_eq!(read(&Intake::open(&ods(&tables)).unwrap(), &calendars()).1.errors.len(), 1);
}

/// The sheet `stories` in a workbook with all others, written by hand.
fn with_stories(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Intake {
    let mut book = Workbook::new();
    for (name, bytes) in files() {
        let page = book.add_worksheet();
        page.set_name(name.strip_suffix(".csv").unwrap()).unwrap();
        if name == "stories.csv" {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for (row, line) in (0..).zip(crate::domain::pack::grid::Lines::new(&text, b',')) {
            for (column, text) in (0..).zip(line.cells) {
                page.write_string(row, column, text).unwrap();
            }
        }
    }
    let page = book.worksheet_from_name("stories").unwrap();
    for (column, name) in (0..).zip(["code", "participant", "medium", "summary", "gathered_on"]) {
        page.write_string(0, column, name).unwrap();
    }
    for (row, code, person) in [(1, "AX", "P1"), (2, "BY", "P2"), (3, "CZ", "P3")] {
        for (column, text) in (0..).zip([code, person, "Third person"]) {
            page.write_string(row, column, text).unwrap();
        }
    }
    fill(page);
    Intake::open(&book.save_to_buffer().unwrap()).unwrap()
}

#[test]
fn dates_numbers_and_truths_of_a_spreadsheet_are_read_as_they_are_meant() {
    let day = ExcelDateTime::from_ymd(2024, 3, 1).unwrap();
    let shown = Format::new().set_num_format("d mmm yy");
    let intake = with_stories(|page| {
        page.write_datetime_with_format(1, 4, &day, &shown).unwrap();
        page.write_number(1, 3, 1984.0).unwrap();
    });
    let (read_in, faults) = read(&intake, &calendars());
    assert_eq!(faults, Faults::default());
    let story = &read_in.unwrap().stories[0].value;
    assert_eq!(story.gathered_on.map(|day| day.to_string()).as_deref(), Some("2024-03-01"));
    assert_eq!(story.summary.as_deref(), Some("1984"));

    // A code that the program took for a date, and a day with a time.
    let intake = with_stories(|page| {
        page.write_datetime_with_format(3, 0, &day, &shown).unwrap();
        let noon = ExcelDateTime::from_ymd(2024, 3, 1).unwrap().and_hms(12, 0, 0).unwrap();
        page.write_datetime_with_format(1, 4, &noon, &shown).unwrap();
    });
    let faults = read(&intake, &calendars()).1;
    assert_fault(&faults.warnings, "stories.csv", 4, "code", "date of the spreadsheet");
    let places: Vec<_> = faults.errors.iter().map(|fault| (fault.file.as_str(), fault.row)).collect();
    assert_eq!(places, [("stories.csv", Some(2)), ("evidence.csv", Some(4))], "{:?}", faults.errors);

    let dated = "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-03-01T00:00:00\"><text:p>1 \
                 March</text:p></table:table-cell>";
    let text =
        "<table:table-cell office:value-type=\"string\"><text:p>2024-03-01</text:p></table:table-cell>";
    let truth =
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>WAHR</text:p>";
    let yes = "<table:table-cell office:value-type=\"string\"><text:p>yes</text:p>";
    let tables = content(&files());
    assert!(tables.contains(text) && tables.contains(yes));
    let (read_in, faults) =
        read(&Intake::open(&ods(&tables.replace(text, dated).replace(yes, truth))).unwrap(), &calendars());
    assert_eq!(faults, Faults::default());
    assert!(read_in.unwrap().stories == pack(&files()).stories);
}

#[test]
fn formulas_errors_hidden_sheets_hidden_rows_merged_cells_and_strangers_are_left_aside_and_said() {
    let told = |intake: &Intake| read(intake, &calendars()).1;
    let formula = with_stories(|page| {
        page.write_formula(2, 3, Formula::new("=HYPERLINK(\"x\")").set_result("Look")).unwrap();
    });
    let (read_in, faults) = read(&formula, &calendars());
    assert_fault(&faults.warnings, "stories.csv", 3, "summary", "a formula");
    assert_eq!((faults.errors, read_in.unwrap().stories[1].value.summary.clone()), (vec![], None));
    let blank = "<row r=\"1\"><c t=\"str\"><v>code</v></c></row><row r=\"2\"><c t=\"str\"><f>IF(A9,1,\"\")</f><v></v></c></row>";
    let faults = told(&Intake::open(&bare_xlsx(&sheet_xml(blank), &[])).unwrap());
    assert!(faults.errors.iter().all(|fault| fault.row != Some(2)), "what a blank formula shows is nothing");
    assert_eq!(faults.warnings, []);
    // Where something must stand there it is an error, too.
    let faults = told(&with_stories(|page| {
        page.write_formula(2, 2, Formula::new("=A1").set_result("audio")).unwrap();
    }));
    assert_fault(&faults.warnings, "stories.csv", 3, "medium", "a formula");
    assert_fault(&faults.errors, "stories.csv", 3, "medium", "blank");

    let faults = told(&with_stories(|page| {
        page.set_row_hidden(2).unwrap();
        page.merge_range(1, 3, 2, 3, "Both", &Format::new()).unwrap();
    }));
    let said: Vec<&str> = faults.warnings.iter().map(|fault| fault.message.as_str()).collect();
    assert!(
        matches!(said.as_slice(), [hidden, merged] if hidden.contains("1 hidden row") && merged.contains("D2:D3"))
    );
    assert_eq!(faults.errors, []);

    let faults = told(&with_stories(|page| {
        page.set_hidden(true);
    }));
    assert_fault(&faults.warnings, "stories", 0, "", "hidden");
    assert!(faults.errors.iter().any(|fault| fault.message.contains("a sheet `stories`; there is none")));

    let tables =
        content(&files()).replace("table:name=\"acts\"", "table:name=\"acts\" table:style-name=\"gone\"");
    let tables =
        format!("{tables}<table:table table:name=\"Storeys\"/><table:table table:name=\"Read me\"/>");
    let faults = told(&Intake::open(&ods(&tables)).unwrap());
    assert_eq!(faults.errors, []);
    let said: Vec<(&str, bool)> = faults
        .warnings
        .iter()
        .map(|fault| {
            (fault.file.as_str(), fault.message.contains("hidden") || fault.message.contains("stories"))
        })
        .collect();
    assert_eq!(said, [("acts", true), ("Storeys", true)]);

    let error = "<row r=\"1\"><c t=\"str\"><v>code</v></c><c t=\"str\"><v>participant</v></c><c t=\"str\"><v>medium</v></c></row>\
                 <row r=\"2\"><c t=\"str\"><v>AX</v></c><c t=\"str\"><v>P1</v></c><c t=\"e\"><v>#N/A</v></c></row>";
    let faults = told(&Intake::open(&bare_xlsx(&sheet_xml(error), &[])).unwrap());
    assert!(faults.errors.iter().any(|fault| fault.message.contains("an error of the spreadsheet")));
}

#[test]
fn a_zip_may_hold_its_files_in_one_folder_beside_what_systems_add() {
    let folded: Files = files().into_iter().map(|(name, bytes)| (format!("my pack/{name}"), bytes)).collect();
    let mut all = folded.clone();
    all.insert("__MACOSX/my pack/._stories.csv".into(), b"\0\0".to_vec());
    all.insert("my pack/.DS_Store".into(), b"\0".to_vec());
    all.insert("my pack/2025-01-01/stories.csv".into(), b"x".to_vec());
    let (_, faults) = read(&Intake::open(&zipped(&all)).unwrap(), &calendars());
    assert_eq!(faults, Faults::default());
}

#[test]
fn messages_of_a_workbook_speak_of_its_sheets() {
    let (_, faults) = Form::Xlsx.read(&edited("evidence.csv", "R1,AX", "R1,\u{410}X"));
    assert!(faults.errors[0].message.contains("row 2 of the sheet stories"), "{:?}", faults.errors);
    let mut files = files();
    files.insert("themes.csv".into(), Vec::new());
    let (_, faults) = Form::Ods.read(&files);
    assert!(faults.errors.iter().any(|fault| fault.message.contains("this sheet is empty")), "{faults:?}");
}
