//! Senders that are stopped: for good and told so, or for a while and not told.

use hearback::app::App;
use hearback::jobs;

use super::*;
use crate::harness::{at, on_both};
use crate::smtp_server::{Phase, Reaction};

/// Waits until so many were taken.
async fn sent(server: &SmtpServer, count: usize) {
    until("messages", async || server.count() >= count).await;
}

/// Nothing lies with a sender, and what was not taken waits as it did before.
async fn nothing_hangs(t: &Trial, server: &SmtpServer) {
    let taken = taken(server);
    for row in rows(t).await {
        let times = taken.get(&row.message_id).copied().unwrap_or(0);
        match row.state {
            MessageState::Accepted => assert_eq!(times, 1, "{row:?}"),
            MessageState::Queued => {
                assert_eq!((times, row.attempts, row.claimed_by.clone()), (0, 0, None), "{row:?}");
            }
            _ => panic!("{row:?}"),
        }
    }
}

async fn told_to_end_while_sending(on_postgres: bool, command: &[&str]) {
    let Some(t) = queued(on_postgres, 1_000).await else { return };
    let server = SmtpServer::start().await;
    server.keep_only_heads();
    server.always(Phase::Dot, Reaction::Late(Duration::from_millis(150)));
    let mut child = process(&t, &server.url(), "sender", command);
    sent(&server, 40).await;
    signal(&child, "-TERM");
    let told = Instant::now();
    assert!(ended(&mut child).await.success(), "{}", log_of(&t, "sender"));
    assert!(told.elapsed() < Duration::from_secs(15), "{:?}", told.elapsed());
    assert!(server.count() < 500, "it went on: {}", server.count());
    nothing_hangs(&t, &server).await;
    server.clear();
    let mut child = process(&t, &server.url(), "next", &["tick"]);
    assert!(ended(&mut child).await.success(), "{}", log_of(&t, "next"));
    assert_eq!(states(&t).await, BTreeMap::from([("accepted", 1_000)]));
    nothing_hangs(&t, &server).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pass_that_is_told_to_end_finishes_what_is_on_its_way_and_leaves_the_rest_to_the_next() {
    for on_postgres in [false, true] {
        told_to_end_while_sending(on_postgres, &["tick"]).await;
    }
}

/// It has to wait for the full minute at which `serve` looks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_told_to_end_does_so_too() {
    told_to_end_while_sending(false, &["serve"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_port_is_taken_ends_and_says_so() {
    let Some(t) = queued(false, 1).await else { return };
    let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = socket.local_addr().expect("an address");
    for setting in ["HEARBACK_LISTEN", "HEARBACK_METRICS_LISTEN"] {
        let mut server = command(&t, "smtp://127.0.0.1:9", "server", env!("CARGO_BIN_EXE_hearback"));
        let mut server = server.arg("serve").env(setting, taken.to_string()).spawn().expect("it starts");
        assert_eq!(ended(&mut server).await.code(), Some(1), "{setting}");
        let log = log_of(&t, "server");
        assert!(log.contains(&taken.to_string()) && log.contains(setting), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_says_nothing_does_not_keep_a_process_from_ending_in_time() {
    let Some(t) = queued(false, 100).await else { return };
    let server = SmtpServer::start().await;
    server.keep_only_heads();
    server.for_recipient("p7@people.example", Phase::Dot, Reaction::SilenceAfterTaking);
    let mut child = process(&t, &server.url(), "sender", &["tick"]);
    // Two may wait behind the one of which nothing is said.
    sent(&server, 98).await;
    signal(&child, "-TERM");
    let told = Instant::now();
    assert!(ended(&mut child).await.success(), "{}", log_of(&t, "sender"));
    assert!(told.elapsed() < Duration::from_secs(30), "{:?}", told.elapsed());
    let states_then = states(&t).await;
    assert_eq!(states_then.get("accepted"), Some(&(server.count() - 1)), "{states_then:?}");
    assert_eq!(states_then.get("unknown"), Some(&1), "{states_then:?}");
    assert!(
        states_then.keys().all(|state| ["accepted", "unknown", "queued"].contains(state)),
        "{states_then:?}"
    );
    an_hour_passes(&t).await;
    server.clear();
    let mut child = process(&t, &server.url(), "next", &["tick"]);
    assert!(ended(&mut child).await.success(), "{}", log_of(&t, "next"));
    assert_eq!(states(&t).await, BTreeMap::from([("accepted", 100)]));
    assert_eq!(taken(&server).values().filter(|times| **times == 2).count(), 1);
}

/// Whether another process is just writing into the file of SQLite.
async fn holds_the_file(t: &Trial) -> bool {
    if !t.app().db.is_sqlite() {
        return false;
    }
    let mut options = sea_orm::ConnectOptions::new(t.database_url());
    options.max_connections(1);
    options.map_sqlx_sqlite_opts(|options| options.busy_timeout(Duration::from_millis(30)));
    let db = sea_orm::Database::connect(options).await.expect("the database");
    let is_held = db.execute_unprepared("BEGIN IMMEDIATE; ROLLBACK").await.is_err();
    db.close().await.expect("closed");
    is_held
}

/// At full size it is really stopped for longer than a message may wait between its mark and its content.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_that_is_stopped_beyond_its_lease_and_continued_writes_nothing_and_begins_nothing() {
    for on_postgres in [false, true] {
        let Some(t) = queued(on_postgres, 600).await else { return };
        let server = SmtpServer::start().await;
        server.keep_only_heads();
        server.always(Phase::Dot, Reaction::Late(Duration::from_millis(20)));
        let mut late = process(&t, &server.url(), "late", &["tick"]);
        sent(&server, 50).await;
        signal(&late, "-STOP");
        while holds_the_file(&t).await {
            // On SQLite whoever is stopped in the middle of writing stops everybody.
            signal(&late, "-CONT");
            tokio::time::sleep(Duration::from_millis(2)).await;
            signal(&late, "-STOP");
        }
        // What the relay has been given by then is taken by it.
        let mut count = 0;
        until("the relay to be done", async || {
            tokio::time::sleep(Duration::from_millis(200)).await;
            std::mem::replace(&mut count, server.count()) == server.count()
        })
        .await;
        let marked: Vec<String> = rows(&t)
            .await
            .into_iter()
            .filter(|row| row.state == MessageState::Sending)
            .map(|row| row.message_id)
            .collect();
        assert!(marked.len() <= 24, "{}", marked.len());
        if on_postgres {
            // Stopped in the middle of a transaction it would hold its rows until PostgreSQL gives up on it.
            let sql =
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'late'";
            ask(&t, sql).await;
        }
        tokio::time::sleep(Duration::from_secs(sized(9 * 60, 0) as u64)).await;
        an_hour_passes(&t).await;
        for name in ["second", "third"] {
            let mut other = process(&t, &server.url(), name, &["tick"]);
            assert!(ended(&mut other).await.success(), "{}", log_of(&t, name));
            an_hour_passes(&t).await;
        }
        let before = rows(&t).await;
        assert_eq!(states(&t).await, BTreeMap::from([("accepted", 600)]));
        let taken_before = taken(&server);
        let begun_before = server.begun().len();
        signal(&late, "-CONT");
        let status = ended(&mut late).await;
        eprintln!("it ended with {status}; {} were marked", marked.len());
        assert_eq!(rows(&t).await, before, "{}", log_of(&t, "late"));
        let begun = server.begun().len() - begun_before;
        assert!(begun <= sized(0, marked.len()), "{begun} were begun by it");
        for (id, times) in taken(&server) {
            let more = times - taken_before[&id];
            assert!(more == 0 || marked.contains(&id), "{id} was not even marked when it stopped");
            assert!(times <= 3, "{id}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_does_not_even_greet_keeps_no_process_from_ending() {
    let Some(t) = queued(false, 20).await else { return };
    let server = SmtpServer::start().await;
    server.always(Phase::Greeting, Reaction::Silence);
    let mut child = process(&t, &server.url(), "sender", &["tick"]);
    until("a connection", async || server.connections() > 0).await;
    signal(&child, "-TERM");
    let told = Instant::now();
    assert!(ended(&mut child).await.success(), "{}", log_of(&t, "sender"));
    assert!(told.elapsed() < Duration::from_secs(10), "{:?}", told.elapsed());
    nothing_hangs(&t, &server).await;
}

/// The process is stopped just before the relay asks for the content; its clock shows afterwards how long that was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn content_that_is_asked_for_after_the_lease_has_ended_is_not_sent() {
    for phase in [Phase::Rcpt, Phase::Data] {
        on_both(async |t| {
            let server = SmtpServer::start().await;
            let t = t.through(&server.url(), limits(PATIENCE));
            t.bring_in(&crowd(1)).await;
            t.app().clock.advance_to(at("2026-04-01T10:00Z"));
            server.on(phase, Reaction::Late(Duration::from_millis(700)));
            let other = App { sender: "another".to_owned(), ..(*t.app()).clone() };
            let meanwhile = async {
                until("the commands", async || server.said().len() > 1).await;
                t.app().clock.advance(chrono::Duration::minutes(45));
                jobs::tick(&other).await.expect("a tick");
                let row = rows(&t).await.remove(0);
                assert_eq!((row.state, row.unknowns), (MessageState::Unknown, 1), "{row:?}");
                row
            };
            let (_, row) = tokio::join!(t.tick(), meanwhile);
            assert_eq!(rows(&t).await, [row], "the late one writes nothing");
            assert_eq!(server.count(), 0, "and sends nothing");
            t.app().clock.advance(chrono::Duration::minutes(31));
            assert_eq!(t.tick().await.accepted, 1);
            assert_eq!(server.count(), 1);
        })
        .await;
    }
}
