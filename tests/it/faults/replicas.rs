//! Several processes on one PostgreSQL.

use std::sync::Arc;

use hearback::app::App;
use hearback::jobs;
use hearback::mail::smtp::SmtpSettings;
use hearback::mail::transport::Transport;
use hearback::store::Db;

use super::*;
use crate::harness::{at, config};

/// Another replica on the database of this trial, whose clock is so many seconds off.
async fn replica(t: &Trial, server: &SmtpServer, name: &str, seconds: i64) -> Arc<App> {
    let url = format!("{}?application_name={name}", t.database_url());
    let first = t.app();
    let mut settings = SmtpSettings::parse(&server.url()).expect("a relay");
    settings.limits = limits(PATIENCE);
    let mailer = Transport::Smtp(Box::new(settings));
    let db = Db::connect(&url).await.expect("the database");
    let clock = Clock::at(first.clock.now() + chrono::Duration::seconds(seconds));
    let config = config(t.folder.path(), &url);
    Arc::new(App::new(db, clock, first.keys.clone(), mailer, config, true).expect("an app"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_replicas_whose_clocks_differ_tell_everybody_once_though_one_loses_its_database() {
    let Some(t) = Trial::postgres().await else {
        return skipped("several replicas (set HEARBACK_TEST_POSTGRES)");
    };
    t.bring_in(&crowd(2_000)).await;
    t.app().clock.advance_to(at("2026-04-01T10:01Z"));
    let server = SmtpServer::start().await;
    server.keep_only_heads();
    let mut replicas = Vec::new();
    for (name, seconds) in [("slow", -45), ("right", 0), ("fast", 45)] {
        replicas.push(replica(&t, &server, name, seconds).await);
    }
    let ticks = replicas.iter().cloned().map(|app| {
        tokio::spawn(async move {
            let mut failed = 0;
            for _ in 0..5 {
                failed += usize::from(jobs::tick(&app).await.is_err());
            }
            failed
        })
    });
    let ticks: Vec<_> = ticks.collect();
    let mut cut = 0;
    for count in [300, 900, 1_400] {
        until("messages", async || server.count() >= count).await;
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'right'";
        cut += ask(&t, sql).await.len();
    }
    let mut failed = Vec::new();
    for tick in ticks {
        failed.push(tick.await.expect("no panic"));
    }
    eprintln!("{cut} connections cut; ticks that failed: {failed:?}; {:?}", states(&t).await);
    assert!(cut > 0);
    // What the cut left behind comes after its lease.
    for _ in 0..3 {
        for app in &replicas {
            app.clock.advance(chrono::Duration::minutes(45));
            jobs::tick(app).await.expect("a tick");
        }
    }
    let count = ask(&t, "SELECT count(*), count(DISTINCT participant_id) FROM \"update\"").await;
    let count = (count[0].try_get_by_index::<i64>(0).unwrap(), count[0].try_get_by_index::<i64>(1).unwrap());
    assert_eq!(count, (2_000, 2_000), "one update for each person");
    let editions = ask(&t, "SELECT id FROM edition WHERE cutoff_seq IS NOT NULL").await;
    assert_eq!(editions.len(), 1);
    assert_eq!(states(&t).await, BTreeMap::from([("accepted", 2_000)]));
    let taken = taken(&server);
    assert_eq!(taken.len(), 2_000);
    let twice = taken.values().filter(|times| **times > 1).count();
    assert!(taken.values().all(|times| *times <= 2) && twice <= 3 * 24, "{twice} twice");
    eprintln!("{twice} were taken twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_with_another_key_is_refused_at_its_start() {
    let Some(t) = queued(true, 5).await else { return };
    let server = SmtpServer::start().await;
    std::fs::write(t.folder.path().join("hearback.key"), "ab".repeat(32)).expect("a key");
    for command in ["serve", "tick"] {
        let mut child = process(&t, &server.url(), command, &[command]);
        assert_eq!(ended(&mut child).await.code(), Some(2));
        assert!(log_of(&t, command).contains("is not the one"), "{}", log_of(&t, command));
    }
    std::fs::remove_file(t.folder.path().join("hearback.key")).expect("removed");
    let mut child = process(&t, &server.url(), "keyless", &["serve"]);
    assert_eq!(ended(&mut child).await.code(), Some(2));
    assert!(log_of(&t, "keyless").contains("missing"), "{}", log_of(&t, "keyless"));
    assert!(!t.folder.path().join("hearback.key").exists(), "none is made in its place");
    assert_eq!(server.connections(), 0);
}
