use std::sync::Arc;

use chrono::TimeZone;
use mail_parser::{MessageParser, MimeHeaders};

use super::*;
use crate::mail::press::Piece;

fn envelope() -> Envelope<'static> {
    Envelope {
        message_id: "0196f3a2-7c51-7e2d-9a41-1f0c5e8b7d66@updates.example.org",
        date: Utc.with_ymd_and_hms(2026, 5, 1, 9, 0, 0).unwrap(),
        from_name: "Zoë at the Table",
        from_address: "updates@updates.example.org",
        reply_to: "maren@example.org",
        to: "sam@example.com",
        list_id: "0196f3a2.updates.example.org",
        unsubscribe_url: Some("https://updates.example.org/u/6f1c2a7e9b3d4f50a1b2c3d4e5f60718"),
    }
}

/// A message of one piece.
fn written(text: &str, html: Option<&str>) -> Written {
    let piece = Piece::new(text.to_owned(), html.unwrap_or_default().to_owned());
    Written {
        subject: "Your update from Zoë: May 2026".into(),
        pieces: vec![Arc::new(piece)],
        with_html: html.is_some(),
        lang: "en".to_owned(),
    }
}

const HTML: &str = "<!doctype html>\n<p>Hello Sam, ‘words’</p>\n";

fn text() -> String {
    format!("Hello Sam,\n\n.\n{}\n ‘words’ = 1\n", "long ".repeat(300))
}

fn usual() -> Written {
    written(&text(), Some(HTML))
}

fn header_names(message: &[u8]) -> Vec<String> {
    let head = String::from_utf8(message.to_vec()).unwrap();
    let head = head.split("\r\n\r\n").next().unwrap();
    let starts = head.lines().filter(|line| !line.starts_with([' ', '\t']));
    starts.map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn a_message_has_exactly_its_headers_and_both_parts() {
    let bytes = assemble(&envelope(), &usual()).unwrap().bytes;
    let mut names = header_names(&bytes);
    names.sort();
    let wanted = [
        "Auto-Submitted",
        "Content-Language",
        "Content-Type",
        "Date",
        "From",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "MIME-Version",
        "Message-ID",
        "Reply-To",
        "Subject",
        "To",
    ];
    assert_eq!(names, wanted);
    let raw = String::from_utf8(bytes.clone()).unwrap();
    assert!(
        raw.contains("\r\nDate: Fri, 01 May 2026 09:00:00 +0000\r\n")
            || raw.starts_with("Date: Fri, 01 May 2026")
    );
    assert!(raw.contains("\r\nTo: sam@example.com\r\n"));
    assert!(raw.contains("\r\nList-Id: <0196f3a2.updates.example.org>\r\n"));
    assert!(raw.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    assert!(raw.lines().all(|line| line.len() <= 998 && line.is_ascii()));
    assert!(!raw.replace("\r\n", "").contains(['\r', '\n']));

    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(message.message_id(), Some(envelope().message_id));
    assert_eq!(message.subject(), Some("Your update from Zoë: May 2026"));
    let from = message.from().unwrap().first().unwrap();
    assert_eq!(
        (from.name(), from.address()),
        (Some("Zoë at the Table"), Some("updates@updates.example.org"))
    );
    let to = message.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (None, Some("sam@example.com")));
    assert_eq!(message.reply_to().unwrap().first().unwrap().address(), Some("maren@example.org"));
    let unsubscribe = message.header_raw("List-Unsubscribe").unwrap();
    assert_eq!(
        unsubscribe.split_whitespace().collect::<String>(),
        format!("<{}>", envelope().unsubscribe_url.unwrap())
    );
    assert_eq!(message.parts.len(), 3);
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), text().trim_end());
    assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n").trim_end(), HTML.trim_end());
    for part in &message.parts[1..] {
        assert_eq!(part.content_type().unwrap().attribute("charset"), Some("utf-8"));
    }
}

#[test]
fn plain_text_is_a_single_part_and_without_a_page_there_is_no_unsubscribe() {
    let envelope = Envelope { unsubscribe_url: None, ..envelope() };
    let bytes = assemble(&envelope, &written("Hello,\n\nall is ascii.\n", None)).unwrap().bytes;
    let raw = String::from_utf8(bytes.clone()).unwrap();
    assert!(!raw.contains("List-Unsubscribe") && !raw.contains("multipart"));
    assert!(raw.contains("\r\n\r\nHello,\r\n\r\nall is ascii.\r\n"));
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(message.body_text(0).unwrap().trim_end(), "Hello,\r\n\r\nall is ascii.");
}

#[test]
fn the_same_message_is_assembled_into_the_same_bytes() {
    assert_eq!(assemble(&envelope(), &usual()).unwrap(), assemble(&envelope(), &usual()).unwrap());
}

#[test]
fn control_characters_are_refused_before_any_header_and_named_without_their_words() {
    for bad in ["Evil\r\nBcc: e@x", "Evil\nX: y", "Evil\0", "Evil\u{7f}", "Evil\u{85}"] {
        let refused = [
            assemble(&Envelope { from_name: bad, ..envelope() }, &usual()),
            assemble(&Envelope { message_id: bad, ..envelope() }, &usual()),
            assemble(&Envelope { to: bad, ..envelope() }, &usual()),
            assemble(&Envelope { list_id: bad, ..envelope() }, &usual()),
            assemble(&Envelope { unsubscribe_url: Some(bad), ..envelope() }, &usual()),
            assemble(&envelope(), &Written { subject: bad.into(), ..usual() }),
            assemble(&envelope(), &Written { lang: bad.to_owned(), ..usual() }),
        ];
        for result in refused {
            let error = format!("{:#}", result.unwrap_err());
            assert!(!error.contains("Evil"), "{error}");
        }
    }
}

#[test]
fn addresses_that_no_server_should_see_are_refused() {
    let long = format!("{}@example.org", "a".repeat(65));
    for to in [
        "a@localhost",
        "a@[127.0.0.1]",
        "\"a b\"@x.org",
        "a@x.org\r\nRCPT TO:<e@x>",
        "a@x.org, b@x.org",
        "a",
        "",
        "Sam <sam@example.com>",
        "a@@x.org",
        long.as_str(),
    ] {
        assert!(assemble(&Envelope { to, ..envelope() }, &usual()).is_err(), "{to}");
    }
}

#[test]
fn letters_outside_ascii_stay_before_the_at_and_become_idna_after_it() {
    for (to, shown) in [
        ("user@exämple.org", "user@xn--exmple-cua.org"),
        ("jörg@example.org", "jörg@example.org"),
        ("用户@例子.org", "用户@xn--fsqu00a.org"),
    ] {
        let message = assemble(&Envelope { to, ..envelope() }, &usual()).unwrap();
        let raw = String::from_utf8(message.bytes).unwrap();
        assert!(raw.contains(&format!("\r\nTo: {shown}\r\n")), "{raw}");
    }
}

#[test]
fn odd_names_and_words_come_through_as_they_are() {
    for name in [
        "Zoë \"the\" <Table>",
        "مارين",
        "a\\b, c; d",
        "",
        "=?utf-8?q?x?=",
        "名前 名前 名前 名前 名前 名前 名前 名前",
    ] {
        let bytes = assemble(&Envelope { from_name: name, ..envelope() }, &usual()).unwrap().bytes;
        let message = MessageParser::default().parse(&bytes).unwrap();
        let shown = message.from().unwrap().first().unwrap().name().unwrap_or_default().to_owned();
        assert_eq!(shown, name.replace("=?", "= ?"));
    }
}

#[test]
fn a_body_cannot_end_the_message_or_forge_a_part() {
    let text = "one\r\n--=_hearback_alternative--\r\n.\r\nMAIL FROM:<x@y>\rlone\u{0}\n";
    for html in [None, Some("<p>é</p>")] {
        let bytes = assemble(&envelope(), &written(text, html)).unwrap().bytes;
        let message = MessageParser::default().parse(&bytes).unwrap();
        let body = message.body_text(0).unwrap();
        assert!(body.contains("--=_hearback_alternative--\r\n.\r\nMAIL FROM:<x@y>lone"), "{body:?}");
    }
}

#[test]
fn a_date_that_no_header_can_hold_is_an_error() {
    for year in [1969, 12_000] {
        let date =
            chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
        assert!(assemble(&Envelope { date, ..envelope() }, &usual()).is_err());
    }
}
