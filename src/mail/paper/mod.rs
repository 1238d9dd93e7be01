//! What is printed: letters to post, and scripts for calls, as one page to print from a browser and as one PDF. Both are
//! made from the same blocks as messages are.

mod draw;
mod pdf;
mod set;

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Context;
use serde::Serialize;

use super::press::Piece;
use crate::domain::words::Format;
use crate::locale::{Locales, Words};
use crate::templates::Templates;

pub use pdf::pdf;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Letter,
    /// For a call.
    Script,
}

impl Kind {
    /// The key of the title of many.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Letter => "letters-title",
            Kind::Script => "scripts-title",
        }
    }
}

/// What is for one person: a run of pages.
#[derive(Clone, Debug)]
pub struct Paper {
    pub kind: Kind,
    pub lang: String,
    pub format: Format,
    /// The lines of the address, or the number to ring.
    pub to: Vec<String>,
    /// Who writes, without a word of what it is about.
    pub sender: String,
    /// The day, as people write it.
    pub date: String,
    pub title: String,
    /// Something to know before ringing.
    pub note: Option<String>,
    /// By which whoever rang finds the task again.
    pub task: String,
    pub pieces: Vec<Arc<Piece>>,
}

/// One file of pages.
#[derive(Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    /// How many pages each paper has.
    pub pages: Vec<usize>,
    /// Letters for which there is no font here: the file shows them as empty boxes and must not be used.
    pub missing: BTreeSet<char>,
}

#[derive(Serialize)]
struct Sheets<'a> {
    lang: &'a str,
    dir: &'a str,
    title: String,
    papers: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    /// Of its pages.
    name: String,
    kind: &'static str,
    lang: &'a str,
    dir: &'a str,
    large: bool,
    to: &'a [String],
    sender: &'a str,
    date: &'a str,
    title: &'a str,
    note: Option<&'a str>,
    task: &'a str,
    body: String,
    /// The side where a page has its number.
    end: &'static str,
    /// What stands there, as a sheet of styles writes it.
    number: String,
}

/// All of them as one page that a browser prints: each on a page of its own.
///
/// # Errors
/// A template of the operator that fails. No value of a letter is in the error.
pub fn html(
    locales: &Locales,
    templates: &Templates,
    lang: &str,
    papers: &[Paper],
) -> anyhow::Result<String> {
    let words = locales.written(lang);
    let kind = papers.first().map_or(Kind::Letter, |paper| paper.kind);
    let title = words.text(kind.title(), &[]);
    let papers =
        papers.iter().enumerate().map(|(place, paper)| shown(locales.written(&paper.lang), place, paper));
    let context = Sheets { lang: words.lang(), dir: words.dir(), title, papers: papers.collect() };
    templates.render("letters/letters.html", context).context("writing the letters")
}

fn shown<'a>(words: &'a Words, place: usize, paper: &'a Paper) -> Shown<'a> {
    let name = format!("paper{}", place + 1);
    let number = words.text("letter-page-only", &[("number", "\u{FFFF}".into())]);
    let number = number.split('\u{FFFF}').map(quoted).collect::<Vec<_>>().join(&format!(" counter({name}) "));
    Shown {
        name,
        kind: match paper.kind {
            Kind::Letter => "letter",
            Kind::Script => "script",
        },
        lang: words.lang(),
        dir: words.dir(),
        large: paper.format == Format::LargePrint && paper.kind == Kind::Letter,
        to: &paper.to,
        sender: &paper.sender,
        date: &paper.date,
        title: &paper.title,
        note: paper.note.as_deref(),
        task: &paper.task,
        body: paper.pieces.iter().map(|piece| piece.html.as_str()).collect(),
        end: if words.dir() == "rtl" { "left" } else { "right" },
        number,
    }
}

/// A string of a sheet of styles.
fn quoted(words: &str) -> String {
    let kept = words.replace(['"', '\\', '<', '\n'], " ");
    format!("\"{kept}\"")
}

#[cfg(test)]
mod tests;
