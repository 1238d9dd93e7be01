//! The blocks of a message, from each of which both text and HTML are drawn, so that they hold the same facts in the
//! same order; and how what people typed is made fit to stand in one.

use serde::Serialize;
use url::Url;

use crate::locale::typed::{apart, has_rtl, unmarked};
use crate::locale::{Voice, Words};

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Heading {
        words: String,
    },
    Paragraph {
        words: String,
    },
    /// The first one has no space above it.
    Greeting {
        words: String,
    },
    /// A title, and what is told under it.
    Item {
        title: String,
        tells: Vec<Tell>,
    },
    /// A list is three blocks or more: its opening, its lines, its end.
    ListOpens,
    Line {
        line: Line,
    },
    ListEnds,
    /// Boxes to tick, after what they are about, which may be nothing.
    Boxes {
        words: String,
        choices: Vec<String>,
    },
    /// A line to write on.
    Blank {
        words: String,
    },
}

/// One thing that is told, with its details in short lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tell {
    pub words: String,
    pub details: Vec<Detail>,
}

/// A short line under what is told. The link comes last and is shown bare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detail {
    pub words: String,
    pub url: Option<String>,
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub title: Option<String>,
    pub words: String,
    pub url: Option<String>,
}

impl Detail {
    pub fn new(words: String) -> Self {
        Detail { words, url: None }
    }

    /// Only what leads to a web page becomes a link; anything else stays words.
    pub fn link(words: String, typed: &str) -> Self {
        let typed = plain(typed);
        match web_address(&typed) {
            Some(url) => Detail { words, url: Some(url) },
            None if has_rtl(&words) != has_rtl(&typed) => {
                Detail { words: format!("{words} {}", apart(&typed)), url: None }
            }
            None => Detail { words: format!("{words} {typed}"), url: None },
        }
    }
}

impl Line {
    pub fn new(words: String) -> Self {
        Line { title: None, words, url: None }
    }

    pub fn titled(voice: Voice<'_>, title: &str, words: String) -> Self {
        Line { title: Some(voice.title(title, plain)), words, url: None }
    }

    pub fn link(words: String, url: &str) -> Self {
        let Detail { words, url } = Detail::link(words, url);
        Line { title: None, words, url }
    }
}

/// As typed where that is an address of the web in one piece.
fn web_address(typed: &str) -> Option<String> {
    let url = Url::parse(typed).ok()?;
    let whole = !typed.contains(char::is_whitespace) && url.has_host();
    (whole && matches!(url.scheme(), "http" | "https")).then(|| typed.to_owned())
}

/// What somebody typed, in one line: breaks and control characters become spaces, and marks that turn the direction
/// of writing around, or hide letters, are dropped. The words stay as they are.
pub fn plain(typed: &str) -> String {
    let kept: String = typed
        .chars()
        .filter(|letter| !turns_or_hides(*letter))
        .map(|letter| if letter.is_control() || letter.is_whitespace() { ' ' } else { letter })
        .collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn turns_or_hides(letter: char) -> bool {
    matches!(
        letter,
        '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200B}'
            | '\u{2060}'
            | '\u{FEFF}'
            // For private use: our own marks are of these.
            | '\u{E000}'..='\u{F8FF}'
    )
}

/// What somebody typed, as a sentence: with a full stop where it has no end of its own.
pub fn sentence(words: &Words, typed: &str) -> String {
    let typed = plain(typed);
    let ends_in_link = typed.rsplit(' ').next().is_some_and(|last| last.contains("://"));
    let ended = typed.ends_with(['.', '!', '?', '…', '。', '؟', '।', '۔']);
    if typed.is_empty() || ended || ends_in_link {
        return typed;
    }
    match (has_rtl(&typed), words.dir()) {
        (true, "rtl") | (false, "ltr") => unmarked(&words.text("sentence", &[("words", typed.into())])),
        // It is in another language than the words around it, and so is its end.
        _ => format!("{typed}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_one_line_and_keeps_its_words() {
        assert_eq!(plain("  Buses\r\nBcc: e@x\u{0}\tand\u{a0}trams "), "Buses Bcc: e@x and trams");
        assert_eq!(plain("a\u{202E}b\u{200B}c"), "abc");
    }

    #[test]
    fn only_an_address_of_the_web_becomes_a_link() {
        assert!(Detail::link("See:".to_owned(), "https://example.org/a?b=c#d").url.is_some());
        for typed in
            ["javascript:alert(1)", "data:text/html,x", "https://a b", "see the web", "mailto:a@b.org"]
        {
            let detail = Detail::link("See:".to_owned(), typed);
            assert_eq!((detail.words, detail.url), (format!("See: {typed}"), None));
        }
    }
}
