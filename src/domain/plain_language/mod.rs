//! What makes an explanation or an outcome hard to read: long sentences and paragraphs, a high reading age, acronyms
//! that nobody spelled out, jargon, and a passive that hides who acted. It is advice with its place and its reason, and
//! never a rule: whoever writes may know better.
//!
//! `text` finds sentences in any script, `lists` holds the words of each language, and one file looks for each kind of
//! thing. A language without a list gets what needs no list: the length of sentences and paragraphs. Every step is
//! linear in the text.

mod acronyms;
mod lists;
mod passive;
mod phrases;
mod reading_age;
mod syllables;
mod text;

use std::ops::Range;

pub use lists::{Instead, Why};

use lists::List;
use text::{Abbreviations, Text, Word};

/// Words of a sentence that is still easy to follow.
pub const MOST_WORDS: usize = 20;
/// Sentences of a paragraph.
pub const MOST_SENTENCES: usize = 5;
/// The reading age that explanations aim at.
pub const AIM: u32 = 9;

/// No finding quotes more.
const SHOWN_WORDS: usize = 5;
const SHOWN_BYTES: usize = 80;

/// One thing that makes a text harder to read. It holds no words of the text, so that it may be shown as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about: bytes of the text.
    pub at: Range<usize>,
    pub kind: Kind,
    /// The few words to quote of it.
    shown: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    LongSentence {
        words: usize,
    },
    LongParagraph {
        sentences: usize,
    },
    /// In years.
    ReadingAge(u32),
    Acronym,
    Avoid(Instead),
    HiddenActor,
}

/// What fills a gap in the sentence of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    Text(String),
    Number(usize),
}

/// Everything that makes a text harder to read, in the order of the places. `lang` is a language tag such as `en-GB`.
pub fn check(text: &str, lang: &str) -> Vec<Finding> {
    static NONE: std::sync::LazyLock<Abbreviations> = std::sync::LazyLock::new(Abbreviations::default);
    let list = List::of(lang);
    let text = Text::read(text, list.map_or(&*NONE, |list| &list.abbreviations));
    let mut found = Vec::new();
    lengths(&text, &mut found);
    if let Some(list) = list {
        if let Some(age) = reading_age::reading_age(&text, list).filter(|age| *age > AIM) {
            let all = 0..text.text.len();
            found.push(Finding { at: all, kind: Kind::ReadingAge(age), shown: 0..0 });
        }
        if let Some(acronyms) = &list.acronyms {
            acronyms::find(&text, acronyms, &mut found);
        }
        passive::find(&text, &list.passive, &mut found);
        avoid(&text, list, &mut found);
    }
    found.sort_by_key(|finding| finding.at.start);
    found
}

fn lengths(text: &Text<'_>, found: &mut Vec<Finding>) {
    for paragraph in &text.paragraphs {
        let sentences = &text.sentences[paragraph.clone()];
        if let [first, .., last] = sentences
            && sentences.len() > MOST_SENTENCES
        {
            let kind = Kind::LongParagraph { sentences: sentences.len() };
            found.push(Finding { at: first.at.start..last.at.end, kind, shown: beginning(text.of(first)) });
        }
    }
    for sentence in &text.sentences {
        let words = text.of(sentence);
        let count = Text::count(words);
        if count > MOST_WORDS {
            let kind = Kind::LongSentence { words: count };
            found.push(Finding { at: sentence.at.clone(), kind, shown: beginning(words) });
        }
    }
}

fn avoid(text: &Text<'_>, list: &List, found: &mut Vec<Finding>) {
    for sentence in &text.sentences {
        let mut words = text.of(sentence);
        while !words.is_empty() {
            let mut count = 1;
            if let Some((matched, instead)) = list.avoid.at(words) {
                count = matched;
                found.push(Finding::of(&words[..matched], Kind::Avoid(*instead)));
            }
            words = &words[count..];
        }
    }
}

fn span(words: &[Word<'_>]) -> Range<usize> {
    match words {
        [] => 0..0,
        [first, .., last] => first.at.start..last.at.end,
        [only] => only.at.clone(),
    }
}

fn beginning(words: &[Word<'_>]) -> Range<usize> {
    span(&words[..words.len().min(SHOWN_WORDS)])
}

impl Finding {
    fn of(words: &[Word<'_>], kind: Kind) -> Self {
        Finding { at: span(words), kind, shown: span(words) }
    }

    /// The few words that it is about, of the text that was checked: for a sentence or a paragraph how it begins, for a
    /// whole text none.
    pub fn words(&self, text: &str) -> String {
        let shown = text.get(self.shown.clone()).unwrap_or_default();
        let cut = (0..=shown.len().min(SHOWN_BYTES)).rev().find(|at| shown.is_char_boundary(*at));
        shown[..cut.unwrap_or(0)].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A better wording, where there is one that fits most often.
    pub fn better(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Avoid(Instead::Better(better)) => Some(better),
            _ => None,
        }
    }

    /// The key of its sentence.
    pub fn key(&self) -> &'static str {
        match self.kind {
            Kind::LongSentence { .. } => "plain-long-sentence",
            Kind::LongParagraph { .. } => "plain-long-paragraph",
            Kind::ReadingAge(_) => "plain-reading-age",
            Kind::Acronym => "plain-acronym",
            Kind::HiddenActor => "plain-hidden-actor",
            Kind::Avoid(Instead::Better(_)) => "plain-better",
            Kind::Avoid(Instead::Why(why)) => match why {
                Why::Labels => "plain-why-labels",
                Why::Blames => "plain-why-blames",
                Why::Vague => "plain-why-vague",
                Why::Hollow => "plain-why-hollow",
                Why::Picture => "plain-why-picture",
                Why::Sorry => "plain-why-sorry",
            },
        }
    }

    /// What fills the gaps of its sentence. `text` is the one that was checked.
    pub fn args(&self, text: &str) -> Vec<(&'static str, Gap)> {
        let mut args = vec![("words", Gap::Text(self.words(text)))];
        match self.kind {
            Kind::LongSentence { words } => {
                args.extend([("count", Gap::Number(words)), ("most", Gap::Number(MOST_WORDS))]);
            }
            Kind::LongParagraph { sentences } => {
                args.extend([("count", Gap::Number(sentences)), ("most", Gap::Number(MOST_SENTENCES))]);
            }
            Kind::ReadingAge(age) => {
                // As text: a year of age is no amount.
                args = vec![("age", Gap::Text(age.to_string())), ("aim", Gap::Text(AIM.to_string()))];
            }
            Kind::Avoid(Instead::Better(better)) => args.push(("better", Gap::Text(better.to_owned()))),
            Kind::Acronym | Kind::HiddenActor | Kind::Avoid(Instead::Why(_)) => {}
        }
        args
    }
}

#[cfg(test)]
mod tests;
