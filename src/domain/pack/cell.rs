//! From what stands in a cell to text that is safe to keep: trimmed, in NFC, without characters that turn or hide
//! text, and without control characters.

use unicode_normalization::UnicodeNormalization;

use super::MAX_CELL;

/// The text of a cell; empty where the cell is blank.
#[derive(Debug, PartialEq, Eq)]
pub struct Clean {
    pub text: String,
    /// Characters that change the direction of text were taken out.
    pub was_turned: bool,
}

/// Cleans one cell. A `long` text may hold line breaks (as `\n`) and tabs, any other is one line.
///
/// # Errors
/// Says which character was not expected, and where in the cell, but not what stands around it.
pub fn clean(raw: &str, long: bool) -> Result<Clean, String> {
    if raw.len() > MAX_CELL && raw.chars().count() > MAX_CELL {
        return Err(format!("expected at most {MAX_CELL} characters in a cell"));
    }
    let was_turned = raw.contains(turns);
    let kept: String = raw.chars().filter(|c| !turns(*c) && !matches!(c, '\u{200b}' | '\u{feff}')).collect();
    let trimmed = kept.trim_matches(is_blank);
    for (index, c) in trimmed.chars().enumerate() {
        let line_break = matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        if long && (line_break || c == '\t') {
            continue;
        }
        let place = index + 1;
        if line_break {
            return Err(format!("expected one line; character {place} is a line break"));
        }
        if c.is_control() {
            let name = if c == '\0' { " (NUL)" } else { "" };
            let code = u32::from(c);
            return Err(format!(
                "expected text without control characters; character {place} is U+{code:04X}{name}"
            ));
        }
    }
    let text = trimmed.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    Ok(Clean { text: text.nfc().collect(), was_turned })
}

/// What can still be made out of a cell that was refused, to tell which row others refer to.
pub fn readable(raw: &str) -> String {
    let kept: String = raw.chars().filter(|c| !c.is_control() && !turns(*c)).take(MAX_CELL).collect();
    kept.trim_matches(is_blank).nfc().collect()
}

pub fn is_blank_text(raw: &str) -> bool {
    raw.chars().all(|c| is_blank(c) || turns(c))
}

/// Embedding, override and isolate: in a name or a subject they make a text look like another.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{180e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str, long: bool) -> Result<String, String> {
        clean(raw, long).map(|clean| clean.text)
    }

    #[test]
    fn blanks_of_every_kind_around_a_cell_are_taken_away() {
        assert_eq!(text(" \t\u{a0}\u{200b}a\u{a0}b\u{feff}\r\n", false).as_deref(), Ok("a\u{a0}b"));
        assert_eq!(text("\u{2060}\u{3000}", false).as_deref(), Ok(""));
        assert!(is_blank_text(" \u{200b}\t") && !is_blank_text(" x"));
    }

    #[test]
    fn characters_that_turn_text_are_taken_out_and_said() {
        let turned = Clean { text: "gpj.exe".into(), was_turned: true };
        assert_eq!(clean("\u{202e}gpj.\u{2066}exe", false), Ok(turned));
        assert_eq!(clean("plain", false).map(|clean| clean.was_turned), Ok(false));
    }

    #[test]
    fn control_characters_are_named_with_their_place() {
        assert!(text("ab\0c", true).unwrap_err().contains("character 3 is U+0000 (NUL)"));
        assert!(text("a\u{1b}[31m", true).unwrap_err().contains("U+001B"));
        assert!(text("a\u{85}b", true).unwrap_err().contains("U+0085"));
        assert!(text("a\tb", false).unwrap_err().contains("U+0009"));
        assert!(text("a\u{2028}b", false).unwrap_err().contains("line break"));
    }

    #[test]
    fn long_texts_keep_their_lines_and_every_text_is_composed() {
        assert_eq!(text("a\r\nb\rc\u{2028}d\te", true).as_deref(), Ok("a\nb\nc\nd\te"));
        assert_eq!(text("e\u{301}", false).as_deref(), Ok("\u{e9}"));
        assert_eq!(text("=HYPERLINK(\"x\")", false).as_deref(), Ok("=HYPERLINK(\"x\")"));
    }

    #[test]
    fn the_limit_of_a_cell_counts_characters_not_bytes() {
        assert!(text(&"\u{e9}".repeat(MAX_CELL), true).is_ok());
        assert!(text(&"\u{e9}".repeat(MAX_CELL + 1), true).unwrap_err().contains("65536"));
    }
}
