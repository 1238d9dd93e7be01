//! What somebody found who tried to break the public part: words that were taken out and stayed, fates that were
//! exchanged, and people who could not stop while a convenor imported.

use std::time::Duration;

use hearback::actions::import::import;
use hearback::actions::participants::{self, Deed};
use hearback::actions::record::redact;
use hearback::actions::showing::{self, Change};
use hearback::domain::words::{HistoryKind, Visibility};
use hearback::web;
use poem::http::StatusCode;
use poem::test::TestClient;

use crate::harness::{SLUG, Sheets, Trial, act, skipped};

async fn show(t: &Trial, visibility: Visibility) -> showing::Shown {
    let change = Change { visibility: Some(visibility), ..Change::default() };
    showing::set(&t.app(), SLUG, &change).await.expect("shown")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn words_that_were_taken_out_while_somebody_looked_are_gone_for_good() {
    let t = Trial::new().await;
    t.import_small().await;
    show(&t, Visibility::Public).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let routes = std::sync::Arc::new(web::routes(t.app(), None));
    let get = |routes: std::sync::Arc<_>, path: String| async move {
        TestClient::new(routes).get(path).send().await.0.into_body().into_string().await.unwrap()
    };
    for k in 0..8_u64 {
        let secret = format!("Secret words number {k} end");
        let mut promise = act("R1", "2026-04-01", HistoryKind::Promise, &secret);
        promise.due_on = Some("2026-05-20".parse().unwrap());
        t.log(promise).await;
        let seq = t.events().await.last().unwrap().seq;
        tokio::time::sleep(Duration::from_millis(210)).await;
        let html = get(routes.clone(), format!("/p/{SLUG}")).await;
        assert!(html.contains(&secret));
        t.log(act("R2", "2026-04-01", HistoryKind::Note, &format!("Other {k}"))).await;
        tokio::time::sleep(Duration::from_millis(210)).await;
        let app = t.app();
        let redacting =
            tokio::spawn(async move { redact(&app, SLUG, seq, "A court said so").await.unwrap() });
        tokio::time::sleep(Duration::from_micros(1_500 * k)).await;
        let _ = get(routes.clone(), format!("/p/{SLUG}")).await;
        redacting.await.unwrap();
        tokio::time::sleep(Duration::from_millis(250)).await;
        let html = get(routes.clone(), format!("/p/{SLUG}")).await;
        if html.contains(&secret) {
            let fresh = get(std::sync::Arc::new(web::routes(t.app(), None)), format!("/p/{SLUG}")).await;
            tokio::time::sleep(Duration::from_millis(1500)).await;
            let later = get(routes.clone(), format!("/p/{SLUG}")).await;
            let around = later.find(&secret).map(|at| later[at.saturating_sub(300)..at + 60].to_owned());
            let csv = get(routes.clone(), format!("/p/{SLUG}/data/promises.csv")).await;
            panic!(
                "trial {k}: redacted words on the page; fresh process: {}; 1.5 s later: {}\n{around:?}\n{csv}",
                fresh.contains(&secret),
                later.contains(&secret)
            );
        }
    }
}

#[tokio::test]
async fn what_is_not_published_yet_is_named_nowhere() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.add("recommendations", "RSECRET,Not yet public,Hidden words,Bus company,2027-02-01,2027-05-01");
    for i in 0..14 {
        let codes = [
            "BBD", "CFG", "DHJ", "FKL", "GMN", "HPQ", "JRT", "KVW", "LXY", "MZB", "NCD", "PFG", "QHJ", "RKL",
        ];
        let code = format!("{}4", codes[i]);
        sheets.add("participants", &format!("X{i:02},,x{i}@people.example,,,email,standard,every,,yes"));
        sheets.add("stories", &format!("{code},X{i:02},Some words,written,internal,code"));
        sheets.add("evidence", &format!("RSECRET,{code},supports,Because"));
    }
    t.bring_in(&sheets).await;
    show(&t, Visibility::Public).await;
    t.days_until("2026-04-02").await;
    let site = TestClient::new(web::routes(t.app(), None));
    for path in ["data/record.jsonl", "data/figures.csv", "data/project.json", "data/recommendations.csv"] {
        let answer = site.get(format!("/p/{SLUG}/{path}")).send().await;
        let body = answer.0.into_body().into_string().await.expect("a body");
        assert!(body.contains("R1") || body.contains("told"), "{path}");
        assert!(!body.contains("RSECRET"), "{path} names a recommendation that is not published");
    }
}

#[tokio::test]
async fn two_promises_without_words_keep_their_own_fates() {
    let t = Trial::new().await;
    t.import_small().await;
    show(&t, Visibility::Public).await;
    t.tick_at("2026-04-01T10:00Z").await;
    for (words, due) in [("Promise one", "2026-05-20"), ("Promise two", "2026-06-20")] {
        let mut promise = act("R1", "2026-04-01", HistoryKind::Promise, words);
        promise.due_on = Some(due.parse().unwrap());
        t.log(promise).await;
    }
    t.log(act("R1", "2026-04-01", HistoryKind::PromiseKept, "Promise two")).await;
    let csv = |site| async move {
        let site: TestClient<_> = site;
        site.get(format!("/p/{SLUG}/data/promises.csv"))
            .send()
            .await
            .0
            .into_body()
            .into_string()
            .await
            .unwrap()
    };
    let before = csv(TestClient::new(web::routes(t.app(), None))).await;
    let seqs: Vec<i64> = t.events().await.iter().filter(|e| e.kind == "promise").map(|e| e.seq).collect();
    for seq in seqs {
        redact(&t.app(), SLUG, seq, "A court said so").await.unwrap();
    }
    let after = csv(TestClient::new(web::routes(t.app(), None))).await;
    let states = |csv: &str| {
        csv.lines()
            .skip(1)
            .map(|l| l.rsplit(',').take(2).map(str::to_owned).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    assert_eq!(states(&before), states(&after), "{before}\n{after}");
}

#[tokio::test]
async fn a_change_without_words_keeps_its_dates() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    t.bring_in(&sheets).await;
    show(&t, Visibility::Public).await;
    t.tick_at("2026-03-05T10:00Z").await;
    sheets.swap(
        "recommendations",
        "R1,Light the path,Put lamps along the whole path,Town council,2026-02-01,2026-05-01",
        "R1,Light the path,Put lamps as Jane Doe said,Town council,2026-02-01,2026-09-01",
    );
    t.bring_in(&sheets).await;
    let site = TestClient::new(web::routes(t.app(), None));
    let before = site
        .get(format!("/p/{SLUG}/data/recommendations.csv"))
        .send()
        .await
        .0
        .into_body()
        .into_string()
        .await
        .unwrap();
    assert!(before.contains("Jane Doe") && before.contains("2026-09-01"), "{before}");
    let changed: Vec<_> =
        t.events().await.into_iter().filter(|e| e.kind == "recommendation_changed").collect();
    redact(&t.app(), SLUG, changed[0].seq, "A court said so").await.unwrap();
    tokio::time::sleep(Duration::from_millis(250)).await;
    let after = site
        .get(format!("/p/{SLUG}/data/recommendations.csv"))
        .send()
        .await
        .0
        .into_body()
        .into_string()
        .await
        .unwrap();
    assert!(!after.contains("Jane Doe"));
    assert!(after.contains("2026-09-01"), "the date that held is gone with the words");
}

#[tokio::test]
async fn words_about_the_project_that_were_taken_out_are_on_no_page() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    t.bring_in(&sheets).await;
    show(&t, Visibility::Public).await;
    t.tick_at("2026-03-05T10:00Z").await;
    sheets.add("project", "summary,Jane Doe began it");
    t.bring_in(&sheets).await;
    let changed = t.events().await.into_iter().find(|e| e.kind == "project_changed").expect("an event");
    redact(&t.app(), SLUG, changed.seq, "A court said so").await.unwrap();
    let site = TestClient::new(web::routes(t.app(), None));
    let mut found = Vec::new();
    for path in ["", "/feed.atom", "/data/project.json", "/data/record.jsonl", "/data/datapackage.json"] {
        let body =
            site.get(format!("/p/{SLUG}{path}")).send().await.0.into_body().into_string().await.unwrap();
        if body.contains("Jane Doe") {
            found.push(path);
        }
    }
    assert!(found.is_empty(), "redacted words are still in {found:?}");
}

#[tokio::test]
async fn who_withdrew_makes_no_wait_look_short() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.0.insert(
        "stories.csv".into(),
        "code,participant,summary,medium,consent,attribution,gathered_on\n".into(),
    );
    sheets.0.insert("evidence.csv".into(), "recommendation,story,direction,why\n".into());
    let letters = [
        "BB", "CC", "DD", "FF", "GG", "HH", "JJ", "KK", "LL", "MM", "NN", "PP", "QQ", "RR", "TT", "VV", "WW",
        "XX", "ZZ", "BD", "CF", "DH", "FK", "GM", "HP", "JR", "KV", "LX", "MZ", "NB",
    ];
    for (i, l) in letters.iter().enumerate() {
        sheets
            .add("participants", &format!("X{i:02},,x{i}@people.example,,,{},standard,every,,yes", "email"));
        sheets.add("stories", &format!("{l}47,X{i:02},Some words,written,internal,code,2025-03-01"));
        sheets.add("evidence", &format!("R1,{l}47,supports,Because"));
    }
    t.bring_in(&sheets).await;
    // All of them are told in April; before the May edition most withdraw, and the few who are told anew move the figure.
    show(&t, Visibility::Public).await;
    t.days_until("2026-04-02").await;
    for i in 0..20 {
        t.deed(&format!("X{i:02}"), Deed::Withdraw(None)).await;
    }
    t.days_until("2026-05-02").await;
    let figures: Vec<_> = t
        .events()
        .await
        .into_iter()
        .filter(|e| e.kind == "figures")
        .map(|e| e.content.unwrap()["people"]["first_feedback"].clone())
        .collect();
    let median = figures.last().unwrap()["median_days"].as_i64();
    assert!(median.is_none_or(|days| days > 300), "{median:?}");
}

#[tokio::test]
async fn a_crawler_that_comes_again_may_still_find_what_is_public() {
    let t = Trial::new().await;
    t.import_small().await;
    show(&t, Visibility::Public).await;
    let site = TestClient::new(web::routes(t.app(), None));
    let first = site.get(format!("/p/{SLUG}")).send().await;
    assert!(first.0.headers().get("x-robots-tag").is_none());
    let tag = first.0.headers()["etag"].to_str().unwrap().to_owned();
    let again = site.get(format!("/p/{SLUG}")).header("if-none-match", tag).send().await;
    assert_eq!(again.0.status(), StatusCode::NOT_MODIFIED);
    assert!(again.0.headers().get("x-robots-tag").is_none(), "a crawler that comes again is told noindex");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stopping_and_importing_at_once_hinder_nobody() {
    let Some(t) = Trial::postgres().await else {
        return skipped("the same story on PostgreSQL (set HEARBACK_TEST_POSTGRES)");
    };
    let mut sheets = Sheets::small();
    for i in 0..150 {
        sheets.add("participants", &format!("Y{i:03},,y{i}@people.example,,,email,standard,every,,yes"));
    }
    t.bring_in(&sheets).await;
    show(&t, Visibility::Public).await;
    let mut other = sheets.clone();
    other.0.insert(
        "participants.csv".into(),
        sheets.0["participants.csv"].replace(",standard,", ",large_print,"),
    );
    let stopper = {
        let app = t.app();
        tokio::spawn(async move {
            let mut errors = Vec::new();
            for k in 0..60 {
                let person = format!("Y{:03}", 149 - k % 150);
                for deed in [Deed::Stop, Deed::Resume] {
                    if let Err(error) = participants::act(&app, SLUG, &person, &deed).await {
                        errors.push(format!("{deed:?} {person}: {error:?}"));
                    }
                }
            }
            errors
        })
    };
    let mut failures = Vec::new();
    for k in 0..8 {
        let pack = if k % 2 == 0 { &other } else { &sheets };
        if let Err(error) = import(&t.app(), &pack.files(), false).await {
            failures.push(format!("import: {error:?}"));
        }
        if stopper.is_finished() {
            break;
        }
    }
    let errors = stopper.await.unwrap();
    assert!(errors.is_empty() && failures.is_empty());
}
