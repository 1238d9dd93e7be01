//! Files of CSV as programs write them, and as hands do.

use super::*;

pub const ENCODINGS: &str = "UTF-16, Windows-1252, a byte-order mark, `;` as separator";
pub const SHAPES: &str = "an unclosed quote, ragged rows, doubled or unknown headers, day-first dates";

const SAM: &str = "sam@people.example";
const TOLD: &str = "Th\u{e9}y cost too much.";

/// With a letter that a wrong encoding would spoil.
fn accented(history: &str) -> String {
    history.replace("The lamps cost too much.", TOLD)
}

fn utf16(text: &str, mark: [u8; 2], unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.into_iter().chain(accented(text).encode_utf16().flat_map(unit)).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(&accented(text)).0.into_owned()
}

pub fn cases() -> Vec<Case> {
    let read_as = |make: fn(&str) -> Vec<u8>, said: Vec<At>| {
        case(
            ENCODINGS,
            Bytes("history", make),
            Stored(said, vec![Text(SAM, TOLD), Never(SAM, "Ã"), Never(SAM, "\u{fffd}")]),
        )
    };
    let shape = |sheet, from, to: &str, row, column, says: &'static str| {
        case(SHAPES, edit_csv(sheet, from, to), error(sheet, row, column, says))
    };
    vec![
        read_as(
            |text| utf16(text, [0xff, 0xfe], u16::to_le_bytes),
            warning("history", 0, "", "recognised as UTF-16"),
        ),
        read_as(
            |text| utf16(text, [0xfe, 0xff], u16::to_be_bytes),
            warning("history", 0, "", "recognised as UTF-16"),
        ),
        read_as(windows_1252, warning("history", 0, "", "read as Windows-1252")),
        read_as(|text| format!("\u{feff}{}", accented(text)).into_bytes(), vec![]),
        read_as(|text| accented(text).replace(',', ";").into_bytes(), vec![]),
        read_as(|text| accented(text).replace(',', "\t").into_bytes(), vec![]),
        case(
            ENCODINGS,
            Bytes("themes", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            error("themes", 0, "", "UTF-16 without a byte-order mark"),
        ),
        case(
            ENCODINGS,
            Bytes("themes", |text| [format!("{text}T3,Caf\u{e9}\n").as_bytes(), b"T4,caf\xe9\n"].concat()),
            error("themes", 0, "", "line 5 of the file holds bytes that are not"),
        ),
        shape("evidence", "Fell there", "\"Fell there", 3, "why", "opens on line 3 of the file"),
        shape("evidence", "Fell there", "\"Fell\" there", 3, "why", "opens on line 3 of the file"),
        shape("evidence", "Fell there", "Fell, there", 3, "", "expected 4 cells as in row 1, found 5"),
        shape("evidence", ",Fell there", "", 3, "", "expected 4 cells as in row 1, found 3"),
        case(
            SHAPES,
            Bytes("evidence", |text| text.replace('\n', ",\n").replacen(",\n", ",why\n", 1).into_bytes()),
            error("evidence", 1, "why", "this one stands there twice"),
        ),
        case(
            SHAPES,
            edit("themes", "id,title", "id,titel"),
            error("themes", 1, "titel", "the nearest name is `title`"),
        ),
        case(
            SHAPES,
            edit("recommendations", "council,2026-02-01", "council,01/02/2026"),
            error("recommendations", 2, "published_on", "2026-02-01 (day first) or 2026-01-02 (month first)"),
        ),
    ]
}
