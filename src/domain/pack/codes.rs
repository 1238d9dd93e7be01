//! Codes, ids and refs: what shape they have and when two of them look the same. Real sheets print a code twice and
//! mix Greek or Cyrillic letters into Latin ones, so codes are compared by their skeleton (Unicode TR39).

use unicode_normalization::UnicodeNormalization;
use unicode_security::MixedScript;

/// The words by which every warning about such letters can be found.
pub const LOOK_ALIKE: &str = "look-alike letters";

const MAX_CODE: usize = 40;
const MAX_REF: usize = 20;

/// The skeleton of TR39: two codes that look the same have the same one. Capitals stay apart from small letters.
pub fn skeleton(code: &str) -> String {
    unicode_security::skeleton(code).collect()
}

/// Whether a code is written with letters that pass for others: letters of several scripts in one code, or letters
/// of another script (or of a special form) that all pass for Latin ones.
pub fn has_look_alikes(code: &str) -> bool {
    if code.is_ascii() {
        return false;
    }
    if !code.is_single_script() || code.nfkc().ne(code.nfc()) {
        return true;
    }
    let mut with_latin = code.resolve_script_set();
    with_latin.intersect_with("a".into());
    with_latin.is_empty() && skeleton(code).is_ascii()
}

/// A story's code or the id of a participant, theme or learning.
///
/// # Errors
/// Says what was expected.
pub fn code(text: &str) -> Result<(), String> {
    let refused = |c: char| c == ';' || c == '\u{2028}' || c == '\u{2029}' || is_invisible(c);
    if text.is_empty() || text.chars().count() > MAX_CODE || text.contains(refused) {
        return Err(format!(
            "expected a code of at most {MAX_CODE} characters, without `;` or invisible ones"
        ));
    }
    Ok(())
}

/// A recommendation's ref, which is public: it names the subject of events in the record, where `project` stands for
/// the project itself.
///
/// # Errors
/// Says what was expected.
pub fn reference(text: &str) -> Result<(), String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    if text.is_empty() || text.chars().count() > MAX_REF || !text.chars().all(plain) {
        return Err(format!(
            "expected at most {MAX_REF} letters, digits, dots, hyphens or underscores, no blanks"
        ));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err("expected at least one letter or digit".to_owned());
    }
    if skeleton(&text.to_lowercase()) == skeleton("project") {
        return Err("expected another ref: `project` stands for the project itself".to_owned());
    }
    Ok(())
}

/// The code as a message may quote it. What looks like contact data that slipped into the wrong column, or is no
/// code at all, is not repeated.
pub fn quoted(code: &str) -> String {
    let digits = code.chars().filter(char::is_ascii_digit).count();
    let telephone = digits >= 9 && code.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c));
    let shown = code.chars().count() <= MAX_CODE
        && !telephone
        && !code.contains('@')
        && !code.chars().any(|c| c.is_control() || is_invisible(c));
    if shown { format!("`{code}`") } else { "this value (not shown)".to_owned() }
}

/// Characters that take no room on screen, so that nobody can see that they are there.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_look_the_same_have_one_skeleton_and_capitals_stay_apart() {
        for (one, other) in
            [("AX", "\u{410}X"), ("AX", "\u{391}\u{3a7}"), ("S10", "SlO"), ("YT-B", "YT\u{2010}B")]
        {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        assert_ne!(skeleton("AX"), skeleton("ax"));
        assert_ne!(skeleton("AX"), skeleton("AY"));
    }

    #[test]
    fn a_lone_code_is_flagged_when_its_letters_pass_for_others() {
        for flagged in ["\u{410}X", "\u{410}\u{425}", "\u{3a7}\u{3a5}1", "\u{ff21}\u{ff22}", "\u{1d400}1"] {
            assert!(has_look_alikes(flagged), "{flagged}");
        }
        // Codes in another script that pass for nothing else are fine, and so are accents.
        for plain in [
            "AX",
            "R-01",
            "\u{c9}1",
            "\u{416}\u{42f}\u{414}",
            "\u{65e5}\u{672c}",
            "\u{639}\u{644}\u{6cc}",
            "",
        ] {
            assert!(!has_look_alikes(plain), "{plain}");
        }
    }

    #[test]
    fn a_ref_is_short_plain_and_never_the_word_for_the_project() {
        for good in ["R01", "2.1", "R-1_b", "\u{645}\u{664}", "\u{923}\u{93f}1"] {
            assert_eq!(reference(good), Ok(()), "{good}");
        }
        for bad in
            ["", "R 1", "R;1", "R/1", "project", "Project", "pr\u{43e}ject", "...", "R12345678901234567890"]
        {
            assert!(reference(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_looks_like_contact_data_is_never_quoted() {
        assert_eq!(quoted("AX"), "`AX`");
        for hidden in ["wren@lido.example", "+44 161 496 0123", "a\u{202e}b"] {
            assert!(!quoted(hidden).contains(hidden));
        }
    }
}
