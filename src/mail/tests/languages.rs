//! Messages in other languages than English: every kind in every language, what was typed in another one, and right to left.

use std::collections::BTreeMap;

use super::*;
use crate::domain::event::{Explanation, Outcome};
use crate::domain::translations::Translations;

/// The same words in another language.
fn in_welsh(members: &[(&str, &str)]) -> Translations {
    let members = members.iter().map(|(member, words)| ((*member).to_owned(), (*words).to_owned()));
    Translations::from([("cy".to_owned(), members.collect::<BTreeMap<_, _>>())])
}

/// A project in English, where one explanation was brought in Welsh too, and another was not.
fn told() -> Update {
    let mut book = town();
    let translated = Explanation {
        tried: Some("We asked two funds".to_owned()),
        translations: in_welsh(&[
            ("what_happened", "Mae’r pot o arian yn wag"),
            ("tried", "Gofynnon ni i ddwy gronfa"),
        ]),
        ..because(Reason::Money, "The purse is empty")
    };
    book.write("2026-02-03", "R01", progress(Progress::InProgress, Progress::Stalled, Some(translated)));
    let own = Explanation {
        decided_by: Some("The board".to_owned()),
        ..because(Reason::StaffTime, "Nobody has the time")
    };
    book.write("2026-02-04", "R06", progress(Progress::InProgress, Progress::Stalled, Some(own)));
    let lit = Outcome {
        what_changed: "Six lamps are lit".to_owned(),
        translations: in_welsh(&[("what_changed", "Mae chwe lamp ynghynn")]),
        ..Outcome::default()
    };
    let done = Fact::Progress {
        progress: Progress::Done,
        from: Progress::InProgress,
        explanation: None,
        outcome: Some(lit),
    };
    book.write("2026-02-05", "R02", done);
    book.compose(&book.reader(&["R01", "R02", "R06"], Some("2026-02-01")), "2026-03-01")
}

#[test]
fn every_kind_of_message_is_whole_in_every_language() {
    let book = town();
    let locales = Locales::load().unwrap();
    let mut compared = 0;
    for lang in locales.langs() {
        for (links, told) in [
            (&["R01", "R02", "R04", "R06", "R07"][..], None),
            (&["R02"][..], Some("2026-02-01")),
            (&[][..], None),
        ] {
            for on in ["2025-03-10", "2025-04-01", "2026-01-01", "2026-03-01"] {
                let update = book.compose(&book.reader(links, told), on);
                for next in [Next::On(day("2027-01-01")), Next::WhenDone { latest: None }, Next::None] {
                    for url in [None, Some("https://updates.listeningtable.example/u/6f1c2a7e")] {
                        let mail = UpdateMail { next, way: Way::Mail(url), ..mail(&update, "2026-04-01") };
                        whole(
                            &written_in(lang, &Mail::Update(mail.clone()), Format::Standard),
                            &Mail::Update(mail),
                            lang,
                        );
                        compared += 1;
                    }
                }
            }
        }
        for others_remain in [true, false] {
            let (on, way) = (day("2026-02-10"), Way::Mail(None));
            let mail = WithdrawnMail { sender: sender(), greeting_name: None, on, others_remain, way };
            let mail = Mail::Withdrawn(mail);
            whole(&written_in(lang, &mail, Format::Standard), &mail, lang);
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}

fn whole(rendered: &Rendered, mail: &Mail<'_>, lang: &str) {
    obeys(rendered, mail);
    let words = Locales::load().unwrap();
    let words = words.get(lang);
    for part in
        [&rendered.subject, &rendered.text, rendered.html.as_ref().unwrap().split("</style>").nth(1).unwrap()]
            as [&str; 3]
    {
        assert!(!part.contains(['{', '}', '\u{E0F0}']), "{part}");
        for (opens, ends) in [("\u{2068}", "\u{2069}"), ("<bdi", "</bdi>")] {
            assert_eq!(part.matches(opens).count(), part.matches(ends).count(), "{part}");
        }
    }
    let html = rendered.html.as_ref().unwrap();
    let (dir, begins) = (words.dir(), format!("<html lang=\"{lang}\" dir=\"{}\"", words.dir()));
    assert!(
        html.contains(&begins) && html.contains(&format!("<main lang=\"{lang}\" dir=\"{dir}\"")),
        "{html}"
    );
    if dir == "rtl" {
        assert!(rendered.subject.starts_with('\u{200F}'), "{}", rendered.subject);
        for line in rendered.text.lines().filter(|line| !line.is_empty() && !line.contains("://")) {
            let begun = line.trim_start_matches([' ', '*', '-']);
            assert!(begun.starts_with('\u{200F}'), "{line}");
            assert_eq!(line.matches('\u{2068}').count(), line.matches('\u{2069}').count(), "{line}");
        }
    }
    let told = rendered.text.contains(words.text("language-unchecked", &[]).as_str())
        || flat(&rendered.text).contains(flat(&words.text("language-unchecked", &[])).as_str());
    assert_eq!(told, !words.is_checked(), "{lang}: whoever reads words that nobody checked is told so");
}

#[test]
fn an_explanation_is_told_in_the_readers_language_where_it_was_brought_and_else_in_its_own() {
    let update = told();
    let mail = Mail::Update(mail(&update, "2026-04-01"));
    let rendered = keep_in("cy", "welsh", &mail);
    let (text, html) = (flat(&rendered.text), rendered.html.unwrap());
    assert!(text.contains("Mae’r pot o arian yn wag. ") && !text.contains("The purse is empty"), "{text}");
    assert!(text.contains("Beth y ceisiwyd ei wneud: Gofynnon ni i ddwy gronfa."));
    assert!(text.contains("Mae chwe lamp ynghynn.") && !text.contains("Six lamps"), "{text}");
    assert!(
        text.contains("Nobody has the time. Pwy benderfynodd: The board. Saesneg yw iaith y rhan hon."),
        "{text}"
    );
    assert!(html.contains("<bdi lang=\"en\">Nobody has the time.</bdi>"), "{html}");
    assert!(html.contains("<bdi lang=\"en\">The board.</bdi>"), "{html}");
    assert_eq!(text.matches("yw iaith y rhan hon").count(), 1, "{text}");
    // In the project's own language nothing is said about languages.
    let own = written(&mail, Format::Standard);
    assert!(
        own.text.contains("The purse is empty.") && !own.text.contains("This part is in"),
        "{}",
        own.text
    );
    assert!(!own.html.unwrap().contains("<bdi"));
}

#[test]
fn right_to_left_everything_typed_keeps_its_direction() {
    let update = told();
    let rendered = keep_in("ur", "urdu", &Mail::Update(mail(&update, "2026-04-01")));
    assert!(rendered.text.contains("\u{2068}The purse is empty.\u{2069}"), "{}", rendered.text);
    let html = rendered.html.unwrap();
    assert!(html.contains("<bdi lang=\"en\">The purse is empty.</bdi>"), "{html}");
    let title = html.split("<h3").nth(1).expect("a title");
    assert!(title.contains(";\"><bdi lang=\"en\">"), "{html}");
}

#[test]
fn words_from_right_to_left_in_a_message_from_left_to_right_come_apart_at_no_line_end() {
    let mut book = Book::default();
    book.ask("2026-01-05", "R01", "Lamps", "Put up lamps", None);
    let stuck = because(Reason::Money, &"فنڈ نے اپنا فیصلہ مئی تک ملتوی کر دیا ہے۔ ".repeat(8));
    book.write("2026-01-06", "R01", progress(Progress::NotStarted, Progress::Stalled, Some(stuck)));
    let update = book.compose(&book.reader(&["R01"], Some("2026-01-05")), "2026-02-01");
    let mail = Mail::Update(mail(&update, "2026-03-01"));
    let rendered = written(&mail, Format::Standard);
    obeys(&rendered, &mail);
    let lines: Vec<&str> = rendered.text.lines().filter(|line| line.contains("فنڈ")).collect();
    assert!(lines.len() > 3, "{lines:?}");
    for line in lines {
        assert_eq!((line.matches('\u{2068}').count(), line.matches('\u{2069}').count()), (1, 1), "{line}");
    }
}
