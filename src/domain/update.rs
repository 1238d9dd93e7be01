//! The fold from events to an update: what one person is told in one edition. Everything that is said to anybody
//! about a recommendation is decided here; how it is worded is not.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::{Entry, Fact};
use super::line::line_since;
pub use super::line::{Brief, Line, line, speaks_of_the_reply};
use super::picture::{Picture, Pictured};
use super::record::Head;
use super::standing::{Promise, Standing};
use super::words::{Progress, Response};

/// How far one person has been told about a recommendation that rests on their story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub reference: String,
    /// Everything up to here was told, or lay before the story was linked.
    pub told_seq: i64,
    /// Everything up to here may have been told: the outcome of a delivery is not known.
    pub maybe_seq: i64,
    /// Whether what was in force when the link was made has been told.
    pub introduced: bool,
}

/// What is known of a person when their update is composed. It is kept with the update, so that rendering it again
/// gives the same words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// They have never been told anything.
    pub first: bool,
    /// How far they were told about everything else in the project.
    pub told_seq: i64,
    pub maybe_seq: i64,
    pub last_told_on: Option<NaiveDate>,
    pub links: Vec<Link>,
}

/// One event as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub seq: i64,
    pub on: NaiveDate,
    /// "You may have read this already."
    pub maybe: bool,
    /// These words replace others that the reader was told before.
    pub corrects: bool,
    /// It explains a stall that has ended since.
    pub over: bool,
    pub fact: Fact,
}

/// What is told about one recommendation under one heading, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub reference: String,
    pub title: String,
    pub responsible: Option<String>,
    pub told: Vec<Told>,
}

/// A promise that is still open and was told before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub reference: String,
    pub title: String,
    pub promise: String,
    pub due_on: NaiveDate,
    /// Whole days past the date; `None` while it is not.
    pub late_days: Option<i64>,
}

/// The line of counts at the top: recommendations, never people or stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InShort {
    pub changed: usize,
    pub stuck: usize,
    pub ended: usize,
    pub silent: usize,
    pub missed: usize,
    pub elsewhere: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    pub first: bool,
    /// A recommendation rests on this person's story.
    pub linked: bool,
    pub last_told_on: Option<NaiveDate>,
    pub in_short: InShort,
    /// Recommendations that the reader has not heard of before.
    pub asked: Vec<Item>,
    pub changed: Vec<Item>,
    pub stuck: Vec<Item>,
    /// Stalls that were told before: never dropped, never told in full again.
    pub still_stuck: Vec<Line>,
    /// Turned down, stopped or replaced.
    pub ended: Vec<Item>,
    pub silent: Vec<Item>,
    pub promises: Vec<Item>,
    pub due: Vec<Due>,
    /// Linked recommendations of which there is no news and that are not stalled.
    pub same: Vec<Line>,
    pub elsewhere: Vec<Line>,
    /// "Is this true for you?": the titles of what is said to be done.
    pub questions: Vec<String>,
    pub covers: Head,
    pub day: NaiveDate,
}

impl Update {
    /// There is truly nothing new to say.
    pub fn is_without_news(&self) -> bool {
        let told = [&self.asked, &self.changed, &self.stuck, &self.ended, &self.silent, &self.promises];
        told.iter().all(|items| items.is_empty()) && !self.elsewhere.iter().any(|line| line.news)
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

/// Composes what a reader is told at a cut-off.
pub fn compose(picture: &Picture, reader: &Reader) -> Update {
    let mut update = Update {
        first: reader.first,
        linked: false,
        last_told_on: reader.last_told_on,
        in_short: InShort::default(),
        asked: Vec::new(),
        changed: Vec::new(),
        stuck: Vec::new(),
        still_stuck: Vec::new(),
        ended: Vec::new(),
        silent: Vec::new(),
        promises: Vec::new(),
        due: Vec::new(),
        same: Vec::new(),
        elsewhere: Vec::new(),
        questions: Vec::new(),
        covers: picture.head.clone(),
        day: picture.day,
    };
    for pictured in &picture.recommendations {
        match reader.links.iter().find(|link| link.reference == pictured.reference) {
            Some(link) => tell_in_full(&mut update, picture.day, pictured, link),
            None => {
                update.elsewhere.push(line_since(pictured, picture.day, reader));
            }
        }
    }
    update.in_short = InShort {
        changed: update.changed.len(),
        stuck: titles(&update.stuck).chain(lines(&update.still_stuck)).collect::<BTreeSet<_>>().len(),
        ended: update.ended.len(),
        silent: update.silent.len(),
        missed: update
            .promises
            .iter()
            .flat_map(|item| &item.told)
            .filter(|told| matches!(told.fact, Fact::PromiseMissed { .. }))
            .count(),
        elsewhere: update.elsewhere.iter().filter(|line| line.news).count(),
    };
    update
}

fn titles(items: &[Item]) -> impl Iterator<Item = &str> {
    items.iter().map(|item| item.reference.as_str())
}

fn lines(lines: &[Line]) -> impl Iterator<Item = &str> {
    lines.iter().map(|line| line.reference.as_str())
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

fn tell_in_full(update: &mut Update, day: NaiveDate, pictured: &Pictured, link: &Link) {
    update.linked = true;
    let standing = &pictured.standing;
    let due = due_events(pictured, link);
    let mut stall_told = false;
    for entry in pictured.entries.iter().filter(|entry| due.contains(&entry.seq)) {
        let Some((section, told)) = telling(pictured, entry, &due, link) else { continue };
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
        tell(update, pictured, section, told);
        for told in kept {
            tell(update, pictured, Section::Promises, told);
        }
    }
    if standing.progress == Progress::Stalled {
        if !stall_told {
            update.still_stuck.push(line(pictured, day, false));
        }
    } else if due.is_empty() {
        update.same.push(line(pictured, day, false));
    }
    for promise in standing.promises.iter().filter(|promise| promise.is_open() && !due.contains(&promise.seq))
    {
        // A deadline whose passing is told in this very update needs no second line.
        let told_now =
            pictured.entries.iter().any(|entry| due.contains(&entry.seq) && misses(entry, promise));
        if !told_now {
            update.due.push(Due {
                reference: pictured.reference.clone(),
                title: standing.title.clone(),
                promise: promise.words.clone(),
                due_on: promise.due_on,
                late_days: (promise.due_on < day).then(|| (day - promise.due_on).num_days()),
            });
        }
    }
    if matches!(standing.progress, Progress::Done | Progress::DoneInPart) {
        update.questions.push(standing.title.clone());
    }
}

fn tell(update: &mut Update, pictured: &Pictured, section: Section, told: Told) {
    let items = match section {
        Section::Asked => &mut update.asked,
        Section::Changed => &mut update.changed,
        Section::Stuck => &mut update.stuck,
        Section::Ended => &mut update.ended,
        Section::Silent => &mut update.silent,
        Section::Promises => &mut update.promises,
    };
    match items.last_mut().filter(|item| item.reference == pictured.reference) {
        Some(item) => item.told.push(told),
        None => items.push(Item {
            reference: pictured.reference.clone(),
            title: pictured.standing.title.clone(),
            responsible: pictured.standing.responsible.clone(),
            told: vec![told],
        }),
    }
}

/// The promises that an event keeps without naming them: what is done is done with all that was promised for it.
pub(super) fn closes(pictured: &Pictured, entry: &Entry) -> Vec<Promise> {
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
fn telling(pictured: &Pictured, entry: &Entry, due: &BTreeSet<i64>, link: &Link) -> Option<(Section, Told)> {
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
        if corrected.corrected_by != Some(entry.seq) {
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

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
