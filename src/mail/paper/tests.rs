//! What stands on paper is what stands in a message, in the same order, for the right eyes, and in any script.

use std::sync::Arc;

use krilla::configure::ConfigurationBuilder;
use krilla::configure::validate::Accessibility;

use super::*;
use crate::domain::update::Update;
use crate::domain::words::MessageKind;
use crate::mail::document::Block;
use crate::mail::press::{Made, Piece, Press};
use crate::mail::tests::fixtures::{mail, town};
use crate::mail::tests::{seen, tokens};
use crate::mail::{Mail, Typed, UpdateMail, Way, write};

const CODE: &str = "2W4D\u{a0}RZND\u{a0}PXCD\u{a0}84D6\u{a0}HT7P\u{a0}WPD2\u{a0}TKN9";

fn words_of(kind: Kind, update: &Update, format: Format, pseudo: bool) -> (Locales, Templates, Paper) {
    let make = || Locales::load_with(pseudo, None).unwrap();
    let templates = Templates::new(Arc::new(make()), None).unwrap();
    let locales = make();
    let words = if pseudo { locales.public() } else { locales.get("en") };
    let way = match kind {
        Kind::Letter => Way::Letter(Some(Typed { at: "updates.example/c", code: CODE })),
        Kind::Script => Way::Call,
    };
    let mail = Mail::Update(UpdateMail { way, ..mail(update, "2026-03-01") });
    let mut press =
        Press::new(words, &templates, format, MessageKind::Update.code(), Made::default()).on_paper();
    let written = write(&mut press, &mail).unwrap();
    let paper = Paper {
        kind,
        lang: words.lang().to_owned(),
        format,
        to: match kind {
            Kind::Letter => ["Sam Reed", "1 Quay Lane", "Wennbridge WX1 1AA"].map(str::to_owned).to_vec(),
            Kind::Script => vec!["01632 960002".to_owned()],
        },
        sender: "Maren".to_owned(),
        date: "2 February 2026".to_owned(),
        title: "Your update".to_owned(),
        note: None,
        task: "Task 1".to_owned(),
        pieces: written.pieces,
    };
    (locales, templates, paper)
}

fn ordinary() -> Update {
    let book = town();
    book.compose(&book.reader(&["R02", "R06", "R01"], Some("2026-01-01")), "2026-02-01")
}

#[test]
fn a_letter_says_the_same_as_html_and_as_pdf_in_the_same_order_and_its_code_is_whole() {
    for format in [Format::Standard, Format::LargePrint, Format::PlainText] {
        let (locales, templates, paper) = words_of(Kind::Letter, &ordinary(), format, false);
        let text: String = paper.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let html = html(&locales, &templates, "en", std::slice::from_ref(&paper)).unwrap();
        let (_, after_title) =
            seen(&html).split_once('\u{1}').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let bare = |words: &str| {
            tokens(words).into_iter().filter(|word| *word != "•").map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(bare(&after_title), bare(&text));
        let pages = super::pdf::said(locales.get("en"), &paper).unwrap();
        let number = |place: usize| format!("Page {} of {}", place + 1, pages.len());
        let mut said = Vec::new();
        for (place, page) in pages.iter().enumerate() {
            assert_eq!(page.last(), Some(&number(place)), "{format}");
            // What goes on from one page to the next is one paragraph.
            for words in &page[..page.len() - 1] {
                if said.last() != Some(words) {
                    said.push(words.clone());
                }
            }
        }
        let title = said.iter().position(|words| words == "Your update").unwrap();
        assert_eq!(
            &said[..title],
            ["Maren", "2 February 2026", "Sam Reed", "1 Quay Lane", "Wennbridge WX1 1AA"]
        );
        assert_eq!(bare(&said[title + 1..].join(" ")), bare(&text));
        assert!(said.iter().any(|words| words.contains(CODE)));
        assert!(!text.contains("reply") && !text.contains("://updates"), "{text}");
        let is_large = format == Format::LargePrint;
        assert_eq!(pages.len(), if is_large { 4 } else { 3 }, "{format}");
    }
}

#[test]
fn a_pdf_holds_to_the_rules_for_files_that_are_read_out() {
    let rules =
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().unwrap();
    for (kind, format, pseudo) in [
        (Kind::Letter, Format::Standard, false),
        (Kind::Letter, Format::LargePrint, false),
        (Kind::Letter, Format::Standard, true),
        (Kind::Script, Format::Standard, false),
        (Kind::Script, Format::Standard, true),
    ] {
        let (locales, _, paper) = words_of(kind, &ordinary(), format, pseudo);
        let papers = [paper.clone(), paper];
        super::pdf::written(&locales, "en", "Letters", &papers, rules).unwrap();
    }
}

#[test]
fn each_paper_begins_on_a_page_of_its_own_and_counts_its_own_pages() {
    let (locales, templates, letter) = words_of(Kind::Letter, &ordinary(), Format::Standard, false);
    let papers = [letter.clone(), Paper { format: Format::LargePrint, ..letter }];
    let made = pdf(&locales, "en", "Letters", &papers).unwrap();
    assert!(made.missing.is_empty() && made.pages == [3, 4], "{:?}", made.pages);
    assert!(String::from_utf8_lossy(&made.bytes).contains("/Count 7"));
    let html = html(&locales, &templates, "en", &papers).unwrap();
    for name in ["paper1", "paper2"] {
        assert!(html.contains(&format!("@page {name} {{ counter-increment: {name};")), "{html}");
        assert!(html.contains(&format!("content: \"Page \" counter({name}) \"\"")), "{html}");
    }
}

#[test]
fn an_ordinary_call_fits_on_one_page_with_its_boxes_and_says_no_address_of_the_web() {
    let (locales, _, script) = words_of(Kind::Script, &ordinary(), Format::LargePrint, false);
    let pages = super::pdf::said(locales.get("en"), &script).unwrap();
    assert_eq!(pages.len(), 1, "{pages:#?}");
    let said = pages[0].join(" ");
    assert!(said.contains("Is this a good moment?") && said.contains("read out to the end"), "{said}");
    assert!(!said.contains("://") && !said.contains("fingerprint"), "{said}");
}

#[test]
fn right_to_left_is_set_and_letters_without_a_font_are_named() {
    let (locales, templates, mut paper) = words_of(Kind::Letter, &ordinary(), Format::Standard, true);
    let html = html(&locales, &templates, &paper.lang, std::slice::from_ref(&paper)).unwrap();
    assert!(html.contains("dir=\"rtl\"") && html.contains("@bottom-left"), "{html}");
    assert!(pdf(&locales, "en", "Letters", std::slice::from_ref(&paper)).unwrap().missing.is_empty());
    let piece = |words: &str| {
        let block = Some(Block::Paragraph { words: words.to_owned() });
        Arc::new(Piece { block, ..Piece::default() })
    };
    paper.pieces =
        vec![piece("دریا کے راستے پر روشنی لگائیں۔ 2 مئی 2026 (Riverside Clinic)، ŵ ŷ é ‘so’ “so” …")];
    assert!(pdf(&locales, "en", "Letters", std::slice::from_ref(&paper)).unwrap().missing.is_empty());
    paper.pieces.push(piece("川の道"));
    let missing = pdf(&locales, "en", "Letters", std::slice::from_ref(&paper)).unwrap().missing;
    assert_eq!(missing.into_iter().collect::<String>(), "の川道");
}

/// The letters of a paragraph on the first page, line by line as they stand from the left to the right, and where its last one stands.
fn from_the_left(words: &Words, paper: &Paper, of: &str) -> (String, f32) {
    let mut setter = super::set::Setter::new().unwrap();
    let (mut pages, _) = super::pdf::flown(&mut setter, words, paper);
    let mut runs: Vec<(f32, f32, String)> = Vec::new();
    for mark in pages.remove(0) {
        if let super::draw::Shape::Words { x, baseline, text, run } = mark.shape
            && text.contains(of)
        {
            let mut at = x;
            for glyph in &run.glyphs {
                runs.push((baseline, at, text[glyph.text_range.clone()].to_owned()));
                at += glyph.x_advance * run.size;
            }
        }
    }
    runs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let last = runs.last().unwrap().1;
    (runs.into_iter().map(|(_, _, letters)| letters).collect(), last)
}

#[test]
fn a_number_to_ring_and_an_address_of_the_web_read_from_left_to_right_in_urdu() {
    let (locales, templates, mut script) = words_of(Kind::Script, &ordinary(), Format::Standard, false);
    let words = locales.get("ur");
    script.lang = "ur".to_owned();
    let shown = |letters: String| letters.replace(['\u{2068}', '\u{2069}'], "");
    for number in ["01632 960125", "+44 7700 900125", "(01632) 960125", "01632 960125 (شام)"] {
        script.to = vec![number.to_owned()];
        let (letters, last) = from_the_left(words, &script, number);
        let dialled = number.split(" (ش").next().unwrap();
        assert!(letters.starts_with(dialled), "{letters}");
        assert!(last > 400.0, "on the side where the words begin: {last}");
        let html = html(&locales, &templates, "ur", std::slice::from_ref(&script)).unwrap();
        assert!(
            html.contains(&format!("<p class=\"number\"><span dir=\"ltr\">{number}</span></p>")),
            "{html}"
        );
    }
    let (_, _, mut letter) = words_of(Kind::Letter, &ordinary(), Format::Standard, false);
    letter.lang = "ur".to_owned();
    let url = "https://updates.example/p/lamps/";
    let line =
        crate::mail::document::Line {
            title: None, words: "دیکھیں".to_owned(), url: Some(url.to_owned())
        };
    letter.pieces = vec![Arc::new(Piece { block: Some(Block::Line { line }), ..Piece::default() })];
    letter.sender = "Maren (Wennbridge)".to_owned();
    for said in [url, "Maren (Wennbridge)"] {
        assert_eq!(shown(from_the_left(words, &letter, said).0), said);
    }
    letter.pieces = vec![Arc::new(Piece {
        block: Some(Block::Paragraph {
            words: words
                .text("choice-code", &[("address", "updates.example/c".into()), ("code", CODE.into())]),
        }),
        ..Piece::default()
    })];
    let (letters, _) = from_the_left(words, &letter, CODE);
    let letters = shown(letters);
    assert!(letters.contains(CODE) && letters.contains("updates.example/c"), "{letters}");
}

#[test]
fn a_word_of_urdu_comes_down_to_its_line_from_above() {
    let mut setter = super::set::Setter::new().unwrap();
    let look = super::set::Look { size: 12.0, leading: 2.0, bold: false };
    let set = setter.set("سکیں", look, true, super::set::Side::Start, 0, 400.0);
    let glyphs = &set.lines[0].runs[0].glyphs;
    let (last, first) = (glyphs.first().unwrap(), glyphs.last().unwrap());
    assert!(first.y_offset > last.y_offset + 0.1, "{} {}", first.y_offset, last.y_offset);
}
