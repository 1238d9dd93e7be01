//! Workbooks and zips as such: what they say besides text, what is left aside and said. What is refused as a whole is in the
//! table of `tests/it/safety`.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::forms::Form;
use super::written::{bare_xlsx, content, ods, zipped};
use super::*;
use crate::domain::pack::Intake;

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

fn sheet_xml(rows: &str) -> String {
    format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>")
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
    let moved = read(Intake::open(&ods(&tables)).unwrap(), &calendars()).1;
    assert_fault(&moved.errors, "stories.csv", 2, "medium", "third_person");
    let tables = tables.replace("table:number-rows-repeated=\"900\"", "table:number-rows-repeated=\"1\"");
    assert_eq!(read(Intake::open(&ods(&tables)).unwrap(), &calendars()).1.errors.len(), 1);
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
        read(Intake::open(&ods(&tables.replace(text, dated).replace(yes, truth))).unwrap(), &calendars());
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
fn sheets_beyond_number_and_names_beyond_measure_are_left_aside_without_being_kept() {
    let many: String = (0..5_000)
        .map(|at| format!("<table:table table:name=\"stories\"/><table:table table:name=\"x{at}\"/>"))
        .chain((0..5_000).map(|_| "<table:table table:name=\"y\" table:style-name=\"gone\"/>".to_owned()))
        .collect();
    let faults = read(Intake::open(&ods(&many)).unwrap(), &calendars()).1;
    assert_eq!(faults.warnings.len(), 2 * 2_000);
    let twice = faults.errors.iter().filter(|fault| fault.message.contains("found two")).count();
    assert_eq!(twice, 1, "each place has one error");

    let cell = "<table:table-cell><text:p>a</text:p></table:table-cell>";
    let wide = format!("<table:table-row>{}</table:table-row>", cell.repeat(100_000));
    let wide = format!("<table:table table:name=\"stories\">{wide}</table:table>");
    assert!(Intake::open(&ods(&wide)).err().unwrap().contains("beyond 256 columns"));
}

#[test]
fn a_zip_may_hold_its_files_in_one_folder_beside_what_systems_add() {
    let folded: Files = files().into_iter().map(|(name, bytes)| (format!("my pack/{name}"), bytes)).collect();
    let mut all = folded.clone();
    all.insert("__MACOSX/my pack/._stories.csv".into(), b"\0\0".to_vec());
    all.insert("my pack/.DS_Store".into(), b"\0".to_vec());
    all.insert("my pack/2025-01-01/stories.csv".into(), b"x".to_vec());
    let (_, faults) = read(Intake::open(&zipped(&all)).unwrap(), &calendars());
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
