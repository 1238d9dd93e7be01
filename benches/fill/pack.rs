//! The pack of a project that does not exist: its sheets, and what was said and done about each recommendation.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{Days, NaiveDate};

pub const SLUG: &str = "the-long-road";
pub const EDITIONS: usize = 10;

/// For how many days the project has been running.
pub const SPAN: i64 = 600;

/// Always the same numbers for the same beginning (splitmix64): two databases differ only in their salts and ids.
pub struct Chance(u64);

impl Chance {
    pub fn new(beginning: u64) -> Self {
        Chance(beginning.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len() as u64) as usize]
    }
}

const PLACES: &[&str] = &[
    "the ferry landing",
    "Mill Lane",
    "the clinic on the hill",
    "the night market",
    "the old weir",
    "Tanner's Row",
    "the school by the canal",
    "the bus yard",
    "the lower town",
    "the library",
    "the hostel at the gate",
    "the allotments",
    "the swimming baths",
    "the registry office",
    "Lantern Street",
];
const THINGS: &[&str] = &[
    "Light the way to",
    "Run a late bus to",
    "Put benches along the path to",
    "Open the doors earlier at",
    "Write in plain words at",
    "Ask before changing the hours of",
    "Make room for wheelchairs at",
    "Keep a quiet hour at",
    "Train the people at the desk of",
    "Say who decides about",
    "Mend the ramp at",
    "Put up a clear map of",
    "Pay the fares of those who come to",
    "Keep an interpreter at",
];
const BODIES: &[&str] = &[
    "Wennbridge Town Council",
    "Wenn Valley Buses",
    "The Three Bridges Trust",
    "Riverside Health Board",
    "The Ferry Company",
    "Wennbridge Schools Together",
    "The Lower Town Housing Office",
    "The Lantern Fund",
    "Department for Towns & Ways",
    "The Mill Lane Practice",
    "Wenn Valley Police",
    "The Library Service",
];
const WHY: &[&str] = &[
    "The money that was set aside for this year went to repairs after the flood, and nothing was left for this.",
    "The person who led this work has left, and nobody has taken it over yet.",
    "We found that the law asks for a public notice first, which takes at least eight weeks.",
    "The landlord has to agree before anything can be built there, and he has not answered our two letters.",
    "Half of the streets can be done with what we have; for the others we need the county's agreement.",
    "We were too slow. The paper lay on a desk for two months, and that is our own fault.",
    "The company that was to do the work asked for twice what it had said, so we asked three others.",
    "People told us different things about when it is needed most, so we want to count for a month first.",
];
const TRIED: &[&str] = &[
    "We asked two funds and one neighbouring town.",
    "We wrote to the landlord twice and rang him once.",
    "We asked the staff to share the work for a while.",
    "We held two open evenings in the hall.",
    "We looked at a cheaper way with lamps that run on sunlight.",
];
const WHO: &[&str] = &[
    "Head of streets",
    "Cabinet member for transport",
    "Practice manager",
    "The board of the trust",
    "Head of services",
    "The night manager",
];
const UNBLOCK: &[&str] = &[
    "The county decides in the summer.",
    "A new person begins in the autumn.",
    "An answer from the landlord.",
    "A third fund, which meets every quarter.",
    "Twenty people who will come and try it out.",
];
const CHANGED: &[&str] = &[
    "Eight lamps now light the path, and they stay on until two in the morning.",
    "A bus runs at ten and at eleven at night on every working day, with the usual ticket.",
    "The letters were written anew with five readers, and the first of them went out in March.",
    "The desk opens at seven on two days a week, and someone who speaks three languages is there.",
    "The ramp was mended and made wider, and a rail was put on both sides.",
];
const NOTICED: &[&str] = &[
    "Whoever walks home late",
    "People with wheels of any kind",
    "Parents in the morning",
    "Everybody who gets a letter",
];
const PROMISED: &[&str] = &[
    "We will put up the first lamps on the path",
    "We will show a plan with costs to everybody who asks",
    "We will try it out for one month",
    "We will ask the landlord again and say what he answered",
    "We will have the letter read by people who get it",
    "We will count who comes and publish the numbers",
];
const NOTES: &[&str] = &[
    "We walked the way together with four people who use it at night and wrote down what they said.",
    "The paper was on the table of the committee, which put it off to the next meeting.",
    "Somebody asked in the hall how far this is. We said what stands here and nothing more.",
    "The measurements were made on a wet Tuesday; a dry day will follow.",
    "We met the company on site. They want to see the drains before they give a price.",
    "Two more neighbours have asked to be told, and were put on the list.",
];
const REASONS: &[&str] = &[
    "money",
    "staff_time",
    "logistics",
    "leadership_change",
    "law_or_policy",
    "another_body_decides",
    "waiting_for_partner",
    "more_evidence_needed",
    "our_own_delay",
];

const HISTORY: &str = "recommendation,on,kind,value,reason,explanation,tried,decided_by,unblock,in_our_control,\
                       review_on,due_on,noticed_by,evidence_url\n";

struct Recommendation {
    reference: String,
    title: String,
    published_on: NaiveDate,
    responsible: String,
}

/// One row of the sheet `history`, without its recommendation.
#[derive(Default)]
struct Line {
    kind: &'static str,
    value: String,
    explained: bool,
    review_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    outcome: bool,
}

pub struct Plan {
    pub periods: Vec<NaiveDate>,
    today: NaiveDate,
    recommendations: Vec<Recommendation>,
    /// The day and the row, in order.
    history: Vec<(NaiveDate, String)>,
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
            course(&mut chance, recommendation, rows, today, &mut history);
        }
        history.sort_by_key(|(on, _)| *on);
        Plan { periods: super::periods(today), today, recommendations: all, history }
    }

    /// The sheets, with the history between the edition before this one and this one; the last brings all that follows.
    pub fn pack(&self, number: Option<usize>) -> BTreeMap<String, Vec<u8>> {
        let mut history = HISTORY.to_owned();
        if let Some(number) = number {
            let after = number.checked_sub(1).map(|before| self.periods[before]);
            let upto = self.periods[number];
            let due = |on: NaiveDate| after.is_none_or(|after| on > after) && on <= upto;
            for (_, row) in self.history.iter().filter(|(on, _)| due(*on)) {
                history.push_str(row);
            }
        }
        self.sheets(history)
    }

    /// The sheets with what came after the last edition, and so many notes that the record has the length asked for.
    pub fn notes(&self, many: usize) -> BTreeMap<String, Vec<u8>> {
        let mut chance = Chance::new(7);
        let mut history = HISTORY.to_owned();
        let last = self.periods.last().copied().unwrap_or(self.today);
        let mut left = many;
        for (_, row) in self.history.iter().filter(|(on, _)| *on > last).take(many) {
            history.push_str(row);
            left -= 1;
        }
        for number in 0..left {
            let row = &self.recommendations[number % self.recommendations.len()];
            let on = self.today - Days::new(chance.below(40));
            let words = format!("{} This is note {number} of the year.", chance.of(NOTES));
            let note = Line { kind: "note", value: words, ..Line::default() };
            history.push_str(&as_row(&mut chance, &row.reference, on.max(row.published_on), &note));
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

/// What is said and done about one recommendation: an answer, work that starts, gets stuck and ends, promises that are
/// kept, moved or missed, and notes.
fn course(
    chance: &mut Chance,
    of: &Recommendation,
    rows: usize,
    today: NaiveDate,
    history: &mut Vec<(NaiveDate, String)>,
) {
    // Some have been quiet for long when the bench looks.
    let end = today - Days::new(if chance.one_in(6) { 70 + chance.below(60) } else { chance.below(40) });
    let days = (end - of.published_on).num_days().max(1) as u64;
    let answer_at = if chance.one_in(10) { usize::MAX } else { 1 + chance.below(5) as usize };
    let answer = match chance.below(20) {
        0..=11 => "accepted",
        12..=16 => "accepted_in_part",
        _ => "declined",
    };
    let (mut declined, mut progress, mut promises) =
        (false, "not_started", Vec::<(String, NaiveDate)>::new());
    for number in 0..rows {
        let on = of.published_on + Days::new(days * (number as u64 + 1) / (rows as u64 + 1));
        let later = |chance: &mut Chance| Some(on + Days::new(30 + chance.below(120)));
        let line = if number == answer_at {
            declined = answer == "declined";
            let explained = answer != "accepted";
            let review_on = if answer == "accepted_in_part" { later(chance) } else { None };
            Line { kind: "response", value: answer.to_owned(), explained, review_on, ..Line::default() }
        } else if !declined && number > answer_at && chance.one_in(4) {
            let next = match (progress, chance.below(6)) {
                ("not_started", _) => "planned",
                ("planned", 0..=3) => "in_progress",
                ("planned", _) => "stalled",
                ("in_progress", 0..=2) => "stalled",
                ("in_progress", 3) => "done_in_part",
                ("in_progress", _) if number * 3 > rows * 2 => "done",
                ("stalled", 5) if number * 3 > rows * 2 => "stopped",
                ("stalled", 0..=2) => "in_progress",
                ("done_in_part", 0..=2) => "in_progress",
                (same, _) => same,
            };
            if next == progress && !matches!(next, "stalled" | "in_progress") {
                note(chance, number)
            } else {
                let again = next == progress;
                progress = next;
                let explained = again || matches!(next, "stalled" | "stopped");
                let outcome = matches!(next, "done" | "done_in_part");
                let review_on = if next == "stalled" { later(chance) } else { None };
                if next == "done" {
                    // Saying that it is done keeps what was promised about it.
                    promises.clear();
                }
                Line {
                    kind: "progress",
                    value: next.to_owned(),
                    explained,
                    outcome,
                    review_on,
                    ..Line::default()
                }
            }
        } else if !declined && number > answer_at && promises.is_empty() && chance.one_in(12) {
            let value = format!("{}, step {number}", chance.of(PROMISED));
            let due_on = on + Days::new(30 + chance.below(120));
            promises.push((value.clone(), due_on));
            Line { kind: "promise", value, due_on: Some(due_on), ..Line::default() }
        } else if !promises.is_empty() && chance.one_in(6) {
            let (value, due) = promises[0].clone();
            if chance.one_in(2) {
                promises.clear();
                Line { kind: "promise_kept", value, ..Line::default() }
            } else {
                let due_on = due.max(on) + Days::new(20 + chance.below(60));
                promises[0].1 = due_on;
                Line {
                    kind: "promise_moved",
                    value,
                    explained: true,
                    due_on: Some(due_on),
                    ..Line::default()
                }
            }
        } else {
            note(chance, number)
        };
        history.push((on, as_row(chance, &of.reference, on, &line)));
    }
}

fn note(chance: &mut Chance, number: usize) -> Line {
    let value = format!("{} This was step {number}.", chance.of(NOTES));
    Line { kind: "note", value, ..Line::default() }
}

fn as_row(chance: &mut Chance, reference: &str, on: NaiveDate, line: &Line) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (review_on, due_on) = (day(line.review_on), day(line.due_on));
    let (mut reason, mut explanation, mut tried, mut who, mut unblock, mut control) =
        ("", "", "", "", "", "");
    let (mut noticed, mut proof) = ("", "");
    if line.explained {
        (reason, explanation, who) = (chance.of(REASONS), chance.of(WHY), chance.of(WHO));
        (tried, unblock) = (chance.of(TRIED), chance.of(UNBLOCK));
        control = chance.of(&["yes", "partly", "no"]);
    }
    if line.outcome {
        (explanation, noticed) = (chance.of(CHANGED), chance.of(NOTICED));
        proof = "https://wennbridge.example/ways/report";
    }
    let Line { kind, value, .. } = line;
    format!(
        "{reference},{on},{kind},\"{value}\",{reason},\"{explanation}\",\"{tried}\",{who},\"{unblock}\",{control},\
         {review_on},{due_on},{noticed},{proof}\n"
    )
}
