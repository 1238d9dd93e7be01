//! Quiet times: when a person or a project is not to be written to (prayers, the Sabbath, a fast, nights). They hold
//! a message back until the next allowed moment and never drop it. They are read on the wall clock of the project's
//! zone. Days that are known by a name lie in a calendar, which is handed in.

use std::fmt;

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;

use super::calendars::{self, Calendars};
use super::pack::values;

const DAY: u16 = 24 * 60;
const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const FULL_NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// More days of dates than this in one list are a pause, which is another act and can be seen by everyone.
pub const MAX_DATED_DAYS: i64 = 366;

/// A person's or a project's quiet times; the default is none. What holds every day of the week, around the clock,
/// cannot be made: it would never end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuietTimes(Vec<QuietTime>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum QuietTime {
    /// Minutes of the day, `from` inclusive, `to` exclusive; `to` before `from` runs over midnight.
    Weekly { days: Weekdays, from: u16, to: u16 },
    /// Whole days, both inclusive.
    Dates { first: NaiveDate, last: NaiveDate },
    /// The days of the calendar of this name.
    Calendar(String),
}

/// Why a text is no quiet time.
enum Misfit {
    NotUnderstood,
    Because(String),
}

impl From<String> for Misfit {
    fn from(why: String) -> Self {
        Misfit::Because(why)
    }
}

impl Misfit {
    fn described(self, calendars: &str) -> String {
        match self {
            Misfit::Because(why) => why,
            Misfit::NotUnderstood => format!(
                "expected quiet times such as `Fri 12:00-15:00`, `Mon-Thu 18:00-09:00`, `Sat` or \
                 `2026-02-18..2026-03-19`, or the name of a calendar ({calendars}), several of them separated by `;`"
            ),
        }
    }
}

/// Bit 0 is Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weekdays(u8);

impl QuietTimes {
    /// Reads quiet times as people write them in a sheet. A blank text is none. Calendars get the name that their file
    /// gives them.
    ///
    /// # Errors
    /// Says what was expected, and never repeats the text: quiet times can tell a person's religion.
    pub fn parse(text: &str, calendars: &Calendars) -> Result<Self, String> {
        let known = |name: &str| calendars.find(name).map(|calendar| calendar.name().to_owned());
        let quiet = Self::read(text, known).map_err(|misfit| misfit.described(&calendars.names()))?;
        quiet.check_that_it_ends(calendars)?;
        Ok(quiet)
    }

    /// Reads quiet times that were parsed once and written down. A calendar that is not there any more is kept as a name,
    /// and holds nothing.
    ///
    /// # Errors
    /// Says what was expected, without the text.
    pub fn kept(text: &str) -> Result<Self, String> {
        let any = |name: &str| calendars::is_name(name).then(|| name.to_owned());
        Self::read(text, any).map_err(|misfit| misfit.described("its name"))
    }

    fn read(text: &str, calendar: impl Fn(&str) -> Option<String>) -> Result<Self, Misfit> {
        let text = text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'], "-");
        let mut times = Vec::new();
        for group in text.split(';') {
            let mut bare_days = false;
            for piece in group.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
                let (time, bare) = piece_of(piece, &calendar)?;
                if bare_days && !bare && matches!(time, QuietTime::Weekly { .. }) {
                    return Err(Misfit::Because(
                        "expected `;` here: with a comma it is not clear whether the hours count for all of \
                         the days (write `Mon; Wed 18:00-20:00` or `Mon Wed 18:00-20:00`)"
                            .to_owned(),
                    ));
                }
                bare_days = bare;
                if !times.contains(&time) {
                    times.push(time);
                }
            }
        }
        Ok(QuietTimes(times))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the calendars among them.
    pub fn calendars(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|time| match time {
            QuietTime::Calendar(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether a message may go at this moment of the local wall clock.
    pub fn allowed_from(&self, moment: NaiveDateTime, calendars: &Calendars) -> bool {
        self.quiet_until(moment, calendars).is_none()
    }

    /// Until when the quiet around `moment` lasts, but never beyond the next midnight: whoever goes on from there
    /// asks again. `None` where `moment` is not quiet.
    fn quiet_until(&self, moment: NaiveDateTime, calendars: &Calendars) -> Option<NaiveDateTime> {
        self.0.iter().filter_map(|time| time.quiet_until(moment, calendars)).max()
    }

    fn check_that_it_ends(&self, calendars: &Calendars) -> Result<(), String> {
        let mut week = [false; 7 * DAY as usize];
        let mut dated = 0;
        for time in &self.0 {
            match time {
                QuietTime::Dates { first, last } => dated += (*last - *first).num_days() + 1,
                QuietTime::Calendar(name) => {
                    dated += calendars.find(name).map_or(0, |calendar| calendar.most_days_in_a_year());
                }
                QuietTime::Weekly { days, from, to } => {
                    let length = if to > from { to - from } else { DAY - from + to };
                    for day in days.iter() {
                        let start = day * usize::from(DAY) + usize::from(*from);
                        for minute in start..start + usize::from(length) {
                            week[minute % (7 * usize::from(DAY))] = true;
                        }
                    }
                }
            }
        }
        if week.iter().all(|quiet| *quiet) {
            return Err(
                "these quiet times never end: expected at least one moment of the week that is free".into()
            );
        }
        if dated > MAX_DATED_DAYS {
            return Err(format!(
                "expected at most {MAX_DATED_DAYS} days of dates, with a year of each calendar; a longer silence is \
                 a pause"
            ));
        }
        Ok(())
    }
}

/// The canonical form, which reads back as the same quiet times.
impl fmt::Display for QuietTimes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, time) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            time.fmt(f)?;
        }
        Ok(())
    }
}

/// The first moment at or after `at` that lies in no quiet time of any in `list` (start inclusive, end exclusive),
/// on the wall clock of `tz`: an hour that the clock repeats is quiet twice, one that it skips holds nobody.
///
/// Where the lists together leave no free moment in the next years, the earlier ones win: put the person's first.
pub fn next_allowed(list: &[&QuietTimes], calendars: &Calendars, tz: Tz, at: DateTime<Utc>) -> DateTime<Utc> {
    (1..=list.len()).rev().find_map(|count| first_free(&list[..count], calendars, tz, at)).unwrap_or(at)
}

fn first_free(
    list: &[&QuietTimes],
    calendars: &Calendars,
    tz: Tz,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let horizon = at.checked_add_days(Days::new(4 * 366))?;
    let mut moment = at;
    while moment <= horizon {
        let local = moment.with_timezone(&tz).naive_local();
        match list.iter().filter_map(|quiet| quiet.quiet_until(local, calendars)).max() {
            None => return Some(moment),
            Some(end) => moment = forward(tz, moment, end - local)?,
        }
    }
    None
}

/// `step` further on the wall clock, but not past a change of the clock: there the wall clock jumps, and what is
/// quiet has to be asked anew. A step is a day at most, so that it meets one change at most.
fn forward(tz: Tz, moment: DateTime<Utc>, step: TimeDelta) -> Option<DateTime<Utc>> {
    let offset = |at: DateTime<Utc>| tz.offset_from_utc_datetime(&at.naive_utc()).fix();
    let target = moment.checked_add_signed(step)?;
    if offset(target) == offset(moment) {
        return Some(target);
    }
    let (mut before, mut after) = (moment.timestamp(), target.timestamp());
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if offset(DateTime::from_timestamp(middle, 0)?) == offset(moment) {
            before = middle;
        } else {
            after = middle;
        }
    }
    DateTime::from_timestamp(after, 0)
}

impl QuietTime {
    fn quiet_until(&self, moment: NaiveDateTime, calendars: &Calendars) -> Option<NaiveDateTime> {
        let date = moment.date();
        let midnight = date.succ_opt()?.and_hms_opt(0, 0, 0)?;
        match self {
            QuietTime::Calendar(name) => calendars.find(name)?.quiet_until(moment),
            QuietTime::Dates { first, last } => (*first <= date && date <= *last).then_some(midnight),
            QuietTime::Weekly { days, from, to } => {
                let now = moment.num_seconds_from_midnight();
                let after_start = now >= u32::from(*from) * 60;
                let before_end = now < u32::from(*to) * 60;
                let end = date.and_hms_opt(0, 0, 0)? + TimeDelta::minutes(i64::from(*to));
                let (today, yesterday) = (days.on(date), date.pred_opt().is_some_and(|day| days.on(day)));
                if from < to {
                    (today && after_start && before_end).then_some(end)
                } else if today && after_start {
                    Some(midnight)
                } else {
                    (yesterday && before_end).then_some(end)
                }
            }
        }
    }
}

impl fmt::Display for QuietTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QuietTime::Calendar(name) => f.write_str(name),
            QuietTime::Dates { first, last } if first == last => write!(f, "{first}"),
            QuietTime::Dates { first, last } => write!(f, "{first}..{last}"),
            QuietTime::Weekly { days, from: 0, to: DAY } => days.fmt(f),
            QuietTime::Weekly { days, from, to } => {
                write!(f, "{days} {:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
            }
        }
    }
}

impl Weekdays {
    fn on(self, date: NaiveDate) -> bool {
        self.has(date.weekday().num_days_from_monday() as usize)
    }

    fn has(self, day: usize) -> bool {
        self.0 & (1 << day) != 0
    }

    fn iter(self) -> impl Iterator<Item = usize> {
        (0..7).filter(move |day| self.has(*day))
    }
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        let mut day = 0;
        while day < 7 {
            if !self.has(day) {
                day += 1;
                continue;
            }
            let start = day;
            while day < 6 && self.has(day + 1) {
                day += 1;
            }
            f.write_str(if first { "" } else { " " })?;
            first = false;
            f.write_str(NAMES[start])?;
            if day > start {
                write!(f, "-{}", NAMES[day])?;
            }
            day += 1;
        }
        Ok(())
    }
}

/// One quiet time, and whether it is days without hours.
fn piece_of(piece: &str, calendar: &impl Fn(&str) -> Option<String>) -> Result<(QuietTime, bool), Misfit> {
    let piece = close_up(&close_up(piece, "-"), "..");
    if piece.starts_with(|c: char| c.is_ascii_digit()) && !piece.contains(':') {
        let (first, last) = piece.split_once("..").unwrap_or((&piece, &piece));
        let (first, last) = (values::date(first)?, values::date(last)?);
        if last < first {
            return Err(Misfit::Because(
                "expected the last day of quiet times not to lie before the first".to_owned(),
            ));
        }
        return Ok((QuietTime::Dates { first, last }, false));
    }
    match (weekly(&piece), calendar(&piece)) {
        (Err(Misfit::NotUnderstood), Some(name)) => Ok((QuietTime::Calendar(name), false)),
        (weekly, _) => weekly,
    }
}

fn weekly(piece: &str) -> Result<(QuietTime, bool), Misfit> {
    let mut days = Weekdays::default();
    let mut hours = None;
    for token in piece.split_whitespace() {
        if hours.is_some() {
            return Err(Misfit::NotUnderstood);
        }
        if token.contains(':') {
            hours = Some(hours_of(token)?);
        } else {
            days.0 |= days_of(token)?.0;
        }
    }
    if days == Weekdays::default() {
        return Err(Misfit::NotUnderstood);
    }
    let (from, to) = hours.unwrap_or((0, DAY));
    Ok((QuietTime::Weekly { days, from, to }, hours.is_none()))
}

/// Whether a text means days of the week, so that no calendar can have it as its name.
pub(super) fn reads_as_week(text: &str) -> bool {
    weekly(&close_up(text, "-")).is_ok()
}

/// A time of day such as 15:00, in minutes.
pub(super) fn minute_of_day(text: &str) -> Option<u32> {
    minute_of(text.trim()).ok().filter(|minute| *minute < DAY).map(u32::from)
}

/// Takes the blanks away around a sign, so that what is left can be cut at blanks.
fn close_up(text: &str, sign: &str) -> String {
    text.split(sign).map(str::trim).collect::<Vec<_>>().join(sign)
}

fn days_of(token: &str) -> Result<Weekdays, Misfit> {
    let (first, last) = token.split_once('-').unwrap_or((token, token));
    let (first, last) = (day_of(first)?, day_of(last)?);
    let mut days = Weekdays::default();
    let mut day = first;
    loop {
        days.0 |= 1 << day;
        if day == last {
            return Ok(days);
        }
        day = (day + 1) % 7;
    }
}

fn day_of(name: &str) -> Result<usize, Misfit> {
    let name = name.to_ascii_lowercase();
    let found = FULL_NAMES.iter().position(|full| name.len() >= 3 && full.starts_with(&name));
    found.ok_or(Misfit::NotUnderstood)
}

fn hours_of(token: &str) -> Result<(u16, u16), Misfit> {
    let (from, to) = token.split_once('-').ok_or(Misfit::NotUnderstood)?;
    let (from, to) = (minute_of(from)?, minute_of(to)?);
    if from == to || from == DAY {
        return Err(Misfit::Because(
            "expected quiet hours to end at another time than they start, such as `Fri 12:00-15:00`; a \
             whole day is written `Sat`"
                .to_owned(),
        ));
    }
    // Until midnight and until 24:00 are the same moment; one form keeps the canonical text canonical.
    Ok((from, if to == 0 { DAY } else { to }))
}

fn minute_of(text: &str) -> Result<u16, Misfit> {
    let (hour, minute) = text.split_once(':').ok_or(Misfit::NotUnderstood)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return Err(Misfit::NotUnderstood);
    }
    let number = |text: &str| text.parse::<u16>().map_err(|_| Misfit::NotUnderstood);
    let (hour, minute) = (number(hour)?, number(minute)?);
    if minute > 59 || hour * 60 + minute > DAY {
        return Err(Misfit::Because("expected a time of day between 00:00 and 24:00".to_owned()));
    }
    Ok(hour * 60 + minute)
}

#[cfg(test)]
#[path = "quiet_tests.rs"]
mod tests;
