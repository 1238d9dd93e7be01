//! Words made ready for sending: each block of a message as text and HTML, plain and transfer-encoded. What many
//! people are told in one edition is made once and shared; a message is put together from such pieces.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use anyhow::Context;
use serde::Serialize;

use super::Next;
use super::around::{Around, Own};
use super::document::Block;
use crate::domain::update::{Due, InShort, Item, Line};
use crate::domain::words::Format;
use crate::locale::{Arg, Words};
use crate::templates::Templates;

/// Stands for the blocks while the frame around them is made. Nothing that people write can hold it, because it is made
/// of a letter that no template and no text may contain.
const BLOCKS: &str = "\u{FFFF}";

/// Below the 76 of RFC 2045, so that a line which begins with a dot still fits when the dot is written as three.
const QUOTED_WIDTH: usize = 74;

/// A part of a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Empty for those who chose plain text.
    pub html: String,
    /// Both as they go over the wire: quoted-printable (RFC 2045, 6.7), no line of which begins with a dot.
    pub text_encoded: Vec<u8>,
    pub html_encoded: Vec<u8>,
}

impl Piece {
    pub fn new(text: String, html: String) -> Self {
        let (text_encoded, html_encoded) = (encoded(&text), encoded(&html));
        Piece { text, html, text_encoded, html_encoded }
    }
}

/// Quoted-printable. What ends in a line break can be followed by anything encoded apart from it. Control characters are
/// left out: a lone CR would be taken for the end of a line by some servers and not by others.
pub(super) fn encoded(words: &str) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(words.len() + words.len() / 8 + 16);
    let mut column = 0;
    let mut rest = words;
    while !rest.is_empty() {
        // Most letters stand as they are. One place of the line is kept for the sign that it goes on.
        let room = QUOTED_WIDTH.saturating_sub(column + 1);
        let plain = rest.bytes().take(room).take_while(|byte| is_plain(*byte)).count();
        if plain > 0 && (column > 0 || rest.as_bytes()[0] != b'.') {
            quoted.extend_from_slice(&rest.as_bytes()[..plain]);
            column += plain;
            rest = &rest[plain..];
            continue;
        }
        let letter = rest.chars().next().expect("there is a rest");
        rest = &rest[letter.len_utf8()..];
        if letter == '\n' {
            keep_last_blank(&mut quoted, column);
            quoted.extend_from_slice(b"\r\n");
            column = 0;
            continue;
        }
        if letter.is_control() && letter != '\t' {
            continue;
        }
        let as_it_is = letter.is_ascii() && is_plain(letter as u8);
        let width = if as_it_is { 1 } else { 3 * letter.len_utf8() };
        if column + width >= QUOTED_WIDTH {
            quoted.extend_from_slice(b"=\r\n");
            column = 0;
        }
        if as_it_is && (letter != '.' || column > 0) {
            quoted.push(letter as u8);
            column += 1;
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                put_quoted(&mut quoted, byte);
                column += 3;
            }
        }
    }
    keep_last_blank(&mut quoted, column);
    quoted
}

/// What quoted-printable leaves as it is, but for a dot at the beginning of a line and a blank at its end.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t') && byte != b'='
}

fn put_quoted(quoted: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    quoted.extend_from_slice(&[b'=', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}

/// A blank at the end of a line would get lost on the way.
fn keep_last_blank(quoted: &mut Vec<u8>, column: usize) {
    if column > 0
        && let Some(blank) = quoted.pop_if(|last| matches!(last, b' ' | b'\t'))
    {
        put_quoted(quoted, blank);
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
    /// The template's folder below `mail/`.
    kind: &'static str,
    made: Made,
}

/// What a press has made so far, apart from what it needs to go on.
#[derive(Default)]
pub struct Made {
    frame: Option<Frame>,
    pieces: HashMap<About, Arc<Piece>>,
    /// As text and as HTML.
    around: HashMap<About, (Around, Around)>,
    pub(super) subject: Option<Arc<str>>,
    pub(super) reach: Option<Arc<[(&'static str, Arg<'static>)]>>,
}

/// More than an edition has, unless something is counted as shared that is not.
const PIECES: usize = 20_000;

#[derive(Serialize)]
struct FrameContext<'a> {
    lang: &'a str,
    dir: &'a str,
    title: &'a str,
    blocks: &'a str,
    large: bool,
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
        Press { words, templates, format, kind, made }
    }

    pub fn with_html(&self) -> bool {
        self.format != Format::PlainText
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
    pub fn own(&self, block: &Block) -> anyhow::Result<Arc<Piece>> {
        let context = BlockContext { lang: self.words.lang(), block };
        let text = self.templates.render("mail/block.txt", &context)?;
        let html = if self.with_html() {
            self.templates.render("mail/block.html", &context)?
        } else {
            String::new()
        };
        Ok(Arc::new(Piece::new(text, html)))
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
        if !own.stands_alike() {
            return self.own(&make(self.words, own.words()));
        }
        if !self.made.around.contains_key(&about) {
            let made = self.own(&make(self.words, own.stand_in()))?;
            if !own.stands_in(&made.text) || (self.with_html() && !own.stands_in(&made.html)) {
                return self.own(&make(self.words, own.words()));
            }
            let around = (Around::new(&made.text, own.stand_in()), Around::new(&made.html, own.stand_in()));
            self.made.around.insert(about.clone(), around);
        }
        let (text, html) = &self.made.around[&about];
        let quoted = encoded(own.words());
        let ((text, text_encoded), (html, html_encoded)) =
            (text.with(own.words(), &quoted), html.with(own.words(), &quoted));
        Ok(Arc::new(Piece { text, html, text_encoded, html_encoded }))
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

    fn frame(&self, title: &str) -> anyhow::Result<Frame> {
        let context = FrameContext {
            lang: self.words.lang(),
            dir: self.words.dir(),
            title,
            blocks: BLOCKS,
            large: self.format == Format::LargePrint,
        };
        let parts = |name: &str| {
            let name = format!("mail/{}/{name}", self.kind);
            let whole = self.templates.render(&name, &context)?;
            let (before, after) = whole
                .split_once(BLOCKS)
                .with_context(|| format!("the template {name} does not show its blocks"))?;
            anyhow::Ok((before.trim_start().to_owned(), format!("{}\n", after.trim_end())))
        };
        let (before, after) = parts("body.txt")?;
        let (html_before, html_after) =
            if self.with_html() { parts("body.html")? } else { Default::default() };
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
mod tests {
    use proptest::prelude::*;
    use quoted_printable::ParseMode;

    use super::*;
    use crate::locale::Locales;
    use crate::mail::document::Line;

    fn read(quoted: &[u8]) -> String {
        let read = quoted_printable::decode(quoted, ParseMode::Strict).unwrap();
        String::from_utf8(read).unwrap().replace("\r\n", "\n")
    }

    #[test]
    fn a_block_around_an_address_reads_as_one_that_was_made_for_it() {
        let locales = Arc::new(Locales::load().unwrap());
        let templates = Templates::new(locales.clone(), None).unwrap();
        for format in [Format::Standard, Format::PlainText] {
            let mut press = Press::new(locales.get("en"), &templates, format, "update", Made::default());
            for address in
                ["https://a.example/u/0aF", "http://localhost:8080/u/x~_-", "https://a.example/?a=1&b='2'"]
            {
                let make =
                    |_: &Words, url: &str| Block::Line { line: Line::link("Pause = here.".into(), url) };
                let own = press.own(&make(press.words, address)).unwrap();
                let made = press.around(About::Standing("choice-link"), Own::Address(address), make).unwrap();
                assert_eq!((&made.text, &made.html), (&own.text, &own.html));
                assert!(made.text.contains(address), "{}", made.text);
                assert_eq!(read(&made.text_encoded), own.text);
                assert_eq!(read(&made.html_encoded), own.html);
                let lines = String::from_utf8([&*made.text_encoded, &*made.html_encoded].concat()).unwrap();
                assert!(
                    lines.split("\r\n").all(|line| line.len() <= 76 && !line.starts_with('.')),
                    "{lines}"
                );
            }
        }
    }

    #[test]
    fn a_greeting_reads_as_one_that_was_made_for_its_reader() {
        let locales = Arc::new(Locales::load().unwrap());
        let templates = Templates::new(locales.clone(), None).unwrap();
        let mut press =
            Press::new(locales.get("en"), &templates, Format::Standard, "update", Made::default());
        let long = "Somebody with a very long name and then some";
        for name in ["Amina Begum", "Jo", "Siân O'Hara", "<b>Bo</b>", "..", "a=b", long] {
            let make = |_: &Words, name: &str| Block::Greeting { words: format!("Dear {name},") };
            let own = press.own(&make(press.words, name)).unwrap();
            let made = press.around(About::Standing("greeting"), Own::Name(name), make).unwrap();
            assert_eq!((&made.text, &made.html), (&own.text, &own.html));
            assert_eq!(
                (read(&made.text_encoded), read(&made.html_encoded)),
                (own.text.clone(), own.html.clone())
            );
        }
    }

    #[test]
    fn a_template_that_writes_addresses_in_its_own_way_still_shows_each_reader_theirs() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("mail")).unwrap();
        for name in ["block.txt", "block.html"] {
            std::fs::write(folder.path().join("mail").join(name), "{{ block.line.url|upper }}\n").unwrap();
        }
        let locales = Arc::new(Locales::load().unwrap());
        let templates = Templates::new(locales.clone(), Some(folder.path())).unwrap();
        let mut press =
            Press::new(locales.get("en"), &templates, Format::Standard, "update", Made::default());
        let made = press.around(
            About::Standing("choice-link"),
            Own::Address("https://a.example/u/0af"),
            |_, url| Block::Line { line: Line::link(String::new(), url) },
        );
        assert!(made.unwrap().text.contains("HTTPS://A.EXAMPLE/U/0AF"));
    }

    proptest! {
        #[test]
        fn whatever_is_encoded_reads_as_it_was_but_for_control_characters(words in "(?s).{0,200}") {
            let quoted = encoded(&words);
            let read = quoted_printable::decode(&quoted, ParseMode::Strict).unwrap();
            let kept: String =
                words.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect();
            prop_assert_eq!(String::from_utf8(read).unwrap().replace("\r\n", "\n"), kept);
            let lines = String::from_utf8(quoted).unwrap();
            prop_assert!(lines.split("\r\n").all(|line| line.len() <= 76 && !line.ends_with([' ', '\t'])));
        }

        #[test]
        fn pieces_encoded_apart_say_the_same_as_when_encoded_together(
            parts in proptest::collection::vec("[ -~äö‘’ا.=\t]{0,120}\n", 1..8)
        ) {
            let whole = parts.concat();
            let apart = parts.iter().flat_map(|part| encoded(part)).collect::<Vec<u8>>();
            let read = quoted_printable::decode(&apart, ParseMode::Strict).unwrap();
            prop_assert_eq!(String::from_utf8(read).unwrap().replace("\r\n", "\n"), whole);
            let lines = String::from_utf8(apart).unwrap();
            prop_assert!(lines.is_ascii());
            prop_assert!(lines.split("\r\n").all(|line| line.len() <= 76 && !line.starts_with('.')), "{}", lines);
            prop_assert!(!lines.replace("\r\n", "").contains(['\r', '\n']));
        }
    }
}
