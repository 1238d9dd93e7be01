//! The pack of a project that does not exist: its sheets, and what was said and done about each recommendation.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{Days, NaiveDate};
pub use hearback::domain::made_up::Chance;
use hearback::domain::made_up::words::{BODIES, NOTES, PLACES, THINGS, WHY};
use hearback::domain::made_up::{HISTORY, Happening, course};

pub const SLUG: &str = "the-long-road";
pub const EDITIONS: usize = 10;

/// For how many days the project has been running.
pub const SPAN: i64 = 600;

struct Recommendation {
    reference: String,
    title: String,
    published_on: NaiveDate,
    responsible: String,
}

pub struct Plan {
    pub periods: Vec<NaiveDate>,
    today: NaiveDate,
    recommendations: Vec<Recommendation>,
    /// In order.
    history: Vec<Happening>,
}

impl Plan {
    pub fn new(recommendations: usize, events: usize, today: NaiveDate) -> Self {
        let mut chance = Chance::new(2025);
        let first = today - Days::new(SPAN as u64);
        let mut all = Vec::with_capacity(recommendations);
        for number in 0..recommendations {
            // Most came in the beginning, some in the months after it.
            let late = if number % 5 == 0 { chance.below(300) } else { chance.below(30) };
            let mut responsible = chance.of(BODIES).to_owned();
            if chance.one_in(6) {
                let other = chance.of(BODIES);
                if other != responsible {
                    responsible = format!("{responsible}; {other}");
                }
            }
            all.push(Recommendation {
                reference: format!("R{:04}", number + 1),
                title: format!("{} {}", chance.of(THINGS), chance.of(PLACES)),
                published_on: first + Days::new(late),
                responsible,
            });
        }
        // What stands in the record beside the history: publications, learnings, silences and figures.
        let beside = recommendations * 2 + recommendations * 4 + EDITIONS;
        let rows = events.saturating_sub(beside) / recommendations.max(1);
        let mut history = Vec::with_capacity(rows * recommendations);
        for recommendation in &all {
            // Some have been quiet for long when the bench looks.
            let quiet = if chance.one_in(6) { 70 + chance.below(60) } else { chance.below(40) };
            let days = (today - Days::new(quiet) - recommendation.published_on).num_days().max(1) as u64;
            let on = |row: usize| {
                recommendation.published_on + Days::new(days * (row as u64 + 1) / (rows as u64 + 1))
            };
            let days: Vec<NaiveDate> = (0..rows).map(on).collect();
            history.extend(course(&mut chance, &recommendation.reference, &days));
        }
        history.sort_by_key(|(on, _)| *on);
        Plan { periods: super::periods(today), today, recommendations: all, history }
    }

    /// The sheets, with the history between the edition before this one and this one; the last brings all that follows.
    pub fn pack(&self, number: Option<usize>) -> BTreeMap<String, Vec<u8>> {
        let mut history = HISTORY.join(",") + "\n";
        if let Some(number) = number {
            let after = number.checked_sub(1).map(|before| self.periods[before]);
            let upto = self.periods[number];
            let due = |on: NaiveDate| after.is_none_or(|after| on > after) && on <= upto;
            for (_, row) in self.history.iter().filter(|(on, _)| due(*on)) {
                put(&mut history, row);
            }
        }
        self.sheets(history)
    }

    /// The sheets with what came after the last edition, and so many notes that the record has the length asked for.
    pub fn notes(&self, many: usize) -> BTreeMap<String, Vec<u8>> {
        let mut chance = Chance::new(7);
        let mut history = HISTORY.join(",") + "\n";
        let last = self.periods.last().copied().unwrap_or(self.today);
        let mut left = many;
        for (_, row) in self.history.iter().filter(|(on, _)| *on > last).take(many) {
            put(&mut history, row);
            left -= 1;
        }
        for number in 0..left {
            let row = &self.recommendations[number % self.recommendations.len()];
            let on = self.today - Days::new(chance.below(40));
            let words = format!("{} This is note {number} of the year.", chance.of(NOTES));
            let on = on.max(row.published_on).to_string();
            put(&mut history, &[&row.reference, &on, "note", &words, "", "", "", "", "", "", "", "", "", ""]);
        }
        self.sheets(history)
    }

    fn sheets(&self, history: String) -> BTreeMap<String, Vec<u8>> {
        let mut chance = Chance::new(3);
        let people = 40;
        let mut participants = "id,greeting_name,channel,contact_consent\n".to_owned();
        let mut stories = "code,participant,summary,medium,gathered_on,consent\n".to_owned();
        let gathered = self.today - Days::new(SPAN as u64 + 60);
        for number in 1..=people {
            let _ = writeln!(participants, "T{number:03},Teller {number},none,no");
            let place = chance.of(PLACES);
            let _ = writeln!(
                stories,
                "ST{number:03},T{number:03},Tells of a long evening at {place},written,{gathered},internal"
            );
        }
        let mut learnings = "id,theme,text\n".to_owned();
        for (number, why) in WHY.iter().enumerate() {
            let theme = number % 2 + 1;
            let place = chance.of(PLACES);
            let _ = writeln!(learnings, "L{number:02},T{theme},\"People who come to {place} say: {why}\"");
        }
        let mut recommendations =
            "ref,title,text,audience,responsible,published_on,response_due_on,target_on,learnings\n"
                .to_owned();
        let mut evidence = "recommendation,story,direction,why\n".to_owned();
        for (number, row) in self.recommendations.iter().enumerate() {
            let Recommendation { reference, title, published_on, responsible } = row;
            let (due, target) = (*published_on + Days::new(120), *published_on + Days::new(400));
            let learning = number % WHY.len();
            let _ = writeln!(
                recommendations,
                "{reference},{title},\"{title}, so that people who work late, walk slowly or read with trouble can use \
                 it as others do, and say beforehand what it costs.\",Getting about,{responsible},{published_on},{due},\
                 {target},L{learning:02}"
            );
            let story = number % people + 1;
            let _ = writeln!(evidence, "{reference},ST{story:03},supports,Tells why it is needed");
        }
        let project = "key,value\nslug,the-long-road\ntitle,The long road home\norganisation,The Listening Table\n\
                       summary,\"A made-up project with a long record, for measuring how fast its pages are.\"\n\
                       sender_name,Maren\ncontact_email,maren@listeningtable.example\ntimezone,Europe/London\n\
                       schedule,0 10 1 * *\nquiet_after_days,60\nresponse_due_days,120\n";
        let themes =
            "id,title,summary\nT1,After dark,Evenings and nights\nT2,Being told,Letters and notices\n";
        let sheets = [
            ("project.csv", project.to_owned()),
            ("participants.csv", participants),
            ("stories.csv", stories),
            ("themes.csv", themes.to_owned()),
            ("learnings.csv", learnings),
            ("recommendations.csv", recommendations),
            ("evidence.csv", evidence),
            ("history.csv", history),
        ];
        sheets.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
    }
}

fn put(sheet: &mut String, cells: &[impl AsRef<str>]) {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.as_ref())).collect();
    sheet.push_str(&quoted.join(","));
    sheet.push('\n');
}
