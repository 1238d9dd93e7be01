//! Words made ready for sending: each block of a message as text and HTML, plain and transfer-encoded. What many
//! people are told in one edition is made once and shared; a message is put together from such pieces.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use anyhow::Context;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Next;
use super::around::{Around, Own};
use super::document::Block;
use super::quoted::encoded;
use super::style::Styles;
use crate::domain::update::{Due, InShort, Item, Line};
use crate::domain::words::Format;
use crate::locale::{Arg, Words};
use crate::templates::{Templates, escaped};

/// Stands for the blocks while the frame around them is made. Nothing that people write can hold it, because it is made
/// of a letter that no template and no text may contain.
const BLOCKS: &str = "\u{FFFF}";

/// A part of a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Empty for those who chose plain text.
    pub html: String,
    /// What it was made of, where it goes on paper.
    pub block: Option<Block>,
    /// Both as they go over the wire: quoted-printable (RFC 2045, 6.7), no line of which begins with a dot.
    pub text_encoded: Vec<u8>,
    pub html_encoded: Vec<u8>,
}

impl Piece {
    pub fn new(text: String, html: String) -> Self {
        let (text_encoded, html_encoded) = (encoded(&text), encoded(&html));
        Piece { text, html, block: None, text_encoded, html_encoded }
    }
}

/// The same thing, not one that reads alike: two of them are equal where they lie in one place.
#[derive(Debug)]
pub struct Same<T: ?Sized>(pub Arc<T>);

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Eq for Same<T> {}

impl<T: ?Sized> Hash for Same<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).cast::<u8>().hash(state);
    }
}

/// What a block is about, as far as its words depend on it. Two blocks about the same read the same on one press.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// Words that are the same for everybody, under this name.
    Standing(&'static str),
    Opening(Opening),
    Item(Same<Item>),
    Own(Same<Line>),
    Elsewhere(Same<Line>),
    /// Its title alone.
    Folded(Same<Line>),
    Due(Same<Due>),
    Title(Same<str>),
    Next(Next),
    Counted(&'static str, usize),
    Since(&'static str, Option<chrono::NaiveDate>),
}

/// All that the first paragraph of an update depends on beside the edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Opening {
    pub short: InShort,
    pub asked: usize,
    pub changed: usize,
    pub news: usize,
    pub promises: usize,
    pub newly_stuck: bool,
    pub linked: bool,
    pub without_news: bool,
    pub without_own_news: bool,
    pub since: Option<chrono::NaiveDate>,
}

/// What stands around the blocks.
struct Frame {
    before: Arc<Piece>,
    after: Arc<Piece>,
}

/// The pieces of one edition in one language and format. It also serves for a single message.
pub struct Press<'a> {
    pub words: &'a Words,
    templates: &'a Templates,
    format: Format,
    on_paper: bool,
    /// The template's folder below `mail/`.
    kind: &'static str,
    made: Made,
}

/// What a press has made so far, apart from what it needs to go on.
#[derive(Default)]
pub struct Made {
    styles: Option<Styles>,
    frame: Option<Frame>,
    pieces: FxHashMap<About, Arc<Piece>>,
    /// As text and as HTML.
    around: FxHashMap<About, (Around, Around)>,
    pub(super) subject: Option<Arc<str>>,
    pub(super) reach: Option<Arc<[(&'static str, Arg<'static>)]>>,
}

/// More than an edition has, unless something is counted as shared that is not.
const PIECES: usize = 20_000;

#[derive(Serialize)]
struct StyleContext<'a> {
    lang: &'a str,
    dir: &'a str,
}

#[derive(Serialize)]
struct FrameContext<'a> {
    lang: &'a str,
    dir: &'a str,
    title: &'a str,
    blocks: &'a str,
}

#[derive(Serialize)]
struct BlockContext<'a> {
    lang: &'a str,
    block: &'a Block,
}

impl<'a> Press<'a> {
    pub fn new(
        words: &'a Words,
        templates: &'a Templates,
        format: Format,
        kind: &'static str,
        made: Made,
    ) -> Self {
        Press { words, templates, format, on_paper: false, kind, made }
    }

    /// For letters and calls: the pieces keep what they were made of, and their tags have no styles in them.
    pub fn on_paper(mut self) -> Self {
        self.on_paper = true;
        self
    }

    pub fn with_html(&self) -> bool {
        self.on_paper || self.format != Format::PlainText
    }

    pub fn templates(&self) -> &'a Templates {
        self.templates
    }

    /// What was made, for the next message of this kind.
    pub fn into_made(self) -> Made {
        self.made
    }

    pub(super) fn made(&mut self) -> &mut Made {
        &mut self.made
    }

    /// A block that is made now and not kept.
    pub fn own(&mut self, block: &Block) -> anyhow::Result<Arc<Piece>> {
        let text = self.in_text(block)?;
        let html = if self.with_html() { self.in_html(block)? } else { String::new() };
        let mut piece = Piece::new(text, html);
        piece.block = self.on_paper.then(|| block.clone());
        Ok(Arc::new(piece))
    }

    fn in_text(&self, block: &Block) -> anyhow::Result<String> {
        self.templates.render("mail/block.txt", BlockContext { lang: self.words.lang(), block })
    }

    fn in_html(&mut self, block: &Block) -> anyhow::Result<String> {
        let html =
            self.templates.render("mail/block.html", BlockContext { lang: self.words.lang(), block })?;
        if self.on_paper { Ok(html) } else { self.styles()?.block(block, &html) }
    }

    /// The styles of this format, which a message has in its tags.
    fn styles(&mut self) -> anyhow::Result<&Styles> {
        if self.made.styles.is_none() {
            let name = if self.format == Format::LargePrint { "mail/large.css" } else { "mail/style.css" };
            let context = StyleContext { lang: self.words.lang(), dir: self.words.dir() };
            self.made.styles = Some(Styles::new(self.templates.render(name, context)?));
        }
        self.made.styles.as_ref().context("the styles were made just now")
    }

    /// The block about this, made where it is met for the first time.
    pub fn shared(&mut self, about: About, make: impl FnOnce(&Words) -> Block) -> anyhow::Result<Arc<Piece>> {
        if let Some(piece) = self.made.pieces.get(&about) {
            return Ok(piece.clone());
        }
        let piece = self.own(&make(self.words))?;
        if self.made.pieces.len() >= PIECES {
            self.made.pieces.clear();
        }
        self.made.pieces.insert(about, piece.clone());
        Ok(piece)
    }

    /// A block in which something is this reader's own; all around it is made once.
    pub fn around(
        &mut self,
        about: About,
        own: Own<'_>,
        make: impl Fn(&Words, &str) -> Block,
    ) -> anyhow::Result<Arc<Piece>> {
        let words = self.words;
        if self.on_paper || (!own.stands_alike() && own.is_address()) {
            return self.own(&make(words, own.words()));
        }
        if !self.made.around.contains_key(&about) {
            let made = self.own(&make(words, own.stand_in()))?;
            if !own.stands_in(&made.text) || (self.with_html() && !own.stands_in(&made.html)) {
                return self.own(&make(words, own.words()));
            }
            let around = (Around::new(&made.text, own.stand_in()), Around::new(&made.html, own.stand_in()));
            self.made.around.insert(about.clone(), around);
        }
        let (text, html) = &self.made.around[&about];
        if own.stands_alike() {
            let quoted = encoded(own.words());
            let ((text, text_encoded), (html, html_encoded)) =
                (text.with(own.words(), &quoted), html.with(own.words(), &quoted));
            return Ok(Arc::new(Piece { text, html, block: None, text_encoded, html_encoded }));
        }
        // In a text another name may break its lines elsewhere; a page breaks no lines.
        let escaped = escaped(own.words());
        let (html, html_encoded) = html.with(&escaped, &encoded(&escaped));
        let text = self.in_text(&make(words, own.words()))?;
        let text_encoded = encoded(&text);
        let (html, html_encoded) = if self.with_html() { (html, html_encoded) } else { Default::default() };
        Ok(Arc::new(Piece { text, html, block: None, text_encoded, html_encoded }))
    }

    /// All of a message, in order, with what stands around the blocks. The title is a key of its words.
    pub fn framed(
        &mut self,
        title: &'static str,
        blocks: Vec<Arc<Piece>>,
    ) -> anyhow::Result<Vec<Arc<Piece>>> {
        let frame = match self.made.frame.take() {
            Some(frame) => frame,
            None => self.frame(&self.words.text(title, &[]))?,
        };
        let mut pieces = Vec::with_capacity(blocks.len() + 2);
        pieces.push(frame.before.clone());
        pieces.extend(blocks);
        pieces.push(frame.after.clone());
        self.made.frame = Some(frame);
        Ok(pieces)
    }

    fn frame(&mut self, title: &str) -> anyhow::Result<Frame> {
        let context = FrameContext { lang: self.words.lang(), dir: self.words.dir(), title, blocks: BLOCKS };
        let (templates, kind) = (self.templates, self.kind);
        let parts = |name: &str, styles: Option<&Styles>| {
            let name = format!("mail/{kind}/{name}");
            let mut whole = templates.render(&name, &context)?;
            if let Some(styles) = styles {
                whole = styles.document(&whole)?;
            }
            let (before, after) = whole
                .split_once(BLOCKS)
                .with_context(|| format!("the template {name} does not show its blocks"))?;
            anyhow::Ok((before.trim_start().to_owned(), format!("{}\n", after.trim_end())))
        };
        let (before, after) = parts("body.txt", None)?;
        let is_large = self.format == Format::LargePrint;
        // Paper has a frame of its own, in templates/letters.
        let (html_before, html_after) = match self.with_html() && !self.on_paper {
            true => parts(if is_large { "large.html" } else { "body.html" }, Some(self.styles()?))?,
            false => Default::default(),
        };
        Ok(Frame {
            before: Arc::new(Piece::new(before, html_before)),
            after: Arc::new(Piece::new(
                if after.trim().is_empty() { String::new() } else { after },
                html_after,
            )),
        })
    }
}

#[cfg(test)]
#[path = "press_tests.rs"]
mod tests;
