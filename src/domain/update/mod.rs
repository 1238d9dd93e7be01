//! The fold from events to an update: what one person is told in one edition. Everything that is said to anybody
//! about a recommendation is decided here; how it is worded is not.

mod part;

use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::event::Fact;
use super::line::line_since;
pub use super::line::{Brief, Line, line, speaks_of_the_reply};
use super::picture::Picture;
use super::record::Head;
pub(super) use part::closes;
pub use part::due_events;
use part::{Part, in_full};

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
    /// In which they read it. It is that of the person, not kept here.
    #[serde(skip)]
    pub language: String,
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
    /// An answer is told in the same update, so that the day by which it was due says nothing any more.
    pub answered: bool,
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
    /// The update has named its recommendation already.
    pub named: bool,
}

/// The line of counts at the top: recommendations, never people or stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
    pub asked: Vec<Arc<Item>>,
    pub changed: Vec<Arc<Item>>,
    pub stuck: Vec<Arc<Item>>,
    /// Stalls that were told before: never dropped, never told in full again.
    pub still_stuck: Vec<Arc<Line>>,
    /// Turned down, stopped or replaced.
    pub ended: Vec<Arc<Item>>,
    pub silent: Vec<Arc<Item>>,
    pub promises: Vec<Arc<Item>>,
    pub due: Vec<Arc<Due>>,
    /// Linked recommendations of which there is no news and that are not stalled.
    pub same: Vec<Arc<Line>>,
    pub elsewhere: Vec<Arc<Line>>,
    /// "Is this true for you?": the titles of what is said to be done.
    pub questions: Vec<Arc<str>>,
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

/// Composes what a reader is told at a cut-off.
pub fn compose(picture: &Picture, reader: &Reader) -> Update {
    Composer::default().compose(picture, reader)
}

/// How far a reader has come with one recommendation: all that what they are told of it depends on.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Place {
    /// The language counts only where something was said in some languages alone.
    Linked {
        told_seq: i64,
        maybe_seq: i64,
        introduced: bool,
        language: Option<String>,
    },
    Elsewhere {
        told_seq: i64,
        first: bool,
    },
}

/// Composes for many readers of one picture. What is told of a recommendation is worked out once for all who have come
/// equally far with it, and shared by their updates.
#[derive(Default)]
pub struct Composer {
    parts: Vec<FxHashMap<Place, Arc<Part>>>,
}

/// So many places are kept for one recommendation. In the same edition most people have come equally far.
const PLACES: usize = 200;

impl Composer {
    /// The picture must be the same each time.
    pub fn compose(&mut self, picture: &Picture, reader: &Reader) -> Update {
        self.parts.resize_with(picture.recommendations.len(), FxHashMap::default);
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
        for (pictured, parts) in picture.recommendations.iter().zip(&mut self.parts) {
            let link = reader.links.iter().find(|link| link.reference == pictured.reference);
            let place = match link {
                Some(link) => Place::Linked {
                    told_seq: link.told_seq,
                    maybe_seq: link.maybe_seq,
                    introduced: link.introduced,
                    language: pictured
                        .entries
                        .iter()
                        .any(|entry| entry.seq > link.told_seq && entry.languages.is_some())
                        .then(|| reader.language.clone()),
                },
                None => Place::Elsewhere { told_seq: reader.told_seq, first: reader.first },
            };
            update.linked |= link.is_some();
            if let Some(part) = parts.get(&place) {
                update.add(part);
                continue;
            }
            let part = Arc::new(match link {
                Some(link) => in_full(picture.day, pictured, link, &reader.language),
                None => Part::elsewhere(line_since(pictured, picture.day, reader.told_seq, reader.first)),
            });
            update.add(&part);
            if parts.len() >= PLACES {
                parts.clear();
            }
            parts.insert(place, part);
        }
        update
    }
}

impl Update {
    fn add(&mut self, part: &Part) {
        self.asked.extend(part.asked.clone());
        self.changed.extend(part.changed.clone());
        self.stuck.extend(part.stuck.clone());
        self.still_stuck.extend(part.still_stuck.clone());
        self.ended.extend(part.ended.clone());
        self.silent.extend(part.silent.clone());
        self.promises.extend(part.promises.clone());
        self.due.extend(part.due.iter().cloned());
        self.same.extend(part.same.clone());
        self.questions.extend(part.question.clone());
        let short = &mut self.in_short;
        short.changed += usize::from(part.changed.is_some());
        short.stuck += usize::from(part.stuck.is_some() || part.still_stuck.is_some());
        short.ended += usize::from(part.ended.is_some());
        short.silent += usize::from(part.silent.is_some());
        short.missed += part.missed;
        if let Some(line) = &part.elsewhere {
            short.elsewhere += usize::from(line.news);
            self.elsewhere.push(line.clone());
        }
    }
}

#[cfg(test)]
mod tests;
