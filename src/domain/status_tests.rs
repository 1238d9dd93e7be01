use proptest::prelude::*;

use super::super::event::Entry;
use super::*;

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + chrono::Days::new(u64::from(n))
}

fn published() -> Standing {
    let fact = Fact::RecommendationPublished {
        translations: Default::default(),
        title: "Light the path".to_owned(),
        text: "Put lamps along the river path".to_owned(),
        audience: None,
        responsible: Some("The town".to_owned()),
        response_due_on: Some(day(60)),
        target_on: Some(day(90)),
    };
    Standing::fold([&entry(1, 0, fact)]).expect("a standing")
}

fn entry(seq: i64, on: u32, fact: Fact) -> Entry {
    Entry {
        seq,
        on: day(on),
        subject: "R1".to_owned(),
        fact,
        corrected_by: None,
        languages: None,
        redacted: false,
    }
}

fn act(on: u32, kind: HistoryKind, value: &str) -> Act {
    Act::new("R1", day(on), kind, value)
}

fn explained(mut act: Act) -> Act {
    act.reason = Some(Reason::Money);
    act.explanation = Some("The lamps cost more than was set aside.".to_owned());
    act.review_on = Some(act.on + chrono::Days::new(30));
    act
}

#[test]
fn the_table_of_transitions_and_what_each_demands() {
    let mut table = String::from("progress: from -> to: step, demand\n");
    for from in Progress::ALL {
        for to in Progress::ALL {
            let (step, demand) = (progress_step(*from, *to), progress_demand(*from, *to));
            if step == Step::Forbidden {
                table.push_str(&format!("{from} -> {to}: forbidden\n"));
            } else {
                table.push_str(&format!("{from} -> {to}: {step:?}, {demand:?}\n"));
            }
        }
    }
    table.push_str("response: from -> to: step, demand\n");
    for from in Response::ALL {
        for to in Response::ALL {
            let (step, demand) = (response_step(*from, *to), response_demand(*from, *to));
            if step == Step::Forbidden {
                table.push_str(&format!("{from} -> {to}: forbidden\n"));
            } else {
                table.push_str(&format!("{from} -> {to}: {step:?}, {demand:?}\n"));
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_stall_without_words_a_reason_or_a_next_look_names_the_field() {
    let standing = published();
    let bare = act(1, HistoryKind::Progress, "stalled");
    assert_eq!(decide(&standing, &bare).expect_err("bare").field(), "explanation");
    let mut worded = explained(bare.clone());
    worded.reason = None;
    assert_eq!(decide(&standing, &worded).expect_err("no reason").field(), "reason");
    let mut worded = explained(bare.clone());
    worded.review_on = None;
    assert_eq!(decide(&standing, &worded).expect_err("no look").field(), "review_on");
    assert!(decide(&standing, &explained(bare)).is_ok());
}

#[test]
fn an_explanation_that_shows_nothing_is_none() {
    for blank in ["\u{200d}", "\u{3164}", "\u{2800}", ".", "-", "\u{ad}"] {
        let mut act = explained(act(1, HistoryKind::Progress, "stalled"));
        act.explanation = Some(blank.to_owned());
        assert_eq!(decide(&published(), &act).expect_err("no words").field(), "explanation", "{blank:?}");
    }
}

#[test]
fn done_needs_an_outcome_and_keeps_the_open_promises_but_done_in_part_does_not() {
    let mut standing = published();
    let mut promise = act(1, HistoryKind::Promise, "Lamps at the bridge");
    promise.due_on = Some(day(20));
    let fact = decide(&standing, &promise).expect("a promise");
    standing.apply(&entry(2, 1, fact));
    assert_eq!(
        decide(&standing, &act(2, HistoryKind::Progress, "done")).expect_err("bare").field(),
        "explanation"
    );
    let in_part =
        decide(&standing, &explained(act(2, HistoryKind::Progress, "done_in_part"))).expect("in part");
    standing.apply(&entry(3, 2, in_part));
    assert!(standing.promises[0].is_open());
    let done = decide(&standing, &explained(act(3, HistoryKind::Progress, "done"))).expect("done");
    standing.apply(&entry(4, 3, done));
    assert_eq!(standing.promises[0].kept_on, Some(day(3)));
}

#[test]
fn a_promise_keeps_its_first_date_when_it_is_moved_and_moving_needs_words() {
    let mut standing = published();
    let mut promise = act(1, HistoryKind::Promise, "Lamps at the bridge");
    promise.due_on = Some(day(20));
    let fact = decide(&standing, &promise).expect("a promise");
    standing.apply(&entry(2, 1, fact));
    let mut moved = act(5, HistoryKind::PromiseMoved, "Lamps at the bridge");
    moved.due_on = Some(day(40));
    assert_eq!(decide(&standing, &moved).expect_err("no words").field(), "explanation");
    moved.explanation = Some("The poles come later.".to_owned());
    let fact = decide(&standing, &moved).expect("moved");
    standing.apply(&entry(3, 5, fact));
    assert_eq!((standing.promises[0].first_due_on, standing.promises[0].due_on), (day(20), day(40)));
    let strange = act(6, HistoryKind::PromiseKept, "Lamps elsewhere");
    assert_eq!(decide(&standing, &strange).expect_err("unknown").field(), "value");
}

#[test]
fn a_later_target_needs_words_and_an_earlier_one_does_not() {
    let standing = published();
    let later = act(1, HistoryKind::Target, &day(120).to_string());
    assert_eq!(decide(&standing, &later).expect_err("later").field(), "explanation");
    assert!(decide(&standing, &act(1, HistoryKind::Target, &day(80).to_string())).is_ok());
}

#[test]
fn what_is_older_than_the_last_event_of_its_axis_is_refused() {
    let mut standing = published();
    let fact = decide(&standing, &act(10, HistoryKind::Progress, "in_progress")).expect("a start");
    standing.apply(&entry(2, 10, fact));
    assert_eq!(
        decide(&standing, &act(9, HistoryKind::Progress, "planned")).expect_err("older").field(),
        "on"
    );
    assert!(decide(&standing, &act(9, HistoryKind::Response, "accepted")).is_ok());
}

#[test]
fn the_same_state_again_renews_the_explanation_and_is_no_transition() {
    let mut standing = published();
    let fact = decide(&standing, &explained(act(1, HistoryKind::Progress, "stalled"))).expect("a stall");
    standing.apply(&entry(2, 1, fact));
    let again = decide(&standing, &explained(act(8, HistoryKind::Progress, "stalled"))).expect("a renewal");
    standing.apply(&entry(3, 8, again));
    assert_eq!(standing.progress_since, day(1));
    assert_eq!(standing.progress_words.as_ref().map(|words| words.seq), Some(3));
    let bare = act(9, HistoryKind::Progress, "stalled");
    assert!(decide(&standing, &bare).is_err());
}

fn any_act() -> impl Strategy<Value = Act> {
    let kinds = prop::sample::select(HistoryKind::ALL.to_vec());
    let values = prop_oneof![
        prop::sample::select(Response::ALL.to_vec()).prop_map(|word| word.code().to_owned()),
        prop::sample::select(Progress::ALL.to_vec()).prop_map(|word| word.code().to_owned()),
        Just("A promise".to_owned()),
        Just("Another promise".to_owned()),
        (0_u32..200).prop_map(|n| day(n).to_string()),
    ];
    (kinds, values, 0_u32..40, any::<bool>(), prop::option::of(0_u32..200)).prop_map(
        |(kind, value, on, worded, due)| {
            let act = act(on, kind, &value);
            let mut act = if worded { explained(act) } else { act };
            act.due_on = due.map(day);
            act
        },
    )
}

proptest! {
    /// Whatever people try to record, what is recorded is a legal step with what it demands, final states stay final,
    /// and a promise's first date never changes.
    #[test]
    fn any_sequence_of_acts_leaves_a_lawful_record(acts in prop::collection::vec(any_act(), 0..40)) {
        let mut standing = published();
        let mut seq = 1;
        for act in acts {
            let before = standing.clone();
            let Ok(fact) = decide(&standing, &act) else { continue };
            seq += 1;
            standing.apply(&Entry { seq, on: act.on, subject: "R1".to_owned(), fact: fact.clone(), corrected_by: None, languages: None, redacted: false });
            match &fact {
                Fact::Progress { progress, from, explanation, outcome } => {
                    prop_assert_eq!(*from, before.progress);
                    prop_assert_ne!(progress_step(*from, *progress), Step::Forbidden);
                    match progress_demand(*from, *progress) {
                        Demand::Outcome => prop_assert!(outcome.is_some()),
                        Demand::ExplanationAndReview => prop_assert!(explanation.as_ref().is_some_and(|words| words.review_on.is_some() && words.reason.is_some())),
                        Demand::Explanation => prop_assert!(explanation.as_ref().is_some_and(|words| words.reason.is_some())),
                        Demand::Words => prop_assert!(explanation.is_some()),
                        Demand::Nothing => {}
                    }
                }
                Fact::Response { response, explanation, .. } => {
                    prop_assert_ne!(*response, Response::Awaiting);
                    if response_demand(before.response, *response) != Demand::Nothing {
                        prop_assert!(explanation.is_some());
                    }
                }
                _ => {}
            }
            if matches!(before.progress, Progress::Stopped | Progress::Superseded) {
                prop_assert_eq!(standing.progress, before.progress);
            }
            for (old, new) in before.promises.iter().zip(&standing.promises) {
                prop_assert_eq!(old.first_due_on, new.first_due_on);
            }
            if standing.progress == Progress::Done && before.progress != Progress::Done {
                prop_assert!(standing.promises.iter().all(|promise| !promise.is_open()));
            }
        }
    }
}
