//! Words that were brought in more than one language. Those of a project's own language always stand first, in members of
//! their own; the others lie beside them, by language and member.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

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

/// The languages in which words are new or read otherwise, where the contents of two facts differ in nothing but what is
/// there in other languages than the project's.
pub fn only_brought(
    mut before: Map<String, Value>,
    mut after: Map<String, Value>,
) -> Option<BTreeSet<String>> {
    let (was, is) = (taken(&mut before), taken(&mut after));
    if before != after || was == is {
        return None;
    }
    let new = is.into_iter().filter(|(language, words)| was.get(language) != Some(words));
    Some(new.map(|(language, _)| language).collect())
}

/// Takes the words in other languages out of a content, by language and the place where they stood.
fn taken(content: &mut Map<String, Value>) -> BTreeMap<String, Vec<(String, Value)>> {
    let mut found: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    if let Some(Value::Object(all)) = content.remove("translations") {
        for (language, words) in all {
            found.entry(language).or_default().push((String::new(), words));
        }
    }
    for name in ["explanation", "outcome"] {
        let Some(Value::Object(inner)) = content.get_mut(name) else { continue };
        if let Some(Value::Object(all)) = inner.remove("translations") {
            for (language, words) in all {
                found.entry(language).or_default().push((name.to_owned(), words));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_leaves_all_other_words_as_they_were_is_a_translation_alone() {
        let content = |words: &str, others: Value| {
            let whole = json!({"progress": "stalled", "explanation": {"what_happened": words, "translations": others}});
            let Value::Object(content) = whole else { panic!("an object") };
            content
        };
        let welsh = json!({"cy": {"what_happened": "Dim arian."}});
        let both = json!({"cy": {"what_happened": "Dim arian."}, "ur": {"what_happened": "پیسے نہیں۔"}});
        let brought = |before: (&str, &Value), after: (&str, &Value)| {
            only_brought(content(before.0, before.1.clone()), content(after.0, after.1.clone()))
                .map(|languages| languages.into_iter().collect::<Vec<_>>().join(" "))
        };
        let none = json!({});
        for (before, after, said) in [
            (("No money.", &none), ("No money.", &welsh), Some("cy")),
            (("No money.", &welsh), ("No money.", &both), Some("ur")),
            (("No money.", &both), ("No money.", &welsh), Some("")),
            (("No money.", &welsh), ("Little money.", &both), None),
            (("No money.", &welsh), ("No money.", &welsh), None),
        ] {
            assert_eq!(brought(before, after).as_deref(), said, "{before:?} {after:?}");
        }
    }

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
