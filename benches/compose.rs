//! What composing costs beside one set-based INSERT of the same rows, and how much memory it takes:
//! `cargo bench --bench compose -- FOLDER PEOPLE ROUNDS [POSTGRES]`, with the address of a PostgreSQL in which databases may
//! be made. Everything in them is made up. Each measurement is a process of its own on a database as new, and the two
//! take turns.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use hearback::actions::import::import;
use hearback::actions::instance;
use hearback::app::App;
use hearback::clock::Clock;
use hearback::config::Config;
use hearback::domain::words::{
    Cadence, Channel, Consent, Direction, EditionState, Format, Medium, ParticipantState,
};
use hearback::jobs::{Ticked, compose};
use hearback::keys::Keys;
use hearback::mail::transport::Transport;
use hearback::store::types::{EvidenceId, ParticipantId, StoryId};
use hearback::store::{self, Db, edition, evidence, participant, project, recommendation, story};
use sea_orm::{ActiveModelTrait, ConnectionTrait, Database, IntoActiveModel};

const SLUG: &str = "the-long-road";
const RECOMMENDATIONS: usize = 50;
const TABLES: [&str; 3] = ["update", "message", "link"];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["fill", folder, url, people] => fill(Path::new(folder), url, people.parse()?).await,
        ["keep", folder, url] => keep(Path::new(folder), url).await,
        ["compose", folder, url] => measure_compose(Path::new(folder), url).await,
        ["insert", folder, url] => measure_insert(Path::new(folder), url).await,
        [folder, people, rounds] => all(Path::new(folder), people.parse()?, rounds.parse()?, None).await,
        [folder, people, rounds, postgres] => {
            all(Path::new(folder), people.parse()?, rounds.parse()?, Some(postgres)).await
        }
        // Without arguments this is only `cargo bench` going through all there is.
        _ => {
            println!("usage: cargo bench --bench compose -- FOLDER PEOPLE ROUNDS [POSTGRES]");
            Ok(())
        }
    }
}

fn moment(text: &str) -> anyhow::Result<DateTime<Utc>> {
    Ok(DateTime::parse_from_rfc3339(text)?.with_timezone(&Utc))
}

async fn app(folder: &Path, url: &str, now: &str) -> anyhow::Result<Arc<App>> {
    let settings = BTreeMap::from([
        ("HEARBACK_DATABASE_URL".to_owned(), url.to_owned()),
        ("HEARBACK_KEY_FILE".to_owned(), folder.join("hearback.key").display().to_string()),
    ]);
    let config = Config::from(&settings, "")?;
    let db = Db::connect(url).await?;
    let now = moment(now)?;
    db.migrate().await?;
    let keys =
        if config.key_file.exists() { Keys::read(&config.key_file)? } else { Keys::make(&config.key_file)? };
    let mailer = Transport::Files(folder.join("mail"));
    Ok(Arc::new(App::new(db, Clock::at(now), keys, mailer, config, true)?))
}

const EDITION_DAY: &str = "2026-04-01T09:00:01Z";

/// A project of fifty recommendations, its first edition cut off, and people for whom nothing is composed yet.
async fn fill(folder: &Path, url: &str, people: usize) -> anyhow::Result<()> {
    let app = app(folder, url, "2026-03-01T09:00:00Z").await?;
    instance::mark(&app.db, true, app.clock.now()).await?;
    instance::tie(&app.db, &app.keys).await?;
    let report = import(&app, &pack(), false).await?;
    ensure!(report.errors.is_empty(), "{:?}", report.errors);
    app.clock.advance_to(moment(EDITION_DAY)?);
    let project = project::by_slug(&app.db.reader, SLUG).await?.context("the project")?;
    compose::run(&app, project.id, &mut Ticked::default()).await?;
    let recommendations = recommendation::in_project(&app.db.reader, project.id).await?;
    let tx = store::begin(&app.db).await?;
    for from in (0..people).step_by(5_000) {
        let (mut persons, mut stories, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for number in from..people.min(from + 5_000) {
            let person = person(project.id, number);
            let story = story::Model {
                id: StoryId::new(),
                project_id: project.id,
                participant_id: Some(person.id),
                code: Some(format!("ST{number:06}")),
                code_hash: format!("{number:064x}"),
                summary: Some("Tells of a long evening on the way home".to_owned()),
                url: None,
                medium: Some(Medium::Written),
                gathered_on: Some(person.joined_on),
                consent: Some(Consent::Internal),
                attribution: None,
                content_note: None,
                withdrawn_at: None,
            };
            // Each person speaks for two of them.
            for place in [number, number * 7 + 3 + number / RECOMMENDATIONS % 40] {
                let recommendation_id = recommendations[place % RECOMMENDATIONS].id;
                if links.last().is_some_and(|last: &evidence::Model| {
                    last.story_id == story.id && last.recommendation_id == recommendation_id
                }) {
                    continue;
                }
                links.push(evidence::Model {
                    id: EvidenceId::new(),
                    project_id: project.id,
                    recommendation_id,
                    story_id: story.id,
                    direction: Direction::Supports,
                    why: None,
                    linked_seq: 0,
                });
            }
            persons.push(person.into_active_model());
            stories.push(story.into_active_model());
        }
        participant::insert_many(&tx, persons.into_iter().map(ActiveModelTrait::reset_all).collect()).await?;
        story::insert_many(&tx, stories.into_iter().map(ActiveModelTrait::reset_all).collect()).await?;
        let links = links.into_iter().map(|link| link.into_active_model().reset_all()).collect();
        evidence::insert_many(&tx, links).await?;
    }
    tx.commit().await?;
    cut_off_again(&app).await?;
    app.db.settle().await
}

fn person(project_id: store::types::ProjectId, number: usize) -> participant::Model {
    participant::Model {
        id: ParticipantId::new(),
        project_id,
        reference: format!("T{number:06}"),
        skeleton: format!("t{number:06}"),
        channel: if number.is_multiple_of(20) { Channel::Letter } else { Channel::Email },
        language: "en".to_owned(),
        format: if number.is_multiple_of(10) { Format::PlainText } else { Format::Standard },
        cadence: Cadence::Every,
        quiet_times: (number.is_multiple_of(25)).then(|| "Fri 12:00-14:00".to_owned()),
        contact_consent: true,
        state: ParticipantState::Active,
        chosen: String::new(),
        told_seq: 0,
        maybe_seq: 0,
        last_period: None,
        first_told_at: None,
        joined_on: NaiveDate::default(),
        acted_on: None,
        chose_on: None,
        told_on: None,
        bounced_at: None,
        bounced_why: None,
        bounced_hash: None,
        address_since: None,
    }
}

fn pack() -> BTreeMap<String, Vec<u8>> {
    let mut recommendations = "ref,title,text,responsible,published_on,response_due_on\n".to_owned();
    let mut history =
        "recommendation,on,kind,value,reason,explanation,tried,decided_by,unblock,in_our_control,review_on\n"
            .to_owned();
    for number in 1..=RECOMMENDATIONS {
        let _ = writeln!(
            recommendations,
            "R{number:02},Light the way to gate {number},Put lamps along the way to gate {number},Town council,\
             2026-02-01,2026-05-01"
        );
        let _ = writeln!(history, "R{number:02},2026-02-10,response,accepted,,,,,,,");
        let _ = writeln!(history, "R{number:02},2026-02-12,progress,planned,,,,,,,");
        let _ = writeln!(
            history,
            "R{number:02},2026-02-20,progress,stalled,money,The money went to repairs after the flood.,\
             We asked two funds.,Head of streets,The county decides in the summer.,partly,2026-06-01"
        );
    }
    let project = "key,value\nslug,the-long-road\ntitle,The long road home\norganisation,The Listening Table\n\
                   sender_name,Maren\ncontact_email,maren@listeningtable.example\ntimezone,Europe/London\n\
                   schedule,0 10 1 * *\n";
    let sheets = [
        ("project.csv", project.to_owned()),
        ("participants.csv", "id,greeting_name,channel,contact_consent\nT0,Teller,none,no\n".to_owned()),
        (
            "stories.csv",
            "code,participant,summary,medium,consent\nKTR7,T0,A long way,written,internal\n".to_owned(),
        ),
        ("recommendations.csv", recommendations),
        ("evidence.csv", "recommendation,story,direction,why\nR01,KTR7,supports,Tells why\n".to_owned()),
        ("history.csv", history),
    ];
    sheets.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

async fn cut_off_again(app: &App) -> anyhow::Result<()> {
    let project = project::by_slug(&app.db.reader, SLUG).await?.context("the project")?;
    let editions = edition::in_project(&app.db.reader, project.id).await?;
    let edition =
        editions.iter().find(|row| row.cutoff_seq.is_some()).context("an edition that was cut off")?;
    let tx = store::begin(&app.db).await?;
    edition::set_state(&tx, edition.id, EditionState::CutOff, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Composes once, keeps the rows in tables of their own, and takes everything back.
async fn keep(folder: &Path, url: &str) -> anyhow::Result<()> {
    let app = app(folder, url, EDITION_DAY).await?;
    run(&app).await?;
    let tx = store::begin(&app.db).await?;
    for table in TABLES {
        tx.execute_unprepared(&format!(r#"CREATE TABLE kept_{table} AS SELECT * FROM "{table}""#)).await?;
    }
    tx.commit().await?;
    cut_off_again(&app).await?;
    empty(&app).await?;
    app.db.settle().await
}

async fn empty(app: &App) -> anyhow::Result<()> {
    if app.db.is_sqlite() {
        let tx = store::begin(&app.db).await?;
        for table in ["message", "update", "link"] {
            tx.execute_unprepared(&format!(r#"DELETE FROM "{table}""#)).await?;
        }
        tx.commit().await?;
        app.db.reader.execute_unprepared("VACUUM").await?;
    } else {
        app.db.reader.execute_unprepared(r#"TRUNCATE message, "update", link CASCADE"#).await?;
        app.db.reader.execute_unprepared("VACUUM ANALYZE").await?;
        app.db.reader.execute_unprepared("CHECKPOINT").await?;
    }
    Ok(())
}

async fn run(app: &App) -> anyhow::Result<usize> {
    let project = project::by_slug(&app.db.reader, SLUG).await?.context("the project")?;
    let mut ticked = Ticked::default();
    compose::run(app, project.id, &mut ticked).await?;
    Ok(ticked.updates)
}

async fn again(folder: &Path, url: &str) -> anyhow::Result<Arc<App>> {
    let app = app(folder, url, EDITION_DAY).await?;
    if !app.db.is_sqlite() {
        cut_off_again(&app).await?;
        empty(&app).await?;
    }
    Ok(app)
}

async fn measure_compose(folder: &Path, url: &str) -> anyhow::Result<()> {
    let app = again(folder, url).await?;
    let (before, stolen) = (Instant::now(), processor()?);
    let updates = run(&app).await?;
    say(before, stolen, updates)
}

async fn measure_insert(folder: &Path, url: &str) -> anyhow::Result<()> {
    let app = again(folder, url).await?;
    let (before, stolen) = (Instant::now(), processor()?);
    let tx = store::begin(&app.db).await?;
    let mut rows = 0;
    for table in TABLES {
        let insert = format!(r#"INSERT INTO "{table}" SELECT * FROM kept_{table}"#);
        rows = tx.execute_unprepared(&insert).await?.rows_affected();
    }
    tx.commit().await?;
    say(before, stolen, usize::try_from(rows)?)
}

/// Seconds, the share of stolen processor time in percent, the greatest resident memory in kB, rows.
fn say(before: Instant, stolen: (u64, u64), rows: usize) -> anyhow::Result<()> {
    let (seconds, now) = (before.elapsed().as_secs_f64(), processor()?);
    let share = 100.0 * (now.0 - stolen.0) as f64 / (now.1 - stolen.1).max(1) as f64;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    println!("{seconds:.3} {share:.1} {} {rows}", line.trim().trim_end_matches(" kB"));
    Ok(())
}

/// Stolen time and all time of the machine's processors, in ticks.
fn processor() -> anyhow::Result<(u64, u64)> {
    let stat = std::fs::read_to_string("/proc/stat")?;
    let line = stat.lines().next().context("/proc/stat")?;
    let ticks: Vec<u64> = line.split_whitespace().skip(1).map_while(|word| word.parse().ok()).collect();
    Ok((ticks.get(7).copied().unwrap_or(0), ticks.iter().take(8).sum()))
}

#[derive(Clone, Copy)]
struct Seen {
    seconds: f64,
    stolen: f64,
    memory_mb: f64,
    rows: usize,
}

fn child(args: &[&str]) -> anyhow::Result<String> {
    let done = Command::new(std::env::current_exe()?).args(args).output()?;
    if !done.status.success() {
        bail!("{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(String::from_utf8(done.stdout)?)
}

fn seen(what: &str, folder: &str, url: &str) -> anyhow::Result<Seen> {
    let said = child(&[what, folder, url])?;
    let words: Vec<&str> = said.split_whitespace().collect();
    let [seconds, stolen, memory, rows] = words[..] else { bail!("{said}") };
    Ok(Seen {
        seconds: seconds.parse()?,
        stolen: stolen.parse()?,
        memory_mb: memory.parse::<f64>()? / 1024.0,
        rows: rows.parse()?,
    })
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

async fn all(folder: &Path, people: usize, rounds: usize, postgres: Option<&str>) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let sizes = [people / 10, people];
    println!("| database | people | compose s | INSERT s | ratio | least..most | compose MB | stolen % |");
    println!("|---|---|---|---|---|---|---|---|");
    for people in sizes {
        let place = folder.join(people.to_string());
        std::fs::create_dir_all(&place)?;
        let (base, work) = (place.join("base.db"), place.join("work.db"));
        let name = place.display().to_string();
        let url = |file: &Path| format!("sqlite://{}", file.display());
        if !base.exists() {
            child(&["fill", &name, &url(&work), &people.to_string()])?;
            child(&["keep", &name, &url(&work)])?;
            std::fs::rename(&work, &base)?;
        }
        let once = |what: &str| {
            for beside in ["work.db-wal", "work.db-shm"] {
                let _ = std::fs::remove_file(place.join(beside));
            }
            std::fs::copy(&base, &work)?;
            seen(what, &name, &url(&work))
        };
        rounds_of("SQLite", people, rounds, once)?;
        let _ = std::fs::remove_file(&work);
        let Some(server) = postgres else { continue };
        let place = place.join("postgres");
        let name = place.display().to_string();
        let (head, _) = server.rsplit_once('/').context("an address with a database")?;
        let url = format!("{head}/hearback_compose_{people}");
        if !place.exists() {
            std::fs::create_dir_all(&place)?;
            let db = Database::connect(server).await?;
            db.execute_unprepared(&format!("DROP DATABASE IF EXISTS hearback_compose_{people}")).await?;
            db.execute_unprepared(&format!("CREATE DATABASE hearback_compose_{people}")).await?;
            child(&["fill", &name, &url, &people.to_string()])?;
            child(&["keep", &name, &url])?;
        }
        rounds_of("PostgreSQL", people, rounds, |what| seen(what, &name, &url))?;
    }
    Ok(())
}

fn rounds_of(
    database: &str,
    people: usize,
    rounds: usize,
    once: impl Fn(&str) -> anyhow::Result<Seen>,
) -> anyhow::Result<()> {
    let mut pairs: Vec<(Seen, Seen)> = Vec::with_capacity(rounds);
    for round in 0..rounds {
        // Who is first changes, so that neither always finds the machine as the other left it.
        let pair = if round % 2 == 0 {
            (once("compose")?, once("insert")?)
        } else {
            let insert = once("insert")?;
            (once("compose")?, insert)
        };
        ensure!(pair.0.rows == people, "{} updates for {people} people", pair.0.rows);
        ensure!(pair.1.rows == people, "{} rows for {people} people", pair.1.rows);
        pairs.push(pair);
    }
    let middle = |of: fn(&(Seen, Seen)) -> f64| median(pairs.iter().map(of).collect());
    let ratio = |(compose, insert): &(Seen, Seen)| compose.seconds / insert.seconds;
    let ratios = || pairs.iter().map(ratio);
    println!(
        "| {database} | {people} | {:.2} | {:.2} | {:.2} | {:.2}..{:.2} | {:.1} | {:.1} |",
        middle(|pair| pair.0.seconds),
        middle(|pair| pair.1.seconds),
        middle(ratio),
        ratios().fold(f64::INFINITY, f64::min),
        ratios().fold(0.0, f64::max),
        pairs.iter().map(|pair| pair.0.memory_mb).fold(0.0, f64::max),
        middle(|pair| (pair.0.stolen + pair.1.stolen) / 2.0),
    );
    Ok(())
}
