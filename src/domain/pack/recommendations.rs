//! The sheets `recommendations` and `evidence`: what is asked for, of whom, and which stories stand behind it.

use super::cells::Cells;
use super::notes::Notes;
use super::rows::{EvidenceRow, RecommendationRow};
use super::sheets::Sheet;
use super::{Content, Row, codes, examples, table};
use crate::domain::words::Direction;

pub(super) fn recommendations(notes: &mut Notes, content: Content<'_>) -> Vec<Row<RecommendationRow>> {
    table::rows(notes, Sheet::Recommendations, Sheet::Recommendations.columns(), content, recommendation)
}

fn recommendation(cells: &mut Cells<'_>) -> Option<RecommendationRow> {
    cells.need("ref", "a short public name such as R01");
    let reference = cells.parsed("ref", |text| {
        examples::is_none(text)?;
        codes::reference(text).map(|()| text.to_owned())
    });
    cells.need("title", "a title");
    let title = cells.short("title", 300);
    cells.need("text", "what is recommended");
    let audience = cells.short("audience", 1000);
    let responsible = cells.short("responsible", 1000);
    let responsible_email = cells.email("responsible_email");
    let published_on = cells.date("published_on");
    let mut later = |column: &'static str| {
        let date = cells.date(column);
        if date.zip(published_on).is_some_and(|(date, published_on)| date < published_on) {
            cells.error(column, "expected a day that is not before published_on");
        }
        date
    };
    let response_due_on = later("response_due_on");
    let target_on = later("target_on");
    let learnings = cells.references("learnings", Sheet::Learnings);
    Some(RecommendationRow {
        reference: reference?,
        title: title?,
        text: cells.text("text")?,
        audience,
        responsible,
        responsible_email,
        published_on,
        response_due_on,
        target_on,
        learnings,
        translations: cells.translations_and_blanks(),
    })
}

pub(super) fn evidence(notes: &mut Notes, content: Content<'_>) -> Vec<Row<EvidenceRow>> {
    table::rows(notes, Sheet::Evidence, Sheet::Evidence.columns(), content, link)
}

fn link(cells: &mut Cells<'_>) -> Option<EvidenceRow> {
    cells.need("recommendation", "the ref of a recommendation");
    cells.need("story", "the code of a story");
    cells.need("direction", &format!("one of {}", Direction::codes()));
    let recommendation = cells.reference("recommendation", Sheet::Recommendations)?;
    let story = cells.reference("story", Sheet::Stories)?;
    let direction = cells.word("direction", Direction::read, Direction::codes)?;
    let key = [&*recommendation, &*story, &direction.to_string()];
    cells.notes.once(cells.place("direction"), cells.row, &key, "this recommendation, story and direction");
    Some(EvidenceRow { recommendation, story, direction, why: cells.text("why") })
}
