//! The words of each language: data under `assets/plain/`, in the binary. Another language is one more line in
//! [`LANGUAGES`]; `assets/plain/en.toml` tells how to add words.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::phrases::Phrases;
use super::text::Abbreviations;

const LANGUAGES: [(&str, &str); 3] = [
    ("cy", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/plain/cy.toml"))),
    ("en", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/plain/en.toml"))),
    ("ur", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/plain/ur.toml"))),
];

static LISTS: LazyLock<BTreeMap<&str, List>> = LazyLock::new(|| {
    let list = |text| List::read(text).expect("a test reads every list of words");
    LANGUAGES.into_iter().map(|(lang, text)| (lang, list(text))).collect()
});

/// Why it is better left out where no other word is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It names people by what they lack, or puts them all in one.
    Labels,
    /// It puts the fault on people.
    Blames,
    /// It does not say when, how much or what.
    Vague,
    /// It says nothing that anybody could check.
    Hollow,
    /// A figure of speech that not everybody knows.
    Picture,
    /// It makes what people feel the fault, or makes little of what happened.
    Sorry,
}

impl Why {
    fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "labels" => Why::Labels,
            "blames" => Why::Blames,
            "vague" => Why::Vague,
            "hollow" => Why::Hollow,
            "picture" => Why::Picture,
            "sorry" => Why::Sorry,
            _ => return None,
        })
    }
}

/// What a listed word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    Better(&'static str),
    Why(Why),
}

/// A formula for the reading age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Formula {
    #[serde(rename = "flesch-kincaid")]
    FleschKincaid,
}

/// A file, as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    reading_age: Option<Formula>,
    abbreviations: Abbreviations,
    acronyms: Option<Acronyms>,
    passive: PassiveFile,
    better: BTreeMap<String, String>,
    avoid: BTreeMap<String, Vec<String>>,
    syllables: HashMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Acronyms {
    /// In small letters.
    pub known: BTreeSet<String>,
    pub small_words: BTreeSet<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PassiveFile {
    be: BTreeSet<String>,
    between: BTreeSet<String>,
    auxiliaries: BTreeSet<String>,
    acts: Vec<String>,
    only_after: BTreeMap<String, BTreeSet<String>>,
    whole: Vec<String>,
    by: Vec<String>,
    by_stands_before: bool,
    not_by: Vec<String>,
}

/// How a language hides who acted.
pub(super) struct Passive {
    pub be: BTreeSet<String>,
    /// What may stand between, such as `not`.
    pub between: BTreeSet<String>,
    pub auxiliaries: BTreeSet<String>,
    pub acts: Phrases<Act>,
    /// Phrases that need no form of be.
    pub whole: Phrases<()>,
    pub by: Phrases<()>,
    pub by_stands_before: bool,
    pub not_by: Phrases<()>,
}

pub(super) enum Act {
    Any,
    /// Only after one of these.
    After(BTreeSet<String>),
}

pub(super) struct List {
    pub formula: Option<Formula>,
    pub abbreviations: Abbreviations,
    pub acronyms: Option<Acronyms>,
    pub passive: Passive,
    pub avoid: Phrases<Instead>,
    /// Words whose syllables the rule gets wrong.
    pub syllables: HashMap<String, usize>,
}

impl List {
    /// The list of a language tag such as `en` or `en-GB`.
    pub fn of(lang: &str) -> Option<&'static List> {
        let primary = lang.split(['-', '_']).next().unwrap_or_default();
        LISTS.get(primary.to_ascii_lowercase().as_str())
    }

    fn read(text: &'static str) -> Result<List, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut avoid = Vec::new();
        for (words, better) in file.better {
            let better: &'static str = better.leak();
            avoid.extend(words.split('|').map(|form| (form.trim().to_owned(), Instead::Better(better))));
        }
        for (code, words) in file.avoid {
            let why = Why::parse(&code).ok_or_else(|| format!("no such reason: {code}"))?;
            avoid.extend(words.into_iter().map(|form| (form, Instead::Why(why))));
        }
        let passive = file.passive;
        let mut acts: Vec<(String, Act)> = passive.acts.into_iter().map(|act| (act, Act::Any)).collect();
        acts.extend(passive.only_after.into_iter().map(|(act, words)| (act, Act::After(words))));
        let plain = |words: Vec<String>| Phrases::new(words.into_iter().map(|form| (form, ())));
        Ok(List {
            formula: file.reading_age,
            abbreviations: file.abbreviations,
            acronyms: file.acronyms,
            passive: Passive {
                be: passive.be,
                between: passive.between,
                auxiliaries: passive.auxiliaries,
                acts: Phrases::new(acts)?,
                whole: plain(passive.whole)?,
                by: plain(passive.by)?,
                by_stands_before: passive.by_stands_before,
                not_by: plain(passive.not_by)?,
            },
            avoid: Phrases::new(avoid)?,
            syllables: file.syllables,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_can_be_read_and_that_of_english_is_long() {
        for (lang, text) in LANGUAGES {
            List::read(text).unwrap_or_else(|error| panic!("{lang}: {error}"));
        }
        let english: File = toml::from_str(LANGUAGES[1].1).unwrap();
        assert!(english.better.len() >= 150, "{}", english.better.len());
        assert!(english.avoid.values().map(Vec::len).sum::<usize>() >= 100);
        assert!(english.better.values().all(|better| !better.is_empty()));
    }

    #[test]
    fn a_region_has_the_words_of_its_language_and_a_language_without_a_list_has_none() {
        for lang in ["en", "en-GB", "EN_us"] {
            assert!(List::of(lang).is_some_and(|list| list.formula.is_some()), "{lang}");
        }
        for lang in ["cy", "ur-PK"] {
            assert!(List::of(lang).is_some_and(|list| list.formula.is_none()), "{lang}");
        }
        for lang in ["", "de", "-", "../en"] {
            assert!(List::of(lang).is_none(), "{lang}");
        }
    }
}
