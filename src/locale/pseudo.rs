//! A language that nobody speaks, for those who work on the pages: English with accents, longer by two fifths, and laid
//! out from right to left. Words that do not come from the locale's files, boxes that are too narrow and sides that are
//! fixed show at once, and it can still be read.

use std::borrow::Cow;

/// The tag of the pseudo-language: the one that browsers and other programs use for theirs from right to left.
pub const TAG: &str = "ar-XB";

/// The words of a sentence, written so. What fills its gaps does not come here.
pub fn stretched(text: &str) -> Cow<'_, str> {
    let Some(last_letter) = text.chars().rev().position(char::is_alphabetic) else {
        return Cow::Borrowed(text);
    };
    let count = text.chars().count();
    let last_letter = count - 1 - last_letter;
    // In fifths of a letter; rounded up, so that no text is shorter than it should be.
    let (mut owed, mut left) = (0, (count * 2).div_ceil(5));
    let mut longer = String::with_capacity(text.len() * 2);
    for (at, letter) in text.chars().enumerate() {
        let accented = accented(letter);
        longer.push(accented);
        owed += 2;
        let more = match at == last_letter {
            true => left,
            false if "aeiouAEIOU".contains(letter) => left.min(owed / 5),
            false => 0,
        };
        longer.extend(std::iter::repeat_n(accented.to_lowercase(), more).flatten());
        left -= more;
        owed -= (more * 5).min(owed);
    }
    Cow::Owned(longer)
}

/// A letter that looks like it.
fn accented(letter: char) -> char {
    match letter {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'i' => 'í',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ú',
        'y' => 'ý',
        'z' => 'ž',
        'A' => 'Á',
        'C' => 'Ç',
        'E' => 'É',
        'I' => 'Í',
        'N' => 'Ñ',
        'O' => 'Ö',
        'S' => 'Š',
        'U' => 'Ú',
        'Y' => 'Ý',
        'Z' => 'Ž',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Arg, FALLBACK, Locales};
    use super::*;

    #[test]
    fn every_text_is_longer_by_two_fifths_and_keeps_its_blanks() {
        for text in ["a", "What changed", " of a strengths ", "Hmm.", "(no)", "Öl"] {
            let longer = stretched(text);
            let (before, after) = (text.chars().count(), longer.chars().count());
            assert!(after * 5 >= before * 7 && after < before * 2 + 1, "{longer}");
            let edge = |text: &str| (text.starts_with(' '), text.ends_with(' '));
            assert_eq!(edge(&longer), edge(text), "{longer}");
        }
        for text in ["", " ", ", ", ": 12"] {
            assert_eq!(stretched(text), text);
        }
        assert_eq!(stretched("What changed"), "Wháát çháááñgéédd");
    }

    #[test]
    fn what_fills_a_gap_stays_as_it_is_and_stands_apart() {
        let locales = Locales::load_with(true, None).unwrap();
        let (words, english) = (locales.public(), locales.get(FALLBACK));
        let said = words.text("greeting-name", &[("name", "Noor ees".into())]);
        assert!(said.contains("\u{2068}Noor ees\u{2069}"), "{said}");
        let plain = english.text("greeting-name", &[("name", "".into())]);
        assert!(said.chars().count() - "Noor ees".len() >= plain.chars().count() * 7 / 5, "{said}");
        // What chooses between forms still counts as English does.
        let days = |count: i64| words.text("age-days", &[("count", count.into())]);
        assert!(days(1).contains('1') && days(2).contains('2') && days(1) != days(2).replace('2', "1"));
    }

    #[test]
    fn every_text_of_english_is_there_longer_and_with_the_same_gaps() {
        let locales = Locales::load_with(true, None).unwrap();
        let source = super::super::load::sources(None).unwrap()[FALLBACK].text();
        let gaps: BTreeSet<&str> = source
            .split('$')
            .skip(1)
            .filter_map(|after| after.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next())
            .collect();
        let args: Vec<(&str, Arg<'_>)> = gaps.iter().map(|gap| (*gap, "\u{1}00\u{2}".into())).collect();
        let is_mark = |c: char| matches!(c, '\u{2068}' | '\u{2069}');
        // Only letters count: a full stop behind a gap is a text of its own, and stays one.
        let parts = |text: &str| -> Vec<String> {
            text.replace(is_mark, "").split("\u{1}00\u{2}").map(str::to_owned).collect()
        };
        let mut count = 0;
        for key in source.lines().filter_map(|line| Some(line.split_once(" =")?.0)) {
            let Ok(english) = locales.get(FALLBACK).try_text(key, &args) else { continue };
            let pseudo = locales.public().text(key, &args);
            let (before, after) = (parts(&english), parts(&pseudo));
            assert_eq!(before.len(), after.len(), "{key}: {pseudo}");
            for (before, after) in before.iter().zip(&after) {
                let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
                assert!(letters(after) * 5 >= letters(before) * 7, "{key}: {pseudo}");
            }
            count += 1;
        }
        assert!(count > 150, "{count}");
    }

    #[test]
    fn only_pages_for_nobody_in_particular_use_it() {
        let locales = Locales::load_with(true, None).unwrap();
        assert_eq!((locales.public().lang(), locales.public().dir()), (TAG, "rtl"));
        for lang in ["en", TAG, "ar", "xx"] {
            assert_eq!((locales.get(lang).lang(), locales.get(lang).dir()), ("en", "ltr"), "{lang}");
        }
        let args = [("name", Arg::from("Noor"))];
        assert_eq!(locales.get(TAG).text("greeting-name", &args), "Hello Noor,");
    }

    #[test]
    fn without_the_setting_pages_are_in_english() {
        let locales = Locales::load().unwrap();
        assert_eq!((locales.public().lang(), locales.public().dir()), ("en", "ltr"));
        assert_eq!(locales.written(TAG).lang(), "en");
    }
}
