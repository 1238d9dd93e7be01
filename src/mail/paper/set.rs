//! Words set in lines of a width: shaped in any script that there is a font for, in both directions.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use anyhow::Context;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontContext, FontFamily, FontFamilyName, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use crate::locale::typed::to_text;

/// The fonts of paper: the same as on the pages, in a form that a PDF can hold. What one of them lacks the next has.
const FAMILIES: &[FontFamilyName<'static>] =
    &[FontFamilyName::named("latin"), FontFamilyName::named("latin-ext"), FontFamilyName::named("nastaliq")];

const FILES: &[(&str, f32, &[u8])] = &[
    ("latin", 400.0, include_bytes!("../../../assets/fonts/print/atkinson-next-latin-400.ttf")),
    ("latin", 700.0, include_bytes!("../../../assets/fonts/print/atkinson-next-latin-700.ttf")),
    ("latin-ext", 400.0, include_bytes!("../../../assets/fonts/print/atkinson-next-latin-ext-400.ttf")),
    ("latin-ext", 700.0, include_bytes!("../../../assets/fonts/print/atkinson-next-latin-ext-700.ttf")),
    ("nastaliq", 400.0, include_bytes!("../../../assets/fonts/print/noto-nastaliq-urdu.ttf")),
];

/// How words look, in points.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub size: f32,
    /// From line to line, in sizes.
    pub leading: f32,
    pub bold: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Start,
    End,
    /// Whatever the direction.
    Left,
}

/// Letters that stand in one font, on one line.
pub struct Run {
    pub x: f32,
    pub font: Font,
    pub size: f32,
    pub glyphs: Vec<KrillaGlyph>,
}

pub struct Line {
    pub height: f32,
    /// From its top.
    pub baseline: f32,
    pub left: f32,
    pub width: f32,
    pub runs: Vec<Run>,
}

/// A paragraph.
pub struct Lines {
    pub text: Arc<str>,
    pub lines: Vec<Line>,
}

pub struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    /// By the number that parley knows their bytes by.
    known: HashMap<u64, Font>,
    /// What no font has.
    pub missing: BTreeSet<char>,
}

impl Setter {
    /// # Errors
    /// When a font that is part of the program cannot be read.
    pub fn new() -> anyhow::Result<Self> {
        let mut collection =
            Collection::new(CollectionOptions { system_fonts: false, ..CollectionOptions::default() });
        let mut known = HashMap::new();
        for (family, weight, bytes) in FILES {
            let blob = Blob::new(Arc::new(*bytes));
            let font = Font::new((*bytes).into(), 0).with_context(|| format!("reading the font {family}"))?;
            known.insert(blob.id(), font);
            let named = FontInfoOverride {
                family_name: Some(family),
                weight: Some(FontWeight::new(*weight)),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(blob, Some(named));
        }
        let fonts = FontContext { collection, ..FontContext::default() };
        Ok(Setter { fonts, layouts: LayoutContext::new(), known, missing: BTreeSet::new() })
    }

    /// The first `bold` bytes are bold whatever the look is.
    pub fn set(&mut self, words: &str, look: Look, rtl: bool, side: Side, bold: usize, width: f32) -> Lines {
        // Where something is bold, the marks of what was typed are text already, so that its length is known.
        let words: Cow<'_, str> = if bold == 0 { to_text(words, rtl).into() } else { words.into() };
        let words = &*words;
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, words, 1.0, false);
        builder.set_base_direction(match (side, rtl) {
            (Side::Left, _) => BaseDirection::Auto,
            (_, true) => BaseDirection::Rtl,
            (_, false) => BaseDirection::Ltr,
        });
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(FAMILIES))));
        builder.push_default(StyleProperty::FontSize(look.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(look.leading)));
        // An address of the web that is longer than a line.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if look.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        if bold > 0 {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), 0..bold);
        }
        let mut layout: Layout<()> = builder.build(words);
        layout.break_all_lines(Some(width));
        let alignment = match side {
            Side::Start => Alignment::Start,
            Side::End => Alignment::End,
            Side::Left => Alignment::Left,
        };
        layout.align(alignment, AlignmentOptions::default());
        let lines = layout.lines().map(|line| self.line(words, &line)).collect();
        Lines { text: words.into(), lines }
    }

    fn line(&mut self, words: &str, line: &parley::Line<'_, ()>) -> Line {
        let metrics = line.metrics();
        let mut x = metrics.offset;
        let mut runs = Vec::new();
        for run in line.runs() {
            let Some(font) = self.known.get(&run.font().data.id()).cloned() else { continue };
            let (size, left) = (run.font_size(), x);
            let mut glyphs: Vec<KrillaGlyph> = Vec::new();
            let mut goes_on_to = None;
            for cluster in run.visual_clusters() {
                let mut range = cluster.text_range();
                if cluster.is_ligature_continuation() {
                    // Right to left, what a ligature goes on with comes before it.
                    match glyphs.last_mut().filter(|_| !run.is_rtl()) {
                        Some(glyph) => glyph.text_range.end = range.end,
                        None => goes_on_to = goes_on_to.max(Some(range.end)),
                    }
                    continue;
                }
                range.end = goes_on_to.take().unwrap_or(range.end).max(range.end);
                for glyph in cluster.glyphs() {
                    if glyph.id == 0 {
                        let shown = words[range.clone()].chars().filter(|letter| is_shown(*letter));
                        self.missing.extend(shown);
                    }
                    // Down for the one, up for the other.
                    let (advance, dx, dy) = (glyph.advance / size, glyph.x / size, -glyph.y / size);
                    let id = GlyphId::new(glyph.id);
                    glyphs.push(KrillaGlyph::new(id, advance, dx, dy, 0.0, range.clone(), None));
                    x += glyph.advance;
                }
            }
            if !glyphs.is_empty() {
                runs.push(Run { x: left, font, size, glyphs });
            }
        }
        Line {
            height: metrics.line_height,
            baseline: metrics.baseline - metrics.block_min_coord,
            left: metrics.offset,
            width: x - metrics.offset,
            runs,
        }
    }
}

/// Blanks and marks of direction need no font.
fn is_shown(letter: char) -> bool {
    let is_mark = matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    !letter.is_whitespace() && !letter.is_control() && !is_mark
}
