use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::event::{Event, Explanation, Outcome};
use super::super::record::{Head as RecordHead, append};
use super::super::words::{InOurControl, Progress, Reason, Response};
use super::*;

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + chrono::Days::new(n)
}

/// A record that is written day by day.
#[derive(Default)]
struct Tale {
    head: RecordHead,
    events: Vec<Event>,
}

impl Tale {
    fn tell(&mut self, on: u64, subject: &str, fact: &Fact) -> i64 {
        let (kind, mut content) = fact.parts();
        content.insert("on".to_owned(), json!(day(on).to_string()));
        self.append(on, &kind, subject, content)
    }

    fn append(&mut self, on: u64, kind: &str, subject: &str, content: Map<String, Value>) -> i64 {
        let at = day(on).and_hms_opt(9, 0, 0).expect("a time").and_utc();
        let event = append(&self.head, at, kind, subject, content);
        self.head = RecordHead { seq: event.seq, hash: event.hash.clone(), at: Some(at) };
        self.events.push(event);
        self.head.seq
    }

    fn picture(&self, on: u64) -> Picture {
        Picture::draw(&self.events, self.head.seq, chrono_tz::UTC, day(on)).expect("a picture")
    }
}

fn publish(title: &str) -> Fact {
    Fact::RecommendationPublished {
        translations: Default::default(),
        title: title.to_owned(),
        text: format!("{title}, in full"),
        audience: None,
        responsible: Some("The town".to_owned()),
        response_due_on: None,
        target_on: None,
    }
}

fn explained(what: &str) -> Option<Explanation> {
    Some(Explanation {
        reason: Some(Reason::Money),
        what_happened: what.to_owned(),
        in_our_control: Some(InOurControl::No),
        review_on: Some(day(300)),
        ..Explanation::default()
    })
}

fn stall(what: &str) -> Fact {
    Fact::Progress {
        progress: Progress::Stalled,
        from: Progress::NotStarted,
        explanation: explained(what),
        outcome: None,
    }
}

fn done(what: &str) -> Fact {
    let outcome = Some(Outcome { what_changed: what.to_owned(), ..Outcome::default() });
    Fact::Progress { progress: Progress::Done, from: Progress::Stalled, explanation: None, outcome }
}

fn linked(reference: &str, told_seq: i64) -> Reader {
    let link = Link { reference: reference.to_owned(), told_seq, maybe_seq: 0, introduced: true };
    Reader { told_seq, links: vec![link], ..Reader::default() }
}

fn seqs(items: &[Arc<Item>]) -> Vec<i64> {
    items.iter().flat_map(|item| &item.told).map(|told| told.seq).collect()
}

#[test]
fn a_stall_is_told_in_full_once_and_is_never_dropped_afterwards() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let told = tale.tell(5, "R1", &stall("No money."));
    let first = compose(&tale.picture(30), &linked("R1", 0));
    assert_eq!((seqs(&first.stuck), first.still_stuck.len(), first.in_short.stuck), (vec![told], 0, 1));
    let second = compose(&tale.picture(60), &linked("R1", told));
    assert!(second.stuck.is_empty());
    assert_eq!(second.still_stuck[0].days, 55);
    assert_eq!((second.in_short.stuck, second.is_without_news()), (1, true));
}

#[test]
fn two_explanations_since_the_last_time_are_both_told_in_order() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let one = tale.tell(5, "R1", &stall("No money."));
    let two = tale.tell(9, "R1", &stall("Still no money."));
    assert_eq!(seqs(&compose(&tale.picture(30), &linked("R1", 1)).stuck), vec![one, two]);
}

#[test]
fn somebody_linked_late_gets_what_is_in_force_and_not_older_history() {
    let mut tale = Tale::default();
    let published = tale.tell(0, "R1", &publish("Lamps"));
    tale.tell(5, "R1", &stall("The first reason."));
    let current = tale.tell(9, "R1", &stall("The second reason."));
    let link = Link { reference: "R1".to_owned(), told_seq: current, maybe_seq: 0, introduced: false };
    let reader = Reader { told_seq: current, links: vec![link], ..Reader::default() };
    let update = compose(&tale.picture(30), &reader);
    assert_eq!((seqs(&update.asked), seqs(&update.stuck)), (vec![published], vec![current]));
}

#[test]
fn elsewhere_is_one_line_each_with_the_reason_and_no_words_of_the_explanation() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    tale.tell(0, "R2", &publish("Benches"));
    tale.tell(5, "R2", &stall("No money."));
    let update = compose(&tale.picture(30), &linked("R1", 1));
    assert_eq!(update.elsewhere.len(), 1);
    assert_eq!((update.elsewhere[0].reason, update.elsewhere[0].news), (Some(Reason::Money), true));
    assert!(update.stuck.is_empty());
}

#[test]
fn a_correction_is_told_to_those_who_read_the_old_words_and_to_others_only_as_the_new_words() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let wrong = tale.tell(5, "R1", &stall("The first words."));
    let fields = json!({"explanation": {"reason": "money", "what_happened": "The right words.", "review_on": "2026-10-28"}});
    let Value::Object(fields) = fields else { panic!("an object") };
    let corrected = tale.tell(9, "R1", &Fact::Correction { corrects: wrong, fields });
    let words = |update: &Update| {
        update.stuck[0]
            .told
            .iter()
            .map(|told| (told.seq, told.corrects, told.fact.explanation().map(|e| e.what_happened.clone())))
            .collect::<Vec<_>>()
    };
    let right = Some("The right words.".to_owned());
    assert_eq!(
        words(&compose(&tale.picture(30), &linked("R1", wrong))),
        vec![(corrected, true, right.clone())]
    );
    assert_eq!(words(&compose(&tale.picture(30), &linked("R1", 1))), vec![(wrong, false, right)]);
}

#[test]
fn a_translation_that_is_added_is_told_to_nobody_but_those_who_read_its_language() {
    let correction = |of: i64, what: &str, translations: Value| {
        let explanation = json!({"reason": "money", "what_happened": what, "in_our_control": "no", "review_on": day(300).to_string(), "translations": translations});
        let Value::Object(fields) = json!({"explanation": explanation}) else { panic!("an object") };
        Fact::Correction { corrects: of, fields }
    };
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let stalled = tale.tell(5, "R1", &stall("No money."));
    let welsh = json!({"cy": {"what_happened": "Dim arian."}});
    let added = tale.tell(9, "R1", &correction(stalled, "No money.", welsh.clone()));
    let told = |tale: &Tale, language: &str, told_seq: i64| {
        let reader = Reader { language: language.to_owned(), ..linked("R1", told_seq) };
        compose(&tale.picture(30), &reader)
    };
    for language in ["en", "ur", ""] {
        let update = told(&tale, language, stalled);
        assert!(update.is_without_news() && update.still_stuck.len() == 1, "{language}: {update:?}");
    }
    for language in ["cy", "cy-GB"] {
        assert_eq!(seqs(&told(&tale, language, stalled).stuck), [added]);
        assert!(told(&tale, language, added).is_without_news(), "once");
    }
    // Who composes for many gets each their own.
    let (mut composer, picture) = (Composer::default(), tale.picture(30));
    for (language, news) in [("en", false), ("cy", true), ("en", false)] {
        let reader = Reader { language: language.to_owned(), ..linked("R1", stalled) };
        assert_eq!(!composer.compose(&picture, &reader).is_without_news(), news, "{language}");
    }
    // Elsewhere nothing is said that could be translated.
    let elsewhere = Reader { told_seq: stalled, language: "cy".to_owned(), ..Reader::default() };
    let line = &compose(&tale.picture(30), &elsewhere).elsewhere[0];
    assert!(!line.news && line.briefs.is_empty(), "{line:?}");
    // Words that were put right before are told although a translation came after them.
    let right = tale.tell(10, "R1", &correction(stalled, "Little money.", welsh));
    let both = json!({"cy": {"what_happened": "Dim arian."}, "ur": {"what_happened": "تھوڑے پیسے۔"}});
    let last = tale.tell(11, "R1", &correction(stalled, "Little money.", both));
    assert_eq!(seqs(&told(&tale, "en", stalled).stuck), [right]);
    assert_eq!(seqs(&told(&tale, "ur", stalled).stuck), [last]);
}

#[test]
fn redacted_words_are_gone_from_an_update_that_was_composed_before() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let gone = tale.tell(5, "R1", &stall("A name that must go."));
    let cutoff = tale.head.seq;
    let keeps = super::super::event::without_words(tale.events[1].content.as_ref().expect("content"));
    tale.events[1].content = None;
    tale.tell(6, "R1", &Fact::Redaction { redacts: gone, why: "A court order".to_owned(), keeps });
    let picture = Picture::draw(&tale.events, cutoff, chrono_tz::UTC, day(30)).expect("a picture");
    let update = compose(&picture, &linked("R1", 1));
    assert!(!format!("{update:?}").contains("A name that must go"));
    assert_eq!(update.stuck[0].told[0].seq, gone);
}

#[test]
fn a_silence_of_the_clock_is_told_with_the_title_of_its_recommendation() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    tale.tell(60, "R1", &Fact::GoneQuiet { since: day(0), days: 60 });
    let update = compose(&tale.picture(61), &linked("R1", 1));
    assert_eq!((update.silent[0].title.as_str(), update.in_short.silent), ("Lamps", 1));
}

fn work(from: Progress, to: Progress) -> Fact {
    Fact::Progress { progress: to, from, explanation: None, outcome: None }
}

#[test]
fn a_line_elsewhere_says_every_kind_of_news_once_and_in_order() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let stalled = tale.tell(5, "R1", &stall("No money."));
    let promise = "Two lamps".to_owned();
    let facts = [
        Fact::ReviewDatePassed { review_on: day(8) },
        Fact::GoneQuiet { since: day(5), days: 60 },
        Fact::ExplanationStale { of: stalled, days: 90 },
        Fact::Response { response: Response::AcceptedInPart, decided_by: None, explanation: None },
        Fact::Promise { promise: promise.clone(), due_on: day(90), explanation: None },
        Fact::PromiseKept { promise, evidence_url: None },
        Fact::Note { words: "One".to_owned() },
        Fact::Note { words: "Two".to_owned() },
        Fact::RecommendationChanged { fields: [("title".to_owned(), "Lights".to_owned())].into() },
        Fact::Correction { corrects: stalled, fields: Map::new() },
        Fact::Target { target_on: day(200), from: None, explanation: None },
        work(Progress::Stalled, Progress::Stalled),
    ];
    for (on, fact) in (9..).zip(&facts) {
        tale.tell(on, "R1", fact);
    }
    let reader = Reader { told_seq: stalled, ..Reader::default() };
    let said = [
        Brief::ReviewPassed(day(8)),
        Brief::ExplanationOld,
        Brief::Answer(Response::AcceptedInPart),
        Brief::PromiseMade,
        Brief::PromiseKept,
        Brief::Note,
        Brief::Reworded,
        Brief::Correction,
        Brief::Target(day(200)),
        Brief::Again(day(20)),
    ];
    assert_eq!(compose(&tale.picture(30), &reader).elsewhere[0].briefs, said);
    // Each alone has something to say, so that no line is counted as news and tells none.
    for fact in &facts {
        let seq = tale.head.seq;
        tale.tell(30, "R1", fact);
        let update = compose(&tale.picture(30), &Reader { told_seq: seq, ..Reader::default() });
        assert!(!update.elsewhere[0].briefs.is_empty(), "{fact:?}");
    }
}

#[test]
fn a_stall_that_is_over_is_told_once_as_over_and_nobody_is_called_stuck() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let stalled = tale.tell(5, "R1", &stall("No money."));
    let again = tale.tell(9, "R1", &work(Progress::Stalled, Progress::InProgress));
    let update = compose(&tale.picture(30), &linked("R1", 1));
    assert_eq!((update.in_short.stuck, update.in_short.changed), (0, 1));
    assert_eq!((seqs(&update.changed), update.stuck.len()), (vec![stalled, again], 0));
    assert_eq!(update.changed[0].told.iter().map(|told| told.over).collect::<Vec<_>>(), [true, false]);
    let fields = json!({"explanation": {"reason": "money", "what_happened": "Little money."}});
    let Value::Object(fields) = fields else { panic!("an object") };
    tale.tell(31, "R1", &Fact::Correction { corrects: stalled, fields });
    let later = compose(&tale.picture(60), &linked("R1", again));
    assert_eq!((later.in_short.stuck, later.stuck.len(), later.still_stuck.len()), (0, 0, 0));
    assert!(later.changed[0].told[0].over && later.changed[0].told[0].corrects);
    // Stuck once more: the old stall is over, the new one is not.
    let stuck = tale.tell(61, "R1", &stall("No money again."));
    let third = compose(&tale.picture(70), &linked("R1", 1));
    assert_eq!((seqs(&third.stuck), third.in_short.stuck), (vec![stuck], 1));
}

#[test]
fn a_promise_that_is_kept_because_all_is_done_is_told_as_kept() {
    let mut tale = Tale::default();
    tale.tell(0, "R1", &publish("Lamps"));
    let promise =
        |words: &str| Fact::Promise { promise: words.to_owned(), due_on: day(90), explanation: None };
    tale.tell(2, "R1", &promise("Two lamps"));
    tale.tell(3, "R1", &promise("Four lamps"));
    let kept = Fact::PromiseKept { promise: "Two lamps".to_owned(), evidence_url: None };
    let told = tale.tell(4, "R1", &kept);
    let done = tale.tell(9, "R1", &done("They shine."));
    let update = compose(&tale.picture(30), &linked("R1", told));
    assert_eq!((seqs(&update.changed), seqs(&update.promises)), (vec![done], vec![done]));
    let kept = Fact::PromiseKept { promise: "Four lamps".to_owned(), evidence_url: None };
    assert_eq!(update.promises[0].told[0].fact, kept);
    assert!(compose(&tale.picture(60), &linked("R1", done)).promises.is_empty());
}

/// What happens to one reader's messages, for the property below.
#[derive(Clone, Debug)]
enum Step {
    Event(usize, u8),
    Link(usize),
    Edition(Delivery),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Delivery {
    Accepted,
    Failed,
    Unknown,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let delivery = prop_oneof![Just(Delivery::Accepted), Just(Delivery::Failed), Just(Delivery::Unknown)];
    prop::collection::vec(
        prop_oneof![
            (0_usize..3, 0_u8..4).prop_map(|(which, kind)| Step::Event(which, kind)),
            (0_usize..3).prop_map(Step::Link),
            delivery.prop_map(Step::Edition),
        ],
        1..30,
    )
}

proptest! {
    /// Against a naive second telling of the same story: a reader hears of every event that concerns them once, where
    /// the outcomes are known; what may have been told comes again, marked; nothing is told that does not concern them.
    #[test]
    fn every_event_is_told_once_whatever_happens_to_the_messages(steps in steps()) {
        let refs = ["R1", "R2", "R3"];
        let mut tale = Tale::default();
        for reference in refs {
            tale.tell(0, reference, &publish(reference));
        }
        let mut reader = Reader { links: Vec::new(), ..Reader::default() };
        // The naive one keeps, for each event number, whether it still has to be told and whether it may have been.
        let mut naive: BTreeMap<i64, (bool, bool)> = BTreeMap::new();
        let mut linked: Vec<&str> = Vec::new();
        let mut of: BTreeMap<i64, &str> = (1..=3).map(|seq| (seq, refs[usize::try_from(seq - 1).unwrap_or(0)])).collect();
        let mut on = 1;
        for step in steps {
            on += 1;
            match step {
                Step::Event(which, kind) => {
                    let fact = match kind {
                        0 => stall("words"),
                        1 => done("words"),
                        2 => Fact::Note { words: "words".to_owned() },
                        _ => Fact::GoneQuiet { since: day(on), days: 60 },
                    };
                    let seq = tale.tell(on, refs[which], &fact);
                    of.insert(seq, refs[which]);
                    if linked.contains(&refs[which]) {
                        naive.insert(seq, (true, false));
                    }
                }
                Step::Link(which) => {
                    if linked.contains(&refs[which]) {
                        continue;
                    }
                    linked.push(refs[which]);
                    let head = tale.head.seq;
                    reader.links.push(Link { reference: refs[which].to_owned(), told_seq: head, maybe_seq: 0, introduced: false });
                    naive.insert(-i64::try_from(which).unwrap_or(0) - 1, (true, false));
                }
                Step::Edition(delivery) => {
                    let picture = tale.picture(on);
                    let update = compose(&picture, &reader);
                    let told: BTreeMap<i64, bool> = [&update.asked, &update.changed, &update.stuck, &update.ended, &update.silent, &update.promises]
                        .into_iter()
                        .flatten()
                        .flat_map(|item| &item.told)
                        .map(|told| (told.seq, told.maybe))
                        .collect();
                    // Everything that still has to be told is told, marked exactly where it may have been before.
                    for (seq, (open, maybe)) in naive.iter().filter(|(seq, _)| **seq > 0) {
                        prop_assert_eq!(told.contains_key(seq), *open, "event {}", seq);
                        if *open {
                            prop_assert_eq!(told[seq], *maybe, "mark of event {}", seq);
                        }
                    }
                    // What is told beside that is the introduction of a late link, and concerns the reader.
                    for seq in told.keys().filter(|seq| !naive.contains_key(seq)) {
                        let reference = of[seq];
                        prop_assert!(linked.contains(&reference));
                        let which = refs.iter().position(|known| *known == reference).unwrap_or(0);
                        prop_assert!(naive[&(-i64::try_from(which).unwrap_or(0) - 1)].0, "event {} told to somebody introduced before", seq);
                    }
                    for link in &mut reader.links {
                        match delivery {
                            Delivery::Accepted => {
                                link.told_seq = tale.head.seq;
                                link.introduced = true;
                            }
                            Delivery::Unknown => link.maybe_seq = tale.head.seq,
                            Delivery::Failed => {}
                        }
                    }
                    for (open, maybe) in naive.values_mut() {
                        match delivery {
                            Delivery::Accepted => *open = false,
                            Delivery::Unknown => *maybe = true,
                            Delivery::Failed => {}
                        }
                    }
                }
            }
        }
    }
}
