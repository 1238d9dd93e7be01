//! What is sent to people: [`Mail`] lists every kind of message, [`render`] turns one into its subject, text and HTML,
//! and `message` packs those for sending.

mod around;
pub mod bounce;
mod closing;
pub mod dkim;
pub mod document;
mod lines;
pub mod message;
pub mod paper;
pub mod press;
mod quoted;
mod script;
pub mod smtp;
mod style;
mod telling;
pub mod transport;
mod update;
pub mod verp;
mod withdrawn;

use std::sync::Arc;

use anyhow::Context;
use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::translations::Titles;
use crate::domain::update::Update;
use crate::domain::words::{Format, MessageKind};
use crate::locale::{Arg, Locales, Words};
use crate::templates::Templates;

use document::{Block, plain};
use press::{Made, Piece, Press};

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
    /// In which its people type.
    pub language: &'a str,
    /// Titles of its recommendations in other languages.
    pub titles: Option<&'a Titles>,
}

/// When somebody is told again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Next {
    /// By this day, even if nothing changes.
    On(NaiveDate),
    /// When something has come to an end, and by this day at the latest.
    WhenDone { latest: Option<NaiveDate> },
    /// This was the last one.
    None,
}

/// The way by which words reach their reader, as far as the words depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// With their page to pause and resume. Without one the words do not say "reply" either.
    Mail(Option<&'a str>),
    /// Nobody clicks on paper: with what can be typed instead.
    Letter(Option<Typed<'a>>),
    /// Somebody reads it out on the telephone.
    Call,
}

/// A short address, and the code that is asked for there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed<'a> {
    pub at: &'a str,
    pub code: &'a str,
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
    pub way: Way<'a>,
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
    pub way: Way<'a>,
}

/// A message in words, ready for its envelope: pieces in order, the first and last of which are its frame.
#[derive(Clone, Debug)]
pub struct Written {
    pub subject: Arc<str>,
    pub pieces: Vec<Arc<Piece>>,
    /// Not for those who chose plain text.
    pub with_html: bool,
    pub lang: String,
}

/// A message in words as people see it: for letters, calls, and whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    /// `None` for those who chose plain text.
    pub html: Option<String>,
    pub lang: String,
}

impl Written {
    /// A message of one piece, as plain text.
    pub fn plain(subject: &str, text: String, lang: &str) -> Self {
        let pieces = vec![Arc::new(Piece::new(text, String::new()))];
        Written { subject: subject.into(), pieces, with_html: false, lang: lang.to_owned() }
    }

    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    pub fn html(&self) -> Option<String> {
        self.with_html.then(|| self.pieces.iter().map(|piece| piece.html.as_str()).collect())
    }
}

impl From<Written> for Rendered {
    fn from(written: Written) -> Self {
        Rendered {
            subject: written.subject.to_string(),
            text: written.text(),
            html: written.html(),
            lang: written.lang,
        }
    }
}

#[derive(Serialize)]
struct SubjectContext<'a> {
    lang: &'a str,
    sender: String,
    month: String,
    /// Only where the project wants its title in the subject.
    project: Option<String>,
}

impl Mail<'_> {
    pub fn kind(&self) -> MessageKind {
        match self {
            Mail::Update(_) => MessageKind::Update,
            Mail::Withdrawn(_) => MessageKind::Withdrawn,
        }
    }
}

/// Puts a single message into words.
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
    let kind = mail.kind().code();
    let mut press = Press::new(locales.get(lang), templates, format, kind, Made::default());
    Ok(write(&mut press, mail)?.into())
}

/// Puts a message into words, with whatever the press has made already. The press must be one for this kind of
/// message, edition, sender, language, format and way of reaching the reader.
///
/// # Errors
/// A template of the operator that fails. No value of the message is in the error.
pub fn write(press: &mut Press<'_>, mail: &Mail<'_>) -> anyhow::Result<Written> {
    let words = press.words;
    let (sender, month_of, title) = match mail {
        Mail::Update(mail) => (&mail.sender, mail.period_on, "update-title"),
        Mail::Withdrawn(mail) => (&mail.sender, mail.on, "withdrawn-title"),
    };
    let subject = match &press.made().subject {
        Some(subject) => subject.clone(),
        None => {
            let context = SubjectContext {
                lang: words.lang(),
                sender: plain(sender.sender_name),
                month: words.month(month_of),
                project: (!sender.neutral_subjects).then(|| plain(sender.project_title)),
            };
            let name = format!("mail/{}/subject.txt", mail.kind().code());
            let subject = press.templates().render(&name, &context).context("writing the subject")?;
            let subject = shortened(&plain(&subject));
            // Mail programs guess the direction from the first letter, which may be one of a name.
            let mark = if words.dir() == "rtl" { "\u{200F}" } else { "" };
            let subject: Arc<str> = format!("{mark}{subject}").into();
            press.made().subject = Some(subject.clone());
            subject
        }
    };
    let blocks = match mail {
        Mail::Update(mail) => update::blocks(press, mail)?,
        Mail::Withdrawn(mail) => {
            let blocks = withdrawn::blocks(words, mail);
            blocks.iter().map(|block| press.own(block)).collect::<Result<_, _>>()?
        }
    };
    let pieces = press.framed(title, blocks)?;
    Ok(Written { subject, pieces, with_html: press.with_html(), lang: words.lang().to_owned() })
}

/// A subject of fewer than [`SUBJECT_CHARS`] characters, so that a mark of direction still fits.
fn shortened(subject: &str) -> String {
    if subject.chars().count() < SUBJECT_CHARS {
        return subject.to_owned();
    }
    let kept: String = subject.chars().take(SUBJECT_CHARS - 2).collect();
    format!("{}…", kept.trim_end())
}

/// How the reader reaches the people behind the message: what sentences about it are filled with.
fn reach(sender: &Sender<'_>, way: Way<'_>) -> Vec<(&'static str, Arg<'static>)> {
    let phone = sender.contact_phone.map(plain).filter(|phone| !phone.is_empty());
    let way = match (way, &phone) {
        (Way::Mail(Some(_)), _) => "reply",
        (Way::Call, _) => "say",
        (Way::Mail(None) | Way::Letter(_), Some(_)) => "ring",
        (Way::Mail(None) | Way::Letter(_), None) => "write",
    };
    vec![
        ("way", way.into()),
        ("email", plain(sender.contact_email).into()),
        ("phone", phone.unwrap_or_default().into()),
    ]
}

/// That nobody has checked these words, and whom to ask. Nothing in a language that somebody has checked.
fn unchecked(words: &Words, reach: &[(&'static str, Arg<'static>)]) -> Option<Block> {
    let said = || [words.text("language-unchecked", &[]), words.text("language-ask", reach)].join(" ");
    (!words.is_checked()).then(|| Block::Paragraph { words: said() })
}

fn greeting(words: &Words, name: Option<&str>) -> String {
    match name.map(plain).filter(|name| !name.is_empty()) {
        Some(name) => words.text("greeting-name", &[("name", name.into())]),
        None => words.text("greeting", &[]),
    }
}

#[cfg(test)]
mod tests;
