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
        assert_eq!(stretched("What changed"), "Wháát çháángéédd");
    }

    #[test]
    fn what_fills_a_gap_stays_as_it_is_and_stands_apart() {
        let locales = Locales::load_with_pseudo(true).unwrap();
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
    fn every_key_of_english_has_its_words_too() {
        let locales = Locales::load_with_pseudo(true).unwrap();
        for month in 1..=12 {
            let key = format!("month-{month}");
            let (long, short) = (locales.public().text(&key, &[]), locales.get("en").text(&key, &[]));
            assert!(long.chars().count() * 5 >= short.chars().count() * 7, "{long}");
        }
    }

    #[test]
    fn only_pages_for_nobody_in_particular_use_it() {
        let locales = Locales::load_with_pseudo(true).unwrap();
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
