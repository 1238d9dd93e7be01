//! The one property: for any interleaving of acts, imports, ticks, editions, late links, withdrawals, pauses, cadences,
//! failed and unknown deliveries, everybody who may be told is told every event that concerns them once where outcomes
//! are known, and never after they withdrew.
//!
//! The real system runs against a mail server that does to each person's mail what the case says. Beside it stands a
//! naive account of what each person must hear, which knows nothing of cursors: a list of events, and a set of those
//! that were told. What somebody was told is read from their messages: each event has a word of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate};
use hearback::actions::participants::{self, Deed};
use hearback::actions::{editions, outcomes, projects, tasks};
use hearback::domain::words::{Choice, HistoryKind, MessageKind, MessageState};
use hearback::mail::smtp::PhaseLimits;
use hearback::store::{self, message};
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, TestRunner};

use crate::harness::{Mailed, SLUG, Sheets, Trial, act, explained, variable};
use crate::smtp_server::{Phase, Reaction, SmtpServer};

const PEOPLE: [(&str, &str); 5] = [
    ("P01", "sam@people.example"),
    ("P02", "kit@people.example"),
    ("P03", "noor@people.example"),
    ("P04", "lee@people.example"),
    ("P05", "by letter"),
];
const LETTERS: usize = 4;
const STORIES: [(&str, usize); 6] =
    [("KTR7", 0), ("NDK3", 0), ("MWD2", 1), ("HVX5", 2), ("QLB9", 3), ("ZCN4", 4)];
const RECOMMENDATIONS: [&str; 3] = ["R1", "R2", "R3"];
/// What was asked for, in words that stand nowhere else.
const ASKED: [&str; 3] = ["Put lamps along the whole path", "Put a bench at each bend", "Run one late bus"];
/// (story, recommendation), each pair of a person and a recommendation at most once.
const LINKED_FIRST: [(usize, usize); 5] = [(0, 0), (1, 1), (2, 0), (3, 1), (5, 0)];
const LINKED_LATE: [(usize, usize); 6] = [(4, 0), (4, 2), (3, 2), (2, 1), (1, 2), (5, 2)];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mailbox {
    Good,
    /// 451 after the dot.
    Busy,
    /// 450 already at RCPT.
    Greylisted,
    /// 550 after the dot.
    Refusing,
    /// The line breaks after the dot, and the message is gone.
    LosesIt,
    /// The line breaks after the dot, and the message has arrived.
    TakesItInSilence,
}

#[derive(Clone, Copy, Debug)]
enum Say {
    Note,
    Accepted,
    AcceptedInPart,
    Declined,
    Planned,
    InProgress,
    Stalled,
    Done,
    Stopped,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// Days go by, with a tick on each first of a month and at the end.
    Days(u64),
    /// Nothing runs for these days; one late tick.
    Downtime(u64),
    /// 35 minutes and a tick: what waits may be tried again.
    Again,
    Record {
        recommendation: usize,
        say: Say,
    },
    LinkLate(usize),
    ImportAgain,
    WithdrawStory(usize),
    WithdrawAll {
        person: usize,
    },
    Pause {
        person: usize,
    },
    Resume {
        person: usize,
    },
    Stop {
        person: usize,
    },
    Cadence {
        person: usize,
        cadence: &'static str,
    },
    Quiet {
        person: usize,
        times: &'static str,
    },
    PauseProject,
    ResumeProject,
    HoldEdition,
    ReleaseEdition,
    Mailbox {
        person: usize,
        is: Mailbox,
    },
    RelayAway,
    RelayBack,
    /// An edition comes while the relay is away; a sender takes what is due and never comes back.
    SenderDies {
        while_sending: bool,
    },
    PostLetters,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let person = || 0..PEOPLE.len();
    let say = prop_oneof![
        3 => Just(Say::Note),
        1 => Just(Say::Accepted),
        2 => Just(Say::AcceptedInPart),
        1 => Just(Say::Declined),
        1 => Just(Say::Planned),
        2 => Just(Say::InProgress),
        3 => Just(Say::Stalled),
        2 => Just(Say::Done),
        1 => Just(Say::Stopped),
    ];
    let mailbox = prop_oneof![
        3 => Just(Mailbox::Good),
        1 => Just(Mailbox::Busy),
        1 => Just(Mailbox::Greylisted),
        1 => Just(Mailbox::Refusing),
        2 => Just(Mailbox::LosesIt),
        2 => Just(Mailbox::TakesItInSilence),
    ];
    let cadence = prop_oneof![Just("every"), Just("quarterly"), Just("yearly"), Just("when_done")];
    let quiet = prop_oneof![Just(""), Just("2026-04-20..2026-05-10"), Just("Sat; Sun")];
    let step = prop_oneof![
        6 => (1_u64..40).prop_map(Step::Days),
        2 => (20_u64..110).prop_map(Step::Downtime),
        3 => Just(Step::Again),
        7 => (0..RECOMMENDATIONS.len(), say)
            .prop_map(|(recommendation, say)| Step::Record { recommendation, say }),
        3 => (0..LINKED_LATE.len()).prop_map(Step::LinkLate),
        1 => Just(Step::ImportAgain),
        1 => (0..STORIES.len()).prop_map(Step::WithdrawStory),
        1 => person().prop_map(|person| Step::WithdrawAll { person }),
        2 => person().prop_map(|person| Step::Pause { person }),
        2 => person().prop_map(|person| Step::Resume { person }),
        1 => person().prop_map(|person| Step::Stop { person }),
        2 => (person(), cadence).prop_map(|(person, cadence)| Step::Cadence { person, cadence }),
        1 => (person(), quiet).prop_map(|(person, times)| Step::Quiet { person, times }),
        1 => Just(Step::PauseProject),
        1 => Just(Step::ResumeProject),
        1 => Just(Step::HoldEdition),
        1 => Just(Step::ReleaseEdition),
        4 => (person(), mailbox).prop_map(|(person, is)| Step::Mailbox { person, is }),
        1 => Just(Step::RelayAway),
        1 => Just(Step::RelayBack),
        2 => any::<bool>().prop_map(|while_sending| Step::SenderDies { while_sending }),
        2 => Just(Step::PostLetters),
    ];
    prop::collection::vec(step, 1..24)
}

/// An event that concerns those whose story backs its recommendation.
#[derive(Clone, Debug)]
struct Event {
    seq: i64,
    recommendation: usize,
    kind: String,
    /// Words that stand in a message only where this event is told.
    words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Active,
    Paused,
    Stopped,
    Withdrawn,
}

/// What one person must hear, kept as simply as can be.
#[derive(Debug)]
struct Person {
    state: State,
    stories: BTreeSet<usize>,
    told: BTreeSet<i64>,
    /// Recommendations of which they heard what was in force when their story was linked.
    introduced: BTreeSet<usize>,
    /// Events in a message whose outcome is not known, and which message that was.
    unsure: BTreeMap<i64, String>,
    /// Something of theirs may have been lost or marked out of sight.
    troubled: bool,
    withdrawals: usize,
    confirmations: BTreeSet<String>,
    mailbox: Mailbox,
}

struct World {
    t: Trial,
    server: SmtpServer,
    people: Vec<Person>,
    events: Vec<Event>,
    /// (story, recommendation) and the last event before the link was made.
    links: BTreeMap<(usize, usize), i64>,
    /// For each message the recommendations that were linked when it was composed.
    composed: BTreeMap<String, BTreeSet<usize>>,
    seen: usize,
    words: usize,
    said: BTreeSet<(usize, NaiveDate, String)>,
    project_runs: bool,
    relay_is_away: bool,
    sender_died: bool,
}

fn pack(links: &BTreeMap<(usize, usize), i64>) -> Sheets {
    let mut pack = Sheets::small();
    for line in ["P06,,,01632 960002,,phone,standard,every,,yes\n", "P07,,,,,none,standard,every,,yes\n"] {
        pack.swap("participants", line, "");
    }
    for line in [
        "FGJ8,P06,Ringing a friend all the way,audio,public_anonymous,code\n",
        "PYS3,P07,A child who will not cross,audio,public_anonymous,code\n",
    ] {
        pack.swap("stories", line, "");
    }
    pack.add("stories", "NDK3,P01,A second story,written,internal,code");
    pack.swap("project", "quiet_after_days,60", "quiet_after_days,3650");
    // Days of their own, so that each silence can be told from the others.
    pack.swap(
        "recommendations",
        "Put a bench at each bend,Town council,2026-02-01,2026-05-01",
        "Put a bench at each bend,Town council,2026-02-01,2026-05-02",
    );
    pack.swap(
        "recommendations",
        "Run one late bus,Bus company,2026-02-01,2026-05-01",
        "Run one late bus,Bus company,2026-02-01,2026-05-03",
    );
    let mut rows = "recommendation,story,direction,why\n".to_owned();
    for (story, recommendation) in links.keys() {
        rows += &format!("{},{},supports,\n", RECOMMENDATIONS[*recommendation], STORIES[*story].0);
    }
    pack.put("evidence", &rows);
    pack
}

impl World {
    async fn begin() -> Self {
        let server = SmtpServer::start().await;
        let limit = Duration::from_secs(20);
        let limits =
            PhaseLimits { connect: limit, greeting: limit, command: limit, data: limit, after_dot: limit };
        let t = Trial::new().await.through(&server.url(), limits);
        let links = LINKED_FIRST.iter().map(|link| (*link, 0)).collect();
        t.bring_in(&pack(&links)).await;
        let people = (0..PEOPLE.len())
            .map(|person| Person {
                state: State::Active,
                stories: (0..STORIES.len()).filter(|story| STORIES[*story].1 == person).collect(),
                told: BTreeSet::new(),
                introduced: BTreeSet::new(),
                unsure: BTreeMap::new(),
                troubled: false,
                withdrawals: 0,
                confirmations: BTreeSet::new(),
                mailbox: Mailbox::Good,
            })
            .collect();
        let mut world = World {
            t,
            server,
            people,
            events: Vec::new(),
            links,
            composed: BTreeMap::new(),
            seen: 0,
            words: 0,
            said: BTreeSet::new(),
            project_runs: true,
            relay_is_away: false,
            sender_died: false,
        };
        world.read_record().await;
        world
    }

    async fn read_record(&mut self) {
        let known = self.events.last().map_or(0, |event| event.seq);
        for line in self.t.events().await {
            let Some(recommendation) = RECOMMENDATIONS.iter().position(|name| *name == line.subject) else {
                continue;
            };
            if line.seq <= known {
                continue;
            }
            let content = serde_json::to_string(&line.content).expect("content");
            let words = match line.kind.as_str() {
                "recommendation_published" => ASKED[recommendation].to_owned(),
                "response_overdue" => {
                    format!("was due by {} May 2026. The day passed", recommendation + 1)
                }
                "explanation_stale" => continue,
                _ => {
                    let from = content.find("zq").unwrap_or_else(|| panic!("{}: {content}", line.kind));
                    content[from..from + 6].to_owned()
                }
            };
            self.events.push(Event { seq: line.seq, recommendation, kind: line.kind, words });
        }
    }

    fn links_of(&self, person: usize) -> BTreeSet<usize> {
        let theirs = &self.people[person].stories;
        self.links.keys().filter(|(story, _)| theirs.contains(story)).map(|(_, about)| *about).collect()
    }

    /// What is in force about a recommendation by an event: what was asked, the last answer, the last of the work.
    fn in_force(&self, recommendation: usize, upto: i64) -> BTreeSet<i64> {
        let mut last: BTreeMap<&str, i64> = BTreeMap::new();
        for event in
            self.events.iter().filter(|event| event.recommendation == recommendation && event.seq <= upto)
        {
            if ["recommendation_published", "response", "progress"].contains(&event.kind.as_str()) {
                last.insert(&event.kind, event.seq);
            }
        }
        last.into_values().collect()
    }

    /// What a person must hear by an event, about these recommendations.
    fn owed(&self, person: usize, about: &BTreeSet<usize>, upto: i64) -> BTreeSet<i64> {
        let who = &self.people[person];
        let mut owed = BTreeSet::new();
        for ((story, recommendation), since) in &self.links {
            if !who.stories.contains(story) || !about.contains(recommendation) {
                continue;
            }
            let theirs = self.events.iter().filter(|event| event.recommendation == *recommendation);
            owed.extend(
                theirs.filter(|event| event.seq > *since && event.seq <= upto).map(|event| event.seq),
            );
            if !who.introduced.contains(recommendation) {
                owed.extend(self.in_force(*recommendation, upto));
            }
        }
        owed.retain(|seq| !who.told.contains(seq));
        owed
    }

    fn script(&self) {
        self.server.clear();
        for (person, (_, address)) in self.people.iter().zip(PEOPLE) {
            let (phase, reaction) = match person.mailbox {
                Mailbox::Good => continue,
                Mailbox::Busy => (Phase::Dot, Reaction::Code(451)),
                Mailbox::Greylisted => (Phase::Rcpt, Reaction::Code(450)),
                Mailbox::Refusing => (Phase::Dot, Reaction::Code(550)),
                Mailbox::LosesIt => (Phase::Dot, Reaction::Cut),
                Mailbox::TakesItInSilence => (Phase::Dot, Reaction::CutAfterTaking),
            };
            self.server.for_recipient(address, phase, reaction);
        }
        if self.relay_is_away {
            self.server.always(Phase::Greeting, Reaction::Code(421));
        }
    }

    async fn tick(&mut self) {
        for person in self.people.iter_mut().filter(|person| person.mailbox == Mailbox::LosesIt) {
            person.troubled = true;
        }
        self.t.tick().await;
        self.read_record().await;
        for row in message::all(&self.t.app().db.reader).await.expect("messages") {
            if row.kind == MessageKind::Update && !self.composed.contains_key(&row.message_id) {
                let mut person = None;
                for (n, (reference, _)) in PEOPLE.iter().enumerate() {
                    if self.t.person(reference).await.id == row.participant_id {
                        person = Some(n);
                    }
                }
                let links = self.links_of(person.expect("a person of the pack"));
                self.composed.insert(row.message_id, links);
            }
        }
        self.listen();
    }

    /// Reads what has arrived since.
    fn listen(&mut self) {
        let arrived = self.server.accepted();
        for message in &arrived[self.seen..] {
            let person = PEOPLE
                .iter()
                .position(|(_, address)| *address == message.to)
                .unwrap_or_else(|| panic!("a message to a stranger: {}", message.to));
            let mail = Mailed::read(&message.data);
            let known = self.people[person].mailbox == Mailbox::Good;
            if mail.subject.starts_with("From ") {
                self.confirmed(person, &mail.message_id);
            } else {
                self.told(person, &mail.message_id, &mail.text, known);
            }
        }
        self.seen = arrived.len();
    }

    fn confirmed(&mut self, person: usize, message_id: &str) {
        let who = &mut self.people[person];
        let reference = PEOPLE[person].0;
        assert_ne!(who.state, State::Stopped, "{reference} stopped and gets a confirmation");
        who.confirmations.insert(message_id.to_owned());
        assert!(who.confirmations.len() <= who.withdrawals, "{reference} gets a confirmation of nothing");
    }

    /// Somebody reads an update: it holds exactly what they are owed by the event that it names.
    fn told(&mut self, person: usize, message_id: &str, text: &str, known: bool) {
        let reference = PEOPLE[person].0;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let who = &self.people[person];
        assert_eq!(who.state, State::Active, "{reference} gets an update:\n{text}");
        assert!(self.project_runs, "{reference} gets an update while the project is paused");
        let upto = number_after(&text, "Record up to event ");
        let now = self.links_of(person);
        let then = self.composed.get(message_id).unwrap_or_else(|| panic!("{message_id} was not composed"));
        let about: BTreeSet<usize> = then.intersection(&now).copied().collect();
        let owed = self.owed(person, &about, upto);
        let heard: BTreeSet<i64> =
            self.events.iter().filter(|event| text.contains(&event.words)).map(|event| event.seq).collect();
        assert_eq!(
            heard, owed,
            "{reference} hears, and must hear, up to event {upto}; the events: {:#?}\n{text}",
            self.events
        );
        for event in self.events.iter().filter(|event| heard.contains(&event.seq)) {
            assert_eq!(
                text.matches(&event.words).count(),
                1,
                "{reference} hears {} twice in one",
                event.words
            );
            let elsewhere = who.unsure.get(&event.seq).is_some_and(|other| other != message_id);
            if elsewhere {
                let at = text.find(&event.words).expect("it was found before");
                let before: String =
                    text[..at].chars().rev().take(250).collect::<Vec<_>>().into_iter().rev().collect();
                assert!(
                    before.contains("You may have read this already."),
                    "{reference} may have read {} and is not told so:\n{text}",
                    event.words
                );
            }
        }
        if !who.troubled && who.unsure.is_empty() {
            assert!(!text.contains("You may have read this already."), "{reference} can not:\n{text}");
        }
        let who = &mut self.people[person];
        if known {
            who.told.extend(&heard);
            who.introduced.extend(about);
            who.unsure.retain(|seq, _| !heard.contains(seq));
        } else {
            for seq in heard {
                who.unsure.entry(seq).or_insert_with(|| message_id.to_owned());
            }
        }
    }

    async fn post_letters(&mut self) {
        let app = self.t.app();
        for task in tasks::list(&app).await.expect("tasks").tasks {
            if task.state != MessageState::Task {
                continue;
            }
            let person = PEOPLE.iter().position(|(name, _)| *name == task.participant).expect("a person");
            assert_eq!(person, LETTERS, "only one person gets letters");
            let row = message::find(&app.db.reader, task.id).await.expect("a query").expect("the message");
            if task.kind == MessageKind::Withdrawn {
                self.confirmed(person, &row.message_id);
            } else if self.project_runs {
                let letter = tasks::show(&app, task.id, "posting the letter").await.expect("a letter");
                self.told(person, &row.message_id, &letter.text, true);
            } else {
                continue;
            }
            tasks::done(&app, task.id, "Robin", None).await.expect("posted");
        }
    }

    /// Time moves to a day, at eleven; ticks on each first of a month where `ticking`, and at the end.
    async fn days(&mut self, days: u64, ticking: bool) {
        let clock = self.t.app().clock.clone();
        for n in 1..=days {
            let day = (clock.now() + Days::new(1)).date_naive();
            clock.advance_to(day.and_hms_opt(11, 0, 0).expect("eleven").and_utc());
            if n == days || (ticking && day.day() == 1) {
                self.tick().await;
            }
        }
    }

    async fn again(&mut self, minutes: i64) {
        self.t.app().clock.advance(chrono::Duration::minutes(minutes));
        self.tick().await;
    }

    /// People's acts wait for a sender until its lease ends; here nobody wants to wait for that in real time.
    async fn until_nobody_sends(&mut self) {
        if std::mem::take(&mut self.sender_died) {
            self.again(41).await;
        }
    }

    async fn deed(&mut self, person: usize, deed: Deed) -> bool {
        self.until_nobody_sends().await;
        participants::act(&self.t.app(), SLUG, PEOPLE[person].0, &deed).await.is_ok()
    }

    async fn take(&mut self, step: Step) {
        let app = self.t.app();
        match step {
            Step::Days(days) => self.days(days, true).await,
            Step::Downtime(days) => self.days(days, false).await,
            Step::Again => self.again(35).await,
            Step::Record { recommendation, say } => self.record(recommendation, say).await,
            Step::LinkLate(which) => {
                let (story, recommendation) = LINKED_LATE[which];
                if self.people[STORIES[story].1].stories.contains(&story) {
                    let head = self.t.events().await.last().map_or(0, |event| event.seq);
                    self.links.entry((story, recommendation)).or_insert(head);
                }
                let report = self.t.import(&pack(&self.links)).await;
                assert!(report.errors.is_empty(), "{:?}", report.errors);
            }
            Step::ImportAgain => {
                let report = self.t.import(&pack(&self.links)).await;
                assert!(report.errors.is_empty(), "{:?}", report.errors);
            }
            Step::WithdrawStory(story) => {
                let person = STORIES[story].1;
                if self.deed(person, Deed::Withdraw(Some(STORIES[story].0.to_owned()))).await {
                    self.withdrawn(person, &[story]);
                }
            }
            Step::WithdrawAll { person } => {
                if self.deed(person, Deed::Withdraw(None)).await {
                    let all: Vec<usize> = self.people[person].stories.iter().copied().collect();
                    self.withdrawn(person, &all);
                }
            }
            Step::Pause { person } => {
                if self.deed(person, Deed::Pause).await && self.people[person].state == State::Active {
                    self.people[person].state = State::Paused;
                }
            }
            Step::Resume { person } => {
                if self.deed(person, Deed::Resume).await && self.people[person].state != State::Withdrawn {
                    self.people[person].state = State::Active;
                }
            }
            Step::Stop { person } => {
                if self.deed(person, Deed::Stop).await && self.people[person].state != State::Withdrawn {
                    self.people[person].state = State::Stopped;
                }
            }
            Step::Cadence { person, cadence } => {
                self.deed(person, Deed::Choose(Choice::Cadence, cadence.to_owned())).await;
            }
            Step::Quiet { person, times } => {
                self.deed(person, Deed::Choose(Choice::QuietTimes, times.to_owned())).await;
            }
            Step::PauseProject => {
                if projects::pause(&app, SLUG, "The hall has burned down").await.is_ok() {
                    self.project_runs = false;
                }
            }
            Step::ResumeProject => {
                if projects::resume(&app, SLUG).await.is_ok() {
                    self.project_runs = true;
                }
            }
            Step::HoldEdition => {
                let _ = editions::hold(&app, SLUG, "Something must be checked first").await;
            }
            Step::ReleaseEdition => {
                let _ = editions::release(&app, SLUG).await;
            }
            Step::Mailbox { person, is } => {
                self.people[person].mailbox = if person == LETTERS { Mailbox::Good } else { is };
                self.script();
            }
            Step::RelayAway => {
                self.relay_is_away = true;
                self.script();
            }
            Step::RelayBack => {
                self.relay_is_away = false;
                self.script();
            }
            Step::SenderDies { while_sending } => {
                // So that there is something to take: an edition comes while the relay is away.
                let away = std::mem::replace(&mut self.relay_is_away, true);
                self.script();
                self.days(31, true).await;
                self.relay_is_away = away;
                self.script();
                app.clock.advance(chrono::Duration::minutes(2));
                let now = app.clock.now();
                let tx = store::begin(&app.db).await.expect("a transaction");
                let rows = message::claim(&tx, "a sender that dies", now, 50).await.expect("claimed");
                if while_sending {
                    message::set_sending(&tx, &rows.iter().collect::<Vec<_>>(), now).await.expect("marked");
                }
                tx.commit().await.expect("committed");
                if !rows.is_empty() {
                    self.sender_died = true;
                    self.people.iter_mut().for_each(|person| person.troubled = true);
                }
            }
            Step::PostLetters => self.post_letters().await,
        }
    }

    fn withdrawn(&mut self, person: usize, stories: &[usize]) {
        let who = &mut self.people[person];
        if who.state == State::Withdrawn {
            return;
        }
        who.withdrawals += 1;
        who.stories.retain(|story| !stories.contains(story));
        if who.stories.is_empty() {
            who.state = State::Withdrawn;
        }
    }

    async fn record(&mut self, recommendation: usize, say: Say) {
        let app = self.t.app();
        let today = app.clock.now().date_naive();
        self.words += 1;
        let words = format!("zq{:04}", self.words);
        let (kind, value) = match say {
            Say::Note => (HistoryKind::Note, words.as_str()),
            Say::Accepted => (HistoryKind::Response, "accepted"),
            Say::AcceptedInPart => (HistoryKind::Response, "accepted_in_part"),
            Say::Declined => (HistoryKind::Response, "declined"),
            Say::Planned => (HistoryKind::Progress, "planned"),
            Say::InProgress => (HistoryKind::Progress, "in_progress"),
            Say::Stalled => (HistoryKind::Progress, "stalled"),
            Say::Done => (HistoryKind::Progress, "done"),
            Say::Stopped => (HistoryKind::Progress, "stopped"),
        };
        // The same on the same day would be a correction.
        if !self.said.insert((recommendation, today, value.to_owned())) {
            return;
        }
        let mut said = act(RECOMMENDATIONS[recommendation], &today.to_string(), kind, value);
        match say {
            Say::Note => {}
            Say::Stalled => said = explained(said, &words, "2033-01-01"),
            _ => said = explained(said, &words, ""),
        }
        // What cannot follow is refused, and nothing has happened.
        if outcomes::record_outcome(&app, SLUG, said).await.is_ok() {
            self.read_record().await;
        }
    }

    /// Everything works again, for long enough that everybody's turn comes; then nothing may be owed to anybody.
    async fn end(&mut self) {
        self.people.iter_mut().for_each(|person| person.mailbox = Mailbox::Good);
        self.take(Step::RelayBack).await;
        self.until_nobody_sends().await;
        self.take(Step::ResumeProject).await;
        self.take(Step::ReleaseEdition).await;
        for person in 0..PEOPLE.len() {
            if self.people[person].state == State::Paused {
                self.take(Step::Resume { person }).await;
            }
        }
        let upto = self.events.last().map_or(0, |event| event.seq);
        for _ in 0..14 {
            self.days(31, true).await;
            self.again(35).await;
            self.post_letters().await;
        }
        for (person, (reference, _)) in PEOPLE.iter().enumerate() {
            if self.people[person].state == State::Active {
                let owed = self.owed(person, &self.links_of(person), upto);
                assert!(owed.is_empty(), "{reference} was never told {owed:?} of {:#?}", self.events);
            }
        }
    }
}

fn number_after(text: &str, words: &str) -> i64 {
    let from = text.find(words).unwrap_or_else(|| panic!("no {words:?} in:\n{text}")) + words.len();
    let digits: String = text[from..].chars().take_while(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}

async fn play(steps: Vec<Step>) {
    let mut world = World::begin().await;
    for step in steps {
        world.take(step).await;
    }
    world.end().await;
}

fn run(steps: Vec<Step>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(play(steps));
}

#[test]
fn everybody_is_told_everything_that_concerns_them_once_and_nothing_after_they_withdrew() {
    let cases = variable("PROPTEST_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(40);
    let config = ProptestConfig {
        cases,
        max_shrink_iters: 400,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/it/model.regressions"))),
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&steps(), |steps| {
        let shown = format!("{steps:?}");
        std::panic::catch_unwind(|| run(steps)).map_err(|why| {
            let why = why
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| why.downcast_ref::<&str>().map(|why| (*why).to_owned()))
                .unwrap_or_else(|| shown.clone());
            TestCaseError::fail(why)
        })
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn whoever_is_linked_after_a_cut_off_that_reaches_them_late_hears_nothing_older() {
    run(vec![
        Step::SenderDies { while_sending: false },
        Step::Downtime(30),
        Step::Record { recommendation: 2, say: Say::Note },
        Step::LinkLate(1),
    ]);
}
