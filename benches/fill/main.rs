//! Makes a database with one public project of many recommendations and a long record, for the benches:
//! `cargo bench --bench fill -- FOLDER RECOMMENDATIONS EVENTS`. Everything in it is made up. With a folder alone it makes
//! only the tables of the peers anew, in the database that lies there.
//!
//! The project grows as a real one does: a pack is imported every other month with what was said and done since, the
//! silences of the day are noticed, and the figures of an edition are taken.

mod pack;
mod peers;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Days, NaiveDate, Utc};
use hearback::actions::book::Book;
use hearback::actions::import::import;
use hearback::actions::showing::{self, Change};
use hearback::actions::{instance, publishing, record};
use hearback::app::App;
use hearback::clock::Clock;
use hearback::config::Config;
use hearback::domain::event::{Fact, PROJECT};
use hearback::domain::figures::{FirstFeedback, LeftOut, People, Share, Snapshot, work};
use hearback::domain::words::{Progress, Verdict, Visibility};
use hearback::keys::Keys;
use hearback::mail::transport::Transport;
use hearback::store::{self, Db, project, recommendation};

use pack::{Chance, EDITIONS, Plan, SLUG};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.as_slice() {
        [folder] => peers::prepare(&there(Path::new(folder)).await?, SLUG).await,
        [folder, recommendations, events] => {
            fill(Path::new(folder), recommendations.parse()?, events.parse()?).await
        }
        // Without arguments this is only `cargo bench` going through all there is.
        _ => {
            println!("usage: cargo bench --bench fill -- FOLDER [RECOMMENDATIONS EVENTS]");
            Ok(())
        }
    }
}

/// An instance that was made before, at the time that it is.
async fn there(folder: &Path) -> anyhow::Result<App> {
    let (config, db) = database(folder).await?;
    let keys = Keys::read(&config.key_file)?;
    App::new(db, Clock::system(), keys, Transport::Files(folder.join("mail")), config, false)
}

async fn database(folder: &Path) -> anyhow::Result<(Config, Db)> {
    let url = format!("sqlite://{}", folder.join("hearback.db").display());
    let settings = BTreeMap::from([("HEARBACK_DATABASE_URL".to_owned(), url)]);
    let config = Config::from(&settings, "")?;
    let db = Db::connect(&config.database_url).await?;
    Ok((config, db))
}

async fn fill(folder: &Path, recommendations: usize, events: usize) -> anyhow::Result<()> {
    let today = Clock::system().now();
    let app = made(folder, today).await?;
    let plan = Plan::new(recommendations, events, today.date_naive());
    for (number, period) in plan.periods.iter().enumerate() {
        app.clock.advance_to(at_nine(*period).min(today));
        bring_in(&app, &plan.pack(Some(number))).await?;
        take_figures(&app, *period, number).await?;
    }
    app.clock.advance_to(today);
    notice(&app).await?;
    let head = project(&app).await?.head_seq;
    let missing = i64::try_from(events)? - head;
    ensure!(missing >= 0, "the record has grown to {head} events already");
    bring_in(&app, &plan.notes(usize::try_from(missing)?)).await?;
    let change = Change { visibility: Some(Visibility::Public), ..Change::default() };
    showing::set(&app, SLUG, &change).await?;
    let verified = record::verify_project(&app, SLUG).await?;
    let Ok(head) = verified else { bail!("the record does not verify") };
    peers::prepare(&app, SLUG).await?;
    println!("{recommendations} recommendations, {} events; the record verifies", head.seq);
    Ok(())
}

fn at_nine(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(9, 0, 0).unwrap_or_default().and_utc()
}

/// An instance in a folder that holds nothing yet. Its mark says that its time is the real one.
async fn made(folder: &Path, today: DateTime<Utc>) -> anyhow::Result<App> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join("hearback.db");
    ensure!(!file.exists(), "{} is there already", file.display());
    let (config, db) = database(folder).await?;
    db.migrate().await?;
    let beginning = today - chrono::Duration::days(pack::SPAN + 30);
    instance::mark(&db, false, beginning).await?;
    let keys = Keys::make(&config.key_file)?;
    instance::tie(&db, &keys).await?;
    let mailer = Transport::Files(folder.join("mail"));
    App::new(db, Clock::at(beginning), keys, mailer, config, false)
}

async fn project(app: &App) -> anyhow::Result<project::Model> {
    project::by_slug(&app.db.reader, SLUG).await?.context("the project")
}

async fn bring_in(app: &App, pack: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let report = import(app, pack, false).await?;
    ensure!(report.errors.is_empty(), "{:?}", report.errors.get(..3).unwrap_or(&report.errors));
    notice(app).await
}

/// What a daily tick would have noticed until now.
async fn notice(app: &App) -> anyhow::Result<()> {
    let (id, now) = (project(app).await?.id, app.clock.now());
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, id).await?;
    let today = book.today(now);
    publishing::notice(&tx, &mut book, today, now).await?;
    project::set_noticed(&tx, id, today).await?;
    tx.commit().await?;
    Ok(())
}

/// The figures of an edition. Those about people are made up, in the form in which they are given out.
async fn take_figures(app: &App, period: NaiveDate, number: usize) -> anyhow::Result<()> {
    let (id, now) = (project(app).await?.id, app.clock.now());
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, id).await?;
    let traced: Vec<_> =
        recommendation::in_project(&tx, id).await?.into_iter().filter(|row| row.published).collect();
    let mut chance = Chance::new(number as u64);
    let mut said = BTreeMap::new();
    for (reference, standing) in book.standings() {
        if standing.progress == Progress::Done && chance.one_in(2) {
            let verdict = if chance.one_in(4) { Verdict::Disputed } else { Verdict::Confirmed };
            said.insert(reference.to_owned(), verdict);
        }
    }
    let behind = traced.iter().filter(|_| chance.one_in(3));
    let behind: BTreeMap<String, i64> = behind.map(|row| (row.reference.clone(), 10)).collect();
    let traceable = i64::try_from(traced.len())? - 4;
    let seq = book.project.head_seq;
    let work = work(book.standings(), &said, period, seq, traceable.max(0));
    let share = |count: i64, of: i64| Share { count: Some(count), of: Some(of) };
    let grown = 5 * i64::try_from(number)?;
    let people = People {
        told: share(150 + grown, 215 + grown),
        left_out: LeftOut { stopped: Some(10), paused: None, withdrawn: Some(15) },
        first_feedback: FirstFeedback {
            told: Some(180 + grown),
            median_days: Some(62),
            p90_days: Some(140),
            waiting: Some(35),
            longest_wait_days: Some(210 + grown),
        },
        loop_closed: share(310 + 10 * grown, 420 + 10 * grown),
        needs_met: share(60 + grown, 75 + grown),
        stories_used: share(240, 310),
        stories_behind: behind,
    };
    let snapshot = Snapshot { period, work, people, said };
    book.write(&tx, now, PROJECT, period, Fact::Figures(Box::new(snapshot))).await?;
    tx.commit().await?;
    Ok(())
}

/// The days of the editions: every other month, the last of them a while ago.
pub fn periods(today: NaiveDate) -> Vec<NaiveDate> {
    let back =
        |number: usize| Days::new((EDITIONS - number) as u64 * (pack::SPAN as u64 / EDITIONS as u64) - 45);
    (0..EDITIONS).filter_map(|number| today.checked_sub_days(back(number))).collect()
}
