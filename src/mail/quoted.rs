//! Words as they go over the wire: quoted-printable (RFC 2045, 6.7), no line of which begins with a dot.

/// Below the 76 of RFC 2045, so that a line which begins with a dot still fits when the dot is written as three.
const QUOTED_WIDTH: usize = 74;

/// Quoted-printable. What ends in a line break can be followed by anything encoded apart from it. Control characters are
/// left out: a lone CR would be taken for the end of a line by some servers and not by others.
pub(super) fn encoded(words: &str) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(words.len() + words.len() / 8 + 16);
    let mut column = 0;
    let mut rest = words;
    while !rest.is_empty() {
        // Most letters stand as they are. One place of the line is kept for the sign that it goes on.
        let room = QUOTED_WIDTH.saturating_sub(column + 1);
        let plain = rest.bytes().take(room).take_while(|byte| is_plain(*byte)).count();
        if plain > 0 && (column > 0 || rest.as_bytes()[0] != b'.') {
            quoted.extend_from_slice(&rest.as_bytes()[..plain]);
            column += plain;
            rest = &rest[plain..];
            continue;
        }
        let letter = rest.chars().next().expect("there is a rest");
        rest = &rest[letter.len_utf8()..];
        if letter == '\n' {
            keep_last_blank(&mut quoted, column);
            quoted.extend_from_slice(b"\r\n");
            column = 0;
            continue;
        }
        if letter.is_control() && letter != '\t' {
            continue;
        }
        let as_it_is = letter.is_ascii() && is_plain(letter as u8);
        let width = if as_it_is { 1 } else { 3 * letter.len_utf8() };
        if column + width >= QUOTED_WIDTH {
            quoted.extend_from_slice(b"=\r\n");
            column = 0;
        }
        if as_it_is && (letter != '.' || column > 0) {
            quoted.push(letter as u8);
            column += 1;
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                put_quoted(&mut quoted, byte);
                column += 3;
            }
        }
    }
    keep_last_blank(&mut quoted, column);
    quoted
}

/// What quoted-printable leaves as it is, but for a dot at the beginning of a line and a blank at its end.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t') && byte != b'='
}

fn put_quoted(quoted: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    quoted.extend_from_slice(&[b'=', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}

/// A blank at the end of a line would get lost on the way.
fn keep_last_blank(quoted: &mut Vec<u8>, column: usize) {
    if column > 0
        && let Some(blank) = quoted.pop_if(|last| matches!(last, b' ' | b'\t'))
    {
        put_quoted(quoted, blank);
    }
}
