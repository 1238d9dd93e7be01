//! What everybody can read of a project: only what it shows, only what tellers agreed to, and never older than a blink.

use std::sync::Arc;
use std::time::Duration;

use hearback::actions::participants::Deed;
use hearback::actions::record::redact;
use hearback::actions::showing::{self, Change};
use hearback::app::App;
use hearback::domain::words::{HistoryKind, Visibility};
use hearback::web;
use poem::http::{StatusCode, header};
use poem::test::{TestClient, TestResponse};
use poem::{Endpoint, Response};

use crate::harness::{SLUG, Sheets, Trial, act, explained, on_both};

fn site(app: Arc<App>) -> TestClient<impl Endpoint<Output = Response>> {
    TestClient::new(web::routes(app, None))
}

async fn text(response: TestResponse) -> String {
    response.0.into_body().into_string().await.expect("a body of text")
}

pub async fn show(t: &Trial, visibility: Visibility) -> showing::Shown {
    let change = Change { visibility: Some(visibility), ..Change::default() };
    showing::set(&t.app(), SLUG, &change).await.expect("shown")
}

/// A page as somebody sees it who looks at this moment, with nothing kept from before.
async fn page(t: &Trial, path: &str) -> String {
    let response = site(t.app()).get(path).send().await;
    response.assert_status_is_ok();
    text(response).await
}

/// What is kept may be as old as the blink in which nobody asks again. Time itself passes here, not the clock.
async fn blink() {
    tokio::time::sleep(Duration::from_millis(250)).await;
}

fn header_of<'a>(response: &'a TestResponse, name: &header::HeaderName) -> &'a str {
    response.0.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn a_project_is_seen_by_nobody_by_who_has_its_link_or_by_everybody() {
    on_both(|t: Trial| async move {
        t.import_small().await;
        t.tick_at("2026-04-01T10:00Z").await;
        let unknown = site(t.app()).get("/p/no-such-project").send().await;
        unknown.assert_status(StatusCode::NOT_FOUND);
        let unknown = text(unknown).await;
        let is_closed = async |path: String| {
            let response = site(t.app()).get(&path).send().await;
            assert_eq!(response.0.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(text(response).await, unknown, "{path}");
        };
        for path in ["", "/r/R1", "/r/R9", "/check", "/data/record.jsonl"] {
            is_closed(format!("/p/{SLUG}{path}")).await;
        }
        let link = show(&t, Visibility::Link).await.link.expect("a link");
        let door = link.strip_prefix("http://updates.example.org").expect("an address of ours").to_owned();
        for path in ["", "/r/R1"] {
            is_closed(format!("/p/{SLUG}{path}")).await;
            let response = site(t.app()).get(format!("{door}{path}")).send().await;
            response.assert_status_is_ok();
            assert_eq!(header_of(&response, &header::REFERRER_POLICY), "no-referrer");
            assert!(
                header_of(&response, &header::HeaderName::from_static("x-robots-tag")).contains("noindex")
            );
            let html = text(response).await;
            assert!(html.contains("Light the path"), "{html}");
            assert!(!html.contains(&format!("/p/{SLUG}")), "a link's pages stay behind the link");
        }
        is_closed(format!("{door}0")).await;
        is_closed(format!("{}/r/NONE", door)).await;
        show(&t, Visibility::Public).await;
        for path in ["", "/r/R1"] {
            assert!(page(&t, &format!("/p/{SLUG}{path}")).await.contains("Light the path"));
        }
        show(&t, Visibility::Private).await;
        is_closed(door.clone()).await;
        is_closed(format!("/p/{SLUG}")).await;
    })
    .await;
}

#[tokio::test]
async fn a_project_shows_where_everything_stands_and_why() {
    on_both(|t: Trial| async move {
        t.import_small().await;
        show(&t, Visibility::Public).await;
        t.tick_at("2026-04-01T10:00Z").await;
        t.log(act("R1", "2026-04-01", HistoryKind::Response, "accepted")).await;
        t.log(explained(
            act("R1", "2026-04-01", HistoryKind::Progress, "stalled"),
            "The fund was frozen.",
            "2026-06-01",
        ))
        .await;
        let mut promise = act("R1", "2026-04-01", HistoryKind::Promise, "Ask the second fund");
        promise.due_on = Some("2026-04-20".parse().expect("a day"));
        t.log(promise).await;
        t.days_until("2026-05-05").await;
        let html = page(&t, &format!("/p/{SLUG}")).await;
        for words in [
            "1 of 3 answered",
            "Stuck",
            "Reason: money",
            "No answer. Due 1 May 2026",
            "Promise missed. Due 20 April 2026",
            "Ask the second fund",
            "Missed",
            "Town council",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        let html = page(&t, &format!("/p/{SLUG}/r/R1")).await;
        for words in ["The fund was frozen.", "Next look: 1 June 2026", "Promise missed", "Put lamps along"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("Ask the third"), "only what was said");
    })
    .await;
}

#[tokio::test]
async fn an_excerpt_is_shown_as_its_teller_agreed_and_goes_with_them_at_once() {
    on_both(|t: Trial| async move {
        let mut sheets = Sheets::small();
        sheets.put(
            "stories",
            "code,participant,summary,medium,consent,attribution,content_note\n\
             KTR7,P01,The walk home without a lamp,video,public_named,named,darkness\n\
             MWD2,P02,A fall at the second bend,audio,public_anonymous,code,\n\
             HVX5,P03,Nowhere to sit and rest,written,internal,code,\n\
             QLB9,P04,Keys held between the fingers,written,public_named,not_quoted,\n\
             ZCN4,P05,The long way round,written,public_anonymous,uncoded,\n\
             FGJ8,P06,Ringing a friend all the way,audio,,code,\n",
        );
        sheets.put(
            "evidence",
            "recommendation,story,direction,why\nR1,KTR7,supports,Why one\nR1,MWD2,qualifies,Why two\n\
             R1,HVX5,supports,Why three\nR1,QLB9,supports,Why four\nR1,ZCN4,supports,Why five\nR1,FGJ8,supports,Six\n",
        );
        t.bring_in(&sheets).await;
        show(&t, Visibility::Public).await;
        t.tick_at("2026-04-01T10:00Z").await;
        let path = format!("/p/{SLUG}/r/R1");
        let kept = site(t.app());
        let first = kept.get(&path).send().await;
        assert_eq!(header_of(&first, &header::CACHE_CONTROL), "no-store", "nobody keeps an excerpt");
        assert_eq!(header_of(&first, &header::LAST_MODIFIED), "", "no date tells who went when");
        let html = text(first).await;
        for words in ["The walk home without a lamp", "A fall at the second bend", "The long way round"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        for words in ["Nowhere to sit", "Keys held", "Ringing a friend", "Why one", "HVX5", "QLB9", "KTR7"] {
            assert!(!html.contains(words), "{words}: {html}");
        }
        let note = html.find("darkness").expect("the content note");
        assert!(note < html.find("The walk home").expect("the excerpt"), "the note comes first");
        assert!(html.contains("Told by Sam"), "who agreed to be named is named: {html}");
        assert!(html.contains("Told by MWD2"));
        assert!(!html.contains("Ada") && !html.contains("ZCN4"), "who agreed to neither name nor code has neither");
        // It is folded: closed until somebody opens it.
        assert!(html.contains("<details class=\"excerpt\"") && !html.contains("<details class=\"excerpt\" open"));

        t.deed("P01", Deed::Withdraw(None)).await;
        blink().await;
        let after = text(kept.get(&path).send().await).await;
        assert!(!after.contains("The walk home") && !after.contains("Sam") && !after.contains("darkness"));
        assert!(after.contains("A fall at the second bend"), "{after}");

        // Consent that an import takes back is gone at once too.
        sheets.swap("stories", "audio,public_anonymous,code,", "audio,internal,code,");
        t.bring_in(&sheets).await;
        blink().await;
        let after = text(kept.get(&path).send().await).await;
        assert!(!after.contains("A fall at the second bend"), "{after}");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_moves_nothing_else_and_no_date_tells_of_it() {
    on_both(|t: Trial| async move {
        t.import_small().await;
        show(&t, Visibility::Public).await;
        t.days_until("2026-04-05").await;
        let kept = site(t.app());
        let path = format!("/p/{SLUG}");
        let seen = async || {
            let response = kept.get(&path).send().await;
            let tag = header_of(&response, &header::ETAG).to_owned();
            let modified = header_of(&response, &header::LAST_MODIFIED).to_owned();
            (tag, modified, text(response).await)
        };
        let before = seen().await;
        assert!(!before.0.is_empty() && !before.1.is_empty());
        t.app().clock.advance(chrono::Duration::minutes(5));
        t.deed("P03", Deed::Withdraw(None)).await;
        t.deed("P02", Deed::Stop).await;
        blink().await;
        assert_eq!(seen().await, before);
        let known = kept.get(&path).header(header::IF_NONE_MATCH, &before.0).send().await;
        known.assert_status(StatusCode::NOT_MODIFIED);
        assert_eq!(text(known).await, "");
        // A date alone has whole seconds: it never keeps anybody at what was there before.
        let dated = kept.get(&path).header(header::IF_MODIFIED_SINCE, &before.1).send().await;
        dated.assert_status_is_ok();
        let known = kept.get(&path).header(header::IF_NONE_MATCH, "\"another\"").send().await;
        known.assert_status_is_ok();
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_is_never_older_than_a_blink_whoever_wrote() {
    on_both(|t: Trial| async move {
        t.import_small().await;
        show(&t, Visibility::Public).await;
        t.tick_at("2026-04-01T10:00Z").await;
        let kept = site(t.app());
        let path = format!("/p/{SLUG}");
        let before = text(kept.get(&path).send().await).await;
        assert!(before.contains("0 of 3 answered"), "{before}");
        t.log(act("R2", "2026-04-01", HistoryKind::Response, "accepted")).await;
        blink().await;
        assert!(text(kept.get(&path).send().await).await.contains("1 of 3 answered"));
        // A correction and a redaction change what was read before.
        let mut noted = act("R2", "2026-04-01", HistoryKind::Note, "Mr Brown of 4 Mill Lane has agreed.");
        t.log(noted.clone()).await;
        blink().await;
        let of_r2 = format!("{path}/r/R2");
        assert!(text(kept.get(&of_r2).send().await).await.contains("Mr Brown"));
        assert!(text(kept.get(&path).send().await).await.contains("Mr Brown"));
        let seq = t.events().await.iter().filter(|event| event.kind == "note").map(|event| event.seq).next();
        redact(&t.app(), SLUG, seq.expect("the note"), "It named somebody").await.expect("redacted");
        blink().await;
        for path in [&path, &of_r2] {
            let html = text(kept.get(path).send().await).await;
            assert!(!html.contains("Mr Brown"), "{html}");
            assert!(html.contains("It named somebody"), "{html}");
        }
        noted.value = "Somebody has agreed.".to_owned();
        t.log(noted).await;
        blink().await;
        assert!(text(kept.get(&of_r2).send().await).await.contains("Somebody has agreed."));
    })
    .await;
}

#[tokio::test]
async fn what_staff_typed_is_text_and_only_addresses_of_the_web_are_links() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.swap("recommendations", "Light the path", "<svg onload=alert(1)> {{ config }} & Co");
    t.bring_in(&sheets).await;
    show(&t, Visibility::Public).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let mut done = act("R1", "2026-04-01", HistoryKind::Progress, "done");
    done.explanation = Some("<b>Lamps</b> are up.".to_owned());
    done.evidence_url = Some("javascript:alert(1)".to_owned());
    // The rules may refuse such an address; then it is not on the page either.
    let stored = hearback::actions::outcomes::record_outcome(&t.app(), SLUG, done).await;
    assert!(stored.is_err() || !t.kinds("progress").await.is_empty());
    for path in [format!("/p/{SLUG}"), format!("/p/{SLUG}/r/R1")] {
        let html = page(&t, &path).await;
        assert!(html.contains("&lt;svg onload=alert(1)&gt; {{ config }} &amp; Co"), "{html}");
        assert!(!html.contains("<svg onload") && !html.contains("javascript:"), "{html}");
        assert!(!html.contains("<b>Lamps"), "{html}");
    }
}

#[tokio::test]
async fn every_edition_leaves_its_figures_in_the_record() {
    on_both(|t: Trial| async move {
        t.import_small().await;
        show(&t, Visibility::Public).await;
        let before = page(&t, &format!("/p/{SLUG}")).await;
        assert!(before.contains("come with the first edition"), "{before}");
        t.days_until("2026-06-02").await;
        let taken: Vec<_> = t.events().await.into_iter().filter(|event| event.kind == "figures").collect();
        let periods: Vec<&str> =
            taken.iter().filter_map(|event| event.content.as_ref()?.get("period")?.as_str()).collect();
        assert_eq!(periods, ["2026-04-01", "2026-05-01", "2026-06-01"]);
        let last = taken.last().and_then(|event| event.content.clone()).expect("figures");
        assert_eq!(last["work"]["responded"], serde_json::json!({ "count": 0, "of": 3 }));
        assert_eq!(last["work"]["traceable"], serde_json::json!({ "count": 2, "of": 3 }));
        // Seven people are too few for any number.
        assert_eq!(last["people"]["told"], serde_json::json!({ "count": null, "of": null }));
        assert_eq!(last["people"]["stories_behind"], serde_json::json!({}));
        let html = page(&t, &format!("/p/{SLUG}")).await;
        assert!(html.contains("1 June 2026"), "{html}");
    })
    .await;
}
