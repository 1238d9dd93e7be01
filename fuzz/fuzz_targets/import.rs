//! From the bytes of a file that somebody brings in to the report about it: whatever they are, there is one. The first
//! byte says where the others stand, so that what is inside of a zip is reached too and not only its checksums.

#![no_main]
#![allow(dead_code, unused_imports, reason = "only the reading of packs is called, of all the rules")]

#[path = "../../src/domain/mod.rs"]
mod domain;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use domain::calendars::Calendars;
use domain::pack::{Intake, Sheet, layout, read};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const PROJECT: &str = "key,value\nslug,x\ntitle,X\norganisation,X\nsender_name,X\ncontact_email,x@place.example\n\
                       timezone,Europe/London\nschedule,0 10 1 * *\n";

fuzz_target!(|bytes: &[u8]| {
    let Some((way, rest)) = bytes.split_first() else { return };
    let Ok(intake) = came_in(*way, rest) else { return };
    let (_, faults) = read(&intake, &Calendars::default());
    let source = intake.source();
    for sheet in Sheet::ALL {
        if let Some(content) = source.sheet(sheet) {
            layout::walk(sheet, content, |row, column, _, _| assert!(row > 0 && column <= 256));
        }
    }
    assert!(faults.errors.len() <= 10_001 && faults.warnings.len() <= 20_000);
});

fn came_in(way: u8, rest: &[u8]) -> Result<Intake, String> {
    let sheet = Sheet::ALL[usize::from(way / 8) % Sheet::ALL.len()];
    match way % 8 {
        0 => Intake::open(rest),
        1 => Intake::open(&xlsx(sheet, rest, b"<sst><si><t>a</t></si></sst>", b"<styleSheet/>")),
        2 => Intake::open(&xlsx(sheet, SHARING, rest, b"<styleSheet/>")),
        3 => Intake::open(&xlsx(sheet, SHARING, b"<sst/>", rest)),
        4 => Intake::open(&packed(&[("content.xml", rest)])),
        5 if sheet == Sheet::Project => Intake::open(&packed(&[("project.csv", rest)])),
        5 => Intake::open(&packed(&[(&sheet.file(), rest), ("project.csv", PROJECT.as_bytes())])),
        _ => {
            let mut files = BTreeMap::from([("project.csv".to_owned(), PROJECT.as_bytes().to_vec())]);
            files.insert(sheet.file(), rest.to_vec());
            Ok(Intake::of_files(files))
        }
    }
}

const SHARING: &[u8] = b"<worksheet><sheetData><row><c t=\"s\" s=\"1\"><v>0</v></c><c s=\"2\"><v>45000</v></c></row>\
                         <row><c t=\"s\"><v>1</v></c><c s=\"1\"><v>2.5</v></c></row></sheetData></worksheet>";

fn xlsx(sheet: Sheet, cells: &[u8], shared: &[u8], styles: &[u8]) -> Vec<u8> {
    let book = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        sheet.name()
    );
    let links = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"s.xml\"/><Relationship Id=\"r2\" \
                 Type=\"x/sharedStrings\" Target=\"t.xml\"/><Relationship Id=\"r3\" Type=\"x/styles\" \
                 Target=\"y.xml\"/></Relationships>";
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/s.xml", cells),
        ("xl/t.xml", shared),
        ("xl/y.xml", styles),
    ])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, stored).expect("names are short");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}
