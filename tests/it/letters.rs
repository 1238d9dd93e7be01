//! Letters and calls: what is printed, who can read it, what it says, and when it counts as told.

use std::path::{Path, PathBuf};

use hearback::actions::letters;
use hearback::actions::participants::Deed;
use hearback::actions::tasks;
use hearback::domain::words::{Channel, Choice, MessageState};
use hearback::store::types::MessageId;
use hearback::store::{audit, message};
use hearback::web;
use poem::http::StatusCode;
use poem::test::TestClient;

use crate::cli::Shell;
use crate::harness::{SLUG, Sheets, Trial, on_both, skipped};

/// The words of a page, as somebody reads them.
fn read(html: &str) -> String {
    let body = html.split("<body>").nth(1).expect("a body");
    let mut words = String::new();
    for part in body.split('<') {
        words.push(' ');
        words.push_str(part.split_once('>').map_or(part, |(_, words)| words));
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).expect("it is there").permissions())
        & 0o777
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
}

fn named(folder: &Path, start: &str, ending: &str) -> PathBuf {
    let fits = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(start) && name.ends_with(ending)
    };
    files(folder).into_iter().find(fits).expect("a file of this name")
}

#[test]
fn letters_and_scripts_are_printed_into_files_that_nobody_else_can_read() {
    let shell = Shell::new().imported("2026-03-01");
    shell.say("tick --at 2026-04-02").ok();
    shell.run(&["tasks", "print", SLUG, "--out", "post", "--purpose", " "]).refused("purpose");
    assert!(!shell.path("post").exists());
    let print = ["tasks", "print", SLUG, "--out", "post", "--purpose", "posting the letters"];
    let out = shell.run(&print).ok();
    assert!(out.contains("P05") && out.contains("P06") && !out.contains("Quay"), "{out}");
    let folder = shell.path("post");
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(files(&folder).len(), 4, "letters and calls, each to print from a browser and as a PDF");
    for path in files(&folder) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(!name.contains(SLUG), "a name on somebody's screen tells no topic: {name}");
    }
    for kind in ["letters", "calls"] {
        let pdf = std::fs::read(named(&folder, kind, ".pdf")).expect("a PDF");
        assert!(
            pdf.starts_with(b"%PDF-") && String::from_utf8_lossy(&pdf).contains("AtkinsonHyperlegibleNext")
        );
    }
    let letters = std::fs::read_to_string(named(&folder, "letters", ".html")).expect("letters");
    let window = letters.split("<address>").nth(1).expect("an address").split("</address>").next();
    assert_eq!(window, Some("<span>Ada</span><span>1 Quay Lane</span><span>Wennbridge</span>"));
    assert!(
        letters.contains("size: A4") && !letters.contains("://") || read(&letters).contains("type this code")
    );
    assert!(!letters.contains("src=") && !letters.contains("url("), "nothing is fetched");
    for code in ["ZCN4", "FGJ8", "The long way round"] {
        assert!(!letters.contains(code), "{code}");
    }

    let listed = shell.say("tasks").ok();
    assert_eq!(listed.matches("(printed on 2026-04-02)").count(), 2, "{listed}");
    assert!(shell.run(&print).ok().contains("Nothing is to be printed"));
    assert_eq!(files(&folder).len(), 4);
    let again: Vec<&str> = print.into_iter().chain(["--again"]).collect();
    shell.run(&again).ok();
    assert_eq!(files(&folder).len(), 8, "what lies there is never written over");
}

/// All parts of what is printed, as one.
async fn made(t: &Trial, purpose: &str, again: bool) -> letters::Part {
    let printing = letters::printing(&t.app(), SLUG, purpose, again, letters::PER_FILE).await;
    let (mut printing, mut all) = (printing.expect("what is to be printed"), letters::Part::default());
    while let Some(part) = printing.next(&t.app()).await.expect("made") {
        all.files.extend(part.files);
        all.entries.extend(part.entries);
        all.left_out.extend(part.left_out);
    }
    all
}

#[test]
fn many_letters_go_into_several_files_in_their_order_each_once() {
    let mut sheets = Sheets::small();
    for number in 11..=19 {
        let row = format!(
            "P{number},Reader {number},,,\"{number} Quay Lane\nWennbridge\",letter,standard,every,,yes"
        );
        sheets.add("participants", &row);
    }
    let shell = Shell::new();
    shell.pack(&sheets);
    shell.say("import pack --at 2026-03-01").ok();
    shell.say("tick --at 2026-04-01T10:00Z").ok();
    let print = ["tasks", "print", SLUG, "--out", "post", "--purpose", "posting", "--per-file"];
    shell.run(&[&print[..], &["0"]].concat()).refused("0");
    let out = shell.run(&[&print[..], &["4"]].concat()).ok();
    let of = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    let names: Vec<String> = files(&shell.path("post")).iter().map(of).collect();
    let day = "2026-04-01";
    let parts = ["1", "2", "3"].map(|part| format!("letters-{day}-{part}"));
    let expected = [&[format!("calls-{day}")][..], &parts].concat();
    let expected: Vec<String> =
        expected.iter().flat_map(|name| [format!("{name}.html"), format!("{name}.pdf")]).collect();
    assert_eq!(names, expected);
    let mut order = Vec::new();
    for part in parts {
        let html = std::fs::read_to_string(shell.path("post").join(format!("{part}.html"))).expect("letters");
        let of_part: Vec<String> = html
            .split("<address><span>")
            .skip(1)
            .map(|rest| rest.split('<').next().expect("a name").to_owned())
            .collect();
        assert!(of_part.len() <= 4, "{of_part:?}");
        order.extend(of_part);
    }
    let readers: Vec<String> = (11..=19).map(|number| format!("Reader {number}")).collect();
    assert_eq!(order, [&["Ada".to_owned()][..], &readers].concat());
    // As the list below the files says it.
    let listed: Vec<&str> = out
        .lines()
        .filter(|line| line.contains("letter "))
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    assert_eq!(listed.len(), 10, "{out}");
    assert!(listed.is_sorted(), "{listed:?}");
    assert!(shell.run(&[&print[..], &["4"]].concat()).ok().contains("Nothing is to be printed"));
}

/// What a program for PDF says of a file.
fn pdfinfo(arguments: &[&str], file: &Path) -> Option<String> {
    let output = std::process::Command::new("pdfinfo").args(arguments).arg(file).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_pdf_of_letters_can_be_read_out_part_by_part_in_the_order_of_the_page() {
    let mut sheets = Sheets::small();
    sheets.history(
        "R1,2026-03-10,progress,stalled,money,The purse is empty.,The council,2026-06-01,\n\
         R2,2026-03-11,promise,One bench,,,,,2026-05-10",
    );
    let shell = Shell::new();
    shell.pack(&sheets);
    shell.say("import pack --at 2026-03-01").ok();
    shell.say("tick --at 2026-04-01T10:00Z").ok();
    shell.run(&["tasks", "print", SLUG, "--out", "post", "--purpose", "posting"]).ok();
    let letters = named(&shell.path("post"), "letters", ".pdf");
    let Some(about) = pdfinfo(&[], &letters) else {
        return skipped("what a screen reader finds in a PDF (no pdfinfo)");
    };
    let of = |name: &str| {
        let line = about.lines().find(|line| line.starts_with(name)).expect("a line");
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    assert_eq!((of("Tagged").as_deref(), of("Title").as_deref()), (Some("yes"), Some("Letters")), "{about}");
    assert!(!about.contains("river") && !about.contains("Lantern"), "nothing tells the topic: {about}");
    let parts = pdfinfo(&["-struct-text"], &letters).expect("pdfinfo");
    let mut from = 0;
    for said in [
        "Document",
        "Sect",
        "\"Ada\"",
        "\"1 Quay Lane\"",
        "H1",
        "\"Your update\"",
        "H2",
        "H3",
        "\"Light the path\"",
        "The purse is empty.",
        "L (block)",
        "LI (block)",
        "Lbl",
        "LBody",
    ] {
        from += parts[from..].find(said).unwrap_or_else(|| panic!("{said}: {parts}"));
    }
    assert!(!parts.contains("Page 1 of"), "the number of a page is not read out: {parts}");
    let calls = pdfinfo(&["-struct-text"], &named(&shell.path("post"), "calls", ".pdf")).expect("pdfinfo");
    assert!(calls.contains("H1") && calls.contains("Is this a good moment?"), "{calls}");
}

#[test]
fn a_task_is_done_by_somebody_or_could_not_be_done_for_a_reason() {
    let shell = Shell::new().imported("2026-03-01");
    shell.say("tick --at 2026-04-02").ok();
    let id = |who: &str| {
        let listed = shell.say("tasks").ok();
        let line = listed.lines().find(|line| line.contains(who)).expect("a task").to_owned();
        line.split_whitespace().next().expect("an id").to_owned()
    };
    let (letter, call) = (id("P05"), id("P06"));
    shell.say(&format!("tasks done {letter}")).refused("--by");
    shell.run(&["tasks", "done", &letter, "--by", " "]).refused("who did it");
    shell.run(&["tasks", "failed", &call, "--by", "Robin", "--why", "…"]).refused("why");
    shell.run(&["tasks", "failed", &call, "--by", "Robin", "--why", "Nobody picked up in three days"]).ok();
    let listed = shell.say("tasks").ok();
    assert!(listed.contains("could not be done") && listed.contains("Nobody picked up"), "{listed}");
    shell.run(&["tasks", "done", &letter, "--by", "Robin"]).ok();
    assert!(!shell.say("tasks").ok().contains("P05"));
    shell.run(&["tasks", "done", &call, "--by", "Robin"]).refused("not open");
}

#[test]
fn a_letter_counts_as_told_on_the_day_when_it_was_posted_and_no_earlier_than_it_could_be() {
    let shell = Shell::new().imported("2026-03-01");
    shell.say("tick --at 2026-04-01T10:00Z").ok();
    let listed =
        || -> serde_json::Value { serde_json::from_str(&shell.say("tasks --json").ok()).expect("JSON") };
    let first = listed();
    let task = |who: &str| {
        let tasks = first["tasks"].as_array().expect("tasks");
        tasks.iter().find(|task| task["participant"] == who).expect("a task").clone()
    };
    let letter = task("P05");
    assert_eq!(
        (&letter["channel"], &letter["state"], &letter["since"], &letter["printed_on"]),
        (&"letter".into(), &"task".into(), &"2026-04-01".into(), &serde_json::Value::Null),
        "{letter}"
    );
    assert_eq!((&first["lost"], &first["refused"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert!(!first.to_string().contains("Quay"), "{first}");
    let (letter, call) = (letter["id"].as_str().expect("an id"), task("P06")["id"].clone());
    let call = call.as_str().expect("an id");
    let print = ["tasks", "print", SLUG, "--out", "post", "--purpose", "posting"];
    shell.run(&[&print[..], &["--at", "2026-04-03T09:00Z"]].concat()).ok();
    // Printed again by mistake, after it was posted.
    shell.run(&[&print[..], &["--again", "--at", "2026-04-09T09:00Z"]].concat()).ok();
    let done = |id: &str, on: &str| {
        shell.run(&["tasks", "done", id, "--by", "Robin", "--on", on, "--at", "2026-04-10T09:00Z"])
    };
    done(letter, "2026-04-11").refused("today is 2026-04-10");
    done(letter, "2026-03-31").refused("made only on 2026-04-01");
    done(letter, "2026-04-02").refused("printed only on 2026-04-03");
    done(letter, "7 April").refused("2026-01-31");
    assert!(done(letter, "2026-04-07").ok().contains("told on 2026-04-07"));
    shell
        .run(&["tasks", "failed", call, "--by", "Robin", "--why", "nobody there", "--on", "2026-05-01"])
        .refused("on");
    assert_eq!(listed()["tasks"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_day_of_posting_is_when_its_reader_was_first_told_whenever_it_was_recorded() {
    on_both(async |t| {
        t.import_small().await;
        t.tick_at("2026-04-01T10:00Z").await;
        let open = tasks::list(&t.app()).await.expect("tasks").tasks;
        let letter = open.iter().find(|task| task.channel == Channel::Letter).expect("a letter").id;
        t.app().clock.advance_to(crate::harness::at("2026-04-10T09:00Z"));
        let tuesday = "2026-04-07".parse().ok();
        tasks::done(&t.app(), letter, "Robin", tuesday).await.expect("posted");
        let row = message::find(&t.app().db.reader, letter).await.expect("a query").expect("the letter");
        let noon = crate::harness::at("2026-04-07T11:00Z");
        assert_eq!(row.finished_at.map(|at| at.utc()), Some(noon), "noon in the project's zone");
        assert_eq!(t.person("P05").await.first_told_at.map(|at| at.utc()), Some(noon));
        let trail = audit::in_project(&t.app().db.reader, t.project().await.id).await.expect("a query");
        let entry = trail.iter().find(|row| row.act == "record a letter or call").expect("an entry");
        assert_eq!(entry.at.utc(), t.app().clock.now(), "who recorded it when stays as it was");
        assert!(entry.about.contains("Robin, on 2026-04-07"), "{}", entry.about);
    })
    .await;
}

#[test]
fn what_could_not_be_done_asks_for_another_way_until_a_later_update_takes_over_or_somebody_closes_it() {
    let shell = Shell::new().imported("2026-03-01");
    shell.say("tick --at 2026-04-01T10:00Z").ok();
    let line = |who: &str| {
        let listed = shell.say("tasks").ok();
        listed.lines().find(|line| line.contains(who)).map(str::to_owned)
    };
    let id = |who: &str| {
        let line = line(who).expect("a task");
        line.split_whitespace().next().expect("an id").to_owned()
    };
    let fail = |id: &str, why: &str, at: &str| {
        shell.run(&["tasks", "failed", id, "--by", "Robin", "--why", why, "--at", at])
    };
    let (letter, call) = (id("P05"), id("P06"));
    shell.run(&["tasks", "close", &letter, "--by", "Robin", "--why", "done"]).refused("still to be done");
    fail(&letter, "it came back, she moved", "2026-04-05T09:00Z").ok();
    fail(&call, "the number is not in use", "2026-04-05T09:00Z").ok();
    let listed = shell.say("tasks").ok();
    assert_eq!(listed.matches("ask for another way to reach them").count(), 2, "{listed}");
    assert!(listed.contains("participant choose") && listed.contains("tasks close"), "{listed}");
    // Somebody found out how else to reach one of them: there is nothing to ask any more.
    shell.run(&["participant", "choose", SLUG, "P06", "channel=none", "--at", "2026-04-06T09:00Z"]).ok();
    assert!(line("P06").is_none(), "{listed}");
    // The next edition tells it again, by the same way, and says what became of the last one.
    shell.say("tick --at 2026-05-01T10:00Z").ok();
    let listed = shell.say("tasks").ok();
    let of_p05: Vec<&str> = listed.lines().filter(|line| line.contains("P05")).collect();
    let [one] = of_p05[..] else { panic!("{listed}") };
    assert!(one.contains("print and post the letter"), "{one}");
    assert!(
        one.contains("the last one could not be done, 2026-04-05: Robin recorded: it came back"),
        "{one}"
    );
    let again = id("P05");
    assert_ne!(again, letter);
    let shown = shell.run(&["tasks", "show", &again, "--purpose", "posting"]).ok();
    assert!(shown.contains("Light the path"), "nothing of it is lost: {shown}");
    let deliveries = shell.say("deliveries").ok();
    assert!(deliveries.contains("a later update took over, so nothing is to be done"), "{deliveries}");
    // It fails once more, and this time nobody knows any other way.
    fail(&again, "she moved", "2026-05-03T09:00Z").ok();
    let close = |why: &str| {
        shell.run(&["tasks", "close", &again, "--by", "Robin", "--why", why, "--at", "2026-05-04T09:00Z"])
    };
    close(" ").refused("why");
    close("Nobody knows where she lives now").ok();
    assert!(shell.say("tasks").ok().contains("Nothing waits"), "{}", shell.say("tasks").ok());
    close("once more").refused("nothing to close");
    assert!(shell.say("deliveries").ok().contains("Nobody knows where she lives now"));
    // Who was not told is told with the next edition all the same.
    shell.say("tick --at 2026-06-01T10:00Z").ok();
    assert!(line("P05").is_some_and(|line| line.contains("post the letter")));
}

/// A letter and a call of an edition with a note about the first recommendation.
async fn letter_and_call(t: &Trial) -> [MessageId; 2] {
    let mut pack = Sheets::small();
    pack.history("R1,2026-03-20,note,The posts were counted,,,,,");
    t.bring_in(&pack).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let open = tasks::list(&t.app()).await.expect("tasks").tasks;
    [Channel::Letter, Channel::Phone]
        .map(|channel| open.iter().find(|task| task.channel == channel).expect("a task").id)
}

#[tokio::test]
async fn only_what_somebody_did_is_told_and_what_failed_comes_again() {
    on_both(async |t| {
        let [letter, call] = letter_and_call(&t).await;
        tasks::done(&t.app(), letter, "Robin", None).await.expect("posted");
        tasks::not_done(&t.app(), call, "Robin", "the number is not in use", None).await.expect("noted");
        let row = message::find(&t.app().db.reader, letter).await.expect("a query").expect("the letter");
        assert_eq!((row.state, row.why.as_deref()), (MessageState::Accepted, Some("recorded by Robin")));
        assert_eq!(row.finished_at.map(|at| at.utc()), Some(t.app().clock.now()));
        let trail = audit::in_project(&t.app().db.reader, t.project().await.id).await.expect("a query");
        assert!(trail.iter().any(|row| row.act == "record a letter or call" && row.about.contains("Robin")));
        t.tick_at("2026-05-01T10:00Z").await;
        let printing = made(&t, "ringing", false).await;
        let html = |start: &str| {
            let file = printing
                .files
                .iter()
                .find(|file| file.name.starts_with(start) && file.name.ends_with("html"));
            read(std::str::from_utf8(&file.expect("a file").bytes).expect("text"))
        };
        assert!(!html("letters").contains("The posts were counted"), "it was told");
        assert!(html("calls").contains("The posts were counted"), "nobody was reached");
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_comes_back_after_it_was_recorded_as_posted_was_not_told_and_is_told_again() {
    on_both(async |t| {
        let [letter, _] = letter_and_call(&t).await;
        tasks::done(&t.app(), letter, "Robin", None).await.expect("posted");
        assert!(t.person("P05").await.first_told_at.is_some());
        t.app().clock.advance_to(crate::harness::at("2026-04-12T09:00Z"));
        tasks::not_done(&t.app(), letter, "Robin", "it came back", None).await.expect("noted");
        let row = message::find(&t.app().db.reader, letter).await.expect("a query").expect("the letter");
        assert_eq!(
            (row.state, row.why.as_deref()),
            (MessageState::Failed, Some("Robin recorded: it came back"))
        );
        let open = tasks::list(&t.app()).await.expect("tasks").tasks;
        assert!(open.iter().any(|task| task.id == letter), "somebody asks for another way: {open:?}");
        // Once is enough.
        assert!(tasks::not_done(&t.app(), letter, "Robin", "it came back", None).await.is_err());
        t.tick_at("2026-05-01T10:00Z").await;
        let printing = made(&t, "posting", false).await;
        let is_letter = |name: &str| name.starts_with("letters") && name.ends_with("html");
        let file = printing.files.iter().find(|file| is_letter(&file.name)).expect("letters");
        let html = read(std::str::from_utf8(&file.bytes).expect("text"));
        assert!(html.contains("The posts were counted"), "{html}");
    })
    .await;
}

#[tokio::test]
async fn an_address_is_opened_for_printing_only_with_a_purpose_and_is_written_down() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    assert!(letters::printing(&t.app(), SLUG, "", false, letters::PER_FILE).await.is_err());
    let opened = async || {
        let trail = audit::in_project(&t.app().db.reader, t.project().await.id).await.expect("a query");
        trail.iter().filter(|row| row.act == "open the vault" && row.about.contains("posting")).count()
    };
    assert_eq!(opened().await, 0);
    let printing = made(&t, "posting", false).await;
    assert_eq!((printing.entries.len(), opened().await), (2, 2));
    // Whoever stopped, or whose address is not there, gets nothing.
    t.stop("P05").await;
    assert_eq!(made(&t, "posting", true).await.entries.len(), 1);
    t.pause_project("The hall has burned down").await;
    let kept = made(&t, "posting", true).await;
    assert!(kept.entries.is_empty() && kept.files.is_empty());
    assert_eq!(kept.left_out, [("P06".to_owned(), "the project is paused, so updates wait")]);
}

/// The code at the end of the letter of P05.
async fn code_of_a_letter(t: &Trial) -> String {
    let printing = made(t, "posting", true).await;
    let letters =
        &printing.files.iter().find(|file| file.name.starts_with("letters")).expect("letters").bytes;
    let words = read(std::str::from_utf8(letters).expect("text"));
    let (before, after) = words.split_once("and type this code: ").expect("a code");
    assert!(before.trim_end().ends_with("/c"), "{before}");
    after.split_whitespace().take(7).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_code_of_a_letter_leads_to_the_page_of_its_reader_and_every_other_nowhere() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    let code = code_of_a_letter(&t).await;
    assert_eq!(code.split(' ').map(str::len).collect::<Vec<_>>(), [4; 7], "{code}");
    let site = TestClient::new(web::routes(t.app(), None));
    let page = site.get("/c").send().await;
    page.assert_status_is_ok();
    let kind = "application/x-www-form-urlencoded";
    let typed = async |code: &str| {
        let body = url::form_urlencoded::Serializer::new(String::new()).append_pair("code", code).finish();
        site.post("/c").content_type(kind).header("origin", "null").body(body).send().await
    };
    for as_typed in [code.clone(), code.to_lowercase(), code.replace(' ', "-"), code.replace(' ', "")] {
        let led = typed(&as_typed).await;
        led.assert_status(StatusCode::SEE_OTHER);
        let to = led.0.headers()["location"].to_str().expect("an address").to_owned();
        assert_eq!(to, format!("/u/{}", t.link_of("P05").await));
        site.get(to).send().await.assert_status_is_ok();
    }
    let lost = site.get("/nothing-here").send().await;
    let lost = lost.0.into_body().into_string().await.expect("a page");
    let other = code.replacen(&code[..1], if code.starts_with('2') { "3" } else { "2" }, 1);
    for wrong in [other.as_str(), "", "2222", &"Z".repeat(28), &"2".repeat(5000), &code[5..]] {
        let answer = typed(wrong).await;
        answer.assert_status(StatusCode::NOT_FOUND);
        assert_eq!(answer.0.into_body().into_string().await.expect("a page"), lost);
    }
    for _ in 0..60 {
        typed("2222").await;
    }
    typed(&other).await.assert_status(StatusCode::TOO_MANY_REQUESTS);
    // Somebody else behind the same proxy has a code, and it leads on all the same.
    typed(&code).await.assert_status(StatusCode::SEE_OTHER);
    let foreign =
        site.post("/c").header("sec-fetch-site", "cross-site").body(format!("code={code}")).send().await;
    foreign.assert_status(StatusCode::FORBIDDEN);
    assert_eq!(tasks::list(&t.app()).await.expect("tasks").tasks.len(), 2, "typing a code changes nothing");
}

#[tokio::test]
async fn a_call_is_read_out_without_an_address_of_the_web_and_says_nothing_before_its_person_can_talk() {
    let t = Trial::new().await;
    let mut pack = Sheets::small();
    pack.put(
        "history",
        "recommendation,on,kind,value,explanation,evidence_url\nR1,2026-03-20,progress,in_progress,,\n\
         R1,2026-03-21,progress,done,The path is lit,https://proof.example/lamps\n",
    );
    t.bring_in(&pack).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let open = tasks::list(&t.app()).await.expect("tasks").tasks;
    let call = open.iter().find(|task| task.channel == Channel::Phone).expect("a call").id;
    let script = tasks::show(&t.app(), call, "ringing").await.expect("a script");
    let words = script.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!words.contains("://") && !words.contains("fingerprint") && !words.contains("reply"), "{words}");
    let (first, rest) = words.split_once("Now read this out").expect("what is read out");
    for said in
        ["Is this a good moment?", "Are you alone", "If somebody else answers", "If a machine answers"]
    {
        assert!(first.contains(said), "{said}: {first}");
    }
    let project = t.project().await;
    for never in [project.title.as_str(), "Light the path", "council"] {
        assert!(!first.contains(never), "{never}: {first}");
    }
    assert!(rest.contains("Light the path") && rest.contains("[ ] read out to the end"), "{rest}");
}

#[tokio::test]
async fn who_wants_large_print_gets_it_by_mail_and_on_paper_and_counts_as_met() {
    let mut pack = Sheets::small();
    pack.swap("participants", "email,standard", "email,large_print");
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    t.deed("P05", Deed::Choose(Choice::Format, "large_print".to_owned())).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let mails = t.mails_to("sam@people.example");
    let html = mails[0].html.as_deref().expect("HTML");
    assert!(html.contains("font-size: 18pt") && html.contains("line-height: 1.7"), "{html}");
    let printing = made(&t, "posting", false).await;
    let letters = printing.files.iter().find(|file| file.name.starts_with("letters")).expect("letters");
    let letters = std::str::from_utf8(&letters.bytes).expect("text");
    assert!(letters.contains("paper letter large") && letters.contains(".paper.large { font-size: 18pt"));
}
