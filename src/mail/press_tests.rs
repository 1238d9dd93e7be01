//! Pieces are put together from what was made once, and read as if they had been made for their reader.

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
    for format in [Format::Standard, Format::LargePrint, Format::PlainText] {
        let mut press = Press::new(locales.get("en"), &templates, format, "update", Made::default());
        for address in
            ["https://a.example/u/0aF", "http://localhost:8080/u/x~_-", "https://a.example/?a=1&b='2'"]
        {
            let make = |_: &Words, url: &str| Block::Line { line: Line::link("Pause = here.".into(), url) };
            let own = press.own(&make(press.words, address)).unwrap();
            let made = press.around(About::Standing("choice-link"), Own::Address(address), make).unwrap();
            assert_eq!((&made.text, &made.html), (&own.text, &own.html));
            assert!(made.text.contains(address), "{}", made.text);
            assert_eq!(read(&made.text_encoded), own.text);
            assert_eq!(read(&made.html_encoded), own.html);
            let lines = String::from_utf8([&*made.text_encoded, &*made.html_encoded].concat()).unwrap();
            assert!(lines.split("\r\n").all(|line| line.len() <= 76 && !line.starts_with('.')), "{lines}");
        }
    }
}

#[test]
fn a_greeting_reads_as_one_that_was_made_for_its_reader() {
    let locales = Arc::new(Locales::load().unwrap());
    let templates = Templates::new(locales.clone(), None).unwrap();
    let mut press = Press::new(locales.get("en"), &templates, Format::Standard, "update", Made::default());
    let long = "Somebody with a very long name and then some";
    for name in ["Amina Begum", "Jo", "Siân O'Hara", "<b>Bo</b>", "..", "a=b", long] {
        let make = |_: &Words, name: &str| Block::Greeting { words: format!("Dear {name},") };
        let own = press.own(&make(press.words, name)).unwrap();
        let made = press.around(About::Standing("greeting"), Own::Name(name), make).unwrap();
        assert_eq!(made.text, own.text);
        // What needs to be escaped in an attribute alone is escaped everywhere.
        assert_eq!(made.html.replace("&#x27;", "'"), own.html);
        assert_eq!(
            (read(&made.text_encoded), read(&made.html_encoded)),
            (made.text.clone(), made.html.clone())
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
    let mut press = Press::new(locales.get("en"), &templates, Format::Standard, "update", Made::default());
    let made =
        press.around(About::Standing("choice-link"), Own::Address("https://a.example/u/0af"), |_, url| {
            Block::Line { line: Line::link(String::new(), url) }
        });
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
