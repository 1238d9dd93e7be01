//! Finding listed words and phrases: the longest that begins at a word. What is compared there is bounded by the list,
//! never by the text.

use std::collections::HashMap;

use super::text::{self, Word};

pub(super) struct Phrases<T>(HashMap<String, Vec<Phrase<T>>>);

struct Phrase<T> {
    /// The words after the first.
    rest: Vec<String>,
    value: T,
}

impl<T> Phrases<T> {
    /// # Errors
    /// Names a phrase without words, or one that stands there twice.
    pub fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Result<Self, String> {
        let mut by_first: HashMap<String, Vec<Phrase<T>>> = HashMap::new();
        for (phrase, value) in phrases {
            let mut words = text::words(&phrase).into_iter().map(|word| word.form.into_owned());
            let first = words.next().filter(|first| !first.is_empty());
            let first = first.ok_or_else(|| format!("{phrase:?} has no words"))?;
            let rest: Vec<String> = words.collect();
            let known = by_first.entry(first).or_default();
            if known.iter().any(|known| known.rest == rest) {
                return Err(format!("{phrase:?} stands there twice"));
            }
            known.push(Phrase { rest, value });
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        Ok(Phrases(by_first))
    }

    /// The longest phrase at the beginning of these words: how many of them it has, and what stands with it.
    pub fn at(&self, words: &[Word<'_>]) -> Option<(usize, &T)> {
        let (first, rest) = words.split_first()?;
        let found = |first: &str, is_whole: bool| {
            let fits =
                |phrase: &&Phrase<T>| (is_whole || phrase.rest.is_empty()) && is_at(&phrase.rest, rest);
            let phrase = self.0.get(first)?.iter().find(fits)?;
            Some((phrase.rest.len() + 1, &phrase.value))
        };
        found(&first.form, true).or_else(|| found(first.form.strip_suffix("'s")?, false))
    }
}

fn is_at(phrase: &[String], words: &[Word<'_>]) -> bool {
    let last = phrase.len().saturating_sub(1);
    phrase.len() <= words.len()
        && phrase.iter().zip(words).enumerate().all(|(i, (form, word))| {
            let is_same =
                word.form == *form || i == last && word.form.strip_suffix("'s") == Some(form.as_str());
            !word.after_mark && is_same
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], text: &str) -> Vec<usize> {
        let phrases = Phrases::new(phrases.iter().map(|phrase| ((*phrase).to_owned(), ()))).unwrap();
        let words = text::words(text);
        (0..words.len()).filter_map(|i| phrases.at(&words[i..])).map(|(count, ())| count).collect()
    }

    #[test]
    fn the_longest_phrase_is_found_whatever_its_capitals_hyphens_and_blanks() {
        let list = ["hard to reach", "hard", "in line with"];
        assert_eq!(found(&list, "Hard-to-reach people are hard to find"), [3, 1]);
        assert_eq!(found(&list, "In  line\nwith the law; in, line, with"), [3]);
    }

    #[test]
    fn a_possessive_is_the_word_itself() {
        assert_eq!(
            found(&["stakeholder", "service user"], "The stakeholder’s word and the service user's"),
            [1, 2]
        );
    }

    #[test]
    fn a_phrase_without_words_or_twice_is_refused() {
        let new = |phrases: &[&str]| Phrases::new(phrases.iter().map(|phrase| ((*phrase).to_owned(), ())));
        assert!(new(&["..."]).is_err());
        assert!(new(&["buy-in", "Buy in"]).is_err());
    }
}
