//! Columns that the sheet `history` lacks, also those in other languages: what was recorded in them stays.

use std::collections::{BTreeMap, HashMap};

use sea_orm::ConnectionTrait;

use crate::actions::book::Book;
use crate::actions::outcomes;
use crate::app::App;
use crate::domain::event::Entry;
use crate::domain::history::{Act, cells_of, translations_of};
use crate::domain::pack::{Columns, Pack, Sheet};
use crate::domain::translations::Translations;
use crate::domain::words::{InOurControl, Reason};
use crate::error::Result;
use crate::store::history;

const SHEET: Sheet = Sheet::History;

/// Completes the rows that are known already with what they hold in columns that the sheet has not.
pub(super) async fn fill(tx: &impl ConnectionTrait, app: &App, book: &Book, pack: &mut Pack) -> Result<()> {
    let known = history::in_project(tx, book.project.id).await?;
    let by_key: HashMap<&str, &history::Model> = known.iter().map(|row| (row.key.as_str(), row)).collect();
    // Most often every row is as it was, and nothing has to be read.
    let mut facts: Option<HashMap<i64, Entry>> = None;
    for row in &mut pack.history {
        let (keys, digests) = outcomes::marks(&app.keys, book.project.id, &row.value);
        let found = keys.iter().find_map(|key| by_key.get(key.as_str()));
        let Some(found) = found.filter(|found| !digests.contains(&found.digest)) else { continue };
        if let Some(waiting) = found.act()? {
            complete(&mut row.value, &Held::of_act(waiting), &pack.columns);
        } else if let Some(seq) = found.seq {
            if facts.is_none() {
                facts = Some(book.facts()?.into_iter().map(|entry| (entry.seq, entry)).collect());
            }
            if let Some(entry) = facts.as_ref().and_then(|facts| facts.get(&seq)) {
                complete(&mut row.value, &Held::of_entry(entry), &pack.columns);
            }
        }
    }
    Ok(())
}

/// What is held of a row, by column.
struct Held {
    cells: BTreeMap<String, String>,
    translations: Translations,
}

impl Held {
    fn of_act(act: Act) -> Self {
        Held { cells: act.cells(), translations: act.translations }
    }

    fn of_entry(entry: &Entry) -> Self {
        Held { cells: cells_of(&entry.fact), translations: translations_of(&entry.fact) }
    }
}

fn complete(act: &mut Act, held: &Held, columns: &Columns) {
    let cell = |column: &str| held.cells.get(column).filter(|_| !columns.has(SHEET, column));
    let text = |column: &str| cell(column).cloned();
    act.reason = act.reason.or_else(|| Reason::parse(cell("reason")?));
    act.in_our_control = act.in_our_control.or_else(|| InOurControl::parse(cell("in_our_control")?));
    act.review_on = act.review_on.or_else(|| cell("review_on")?.parse().ok());
    act.due_on = act.due_on.or_else(|| cell("due_on")?.parse().ok());
    act.explanation = act.explanation.take().or_else(|| text("explanation"));
    act.tried = act.tried.take().or_else(|| text("tried"));
    act.decided_by = act.decided_by.take().or_else(|| text("decided_by"));
    act.unblock = act.unblock.take().or_else(|| text("unblock"));
    act.noticed_by = act.noticed_by.take().or_else(|| text("noticed_by"));
    act.evidence_url = act.evidence_url.take().or_else(|| text("evidence_url"));
    let mut absent = held.translations.clone();
    for (language, words) in &mut absent {
        words.retain(|column, _| !columns.has_in(SHEET, column, language));
    }
    act.keep_languages(&held.cells, &absent);
}
