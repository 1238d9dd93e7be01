//! What stands in the tables that are made of where everything stands now: recommendations, promises, learnings, and the
//! figures of each edition. Nothing in them comes from stories or from people, but the figures as the record holds them.

use chrono::NaiveDate;

use super::table::{Cell, Kind, Row, Table, may, must};
use crate::domain::figures::{Of, Share, Snapshot};
use crate::domain::reading::{Read, Reading, Taken};
use crate::domain::silence;
use crate::domain::standing::Promise;
use crate::domain::words::{Progress, Reason, Response, Verdict};
use crate::web::public::telling::is_web;

pub fn responses() -> Vec<&'static str> {
    Response::ALL.iter().map(|word| word.code()).collect()
}

pub fn progress() -> Vec<&'static str> {
    Progress::ALL.iter().map(|word| word.code()).collect()
}

pub fn reasons() -> Vec<&'static str> {
    Reason::ALL.iter().map(|word| word.code()).collect()
}

fn verdicts() -> Vec<&'static str> {
    Verdict::ALL.iter().map(|word| word.code()).collect()
}

fn promise_states() -> Vec<&'static str> {
    vec!["kept", "kept_late", "open", "missed"]
}

fn units() -> Vec<&'static str> {
    vec!["number", "days"]
}

pub const RECOMMENDATIONS: Table = Table {
    name: "recommendations",
    columns: &[
        must("ref", Kind::Text),
        must("title", Kind::Text),
        must("text", Kind::Text),
        may("audience", Kind::Text),
        may("responsible", Kind::Text),
        must("published_on", Kind::Date),
        may("response_due_on", Kind::Date),
        may("target_on", Kind::Date),
        must("response", Kind::Code(responses)),
        must("response_since", Kind::Date),
        may("response_reason", Kind::Code(reasons)),
        may("response_words", Kind::Text),
        must("progress", Kind::Code(progress)),
        must("progress_since", Kind::Date),
        may("progress_reason", Kind::Code(reasons)),
        may("progress_words", Kind::Text),
        may("outcome", Kind::Text),
        may("noticed_by", Kind::Text),
        may("evidence_url", Kind::Text),
        may("review_on", Kind::Date),
        may("verdict", Kind::Code(verdicts)),
        may("stories", Kind::Whole),
        may("silences", Kind::Text),
        must("last_act_on", Kind::Date),
    ],
    key: &["ref"],
    of_recommendation: false,
};

pub const PROMISES: Table = Table {
    name: "promises",
    columns: &[
        must("ref", Kind::Text),
        must("number", Kind::Whole),
        must("promise", Kind::Text),
        must("made_on", Kind::Date),
        must("first_due_on", Kind::Date),
        must("due_on", Kind::Date),
        must("moves", Kind::Whole),
        may("kept_on", Kind::Date),
        must("promise_state", Kind::Code(promise_states)),
    ],
    key: &["ref", "number"],
    of_recommendation: true,
};

pub const LEARNINGS: Table = Table {
    name: "learnings",
    columns: &[
        must("ref", Kind::Text),
        must("number", Kind::Whole),
        may("theme", Kind::Text),
        must("learning", Kind::Text),
    ],
    key: &["ref", "number"],
    of_recommendation: true,
};

pub const FIGURES: Table = Table {
    name: "figures",
    columns: &[
        must("event", Kind::Whole),
        must("period", Kind::Date),
        must("figure", Kind::Text),
        may("ref", Kind::Text),
        must("unit", Kind::Code(units)),
        may("count", Kind::Whole),
        may("of", Kind::Whole),
    ],
    key: &[],
    of_recommendation: true,
};

/// The record itself, a line an event.
pub const RECORD: Table = Table {
    name: "record",
    columns: &[
        must("seq", Kind::Whole),
        must("at", Kind::Time),
        must("kind", Kind::Text),
        must("subject", Kind::Text),
        may("content", Kind::Object),
        must("content_hash", Kind::Text),
        must("prev", Kind::Text),
        must("hash", Kind::Text),
    ],
    key: &["seq"],
    of_recommendation: false,
};

/// Where everything stands on a day.
pub struct State<'a> {
    pub reading: &'a Reading,
    pub today: NaiveDate,
    pub quiet_after_days: u32,
}

impl State<'_> {
    pub fn recommendations(&self) -> Vec<Row> {
        self.reading.recommendations.iter().map(|read| self.recommendation(read)).collect()
    }

    pub fn recommendation(&self, read: &Read) -> Row {
        let it = &read.standing;
        let answer = it.response_words.as_ref().map(|words| &words.said);
        let work = it.progress_words.as_ref().map(|words| &words.said);
        let outcome = it.outcome.as_ref().map(|words| &words.said);
        let verdict =
            (it.progress == Progress::Done).then(|| self.reading.verdict(&read.reference)).flatten();
        let stories = self
            .reading
            .figures()
            .and_then(|taken| taken.snapshot.people.stories_behind.get(&read.reference).copied());
        let silences: Vec<&str> = silence::current(it, self.today, self.quiet_after_days)
            .iter()
            .filter_map(|silence| silence.fact.silence())
            .collect();
        vec![
            read.reference.as_str().into(),
            it.title.as_str().into(),
            it.text.as_str().into(),
            it.audience.as_deref().into(),
            it.responsible.as_deref().into(),
            it.published_on.into(),
            it.response_due_on.into(),
            it.target_on.into(),
            it.response.code().into(),
            it.response_since.into(),
            answer.and_then(|said| said.reason).map(Reason::code).into(),
            answer.map(|said| said.what_happened.as_str()).into(),
            it.progress.code().into(),
            it.progress_since.into(),
            work.and_then(|said| said.reason).map(Reason::code).into(),
            work.map(|said| said.what_happened.as_str()).into(),
            outcome.map(|said| said.what_changed.as_str()).into(),
            outcome.and_then(|said| said.noticed_by.as_deref()).into(),
            outcome.and_then(|said| said.evidence_url.as_deref()).filter(|url| is_web(url)).into(),
            it.review.as_ref().map(|review| review.on).into(),
            verdict.map(Verdict::code).into(),
            stories.into(),
            (!silences.is_empty()).then(|| silences.join(";")).into(),
            it.last_act_on.into(),
        ]
    }

    pub fn promises(&self) -> Vec<Row> {
        self.reading.recommendations.iter().flat_map(|read| self.promises_of(read)).collect()
    }

    pub fn promises_of(&self, read: &Read) -> Vec<Row> {
        let promises = read.standing.promises.iter().zip(1_i64..);
        promises
            .map(|(promise, number)| {
                vec![
                    read.reference.as_str().into(),
                    number.into(),
                    promise.words.as_str().into(),
                    promise.made_on.into(),
                    promise.first_due_on.into(),
                    promise.due_on.into(),
                    i64::from(promise.moves).into(),
                    promise.kept_on.into(),
                    self.state_of(promise).into(),
                ]
            })
            .collect()
    }

    fn state_of(&self, promise: &Promise) -> &'static str {
        match promise.kept_on {
            Some(kept) if kept <= promise.first_due_on => "kept",
            Some(_) => "kept_late",
            None if promise.due_on < self.today => "missed",
            None => "open",
        }
    }

    pub fn learnings(&self) -> Vec<Row> {
        self.reading.recommendations.iter().flat_map(learnings_of).collect()
    }

    pub fn figures(&self) -> Vec<Row> {
        self.reading.taken.iter().flat_map(figures_of).collect()
    }
}

pub fn learnings_of(read: &Read) -> Vec<Row> {
    let learned = read.learnings.iter().zip(1_i64..);
    learned
        .map(|(learned, number)| {
            vec![
                read.reference.as_str().into(),
                number.into(),
                learned.theme.as_deref().into(),
                learned.text.as_str().into(),
            ]
        })
        .collect()
}

fn figures_of(taken: &Taken) -> Vec<Row> {
    let Snapshot { period, work, people, .. } = &taken.snapshot;
    let row = |figure: &str, reference: Cell, unit: &str, count: Cell, of: Cell| -> Row {
        vec![taken.seq.into(), (*period).into(), figure.into(), reference, unit.into(), count, of]
    };
    let exact = |figure: &str, it: Of| row(figure, Cell::None, "number", it.count.into(), it.of.into());
    let share = |figure: &str, it: Share| row(figure, Cell::None, "number", it.count.into(), it.of.into());
    let alone =
        |figure: &str, unit: &str, it: Option<i64>| row(figure, Cell::None, unit, it.into(), Cell::None);
    let (out, first) = (&people.left_out, &people.first_feedback);
    let mut rows = vec![
        exact("responded", work.responded),
        exact("completed", work.completed),
        exact("confirmed", work.confirmed),
        exact("explained", work.explained),
        exact("promises_kept", work.promises_kept),
        exact("traceable", work.traceable),
        share("told", people.told),
        alone("left_out_stopped", "number", out.stopped),
        alone("left_out_paused", "number", out.paused),
        alone("left_out_withdrawn", "number", out.withdrawn),
        alone("first_feedback_told", "number", first.told),
        alone("first_feedback_median", "days", first.median_days),
        alone("first_feedback_p90", "days", first.p90_days),
        alone("first_feedback_waiting", "number", first.waiting),
        alone("first_feedback_longest_wait", "days", first.longest_wait_days),
        share("loop_closed", people.loop_closed),
        share("needs_met", people.needs_met),
        share("stories_used", people.stories_used),
    ];
    rows.extend(people.stories_behind.iter().map(|(reference, count)| {
        row("stories_behind", reference.as_str().into(), "number", (*count).into(), Cell::None)
    }));
    rows
}
