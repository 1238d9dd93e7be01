//! The figures of accountability as they are shown: each with its counts, what was left out, and how it is worked out.

use chrono::NaiveDate;
use serde::Serialize;

use super::plot::of_words;
use crate::domain::figures::{Of, People, Share};
use crate::domain::reading::Reading;
use crate::locale::{Arg, Words};

#[derive(Debug, Serialize)]
pub struct Figure {
    pub key: &'static str,
    pub name: String,
    pub value: String,
    /// The share in percent, where both numbers are known and the second is not nothing.
    pub percent: Option<i64>,
    /// What was left out, and what stands beside the value.
    pub beside: Vec<String>,
    /// How it is worked out.
    pub how: String,
}

/// All figures: those of recommendations and promises as they stand today, those about people as the last edition took
/// them. Before the first edition there are none about people.
pub fn figures(words: &Words, reading: &Reading, today: NaiveDate) -> Vec<Figure> {
    let work = reading.work(today);
    let figure = |key: &'static str, count: Option<i64>, of: Option<i64>, beside: Vec<String>| Figure {
        key,
        name: words.code("figure", key),
        value: of_words(words, count, of),
        percent: match (count, of) {
            (Some(count), Some(of)) if of > 0 => Some((count * 100 + of / 2) / of),
            _ => None,
        },
        beside,
        how: words.code("figure-how", key),
    };
    let exact_beside = |key, of: Of, beside| figure(key, Some(of.count), Some(of.of), beside);
    let exact = |key, of: Of| exact_beside(key, of, Vec::new());
    let mut all = vec![
        exact("responded", work.responded),
        exact("completed", work.completed),
        exact("confirmed", work.confirmed),
        exact_beside("explained", work.explained, vec![words.text("figure-beside-explained", &[])]),
        exact("promises_kept", work.promises_kept),
        exact("traceable", work.traceable),
    ];
    let Some(taken) = reading.figures() else { return all };
    let people = &taken.snapshot.people;
    let share = |key, share: Share, beside| figure(key, share.count, share.of, beside);
    all.push(share("told", people.told, left_out(words, people)));
    all.push(first_feedback(words, people));
    all.push(share("loop_closed", people.loop_closed, Vec::new()));
    all.push(share("needs_met", people.needs_met, Vec::new()));
    let quoted = vec![words.text("figure-beside-stories-used", &[])];
    all.push(share("stories_used", people.stories_used, quoted));
    all
}

fn number(words: &Words, number: Option<i64>) -> Arg<'static> {
    of_words(words, number, None).into()
}

fn left_out(words: &Words, people: &People) -> Vec<String> {
    let out = &people.left_out;
    [("stopped", out.stopped), ("paused", out.paused), ("withdrawn", out.withdrawn)]
        .into_iter()
        .map(|(key, count)| words.text(&format!("left-out-{key}"), &[("count", number(words, count))]))
        .collect()
}

fn first_feedback(words: &Words, people: &People) -> Figure {
    let first = &people.first_feedback;
    let days = |key: &str, days: Option<i64>| match days {
        Some(days) => words.text(key, &[("days", days.into())]),
        None => words.text(&format!("{key}-hidden"), &[]),
    };
    let mut beside = vec![
        days("first-p90", first.p90_days),
        words.text("first-told", &[("count", number(words, first.told))]),
        words.text("first-waiting", &[("count", number(words, first.waiting))]),
    ];
    if let Some(longest) = first.longest_wait_days {
        beside.push(words.text("first-longest", &[("days", longest.into())]));
    }
    Figure {
        key: "first_feedback",
        name: words.code("figure", "first_feedback"),
        value: days("first-median", first.median_days),
        percent: None,
        beside,
        how: words.code("figure-how", "first_feedback"),
    }
}
