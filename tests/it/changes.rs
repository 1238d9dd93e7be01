//! The page of all that changed: complete, by month, as it holds now, and behind the same doors as its project.

use hearback::actions::record::redact;
use hearback::domain::words::{HistoryKind, Visibility};
use hearback::web;
use poem::http::StatusCode;
use poem::test::TestClient;

use crate::harness::{SLUG, Sheets, Trial, act, explained, on_both};
use crate::public::show;

async fn get(t: &Trial, address: &str) -> (StatusCode, String) {
    let response = TestClient::new(web::routes(t.app(), None)).get(address.to_owned()).send().await.0;
    let status = response.status();
    (status, response.into_body().into_string().await.expect("text"))
}

async fn page(t: &Trial, address: &str) -> String {
    let (status, page) = get(t, address).await;
    assert_eq!(status, StatusCode::OK, "{address}");
    page.replace("&#x2f;", "/").replace("&amp;", "&").replace("&#x3d;", "=")
}

/// The numbers of the events that a page tells, in its order.
fn told(page: &str) -> Vec<i64> {
    let links = page.split("/r/").skip(1).filter_map(|rest| rest.split('"').next()?.split("#e").nth(1));
    links.map(|seq| seq.parse().expect("a number")).collect()
}

#[tokio::test]
async fn what_changed_in_a_spring_is_all_there_by_month_and_what_was_taken_out_is_gone() {
    on_both(|t: Trial| async move {
        t.import_small().await;
        show(&t, Visibility::Public).await;
        t.tick_at("2026-04-01T10:00Z").await;
        t.log(act("R1", "2026-03-20", HistoryKind::Response, "accepted")).await;
        t.log(act("R2", "2026-04-01", HistoryKind::Note, "Mr Brown of 4 Mill Lane has agreed.")).await;
        let note = t.events().await.iter().find(|event| event.kind == "note").map(|event| event.seq);
        redact(&t.app(), SLUG, note.expect("the note"), "It named somebody").await.expect("redacted");
        t.days_until("2026-05-05").await;
        let stuck = act("R1", "2026-05-05", HistoryKind::Progress, "stalled");
        t.log(explained(stuck, "The fund was frozen.", "2026-06-01")).await;
        t.days_until("2026-06-03").await;
        t.log(act("R3", "2026-06-03", HistoryKind::Response, "accepted")).await;

        let all = page(&t, &format!("/p/{SLUG}/changes")).await;
        let spring = page(&t, &format!("/p/{SLUG}/changes?from=2026-03-01&to=2026-05-31")).await;
        let mut days = Vec::new();
        for event in t.events().await.iter().filter(|event| event.subject != "project") {
            if ["figures", "learnings"].contains(&event.kind.as_str()) {
                continue;
            }
            let on =
                event.content.as_ref().and_then(|content| content.get("on")?.as_str().map(str::to_owned));
            let on = on.unwrap_or_else(|| event.at.to_string()[..10].to_owned());
            // What is left of the day of a redacted note is not in its content.
            let on = if Some(event.seq) == note { "2026-04-01".to_owned() } else { on };
            days.push((on, event.seq));
        }
        days.sort_unstable_by(|one, other| other.cmp(one));
        let seqs = |from: &str, to: &str| -> Vec<i64> {
            let fits = days.iter().filter(|(on, _)| (from..=to).contains(&on.as_str()));
            fits.map(|(_, seq)| *seq).collect()
        };
        assert_eq!(told(&all), seqs("2000", "3000"));
        assert_eq!(told(&spring), seqs("2026-03-01", "2026-05-31"));
        assert!(!told(&spring).is_empty() && told(&spring).len() < told(&all).len());
        for words in [
            "<h2 id=\"m-2026-05\">May 2026</h2>",
            "<h2 id=\"m-2026-03\">March 2026</h2>",
            "href=\"#m-2026-04\"",
            "Light the path",
            "Answer: Accepted",
            "The fund was frozen.",
            "No answer came by 1 May 2026",
            "It named somebody",
            "Words were removed here for legal reasons",
            "from 1 March 2026 to 31 May 2026",
        ] {
            assert!(spring.contains(words), "{words}: {spring}");
        }
        for words in ["Mr Brown", "June 2026</h2>", "February 2026</h2>"] {
            assert!(!spring.contains(words), "{words}: {spring}");
        }
        let acts = page(&t, &format!("/p/{SLUG}/changes?from=2026-03-01&to=2026-05-31&only=acts")).await;
        assert!(acts.contains("The fund was frozen.") && acts.contains("2 changes"), "{acts}");
        assert!(
            !acts.contains("No answer came") && !acts.contains("Note") && !acts.contains("named"),
            "{acts}"
        );
        // At once one learns what it comes to; who looks at everything learns where the rest of the record is.
        assert!(
            spring.contains("1 answer, 0 steps forward, 1 step back, 0 promises missed, 4 other silences."),
            "{spring}"
        );
        assert!(
            !spring.contains("Nobody answered in this time") && !spring.contains("more that change nothing"),
            "{spring}"
        );
        let (events, changes) = (t.events().await.len(), told(&all).len());
        let rest = format!(
            "The record holds {events} events: these {changes} changes, and {} more",
            events - changes
        );
        assert!(all.contains(&rest), "{rest}: {all}");
        let (status, _) = get(&t, &format!("/p/{SLUG}/changes?from=2026-03&only=x")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let empty = page(&t, &format!("/p/{SLUG}/changes?to=1999-12-31")).await;
        assert!(empty.contains("Nothing was found up to 31 December 1999."), "{empty}");

        // The project's page leads there, and names who promised, who owes and how many have not answered.
        let front = page(&t, &format!("/p/{SLUG}")).await;
        assert!(front.contains(&format!("href=\"/p/{SLUG}/changes\"")), "{front}");
        for words in ["1 not answered", "The fund was frozen."] {
            assert!(front.contains(words), "{words}: {front}");
        }
        assert!(!front.contains("verdict=confirmed"), "no way to an empty list");
        let front = page(&t, "/").await;
        for words in [
            "Not answered: 1 recommendation, asked of 1 body",
            "<bdi>Places to rest</bdi></a> · <bdi dir=\"ltr\">Town council</bdi>",
            "Stuck: 1 recommendation",
            "<bdi>Light the path</bdi></a> · <bdi dir=\"ltr\">money</bdi>",
            "What changed last: Answer: Accepted (R3, 3 June 2026)",
            "All that changed, by month",
            "Check that the record is complete and unaltered",
        ] {
            assert!(front.contains(words), "{words}: {front}");
        }
        assert!(!front.contains("promise missed"), "{front}");
    })
    .await;
}

#[tokio::test]
async fn a_missed_promise_is_found_under_promises_and_a_look_that_was_replaced_is_none_to_come() {
    on_both(|t: Trial| async move {
        t.import_small().await;
        show(&t, Visibility::Public).await;
        t.tick_at("2026-03-02T10:00Z").await;
        let mut promise = act("R3", "2026-03-02", HistoryKind::Promise, "A second bus");
        promise.due_on = Some("2026-04-10".parse().expect("a day"));
        t.log(promise).await;
        let answer = act("R1", "2026-03-02", HistoryKind::Response, "accepted_in_part");
        t.log(explained(answer, "Half of the lamps.", "2026-04-15")).await;
        let stuck = act("R2", "2026-03-02", HistoryKind::Progress, "stalled");
        t.log(explained(stuck, "No wood.", "2026-04-20")).await;
        t.days_until("2026-04-08").await;
        let stuck = act("R1", "2026-04-08", HistoryKind::Progress, "stalled");
        t.log(explained(stuck, "The fund was frozen.", "2026-06-01")).await;
        t.days_until("2026-05-01").await;

        let acts = page(&t, &format!("/p/{SLUG}/changes?from=2026-04-09&only=acts")).await;
        assert!(
            acts.contains("Promise missed. It was due by 10 April 2026") && acts.contains("One change"),
            "{acts}"
        );
        assert!(acts.contains("0 answers, 0 steps forward, 1 promise missed."), "{acts}");
        assert!(acts.contains("Nobody answered in this time"), "{acts}");
        let spring = page(&t, &format!("/p/{SLUG}/changes")).await;
        for words in [
            "Was to be looked at again on 15 April 2026. Replaced on 8 April 2026 by newer words.",
            "The work was to be looked at again by 20 April 2026. Nobody did",
            "Was to be looked at again on 20 April 2026. That day has passed.",
            "Next look: 1 June 2026.",
        ] {
            assert!(spring.contains(words), "{words}: {spring}");
        }
        assert!(!spring.contains("Next look: 15 April 2026"), "{spring}");
        let of_r1 = page(&t, &format!("/p/{SLUG}/r/R1")).await;
        assert!(
            of_r1.contains("Replaced on 8 April 2026") && !of_r1.contains("Next look: 15 April"),
            "{of_r1}"
        );
        // Both places lead to the event in the list on the same page.
        let seq = t
            .events()
            .await
            .iter()
            .rev()
            .find(|event| event.subject == "R1" && event.kind == "progress")
            .map(|event| event.seq);
        let seq = seq.expect("an event");
        for link in [
            format!("<a href=\"#e{seq}\">Event {seq} in the list below</a>"),
            format!("<a href=\"#e{seq}\">Event {seq}</a>"),
        ] {
            assert!(of_r1.contains(&link), "{link}: {of_r1}");
        }
        let front = page(&t, "/").await;
        assert!(
            front.contains("1 promise missed") && front.contains("‘A second bus’, due 10 April 2026"),
            "{front}"
        );
    })
    .await;
}

#[tokio::test]
async fn all_that_changed_is_behind_the_same_doors_as_its_project() {
    let t = Trial::new().await;
    t.import_small().await;
    let (status, private) = get(&t, &format!("/p/{SLUG}/changes")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(get(&t, "/p/no-such-project/changes").await, (status, private));
    let link = show(&t, Visibility::Link).await.link.expect("a link");
    let door = link.strip_prefix("http://updates.example.org").expect("an address of ours");
    let behind = page(&t, &format!("{door}/changes")).await;
    assert!(behind.contains("Light the path") && !behind.contains(&format!("/p/{SLUG}")), "{behind}");
    assert!(!behind.contains("updates.example.org"), "{behind}");
    assert_eq!(get(&t, &format!("/p/{SLUG}/changes")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&t, &format!("{door}0/changes")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_history_comes_in_pages_that_together_hold_everything_once() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    let days = (0..320).map(|day| {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 2, 1 + day % 25).expect("a day");
        format!("R1,{on},note,Word number {day} of many,,,,,")
    });
    sheets.history(&days.collect::<Vec<_>>().join("\n"));
    t.bring_in(&sheets).await;
    show(&t, Visibility::Public).await;
    let first = page(&t, &format!("/p/{SLUG}/changes")).await;
    assert!(first.contains(&format!("href=\"/p/{SLUG}/changes?page=2\" rel=\"next\"")), "{first}");
    let second = page(&t, &format!("/p/{SLUG}/changes?page=2")).await;
    let mut all = [told(&first), told(&second)];
    assert_eq!(all.each_ref().map(Vec::len), [300, 23]);
    let mut all: Vec<i64> = all.iter_mut().flat_map(|part| part.drain(..)).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 323);
    // Beyond the end is the end.
    assert_eq!(told(&page(&t, &format!("/p/{SLUG}/changes?page=9")).await), told(&second));
}
