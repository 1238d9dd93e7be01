//! `hearback doctor`: looks at the installation and says what to do about each finding.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use chrono::{Months, NaiveDate};

use super::{dns, setup};
use crate::actions::test_mail::{self, Tested};
use crate::actions::{record, tasks};
use crate::app::App;
use crate::config::{Config, sqlite_path};
use crate::domain::quiet::QuietTimes;
use crate::domain::words::{BounceKind, MessageState, RowState};
use crate::error::Result;
use crate::mail::smtp;
use crate::mail::transport::Transport;
use crate::store::{bounce, history, instance, participant, project, queue};

/// A tick older than this means that nobody is being told anything.
const TICK_AGE_MINUTES: i64 = 10;

/// Reports of refusals by policy are shown for as long.
const POLICY_DAYS: i64 = 14;

/// A calendar that ends sooner is told.
const CALENDAR_MONTHS: Months = Months::new(12);

#[derive(clap::Args)]
pub struct Args {
    /// Send a test message to this one address by the way that every message goes, and say what the mail
    /// server answered. Nothing else is looked at.
    #[arg(long, value_name = "ADDRESS")]
    send_test: Option<String>,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let app = setup::open_existing(config, None).await?;
    if let Some(to) = args.send_test {
        return send_test(&app, &to).await;
    }
    let mut findings = Findings::default();
    let db = &app.db.reader;
    let kind = if app.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    findings.good(format!("The database answers ({kind}) and is up to date."));
    findings.good(format!("The key in {} is the one of this database.", app.config.key_file.display()));
    private(&app.config.key_file, "The key file", &mut findings);
    if let Some(path) = sqlite_path(&app.config.database_url) {
        private(&path, "The database", &mut findings);
    }

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

    mail(&app, &mut findings).await?;
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
            None => findings.bad(
                "Nothing has ever ticked.".to_owned(),
                "Start `hearback serve`. If it was started just now, look again in a minute.",
            ),
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
    calendars(&app, &mut findings).await?;
    languages(&app, &mut findings);
    let waiting = tasks::list(&app).await?.count();
    if waiting > 0 {
        let what = if waiting == 1 { "1 thing waits".to_owned() } else { format!("{waiting} things wait") };
        findings.bad(format!("{what} for a person."), "See `hearback tasks`.");
    }
    print!("{}", findings.text);
    Ok(if findings.bad == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Whether quiet calendars can be read and know enough days. Who names which is told to nobody, not even how many do.
async fn calendars(app: &App, findings: &mut Findings) -> Result<()> {
    for file in app.calendars.unreadable() {
        findings.bad(
            format!("The quiet calendar {file}."),
            "Mend the file and start hearback again. Until then the calendar of this name in the program is used, if \
             there is one.",
        );
    }
    let today = app.clock.now().date_naive();
    let soon = today.checked_add_months(CALENDAR_MONTHS).unwrap_or(today);
    let mut ending: BTreeMap<NaiveDate, Vec<&str>> = BTreeMap::new();
    for calendar in app.calendars.iter() {
        ending.entry(calendar.known_until()).or_default().push(calendar.name());
    }
    for (day, names) in ending {
        let names = names.join(", ");
        if day < today {
            findings.bad(
                format!(
                    "Quiet calendars that hold nothing back any more, because they ended on {day}: {names}."
                ),
                "Get a newer hearback, or put files with later dates into the folder HEARBACK_CALENDARS.",
            );
        } else if day < soon {
            findings.note(&format!(
                "Quiet calendars that end on {day}: {names}. A newer hearback has later dates."
            ));
        } else {
            findings.good(format!("Quiet calendars that are known until {day}: {names}."));
        }
    }
    let db = &app.db.reader;
    let mut used = participant::quiet_times_in_use(db).await?;
    used.extend(project::all(db).await?.into_iter().filter_map(|row| row.quiet_times));
    let there = |kept: &String| {
        QuietTimes::kept(kept)
            .is_ok_and(|quiet| quiet.calendars().all(|name| app.calendars.find(name).is_some()))
    };
    if !used.iter().all(there) {
        findings.bad(
            "Quiet times name a calendar that is not there; it holds nothing back.".to_owned(),
            "Was a file taken out of the folder HEARBACK_CALENDARS, or the name in it changed? Put it back.",
        );
    }
    Ok(())
}

/// Which languages there are words in, and which of those a person who speaks them has read.
fn languages(app: &App, findings: &mut Findings) {
    let (mut checked, mut unchecked) = (Vec::new(), Vec::new());
    for words in app.locales.all() {
        let name = format!("{} ({})", words.name(), words.lang());
        if words.is_checked() { checked.push(name) } else { unchecked.push(name) }
    }
    if !checked.is_empty() {
        findings.good(format!("Languages whose words a person has checked: {}.", checked.join(", ")));
    }
    if !unchecked.is_empty() {
        findings.note(&format!(
            "Languages whose words nobody who speaks them has checked yet: {}. Their readers are told so, and their \
             messages do not count as made in their language. docs/translating.md says how to check them.",
            unchecked.join(", ")
        ));
    }
    for words in app.locales.all().filter(|words| !words.lacking().is_empty()) {
        let lacking = words.lacking();
        let some = lacking.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        findings.bad(
            format!("{} ({}) lacks {} texts, such as {some}.", words.name(), words.lang(), lacking.len()),
            "They are shown in English. Put them into the files of its folder.",
        );
    }
}

/// What others need to see to believe our messages, and what came back.
async fn mail(app: &App, findings: &mut Findings) -> Result<()> {
    for key in &app.config.dkim {
        private(&key.file, "The DKIM key", findings);
    }
    let since = app.clock.now() - chrono::Duration::days(POLICY_DAYS);
    let refused = bounce::count(&app.db.reader, BounceKind::Policy, since).await?;
    if refused > 0 {
        findings.bad(
            format!("Other mail servers refused messages by policy (5.7), {refused} in {POLICY_DAYS} days."),
            "That is about how mail is set up here. Compare SPF, DKIM and DMARC below with your DNS.",
        );
    }
    let depth = queue::depth(&app.db.reader, app.clock.now()).await?;
    let put_off =
        depth.waiting.iter().find(|(state, _)| *state == MessageState::Deferred).map_or(0, |(_, n)| *n);
    if put_off > 0 {
        let what = if put_off == 1 { "1 message was".to_owned() } else { format!("{put_off} messages were") };
        findings.note(&format!(
            "{what} put off by a mail server and will be tried again: `hearback deliveries` says why."
        ));
    }
    let Transport::Smtp(settings) = &app.mailer else { return Ok(()) };
    if app.config.is_of_this_machine() {
        findings.bad(
            format!(
                "Messages come from {} and their links lead to {}: nobody else can answer or open them.",
                app.config.mail_from, app.config.public_url
            ),
            "Set HEARBACK_PUBLIC_URL to the address of this instance, and HEARBACK_MAIL_FROM if the sender is another host.",
        );
    }
    for misfit in dns::misfits(&app.config, &app.signers) {
        findings.bad(misfit, "Use one domain, or one below the other, for all of them.");
    }
    match app.signers.is_empty() {
        true => {
            findings.note("Messages are not signed here (DKIM): the mail server has to do it, or set a key.")
        }
        false => findings.good(format!("Messages are signed for {}.", app.signers.domain())),
    }
    if app.config.bounce_address.is_none() {
        findings.note(
            "HEARBACK_BOUNCE_ADDRESS is not set: messages that come back go to the sender's address, and nobody here \
             notices them.",
        );
    }
    findings.note("These DNS records should be there; they are not looked up:");
    findings.text.push_str(&dns::records(&app.config, &app.signers, Some(&settings.host)));
    Ok(())
}

async fn send_test(app: &App, to: &str) -> Result<ExitCode> {
    Ok(match test_mail::send_test(app, to).await? {
        Tested::Accepted(reply) => {
            println!(
                "The mail server took the message: {reply}\nThat is not yet delivered: look whether it arrives."
            );
            ExitCode::SUCCESS
        }
        Tested::Written(path) => {
            println!("No mail server is set. The message lies in {}.", path.display());
            ExitCode::SUCCESS
        }
        Tested::Not(why) => {
            println!("The message was not taken: {why}.");
            ExitCode::from(1)
        }
    })
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

    fn note(&mut self, what: &str) {
        self.text.push_str(&format!("note  {what}\n"));
    }

    fn bad(&mut self, what: String, help: &str) {
        self.bad += 1;
        self.text.push_str(&format!("look  {what}\n      {help}\n"));
    }
}

fn private(file: &Path, what: &str, findings: &mut Findings) {
    if setup::is_open_to_others(file) {
        findings.bad(
            format!("{what} {} can be read by others on this machine.", file.display()),
            "Run `chmod 600` on it.",
        );
    }
}
