//! Words that were brought in more than one language. Those of a project's own language always stand first, in members of
//! their own; the others lie beside them, by language and member.

use std::collections::BTreeMap;

/// By the tag of a language, then by the name of the member whose words they say.
pub type Translations = BTreeMap<String, BTreeMap<String, String>>;

/// Titles in other languages, by the title in the project's own.
pub type Titles = BTreeMap<String, Translations>;

/// A passage as somebody reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    pub words: &'a str,
    /// It is in the language that was asked for, not in its own.
    pub translated: bool,
}

/// The words of a member in the language that is asked for, where they were brought, or else in their own. What was brought
/// for `pt` serves who asks for `pt-BR`.
pub fn passage<'a>(
    translations: &'a Translations,
    member: &str,
    words: &'a str,
    language: &str,
) -> Passage<'a> {
    let brought = |tag: &str| translations.get(tag).and_then(|members| members.get(member));
    match brought(language).or_else(|| brought(primary(language))) {
        Some(words) => Passage { words, translated: true },
        None => Passage { words, translated: false },
    }
}

/// The language of a tag, without its region: `en` of `en-GB`.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_read_in_the_language_asked_for_or_else_in_its_own() {
        let welsh = BTreeMap::from([("what_happened".to_owned(), "Dim arian.".to_owned())]);
        let all = Translations::from([("cy".to_owned(), welsh)]);
        let read = |member: &str, language: &str| {
            let passage = passage(&all, member, "No money.", language);
            (passage.words.to_owned(), passage.translated)
        };
        assert_eq!(read("what_happened", "cy"), ("Dim arian.".to_owned(), true));
        assert_eq!(read("what_happened", "cy-GB"), ("Dim arian.".to_owned(), true));
        assert_eq!(read("what_happened", "ur"), ("No money.".to_owned(), false));
        assert_eq!(read("tried", "cy"), ("No money.".to_owned(), false));
    }
}
