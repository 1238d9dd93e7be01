//! `hearback demo`: the main job, on a sample or on a pack of one's own, in a folder of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;

use super::replay::{Pack, Replayed, replay, setting, start_of};
use super::serve::stopped;
use super::setup;
use crate::actions::import::import;
use crate::actions::instance;
use crate::actions::showing::{self, Change, Colours, Edit};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::pack::Fault;
use crate::domain::words::{MessageState, Visibility};
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::mail::transport::{Transport, make_folder};
use crate::store::{Db, audit, message, participant, project};
use crate::web;

#[derive(clap::Args)]
pub struct Args {
    /// Replay this pack instead of the sample: whatever `import` takes, a folder with CSV files, a zip of them, or a
    /// workbook (.xlsx, .ods).
    #[arg(long)]
    pack: Option<PathBuf>,
    /// The first day of the replay; by default the first day of the pack (not of its stories).
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    from: Option<NaiveDate>,
    /// The day on which the replay ends, not part of it; by default the last day of the pack plus two editions.
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    to: Option<NaiveDate>,
    /// Show the project of --pack to everybody who reaches this demo, as the sample always is.
    #[arg(long)]
    public: bool,
    /// End after the replay.
    #[arg(long)]
    no_serve: bool,
    /// The demo's own folder. An earlier demo in it is replaced; a folder that holds anything else is refused.
    #[arg(long, default_value = "hearback-demo")]
    pub dir: PathBuf,
}

/// Says that a folder belongs to a demo, so that the next one may replace it.
const MARK: &str = ".hearback-demo";

/// What a demo makes beside its mark and the folder of messages.
const MADE: [&str; 4] = ["hearback.db", "hearback.db-wal", "hearback.db-shm", "hearback.key"];

pub async fn run(mut config: Config, args: Args) -> Result<ExitCode> {
    let pack = match &args.pack {
        Some(path) => Pack::from_path(path)?,
        None => Pack::sample(),
    };
    let calendars = crate::calendars::load(config.calendars.as_deref());
    let setting = match setting(&pack, &calendars, args.from, args.to) {
        Ok(setting) => setting,
        Err(report) => return Ok(refuse(&report.errors)),
    };
    if setting.span.from >= setting.span.to {
        return Err(Error::refused(format!(
            "The replay would be over before it begins: from {} to {}.",
            setting.span.from, setting.span.to
        )));
    }
    clear(&args.dir)?;
    let listener = if args.no_serve { None } else { Some(listen(&mut config).await?) };
    let started = start_of(setting.zone, setting.span.from)
        .ok_or_else(|| Error::refused("The first day of the replay does not exist in this time zone."))?;
    let app = make(config, started).await?;
    let report = import(&app, &pack.first, false).await?;
    if !report.errors.is_empty() {
        return Ok(refuse(&report.errors));
    }
    for warning in &report.warnings {
        eprintln!("{}", line(warning));
    }
    let is_public = args.public || args.pack.is_none();
    if is_public {
        let change = if args.pack.is_none() { sample_s_brand() } else { Change::default() };
        let change = Change { visibility: Some(Visibility::Public), ..change };
        showing::set(&app, &setting.slug, &change).await?;
    }
    println!("{}: {} to {}", setting.title, setting.span.from, setting.span.to);
    let days = u64::try_from((setting.span.to - setting.span.from).num_days()).unwrap_or(0);
    let bar = ProgressBar::new(days).with_style(
        ProgressStyle::with_template("{bar:40} {pos} of {len} days")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let replayed = replay(&app, &pack, &setting, |done| bar.set_position(done)).await?;
    bar.finish_and_clear();
    instance::keep_time(&app).await?;
    print!("{}", summary(&app, &replayed).await?);
    println!("Messages: {}", args.dir.join("mail").display());
    if let Some(listener) = listener {
        let address = listener.local_addr().context("reading the address that is listened on")?;
        let port = address.port();
        println!("Open http://localhost:{port}/mailbox to read them.");
        if is_public {
            println!("Open http://localhost:{port}/p/{} to see what everybody can see.", setting.slug);
        }
        println!("Ctrl-C ends the demo.");
        web::serve(Arc::new(app), listener, Some(args.dir.join("mail")), stopped()).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The sample has a look of its own, so that one sees what belongs to the project and what to the program: the water of
/// its river, with the light of a lamp on it.
fn sample_s_brand() -> Change {
    let colours = Colours { background: "#0b4f5c".to_owned(), text: "#fff4d6".to_owned() };
    Change {
        name: Edit::Put("The Listening Table, Wennbridge".to_owned()),
        colours: Edit::Put(colours),
        ..Change::default()
    }
}

fn refuse(errors: &[Fault]) -> ExitCode {
    for error in errors {
        eprintln!("{}", line(error));
    }
    eprintln!("The pack has errors and was not replayed.");
    ExitCode::from(2)
}

fn line(fault: &Fault) -> String {
    let row = fault.row.map(|row| format!(", row {row}")).unwrap_or_default();
    let column = fault.column.as_ref().map(|column| format!(", column {column}")).unwrap_or_default();
    format!("{}{row}{column}: {}", fault.file, fault.message)
}

/// Empties a folder that an earlier demo made, or makes a new one.
fn clear(dir: &Path) -> Result<()> {
    let failed = |error: std::io::Error| {
        Error::Internal(anyhow::Error::new(error).context(format!("preparing the folder {}", dir.display())))
    };
    if dir.exists() {
        if !is_ours(dir).map_err(failed)? {
            return Err(Error::refused(format!(
                "The folder {} holds something that is not a demo. Nothing was changed; choose another with --dir.",
                dir.display()
            )));
        }
        for name in MADE {
            let path = dir.join(name);
            if path.exists() {
                std::fs::remove_file(path).map_err(failed)?;
            }
        }
        let mail = dir.join("mail");
        if mail.exists() {
            std::fs::remove_dir_all(mail).map_err(failed)?;
        }
    }
    make_folder(dir)?;
    std::fs::write(
        dir.join(MARK),
        "This folder belongs to `hearback demo`, which replaces what it made here.\n",
    )
    .map_err(failed)
}

/// Whether a folder is empty, or holds what an earlier demo made and nothing else.
fn is_ours(dir: &Path) -> std::io::Result<bool> {
    let mut marked = false;
    let mut empty = true;
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        empty = false;
        let name = entry.file_name();
        let known = match name.to_str() {
            Some(MARK) => {
                marked = true;
                true
            }
            Some("mail") => holds_messages_only(&entry.path())?,
            Some(name) => MADE.contains(&name),
            None => false,
        };
        if !known {
            return Ok(false);
        }
    }
    Ok(empty || marked)
}

fn holds_messages_only(mail: &Path) -> std::io::Result<bool> {
    for entry in std::fs::read_dir(mail)? {
        let path = entry?.path();
        if !path.extension().is_some_and(|kind| kind == "eml" || kind == "part") {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Listens where the settings say, or, where another program does so already, on any free port.
async fn listen(config: &mut Config) -> Result<TcpListener> {
    let listener = match TcpListener::bind(config.listen).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind(("127.0.0.1", 0)).await.context("finding a free port")?,
    };
    let port = listener.local_addr().context("reading the address that is listened on")?.port();
    // Links in the messages lead to this very demo.
    if config.public_url.host_str() == Some("localhost") && config.public_url.set_port(Some(port)).is_err() {
        tracing::warn!("links in the messages do not lead to this demo");
    }
    Ok(listener)
}

async fn make(config: Config, started: chrono::DateTime<chrono::Utc>) -> Result<App> {
    let db = Db::connect(&config.database_url).await?;
    db.migrate().await?;
    let keys = Keys::make(&config.key_file)?;
    instance::mark(&db, true, started).await?;
    instance::tie(&db, &keys).await?;
    let crate::config::MailTarget::Files(folder) = config.mail.clone() else {
        return Err(Error::refused("A demo writes its messages into files."));
    };
    make_folder(&folder)?;
    Ok(App::new(db, Clock::at(started), keys, Transport::Files(folder), config, true)?)
}

/// The table at the end: what happened, in counts.
async fn summary(app: &App, replayed: &Replayed) -> Result<String> {
    let db = &app.db.reader;
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for row in message::all(db).await? {
        let what = match row.state {
            MessageState::Accepted => format!("{} messages, {}", row.channel, row.format),
            MessageState::Task => format!("{} tasks, {}", row.channel, row.format),
            MessageState::Queued | MessageState::Deferred => "messages still waiting".to_owned(),
            MessageState::Cancelled => "messages and tasks replaced or taken back".to_owned(),
            other => format!("messages {other}"),
        };
        *kinds.entry(what).or_default() += 1;
    }
    let (mut people, mut withdrawals) = (0, 0);
    for project in project::all(db).await? {
        people += participant::in_project(db, project.id).await?.len();
        let audit = audit::in_project(db, project.id).await?;
        withdrawals += audit.iter().filter(|row| row.act == "withdraw a story").count();
    }
    let mut table = super::table(&[]);
    table.add_row(["people".to_owned(), people.to_string()]);
    table.add_row(["editions".to_owned(), replayed.editions.to_string()]);
    table.add_row(["updates".to_owned(), replayed.updates.to_string()]);
    for (what, count) in kinds {
        table.add_row([what, count.to_string()]);
    }
    table.add_row(["silences noticed".to_owned(), replayed.silences.to_string()]);
    table.add_row(["withdrawals honoured".to_owned(), withdrawals.to_string()]);
    if replayed.refused > 0 {
        table.add_row(["rows of history that did not fit".to_owned(), replayed.refused.to_string()]);
    }
    Ok(format!("{}\n", table.trim_fmt()))
}
