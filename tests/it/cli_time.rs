//! Time: real on an ordinary database, moved by hand on one that was made for it, and never mixed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::cli::Shell;
use crate::harness::{SLUG, Sheets};

/// A pack with a fault in it.
fn broken() -> Sheets {
    let mut sheets = Sheets::small();
    sheets.swap("stories", "video", "film");
    sheets
}

#[test]
fn time_is_moved_by_hand_only_on_a_database_that_was_made_so() {
    let shell = Shell::new();
    shell.say("init").ok();
    shell.pack(&Sheets::small());
    for line in ["import pack --at 2026-03-01", "tick --at 2026-03-01", "init --at 2026-03-01"] {
        shell.say(line).refused("only on a database that was made with --at");
    }
    shell.say(&format!("record export {SLUG}")).refused("not known");
    shell.say("import pack").ok();
    let migrated = Shell::new();
    migrated.say("migrate").ok();
    migrated.say("init --at 2026-03-01").refused("only on a database that was made with --at");
}

#[test]
fn the_mark_is_set_when_the_database_is_made_also_where_the_command_is_refused() {
    let marked = Shell::new();
    marked.pack(&broken());
    marked.say("import pack --at 2026-03-01").refused("medium");
    marked.pack(&Sheets::small());
    marked.say("import pack").ok();
    assert!(marked.record()[0]["at"].as_str().expect("a time").starts_with("2026-03-01T00:00:00"));
    let ordinary = Shell::new();
    ordinary.pack(&broken());
    ordinary.say("import pack").refused("medium");
    ordinary.say("tick --at 2026-03-01").refused("only on a database");
    let nowhere = Shell::new();
    nowhere.say("import nowhere --at 2026-03-01").refused("nowhere");
    nowhere.say("tick --at 2026-03-02").ok();
}

#[test]
fn a_time_before_the_last_is_refused_and_without_one_the_last_is_used() {
    let shell = Shell::new().imported("2026-03-01T09:00Z");
    shell.say("tick --at 2026-03-05T09:00Z").ok();
    shell.say("tick --at 2026-03-05T08:59Z").refused("2026-03-05 09:00 UTC");
    shell.run(&["log", SLUG, "R1", "note", "Early", "--at", "2026-03-04"]).refused("cannot come back");
    shell.run(&["log", SLUG, "R1", "note", "Now"]).ok();
    let note = shell.record().pop().expect("an event");
    assert_eq!((&note["kind"], &note["at"]), (&"note".into(), &"2026-03-05T09:00:00.000000Z".into()));
    shell.run(&["log", SLUG, "R1", "note", "Later", "--at", "2026-03-06T10:00+01:00"]).ok();
    assert_eq!(shell.record().pop().expect("an event")["at"], "2026-03-06T09:00:00.000000Z");
    // What was refused or only looked at moves no time.
    shell.run(&["log", SLUG, "R1", "response", "declined", "--at", "2026-03-20"]).refused("explanation");
    shell.say("import pack --dry-run --at 2026-03-20").ok();
    shell.say("tick --at 2026-03-06T09:00Z").ok();
    shell.say("tick --at yesterday").refused("2026-03-01");
}

#[test]
fn every_command_that_writes_takes_a_time() {
    let shell = Shell::new();
    for line in [
        "init",
        "import",
        "tick",
        "log",
        "project start",
        "project pause",
        "project resume",
        "edition hold",
        "edition release",
        "story withdraw",
        "participant stop",
        "participant pause",
        "participant resume",
        "participant choose",
        "participant withdraw",
        "tasks show",
        "tasks done",
        "tasks failed",
        "tasks close",
        "tasks print",
        "record redact",
    ] {
        let help = shell.say(&format!("{line} --help")).ok();
        assert!(help.contains("--at <TIME>"), "{line}: {help}");
    }
    assert!(!shell.path("data").exists());
}

#[test]
fn where_time_is_moved_by_hand_projects_start_by_themselves_and_mail_goes_to_files() {
    let shell = Shell::new().with("HEARBACK_MAIL", "smtp://user:secret@127.0.0.1:9").imported("2026-03-01");
    assert!(shell.record().iter().any(|event| event["kind"] == "project_started"));
    shell.say(&format!("project start {SLUG} --yes")).refused("started before");
    let out = shell.say("tick --at 2026-04-02").ok();
    assert!(out.contains("messages accepted"), "{out}");
    assert_eq!(shell.mails(), 4);
}

#[test]
fn on_an_ordinary_database_an_imported_project_writes_to_nobody_until_it_is_started() {
    let shell = Shell::new();
    let mut sheets = Sheets::small();
    // Due at every minute of the day.
    sheets.swap("project", "0 10 1 * *", "* * * * *").swap("project", "review_days,5", "review_days,0");
    shell.pack(&sheets);
    shell.say("import pack").ok();
    shell.say("tick").ok();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(shell.say("tick").ok().contains("Nothing was due"));
    assert_eq!(shell.mails(), 0);
    assert!(shell.record().iter().all(|event| event["kind"] != "project_started"));
}

#[test]
fn rows_of_the_future_are_warned_of_where_time_is_real() {
    let mut sheets = Sheets::small();
    sheets.history("R1,2199-03-20,response,accepted,,,,,");
    let ordinary = Shell::new();
    ordinary.pack(&sheets);
    let out = ordinary.say("import pack").ok();
    assert!(out.contains("warning: history.csv, column on: 1 row is dated in the future"), "{out}");
    let marked = Shell::new();
    marked.pack(&sheets);
    let out = marked.say("import pack --at 2026-03-01").ok();
    assert!(!out.contains("warning") && out.contains("1 waiting"), "{out}");
}

/// Waits until the program listens, and gives where. Its log is read on: a log that nobody reads would stop it.
fn address(child: &mut Child) -> String {
    let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
    let found = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let at = line.find("127.0.0.1:")?;
        line[at..].split_whitespace().next().map(str::to_owned)
    });
    std::thread::spawn(move || lines.for_each(drop));
    found.expect("it listens")
}

/// Stops it as an operator's system would.
fn terminate(mut child: Child) {
    let sent = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().expect("kill");
    assert!(sent.success());
    let ended = child.wait().expect("it ends");
    assert_eq!(ended.code(), Some(0));
}

#[test]
fn serving_refuses_mail_into_files_unless_that_is_wanted() {
    let shell = Shell::new().with("HEARBACK_LISTEN", "127.0.0.1:0").imported("");
    shell.say("serve").refused("reach nobody");
    let mut child = shell.start("serve --allow-file-mail");
    assert!(address(&mut child).starts_with("127.0.0.1:"));
    terminate(child);
    let shell = shell.with("HEARBACK_ALLOW_FILE_MAIL", "yes");
    let mut child = shell.start("serve");
    let at = address(&mut child);
    // It is ready once it has read the records and opened the pages of public projects.
    let asks = Shell::new().with("HEARBACK_LISTEN", &at);
    let mut healthy = asks.say("health");
    let until = Instant::now() + Duration::from_secs(60);
    while healthy.code != 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(100));
        healthy = asks.say("health");
    }
    assert_eq!(healthy.code, 0, "{healthy:?}");
    terminate(child);
    let gone = Shell::new().with("HEARBACK_LISTEN", &at).say("health");
    assert_eq!(gone.code, 1, "{gone:?}");
}
