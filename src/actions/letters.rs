//! Letters and scripts for calls: everything of a project that waits for somebody to post it or to ring up, as files to
//! print.

use std::collections::BTreeSet;

use super::messages::{Pass, word};
use super::participants::quiet_until;
use super::tasks::{kept_back, purpose_of, to};
use crate::app::App;
use crate::domain::words::{Channel, MessageKind};
use crate::error::{Error, Result};
use crate::mail::document::plain;
use crate::mail::paper::{self, Kind, Paper};
use crate::store::types::{At, MessageId};
use crate::store::{self, audit, message, participant, project};

/// What one person gets, and how many pages that is.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: MessageId,
    pub participant: String,
    pub kind: Kind,
    /// `None` where no PDF could be made.
    pub pages: Option<usize>,
}

/// A file to be written where nobody else can read it.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// All that is to be printed of a project.
#[derive(Default)]
pub struct Printing {
    pub files: Vec<File>,
    pub entries: Vec<Entry>,
    /// Who was left out, and why.
    pub left_out: Vec<(String, &'static str)>,
    /// Letters for which there is no font here, so that there is no PDF.
    pub missing: BTreeSet<char>,
}

/// Makes the files. Each address that is opened for them is written down with the purpose. What was printed before is left
/// out, unless `again`.
pub async fn make(app: &App, slug: &str, purpose: &str, again: bool) -> Result<Printing> {
    let purpose = purpose_of(purpose)?;
    let project = super::project(app, slug).await?;
    let db = &app.db.reader;
    let mut rows = message::on_paper(db, project.id).await?;
    rows.retain(|row| again || row.printed_at.is_none());
    let mut printing = Printing::default();
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(person) = participant::find(db, row.participant_id).await? else { continue };
        match kept_back(&row, &person, &project) {
            Some(why) => printing.left_out.push((person.reference, why)),
            None => people.push((row, person)),
        }
    }
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    for (_, person) in &people {
        let about = format!("participant {}: {purpose}", person.id);
        audit::add(&tx, Some(project.id), now, "staff", "open the vault", &about).await?;
    }
    tx.commit().await?;
    let (mut pass, mut papers) = (Pass::default(), Vec::with_capacity(people.len()));
    for (row, person) in people {
        let reference = person.reference.clone();
        match paper_of(app, &mut pass, &project, &row, person).await? {
            Some(paper) => papers.push((row.id, reference, paper)),
            None if row.channel == Channel::Phone => {
                printing.left_out.push((reference, "there is no number"))
            }
            None => printing.left_out.push((reference, "there is no postal address")),
        }
    }
    for kind in [Kind::Letter, Kind::Script] {
        let of_kind = |(_, _, paper): &(_, _, Paper)| paper.kind == kind;
        let (these, rest) = papers.into_iter().partition::<Vec<_>, _>(of_kind);
        papers = rest;
        print(app, &project, kind, these, &mut printing)?;
    }
    Ok(printing)
}

fn print(
    app: &App,
    project: &project::Model,
    kind: Kind,
    these: Vec<(MessageId, String, Paper)>,
    printing: &mut Printing,
) -> Result<()> {
    if these.is_empty() {
        return Ok(());
    }
    let day = project.today(app.clock.now())?;
    let name = match kind {
        Kind::Letter => format!("letters-{day}"),
        Kind::Script => format!("calls-{day}"),
    };
    let entries: Vec<_> = these.iter().map(|(id, reference, _)| (*id, reference.clone())).collect();
    let papers: Vec<Paper> = these.into_iter().map(|(_, _, paper)| paper).collect();
    let html = paper::html(&app.locales, &app.templates, &project.language, &papers)?;
    printing.files.push(File { name: format!("{name}.html"), bytes: html.into_bytes() });
    let title = app.locales.get(&project.language).text(kind.title(), &[]);
    let pdf = paper::pdf(&app.locales, &project.language, &title, &papers)?;
    let whole = pdf.missing.is_empty();
    if whole {
        printing.files.push(File { name: format!("{name}.pdf"), bytes: pdf.bytes });
    }
    printing.missing.extend(pdf.missing);
    printing.entries.extend(entries.into_iter().zip(pdf.pages).map(|((id, participant), pages)| {
        let pages = whole.then_some(pages);
        Entry { id, participant, kind, pages }
    }));
    Ok(())
}

/// `None` where there is no address or number.
async fn paper_of(
    app: &App,
    pass: &mut Pass,
    project: &project::Model,
    row: &message::Model,
    person: participant::Model,
) -> Result<Option<Paper>> {
    let now = app.clock.now();
    let worded = word(app, pass, row, person).await?;
    let person = &worded.person;
    let contact = &worded.contact;
    let reaches = match row.channel {
        Channel::Phone => contact.phone.is_some(),
        _ => contact.postal_address.is_some(),
    };
    let to = to(row, contact);
    if !reaches || to.is_empty() {
        return Ok(None);
    }
    let words = app.locales.get(&person.language);
    let kind = if row.channel == Channel::Phone { Kind::Script } else { Kind::Letter };
    let title = match (kind, row.kind) {
        (Kind::Script, _) => "script-title",
        (Kind::Letter, MessageKind::Update) => "update-title",
        (Kind::Letter, MessageKind::Withdrawn) => "withdrawn-title",
    };
    let quiet = quiet_until(project, person, &app.calendars, now)?;
    let note = match kind {
        Kind::Script if quiet > now => {
            Some(words.text("script-not-before", &[("date", words.date(project.today(quiet)?).into())]))
        }
        _ => None,
    };
    Ok(Some(Paper {
        kind,
        lang: words.lang().to_owned(),
        format: person.format,
        to,
        sender: plain(&project.sender_name),
        date: words.date(project.today(now)?),
        title: words.text(title, &[]),
        note,
        task: words.text("script-task", &[("id", row.id.to_string().into())]),
        pieces: worded.written.pieces,
    }))
}

/// The files lie where they were wanted: from now on these tasks are with somebody.
pub async fn printed(app: &App, entries: &[Entry]) -> Result<()> {
    let ids: Vec<MessageId> = entries.iter().map(|entry| entry.id).collect();
    let tx = store::begin(&app.db).await?;
    if message::set_printed(&tx, &ids, At::from(app.clock.now()).utc()).await? == 0 && !ids.is_empty() {
        return Err(Error::refused("None of these tasks is open any more. Throw the files away."));
    }
    tx.commit().await?;
    Ok(())
}
