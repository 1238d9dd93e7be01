//! Zips and workbooks: what they say of themselves is not believed, and what is hidden in them is not read.

use rust_xlsxwriter::{Formula, Workbook};

use super::written::{bare_xlsx, packed};
use super::*;

pub const CONTAINERS: &str =
    "a small workbook that unpacks to hundreds of MiB; hidden sheets; formulas; `../` entries; XML entities";

const ENTITIES: &str = "<!DOCTYPE t [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><t>&b;</t>";
const MIB: usize = 1024 * 1024;

fn sheet_xml(rows: &str) -> Vec<u8> {
    bare_xlsx(
        &format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"),
        &[],
    )
}

fn tables(rows: &str) -> Vec<u8> {
    ods(&format!("<table:table table:name=\"stories\">{rows}</table:table>"))
}

fn one(name: &str, bytes: &[u8]) -> Vec<u8> {
    packed([(name, bytes)])
}

/// A zip whose entry of a million bytes says that it is of another size, in the directory and beside the entry.
fn claiming(size: u32) -> Vec<u8> {
    let mut zip = one("stories.csv", &vec![b' '; 1_000_000]);
    let says = 1_000_000_u32.to_le_bytes();
    while let Some(at) = zip.windows(4).position(|bytes| bytes == says) {
        zip[at..at + 4].copy_from_slice(&size.to_le_bytes());
    }
    zip
}

/// The good pack as a workbook in which `change` has its way with the sheet `stories`.
fn with_stories(files: &Files, change: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, bytes) in files {
        let page = book.add_worksheet();
        page.set_name(name.trim_end_matches(".csv")).expect("a name");
        for (row, cells) in (0..).zip(written::cells(bytes)) {
            for (column, text) in (0..).zip(cells) {
                page.write_string(row, column, text).expect("written");
            }
        }
    }
    change(book.worksheet_from_name("stories").expect("the sheet"));
    book.save_to_buffer().expect("a workbook")
}

pub fn cases() -> Vec<Case> {
    let refused = |name, make: fn(&Files) -> Vec<u8>, says| case(CONTAINERS, File(name, make), Refused(says));
    vec![
        // Larger than it looks.
        refused(
            "large.zip",
            |_| [b"PK\x03\x04".as_slice(), &vec![0; 17 * MIB]].concat(),
            "larger than 16 MiB",
        ),
        refused("says-200-MiB.zip", |_| claiming(200 * 1024 * 1024), "more than 128 MiB"),
        refused("ratio.zip", |_| one("stories.csv", &vec![b' '; 48 * MIB]), "250 times its size"),
        refused(
            "ratio.xlsx",
            |_| sheet_xml(&"<row><c><v>1</v></c></row>".repeat(130 * MIB / 26)),
            "more than 128 MiB",
        ),
        refused("says-16-bytes.zip", |_| claiming(16), "damaged"),
        refused(
            "entries.zip",
            |_| {
                let many: Vec<String> = (0..2_100).map(|at| format!("{at}.csv")).collect();
                packed(many.iter().map(|name| (name.as_str(), b"".as_slice())))
            },
            "more than 2000 entries",
        ),
        refused(
            "files.zip",
            |_| {
                let noise: Vec<u8> = (0..13_u32 * 1024 * 1024)
                    .map(|at| (at.wrapping_mul(2_654_435_761) >> 29) as u8)
                    .collect();
                packed([("a.csv", noise.as_slice()), ("b.csv", &noise)])
            },
            "24 MiB together",
        ),
        refused(
            "texts.xlsx",
            |_| {
                let shared = format!("<sst>{}</sst>", "<si><t>x</t></si>".repeat(1_000_001));
                bare_xlsx("<x/>", &[("xl/sharedStrings.xml", shared.as_bytes())])
            },
            "different texts",
        ),
        refused(
            "far.xlsx",
            |_| sheet_xml("<row r=\"1048576\"><c r=\"XFD1048576\" t=\"str\"><v>x</v></c></row>"),
            "beyond 256 columns",
        ),
        refused(
            "wide.ods",
            |_| {
                tables(
                    "<table:table-row><table:table-cell table:number-columns-repeated=\"2000000000\"><text:p>x\
                     </text:p></table:table-cell></table:table-row>",
                )
            },
            "beyond 256 columns",
        ),
        refused(
            "long.ods",
            |_| {
                tables(
                    "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
                     table:number-columns-repeated=\"200\"><text:p>0123456789</text:p></table:table-cell>\
                     </table:table-row>",
                )
            },
            "filled cells",
        ),
        // What leads elsewhere.
        refused("up.zip", |_| one("../stories.csv", b"x"), "leads out"),
        refused(
            "up.xlsx",
            |_| packed([("[Content_Types].xml", b"<T/>".as_slice()), ("xl/../../x", b"")]),
            "leads out",
        ),
        refused("up-windows.zip", |_| one("a\\..\\..\\stories.csv", b"x"), "leads out"),
        refused("absolute.zip", |_| one("/etc/stories.csv", b"x"), "leads out"),
        refused("drive.zip", |_| one("C:stories.csv", b"x"), "leads out"),
        // XML.
        refused("sheet.xlsx", |_| bare_xlsx(ENTITIES, &[]), "entities"),
        refused(
            "texts.xlsx",
            |_| bare_xlsx("<x/>", &[("xl/sharedStrings.xml", ENTITIES.as_bytes())]),
            "entities",
        ),
        refused("unknown.xlsx", |_| sheet_xml("&xxe;"), "entities"),
        refused("entities.ods", |_| tables("&xxe;"), "entities"),
        refused("deep.xlsx", |_| bare_xlsx(&"<a>".repeat(1_000), &[]), "nested"),
        // What is something else, or broken.
        refused("half.xlsx", |files| xlsx(files).split_at(3_000).0.to_vec(), "damaged"),
        refused("old.xls", |_| b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(), "save it as .xlsx"),
        refused(
            "binary.xlsb",
            |_| packed([("[Content_Types].xml", b"<T/>".as_slice()), ("xl/workbook.bin", b"")]),
            ".xlsb",
        ),
        refused(
            "sealed.ods",
            |_| {
                packed([
                    ("META-INF/manifest.xml", b"<m><encryption-data/></m>".as_slice()),
                    ("content.xml", b"x"),
                ])
            },
            "password",
        ),
        refused("flat.ods", |_| b"<?xml version=\"1.0\"?><office:document/>".to_vec(), ".ods"),
        refused("stories.csv", |files| files["stories.csv"].clone(), "folder"),
        refused("picture.xlsx", |_| b"\x89PNG".to_vec(), "neither"),
        refused("nothing.xlsx", |_| Vec::new(), "neither"),
        refused("notes.zip", |_| one("notes.txt", b"x"), "neither CSV"),
        refused("workbook.zip", |_| one("pack.xlsx", b"x"), "the workbook itself"),
        refused(
            "folders.zip",
            |_| packed([("a/stories.csv", b"x".as_slice()), ("b/themes.csv", b"")]),
            "several folders",
        ),
        // What is hidden, and what is worked out.
        case(
            CONTAINERS,
            File("hidden.xlsx", |files| {
                let mut files = files.clone();
                files.remove("themes.csv");
                with_stories(&files, |page| {
                    page.set_hidden(true);
                })
            }),
            Errors(vec![At("stories", 0, "", "expected a sheet `stories`; there is none")]),
        ),
        case(
            CONTAINERS,
            File("formula.xlsx", |files| {
                with_stories(files, |page| {
                    page.write_formula(
                        2,
                        2,
                        Formula::new("=HYPERLINK(\"http://evil.example\")").set_result("Look"),
                    )
                    .expect("written");
                })
            }),
            Stored(
                warning("stories", 3, "summary", "a formula stands here and was left out"),
                vec![Never("sam@people.example", "evil.example")],
            ),
        ),
        case(
            CONTAINERS,
            File("hidden-themes.ods", |files| {
                ods(&content(files)
                    .replace("table:name=\"themes\"", "table:name=\"themes\" table:style-name=\"gone\""))
            }),
            Stored(warning("themes", 0, "", "this sheet is hidden and was not read"), vec![]),
        ),
    ]
}
