//! Packs of projects that do not exist: for trying hearback out with as many people as one has, and for measuring it.

mod chance;
mod course;
mod people;
pub mod words;

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};

pub use chance::Chance;
pub use course::{HISTORY, Happening, course};
use people::{PARTICIPANTS, STORIES};
use words::{BODIES, PLACES, QUALIFIES, SUPPORTS, THEMES, THINGS, WHY};

/// What a pack is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// At most [`MOST_PARTICIPANTS`].
    pub participants: usize,
    /// At most [`MOST_RECOMMENDATIONS`].
    pub recommendations: usize,
    /// For how long it has been running, at most [`MOST_MONTHS`].
    pub months: u32,
    /// Packs that are made from one seed and the same wishes are the same.
    pub seed: u64,
    /// The last day on which something happened.
    pub until: NaiveDate,
}

pub const MOST_PARTICIPANTS: usize = 100_000;
pub const MOST_RECOMMENDATIONS: usize = 2_000;
pub const MOST_MONTHS: u32 = 120;

/// As many rows as a sheet may have.
const MOST_ROWS: usize = 100_000;

/// One person in so many told a second story.
const SECOND_STORY: u64 = 3;

/// Days between two things that happen to a recommendation, at most.
const STEP: u64 = 40;

/// The slug of every such pack.
pub const SLUG: &str = "made-up";

/// The sheets of a pack, as CSV files by their names.
///
/// # Errors
/// Only where memory could not be written to.
pub fn pack(wish: &Wish) -> Result<BTreeMap<String, Vec<u8>>, csv::Error> {
    let mut chance = Chance::new(wish.seed);
    let started = wish.until - Months::new(wish.months);
    let mut tellers: Vec<usize> = (0..wish.participants).collect();
    for teller in 0..wish.participants {
        if tellers.len() < MOST_ROWS && chance.one_in(SECOND_STORY) {
            tellers.push(teller);
        }
    }
    let participants: Vec<_> = (0..wish.participants).map(|n| people::participant(&mut chance, n)).collect();
    let stories: Vec<_> = tellers
        .iter()
        .enumerate()
        .map(|(number, teller)| people::story(&mut chance, number, *teller, started, THEMES.len()))
        .collect();
    let recommendations: Vec<_> =
        (0..wish.recommendations).map(|n| recommendation(&mut chance, n, started, wish.until)).collect();
    let evidence = evidence(&mut chance, &recommendations, stories.len());
    let mut history = Vec::new();
    for cells in &recommendations {
        history.extend(course(
            &mut chance,
            &cells[0],
            &days(&mut chance_of(cells, wish.seed), cells, wish.until),
        ));
    }
    history.sort_by_key(|(on, _)| *on);
    history.truncate(MOST_ROWS);
    let history: Vec<_> = history.into_iter().map(|(_, cells)| cells).collect();
    let acts = acts(&mut chance, wish, started);
    Ok(BTreeMap::from([
        sheet("project", &["key", "value"], &project())?,
        sheet("participants", &PARTICIPANTS, &participants)?,
        sheet("stories", &STORIES, &stories)?,
        sheet("themes", &["id", "title", "summary"], &themes())?,
        sheet("learnings", &["id", "theme", "text"], &learnings(&mut chance))?,
        sheet("recommendations", &RECOMMENDATIONS, &recommendations)?,
        sheet("evidence", &["recommendation", "story", "direction", "why"], &evidence)?,
        sheet("history", &HISTORY, &history)?,
        sheet("acts", &["participant", "on", "act", "story", "value"], &acts)?,
    ]))
}

/// A sheet as the importer takes it, by the name of its file.
///
/// # Errors
/// Only where memory could not be written to.
pub fn sheet<const N: usize>(
    name: &str,
    columns: &[&str; N],
    rows: &[[String; N]],
) -> Result<(String, Vec<u8>), csv::Error> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(columns)?;
    for row in rows {
        sheet.write_record(row)?;
    }
    let bytes = sheet.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok((format!("{name}.csv"), bytes))
}

fn project() -> Vec<[String; 2]> {
    let project = [
        ("slug", SLUG),
        ("title", "The long road home"),
        ("organisation", "The Listening Table"),
        ("summary", "A made-up project: the town, the people and the bodies in it do not exist."),
        ("sender_name", "Maren"),
        ("contact_email", "maren@listeningtable.example"),
        ("contact_phone", "+44 1632 960100"),
        ("language", "en"),
        ("timezone", "Europe/London"),
        ("schedule", "0 10 1 * *"),
        ("response_due_days", "120"),
        ("support_contact", "The Wennbridge Night Line, 01632 960155, every night from eight"),
        ("concern_person", "Ruth, who looks after people's safety, ruth@listeningtable.example"),
    ];
    project.into_iter().map(|(key, value)| [key.to_owned(), value.to_owned()]).collect()
}

fn themes() -> Vec<[String; 3]> {
    let theme = |(number, (title, summary)): (usize, &(&str, &str))| {
        [format!("T{}", number + 1), (*title).to_owned(), (*summary).to_owned()]
    };
    THEMES.iter().enumerate().map(theme).collect()
}

fn learnings(chance: &mut Chance) -> Vec<[String; 3]> {
    let mut learning = |(number, why): (usize, &&str)| {
        let theme = number % THEMES.len() + 1;
        let text = format!("People who come to {} say: {why}", chance.of(PLACES));
        [learning_id(number), format!("T{theme}"), text]
    };
    WHY.iter().enumerate().map(&mut learning).collect()
}

fn learning_id(number: usize) -> String {
    format!("L{:02}", number + 1)
}

const RECOMMENDATIONS: [&str; 9] = [
    "ref",
    "title",
    "text",
    "audience",
    "responsible",
    "published_on",
    "response_due_on",
    "target_on",
    "learnings",
];

fn recommendation(
    chance: &mut Chance,
    number: usize,
    started: NaiveDate,
    until: NaiveDate,
) -> [String; RECOMMENDATIONS.len()] {
    let title = format!("{} {}", chance.of(THINGS), chance.of(PLACES));
    let all = u64::try_from((until - started).num_days()).unwrap_or_default();
    // Most come in the beginning, some in the months after it.
    let late = chance.below(if number % 5 == 4 { all / 2 } else { 30.min(all / 2) } + 1);
    let published = started + Days::new(late);
    let mut responsible = chance.of(BODIES).to_owned();
    let other = chance.of(BODIES);
    if chance.one_in(6) && other != responsible {
        responsible = format!("{responsible}; {other}");
    }
    [
        format!("R{:03}", number + 1),
        title.clone(),
        format!(
            "{title}, so that people who work late, walk slowly or read with trouble can use it as others do, and say \
             beforehand what it costs."
        ),
        "Getting about".to_owned(),
        responsible,
        published.to_string(),
        (published + Days::new(120)).to_string(),
        (published + Days::new(400)).to_string(),
        learning_id(number % WHY.len()),
    ]
}

/// Something is said about it every few weeks, until all is quiet or until today.
fn days(
    chance: &mut Chance,
    recommendation: &[String; RECOMMENDATIONS.len()],
    until: NaiveDate,
) -> Vec<NaiveDate> {
    let published: NaiveDate = recommendation[5].parse().unwrap_or(until);
    let quiet = if chance.one_in(6) { 60 + chance.below(90) } else { 0 };
    let end = until - Days::new(quiet);
    let mut days = Vec::new();
    let mut on = published + Days::new(1 + chance.below(STEP));
    while on <= end {
        days.push(on);
        on = on + Days::new(2 + chance.below(STEP));
    }
    days
}

/// So that the days of a recommendation do not depend on what happens to those before it.
fn chance_of(recommendation: &[String; RECOMMENDATIONS.len()], seed: u64) -> Chance {
    let number: u64 = recommendation[0].trim_start_matches('R').parse().unwrap_or_default();
    Chance::new(seed ^ (number << 32))
}

/// Every story but one in ten stands behind one to three recommendations, one in eight cautions.
fn evidence(
    chance: &mut Chance,
    recommendations: &[[String; RECOMMENDATIONS.len()]],
    stories: usize,
) -> Vec<[String; 4]> {
    let mut evidence = Vec::new();
    if recommendations.is_empty() {
        return evidence;
    }
    for story in 0..stories {
        let behind = if chance.one_in(10) { 0 } else { 1 + chance.below(3) as usize };
        let first = chance.below(recommendations.len() as u64) as usize;
        for step in 0..behind.min(recommendations.len()) {
            let reference = &recommendations[(first + step * 7) % recommendations.len()][0];
            let qualifies = chance.one_in(8);
            let (direction, why) = if qualifies {
                ("qualifies", chance.of(QUALIFIES))
            } else {
                ("supports", chance.of(SUPPORTS))
            };
            let row = [reference.clone(), people::code(story), direction.to_owned(), why.to_owned()];
            let again = evidence.iter().rev().take(step).any(|other: &[String; 4]| other[0] == row[0]);
            if !again {
                evidence.push(row);
            }
        }
    }
    evidence.truncate(MOST_ROWS);
    evidence
}

/// A few people pause, choose otherwise, stop or withdraw.
fn acts(chance: &mut Chance, wish: &Wish, started: NaiveDate) -> Vec<[String; 5]> {
    let all = u64::try_from((wish.until - started).num_days()).unwrap_or_default();
    let mut acts = Vec::new();
    for number in 0..wish.participants {
        if !chance.one_in(40) {
            continue;
        }
        let on = started + Days::new(chance.below(all + 1));
        let (act, value) = match chance.below(5) {
            0 => ("pause", ""),
            1 => ("stop", ""),
            2 => ("withdraw", ""),
            3 => ("choose", "cadence=quarterly"),
            _ => ("choose", "format=large_print"),
        };
        let row = [people::id(number), on.to_string(), act.to_owned(), String::new(), value.to_owned()];
        acts.push(row);
    }
    acts.sort_by(|one, other| one[1].cmp(&other[1]));
    acts
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn wish() -> Wish {
        let until = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        Wish { participants: 300, recommendations: 12, months: 18, seed: 7, until }
    }

    #[test]
    fn one_seed_makes_one_pack_and_another_makes_another() {
        assert_eq!(pack(&wish()).unwrap(), pack(&wish()).unwrap());
        assert_ne!(pack(&wish()).unwrap(), pack(&Wish { seed: 8, ..wish() }).unwrap());
    }

    #[test]
    fn no_code_comes_twice() {
        let codes: HashSet<String> = (0..MOST_ROWS).map(people::code).collect();
        assert_eq!(codes.len(), MOST_ROWS);
    }

    #[test]
    fn every_way_of_being_told_and_every_language_is_among_the_first_five() {
        let sheets = pack(&Wish { participants: 5, ..wish() }).unwrap();
        let people = String::from_utf8(sheets["participants.csv"].clone()).unwrap();
        for word in ["email", "letter", "phone", ",cy,", ",ur,"] {
            assert!(people.contains(word), "{word} is not in\n{people}");
        }
    }

    #[test]
    fn nothing_happens_after_the_last_day() {
        let sheets = pack(&wish()).unwrap();
        let mut rows = csv::Reader::from_reader(&*sheets["history.csv"]);
        let last = rows.records().map(|row| row.unwrap()[1].parse::<NaiveDate>().unwrap()).max();
        assert!(last <= Some(wish().until) && last > Some(wish().until - Days::new(60)), "{last:?}");
    }
}
