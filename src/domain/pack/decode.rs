//! From the bytes of a file to its text: which encoding it is in. What cannot be told for certain is either said in a
//! caution or refused; mojibake never slips through unseen.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file, and what a person should check because the encoding had to be recognised.
pub struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub caution: Option<&'static str>,
}

/// # Errors
/// Says what the file was expected to be.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, String> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => Ok(Decoded { text: text.into(), caution: None }),
            Err(error) => Err(not_utf8(rest, error.valid_up_to())),
        },
        [0xff, 0xfe, rest @ ..] => utf16(UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => utf16(UTF_16BE, rest),
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            Err("this is a workbook under the name of a CSV file: expected it by itself, not in a folder of CSV files".to_owned())
        }
        _ if looks_like_utf16(bytes) => {
            Err("this looks like UTF-16 without a byte-order mark: expected UTF-8 \
             (save the sheet as `CSV UTF-8`)"
                .to_owned())
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Decoded { text: text.into(), caution: None }),
            Err(error) => windows_1252(bytes, error.valid_up_to()),
        },
    }
}

fn utf16<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<Decoded<'b>, String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(
        "begins as UTF-16 and then holds what is not: expected UTF-8 (save the sheet as `CSV UTF-8`)",
    )?;
    Ok(Decoded { text, caution: Some("was recognised as UTF-16 and read so") })
}

/// A file that already has letters in UTF-8 beside bytes that are not was joined from two: read as Windows-1252, the
/// good letters would turn into mojibake.
fn windows_1252(bytes: &[u8], valid_up_to: usize) -> Result<Decoded<'_>, String> {
    if bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return Err(not_utf8(bytes, valid_up_to));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let caution = "is not UTF-8 and was read as Windows-1252: check the letters with accents (or save the sheet as \
         `CSV UTF-8`)";
    Ok(Decoded { text, caution: Some(caution) })
}

fn not_utf8(bytes: &[u8], valid_up_to: usize) -> String {
    let line = bytes[..valid_up_to].iter().filter(|byte| **byte == b'\n').count() + 1;
    format!(
        "expected UTF-8 throughout; line {line} of the file holds bytes that are not (save it as `CSV UTF-8`)"
    )
}

fn looks_like_utf16(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    start.len() >= 8 && zeros(0).max(zeros(1)) * 10 > start.len() * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, bool) {
        let decoded = decode(bytes).ok().unwrap();
        (decoded.text.into_owned(), decoded.caution.is_some())
    }

    fn utf16(text: &str, mark: [u8; 2], unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect()
    }

    #[test]
    fn every_encoding_is_recognised_and_said() {
        assert_eq!(text("id,n\u{e4}me".as_bytes()), ("id,n\u{e4}me".into(), false));
        assert_eq!(text("\u{feff}id".as_bytes()), ("id".into(), false));
        assert_eq!(text(&utf16("id,\u{e4}", [0xff, 0xfe], u16::to_le_bytes)), ("id,\u{e4}".into(), true));
        assert_eq!(text(&utf16("id,\u{e4}", [0xfe, 0xff], u16::to_be_bytes)), ("id,\u{e4}".into(), true));
        assert_eq!(text(b"caf\xe9 \x80"), ("caf\u{e9} \u{20ac}".into(), true));
        assert_eq!(text(b""), (String::new(), false));
    }

    #[test]
    fn what_would_become_mojibake_is_refused_by_name() {
        let mixed = [b"one\n\xc3\xa9\n".as_slice(), b"caf\xe9"].concat();
        let bare_utf16 = utf16("id,name,mail", [0, 0], u16::to_le_bytes).split_off(2);
        for (bytes, expected) in [
            (mixed.as_slice(), "line 3"),
            (b"\xef\xbb\xbfid\ncaf\xe9", "line 2"),
            (bare_utf16.as_slice(), "UTF-16"),
            (&[0xff, 0xfe, 0x00, 0xd8], "UTF-16"),
            (b"PK\x03\x04rest", "workbook"),
        ] {
            let message = decode(bytes).err().unwrap_or_default();
            assert!(message.contains(expected) && message.contains("expected"), "{message}");
        }
    }
}
