//! Zips and workbooks as other programs write them, and as nobody would who means well. The tests of the whole program use
//! this file too.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// CSV files by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The parts of a zip, packed.
pub fn packed<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("written");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("written").into_inner()
}

pub fn zipped(files: &Files) -> Vec<u8> {
    packed(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// The cells of a CSV file.
pub fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    rows.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn sheet(name: &str) -> &str {
    name.strip_suffix(".csv").expect("a sheet")
}

pub fn xlsx(files: &Files) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, bytes) in files {
        let page = book.add_worksheet();
        page.set_name(sheet(name)).expect("written");
        for (row, cells) in (0..).zip(cells(bytes)) {
            for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                page.write_string(row, column, text.chars().take(32_767).collect::<String>())
                    .expect("written");
            }
        }
    }
    book.save_to_buffer().expect("written")
}

/// Text as it stands in XML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn paragraphs(text: &str) -> String {
    let written = |text: &str| {
        let text = escaped(text).replace('\t', "<text:tab/>").replace('\r', "&#13;");
        text.replace(' ', "<text:s/>")
    };
    text.split('\n').map(|line| format!("<text:p>{}</text:p>", written(line))).collect()
}

/// The tables of an ODS, as XML.
pub fn content(files: &Files) -> String {
    let cell = |text: &String| match text.is_empty() {
        true => "<table:table-cell/>".to_owned(),
        false => {
            format!("<table:table-cell office:value-type=\"string\">{}</table:table-cell>", paragraphs(text))
        }
    };
    let row = |cells: &Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let table = |(name, bytes): (&String, &Vec<u8>)| {
        let rows: String = cells(bytes).iter().map(row).collect();
        format!("<table:table table:name=\"{}\">{rows}</table:table>", sheet(name))
    };
    files.iter().map(table).collect()
}

/// An ODS of the XML inside of its spreadsheet.
pub fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" \
         xmlns:text=\"x\" xmlns:style=\"s\"><office:automatic-styles><style:style style:name=\"gone\" \
         style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    packed([("mimetype", kind), ("content.xml", content.as_bytes())])
}

/// An XLSX of which the sheet `stories` is this XML; its other parts as bare as they may be.
pub fn bare_xlsx(sheet: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"stories\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let links = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
    let parts = [
        ("[Content_Types].xml", types.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    packed(parts.into_iter().chain(others.iter().copied()))
}
