//! Finding recommendations by words that somebody typed: whatever the case and the accents, in what is said of them now.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::event::{Explanation, Outcome};
use super::reading::Read;

/// The words that are looked for. All of them must occur, in any order and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought(Vec<String>);

impl Sought {
    pub fn of(typed: &str) -> Self {
        Sought(folded(typed).split_whitespace().map(str::to_owned).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn occurs_in(&self, read: &Read) -> bool {
        if self.is_empty() {
            return true;
        }
        let said = folded(&said_of(read));
        self.0.iter().all(|word| said.contains(word.as_str()))
    }
}

/// What is said of a recommendation now, in all languages in which it was brought: nothing that was replaced, and nothing
/// that no page shows.
fn said_of(read: &Read) -> String {
    let standing = &read.standing;
    let mut said = vec![read.reference.as_str(), &standing.title, &standing.text];
    said.extend(standing.responsible.as_deref());
    let mut others = vec![&standing.translations];
    for learned in &read.learnings {
        said.push(&learned.text);
        said.extend(learned.theme.as_deref());
    }
    for words in [&standing.response_words, &standing.progress_words].into_iter().flatten() {
        let Explanation { what_happened, tried, decided_by, unblock, .. } = &words.said;
        said.push(what_happened);
        others.push(&words.said.translations);
        said.extend([tried, decided_by, unblock].into_iter().filter_map(|words| words.as_deref()));
    }
    if let Some(words) = &standing.outcome {
        let Outcome { what_changed, noticed_by, decided_by, unblock, .. } = &words.said;
        said.push(what_changed);
        others.push(&words.said.translations);
        said.extend([noticed_by, decided_by, unblock].into_iter().filter_map(|words| words.as_deref()));
    }
    said.extend(
        others.into_iter().flat_map(|all| all.values()).flat_map(|all| all.values()).map(String::as_str),
    );
    said.join("\n")
}

/// In small letters, without accents.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            // These have no accent that could be taken off.
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            '‘' | '’' => folded.push('\''),
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        for (typed, written) in [
            ("CAFE", "Café"),
            ("café", "CAFE"),
            ("strasse", "STRAßE"),
            ("istanbul", "İstanbul"),
            ("lodz", "Łódź"),
            ("people's", "people’s"),
            ("ﬁnd", "find"),
            ("Ａ1", "a1"),
        ] {
            assert_eq!(folded(typed), folded(written), "{typed} {written}");
        }
    }

    #[test]
    fn blanks_of_any_kind_look_for_nothing() {
        assert!(Sought::of(" \t\u{2003}\n").is_empty());
        assert_eq!(Sought::of(" Late\u{a0}bus "), Sought::of("bus late").reversed());
    }

    impl Sought {
        fn reversed(mut self) -> Self {
            self.0.reverse();
            self
        }
    }
}
