//! What anybody can take away from a project, follow, put on their own site and check: that the files say the same as
//! the record, nothing about people, and nothing at all where a project is not public.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use hearback::actions::record;
use hearback::actions::showing::{self, Change, Colours, Edit, Image};
use hearback::domain::record::{Line, verify};
use hearback::domain::words::{HistoryKind, Reason, Visibility};
use hearback::web;
use icalendar::{Calendar, Component, DatePerhapsTime};
use poem::http::StatusCode;
use poem::test::{TestClient, TestResponse};
use poem::{Endpoint, Response};
use serde_json::Value;

use crate::harness::{SLUG, Sheets, Trial, act, explained, on_both};

fn site(t: &Trial) -> TestClient<impl Endpoint<Output = Response>> {
    TestClient::new(web::routes(t.app(), None))
}

async fn body(response: TestResponse) -> String {
    response.0.into_body().into_string().await.expect("a body of text")
}

async fn ok(response: TestResponse) -> String {
    response.assert_status_is_ok();
    body(response).await
}

const FILES: &[(&str, &str)] = &[
    ("recommendations.csv", "text/csv"),
    ("history.csv", "text/csv"),
    ("promises.csv", "text/csv"),
    ("figures.csv", "text/csv"),
    ("learnings.csv", "text/csv"),
    ("project.json", "application/json"),
    ("record.jsonl", "application/jsonl"),
    ("datapackage.json", "application/json"),
];

const PAGES: &[&str] = &[
    "/data",
    "/check",
    "/feed.atom",
    "/r/R1/feed.atom",
    "/calendar.ics",
    "/badge.svg",
    "/embed",
    "/brand.css",
    "/logo",
];

fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(120_u32.to_be_bytes());
    bytes.extend(60_u32.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0]);
    bytes
}

async fn show(t: &Trial, visibility: Visibility) -> showing::Shown {
    let change = Change { visibility: Some(visibility), ..Change::default() };
    showing::set(&t.app(), SLUG, &change).await.expect("set")
}

/// A project with a brand, a stall, a promise, a formula among its words, and figures of one edition.
async fn told(t: &Trial, visibility: Visibility) -> showing::Shown {
    let mut sheets = Sheets::small();
    sheets.swap("recommendations", "Light the path,Put", "\"=Light, \"\"the\"\" <path>\",Put");
    t.bring_in(&sheets).await;
    t.log(act("R1", "2026-03-01", HistoryKind::Response, "accepted")).await;
    let stall = act("R1", "2026-03-01", HistoryKind::Progress, "stalled");
    t.log(explained(stall, "@No money <b>&</b> no lamps,\nnot one; none", "2026-05-20")).await;
    let mut promise = act(
        "R2",
        "2026-03-01",
        HistoryKind::Promise,
        "A bench; and, perhaps, \\ two of them, at each and every bend of the path",
    );
    promise.due_on = Some("2026-06-30".parse().expect("a day"));
    t.log(promise).await;
    t.days_until("2026-04-02").await;
    let colours = Colours { background: "#0b4f5c".to_owned(), text: "#ffffff".to_owned() };
    let change = Change {
        visibility: Some(visibility),
        colours: Edit::Put(colours),
        logo: Edit::Put(Image { bytes: png(), description: "A lantern".to_owned() }),
        ..Change::default()
    };
    showing::set(&t.app(), SLUG, &change).await.expect("set")
}

type Rows = Vec<BTreeMap<String, String>>;

fn rows(csv: &str) -> Rows {
    assert!(csv.lines().count() <= csv.matches("\r\n").count() + csv.matches('\n').count());
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

#[tokio::test]
async fn every_file_has_its_type_and_any_page_may_read_it_while_the_project_is_public() {
    on_both(|t: Trial| async move {
        told(&t, Visibility::Public).await;
        let site = site(&t);
        for (file, kind) in FILES {
            let path = format!("/p/{SLUG}/data/{file}");
            let response = site.get(&path).header("origin", "https://elsewhere.example").send().await;
            response.assert_header("access-control-allow-origin", "*");
            response.assert_header("cross-origin-resource-policy", "cross-origin");
            assert!(response.0.content_type().expect("a type").starts_with(kind), "{file}");
            let tag = response.0.header("etag").expect("a tag").to_owned();
            let modified = response.0.header("last-modified").is_some();
            assert_eq!(modified, !file.ends_with(".json"), "{file}");
            ok(response).await;
            let again = site.get(format!("{path}?x=1")).header("if-none-match", &tag).send().await;
            again.assert_status(StatusCode::NOT_MODIFIED);
            again.assert_header("access-control-allow-origin", "*");
            again.assert_header("cross-origin-resource-policy", "cross-origin");
            again.assert_header("etag", &tag);
        }
        for path in ["", "/check", "/data", "/feed.atom", "/calendar.ics", "/embed", "/badge.svg", "/logo"] {
            let response = site.get(format!("/p/{SLUG}{path}")).send().await;
            response.assert_status_is_ok();
            assert!(response.0.header("access-control-allow-origin").is_none(), "{path}");
            let tag = response.0.header("etag").expect("a tag").to_owned();
            let csp = response.0.header("content-security-policy").expect("a policy").to_owned();
            let again = site.get(format!("/p/{SLUG}{path}")).header("if-none-match", tag).send().await;
            again.assert_status(StatusCode::NOT_MODIFIED);
            again.assert_header("content-security-policy", csp);
        }
        for path in ["/data/none.csv", "/data/recommendations", "/data/stories.csv", "/r/R9/feed.atom"] {
            site.get(format!("/p/{SLUG}{path}")).send().await.assert_status(StatusCode::NOT_FOUND);
        }
    })
    .await;
}

#[tokio::test]
async fn the_tables_the_json_and_the_record_say_the_same_and_none_of_it_is_about_people() {
    on_both(|t: Trial| async move {
        told(&t, Visibility::Public).await;
        let site = site(&t);
        let get = async |file: &str| ok(site.get(format!("/p/{SLUG}/data/{file}")).send().await).await;
        let record = get("record.jsonl").await;
        let lines: Vec<Line> =
            record.lines().map(|line| serde_json::from_str(line).expect("a line")).collect();
        let exported = record::export(&t.app(), SLUG).await.expect("a record");
        let printed: String =
            exported.iter().map(|line| serde_json::to_string(line).expect("a line") + "\n").collect();
        assert_eq!(record, printed, "exactly what the command line gives");
        assert_eq!(verify(&lines).expect("holds").seq, lines.len() as i64);

        let whole: Value = serde_json::from_str(&get("project.json").await).expect("JSON");
        assert_eq!(whole["record"]["events"], lines.len());
        assert_eq!(whole["record"]["hash"], lines.last().expect("an event").hash.as_str());
        let history = rows(&get("history.csv").await);
        let public: Vec<&Line> = lines
            .iter()
            .filter(|line| line.subject != "project" && line.kind != "figures" && line.kind != "learnings")
            .collect();
        assert_eq!(history.len(), public.len());
        let nested = whole["history"].as_array().expect("a list");
        for ((row, line), json) in history.iter().zip(&public).zip(nested) {
            assert_eq!((&row["seq"], &row["kind"]), (&line.seq.to_string(), &line.kind));
            assert_eq!((&row["ref"], &row["at"]), (&line.subject, &line.at));
            same(row, json);
        }
        let all = whole["recommendations"].as_array().expect("a list");
        let recommendations = rows(&get("recommendations.csv").await);
        assert_eq!(recommendations.len(), 3);
        for (row, json) in recommendations.iter().zip(all) {
            let mut plain = json.clone();
            let codes = json["silences"].as_array().expect("a list");
            let codes: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
            plain["silences"] = codes.join(";").into();
            same(row, &plain);
        }
        let of = |name: &str| -> Vec<Value> {
            all.iter().flat_map(|it| it[name].as_array().expect("a list").clone()).collect()
        };
        for (name, expected) in [("promises", 1), ("learnings", 0)] {
            let (rows, nested) = (rows(&get(&format!("{name}.csv")).await), of(name));
            assert_eq!((rows.len(), nested.len()), (expected, expected), "{name}");
            for (row, json) in rows.iter().zip(&nested) {
                same(row, json);
            }
        }
        let figures = rows(&get("figures.csv").await);
        let taken = &whole["figures"][0]["figures"];
        let responded = figures.iter().find(|row| row["figure"] == "responded").expect("a figure");
        assert_eq!(responded["count"], taken["work"]["responded"]["count"].to_string());
        assert_eq!((&*responded["count"], &*responded["of"]), ("1", "3"));
        let hidden = figures.iter().find(|row| row["figure"] == "left_out_stopped").expect("a figure");
        assert_eq!(hidden["count"], "");

        assert_eq!(recommendations[0]["title"], "'=Light, \"the\" <path>");
        assert_eq!(all[0]["title"], "=Light, \"the\" <path>");
        assert!(recommendations[0]["progress_words"].starts_with("'@No money"));
        let mut everything = String::new();
        for (file, _) in FILES {
            everything.push_str(&get(file).await);
        }
        for path in
            ["/feed.atom", "/r/R1/feed.atom", "/calendar.ics", "/embed", "/badge.svg", "/data", "/check"]
        {
            everything.push_str(&ok(site.get(format!("/p/{SLUG}{path}")).send().await).await);
        }
        for secret in [
            "KTR7",
            "walk home without a lamp",
            "people.example",
            "Noor",
            "lantern.example",
            "Walks in the dark",
        ] {
            assert!(!everything.contains(secret), "{secret}");
        }
    })
    .await;
}

/// A row and the JSON of the same thing hold the same, but for the quote before a formula.
fn same(row: &BTreeMap<String, String>, json: &Value) {
    for (name, cell) in row {
        let value = json.get(name).unwrap_or_else(|| panic!("{name} is not in {json}"));
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let quoted = format!("'{text}");
        assert!(*cell == text || (*cell == quoted && text.starts_with(['=', '@'])), "{name}: {cell} {text}");
    }
}

#[tokio::test]
async fn the_description_names_every_file_and_every_column() {
    let t = Trial::new().await;
    told(&t, Visibility::Public).await;
    let site = site(&t);
    let get = async |file: &str| ok(site.get(format!("/p/{SLUG}/data/{file}")).send().await).await;
    let package: Value = serde_json::from_str(&get("datapackage.json").await).expect("JSON");
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    let resources = package["resources"].as_array().expect("a list");
    let paths: BTreeSet<&str> = resources.iter().filter_map(|it| it["path"].as_str()).collect();
    let files: BTreeSet<&str> =
        FILES.iter().map(|(file, _)| *file).filter(|file| *file != "datapackage.json").collect();
    assert_eq!(paths, files);
    for resource in resources {
        if resource["format"] != "csv" {
            continue;
        }
        let fields = resource["schema"]["fields"].as_array().expect("columns");
        let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        let csv = get(resource["path"].as_str().expect("a path")).await;
        assert_eq!(csv.split("\r\n").next().expect("a line"), names.join(","));
        for row in rows(&csv) {
            for field in fields {
                let cell = &row[field["name"].as_str().expect("a name")];
                let required = field["constraints"]["required"] == true;
                assert!(!required || !cell.is_empty(), "{field}");
                let codes = field["constraints"]["enum"].as_array();
                assert!(
                    cell.is_empty() || codes.is_none_or(|codes| codes.iter().any(|code| code == cell)),
                    "{field} {cell}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_private_project_answers_everywhere_as_one_that_is_not_there() {
    on_both(|t: Trial| async move {
        let shown = told(&t, Visibility::Link).await;
        let token = shown.link.expect("a link").rsplit('/').next().expect("a token").to_owned();
        let site = site(&t);
        let id = t.app().keys.short_id(t.project().await.id.0.as_bytes());
        let mut paths: Vec<String> = PAGES.iter().map(|page| (*page).to_owned()).collect();
        paths.extend(FILES.iter().map(|(file, _)| format!("/data/{file}")));
        let nowhere = site.get("/p/no-such-project").send().await;
        nowhere.assert_status(StatusCode::NOT_FOUND);
        let (headers, page) = (nowhere.0.headers().clone(), body(nowhere).await);
        let is_lost = async |address: String| {
            let response = site.get(&address).send().await;
            response.assert_status(StatusCode::NOT_FOUND);
            assert_eq!(*response.0.headers(), headers, "{address}");
            assert_eq!(body(response).await, page, "{address}");
        };
        for path in &paths {
            is_lost(format!("/p/{SLUG}{path}")).await;
            let response = site.get(format!("/l/{token}{path}")).send().await;
            if path.starts_with("/embed") || path.starts_with("/badge") {
                is_lost(format!("/l/{token}{path}")).await;
                continue;
            }
            response.assert_status_is_ok();
            assert!(response.0.header("access-control-allow-origin").is_none(), "{path}");
            response.assert_header("cross-origin-resource-policy", "same-origin");
            let text = response.0.into_body().into_vec().await.expect("a body");
            let text = String::from_utf8_lossy(&text).into_owned();
            if path.starts_with("/data/") {
                assert!(!text.contains(&token), "{path}: a file that is passed on must not open the door");
            }
        }
        let data = ok(site.get(format!("/l/{token}/data")).send().await).await;
        assert!(!data.contains("iframe"), "{data}");
        is_lost(format!("/s/{id}")).await;
        is_lost(format!("/s/{id}/check")).await;
        is_lost("/s/0123456789abcdef".to_owned()).await;

        show(&t, Visibility::Private).await;
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        for path in &paths {
            is_lost(format!("/p/{SLUG}{path}")).await;
            is_lost(format!("/l/{token}{path}")).await;
        }
        show(&t, Visibility::Public).await;
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        for (path, to) in [("", ""), ("/check", "/check")] {
            let response = site.get(format!("/s/{id}{path}")).send().await;
            response.assert_status(StatusCode::SEE_OTHER);
            response.assert_header("location", format!("/p/{SLUG}{to}"));
        }
    })
    .await;
}

#[tokio::test]
async fn feeds_name_their_entries_for_ever_and_show_the_words_that_hold() {
    on_both(|t: Trial| async move {
        let shown = told(&t, Visibility::Public).await;
        let app = t.app();
        let site = site(&t);
        let read = async |path: String| {
            let response = site.get(path).send().await;
            response.assert_content_type("application/atom+xml; charset=utf-8");
            ok(response).await.parse::<atom_syndication::Feed>().expect("a feed")
        };
        let feed = read(format!("/p/{SLUG}/feed.atom")).await;
        assert!(feed.entries.len() >= 6, "{}", feed.entries.len());
        assert_eq!(feed.links[0].href, format!("http://updates.example.org/p/{SLUG}/feed.atom"));
        let stall = feed
            .entries
            .iter()
            .find(|entry| {
                entry
                    .content
                    .as_ref()
                    .is_some_and(|it| it.value.as_ref().is_some_and(|it| it.contains("No money")))
            })
            .expect("the stall");
        assert_eq!(stall.title.value, "R1 =Light, \"the\" <path>: Work: Stuck (before: Not started)");
        let content = stall.content.as_ref().and_then(|it| it.value.as_deref()).expect("words");
        assert!(content.contains("@No money &lt;b&gt;&amp;&lt;/b&gt; no lamps"), "{content}");

        let token = shown.link.is_none();
        assert!(token, "a public project has no link of itself");
        let link = show(&t, Visibility::Link).await.link.expect("a link");
        let door = link.strip_prefix("http://updates.example.org").expect("an address").to_owned();
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        let theirs = read(format!("{door}/feed.atom")).await;
        let ids = |feed: &atom_syndication::Feed| -> Vec<String> {
            feed.entries.iter().map(|entry| entry.id.clone()).chain([feed.id.clone()]).collect()
        };
        assert_eq!(ids(&theirs), ids(&feed));
        assert!(ids(&feed).iter().all(|id| id.starts_with("urn:uuid:")));
        assert_eq!(theirs.links[0].href, format!("{link}/feed.atom"));

        let seq: i64 = stall
            .links
            .first()
            .and_then(|link| link.href.rsplit("#e").next())
            .and_then(|seq| seq.parse().ok())
            .expect("a number");
        app.clock.advance(chrono::Duration::days(1));
        let redactions = record::redact(&app, SLUG, seq, "It named somebody").await.expect("redacted");
        assert_eq!(redactions.len(), 1);
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        for path in [format!("{door}/feed.atom"), format!("{door}/r/R1/feed.atom")] {
            let after = read(path).await;
            let redacted = after.entries.iter().find(|entry| entry.id == stall.id).expect("it stays");
            assert!(redacted.updated > stall.updated, "so that readers take the words away");
            assert_eq!(redacted.published, stall.published);
            let content = redacted.content.as_ref().and_then(|it| it.value.as_deref()).expect("words");
            assert!(!content.contains("No money") && content.contains("removed"), "{content}");
        }
        for file in ["history.csv", "project.json", "recommendations.csv", "record.jsonl"] {
            let text = ok(site.get(format!("{door}/data/{file}")).send().await).await;
            assert!(!text.contains("No money"), "{file}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_calendar_has_the_days_that_somebody_has_to_keep() {
    on_both(|t: Trial| async move {
        told(&t, Visibility::Public).await;
        let site = site(&t);
        let read = async || {
            let response = site.get(format!("/p/{SLUG}/calendar.ics")).send().await;
            response.assert_content_type("text/calendar; charset=utf-8");
            ok(response).await
        };
        let text = read().await;
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
        let days = |text: &str| -> BTreeMap<String, (String, String)> {
            let calendar: Calendar = text.parse().expect("a calendar");
            let events = calendar.events();
            events
                .map(|event| {
                    let Some(DatePerhapsTime::Date(day)) = event.get_start() else { panic!("{event:?}") };
                    assert!(matches!(event.property_value("DTSTAMP"), Some(at) if at.ends_with('Z')));
                    let uid = event.get_uid().expect("an id").to_owned();
                    (uid, (day.to_string(), event.get_summary().expect("words").to_owned()))
                })
                .collect()
        };
        let first = days(&text);
        let mut all: Vec<&(String, String)> = first.values().collect();
        all.sort();
        let starts: Vec<(&str, &str)> = all.iter().map(|(day, words)| (day.as_str(), &words[..8])).collect();
        assert_eq!(
            starts,
            [
                ("2026-05-01", "Answer d"),
                ("2026-05-01", "Answer d"),
                ("2026-05-20", "Next loo"),
                ("2026-06-30", "Promise ")
            ]
        );
        let promise = &all[3].1;
        assert!(promise.contains("A bench; and, perhaps, \\ two of them, at each"), "{promise}");
        let mut moved = act(
            "R2",
            "2026-04-02",
            HistoryKind::PromiseMoved,
            "A bench; and, perhaps, \\ two of them, at each and every bend of the path",
        );
        moved.due_on = Some("2026-07-31".parse().expect("a day"));
        moved.reason = Some(Reason::Money);
        moved.explanation = Some("The wood did not come".to_owned());
        t.log(moved).await;
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        let second = days(&read().await);
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        assert!(second.values().any(|(day, _)| day == "2026-07-31"));
    })
    .await;
}

#[tokio::test]
async fn other_sites_may_show_the_badge_and_the_frame_and_nothing_else() {
    let t = Trial::new().await;
    told(&t, Visibility::Public).await;
    let site = site(&t);
    let get = |path: &str| site.get(format!("/p/{SLUG}{path}"));
    let badge = get("/badge.svg").send().await;
    badge.assert_content_type("image/svg+xml; charset=utf-8");
    badge.assert_header("cache-control", "public, max-age=600");
    badge.assert_header("cross-origin-resource-policy", "cross-origin");
    let auto = ok(badge).await;
    assert!(auto.contains(">1 of 3 answered · 0 done · 0 confirmed</text>"), "{auto}");
    assert!(
        auto.contains("role=\"img\"") && auto.contains("<title") && auto.contains("prefers-color-scheme")
    );
    let light = ok(get("/badge.svg?theme=light").send().await).await;
    let dark = ok(get("/badge.svg?theme=dark").send().await).await;
    assert!(light != dark && !light.contains("<style") && !dark.contains("<style"));
    assert_eq!(ok(get("/badge.svg?theme=%22onload=x").send().await).await, auto);

    let frame = get("/embed?theme=dark").send().await;
    let csp = frame.0.header("content-security-policy").expect("a policy").to_owned();
    assert!(csp.contains("frame-ancestors *") && csp.contains("default-src 'none'"), "{csp}");
    assert!(!csp.contains("script") && !csp.contains("unsafe"), "{csp}");
    for name in ["set-cookie", "x-frame-options", "access-control-allow-origin"] {
        assert!(frame.0.header(name).is_none(), "{name}");
    }
    let page = ok(frame).await;
    assert!(
        page.contains("class=\"dark\"") && page.contains("1 of 3 answered") && page.contains("brand.css"),
        "{page}"
    );
    assert!(page.contains("<li>2 not answered</li>"), "no promise is missed yet: {page}");
    assert!(!page.contains("<script") && !page.contains("<style"), "{page}");
    assert!(page.contains("rel=\"noopener\""));
    let accent = get("/embed?accent=AA0055").send().await;
    let csp = accent.0.header("content-security-policy").expect("a policy").to_owned();
    assert!(csp.contains("'sha256-"), "{csp}");
    assert!(ok(accent).await.contains("<style>:root{--accent:#aa0055}</style>"));
    let wrong = ok(get("/embed?accent=red;}body{&theme=x").send().await).await;
    assert!(!wrong.contains("<style") && wrong.contains("class=\"auto\""), "{wrong}");
    ok(site.get("/assets/embed.css").send().await).await;
    for path in ["", "/r/R1", "/data", "/check", "/feed.atom", "/data/record.jsonl"] {
        let response = get(path).send().await;
        response.assert_status_is_ok();
        let csp = response.0.header("content-security-policy").expect("a policy").to_owned();
        assert!(csp.contains("frame-ancestors 'none'"), "{path} {csp}");
    }
    let data = ok(get("/data").send().await).await;
    assert!(data.contains("/embed?theme=auto&quot; title=&quot;") && data.contains("badge.svg"), "{data}");
    t.tick_at("2026-07-02T10:00Z").await;
    let later = ok(self::site(&t).get(format!("/p/{SLUG}/embed")).send().await).await;
    assert!(later.contains("<li>1 promise missed · 2 not answered</li>"), "{later}");
}

#[tokio::test]
async fn a_brand_is_a_stylesheet_and_a_picture_of_the_same_place() {
    let t = Trial::new().await;
    told(&t, Visibility::Public).await;
    let site = site(&t);
    let css = site.get(format!("/p/{SLUG}/brand.css")).send().await;
    css.assert_content_type("text/css; charset=utf-8");
    assert_eq!(ok(css).await, ":root { --brand-background: #0b4f5c; --brand-text: #ffffff; }\n");
    let logo = site.get(format!("/p/{SLUG}/logo")).send().await;
    logo.assert_content_type("image/png");
    logo.assert_header("x-content-type-options", "nosniff");
    logo.assert_header("content-security-policy", "default-src 'none'");
    assert_eq!(logo.0.into_body().into_vec().await.expect("a body"), png());
    let page = ok(site.get(format!("/p/{SLUG}")).send().await).await;
    assert!(page.contains("/logo\" alt=\"A lantern\"") && page.contains("/brand.css"), "{page}");
    let change = Change { colours: Edit::Remove, logo: Edit::Remove, ..Change::default() };
    showing::set(&t.app(), SLUG, &change).await.expect("set");
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    for path in ["brand.css", "logo"] {
        site.get(format!("/p/{SLUG}/{path}")).send().await.assert_status(StatusCode::NOT_FOUND);
    }
    let page = ok(site.get(format!("/p/{SLUG}")).send().await).await;
    assert!(!page.contains("/logo") && !page.contains("/brand.css"), "{page}");
}

#[tokio::test]
async fn the_page_to_check_has_every_way_also_without_a_script() {
    let t = Trial::new().await;
    told(&t, Visibility::Public).await;
    let site = site(&t);
    let response = site.get(format!("/p/{SLUG}/check")).send().await;
    let csp = response.0.header("content-security-policy").expect("a policy").to_owned();
    assert!(
        csp.contains("script-src 'self'; connect-src 'self'") && csp.contains("default-src 'none'"),
        "{csp}"
    );
    let page = ok(response).await;
    let head = t.project().await;
    let fingerprint = hearback::domain::record::fingerprint(&head.head_hash);
    assert!(page.contains(&fingerprint) && page.contains(&format!("<dd>{}</dd>", head.head_seq)), "{page}");
    for way in
        ["hearback record verify --file", "python3 verifier.py", "import hashlib", "hidden>", "check.js"]
    {
        assert!(page.contains(way), "{way}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    let verifier = ok(site.get("/assets/verifier.py").send().await).await;
    assert!(verifier.contains("content_hash"));
}

#[tokio::test]
async fn a_long_record_is_sent_as_it_is_read_and_says_the_same() {
    let t = Trial::new().await;
    told(&t, Visibility::Public).await;
    for note in 0..1_100 {
        t.log(act("R3", "2026-04-02", HistoryKind::Note, &format!("Note number {note}"))).await;
    }
    let site = site(&t);
    let exported = record::export(&t.app(), SLUG).await.expect("a record");
    let printed: String =
        exported.iter().map(|line| serde_json::to_string(line).expect("a line") + "\n").collect();
    let path = format!("/p/{SLUG}/data/record.jsonl");
    let response = site.get(&path).send().await;
    let tag = response.0.header("etag").expect("a tag").to_owned();
    response.assert_header("access-control-allow-origin", "*");
    assert_eq!(ok(response).await, printed);
    site.get(&path).header("if-none-match", &tag).send().await.assert_status(StatusCode::NOT_MODIFIED);
    let small = site.get(&path).header("accept-encoding", "gzip").send().await;
    small.assert_header("content-encoding", "gzip");
    let bytes = small.0.into_body().into_vec().await.expect("a body");
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("gzip");
    assert_eq!(text, printed);
    let get = async |file: &str| ok(site.get(format!("/p/{SLUG}/data/{file}")).send().await).await;
    let whole: Value = serde_json::from_str(&get("project.json").await).expect("JSON");
    assert_eq!(whole["history"].as_array().map(Vec::len), Some(rows(&get("history.csv").await).len()));
    ok(site.get(format!("/p/{SLUG}/data")).send().await).await;
    let feed: atom_syndication::Feed =
        ok(site.get(format!("/p/{SLUG}/feed.atom")).send().await).await.parse().expect("a feed");
    assert_eq!(feed.entries.len(), 50);
}
