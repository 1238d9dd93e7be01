//! What can be done to a record, to find out whether two verifiers name the same line.

use std::path::Path;

use hearback::domain::event::Event;
use hearback::domain::record::{GENESIS, Head, Line, append, event_hash};
use serde_json::{Map, Value, json};

/// A record, whole or tampered with.
pub struct Case {
    pub what: String,
    pub bytes: Vec<u8>,
}

pub fn case(what: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Case {
    Case { what: what.into(), bytes: bytes.into() }
}

pub fn as_text<'a>(lines: impl IntoIterator<Item = &'a Line>) -> String {
    lines.into_iter().map(|line| serde_json::to_string(line).expect("JSON") + "\n").collect()
}

/// A chain of which every hash is right, whatever its contents are.
fn chain(contents: &[(&str, Value)]) -> Vec<Line> {
    let mut head = Head::default();
    let mut lines = Vec::new();
    for (index, (kind, fields)) in contents.iter().enumerate() {
        let mut content = Map::new();
        content.insert("salt".to_owned(), Value::String(format!("{index:032x}")));
        content.extend(fields.as_object().expect("an object").clone());
        let at = "2026-01-01T00:00:00.5Z".parse().expect("a time");
        let event: Event = append(&head, at, kind, "R1", content);
        head = Head { seq: event.seq, hash: event.hash.clone(), at: Some(event.at) };
        lines.push(Line::from(&event));
    }
    lines
}

/// Makes the hashes of the events right again, whatever was done to their fields.
fn rechained(mut lines: Vec<Line>) -> String {
    let mut prev = GENESIS.to_owned();
    for line in &mut lines {
        line.prev.clone_from(&prev);
        let hash = event_hash(&line.prev, line.seq, &line.at, &line.kind, &line.subject, &line.content_hash);
        line.hash = hash.expect("prev is a hash");
        prev.clone_from(&line.hash);
    }
    as_text(&lines)
}

fn lists(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inner, _| json!([inner]))
}

/// What only a reader notices that is as strict as the description: every hash is right all the same.
pub fn read_otherwise() -> Vec<Case> {
    let fields = json!({ "n": 1, "zero": 0, "words": "a/b é 😀 \u{fffd} \u{7f} \u{2028} \" \\ \u{1}\t\u{8}", "list": [true, false, null, [], {}] });
    let good = as_text(&chain(&[("note", json!({ "first": 1 })), ("note", fields), ("note", json!({}))]));
    let mut cases = vec![case("what only a strict reader sees, untouched", good.clone())];
    for (from, to) in [
        ("\"n\":1", "\"n\":1.0"),
        ("\"n\":1", "\"n\":1e0"),
        ("\"n\":1", "\"n\":10e-1"),
        ("\"n\":1", "\"n\":01"),
        ("\"n\":1", "\"n\":+1"),
        ("\"n\":1", "\"n\":1,"),
        ("\"n\":1", "\"n\":1,\"n\":1"),
        ("\"n\":1", "\"n\":2,\"n\":1"),
        ("\"n\":1", "\"n\":2,\"\\u006e\":1"),
        ("\"n\":1", "\"\\u006e\":1"),
        ("\"n\":1", "\"n\" : 1 "),
        ("\"n\":1", "\"n\":\u{a0}1"),
        ("\"n\":1", "\"n\":\u{c}1"),
        ("\"n\":1", "\"n\":1/**/"),
        ("\"n\":1", "'n':1"),
        ("\"n\":1", "n:1"),
        ("\"zero\":0", "\"zero\":-0"),
        ("\"zero\":0", "\"zero\":0.0"),
        ("\"zero\":0", "\"zero\":1e-400"),
        ("[true,", "[true ,"),
        ("[true,", "[True,"),
        (",[],{}]", ",[],{},]"),
        (",[],{}]", ",[ ],{ }]"),
        (",[],{}]", ",[],{\"__proto__\":1,\"__proto__\":1}]"),
        ("a/b", "a\\/b"),
        ("é", "\\u00e9"),
        ("é", "e\u{301}"),
        ("😀", "\\ud83d\\uDE00"),
        ("\u{fffd}", "\\uFFFD"),
        ("\u{fffd}", "\\ud800"),
        ("\u{fffd}", "\\udc00"),
        ("\u{fffd}", "\\udc00\\ud800"),
        ("\u{fffd}", "\\ud800x"),
        ("\u{fffd}", "\\ufff"),
        ("\u{7f}", "\\u007F"),
        ("\\t", "\t"),
        ("\\t", "\\u0009"),
        ("\\t", "\\x09"),
        ("\\t", "\\v"),
        ("{\"seq\":2", " \t\r{\"seq\":2"),
        ("{\"seq\":2", "{\"seq\":2.0"),
        ("{\"seq\":2", "{\"seq\":\"2\""),
        ("{\"seq\":2", "{\"seq\":2,\"seq\":2"),
        ("{\"seq\":2", "{\"seq\":2,\"__proto__\":2"),
        ("{\"seq\":2", "{\"why\":\"Line\",\"seq\":2"),
        ("{\"seq\":2", "\u{feff}{\"seq\":2"),
        ("{\"seq\":2", "[{\"seq\":2"),
        ("{\"seq\":2", "\0{\"seq\":2"),
        ("\"kind\":", "\"k\\u0069nd\":"),
        ("\"kind\":", "\"Kind\":"),
        ("\"kind\":\"note\"", "\"kind\":null"),
        ("}\n", "}\r\n"),
        ("}\n", "}}\n"),
        ("}\n", "} \n"),
        ("}\n", "},\n"),
        ("}\n", "}\n\n"),
        ("}\n", "}\u{b}\n"),
        ("}\n", "}\u{2028}\n"),
        ("}\n", "}"),
    ] {
        assert!(good.contains(from), "{from}");
        // In the second line where it can be, which is the one with the fields.
        let begins = good.find('\n').expect("a line") + 1;
        let (first, rest) = good.split_at(if good[begins..].contains(from) { begins } else { 0 });
        cases.push(case(format!("{from:?} as {to:?}"), format!("{first}{}", rest.replacen(from, to, 1))));
    }
    for (what, content) in [
        ("the largest number", json!({ "n": 9_007_199_254_740_991_i64 })),
        ("one beyond it", json!({ "n": 9_007_199_254_740_992_i64 })),
        ("the smallest number", json!({ "n": -9_007_199_254_740_991_i64 })),
        ("one below it", json!({ "n": -9_007_199_254_740_992_i64 })),
        ("a fraction", json!({ "n": 1.5 })),
        ("a key beyond ASCII", json!({ "wörter": 1 })),
        ("keys to be sorted", json!({ "b": 1, "B": 2, "a b": 3, "": 4, "a": { "10": 1, "9": 2 } })),
        ("keys that a script knows", json!({ "__proto__": { "a": 1 }, "constructor": 1, "toString": 2 })),
        ("a salt in a list", json!({ "salt": ["00112233445566778899aabbccddeeff"] })),
        ("a salt of a number", json!({ "salt": 1 })),
        ("a salt in capitals", json!({ "salt": "00112233445566778899AABBCCDDEEFF" })),
        ("a salt with a line feed", json!({ "salt": "00112233445566778899aabbccddeeff\n" })),
        ("a deep list", json!({ "deep": lists(125) })),
        ("a list just too deep", json!({ "deep": lists(126) })),
        ("a list far too deep", json!({ "deep": lists(1000) })),
        ("a long text", json!({ "words": "é\n".repeat(100_000) })),
        ("a redaction of nothing", json!({ "redacts": "1" })),
    ] {
        let lines = chain(&[("note", json!({})), ("redaction", content), ("note", json!({}))]);
        cases.push(case(what, as_text(&lines)));
    }
    cases
}

/// Contents that are gone, and the redactions that say so, or not quite.
pub fn redactions() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut of = |what: &str, redacts: Value, kind: &str| {
        let mut lines = chain(&[
            ("note", json!({ "words": "one" })),
            ("redaction", json!({ "redacts": redacts })),
            (kind, json!({ "words": "three" })),
            ("redaction", json!({ "redacts": 3 })),
        ]);
        for gone in [0, 2] {
            lines[gone].content = None;
        }
        cases.push(case(what, as_text(&lines)));
        let mut text = as_text(&lines);
        // The fourth line is no event any more, so it redacts nothing.
        text = text.replacen("{\"seq\":4", "{\"seq\":4.0", 1);
        cases.push(case(format!("{what}, unreadable later"), text.clone()));
        cases.push(case(format!("{what}, cut off later"), text.trim_end()));
    };
    of("a redaction", json!(1), "note");
    of("a redaction of a redaction", json!(1), "redaction");
    for redacts in [json!(3), json!(2), json!(0), json!(-1), json!("1"), json!(1.0), json!([1]), json!(null)]
    {
        of(&format!("a redaction of {redacts}"), redacts, "note");
    }
    let forward = json!({ "redacts": 3 });
    let mut lines = chain(&[("note", json!({})), ("redaction", forward), ("note", json!({}))]);
    lines[2].content = None;
    cases.push(case("a redaction that only points forward", as_text(&lines)));
    let halved = json!({ "redacts": 1, "why": "\u{fffd}" });
    let mut lines = chain(&[("note", json!({})), ("redaction", halved)]);
    lines[0].content = None;
    cases.push(case("a redaction with half a character", as_text(&lines).replace('\u{fffd}', "\\udfff")));
    let mut lines = chain(&[("note", json!({})), ("redaction", json!({ "redacts": 1 }))]);
    cases.push(case("a redaction of what is still there", as_text(&lines)));
    lines[0].content = None;
    lines[0].content_hash = lines[0].content_hash.to_uppercase();
    cases.push(case("a hash of a content in capitals", rechained(lines.clone())));
    lines[0].content_hash = "x".to_owned();
    cases.push(case("no hash of a content", rechained(lines)));
    cases
}

/// A real record and what can be done to it without thinking.
pub fn tampered(lines: &[Line]) -> Vec<Case> {
    let text = as_text(lines);
    let mut cases = vec![
        case("an empty file", ""),
        case("an empty line", "\n"),
        case("a byte-order mark", format!("\u{feff}{text}")),
        case("only a byte-order mark", "\u{feff}"),
        case("no last line feed", text.trim_end()),
        case("another line after it", format!("{text}{{}}\n")),
        case("twice", format!("{text}{text}")),
        case("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        case("in one list", format!("[{}]\n", text.trim_end().replace('\n', ","))),
    ];
    for at in 0..lines.len() {
        let mut changed = lines.to_vec();
        changed.remove(at);
        cases.push(case(format!("without line {}", at + 1), as_text(&changed)));
        cases.push(case(format!("without line {}, all hashes anew", at + 1), rechained(changed.clone())));
        cases.push(case(format!("up to line {at}"), as_text(&lines[..at])));
        changed.insert((at + 1) % lines.len(), lines[at].clone());
        cases.push(case(format!("line {} moved", at + 1), as_text(&changed)));
        for (what, change) in [
            ("an earlier time", (|line: &mut Line| line.at.replace_range(..4, "1999")) as fn(&mut Line)),
            ("a time with an offset", |line| line.at = line.at.replace('Z', "+00:00")),
            ("a time in other digits", |line| line.at = line.at.replace('2', "٢")),
            ("a time and a line feed", |line| line.at.push('\n')),
            ("a day that is none", |line| line.at.replace_range(5..10, "99-99")),
            ("another kind", |line| line.kind.push('x')),
            ("another subject", |line| line.subject = "R2 ".to_owned()),
            ("another prev", |line| line.prev = "0".repeat(63) + "1"),
            ("prev in capitals", |line| line.prev = line.prev.to_uppercase()),
            ("no hash", |line| line.hash = String::new()),
            ("half a hash", |line| line.hash.truncate(31)),
            ("a long hash", |line| line.hash.push_str(&"00".repeat(20))),
            ("no content", |line| line.content = None),
        ] {
            let mut changed = lines.to_vec();
            change(&mut changed[at]);
            // A follower that holds to the changed hash must not get into the way of the one before it.
            if let Some(next) = lines.get(at + 1) {
                changed[at + 1] = Line { prev: changed[at].hash.clone(), ..next.clone() };
            }
            cases.push(case(format!("{what} in line {}", at + 1), as_text(&changed)));
            if what.contains("time") {
                cases.push(case(format!("{what} in line {}, all hashes anew", at + 1), rechained(changed)));
            }
        }
    }
    let bytes = text.as_bytes();
    for (count, at) in (0..bytes.len()).step_by(11).enumerate() {
        let byte = [bytes[at] ^ 1, bytes[at] ^ 0x20, 0xff, b'\n', b'"', b' '][count % 6];
        let mut changed = bytes.to_vec();
        if changed[at] == byte {
            continue;
        }
        changed[at] = byte;
        cases.push(case(format!("byte {at} as {byte:#x}"), changed));
        if count % 5 == 0 {
            let mut changed = bytes.to_vec();
            changed.remove(at);
            cases.push(case(format!("without byte {at}"), changed));
        }
    }
    for bad in [&b"\xc0\xaf"[..], b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80"] {
        let mut changed = bytes.to_vec();
        let inside = text.find("\"why\":\"").expect("words") + 7;
        changed.splice(inside..inside, bad.iter().copied());
        cases.push(case(format!("{bad:x?} inside"), changed));
    }
    cases
}

pub fn example() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/record-format.md");
    let format = std::fs::read_to_string(path).expect("the description");
    let example = format.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    example.expect("an example").to_owned()
}
