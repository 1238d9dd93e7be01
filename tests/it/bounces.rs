//! What comes back: reports of mail servers about messages of ours, what each of them changes, and what waits for
//! somebody whose address does not take messages any more.

use std::process::Stdio;
use std::sync::Arc;

use chrono::Duration;
use hearback::actions::bounces::{self, MOST_BYTES, Taken, read_return_path, return_path};
use hearback::actions::{addresses, tasks};
use hearback::app::App;
use hearback::domain::words::{BounceKind, HistoryKind, MessageState, ParticipantState};
use hearback::keys::Keys;
use hearback::store::types::MessageId;
use hearback::store::{self, bounce, message};
use hearback::web;
use poem::http::StatusCode;
use poem::test::TestClient;

use crate::cli::Shell;
use crate::harness::{SLUG, Sheets, Trial, act, at, on_both};

/// What was asked for, which is told in full once.
const ASKED: &str = "Put lamps along the whole path";
const MAYBE: &str = "You may have read this already.";
const SAM: &str = "sam@people.example";

/// One person with e-mail and one by telephone.
fn two_people() -> Sheets {
    let mut pack = Sheets::small();
    pack.put(
        "participants",
        "id,greeting_name,email,phone,channel,format,cadence,contact_consent\n\
         P01,Sam,sam@people.example,,email,standard,every,yes\n\
         P02,Ola,,01632 960100,phone,standard,every,yes\n",
    );
    pack.put(
        "stories",
        "code,participant,summary,medium,consent,attribution\n\
         KTR7,P01,The walk home without a lamp,video,public_anonymous,code\n",
    );
    pack.put("evidence", "recommendation,story,direction,why\nR1,KTR7,supports,\n");
    pack
}

async fn told(t: Trial) -> Trial {
    t.bring_in(&two_people()).await;
    t.tick_at("2026-04-01T10:00Z").await;
    t
}

/// The last e-mail to P01.
async fn last(t: &Trial) -> message::Model {
    let sam = t.person("P01").await.id;
    let rows = message::all(&t.app().db.reader).await.expect("messages");
    rows.into_iter().rfind(|row| row.participant_id == sam).expect("a message")
}

async fn path_of_last(t: &Trial) -> String {
    path(&t.app(), last(t).await.id)
}

fn path(app: &App, id: MessageId) -> String {
    let mut config = app.config.clone();
    config.bounce_address = Some("bounces@updates.example.org".to_owned());
    return_path(&app.keys, &config, id)
}

fn report(to: &str, fields: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nI am sorry, {SAM} is not here.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n{fields}\r\n\
         --b--\r\n"
    )
}

fn failed(to: &str, status: &str) -> String {
    report(
        to,
        &format!(
            "Final-Recipient: rfc822; {SAM}\r\nAction: failed\r\nStatus: {status}\r\n\
             Diagnostic-Code: smtp; 5xx <{SAM}> said {}\r\n",
            uuid::Uuid::new_v4()
        ),
    )
}

fn complaint(to: &str, kind: &str, repeats: &str) -> String {
    format!(
        "From: feedback@provider.example\r\nTo: {to}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: {kind}\r\nUser-Agent: x/1\r\nVersion: 1\r\n\
         Original-Mail-From: <{repeats}>\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: hi\r\n\r\nhi\r\n--b--\r\n"
    )
}

async fn take(t: &Trial, message: &str, to: Option<&str>) -> Taken {
    bounces::take(&t.app(), message.as_bytes(), to).await.expect("taken")
}

async fn counts(t: &Trial, status: &str) -> Taken {
    let to = path_of_last(t).await;
    take(t, &failed(&to, status), Some(&to)).await
}

async fn is_lost(t: &Trial) -> bool {
    !tasks::list(&t.app()).await.expect("tasks").lost.is_empty()
}

async fn kept(t: &Trial) -> usize {
    bounce::of(&t.app().db.reader, t.person("P01").await.id, None).await.expect("reports").len()
}

fn assert_nothing(taken: Taken, why: &str) {
    assert!(matches!(taken, Taken::Nothing(_)), "{why}: {taken:?}");
}

#[test]
fn a_return_path_is_opaque_short_enough_and_read_in_any_case() {
    let keys = Keys::from_bytes([7; 32]);
    let environment = [("HEARBACK_BOUNCE_ADDRESS".to_owned(), "elevenchars@updates.example.org".to_owned())];
    let config = hearback::config::Config::from(&environment.into(), "").expect("a configuration");
    let id = MessageId::new();
    let path = return_path(&keys, &config, id);
    let (local, domain) = path.split_once('@').expect("an address");
    assert_eq!((local.len(), domain), (64, "updates.example.org"));
    assert!(!path.contains(&id.0.simple().to_string()));
    assert_eq!(read_return_path(&keys, &path), Some(id));
    assert_eq!(read_return_path(&keys, &path.to_uppercase()), Some(id));
    assert_eq!(read_return_path(&Keys::from_bytes([8; 32]), &path), None);
    let other = return_path(&keys, &config, MessageId::new());
    let spliced = format!("{}{}", &path[..38], &other[38..]);
    assert_eq!(read_return_path(&keys, &spliced), None, "the id of one with the MAC of another");
    let plain = hearback::config::Config::from(&Default::default(), "").expect("a configuration");
    assert_eq!(return_path(&keys, &plain, id), "updates@localhost");
}

#[tokio::test]
async fn what_is_not_plain_genuine_and_ours_changes_nothing() {
    on_both(async |t| {
        let t = told(t).await;
        let to = path_of_last(&t).await;
        let foreign = Keys::from_bytes([9; 32]);
        let forged = {
            let mut config = t.app().config.clone();
            config.bounce_address = Some("bounces@updates.example.org".to_owned());
            return_path(&foreign, &config, last(&t).await.id)
        };
        let other = path(&t.app(), MessageId::new());
        let rows = message::all(&t.app().db.reader).await.expect("messages");
        let call = rows.iter().find(|row| row.state == MessageState::Task).expect("a call").id;
        let call = path(&t.app(), call);
        let nested: String = (0..100)
            .map(|n| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\r\n\r\n--b{n}\r\n"))
            .collect();
        let good = failed(&to, "5.1.1");
        let long = good.clone() + &"x".repeat(MOST_BYTES);
        let without_status = report(&to, "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n");
        let two = "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n".repeat(2);
        let away =
            format!("From: {SAM}\r\nTo: {to}\r\nAuto-Submitted: auto-replied\r\n\r\nI am away. 5.1.1\r\n");
        let action = |action: &str| {
            report(&to, &format!("Final-Recipient: rfc822; {SAM}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"))
        };
        let own = to.as_str();
        let to = Some(own);
        for (what, message, to) in [
            ("without a status", without_status, to),
            ("with 9.9.9", good.replace("Status: 5.1.1", "Status: 9.9.9"), to),
            ("of success", good.replace("Status: 5.1.1", "Status: 2.0.0"), to),
            ("nested 100 deep", format!("To: {}\r\n{nested}{good}", own), to),
            ("too long", long, to),
            ("forged", good.clone(), Some(forged.as_str())),
            ("to an address that is no return path", good.clone(), Some("bounces@updates.example.org")),
            ("about a message that is not here", good.clone(), Some(other.as_str())),
            ("about a telephone call", good.clone(), Some(call.as_str())),
            ("for several people", report(own, &two), to),
            ("an out-of-office", away, to),
            ("delayed", action("delayed"), to),
            ("relayed", action("relayed"), to),
            ("delivered", action("delivered"), to),
            ("empty", String::new(), to),
            ("no complaint", complaint("fbl@example.org", "not-spam", own), to),
            ("a complaint with a forged path", complaint("fbl@example.org", "abuse", &forged), None),
            ("to two of ours", good.replace("To: ", &format!("To: {other}, ")), None),
        ] {
            assert_nothing(take(&t, &message, to).await, what);
            assert!(!is_lost(&t).await, "{what}");
        }
        assert_eq!(kept(&t).await, 0);
        // And the one from which they were made does count, by its headers alone.
        let taken = take(&t, &good, None).await;
        assert_eq!(taken, Taken::Counted(BounceKind::NoSuchAddress, true));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_not_there_and_a_complaint_count_at_once() {
    on_both(async |t| {
        let t = told(t).await;
        assert_eq!(counts(&t, "5.1.1").await, Taken::Counted(BounceKind::NoSuchAddress, true));
        let found = tasks::list(&t.app()).await.expect("tasks");
        assert_eq!(found.lost[0].participant, "P01");
        assert_eq!(found.lost[0].why, BounceKind::NoSuchAddress);
        assert_eq!(found.lost[0].since.to_string(), "2026-04-01");
    })
    .await;
    let t = told(Trial::new().await).await;
    let to = path_of_last(&t).await;
    let taken = take(&t, &complaint("fbl@example.org", "abuse", &to), None).await;
    assert_eq!(taken, Taken::Counted(BounceKind::Complaint, true));
    assert_eq!(tasks::list(&t.app()).await.expect("tasks").lost[0].why, BounceKind::Complaint);
}

#[tokio::test]
async fn other_failures_count_twice_and_passing_ones_three_times_in_a_fortnight() {
    on_both(async |t| {
        let t = told(t).await;
        assert_eq!(counts(&t, "5.2.2").await, Taken::Counted(BounceKind::Permanent, false));
        assert_eq!(counts(&t, "5.3.0").await, Taken::Counted(BounceKind::Permanent, false));
        assert!(!is_lost(&t).await, "two servers tell of one message");
        t.tick_at("2026-05-01T10:00Z").await;
        assert_eq!(counts(&t, "5.2.2").await, Taken::Counted(BounceKind::Permanent, true));
        assert!(is_lost(&t).await);
    })
    .await;
    let t = told(Trial::new().await).await;
    for (days, lost) in [(0, false), (8, false), (7, false), (6, true)] {
        t.app().clock.advance(Duration::days(days));
        assert_eq!(counts(&t, "4.4.7").await, Taken::Counted(BounceKind::Passing, lost), "{days}");
    }
}

#[tokio::test]
async fn a_refusal_by_policy_is_the_operator_s_and_never_the_person_s() {
    let t = told(Trial::new().await).await;
    for status in ["5.7.1", "5.7.26", "5.7.1", "5.1.8"] {
        assert_eq!(counts(&t, status).await, Taken::Counted(BounceKind::Policy, false));
    }
    assert!(!is_lost(&t).await);
    let since = t.app().clock.now() - Duration::days(14);
    let known = bounce::count(&t.app().db.reader, BounceKind::Policy, since).await.expect("a count");
    assert_eq!(known, 4);
}

#[tokio::test]
async fn several_reports_of_one_passing_failure_are_one_failure() {
    let t = told(Trial::new().await).await;
    let to = path_of_last(&t).await;
    for words in ["", "once", "twice", "three times"] {
        take(&t, &format!("{}{words}", failed(&to, "4.2.2")), Some(&to)).await;
    }
    assert!(!is_lost(&t).await);
}

#[tokio::test]
async fn the_same_report_counts_once_however_often_and_by_whatever_way_it_comes() {
    on_both(async |t| {
        let t = told(t).await;
        let to = path_of_last(&t).await;
        let message = failed(&to, "5.2.2");
        assert_eq!(take(&t, &message, Some(&to)).await, Taken::Counted(BounceKind::Permanent, false));
        let again = format!("Received: from mx.example by here\r\nDelivered-To: {to}\r\n{message}");
        assert_nothing(take(&t, &again, None).await, "again");
        let app = t.app();
        let (one, two) = tokio::join!(
            bounces::take(&app, message.as_bytes(), Some(&to)),
            bounces::take(&app, message.as_bytes(), Some(&to)),
        );
        assert_nothing(one.expect("taken"), "at the same time");
        assert_nothing(two.expect("taken"), "at the same time");
        assert_eq!(kept(&t).await, 1);
        assert!(!is_lost(&t).await);
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_kept_holds_an_address_or_what_the_server_said() {
    let t = told(Trial::new().await).await;
    counts(&t, "5.1.1").await;
    for row in bounce::of(&t.app().db.reader, t.person("P01").await.id, None).await.expect("reports") {
        let text = format!("{row:?}");
        assert!(!text.contains('@') && !text.contains("said"), "{text}");
        assert_eq!(row.status.as_deref(), Some("5.1.1"));
    }
}

#[tokio::test]
async fn whoever_cannot_be_told_is_not_forgotten_and_gets_all_of_it_at_a_new_address() {
    on_both(async |t| {
        let t = told(t).await;
        assert_eq!(t.mails_to(SAM).len(), 1);
        counts(&t, "5.1.1").await;
        t.log(act("R1", "2026-04-20", HistoryKind::Note, "The lamps were counted")).await;
        t.tick_at("2026-05-01T10:00Z").await;
        assert_eq!(t.mails_to(SAM).len(), 1, "nothing goes to the old address");
        assert_eq!(last(&t).await.state, MessageState::Task);
        assert_eq!(t.person("P01").await.state, ParticipantState::Active, "they are counted as before");
        t.tick_at("2026-06-01T10:00Z").await;
        let found = tasks::list(&t.app()).await.expect("tasks");
        assert_eq!((found.lost.len(), found.tasks.len()), (1, 1), "one for each of the two: {found:?}");
        let error =
            tasks::done(&t.app(), last(&t).await.id, "Robin", None).await.expect_err("refused").to_string();
        assert!(error.contains("new address"), "{error}");

        // The same address again, as the sheet has it, changes nothing.
        let again = t.bring_in(&two_people()).await;
        assert!(again.warnings.iter().any(|warning| format!("{warning:?}").contains("came back")));
        t.tick_at("2026-06-02T10:00Z").await;
        assert!(is_lost(&t).await && t.mails_to(SAM).len() == 1);

        let mut pack = two_people();
        pack.swap("participants", SAM, "sam.new@people.example");
        t.bring_in(&pack).await;
        assert!(!is_lost(&t).await);
        t.tick_at("2026-06-02T11:00Z").await;
        let mails = t.mails_to("sam.new@people.example");
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("The lamps were counted"), "{}", mails[0].text);
        assert!(mails[0].text.contains(ASKED), "what came back comes again: {}", mails[0].text);
        assert!(!mails[0].text.contains(MAYBE), "it was not read: {}", mails[0].text);

        // An old sheet does not bring the old address back.
        t.bring_in(&two_people()).await;
        t.tick_at("2026-07-01T10:00Z").await;
        assert_eq!((t.mails_to(SAM).len(), t.mails_to("sam.new@people.example").len()), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn mail_that_waits_when_the_report_comes_waits_for_the_new_address() {
    on_both(async |t| {
        let t = told(t).await;
        let to = path_of_last(&t).await;
        t.log(act("R1", "2026-04-20", HistoryKind::Note, "The lamps were counted")).await;
        // Composed and claimed by a sender that has not begun.
        let app = t.app();
        app.clock.advance_to(at("2026-05-01T10:00Z"));
        hearback::jobs::compose::run(&app, t.project().await.id, &mut Default::default())
            .await
            .expect("composed");
        let tx = store::begin(&app.db).await.expect("a transaction");
        let claimed = message::claim(&tx, "another", app.clock.now(), 50).await.expect("claimed");
        tx.commit().await.expect("committed");
        assert_eq!(claimed.len(), 1);

        let taken = take(&t, &failed(&to, "5.1.1"), Some(&to)).await;
        assert_eq!(taken, Taken::Counted(BounceKind::NoSuchAddress, true));
        let tx = store::begin(&app.db).await.expect("a transaction");
        let held = message::set_sending(&tx, &claimed.iter().collect::<Vec<_>>(), app.clock.now())
            .await
            .expect("asked");
        tx.commit().await.expect("committed");
        assert!(held.is_empty(), "the sender has lost it");
        assert_eq!(last(&t).await.state, MessageState::Task);

        let (person, _) =
            addresses::set_address(&app, SLUG, "P01", " sam.new@people.example\n").await.expect("set");
        assert!(!person.needs_address());
        t.tick_at("2026-05-02T10:00Z").await;
        let mails = t.mails_to("sam.new@people.example");
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains(ASKED), "what came back while it was composed: {}", mails[0].text);

        // A late report about a message to the old address says nothing about the new one.
        assert_nothing(take(&t, &failed(&to, "5.1.1"), Some(&to)).await, "late");
        assert!(!is_lost(&t).await);
    })
    .await;
}

#[tokio::test]
async fn what_came_back_comes_with_the_next_update_and_counts_as_not_told() {
    on_both(async |t| {
        let t = told(t).await;
        assert_eq!(counts(&t, "5.2.2").await, Taken::Counted(BounceKind::Permanent, false));
        assert_eq!(last(&t).await.state, MessageState::Failed);
        let waiting = tasks::list(&t.app()).await.expect("tasks");
        assert_eq!(waiting.count(), 1, "it comes again by itself, so nobody has to look: {waiting:?}");
        assert!(t.person("P01").await.first_told_at.is_none(), "they were never told");
        t.tick_at("2026-05-01T10:00Z").await;
        let mails = t.mails_to(SAM);
        assert!(mails[1].text.contains(ASKED) && !mails[1].text.contains(MAYBE), "{}", mails[1].text);
        t.tick_at("2026-06-01T10:00Z").await;
        assert!(!t.mails_to(SAM)[2].text.contains(ASKED), "once it arrived it is told");
    })
    .await;
}

#[tokio::test]
async fn a_new_address_gets_what_came_back_without_waiting_for_the_next_edition() {
    on_both(async |t| {
        let t = told(t).await;
        let before = last(&t).await.message_id;
        counts(&t, "5.1.1").await;
        assert_eq!(last(&t).await.state, MessageState::Task);
        addresses::set_address(&t.app(), SLUG, "P01", "sam.new@people.example").await.expect("set");
        t.tick_at("2026-04-02T10:00Z").await;
        let mails = t.mails_to("sam.new@people.example");
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains(ASKED), "{}", mails[0].text);
        assert_eq!(mails[0].message_id, before);
        t.tick_at("2026-05-01T10:00Z").await;
        assert!(!t.mails_to("sam.new@people.example")[1].text.contains(ASKED), "it is told now");
    })
    .await;
}

#[tokio::test]
async fn a_report_that_comes_after_the_next_update_brings_back_what_was_lost_and_marks_the_rest() {
    let t = told(Trial::new().await).await;
    let first = path_of_last(&t).await;
    t.log(act("R1", "2026-04-20", HistoryKind::Note, "The lamps were counted")).await;
    t.tick_at("2026-05-01T10:00Z").await;
    take(&t, &failed(&first, "4.4.7"), Some(&first)).await;
    t.tick_at("2026-06-01T10:00Z").await;
    let text = t.mails_to(SAM)[2].text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(ASKED) && text.contains("The lamps were counted"), "{text}");
    assert!(text.contains(MAYBE), "{text}");
}

#[tokio::test]
async fn a_complaint_says_that_the_message_arrived() {
    let t = told(Trial::new().await).await;
    let to = path_of_last(&t).await;
    take(&t, &complaint("fbl@example.org", "abuse", &to), None).await;
    assert_eq!(last(&t).await.state, MessageState::Accepted);
    assert!(t.person("P01").await.first_told_at.is_some());
}

#[tokio::test]
async fn a_report_that_is_faster_than_our_own_note_comes_again() {
    let t = Trial::new().await;
    t.bring_in(&two_people()).await;
    let app = t.app();
    app.clock.advance_to(at("2026-04-01T10:00Z"));
    hearback::jobs::compose::run(&app, t.project().await.id, &mut Default::default())
        .await
        .expect("composed");
    let tx = store::begin(&app.db).await.expect("a transaction");
    let now = app.clock.now();
    let rows = message::claim(&tx, "another", now, 50).await.expect("claimed");
    assert_eq!(
        message::set_sending(&tx, &rows.iter().collect::<Vec<_>>(), now).await.expect("marked").len(),
        1
    );
    tx.commit().await.expect("committed");
    let to = path_of_last(&t).await;
    let message = failed(&to, "5.1.1");
    assert_eq!(take(&t, &message, Some(&to)).await, Taken::Again);
    assert_eq!(kept(&t).await, 0);
    // The sender did not come back; an hour later the outcome is unknown, and the mail server comes again.
    t.tick_at("2026-04-01T10:42Z").await;
    assert_eq!(take(&t, &message, Some(&to)).await, Taken::Counted(BounceKind::NoSuchAddress, true));
    t.tick_at("2026-04-01T12:00Z").await;
    assert!(t.mails_to(SAM).is_empty(), "it is not tried once more");
}

#[tokio::test]
async fn what_the_relay_itself_refuses_counts_like_a_report() {
    on_both(async |t| {
        let t = told(t).await;
        let app = t.app();
        let row = last(&t).await;
        for (status, expected) in [("4.2.2", false), ("5.7.1", false), ("", false), ("5.1.1", true)] {
            let tx = store::begin(&app.db).await.expect("a transaction");
            let refused = bounces::refused(&tx, &app.keys, &row, status, app.clock.now()).await;
            assert_eq!(refused.expect("counted"), expected, "{status}");
            // Each on its own: nothing of it is kept.
            tx.rollback().await.expect("rolled back");
        }
        let tx = store::begin(&app.db).await.expect("a transaction");
        assert!(bounces::refused(&tx, &app.keys, &row, "5.1.1", app.clock.now()).await.expect("counted"));
        tx.commit().await.expect("committed");
        assert!(is_lost(&t).await);
        let tx = store::begin(&app.db).await.expect("a transaction");
        let again = bounces::refused(&tx, &app.keys, &row, "5.1.1", app.clock.now()).await;
        assert!(!again.expect("counted"), "one message is refused once");
        tx.commit().await.expect("committed");
        assert_eq!(kept(&t).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_address_must_be_one_and_must_not_have_asked_for_silence() {
    let t = told(Trial::new().await).await;
    counts(&t, "5.1.1").await;
    for wrong in ["", "sam", "sam@localhost", "a@x.example\r\nb@x.example"] {
        assert!(addresses::set_address(&t.app(), SLUG, "P01", wrong).await.is_err(), "{wrong:?}");
    }
    assert!(is_lost(&t).await);
    // The same address, by somebody who knows that it works again.
    addresses::set_address(&t.app(), SLUG, "P01", SAM).await.expect("set");
    assert!(!is_lost(&t).await);
    t.stop("P01").await;
    let error = addresses::set_address(&t.app(), SLUG, "P02", SAM).await.expect_err("refused").to_string();
    assert!(error.contains("asked not to be written to") && !error.contains('@'), "{error}");
}

#[tokio::test]
async fn who_stopped_paused_or_withdrew_is_not_asked_for_an_address() {
    use hearback::actions::participants::Deed;
    for deed in [Deed::Stop, Deed::Pause, Deed::Withdraw(None)] {
        let t = told(Trial::new().await).await;
        counts(&t, "5.1.1").await;
        assert!(is_lost(&t).await);
        t.deed("P01", deed.clone()).await;
        assert!(!is_lost(&t).await, "{deed:?}");
        t.tick_at("2026-05-01T10:00Z").await;
        assert_eq!(
            t.mails_to(SAM).len(),
            1,
            "{deed:?}: not even a confirmation to an address that is not there"
        );
    }
}

#[tokio::test]
async fn what_comes_back_of_somebody_who_has_gone_is_no_task_for_anybody() {
    use hearback::actions::participants::Deed;
    for deed in [Deed::Stop, Deed::Withdraw(None)] {
        let t = told(Trial::new().await).await;
        let to = path_of_last(&t).await;
        t.deed("P01", deed.clone()).await;
        take(&t, &failed(&to, "5.1.1"), Some(&to)).await;
        let sam = t.person("P01").await.id;
        let rows = message::all(&t.app().db.reader).await.expect("messages");
        for row in rows.iter().filter(|row| row.participant_id == sam) {
            assert!(!matches!(row.state, MessageState::Task | MessageState::Queued), "{deed:?}: {row:?}");
        }
        assert!(!is_lost(&t).await, "{deed:?}");
    }
}

const TOKEN: &str = "0123456789abcdefghijklmnop";

#[tokio::test]
async fn a_mail_server_can_hand_reports_in_by_http_with_the_token_and_only_so() {
    on_both(async |t| {
        let t = told(t).await;
        let to = path_of_last(&t).await;
        let message = failed(&to, "5.1.1");
        {
            let without = TestClient::new(web::routes(t.app(), None));
            let answer = without.post("/bounces").header("authorization", format!("Bearer {TOKEN}"));
            answer.body(message.clone()).send().await.assert_status(StatusCode::NOT_FOUND);
        }

        let t = t.with_token(TOKEN);
        let site = TestClient::new(web::routes(t.app(), None));
        site.get("/bounces").send().await.assert_status(StatusCode::NOT_FOUND);
        for wrong in ["", "Bearer", "Bearer x", &format!("Basic {TOKEN}"), &format!("Bearer {TOKEN}x")] {
            let answer =
                site.post("/bounces").header("authorization", wrong).body(message.clone()).send().await;
            answer.assert_status(StatusCode::UNAUTHORIZED);
        }
        site.post("/bounces").body(message.clone()).send().await.assert_status(StatusCode::UNAUTHORIZED);
        assert_eq!(kept(&t).await, 0);

        let hand_in = |body: String| {
            site.post("/bounces").header("authorization", format!("bearer {TOKEN}")).body(body)
        };
        let long = hand_in("x".repeat(MOST_BYTES + 1)).send().await;
        long.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
        hand_in("nothing".to_owned()).send().await.assert_status(StatusCode::NO_CONTENT);
        let wrong_way = hand_in(failed("other@example.org", "5.2.2"));
        wrong_way.send().await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(kept(&t).await, 0);
        let one = hand_in(failed("other@example.org", "5.2.2")).header("x-original-to", to.clone());
        one.send().await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(kept(&t).await, 1);
        // A plus in a query is often not encoded.
        let two = site.post(format!("/bounces?to={to}")).header("authorization", format!("Bearer {TOKEN}"));
        two.body(failed("other@example.org", "5.1.1")).send().await.assert_status(StatusCode::NO_CONTENT);
        assert!(is_lost(&t).await);
    })
    .await;
}

fn pipe(shell: &Shell, line: &str, input: &str) -> (i32, String) {
    use std::io::Write;
    let mut child = shell.command(&line.split_whitespace().collect::<Vec<_>>());
    child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("all of it is read");
    let output = child.wait_with_output().expect("it ends");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().expect("it ended by itself"), String::from_utf8(said).expect("text"))
}

#[tokio::test]
async fn the_pipe_ends_well_whatever_comes_and_with_75_where_it_cannot_be_taken_now() {
    let shell = Shell::new().with("HEARBACK_LOG", "debug");
    shell.pack(&two_people());
    shell.say("init --at 2026-03-01T09:00Z").ok();
    shell.say("import pack --at 2026-03-01T09:00Z").ok();
    shell.say("tick --at 2026-04-01T10:00Z").ok();
    let keys = Keys::read(&shell.path("data/hearback.key")).expect("the key");
    let url = format!("sqlite://{}", shell.path("data/hearback.db").display());
    let db = store::Db::connect(&url).await.expect("the database");
    let rows = message::all(&db.reader).await.expect("messages");
    let row = rows.iter().find(|row| row.state == MessageState::Accepted).expect("a message");
    let config = [("HEARBACK_BOUNCE_ADDRESS".to_owned(), "bounces@example.org".to_owned())];
    let config = hearback::config::Config::from(&config.into(), "").expect("a configuration");
    let to = return_path(&keys, &config, row.id);
    db.close().await.expect("closed");

    for nothing in ["", "nothing at all", &"x".repeat(3 * MOST_BYTES)] {
        let (code, said) = pipe(&shell, "bounce --to nobody@example.org", nothing);
        assert_eq!(code, 0, "{said}");
    }
    let (code, said) = pipe(&shell, "bounce", &failed("nobody@example.org", "5.1.1"));
    assert_eq!(code, 0, "{said}");
    assert!(shell.say("tasks").ok().lines().all(|line| !line.contains("new one")));
    let (code, said) = pipe(&shell, &format!("bounce --to {to}"), &failed("nobody@example.org", "5.1.1"));
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains('@'), "no address in the log: {said}");
    let todo = shell.say("tasks").ok();
    assert!(todo.contains("P01 cannot be told since 2026-04-01"), "{todo}");
    let doctor = shell.say("doctor");
    assert_eq!(doctor.code, 1, "{doctor:?}");
    let (code, said) =
        pipe(&shell, &format!("participant address {SLUG} P01 --at 2026-04-02"), "sam.new@people.example\n");
    assert_eq!(code, 0, "{said}");
    assert!(!shell.say("tasks").ok().contains("P01"));

    let broken = Shell::new().with("HEARBACK_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    let (code, said) = pipe(&broken, &format!("bounce --to {to}"), &failed(&to, "5.1.1"));
    assert_eq!(code, 75, "{said}");
    let elsewhere = Shell::new();
    let (code, said) = pipe(&elsewhere, &format!("bounce --to {to}"), &failed(&to, "5.1.1"));
    assert_eq!(code, 75, "{said}");
    assert!(!elsewhere.path("data").exists(), "nothing is made in the folder of a mail server");
    let wrong = Shell::new().with("HEARBACK_LISTEN", "nowhere");
    assert_eq!(pipe(&wrong, "bounce", "x").0, 75, "a setting that is wrong today may be right tomorrow");
}

impl Trial {
    fn with_token(mut self, token: &str) -> Self {
        let environment = [("HEARBACK_BOUNCE_TOKEN".to_owned(), token.to_owned())];
        let given = hearback::config::Config::from(&environment.into(), "").expect("a configuration");
        let app = Arc::get_mut(self.app_mut()).expect("nobody else holds the app");
        app.config.bounce_token = given.bounce_token;
        self
    }
}
