use base64::Engine;
use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;

const RSA: &str = include_str!("../../tests/keys/rsa.pem");
const SHORT: &str = include_str!("../../tests/keys/rsa1024.pem");
const ED25519_KEY: &str = include_str!("../../tests/keys/ed25519.pem");

const MESSAGE: &str = "Date: Fri, 01 May 2026 09:00:00 +0000\r\n\
    From: =?utf-8?b?Wm/Dqw==?= <updates@example.org>\r\n\
    To: sam@people.example\r\n\
    Subject: Your update from\r\n\tthe river   table: May 2026\r\n\
    Message-ID: <1@example.org>\r\n\
    Reply-To: maren@example.org\r\n\
    List-Id: <a.example.org>\r\n\
    List-Unsubscribe: <https://example.org/u/1>\r\n\
    List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\
    Content-Transfer-Encoding: 7bit\r\n\
    X-Not-Signed: anything\r\n\
    \r\n\
    Hello Sam,\r\n\r\n  two  spaces\t\r\n.\r\nend  \r\n\r\n\r\n";

fn signers() -> Signers {
    Signers::new("Example.org", &[("one", RSA), ("two", ED25519_KEY)]).expect("keys")
}

fn signed(message: &str) -> String {
    let lines = signers().sign(message.as_bytes()).expect("signed");
    String::from_utf8(lines).expect("text") + message
}

/// The value of a tag, without its folds.
fn tag(header: &str, name: &str) -> String {
    let value = header.split_once(':').expect("a header").1;
    let tags = value.split(';').filter_map(|part| part.trim().split_once('='));
    let found = tags.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned());
    found.unwrap_or_default().split_whitespace().collect()
}

fn unfolded(message: &str) -> Vec<String> {
    let head = message.split("\r\n\r\n").next().expect("a head");
    let plain = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    plain.split("\r\n").map(str::to_owned).collect()
}

/// Checks one signature the way a receiver does, written another way than the code above.
fn holds(message: &str, which: usize) -> bool {
    let headers = unfolded(message);
    let header = &headers[which];
    assert!(header.starts_with("DKIM-Signature:"), "{header}");
    let relaxed = |line: &str| {
        let (name, value) = line.split_once(':').expect("a header");
        let words: Vec<&str> = value.split_whitespace().collect();
        format!("{}:{}", name.to_lowercase(), words.join(" "))
    };
    let mut left: Vec<&String> = headers.iter().collect();
    let mut input = String::new();
    for name in tag(header, "h").split(':') {
        let at = left.iter().rposition(|line| {
            line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name))
        });
        if let Some(at) = at {
            input.push_str(&relaxed(left.remove(at)));
            input.push_str("\r\n");
        }
    }
    let cut = header.rfind("b=").expect("a signature") + 2;
    input.push_str(&relaxed(&header[..cut]));
    let (_, body) = message.split_once("\r\n\r\n").expect("a body");
    let lines: Vec<String> = body
        .split("\r\n")
        .map(|line| {
            let line = line.replace('\t', " ");
            let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
            if line.starts_with(' ') { format!(" {}", words.join(" ")) } else { words.join(" ") }
        })
        .collect();
    let body = lines.join("\r\n").trim_end_matches("\r\n").to_owned() + "\r\n";
    if tag(header, "bh") != STANDARD.encode(Sha256::digest(body)) {
        return false;
    }
    let signature = STANDARD.decode(tag(header, "b")).expect("base64");
    let record = &signers().records()[which];
    let key = STANDARD.decode(record.text.split("p=").nth(1).expect("a key")).expect("base64");
    match tag(header, "a").as_str() {
        "rsa-sha256" => {
            // What is left of SubjectPublicKeyInfo without its 24 bytes of wrapping is the key as ring reads it.
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &key[24..])
                .verify(input.as_bytes(), &signature)
                .is_ok()
        }
        _ => UnparsedPublicKey::new(&ED25519, &key).verify(&Sha256::digest(input), &signature).is_ok(),
    }
}

#[test]
fn both_signatures_hold_by_the_keys_of_the_records() {
    let message = signed(MESSAGE);
    assert!(holds(&message, 0) && holds(&message, 1), "{message}");
    assert_eq!(message, signed(MESSAGE), "the same message gets the same signatures");
    assert!(message.lines().all(|line| line.len() <= 90), "{message}");
}

#[test]
fn white_space_may_change_on_the_way_and_nothing_else() {
    let message = signed(MESSAGE);
    let moved = message.replace("the river   table", "the river table").replace("end  \r\n\r\n", "end\r\n");
    assert!(holds(&moved, 0) && holds(&moved, 1));
    for (from, to) in [
        ("Hello Sam", "Hello Sum"),
        ("two  spaces", "twospaces"),
        ("sam@people.example", "sum@people.example"),
        ("https://example.org/u/1", "https://example.org/u/2"),
        ("List-Unsubscribe=One-Click", "List-Unsubscribe=Two-Clicks"),
        ("maren@example.org", "karen@example.org"),
    ] {
        let changed = message.replace(from, to);
        assert_ne!(changed, message, "{from}");
        assert!(!holds(&changed, 0) && !holds(&changed, 1), "{from}");
    }
}

#[test]
fn no_second_sender_subject_or_button_can_be_added() {
    let message = signed(MESSAGE);
    for added in [
        "From: other@example.org",
        "To: other@example.org",
        "Subject: other",
        "Date: Sat, 02 May 2026 09:00:00 +0000",
        "Message-ID: <other@example.org>",
        "Reply-To: other@example.org",
        "MIME-Version: 1.0",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: base64",
        "List-Unsubscribe: <https://other.example>",
        "List-Unsubscribe-Post: other",
    ] {
        // Where the reader's program takes it: below the others here, since the last one is checked first.
        let changed =
            message.replace("X-Not-Signed: anything", &format!("X-Not-Signed: anything\r\n{added}"));
        assert!(!holds(&changed, 0) && !holds(&changed, 1), "{added}");
    }
    let changed = message.replace("X-Not-Signed: anything", "X-Not-Signed: another");
    assert!(holds(&changed, 0), "a header that is not ours to sign");
}

#[test]
fn a_message_without_a_button_is_guarded_against_one() {
    let plain = "From: a@example.org\r\nTo: b@example.org\r\n\r\nHello\r\n";
    let message = signed(plain);
    assert!(holds(&message, 0) && holds(&message, 1));
    let changed = message.replace("To: b", "List-Unsubscribe: <https://other.example>\r\nTo: b");
    assert!(!holds(&changed, 0));
    assert!(!tag(&unfolded(&message)[0], "h").contains("List-Id"), "what is not there is not claimed");
    assert_eq!(tag(&unfolded(&message)[0], "l"), "", "no length: nothing may follow the body");
}

#[test]
fn the_hash_of_a_body_is_that_of_the_standard_and_the_same_in_parts() {
    // RFC 8463, appendix A.
    let body = "Hi.\n\nWe lost the game.  Are you hungry yet?\n\nJoe.\n";
    assert_eq!(
        STANDARD.encode(body_hash(&[body.as_bytes()])),
        "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
    );
    // RFC 6376, 3.4.4: an empty body.
    for empty in ["", "\r\n", "\r\n\r\n", " \r\n"] {
        let hash = STANDARD.encode(body_hash(&[empty.as_bytes()]));
        assert_eq!(hash, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "{empty:?}");
    }
    let body = "a \tb\r\n\r\n c  \r\nd\r\n\r\n";
    let whole = body_hash(&[body.as_bytes()]);
    for cut in 0..body.len() {
        let (left, right) = body.as_bytes().split_at(cut);
        assert_eq!(body_hash(&[left, &[], right]), whole, "{cut}");
    }
}

#[test]
fn headers_alone_with_the_hash_of_the_body_give_the_same() {
    let (head, body) = MESSAGE.split_once("\r\n\r\n").expect("a message");
    let head = format!("{head}\r\n");
    let lines = signers().sign_headers(head.as_bytes(), &body_hash(&[body.as_bytes()])).expect("signed");
    assert_eq!(lines, signers().sign(MESSAGE.as_bytes()).expect("signed"));
}

#[test]
fn without_a_key_nothing_is_signed() {
    assert!(Signers::default().is_empty());
    assert!(Signers::default().sign(MESSAGE.as_bytes()).expect("nothing").is_empty());
}

#[test]
fn what_cannot_sign_is_refused_and_named_without_the_key() {
    let with = |domain: &str, keys: &[(&str, &str)]| Signers::new(domain, keys).expect_err("refused");
    for (error, names) in [
        (with("example", &[]), "domain"),
        (with("exam ple.org", &[]), "domain"),
        (with("example.org", &[("a b", RSA)]), "selector"),
        (with("example.org", &[("a", RSA), ("A", ED25519_KEY)]), "two keys"),
        (with("example.org", &[("a", SHORT)]), "2048"),
        (with("example.org", &[("a", "nothing")]), "PEM"),
    ] {
        let error = format!("{error:#}");
        assert!(error.contains(names) && !error.contains("MII"), "{error}");
    }
    assert!(signers().sign(b"To: a@example.org\r\n\r\n").is_err(), "no From");
    assert!(signers().sign(b"From: a@example.org\r\n").is_err(), "no end of the headers");
}

#[test]
fn the_record_of_rsa_is_what_openssl_says() {
    let records = signers().records();
    assert_eq!(records[0].name, "one._domainkey.example.org");
    assert_eq!(
        records[0].text,
        format!("v=DKIM1; k=rsa; p={}", include_str!("../../tests/keys/rsa.pub").trim())
    );
    assert_eq!(
        records[1].text,
        format!("v=DKIM1; k=ed25519; p={}", include_str!("../../tests/keys/ed25519.pub").trim())
    );
}
