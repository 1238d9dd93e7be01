//! When editions come, what they say, and who gets them: over pauses, downtime, clock changes, and several ticks at once.

use std::sync::Arc;

use hearback::actions::participants::Deed;
use hearback::actions::tasks::{self, Task};
use hearback::actions::{editions, projects};
use hearback::app::App;
use hearback::clock::Clock;
use hearback::domain::words::{Choice, EditionState, HistoryKind, MessageState};
use hearback::error::Error;
use hearback::jobs;
use hearback::keys::Keys;
use hearback::mail::transport::Transport;
use hearback::store::{Db, edition, message};
use hearback::web;
use poem::test::TestClient;

use crate::harness::{SLUG, Sheets, Trial, act, at, explained, on_both, skipped};

const SAM: &str = "sam@people.example";
const KIT: &str = "kit@people.example";
const NOOR: &str = "noor@people.example";
const LEE: &str = "lee@people.example";

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where each edition stands, by the day of its period.
async fn periods(t: &Trial) -> Vec<(String, EditionState)> {
    let project = t.project().await;
    edition::in_project(&t.app().db.reader, project.id)
        .await
        .expect("editions")
        .into_iter()
        .map(|row| (row.period_on.to_string(), row.state))
        .collect()
}

async fn sent(t: &Trial) -> Vec<String> {
    let all = periods(t).await;
    all.into_iter().filter(|(_, state)| *state == EditionState::Sent).map(|(on, _)| on).collect()
}

/// The days on which somebody was written to.
fn days(t: &Trial, address: &str) -> Vec<String> {
    t.mails_to(address).iter().map(|mail| mail.date.date_naive().to_string()).collect()
}

fn with_schedule(expression: &str) -> Sheets {
    let mut pack = Sheets::small();
    pack.swap("project", "0 10 1 * *", expression);
    pack
}

async fn choose(t: &Trial, who: &str, choice: Choice, value: &str) {
    t.deed(who, Deed::Choose(choice, value.to_owned())).await;
}

#[tokio::test]
async fn the_first_edition_leaves_the_days_of_review_after_the_start() {
    on_both(async |t| {
        t.app().clock.advance_to(at("2026-03-28T12:00Z"));
        t.import_small().await;
        t.days_until("2026-04-20").await;
        assert_eq!(sent(&t).await, Vec::<String>::new(), "1 April is four days after the start");
        t.days_until("2026-05-02").await;
        assert_eq!(sent(&t).await, ["2026-05-01"]);
    })
    .await;
}

#[tokio::test]
async fn the_draft_opens_for_review_and_goes_out_at_its_hour_unless_held() {
    on_both(async |t| {
        t.import_small().await;
        t.tick_at("2026-03-27T08:59Z").await;
        assert_eq!(periods(&t).await, []);
        t.tick_at("2026-03-27T09:00Z").await;
        assert_eq!(periods(&t).await, [("2026-04-01".to_owned(), EditionState::Draft)]);
        t.tick_at("2026-04-01T08:59Z").await;
        assert!(t.mails().is_empty());
        let ticked = t.tick_at("2026-04-01T09:00Z").await;
        assert_eq!((ticked.editions, ticked.updates, ticked.accepted), (1, 6, 4));
        assert_eq!(t.tick_at("2026-04-01T09:01Z").await, jobs::Ticked::default());
    })
    .await;
}

#[tokio::test]
async fn there_is_one_edition_a_period_when_the_clocks_change() {
    on_both(async |t| {
        t.app().clock.advance_to(at("2026-03-20T12:00Z"));
        t.bring_in(&with_schedule("30 1 * * *")).await;
        t.tick_at("2026-03-28T12:00Z").await;
        let before = t.mails_to(SAM).len();
        // The clocks go forward at 01:00 UTC: 01:30 does not exist.
        for minute in 0..180 {
            t.app().clock.advance_to(at("2026-03-29T00:00Z") + chrono::Duration::minutes(minute));
            t.tick().await;
        }
        assert_eq!(t.mails_to(SAM).len(), before + 1);
        // They go back at 01:00 UTC: 01:30 comes twice.
        t.tick_at("2026-10-24T12:00Z").await;
        let before = t.mails_to(SAM).len();
        for minute in 0..60 {
            t.app().clock.advance_to(at("2026-10-25T00:00Z") + chrono::Duration::minutes(minute * 3));
            t.tick().await;
        }
        assert_eq!(t.mails_to(SAM).len(), before + 1);
        t.tick_at("2026-10-26T02:00Z").await;
        assert_eq!(t.mails_to(SAM).len(), before + 2);
    })
    .await;
}

#[tokio::test]
async fn the_hour_is_the_project_s_own_in_winter_and_in_summer() {
    let t = Trial::new().await;
    t.import_small().await;
    assert_eq!(t.tick_at("2026-04-01T08:59Z").await.editions, 0);
    assert_eq!(t.tick_at("2026-04-01T09:00Z").await.editions, 1, "10:00 in British Summer Time");
    assert_eq!(t.tick_at("2026-11-01T09:59Z").await.editions, 1, "what was missed on the way");
    assert_eq!(t.tick_at("2026-11-01T10:00Z").await.editions, 1, "10:00 in winter");
}

#[tokio::test]
async fn a_schedule_of_29_february_waits_for_the_leap_year() {
    let t = Trial::new().await;
    t.bring_in(&with_schedule("0 10 29 2 *")).await;
    t.tick_at("2027-03-02T12:00Z").await;
    t.tick_at("2028-02-28T12:00Z").await;
    assert_eq!(t.mails().len(), 0);
    t.tick_at("2028-02-29T10:00Z").await;
    t.tick_at("2028-03-01T10:00Z").await;
    assert_eq!(days(&t, SAM), ["2028-02-29"]);
}

#[tokio::test]
async fn after_downtime_over_three_periods_there_is_one_combined_update() {
    on_both(async |t| {
        let mut pack = Sheets::small();
        pack.history(
            "R1,2026-03-10,progress,planned,,,,,\n\
             R1,2026-04-10,note,The posts were counted,,,,,\n\
             R1,2026-05-10,note,The lamps were chosen,,,,,",
        );
        t.bring_in(&pack).await;
        let ticked = t.tick_at("2026-06-10T12:00Z").await;
        assert_eq!((ticked.editions, ticked.applied), (1, 3));
        let mails = t.mails_to(SAM);
        assert_eq!(mails.len(), 1);
        let text = squeezed(&mails[0].text);
        assert!(text.contains("The posts were counted") && text.contains("The lamps were chosen"), "{text}");
        t.tick_at("2026-06-11T12:00Z").await;
        assert_eq!(t.mails_to(SAM).len(), 1);
        assert_eq!(sent(&t).await, ["2026-06-01"]);
        t.tick_at("2026-07-01T12:00Z").await;
        assert_eq!(t.mails_to(SAM).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_late_tick_notices_the_silences_that_daily_ticks_would_have_noticed() {
    let mut pack = Sheets::small();
    pack.history(
        "R1,2026-03-10,progress,stalled,money,The budget is frozen,The treasurer,2026-04-20,\n\
         R1,2026-06-20,progress,stalled,money,It is still frozen,The treasurer,2026-09-20,\n\
         R2,2026-03-12,promise,A plan for the benches,,,,,2026-04-30",
    );
    let (daily, late) = (Trial::new().await, Trial::new().await);
    daily.bring_in(&pack).await;
    late.bring_in(&pack).await;
    daily.days_until("2026-08-15").await;
    late.tick_at("2026-08-15T09:00Z").await;
    for kind in
        ["response_overdue", "promise_missed", "review_date_passed", "explanation_stale", "gone_quiet"]
    {
        assert_eq!(daily.kinds(kind).await, late.kinds(kind).await, "{kind}");
    }
    assert!(!late.kinds("gone_quiet").await.is_empty());
    assert_eq!(late.kinds("response_overdue").await.len(), 3);
}

#[tokio::test]
async fn a_lost_tick_is_harmless() {
    let (often, rarely) = (Trial::new().await, Trial::new().await);
    for t in [&often, &rarely] {
        t.import_small().await;
    }
    often.days_until("2026-07-02").await;
    for time in ["2026-04-03T07:00Z", "2026-05-09T07:00Z", "2026-06-01T23:00Z", "2026-07-02T09:00Z"] {
        rarely.tick_at(time).await;
    }
    let subjects = |t: &Trial| t.mails_to(SAM).into_iter().map(|mail| mail.subject).collect::<Vec<_>>();
    assert_eq!(subjects(&often), subjects(&rarely));
    assert_eq!(subjects(&often).len(), 4);
}

#[tokio::test]
async fn cadences_are_kept() {
    let mut pack = Sheets::small();
    pack.swap(
        "participants",
        "P02,,kit@people.example,,,email,plain_text,every",
        "P02,,kit@people.example,,,email,plain_text,quarterly",
    );
    pack.swap(
        "participants",
        "P03,Noor,noor@people.example,,,email,standard,every",
        "P03,Noor,noor@people.example,,,email,standard,yearly",
    );
    pack.swap(
        "participants",
        "P04,,lee@people.example,,,email,standard,every",
        "P04,,lee@people.example,,,email,standard,when_done",
    );
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    t.days_until("2027-05-02").await;
    // The ticks come at nine; in winter the hour of the edition comes after it, in the project's zone.
    assert_eq!(days(&t, SAM).len(), 14);
    assert_eq!(days(&t, KIT), ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-02", "2027-04-01"]);
    assert_eq!(days(&t, NOOR), ["2026-04-01", "2027-04-01"]);
    assert_eq!(days(&t, LEE), ["2027-03-02"], "nothing ended, but a year has passed since the start");
}

#[tokio::test]
async fn who_wants_to_hear_when_something_is_done_hears_all_since_at_the_next_edition() {
    let mut pack = Sheets::small();
    pack.swap(
        "participants",
        "P01,Sam,sam@people.example,,,email,standard,every",
        "P01,Sam,sam@people.example,,,email,standard,when_done",
    );
    pack.swap(
        "participants",
        "P03,Noor,noor@people.example,,,email,standard,every",
        "P03,Noor,noor@people.example,,,email,standard,when_done",
    );
    pack.history(
        "R1,2026-03-20,note,The posts were counted,,,,,\n\
         R1,2026-05-20,progress,done,,Ten lamps shine along the path,,,",
    );
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    t.days_until("2026-09-02").await;
    assert_eq!(days(&t, SAM), ["2026-06-01"]);
    let text = squeezed(&t.mails_to(SAM)[0].text);
    assert!(text.contains("The posts were counted") && text.contains("Ten lamps shine"), "{text}");
    assert_eq!(days(&t, NOOR), Vec::<String>::new(), "what rests on their story has not ended");
}

#[tokio::test]
async fn quiet_times_delay_a_message_and_never_drop_it() {
    on_both(async |t| {
        let mut pack = Sheets::small();
        pack.swap("project", "quiet_after_days,60", "quiet_after_days,60\nquiet_times,Wed 09:00-11:00");
        t.bring_in(&pack).await;
        choose(&t, "P01", Choice::QuietTimes, "2026-03-30..2026-04-03").await;
        // 1 April 2026 is a Wednesday.
        assert_eq!(t.tick_at("2026-04-01T09:00Z").await.accepted, 0);
        assert_eq!(t.tick_at("2026-04-01T09:59Z").await.accepted, 0);
        assert_eq!(t.tick_at("2026-04-01T10:00Z").await.accepted, 3, "all but one, when the project's ends");
        assert_eq!(t.tick_at("2026-04-03T22:59Z").await.accepted, 0);
        assert_eq!(t.tick_at("2026-04-03T23:00Z").await.accepted, 1, "midnight in London");
        assert_eq!(days(&t, SAM).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn quiet_times_that_are_chosen_after_composing_still_hold_the_message() {
    let t = Trial::new().await;
    t.import_small().await;
    choose(&t, "P01", Choice::QuietTimes, "2026-04-01").await;
    t.tick_at("2026-04-01T10:00Z").await;
    choose(&t, "P01", Choice::QuietTimes, "2026-04-01..2026-04-02").await;
    t.tick_at("2026-04-02T12:00Z").await;
    assert!(t.mails_to(SAM).is_empty());
    t.tick_at("2026-04-03T12:00Z").await;
    assert_eq!(t.mails_to(SAM).len(), 1);
}

#[tokio::test]
async fn a_held_edition_waits_and_needs_a_reason_that_stands_on_the_record() {
    on_both(async |t| {
        t.import_small().await;
        t.tick_at("2026-03-28T09:00Z").await;
        assert!(matches!(editions::hold(&t.app(), SLUG, "  ").await, Err(Error::Invalid { .. })));
        assert!(t.kinds("edition_held").await.is_empty());
        editions::hold(&t.app(), SLUG, "A name slipped into a note").await.expect("held");
        t.tick_at("2026-04-01T10:00Z").await;
        t.tick_at("2026-04-02T10:00Z").await;
        assert!(t.mails().is_empty());
        let held = t.events().await.into_iter().find(|event| event.kind == "edition_held").expect("an event");
        let content = serde_json::to_string(&held.content).expect("content");
        assert!(
            content.contains("A name slipped into a note") && content.contains("2026-04-01"),
            "{content}"
        );
        editions::release(&t.app(), SLUG).await.expect("released");
        t.tick_at("2026-04-02T10:01Z").await;
        assert_eq!(t.mails().len(), 4);
        assert_eq!(t.kinds("edition_released").await.len(), 1);
        t.tick_at("2026-05-01T10:00Z").await;
        assert_eq!(t.mails().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn an_edition_that_is_held_beyond_the_next_is_overtaken_by_it() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-03-28T09:00Z").await;
    editions::hold(&t.app(), SLUG, "A name slipped into a note").await.expect("held");
    t.days_until("2026-05-02").await;
    assert_eq!(
        periods(&t).await,
        [("2026-04-01".to_owned(), EditionState::Skipped), ("2026-05-01".to_owned(), EditionState::Sent)]
    );
    assert_eq!(t.mails_to(SAM).len(), 1);
    assert!(editions::release(&t.app(), SLUG).await.is_err());
}

#[tokio::test]
async fn a_paused_project_sends_nothing_and_the_next_edition_tells_everything_since() {
    on_both(async |t| {
        t.import_small().await;
        t.tick_at("2026-04-01T10:00Z").await;
        assert!(projects::pause(&t.app(), SLUG, " ").await.is_err(), "without a reason");
        t.pause_project("The hall has burned down").await;
        t.log(act("R1", "2026-04-01", HistoryKind::Note, "The posts were counted")).await;
        t.days_until("2026-06-10").await;
        assert_eq!(t.mails_to(SAM).len(), 1);
        projects::resume(&t.app(), SLUG).await.expect("resumed");
        t.days_until("2026-06-30").await;
        assert_eq!(t.mails_to(SAM).len(), 1, "what passed is not made up for");
        t.days_until("2026-07-02").await;
        let mails = t.mails_to(SAM);
        assert_eq!(mails.len(), 2);
        assert!(squeezed(&mails[1].text).contains("The posts were counted"), "{}", mails[1].text);
    })
    .await;
}

#[tokio::test]
async fn a_pause_holds_what_was_composed_already() {
    let t = Trial::new().await;
    t.import_small().await;
    choose(&t, "P01", Choice::QuietTimes, "2026-04-01").await;
    t.tick_at("2026-04-01T10:00Z").await;
    t.pause_project("The hall has burned down").await;
    t.days_until("2026-04-10").await;
    assert!(t.mails_to(SAM).is_empty());
    projects::resume(&t.app(), SLUG).await.expect("resumed");
    t.days_until("2026-04-12").await;
    assert_eq!(t.mails_to(SAM).len(), 1);
}

#[tokio::test]
async fn after_a_pause_it_is_the_coming_edition_that_is_held() {
    let t = Trial::new().await;
    t.import_small().await;
    // The draft of April is open when everything stops, and its moment passes.
    t.tick_at("2026-03-28T09:00Z").await;
    t.pause_project("The hall has burned down").await;
    t.days_until("2026-04-20").await;
    projects::resume(&t.app(), SLUG).await.expect("resumed");
    t.days_until("2026-04-28").await;
    let held = editions::hold(&t.app(), SLUG, "A name slipped into a note").await.expect("held");
    assert_eq!(held.to_string(), "2026-05-01");
    t.days_until("2026-05-10").await;
    assert!(t.mails().is_empty());
}

async fn task_of(t: &Trial, who: &str) -> Vec<Task> {
    let all = tasks::list(&t.app()).await.expect("tasks").tasks;
    all.into_iter().filter(|task| task.participant == who).collect()
}

#[tokio::test]
async fn letters_and_calls_are_tasks_that_count_as_told_only_when_somebody_did_them() {
    on_both(async |t| {
        let mut pack = Sheets::small();
        pack.history("R1,2026-03-20,note,The posts were counted,,,,,\nR1,2026-04-20,note,The lamps were chosen,,,,,\nR1,2026-05-20,note,The first lamp shines,,,,,");
        t.bring_in(&pack).await;
        t.tick_at("2026-04-01T10:00Z").await;
        assert_eq!((task_of(&t, "P05").await.len(), task_of(&t, "P06").await.len()), (1, 1));
        t.tick_at("2026-05-01T10:00Z").await;
        let open = task_of(&t, "P05").await;
        assert_eq!(open.len(), 1, "the open task was replaced by a combined one");
        assert!(tasks::show(&t.app(), open[0].id, " ").await.is_err(), "not without a purpose");
        let letter = tasks::show(&t.app(), open[0].id, "posting the letter").await.expect("a letter");
        assert!(letter.to.contains("1 Quay Lane"), "{}", letter.to);
        let text = squeezed(&letter.text);
        assert!(text.contains("The posts were counted") && text.contains("The lamps were chosen"), "{text}");
        tasks::done(&t.app(), open[0].id, "Robin", None).await.expect("posted");
        assert!(tasks::done(&t.app(), open[0].id, "Robin", None).await.is_err(), "not twice");
        t.tick_at("2026-06-01T10:00Z").await;
        let open = task_of(&t, "P05").await;
        let letter = tasks::show(&t.app(), open[0].id, "posting the letter").await.expect("a letter");
        let text = squeezed(&letter.text);
        assert!(!text.contains("The lamps were chosen") && text.contains("The first lamp shines"), "{text}");
        let call = task_of(&t, "P06").await;
        let script = tasks::show(&t.app(), call[0].id, "ringing").await.expect("a script");
        assert_eq!(script.to, "01632 960002");
        assert!(squeezed(&script.text).contains("The posts were counted"), "nobody rang before");
        assert!(t.mails().iter().all(|mail| !mail.to.is_empty()));
    })
    .await;
}

#[tokio::test]
async fn who_stops_or_pauses_leaves_no_task_behind() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    t.stop("P05").await;
    t.deed("P06", Deed::Pause).await;
    assert!(tasks::list(&t.app()).await.expect("tasks").tasks.is_empty());
    t.tick_at("2026-05-01T10:00Z").await;
    assert!(tasks::list(&t.app()).await.expect("tasks").tasks.is_empty());
}

#[tokio::test]
async fn somebody_linked_late_is_told_what_is_in_force_and_no_older_history() {
    on_both(async |t| {
        let mut pack = Sheets::small();
        pack.history(
            "R1,2026-03-10,progress,stalled,money,The budget is frozen until May,The treasurer,2026-12-20,\n\
             R1,2026-03-12,note,The posts were counted,,,,,\n\
             R1,2026-04-10,progress,stalled,money,The budget is frozen until July,The treasurer,2026-12-21,",
        );
        t.bring_in(&pack).await;
        t.tick_at("2026-04-15T10:00Z").await;
        let before = squeezed(&t.mails_to(LEE)[0].text);
        assert!(!before.contains("frozen until"), "one line and a reason only: {before}");
        pack.add("evidence", "R1,QLB9,supports,Holds keys\n");
        t.bring_in(&pack).await;
        t.log(act("R1", "2026-04-15", HistoryKind::Note, "A bank was asked")).await;
        t.tick_at("2026-05-01T10:00Z").await;
        let text = squeezed(&t.mails_to(LEE)[1].text);
        for told in ["Put lamps along the whole path", "frozen until July", "A bank was asked"] {
            assert!(text.contains(told), "{told}: {text}");
        }
        for old in ["frozen until May", "The posts were counted"] {
            assert!(!text.contains(old), "{old}: {text}");
        }
        t.tick_at("2026-06-01T10:00Z").await;
        let text = squeezed(&t.mails_to(LEE)[2].text);
        assert!(!text.contains("frozen until"), "once: {text}");
        // A stall told before is never dropped.
        assert!(text.contains("Light the path"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn people_whose_story_backs_nothing_or_may_not_be_used_are_told_so() {
    let mut pack = Sheets::small();
    pack.swap(
        "stories",
        "HVX5,P03,Nowhere to sit and rest,written,internal",
        "HVX5,P03,Nowhere to sit and rest,written,",
    );
    let t = Trial::new().await;
    t.bring_in(&pack).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let first = |address: &str| squeezed(&t.mails_to(address)[0].text);
    let words = "So far no recommendation rests on your story.";
    assert!(first(LEE).contains(words), "{}", first(LEE));
    assert!(first(NOOR).contains(words), "{}", first(NOOR));
    assert!(!first(NOOR).contains("Put a bench at each bend"), "used nowhere: {}", first(NOOR));
    assert!(!first(SAM).contains(words), "{}", first(SAM));
}

#[tokio::test]
async fn the_link_in_the_header_pauses_with_one_click_and_opening_it_does_not() {
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    let mail = t.mails_to(SAM).remove(0);
    let unfolded = mail.raw.replace("\r\n ", " ").replace("\r\n\t", " ");
    let header = |name: &str| {
        unfolded.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
    };
    assert_eq!(header("List-Unsubscribe-Post:").as_deref(), Some("List-Unsubscribe=One-Click"));
    let link = header("List-Unsubscribe:").expect("a link");
    let link = link.split(['<', '>']).nth(1).expect("a link").to_owned();
    let path = link.strip_prefix("http://updates.example.org").expect("our own address").to_owned();
    let site = TestClient::new(web::routes(t.app(), None));
    site.get(&path).send().await.assert_status_is_ok();
    site.head(&path).send().await.assert_status_is_ok();
    t.tick_at("2026-05-01T10:00Z").await;
    assert_eq!(t.mails_to(SAM).len(), 2, "a scanner that opens it changes nothing");
    site.post(&path).body("List-Unsubscribe=One-Click").send().await.assert_status_is_ok();
    t.tick_at("2026-06-01T10:00Z").await;
    assert_eq!(t.mails_to(SAM).len(), 2);
    let resume = site.post(format!("{path}/resume")).header("sec-fetch-site", "same-origin");
    resume.send().await.assert_status_is_ok();
    t.tick_at("2026-07-01T10:00Z").await;
    assert_eq!(t.mails_to(SAM).len(), 3);
}

#[tokio::test]
async fn two_ticks_at_once_compose_once_and_send_once() {
    on_both(async |t| {
        t.import_small().await;
        t.app().clock.advance_to(at("2026-04-01T10:00Z"));
        let (one, two) = tokio::join!(t.tick(), t.tick());
        assert_eq!(one.editions + two.editions, 1);
        assert_eq!(one.updates + two.updates, 6);
        t.tick().await;
        assert_eq!(t.mails().len(), 4);
        assert_eq!(message::all(&t.app().db.reader).await.expect("messages").len(), 6);
    })
    .await;
}

#[tokio::test]
async fn two_processes_on_one_database_compose_once_and_send_once() {
    let Some(t) = Trial::postgres().await else {
        return skipped("two processes on one PostgreSQL database");
    };
    let mut pack = Sheets::small();
    for n in 10..60 {
        pack.add("participants", &format!("P{n},,p{n}@people.example,,,email,standard,every,,yes"));
        pack.add("stories", &format!("KX{n},P{n},Something,written,internal,code"));
    }
    t.bring_in(&pack).await;
    let config = t.app().config.clone();
    let db = Db::connect(&config.database_url).await.expect("the database");
    let keys = Keys::read(&config.key_file).expect("the key");
    let mailer = Transport::Files(t.mail_folder());
    let beginning = t.app().clock.now();
    let other = App::new(db, Clock::at(beginning), keys, mailer, config, true).expect("an app");
    let other = Arc::new(other);
    for (n, time) in ["2026-04-01T10:00Z", "2026-05-01T10:00Z", "2026-06-01T10:00Z"].into_iter().enumerate() {
        t.app().clock.advance_to(at(time));
        other.clock.advance_to(at(time));
        let (_, theirs) = tokio::join!(t.tick(), jobs::tick(&other));
        theirs.expect("a tick beside another");
        t.tick().await;
        assert_eq!(t.mails().len(), 54 * (n + 1), "{time}");
        let rows = message::all(&t.app().db.reader).await.expect("messages");
        assert_eq!(rows.len(), 56 * (n + 1), "{time}");
        assert_eq!(rows.iter().filter(|row| row.state == MessageState::Accepted).count(), 54 * (n + 1));
    }
    assert_eq!(sent(&t).await.len(), 3);
    for mail in t.mails_to(SAM).iter().skip(1) {
        assert!(!mail.text.contains("Put lamps along the whole path"), "told once");
    }
}

#[tokio::test]
async fn an_update_says_when_the_next_one_comes_and_by_which_event_it_stands() {
    let t = Trial::new().await;
    t.import_small().await;
    choose(&t, "P02", Choice::Cadence, "quarterly").await;
    t.tick_at("2026-04-01T10:00Z").await;
    let head = t.events().await.pop().expect("a record");
    for (address, next) in [(SAM, "1 May 2026"), (KIT, "1 July 2026")] {
        let text = squeezed(&t.mails_to(address)[0].text);
        assert!(text.contains(next), "{next}: {text}");
        assert!(text.contains(&format!("Record up to event {}", head.seq)), "{text}");
    }
}

#[tokio::test]
async fn a_changed_schedule_sends_nothing_at_once() {
    let t = Trial::new().await;
    let mut pack = Sheets::small();
    t.bring_in(&pack).await;
    t.tick_at("2026-04-01T10:00Z").await;
    t.tick_at("2026-04-10T10:00Z").await;
    pack.swap("project", "0 10 1 * *", "0 10 5 * *");
    t.bring_in(&pack).await;
    t.tick_at("2026-04-11T10:00Z").await;
    assert_eq!(days(&t, SAM), ["2026-04-01"], "5 April had no edition when it passed");
    t.days_until("2026-05-06").await;
    assert_eq!(days(&t, SAM), ["2026-04-01", "2026-05-05"]);
}

#[tokio::test]
async fn a_stall_is_told_in_full_once_and_then_in_one_line_with_its_age() {
    let t = Trial::new().await;
    t.import_small().await;
    t.app().clock.advance_to(at("2026-03-10T10:00Z"));
    let stalled = act("R1", "2026-03-10", HistoryKind::Progress, "stalled");
    t.log(explained(stalled, "The budget is frozen until the new year", "2026-12-20")).await;
    t.days_until("2026-06-02").await;
    let mails = t.mails_to(SAM);
    let told: Vec<bool> =
        mails.iter().map(|mail| squeezed(&mail.text).contains("frozen until the new year")).collect();
    assert_eq!(told, [true, false, false]);
    let html = mails[0].html.as_deref().expect("HTML");
    assert!(html.contains("frozen until the new year"), "{html}");
}
