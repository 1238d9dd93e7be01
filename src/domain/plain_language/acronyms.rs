//! Acronyms that the text does not spell out where they come first.

use std::collections::{HashMap, HashSet};

use super::lists::Acronyms;
use super::text::{Text, Word};
use super::{Finding, Kind};

/// Longer ones are words in capitals.
const LONGEST: usize = 8;
/// So many words after an acronym may still say what it stands for: "the ICB, or Integrated Care Board".
const SOON: usize = 3;
/// So many capitals in a row are a way of shouting.
const SHOUTED: usize = 4;

pub(super) fn find(text: &Text<'_>, list: &Acronyms, found: &mut Vec<Finding>) {
    // Each once, where it comes first.
    let mut first: HashMap<Vec<char>, usize> = HashMap::new();
    for sentence in &text.sentences {
        let in_capitals = |word: &&Word<'_>| is_capital(&text.text[word.at.clone()]);
        let words = text.of(sentence);
        let capitals = words.iter().filter(in_capitals).count();
        let is_shouted = capitals >= SHOUTED && capitals * 2 > words.len();
        if is_shouted {
            continue;
        }
        for i in sentence.words.clone() {
            if let Some(letters) = acronym(&text.text[text.words[i].at.clone()])
                && !list.known.contains(&letters.iter().collect::<String>())
            {
                first.entry(letters).or_insert(i);
            }
        }
    }
    if first.is_empty() {
        return;
    }
    first.retain(|_, at| !is_bracketed(text, *at));
    let explained = spelled_out(text, list, &first);
    let open = first.iter().filter(|(letters, _)| !explained.contains(*letters));
    let mut open: Vec<usize> = open.map(|(_, at)| *at).collect();
    open.sort_unstable();
    found.extend(open.into_iter().map(|at| Finding::of(&text.words[at..=at], Kind::Acronym)));
}

fn is_capital(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// The letters of an acronym in small ones: of ICB, N.H.S. and GPs, but not of B12.
fn acronym(word: &str) -> Option<Vec<char>> {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let word = word.strip_suffix('s').unwrap_or(word);
    let letters: Vec<char> = word.chars().filter(|c| !matches!(c, '.' | '&')).take(LONGEST + 1).collect();
    let is_one = (2..=LONGEST).contains(&letters.len()) && letters.iter().all(|c| c.is_uppercase());
    is_one.then(|| letters.into_iter().flat_map(char::to_lowercase).collect())
}

/// "The body that plans care (ICB)", "the ICB (the body that plans care)".
fn is_bracketed(text: &Text<'_>, at: usize) -> bool {
    let word = &text.words[at];
    let before = at.checked_sub(1).map_or(0, |i| text.words[i].at.end);
    let after = text.words.get(at + 1).map_or(text.text.len(), |next| next.at.start);
    let (before, after) = (&text.text[before..word.at.start], &text.text[word.at.end..after]);
    let stands_in = at > 0 && before.ends_with(['(', '[']) && after.starts_with([')', ']']);
    let stands_before = after.trim_start().starts_with('(');
    let two_follow = text.words.get(at + 2).is_some_and(|word| !word.after_mark);
    stands_in || stands_before && two_follow
}

/// The acronyms whose words stand there before they are used, or very soon after.
fn spelled_out<'f>(
    text: &Text<'_>,
    list: &Acronyms,
    first: &'f HashMap<Vec<char>, usize>,
) -> HashSet<&'f Vec<char>> {
    let mut explained = HashSet::new();
    let is_small = |word: &Word<'_>| list.small_words.contains(word.form.as_ref());
    let all: Vec<usize> = (0..text.words.len()).collect();
    let large: Vec<usize> = all.iter().copied().filter(|i| !is_small(&text.words[*i])).collect();
    for places in [all, large] {
        let initials: Vec<char> =
            places.iter().map(|i| text.words[*i].form.chars().next().unwrap_or(' ')).collect();
        for from in 0..places.len() {
            for until in from + 2..=(from + LONGEST).min(places.len()) {
                let Some((letters, used)) = first.get_key_value(&initials[from..until]) else { continue };
                let words = &places[from..until];
                let in_time = words[0] <= used + SOON && !words.contains(used);
                // Two words happen to begin so too easily.
                let is_name =
                    |i: &usize| text.text[text.words[*i].at.start..].starts_with(char::is_uppercase);
                if in_time && (letters.len() > 2 || words.iter().all(is_name)) {
                    explained.insert(letters);
                }
            }
        }
    }
    explained
}
