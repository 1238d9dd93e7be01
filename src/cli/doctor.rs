//! `hearback doctor`: looks at the installation and says what to do about each finding.

use std::process::ExitCode;

use super::setup;
use crate::actions::{record, tasks};
use crate::config::Config;
use crate::domain::words::RowState;
use crate::error::Result;
use crate::mail::smtp;
use crate::mail::transport::Transport;
use crate::store::{history, instance, message, project};

/// A tick older than this means that nobody is being told anything.
const TICK_AGE_MINUTES: i64 = 10;

pub async fn run(config: Config) -> Result<ExitCode> {
    let app = setup::open(config, None).await?;
    let mut findings = Findings::default();
    let db = &app.db.reader;
    let kind = if app.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    findings.good(format!("The database answers ({kind}) and is up to date."));
    findings.good(format!("The key in {} is the one of this database.", app.config.key_file.display()));
    private_key(&app.config, &mut findings);

    match &app.mailer {
        Transport::Files(folder) if app.time_travel => {
            findings.good(format!("Time is moved by hand here; messages go into {}.", folder.display()));
        }
        Transport::Files(folder) => findings.bad(
            format!("Messages go into files in {} and reach nobody.", folder.display()),
            "Set HEARBACK_MAIL to a mail server, such as smtp://user:password@mail.example.org:587.",
        ),
        Transport::Smtp(settings) => match smtp::connect(settings).await {
            Ok(connection) => {
                connection.quit().await;
                findings.good(format!("The mail server {} answers.", settings.host));
            }
            Err(error) => findings.bad(
                format!("The mail server {} cannot be used ({error}).", settings.host),
                "Check HEARBACK_MAIL and that the server can be reached from here.",
            ),
        },
    }

    if let Some(row) = instance::find(db).await? {
        match row.ticked_at {
            _ if app.time_travel => {}
            Some(at) if (app.clock.now() - at.utc()).num_minutes() <= TICK_AGE_MINUTES => {
                findings.good("The scheduler has ticked within the last minutes.".to_owned());
            }
            Some(at) => findings.bad(
                format!("The last tick was at {}.", at.utc().to_rfc3339()),
                "Start `hearback serve`, or look into its log.",
            ),
            None => findings.bad("Nothing has ever ticked.".to_owned(), "Start `hearback serve`."),
        }
    }

    for row in project::all(db).await? {
        match record::verify_project(&app, &row.slug).await? {
            Ok(head) => {
                findings.good(format!("{}: the record holds ({} events), {}.", row.slug, head.seq, row.state))
            }
            Err(broken) => findings.bad(
                format!("{}: the record does not hold at event {}: {}.", row.slug, broken.seq, broken.why),
                "Somebody changed the database by hand. Bring it back from a backup, and find out who.",
            ),
        }
    }
    if !app.time_travel {
        for row in project::all(db).await? {
            let rows = history::in_project(db, row.id).await?;
            let ahead = rows.iter().filter(|row| row.state == RowState::Pending).count();
            if ahead > 0 {
                let what = if ahead == 1 { "1 row".to_owned() } else { format!("{ahead} rows") };
                findings.bad(
                    format!("{}: {what} of history dated in the future.", row.slug),
                    "Each is recorded on its day. If a date is a slip, mend the sheet and import it again.",
                );
            }
        }
    }
    let waiting = message::for_people(db).await?.len();
    let refused = tasks::list(&app).await?.refused.len();
    if waiting + refused > 0 {
        findings.bad(format!("{} things wait for a person.", waiting + refused), "See `hearback tasks`.");
    }
    print!("{}", findings.text);
    Ok(if findings.bad == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

#[derive(Default)]
struct Findings {
    text: String,
    bad: usize,
}

impl Findings {
    fn good(&mut self, what: String) {
        self.text.push_str(&format!("ok    {what}\n"));
    }

    fn bad(&mut self, what: String, help: &str) {
        self.bad += 1;
        self.text.push_str(&format!("look  {what}\n      {help}\n"));
    }
}

#[cfg(unix)]
fn private_key(config: &Config, findings: &mut Findings) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = std::fs::metadata(&config.key_file) else { return };
    if found.permissions().mode() & 0o077 != 0 {
        findings.bad(
            format!("The key file {} can be read by others on this machine.", config.key_file.display()),
            "Run `chmod 600` on it.",
        );
    }
}

#[cfg(not(unix))]
fn private_key(_: &Config, _: &mut Findings) {}
