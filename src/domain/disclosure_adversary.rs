//! Somebody who reads every edition, knows how the figures are made, and knows more: who left, or how it began. Every
//! true history of a small project is told in every way in which it can be; those that look the same from outside are
//! put together; and in each such group every small number must still have several possible values.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::*;

type Seen = Vec<Option<i64>>;

/// True counts go so far. Whatever shows at most 15 lies wholly within it, however long it has stood still; what shows
/// more is cut off by the edge of this small world, and left out.
const EDGE: i64 = 24;

fn is_whole(seen: &Seen) -> bool {
    seen.iter().flatten().all(|&shown| shown + 2 + STEPS.end() - 1 <= EDGE)
}

/// A history that may be the true one, and what the public saw of it.
struct World {
    truth: Vec<i64>,
    seen: Seen,
}

/// Something that the adversary would like to know: a sum over the truth, by how often each number goes into it.
struct Question {
    name: &'static str,
    weights: Vec<i64>,
    /// Where it stands in what was seen, if it is a figure of its own.
    figure: Option<usize>,
}

fn ask(name: &'static str, weights: &[i64], figure: Option<usize>) -> Question {
    Question { name, weights: weights.to_vec(), figure }
}

impl Question {
    fn of(&self, world: &World) -> i64 {
        self.weights.iter().zip(&world.truth).map(|(weight, number)| weight * number).sum()
    }
}

/// What the adversary finds out: the questions about something small or hidden that have fewer than `enough` possible
/// answers left.
fn found<'a>(
    worlds: impl IntoIterator<Item = &'a World>,
    questions: &[Question],
    enough: usize,
) -> Vec<String> {
    let mut groups: BTreeMap<&Seen, Vec<&World>> = BTreeMap::new();
    for world in worlds {
        groups.entry(&world.seen).or_default().push(world);
    }
    let mut found = Vec::new();
    for (seen, group) in groups {
        for question in questions {
            let values: BTreeSet<i64> = group.iter().map(|world| question.of(world)).collect();
            let hidden = question.figure.is_some_and(|at| seen[at].is_none());
            let small = values.iter().any(|value| (1..=4).contains(&value.abs()) || hidden && *value == 0);
            if values.len() < enough && small {
                let seen: Vec<String> =
                    seen.iter().map(|shown| shown.map_or("-".into(), |shown| shown.to_string())).collect();
                found.push(format!("[{}] {} {values:?}", seen.join(" "), question.name));
            }
        }
    }
    found
}

/// Everything that the public may see of a figure that has these true values one after the other.
fn tellings(counts: &[i64]) -> BTreeSet<Seen> {
    let mut told = BTreeSet::from([(Bases::new(), Seen::new())]);
    for &count in counts {
        let mut next = BTreeSet::new();
        for (bases, seen) in told {
            for step in STEPS {
                let (mut bases, mut seen, mut drawn) = (bases.clone(), seen.clone(), false);
                let draw = |_| {
                    drawn = true;
                    step
                };
                seen.push(Ledger { bases: &mut bases, draw }.figure("figure", count).shown);
                next.insert((bases, seen));
                if !drawn {
                    break;
                }
            }
        }
        told = next;
    }
    told.into_iter().map(|(_, seen)| seen).collect()
}

/// What would be seen if the number were only rounded, and hidden below 5.
fn rounded(counts: &[i64]) -> BTreeSet<Seen> {
    BTreeSet::from([counts.iter().map(|&count| (count >= 5).then(|| nearest(count))).collect()])
}

fn histories(editions: usize) -> Vec<Vec<i64>> {
    (0..editions).fold(vec![Vec::new()], |before, _| {
        let longer = |history: &Vec<i64>| {
            let history = history.clone();
            (0..=EDGE).map(move |count| [history.as_slice(), &[count]].concat())
        };
        before.iter().flat_map(longer).collect()
    })
}

fn cells(tell: fn(&[i64]) -> BTreeSet<Seen>) -> Vec<World> {
    let worlds = |truth: Vec<i64>| {
        tell(&truth).into_iter().map(move |seen| World { truth: truth.clone(), seen }).collect::<Vec<_>>()
    };
    histories(3).into_iter().flat_map(worlds).filter(|world| is_whole(&world.seen)).collect()
}

static CELLS: LazyLock<Vec<World>> = LazyLock::new(|| cells(tellings));

/// The three counts of a figure, and the changes between them.
fn of_a_cell() -> Vec<Question> {
    vec![
        ask("first", &[1, 0, 0], Some(0)),
        ask("second", &[0, 1, 0], Some(1)),
        ask("third", &[0, 0, 1], Some(2)),
        ask("first to second", &[-1, 1, 0], None),
        ask("second to third", &[0, -1, 1], None),
        ask("first to third", &[-1, 0, 1], None),
    ]
}

/// What is left to ask for somebody who knows that from edition `at` to the next the count changed by `change`.
fn knowing(worlds: &[World], at: usize, change: i64) -> (Vec<&World>, Vec<Question>) {
    let known = if at == 0 { "first to second" } else { "second to third" };
    let worlds = worlds.iter().filter(|world| world.truth[at + 1] - world.truth[at] == change).collect();
    (worlds, of_a_cell().into_iter().filter(|question| question.name != known).collect())
}

#[test]
fn plain_rounding_tells_whoever_knows_of_one_that_four_are_left() {
    let worlds = cells(rounded);
    let (left, questions) = knowing(&worlds, 0, -1);
    let found_out = found(left, &questions, 3);
    assert!(found_out.contains(&"[5 - -] second {4}".to_owned()), "{found_out:#?}");
    let (came, questions) = knowing(&worlds, 1, 1);
    let found_out = found(came, &questions, 3);
    assert!(found_out.contains(&"[- - 5] second {4}".to_owned()), "{found_out:#?}");
}

#[test]
fn nobody_who_reads_three_editions_finds_a_small_number_or_a_small_change() {
    assert_eq!(found(CELLS.iter(), &of_a_cell(), 4), [""; 0]);
}

#[test]
fn nor_does_anybody_who_knows_of_up_to_four_who_came_or_left() {
    let worlds = &CELLS;
    for change in (-4..=4).filter(|&change| change != 0) {
        for at in [0, 1] {
            let (worlds, questions) = knowing(worlds, at, change);
            assert_eq!(found(worlds, &questions, 3), [""; 0], "{change} after edition {at}");
        }
    }
}

#[test]
fn nor_does_anybody_who_knows_every_coming_and_going_of_up_to_two() {
    let worlds = &CELLS;
    let counts = &of_a_cell()[..3];
    for first in -2..=2 {
        for second in -2..=2 {
            let known = |w: &&World| w.truth[1] - w.truth[0] == first && w.truth[2] - w.truth[1] == second;
            assert_eq!(found(worlds.iter().filter(known), counts, 3), [""; 0], "{first}, then {second}");
        }
    }
}

#[test]
fn a_start_with_nobody_may_be_known_to_all() {
    let worlds = &CELLS;
    let questions: Vec<Question> =
        of_a_cell().into_iter().filter(|question| !question.name.starts_with("first")).collect();
    assert_eq!(found(worlds.iter().filter(|world| world.truth[0] == 0), &questions, 4), [""; 0]);
}

fn pairs() -> Vec<(i64, i64)> {
    (0..=EDGE).flat_map(|of| (0..=of).map(move |count| (count, of))).collect()
}

/// Shares over two editions, as [count, of, count, of].
fn shares(tell: fn(&[i64]) -> BTreeSet<Seen>, part: fn(Option<i64>, Option<i64>) -> Share) -> Vec<World> {
    let told: BTreeMap<Vec<i64>, BTreeSet<Seen>> =
        histories(2).into_iter().map(|counts| (counts.clone(), tell(&counts))).collect();
    let mut worlds = Vec::new();
    for &(count, of) in &pairs() {
        for &(later, of_later) in &pairs() {
            let mut seen = BTreeSet::new();
            for counts in &told[&vec![count, later]] {
                for ofs in &told[&vec![of, of_later]] {
                    let shares = counts.iter().zip(ofs).map(|(&count, &of)| part(count, of));
                    seen.insert(shares.flat_map(|share| [share.count, share.of]).collect::<Seen>());
                }
            }
            let truth = vec![count, of, later, of_later];
            worlds.extend(seen.into_iter().filter(is_whole).map(|seen| World { truth: truth.clone(), seen }));
        }
    }
    worlds
}

static SHARES: LazyLock<Vec<World>> = LazyLock::new(|| shares(tellings, part_of));

fn of_a_share() -> Vec<Question> {
    vec![
        ask("count", &[1, 0, 0, 0], Some(0)),
        ask("of", &[0, 1, 0, 0], Some(1)),
        ask("rest", &[-1, 1, 0, 0], None),
        ask("later count", &[0, 0, 1, 0], Some(2)),
        ask("later of", &[0, 0, 0, 1], Some(3)),
        ask("later rest", &[0, 0, -1, 1], None),
        ask("change of count", &[-1, 0, 1, 0], None),
        ask("change of of", &[0, -1, 0, 1], None),
        ask("change of rest", &[1, -1, -1, 1], None),
    ]
}

#[test]
fn a_share_of_plainly_rounded_numbers_tells_how_few_are_missing() {
    let worlds = shares(rounded, |count, of| Share { count, of });
    let found_out = found(&worlds, &of_a_share(), 4);
    assert!(found_out.contains(&"[5 5 5 5] rest {0, 1, 2}".to_owned()), "{found_out:#?}");
}

#[test]
fn a_part_beside_a_hidden_whole_tells_how_many_are_missing() {
    let worlds = shares(tellings, |count, of| Share { count, of });
    let found_out = found(&worlds, &of_a_share(), 4);
    assert!(found_out.contains(&"[15 15 15 -] later rest {0, 1}".to_owned()), "{found_out:#?}");
}

#[test]
fn shares_tell_neither_a_small_part_nor_a_small_rest() {
    assert_eq!(found(SHARES.iter(), &of_a_share(), 4), [""; 0]);
}

#[test]
fn nor_to_whoever_knows_some_who_came_or_left_or_were_told() {
    let worlds = &SHARES;
    let mut by_change: BTreeMap<(i64, i64), Vec<&World>> = BTreeMap::new();
    for world in worlds.iter() {
        let [count, of, later, of_later] = world.truth[..] else { unreachable!("a share over two editions") };
        by_change.entry((later - count, (of_later - later) - (of - count))).or_default().push(world);
    }
    for ((counted, rest), worlds) in by_change {
        let people = if counted * rest < 0 { counted.abs().max(rest.abs()) } else { (counted + rest).abs() };
        if !(1..=4).contains(&people) {
            continue;
        }
        let (figures, rests): (Vec<_>, Vec<_>) = of_a_share()
            .into_iter()
            .filter(|question| !question.name.starts_with("change"))
            .partition(|question| !question.name.ends_with("rest"));
        let case = format!("{counted} of those counted, {rest} of the others");
        assert_eq!(found(worlds.iter().copied(), &figures, 3), [""; 0], "{case}");
        // Where all are counted by what is shown, at most four are not. Whoever knows three or four who were not knows
        // that by themselves.
        let enough = 3.min(usize::try_from(5 - rest.abs()).unwrap());
        assert_eq!(found(worlds, &rests, enough), [""; 0], "{case}");
    }
}

#[test]
fn told_and_waiting_beside_those_who_may_be_told_pin_nobody() {
    let mut worlds = Vec::new();
    for of in 0..=EDGE {
        for told in 0..=of {
            for waiting in 0..=of - told {
                let share = part_of(shown(told), shown(of));
                worlds.push(World {
                    truth: vec![told, waiting, of],
                    seen: vec![share.count, beside(shown(waiting), share), share.of],
                });
            }
        }
    }
    let questions = [
        ask("told", &[1, 0, 0], Some(0)),
        ask("waiting", &[0, 1, 0], Some(1)),
        ask("of", &[0, 0, 1], Some(2)),
        ask("not told", &[-1, 0, 1], None),
        ask("not waiting", &[0, -1, 1], None),
        ask("neither", &[-1, -1, 1], None),
        ask("both", &[1, 1, 0], None),
    ];
    worlds.retain(|world| is_whole(&world.seen));
    assert_eq!(found(&worlds, &questions, 4), [""; 0]);
    let all = worlds.iter().filter(|world| world.truth[0] + world.truth[1] == world.truth[2]);
    assert_eq!(found(all, &questions[..5], 4), [""; 0]);
}

/// As [told, waiting, told, waiting], where everybody is one or the other.
#[test]
fn nor_do_they_over_two_editions_where_everybody_is_told_or_waiting() {
    let told: BTreeMap<Vec<i64>, BTreeSet<Seen>> =
        histories(2).into_iter().map(|counts| (counts.clone(), tellings(&counts))).collect();
    let mut worlds = Vec::new();
    for &(a, of) in &pairs() {
        for &(b, of_later) in &pairs() {
            let mut seen = BTreeSet::new();
            for tolds in &told[&vec![a, b]] {
                for ofs in &told[&vec![of, of_later]] {
                    for waits in &told[&vec![of - a, of_later - b]] {
                        let part = |at: usize| part_of(tolds[at], ofs[at]);
                        let row = [0, 1]
                            .map(|at| [part(at).count, beside(waits[at], part(at)), part(at).of])
                            .concat();
                        seen.insert(row);
                    }
                }
            }
            let truth = vec![a, of - a, b, of_later - b];
            worlds.extend(seen.into_iter().filter(is_whole).map(|seen| World { truth: truth.clone(), seen }));
        }
    }
    let counts = [
        ask("told", &[1, 0, 0, 0], Some(0)),
        ask("waiting", &[0, 1, 0, 0], Some(1)),
        ask("of", &[1, 1, 0, 0], Some(2)),
        ask("later told", &[0, 0, 1, 0], Some(3)),
        ask("later waiting", &[0, 0, 0, 1], Some(4)),
        ask("later of", &[0, 0, 1, 1], Some(5)),
    ];
    assert_eq!(found(&worlds, &counts, 3), [""; 0]);
    for (told, waiting) in [(-1, 0), (0, -1), (1, -1), (1, 0), (0, 1)] {
        let known = |w: &&World| w.truth[2] - w.truth[0] == told && w.truth[3] - w.truth[1] == waiting;
        assert_eq!(found(worlds.iter().filter(known), &counts, 3), [""; 0], "{told}, {waiting}");
    }
}
