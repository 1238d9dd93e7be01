//! A database that takes nothing for a while.

use super::*;
use crate::harness::{at, on_both};
use crate::smtp_server::{Phase, Reaction};

/// The process may write no file beyond its first so many kilobytes: to it the disk is full. `prlimit` gives it room.
fn on_a_full_disk(t: &Trial, relay: &str, kilobytes: usize) -> Child {
    let full = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\" tick", kilobytes * 2);
    let mut command = command(t, relay, "full", "/bin/sh");
    command.args(["-c", &full, env!("CARGO_BIN_EXE_hearback")]);
    command.spawn().expect("the program starts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_disk_is_full_what_became_of_messages_is_kept_and_written_when_there_is_room() {
    let Some(t) = queued(false, 1_500).await else { return };
    let server = SmtpServer::start().await;
    server.keep_only_heads();
    // The log of the database begins anew, and reaches this length while messages go out.
    t.app().db.settle().await.expect("settled");
    let mut child = on_a_full_disk(&t, &server.url(), 1_000);
    until("an error that is said", async || log_of(&t, "full").contains("cannot be written")).await;
    let stuck = server.count();
    assert!(stuck < 1_500);
    assert!(child.try_wait().expect("a process").is_none(), "it waits: {}", log_of(&t, "full"));
    let room = Command::new("prlimit").args(["--pid", &child.id().to_string(), "--fsize=unlimited"]).status();
    assert!(room.expect("prlimit runs").success());
    let status = ended(&mut child).await;
    let log = log_of(&t, "full");
    assert!(log.contains("could be written after all"), "{log}");
    assert!(!log.contains("people.example"), "{log}");
    eprintln!("stuck after {stuck}; then it ended with {status}; {:?}", states(&t).await);
    let accepted = states(&t).await["accepted"];
    assert!(accepted >= stuck, "{accepted} of {stuck}, {} were sent: {log}", server.count());
    for name in ["next", "after"] {
        an_hour_passes(&t).await;
        let mut child = process(&t, &server.url(), name, &["tick"]);
        assert!(ended(&mut child).await.success(), "{}", log_of(&t, name));
    }
    assert_eq!(states(&t).await, BTreeMap::from([("accepted", 1_500)]));
    assert!(taken(&server).values().all(|times| *times == 1), "nothing was forgotten, so nothing came twice");
}

/// Nobody can write to the database any more, or everybody again.
async fn set_read_only(t: &Trial, read_only: bool) {
    if t.app().db.is_sqlite() {
        // What it answers while its file must not be written; a file that a process with all rights could not write does not
        // exist.
        let sql = match read_only {
            true => {
                "CREATE TRIGGER read_only BEFORE UPDATE ON message \
                 BEGIN SELECT RAISE(ABORT, 'attempt to write a readonly database'); END"
            }
            false => "DROP TRIGGER read_only",
        };
        let tx = store::begin(&t.app().db).await.expect("a transaction");
        tx.execute_unprepared(sql).await.expect("set");
        return tx.commit().await.expect("committed");
    }
    let admin = sea_orm::Database::connect(variable("HEARBACK_TEST_POSTGRES").expect("it runs")).await;
    let admin = admin.expect("PostgreSQL");
    let url = t.database_url();
    let name = url.rsplit('/').next().expect("a name");
    let sql = format!("ALTER DATABASE {name} SET default_transaction_read_only = {read_only}");
    admin.execute_unprepared(&sql).await.expect("set");
    let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin.execute_unprepared(&sql).await.expect("cut off");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_read_only_what_became_of_messages_is_kept_and_written_afterwards() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        server.keep_only_heads();
        server.always(Phase::Dot, Reaction::Late(Duration::from_millis(5)));
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(1_500)).await;
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        let fault = async {
            until("messages", async || server.count() >= 200).await;
            set_read_only(&t, true).await;
            // Nothing moves any more.
            let mut count = 0;
            until("an end of it", async || {
                tokio::time::sleep(Duration::from_millis(300)).await;
                std::mem::replace(&mut count, server.count()) == server.count()
            })
            .await;
            let stuck = server.count();
            assert!(stuck < 1_500, "{stuck}");
            set_read_only(&t, false).await;
            stuck
        };
        let app = t.app();
        let (ticked, stuck) = tokio::join!(hearback::jobs::tick(&app), fault);
        let accepted = states(&t).await["accepted"];
        eprintln!(
            "stuck after {stuck}; then {:?}; {:?}",
            ticked.map_err(|error| error.to_string()),
            states(&t).await
        );
        assert!(accepted >= stuck, "what was accepted was written down: {accepted} of {stuck}");
        for _ in 0..3 {
            t.app().clock.advance(chrono::Duration::minutes(45));
            t.tick().await;
        }
        assert_eq!(states(&t).await, BTreeMap::from([("accepted", 1_500)]));
        assert!(
            taken(&server).values().all(|times| *times == 1),
            "nothing was forgotten, so nothing came twice"
        );
    })
    .await;
}

/// From now on what this person was told cannot be written.
async fn refuse(t: &Trial, reference: &str) {
    let what = format!(
        "NEW.reference = '{reference}' AND (NEW.told_seq <> OLD.told_seq OR NEW.maybe_seq <> OLD.maybe_seq)"
    );
    let statements = match t.app().db.is_sqlite() {
        true => vec![format!(
            "CREATE TRIGGER refused BEFORE UPDATE ON participant WHEN {what} BEGIN SELECT RAISE(ABORT, 'no'); END"
        )],
        false => vec![
            "CREATE FUNCTION refused() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no'; END $$ LANGUAGE plpgsql"
                .to_owned(),
            format!(
                "CREATE TRIGGER refused BEFORE UPDATE ON participant FOR EACH ROW WHEN ({what}) \
                 EXECUTE FUNCTION refused()"
            ),
        ],
    };
    let tx = hearback::store::begin(&t.app().db).await.expect("a transaction");
    for statement in statements {
        tx.execute_unprepared(&statement).await.expect("a trigger");
    }
    tx.commit().await.expect("committed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_of_whom_nothing_can_be_written_holds_up_nobody_else() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(30)).await;
        refuse(&t, "P3").await;
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        let ticked = tokio::time::timeout(PATIENCE, t.tick()).await.expect("it does not wait for that one");
        assert_eq!((ticked.accepted, server.count()), (30, 30), "{ticked:?}");
        assert_eq!(states(&t).await, BTreeMap::from([("accepted", 30)]));
        let told = async |reference: &str| t.person(reference).await.told_seq > 0;
        assert_eq!((told("P2").await, told("P3").await, told("P4").await), (true, false, true));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_a_dead_sender_left_and_that_cannot_be_written_holds_up_nobody_else() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(PATIENCE));
        t.bring_in(&crowd(30)).await;
        refuse(&t, "P3").await;
        server.always(Phase::Greeting, Reaction::Code(421));
        t.tick_at("2026-04-01T10:00Z").await;
        server.clear();
        t.app().clock.advance_to(at("2026-04-01T10:05Z"));
        let app = t.app();
        let now = app.clock.now();
        let tx = store::begin(&app.db).await.expect("a transaction");
        let left = message::claim(&tx, "another", now, 10).await.expect("claimed");
        let marked = message::set_sending(&tx, &left.iter().collect::<Vec<_>>(), now).await.expect("marked");
        assert_eq!(marked.len(), 10);
        tx.commit().await.expect("committed");
        let ticked = t.tick_at("2026-04-01T10:50Z").await;
        assert_eq!((ticked.unknown, ticked.accepted), (10, 20));
        assert_eq!(t.tick_at("2026-04-01T11:21Z").await.accepted, 10);
        assert_eq!((states(&t).await, server.count()), (BTreeMap::from([("accepted", 30)]), 30));
    })
    .await;
}
