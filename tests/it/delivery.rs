//! What becomes of a message on its way: accepted, put off, refused, unknown, overtaken, or left behind by a sender.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use hearback::actions::participants::{self, Deed};
use hearback::actions::tasks;
use hearback::domain::words::{HistoryKind, MessageState};
use hearback::mail::smtp::PhaseLimits;
use hearback::store::message::{self, End, Model};
use hearback::store::{self};

use crate::harness::{Mailed, SLUG, Sheets, Trial, act, at, explained, on_both};
use crate::smtp_server::{Phase, Reaction, SmtpServer};

const LONG: Duration = Duration::from_secs(60);
const SAM: &str = "sam@people.example";
const MAYBE: &str = "You may have read this already.";
/// What was asked for, which is told in full once.
const ASKED: &str = "Put lamps along the whole path";

fn limits(limit: Duration) -> PhaseLimits {
    PhaseLimits { connect: LONG, greeting: limit, command: limit, data: limit, after_dot: limit }
}

/// One person with e-mail, who stands behind one recommendation.
fn one_person() -> Sheets {
    let mut pack = Sheets::small();
    pack.put(
        "participants",
        "id,greeting_name,email,channel,format,cadence,contact_consent\n\
         P01,Sam,sam@people.example,email,standard,every,yes\n",
    );
    pack.put(
        "stories",
        "code,participant,summary,medium,consent,attribution\n\
         KTR7,P01,The walk home without a lamp,video,public_anonymous,code\n",
    );
    pack.put("evidence", "recommendation,story,direction,why\nR1,KTR7,supports,\n");
    pack
}

async fn through(t: Trial, server: &SmtpServer) -> Trial {
    let t = t.through(&server.url(), limits(LONG));
    t.bring_in(&one_person()).await;
    t
}

async fn messages(t: &Trial) -> Vec<Model> {
    message::all(&t.app().db.reader).await.expect("messages")
}

async fn last(t: &Trial) -> Model {
    messages(t).await.pop().expect("a message")
}

fn read(server: &SmtpServer) -> Vec<Mailed> {
    server.accepted().iter().map(|message| Mailed::read(&message.data)).collect()
}

fn minutes(from: DateTime<Utc>, row: &Model) -> i64 {
    (row.due_at.utc() - from).num_minutes()
}

#[tokio::test]
async fn what_the_relay_accepts_is_told_and_not_told_again() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = through(t, &server).await;
        assert_eq!(t.tick_at("2026-04-01T10:00Z").await.accepted, 1);
        t.tick_at("2026-05-01T10:00Z").await;
        let mails = read(&server);
        assert_eq!(mails.len(), 2);
        assert!(mails[0].text.contains(ASKED), "{}", mails[0].text);
        assert!(!mails[1].text.contains(ASKED), "{}", mails[1].text);
        assert_ne!(mails[0].message_id, mails[1].message_id);
    })
    .await;
}

#[tokio::test]
async fn what_is_put_off_comes_again_with_the_same_id_and_date_after_growing_waits() {
    for phase in [Phase::Dot, Phase::Rcpt, Phase::Mail, Phase::Data] {
        let server = SmtpServer::start().await;
        let t = through(Trial::new().await, &server).await;
        server.always(phase, Reaction::Code(451));
        t.tick_at("2026-04-01T10:00Z").await;
        let mut tried = at("2026-04-01T10:00Z");
        for (attempt, wait) in [30, 60, 120, 240, 480, 720, 720].into_iter().enumerate() {
            let row = last(&t).await;
            assert_eq!(row.state, MessageState::Deferred, "{phase:?}");
            assert_eq!(row.attempts, attempt as i32 + 1, "{phase:?}");
            let waited = minutes(tried, &row);
            assert!((wait..=wait + wait / 10).contains(&waited), "{phase:?}: {waited} after {attempt}");
            t.app().clock.advance_to(row.due_at.utc() - chrono::Duration::seconds(1));
            assert_eq!(t.tick().await.deferred, 0, "{phase:?}: not before its time");
            t.app().clock.advance_to(row.due_at.utc());
            tried = row.due_at.utc();
            assert_eq!(t.tick().await.deferred, 1, "{phase:?}");
        }
        server.clear();
        let row = last(&t).await;
        t.app().clock.advance_to(row.due_at.utc());
        assert_eq!(t.tick().await.accepted, 1, "{phase:?}");
        let mails = read(&server);
        assert_eq!(mails[0].message_id, row.message_id, "{phase:?}");
        assert_eq!(mails[0].date, at("2026-04-01T10:00Z"), "{phase:?}: the date of the first attempt");
    }
}

#[tokio::test]
async fn nobody_is_tried_for_longer_than_four_days_and_then_a_person_looks() {
    for phase in [Phase::Dot, Phase::Rcpt] {
        let server = SmtpServer::start().await;
        let t = through(Trial::new().await, &server).await;
        server.always(phase, Reaction::Code(451));
        t.tick_at("2026-04-01T10:00Z").await;
        let end = at("2026-04-06T12:00Z");
        while t.app().clock.now() < end {
            t.app().clock.advance(chrono::Duration::minutes(30));
            t.tick().await;
        }
        let row = last(&t).await;
        assert_eq!(row.state, MessageState::Failed, "{phase:?}: {row:?}");
        let ended = row.finished_at.expect("an end").utc();
        assert!(ended >= at("2026-04-05T10:00Z") && ended < at("2026-04-06T00:00Z"), "{phase:?}: {ended}");
        assert!(row.why.as_deref().is_some_and(|why| why.starts_with("given up after 4 days")), "{row:?}");
        let open = tasks::list(&t.app()).await.expect("tasks").tasks;
        assert_eq!(open.len(), 1, "{phase:?}");
        server.clear();
        t.tick_at("2026-05-01T10:00Z").await;
        assert!(read(&server)[0].text.contains(ASKED), "what was given up on comes with the next update");
    }
}

#[tokio::test]
async fn what_is_refused_is_not_tried_again_and_comes_with_the_next_update() {
    for phase in [Phase::Dot, Phase::Rcpt] {
        let server = SmtpServer::start().await;
        let t = through(Trial::new().await, &server).await;
        server.on(phase, Reaction::Code(550));
        assert_eq!(t.tick_at("2026-04-01T10:00Z").await.failed, 1);
        let row = last(&t).await;
        assert_eq!((row.state, row.finished_at.is_some()), (MessageState::Failed, true));
        assert_eq!(t.tick_at("2026-04-20T10:00Z").await.accepted, 0);
        assert!(read(&server).is_empty());
        t.tick_at("2026-05-01T10:00Z").await;
        let mails = read(&server);
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains(ASKED), "{}", mails[0].text);
        assert!(!mails[0].text.contains(MAYBE), "it was not told: {}", mails[0].text);
    }
}

#[tokio::test]
async fn after_a_cut_behind_the_dot_it_is_sent_once_more_and_then_a_person_looks() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = through(t, &server).await;
        server.times(2, Phase::Dot, Reaction::CutAfterTaking);
        assert_eq!(t.tick_at("2026-04-01T10:00Z").await.unknown, 1);
        assert_eq!(t.tick_at("2026-04-01T10:29Z").await.unknown, 0);
        assert_eq!(t.tick_at("2026-04-01T10:30Z").await.unknown, 1);
        let row = last(&t).await;
        assert_eq!((row.state, row.finished_at.is_some()), (MessageState::Unknown, true));
        t.tick_at("2026-04-20T10:00Z").await;
        let mails = read(&server);
        let ids: BTreeSet<&str> = mails.iter().map(|mail| mail.message_id.as_str()).collect();
        assert_eq!((mails.len(), ids.len()), (2, 1), "twice, with one id");
        assert_eq!(mails[0].date, mails[1].date);
        let open = tasks::list(&t.app()).await.expect("tasks").tasks;
        assert_eq!((open.len(), open[0].state), (1, MessageState::Unknown));
        t.log(act("R1", "2026-04-20", HistoryKind::Note, "The lamps were counted")).await;
        t.tick_at("2026-05-01T10:00Z").await;
        let next = read(&server).pop().expect("the next update");
        assert_ne!(next.message_id, mails[0].message_id);
        let text = next.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(ASKED), "{text}");
        assert_eq!(text.matches(MAYBE).count(), 1, "only what may have been read is marked: {text}");
        t.tick_at("2026-06-01T10:00Z").await;
        let after = read(&server).pop().expect("the update after");
        assert!(!after.text.contains(MAYBE) && !after.text.contains(ASKED), "{}", after.text);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_outcome_that_is_accepted_on_its_second_try_is_told() {
    let server = SmtpServer::start().await;
    let t = through(Trial::new().await, &server).await;
    server.on(Phase::Dot, Reaction::Cut);
    t.tick_at("2026-04-01T10:00Z").await;
    assert_eq!(t.tick_at("2026-04-01T10:30Z").await.accepted, 1);
    assert!(tasks::list(&t.app()).await.expect("tasks").tasks.is_empty());
    t.tick_at("2026-05-01T10:00Z").await;
    let mails = read(&server);
    assert!(!mails[1].text.contains(ASKED) && !mails[1].text.contains(MAYBE), "{}", mails[1].text);
}

#[tokio::test]
async fn a_second_try_that_is_refused_does_not_say_that_the_first_did_not_arrive() {
    let server = SmtpServer::start().await;
    let t = through(Trial::new().await, &server).await;
    server.on(Phase::Dot, Reaction::CutAfterTaking);
    t.tick_at("2026-04-01T10:00Z").await;
    server.on(Phase::Dot, Reaction::Code(550));
    t.tick_at("2026-04-01T10:30Z").await;
    let row = last(&t).await;
    assert_eq!((row.state, row.finished_at.is_some()), (MessageState::Unknown, true));
    t.tick_at("2026-05-01T10:00Z").await;
    assert!(read(&server).pop().expect("an update").text.contains(MAYBE));
}

#[tokio::test]
async fn a_relay_that_is_away_uses_up_no_attempt() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(LONG));
        t.import_small().await;
        server.always(Phase::Greeting, Reaction::Code(421));
        t.tick_at("2026-04-01T10:00Z").await;
        for minute in 1..90 {
            t.app().clock.advance_to(at("2026-04-01T10:00Z") + chrono::Duration::minutes(minute * 5));
            t.tick().await;
        }
        for row in messages(&t).await.into_iter().filter(|row| row.state != MessageState::Task) {
            assert_eq!((row.state, row.attempts), (MessageState::Queued, 0), "{row:?}");
        }
        assert!(server.connections() <= 100, "one try in a pass: {}", server.connections());
        server.clear();
        assert_eq!(t.tick_at("2026-04-01T18:00Z").await.accepted, 4);
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_wants_other_settings_uses_up_no_attempt() {
    for phase in [Phase::Mail, Phase::Data] {
        let server = SmtpServer::start().await;
        let t = through(Trial::new().await, &server).await;
        server.on(phase, Reaction::Code(530));
        t.tick_at("2026-04-01T10:00Z").await;
        let row = last(&t).await;
        assert_eq!((row.state, row.attempts), (MessageState::Queued, 0), "{phase:?}");
        assert_eq!(t.tick_at("2026-04-01T10:01Z").await.accepted, 1, "{phase:?}");
    }
}

#[tokio::test]
async fn what_still_waits_is_overtaken_by_the_next_edition() {
    let server = SmtpServer::start().await;
    let mut pack = one_person();
    pack.swap("project", "0 10 1 * *", "0 10 * * *");
    let t = Trial::new().await.through(&server.url(), limits(LONG));
    t.bring_in(&pack).await;
    server.always(Phase::Dot, Reaction::Code(451));
    t.tick_at("2026-03-07T10:00Z").await;
    t.tick_at("2026-03-08T10:00Z").await;
    let rows = messages(&t).await;
    let states: Vec<MessageState> = rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [MessageState::Cancelled, MessageState::Deferred]);
    server.clear();
    t.tick_at("2026-03-08T12:00Z").await;
    let mails = read(&server);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains(ASKED));
}

/// Somebody else's sender takes what is due and, where told so, says that it is about to hand it over.
async fn a_sender_dies(t: &Trial, while_sending: bool) -> Vec<Model> {
    let app = t.app();
    let now = app.clock.now();
    let tx = store::begin(&app.db).await.expect("a transaction");
    let rows = message::claim(&tx, "another", now, 50).await.expect("claimed");
    assert!(!rows.is_empty());
    if while_sending {
        assert_eq!(
            message::set_sending(&tx, &rows.iter().collect::<Vec<_>>(), now).await.expect("marked").len(),
            rows.len()
        );
    }
    tx.commit().await.expect("committed");
    rows
}

/// An update that waits because the relay is away.
async fn waiting(t: Trial, server: &SmtpServer) -> Trial {
    let t = through(t, server).await;
    server.on(Phase::Greeting, Reaction::Code(421));
    t.tick_at("2026-04-01T10:00Z").await;
    t.app().clock.advance_to(at("2026-04-01T10:05Z"));
    t
}

#[tokio::test]
async fn what_a_dead_sender_only_claimed_is_sent_by_another() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = waiting(t, &server).await;
        a_sender_dies(&t, false).await;
        assert_eq!(t.tick_at("2026-04-01T10:16Z").await.accepted, 0, "the lease has not ended");
        let ticked = t.tick_at("2026-04-01T10:17Z").await;
        assert_eq!((ticked.accepted, ticked.unknown), (1, 0));
        t.tick_at("2026-05-01T10:00Z").await;
        assert!(!read(&server)[1].text.contains(MAYBE));
    })
    .await;
}

#[tokio::test]
async fn what_a_dead_sender_was_handing_over_is_unknown_and_sent_once_more() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = waiting(t, &server).await;
        a_sender_dies(&t, true).await;
        let ticked = t.tick_at("2026-04-01T10:47Z").await;
        assert_eq!((ticked.accepted, ticked.unknown), (0, 1));
        assert_eq!(last(&t).await.state, MessageState::Unknown);
        let ticked = t.tick_at("2026-04-01T11:17Z").await;
        assert_eq!((ticked.accepted, ticked.unknown), (1, 0));
        assert_eq!(read(&server).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_sender_that_comes_back_too_late_writes_nothing() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = waiting(t, &server).await;
        let late = a_sender_dies(&t, false).await;
        t.tick_at("2026-04-01T10:47Z").await;
        let before = last(&t).await;
        assert_eq!(before.state, MessageState::Accepted);
        let app = t.app();
        let tx = store::begin(&app.db).await.expect("a transaction");
        let now = app.clock.now();
        assert!(
            message::set_sending(&tx, &late.iter().collect::<Vec<_>>(), now).await.expect("asked").is_empty()
        );
        let end = End {
            state: MessageState::Failed,
            due_at: now,
            finished_at: Some(now),
            unknowns: 0,
            why: Some("too late".to_owned()),
            tried_at: Some(now),
        };
        assert!(message::settle_named(&tx, &[(&late[0], &end)]).await.expect("asked").is_empty());
        tx.commit().await.expect("committed");
        assert_eq!(last(&t).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_sender_whose_lease_has_ended_hands_nothing_over_even_if_nobody_noticed() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = waiting(t, &server).await;
        let late = a_sender_dies(&t, false).await;
        t.app().clock.advance_to(at("2026-04-01T10:47Z"));
        // The withdrawal need not wait for a sender that is gone.
        t.deed("P01", Deed::Withdraw(None)).await;
        let app = t.app();
        for now in [app.clock.now(), at("2026-04-01T10:30Z")] {
            let tx = store::begin(&app.db).await.expect("a transaction");
            let held = message::set_sending(&tx, &late.iter().collect::<Vec<_>>(), now).await.expect("asked");
            assert!(held.is_empty(), "at {now}, by a clock that may be slow");
            tx.rollback().await.expect("undone");
        }
        t.tick().await;
        t.tick_at("2026-05-01T10:00Z").await;
        let mails = read(&server);
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.starts_with("From "), "only the confirmation: {}", mails[0].subject);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_waits_for_a_message_that_is_being_handed_over() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = through(t, &server).await;
        server.on(Phase::Dot, Reaction::Late(Duration::from_millis(900)));
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        let app = t.app();
        let began = Instant::now();
        let act = async {
            while !server.said().iter().any(|(_, line)| line == "DATA") {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let done = participants::act(&app, SLUG, "P01", &Deed::Withdraw(None)).await;
            (done, began.elapsed(), server.said().iter().filter(|(_, line)| line == "DATA").count())
        };
        let (ticked, (done, _, data)) = tokio::join!(t.tick(), act);
        done.expect("withdrawn");
        assert_eq!(ticked.accepted, 1, "it was on its way already");
        assert!(data <= 2, "{data}");
        let row = messages(&t).await.remove(0);
        assert_eq!(row.state, MessageState::Accepted);
        t.tick().await;
        t.tick_at("2026-05-01T10:00Z").await;
        let subjects: Vec<String> = read(&server).into_iter().map(|mail| mail.subject).collect();
        assert_eq!(subjects.len(), 2, "{subjects:?}");
        assert!(subjects[1].starts_with("From "), "{subjects:?}");
    })
    .await;
}

#[tokio::test]
async fn no_data_begins_after_a_withdrawal_has_committed() {
    on_both(async |t| {
        let server = SmtpServer::start().await;
        let t = t.through(&server.url(), limits(LONG));
        let mut pack = Sheets::small();
        for n in 10..40 {
            pack.add("participants", &format!("P{n},,p{n}@people.example,,,email,standard,every,,yes"));
            pack.add("stories", &format!("KX{n},P{n},Something,written,internal,code"));
        }
        t.bring_in(&pack).await;
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        let app = t.app();
        let acts = async {
            let mut committed = Vec::new();
            for n in 10..40 {
                tokio::time::sleep(Duration::from_millis(15)).await;
                let done = participants::act(&app, SLUG, &format!("P{n}"), &Deed::Withdraw(None)).await;
                let address = format!("p{n}@people.example");
                let sent = server.accepted().iter().filter(|mail| mail.to == address).count();
                done.expect("withdrawn");
                committed.push((address, sent));
            }
            committed
        };
        let (_, committed) = tokio::join!(t.tick(), acts);
        t.tick().await;
        t.tick_at("2026-05-01T10:00Z").await;
        let mut before = 0;
        for (address, sent) in committed {
            let theirs: Vec<Mailed> = read(&server).into_iter().filter(|mail| mail.to == address).collect();
            before += sent;
            let after: Vec<&str> =
                theirs[sent.min(theirs.len())..].iter().map(|mail| mail.subject.as_str()).collect();
            assert!(after.len() <= 1, "{address}: {after:?}");
            assert!(after.iter().all(|subject| subject.starts_with("From ")), "{address}: {after:?}");
            let confirmations = theirs.iter().filter(|mail| mail.subject.starts_with("From ")).count();
            assert_eq!(confirmations, 1, "{address}");
        }
        eprintln!("{before} were sent before their withdrawal");
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_falls_silent_is_left_after_its_time_and_the_message_kept() {
    for (phase, state) in [
        (Phase::Rcpt, MessageState::Deferred),
        (Phase::Data, MessageState::Deferred),
        (Phase::Dot, MessageState::Unknown),
    ] {
        let server = SmtpServer::start().await;
        let t = Trial::new().await.through(&server.url(), limits(Duration::from_millis(600)));
        t.bring_in(&one_person()).await;
        server.on(phase, Reaction::Silence);
        t.tick_at("2026-04-01T10:00Z").await;
        assert_eq!(last(&t).await.state, state, "{phase:?}");
        t.app().clock.advance_to(last(&t).await.due_at.utc());
        assert_eq!(t.tick().await.accepted, 1, "{phase:?}");
    }
}

#[tokio::test]
async fn one_address_that_is_refused_holds_up_nobody_else() {
    let server = SmtpServer::start().await;
    let t = Trial::new().await.through(&server.url(), limits(LONG));
    t.import_small().await;
    server.for_recipient(SAM, Phase::Rcpt, Reaction::Code(550));
    let ticked = t.tick_at("2026-04-01T10:00Z").await;
    assert_eq!((ticked.accepted, ticked.failed), (3, 1));
}

#[tokio::test]
async fn what_a_stall_says_is_told_once_though_its_message_had_to_wait() {
    let server = SmtpServer::start().await;
    let t = through(Trial::new().await, &server).await;
    t.app().clock.advance_to(at("2026-03-10T10:00Z"));
    let stalled = act("R1", "2026-03-10", HistoryKind::Progress, "stalled");
    t.log(explained(stalled, "The lamps cost more than the budget holds", "2026-12-01")).await;
    server.on(Phase::Dot, Reaction::Code(451));
    t.tick_at("2026-04-01T10:00Z").await;
    t.tick_at("2026-04-01T11:00Z").await;
    t.tick_at("2026-05-01T10:00Z").await;
    let told = |mail: &Mailed| {
        mail.text.split_whitespace().collect::<Vec<_>>().join(" ").contains("cost more than the budget holds")
    };
    let mails = read(&server);
    assert_eq!(mails.iter().map(told).collect::<Vec<_>>(), [true, false]);
    assert!(mails[1].text.contains("stuck"), "never dropped: {}", mails[1].text);
}
