//! What one recommendation has to say to readers who have come equally far with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::event::{Entry, Fact};
use super::super::line::{Line, line};
use super::super::picture::Pictured;
use super::super::standing::{Promise, Standing};
use super::super::words::{Progress, Response};
use super::{Due, Item, Link, Told};

/// What is told of one recommendation, by heading.
#[derive(Default)]
pub(super) struct Part {
    pub asked: Option<Arc<Item>>,
    pub changed: Option<Arc<Item>>,
    pub stuck: Option<Arc<Item>>,
    pub still_stuck: Option<Arc<Line>>,
    pub ended: Option<Arc<Item>>,
    pub silent: Option<Arc<Item>>,
    pub promises: Option<Arc<Item>>,
    pub due: Vec<Arc<Due>>,
    pub same: Option<Arc<Line>>,
    pub elsewhere: Option<Arc<Line>>,
    pub question: Option<Arc<str>>,
    /// Promises whose passing is told.
    pub missed: usize,
}

impl Part {
    pub fn elsewhere(line: Line) -> Self {
        Part { elsewhere: Some(Arc::new(line)), ..Part::default() }
    }

    /// The title stands somewhere before the promises that are still open.
    fn is_named(&self) -> bool {
        let items = [&self.asked, &self.changed, &self.stuck, &self.ended, &self.silent, &self.promises];
        items.into_iter().any(Option::is_some) || self.still_stuck.is_some()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Asked,
    Changed,
    Stuck,
    Ended,
    Silent,
    Promises,
}

/// What is told, heading by heading, as it is collected.
#[derive(Default)]
struct Items {
    asked: Vec<Told>,
    changed: Vec<Told>,
    stuck: Vec<Told>,
    ended: Vec<Told>,
    silent: Vec<Told>,
    promises: Vec<Told>,
}

impl Items {
    fn tell(&mut self, section: Section, told: Told) {
        match section {
            Section::Asked => self.asked.push(told),
            Section::Changed => self.changed.push(told),
            Section::Stuck => self.stuck.push(told),
            Section::Ended => self.ended.push(told),
            Section::Silent => self.silent.push(told),
            Section::Promises => self.promises.push(told),
        }
    }

    fn shared(self, pictured: &Pictured) -> Part {
        let mut answers = self.changed.iter().chain(&self.ended);
        let answered = answers.any(|told| matches!(told.fact, Fact::Response { .. }));
        let missing = |told: &&Told| matches!(told.fact, Fact::PromiseMissed { .. });
        let missed = self.promises.iter().filter(missing).count();
        let item = |told: Vec<Told>| {
            (!told.is_empty()).then(|| {
                Arc::new(Item {
                    reference: pictured.reference.clone(),
                    title: pictured.standing.title.clone(),
                    responsible: pictured.standing.responsible.clone(),
                    answered,
                    told,
                })
            })
        };
        Part {
            asked: item(self.asked),
            changed: item(self.changed),
            stuck: item(self.stuck),
            ended: item(self.ended),
            silent: item(self.silent),
            promises: item(self.promises),
            missed,
            ..Part::default()
        }
    }
}

/// The numbers of the events that a link makes its reader be told: all since they were last told, and for one who
/// joined late what was in force by then.
pub fn due_events(pictured: &Pictured, link: &Link) -> BTreeSet<i64> {
    let in_force = if link.introduced { BTreeSet::new() } else { pictured.standing.in_force() };
    pictured
        .entries
        .iter()
        .map(|entry| entry.seq)
        .filter(|seq| *seq > link.told_seq || in_force.contains(seq))
        .collect()
}

/// What is told of a recommendation that rests on a story of the reader.
pub(super) fn in_full(day: NaiveDate, pictured: &Pictured, link: &Link, language: &str) -> Part {
    let mut items = Items::default();
    let standing = &pictured.standing;
    let mut due = due_events(pictured, link);
    // Words in a language that they do not read change nothing of what they were told.
    for entry in pictured.entries.iter().filter(|entry| !entry.concerns(language)) {
        due.remove(&entry.seq);
    }
    let mut stall_told = false;
    for entry in pictured.entries.iter().filter(|entry| due.contains(&entry.seq)) {
        let Some((section, told)) = telling(pictured, entry, &due, link, language) else { continue };
        if section == Section::Stuck && !told.corrects {
            stall_told = true;
        }
        let kept = closes(pictured, entry)
            .into_iter()
            // Who joined late never heard of a promise that was made and kept before.
            .filter(|promise| entry.seq > link.told_seq || due.contains(&promise.seq))
            .map(|promise| Told {
                fact: Fact::PromiseKept { promise: promise.words, evidence_url: None },
                ..told.clone()
            })
            .collect::<Vec<_>>();
        items.tell(section, told);
        for told in kept {
            items.tell(Section::Promises, told);
        }
    }
    let mut part = items.shared(pictured);
    if standing.progress == Progress::Stalled {
        part.still_stuck = (!stall_told).then(|| Arc::new(line(pictured, day, false)));
    } else if due.is_empty() {
        part.same = Some(Arc::new(line(pictured, day, false)));
    }
    for promise in standing.promises.iter().filter(|promise| promise.is_open() && !due.contains(&promise.seq))
    {
        // A deadline whose passing is told in this very update needs no second line.
        let told_now =
            pictured.entries.iter().any(|entry| due.contains(&entry.seq) && misses(entry, promise));
        if !told_now {
            part.due.push(Arc::new(Due {
                reference: pictured.reference.clone(),
                title: standing.title.clone(),
                promise: promise.words.clone(),
                due_on: promise.due_on,
                late_days: (promise.due_on < day).then(|| (day - promise.due_on).num_days()),
                named: part.is_named(),
            }));
        }
    }
    if matches!(standing.progress, Progress::Done | Progress::DoneInPart) {
        part.question = Some(standing.title.as_str().into());
    }
    part
}

/// The promises that an event keeps without naming them: what is done is done with all that was promised for it.
pub fn closes(pictured: &Pictured, entry: &Entry) -> Vec<Promise> {
    if !matches!(entry.fact, Fact::Progress { progress: Progress::Done, .. }) {
        return Vec::new();
    }
    let before = Standing::fold(pictured.entries.iter().filter(|other| other.seq < entry.seq));
    before.into_iter().flat_map(|standing| standing.promises).filter(Promise::is_open).collect()
}

/// A stall after which the work took another turn.
fn is_over(pictured: &Pictured, stall: &Entry) -> bool {
    matches!(stall.fact, Fact::Progress { progress: Progress::Stalled, .. })
        && pictured.entries.iter().filter(|entry| entry.seq > stall.seq).any(
            |entry| matches!(entry.fact, Fact::Progress { progress, .. } if progress != Progress::Stalled),
        )
}

fn misses(entry: &Entry, promise: &Promise) -> bool {
    matches!(&entry.fact, Fact::PromiseMissed { promise: words, .. } if *words == promise.words)
}

/// How an event is told, and under which heading. A correction of something that is told in the same update needs no
/// telling of its own: the words are the corrected ones already.
fn telling(
    pictured: &Pictured,
    entry: &Entry,
    due: &BTreeSet<i64>,
    link: &Link,
    language: &str,
) -> Option<(Section, Told)> {
    let maybe = entry.seq <= link.maybe_seq;
    if let Fact::Correction { corrects, .. } = &entry.fact {
        if due.contains(corrects) {
            return None;
        }
        let corrected = pictured.entries.iter().find(|other| other.seq == *corrects)?;
        // Who joined late was never told the words that were wrong.
        if !link.introduced {
            return None;
        }
        // Of several corrections of one event only the last is told, with the words that hold now.
        let again = |other: &&Entry| {
            matches!(&other.fact, Fact::Correction { corrects: same, .. } if same == corrects)
                && other.concerns(language)
        };
        let last = pictured.entries.iter().rfind(again).map(|other| other.seq);
        if corrected.corrected_by.is_none() || last != Some(entry.seq) {
            return None;
        }
        let (section, over) = section(pictured, corrected)?;
        let fact = corrected.fact.clone();
        return Some((section, Told { seq: entry.seq, on: corrected.on, maybe, corrects: true, over, fact }));
    }
    if let Fact::Redaction { redacts, .. } = &entry.fact
        && due.contains(redacts)
    {
        return None;
    }
    let (section, over) = section(pictured, entry)?;
    let fact = entry.fact.clone();
    Some((section, Told { seq: entry.seq, on: entry.on, maybe, corrects: false, over, fact }))
}

/// The heading for an event, and whether it is about a stall that is over: that one stands under what changed.
fn section(pictured: &Pictured, entry: &Entry) -> Option<(Section, bool)> {
    if is_over(pictured, entry) {
        return Some((Section::Changed, true));
    }
    let section = match &entry.fact {
        Fact::RecommendationPublished { .. } => Section::Asked,
        Fact::Response { response: Response::Declined, .. } => Section::Ended,
        Fact::Response { .. } => Section::Changed,
        Fact::Progress { progress: Progress::Stalled, .. } => Section::Stuck,
        Fact::Progress { progress: Progress::Stopped | Progress::Superseded, .. } => Section::Ended,
        Fact::Progress { .. } => Section::Changed,
        Fact::Promise { .. }
        | Fact::PromiseMoved { .. }
        | Fact::PromiseKept { .. }
        | Fact::PromiseMissed { .. } => Section::Promises,
        Fact::ResponseOverdue { .. }
        | Fact::ReviewDatePassed { .. }
        | Fact::ExplanationStale { .. }
        | Fact::GoneQuiet { .. } => Section::Silent,
        Fact::Target { .. }
        | Fact::Note { .. }
        | Fact::RecommendationChanged { .. }
        | Fact::Redaction { .. } => Section::Changed,
        // These concern the project, or are told through what they correct.
        Fact::ProjectStarted { .. }
        | Fact::ProjectPaused { .. }
        | Fact::ProjectResumed {}
        | Fact::ProjectChanged { .. }
        | Fact::EditionHeld { .. }
        | Fact::EditionReleased { .. }
        | Fact::Learnings { .. }
        | Fact::Figures(_)
        | Fact::Correction { .. } => return None,
    };
    Some((section, false))
}
