//! What breaks while messages go out, and what must hold all the same: a relay that misbehaves, processes that are killed
//! or stopped, databases that refuse. `HEARBACK_TEST_FULL=1` runs it at full size; without it fewer messages do.

mod database;
mod killed;
mod panics;
mod relay;
mod replicas;
mod stopped;
mod withdrawals;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use hearback::clock::Clock;
use hearback::domain::words::MessageState;
use hearback::jobs::{Ticked, compose};
use hearback::mail::smtp::PhaseLimits;
use hearback::store::{self, message};
use sea_orm::{ConnectionTrait, QueryResult, Statement};

use crate::harness::{Sheets, Trial, skipped, variable};
use crate::smtp_server::SmtpServer;

/// Nothing that is waited for may take longer.
const PATIENCE: Duration = Duration::from_secs(120);

fn limits(limit: Duration) -> PhaseLimits {
    PhaseLimits { connect: PATIENCE, greeting: limit, command: limit, data: limit, after_dot: limit }
}

/// The first where everything is run at its full size, and the second where it is not.
fn sized(full: usize, usual: usize) -> usize {
    if variable("HEARBACK_TEST_FULL").is_some() { full } else { usual }
}

/// So many people with e-mail, `p0@people.example` and on, each with a story behind the first recommendation.
fn crowd(people: usize) -> Sheets {
    let mut pack = Sheets::small();
    let mut participants = String::from("id,greeting_name,email,channel,format,cadence,contact_consent\n");
    let mut stories = String::from("code,participant,summary,medium,consent,attribution\n");
    let mut evidence = String::from("recommendation,story,direction,why\n");
    for n in 0..people {
        participants.push_str(&format!("P{n},Name{n},p{n}@people.example,email,standard,every,yes\n"));
        stories.push_str(&format!("KX{n},P{n},Something,written,internal,code\n"));
        evidence.push_str(&format!("R1,KX{n},supports,\n"));
    }
    pack.put("participants", &participants).put("stories", &stories).put("evidence", &evidence);
    pack
}

/// An instance whose messages wait for processes of their own to send them, now.
async fn queued(on_postgres: bool, people: usize) -> Option<Trial> {
    let Some(t) = Trial::of_today(on_postgres).await else {
        skipped("senders that break on PostgreSQL (set HEARBACK_TEST_POSTGRES)");
        return None;
    };
    let now = Clock::system().now();
    // So that no other edition comes for weeks.
    let moment = now - chrono::Duration::hours(2);
    let mut pack = crowd(people);
    pack.swap("project", "Europe/London", "UTC").swap(
        "project",
        "0 10 1 * *",
        &moment.format("%-M %-H %-d * *").to_string(),
    );
    t.bring_in(&pack).await;
    t.app().clock.advance_to(now);
    let mut ticked = Ticked::default();
    compose::run(&t.app(), t.project().await.id, &mut ticked).await.expect("an edition");
    assert_eq!((ticked.editions, ticked.updates), (1, people));
    Some(t)
}

/// A process of its own on this instance, with a name for its log.
fn process(t: &Trial, relay: &str, name: &str, arguments: &[&str]) -> Child {
    let mut command = command(t, relay, name, env!("CARGO_BIN_EXE_hearback"));
    command.args(arguments).spawn().expect("the program starts")
}

fn command(t: &Trial, relay: &str, name: &str, program: &str) -> Command {
    let log = File::create(t.folder.path().join(format!("{name}.log"))).expect("a log");
    let mut command = Command::new(program);
    command.env_clear().current_dir(t.folder.path());
    let url = match t.app().db.is_sqlite() {
        true => t.database_url(),
        false => format!("{}?application_name={name}", t.database_url()),
    };
    command.env("HEARBACK_DATABASE_URL", url).env("HEARBACK_MAIL", relay);
    command.env("HEARBACK_KEY_FILE", t.folder.path().join("hearback.key"));
    command.env("HEARBACK_PUBLIC_URL", "http://updates.example.org").env("HEARBACK_LISTEN", "127.0.0.1:0");
    let log_too = log.try_clone().expect("a log");
    command.stdin(Stdio::null()).stdout(log).stderr(log_too);
    command
}

fn log_of(t: &Trial, name: &str) -> String {
    std::fs::read_to_string(t.folder.path().join(format!("{name}.log"))).expect("a log")
}

fn signal(child: &Child, signal: &str) {
    let done = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs");
    assert!(done.success(), "{signal}");
}

/// Waits until this holds.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !holds().await {
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
}

/// Kills a process and waits until PostgreSQL too has noticed that it is gone.
async fn kill(t: &Trial, child: &mut Child, name: &str) {
    child.kill().expect("killed");
    child.wait().expect("it is gone");
    if t.app().db.is_sqlite() {
        return;
    }
    let sql = format!("SELECT pid FROM pg_stat_activity WHERE application_name = '{name}'");
    until("the end of its connections", async || ask(t, &sql).await.is_empty()).await;
}

async fn ask(t: &Trial, sql: &str) -> Vec<QueryResult> {
    let db = &t.app().db.reader;
    let statement = Statement::from_string(db.get_database_backend(), sql.to_owned());
    db.query_all_raw(statement).await.expect("an answer")
}

/// Waits until a process ends by itself.
async fn ended(child: &mut Child) -> ExitStatus {
    let mut status = None;
    until("the end of a process", async || {
        status = child.try_wait().expect("a process");
        status.is_some()
    })
    .await;
    status.expect("it has ended")
}

/// The clock of all processes is the system's, so that what lies with dead senders is moved into the past instead: their
/// leases end, and what waits is due.
async fn an_hour_passes(t: &Trial) {
    let app = t.app();
    let tx = store::begin(&app.db).await.expect("a transaction");
    for column in ["lease_until", "due_at"] {
        let sql = format!(
            "UPDATE message SET {column} = {column} - 3600000000 WHERE finished_at IS NULL AND {column} IS NOT NULL"
        );
        tx.execute_unprepared(&sql).await.expect("an hour");
    }
    tx.commit().await.expect("committed");
}

async fn rows(t: &Trial) -> Vec<message::Model> {
    message::all(&t.app().db.reader).await.expect("messages")
}

async fn states(t: &Trial) -> BTreeMap<&'static str, usize> {
    let mut states = BTreeMap::new();
    for row in rows(t).await {
        *states.entry(row.state.code()).or_default() += 1;
    }
    states
}

/// How often each message was taken, by its id.
fn taken(server: &SmtpServer) -> HashMap<String, usize> {
    let mut taken = HashMap::new();
    for message in server.accepted() {
        let text = message.text();
        let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: <")?.strip_suffix('>'));
        *taken.entry(id.expect("an id").to_owned()).or_default() += 1;
    }
    taken
}
