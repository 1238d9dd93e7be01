//! A new key takes the place of the current one: what was sealed, signed and noted under the old one goes on working, and
//! nobody starts with the wrong file.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::Duration as Span;
use hearback::actions::keys;
use hearback::actions::participants::{Deed, seen_by_link};
use hearback::app::App;
use hearback::clock::Clock;
use hearback::domain::words::{HistoryKind, ParticipantState};
use hearback::keys::{Fit, Keys};
use hearback::mail::transport::Transport;
use hearback::store::{Db, participant, vault};
use sea_orm::{ConnectionTrait, Database};

use crate::cli::Shell;
use crate::harness::{SLUG, Sheets, Trial, act, on_both, skipped, variable};

/// A further process on the database of a trial, with a key file of its own. Time is moved by hand, but it passes for real.
async fn process(trial: &Trial, key_file: &Path) -> App {
    let of = trial.app();
    let db = Db::connect(&trial.database_url()).await.expect("the database");
    let mut config = of.config.clone();
    config.key_file = key_file.to_path_buf();
    let read = Keys::read(key_file).expect("a key file");
    let mailer = Transport::Files(trial.mail_folder());
    App::new(db, Clock::at(of.clock.now()), read, mailer, config, false).expect("an app")
}

/// The old file stays where it is; the new one holds both keys.
fn with_a_new_key(trial: &Trial) -> PathBuf {
    let path = trial.folder.path().join("both.key");
    std::fs::copy(trial.folder.path().join("hearback.key"), &path).expect("copied");
    Keys::add_to(&path).expect("a new key");
    path
}

async fn turned(trial: &Trial) -> App {
    let app = process(trial, &with_a_new_key(trial)).await;
    assert_eq!(keys::fit(&app.db, &app.keys).await.expect("a query"), Fit::Whole);
    let new = keys::unknown(&app).await.expect("a query").expect("a key that the database does not know");
    assert_eq!(keys::accept(&app, &new).await.expect("accepted"), 2);
    assert_eq!(keys::turn(&app).await.expect("turned"), Some(2));
    app
}

async fn rows(app: &App) -> Vec<vault::Model> {
    vault::page(&app.db.reader, None, 100_000).await.expect("rows")
}

fn opened_by(keys: &Keys, rows: &[vault::Model]) -> usize {
    rows.iter().filter(|row| keys.open(row.participant_id.0.as_bytes(), &row.sealed).is_ok()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_new_key_old_links_open_and_nobody_is_signed_up_again() {
    on_both(|trial| async move {
        let mut sheets = Sheets::small();
        sheets.history("R1,2026-02-10,progress,planned,,,,,");
        sheets.put("acts", "participant,on,act,story,value\nP04,2026-02-20,pause,,\n");
        trial.bring_in(&sheets).await;
        let link = trial.link_of("P03").await;
        let project = trial.project().await;
        let short = trial.app().keys.short_id(project.id.0.as_bytes());
        trial.stop("P01").await;
        trial.deed("P02", Deed::Withdraw(None)).await;
        let old = trial.app().keys.clone();

        let app = turned(&trial).await;
        let sealed = rows(&app).await;
        assert_eq!(opened_by(&old, &sealed), 7, "nothing was sealed anew yet");
        assert_eq!(keys::reseal(&app).await.expect("sealed anew"), 7);
        assert_eq!(keys::reseal(&app).await.expect("again"), 0);
        let sealed = rows(&app).await;
        assert_eq!((opened_by(&app.keys, &sealed), opened_by(&old, &sealed)), (7, 0));

        assert!(seen_by_link(&app, &link).await.expect("a page").is_some());
        assert_eq!(app.keys.short_id(project.id.0.as_bytes()), short);

        let again = hearback::actions::import::import(&app, &sheets.files(), false).await.expect("an import");
        assert!(again.errors.is_empty(), "{:?}", again.errors);
        assert!(again.added.values().all(|count| *count == 0), "{again:?}");
        assert!(again.changed.values().all(Vec::is_empty), "{again:?}");
        assert!(again.warnings.iter().any(|fault| fault.message.contains("was withdrawn")), "{again:?}");
        // The same people under other names: they are known by their addresses alone.
        sheets.add("participants", "N1,,sam@people.example,,,email,standard,every,,yes");
        sheets.add("participants", "N2,,KIT@people.example,,,email,standard,every,,yes");
        sheets.add("participants", "N3,,new@people.example,,,email,standard,every,,yes");
        sheets.add("stories", "RTB4,N3,New,written,internal,code");
        let more = hearback::actions::import::import(&app, &sheets.files(), false).await.expect("an import");
        assert_eq!((more.added["participants"], more.added["stories"]), (3, 1), "{more:?}");
        let state = async |reference: &str| {
            let skeleton = hearback::domain::pack::codes::skeleton(reference);
            participant::by_skeleton(&app.db.reader, project.id, &skeleton)
                .await
                .unwrap()
                .expect("the person")
                .state
        };
        assert_eq!(state("N1").await, ParticipantState::Stopped);
        assert_eq!(state("N2").await, ParticipantState::Stopped);
        assert_eq!(state("N3").await, ParticipantState::Active);
        // What came in since is known again as well.
        let last = hearback::actions::import::import(&app, &sheets.files(), false).await.expect("an import");
        assert!(last.added.values().all(|count| *count == 0), "{last:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lacks_the_new_key_neither_seals_nor_sends_any_more() {
    on_both(|trial| async move {
        trial.import_small().await;
        let _app = turned(&trial).await;
        let late = trial.app();
        assert_eq!(keys::fit(&late.db, &late.keys).await.expect("a query"), Fit::Lacking);
        let refused = hearback::jobs::tick(&late).await.expect_err("no tick").to_string();
        assert!(refused.contains("lacks a key"), "{refused}");
        let import = hearback::actions::import::import(&late, &Sheets::small().files(), false).await;
        assert!(import.expect_err("no import").to_string().contains("lacks a key"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_becomes_current_while_a_process_runs_that_does_not_hold_it() {
    on_both(|trial| async move {
        trial.import_small().await;
        let one = process(&trial, &trial.folder.path().join("hearback.key")).await;
        keys::be_present(&one).await.expect("present");
        let both = with_a_new_key(&trial);
        let two = process(&trial, &both).await;
        let new = keys::unknown(&two).await.expect("a query").expect("a new key");
        keys::accept(&two, &new).await.expect("accepted");
        assert!(keys::may_add(&two).await.is_err(), "one is waiting");
        keys::be_present(&two).await.expect("present");
        let refused = keys::turn(&two).await.expect_err("refused").to_string();
        assert!(refused.contains("1 process") && refused.contains("key 2"), "{refused}");
        // It is restarted with the new file; what was killed is gone after a while, and what ends says so.
        let anew = process(&trial, &both).await;
        let short = process(&trial, &trial.folder.path().join("hearback.key")).await;
        short.clock.advance(Span::minutes(6));
        keys::be_present(&short).await.expect("present");
        keys::leave(&short).await.expect("gone");
        for app in [&two, &anew] {
            app.clock.advance(Span::minutes(6));
            keys::be_present(app).await.expect("present");
        }
        assert_eq!(keys::turn(&two).await.expect("turned"), Some(2));
        assert_eq!(keys::turn(&two).await.expect("nothing waits"), None);
        // The other one notices by itself, and seals with it from then on.
        assert_ne!(anew.keys.check_value(), two.keys.check_value());
        keys::be_present(&anew).await.expect("present");
        assert_eq!(anew.keys.check_value(), two.keys.check_value());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_dropped_when_its_links_are_old_enough_and_still_knows_who_withdrew() {
    on_both(|trial| async move {
        trial.import_small().await;
        let link = trial.link_of("P03").await;
        trial.deed("P02", Deed::Withdraw(None)).await;
        let app = turned(&trial).await;
        let early = keys::drop_old(&app).await.expect_err("too early").to_string();
        assert!(early.contains("2027-04-05"), "{early}");
        app.clock.advance(Span::days(399));
        assert!(keys::drop_old(&app).await.is_err());
        app.clock.advance(Span::days(1));
        assert!(seen_by_link(&app, &link).await.expect("a page").is_some());
        assert_eq!(keys::drop_old(&app).await.expect("dropped"), [1]);
        assert!(seen_by_link(&app, &link).await.expect("no page").is_none());
        let path = app.config.key_file.clone();
        assert!(Keys::drop_from(&path, &keys::dropped(&app).await.expect("a query")).expect("taken out"));
        // A start with what is left of the file, and a look at who is known.
        let left = process(&trial, &path).await;
        assert_eq!(keys::fit(&left.db, &left.keys).await.expect("a query"), Fit::Whole);
        assert_eq!(opened_by(&left.keys, &rows(&left).await), 7);
        let mut sheets = Sheets::small();
        sheets.add("participants", "N2,,kit@people.example,,,email,standard,every,,yes");
        let report =
            hearback::actions::import::import(&left, &sheets.files(), false).await.expect("an import");
        assert_eq!(report.added["stories"], 0, "{report:?}");
        assert!(report.warnings.iter().any(|fault| fault.message.contains("asked not to be written to")));
    })
    .await;
}

/// The program in a folder of its own, on SQLite, and on PostgreSQL where there is one.
async fn on_both_by_hand(story: impl Fn(&Shell)) {
    story(&Shell::new());
    let Some(server) = variable("HEARBACK_TEST_POSTGRES") else {
        return skipped("changing keys by hand on PostgreSQL (set HEARBACK_TEST_POSTGRES)");
    };
    let name = format!("hearback_{}", uuid::Uuid::new_v4().simple());
    let admin = Database::connect(server.as_str()).await.expect("PostgreSQL");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    let url = format!("{}/{name}", server.rsplit_once('/').expect("a database").0);
    let shell = Shell::new().with("HEARBACK_DATABASE_URL", &url);
    story(&shell);
    let dropped = admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
    dropped.expect("dropped");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_changes_the_key_in_two_steps_and_wrong_files_are_refused() {
    on_both_by_hand(|shell| {
        shell.pack(&Sheets::small());
        shell.say("init").ok();
        shell.say("import pack").ok();
        let path = shell.path("data/hearback.key");
        let read = || std::fs::read_to_string(&path).expect("the key file");
        let write = |text: &str| std::fs::write(&path, text).expect("written");
        let before = read();
        assert!(shell.say("key rotate").ok().contains("To begin a change: hearback key new"));
        let out = shell.say("key new").ok();
        let both = read();
        let new = both.lines().next().expect("a line").to_owned();
        assert!(both.ends_with(&before) && both.lines().count() == 2 && new.len() == 64, "two keys");
        assert!(out.contains("Key 2") && !out.contains(&new), "{out}");
        shell.say("key new").refused("waits for `hearback key rotate`");
        // A replica that has not got it yet goes on.
        write(&before);
        shell.say("tick").ok();
        shell.say("key rotate").refused("is not in the key file here");
        write(&both);
        // It ran a moment ago, without the key.
        shell
            .say("key rotate")
            .refused("1 process that was seen in the last five minutes does not hold key 2");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_change_no_file_starts_that_lacks_a_key_in_use() {
    on_both_by_hand(|shell| {
        shell.pack(&Sheets::small());
        shell.say("init --at 2026-03-01").ok();
        shell.say("import pack --at 2026-03-01").ok();
        let path = shell.path("data/hearback.key");
        let write = |text: &str| std::fs::write(&path, text).expect("written");
        let before = std::fs::read_to_string(&path).expect("the key file");
        // Made elsewhere and put in by hand.
        let new = "5c".repeat(32);
        let both = format!("# of this year\n{new}\n{before}");
        write(&both);
        shell.say("tick").ok();
        assert!(shell.say("key new").ok().contains("Key 2"));
        assert_eq!(std::fs::read_to_string(&path).expect("the key file"), both, "no third one was made");
        let out = shell.say("key rotate").ok();
        assert!(out.contains("Key 2 is the current one") && out.contains("7 people"), "{out}");
        let list = shell.say("key list").ok();
        assert!(list.contains("the current one") && list.contains("can be dropped from"), "{list}");
        assert!(!list.contains(&new) && !list.contains(before.trim()), "{list}");
        write(&before);
        shell.say("tick").refused("lacks a key that is in use");
        write(&new);
        shell.say("tick").refused("lacks a key that is in use");
        shell.say("serve").refused("lacks a key that is in use");
        write(&format!("{}\n", "ab".repeat(32)));
        shell.say("tick").refused("not the one");
        // The order of the lines does not matter, nor does a key that is not known.
        write(&format!("{before}{new}\n{}\n", "ab".repeat(32)));
        shell.say("tick --at 2026-04-02").ok();
        assert_eq!(shell.mails(), 4, "addresses open and links are made");
        shell.say("key drop").refused("before 2027-04-05");
        assert!(shell.say("tick --at 2027-05-01").ok().contains("accepted") || shell.mails() >= 4);
        assert!(shell.say("key drop").ok().contains("Dropped"));
        let left = std::fs::read_to_string(&path).expect("the key file");
        assert!(!left.contains(before.trim()) && left.contains("hashes "), "{}", left.len());
        assert!(shell.say("key drop").ok().contains("no key to drop"));
        shell.say("tick").ok();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_it_goes_on_where_it_was() {
    let people = 3_000;
    on_both_by_hand(|shell| {
        let mut sheets = Sheets::small();
        let rows: String = (0..people)
            .map(|n| format!("X{n:04},,x{n}@people.example,,,email,standard,every,,yes\n"))
            .collect();
        sheets.add("participants", &rows);
        shell.pack(&sheets);
        shell.say("init").ok();
        shell.say("import pack").ok();
        let path = shell.path("data/hearback.key");
        let all = people + 7;
        let url = shell.database_url();
        // Whether the kill comes in the middle is a matter of time: it is tried with a further key until it does.
        for attempt in 0..5 {
            shell.say("key new").ok();
            let newest = std::fs::read_to_string(&path).expect("the key file");
            let one = shell.path("one.key");
            std::fs::write(&one, newest.lines().next().expect("a line")).expect("written");
            let (newest, every) = (Keys::read(&one).expect("a key"), Keys::read(&path).expect("keys"));
            let mut child = shell.start("key rotate");
            let begun = Instant::now();
            while opened_by(&newest, &rows_at(&url)) == 0 && begun.elapsed() < Duration::from_secs(60) {}
            child.kill().expect("killed");
            child.wait().expect("ended");
            let sealed = rows_at(&url);
            let done = opened_by(&newest, &sealed);
            assert_eq!(opened_by(&every, &sealed), all, "everything opens at every moment");
            let said = shell.say("key rotate").ok();
            assert_eq!(opened_by(&newest, &rows_at(&url)), all);
            if done > 0 && done < all {
                assert!(said.contains(&format!("of {} people", all - done)), "{done} of {all}: {said}");
                shell.say("tick").ok();
                return;
            }
            eprintln!("attempt {attempt}: {done} of {all} were sealed anew before the end");
        }
        panic!("it never ended in the middle");
    })
    .await;
}

fn rows_at(url: &str) -> Vec<vault::Model> {
    tokio::task::block_in_place(|| {
        tokio::runtime::Handle::current().block_on(async {
            let db = Db::connect(url).await.expect("the database");
            let rows = vault::page(&db.reader, None, 100_000).await.expect("rows");
            db.close().await.expect("closed");
            rows
        })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_before_the_change_starts_with_the_newer_file() {
    let shell = Shell::new().imported("");
    let copied = |from: &str, to: &str| {
        std::fs::create_dir_all(shell.path(to)).expect("a folder");
        for name in ["hearback.db", "hearback.db-wal"] {
            let (from, to) = (shell.path(from).join(name), shell.path(to).join(name));
            let _before = std::fs::remove_file(&to);
            let _shared = std::fs::remove_file(to.with_file_name("hearback.db-shm"));
            if from.exists() {
                std::fs::copy(from, to).expect("copied");
            }
        }
    };
    copied("data", "backup");
    shell.say("key new").ok();
    assert!(shell.say("key rotate").ok().contains("7 people"));
    copied("backup", "data");
    shell.say("tick").ok();
    // The newer key is there already: it is taken in, and none is made.
    let before = std::fs::read_to_string(shell.path("data/hearback.key")).expect("the key file");
    assert!(shell.say("key new").ok().contains("Key 2"));
    assert_eq!(std::fs::read_to_string(shell.path("data/hearback.key")).expect("the key file"), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_logged_twice_under_two_keys_is_recorded_once() {
    on_both(|trial| async move {
        trial.import_small().await;
        let said = act("R1", "2026-02-10", HistoryKind::Note, "The lamps were ordered");
        trial.log(said.clone()).await;
        let before = trial.events().await.len();
        let app = turned(&trial).await;
        let logged = hearback::actions::outcomes::record_outcome(&app, SLUG, said).await.expect("logged");
        assert!(matches!(logged, hearback::actions::outcomes::Logged::Unchanged), "{logged:?}");
        assert_eq!(trial.events().await.len(), before);
    })
    .await;
}
