use proptest::prelude::*;

use super::*;

fn day(after: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Duration::days(after)
}

/// Nobody at all.
fn nobody() -> Counted {
    Counted {
        day: day(0),
        told: (0, 0),
        stopped: 0,
        paused: 0,
        withdrawn: 0,
        first_waits: Vec::new(),
        still_waiting: Vec::new(),
        loop_closed: (0, 0),
        needs_met: (0, 0),
        stories_used: (0, 0),
        stories_behind: BTreeMap::new(),
    }
}

fn behind(used: i64, counts: &[(&str, i64)]) -> Counted {
    let stories_behind = counts.iter().map(|&(reference, count)| (reference.to_owned(), count)).collect();
    Counted { stories_used: (used, used), stories_behind, ..nobody() }
}

/// Always draws the smallest step.
fn smallest(steps: RangeInclusive<i64>) -> i64 {
    *steps.start()
}

fn first(counted: &Counted) -> People {
    publish(counted, &mut Bases::new(), smallest)
}

/// What is shown of those who stopped, edition by edition.
fn stopped(counts: &[i64], draw: impl Fn(RangeInclusive<i64>) -> i64) -> Vec<Option<i64>> {
    let mut bases = Bases::new();
    let told = |&stopped| publish(&Counted { stopped, ..nobody() }, &mut bases, &draw).left_out.stopped;
    counts.iter().map(told).collect()
}

#[test]
fn a_number_is_the_nearest_multiple_of_five_and_hidden_below_eight() {
    for (count, expected) in
        [(0, None), (7, None), (8, Some(10)), (12, Some(10)), (13, Some(15)), (48, Some(50))]
    {
        assert_eq!(stopped(&[count], smallest), [expected], "{count}");
    }
}

#[test]
fn a_figure_stands_still_until_five_have_come_or_gone_since_it_moved() {
    let ten = Some(10);
    assert_eq!(stopped(&[10, 6, 14, 6, 5], smallest), [ten, ten, ten, ten, None]);
    assert_eq!(stopped(&[7, 11, 12, 9, 8, 7], smallest), [None, None, ten, ten, ten, None]);
}

#[test]
fn how_far_a_figure_must_move_is_drawn_anew_each_time() {
    let (mut bases, mut steps) = (Bases::new(), [8, 7, 6, 5].into_iter());
    let draw = |range| {
        assert_eq!(range, 5..=8);
        steps.next().unwrap()
    };
    let mut ledger = Ledger { bases: &mut bases, draw };
    let shown = [20, 13, 12, 18, 19, 13].map(|count| ledger.figure("stopped", count).shown);
    assert_eq!(shown, [20, 20, 10, 10, 20, 15].map(Some));
}

#[test]
fn what_is_hidden_moves_too_so_that_nobody_can_tell_when() {
    assert_eq!(stopped(&[0, 6, 10, 11], smallest), [None, None, None, Some(10)]);
}

#[test]
fn a_part_is_hidden_beside_a_hidden_whole_and_never_larger_than_the_whole() {
    let mut bases = Bases::new();
    let mut told = |told| publish(&Counted { needs_met: told, ..nobody() }, &mut bases, smallest).needs_met;
    assert_eq!(told((7, 7)), Share { count: None, of: None });
    // The whole stands still where the part, counted from further down, does not.
    assert_eq!(told((2, 7)), Share { count: None, of: None });
    assert_eq!(told((10, 11)), Share { count: None, of: None });
    assert_eq!(told((10, 12)), Share { count: Some(10), of: Some(10) });
    assert_eq!(told((15, 16)), Share { count: Some(10), of: Some(10) });
    assert_eq!(told((7, 30)), Share { count: None, of: Some(30) });
}

#[test]
fn whoever_was_told_this_year_is_hidden_where_those_ever_told_are() {
    let counted = Counted { told: (8, 20), first_waits: vec![10; 7], ..nobody() };
    assert_eq!(first(&counted).told, Share { count: None, of: Some(20) });
}

#[test]
fn those_who_wait_never_fill_up_what_the_told_leave_free() {
    let waiting = |told, waiting, of| {
        let counted = Counted {
            told: (told, of),
            first_waits: vec![0; usize::try_from(told).unwrap()],
            still_waiting: vec![90; waiting],
            ..nobody()
        };
        let feedback = first(&counted).first_feedback;
        (feedback.waiting, feedback.longest_wait_days)
    };
    assert_eq!(waiting(10, 10, 20), (Some(10), Some(90)));
    assert_eq!(waiting(8, 8, 17), (None, None), "10 and 10 of 15");
    assert_eq!(waiting(10, 14, 24), (Some(15), Some(90)));
    assert_eq!(waiting(10, 13, 23), (Some(15), Some(90)));
    assert_eq!(waiting(8, 13, 22), (Some(10), Some(90)), "10 and 15 of 20");
    assert_eq!(waiting(0, 20, 20), (Some(20), Some(90)));
}

#[test]
fn only_recommendations_with_enough_stories_are_named() {
    let people = first(&behind(30, &[("R01", 12), ("R02", 7), ("R03", 0)]));
    assert_eq!(people.stories_behind, BTreeMap::from([("R01".to_owned(), 10)]));
    assert!(first(&behind(7, &[("R01", 7)])).stories_behind.is_empty());
}

#[test]
fn a_recommendation_that_comes_back_finds_its_basis_where_it_was() {
    let mut bases = Bases::new();
    publish(&behind(30, &[("R01", 12)]), &mut bases, smallest);
    publish(&behind(30, &[]), &mut bases, smallest);
    let people = publish(&behind(30, &[("R01", 8)]), &mut bases, smallest);
    assert_eq!(people.stories_behind, BTreeMap::from([("R01".to_owned(), 10)]));
    assert_eq!(bases["stories_behind:R01"], 12);
}

fn feedback(first_waits: Vec<i64>, bases: &mut Bases) -> (Option<i64>, Option<i64>, Option<i64>) {
    let feedback = publish(&Counted { first_waits, ..nobody() }, bases, smallest).first_feedback;
    (feedback.told, feedback.median_days, feedback.p90_days)
}

#[test]
fn a_median_needs_a_shown_fifteen_and_a_percentile_a_shown_fifty_five() {
    for (people, expected) in [
        (12, (Some(10), None, None)),
        (13, (Some(15), Some(5), None)),
        (52, (Some(50), Some(25), None)),
        (53, (Some(55), Some(25), Some(45))),
    ] {
        assert_eq!(feedback((0..people).collect(), &mut Bases::new()), expected, "{people}");
    }
}

#[test]
fn a_median_moves_only_with_the_number_of_those_told() {
    let mut bases = Bases::new();
    assert_eq!(feedback(vec![31; 20], &mut bases), (Some(20), Some(30), None));
    assert_eq!(feedback(vec![90; 24], &mut bases), (Some(20), Some(30), None));
    assert_eq!(feedback(vec![90; 25], &mut bases), (Some(25), Some(90), None));
    assert_eq!(feedback(vec![90; 12], &mut bases), (Some(10), None, None));
    assert_eq!(feedback(vec![90; 13], &mut bases), (Some(10), None, None));
}

fn longest(after: i64, still_waiting: &[i64], bases: &mut Bases) -> Option<i64> {
    let still_waiting = still_waiting.to_vec();
    let told = (0, i64::try_from(still_waiting.len()).unwrap());
    let counted = Counted { day: day(after), told, still_waiting, ..nobody() };
    publish(&counted, bases, smallest).first_feedback.longest_wait_days
}

#[test]
fn the_longest_wait_is_that_of_the_fifth_in_whole_months() {
    let waits = [400, 300, 200, 100, 95, 80, 3, 2, 1];
    assert_eq!(longest(0, &waits, &mut Bases::new()), Some(90));
    assert_eq!(longest(0, &waits[..7], &mut Bases::new()), None, "seven people are not shown");
}

#[test]
fn the_longest_wait_grows_by_the_calendar_whoever_of_a_few_leaves() {
    let mut bases = Bases::new();
    assert_eq!(longest(0, &[100; 10], &mut bases), Some(90));
    assert_eq!(longest(29, &[129; 10], &mut bases), Some(90));
    assert_eq!(longest(30, &[130; 10], &mut bases), Some(120));
    assert_eq!(longest(90, &[[190; 6].as_slice(), &[5; 4]].concat(), &mut bases), Some(180));
}

#[test]
fn the_longest_wait_is_not_claimed_once_those_who_waited_have_gone() {
    let mut bases = Bases::new();
    assert_eq!(longest(0, &[100; 10], &mut bases), Some(90));
    assert_eq!(longest(90, &[[190; 5].as_slice(), &[5; 5]].concat(), &mut bases), None);
    assert_eq!(longest(91, &[[191; 5].as_slice(), &[6; 5]].concat(), &mut bases), None);
    assert_eq!(longest(120, &[[220; 5].as_slice(), &[35; 10]].concat(), &mut bases), Some(210));
    let mut bases = Bases::new();
    assert_eq!(longest(0, &[100; 20], &mut bases), Some(90));
    assert_eq!(longest(90, &[40; 20], &mut bases), Some(30), "enough are sure to wait to say it anew");
}

fn any_counted() -> impl Strategy<Value = Counted> {
    let pair = || (0..70i64).prop_flat_map(|of| (0..=of, Just(of)));
    let waits = || proptest::collection::vec(0..900i64, 0..70);
    let behind = proptest::collection::btree_map("R0[1-3]", 0..30i64, 0..3);
    ((pair(), pair(), pair(), pair()), (0..30i64, 0..30i64, 0..30i64), waits(), waits(), behind).prop_map(
        |((told, loop_closed, needs_met, stories_used), left, first_waits, still_waiting, stories_behind)| {
            let (stopped, paused, withdrawn) = left;
            Counted {
                told,
                stopped,
                paused,
                withdrawn,
                first_waits,
                still_waiting,
                loop_closed,
                needs_met,
                stories_used,
                stories_behind,
                ..nobody()
            }
        },
    )
}

fn shares(people: &People) -> [Share; 4] {
    [people.told, people.loop_closed, people.needs_met, people.stories_used]
}

fn numbers(people: &People) -> Vec<i64> {
    let left_out = &people.left_out;
    let single = [
        left_out.stopped,
        left_out.paused,
        left_out.withdrawn,
        people.first_feedback.told,
        people.first_feedback.waiting,
    ];
    let shares = shares(people).into_iter().flat_map(|share| [share.count, share.of]);
    single.into_iter().chain(shares).flatten().chain(people.stories_behind.values().copied()).collect()
}

/// The same, with up to four fewer everywhere.
fn fewer(counted: &Counted, by: i64) -> Counted {
    let less = |count: i64| (count - by).max(0);
    let pair = |(count, of)| (less(count), less(of));
    let by = usize::try_from(by).unwrap();
    Counted {
        told: pair(counted.told),
        stopped: less(counted.stopped),
        paused: less(counted.paused),
        withdrawn: less(counted.withdrawn),
        first_waits: counted.first_waits.iter().skip(by).copied().collect(),
        still_waiting: counted.still_waiting.clone(),
        loop_closed: pair(counted.loop_closed),
        needs_met: pair(counted.needs_met),
        stories_used: pair(counted.stories_used),
        stories_behind: counted
            .stories_behind
            .iter()
            .map(|(name, &count)| (name.clone(), less(count)))
            .collect(),
        ..nobody()
    }
}

proptest! {
    #[test]
    fn every_number_shown_is_a_multiple_of_five_and_no_part_exceeds_its_whole(
        editions in proptest::collection::vec((any_counted(), 5..=8i64), 1..6),
    ) {
        let mut bases = Bases::new();
        for (counted, step) in editions {
            let people = publish(&counted, &mut bases, |_| step);
            for number in numbers(&people) {
                prop_assert!(number >= 10 && number % 5 == 0, "{number}");
            }
            for share in shares(&people) {
                prop_assert!(share.count.is_none() || share.count <= share.of, "{share:?}");
            }
            let feedback = &people.first_feedback;
            prop_assert!(feedback.median_days.is_none_or(|days| days % 5 == 0));
            prop_assert!(feedback.p90_days.is_none_or(|days| days % 5 == 0));
            prop_assert!(feedback.longest_wait_days.is_none_or(|days| days % 30 == 0));
        }
    }

    #[test]
    fn fewer_than_five_people_since_the_basis_move_nothing(
        counted in any_counted(), by in 0..5i64, step in 5..=8i64,
    ) {
        let mut bases = Bases::new();
        let before = publish(&counted, &mut bases, |_| step);
        let kept = bases.clone();
        prop_assert_eq!(publish(&fewer(&counted, by), &mut bases, |_| step), before);
        prop_assert_eq!(bases, kept);
    }
}
