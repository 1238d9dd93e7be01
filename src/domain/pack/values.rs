//! What single cells hold, from text to a typed value: dates, numbers, languages, links. Each refusal says what was
//! expected. Addresses and names are in `contact`.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

const YEARS: RangeInclusive<i32> = 1900..=2200;
const DATE: &str = "expected a date as year-month-day, such as 2025-03-31";

/// A day in ISO form, in the years from 1900 to 2200.
///
/// # Errors
/// A date with the day or the month first is never guessed at: the message shows both readings.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    let digits_and_signs = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !digits_and_signs {
        return Err(readings(text).unwrap_or_else(|| DATE.to_owned()));
    }
    let Ok(date) = text.parse::<NaiveDate>() else {
        return Err(format!("expected a day that exists; {text} is none"));
    };
    if !YEARS.contains(&date.year()) {
        return Err(format!("expected a year from {} to {}", YEARS.start(), YEARS.end()));
    }
    Ok(date)
}

/// A day of a pack: in ISO form, or, where the pack says that its dates are so, with the day before the month.
///
/// # Errors
/// Says what was expected, and which setting would take it as it is.
pub fn day(text: &str, day_first: bool) -> Result<NaiveDate, String> {
    match date(text) {
        Err(_) if day_first && let Some((day, month, year)) = parts(text) => {
            let found = NaiveDate::from_ymd_opt(year, month, day).filter(|day| YEARS.contains(&day.year()));
            found.ok_or_else(|| {
                format!("expected day, month and year, as `dates` in project says; {text} is no such day")
            })
        }
        Err(why) if !day_first && parts(text).is_some() => Err(format!(
            "{why}; where the day comes first in all dates of the pack, say so with `dates` in project: day_first"
        )),
        read => read,
    }
}

/// Two numbers and a year, however they are separated.
fn parts(text: &str) -> Option<(u32, u32, i32)> {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [first, second, year] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str, digits: RangeInclusive<usize>| {
        digits.contains(&part.len()).then_some(())?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
        part.parse::<u32>().ok()
    };
    let year = i32::try_from(number(year, 4..=4)?).ok()?;
    Some((number(first, 1..=2)?, number(second, 1..=2)?, year))
}

fn readings(text: &str) -> Option<String> {
    let (first, second, year) = parts(text)?;
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    let month_first = NaiveDate::from_ymd_opt(year, first, second);
    match (day_first, month_first) {
        (Some(day), Some(month)) if day != month => {
            Some(format!("{DATE}; {text} could be {day} (day first) or {month} (month first)"))
        }
        (Some(only), _) | (_, Some(only)) => {
            Some(format!("{DATE}; if {text} is meant as {only}, write it so"))
        }
        _ => None,
    }
}

/// A whole number within bounds.
///
/// # Errors
/// Says the bounds.
pub fn number(text: &str, bounds: RangeInclusive<u32>) -> Result<u32, String> {
    let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    number
        .filter(|number| bounds.contains(number))
        .ok_or_else(|| format!("expected a whole number from {} to {}", bounds.start(), bounds.end()))
}

/// # Errors
/// Says that `yes` or `no` was expected.
pub fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("expected yes or no".to_owned()),
    }
}

/// A language tag in the shape of BCP 47, in its usual capitals: `en`, `pt-BR`, `zh-Hant`.
///
/// # Errors
/// Says what such a tag looks like.
pub fn language(text: &str) -> Result<String, String> {
    let expected = || "expected a language tag such as en, cy, ur or pt-BR".to_owned();
    if text.len() > 35 {
        return Err(expected());
    }
    let mut tag = String::new();
    for (index, part) in text.split('-').enumerate() {
        let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let written = match (index, part.len()) {
            (0, 2..=3) if letters => part.to_ascii_lowercase(),
            (0, _) => return Err(expected()),
            (_, 2) if letters => part.to_ascii_uppercase(),
            (_, 4) if letters => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
            (_, 1..=8) if part.bytes().all(|byte| byte.is_ascii_alphanumeric()) => part.to_ascii_lowercase(),
            _ => return Err(expected()),
        };
        if index > 0 {
            tag.push('-');
        }
        tag.push_str(&written);
    }
    Ok(tag)
}

/// A link to the web, as it was written. Nothing but `http` and `https` is taken: a `javascript:` link would run in
/// the page that shows it.
///
/// # Errors
/// Says what was expected.
pub fn link(text: &str) -> Result<String, String> {
    let expected =
        "expected a link that starts with https:// or http://, without blanks, of at most 2000 characters";
    let parsed = url::Url::parse(text).map_err(|_| expected)?;
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\".contains(c));
    if !plain || text.len() > 2000 || !matches!(parsed.scheme(), "http" | "https") || parsed.host().is_none()
    {
        return Err(expected.to_owned());
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err("expected a link without a user name or password in it".to_owned());
    }
    Ok(text.to_owned())
}

/// The project's name in links and on the command line.
///
/// # Errors
/// Says what was expected.
pub fn slug(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.is_empty()
        || text.len() > 60
        || !text.chars().all(plain)
        || text.starts_with('-')
        || text.ends_with('-')
    {
        return Err(
            "expected up to 60 small letters a to z, digits and hyphens, such as river-paths".to_owned()
        );
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_iso_dates_are_taken_and_an_ambiguous_one_is_told_in_both_readings() {
        assert_eq!(date("2024-02-29"), Ok(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()));
        let both = date("02/03/2025").unwrap_err();
        assert!(
            both.contains("2025-03-02") && both.contains("2025-02-03") && both.contains("year-month-day")
        );
        let one = date("25.12.2025").unwrap_err();
        assert!(one.contains("2025-12-25") && !one.contains("month first"), "{one}");
        for refused in [
            "2025-02-29",
            "2025-13-01",
            "1899-12-31",
            "2201-01-01",
            "2025-1-1",
            "45678",
            "2025-01-01T10:00",
            "soon",
            "\u{0662}\u{0660}\u{0662}\u{0665}-01-01",
            "+025-01-01",
            "02/03/25/1",
            "1/2/99999",
        ] {
            assert!(date(refused).unwrap_err().contains("expected"), "{refused}");
        }
    }

    #[test]
    fn the_day_comes_first_where_the_pack_says_so_and_nowhere_else() {
        let second = NaiveDate::from_ymd_opt(2025, 3, 2).unwrap();
        for text in ["02/03/2025", "2.3.2025", "2-3-2025", "2025-03-02"] {
            assert_eq!(day(text, true), Ok(second), "{text}");
        }
        assert!(day("02/03/2025", false).unwrap_err().contains("day_first"));
        assert!(!day("soon", false).unwrap_err().contains("day_first"));
        for text in ["31/02/2025", "03/31/2025", "1/1/1850", "1/2/25", "soon", "2025/03/02"] {
            assert!(day(text, true).unwrap_err().contains("expected"), "{text}");
        }
    }

    #[test]
    fn languages_are_tags_and_get_their_usual_capitals() {
        for (written, tag) in [("EN", "en"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("gsw", "gsw")]
        {
            assert_eq!(language(written).as_deref(), Ok(tag));
        }
        for refused in ["English", "e", "", "en_GB", "en-", "en-toolongpart", "\u{435}n"] {
            assert!(language(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        assert!(link("https://lido.example/proof?a=1#b").is_ok());
        for refused in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "ftp://lido.example/",
            "//lido.example/",
            "lido.example",
            "https://",
            "https://a b.example/",
            "https://user:secret@lido.example/",
            "https://lido.example/\"onclick=x",
        ] {
            assert!(link(refused).is_err(), "{refused}");
        }
    }
}
