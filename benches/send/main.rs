//! What `benches/mail.py` measures of sending. Every command takes the settings of the program from the environment.
//!
//!     cargo bench --bench send -- make PEOPLE     an edition for so many people in an empty database, not sent
//!     cargo bench --bench send -- words FILE MOST   its first messages in parts, for other senders
//!     cargo bench --bench send -- claim             how long claiming alone takes
//!     cargo bench --bench send -- pass              sends everything that is due, and says what that cost

mod made;
mod words;

use std::time::Instant;

use anyhow::{Context, bail, ensure};
use hearback::app::App;
use hearback::clock::Clock;
use hearback::config::{Config, MailTarget};
use hearback::jobs::{Ticked, deliver};
use hearback::keys::Keys;
use hearback::mail::smtp::SmtpSettings;
use hearback::mail::transport::Transport;
use hearback::store::{self, Db, message};
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    // As the program does it.
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run())
}

async fn run() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", people] => made::make(people.parse()?).await,
        ["words", file, most] => words::write(&opened().await?, file.as_ref(), most.parse()?).await,
        ["claim"] => claim(&opened().await?).await,
        ["pass"] => pass(&opened().await?).await,
        // Without arguments this is only `cargo bench` going through all there is.
        _ => {
            println!("usage: cargo bench --bench send -- make|words|claim|pass");
            Ok(())
        }
    }
}

/// The instance as the program opens it.
async fn opened() -> anyhow::Result<App> {
    let config = Config::load()?;
    let db = Db::connect(&config.database_url).await?;
    let keys = Keys::read(&config.key_file)?;
    let mailer = match &config.mail {
        MailTarget::Files(folder) => Transport::Files(folder.clone()),
        MailTarget::Smtp(url) => {
            let mut settings = SmtpSettings::parse(url).map_err(|why| anyhow::anyhow!("{why}"))?;
            config.public_host().clone_into(&mut settings.hello_name);
            Transport::Smtp(Box::new(settings))
        }
    };
    App::new(db, Clock::system(), keys, mailer, config, false)
}

/// The pass of the program over everything that waits: claimed, made, handed over, and durably marked when it ends.
async fn pass(app: &App) -> anyhow::Result<()> {
    let before = (Instant::now(), processor()?);
    // In a task, as a tick of the program.
    let ours = app.clone();
    let ticking = tokio::spawn(async move {
        let mut ticked = Ticked::default();
        deliver::run(&ours, &mut ticked).await.map(|()| ticked)
    });
    let ticked = ticking.await??;
    let (seconds, used) = (before.0.elapsed().as_secs_f64(), processor()? - before.1);
    ensure!(
        ticked == Ticked { accepted: ticked.accepted, ..Ticked::default() },
        "not everything was accepted: {ticked:?}"
    );
    say(&json!({"messages": ticked.accepted, "seconds": seconds, "cpu": used, "peak_mb": peak()?}));
    Ok(())
}

/// Claims everything in the groups of a pass, without making or sending any of it.
async fn claim(app: &App) -> anyhow::Result<()> {
    let before = (Instant::now(), processor()?);
    let mut claimed = 0;
    loop {
        let tx = store::begin(&app.db).await?;
        let rows = message::claim(&tx, &app.sender, app.clock.now(), 100).await?;
        tx.commit().await?;
        if rows.is_empty() {
            break;
        }
        claimed += rows.len();
    }
    let (seconds, used) = (before.0.elapsed().as_secs_f64(), processor()? - before.1);
    say(&json!({"messages": claimed, "seconds": seconds, "cpu": used, "peak_mb": peak()?}));
    Ok(())
}

fn say(what: &Value) {
    println!("{what}");
}

/// Seconds of processor time that this process has used.
fn processor() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').context("/proc/self/stat")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let [user, system] = fields.get(11..13).context("/proc/self/stat")? else { bail!("/proc/self/stat") };
    // Linux gives these in hundredths of a second, whatever it counts in.
    Ok((user.parse::<f64>()? + system.parse::<f64>()?) / 100.0)
}

/// The most memory that was ever resident, in MB.
fn peak() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}
