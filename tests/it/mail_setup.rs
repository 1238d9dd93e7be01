//! How mail is set up: signatures that an independent verifier accepts, a test message, and what the doctor wants to see
//! in the DNS.

use std::io::Write;
use std::process::{Command, Stdio};

use hearback::mail::dkim::Signers;

use crate::cli::Shell;
use crate::harness::{Mailed, Sheets, Trial, skipped, variable};
use crate::smtp_server::{Phase, Reaction, SmtpServer};

const RSA: &str = include_str!("../keys/rsa.pem");
const ED25519: &str = include_str!("../keys/ed25519.pem");

/// A shell whose messages go to this server, signed by both algorithms.
fn signing(server: &SmtpServer) -> Shell {
    let shell = Shell::new()
        .with("HEARBACK_MAIL", &server.url())
        .with("HEARBACK_MAIL_FROM", "updates@example.org")
        .with("HEARBACK_PUBLIC_URL", "https://updates.example.org")
        .with("HEARBACK_BOUNCE_ADDRESS", "bounces@example.org")
        .with("HEARBACK_DKIM_SELECTOR", "one")
        .with("HEARBACK_DKIM_KEY_FILE", "rsa.pem")
        .with("HEARBACK_DKIM_SELECTOR_2", "two")
        .with("HEARBACK_DKIM_KEY_FILE_2", "ed25519.pem");
    std::fs::write(shell.path("rsa.pem"), RSA).expect("a key");
    std::fs::write(shell.path("ed25519.pem"), ED25519).expect("a key");
    shell.say("init").ok();
    shell
}

/// What dkimpy says of each signature, from the top.
fn verified(message: &[u8]) -> Option<Vec<bool>> {
    // A body that does not fit is an error there, not a `False`.
    const CHECK: &str = "import sys, dkim
records = dict(line.split(' ', 1) for line in sys.argv[1].splitlines())
txt = lambda name, timeout=5: records.get(name.decode().rstrip('.'), '').encode()
check = dkim.DKIM(sys.stdin.buffer.read())
def holds(n):
    try:
        return check.verify(idx=n, dnsfunc=txt)
    except dkim.ValidationError:
        return False
print([holds(n) for n in range(2)])
";
    let Some(python) = variable("HEARBACK_TEST_DKIMPY") else {
        skipped("DKIM by an independent verifier (set HEARBACK_TEST_DKIMPY to a Python that has dkimpy)");
        return None;
    };
    let signers = Signers::new("example.org", &[("one", RSA), ("two", ED25519)]).expect("keys");
    let records: Vec<String> =
        signers.records().iter().map(|record| format!("{} {}", record.name, record.text)).collect();
    let mut child = Command::new(python)
        .args(["-c", CHECK, &records.join("\n")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    child.stdin.take().expect("a pipe").write_all(message).expect("written");
    let said = String::from_utf8(child.wait_with_output().expect("it ends").stdout).expect("text");
    Some(said.trim().trim_matches(['[', ']']).split(", ").map(|word| word == "True").collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_goes_the_way_of_all_messages_to_one_address_and_is_signed() {
    let server = SmtpServer::start().await;
    let shell = signing(&server);
    let said = shell.say("doctor --send-test volunteer@people.example").ok();
    assert!(said.contains("The mail server took the message: 250"), "{said}");
    let accepted = server.accepted();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0].to, "volunteer@people.example");
    assert!(accepted[0].from.starts_with("bounces+") && accepted[0].from.ends_with("@example.org"));
    let mail = Mailed::read(&accepted[0].data);
    assert_eq!(mail.subject, "A test message");
    assert_eq!(mail.raw.matches("DKIM-Signature:").count(), 2, "{}", mail.raw);
    if let Some(verified) = verified(&accepted[0].data) {
        assert_eq!(verified, [true, true]);
    }
    let changed = mail.raw.replace("It has arrived", "It has arived");
    if let Some(verified) = verified(changed.as_bytes()) {
        assert_eq!(verified, [false, false]);
    }
}

#[tokio::test]
async fn updates_in_full_hold_their_signatures_before_an_independent_verifier() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    let signers = Signers::new("example.org", &[("one", RSA), ("two", ED25519)]).expect("keys");
    let mails = t.mails();
    assert!(mails.len() > 2);
    for mail in mails {
        // As it goes over the wire, from another sender's domain.
        let message = mail.raw.replace("updates@updates.example.org", "updates@example.org");
        let lines = signers.sign(message.as_bytes()).expect("signed");
        let Some(verified) = verified(&[lines.as_slice(), message.as_bytes()].concat()) else { return };
        assert_eq!(verified, [true, true], "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_that_is_not_taken_says_what_the_mail_server_said_without_the_address() {
    let server = SmtpServer::start().await;
    let shell = signing(&server);
    server
        .on(Phase::Rcpt, Reaction::Reply("550 5.7.1 <volunteer@people.example>: relaying denied".to_owned()));
    let said = shell.say("doctor --send-test volunteer@people.example");
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("550 5.7.1") && !said.out.contains('@'), "{said:?}");
    for wrong in ["volunteer", "a@localhost", "a@x.example,b@x.example"] {
        shell.say(&format!("doctor --send-test {wrong}")).refused("address");
    }
    assert!(server.accepted().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_does_not_go_to_somebody_who_asked_for_silence() {
    let server = SmtpServer::start().await;
    let shell = signing(&server);
    shell.pack(&Sheets::small());
    shell.say("import pack").ok();
    shell.say("participant stop river-path P01").ok();
    shell.say("doctor --send-test Sam@people.example").refused("asked not to be written to");
    assert!(server.accepted().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_which_records_it_wants_to_see() {
    let server = SmtpServer::start().await;
    let out = signing(&server).say("doctor").out;
    for wanted in [
        "ok    Messages are signed for example.org.",
        "example.org. IN TXT \"v=spf1 a mx -all\"",
        "one._domainkey.example.org. IN TXT ( \"v=DKIM1; k=rsa; p=",
        "two._domainkey.example.org. IN TXT \"v=DKIM1; k=ed25519; p=",
        "_dmarc.example.org. IN TXT \"v=DMARC1; p=none;",
        "example.org. IN MX",
    ] {
        assert!(out.contains(wanted), "{wanted} is not in {out}");
    }
    let apart = signing(&server).with("HEARBACK_DKIM_DOMAIN", "elsewhere.example").say("doctor").out;
    assert!(apart.contains("says nothing for DMARC"), "{apart}");
}

#[test]
fn a_key_that_cannot_sign_is_refused_before_anything_is_done() {
    let shell = Shell::new()
        .with("HEARBACK_DKIM_DOMAIN", "example.org")
        .with("HEARBACK_DKIM_SELECTOR", "one")
        .with("HEARBACK_DKIM_KEY_FILE", "key.pem");
    shell.say("tasks").refused("key.pem");
    std::fs::write(shell.path("key.pem"), include_str!("../keys/rsa1024.pem")).expect("a key");
    shell.say("tasks").refused("2048");
}
