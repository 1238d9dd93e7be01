//! What becomes of a message when the relay answers, refuses, breaks off, goes silent or talks nonsense.

use std::time::{Duration, Instant};

use hearback::mail::smtp::{
    Attempt, ConnectError, Connection, Parcel, PhaseLimits, SmtpSettings, TlsPolicy, connect,
};

use crate::smtp_server::{Phase, Reaction, SmtpServer};

pub const FROM: &str = "updates@hearback.test";
pub const TO: &str = "mina.okafor@people.test";
pub const MESSAGE: &[u8] = b"Subject: Update\r\n\r\nWhat happened because you spoke.\r\n";

/// For a relay that keeps silent: long enough for a busy machine to answer before, short enough to wait for.
pub const SHORT: Duration = Duration::from_millis(400);

/// For everything else: nothing ends here but a test that is stuck.
pub const LONG: Duration = Duration::from_secs(60);

pub fn all(limit: Duration) -> PhaseLimits {
    PhaseLimits { connect: limit, greeting: limit, command: limit, data: limit, after_dot: limit }
}

pub fn settings(server: &SmtpServer, limits: PhaseLimits) -> SmtpSettings {
    SmtpSettings { limits, ..SmtpSettings::parse(&server.url()).expect("the server knows its address") }
}

pub async fn connected(server: &SmtpServer) -> Connection {
    connect(&settings(server, all(LONG))).await.expect("a connection")
}

pub async fn connected_in_a_hurry(server: &SmtpServer) -> Connection {
    connect(&settings(server, all(SHORT))).await.expect("a connection")
}

pub fn parcel(to: &str, content: &[u8]) -> Parcel {
    Parcel { from: FROM.into(), to: to.into(), content: content.to_vec() }
}

async fn send(connection: &mut Connection, to: &str, message: &[u8]) -> Attempt {
    let parcel = parcel(to, message);
    match connection.open(&parcel).await {
        Ok(()) => connection.deliver(&parcel, None).await.outcome,
        Err(attempt) => attempt,
    }
}

pub fn word(attempt: &Attempt) -> &'static str {
    match attempt {
        Attempt::Accepted { .. } => "accepted",
        Attempt::Deferred { .. } => "deferred",
        Attempt::Failed { .. } => "failed",
        Attempt::Unknown { .. } => "unknown",
        Attempt::Untried { .. } => "untried",
        Attempt::RelayDown { .. } => "relay down",
    }
}

#[track_caller]
fn assert_outcome(attempt: &Attempt, expected: &str, case: &str) {
    assert_eq!(word(attempt), expected, "{case}: {attempt:?}");
}

const VERBS: [(&str, Phase); 4] =
    [("MAIL", Phase::Mail), ("RCPT", Phase::Rcpt), ("DATA", Phase::Data), ("dot", Phase::Dot)];

#[tokio::test]
async fn a_message_that_the_relay_takes_is_accepted_with_its_words() {
    let server = SmtpServer::start().await;
    let mut connection = connected(&server).await;
    let attempt = send(&mut connection, TO, MESSAGE).await;
    assert_eq!(attempt, Attempt::Accepted { reply: "250 2.0.0 queued".into() });
    let accepted = server.accepted();
    assert_eq!(accepted.len(), 1);
    assert_eq!((accepted[0].from.as_str(), accepted[0].to.as_str()), (FROM, TO));
    assert_eq!(accepted[0].data, MESSAGE);
    connection.quit().await;
    assert_eq!(server.said().last().unwrap().1, "QUIT");
}

#[tokio::test]
async fn every_refusal_at_every_verb_has_its_outcome() {
    for (code, outcome, kept) in [
        (421, "deferred", false),
        (450, "deferred", true),
        (451, "deferred", true),
        (452, "deferred", true),
        (550, "failed", true),
        (552, "failed", true),
        (554, "failed", true),
    ] {
        for (verb, phase) in VERBS {
            let case = format!("{code} at {verb}");
            let server = SmtpServer::start().await;
            server.on(phase, Reaction::Code(code));
            let mut connection = connected(&server).await;
            let attempt = send(&mut connection, TO, MESSAGE).await;
            if (code, verb) == (421, "MAIL") {
                assert_outcome(&attempt, "relay down", &case);
                assert!(!connection.usable(), "{case}");
                continue;
            }
            assert_outcome(&attempt, outcome, &case);
            let (Attempt::Deferred { code: told, .. } | Attempt::Failed { code: told, .. }) = attempt else {
                panic!("{case}")
            };
            assert_eq!(told, Some(code), "{case}");
            assert_eq!(connection.usable(), kept, "{case}");
            assert!(server.accepted().is_empty(), "{case}");
            if kept {
                assert_eq!(server.said().last().unwrap().1, "RSET", "{case}");
                let next = send(&mut connection, "next@people.test", b"next\r\n").await;
                assert_outcome(&next, "accepted", &format!("the message after {case}"));
                assert_eq!(server.accepted()[0].to, "next@people.test", "{case}");
                assert_eq!(server.connections(), 1, "{case}");
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_does_not_belong_to_its_verb_credits_nothing_and_ends_the_connection() {
    for (phase, code, outcome) in [
        (Phase::Mail, 251, "deferred"),
        (Phase::Mail, 354, "deferred"),
        (Phase::Rcpt, 252, "deferred"),
        (Phase::Rcpt, 354, "deferred"),
        (Phase::Data, 250, "deferred"),
        (Phase::Data, 220, "deferred"),
        (Phase::Dot, 251, "unknown"),
        (Phase::Dot, 354, "unknown"),
        (Phase::Dot, 200, "unknown"),
        // The relay thinks that we are elsewhere.
        (Phase::Mail, 503, "deferred"),
        (Phase::Rcpt, 503, "deferred"),
        (Phase::Data, 503, "deferred"),
        (Phase::Dot, 503, "unknown"),
        // It wants to be spoken to otherwise: nobody's message is at fault.
        (Phase::Mail, 530, "relay down"),
        (Phase::Rcpt, 535, "relay down"),
        (Phase::Data, 538, "relay down"),
        // No SMTP at all.
        (Phase::Mail, 999, "deferred"),
        (Phase::Rcpt, 100, "deferred"),
        (Phase::Data, 600, "deferred"),
        (Phase::Dot, 700, "unknown"),
    ] {
        let case = format!("{code} at {phase:?}");
        let server = SmtpServer::start().await;
        server.on(phase, Reaction::Code(code));
        let mut connection = connected(&server).await;
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, outcome, &case);
        assert!(!connection.usable(), "{case}");
        // Used all the same, it says nothing about the next message.
        let used = send(&mut connection, TO, MESSAGE).await;
        assert!(matches!(used, Attempt::Untried { .. } | Attempt::RelayDown { .. }), "{case}: {used:?}");
    }
}

#[tokio::test]
async fn a_251_at_rcpt_is_a_yes() {
    let server = SmtpServer::start().await;
    server.on(Phase::Rcpt, Reaction::Reply("251 2.1.5 will forward".into()));
    assert_outcome(&send(&mut connected(&server).await, TO, MESSAGE).await, "accepted", "251");
}

#[tokio::test]
async fn a_connection_cut_before_the_dot_defers_and_after_it_leaves_the_outcome_unknown() {
    for (phase, reaction, outcome, taken) in [
        (Phase::Mail, Reaction::Cut, "deferred", 0),
        (Phase::Rcpt, Reaction::Cut, "deferred", 0),
        (Phase::Data, Reaction::Cut, "deferred", 0),
        (Phase::Dot, Reaction::Cut, "unknown", 0),
        (Phase::Dot, Reaction::CutAfterTaking, "unknown", 1),
        (Phase::Dot, Reaction::SilenceAfterTaking, "unknown", 1),
    ] {
        let case = format!("{reaction:?} at {phase:?}");
        let server = SmtpServer::start().await;
        server.on(phase, reaction);
        let mut connection = connected_in_a_hurry(&server).await;
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, outcome, &case);
        assert_eq!(server.accepted().len(), taken, "{case}");
        assert!(!connection.usable(), "{case}");
    }
}

#[tokio::test]
async fn silence_ends_at_the_limit_of_its_phase_and_no_other() {
    let patient = all(LONG);
    for (phase, limits, outcome) in [
        (Phase::Mail, PhaseLimits { command: SHORT, ..patient }, "deferred"),
        (Phase::Rcpt, PhaseLimits { command: SHORT, ..patient }, "deferred"),
        (Phase::Data, PhaseLimits { command: SHORT, ..patient }, "deferred"),
        (Phase::Dot, PhaseLimits { after_dot: SHORT, ..patient }, "unknown"),
    ] {
        let server = SmtpServer::start().await;
        server.on(phase, Reaction::Silence);
        let mut connection = connect(&settings(&server, limits)).await.unwrap();
        let begun = Instant::now();
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, outcome, &format!("{phase:?}"));
        assert!(begun.elapsed() < Duration::from_secs(30), "{phase:?}");
        assert!(!connection.usable(), "{phase:?}");
    }
}

#[tokio::test]
async fn a_relay_slower_than_one_phase_but_within_each_is_waited_for() {
    let server = SmtpServer::start().await;
    let (pause, limit) = (Duration::from_millis(250), Duration::from_secs(1));
    for phase in [Phase::Greeting, Phase::Ehlo, Phase::Mail, Phase::Rcpt, Phase::Data, Phase::Dot] {
        server.on(phase, Reaction::Late(pause));
    }
    let begun = Instant::now();
    let mut connection = connect(&settings(&server, all(limit))).await.unwrap();
    assert_outcome(&send(&mut connection, TO, MESSAGE).await, "accepted", "slow");
    assert!(begun.elapsed() > limit, "together they took longer than any one may");
}

/// More than fits into the buffers between the two ends, so that the dot cannot have left.
fn long_message() -> Vec<u8> {
    b"a line of an endless message that nobody reads to its end\r\n".repeat(400_000)
}

#[tokio::test]
async fn a_relay_that_leaves_or_stalls_in_the_middle_of_a_message_has_not_seen_the_dot() {
    for reaction in [Reaction::Cut, Reaction::Silence] {
        let case = format!("{reaction:?}");
        let server = SmtpServer::start().await;
        server.on(Phase::Content, reaction);
        let mut connection = connected_in_a_hurry(&server).await;
        let begun = Instant::now();
        assert_outcome(&send(&mut connection, TO, &long_message()).await, "deferred", &case);
        assert!(begun.elapsed() < Duration::from_secs(20), "{case}");
        assert!(!connection.usable(), "{case}");
        assert!(server.accepted().is_empty(), "{case}");
    }
}

#[tokio::test]
async fn replies_in_single_bytes_or_many_lines_are_replies() {
    for reaction in [Reaction::Bytewise, Reaction::Multiline] {
        let server = SmtpServer::start().await;
        for phase in
            [Phase::Greeting, Phase::Ehlo, Phase::Mail, Phase::Rcpt, Phase::Data, Phase::Dot, Phase::Quit]
        {
            server.on(phase, reaction.clone());
        }
        let mut connection = connected(&server).await;
        let attempt = send(&mut connection, TO, MESSAGE).await;
        assert_outcome(&attempt, "accepted", &format!("{reaction:?}"));
        assert!(connection.usable());
        connection.quit().await;
    }
}

#[tokio::test]
async fn a_multi_line_refusal_tells_its_code_and_enhanced_code() {
    let server = SmtpServer::start().await;
    server.on(Phase::Rcpt, Reaction::Reply("550-5.1.1 no such\n550-5.1.1 mailbox\n550 5.1.1 here".into()));
    let attempt = send(&mut connected(&server).await, TO, MESSAGE).await;
    let Attempt::Failed { code, enhanced, why } = attempt else { panic!("{attempt:?}") };
    assert_eq!((code, enhanced.as_deref()), (Some(550), Some("5.1.1")));
    assert_eq!(why, "the relay answered RCPT with 550 5.1.1 no such mailbox here");
}

#[tokio::test]
async fn an_enhanced_code_of_another_class_is_not_believed() {
    let server = SmtpServer::start().await;
    server.on(Phase::Rcpt, Reaction::Reply("450 5.1.1 wait".into()));
    let attempt = send(&mut connected(&server).await, TO, MESSAGE).await;
    assert!(matches!(attempt, Attempt::Deferred { enhanced: None, .. }), "{attempt:?}");
}

#[tokio::test]
async fn a_second_reply_to_one_command_ends_the_connection_and_never_credits_a_message() {
    for (phase, extra, outcome) in [
        (Phase::Greeting, "250 2.0.0 ok", None),
        (Phase::Ehlo, "250 2.0.0 ok", None),
        (Phase::Mail, "250 2.0.0 ok", Some("deferred")),
        (Phase::Rcpt, "250 2.0.0 ok", Some("deferred")),
        (Phase::Rcpt, "354 go on", Some("deferred")),
        (Phase::Data, "250 2.0.0 queued", Some("deferred")),
        (Phase::Dot, "554 5.6.0 refused", Some("unknown")),
        (Phase::Dot, "250 2.0.0 queued", Some("unknown")),
    ] {
        let case = format!("{extra} besides the answer to {phase:?}");
        let server = SmtpServer::start().await;
        server.always(phase, Reaction::Extra(extra));
        let Some(outcome) = outcome else {
            refused(&server).await;
            continue;
        };
        let mut connection = connected(&server).await;
        let attempt = send(&mut connection, TO, MESSAGE).await;
        // A reply too many may be noticed only when the content has gone.
        let late = outcome == "deferred" && word(&attempt) == "unknown";
        assert!(late || word(&attempt) == outcome, "{case}: {attempt:?}");
        assert!(!connection.usable(), "{case}");
    }
}

#[tokio::test]
async fn a_reply_that_comes_before_its_command_never_makes_a_refused_message_accepted() {
    // The answer to the previous command, told twice: from there on each reply is one too early.
    let pause = Duration::from_millis(40);
    for phase in [Phase::Mail, Phase::Rcpt] {
        let server = SmtpServer::start().await;
        server.always(phase, Reaction::Early("250 2.0.0 ok", pause));
        server.always(Phase::Dot, Reaction::Code(554));
        let mut connection = connected(&server).await;
        for to in ["one@people.test", "two@people.test", "three@people.test"] {
            let attempt = send(&mut connection, to, MESSAGE).await;
            assert_ne!(word(&attempt), "accepted", "{phase:?}: {attempt:?}");
            assert_ne!(word(&attempt), "failed", "{phase:?}: no refusal was for it: {attempt:?}");
        }
        assert!(!connection.usable(), "{phase:?}");
    }
}

#[tokio::test]
async fn among_many_messages_on_one_connection_each_gets_its_own_answer() {
    let server = SmtpServer::start().await;
    server.for_recipient("p1@people.test", Phase::Rcpt, Reaction::Code(550));
    server.for_recipient("p3@people.test", Phase::Dot, Reaction::Code(554));
    server.for_recipient("p5@people.test", Phase::Data, Reaction::Code(451));
    server.for_recipient("p7@people.test", Phase::Dot, Reaction::Code(452));
    let mut connection = connected(&server).await;
    let mut outcomes = Vec::new();
    for n in 0..9 {
        let attempt =
            send(&mut connection, &format!("p{n}@people.test"), format!("for {n}\r\n").as_bytes()).await;
        outcomes.push(word(&attempt));
    }
    assert_eq!(
        outcomes,
        [
            "accepted", "failed", "accepted", "failed", "accepted", "deferred", "accepted", "deferred",
            "accepted"
        ]
    );
    let taken: Vec<_> = server.accepted().iter().map(|each| (each.to.clone(), each.text())).collect();
    let expected: Vec<_> =
        [0, 2, 4, 6, 8].map(|n| (format!("p{n}@people.test"), format!("for {n}\r\n"))).to_vec();
    assert_eq!(taken, expected);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_time_limit_in_one_message_leaves_nothing_behind_for_the_next() {
    let server = SmtpServer::start().await;
    server.on(Phase::Dot, Reaction::Late(SHORT * 3));
    server.for_recipient("refused@people.test", Phase::Dot, Reaction::Code(554));
    let mut connection = connected_in_a_hurry(&server).await;
    assert_outcome(&send(&mut connection, TO, MESSAGE).await, "unknown", "the slow one");
    assert!(!connection.usable());
    let mut fresh = connected(&server).await;
    tokio::time::sleep(SHORT * 3).await;
    assert_outcome(&send(&mut fresh, "refused@people.test", MESSAGE).await, "failed", "the refused one");
    assert_eq!(server.accepted().len(), 1);
}

#[tokio::test]
async fn a_refusal_whose_rset_is_refused_or_unanswered_costs_the_connection_but_not_the_outcome() {
    for reaction in [Reaction::Code(451), Reaction::Cut, Reaction::Silence, Reaction::Extra("250 ok")] {
        let case = format!("{reaction:?}");
        let server = SmtpServer::start().await;
        server.on(Phase::Rcpt, Reaction::Code(550));
        server.on(Phase::Rset, reaction);
        let mut connection = connected_in_a_hurry(&server).await;
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, "failed", &case);
        assert!(!connection.usable(), "{case}");
    }
}

#[tokio::test]
async fn a_message_that_was_opened_and_left_is_never_followed_by_another_on_its_connection() {
    for next in ["next@people.test", "no address"] {
        let server = SmtpServer::start().await;
        let mut connection = connected(&server).await;
        connection.open(&parcel("withdrawn@people.test", MESSAGE)).await.unwrap();
        let expected = if next == "no address" { "failed" } else { "untried" };
        assert_outcome(&send(&mut connection, next, MESSAGE).await, expected, next);
        assert!(!connection.usable(), "{next}");
        assert!(server.accepted().is_empty(), "{next}");
    }
}

#[tokio::test]
async fn goodbye_is_not_said_where_it_would_be_content() {
    let server = SmtpServer::start().await;
    let mut connection = connected(&server).await;
    connection.open(&parcel(TO, MESSAGE)).await.unwrap();
    connection.quit().await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(server.accepted().is_empty());
    assert_eq!(server.said().last().unwrap().1, "DATA");
}

#[tokio::test]
async fn nothing_is_delivered_that_was_not_opened() {
    let server = SmtpServer::start().await;
    let mut connection = connected(&server).await;
    let told = connection.deliver(&parcel(TO, MESSAGE), Some(&parcel(TO, MESSAGE))).await;
    assert_outcome(&told.outcome, "untried", "without an opening");
    assert_outcome(&told.next.unwrap().unwrap_err(), "untried", "the next");
    assert!(server.said().iter().all(|(_, line)| line != "DATA"));
}

#[tokio::test]
async fn a_sender_that_is_stopped_in_the_middle_leaves_no_connection_to_use() {
    let server = SmtpServer::start().await;
    server.always(Phase::Rcpt, Reaction::Silence);
    let mut connection = connected(&server).await;
    let stopped = tokio::time::timeout(SHORT / 3, connection.open(&parcel(TO, MESSAGE))).await;
    assert!(stopped.is_err());
    assert!(!connection.usable());
}

#[tokio::test]
async fn a_relay_that_left_while_nobody_wrote_uses_up_no_attempt() {
    for last_words in ["", "421 4.4.2 idle for too long"] {
        let server = SmtpServer::start().await;
        server.on(Phase::Ehlo, Reaction::Leave(Duration::from_millis(30), last_words));
        let mut connection = connected(&server).await;
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, "relay down", last_words);
        assert!(!connection.usable());
        let mut fresh = connected(&server).await;
        assert_outcome(&send(&mut fresh, TO, MESSAGE).await, "accepted", "a new connection");
        assert_eq!(server.accepted()[0].connection, 2);
    }
}

#[tokio::test]
async fn a_relay_that_takes_a_message_and_leaves_has_taken_it() {
    for last_words in ["", "421 4.7.0 enough for one connection"] {
        let server = SmtpServer::start().await;
        server.on(Phase::Dot, Reaction::Leave(Duration::ZERO, last_words));
        let mut connection = connected(&server).await;
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, "accepted", last_words);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, "untried", "the next");
        assert!(!connection.usable());
    }
}

#[tokio::test]
async fn a_421_in_the_same_breath_as_the_250_takes_nothing_back() {
    let server = SmtpServer::start().await;
    server.on(Phase::Dot, Reaction::Extra("421 4.7.0 enough for one connection"));
    let mut connection = connected(&server).await;
    assert_outcome(&send(&mut connection, TO, MESSAGE).await, "accepted", "250, 421");
    assert!(!connection.usable());
}

#[tokio::test]
async fn a_relay_that_is_full_for_a_while_takes_the_rest_later() {
    let server = SmtpServer::start().await;
    server.times(2, Phase::Rcpt, Reaction::Code(452));
    server.always(Phase::Dot, Reaction::Code(452));
    let mut connection = connected(&server).await;
    for n in 0..4 {
        assert_outcome(&send(&mut connection, TO, MESSAGE).await, "deferred", &format!("{n}"));
    }
    server.clear();
    assert_outcome(&send(&mut connection, TO, MESSAGE).await, "accepted", "later");
    assert_eq!((server.accepted().len(), server.connections()), (1, 1));
}

#[tokio::test]
async fn dots_and_smtp_words_in_a_body_arrive_as_one_message() {
    for (body, arrives) in [
        (
            "\n.\nMAIL FROM:<evil@people.test>\nRCPT TO:<other@people.test>\nDATA\n\nmine\n.\n",
            "\r\n.\r\nMAIL FROM:<evil@people.test>\r\nRCPT TO:<other@people.test>\r\nDATA\r\n\r\nmine\r\n.\r\n",
        ),
        ("a\r\n.\r\nb", "a\r\n.\r\nb\r\n"),
        ("a\r.\rb\r\n", "a.b\r\n"),
        ("a\n.\r\nb\r\n.\nc\r\n", "a\r\n.\r\nb\r\n.\r\nc\r\n"),
        ("a\r\r\n.\r\r\nb\r\n", "a\r\n.\r\nb\r\n"),
        (".", ".\r\n"),
        ("..\r\n...\r\n", "..\r\n...\r\n"),
        ("ends in blank lines\r\n\r\n\r\n", "ends in blank lines\r\n\r\n\r\n"),
    ] {
        let server = SmtpServer::start().await;
        let mut connection = connected(&server).await;
        assert_outcome(&send(&mut connection, TO, body.as_bytes()).await, "accepted", body);
        let accepted = server.accepted();
        assert_eq!(accepted.len(), 1, "{body:?}");
        assert_eq!(accepted[0].text(), arrives, "{body:?}");
        assert_eq!(accepted[0].to, TO);
    }
}

#[tokio::test]
async fn an_address_that_is_none_fails_without_a_word_to_the_relay() {
    let server = SmtpServer::start().await;
    let mut connection = connected(&server).await;
    for address in [
        "",
        "mina",
        "@people.test",
        "mina@",
        "mina@people.test\r\nRCPT TO:<other@people.test>",
        "mina@people.test>\r\nDATA",
        "\"mina\r\nRCPT TO:<other@people.test>\"@people.test",
        "\"mina okafor\"@people.test",
        "mina@people.test\0",
        "mina@people.test SIZE=1",
        "<mina@people.test>",
        "mi\u{a0}na@people.test",
        "mina@people.test, other@people.test",
    ] {
        for (from, to) in [(address, TO), (FROM, address)] {
            let parcel = Parcel { from: from.into(), ..parcel(to, MESSAGE) };
            let attempt = connection.open(&parcel).await.unwrap_err();
            assert_outcome(&attempt, "failed", &format!("{address:?}"));
            assert!(address.len() < 5 || !format!("{attempt:?}").contains("mina"), "{attempt:?}");
        }
    }
    let said: Vec<_> = server.said().into_iter().map(|(_, line)| line).collect();
    assert_eq!(said, ["EHLO localhost"]);
    assert_outcome(&send(&mut connection, TO, MESSAGE).await, "accepted", "afterwards");
}

#[tokio::test]
async fn letters_outside_ascii_need_smtputf8_but_a_domain_goes_out_as_idna() {
    let server = SmtpServer::start().await;
    let mut connection = connected(&server).await;
    let attempt = send(&mut connection, "jürgen@people.test", MESSAGE).await;
    let Attempt::Failed { code: None, why, .. } = attempt else { panic!("{attempt:?}") };
    assert!(why.contains("SMTPUTF8"), "{why}");
    assert!(connection.usable());
    assert_outcome(&send(&mut connection, "juergen@exämple.test", MESSAGE).await, "accepted", "IDNA");
    assert_eq!(server.accepted()[0].to, "juergen@xn--exmple-cua.test");

    server.offer(&["smtputf8", "8bitmime"]);
    let mut connection = connected(&server).await;
    assert_outcome(
        &send(&mut connection, "jürgen@people.test", "ü\r\n".as_bytes()).await,
        "accepted",
        "SMTPUTF8",
    );
    assert_eq!(server.accepted()[1].text(), "ü\r\n");
    assert!(
        server.said().iter().any(|(_, line)| line == &format!("MAIL FROM:<{FROM}> SMTPUTF8 BODY=8BITMIME"))
    );
}

#[tokio::test]
async fn eight_bit_text_that_nobody_announced_is_not_sent() {
    let server = SmtpServer::start().await;
    let mut connection = connected(&server).await;
    assert_outcome(&send(&mut connection, TO, "ü\r\n".as_bytes()).await, "failed", "8 bit");
    assert!(server.said().iter().all(|(_, line)| line != "DATA"));
    assert_outcome(&send(&mut connection, TO, MESSAGE).await, "accepted", "afterwards");
}

#[tokio::test]
async fn no_reply_carries_an_address_or_a_link_further() {
    let quoting = "<mina.okafor@people.test>: Mina.Okafor is unknown; mina=2Eokafor%40people.test \
                   see https://hearback.test/u/c2VjcmV0 or postmaster@people.test, rcpt=mina.okafor \u{202e}";
    for (verb, phase) in VERBS {
        for code in [250, 354, 421, 451, 503, 530, 550] {
            let server = SmtpServer::start().await;
            server.on(phase, Reaction::Reply(format!("{code}-{quoting}\n{code} {}", "word ".repeat(150))));
            let mut connection = connected(&server).await;
            let attempt = send(&mut connection, TO, MESSAGE).await;
            let told = format!("{attempt:?} {connection:?}").to_lowercase();
            for hidden in ["okafor", "@", "2eokafor", "hearback.test", "c2vjc", "202e", "\u{202e}"] {
                assert!(!told.contains(hidden), "{code} at {verb}: {told}");
            }
            assert!(told.len() < 400, "{code} at {verb}: {told}");
            if let Attempt::Accepted { reply } = attempt {
                assert!(reply.chars().count() <= 200);
            }
        }
    }
}

#[tokio::test]
async fn a_short_local_part_is_hidden_where_it_stands_alone_only() {
    let server = SmtpServer::start().await;
    server.on(Phase::Rcpt, Reaction::Reply("550 5.1.1 <jo>: no such mailbox for Jo, johan".into()));
    let attempt = send(&mut connected(&server).await, "jo+news@people.test", MESSAGE).await;
    let Attempt::Failed { why, .. } = attempt else { panic!("{attempt:?}") };
    assert_eq!(why, "the relay answered RCPT with 550 5.1.1 [...] no such mailbox for [...] johan");
}

async fn refused(server: &SmtpServer) -> ConnectError {
    let error = connect(&settings(server, all(SHORT))).await.expect_err("no connection");
    assert_outcome(&Attempt::from(error.clone()), "relay down", "a connection that was not made");
    error
}

#[tokio::test]
async fn a_relay_that_does_not_greet_is_down() {
    for (phase, reaction, during, code) in [
        (Phase::Greeting, Reaction::Code(421), "greeting", Some(421)),
        (Phase::Greeting, Reaction::Code(554), "greeting", Some(554)),
        (Phase::Greeting, Reaction::Code(250), "greeting", Some(250)),
        (Phase::Greeting, Reaction::Reply("SSH-2.0-OpenSSH_9.6".into()), "greeting", None),
        (Phase::Greeting, Reaction::Cut, "greeting", None),
        (Phase::Greeting, Reaction::Silence, "greeting", None),
        (Phase::Ehlo, Reaction::Code(421), "EHLO", Some(421)),
        (Phase::Ehlo, Reaction::Code(502), "EHLO", Some(502)),
        (Phase::Ehlo, Reaction::Code(220), "EHLO", Some(220)),
        (Phase::Ehlo, Reaction::Cut, "EHLO", None),
        (Phase::Ehlo, Reaction::Silence, "EHLO", None),
    ] {
        let case = format!("{reaction:?} at {phase:?}");
        let server = SmtpServer::start().await;
        server.on(phase, reaction);
        let error = refused(&server).await;
        assert_eq!((error.during, error.code), (during, code), "{case}: {error}");
    }
}

#[tokio::test]
async fn a_port_where_nobody_listens_and_a_name_that_nobody_knows_are_a_relay_that_is_down() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error =
        connect(&SmtpSettings::parse(&format!("smtp://127.0.0.1:{port}")).unwrap()).await.unwrap_err();
    assert_eq!(error.to_string(), "connect: connection refused");
    let error = connect(&SmtpSettings::parse("smtp://relay.invalid").unwrap()).await.unwrap_err();
    assert_eq!(error.during, "connect");
}

#[tokio::test]
async fn a_blank_line_among_the_offers_is_no_panic() {
    let server = SmtpServer::start().await;
    server.on(Phase::Ehlo, Reaction::Reply("250-test\n250-   \n250-\n250  ".into()));
    assert_outcome(&send(&mut connected(&server).await, TO, MESSAGE).await, "accepted", "blank offers");
}

#[tokio::test]
async fn tls_that_is_offered_and_then_broken_is_not_gone_without() {
    for (reaction, during) in [
        (None, "STARTTLS"),
        (Some(Reaction::Reply("220 go on\n250 injected".into())), "STARTTLS"),
        (Some(Reaction::Reply("220 go on".into())), "tls"),
        (Some(Reaction::Cut), "STARTTLS"),
        (Some(Reaction::Silence), "STARTTLS"),
    ] {
        let server = SmtpServer::start().await;
        server.offer(&["STARTTLS"]);
        if let Some(reaction) = reaction.clone() {
            server.on(Phase::StartTls, reaction);
        }
        assert_eq!(refused(&server).await.during, during, "{reaction:?}");
        assert!(server.said().iter().all(|(_, line)| !line.starts_with("MAIL")));
    }
    let server = SmtpServer::start().await;
    let error =
        connect(&SmtpSettings { implicit_tls: true, ..settings(&server, all(LONG)) }).await.unwrap_err();
    assert_eq!(error.during, "tls", "{error}");
}

#[tokio::test]
async fn a_relay_without_tls_is_not_spoken_to_where_the_policy_requires_it() {
    let server = SmtpServer::start().await;
    let required = settings(&server, all(LONG)).with_tls(TlsPolicy::Required).unwrap();
    let error = connect(&required).await.unwrap_err();
    assert_eq!(error.to_string(), "STARTTLS: the relay offers no TLS, and nothing is sent without");
    assert_outcome(&error.into(), "relay down", "no TLS");
    assert_eq!(server.said().len(), 1, "nothing but EHLO: {:?}", server.said());

    server.offer(&["STARTTLS"]);
    server.on(Phase::StartTls, Reaction::Code(454));
    assert_eq!(connect(&required).await.unwrap_err().during, "STARTTLS");

    let without = settings(&server, all(LONG)).with_tls(TlsPolicy::None).unwrap();
    assert_outcome(&send(&mut connect(&without).await.unwrap(), TO, MESSAGE).await, "accepted", "without");

    let elsewhere = SmtpSettings { host: "0.0.0.0".into(), implicit_tls: true, ..without };
    assert_eq!(connect(&elsewhere).await.unwrap_err().during, "tls", "what no setting lets through");
}

#[tokio::test]
async fn credentials_are_given_to_loopback_and_never_told_to_anybody_else() {
    let server = SmtpServer::start().await;
    let with_credentials = || SmtpSettings {
        credentials: Some(("relay-user".into(), "hunter2".into())),
        ..settings(&server, all(LONG))
    };
    let shown = format!("{:?}", with_credentials());
    assert!(!shown.contains("hunter2") && !shown.contains("relay-user"), "{shown}");

    let error = connect(&with_credentials()).await.unwrap_err();
    assert_eq!(error.to_string(), "AUTH: the relay offers neither AUTH PLAIN nor AUTH LOGIN");

    server.offer(&["AUTH LOGIN PLAIN"]);
    connect(&with_credentials()).await.unwrap();
    assert_eq!(server.said().last().unwrap().1, "AUTH PLAIN AHJlbGF5LXVzZXIAaHVudGVyMg==");

    server.on(Phase::Auth, Reaction::Reply("535 5.7.8 relay-user may not".into()));
    let error = connect(&with_credentials()).await.unwrap_err();
    assert_eq!(error.code, Some(535));
    assert!(!format!("{error:?} {error}").contains("relay-user"), "{error:?}");
}

#[tokio::test]
async fn our_own_name_cannot_carry_a_command() {
    let server = SmtpServer::start().await;
    for hello_name in ["", "a\r\nMAIL FROM:<e@people.test>", "a b"] {
        let settings = SmtpSettings { hello_name: hello_name.into(), ..settings(&server, all(LONG)) };
        assert_eq!(connect(&settings).await.unwrap_err().during, "EHLO");
    }
    assert!(server.said().is_empty());
}

#[test]
fn the_address_of_a_relay_is_read_with_its_usual_ports() {
    for (text, host, port, tls, credentials) in [
        ("smtp://relay.test", "relay.test", 25, false, None),
        ("smtp://relay.test/", "relay.test", 25, false, None),
        ("smtp://relay.test:2525", "relay.test", 2525, false, None),
        ("smtp://u:p@relay.test", "relay.test", 587, false, Some(("u", "p"))),
        ("smtps://relay.test", "relay.test", 465, true, None),
        ("smtps://u:p@relay.test:4650", "relay.test", 4650, true, Some(("u", "p"))),
        ("smtp://[::1]:25", "::1", 25, false, None),
        ("smtp://192.0.2.1", "192.0.2.1", 25, false, None),
        (
            "smtp://me%40org.test:p%40s%2Fs%3A%C3%BC+%25@relay.test",
            "relay.test",
            587,
            false,
            Some(("me@org.test", "p@s/s:ü+%")),
        ),
    ] {
        let read = SmtpSettings::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        let credentials = credentials.map(|(user, password)| (user.to_owned(), password.to_owned()));
        assert_eq!((read.host.as_str(), read.port, read.implicit_tls), (host, port, tls), "{text}");
        assert_eq!(read.credentials, credentials, "{text}");
    }
}

#[test]
fn the_address_of_a_relay_that_is_wrong_is_refused_without_repeating_its_password() {
    for text in [
        "",
        "relay.test",
        "relay.test:25",
        "http://u:secret@relay.test",
        "smtp:u:secret@relay.test",
        "smtp://",
        "smtp://u:secret@",
        "smtp://u:secret@relay.test:99999",
        "smtp://u:sec%ret@relay.test",
        "smtp://u:secret%ff@relay.test",
        "smtp://u:secret%0d%0a@relay.test",
        "smtp://u:secret%00@relay.test",
        "smtp://u:sec/secret@relay.test",
        "smtp://u:secret@relay.test?tls=no",
        "smtp://u:secret@relay.test#x",
        "smtp://secret@relay.test",
        "smtp://:secret@relay.test",
        "smtp://u:secret@re lay.test",
        "smtp://u:secret@reläy.test",
    ] {
        let why = SmtpSettings::parse(text).expect_err(text);
        assert!(!why.contains("sec") && !why.is_empty(), "{text}: {why}");
    }
}
