//! The program as an operator and a convenor use it: the real binary, in a folder of its own, with nothing around it.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{SLUG, Sheets, skipped, variable};

/// A folder in which the program is run, with a clean environment.
pub struct Shell {
    pub folder: TempDir,
    environment: BTreeMap<String, String>,
}

/// What the program said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// The input was refused, and this was said about it.
    pub fn refused(self, says: &str) -> String {
        assert_eq!(self.code, 2, "{self:?}");
        let all = format!("{}{}", self.out, self.err);
        assert!(all.contains(says), "{says:?} is not in {all}");
        all
    }
}

impl Shell {
    pub fn new() -> Self {
        Shell { folder: tempfile::tempdir().expect("a folder"), environment: BTreeMap::new() }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Where its database lies: beside the pack, unless it was said otherwise.
    pub fn database_url(&self) -> String {
        let beside = || format!("sqlite://{}", self.path("data/hearback.db").display());
        self.environment.get("HEARBACK_DATABASE_URL").cloned().unwrap_or_else(beside)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hearback"));
        command.env_clear().envs(&self.environment).current_dir(self.folder.path()).args(arguments);
        if let Some(path) = variable("PATH") {
            command.env("PATH", path);
        }
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().expect("the program runs");
        Said {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// A command without blanks in its arguments.
    pub fn say(&self, line: &str) -> Said {
        self.run(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub fn start(&self, line: &str) -> Child {
        let mut command = self.command(&line.split_whitespace().collect::<Vec<_>>());
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
    }

    /// Writes a pack into the folder `pack`.
    pub fn pack(&self, sheets: &Sheets) {
        sheets.write(&self.path("pack"));
    }

    pub fn imported(self, at: &str) -> Self {
        self.pack(&Sheets::small());
        let mut line = "import pack".to_owned();
        if !at.is_empty() {
            line.push_str(&format!(" --at {at}"));
        }
        self.say(&line).ok();
        self
    }

    pub fn record(&self) -> Vec<Value> {
        let text = self.say(&format!("record export {SLUG}")).ok();
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    pub fn mails(&self) -> usize {
        let Ok(entries) = std::fs::read_dir(self.path("data/mail")) else { return 0 };
        entries
            .filter(|entry| {
                let path = entry.as_ref().expect("an entry").path();
                path.extension().is_some_and(|kind| kind == "eml")
            })
            .count()
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[test]
fn help_tells_every_command_and_no_arguments_or_wrong_ones_are_refused() {
    let shell = Shell::new();
    let help = shell.say("--help").ok();
    for command in [
        "demo",
        "init",
        "serve",
        "migrate",
        "import",
        "project",
        "tick",
        "log",
        "story",
        "participant",
        "tasks",
        "record",
        "doctor",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
    }
    assert!(shell.say("--version").ok().starts_with("hearback "));
    assert_eq!(shell.say("").code, 2);
    assert_eq!(shell.say("import").code, 2);
    assert_eq!(shell.say("frobnicate").code, 2);
    assert!(!shell.path("data").exists(), "nothing was made");
}

#[test]
fn init_makes_the_database_and_a_key_that_only_its_owner_can_read() {
    let shell = Shell::new();
    let out = shell.say("init").ok();
    assert!(out.contains("data/hearback.key"), "{out}");
    assert_eq!(mode(&shell.path("data/hearback.key")), 0o600);
    let key = std::fs::read(shell.path("data/hearback.key")).expect("a key");
    assert!(!out.contains(String::from_utf8_lossy(&key).trim()));
    shell.say("init").ok();
    assert_eq!(std::fs::read(shell.path("data/hearback.key")).expect("a key"), key);
}

#[test]
fn another_key_or_none_is_refused_and_none_is_made_in_its_place() {
    let shell = Shell::new().imported("");
    let key = shell.path("data/hearback.key");
    let kept = std::fs::read_to_string(&key).expect("a key");
    std::fs::remove_file(&key).expect("removed");
    shell.say("tick").refused("missing");
    assert!(!key.exists());
    std::fs::write(&key, "ab".repeat(32)).expect("written");
    let said = shell.say("tick").refused("not the one");
    assert!(!said.contains(kept.trim()) && !said.contains("abab"), "{said}");
    std::fs::write(&key, "short").expect("written");
    let said = shell.say("tick");
    assert!(said.code != 0 && !said.err.contains("short\n"), "{said:?}");
    std::fs::write(&key, kept).expect("written");
    shell.say("tick").ok();
}

#[test]
fn an_import_says_what_came_in_what_changed_and_what_is_wrong() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    shell.pack(&sheets);
    let trial = shell.say("import pack --dry-run").ok();
    assert!(trial.contains("nothing was stored"), "{trial}");
    let none =
        shell.say(&format!("record export {SLUG}")).refused("(there is no project yet) is not known here.");
    assert!(!none.contains("Nothing was changed"), "{none}");
    assert!(shell.say("record verify").ok().contains("There is no project here yet."));
    let stored = shell.say("import pack").ok();
    assert!(stored.contains("Stored.") && stored.contains(&format!("slug is {SLUG}.")), "{stored}");
    assert!(stored.ends_with(&format!("\nNext: hearback project start {SLUG}\n")), "{stored}");
    assert!(!trial.contains("Next:"), "{trial}");
    let again = shell.say("import pack").ok();
    assert!(!again.contains("changed:"), "{again}");
    sheets.swap("participants", "plain_text,every", "plain_text,yearly");
    shell.pack(&sheets);
    let changed = shell.say("import pack").ok();
    assert!(changed.contains("participants row 3, cadence: every -> yearly"), "{changed}");
    sheets.swap("stories", "video", "film").swap("participants", "noor@people.example", "noor@localhost");
    shell.pack(&sheets);
    let said = shell.say("import pack");
    assert_eq!(said.code, 2);
    for place in [
        "stories.csv, row 2, column medium",
        "participants.csv, row 4, column email",
        "Nothing was stored: 2 errors",
    ] {
        assert!(said.out.contains(place), "{place}: {}", said.out);
    }
    assert!(!said.out.contains("noor"), "{}", said.out);
    shell.say("import nowhere").refused("nowhere");
}

#[test]
fn the_report_in_json_is_one_object_on_stdout_and_nothing_else() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    shell.pack(&sheets);
    let report: Value = serde_json::from_str(&shell.say("import pack --json").ok()).expect("JSON");
    assert_eq!(report["added"]["participants"], 7);
    sheets.swap("participants", "plain_text,every", "plain_text,yearly").swap(
        "participants",
        "Sam,sam@people.example",
        "Samuel,samuel@people.example",
    );
    shell.pack(&sheets);
    let text = shell.say("import pack --json").ok();
    assert!(text.starts_with("{\"added\":{"), "{text}");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let cells = report["changed"]["participants"].as_array().expect("a list");
    assert!(
        cells.contains(&serde_json::json!({"row": 3, "column": "cadence", "from": "every", "to": "yearly"})),
        "{text}"
    );
    assert!(!text.to_lowercase().contains("sam"), "{text}");
    assert_eq!(
        (&report["pending"], &report["errors"], &report["unchanged"]["stories"]),
        (&0.into(), &Value::Array(vec![]), &7.into())
    );
    sheets.swap("stories", "video", "film");
    shell.pack(&sheets);
    let said = shell.say("import pack --json");
    assert_eq!(said.code, 2);
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    let error = &report["errors"][0];
    assert_eq!(
        (&error["file"], &error["row"], &error["column"]),
        (&"stories.csv".into(), &2.into(), &"medium".into())
    );
    assert!(error["message"].as_str().is_some_and(|why| why.contains("expected")), "{error}");
}

#[test]
fn results_go_to_stdout_and_the_log_to_stderr() {
    let shell = Shell::new().with("HEARBACK_LOG", "debug").with("HEARBACK_LOG_FORMAT", "json").imported("");
    let said = shell.say("tick --json");
    assert_eq!(said.code, 0);
    let ticked: Value = serde_json::from_str(&said.out).expect("nothing but the result");
    assert_eq!(ticked["updates"], 0);
    assert!(said.err.contains("reach nobody"), "{}", said.err);
    for line in said.err.lines() {
        let line: Value = serde_json::from_str(line).expect("one object on each line");
        assert!(line["level"].is_string() && line["message"].is_string(), "{line}");
    }
}

#[test]
fn starting_a_project_shows_whom_it_would_reach_and_until_then_nobody_is_written_to() {
    let shell = Shell::new().imported("");
    assert!(shell.record().iter().all(|event| event["kind"] != "project_started"));
    let look = shell.say(&format!("project start {SLUG} --dry-run")).ok();
    for line in ["told by email", "told by letter", "told by phone", "no channel", "first edition"] {
        assert!(look.contains(line), "{line}: {look}");
    }
    assert!(shell.record().iter().all(|event| event["kind"] != "project_started"));
    shell.say(&format!("project start {SLUG}")).refused("--yes starts it");
    assert!(shell.record().iter().all(|event| event["kind"] != "project_started"), "nobody could be asked");
    let started = shell.say(&format!("project start {SLUG} --yes")).ok();
    assert!(started.contains("told by email") && started.contains("Started"), "{started}");
    assert_eq!(shell.record().last().expect("an event")["kind"], "project_started");
    shell.say(&format!("project start {SLUG} --yes")).refused("started before");
    shell.say(&format!("project pause {SLUG}")).refused("--reason");
    shell.run(&["project", "pause", SLUG, "--reason", "Everybody is away"]).ok();
    shell.say(&format!("project resume {SLUG}")).ok();
    shell.say("project start nowhere").refused("nowhere");
    shell.say("project resume nowhere").refused(&format!("(the projects here: {SLUG})"));
    let kinds: Vec<String> = shell.record().iter().map(|event| event["kind"].to_string()).collect();
    assert!(
        kinds.ends_with(&["\"project_paused\"".to_owned(), "\"project_resumed\"".to_owned()]),
        "{kinds:?}"
    );
}

#[test]
fn everything_that_can_be_logged_stands_in_the_record() {
    let shell = Shell::new().imported("2026-03-01");
    let log = |rest: &[&str]| shell.run(&[&["log", SLUG, "R1"], rest].concat());
    log(&["response", "accepted_in_part", "--reason", "money", "--explanation", "Half of it."]).ok();
    let stall = [
        "progress",
        "stalled",
        "--reason",
        "law_or_policy",
        "--explanation",
        "The law asks for a survey.",
        "--tried",
        "We rang twice.",
        "--decided-by",
        "The council",
        "--unblock",
        "A survey",
        "--in-our-control",
        "partly",
        "--review-on",
        "2026-06-01",
        "--on",
        "2026-02-20",
    ];
    let out = log(&stall).ok();
    assert!(out.contains("event"), "{out}");
    let event = shell.record().pop().expect("an event");
    let explanation = serde_json::json!({
        "reason": "law_or_policy", "what_happened": "The law asks for a survey.", "tried": "We rang twice.",
        "decided_by": "The council", "unblock": "A survey", "in_our_control": "partly", "review_on": "2026-06-01",
    });
    assert_eq!(
        (&event["content"]["explanation"], &event["content"]["on"]),
        (&explanation, &"2026-02-20".into())
    );
    assert!(log(&stall).ok().contains("Nothing was changed"));
    log(&["promise", "Ten lamps", "--due-on", "2026-04-01"]).ok();
    log(&["promise_moved", "Ten lamps", "--due-on", "2026-05-01", "--explanation", "They come later."]).ok();
    log(&["promise_kept", "Ten lamps", "--evidence-url", "https://town.example/lamps"]).ok();
    log(&["target", "2026-09-01"]).ok();
    log(&["note", "The lamps are warm white"]).ok();
    let done = log(&[
        "progress",
        "done",
        "--explanation",
        "The path is lit.",
        "--noticed-by",
        "Whoever walks",
        "--evidence-url",
        "https://town.example/lit",
    ]);
    done.ok();
    let event = shell.record().pop().expect("an event");
    let outcome = serde_json::json!({"what_changed": "The path is lit.", "noticed_by": "Whoever walks", "evidence_url": "https://town.example/lit"});
    assert_eq!(event["content"]["outcome"], outcome);
    let later = log(&["note", "Later", "--on", "2026-03-09"]).ok();
    assert!(later.contains("Kept: it will be recorded on 2026-03-09."), "{later}");
    assert_eq!(shell.record().iter().filter(|event| event["kind"] == "note").count(), 1);
    let out = log(&[
        "progress",
        "stalled",
        "--reason",
        "money",
        "--explanation",
        "Words",
        "--review-on",
        "2026-06-01",
    ]);
    out.refused("done");
}

#[test]
fn what_cannot_be_logged_is_refused_by_the_name_of_its_field() {
    let shell = Shell::new().imported("2026-03-01");
    let before = shell.record().len();
    let cases: &[(&[&str], &str)] = &[
        (&["answer", "accepted"], "kind"),
        (&["response", "accepted_in_principle"], "value"),
        (&["response", "declined"], "explanation"),
        (&["response", "declined", "--explanation", "No."], "reason"),
        (&["response", "declined", "--explanation", "No.", "--reason", "whim"], "reason"),
        (&["progress", "stalled", "--explanation", "No.", "--reason", "money"], "review_on"),
        (
            &[
                "progress",
                "stalled",
                "--explanation",
                "No.",
                "--reason",
                "money",
                "--review-on",
                "2026-02-01",
            ],
            "review_on",
        ),
        (&["progress", "done"], "explanation"),
        (&["progress", "planned", "--in-our-control", "maybe"], "in_our_control"),
        (&["progress", "planned", "--evidence-url", "javascript:alert(1)"], "evidence_url"),
        (&["progress", "not_started"], "value"),
        (&["promise", "Ten lamps"], "due_on"),
        (&["promise", "Ten lamps", "--due-on", "2026-02-01"], "due_on"),
        (&["promise_moved", "Ten lamps", "--due-on", "2026-05-01"], "value"),
        (&["promise_kept", "Ten lamps"], "value"),
        (&["target", "soon"], "value"),
        (&["note", ""], "value"),
        (&["note", "a\u{1b}[31mb"], "value"),
        (&["response", "accepted", "--on", "2026-01-01"], "on"),
        (&["response", "accepted", "--on", "yesterday"], "--on"),
        (&["progress", "done", "--explanation", "", "--noticed-by", "All"], "explanation"),
    ];
    for (rest, field) in cases {
        let said = shell.run(&[&["log", SLUG, "R1"], *rest].concat());
        assert_eq!(said.code, 2, "{rest:?} {said:?}");
        assert!(
            said.err.starts_with(&format!("{field}:")) || field.starts_with("--") && said.err.contains(field),
            "{rest:?}: {field} is not named: {}",
            said.err
        );
        assert!(said.out.is_empty(), "{said:?}");
    }
    shell
        .run(&["log", SLUG, "R1", "note", "x", "--on", "31/01/2026"])
        .refused("expected a date such as 2026-01-31");
    shell.run(&["log", SLUG, "R9", "note", "x"]).refused("R9");
    shell.run(&["log", "nowhere", "R1", "note", "x"]).refused("nowhere");
    assert_eq!(shell.record().len(), before);
}

#[test]
fn the_same_limits_hold_for_what_is_logged_as_for_a_sheet() {
    let shell = Shell::new().imported("2026-03-01");
    let long = "x".repeat(301);
    shell
        .run(&["log", SLUG, "R1", "promise", &long, "--due-on", "2026-05-01"])
        .refused("value: expected at most 300");
    shell
        .run(&["log", SLUG, "R1", "response", "accepted", "--decided-by", &long])
        .refused("decided_by: expected at most 300");
    let out = shell.run(&["log", SLUG, "R1", "response", "accepted", "--reason", "other"]);
    out.refused("explanation");
}

#[test]
fn letters_and_calls_are_tasks_that_a_person_shows_and_ticks_off() {
    let shell = Shell::new().imported("2026-03-01");
    assert!(shell.say("tasks").ok().contains("Nothing waits"));
    shell.say("tick --at 2026-04-02").ok();
    let listed = shell.say("tasks").ok();
    assert!(
        listed.contains("P05")
            && listed.contains("letter")
            && listed.contains("P06")
            && listed.contains("ring up"),
        "{listed}"
    );
    assert!(!listed.contains("Quay") && !listed.contains("960002"), "{listed}");
    let ids: Vec<String> = listed
        .lines()
        .filter(|line| line.contains(SLUG) && (line.contains("P05") || line.contains("P06")))
        .map(|line| line.split_whitespace().next().expect("an id").to_owned())
        .collect();
    assert_eq!(ids.len(), 2, "{listed}");
    shell.say(&format!("tasks show {}", ids[0])).refused("--purpose");
    shell.run(&["tasks", "show", &ids[0], "--purpose", " "]).refused("purpose");
    let shown: Vec<String> =
        ids.iter().map(|id| shell.run(&["tasks", "show", id, "--purpose", "posting it"]).ok()).collect();
    assert!(
        shown.iter().any(|text| text.contains("1 Quay Lane") && text.contains("Light the path")),
        "{shown:?}"
    );
    assert!(shown.iter().any(|text| text.contains("01632 960002")), "{shown:?}");
    for id in &ids {
        shell.say(&format!("tasks done {id} --by Robin")).ok();
    }
    assert!(shell.say("tasks").ok().contains("Nothing waits"));
    shell.say(&format!("tasks done {} --by Robin", ids[0])).refused("not open");
    shell.say("tasks done 00000000-0000-0000-0000-000000000000 --by Robin").refused("not known");
    shell.say("tasks done 1 --by Robin").refused("expected an id as `hearback tasks` lists it");
}

#[test]
fn what_people_ask_for_is_recorded_and_takes_effect() {
    let shell = Shell::new().imported("2026-03-01");
    let chosen = shell.run(&["participant", "choose", SLUG, "P01", "cadence=yearly"]).ok();
    assert!(chosen.contains("Recorded: cadence is yearly now."), "{chosen}");
    shell.run(&["participant", "choose", SLUG, "P01", "cadence=daily"]).refused("cadence");
    shell.run(&["participant", "choose", SLUG, "P01", "channel=letter"]).refused("channel");
    shell.run(&["participant", "choose", SLUG, "P01", "whatever=1"]).refused("choice");
    assert!(shell.say(&format!("participant pause {SLUG} P01")).ok().contains("paused"));
    assert!(shell.say(&format!("participant resume {SLUG} P01")).ok().contains("active"));
    assert!(shell.say(&format!("participant stop {SLUG} P02")).ok().contains("stopped"));
    shell.say(&format!("participant stop {SLUG} P99")).refused("P99");
    let silent = shell.say(&format!("story withdraw {SLUG} MWD2")).ok();
    assert!(silent.contains("It was their last one; no message goes to them."), "{silent}");
    let nowhere = shell.say(&format!("story withdraw {SLUG} PYS3")).ok();
    assert!(nowhere.contains("no message goes to them"), "{nowhere}");
    let confirmed = shell.say(&format!("story withdraw {SLUG} HVX5")).ok();
    assert!(confirmed.contains("last one, so P03 gets one confirmation"), "{confirmed}");
    shell.say(&format!("story withdraw {SLUG} HVX5")).refused("withdrawn already");
    shell.say(&format!("story withdraw {SLUG} XXXX")).refused("XXXX");
    shell.say(&format!("participant resume {SLUG} P03")).refused("withdrawn");
    shell.say(&format!("participant withdraw {SLUG} P04")).ok();
    shell.say("tick --at 2026-04-02").ok();
    // P01 and the two confirmations.
    assert_eq!(shell.mails(), 3);
    assert_eq!(mode(&shell.path("data/mail")), 0o700);
}

#[test]
fn the_record_is_exported_verified_and_redacted() {
    let shell = Shell::new().imported("2026-03-01");
    shell.run(&["log", SLUG, "R1", "note", "Zanzibar is far"]).ok();
    let note = shell.record().len();
    let text = shell.say(&format!("record export {SLUG}")).ok();
    std::fs::write(shell.path("record.jsonl"), &text).expect("a file");
    assert!(shell.say("record verify").ok().contains("holds"));
    assert!(shell.say(&format!("record verify {SLUG}")).ok().contains("holds"));
    assert!(shell.say("record verify --file record.jsonl").ok().contains(&format!("{note} events")));
    std::fs::write(shell.path("tampered.jsonl"), text.replace("Zanzibar", "Zanzibas")).expect("a file");
    let said = shell.say("record verify --file tampered.jsonl");
    assert_eq!(said.code, 1);
    assert!(said.out.contains(&format!("does not hold at event {note}")), "{said:?}");
    shell.say("record verify --file nowhere").refused("nowhere");
    shell.say("record verify nowhere").refused("nowhere");
    shell.say(&format!("record redact {SLUG} {note}")).refused("--reason");
    shell.run(&["record", "redact", SLUG, &note.to_string(), "--reason", "A court said so"]).ok();
    let after = shell.say(&format!("record export {SLUG}")).ok();
    assert!(!after.contains("Zanzibar") && after.contains("A court said so"));
    assert!(shell.say("record verify").ok().contains("holds"));
    shell.run(&["record", "redact", SLUG, "999", "--reason", "x"]).refused("999");
}

#[test]
fn the_doctor_says_what_needs_somebody_and_ends_with_1() {
    let travelling = Shell::new().imported("2026-03-01");
    let fine = travelling.say("doctor");
    assert_eq!(fine.code, 0, "{fine:?}");
    assert!(fine.out.contains("the record holds"), "{fine:?}");
    Shell::new().say("doctor").refused("There is no database");
    assert!(fine.out.contains("Languages whose words a person has checked: English (en)."), "{fine:?}");
    let unchecked = "nobody who speaks them has checked yet: Cymraeg (cy), اردو (ur).";
    assert!(fine.out.contains(unchecked), "{fine:?}");
    let shell = Shell::new().imported("");
    let said = shell.say("doctor");
    assert_eq!(said.code, 1);
    assert!(said.out.contains("reach nobody") && said.out.contains("Nothing has ever ticked"), "{said:?}");
    std::fs::set_permissions(shell.path("data/hearback.key"), std::fs::Permissions::from_mode(0o644))
        .expect("set");
    assert!(shell.say("doctor").out.contains("chmod 600"));
    let mut sheets = Sheets::small();
    sheets.history("R1,2199-01-01,response,accepted,,,,,");
    shell.pack(&sheets);
    shell.say("import pack").ok();
    assert!(shell.say("doctor").out.contains("in the future"), "rows of the future are told");
}

#[test]
fn wrong_settings_are_refused_by_name_and_an_unreachable_database_is_a_failure() {
    for (name, value) in [
        ("HEARBACK_DATABASE_URL", "mysql://x"),
        ("HEARBACK_PUBLIC_URL", "nonsense"),
        ("HEARBACK_LISTEN", "everywhere"),
        ("HEARBACK_MAIL", "pigeon"),
        ("HEARBACK_MAIL_FROM", "not an address"),
        ("HEARBACK_ALLOW_FILE_MAIL", "perhaps"),
        ("HEARBACK_LOG_FORMAT", "xml"),
    ] {
        let all = Shell::new().with(name, value).say("doctor").refused(name);
        assert!(!all.contains("panicked"));
    }
    let shell = Shell::new();
    std::fs::write(shell.path("hearback.toml"), "databse_url = \"sqlite://x.db\"\n").expect("a file");
    shell.say("doctor").refused("databse_url");
    let shell = Shell::new().with("HEARBACK_DATABASE_URL", "postgres://u:Hush@127.0.0.1:9/none");
    let said = shell.say("tick");
    assert_eq!(said.code, 1, "{said:?}");
    assert!(!said.err.contains("Hush") && !said.err.contains("panicked"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_only_init_makes_a_key() {
    let Some(server) = variable("HEARBACK_TEST_POSTGRES") else {
        return skipped("the first start on PostgreSQL");
    };
    let name = format!("hearback_{}", uuid::Uuid::new_v4().simple());
    let admin = Database::connect(server.as_str()).await.expect("PostgreSQL");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    let url = format!("{}/{name}", server.rsplit_once('/').expect("a database").0);
    let shell = Shell::new().with("HEARBACK_DATABASE_URL", &url);
    shell.pack(&Sheets::small());
    shell.say("import pack").refused("hearback init");
    shell.say("serve --allow-file-mail").refused("hearback init");
    assert!(!shell.path("data/hearback.key").exists());
    shell.say("init --at 2026-03-01").ok();
    assert_eq!(mode(&shell.path("data/hearback.key")), 0o600);
    shell.say("import pack --at 2026-03-01").ok();
    shell.say("tick --at 2026-04-02").ok();
    assert_eq!(shell.mails(), 4);
    std::fs::remove_file(shell.path("data/hearback.key")).expect("removed");
    shell.say("tick").refused("missing");
    shell.say("init").refused("missing");
    let dropped = admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
    dropped.expect("dropped");
}

#[test]
fn who_reads_only_the_beginning_of_what_is_said_gets_no_error() {
    let shell = Shell::new().imported("2026-03-01");
    let program = env!("CARGO_BIN_EXE_hearback");
    let mut command = shell.command(&[]);
    let line = format!("for n in 1 2 3 4 5 6 7 8; do {program} record export {SLUG}; done | head -n 1");
    let mut pipe = Command::new("/bin/sh");
    pipe.args(["-c", &line]).current_dir(shell.folder.path()).env_clear();
    pipe.envs(command.env_clear().get_envs().filter_map(|(name, value)| Some((name, value?))));
    let said = pipe.env("PATH", variable("PATH").expect("a path")).output().expect("it runs");
    assert_eq!(String::from_utf8(said.stdout).expect("text").lines().count(), 1);
    assert_eq!(String::from_utf8(said.stderr).expect("text"), "");
}

#[test]
fn nobody_is_written_to_from_a_sender_that_only_this_machine_knows() {
    let shell = Shell::new().imported("").with("HEARBACK_MAIL", "smtps://mail.example.org");
    shell.say("serve").refused("Set HEARBACK_PUBLIC_URL");
    shell.say("tick").refused("Set HEARBACK_PUBLIC_URL");
    assert!(shell.say("doctor").out.contains("nobody else can answer or open them"));
}
