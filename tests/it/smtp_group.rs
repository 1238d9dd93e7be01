//! Two messages in one conversation: what becomes of the one whose content is under way and of the one behind it, with
//! PIPELINING (RFC 2920) and without.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use hearback::mail::smtp::{Attempt, Connection, Delivered, PhaseLimits, TlsPolicy, connect};

use crate::smtp::{LONG, MESSAGE, SHORT, all, connected, connected_in_a_hurry, parcel, settings, word};
use crate::smtp_server::{Phase, Reaction, SmtpServer, counting};

const ONE: &str = "one@people.test";
const TWO: &str = "two@people.test";

const VERBS: [(&str, Phase); 4] =
    [("MAIL", Phase::Mail), ("RCPT", Phase::Rcpt), ("DATA", Phase::Data), ("dot", Phase::Dot)];

async fn server(pipelining: bool) -> SmtpServer {
    let server = SmtpServer::start().await;
    server.offer(if pipelining { &["PIPELINING", "8BITMIME"] } else { &["8BITMIME"] });
    server
}

/// The first message opened and delivered with the second behind it; `before` is called in between.
async fn pair(connection: &mut Connection, before: impl FnOnce()) -> Delivered {
    connection.open(&parcel(ONE, MESSAGE)).await.expect("the first stands open");
    before();
    connection.deliver(&parcel(ONE, MESSAGE), Some(&parcel(TWO, MESSAGE))).await
}

fn next_word(told: &Delivered) -> &'static str {
    match told.next.as_ref().expect("there was a next one") {
        Ok(()) => "open",
        Err(attempt) => word(attempt),
    }
}

fn kept(connection: &Connection) -> &'static str {
    if connection.usable() { "kept" } else { "closed" }
}

#[tokio::test]
async fn every_refusal_at_every_verb_has_its_outcome_for_both_messages() {
    let tables = [true, false].map(|pipelining| async move {
        let mut table = String::new();
        for code in [421, 450, 452, 550, 552, 554] {
            for (name, phase) in [("greeting", Phase::Greeting), ("EHLO", Phase::Ehlo)] {
                let server = server(pipelining).await;
                server.on(phase, Reaction::Code(code));
                let error = connect(&settings(&server, all(LONG))).await.expect_err("refused");
                table.push_str(&format!("{code} at {name}: {}\n", word(&error.into())));
            }
            for (verb, phase) in VERBS {
                let first = {
                    let server = server(pipelining).await;
                    server.on(phase, Reaction::Code(code));
                    let mut connection = connected(&server).await;
                    let outcome = match connection.open(&parcel(ONE, MESSAGE)).await {
                        Err(attempt) => attempt,
                        Ok(()) => connection.deliver(&parcel(ONE, MESSAGE), None).await.outcome,
                    };
                    assert!(server.accepted().is_empty(), "{code} at {verb}");
                    format!("{}, {}", word(&outcome), kept(&connection))
                };
                let server = server(pipelining).await;
                let mut connection = connected(&server).await;
                let told = pair(&mut connection, || server.on(phase, Reaction::Code(code))).await;
                let accepted = matches!(told.outcome, Attempt::Accepted { .. });
                assert_eq!(server.accepted().len(), usize::from(accepted), "{code} at {verb}: {told:?}");
                table.push_str(&format!(
                    "{code} at {verb}: a first message {first}; under way {}, behind it {}, {}\n",
                    word(&told.outcome),
                    next_word(&told),
                    kept(&connection)
                ));
                if connection.usable() {
                    // Whatever was refused, the next one gets its own answer.
                    let last = match told.next {
                        Some(Ok(())) => parcel(TWO, MESSAGE),
                        _ => parcel("three@people.test", MESSAGE),
                    };
                    if !matches!(told.next, Some(Ok(()))) {
                        connection.open(&last).await.expect("the connection goes on");
                    }
                    let outcome = connection.deliver(&last, None).await.outcome;
                    assert_eq!(word(&outcome), "accepted", "after {code} at {verb}");
                    assert_eq!(server.accepted().last().unwrap().to, last.to, "after {code} at {verb}");
                    assert_eq!(server.connections(), 1);
                }
            }
        }
        table
    });
    let [with, without] = tables;
    let (with, without) = (with.await, without.await);
    // Where replies come one by one, the refusal of MAIL may have been the dot's. QUIT settles that, and ends the connection.
    let settled = with.lines().map(|line| match line.strip_suffix(", kept") {
        Some(line) if line.contains(" at MAIL: ") => format!("{line}, closed\n"),
        _ => format!("{line}\n"),
    });
    assert_eq!(settled.collect::<String>(), without);
    insta::assert_snapshot!(with);
}

#[tokio::test]
async fn with_pipelining_a_group_is_one_write_and_without_it_each_reply_is_waited_for() {
    // EHLO; MAIL, RCPT, DATA; content, MAIL, RCPT, DATA; content; RSET.
    for (pipelining, writes) in [(true, 5), (false, 10)] {
        let server = server(pipelining).await;
        let (settings, pieces) = counting(&server).await;
        let mut connection = connect(&settings).await.unwrap();
        let told = pair(&mut connection, || ()).await;
        assert_eq!((word(&told.outcome), next_word(&told)), ("accepted", "open"));
        let last = connection.deliver(&parcel(TWO, MESSAGE), None).await;
        assert_eq!(word(&last.outcome), "accepted");
        assert_eq!(pieces.load(Ordering::Relaxed), writes, "{pipelining}");
    }
}

#[tokio::test]
async fn a_thousand_messages_go_through_one_conversation_without_a_word_too_many() {
    for pipelining in [true, false] {
        let server = server(pipelining).await;
        let mut connection = connected(&server).await;
        let parcels: Vec<_> = (0..1000)
            .map(|n| parcel(&format!("p{n}@people.test"), format!("for {n}\r\n").as_bytes()))
            .collect();
        connection.open(&parcels[0]).await.unwrap();
        for (n, each) in parcels.iter().enumerate() {
            let told = connection.deliver(each, parcels.get(n + 1)).await;
            assert_eq!(word(&told.outcome), "accepted", "{n}");
            assert!(matches!(told.next, Some(Ok(())) | None), "{n}");
        }
        connection.quit().await;
        let accepted = server.accepted();
        assert_eq!(accepted.len(), 1000);
        for (n, each) in accepted.iter().enumerate() {
            assert_eq!((each.to.clone(), each.text()), (format!("p{n}@people.test"), format!("for {n}\r\n")));
        }
        assert_eq!((server.connections(), server.said().len()), (1, 1 + 3 * 1000 + 2));
    }
}

#[tokio::test]
async fn replies_in_single_bytes_or_many_lines_are_replies_to_a_group_too() {
    for pipelining in [true, false] {
        for reaction in [Reaction::Bytewise, Reaction::Multiline] {
            let server = server(pipelining).await;
            let mut connection = connected(&server).await;
            let told = pair(&mut connection, || {
                VERBS.iter().for_each(|(_, phase)| {
                    server.on(*phase, reaction.clone());
                })
            })
            .await;
            assert_eq!((word(&told.outcome), next_word(&told)), ("accepted", "open"), "{reaction:?}");
            let last = connection.deliver(&parcel(TWO, MESSAGE), None).await;
            assert_eq!(word(&last.outcome), "accepted", "{reaction:?}");
        }
    }
}

#[tokio::test]
async fn a_reply_that_is_missing_doubled_or_not_for_its_command_credits_neither_message() {
    for (phase, reaction) in [
        (Phase::Dot, Reaction::Nothing),
        (Phase::Mail, Reaction::Nothing),
        (Phase::Rcpt, Reaction::Nothing),
        (Phase::Dot, Reaction::Extra("250 2.0.0 queued")),
        (Phase::Mail, Reaction::Extra("250 2.1.0 ok")),
        (Phase::Rcpt, Reaction::Extra("250 2.1.5 ok")),
        (Phase::Data, Reaction::Extra("354 go on")),
        (Phase::Data, Reaction::Extra("250 2.0.0 queued")),
        (Phase::Mail, Reaction::Code(354)),
        (Phase::Rcpt, Reaction::Code(354)),
        (Phase::Data, Reaction::Code(250)),
        (Phase::Data, Reaction::Code(503)),
        (Phase::Rcpt, Reaction::Reply("SSH-2.0-OpenSSH_9.6".into())),
    ] {
        let case = format!("{reaction:?} at {phase:?}");
        let server = server(true).await;
        let mut connection = connected_in_a_hurry(&server).await;
        let told = pair(&mut connection, || server.on(phase, reaction)).await;
        assert_eq!((word(&told.outcome), next_word(&told)), ("unknown", "deferred"), "{case}: {told:?}");
        assert!(!connection.usable(), "{case}");
        assert_eq!(server.accepted().len(), 1, "{case}: only the first had its content sent");
    }
}

#[tokio::test]
async fn an_answer_to_the_dot_that_is_one_too_early_never_makes_a_refused_message_accepted() {
    // The first of two answers comes alone, so that only those behind it show that it was one too many.
    for (phase, code) in [(Phase::Rcpt, 250), (Phase::Rcpt, 550), (Phase::Mail, 550), (Phase::Data, 451)] {
        let server = server(true).await;
        let mut connection = connected(&server).await;
        let told = pair(&mut connection, || {
            server.on(Phase::Dot, Reaction::Early("250 2.0.0 queued", Duration::from_millis(30)));
            if code != 250 {
                server.on(phase, Reaction::Code(code));
            }
        })
        .await;
        assert_eq!(word(&told.outcome), "unknown", "{code} at {phase:?}: {told:?}");
        assert_ne!(next_word(&told), "failed", "{code} at {phase:?}: {told:?}");
        assert!(!connection.usable());
    }
}

#[tokio::test]
async fn the_answer_to_the_dot_counts_if_the_relay_leaves_with_it() {
    for pipelining in [true, false] {
        for (phase, reaction, next) in [
            (Phase::Dot, Reaction::Leave(Duration::ZERO, ""), "untried"),
            (Phase::Dot, Reaction::Leave(Duration::ZERO, "421 4.7.0 enough for one connection"), "untried"),
            (Phase::Mail, Reaction::Code(421), "untried"),
            (Phase::Mail, Reaction::Cut, "untried"),
            (Phase::Rcpt, Reaction::Cut, "deferred"),
            (Phase::Data, Reaction::Cut, "deferred"),
            (Phase::Data, Reaction::Leave(Duration::ZERO, ""), "deferred"),
            (Phase::Mail, Reaction::Silence, "deferred"),
            (Phase::Rcpt, Reaction::Silence, "deferred"),
            (Phase::Data, Reaction::Silence, "deferred"),
        ] {
            let case = format!("{reaction:?} at {phase:?}, pipelining {pipelining}");
            let server = server(pipelining).await;
            let mut connection = connected_in_a_hurry(&server).await;
            let leaves_behind_data = matches!((phase, &reaction), (Phase::Data, Reaction::Leave(..)));
            let told = pair(&mut connection, || server.on(phase, reaction)).await;
            assert_eq!(word(&told.outcome), "accepted", "{case}: {told:?}");
            // With the 354 read and the end not yet there, the next one stands open on a connection that is lost.
            if !(leaves_behind_data && next_word(&told) == "open") {
                assert_eq!(next_word(&told), next, "{case}: {told:?}");
                assert!(!connection.usable(), "{case}");
            }
            assert_eq!(server.accepted().len(), 1, "{case}");
        }
    }
}

#[tokio::test]
async fn without_an_answer_to_the_dot_the_outcome_is_unknown_and_the_next_message_untried() {
    for pipelining in [true, false] {
        for reaction in
            [Reaction::Cut, Reaction::CutAfterTaking, Reaction::Silence, Reaction::SilenceAfterTaking]
        {
            let case = format!("{reaction:?}, pipelining {pipelining}");
            let server = server(pipelining).await;
            let limits = PhaseLimits { after_dot: SHORT, ..all(LONG) };
            let mut connection = connect(&settings(&server, limits)).await.unwrap();
            let told = pair(&mut connection, || server.on(Phase::Dot, reaction)).await;
            assert_eq!((word(&told.outcome), next_word(&told)), ("unknown", "untried"), "{case}: {told:?}");
            assert!(!connection.usable(), "{case}");
        }
    }
}

#[tokio::test]
async fn each_phase_of_a_group_ends_at_its_own_limit() {
    let patient = all(LONG);
    for (phase, limits) in [
        (Phase::Dot, PhaseLimits { after_dot: SHORT, ..patient }),
        (Phase::Mail, PhaseLimits { command: SHORT, ..patient }),
        (Phase::Rcpt, PhaseLimits { command: SHORT, ..patient }),
        (Phase::Data, PhaseLimits { command: SHORT, ..patient }),
    ] {
        let server = server(true).await;
        let mut connection = connect(&settings(&server, limits)).await.unwrap();
        let begun = Instant::now();
        let told = pair(&mut connection, || server.on(phase, Reaction::Silence)).await;
        assert!(begun.elapsed() < LONG / 2, "{phase:?}");
        let expected = if phase == Phase::Dot { "unknown" } else { "accepted" };
        assert_eq!(word(&told.outcome), expected, "{phase:?}: {told:?}");
    }
}

#[tokio::test]
async fn content_is_never_sent_for_a_message_that_was_refused_even_if_the_relay_asks_for_it() {
    for (phase, reaction, code) in
        [(Phase::Rcpt, Reaction::Code(550), 550), (Phase::Mail, Reaction::Code(450), 450)]
    {
        for (answer, stays) in
            [(None, true), (Some(Reaction::Code(250)), false), (Some(Reaction::Cut), false)]
        {
            let case = format!("{reaction:?} at {phase:?}, the dot answered {answer:?}");
            let server = server(true).await;
            server.ask_for_content_in_any_case();
            let mut connection = connected(&server).await;
            let told = pair(&mut connection, || {
                server.on(phase, reaction.clone());
                if let Some(answer) = answer {
                    // The first message's own dot comes before.
                    server.on(Phase::Dot, Reaction::Reply("250 2.0.0 queued".into()));
                    server.on(Phase::Dot, answer);
                }
            })
            .await;
            assert_eq!(word(&told.outcome), "accepted", "{case}");
            let Some(Err(Attempt::Deferred { code: told, .. } | Attempt::Failed { code: told, .. })) =
                told.next
            else {
                panic!("{case}: {told:?}")
            };
            assert_eq!(told, Some(code), "{case}");
            assert_eq!(connection.usable(), stays, "{case}");
            let contents: Vec<_> = server.accepted().into_iter().map(|each| each.data).collect();
            assert_eq!(contents, [MESSAGE], "{case}");
            if stays {
                connection.open(&parcel("three@people.test", MESSAGE)).await.expect(&case);
            }
        }
    }
}

#[tokio::test]
async fn a_next_message_that_cannot_be_said_does_not_hold_up_the_one_under_way() {
    for pipelining in [true, false] {
        let server = server(pipelining).await;
        let mut connection = connected(&server).await;
        connection.open(&parcel(ONE, MESSAGE)).await.unwrap();
        let told =
            connection.deliver(&parcel(ONE, MESSAGE), Some(&parcel("jürgen@people.test", MESSAGE))).await;
        assert_eq!((word(&told.outcome), next_word(&told)), ("accepted", "failed"));
        assert!(connection.usable());
        connection.open(&parcel(TWO, MESSAGE)).await.expect("the connection is as it was");
        assert_eq!(word(&connection.deliver(&parcel(TWO, MESSAGE), None).await.outcome), "accepted");
    }
}

#[tokio::test]
async fn a_relay_that_takes_so_many_messages_for_each_connection_costs_nobody_a_try() {
    let server = server(true).await;
    let mut sent = 0;
    let mut untried = 0;
    let parcels: Vec<_> = (0..20).map(|n| parcel(&format!("p{n}@people.test"), MESSAGE)).collect();
    while sent < parcels.len() {
        let mut connection = connected(&server).await;
        connection.open(&parcels[sent]).await.unwrap();
        for count in 1.. {
            if count == 6 {
                server.on(Phase::Mail, Reaction::Code(421));
            }
            let told = connection.deliver(&parcels[sent], parcels.get(sent + 1)).await;
            assert_eq!(word(&told.outcome), "accepted");
            sent += 1;
            match told.next {
                Some(Ok(())) => {}
                Some(Err(Attempt::Untried { .. })) => untried += 1,
                None => {}
                Some(Err(other)) => panic!("{other:?}"),
            }
            if !connection.usable() || sent == parcels.len() {
                break;
            }
        }
    }
    assert_eq!((server.accepted().len(), untried), (20, 3));
}

#[tokio::test]
async fn through_tls_groups_and_their_faults_are_the_same() {
    for (phase, reaction, outcome, next) in [
        (Phase::Quit, Reaction::Cut, "accepted", "open"),
        (Phase::Rcpt, Reaction::Code(550), "accepted", "failed"),
        (Phase::Dot, Reaction::CutAfterTaking, "unknown", "untried"),
        (Phase::Data, Reaction::Code(250), "unknown", "deferred"),
    ] {
        let case = format!("{reaction:?} at {phase:?}");
        let server = SmtpServer::start().await;
        server.secure();
        let settings = settings(&server, all(LONG)).with_tls(TlsPolicy::Required).unwrap();
        let mut connection = connect(&settings).await.unwrap();
        let told = pair(&mut connection, || server.on(phase, reaction)).await;
        assert_eq!((word(&told.outcome), next_word(&told)), (outcome, next), "{case}: {told:?}");
        let said: Vec<_> = server.said().into_iter().map(|(_, line)| line).collect();
        assert_eq!(said[..3], ["EHLO localhost", "STARTTLS", "EHLO localhost"], "{case}");
        connection.quit().await;
    }
}

#[tokio::test]
async fn through_tls_a_long_message_that_got_stuck_has_not_shown_its_dot() {
    let long = b"a line of an endless message that nobody reads to its end\r\n".repeat(200_000);
    for reaction in [Reaction::Cut, Reaction::Silence] {
        let server = SmtpServer::start().await;
        server.secure();
        let limits = PhaseLimits { data: SHORT, ..all(LONG) };
        let mut connection = connect(&settings(&server, limits)).await.unwrap();
        server.on(Phase::Content, reaction.clone());
        connection.open(&parcel(ONE, &long)).await.unwrap();
        let told = connection.deliver(&parcel(ONE, &long), Some(&parcel(TWO, MESSAGE))).await;
        assert_eq!(
            (word(&told.outcome), next_word(&told)),
            ("deferred", "untried"),
            "{reaction:?}: {told:?}"
        );
    }
}
