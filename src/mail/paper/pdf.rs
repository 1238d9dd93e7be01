//! Letters and scripts as one PDF: blocks flow down pages of A4, each paper from a page of its own on, with the number of
//! its page and how many it has.

use anyhow::anyhow;
use krilla::configure::Configuration;
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use super::draw::{self, Kind as Part, Mark, Parts, Shape};
use super::set::{Lines, Look, Setter, Side};
use super::{Kind, Paper, Pdf};
use crate::domain::words::Format;
use crate::locale::typed::{apart, to_text};
use crate::locale::{Locales, Words};
use crate::mail::document::{Block, Line};

const MM: f32 = 72.0 / 25.4;
const SHEET: (f32, f32) = (210.0 * MM, 297.0 * MM);
const LEFT: f32 = 25.0 * MM;
const RIGHT: f32 = 190.0 * MM;
const TOP: f32 = 20.0 * MM;
const BOTTOM: f32 = 275.0 * MM;

/// The text of a script in points, from the size that is liked best down to the smallest: the first that fits on one page is
/// taken. What fits in none goes on a second page in a good one.
const SCRIPT: [f32; 5] = [11.0, 10.5, 10.0, 9.5, 9.0];
const LONG_SCRIPT: f32 = 10.5;

/// Both the German window (DIN 5008, form B: 45 to 90 mm) and the British one (DL, folded at 105 mm: 57 to 87 mm) show this.
const ADDRESS: f32 = 57.0 * MM;
const ADDRESS_WIDTH: f32 = 80.0 * MM;
/// Below both windows.
const WORDS: f32 = 100.0 * MM;
const FOLDS: [f32; 2] = [105.0 * MM, 210.0 * MM];

/// The sizes of a paper, in points.
struct Sizes {
    body: f32,
    title: f32,
    heading: f32,
    item: f32,
    leading: f32,
    /// Between blocks, as a part of what a letter has.
    gaps: f32,
}

impl Sizes {
    fn letter(format: Format, rtl: bool) -> Self {
        let (body, title, heading, item, leading) = match format {
            Format::LargePrint => (18.0, 25.0, 22.0, 20.0, 1.55),
            Format::Standard | Format::PlainText => (12.0, 18.0, 14.5, 13.0, 1.45),
        };
        Sizes { body, title, heading, item, leading: leading * steep(rtl), gaps: 1.0 }
    }

    fn script(body: f32, rtl: bool) -> Self {
        let leading = 1.22 * steep(rtl);
        Sizes { body, title: body * 1.25, heading: body * 1.1, item: body * 1.02, leading, gaps: 0.5 }
    }
}

/// The letters of Nastaliq stand aslant, and reach far above and below their line.
fn steep(rtl: bool) -> f32 {
    if rtl { 1.5 } else { 1.0 }
}

/// One paper on its way down its pages.
struct Flow<'a> {
    setter: &'a mut Setter,
    words: &'a Words,
    sizes: Sizes,
    rtl: bool,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    pages: Vec<Vec<Mark>>,
    parts: Parts,
    y: f32,
}

/// The pages of a paper, and what stands on them.
type Drawn = (Vec<Vec<Mark>>, Parts);

/// All papers in one file, with what each part of it is, for those who have it read out.
///
/// # Errors
/// When the file cannot be written.
pub fn pdf(locales: &Locales, lang: &str, title: &str, papers: &[Paper]) -> anyhow::Result<Pdf> {
    // It holds to PDF/UA as far as a test can tell; to claim it, a person would have to read it.
    written(locales, lang, title, papers, Configuration::default())
}

/// The same by the rules of a standard: what does not hold to them is an error.
pub(super) fn written(
    locales: &Locales,
    lang: &str,
    title: &str,
    papers: &[Paper],
    configuration: Configuration,
) -> anyhow::Result<Pdf> {
    let mut setter = Setter::new()?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let words = locales.written(lang);
    let direction =
        if words.dir() == "rtl" { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    let of_file =
        Metadata::new().title(title.to_owned()).language(words.lang().to_owned()).text_direction(direction);
    document.set_metadata(of_file);
    let mut tree = TagTree::new().with_lang(Some(words.lang().to_owned()));
    let mut outline = Outline::new();
    let mut pages = Vec::with_capacity(papers.len());
    let mut before = 0;
    for paper in papers {
        let (drawn, mut parts) = flown(&mut setter, locales.written(&paper.lang), paper);
        let to = paper.to.first().cloned().unwrap_or_else(|| paper.title.clone());
        outline.push_child(OutlineNode::new(to, XyzDestination::new(before, Point::from_xy(0.0, 0.0))));
        before += drawn.len();
        pages.push(drawn.len());
        for marks in drawn {
            let settings =
                PageSettings::from_wh(SHEET.0, SHEET.1).ok_or_else(|| anyhow!("a page has no size"))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            draw::page(&mut surface, marks, &mut parts);
            surface.finish();
            page.finish();
        }
        tree.push(parts.under(TagGroup::new(Tag::Section.with_lang(Some(paper.lang.clone())))));
    }
    document.set_outline(outline);
    document.set_tag_tree(tree);
    let bytes = document.finish().map_err(|why| anyhow!("writing the PDF: {why:?}"))?;
    Ok(Pdf { bytes, pages, missing: setter.missing })
}

/// What stands on the pages of a paper, paragraph by paragraph as it was set.
#[cfg(test)]
pub fn said(words: &Words, paper: &Paper) -> anyhow::Result<Vec<Vec<String>>> {
    let mut setter = Setter::new()?;
    let of_page = |marks: Vec<Mark>| {
        let mut said: Vec<std::sync::Arc<str>> = Vec::new();
        for mark in marks {
            if let Shape::Words { text, .. } = mark.shape
                && !said.iter().any(|known| std::sync::Arc::ptr_eq(known, &text))
            {
                said.push(text);
            }
        }
        said.iter().map(|text| text.to_string()).collect()
    };
    Ok(flown(&mut setter, words, paper).0.into_iter().map(of_page).collect())
}

pub(super) fn flown(setter: &mut Setter, words: &Words, paper: &Paper) -> Drawn {
    let rtl = words.dir() == "rtl";
    if paper.kind == Kind::Letter {
        let sizes = Sizes::letter(paper.format, rtl);
        return numbered(down(setter, words, paper, sizes, BOTTOM));
    }
    for body in SCRIPT {
        // One page alone needs no number, and has its room.
        let mut flow = down(setter, words, paper, Sizes::script(body, rtl), 288.0 * MM);
        if flow.pages.len() == 1 {
            return (std::mem::take(&mut flow.pages), std::mem::take(&mut flow.parts));
        }
    }
    numbered(down(setter, words, paper, Sizes::script(LONG_SCRIPT, rtl), 281.0 * MM))
}

fn numbered(mut flow: Flow<'_>) -> Drawn {
    flow.number();
    (flow.pages, flow.parts)
}

/// All of a paper down as many pages as it takes.
fn down<'a>(setter: &'a mut Setter, words: &'a Words, paper: &Paper, sizes: Sizes, bottom: f32) -> Flow<'a> {
    let rtl = words.dir() == "rtl";
    let is_script = paper.kind == Kind::Script;
    // Nobody puts a script in an envelope or holds it by its side.
    let (left, right, top) = match is_script {
        true => (16.0 * MM, 194.0 * MM, 11.0 * MM),
        false => (LEFT, RIGHT, TOP),
    };
    let pages = vec![Vec::new()];
    let mut flow =
        Flow { setter, words, sizes, rtl, left, right, top, bottom, pages, parts: Parts::default(), y: top };
    match paper.kind {
        Kind::Letter => flow.head_of_letter(paper),
        Kind::Script => flow.head_of_script(paper),
    }
    let blocks: Vec<&Block> = paper.pieces.iter().filter_map(|piece| piece.block.as_ref()).collect();
    for (place, block) in blocks.iter().enumerate() {
        flow.block(block, blocks.get(place + 1).copied());
    }
    if is_script {
        let look = flow.look(9.0, false);
        flow.paragraph(&paper.task, look, 0.0, 0);
    }
    flow
}

impl Flow<'_> {
    fn look(&self, size: f32, bold: bool) -> Look {
        Look { size, leading: self.sizes.leading, bold }
    }

    fn body(&self) -> Look {
        self.look(self.sizes.body, false)
    }

    fn page(&mut self) -> &mut Vec<Mark> {
        if self.pages.is_empty() {
            self.pages.push(Vec::new());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Goes on a new page unless so much fits on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > self.bottom && !self.page().is_empty() {
            self.pages.push(Vec::new());
            self.y = self.top;
        }
    }

    /// Belongs to the part that is open.
    fn mark(&mut self, shape: Shape) {
        let part = self.parts.now();
        self.page().push(Mark { part, shape });
    }

    /// Nothing that is read out.
    fn aside(&mut self, shape: Shape) {
        self.page().push(Mark { part: None, shape });
    }

    fn as_part<T>(&mut self, part: Part, drawn: impl FnOnce(&mut Self) -> T) -> T {
        self.parts.begin(part);
        let done = drawn(self);
        self.parts.end();
        done
    }

    fn put(&mut self, set: Lines, x: f32, breaks: bool) {
        for line in set.lines {
            if breaks {
                self.room(line.height);
            }
            let baseline = self.y + line.baseline;
            for run in line.runs {
                let text = set.text.clone();
                self.mark(Shape::Words { x: x + run.x, baseline, text, run });
            }
            self.y += line.height;
        }
    }

    /// From the start of the line on, so far in; the first `bold` bytes bold.
    fn paragraph(&mut self, said: &str, look: Look, indent: f32, bold: usize) {
        self.as_part(Part::Paragraph, |flow| flow.lines(said, look, indent, bold));
    }

    fn heading_of(&mut self, level: u16, said: &str, look: Look) {
        let words = to_text(said, self.rtl);
        self.as_part(Part::Heading { level, words }, |flow| flow.lines(said, look, 0.0, 0));
    }

    fn lines(&mut self, said: &str, look: Look, indent: f32, bold: usize) {
        let width = self.right - self.left - indent;
        let set = self.setter.set(said, look, self.rtl, Side::Start, bold, width);
        self.put(set, if self.rtl { self.left } else { self.left + indent }, true);
    }

    fn head_of_letter(&mut self, paper: &Paper) {
        // This is for the reader, in the reader's size, beside the window and not in it.
        let size = if paper.format == Format::LargePrint { self.sizes.body } else { 11.0 };
        let (look, width) =
            (Look { leading: self.sizes.leading.min(1.5), ..self.look(size, false) }, 75.0 * MM);
        let x = if self.rtl { self.left } else { self.right - width };
        for said in [&apart(&paper.sender), &paper.date] {
            let set = self.setter.set(said, look, self.rtl, Side::End, 0, width);
            self.as_part(Part::Paragraph, |flow| flow.put(set, x, false));
        }
        // Of the size that sorting machines and postmen want, whatever the reader does.
        self.y = ADDRESS;
        let size = match paper.to.len() {
            0..=6 => 11.0,
            7 => 9.5,
            _ => 8.5,
        };
        let address = Look { size, leading: 1.3, bold: false };
        for said in &paper.to {
            let set = self.setter.set(said, address, self.rtl, Side::Left, 0, ADDRESS_WIDTH);
            self.as_part(Part::Paragraph, |flow| flow.put(set, flow.left, false));
        }
        for fold in FOLDS {
            self.aside(Shape::Rule { x: 4.0 * MM, y: fold, width: 4.0 * MM });
        }
        self.y = self.y.max(WORDS);
        self.title(&paper.title);
    }

    fn head_of_script(&mut self, paper: &Paper) {
        self.title(&paper.title);
        let number = self.look(self.sizes.title, true);
        for said in &paper.to {
            self.as_part(Part::Paragraph, |flow| flow.dialled(said, number));
        }
        if let Some(note) = &paper.note {
            let look = self.look(self.sizes.body, true);
            self.paragraph(note, look, 0.0, 0);
        }
    }

    /// Whatever the direction of the language, a number is dialled from left to right.
    fn dialled(&mut self, number: &str, look: Look) {
        let side = if self.rtl { Side::End } else { Side::Start };
        let set = self.setter.set(number, look, false, side, 0, self.right - self.left);
        self.put(set, self.left, true);
    }

    fn title(&mut self, title: &str) {
        let look = Look { leading: self.sizes.leading.min(1.9), ..self.look(self.sizes.title, true) };
        self.heading_of(1, title, look);
        self.y += self.sizes.title * 0.4 * self.sizes.gaps;
    }

    /// Never the last of a page, nor with nothing below it but the title of an item.
    fn heading(&mut self, level: u16, said: &str, above: f32, next: Option<&Block>) {
        let size = if level == 2 { self.sizes.heading } else { self.sizes.item };
        self.y += above;
        let item = match next {
            Some(Block::Item { .. }) => self.sizes.item * 1.6,
            Some(Block::Boxes { choices, .. }) => self.sizes.body * choices.len().min(3) as f32,
            _ => 0.0,
        };
        self.room((size + item + self.sizes.body * 2.3) * self.sizes.leading);
        let look = self.look(size, true);
        self.heading_of(level, said, look);
        self.y += size * 0.2;
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        let gap = self.sizes.body * 0.5 * self.sizes.gaps;
        match block {
            Block::Heading { words } => {
                let above = self.sizes.body * 0.8 * self.sizes.gaps;
                self.heading(2, words, above, next);
            }
            Block::Paragraph { words } | Block::Greeting { words } => {
                self.paragraph(words, self.body(), 0.0, 0);
                self.y += gap;
            }
            Block::Item { title, tells } => {
                let above = self.sizes.body * 0.4 * self.sizes.gaps;
                self.heading(3, title, above, None);
                for tell in tells {
                    self.paragraph(&tell.words, self.body(), 0.0, 0);
                    self.y += gap * 0.4;
                    self.parts.begin(Part::List);
                    for detail in &tell.details {
                        self.bulleted(&detail.words, 0, detail.url.as_deref());
                    }
                    self.parts.end();
                }
                self.y += gap * 0.5;
            }
            Block::Line { line: Line { title, words, url } } => match title {
                Some(title) => {
                    let (title, words) = (to_text(title, self.rtl), to_text(words, self.rtl));
                    self.bulleted(&format!("{title}: {words}"), title.len(), url.as_deref());
                }
                None => self.bulleted(words, 0, url.as_deref()),
            },
            Block::ListOpens => self.parts.begin(Part::List),
            Block::ListEnds => {
                self.parts.end();
                self.y += gap * 0.6;
            }
            Block::Boxes { words, choices } => self.boxes(words, choices),
            Block::Blank { words } => self.blank(words),
        }
    }

    fn bulleted(&mut self, said: &str, bold: usize, url: Option<&str>) {
        let (look, indent) = (self.body(), self.sizes.body * 1.3);
        self.room(look.size * look.leading);
        let top = self.y;
        let dot = self.setter.set("•", look, self.rtl, Side::Start, 0, indent);
        let at = if self.rtl { self.right - indent } else { self.left };
        self.parts.begin(Part::Line);
        self.as_part(Part::Label, |flow| flow.put(dot, at, false));
        self.y = top;
        self.parts.begin(Part::Body);
        match url {
            None => self.lines(said, look, indent, bold),
            // Each by itself, or they would be read as one word.
            Some(url) => {
                self.paragraph(said, look, indent, bold);
                self.paragraph(&apart(url), look, indent, 0);
            }
        }
        self.parts.end();
        self.parts.end();
        self.y += look.size * 0.25 * self.sizes.gaps;
    }

    /// What it is about, then each choice beside its box, as many on a line as fit.
    fn boxes(&mut self, about: &str, choices: &[String]) {
        let look = self.body();
        let line = look.size * look.leading;
        self.room(line * 2.0);
        if !about.is_empty() {
            self.paragraph(about, self.look(look.size, true), 0.0, 0);
        }
        self.room(line);
        let (size, mut along) = (look.size * 0.9, 0.0);
        self.parts.begin(Part::List);
        for choice in choices {
            let set =
                self.setter.set(choice, look, self.rtl, Side::Start, 0, self.right - self.left - size * 2.0);
            let width = set.lines.iter().map(|line| line.width).fold(0.0, f32::max) + size * 1.5;
            if along > 0.0 && along + width > self.right - self.left {
                self.y += line;
                self.room(line);
                along = 0.0;
            }
            let (top, middle) = (self.y, self.y + (line - size) / 2.0);
            let (at_box, at_words) = match self.rtl {
                true => (
                    self.right - along - size,
                    self.right - along - size * 1.5 - (self.right - self.left - size * 2.0),
                ),
                false => (self.left + along, self.left + along + size * 1.5),
            };
            self.parts.begin(Part::Line);
            self.as_part(Part::Label, |flow| flow.mark(Shape::Box { x: at_box, y: middle, size }));
            self.as_part(Part::Body, |flow| flow.put(set, at_words, false));
            self.parts.end();
            self.y = top;
            along += width + size * 1.6;
        }
        self.parts.end();
        self.y += line + look.size * 0.3;
    }

    /// The words, and a line to write on from there to the other side.
    fn blank(&mut self, said: &str) {
        let look = self.body();
        let line = look.size * look.leading;
        self.y += look.size * 0.4;
        self.room(line * 2.0);
        let set = self.setter.set(said, look, self.rtl, Side::Start, 0, self.right - self.left);
        let (mut from, mut to) = (self.left, self.right);
        if let Some(last) = set.lines.last() {
            match self.rtl {
                true => to = self.left + last.left - look.size * 0.6,
                false => from = self.left + last.left + last.width + look.size * 0.6,
            }
        }
        self.as_part(Part::Paragraph, |flow| flow.put(set, flow.left, true));
        if to - from < 40.0 * MM {
            (from, to) = (self.left, self.right);
            self.y += line;
        }
        let y = self.y - line * 0.2;
        self.aside(Shape::Rule { x: from, y, width: to - from });
        self.y += look.size * 0.4;
    }

    fn number(&mut self) {
        let count = self.pages.len();
        let look = Look { size: self.sizes.body.max(10.0), leading: 1.2, bold: false };
        for place in 0..count {
            let args = [("number", (place + 1).into()), ("count", count.into())];
            let said = self.words.text("letter-page", &args);
            let set = self.setter.set(&said, look, self.rtl, Side::End, 0, self.right - self.left);
            let Lines { text, lines } = set;
            for run in lines.into_iter().flat_map(|line| line.runs) {
                let (x, baseline, text) = (self.left + run.x, 286.0 * MM, text.clone());
                self.pages[place].push(Mark { part: None, shape: Shape::Words { x, baseline, text, run } });
            }
        }
    }
}
