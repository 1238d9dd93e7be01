//! Messages that cannot be made.

use std::sync::Arc;

use hearback::locale::Locales;
use hearback::templates::Templates;

use super::*;
use crate::harness::{Mailed, at, on_both};

/// A folder of templates in which each greeting is looked at before it is written.
fn own_templates(t: &Trial) -> std::path::PathBuf {
    let folder = t.folder.path().join("templates");
    std::fs::create_dir_all(folder.join("mail")).expect("a folder");
    let ours = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/mail/block.txt");
    let source = std::fs::read_to_string(ours).expect("a template");
    let greeting = "{% elif block.kind == \"greeting\" %}\n";
    assert!(source.contains(greeting));
    let looked = format!("{greeting}{{{{ looked_at(block.words) }}}}");
    std::fs::write(folder.join("mail/block.txt"), source.replace(greeting, &looked)).expect("a template");
    folder
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_message_in_a_hundred_that_panics_while_it_is_made_keeps_back_no_other_and_names_nobody() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let folder = own_templates(&t);
        let t = t.through(&server.url(), limits(PATIENCE)).with(|app| {
            let locales = Arc::new(Locales::load().expect("words"));
            let templates = Templates::new(locales, Some(&folder)).expect("templates");
            app.templates = Arc::new(templates.with_function("looked_at", |words| {
                // p100, p200 and so on.
                assert!(!words.contains("00"), "this greeting cannot be written");
                String::new()
            }));
        });
        t.bring_in(&crowd(1_000)).await;
        let ticked = t.tick_at("2026-04-01T10:00Z").await;
        assert_eq!((ticked.updates, ticked.accepted, ticked.failed), (1_000, 991, 9));
        assert_eq!(states(&t).await, BTreeMap::from([("accepted", 991), ("failed", 9)]));
        let accepted = server.accepted();
        let one = Mailed::read(&accepted[0].data);
        assert!(one.text.contains("Name"), "the others are whole: {}", one.text);
        for row in rows(&t).await.into_iter().filter(|row| row.state == MessageState::Failed) {
            assert!(row.finished_at.is_some(), "{row:?}");
            assert_eq!(row.why.as_deref(), Some("it could not be made; see the log"));
        }
        // As `hearback tasks` shows them.
        let open = hearback::actions::tasks::list(&t.app()).await.expect("tasks").tasks;
        assert_eq!(open.len(), 9);
        for task in open {
            assert!(task.participant.ends_with("00") && task.state == MessageState::Failed, "{task:?}");
            let said = format!("{task:?}");
            assert!(!said.contains("people.example") && !said.contains("Name"), "{said}");
        }
        // With the next update they are told what they were not.
        t.tick_at("2026-04-20T10:00Z").await;
        assert_eq!(server.count(), 991, "what is final stays so");
        assert_eq!(t.app().clock.now(), at("2026-04-20T10:00Z"));
    })
    .await;
}

/// Says to a process that it was started by the test below.
const ALONE: &str = "HEARBACK_TEST_ALONE";

/// Panics only in a process of its own, which the test below starts, because a hook is there for all threads.
#[test]
fn a_panic_that_quotes_somebody() {
    if crate::harness::variable(ALONE).is_none() {
        return;
    }
    hearback::cli::keep_words_out_of_panics();
    let name = std::hint::black_box("Zoë Ångström");
    let _panicked = std::panic::catch_unwind(|| name[..3].to_owned());
}

#[test]
fn a_panic_is_told_without_its_words() {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "faults::panics::a_panic_that_quotes_somebody", "--nocapture"]);
    command.env(ALONE, "yes");
    let output = command.output().expect("it runs");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert!(!said.contains("Zo") && !said.contains("ngstr"), "{said}");
}
