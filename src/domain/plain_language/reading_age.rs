//! The reading age of a text.

use super::lists::{Formula, List};
use super::syllables::syllables;
use super::text::{Text, Word};

/// Below this no formula says anything.
const FEWEST_WORDS: usize = 30;
/// Above this it makes no difference.
const HIGHEST: f64 = 18.0;

/// In full years, where the list names a formula and the text is long enough and mostly in Latin letters.
pub(super) fn reading_age(text: &Text<'_>, list: &List) -> Option<u32> {
    let counted = |word: &&Word<'_>| !word.is_address;
    let words: Vec<&Word<'_>> = text.words.iter().filter(counted).collect();
    let count = words.iter().filter(|word| !word.is_joined).count();
    let latin = words.iter().filter(|word| word.form.is_ascii()).count();
    if count < FEWEST_WORDS || latin * 10 < words.len() * 9 {
        return None;
    }
    let sentences =
        text.sentences.iter().filter(|sentence| text.of(sentence).iter().any(|word| !word.is_address));
    let sentences = sentences.count().max(1);
    let age = match list.formula? {
        Formula::FleschKincaid => {
            let spoken = words.iter().map(|word| syllables(&word.form, &list.syllables)).sum();
            flesch_kincaid(count, sentences, spoken) + 5.0
        }
    };
    // Between 0 and 18, so it fits; a figure that is no number becomes 0.
    Some(age.clamp(0.0, HIGHEST) as u32)
}

/// The school year of the United States in which a text can be read: the Flesch-Kincaid grade level (Kincaid, Fishburne,
/// Rogers and Chissom: *Derivation of New Readability Formulas for Navy Enlisted Personnel*, Research Branch Report 8-75,
/// Naval Technical Training Command, 1975). A child in year n is n + 5 to n + 6 years old.
///
/// It was chosen over SMOG, which is made for thirty sentences, and over LIX, where one word of seven letters more or less
/// makes three points in a text of three sentences, and whose points nobody has tied to ages in English so well: here every
/// syllable counts a little and no single word much.
fn flesch_kincaid(words: usize, sentences: usize, syllables: usize) -> f64 {
    let words_of = words as f64;
    0.39 * words_of / sentences as f64 + 11.8 * syllables as f64 / words_of - 15.59
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_is_the_published_one() {
        // 13.5 words in a sentence, 1.25 syllables in a word.
        assert!((flesch_kincaid(108, 8, 135) - 4.425).abs() < 1e-9);
    }
}
