//! What stands on pages, drawn, and what it is for those who have it read out: headings, paragraphs, lists (tagged PDF).

use std::num::NonZeroU16;
use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup,
};

use super::set::Run;

pub enum Shape {
    Words { x: f32, baseline: f32, text: Arc<str>, run: Run },
    Box { x: f32, y: f32, size: f32 },
    Rule { x: f32, y: f32, width: f32 },
}

/// A shape on a page, and the part of its paper that it belongs to; `None` for what nobody is read out, as the number of a
/// page is not.
pub struct Mark {
    pub part: Option<usize>,
    pub shape: Shape,
}

/// What a part of a paper is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    Heading {
        level: u16,
        words: String,
    },
    List,
    Line,
    /// The bullet or the box of a line.
    Label,
    Body,
}

enum Child {
    Part(usize),
    Drawn(Identifier),
}

/// The parts of a paper, one within the other, in the order in which they are read.
#[derive(Default)]
pub struct Parts {
    parts: Vec<(Kind, Vec<Child>)>,
    /// Those that stand in no other.
    outer: Vec<usize>,
    open: Vec<usize>,
}

impl Parts {
    /// From here on all is part of this, until it ends.
    pub fn begin(&mut self, kind: Kind) {
        let place = self.parts.len();
        self.parts.push((kind, Vec::new()));
        match self.open.last() {
            Some(within) => self.parts[*within].1.push(Child::Part(place)),
            None => self.outer.push(place),
        }
        self.open.push(place);
    }

    pub fn end(&mut self) {
        self.open.pop();
    }

    /// What is drawn now belongs here.
    pub fn now(&self) -> Option<usize> {
        self.open.last().copied()
    }

    /// As the PDF wants them, below this.
    pub fn under(self, mut group: TagGroup) -> TagGroup {
        let mut parts: Vec<Option<(Kind, Vec<Child>)>> = self.parts.into_iter().map(Some).collect();
        for node in self.outer.into_iter().filter_map(|place| grown(&mut parts, place)) {
            group.push(node);
        }
        group
    }
}

/// A part with all that stands in it; `None` where nothing of it was drawn.
fn grown(parts: &mut [Option<(Kind, Vec<Child>)>], place: usize) -> Option<Node> {
    let (kind, children) = parts.get_mut(place)?.take()?;
    let children: Vec<Node> = children
        .into_iter()
        .filter_map(|child| match child {
            Child::Part(place) => grown(parts, place),
            Child::Drawn(identifier) => Some(identifier.into()),
        })
        .collect();
    if children.is_empty() {
        return None;
    }
    Some(Node::Group(match kind {
        Kind::Paragraph => TagGroup::with_children(Tag::P, children),
        Kind::Heading { level, words } => {
            let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
            TagGroup::with_children(Tag::Hn(level, Some(words)), children)
        }
        Kind::List => TagGroup::with_children(Tag::L(ListNumbering::Disc), children),
        Kind::Line => TagGroup::with_children(Tag::LI, children),
        Kind::Label => TagGroup::with_children(Tag::Lbl, children),
        Kind::Body => TagGroup::with_children(Tag::LBody, children),
    }))
}

/// Draws a page. What lies together in one part is one piece of it.
pub fn page(surface: &mut Surface<'_>, marks: Vec<Mark>, parts: &mut Parts) {
    let mut marks = marks.into_iter().peekable();
    while let Some(mark) = marks.next() {
        let part = mark.part;
        let tag = match (part, &mark.shape) {
            (None, Shape::Words { .. }) => {
                ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther))
            }
            (None, _) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            (Some(_), Shape::Words { .. }) => ContentTag::Span(SpanTag::empty()),
            (Some(_), _) => ContentTag::Other,
        };
        let identifier = surface.start_tagged(tag);
        draw(surface, mark.shape);
        while let Some(next) = marks.next_if(|next| next.part == part) {
            draw(surface, next.shape);
        }
        surface.end_tagged();
        if let Some((_, children)) = part.and_then(|part| parts.parts.get_mut(part)) {
            children.push(Child::Drawn(identifier));
        }
    }
}

fn draw(surface: &mut Surface<'_>, shape: Shape) {
    let black = rgb::Color::new(0, 0, 0);
    let fill = Fill { paint: black.into(), opacity: NormalizedF32::ONE, rule: Default::default() };
    match shape {
        Shape::Words { x, baseline, text, run } => {
            surface.set_fill(Some(fill));
            surface.set_stroke(None);
            let Run { x: _, font, size, glyphs } = run;
            surface.draw_glyphs(Point::from_xy(x, baseline), &glyphs, font, &text, size, false);
        }
        Shape::Rule { x, y, width } => {
            surface.set_fill(Some(fill));
            surface.set_stroke(None);
            path(surface, Rect::from_xywh(x, y, width.max(1.0), 0.7));
        }
        Shape::Box { x, y, size } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: black.into(), width: 1.1, ..Stroke::default() }));
            path(surface, Rect::from_xywh(x, y, size, size));
        }
    }
}

fn path(surface: &mut Surface<'_>, rect: Option<Rect>) {
    let mut builder = PathBuilder::new();
    if let Some(rect) = rect {
        builder.push_rect(rect);
    }
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
}
