//! What is sent to people: [`Mail`] lists every kind of message, [`render`] turns one into its subject, text and HTML,
//! and `message` packs those for sending.

pub mod bounce;
pub mod dkim;
pub mod document;
mod lines;
pub mod message;
pub mod smtp;
mod telling;
pub mod transport;
mod update;
pub mod verp;
mod withdrawn;

use anyhow::Context;
use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::update::Update;
use crate::domain::words::{Format, MessageKind};
use crate::locale::{Locales, Words};
use crate::templates::Templates;

use document::{Block, Document, plain};

/// A subject is cut after this many characters.
pub const SUBJECT_CHARS: usize = 150;

/// Every kind of message. Each has a folder in `templates/mail`.
#[derive(Clone, Debug)]
pub enum Mail<'a> {
    Update(UpdateMail<'a>),
    Withdrawn(WithdrawnMail<'a>),
}

/// Who speaks in a message, as the project says it.
#[derive(Clone, Debug)]
pub struct Sender<'a> {
    pub sender_name: &'a str,
    pub contact_email: &'a str,
    pub contact_phone: Option<&'a str>,
    pub organisation: &'a str,
    pub project_title: &'a str,
    pub support_contact: Option<&'a str>,
    pub concern_person: Option<&'a str>,
    pub neutral_subjects: bool,
}

/// When somebody is told again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// By this day, even if nothing changes.
    On(NaiveDate),
    /// When something has come to an end, and by this day at the latest.
    WhenDone { latest: Option<NaiveDate> },
    /// This was the last one.
    None,
}

/// One person's update.
#[derive(Clone, Debug)]
pub struct UpdateMail<'a> {
    pub update: &'a Update,
    pub sender: Sender<'a>,
    pub greeting_name: Option<&'a str>,
    /// The day of the edition; the subject names its month.
    pub period_on: NaiveDate,
    pub next: Next,
    /// Their page to pause and resume. `None` for letters and calls: their words do not say "reply".
    pub updates_url: Option<&'a str>,
    /// Where anybody can check the record, without a word of what it is about in the address. `None` unless the project
    /// is public.
    pub check_url: Option<&'a str>,
}

/// The confirmation that a story was withdrawn.
#[derive(Clone, Debug)]
pub struct WithdrawnMail<'a> {
    pub sender: Sender<'a>,
    pub greeting_name: Option<&'a str>,
    pub on: NaiveDate,
    /// They have other stories in the project and go on getting updates.
    pub others_remain: bool,
}

/// A message in words, ready for its envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    /// `None` for those who chose plain text.
    pub html: Option<String>,
    pub lang: String,
}

#[derive(Serialize)]
struct SubjectContext<'a> {
    lang: &'a str,
    sender: String,
    month: String,
    /// Only where the project wants its title in the subject.
    project: Option<String>,
}

#[derive(Serialize)]
struct BodyContext<'a> {
    lang: &'a str,
    dir: &'a str,
    title: &'a str,
    blocks: &'a [Block],
    large: bool,
}

/// Puts a message into words. Text and HTML are drawn from the same blocks.
///
/// # Errors
/// A template of the operator that fails. No value of the message is in the error.
pub fn render(
    locales: &Locales,
    templates: &Templates,
    mail: &Mail<'_>,
    lang: &str,
    format: Format,
) -> anyhow::Result<Rendered> {
    let words = locales.get(lang);
    let (kind, sender, month_of, document) = match mail {
        Mail::Update(mail) => {
            (MessageKind::Update, &mail.sender, mail.period_on, update::document(words, mail))
        }
        Mail::Withdrawn(mail) => {
            (MessageKind::Withdrawn, &mail.sender, mail.on, withdrawn::document(words, mail))
        }
    };
    let folder = format!("mail/{}", kind.code());
    let subject = SubjectContext {
        lang: words.lang(),
        sender: plain(sender.sender_name),
        month: words.month(month_of),
        project: (!sender.neutral_subjects).then(|| plain(sender.project_title)),
    };
    let subject =
        templates.render(&format!("{folder}/subject.txt"), &subject).context("writing the subject")?;
    let context = body_context(words, &document, format);
    let html = match format {
        Format::PlainText => None,
        Format::Standard | Format::LargePrint => {
            Some(templates.render(&format!("{folder}/body.html"), &context)?)
        }
    };
    let text = templates.render(&format!("{folder}/body.txt"), &context)?;
    Ok(Rendered {
        subject: shortened(&plain(&subject)),
        text: format!("{}\n", text.trim()),
        html: html.map(|html| format!("{}\n", html.trim())),
        lang: words.lang().to_owned(),
    })
}

fn body_context<'a>(words: &'a Words, document: &'a Document, format: Format) -> BodyContext<'a> {
    BodyContext {
        lang: words.lang(),
        dir: words.dir(),
        title: &document.title,
        blocks: &document.blocks,
        large: format == Format::LargePrint,
    }
}

/// A subject of at most [`SUBJECT_CHARS`] characters.
fn shortened(subject: &str) -> String {
    if subject.chars().count() <= SUBJECT_CHARS {
        return subject.to_owned();
    }
    let kept: String = subject.chars().take(SUBJECT_CHARS - 1).collect();
    format!("{}…", kept.trim_end())
}

/// How the reader reaches the people behind the message, as the start of a sentence that goes on "and say …".
fn reach(words: &Words, sender: &Sender<'_>, by_reply: bool) -> String {
    if by_reply {
        return words.text("reach-reply", &[]);
    }
    let email = plain(sender.contact_email);
    match sender.contact_phone {
        Some(phone) => {
            words.text("reach-write-or-ring", &[("email", email.into()), ("phone", plain(phone).into())])
        }
        None => words.text("reach-write", &[("email", email.into())]),
    }
}

fn greeting(words: &Words, name: Option<&str>) -> String {
    match name.map(plain).filter(|name| !name.is_empty()) {
        Some(name) => words.text("greeting-name", &[("name", name.into())]),
        None => words.text("greeting", &[]),
    }
}

#[cfg(test)]
mod tests;
