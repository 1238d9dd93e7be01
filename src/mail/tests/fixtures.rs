//! A small record of a made-up town, and readers of it. Updates are composed by the domain from events, as in life.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe::London;
use serde_json::Value;

use crate::domain::event::{Event, Explanation, Fact, Outcome};
use crate::domain::picture::Picture;
use crate::domain::record::{self, Head};
use crate::domain::update::{self, Link, Reader, Update};
use crate::domain::words::{InOurControl, Progress, Reason, Response};
use crate::mail::{Next, Sender, UpdateMail, Way};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A record that is written day by day.
#[derive(Default)]
pub struct Book {
    events: Vec<Event>,
    days: Vec<NaiveDate>,
    head: Head,
}

impl Book {
    pub fn write(&mut self, on: &str, subject: &str, fact: Fact) -> i64 {
        let (kind, mut content) = fact.parts();
        content.insert("on".to_owned(), Value::from(on));
        content.insert("salt".to_owned(), Value::from(format!("{:032x}", self.events.len())));
        let at = DateTime::parse_from_rfc3339(&format!("{on}T12:00:00Z")).unwrap().to_utc();
        let event = record::append(&self.head, at, &kind, subject, content);
        self.head = Head { seq: event.seq, hash: event.hash.clone(), at: Some(event.at) };
        self.days.push(day(on));
        self.events.push(event);
        self.head.seq
    }

    pub fn ask(&mut self, on: &str, subject: &str, title: &str, text: &str, who: Option<&str>) {
        let due = day(on).checked_add_days(chrono::Days::new(120));
        let fact = Fact::RecommendationPublished {
            translations: Default::default(),
            title: title.to_owned(),
            text: text.to_owned(),
            audience: None,
            responsible: who.map(str::to_owned),
            response_due_on: due,
            target_on: None,
        };
        self.write(on, subject, fact);
    }

    /// The number of the last event by the end of a day.
    pub fn upto(&self, on: &str) -> i64 {
        self.days.iter().filter(|day| **day <= self::day(on)).count() as i64
    }

    pub fn compose(&self, reader: &Reader, on: &str) -> Update {
        let picture = Picture::draw(&self.events, self.upto(on), London, day(on)).unwrap();
        update::compose(&picture, reader)
    }

    /// Somebody with these links, told last on a day; never before, where it is `None`.
    pub fn reader(&self, links: &[&str], told_on: Option<&str>) -> Reader {
        let told = told_on.map_or(0, |on| self.upto(on));
        let link = |reference: &&str| Link {
            reference: (*reference).to_owned(),
            told_seq: told,
            maybe_seq: told,
            introduced: told_on.is_some(),
        };
        Reader {
            first: told_on.is_none(),
            told_seq: told,
            maybe_seq: told,
            last_told_on: told_on.map(day),
            links: links.iter().map(link).collect(),
            language: "en".to_owned(),
        }
    }
}

pub fn because(reason: Reason, what: &str) -> Explanation {
    Explanation { reason: Some(reason), what_happened: what.to_owned(), ..Explanation::default() }
}

pub fn progress(from: Progress, to: Progress, explanation: Option<Explanation>) -> Fact {
    Fact::Progress { progress: to, from, explanation, outcome: None }
}

pub fn response(response: Response, explanation: Option<Explanation>) -> Fact {
    Fact::Response { response, decided_by: None, explanation }
}

pub fn promise(words: &str, due_on: &str) -> Fact {
    Fact::Promise { promise: words.to_owned(), due_on: day(due_on), explanation: None }
}

pub const BUS: &str = "Run a late bus from the mill gate";
pub const LAMPS: &str = "Light the river path";
pub const LINE: &str = "Have a person answer when the bus does not come";
pub const WARM: &str = "Make a warm place to wait at the hospital gate";
pub const FREE: &str = "Make the bus free on the day of a clinic visit";

/// Fourteen months of a town.
pub fn town() -> Book {
    let mut book = Book::default();
    let buses = Some("Wenn Valley Buses");
    let start = "2025-03-10";
    book.write(start, "project", Fact::ProjectStarted { timezone: "Europe/London".to_owned() });
    let text = "Run a bus after ten at night from the mill gate through the town, so that people who work the \
                evening shift can ride home";
    book.ask(start, "R01", BUS, text, buses);
    let text = "Put up lamps along the river path from the footbridge to Mill Lane, shaded so that they do not shine \
                into homes";
    book.ask(start, "R02", LAMPS, text, Some("Wennbridge Town Council"));
    let text = "Open a phone line and a text number that a person answers until the last bus is home";
    book.ask(start, "R06", LINE, text, buses);
    let text = "Open a lit, heated room at the hospital gate for people who wait for a bus or a lift, all night long";
    book.ask(start, "R07", WARM, text, Some("Wenn County Hospital"));
    book.ask(start, "R04", FREE, "Let people ride free to the clinic and back", buses);
    book.write("2025-03-27", "R02", response(Response::Accepted, None));
    book.write("2025-04-08", "R01", response(Response::Accepted, None));
    book.write("2025-05-06", "R06", response(Response::Accepted, None));
    book.write("2025-05-13", "R02", progress(Progress::NotStarted, Progress::InProgress, None));
    book.write("2025-06-10", "R02", promise("Lamps along the river path", "2025-09-30"));
    let no = "The bus company looked at this and said no. Free rides would cost as much as the Sunday bus, and it \
              chose to keep the Sunday bus.";
    let no = Explanation {
        tried: Some("Counted the people who come by bus, and asked the county to share the cost".to_owned()),
        decided_by: Some("Board of Wenn Valley Buses".to_owned()),
        unblock: Some("Someone else pays for the rides".to_owned()),
        in_our_control: Some(InOurControl::Yes),
        ..because(Reason::ConsideredAndDisagreed, no)
    };
    book.write("2025-06-11", "R04", response(Response::Declined, Some(no)));
    book.write("2025-07-09", "R07", Fact::ResponseOverdue { due_on: day("2025-07-08") });
    let line = "A phone and text line that a person answers until the last bus is home";
    book.write("2025-07-10", "R06", promise(line, "2025-11-28"));
    let stuck = Explanation {
        tried: Some("Asked the drivers at both garages, and put up two job notices".to_owned()),
        decided_by: Some("Head of services, Wenn Valley Buses".to_owned()),
        unblock: Some("Two new drivers pass their test".to_owned()),
        in_our_control: Some(InOurControl::Partly),
        review_on: Some(day("2025-12-10")),
        ..because(
            Reason::StaffTime,
            "The late bus needs three drivers and only one has come forward. The bus company will not ask drivers to \
             do it on top of a full week.",
        )
    };
    book.write("2025-09-16", "R01", progress(Progress::NotStarted, Progress::Stalled, Some(stuck)));
    let moved = Explanation {
        tried: Some("Asked if the work could start at the Mill Lane end".to_owned()),
        decided_by: Some("Head of streets, Wennbridge Town Council".to_owned()),
        in_our_control: Some(InOurControl::No),
        ..because(
            Reason::LawOrPolicy,
            "Bats live under the footbridge. The law says that work there must wait until they have left for the \
             winter.",
        )
    };
    let moved = Fact::PromiseMoved {
        promise: "Lamps along the river path".to_owned(),
        due_on: day("2025-12-12"),
        from: day("2025-09-30"),
        explanation: moved,
    };
    book.write("2025-09-18", "R02", moved);
    let missed = Fact::PromiseMissed { promise: line.to_owned(), due_on: day("2025-11-28") };
    book.write("2025-11-29", "R06", missed);
    let kept = Fact::PromiseKept { promise: "Lamps along the river path".to_owned(), evidence_url: None };
    book.write("2025-12-09", "R02", kept);
    let lit = Outcome {
        what_changed:
            "The river path is lit from the footbridge to Mill Lane, from dusk until seven in the morning."
                .to_owned(),
        noticed_by: Some("Anyone who walks by the river after dark".to_owned()),
        evidence_url: Some("https://wennbridgecouncil.example/river-path".to_owned()),
        decided_by: Some("Head of streets, Wennbridge Town Council".to_owned()),
        ..Outcome::default()
    };
    let done = Fact::Progress {
        progress: Progress::Done,
        from: Progress::InProgress,
        explanation: None,
        outcome: Some(lit),
    };
    book.write("2025-12-09", "R02", done);
    book.write("2025-12-11", "R01", Fact::ReviewDatePassed { review_on: day("2025-12-10") });
    let late = Explanation {
        tried: Some("Asked the day office to answer in the evening, but their work ends at six".to_owned()),
        decided_by: Some("Customer care lead, Wenn Valley Buses".to_owned()),
        unblock: Some("One person is given the job and the hours to do it".to_owned()),
        in_our_control: Some(InOurControl::Yes),
        review_on: Some(day("2026-03-10")),
        ..because(
            Reason::OurOwnDelay,
            "The bus company did not start in time and did not say so. Nobody had been given the job of setting up \
             the line.",
        )
    };
    book.write("2026-01-13", "R06", progress(Progress::Planned, Progress::Stalled, Some(late)));
    let note = Fact::Note { words: "We rang the hospital and left word. Nobody has rung back.".to_owned() };
    book.write("2026-01-20", "R07", note);
    book
}

pub fn sender() -> Sender<'static> {
    Sender {
        sender_name: "Maren",
        contact_email: "maren@listeningtable.example",
        contact_phone: Some("+44 1632 960100"),
        organisation: "The Listening Table",
        project_title: "Getting There: buses, the clinic and the walk home in Wennbridge",
        support_contact: Some("The Wennbridge Night Line, 01632 960155, every night from eight"),
        concern_person: Some("Ruth, who looks after people's safety, ruth@listeningtable.example"),
        neutral_subjects: true,
        language: "en",
        titles: None,
    }
}

pub fn mail<'a>(update: &'a Update, next_on: &str) -> UpdateMail<'a> {
    UpdateMail {
        update,
        sender: sender(),
        greeting_name: Some("Sam"),
        period_on: update.day,
        next: Next::On(day(next_on)),
        way: Way::Mail(Some("https://updates.listeningtable.example/u/6f1c2a7e9b3d4f50a1b2c3d4e5f60718")),
        check_url: None,
    }
}
