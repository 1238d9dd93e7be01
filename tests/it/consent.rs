//! Consent and privacy, line by line: who is written to, what a message may hold, and what an act of a participant ends.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hearback::actions::participants::{self, Deed};
use hearback::actions::projects;
use hearback::domain::words::{Choice, HistoryKind, MessageState};
use hearback::mail::smtp::PhaseLimits;
use hearback::store::{self, audit, message};
use hearback::web;
use mail_parser::MessageParser;
use poem::test::TestClient;

use crate::demo;
use crate::harness::{Mailed, SLUG, Sheets, Trial, act, at, explained, on_both};
use crate::smtp_server::{Phase, Reaction, SmtpServer};

const SAM: &str = "sam@people.example";
const ADA: &str = "P05";

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every message of the sample, replayed once for all tests that look through them.
async fn sample() -> &'static [Mailed] {
    &demo::sample().await.mails
}

/// The cells of a column of the sample, from the sheet and from those of later days.
fn cells(sheet: &str, column: &str) -> BTreeSet<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the sample") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample"), &mut files);
    let mut cells = BTreeSet::new();
    for path in files.iter().filter(|path| path.file_name().is_some_and(|name| name == sheet)) {
        let text = std::fs::read_to_string(path).expect("a sheet");
        let mut rows = rows(&text).into_iter();
        let header = rows.next().expect("a header");
        let Some(at) = header.iter().position(|name| name == column) else { continue };
        cells.extend(rows.filter_map(|row| row.get(at).cloned()).filter(|cell| !cell.is_empty()));
    }
    assert!(!cells.is_empty(), "{sheet} has no {column}");
    cells
}

pub fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' => {}
            c => cell.push(c),
        }
    }
    rows
}

/// Everything in a message that anybody could read: headers as they stand and decoded, text, and HTML as it stands.
fn everything(mail: &Mailed) -> String {
    let message = MessageParser::default().parse(mail.raw.as_bytes()).expect("a message");
    let headers: Vec<String> =
        message.headers().iter().map(|header| format!("{}: {:?}", header.name(), header.value())).collect();
    let html = mail.html.clone().unwrap_or_default();
    format!("{}\n{}\n{}\n{}", mail.raw, headers.join("\n"), squeezed(&mail.text), squeezed(&html))
}

fn header_lines(mail: &Mailed) -> Vec<String> {
    let head = mail.raw.split("\r\n\r\n").next().expect("headers");
    head.replace("\r\n ", " ").replace("\r\n\t", " ").lines().map(str::to_owned).collect()
}

/// A whole word, so that `S1` is not found in a boundary of letters.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        [before, after].iter().all(|c| c.is_none_or(|c| !c.is_alphanumeric() && !"+/=_-".contains(c)))
    })
}

#[tokio::test]
async fn every_message_has_one_recipient_and_nobody_in_copy() {
    for mail in sample().await {
        let lines = header_lines(mail);
        let to: Vec<&String> = lines.iter().filter(|line| line.to_lowercase().starts_with("to:")).collect();
        assert_eq!(to.len(), 1, "{lines:?}");
        assert_eq!(to[0].matches('@').count(), 1, "{to:?}");
        assert!(
            !lines.iter().any(|line| {
                let line = line.to_lowercase();
                line.starts_with("cc:") || line.starts_with("bcc:") || line.starts_with("resent-")
            }),
            "{lines:?}"
        );
    }
}

#[tokio::test]
async fn no_message_names_a_story_or_says_why_it_is_evidence_or_holds_anybody_s_id_or_address() {
    let codes = cells("stories.csv", "code");
    let ids = cells("participants.csv", "id");
    let addresses = cells("participants.csv", "email");
    let private: BTreeSet<String> = [
        cells("stories.csv", "summary"),
        cells("evidence.csv", "why"),
        cells("themes.csv", "summary"),
        cells("stories.csv", "content_note"),
        cells("participants.csv", "phone"),
    ]
    .into_iter()
    .flatten()
    .collect();
    for mail in sample().await {
        let all = everything(mail);
        for code in codes.iter().chain(&ids) {
            assert!(!holds_word(&all, code), "{code}: {}", mail.subject);
        }
        for words in &private {
            assert!(
                !all.to_lowercase().contains(&squeezed(words).to_lowercase()),
                "{words}: {}",
                mail.subject
            );
        }
        let without_to: String =
            header_lines(mail).into_iter().filter(|line| !line.to_lowercase().starts_with("to:")).collect();
        let (_, body) = mail.raw.split_once("\r\n\r\n").expect("a body");
        let elsewhere =
            format!("{without_to}\n{body}\n{}\n{}", mail.text, mail.html.as_deref().unwrap_or_default());
        for address in &addresses {
            assert!(!elsewhere.contains(address.as_str()), "{address}: {}", mail.subject);
        }
    }
}

#[tokio::test]
async fn neither_subject_nor_sender_nor_what_a_locked_telephone_shows_names_the_topic() {
    let titles = cells("recommendations.csv", "title");
    let topics = ["bus", "clinic", "river", "night", "path", "timetable", "driver", "Getting There"];
    for mail in sample().await {
        let shown: String = squeezed(&mail.text).chars().take(200).collect();
        let headers = header_lines(mail)
            .into_iter()
            .filter(|line| {
                let line = line.to_lowercase();
                !["reply-to:", "to:", "mime", "content-", "list-", "message-id"]
                    .iter()
                    .any(|name| line.starts_with(name))
            })
            .collect::<Vec<_>>()
            .join("\n");
        for topic in topics.iter().map(|topic| (*topic).to_owned()).chain(titles.iter().cloned()) {
            for text in [&shown, &mail.subject, &headers] {
                assert!(!holds_word(&text.to_lowercase(), &topic.to_lowercase()), "{topic}: {text}");
            }
        }
        if let Some(html) = &mail.html {
            let from = html.find("<body").expect("a body");
            let mut plain = String::new();
            let mut inside = false;
            for c in html[from..].chars() {
                match c {
                    '<' => inside = true,
                    '>' => inside = false,
                    c if !inside => plain.push(c),
                    _ => {}
                }
            }
            let shown: String = squeezed(&plain).chars().take(200).collect();
            for topic in topics {
                assert!(!holds_word(&shown.to_lowercase(), &topic.to_lowercase()), "{topic}: {shown}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_in_the_html_is_fetched_from_anywhere_or_tells_that_it_was_read() {
    let mut checks = std::collections::BTreeSet::new();
    for html in sample().await.iter().filter_map(|mail| mail.html.as_deref()) {
        let html = html.to_lowercase();
        for tag in [
            "<img",
            "<script",
            "<link",
            "<iframe",
            "<object",
            "<form",
            "<video",
            "<audio",
            "<svg",
            "@import",
            "url(",
            "src=",
            "background=",
        ] {
            assert!(!html.contains(tag), "{tag}: {html}");
        }
        for link in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().expect("an address")) {
            let ours = link.starts_with("http://localhost:") && link.contains("/u/");
            let check = link.starts_with("http://localhost:") && link.ends_with("/check");
            if check {
                checks.insert(link.to_owned());
            }
            let proof = link.starts_with("https://") && !link.contains("utm_") && !link.contains("localhost");
            assert!(
                ours || check || proof || link.starts_with("mailto:") || link.starts_with("tel:"),
                "{link}"
            );
        }
    }
    assert_eq!(checks.len(), 1, "the address to check the record is the same for everybody: {checks:?}");
}

#[tokio::test]
async fn after_a_withdrawal_in_the_sample_there_is_one_confirmation_and_nothing() {
    // S18 withdrew all on 19 August 2025, S20 stopped on 8 January 2026.
    let address = |id: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/participants.csv");
        let rows = rows(&std::fs::read_to_string(path).expect("the sheet"));
        let row = rows.into_iter().find(|row| row[0] == id).expect("the person");
        row[2].clone()
    };
    let to = |id: &str| {
        let address = address(id);
        sample_to(address)
    };
    let (withdrew, stopped) = (to("S18").await, to("S20").await);
    let after: Vec<&Mailed> =
        withdrew.iter().filter(|mail| mail.date >= at("2025-08-18T23:00Z")).copied().collect();
    assert_eq!(after.len(), 1, "{after:?}");
    assert!(after[0].subject.contains("what you asked for is done"), "{}", after[0].subject);
    assert!(withdrew.len() > 1, "they were told before");
    assert!(!stopped.iter().any(|mail| mail.date >= at("2026-01-08")), "{stopped:?}");
    let paused = to("S21").await;
    assert!(!paused.iter().any(|mail| mail.date >= at("2025-06-12") && mail.date < at("2025-11-18")));
    assert!(paused.iter().any(|mail| mail.date >= at("2025-11-18")), "and then again");
}

async fn sample_to(address: String) -> Vec<&'static Mailed> {
    sample().await.iter().filter(|mail| mail.to == address).collect()
}

#[tokio::test]
async fn who_gave_no_consent_is_not_written_to() {
    let mut pack = Sheets::small();
    pack.swap("participants", "email,standard,every,,yes\nP02", "email,standard,every,,no\nP02");
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    t.tick_at("2026-04-01T10:00Z").await;
    assert!(t.mails_to(SAM).is_empty());
    assert_eq!(t.mails().len(), 3);
}

/// An update that is composed and waits for the end of a quiet time.
async fn composed(t: &Trial, pack: &Sheets) {
    t.bring_in(pack).await;
    t.deed("P01", Deed::Choose(Choice::QuietTimes, "2026-04-01".to_owned())).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let rows = message::all(&t.app().db.reader).await.expect("messages");
    let person = t.person("P01").await;
    assert!(rows.iter().any(|row| row.participant_id == person.id && row.state == MessageState::Queued));
}

#[tokio::test]
async fn a_withdrawal_between_composing_and_sending_leaves_the_confirmation_only() {
    on_both(async |t| {
        composed(&t, &Sheets::small()).await;
        t.deed("P01", Deed::Withdraw(Some("KTR7".to_owned()))).await;
        t.days_until("2026-06-02").await;
        let mails = t.mails_to(SAM);
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert!(mails[0].subject.contains("what you asked for is done"));
        assert!(!mails[0].text.contains("Light the path"), "{}", mails[0].text);
        assert!(!mails[0].raw.contains("List-Unsubscribe:"), "there is nothing left to end");
    })
    .await;
}

#[tokio::test]
async fn who_stops_hears_nothing_at_all_not_even_that_they_stopped() {
    on_both(async |t| {
        composed(&t, &Sheets::small()).await;
        t.stop("P01").await;
        t.deed("P01", Deed::Withdraw(None)).await;
        t.days_until("2026-06-02").await;
        assert_eq!(t.mails_to(SAM), Vec::<Mailed>::new());
    })
    .await;
}

impl PartialEq for Mailed {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

#[tokio::test]
async fn who_pauses_hears_nothing_and_after_resuming_everything_since() {
    on_both(async |t| {
        t.import_small().await;
        t.tick_at("2026-04-01T10:00Z").await;
        t.deed("P01", Deed::Pause).await;
        t.log(act("R1", "2026-04-01", HistoryKind::Note, "The posts were counted")).await;
        t.days_until("2026-05-10").await;
        t.log(act("R1", "2026-05-10", HistoryKind::Note, "The lamps were chosen")).await;
        t.days_until("2026-06-10").await;
        assert_eq!(t.mails_to(SAM).len(), 1);
        t.deed("P01", Deed::Resume).await;
        t.days_until("2026-06-30").await;
        assert_eq!(t.mails_to(SAM).len(), 1, "not before the next edition");
        t.days_until("2026-07-02").await;
        let text = squeezed(&t.mails_to(SAM)[1].text);
        assert!(text.contains("The posts were counted") && text.contains("The lamps were chosen"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_story_that_is_withdrawn_takes_its_recommendation_out_of_an_update_that_waits() {
    on_both(async |t| {
        let mut pack = Sheets::small();
        pack.add("stories", "NDK3,P01,A second story,written,internal,code");
        pack.add("evidence", "R2,NDK3,supports,Would sit");
        pack.history(
            "R1,2026-03-20,note,The posts were counted,,,,,\nR2,2026-03-21,note,The bends were measured,,,,,",
        );
        composed(&t, &pack).await;
        t.deed("P01", Deed::Withdraw(Some("KTR7".to_owned()))).await;
        t.days_until("2026-05-02").await;
        let mails = t.mails_to(SAM);
        let (confirmations, updates): (Vec<_>, Vec<_>) =
            mails.iter().partition(|mail| mail.subject.contains("what you asked for is done"));
        assert_eq!(confirmations.len(), 1);
        assert!(squeezed(&confirmations[0].text).contains("You gave us other stories too."));
        let told: Vec<String> = updates.iter().map(|mail| squeezed(&mail.text)).collect();
        assert_eq!(told.len(), 2, "one of April, one of May");
        assert!(told.iter().all(|text| !text.contains("The posts were counted")), "{told:?}");
        assert_eq!(
            told.iter().filter(|text| text.contains("The bends were measured")).count(),
            1,
            "{told:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_last_of_several_withdrawals_is_confirmed_and_nothing_follows_wherever_the_ticks_fall() {
    // At each place between the acts there may be a tick or none.
    for ticks in 0..16_u32 {
        let mut pack = Sheets::small();
        pack.add("stories", "NDK3,P01,A second story,written,internal,code");
        pack.add("evidence", "R2,NDK3,supports,Would sit");
        let t = Trial::new().await;
        t.bring_in(&pack).await;
        let tick = async |place: u32| {
            if ticks & (1 << place) != 0 {
                t.tick().await;
            }
        };
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        tick(0).await;
        t.deed("P01", Deed::Withdraw(Some("KTR7".to_owned()))).await;
        tick(1).await;
        t.deed("P01", Deed::Withdraw(Some("NDK3".to_owned()))).await;
        let before: BTreeSet<String> = t.mails_to(SAM).into_iter().map(|mail| mail.message_id).collect();
        tick(2).await;
        t.deed("P01", Deed::Withdraw(None)).await;
        tick(3).await;
        t.days_until("2026-06-02").await;
        let after: Vec<Mailed> =
            t.mails_to(SAM).into_iter().filter(|mail| !before.contains(&mail.message_id)).collect();
        let after: Vec<String> = after.iter().map(|mail| squeezed(&mail.text)).collect();
        assert_eq!(after.len(), 1, "{ticks:04b}: {after:?}");
        assert!(after[0].contains("This is the last message."), "{ticks:04b}: {}", after[0]);
    }
}

#[tokio::test]
async fn a_half_sent_edition_ends_for_those_who_withdraw_stop_or_pause() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), PhaseLimits::default());
        t.import_small().await;
        for address in [SAM, "kit@people.example", "noor@people.example"] {
            server.for_recipient(address, Phase::Dot, Reaction::Code(451));
        }
        assert_eq!(t.tick_at("2026-04-01T10:00Z").await.accepted, 1);
        t.deed("P01", Deed::Withdraw(None)).await;
        t.stop("P02").await;
        t.deed("P03", Deed::Pause).await;
        server.clear();
        t.days_until("2026-05-02").await;
        let to = |address: &str| {
            let all = server.accepted();
            all.into_iter()
                .filter(|mail| mail.to == address)
                .map(|mail| Mailed::read(&mail.data).subject)
                .collect::<Vec<_>>()
        };
        assert_eq!(to(SAM).len(), 1);
        assert!(to(SAM)[0].contains("what you asked for is done"));
        assert!(to("kit@people.example").is_empty() && to("noor@people.example").is_empty());
        assert_eq!(to("lee@people.example").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn consent_is_read_again_when_a_message_is_sent() {
    let t = Trial::new().await;
    composed(&t, &Sheets::small()).await;
    let mut pack = Sheets::small();
    pack.swap("participants", "email,standard,every,,yes\nP02", "email,standard,every,,no\nP02");
    t.bring_in(&pack).await;
    t.days_until("2026-05-02").await;
    assert_eq!(t.mails_to(SAM).len(), 0);
}

#[tokio::test]
async fn another_channel_that_is_chosen_after_composing_is_the_one_that_is_used() {
    let mut pack = Sheets::small();
    pack.swap(
        "participants",
        "P01,Sam,sam@people.example,,,email",
        "P01,Sam,sam@people.example,01632 960009,,email",
    );
    let t = Trial::new().await;
    composed(&t, &pack).await;
    t.deed("P01", Deed::Choose(Choice::Channel, "phone".to_owned())).await;
    t.days_until("2026-05-02").await;
    assert_eq!(t.mails_to(SAM).len(), 0);
    let tasks = hearback::actions::tasks::list(&t.app()).await.expect("tasks").tasks;
    assert!(tasks.iter().any(|task| task.participant == "P01"), "{tasks:?}");
}

#[tokio::test]
async fn who_leaves_letters_or_calls_for_e_mail_leaves_no_task_that_could_tell_them_twice() {
    let mut pack = Sheets::small();
    pack.swap("participants", "P05,Ada,,,", "P05,Ada,ada@people.example,,");
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    t.tick_at("2026-04-01T10:00Z").await;
    t.deed(ADA, Deed::Choose(Choice::Channel, "email".to_owned())).await;
    t.tick_at("2026-05-01T10:00Z").await;
    let tasks = hearback::actions::tasks::list(&t.app()).await.expect("tasks").tasks;
    assert!(!tasks.iter().any(|task| task.participant == ADA), "{tasks:?}");
    assert_eq!(t.mails_to("ada@people.example").len(), 1);
}

#[tokio::test]
async fn a_letter_is_not_shown_any_more_once_consent_is_gone_or_everything_is_paused() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    let tasks = hearback::actions::tasks::list(&t.app()).await.expect("tasks").tasks;
    let letter = tasks.iter().find(|task| task.participant == ADA).expect("a letter").id;
    let call = tasks.iter().find(|task| task.participant == "P06").expect("a call").id;
    t.pause_project("The hall has burned down").await;
    assert!(hearback::actions::tasks::show(&t.app(), call, "ringing").await.is_err());
    projects::resume(&t.app(), SLUG).await.expect("resumed");
    assert!(hearback::actions::tasks::show(&t.app(), call, "ringing").await.is_ok());
    let mut pack = Sheets::small();
    pack.swap("participants", "letter,standard,every,,yes", "letter,standard,every,,no");
    t.bring_in(&pack).await;
    let after = hearback::actions::tasks::list(&t.app()).await.expect("tasks").tasks;
    assert!(!after.iter().any(|task| task.participant == ADA), "{after:?}");
    assert!(hearback::actions::tasks::show(&t.app(), letter, "posting").await.is_err());
}

#[tokio::test]
async fn what_people_do_leaves_nothing_in_the_record() {
    on_both(async |t| {
        t.import_small().await;
        t.tick_at("2026-04-01T10:00Z").await;
        let before = t.events().await.len();
        t.deed("P01", Deed::Pause).await;
        t.deed("P01", Deed::Resume).await;
        t.deed("P01", Deed::Choose(Choice::Cadence, "yearly".to_owned())).await;
        t.deed("P02", Deed::Withdraw(None)).await;
        t.stop("P03").await;
        let mut pack = Sheets::small();
        pack.add("evidence", "R3,QLB9,supports,Rings home");
        t.bring_in(&pack).await;
        t.tick_at("2026-04-01T10:01Z").await;
        assert_eq!(t.events().await.len(), before);
        let project = t.project().await;
        let trail = audit::in_project(&t.app().db.reader, project.id).await.expect("the trail");
        let acts: Vec<&str> = trail.iter().map(|row| row.act.as_str()).collect();
        for act in ["pause updates", "resume updates", "choose", "withdraw a story", "stop updates"] {
            assert!(acts.contains(&act), "{act}: {acts:?}");
        }
        for row in &trail {
            let row = format!("{row:?}");
            assert!(!row.contains('@') && !row.contains("KTR7") && !row.contains("MWD2"), "{row}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_record_holds_nobody_and_no_story() {
    let t = Trial::new().await;
    t.import_small().await;
    t.app().clock.advance_to(at("2026-03-10T10:00Z"));
    let stalled = act("R1", "2026-03-10", HistoryKind::Progress, "stalled");
    t.log(explained(stalled, "The budget is frozen", "2026-12-01")).await;
    t.days_until("2026-08-02").await;
    for line in t.events().await {
        let line = format!("{line:?}");
        for word in ["P01", "KTR7", "MWD2", "@people", "Sam", "without a lamp", "Fell there"] {
            assert!(!line.contains(word), "{word}: {line}");
        }
    }
}

#[tokio::test]
async fn looking_at_a_page_changes_nothing_in_the_database() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    let token = t.link_of("P01").await;
    let site = TestClient::new(web::routes(t.app(), None));
    let state = async || {
        let db = &t.app().db.reader;
        let project = t.project().await;
        format!(
            "{:?}{:?}{:?}{:?}",
            message::all(db).await.expect("messages"),
            audit::in_project(db, project.id).await.expect("the trail"),
            t.person("P01").await,
            project,
        )
    };
    let before = state().await;
    for path in [
        format!("/u/{token}"),
        format!("/u/{token}/resume"),
        "/".to_owned(),
        "/health/live".to_owned(),
        "/health/ready".to_owned(),
    ] {
        let _ = site.get(&path).send().await;
        let _ = site.head(&path).send().await;
    }
    assert_eq!(state().await, before);
}

#[tokio::test]
async fn a_withdrawal_from_the_sheet_that_meets_a_message_on_its_way_waits_and_is_not_lost() {
    let t = Trial::new().await;
    let mut pack = Sheets::small();
    pack.put("acts", "participant,on,act,story,value\nP01,2026-04-02,withdraw,,\n");
    t.bring_in(&pack).await;
    t.deed("P01", Deed::Choose(Choice::QuietTimes, "2026-04-01".to_owned())).await;
    t.tick_at("2026-04-01T10:00Z").await;
    // Another sender holds the update when the day of the act comes.
    t.app().clock.advance_to(at("2026-04-02T00:30Z"));
    let app = t.app();
    let tx = store::begin(&app.db).await.expect("a transaction");
    let held = message::claim(&tx, "another", app.clock.now(), 50).await.expect("claimed");
    assert_eq!(held.len(), 1);
    message::set_sending(&tx, &held.iter().collect::<Vec<_>>(), app.clock.now()).await.expect("sending");
    tx.commit().await.expect("committed");
    t.tick().await;
    assert!(t.mails_to(SAM).is_empty());
    t.tick_at("2026-04-02T02:00Z").await;
    t.tick_at("2026-04-02T02:01Z").await;
    let mails = t.mails_to(SAM);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.contains("what you asked for is done"), "{}", mails[0].subject);
    t.tick_at("2026-05-01T10:00Z").await;
    assert_eq!(t.mails_to(SAM).len(), 1);
}

#[tokio::test]
async fn an_act_on_somebody_who_is_being_written_to_says_to_try_again_and_changes_nothing() {
    let t = Trial::new().await;
    composed(&t, &Sheets::small()).await;
    t.app().clock.advance_to(at("2026-04-02T00:30Z"));
    let app = t.app();
    let tx = store::begin(&app.db).await.expect("a transaction");
    let held = message::claim(&tx, "another", app.clock.now(), 50).await.expect("claimed");
    message::set_sending(&tx, &held.iter().collect::<Vec<_>>(), app.clock.now()).await.expect("sending");
    tx.commit().await.expect("committed");
    let project = t.project().await;
    let person = t.person("P01").await;
    let tried = participants::try_now(
        &app,
        &project,
        person.id,
        &Deed::Stop,
        participants::BY_STAFF,
        person.joined_on,
    )
    .await;
    assert!(tried.expect("asked").is_none());
    assert_eq!(t.person("P01").await, person);
    assert_eq!(SLUG, project.slug);
}

#[tokio::test]
async fn what_a_sender_has_only_claimed_keeps_nobody_from_withdrawing() {
    on_both(|t| async move {
        t.import_small().await;
        t.tick_at("2026-03-31T09:00Z").await;
        // The edition is composed while the relay is away, and another sender claims everything and dies.
        let app = t.app();
        app.clock.advance_to(at("2026-04-01T09:00Z"));
        let project = t.project().await;
        let mut ticked = hearback::jobs::Ticked::default();
        hearback::jobs::compose::run(&app, project.id, &mut ticked).await.expect("composed");
        let tx = hearback::store::begin(&app.db).await.expect("a transaction");
        let claimed =
            hearback::store::message::claim(&tx, "another", app.clock.now(), 50).await.expect("claimed");
        tx.commit().await.expect("committed");
        assert!(!claimed.is_empty());
        t.deed("P01", Deed::Withdraw(None)).await;
        t.tick().await;
        let mails = t.mails_to("sam@people.example");
        assert_eq!(mails.len(), 1, "only the confirmation");
        assert!(mails[0].subject.contains("what you asked for is done"));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_comes_in_late_does_not_start_what_was_stopped_since() {
    on_both(|t| async move {
        t.import_small().await;
        t.tick_at("2026-03-20T09:00Z").await;
        t.stop("P01").await;
        let mut late = Sheets::small();
        late.put("acts", "participant,on,act,story,value\nP01,2026-03-05,resume,,\n");
        let report = t.bring_in(&late).await;
        assert!(report.warnings.iter().any(|warning| warning.file == "acts.csv"), "{:?}", report.warnings);
        t.tick_at("2026-04-01T10:00Z").await;
        assert!(t.mails_to("sam@people.example").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_act_that_lay_in_the_past_when_the_project_came_in_is_confirmed_to_nobody() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        sheets.put("acts", "participant,on,act,story,value\nP01,2026-02-05,withdraw,,\n");
        t.bring_in(&sheets).await;
        t.tick_at("2026-04-01T10:00Z").await;
        assert!(t.mails_to("sam@people.example").is_empty());
        assert!(!t.mails_to("noor@people.example").is_empty());
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_withdrawn_story_tells_what_rested_on_it() {
    on_both(|t| async move {
        t.import_small().await;
        t.tick_at("2026-04-01T10:00Z").await;
        t.deed("P01", Deed::Withdraw(None)).await;
        let app = t.app();
        let person = t.person("P01").await;
        assert!(hearback::store::cursor::of(&app.db.reader, &[person.id]).await.expect("cursors").is_empty());
        let updates =
            hearback::store::update::of_participant(&app.db.reader, person.id).await.expect("updates");
        assert!(updates.iter().all(|update| update.reader().expect("a reader").links.is_empty()));
    })
    .await;
}
