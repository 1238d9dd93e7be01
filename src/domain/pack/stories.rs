//! The sheets `stories`, `themes` and `learnings`: what was told, and what was made of it.

use super::cells::Cells;
use super::notes::Notes;
use super::rows::{LearningRow, StoryRow, ThemeRow};
use super::sheets::Sheet;
use super::{Content, Row, table, values};
use crate::domain::words::{Attribution, Consent, Medium};

pub(super) fn stories(notes: &mut Notes, content: Content<'_>) -> Vec<Row<StoryRow>> {
    table::rows(notes, Sheet::Stories, Sheet::Stories.columns(), content, story)
}

fn story(cells: &mut Cells<'_>) -> Option<StoryRow> {
    let code = cells.own_code("code");
    cells.need("participant", "the id of the participant who told it");
    let participant = cells.reference("participant", Sheet::Participants);
    let url = cells.parsed("url", values::link).map(String::into_boxed_str);
    cells.need("medium", &format!("one of {}", Medium::codes()));
    let medium = cells.word("medium", Medium::read, Medium::codes);
    let gathered_on = cells.date("gathered_on");
    let consent = cells.word("consent", Consent::read, || format!("{}, or nothing", Consent::codes()));
    let attribution =
        cells.word("attribution", Attribution::read, Attribution::codes).unwrap_or(Attribution::NotQuoted);
    check_attribution(cells, consent, attribution);
    let themes = cells.references("themes", Sheet::Themes);
    if let (Some(code), Some(participant)) = (&code, &participant) {
        cells.notes.owners.push((code.clone(), cells.row, participant.clone()));
    }
    Some(StoryRow {
        code: code?,
        participant: participant?,
        summary: cells.text("summary"),
        url,
        medium: medium?,
        gathered_on,
        consent,
        attribution,
        content_note: cells.text("content_note"),
        themes,
    })
}

/// A person's name beside a consent without names is a contradiction that nobody but the convenor can resolve. A chosen
/// name may be a pen name, so it is kept and pointed out.
fn check_attribution(cells: &mut Cells<'_>, consent: Option<Consent>, attribution: Attribution) {
    match (consent, attribution) {
        (Some(Consent::PublicAnonymous), Attribution::Named) => {
            let message =
                "expected another attribution: the consent is public_anonymous, which does not cover a name";
            cells.error("attribution", message);
        }
        (Some(Consent::PublicAnonymous), Attribution::ChosenName) => {
            let message =
                "the consent is public_anonymous: the chosen name is shown only where it is public_named";
            cells.warn("attribution", message);
        }
        _ => {}
    }
}

pub(super) fn themes(notes: &mut Notes, content: Content<'_>) -> Vec<Row<ThemeRow>> {
    table::rows(notes, Sheet::Themes, Sheet::Themes.columns(), content, |cells| {
        let id = cells.own_code("id");
        cells.need("title", "a title");
        let title = cells.short("title", 300);
        Some(ThemeRow { id: id?, title: title?, summary: cells.text("summary") })
    })
}

pub(super) fn learnings(notes: &mut Notes, content: Content<'_>) -> Vec<Row<LearningRow>> {
    table::rows(notes, Sheet::Learnings, Sheet::Learnings.columns(), content, |cells| {
        let id = cells.own_code("id");
        let theme = cells.reference("theme", Sheet::Themes);
        cells.need("text", "what was learned");
        Some(LearningRow { id: id?, theme, text: cells.text("text")? })
    })
}
