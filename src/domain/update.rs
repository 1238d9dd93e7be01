//! The fold from events to an update: what one person is told in one edition. Everything that is said to anybody
//! about a recommendation is decided here; how it is worded is not.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::{Entry, Fact};
use super::picture::{Picture, Pictured};
use super::record::Head;
use super::standing::{Promise, Standing};
use super::words::{Progress, Reason, Response};

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

/// A recommendation in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub reference: String,
    pub title: String,
    pub responsible: Option<String>,
    pub response: Response,
    pub progress: Progress,
    /// The day since when it has been so, for the axis that the line is about.
    pub since: NaiveDate,
    pub days: i64,
    pub reason: Option<Reason>,
    pub review_on: Option<NaiveDate>,
    pub response_due_on: Option<NaiveDate>,
    pub overdue_days: Option<i64>,
    /// Something happened since the reader was last told.
    pub news: bool,
    /// A promise was missed since then.
    pub missed: bool,
    /// For so many days nobody has reported anything, and still nobody has.
    pub quiet_days: Option<i64>,
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
                update.elsewhere.push(line_since(pictured, picture.day, reader.told_seq));
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
        if matches!(told.fact, Fact::Progress { progress: Progress::Stalled, .. }) && !told.corrects {
            stall_told = true;
        }
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
                title: standing.title.clone(),
                responsible: standing.responsible.clone(),
                told: vec![told],
            }),
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
        let section = section(&corrected.fact)?;
        let fact = corrected.fact.clone();
        return Some((section, Told { seq: entry.seq, on: corrected.on, maybe, corrects: true, fact }));
    }
    if let Fact::Redaction { redacts, .. } = &entry.fact
        && due.contains(redacts)
    {
        return None;
    }
    let section = section(&entry.fact)?;
    Some((section, Told { seq: entry.seq, on: entry.on, maybe, corrects: false, fact: entry.fact.clone() }))
}

fn section(fact: &Fact) -> Option<Section> {
    Some(match fact {
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
        | Fact::Correction { .. } => return None,
    })
}

/// A recommendation in one line, with what the clock had to say since an event.
fn line_since(pictured: &Pictured, day: NaiveDate, told_seq: i64) -> Line {
    let mut line = line(pictured, day, pictured.standing.last_seq > told_seq);
    for entry in pictured.entries.iter().filter(|entry| entry.seq > told_seq) {
        match &entry.fact {
            Fact::PromiseMissed { .. } => line.missed = true,
            Fact::GoneQuiet { days, .. } => line.quiet_days = Some(*days),
            fact if !fact.is_silence() => line.quiet_days = None,
            _ => {}
        }
    }
    line
}

/// A recommendation in one line, about the axis that says most: how far the work is, or else the reply.
pub fn line(pictured: &Pictured, day: NaiveDate, news: bool) -> Line {
    let standing = &pictured.standing;
    let on_reply = speaks_of_the_reply(standing);
    let since = if on_reply { standing.response_since } else { standing.progress_since };
    let (words, review) = if on_reply {
        (standing.response_words.as_ref(), standing.response_words.as_ref())
    } else {
        (standing.progress_words.as_ref(), standing.progress_words.as_ref())
    };
    Line {
        reference: pictured.reference.clone(),
        title: standing.title.clone(),
        responsible: standing.responsible.clone(),
        response: standing.response,
        progress: standing.progress,
        since,
        days: (day - since).num_days(),
        reason: words.and_then(|words| words.said.reason),
        review_on: review.and_then(|words| words.said.review_on),
        response_due_on: standing.response_due_on,
        overdue_days: standing
            .response_due_on
            .filter(|_| standing.is_overdue(day))
            .map(|due_on| (day - due_on).num_days()),
        news,
        missed: false,
        quiet_days: None,
    }
}

/// A line is about the reply while there is nothing to say about the work.
pub fn speaks_of_the_reply(standing: &Standing) -> bool {
    standing.progress == Progress::NotStarted || standing.response == Response::Declined
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
