//! A trial: an instance with its own database, clock and mail folder, and what people in it would see.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use hearback::actions::import::{Report, import};
use hearback::actions::participants::{self, Deed};
use hearback::actions::{outcomes, projects};
use hearback::app::App;
use hearback::clock::Clock;
use hearback::config::Config;
use hearback::domain::history::Act;
use hearback::domain::words::{HistoryKind, Reason};
use hearback::jobs::{self, Ticked};
use hearback::keys::Keys;
use hearback::mail::smtp::{PhaseLimits, SmtpSettings};
use hearback::mail::transport::Transport;
use hearback::store::{self, Db, instance, link, participant, project};
use mail_parser::{MessageParser, MimeHeaders};
use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

/// Where the suite finds PostgreSQL, if anywhere.
#[expect(clippy::disallowed_methods, reason = "tests read where their services are from the environment")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Says that something was not tested, once; where the suite must be whole, that is a failure.
pub fn skipped(what: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    assert!(
        variable("HEARBACK_TEST_STRICT").is_none(),
        "{what} was skipped, and HEARBACK_TEST_STRICT is set"
    );
    let is_new = SAID.lock().expect("nobody panics while holding this").insert(what.to_owned());
    if is_new {
        // Straight to stderr: what `eprintln!` says in a test that passes is not shown.
        writeln!(std::io::stderr(), "SKIPPED: {what}").expect("stderr");
    }
}

/// Runs a story on SQLite, and on PostgreSQL where there is one.
pub async fn on_both<F, Fut>(story: F)
where
    F: Fn(Trial) -> Fut,
    Fut: Future<Output = ()>,
{
    story(Trial::new().await).await;
    match Trial::postgres().await {
        Some(trial) => story(trial).await,
        None => skipped("the same story on PostgreSQL (set HEARBACK_TEST_POSTGRES)"),
    }
}

pub struct Trial {
    pub folder: TempDir,
    app: Arc<App>,
    /// The database to drop at the end, and where to say so.
    postgres: Option<(String, String)>,
}

/// A message as the person who got it sees it.
#[derive(Clone, Debug)]
pub struct Mailed {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub raw: String,
    pub date: DateTime<Utc>,
    pub message_id: String,
}

impl Mailed {
    pub fn read(bytes: &[u8]) -> Self {
        let message = MessageParser::default().parse(bytes).expect("a message");
        let html = message
            .parts
            .iter()
            .find(|part| part.content_type().is_some_and(|kind| kind.subtype() == Some("html")));
        Mailed {
            to: message
                .to()
                .and_then(|to| to.first())
                .and_then(|to| to.address())
                .expect("a recipient")
                .to_owned(),
            subject: message.subject().expect("a subject").to_owned(),
            text: message.body_text(0).expect("text").into_owned(),
            html: html.and_then(|part| part.text_contents()).map(str::to_owned),
            raw: String::from_utf8_lossy(bytes).into_owned(),
            date: DateTime::from_timestamp(message.date().expect("a date").to_timestamp(), 0)
                .expect("a date"),
            message_id: message.message_id().expect("an id").to_owned(),
        }
    }
}

pub fn at(text: &str) -> DateTime<Utc> {
    hearback::cli::time(text).expect("a time")
}

/// Begins on 1 March 2026, 09:00.
const BEGINNING: &str = "2026-03-01T09:00Z";

pub fn config(folder: &Path, database_url: &str) -> Config {
    let settings = [
        ("HEARBACK_DATABASE_URL", database_url.to_owned()),
        ("HEARBACK_KEY_FILE", folder.join("hearback.key").display().to_string()),
        ("HEARBACK_MAIL", format!("file:{}", folder.join("mail").display())),
        ("HEARBACK_PUBLIC_URL", "http://updates.example.org".to_owned()),
    ];
    let environment: BTreeMap<String, String> =
        settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Config::from(&environment, "").expect("a configuration")
}

impl Trial {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("hearback.db").display());
        Self::on(folder, &url, None).await
    }

    pub async fn postgres() -> Option<Self> {
        let (folder, url, postgres) = Self::database().await?;
        Some(Self::on(folder, &url, Some(postgres)).await)
    }

    /// A database on PostgreSQL: a folder, its address, and what is needed to drop it.
    async fn database() -> Option<(TempDir, String, (String, String))> {
        let server = variable("HEARBACK_TEST_POSTGRES")?;
        let name = format!("hearback_{}", uuid::Uuid::new_v4().simple());
        let admin = Database::connect(server.as_str()).await.expect("PostgreSQL");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
        let (base, _) = server.rsplit_once('/').expect("a database in the address");
        let url = format!("{base}/{name}");
        Some((tempfile::tempdir().expect("a folder"), url, (server, name)))
    }

    async fn on(folder: TempDir, url: &str, postgres: Option<(String, String)>) -> Self {
        Self::begun(folder, url, postgres, at(BEGINNING), true).await
    }

    /// An instance that processes of their own can serve, whose time is the system's. Here it is some days earlier, and
    /// moved by hand.
    pub async fn of_today(on_postgres: bool) -> Option<Self> {
        let beginning = Clock::system().now() - chrono::Duration::days(8);
        if on_postgres {
            let (folder, url, postgres) = Self::database().await?;
            return Some(Self::begun(folder, &url, Some(postgres), beginning, false).await);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("hearback.db").display());
        Some(Self::begun(folder, &url, None, beginning, false).await)
    }

    async fn begun(
        folder: TempDir,
        url: &str,
        postgres: Option<(String, String)>,
        beginning: DateTime<Utc>,
        by_hand: bool,
    ) -> Self {
        let config = config(folder.path(), url);
        let db = Db::connect(url).await.expect("a database");
        db.migrate().await.expect("migrated");
        let keys = Keys::make(&config.key_file).expect("a key");
        let tx = store::begin(&db).await.expect("a transaction");
        instance::mark(&tx, by_hand, beginning).await.expect("marked");
        instance::set_key_check(&tx, &keys.check_value()).await.expect("tied");
        tx.commit().await.expect("committed");
        let mailer = Transport::Files(folder.path().join("mail"));
        let app = App::new(db, Clock::at(beginning), keys, mailer, config, true).expect("an app");
        Trial { folder, app: Arc::new(app), postgres }
    }

    /// The same instance, sending through a relay.
    pub fn through(mut self, relay: &str, limits: PhaseLimits) -> Self {
        let mut settings = SmtpSettings::parse(relay).expect("a relay");
        settings.limits = limits;
        let app = Arc::get_mut(&mut self.app).expect("nobody else holds the app yet");
        app.mailer = Transport::Smtp(Box::new(settings));
        self
    }

    /// Changes the app before anybody holds it.
    pub fn with(mut self, change: impl FnOnce(&mut App)) -> Self {
        change(Arc::get_mut(&mut self.app).expect("nobody else holds the app yet"));
        self
    }

    pub fn app(&self) -> Arc<App> {
        self.app.clone()
    }

    /// To change a setting, while nobody else holds the app.
    pub fn app_mut(&mut self) -> &mut Arc<App> {
        &mut self.app
    }

    pub fn database_url(&self) -> String {
        self.app.config.database_url.clone()
    }

    pub fn mail_folder(&self) -> PathBuf {
        self.folder.path().join("mail")
    }

    pub async fn import(&self, pack: &Sheets) -> Report {
        import(&self.app, &pack.files(), false).await.expect("an import")
    }

    /// Imports a pack that must be without errors.
    pub async fn bring_in(&self, pack: &Sheets) -> Report {
        let report = self.import(pack).await;
        assert!(report.errors.is_empty(), "{:?}", report.errors);
        report
    }

    pub async fn import_small(&self) {
        self.bring_in(&Sheets::small()).await;
    }

    pub async fn tick_at(&self, time: &str) -> Ticked {
        self.app.clock.advance_to(at(time));
        self.tick().await
    }

    pub async fn tick(&self) -> Ticked {
        jobs::tick(&self.app).await.expect("a tick")
    }

    /// A tick at nine every morning up to and with this day.
    pub async fn days_until(&self, day: &str) {
        let end = at(&format!("{day}T09:00Z"));
        while self.app.clock.now() < end {
            let next = (self.app.clock.now() + chrono::Duration::days(1)).date_naive();
            let next = next.and_hms_opt(9, 0, 0).expect("nine in the morning").and_utc();
            self.app.clock.advance_to(next.min(end));
            self.tick().await;
        }
    }

    /// Everything that was sent, in order.
    pub fn mails(&self) -> Vec<Mailed> {
        let Ok(entries) = std::fs::read_dir(self.mail_folder()) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        paths
            .iter()
            .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
            .map(|path| Mailed::read(&std::fs::read(path).expect("a message")))
            .collect()
    }

    pub fn mails_to(&self, address: &str) -> Vec<Mailed> {
        self.mails().into_iter().filter(|mail| mail.to == address).collect()
    }

    pub async fn project(&self) -> project::Model {
        project::by_slug(&self.app.db.reader, SLUG).await.expect("a query").expect("the project")
    }

    pub async fn person(&self, reference: &str) -> participant::Model {
        let skeleton = hearback::domain::pack::codes::skeleton(reference);
        let project = self.project().await;
        participant::by_skeleton(&self.app.db.reader, project.id, &skeleton)
            .await
            .expect("a query")
            .expect("the person")
    }

    pub async fn deed(&self, reference: &str, deed: Deed) {
        participants::act(&self.app, SLUG, reference, &deed).await.expect("an act");
    }

    pub async fn stop(&self, reference: &str) {
        self.deed(reference, Deed::Stop).await;
    }

    pub async fn log(&self, act: Act) {
        outcomes::record_outcome(&self.app, SLUG, act).await.expect("a record");
    }

    pub async fn link_of(&self, reference: &str) -> String {
        let person = self.person(reference).await;
        let tx = store::begin(&self.app.db).await.expect("a transaction");
        let link = link::of(&tx, person.id, link::UPDATES, self.app.clock.now()).await.expect("a link");
        tx.commit().await.expect("committed");
        self.app.keys.token(link::UPDATES, &link.id).expect("a token")
    }

    pub async fn events(&self) -> Vec<hearback::domain::record::Line> {
        hearback::actions::record::export(&self.app, SLUG).await.expect("a record")
    }

    /// The events of a kind, as (subject, day it happened or was written).
    pub async fn kinds(&self, kind: &str) -> Vec<(String, String)> {
        self.events()
            .await
            .into_iter()
            .filter(|event| event.kind == kind)
            .map(|event| {
                let content = event.content.unwrap_or_default();
                let on = content.get("on").and_then(serde_json::Value::as_str).map(str::to_owned);
                (event.subject, on.unwrap_or_else(|| event.at[..10].to_owned()))
            })
            .collect()
    }

    pub async fn pause_project(&self, why: &str) {
        projects::pause(&self.app, SLUG, why).await.expect("a pause");
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.take() else { return };
        // The pool of the app is still open here; FORCE ends it.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(async move {
                if let Ok(admin) = Database::connect(server.as_str()).await {
                    let dropped =
                        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
                    if let Err(error) = dropped {
                        eprintln!("the database {name} was left behind: {error}");
                    }
                }
            });
        })
        .join()
        .expect("the database is dropped");
    }
}

pub const SLUG: &str = "river-path";

/// The sheets of a pack, to be changed by a test before they are imported.
#[derive(Clone)]
pub struct Sheets(pub BTreeMap<String, String>);

impl Sheets {
    /// Three people with e-mail, one for letters, one by phone, one without a channel; three recommendations. P01 and
    /// P02 back R1, P03 backs R2, P04 backs nothing.
    pub fn small() -> Self {
        let mut sheets = Sheets(BTreeMap::new());
        sheets.put(
            "project",
            "key,value\nslug,river-path\ntitle,The river path after dark\norganisation,Lantern Collective\n\
             sender_name,Robin\ncontact_email,robin@lantern.example\ncontact_phone,01632 960001\n\
             timezone,Europe/London\nschedule,0 10 1 * *\nreview_days,5\nresponse_due_days,90\nquiet_after_days,60\n",
        );
        sheets.put(
            "participants",
            "id,greeting_name,email,phone,postal_address,channel,format,cadence,quiet_times,contact_consent\n\
             P01,Sam,sam@people.example,,,email,standard,every,,yes\n\
             P02,,kit@people.example,,,email,plain_text,every,,yes\n\
             P03,Noor,noor@people.example,,,email,standard,every,,yes\n\
             P04,,lee@people.example,,,email,standard,every,,yes\n\
             P05,Ada,,,\"1 Quay Lane\nWennbridge\",letter,standard,every,,yes\n\
             P06,,,01632 960002,,phone,standard,every,,yes\n\
             P07,,,,,none,standard,every,,yes\n",
        );
        sheets.put(
            "stories",
            "code,participant,summary,medium,consent,attribution\n\
             KTR7,P01,The walk home without a lamp,video,public_anonymous,code\n\
             MWD2,P02,A fall at the second bend,audio,public_anonymous,code\n\
             HVX5,P03,Nowhere to sit and rest,written,internal,code\n\
             QLB9,P04,Keys held between the fingers,written,public_anonymous,code\n\
             ZCN4,P05,The long way round,written,public_anonymous,code\n\
             FGJ8,P06,Ringing a friend all the way,audio,public_anonymous,code\n\
             PYS3,P07,A child who will not cross,audio,public_anonymous,code\n",
        );
        sheets.put(
            "recommendations",
            "ref,title,text,responsible,published_on,response_due_on\n\
             R1,Light the path,Put lamps along the whole path,Town council,2026-02-01,2026-05-01\n\
             R2,Places to rest,Put a bench at each bend,Town council,2026-02-01,2026-05-01\n\
             R3,A bus at night,Run one late bus,Bus company,2026-02-01,2026-05-01\n",
        );
        sheets.put(
            "evidence",
            "recommendation,story,direction,why\nR1,KTR7,supports,Walks in the dark\nR1,MWD2,supports,Fell there\n\
             R2,HVX5,supports,Has to stop often\nR1,ZCN4,supports,Goes round\nR1,FGJ8,qualifies,Lamps drew a crowd\n",
        );
        sheets
    }

    pub fn put(&mut self, sheet: &str, text: &str) -> &mut Self {
        self.0.insert(format!("{sheet}.csv"), text.to_owned());
        self
    }

    /// Adds rows to a sheet that has its columns.
    pub fn add(&mut self, sheet: &str, rows: &str) -> &mut Self {
        let text = self.0.get_mut(&format!("{sheet}.csv")).expect("the sheet");
        text.push_str(rows);
        if !rows.ends_with('\n') {
            text.push('\n');
        }
        self
    }

    pub fn swap(&mut self, sheet: &str, from: &str, to: &str) -> &mut Self {
        let text = self.0.get_mut(&format!("{sheet}.csv")).expect("the sheet");
        assert!(text.contains(from), "{from} is not in {sheet}");
        *text = text.replace(from, to);
        self
    }

    /// Rows of history, in the columns that tests need.
    pub fn history(&mut self, rows: &str) -> &mut Self {
        self.put(
            "history",
            &format!("recommendation,on,kind,value,reason,explanation,decided_by,review_on,due_on\n{rows}\n"),
        )
    }

    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.0.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect()
    }

    /// Writes the sheets into a folder, for the command line.
    pub fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder).expect("a folder");
        for (name, text) in &self.0 {
            std::fs::write(folder.join(name), text).expect("a sheet");
        }
    }
}

/// An act of the organisation, for `log`.
pub fn act(reference: &str, on: &str, kind: HistoryKind, value: &str) -> Act {
    Act::new(reference, on.parse().expect("a day"), kind, value)
}

/// The same with an explanation.
pub fn explained(mut act: Act, words: &str, review_on: &str) -> Act {
    act.reason = Some(Reason::Money);
    act.explanation = Some(words.to_owned());
    act.review_on = (!review_on.is_empty()).then(|| review_on.parse().expect("a day"));
    act
}
