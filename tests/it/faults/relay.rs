//! A relay that breaks off, falls silent, or is away for hours.

use std::collections::BTreeSet;

use chrono::Duration as Span;
use hearback::actions::participants::Deed;
use hearback::actions::tasks;
use hearback::domain::words::Choice;
use hearback::mail::smtp::{SmtpSettings, TlsPolicy};
use hearback::mail::transport::Transport;
use hearback::store::relay;

use super::*;
use crate::harness::{at, on_both};
use crate::smtp_server::{Phase, Reaction};

const EDITION: &str = "2026-04-01T10:00Z";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_cuts_behind_the_dot_are_a_thousand_unknowns_tried_once_more_and_then_before_a_person() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        server.keep_only_heads();
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(1_000)).await;
        server.always(Phase::Dot, Reaction::CutAfterTaking);
        // With each connection goes what was marked to go over it next, which may have to wait for the tick after.
        let (mut first, mut second) = (0, 0);
        for minute in 0..3 {
            let ticked = t.tick_at_minute(minute).await;
            assert_eq!((ticked.accepted, ticked.deferred, ticked.failed), (0, 0, 0));
            first += ticked.unknown;
        }
        assert_eq!((first, server.count()), (1_000, 1_000));
        for row in rows(&t).await {
            assert_eq!((row.state, row.attempts, row.unknowns), (MessageState::Unknown, 1, 1), "{row:?}");
            let due = row.due_at.utc();
            assert!((at("2026-04-01T10:30Z")..at("2026-04-01T10:33Z")).contains(&due), "{row:?}");
            assert_eq!(row.finished_at, None, "{row:?}");
        }
        assert_eq!(t.tick_at_minute(29).await.unknown, 0);
        for minute in 30..36 {
            second += t.tick_at_minute(minute).await.unknown;
        }
        assert_eq!((second, server.count()), (1_000, 2_000));
        for row in rows(&t).await {
            assert_eq!((row.state, row.attempts, row.unknowns), (MessageState::Unknown, 2, 2), "{row:?}");
            assert!(row.finished_at.is_some(), "{row:?}");
        }
        t.tick_at("2026-04-03T10:00Z").await;
        let taken = taken(&server);
        assert_eq!(taken.len(), 1_000);
        assert!(taken.values().all(|times| *times == 2));
        let open = tasks::list(&t.app()).await.expect("tasks").tasks;
        assert_eq!(open.iter().filter(|task| task.state == MessageState::Unknown).count(), 1_000);
    })
    .await;
}

/// What becomes of one message when this happens at this point, as a line of the table. Afterwards the relay behaves.
async fn becomes(name: &str, phase: Phase, reaction: Reaction, limit: Duration, tls: bool) -> String {
    let server = SmtpServer::start().await;
    let mut settings = SmtpSettings::parse(&server.url()).expect("a relay");
    settings.limits = limits(limit);
    if tls {
        server.secure();
        settings = settings.with_tls(TlsPolicy::Required).expect("a policy");
    }
    let t = Trial::new().await.with(|app| app.mailer = Transport::Smtp(Box::new(settings)));
    t.bring_in(&crowd(1)).await;
    server.on(phase, reaction);
    t.tick_at(EDITION).await;
    let row = rows(&t).await.remove(0);
    let state = row.state;
    let after = (row.due_at.utc() - at(EDITION)).num_minutes();
    // A tenth of the wait is chance.
    let after = if after >= 30 { after / 30 * 30 } else { after };
    let wait =
        if row.finished_at.is_some() { "final".to_owned() } else { format!("again after {after} min") };
    let first = format!("{state}, {} attempts, {wait}", row.attempts);
    server.clear();
    for minutes in [2, 40, 80, 300] {
        t.app().clock.advance_to(at(EDITION) + Span::minutes(minutes));
        t.tick().await;
    }
    let row = rows(&t).await.remove(0);
    assert!(row.finished_at.is_some(), "{name} at {phase:?} is neither final nor waiting: {row:?}");
    let taken = server.count();
    if row.state == MessageState::Accepted {
        assert!(taken >= 1, "{name} at {phase:?}: {row:?}");
    }
    format!(
        "{name} at {phase:?}: {first}; then {}, {} attempts, taken {taken} times\n",
        row.state, row.attempts
    )
}

const PHASES: [Phase; 6] = [Phase::Greeting, Phase::Ehlo, Phase::Mail, Phase::Rcpt, Phase::Data, Phase::Dot];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_relay_says_at_whatever_verb_the_message_ends_or_waits() {
    let mut table = String::new();
    for code in [421, 450, 452, 550, 552, 554] {
        for phase in PHASES {
            table.push_str(&becomes(&code.to_string(), phase, Reaction::Code(code), PATIENCE, false).await);
        }
    }
    let pause = Duration::from_millis(100);
    for (name, reaction) in [
        ("single bytes", Reaction::Bytewise),
        ("many lines", Reaction::Multiline),
        ("an answer too many", Reaction::Extra("250 2.0.0 and another")),
        ("an answer to something else", Reaction::Early("250 2.0.0 too early", pause)),
        ("354 where it does not belong", Reaction::Code(354)),
        ("no answer but nonsense", Reaction::Reply("lorem ipsum".to_owned())),
        ("a cut", Reaction::Cut),
    ] {
        for phase in PHASES {
            table.push_str(&becomes(name, phase, reaction.clone(), PATIENCE, false).await);
        }
    }
    for (name, reaction) in [
        ("TLS refused", Reaction::Code(454)),
        ("TLS cut off", Reaction::Cut),
        ("TLS that is none", Reaction::Nothing),
    ] {
        table.push_str(&becomes(name, Phase::StartTls, reaction, Duration::from_secs(3), true).await);
    }
    insta::assert_snapshot!(table);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silence_at_any_point_ends_after_its_time_and_the_message_ends_or_waits() {
    let mut cases = Vec::new();
    for phase in PHASES.into_iter().chain([Phase::Content]) {
        // Far longer than anything but silence takes here.
        cases.push(becomes("silence", phase, Reaction::Silence, Duration::from_secs(4), false));
    }
    let table = futures_util::future::join_all(cases).await.concat();
    insta::assert_snapshot!(table);
}

/// Accepted in each minute.
fn in_any_stretch(minutes: &[usize], per_minute: usize) {
    for from in 0..minutes.len() {
        for to in from..minutes.len() {
            let sent: usize = minutes[from..=to].iter().sum();
            assert!(sent <= (to - from + 2) * per_minute, "{sent} from minute {from} to {to}: {minutes:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_is_away_for_six_hours_costs_no_attempt_and_is_not_flooded_afterwards() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        server.keep_only_heads();
        let t = t.through(&server.url(), limits(PATIENCE)).with(|app| {
            app.config.mail_per_minute = Some(30);
            app.config.mail_per_domain_per_minute = Some(20);
        });
        let mut pack = crowd(400);
        for digit in [1, 5, 9] {
            pack.swap("participants", &format!("{digit}@people.example"), &format!("{digit}@other.example"));
        }
        t.bring_in(&pack).await;
        server.always(Phase::Greeting, Reaction::Code(421));
        let mut looks = Vec::new();
        let mut failures = Vec::new();
        for minute in 0..360 {
            let before = server.connections();
            t.tick_at_minute(minute).await;
            if server.connections() > before {
                looks.push(minute);
            }
            let app = t.app();
            failures.push(relay::find(&app.db.reader).await.expect("a query").map_or(0, |row| row.failures));
        }
        let gaps: Vec<i64> = looks.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(gaps.is_sorted() && gaps.last() == Some(&10), "less and less often: {gaps:?}");
        assert!(failures.is_sorted() && looks.len() < 50, "{failures:?}");
        for row in rows(&t).await {
            assert_eq!((row.state, row.attempts, row.unknowns), (MessageState::Queued, 0, 0), "{row:?}");
        }
        server.clear();
        let (mut all, mut by_domain) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
        for minute in 360..420 {
            let before = server.count();
            t.tick_at_minute(minute).await;
            let new = server.accepted().split_off(before);
            all.push(new.len());
            for domain in ["people.example", "other.example"] {
                let theirs = new.iter().filter(|message| message.to.ends_with(domain)).count();
                by_domain.entry(domain.to_owned()).or_default().push(theirs);
            }
        }
        in_any_stretch(&all, 30);
        by_domain.values().for_each(|minutes| in_any_stretch(minutes, 20));
        assert_eq!(server.count(), 400, "all are out within an hour: {all:?}");
        let ids: BTreeSet<String> = taken(&server).into_keys().collect();
        assert_eq!(ids.len(), 400);
        for row in rows(&t).await {
            assert_eq!((row.state, row.attempts), (MessageState::Accepted, 1), "{row:?}");
        }
        let used = all.iter().position(|sent| *sent > 0).expect("sent");
        assert!(used <= 10, "{all:?}");
        let least: usize = all[used..used + 12].iter().sum();
        assert!(least >= 12 * 30 * 8 / 10, "the limit is used: {all:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_whose_only_message_must_not_go_out_does_not_take_the_relay_for_back() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(3)).await;
        server.always(Phase::Greeting, Reaction::Code(421));
        for minute in 0..5 {
            t.tick_at_minute(minute).await;
        }
        let app = t.app();
        let failures = async || {
            let row = relay::find(&app.db.reader).await.expect("a query");
            row.map_or(0, |row| row.failures)
        };
        let before = failures().await;
        assert!(before > 1, "{before}");
        for n in 0..3 {
            t.deed(&format!("P{n}"), Deed::Choose(Choice::Channel, "none".to_owned())).await;
        }
        let connections = server.connections();
        t.tick_at_minute(15).await;
        assert_eq!(states(&t).await.get("cancelled"), Some(&1), "one was looked at");
        assert_eq!((failures().await, server.connections()), (before + 1, connections + 1));
    })
    .await;
}

impl Trial {
    async fn tick_at_minute(&self, minute: i64) -> Ticked {
        self.app().clock.advance_to(at(EDITION) + Span::minutes(minute));
        self.tick().await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_refuses_the_sender_costs_nobody_their_address() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(10)).await;
        let refusal = "550 5.1.0 Sender address rejected: User unknown in local recipient table".to_owned();
        for (phase, edition) in [(Phase::Mail, EDITION), (Phase::Rcpt, "2026-05-01T10:00Z")] {
            server.always(phase, Reaction::Reply(refusal.clone()));
            assert_eq!(t.tick_at(edition).await.failed, 10);
            server.clear();
            let open = tasks::list(&t.app()).await.expect("tasks");
            assert!(open.lost.is_empty() && open.tasks.is_empty(), "{open:?}");
        }
        assert_eq!(t.tick_at("2026-06-01T10:00Z").await.accepted, 10, "it is mended, and everybody is told");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_never_greeted_keeps_nobody_waiting_once_all_is_sent() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(60)).await;
        server.on(Phase::Greeting, Reaction::Silence);
        let since = Instant::now();
        assert_eq!(t.tick_at(EDITION).await.accepted, 60);
        assert!(since.elapsed() < PATIENCE / 4, "{:?}", since.elapsed());
        assert!(relay::find(&t.app().db.reader).await.expect("read").is_none(), "it is not away");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_clock_that_was_wrong_held_for_weeks_is_free_again() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(5)).await;
        server.always(Phase::Greeting, Reaction::Code(421));
        t.tick_at(EDITION).await;
        server.clear();
        let far = t.app().clock.now() + chrono::Duration::days(30);
        let tx = store::begin(&t.app().db).await.expect("a transaction");
        relay::set_away(&tx, "away", far).await.expect("written");
        let set = format!("UPDATE message SET state = 'sending', lease_until = {}", far.timestamp_micros());
        tx.execute_unprepared(&set).await.expect("set");
        tx.commit().await.expect("committed");
        t.app().clock.advance(chrono::Duration::minutes(1));
        t.deed("P1", Deed::Withdraw(None)).await;
        t.tick().await;
        for _ in 0..2 {
            t.app().clock.advance(chrono::Duration::minutes(45));
            t.tick().await;
        }
        let states = states(&t).await;
        assert_eq!(states.get("sending"), None, "{states:?}");
        assert!(states["accepted"] >= 4, "{states:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_without_end_is_no_answer_and_ends_the_connection() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(1)).await;
        server.always(Phase::Dot, Reaction::Reply(format!("250 {}", "x".repeat(1_000_000))));
        let ticked = t.tick_at(EDITION).await;
        assert_eq!((ticked.accepted, ticked.unknown), (0, 1), "{ticked:?}");
        server.clear();
        t.app().clock.advance(chrono::Duration::minutes(31));
        assert_eq!(t.tick().await.accepted, 1);
    })
    .await;
}
