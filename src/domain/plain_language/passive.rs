//! The passive that hides who acted: "it was decided", "mistakes were made". It is none where it says by whom.

use std::collections::BTreeSet;

use super::lists::{Act, Passive};
use super::phrases::Phrases;
use super::text::{Text, Word};
use super::{Finding, Kind};

/// How far from the verb it may be said by whom.
const NEAR: usize = 12;
/// How many words may stand between the verb and its form of be, and before that.
const BETWEEN: usize = 3;

pub(super) fn find(text: &Text<'_>, passive: &Passive, found: &mut Vec<Finding>) {
    for sentence in &text.sentences {
        let words = text.of(sentence);
        let mut at = 0;
        while at < words.len() {
            let hidden = whole(words, at, passive).or_else(|| with_be(words, at, passive));
            let Some((from, until)) = hidden else {
                at += 1;
                continue;
            };
            if !says_who(words, from, until, passive) {
                found.push(Finding::of(&words[from..until], Kind::HiddenActor));
            }
            at = until;
        }
    }
}

fn whole(words: &[Word<'_>], at: usize, passive: &Passive) -> Option<(usize, usize)> {
    passive.whole.at(&words[at..]).map(|(count, ())| (at, at + count))
}

/// A listed act after a form of be: from the subject's last word, where it must be a certain one, or else from the first
/// of the verb's own words.
fn with_be(words: &[Word<'_>], at: usize, passive: &Passive) -> Option<(usize, usize)> {
    let (count, act) = passive.acts.at(&words[at..])?;
    let between = skip_back(words, at, |word| passive.between.contains(word));
    let mut from = skip_back(words, between, |word| passive.be.contains(word));
    if from == between {
        return None;
    }
    from =
        skip_back(words, from, |word| passive.auxiliaries.contains(word) || passive.between.contains(word));
    let subject = from.checked_sub(1).map(|i| words[i].form.as_ref());
    match act {
        Act::Any => Some((from, at + count)),
        Act::After(these) => {
            let is_one = |these: &BTreeSet<String>| subject.is_some_and(|subject| these.contains(subject));
            is_one(these).then(|| (from - 1, at + count))
        }
    }
}

/// The first of the words just before `at` that are all such ones.
fn skip_back(words: &[Word<'_>], at: usize, is_one: impl Fn(&str) -> bool) -> usize {
    let mut first = at;
    while first > 0 && at - first < BETWEEN && !words[first].after_mark && is_one(&words[first - 1].form) {
        first -= 1;
    }
    first
}

fn says_who(words: &[Word<'_>], from: usize, until: usize, passive: &Passive) -> bool {
    let mut after = until..words.len().min(until + NEAR);
    let mut before = from.saturating_sub(NEAR)..from;
    after.any(|at| names(words, at, &passive.by, &passive.not_by))
        || passive.by_stands_before && before.any(|at| passive.by.at(&words[at..]).is_some())
}

/// Whether somebody follows "by" here, and not a day, a number or a means.
fn names(words: &[Word<'_>], at: usize, by: &Phrases<()>, not_by: &Phrases<()>) -> bool {
    let Some((count, ())) = by.at(&words[at..]) else { return false };
    let after = &words[at + count..];
    // A list may hold the words after "by" alone, or with it.
    if not_by.at(after).is_some() || not_by.at(&words[at..]).is_some() {
        return false;
    }
    let next = after.first().map(|word| word.form.as_ref()).unwrap_or_default();
    let is_doing = next.len() > 5 && next.ends_with("ing");
    !(next.is_empty() || next.starts_with(char::is_numeric) || is_doing)
}
