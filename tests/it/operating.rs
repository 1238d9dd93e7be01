//! What an operator is given to run hearback and to see how it does: the files to start it with, the metrics, and the table
//! of deliveries.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hearback::actions::deliveries;
use hearback::actions::participants::Deed;
use hearback::app::App;
use hearback::domain::words::MessageState;
use hearback::mail::smtp::PhaseLimits;
use hearback::web;
use poem::test::TestClient;
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::cli::Shell;
use crate::harness::{SLUG, Trial, at, on_both, skipped, variable};
use crate::smtp_server::{Phase, Reaction, SmtpServer};

const LONG: Duration = Duration::from_secs(60);
const LIMITS: PhaseLimits =
    PhaseLimits { connect: LONG, greeting: LONG, command: LONG, data: LONG, after_dot: LONG };

fn in_repository(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The settings that `config.rs` reads, as variables.
fn settings() -> BTreeSet<String> {
    let code = in_repository("src/config.rs");
    let (_, names) = code.split_once("const NAMES: &[&str] = &[").expect("the list of settings");
    let (names, _) = names.split_once("];").expect("its end");
    let names = names.split('"').skip(1).step_by(2);
    names.map(|name| format!("HEARBACK_{}", name.to_uppercase())).collect()
}

fn variables(text: &str) -> BTreeSet<&str> {
    let ends = |c: char| !(c.is_ascii_uppercase() || c == '_');
    text.match_indices("HEARBACK_").map(|(at, _)| text[at..].split(ends).next().unwrap_or_default()).collect()
}

#[test]
fn what_starts_hearback_names_only_settings_that_there_are() {
    let known = settings();
    assert!(known.contains("HEARBACK_KEY_FILE") && known.contains("HEARBACK_METRICS_LISTEN"), "{known:?}");
    for file in ["docker-compose.yml", "Dockerfile", "contrib/hearback.service"] {
        let text = in_repository(file);
        let named = variables(&text);
        assert!(!named.is_empty(), "{file} sets nothing");
        for name in named {
            let direct = name.strip_suffix("_FILE").filter(|name| known.contains(*name));
            assert!(known.contains(name) || direct.is_some(), "{file} names {name}");
        }
    }
}

#[test]
fn every_setting_is_in_the_handbook() {
    let text = in_repository("docs/operating.md");
    for name in settings() {
        assert!(text.contains(&format!("`{name}`")), "docs/operating.md does not name {name}");
    }
}

#[test]
fn what_the_image_copies_is_there_and_is_let_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let let_in: BTreeSet<String> = in_repository(".dockerignore")
        .lines()
        .filter_map(|line| line.strip_prefix('!'))
        .map(str::to_owned)
        .collect();
    let mut copied = BTreeSet::new();
    for line in in_repository("Dockerfile").lines().filter_map(|line| line.strip_prefix("COPY ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some((_, sources)) = words.split_last() else { panic!("COPY of nothing") };
        for source in sources.iter().filter(|_| !line.starts_with("--from")) {
            assert!(root.join(source).exists(), "{source} is not there");
            let top = source.split('/').next().unwrap_or_default();
            assert!(let_in.contains(top), "{source} is kept out by .dockerignore");
            copied.insert(top.to_owned());
        }
    }
    // What the sources take in from beside them.
    for folder in ["templates", "assets", "sample"] {
        assert!(copied.contains(folder), "{folder} is not copied");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_a_newer_version_the_one_before_goes_on_and_can_be_brought_back() {
    on_both(|trial| async move {
        trial.import_small().await;
        let tx = hearback::store::begin(&trial.app().db).await.expect("a transaction");
        let newer =
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2099_01_01_000001_newer', 0)";
        tx.execute_unprepared(newer).await.expect("a step of a newer version");
        tx.commit().await.expect("committed");
        let ready = TestClient::new(web::routes(trial.app(), None)).get("/health/ready").send().await;
        assert_ne!(ready.0.into_body().into_string().await.expect("text"), "the database does not answer");
        assert!(!trial.app().db.is_behind().await.expect("a query"));
        trial.app().db.migrate().await.expect("nothing to do");
        let tx = hearback::store::begin(&trial.app().db).await.expect("a transaction");
        let lacking = "DELETE FROM seaql_migrations WHERE version LIKE '%_keys'";
        tx.execute_unprepared(lacking).await.expect("a step was not taken");
        tx.commit().await.expect("committed");
        let refused = trial.app().db.migrate().await.expect_err("two histories").to_string();
        assert!(refused.contains("does not know"), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_begin_together_bring_the_tables_up_to_date_once() {
    let Some(server) = variable("HEARBACK_TEST_POSTGRES") else {
        return skipped("migrating from several processes at once (set HEARBACK_TEST_POSTGRES)");
    };
    let name = format!("hearback_{}", uuid::Uuid::new_v4().simple());
    let admin = Database::connect(server.as_str()).await.expect("PostgreSQL");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    let url = format!("{}/{name}", server.rsplit_once('/').expect("a database").0);
    let several = (0..4).map(|_| {
        let url = url.clone();
        tokio::spawn(
            async move { hearback::store::Db::connect(&url).await.expect("a database").migrate().await },
        )
    });
    for one in several.collect::<Vec<_>>() {
        one.await.expect("no panic").expect("migrated");
    }
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("dropped");
}

fn app_of(trial: Trial) -> (Trial, Arc<App>) {
    let app = trial.app();
    (trial, app)
}

async fn metrics(app: &Arc<App>) -> String {
    let answer = TestClient::new(web::metrics::routes(app.clone())).get("/metrics").send().await;
    answer.assert_status_is_ok();
    answer.assert_content_type("text/plain; version=0.0.4; charset=utf-8");
    answer.0.into_body().into_string().await.expect("text")
}

fn has(text: &str, line: &str) {
    assert!(text.lines().any(|known| known == line), "{line} is not in\n{text}");
}

/// Two messages are accepted, one is refused, and of one nobody knows.
async fn sent(trial: Trial, server: &SmtpServer) -> Trial {
    server.for_recipient("kit@people.example", Phase::Rcpt, Reaction::Reply("554 not from here".to_owned()));
    server.for_recipient("noor@people.example", Phase::Rcpt, Reaction::Code(451));
    server.for_recipient("lee@people.example", Phase::Dot, Reaction::CutAfterTaking);
    let trial = trial.through(&server.url(), LIMITS);
    trial.import_small().await;
    trial.tick_at("2026-04-01T09:30Z").await;
    trial
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_count_what_waits_and_what_became_of_the_rest_and_name_nobody() {
    on_both(|trial| async move {
        let server = SmtpServer::start().await;
        let (trial, app) = app_of(sent(trial, &server).await);
        let text = metrics(&app).await;
        has(&text, "# TYPE hearback_messages_waiting gauge");
        has(&text, "hearback_messages_waiting{state=\"queued\"} 0");
        has(&text, "hearback_messages_waiting{state=\"deferred\"} 1");
        has(&text, "hearback_messages_waiting{state=\"unknown\"} 1");
        has(&text, "hearback_tasks_waiting 2");
        has(&text, "hearback_oldest_due_seconds 0");
        has(&text, "hearback_outcomes_total{state=\"accepted\",smtp_class=\"2\"} 1");
        has(&text, "hearback_outcomes_total{state=\"accepted\",smtp_class=\"0\"} 0");
        has(&text, "hearback_outcomes_total{state=\"failed\",smtp_class=\"5\"} 1");
        has(&text, "hearback_retries_total 0");
        has(&text, "hearback_last_tick_age_seconds 0");
        has(&text, &format!("hearback_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")));
        trial.app().clock.advance_to(at("2026-04-01T12:00Z"));
        let later = metrics(&app).await;
        let (_, due) = later.split_once("\nhearback_oldest_due_seconds ").expect("the age");
        let due: i64 = due.lines().next().expect("a line").parse().expect("seconds");
        assert!((6_000..9_000).contains(&due), "due since half an hour after the attempt: {due}");
        has(&later, "hearback_last_tick_age_seconds 9000");
        trial.tick().await;
        has(&metrics(&app).await, "hearback_retries_total 2");
        for text in [text, later] {
            let lower = text.to_lowercase();
            for word in [SLUG, "river", "people.example", "kit", "noor", "sam", "robin", "lantern", "r1"] {
                assert!(!lower.contains(word), "{word} in\n{text}");
            }
        }
    })
    .await;
}

async fn get(address: std::net::SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_stand_on_a_listener_of_their_own_and_never_on_the_public_one() {
    let trial = Trial::new().await;
    trial.import_small().await;
    let of = trial.app();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let public = listener.local_addr().expect("an address");
    let watched = {
        let free = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        free.local_addr().expect("an address")
    };
    let mut config = of.config.clone();
    config.metrics_listen = Some(watched);
    let db = hearback::store::Db::connect(&config.database_url).await.expect("the database");
    let mailer = hearback::mail::transport::Transport::Files(trial.mail_folder());
    let app = App::new(db, of.clock.clone(), of.keys.clone(), mailer, config, true).expect("an app");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(web::serve(Arc::new(app), listener, None, async move {
        let _told = stopped.await;
    }));
    while TcpStream::connect(watched).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert!(get(public, "/metrics").await.starts_with("HTTP/1.1 404"));
    let page = get(watched, "/metrics").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("hearback_build_info{"), "{page}");
    assert!(get(watched, "/").await.starts_with("HTTP/1.1 404"), "nothing else is there");
    assert!(get(watched, "/health/live").await.starts_with("HTTP/1.1 404"));
    stop.send(()).expect("it still runs");
    served.await.expect("no panic").expect("it ends");
    assert!(TcpStream::connect(watched).await.is_err());
}

#[tokio::test]
async fn however_often_the_metrics_are_asked_for_the_database_is_asked_seldom() {
    let trial = Trial::new().await;
    trial.import_small().await;
    let site = TestClient::new(web::metrics::routes(trial.app()));
    let ask = async || site.get("/metrics").send().await.0.into_body().into_string().await.expect("text");
    let before = ask().await;
    trial.tick_at("2026-04-01T09:30Z").await;
    assert_eq!(ask().await.matches("hearback_tasks_waiting 0").count(), 1, "what was counted a moment ago");
    assert!(before.contains("hearback_tasks_waiting 0"));
    has(&metrics(&trial.app()).await, "hearback_tasks_waiting 2");
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_tell_of_each_edition_what_waits_what_came_of_the_rest_and_what_needs_a_person() {
    on_both(|trial| async move {
        let server = SmtpServer::start().await;
        let trial = sent(trial, &server).await;
        trial.deed("P03", Deed::Pause).await;
        let found = deliveries::list(&trial.app(), Some(SLUG), None).await.expect("deliveries");
        let [first, ..] = &found[..] else { panic!("{found:?}") };
        assert_eq!(first.edition.map(|day| day.to_string()).as_deref(), Some("2026-04-01"));
        let counts =
            (first.updates, first.accepted, first.recorded, first.waiting, first.unknown, first.tasks);
        assert_eq!(counts, (6, 1, 0, 0, 1, 2), "{first:?}");
        assert!(first.unknown_again_at > Some(at("2026-04-01T09:59Z")));
        assert_eq!(first.taken_back.get("paused"), Some(&1), "{first:?}");
        let [refused] = &first.for_a_person[..] else { panic!("{first:?}") };
        assert!(refused.why.contains("554"), "{refused:?}");
        assert!(!serde_json::to_string(&found).expect("JSON").contains("people.example"));
        let none = deliveries::list(&trial.app(), None, Some("2026-04-02".parse().expect("a day"))).await;
        assert!(none.expect_err("no such edition").to_string().contains("An edition of 2026-04-02"));
        assert!(deliveries::list(&trial.app(), Some("nowhere"), None).await.is_err());
        // After its second try the unknown one is for a person.
        trial.tick_at("2026-04-01T11:00Z").await;
        let found = deliveries::list(&trial.app(), None, Some("2026-04-01".parse().expect("a day"))).await;
        let first = &found.expect("deliveries")[0];
        assert_eq!((first.unknown, first.for_a_person.len(), first.retries), (0, 2, 1), "{first:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_mailbox_is_told_as_what_comes_again_and_not_as_work_for_a_person() {
    on_both(|trial| async move {
        let server = SmtpServer::start().await;
        let full = Reaction::Reply("552 5.2.2 the mailbox is full".to_owned());
        server.for_recipient("kit@people.example", Phase::Rcpt, full);
        let trial = trial.through(&server.url(), LIMITS);
        trial.import_small().await;
        trial.tick_at("2026-04-01T09:30Z").await;
        let found = deliveries::list(&trial.app(), Some(SLUG), None).await.expect("deliveries");
        let came_back: Vec<_> = found[0].came_back.iter().collect();
        let [(why, 1)] = came_back[..] else { panic!("{found:?}") };
        assert!(why.contains("552"), "{why}");
        assert!(found[0].for_a_person.is_empty(), "{found:?}");
        let waits = hearback::actions::tasks::list(&trial.app()).await.expect("tasks");
        assert!(waits.tasks.iter().all(|task| task.state == MessageState::Task), "{waits:?}");
    })
    .await;
}

#[tokio::test]
async fn before_the_first_tick_its_age_is_without_end_and_no_counter_is_missing() {
    let trial = Trial::new().await;
    trial.import_small().await;
    let text = metrics(&trial.app()).await;
    has(&text, "hearback_last_tick_age_seconds +Inf");
    has(&text, "hearback_outcomes_total{state=\"failed\",smtp_class=\"5\"} 0");
    has(&text, "hearback_outcomes_total{state=\"unknown\",smtp_class=\"0\"} 0");
}

#[test]
fn on_the_command_line_deliveries_are_a_table_in_words_or_json() {
    let empty = Shell::new();
    empty.say("deliveries").refused("There is no database");
    empty.say("init").ok();
    assert!(empty.say("deliveries").ok().contains("There is no edition yet."));
    let shell = Shell::new().imported("2026-03-01");
    shell.say("tick --at 2026-04-02").ok();
    shell.say("participant stop river-path P05").ok();
    let out = shell.say("deliveries").ok();
    for words in [
        "2026-04-01, sent",
        "accepted: the mail server took it",
        "1 message not sent: stopped",
        "hearback tasks",
    ] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    for word in ["P05", "Sam", "Ada", "people.example"] {
        assert!(!out.contains(word), "{word} in\n{out}");
    }
    let json: Value =
        serde_json::from_str(&shell.say("deliveries --edition 2026-04-01 --json").ok()).expect("JSON");
    assert_eq!(
        (&json[0]["updates"], &json[0]["accepted"], &json[0]["tasks"]),
        (&6.into(), &4.into(), &1.into())
    );
    shell.say("deliveries --project nowhere").refused("nowhere");
    shell.say("deliveries --edition 2026-04-09").refused("An edition of 2026-04-09");
}
