//! What changes come to: how many answers, how many steps forward and back, what was promised, kept and missed, and how
//! often nobody said anything. It tells at once whether anything moved.

use crate::domain::event::Fact;
use crate::domain::words::Progress;
use crate::locale::Words;

/// What a change counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Answer,
    Forward,
    /// Stuck, stopped or replaced, or further from being done than before.
    Back,
    Promised,
    Kept,
    Missed,
    Silence,
    Other,
}

impl Sort {
    pub fn of(fact: &Fact) -> Self {
        match fact {
            Fact::Response { .. } => Sort::Answer,
            Fact::Progress { progress, from, .. } => step(*from, *progress),
            Fact::Promise { .. } => Sort::Promised,
            Fact::PromiseKept { .. } => Sort::Kept,
            Fact::PromiseMissed { .. } => Sort::Missed,
            fact if fact.is_silence() => Sort::Silence,
            _ => Sort::Other,
        }
    }
}

fn step(from: Progress, to: Progress) -> Sort {
    let way = |state| match state {
        Progress::NotStarted => Some(0),
        Progress::Planned => Some(1),
        Progress::InProgress => Some(2),
        Progress::DoneInPart => Some(3),
        Progress::Done => Some(4),
        Progress::Stalled | Progress::Stopped | Progress::Superseded => None,
    };
    match (way(from), way(to)) {
        _ if from == to => Sort::Other,
        (_, None) => Sort::Back,
        // What was stuck moves again, unless it only goes back to where it began.
        (None, Some(to)) => {
            if to > 0 {
                Sort::Forward
            } else {
                Sort::Back
            }
        }
        (Some(from), Some(to)) => {
            if to > from {
                Sort::Forward
            } else {
                Sort::Back
            }
        }
    }
}

/// "0 answers, 0 steps forward, 1 promise missed, 6 silences." Silences are left out where they were not asked for.
pub fn in_words(words: &Words, sorts: impl Iterator<Item = Sort> + Clone, acts: bool) -> String {
    let count = |wanted: Sort| sorts.clone().filter(|sort| *sort == wanted).count();
    let parts = [
        ("answers", Sort::Answer, true),
        ("forward", Sort::Forward, true),
        ("back", Sort::Back, false),
        ("promised", Sort::Promised, false),
        ("kept", Sort::Kept, false),
        ("missed", Sort::Missed, true),
        ("silences", Sort::Silence, !acts),
    ];
    let told = parts.into_iter().filter_map(|(key, sort, always)| {
        let count = count(sort);
        (always || count > 0)
            .then(|| words.text(&format!("page-changes-sum-{key}"), &[("count", count.into())]))
    });
    words.text("sentence", &[("words", words.counts(&told.collect::<Vec<_>>()).into())])
}

/// Neither an answer nor a step forward, nor a promise kept.
pub fn is_still(mut sorts: impl Iterator<Item = Sort>) -> bool {
    !sorts.any(|sort| matches!(sort, Sort::Answer | Sort::Forward | Sort::Kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_forward_only_where_it_brings_something_nearer_to_being_done() {
        for (from, to, sort) in [
            (Progress::NotStarted, Progress::Planned, Sort::Forward),
            (Progress::InProgress, Progress::Done, Sort::Forward),
            (Progress::Stalled, Progress::InProgress, Sort::Forward),
            (Progress::InProgress, Progress::Stalled, Sort::Back),
            (Progress::Planned, Progress::Stopped, Sort::Back),
            (Progress::Done, Progress::InProgress, Sort::Back),
            (Progress::Stalled, Progress::NotStarted, Sort::Back),
            (Progress::Stalled, Progress::Stalled, Sort::Other),
        ] {
            assert_eq!(step(from, to), sort, "{from:?} {to:?}");
        }
    }
}
