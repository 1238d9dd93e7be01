//! What people typed, within sentences that the program wrote: which language it is in, where that is another, and that it
//! keeps its own direction. A text carries both as marks; whoever shows it turns them into what they can show.

use std::fmt::Write;

use super::{APART, APART_ENDS};

/// Stands around the tag of a language, at the beginning of what is set apart. For private use (Unicode), so nobody types it.
const SIGN: char = '\u{E0F0}';

/// What somebody typed in this language, set apart.
pub fn in_language(lang: &str, typed: &str) -> String {
    format!("{APART}{SIGN}{lang}{SIGN}{}{APART_ENDS}", unmarked(typed))
}

/// What somebody typed, set apart.
pub fn apart(typed: &str) -> String {
    format!("{APART}{}{APART_ENDS}", unmarked(typed))
}

/// Without marks of any kind.
pub fn unmarked(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_tag = false;
    for letter in text.chars() {
        match letter {
            SIGN => in_tag = !in_tag,
            APART | APART_ENDS => {}
            _ if in_tag => {}
            letter => kept.push(letter),
        }
    }
    kept
}

/// Whether a text has letters that run from right to left (Hebrew, Arabic and what lies between and beside them).
pub fn has_rtl(text: &str) -> bool {
    text.chars().any(|letter| {
        matches!(letter, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    })
}

enum Token<'t> {
    Words(&'t str),
    Opens(Option<&'t str>),
    Ends,
}

/// The text in pieces. An end without a beginning is left out.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut found, mut rest, mut open) = (Vec::new(), text, 0);
    while let Some(place) = rest.find([APART, APART_ENDS]) {
        if place > 0 {
            found.push(Token::Words(&rest[..place]));
        }
        let opens = rest[place..].starts_with(APART);
        rest = &rest[place + APART.len_utf8()..];
        if opens {
            let tagged = rest.strip_prefix(SIGN).and_then(|tagged| tagged.split_once(SIGN));
            found.push(Token::Opens(tagged.map(|(tag, _)| tag)));
            rest = tagged.map_or(rest, |(_, after)| after);
            open += 1;
        } else if open > 0 {
            found.push(Token::Ends);
            open -= 1;
        }
    }
    if !rest.is_empty() {
        found.push(Token::Words(rest));
    }
    found.extend((0..open).map(|_| Token::Ends));
    found
}

/// As plain text: the marks of direction stay where they have something to do.
pub fn to_text(text: &str, is_rtl: bool) -> String {
    let keeps = is_rtl || has_rtl(text);
    let mut shown = String::with_capacity(text.len());
    for token in tokens(text) {
        match token {
            Token::Words(words) => shown.push_str(words),
            Token::Opens(_) if keeps => shown.push(APART),
            Token::Ends if keeps => shown.push(APART_ENDS),
            Token::Opens(_) | Token::Ends => {}
        }
    }
    shown
}

/// As HTML: what is set apart stands in a `bdi` with its language. `escape` makes words fit to stand in HTML.
pub fn to_html(text: &str, escape: impl Fn(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    for token in tokens(text) {
        match token {
            Token::Words(words) => shown.push_str(&escape(words)),
            Token::Opens(Some(lang)) => {
                let Ok(()) = write!(shown, r#"<bdi lang="{}">"#, escape(lang)) else { continue };
            }
            Token::Opens(None) => shown.push_str("<bdi>"),
            Token::Ends => shown.push_str("</bdi>"),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_keeps_its_language_and_direction_in_html_and_its_direction_in_text() {
        let escape = |words: &str| words.replace('<', "&lt;");
        let said = format!("{}: {}", "Reason", in_language("ur", "<پیسے>"));
        assert_eq!(to_html(&said, escape), "Reason: <bdi lang=\"ur\">&lt;پیسے></bdi>");
        assert_eq!(to_text(&said, false), "Reason: \u{2068}<پیسے>\u{2069}");
        let same = format!("Rheswm: {}", in_language("en", "money"));
        assert_eq!(to_text(&same, false), "Rheswm: money");
        assert_eq!(to_text(&same, true), "Rheswm: \u{2068}money\u{2069}");
        assert_eq!(unmarked(&same), "Rheswm: money");
    }

    #[test]
    fn marks_that_do_not_fit_together_leave_nothing_open() {
        let escape = str::to_owned;
        for broken in ["\u{2069}a", "\u{2068}a", "\u{2068}\u{E0F0}en", "a\u{2068}\u{2068}b\u{2069}"] {
            let html = to_html(broken, escape);
            assert_eq!(html.matches("<bdi").count(), html.matches("</bdi>").count(), "{html}");
        }
        let typed = "\u{2069}\u{E0F0}en\u{E0F0}x\u{2068}";
        assert_eq!(to_html(&apart(typed), escape), "<bdi>x</bdi>");
    }
}
