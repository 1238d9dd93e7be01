//! How a language writes days, months and lists, and what it calls other languages, as Unicode (CLDR) keeps it.

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_experimental::displaynames::DisplayNamesOptions;
use icu_experimental::displaynames::multi::LanguageDisplayNames;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale_core::{LanguageIdentifier, Locale};

use super::typed;

pub struct Formats {
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    all: ListFormatter,
    counts: ListFormatter,
    /// `None` for a language for which nobody has written the names of others down.
    languages: Option<LanguageDisplayNames>,
}

impl Formats {
    /// # Errors
    /// When `tag` names no language.
    pub fn of(tag: &str) -> anyhow::Result<Self> {
        let locale: Locale = tag.parse().map_err(|error| anyhow!("{tag} names no language: {error}"))?;
        let list = |length| ListFormatterOptions::default().with_length(length);
        let lacking = || format!("how {tag} writes days and lists");
        Ok(Formats {
            day: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long())
                .with_context(lacking)?,
            month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YM::long())
                .with_context(lacking)?,
            all: ListFormatter::try_new_and((&locale).into(), list(ListLength::Wide))
                .with_context(lacking)?,
            counts: ListFormatter::try_new_unit((&locale).into(), list(ListLength::Short))
                .with_context(lacking)?,
            languages: LanguageDisplayNames::try_new((&locale).into(), DisplayNamesOptions::default()).ok(),
        })
    }

    pub fn day(&self, day: NaiveDate) -> String {
        match gregorian(day) {
            Some(date) => self.day.format(&date).to_string(),
            None => day.to_string(),
        }
    }

    pub fn month(&self, day: NaiveDate) -> String {
        match gregorian(day) {
            Some(date) => self.month.format(&date).to_string(),
            None => day.format("%Y-%m").to_string(),
        }
    }

    /// What the language of a tag is called, without its region.
    pub fn language(&self, tag: &str) -> Option<&str> {
        let id: LanguageIdentifier = tag.parse().ok()?;
        self.languages.as_ref()?.of(id.language)
    }

    /// "a, b and c".
    pub fn all(&self, items: &[String]) -> String {
        let all = self.all.format_to_string(items.iter());
        match items.last() {
            // Unicode leaves Welsh undecided.
            Some(last) => {
                all.replace(" a(c) ", if begins_with_vowel(&typed::unmarked(last)) { " ac " } else { " a " })
            }
            None => all,
        }
    }

    /// "a, b, c".
    pub fn counts(&self, items: &[String]) -> String {
        self.counts.format_to_string(items.iter())
    }
}

/// Whether a Welsh word or number is spoken with a vowel first: un and wyth are, and the numbers that begin with them; deg
/// is not.
fn begins_with_vowel(text: &str) -> bool {
    let mut rest = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    if digits > 0 {
        return match &rest[..digits] {
            "1" | "8" => true,
            number => {
                number.len() == 2 && number != "10" && (number.starts_with('1') || number.starts_with('8'))
            }
        };
    }
    rest = &rest[..rest.chars().next().map_or(0, char::len_utf8)];
    rest.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'w', 'y', 'â', 'ê', 'î', 'ô', 'û', 'ŵ', 'ŷ'])
}

/// `None` for years that no project sees.
fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Date::try_new_gregorian(day.year(), month, of_month).ok()
}
