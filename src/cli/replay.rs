//! Replaying a pack with the clock moved by hand: every day of it, and every moment at which something is due.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

use crate::actions::import::{self, Report, named_for_people, read_folder, read_from};
use crate::app::App;
use crate::domain::calendars::Calendars;
use crate::domain::pack::{self, Intake};
use crate::domain::schedule::Schedule;
use crate::error::{Error, Result};
use crate::jobs::{self, Ticked};
use crate::store::message;

/// Files by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A pack to replay: what is imported at the beginning, and what comes in on later days.
pub struct Pack {
    pub first: Intake,
    pub later: BTreeMap<NaiveDate, Files>,
}

/// The sample that is built into the program.
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/sample"]
#[include = "*.csv"]
struct Sample;

impl Pack {
    pub fn sample() -> Self {
        let (mut first, mut later) = (Files::new(), BTreeMap::<NaiveDate, Files>::new());
        for path in Sample::iter() {
            let Some(file) = Sample::get(&path) else { continue };
            let bytes = file.data.into_owned();
            match path.split_once('/') {
                None => {
                    first.insert(path.into_owned(), bytes);
                }
                Some((day, name)) => {
                    if let Ok(day) = day.parse() {
                        later.entry(day).or_default().insert(name.to_owned(), bytes);
                    }
                }
            }
        }
        Pack::new(first, later)
    }

    /// Whatever an import takes. In a folder of CSV files, a folder that is named by a day is imported on that day, over
    /// the others.
    pub fn from_path(path: &Path) -> Result<Self> {
        if !path.is_dir() {
            return Ok(Pack { first: read_from(path)?, later: BTreeMap::new() });
        }
        let (first, mut later) = (read_folder(path)?, BTreeMap::new());
        let unreadable = |error: std::io::Error| {
            Error::refused(format!("The folder {} cannot be read: {error}.", path.display()))
        };
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let day = entry.file_name().to_string_lossy().parse::<NaiveDate>();
            if let (Ok(day), true) = (day, entry.path().is_dir()) {
                later.insert(day, read_folder(&entry.path())?);
            }
        }
        Ok(Pack::new(first, later))
    }

    /// A later import holds what it names and, of the sheets without which a pack is none, the rest.
    fn new(first: Files, mut later: BTreeMap<NaiveDate, Files>) -> Self {
        for files in later.values_mut() {
            for (name, bytes) in &first {
                files.entry(name.clone()).or_insert_with(|| bytes.clone());
            }
        }
        Pack { first: Intake::of_files(first), later }
    }
}

/// The days of a replay: `to` is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What a pack says about when it plays.
pub struct Setting {
    pub zone: Tz,
    pub span: Span,
    pub slug: String,
    pub title: String,
}

/// Reads a pack only to see when it plays: by default from its first day to its last plus two editions.
pub fn setting(
    pack: &Pack,
    calendars: &Calendars,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> std::result::Result<Setting, Box<Report>> {
    let (read, faults) = pack::read(&pack.first, calendars);
    let Some(read) = read.filter(|_| faults.errors.is_empty()) else {
        let mut report = Report { errors: faults.errors, warnings: faults.warnings, ..Report::default() };
        named_for_people(&mut report, pack.first.source().is_workbook);
        return Err(Box::new(report));
    };
    let zone = read.project.timezone;
    let days: Vec<NaiveDate> = read
        .recommendations
        .iter()
        .filter_map(|row| row.value.published_on)
        .chain(read.history.iter().map(|row| row.value.on))
        .chain(read.acts.iter().map(|row| row.value.on))
        .chain(pack.later.keys().copied())
        .collect();
    let first = days.iter().min().copied().unwrap_or_default();
    let last = days.iter().max().copied().unwrap_or(first);
    let end = Schedule::parse(&read.project.schedule, zone).ok().and_then(|schedule| {
        let one = schedule.next_after(start_of(zone, last)?)?;
        schedule.next_after(one).map(|two| schedule.day(two))
    });
    let end = end.unwrap_or(last);
    let span = Span { from: from.unwrap_or(first), to: to.or_else(|| end.succ_opt()).unwrap_or(end) };
    Ok(Setting { zone, span, slug: read.project.slug, title: read.project.title })
}

/// The first moment of a day in a zone; where the clocks skip midnight it is a little later.
pub fn start_of(zone: Tz, day: NaiveDate) -> Option<DateTime<Utc>> {
    (0..=3)
        .find_map(|hour| zone.from_local_datetime(&day.and_hms_opt(hour, 0, 0)?).earliest())
        .map(|at| at.to_utc())
}

/// What a replay did.
#[derive(Default)]
pub struct Replayed {
    pub silences: usize,
    pub editions: usize,
    pub updates: usize,
    pub refused: usize,
}

impl Replayed {
    fn count(&mut self, ticked: &Ticked) {
        self.silences += ticked.silences;
        self.editions += ticked.editions;
        self.updates += ticked.updates;
        self.refused += ticked.refused;
    }
}

/// Goes through every day of the span. `progress` is told how many days are done.
pub async fn replay(app: &App, pack: &Pack, setting: &Setting, progress: impl Fn(u64)) -> Result<Replayed> {
    let mut replayed = Replayed::default();
    let mut day = setting.span.from;
    let mut done = 0;
    while day < setting.span.to {
        let Some(next) = day.checked_add_days(Days::new(1)) else { break };
        let (Some(start), Some(end)) = (start_of(setting.zone, day), start_of(setting.zone, next)) else {
            break;
        };
        app.clock.advance_to(start);
        if let Some(files) = pack.later.get(&day) {
            let report = import::import(app, files, false).await?;
            if let Some(fault) = report.errors.first() {
                let message = format!("The import of {day} was refused: {}: {}", fault.file, fault.message);
                return Err(Error::refused(message));
            }
        }
        let mut morning = Some(start + chrono::Duration::hours(MORNING)).filter(|morning| *morning < end);
        while let Some(at) = next_moment(app, morning, end).await? {
            morning = morning.filter(|morning| *morning > at);
            app.clock.advance_to(at);
            replayed.count(&jobs::tick(app).await?);
        }
        done += 1;
        progress(done);
        day = next;
    }
    Ok(replayed)
}

/// What waited for a day is done at this hour of it, unless an edition comes earlier: nobody wants a message at midnight.
const MORNING: i64 = 8;

/// The next moment before `end` at which an edition or a message is due, or the morning.
async fn next_moment(
    app: &App,
    morning: Option<DateTime<Utc>>,
    end: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let now = app.clock.now();
    let mut moments: Vec<DateTime<Utc>> = morning.into_iter().collect();
    for project in crate::store::project::all(&app.db.reader).await? {
        moments.extend(project.schedule()?.next_after(now));
    }
    moments.extend(message::next_due_after(&app.db.reader, now).await?);
    Ok(moments.into_iter().filter(|at| *at > now && *at < end).min())
}
