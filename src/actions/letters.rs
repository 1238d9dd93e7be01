//! Letters and scripts for calls: everything of a project that waits for somebody to post it or to ring up, as files to
//! print.

use std::collections::{BTreeSet, VecDeque};

use super::messages::{Pass, word};
use super::participants::quiet_until;
use super::tasks::{kept_back, purpose_of, to};
use crate::app::App;
use crate::domain::words::{Channel, MessageKind, MessageState};
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

/// So many letters stand in one file unless it is said otherwise: it opens quickly, and goes through a printer in one go.
pub const PER_FILE: usize = 250;

/// What is printed together: one file for browsers, and the same as PDF.
#[derive(Default)]
pub struct Part {
    pub files: Vec<File>,
    pub entries: Vec<Entry>,
    /// Who was left out, and why.
    pub left_out: Vec<(String, &'static str)>,
    /// Letters for which there is no font here, so that there is no PDF.
    pub missing: BTreeSet<char>,
}

/// All that is to be printed of a project, made part by part, so that memory does not grow with the number of people.
pub struct Printing {
    project: project::Model,
    purpose: String,
    /// What a part is called, without its ending, and what may stand in it.
    parts: VecDeque<(String, Vec<message::Model>)>,
    pass: Pass,
}

/// What is to be printed, at most so many in one file. What was printed before is left out, unless `again`.
pub async fn printing(
    app: &App,
    slug: &str,
    purpose: &str,
    again: bool,
    per_file: usize,
) -> Result<Printing> {
    let purpose = purpose_of(purpose)?.to_owned();
    let project = super::project(app, slug).await?;
    let day = project.today(app.clock.now())?;
    let mut rows = message::on_paper(&app.db.reader, project.id).await?;
    rows.retain(|row| again || row.printed_at.is_none());
    let (calls, letters): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.channel == Channel::Phone);
    let mut parts = VecDeque::new();
    for (name, rows) in [("letters", letters), ("calls", calls)] {
        let count = rows.len().div_ceil(per_file.max(1));
        let digits = count.to_string().len();
        let mut rows = rows.into_iter();
        for place in 1..=count {
            let name = match count {
                1 => format!("{name}-{day}"),
                _ => format!("{name}-{day}-{place:0digits$}"),
            };
            parts.push_back((name, rows.by_ref().take(per_file.max(1)).collect()));
        }
    }
    Ok(Printing { project, purpose, parts, pass: Pass::default() })
}

impl Printing {
    /// The next part, or `None` after the last. Each address that is opened for it is written down with the purpose.
    pub async fn next(&mut self, app: &App) -> Result<Option<Part>> {
        let Some((name, rows)) = self.parts.pop_front() else { return Ok(None) };
        let mut part = Part::default();
        let mut people = Vec::with_capacity(rows.len());
        // Whoever stops while the parts before are made gets nothing.
        self.project = project::find(&app.db.reader, self.project.id)
            .await?
            .ok_or_else(|| Error::not_found("The project"))?;
        for row in rows {
            let Some(row) = message::find(&app.db.reader, row.id).await? else { continue };
            let Some(person) = participant::find(&app.db.reader, row.participant_id).await? else { continue };
            match kept_back(&row, &person, &self.project) {
                _ if row.state != MessageState::Task => {}
                Some(why) => part.left_out.push((person.reference, why)),
                None => people.push((row, person)),
            }
        }
        let now = app.clock.now();
        let tx = store::begin(&app.db).await?;
        for (_, person) in &people {
            let about = format!("participant {}: {}", person.id, self.purpose);
            audit::add(&tx, Some(self.project.id), now, "staff", "open the vault", &about).await?;
        }
        tx.commit().await?;
        let mut papers = Vec::with_capacity(people.len());
        for (row, person) in people {
            let reference = person.reference.clone();
            match paper_of(app, &mut self.pass, &self.project, &row, person).await? {
                Some(paper) => papers.push((row.id, reference, paper)),
                None if row.channel == Channel::Phone => {
                    part.left_out.push((reference, "there is no number"))
                }
                None => part.left_out.push((reference, "there is no postal address")),
            }
        }
        self.print(app, &name, papers, &mut part)?;
        Ok(Some(part))
    }

    fn print(
        &self,
        app: &App,
        name: &str,
        these: Vec<(MessageId, String, Paper)>,
        part: &mut Part,
    ) -> Result<()> {
        let (entries, papers): (Vec<_>, Vec<_>) =
            these.into_iter().map(|(id, reference, paper)| ((id, reference), paper)).unzip();
        let Some(kind) = papers.first().map(|paper: &Paper| paper.kind) else { return Ok(()) };
        let lang = &self.project.language;
        let html = paper::html(&app.locales, &app.templates, lang, &papers)?;
        part.files.push(File { name: format!("{name}.html"), bytes: html.into_bytes() });
        let title = app.locales.get(lang).text(kind.title(), &[]);
        let pdf = paper::pdf(&app.locales, lang, &title, &papers)?;
        let whole = pdf.missing.is_empty();
        if whole {
            part.files.push(File { name: format!("{name}.pdf"), bytes: pdf.bytes });
        }
        part.missing = pdf.missing;
        part.entries.extend(entries.into_iter().zip(pdf.pages).map(|((id, participant), pages)| {
            let pages = whole.then_some(pages);
            Entry { id, participant, kind, pages }
        }));
        Ok(())
    }
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
