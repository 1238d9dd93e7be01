//! `hearback project set`: to whom a project shows itself and how, and that kept pages are of the past once something
//! changes that is no event.

use std::io::{BufRead, BufReader};

use hearback::actions::import::import;
use hearback::actions::participants::Deed;
use hearback::actions::showing::{self, Change, Colours, Edit, Image};
use hearback::domain::words::{Licence, LogoKind, Visibility};
use hearback::store::{audit, link, logo, project};

use crate::cli::Shell;
use crate::harness::{Mailed, SLUG, Sheets, Trial, on_both};

/// The beginning of a PNG: as much as says what it is and how large.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0]);
    bytes
}

fn to(visibility: Visibility) -> Change {
    Change { visibility: Some(visibility), ..Change::default() }
}

fn token(link: &str) -> &str {
    link.strip_prefix("http://updates.example.org/l/").expect("an address of this instance")
}

#[tokio::test]
async fn a_link_leads_to_its_project_until_the_project_is_private_or_gets_another_link() {
    on_both(|trial: Trial| async move {
        trial.import_small().await;
        let app = trial.app();
        assert_eq!(trial.project().await.visibility, Visibility::Private);
        let shown = showing::set(&app, SLUG, &to(Visibility::Link)).await.expect("set");
        let first = shown.link.expect("a link");
        let behind = async |link: &str| {
            let found = showing::behind_link(&trial.app(), token(link)).await.expect("a query");
            found.map(|project| project.slug)
        };
        assert_eq!(behind(&first).await.as_deref(), Some(SLUG));
        // A participant's link is for another purpose, and the other way round.
        assert_eq!(app.keys.link_id(link::UPDATES, token(&first)), None);
        let theirs = trial.link_of("P01").await;
        assert!(showing::behind_link(&app, &theirs).await.expect("a query").is_none());

        showing::set(&app, SLUG, &to(Visibility::Private)).await.expect("set");
        assert_eq!(behind(&first).await, None);
        let shown = showing::set(&app, SLUG, &to(Visibility::Link)).await.expect("set");
        assert_eq!(shown.link.as_deref(), Some(first.as_str()), "the link was kept");
        assert_eq!(behind(&first).await.as_deref(), Some(SLUG));

        let change = Change { new_link: true, ..Change::default() };
        let second = showing::set(&app, SLUG, &change).await.expect("set").link.expect("a link");
        assert_ne!(second, first);
        assert_eq!((behind(&first).await, behind(&second).await.as_deref()), (None, Some(SLUG)));
        let shown = showing::set(&app, SLUG, &to(Visibility::Public)).await.expect("set");
        assert_eq!(shown.page, "http://updates.example.org/p/river-path");
        assert_eq!(shown.data, "http://updates.example.org/p/river-path/data");
    })
    .await;
}

#[tokio::test]
async fn a_brand_is_stored_changed_and_taken_away_and_each_time_noted() {
    on_both(|trial: Trial| async move {
        trial.import_small().await;
        let app = trial.app();
        let image = |width| {
            Edit::Put(Image { bytes: png(width, 60), description: " A lantern over water ".to_owned() })
        };
        let colours = Colours { background: "#0B4F5C".to_owned(), text: "#ffffff".to_owned() };
        let change = Change {
            licence: Some(Licence::Ogl),
            name: Edit::Put("  The river path table ".to_owned()),
            colours: Edit::Put(colours),
            logo: image(120),
            ..Change::default()
        };
        let before = trial.project().await.shown_changes;
        showing::set(&app, SLUG, &change).await.expect("set");
        let row = trial.project().await;
        assert_eq!(row.shown_changes, before + 1);
        assert_eq!((row.visibility, row.licence), (Visibility::Private, Licence::Ogl));
        assert_eq!(row.brand_name.as_deref(), Some("The river path table"));
        assert_eq!(row.colours(), Some(("#0b4f5c", "#ffffff")));
        let find = async || logo::find(&trial.app().db.reader, row.id).await.expect("a query");
        let stored = find().await.expect("a logo");
        assert_eq!((stored.kind, stored.width, stored.height), (LogoKind::Png, 120, 60));
        assert_eq!((stored.kind.code(), stored.description.as_str()), ("image/png", "A lantern over water"));
        assert_eq!(stored.bytes, png(120, 60));

        let change = Change { logo: image(90), ..Change::default() };
        let shown = showing::set(&app, SLUG, &change).await.expect("set");
        assert_eq!(shown.logo.map(|logo| logo.width), Some(90));
        assert_eq!(shown.name.as_deref(), Some("The river path table"), "what is not named stays");
        let change =
            Change { name: Edit::Remove, colours: Edit::Remove, logo: Edit::Remove, ..Change::default() };
        showing::set(&app, SLUG, &change).await.expect("set");
        let now = trial.project().await;
        assert_eq!((now.brand_name.as_deref(), now.colours(), find().await), (None, None, None));
        let notes: Vec<String> = audit::in_project(&app.db.reader, row.id)
            .await
            .expect("a query")
            .into_iter()
            .filter(|row| row.act == "change how a project shows itself")
            .map(|row| row.about)
            .collect();
        assert_eq!(
            notes,
            ["licence OGL-UK-3.0, name, colours, logo", "logo", "no name, no colours, no logo"]
        );
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_named_and_nothing_is_changed() {
    let trial = Trial::new().await;
    trial.import_small().await;
    let app = trial.app();
    let before = trial.project().await;
    let colours = |background: &str, text: &str| Change {
        colours: Edit::Put(Colours { background: background.to_owned(), text: text.to_owned() }),
        ..to(Visibility::Public)
    };
    let name = |name: &str| Change { name: Edit::Put(name.to_owned()), ..to(Visibility::Public) };
    let image = |bytes: &[u8], description: &str| Change {
        logo: Edit::Put(Image { bytes: bytes.to_vec(), description: description.to_owned() }),
        ..to(Visibility::Public)
    };
    for (change, says) in [
        (colours("#777777", "#ffffff"), "4.47:1"),
        (colours("#777", "#ffffff"), "background: expected a colour"),
        (colours("#000000", "white"), "text: expected a colour"),
        (name(" \u{3164} "), "name: expected words"),
        (name("a\u{202e}b"), "U+202E"),
        (name(&"a".repeat(121)), "at most 120"),
        (image(&png(1025, 1), "A lantern"), "1025 x 1"),
        (image(b"<svg/>", "A lantern"), "PNG, JPEG or WebP"),
        (image(&png(9, 9), " "), "logo-description: expected words"),
        (image(&png(9, 9), "a\u{7}b"), "logo-description"),
    ] {
        let error = showing::set(&app, SLUG, &change).await.expect_err(says).to_string();
        assert!(error.contains(says) && error.contains("Nothing was saved"), "{error}");
    }
    assert_eq!(trial.project().await, before);
}

#[tokio::test]
async fn a_withdrawal_and_an_import_that_changes_consent_make_kept_pages_old_and_a_dry_run_does_not() {
    on_both(|trial: Trial| async move {
        let mut sheets = Sheets::small();
        trial.bring_in(&sheets).await;
        let count = async || trial.project().await.shown_changes;
        let first = count().await;
        assert!(first > 0, "the first import shows something new");
        trial.bring_in(&sheets).await;
        assert_eq!(count().await, first, "an import of what is known changes nothing");
        sheets.swap("stories", "written,internal", "written,public_anonymous");
        let events = trial.events().await.len();
        let report = import(&trial.app(), &sheets.files(), true).await.expect("a dry run");
        assert_eq!((report.changed["stories"].len(), count().await), (1, first));
        trial.bring_in(&sheets).await;
        assert_eq!(count().await, first + 1);
        trial.deed("P01", Deed::Withdraw(Some("KTR7".to_owned()))).await;
        assert_eq!(count().await, first + 2);
        assert_eq!(trial.events().await.len(), events, "none of it is an event");
        trial.stop("P02").await;
        assert_eq!(count().await, first + 2, "who is told shows on no page");
    })
    .await;
}

#[test]
fn project_set_shows_how_a_project_stands_and_says_what_a_change_means() {
    let shell = Shell::new().imported("");
    let set = |line: &str| shell.say(&format!("project set {SLUG} {line}"));
    let out = set("").ok();
    for row in ["visibility private", "link none", "licence CC-BY-4.0"] {
        let squeezed: Vec<String> =
            out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert!(squeezed.iter().any(|line| line == row), "{row}: {out}");
    }
    assert!(!out.contains("/p/"), "{out}");
    let out = set("--visibility link").ok();
    let link = |out: &str| {
        let at = out.find("http://localhost:8080/l/").expect("a link");
        out[at..].split_whitespace().next().expect("an address").to_owned()
    };
    let first = link(&out);
    assert_eq!(first.len(), "http://localhost:8080/l/".len() + 64);
    assert_eq!(link(&set("").ok()), first, "looking changes nothing");
    let out = set("--new-link").ok();
    assert!(link(&out) != first && out.contains("no longer works"), "{out}");
    let out = set("--visibility public --licence CC0-1.0").ok();
    for words in [
        "http://localhost:8080/p/river-path\n",
        "http://localhost:8080/p/river-path/data\n",
        "Anybody can now read this project's record",
        "whose tellers agreed",
        "reuse the data under CC0-1.0",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let out = set("--visibility private").ok();
    assert!(out.contains("Nobody can see") && out.contains("leads nowhere"), "{out}");
    shell.run(&["project", "set", SLUG, "--name", "The river path table"]).ok();
    assert!(set("").ok().contains("The river path table"));
    assert!(!shell.run(&["project", "set", SLUG, "--name", ""]).ok().contains("The river path table"));
}

#[test]
fn project_set_refuses_what_it_cannot_use() {
    let shell = Shell::new().imported("");
    let before = shell.say(&format!("project set {SLUG}")).ok();
    let set = |arguments: &[&str]| shell.run(&[&["project", "set", SLUG], arguments].concat());
    std::fs::write(shell.path("logo.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("a file");
    std::fs::write(shell.path("large.png"), [png(9, 9), vec![0; 64 * 1024]].concat()).expect("a file");
    std::fs::write(shell.path("logo.txt"), png(120, 60)).expect("a file");
    set(&["--visibility", "everybody"]).refused("private, link, public");
    set(&["--licence", "WTFPL"]).refused("CC-BY-4.0");
    set(&["--background", "#000000"]).refused("--text");
    set(&["--logo", "logo.txt"]).refused("--logo-description");
    set(&["--logo", "logo.svg", "--logo-description", "A lantern"]).refused("PNG, JPEG or WebP");
    set(&["--logo", "large.png", "--logo-description", "A lantern"]).refused("64 KiB");
    set(&["--logo", "nowhere.png", "--logo-description", "A lantern"]).refused("Nothing was changed");
    set(&["--logo", "pack", "--logo-description", "A lantern"]).refused("no plain file");
    set(&["--background", "#888888", "--text", "#ffffff"]).refused("3.54:1");
    shell.say("project set elsewhere").refused("the projects here: river-path");
    assert_eq!(shell.say(&format!("project set {SLUG}")).ok(), before);
    // What an image is, its bytes say and not its name.
    let out = set(&["--logo", "logo.txt", "--logo-description", "A lantern"]).ok();
    assert!(out.contains("image/png, 120 x 60 pixels: A lantern"), "{out}");
}

#[test]
fn messages_are_never_in_the_pseudo_language() {
    let shell = Shell::new().with("HEARBACK_PSEUDO", "rtl");
    let mut sheets = Sheets::small();
    sheets.swap("participants", "id,greeting_name", "id,language,greeting_name");
    for id in 1..=7 {
        sheets.swap("participants", &format!("P0{id},"), &format!("P0{id},ar-XB,"));
    }
    shell.pack(&sheets);
    shell.say("import pack --at 2026-03-01").ok();
    shell.say("tick --at 2026-04-01T12:00Z").ok();
    let mails = std::fs::read_dir(shell.path("data/mail")).expect("messages");
    let mails: Vec<Mailed> = mails
        .map(|entry| Mailed::read(&std::fs::read(entry.expect("an entry").path()).expect("a message")))
        .collect();
    assert_eq!(mails.len(), 4);
    for mail in mails {
        assert!(mail.text.contains("Hello") && !mail.text.contains('á'), "{}", mail.text);
        assert!(!mail.html.unwrap_or_default().contains("rtl"));
    }
    let said = Shell::new().with("HEARBACK_PSEUDO", "ltr").say("tick");
    said.refused("The setting HEARBACK_PSEUDO cannot be used: expected rtl");
}

#[test]
fn a_demo_of_one_s_own_pack_names_its_public_page_where_that_is_wanted() {
    let last_lines = |more: &str| {
        let shell = Shell::new().with("HEARBACK_LISTEN", "127.0.0.1:0");
        shell.pack(&Sheets::small());
        let mut demo = shell.start(&format!("demo --pack pack --to 2026-02-03 {more}"));
        let out = BufReader::new(demo.stdout.take().expect("its words"));
        let mut lines = Vec::new();
        for line in out.lines().map(|line| line.expect("text")) {
            let is_last = line.contains("Ctrl-C");
            lines.push(line);
            if is_last {
                break;
            }
        }
        demo.kill().expect("killed");
        demo.wait().expect("it ended");
        lines.join("\n")
    };
    let out = last_lines("--public");
    let at = out.find("/p/river-path").expect(&out);
    let port = |before: &str| before.rsplit_once("http://localhost:").expect(before).1.to_owned();
    assert_eq!(port(&out[..at]), port(&out[..out.find("/mailbox").expect(&out)]));
    assert!(!last_lines("").contains("/p/"));
}

/// What everybody can see of the sample, for `demo`.
pub async fn is_public_with_a_brand(database: &std::path::Path) {
    let url = format!("sqlite://{}", database.display());
    let db = hearback::store::Db::connect(&url).await.expect("the database");
    let project = project::by_slug(&db.reader, "getting-there").await.expect("a query").expect("the sample");
    assert_eq!(project.visibility, Visibility::Public);
    assert!(project.brand_name.is_some() && project.colours().is_some());
    assert!(project.link_id.is_none());
    db.close().await.expect("closed");
}
