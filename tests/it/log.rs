//! Marked people go through the whole program, in good times and bad. Nothing that is logged or said as an error
//! holds one of the marks.

use std::fmt::Debug;
use std::io::{Result, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hearback::actions::import::import;
use hearback::actions::participants::{self, Deed};
use hearback::actions::{outcomes, tasks};
use hearback::domain::words::{Choice, HistoryKind};
use hearback::keys::Keys;
use hearback::mail::smtp::PhaseLimits;
use hearback::{jobs, web};
use poem::test::TestClient;
use sea_orm::{ConnectionTrait, Database};
use tracing_subscriber::EnvFilter;

use crate::harness::{SLUG, Sheets, Trial, act, explained, skipped};
use crate::smtp_server::{Phase, Reaction, SmtpServer};

/// What must never be logged: about people, their stories, and what is told them.
const MARKS: &[&str] = &[
    "Zaphodine",
    "canary.quill",
    "Canary.Quill",
    "960777",
    "77 Canary Row",
    "CNRYX9",
    "PCNRY1",
    "heron in the cellar",
    "kingfisher evidence",
    "umbrella explanation",
    "relay-password-canary",
    "lantern canary words",
];

/// All that was logged and has a mark in it. Other tests of this binary log too, so nothing else is kept.
static MARKED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static TOKENS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LOGGED: Mutex<usize> = Mutex::new(0);

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Watch;

impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        if text.contains(" hearback::") {
            *lock(&LOGGED) += 1;
        }
        if is_marked(&text) {
            lock(&MARKED).push(text.into_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

fn is_marked(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
        || lock(&TOKENS).iter().any(|token| text.contains(token.as_str()))
}

/// What is said about an error, in every form in which it may get into a log.
#[track_caller]
fn clean<E: Debug + std::fmt::Display>(error: &E) {
    for text in [format!("{error}"), format!("{error:?}"), format!("{error:#}")] {
        assert!(!is_marked(&text), "an error holds a mark: {text}");
    }
}

fn marked() -> Sheets {
    let mut sheets = Sheets::small();
    sheets
        .add(
            "participants",
            "PCNRY1,Zaphodine,canary.quill@people.example,01632 960777,\"77 Canary Row\nWennbridge\",email,standard,every,,yes\n\
             PCNRY2,Zaphodine,,01632 960777,\"77 Canary Row\nWennbridge\",letter,standard,every,,yes\n",
        )
        .add("stories", "CNRYX9,PCNRY1,The heron in the cellar,written,public_anonymous,code\n")
        .add("evidence", "R1,CNRYX9,supports,A kingfisher evidence\n")
        .history("R1,2026-02-10,progress,stalled,money,An umbrella explanation.,The council,2026-06-01,");
    sheets
}

async fn token(t: &Trial, person: &str) -> String {
    let token = t.link_of(person).await;
    lock(&TOKENS).push(token.clone());
    token
}

async fn good_times(t: &Trial) {
    let sheets = marked();
    t.bring_in(&sheets).await;
    token(t, "PCNRY1").await;
    token(t, "PCNRY2").await;
    t.days_until("2026-04-02").await;
    assert!(!t.mails_to("canary.quill@people.example").is_empty());
    for task in tasks::list(&t.app()).await.expect("tasks").tasks {
        tasks::show(&t.app(), task.id, "posting it").await.expect("a letter");
        tasks::done(&t.app(), task.id, "Robin", None).await.expect("done");
    }
    let mut changed = sheets.clone();
    changed.swap("participants", "canary.quill@", "canary.quill2@").swap(
        "history",
        "umbrella explanation",
        "other umbrella explanation",
    );
    t.bring_in(&changed).await;
}

async fn refusals(t: &Trial) {
    // An import that is refused tells places, and no contact data.
    for (sheet, from, to) in [
        ("participants", "canary.quill@people.example", "canary.quill@@people.example"),
        ("participants", "01632 960777,\"77", "01632 960777 or so,\"77"),
        ("participants", "PCNRY1,Zaphodine", "PCNRY1,Zaphodine\u{7}"),
        ("stories", "The heron in the cellar", "The heron in the cellar\0"),
        ("participants", "email,standard,every,,yes\nPCNRY2", "Zaphodine,standard,every,,yes\nPCNRY2"),
    ] {
        let mut sheets = marked();
        sheets.swap(sheet, from, to);
        let report = import(&t.app(), &sheets.files(), false).await.expect("a report");
        assert!(!report.errors.is_empty(), "{from}");
        let said = format!("{:?} {:?}", report.errors, report.warnings);
        assert!(!is_marked(&said), "{said}");
    }
    let declined = act("R1", "2026-04-02", HistoryKind::Response, "declined");
    let mut words = declined.clone();
    words.explanation = Some("lantern canary words".to_owned());
    for act in [
        declined,
        words,
        act("R1", "2026-01-01", HistoryKind::Note, "lantern canary words"),
        act("R1", "2026-04-02", HistoryKind::PromiseKept, "lantern canary words"),
    ] {
        clean(&outcomes::record_outcome(&t.app(), SLUG, act).await.expect_err("refused"));
    }
    let stall = explained(
        act("R2", "2026-04-02", HistoryKind::Progress, "stalled"),
        "lantern canary words",
        "2026-06-01",
    );
    t.log(stall).await;
    for deed in [
        Deed::Choose(Choice::Channel, "Zaphodine".to_owned()),
        Deed::Choose(Choice::QuietTimes, "Zaphodine".to_owned()),
    ] {
        clean(&participants::act(&t.app(), SLUG, "PCNRY1", &deed).await.expect_err("refused"));
    }
}

async fn pages(t: &Trial) {
    let site = TestClient::new(web::routes(t.app(), None));
    let good = token(t, "PCNRY1").await;
    let flipped = format!("{}{}", &good[..42], if good.ends_with('A') { 'B' } else { 'A' });
    let foreign =
        Keys::from_bytes([9; 32]).token("updates", "00112233445566778899aabbccddeeff").expect("a token");
    lock(&TOKENS).extend([flipped.clone(), foreign.clone()]);
    for token in [&good, &flipped, &foreign, &good[..20].to_owned()] {
        for path in [
            format!("/u/{token}"),
            format!("/u/{token}/resume"),
            format!("/{token}"),
            format!("/health/{token}"),
        ] {
            drop(site.get(&path).send().await);
            drop(
                site.post(&path)
                    .header("sec-fetch-site", "cross-site")
                    .header("origin", "https://x.example")
                    .send()
                    .await,
            );
            drop(site.post(&path).header("referer", &path).send().await);
            drop(site.delete(&path).send().await);
        }
    }
}

async fn bad_relay() {
    let hurry = Duration::from_millis(300);
    let limits =
        PhaseLimits { connect: hurry, greeting: hurry, command: hurry, data: hurry, after_dot: hurry };
    let down = Trial::new().await.through("smtp://user:relay-password-canary@127.0.0.1:9", limits);
    down.bring_in(&marked()).await;
    down.days_until("2026-04-03").await;

    let reply = "550 5.1.1 <canary.quill@people.example>: Zaphodine is unknown here";
    for phase in [Phase::Rcpt, Phase::Dot, Phase::Mail] {
        for reply in [reply.to_owned(), reply.replacen('5', "4", 1), "nonsense canary.quill".to_owned()] {
            let server = SmtpServer::start().await;
            server.always(phase, Reaction::Reply(reply));
            let t = Trial::new().await.through(&server.url(), limits);
            t.bring_in(&marked()).await;
            t.days_until("2026-04-02").await;
            for task in tasks::list(&t.app()).await.expect("tasks").tasks {
                // The relay's own words are for staff, and without the address.
                assert!(!task.why.as_deref().unwrap_or_default().contains("canary.quill"), "{:?}", task.why);
            }
        }
    }
}

/// The database breaks under it.
async fn broken_database(t: &Trial) {
    let db = Database::connect(t.database_url()).await.expect("the database");
    for table in ["vault", "message", "history"] {
        db.execute_unprepared(&format!("ALTER TABLE {table} RENAME TO {table}_gone")).await.expect("renamed");
    }
    db.close().await.expect("closed");
    clean(&import(&t.app(), &marked().files(), false).await.expect_err("broken"));
    clean(&participants::act(&t.app(), SLUG, "PCNRY1", &Deed::Stop).await.expect_err("broken"));
    let note = act("R1", "2026-04-02", HistoryKind::Note, "lantern canary words");
    clean(&outcomes::record_outcome(&t.app(), SLUG, note).await.expect_err("broken"));
    t.app().clock.advance(chrono::Duration::days(40));
    clean(&jobs::tick(&t.app()).await.expect_err("broken"));
    pages(t).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_about_people_or_their_stories_is_logged_in_good_times_or_bad() {
    let filter = EnvFilter::new("debug,hearback=trace");
    let watching =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(|| Watch).try_init();
    assert!(watching.is_ok(), "another test took the log");
    let before = *lock(&LOGGED);

    let mut trials = vec![Trial::new().await];
    match Trial::postgres().await {
        Some(trial) => trials.push(trial),
        None => skipped("the log on PostgreSQL"),
    }
    for t in &trials {
        good_times(t).await;
        refusals(t).await;
        pages(t).await;
        participants::withdraw_story(&t.app(), SLUG, "CNRYX9").await.expect("withdrawn");
        t.days_until("2026-04-04").await;
        broken_database(t).await;
    }
    bad_relay().await;

    assert!(*lock(&LOGGED) > before, "something was logged");
    let found = lock(&MARKED).clone();
    assert!(found.is_empty(), "{} lines: {:#?}", found.len(), &found[..found.len().min(10)]);
}
