//! Which numbers of an Excel workbook are days, and which days they are.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::xml::{Listener, Tag};

const MAX_STYLES: usize = 100_000;
/// 9999-12-31, the last day that Excel knows.
const LAST_DAY: f64 = 2_958_465.0;

#[derive(Default)]
pub struct Styles {
    /// Days are counted from 1904 instead of 1900, as old ones of a Mac are.
    from_1904: bool,
    /// Formats of the workbook's own that show a day.
    own: HashMap<u32, bool>,
    /// For each style of a cell, whether it shows a day.
    days: Vec<bool>,
    in_cells: bool,
}

impl Listener for Styles {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        let number = |name: &str| tag.get(name).and_then(|text| text.parse::<u32>().ok());
        match tag.name() {
            b"numFmt" if self.own.len() < MAX_STYLES => {
                if let (Some(id), Some(code)) = (number("numFmtId"), tag.get("formatCode")) {
                    self.own.insert(id, shows_a_day(&code));
                }
            }
            b"cellXfs" => self.in_cells = true,
            b"xf" if self.in_cells && self.days.len() < MAX_STYLES => {
                let id = number("numFmtId").unwrap_or(0);
                let built_in = matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58);
                self.days.push(self.own.get(&id).copied().unwrap_or(built_in));
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), String> {
        if name == b"cellXfs" {
            self.in_cells = false;
        }
        Ok(())
    }
}

impl Styles {
    pub fn new(from_1904: bool) -> Self {
        Styles { from_1904, ..Styles::default() }
    }

    /// The day that a number shows in this style, with the time of day behind it where there is one.
    pub fn day(&self, style: usize, raw: &str) -> Option<String> {
        if !self.days.get(style).copied().unwrap_or(false) {
            return None;
        }
        let serial: f64 = raw.trim().parse().ok()?;
        let start = match (self.from_1904, serial) {
            (_, serial) if !(1.0..=LAST_DAY).contains(&serial) => return None,
            (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
            // Excel takes 1900 for a leap year, so that days before that March are counted otherwise.
            (false, serial) if serial < 60.0 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
            (false, serial) if serial < 61.0 => return None,
            (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        };
        let seconds = (serial.fract() * 86_400.0).round() as u32;
        let day = start.checked_add_days(Days::new(serial.trunc() as u64))?;
        if seconds == 0 || seconds >= 86_400 {
            return Some(day.to_string());
        }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        Some(format!("{day} {hours:02}:{minutes:02}:{:02}", seconds % 60))
    }
}

/// A year or a day stands in the code, outside of words in quotation marks and of brackets.
fn shows_a_day(code: &str) -> bool {
    let (mut in_words, mut in_brackets, mut is_escaped) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '"' => in_words = !in_words,
            _ if in_words => {}
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            '\\' | '_' | '*' => is_escaped = true,
            'y' | 'Y' | 'd' | 'D' if !in_brackets => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(from_1904: bool) -> Styles {
        Styles { from_1904, days: vec![false, true], ..Styles::default() }
    }

    #[test]
    fn a_number_is_a_day_where_its_format_shows_one() {
        for (code, shows) in [
            ("yyyy-mm-dd", true),
            ("[$-409]d\\-mmm\\-yy;@", true),
            ("DD/MM/YYYY", true),
            ("General", false),
            ("0.00\" days\"", false),
            ("[Red]0", false),
            ("[h]:mm:ss", false),
            ("0\\d", false),
        ] {
            assert_eq!(shows_a_day(code), shows, "{code}");
        }
    }

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        let day = |serial| styles(false).day(1, serial);
        assert_eq!(day("45747").as_deref(), Some("2025-03-31"));
        assert_eq!(day("45747.5").as_deref(), Some("2025-03-31 12:00:00"));
        assert_eq!(day("59").as_deref(), Some("1900-02-28"));
        assert_eq!(day("61").as_deref(), Some("1900-03-01"));
        assert_eq!([day("60"), day("0"), day("1e300"), day("NaN"), day("x"), day("-5")], [const { None }; 6]);
        assert_eq!(styles(false).day(0, "45747"), None);
        assert_eq!(styles(true).day(1, "44285").as_deref(), Some("2025-03-31"));
    }
}
