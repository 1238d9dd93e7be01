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
        self.all.format_to_string(items.iter())
    }

    /// "a, b, c".
    pub fn counts(&self, items: &[String]) -> String {
        self.counts.format_to_string(items.iter())
    }
}

/// `None` for years that no project sees.
fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Date::try_new_gregorian(day.year(), month, of_month).ok()
}
