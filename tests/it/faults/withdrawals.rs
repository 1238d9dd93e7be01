//! Withdrawals while messages go out.

use std::collections::HashSet;
use std::sync::Mutex;

use hearback::actions::participants::{self, Deed};
use hearback::web;
use poem::test::TestClient;

use super::*;
use crate::harness::{SLUG, at, on_both};
use crate::smtp_server::{Phase, Reaction};

/// At full size 1,000 withdrawals while 10,000 messages go out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_content_is_asked_for_after_its_person_has_withdrawn_but_for_the_confirmation() {
    on_both(async |t| {
        let (messages, withdrawals) = (sized(10_000, 1_500), sized(1_000, 150));
        let server = SmtpServer::start().await;
        server.keep_only_heads();
        // So that a withdrawal often meets a message that is just on its way.
        server.always(Phase::Dot, Reaction::Late(Duration::from_millis(25)));
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(messages)).await;
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        let (done, gone) = (Mutex::new(Vec::new()), Mutex::new(HashSet::new()));
        // Several at a time, because each may wait for a message that is just on its way.
        let clerk = async |which: usize| {
            until("the first messages", async || server.count() > 0).await;
            for count in which.. {
                // Somebody whose turn it is now, or soon: on its way, marked, made, claimed, or waiting.
                let ahead = [2, 6, 15, 30, 70, 250, 600][count % 7];
                let mut n = (server.count() + ahead) % messages;
                {
                    let mut gone = gone.lock().expect("no panic");
                    if gone.len() == withdrawals {
                        return;
                    }
                    while !gone.insert(n) {
                        n = (n + 1) % messages;
                    }
                }
                let sent_by_then = server.count();
                let person = format!("P{n}");
                participants::act(&t.app(), SLUG, &person, &Deed::Withdraw(None)).await.expect("withdrawn");
                let who = format!("p{n}@people.example");
                done.lock().expect("no panic").push((who, Instant::now(), sent_by_then));
            }
        };
        let acts = futures_util::future::join_all((0..8).map(clerk));
        let (ticked, _) = tokio::join!(t.tick(), acts);
        let done = done.into_inner().expect("no panic");
        assert_eq!(done.len(), withdrawals);
        assert!(ticked.accepted + ticked.cancelled >= messages - withdrawals, "{ticked:?}");
        while t.tick().await != Ticked::default() {}
        t.tick_at("2026-04-01T12:00Z").await;
        let during = done.iter().filter(|(_, _, count)| *count < messages - withdrawals).count();
        let mut begun: HashMap<String, Vec<Instant>> = HashMap::new();
        for (at, to) in server.begun() {
            begun.entry(to).or_default().push(at);
        }
        let mut confirmed: HashMap<String, usize> = HashMap::new();
        let withdrawn: HashMap<&str, Instant> = done.iter().map(|(who, at, _)| (who.as_str(), *at)).collect();
        let mut updates = 0;
        for message in server.accepted() {
            let Some(at) = withdrawn.get(message.to.as_str()) else { continue };
            let is_confirmation = message.text().lines().any(|line| line.starts_with("Subject: From "));
            assert!(message.begun < *at || is_confirmation, "{} after the withdrawal", message.text());
            updates += usize::from(!is_confirmation);
            *confirmed.entry(message.to).or_default() += usize::from(is_confirmation);
        }
        for (who, at) in &withdrawn {
            let after = begun[*who].iter().filter(|begun| *begun >= at).count();
            assert_eq!(confirmed[*who], 1, "{who}");
            assert!(after <= 1, "{who}: {after} were begun afterwards");
        }
        eprintln!("{during} of {withdrawals} withdrew meanwhile; {updates} had been sent theirs before");
        assert!(during > 0, "all were late");
        assert!(updates < withdrawals, "none came in time");
        for row in rows(&t).await {
            assert!(row.finished_at.is_some(), "{row:?}");
        }
    })
    .await;
}

/// It has to wait until the product waits no longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_click_pauses_although_a_message_is_on_its_way_of_which_the_relay_says_nothing() {
    let server = SmtpServer::start().await;
    server.for_recipient("p1@people.example", Phase::Dot, Reaction::SilenceAfterTaking);
    let t = Trial::new().await.through(&server.url(), limits(Duration::from_secs(20)));
    t.bring_in(&crowd(3)).await;
    t.app().clock.advance_to(at("2026-04-01T10:00Z"));
    let path = format!("/u/{}", t.link_of("P1").await);
    let site = TestClient::new(web::routes(t.app(), None));
    let click = async {
        until("the message", async || server.accepted().iter().any(|one| one.to == "p1@people.example"))
            .await;
        let click = site.post(&path).header("sec-fetch-site", "cross-site");
        click.body("List-Unsubscribe=One-Click").send().await.assert_status_is_ok();
        let states = states(&t).await;
        assert!(states.contains_key("sending"), "it lies with the relay still: {states:?}");
    };
    let (ticked, ()) = tokio::join!(t.tick(), click);
    assert_eq!((ticked.accepted, ticked.unknown), (2, 1));
    // It may have arrived. Nobody hands it over again to somebody who paused, and the others get their next ones.
    t.tick_at("2026-04-01T12:00Z").await;
    assert_eq!(states(&t).await, BTreeMap::from([("accepted", 2), ("cancelled", 1)]));
    t.tick_at("2026-05-01T10:00Z").await;
    let to = |who: &str| server.accepted().iter().filter(|message| message.to == who).count();
    assert_eq!((to("p0@people.example"), to("p1@people.example")), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_begun_after_an_import_has_taken_somebody_s_consent_back() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        server.keep_only_heads();
        server.always(Phase::Dot, Reaction::Late(Duration::from_millis(60)));
        let t = t.through(&server.url(), limits(PATIENCE));
        let mut pack = crowd(300);
        t.bring_in(&pack).await;
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        pack.swap("participants", ",yes", ",no");
        let taken_back = async {
            until("the first messages", async || server.count() >= 20).await;
            loop {
                // While one of them is being handed over, it is refused as a whole.
                if hearback::actions::import::import(&t.app(), &pack.files(), false).await.is_ok() {
                    return Instant::now();
                }
            }
        };
        let app = t.app();
        let (ticked, at) = tokio::join!(hearback::jobs::tick(&app), taken_back);
        ticked.expect("a tick");
        while t.tick().await != Ticked::default() {}
        let late = server.begun().iter().filter(|(begun, _)| *begun > at).count();
        eprintln!("{} of 300 had been sent", server.count());
        assert_eq!(late, 0, "begun afterwards");
    })
    .await;
}
