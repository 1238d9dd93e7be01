use proptest::prelude::*;

use super::super::event::{Entry, Explanation, Outcome};
use super::super::words::Reason;
use super::*;

fn day(n: u64) -> NaiveDate {
    after(NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day"), n)
}

fn words(review_on: Option<NaiveDate>) -> Explanation {
    Explanation {
        reason: Some(Reason::Money),
        what_happened: "No money.".to_owned(),
        review_on,
        ..Explanation::default()
    }
}

struct Tale {
    standing: Standing,
    seq: i64,
}

impl Tale {
    fn new(response_due_on: Option<NaiveDate>) -> Self {
        let fact = Fact::RecommendationPublished {
            translations: Default::default(),
            title: "T".to_owned(),
            text: "T".to_owned(),
            audience: None,
            responsible: None,
            response_due_on,
            target_on: None,
        };
        let entry = Entry {
            seq: 1,
            on: day(0),
            subject: "R1".to_owned(),
            fact,
            corrected_by: None,
            languages: None,
            redacted: false,
        };
        Tale { standing: Standing::fold([&entry]).expect("a standing"), seq: 1 }
    }

    fn tell(&mut self, on: NaiveDate, fact: Fact) {
        self.seq += 1;
        let (seq, subject) = (self.seq, "R1".to_owned());
        self.standing.apply(&Entry {
            seq,
            on,
            subject,
            fact,
            corrected_by: None,
            languages: None,
            redacted: false,
        });
    }

    /// Ticks on each day of a range and gives what was noticed, with the day.
    fn tick(&mut self, days: std::ops::Range<u64>, quiet: u32) -> Vec<(u64, &'static str)> {
        let mut found = Vec::new();
        for n in days {
            for silence in open_on(&self.standing, day(n), quiet) {
                let name = match silence.fact {
                    Fact::ResponseOverdue { .. } => "overdue",
                    Fact::PromiseMissed { .. } => "missed",
                    Fact::ReviewDatePassed { .. } => "review",
                    Fact::ExplanationStale { .. } => "stale",
                    Fact::GoneQuiet { .. } => "quiet",
                    _ => "no silence",
                };
                found.push((n, name));
                self.tell(silence.on, silence.fact);
            }
        }
        found
    }
}

#[test]
fn an_answer_is_overdue_the_day_after_its_deadline_and_that_is_said_once() {
    assert_eq!(Tale::new(Some(day(10))).tick(0..200, 0), vec![(11, "overdue")]);
}

#[test]
fn gone_quiet_comes_once_for_each_gap_and_a_word_begins_a_new_one() {
    let mut tale = Tale::new(None);
    assert_eq!(tale.tick(0..100, 60), vec![(60, "quiet")]);
    tale.tell(day(100), Fact::Note { words: "We are here.".to_owned() });
    assert_eq!(tale.tick(100..300, 60), vec![(160, "quiet")]);
}

#[test]
fn nothing_that_is_settled_goes_quiet() {
    for fact in [
        Fact::Response { response: Response::Declined, decided_by: None, explanation: Some(words(None)) },
        Fact::Progress {
            progress: Progress::Stopped,
            from: Progress::NotStarted,
            explanation: Some(words(None)),
            outcome: None,
        },
        Fact::Progress {
            progress: Progress::Superseded,
            from: Progress::NotStarted,
            explanation: Some(words(None)),
            outcome: None,
        },
        Fact::Progress {
            progress: Progress::Done,
            from: Progress::NotStarted,
            explanation: None,
            outcome: Some(Outcome::default()),
        },
    ] {
        let mut tale = Tale::new(None);
        tale.tell(day(1), fact);
        assert_eq!(tale.tick(1..400, 60), vec![]);
    }
}

#[test]
fn a_newer_explanation_cancels_the_older_review_date_and_starts_the_ninety_days_anew() {
    let mut tale = Tale::new(None);
    let stall = |review| Fact::Progress {
        progress: Progress::Stalled,
        from: Progress::NotStarted,
        explanation: Some(words(Some(review))),
        outcome: None,
    };
    tale.tell(day(0), stall(day(50)));
    assert_eq!(tale.tick(0..40, 0), vec![]);
    tale.tell(day(40), stall(day(80)));
    assert_eq!(tale.tick(40..400, 0), vec![(81, "review"), (130, "stale")]);
}

#[test]
fn why_a_promise_moved_does_not_take_away_the_look_that_was_announced_for_a_stall() {
    let mut tale = Tale::new(None);
    let stall = Fact::Progress {
        progress: Progress::Stalled,
        from: Progress::NotStarted,
        explanation: Some(words(Some(day(50)))),
        outcome: None,
    };
    tale.tell(day(0), stall);
    tale.tell(day(5), Fact::Promise { promise: "P".to_owned(), due_on: day(70), explanation: None });
    let moved = |explanation| Fact::PromiseMoved {
        promise: "P".to_owned(),
        due_on: day(100),
        from: day(70),
        explanation,
    };
    tale.tell(day(20), moved(words(None)));
    assert_eq!(tale.tick(20..60, 0), vec![(51, "review")]);
    // A date of its own is a newer one.
    tale.tell(day(60), moved(words(Some(day(80)))));
    assert_eq!(tale.tick(60..85, 0), vec![(81, "review")]);
}

#[test]
fn a_moved_promise_is_missed_once_for_each_deadline() {
    let mut tale = Tale::new(None);
    tale.tell(day(0), Fact::Promise { promise: "P".to_owned(), due_on: day(10), explanation: None });
    assert_eq!(tale.tick(0..20, 0), vec![(11, "missed")]);
    let explanation = words(None);
    tale.tell(
        day(20),
        Fact::PromiseMoved { promise: "P".to_owned(), due_on: day(30), from: day(10), explanation },
    );
    assert_eq!(tale.tick(20..200, 0), vec![(31, "missed")]);
}

#[test]
fn leaving_the_stall_takes_its_review_date_with_it() {
    let mut tale = Tale::new(None);
    let explanation = Some(words(Some(day(30))));
    tale.tell(
        day(0),
        Fact::Progress {
            progress: Progress::Stalled,
            from: Progress::NotStarted,
            explanation,
            outcome: None,
        },
    );
    tale.tell(
        day(10),
        Fact::Progress {
            progress: Progress::InProgress,
            from: Progress::Stalled,
            explanation: None,
            outcome: None,
        },
    );
    assert_eq!(tale.tick(10..300, 0), vec![]);
}

proptest! {
    /// Ticking every day or only on some days notices the same silences, on the same dates of their own.
    #[test]
    fn a_late_tick_notices_what_daily_ticks_would_have(due in 0_u64..100, promise in 0_u64..100, gap in 1_u64..60) {
        let make = || {
            let mut tale = Tale::new(Some(day(due)));
            tale.tell(day(0), Fact::Promise { promise: "P".to_owned(), due_on: day(promise), explanation: None });
            tale
        };
        let (mut daily, mut rare) = (make(), make());
        daily.tick(0..300, 60);
        for n in (0..300).step_by(usize::try_from(gap).unwrap_or(1)).chain([299]) {
            rare.tick(n..n + 1, 60);
        }
        prop_assert_eq!(daily.standing.noticed_overdue, rare.standing.noticed_overdue);
        prop_assert_eq!(&daily.standing.promises[0].missed, &rare.standing.promises[0].missed);
        prop_assert_eq!(daily.standing.noticed_quiet, rare.standing.noticed_quiet);
    }
}
