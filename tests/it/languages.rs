//! Pages and messages in the language of who reads them: chosen by a link and carried on in the address, in the project's
//! own language without a choice; words that people typed, in theirs where they were brought.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hearback::app::App;
use hearback::domain::words::Visibility;
use hearback::web;
use poem::http::{StatusCode, header};
use poem::test::{TestClient, TestResponse};
use poem::{Endpoint, Response};

use crate::cli::Shell;
use crate::harness::{Mailed, SLUG, Sheets, Trial};
use crate::public::show;

const LANGS: [(&str, &str); 3] = [("en", "ltr"), ("cy", "ltr"), ("ur", "rtl")];

fn site(app: Arc<App>) -> TestClient<impl Endpoint<Output = Response>> {
    TestClient::new(web::routes(app, None))
}

async fn text(response: TestResponse) -> String {
    response.0.into_body().into_string().await.expect("a body of text")
}

async fn page(t: &Trial, path: &str) -> String {
    let response = site(t.app()).get(path).send().await;
    assert_eq!(response.0.status(), StatusCode::OK, "{path}");
    text(response).await
}

fn header_of(response: &TestResponse, name: &header::HeaderName) -> String {
    let value = response.0.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// History of which one explanation was brought in Welsh and Urdu too, and the next in no other language.
fn in_three_languages() -> Sheets {
    let mut sheets = Sheets::small();
    sheets.put(
        "history",
        "recommendation,on,kind,value,reason,explanation,explanation_cy,Explanation_UR,tried,tried_cy,decided_by,review_on,noticed_by_cy,noticed_by\n\
         R1,2026-02-10,progress,stalled,money,The purse is empty.,Mae’r pwrs yn wag.,بٹوا خالی ہے۔,We asked two funds.,Gofynnon ni i ddwy gronfa.,The board,2026-06-01,,\n\
         R2,2026-02-11,progress,stalled,staff_time,Nobody has the time.,,,,,,2026-06-01,,\n\
         R3,2026-02-12,progress,done,,The bus runs.,Mae’r bws yn rhedeg.,,,,,,Pawb,Everyone\n",
    );
    sheets
}

async fn public(sheets: &Sheets) -> Trial {
    let t = Trial::new().await;
    t.import(sheets).await;
    show(&t, Visibility::Public).await;
    t.tick_at("2026-04-01T10:00Z").await;
    t
}

/// Everything that anybody may look at, without a language.
fn pages() -> Vec<String> {
    let of_project = [
        "",
        "/recommendations",
        "/recommendations?progress=stalled",
        "/changes",
        "/r/R1",
        "/r/R2",
        "/data",
        "/check",
    ];
    let mut pages: Vec<String> = of_project.iter().map(|page| format!("/p/{SLUG}{page}")).collect();
    pages.extend(
        [
            "/",
            "/recommendations",
            "/responders",
            "/responders/town%20council",
            "/compare",
            "/compare?by=responders",
        ]
        .map(str::to_owned),
    );
    pages
}

/// The addresses within the site to which a page leads, but for files that are the same in every language.
fn ways(html: &str) -> BTreeSet<&str> {
    let body = html.split_once("<body").expect("a body").1;
    let after = |mark: &'static str| body.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
    after(" href=\"")
        .chain(after(" action=\""))
        .filter(|way| way.starts_with('/') && !way.starts_with("/assets/"))
        .collect()
}

#[tokio::test]
async fn every_public_page_is_in_the_language_that_its_address_says_and_carries_it_on() {
    let t = public(&in_three_languages()).await;
    for bare in pages() {
        let own = page(&t, &bare).await;
        assert!(own.contains("<html lang=\"en\" dir=\"ltr\">"), "{bare}");
        assert!(!own.contains("class=\"unchecked\""), "{bare}");
        for (lang, dir) in LANGS {
            let address = format!("/{lang}{bare}");
            let html = page(&t, &address).await;
            assert!(html.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\">")), "{address}");
            assert_eq!(html.contains("class=\"unchecked\""), lang != "en", "{address}");
            assert!(!html.contains(['\u{E0F0}', '{']) || html.contains("<pre"), "{address}: {html}");
            for way in ways(&html) {
                let chosen = LANGS.iter().any(|(other, _)| way.starts_with(&format!("/{other}/")));
                assert!(chosen, "{address} leads to {way}");
            }
            // The same page in the others, for people and for who looks for pages.
            for (other, _) in LANGS {
                let to = format!("/{other}{bare}").replace('&', "&amp;");
                assert!(html.contains(&format!("href=\"{to}\" lang=\"{other}\"")), "{address} leads to {to}");
                let found = if other == "en" { bare.clone() } else { to };
                let found = format!("hreflang=\"{other}\" href=\"http://updates.example.org{found}\"");
                assert!(html.contains(&found), "{address} names {found}");
            }
            assert_eq!(html.contains("rel=\"canonical\""), lang == "en", "{address}");
        }
    }
}

#[tokio::test]
async fn what_is_kept_of_a_page_is_kept_for_each_language() {
    let t = public(&in_three_languages()).await;
    let site = site(t.app());
    for bare in
        ["/".to_owned(), format!("/p/{SLUG}"), format!("/p/{SLUG}/r/R1"), format!("/p/{SLUG}/feed.atom")]
    {
        let mut tags = BTreeSet::new();
        for home in ["", "/cy", "/ur"] {
            // Twice: the second time it comes from what is kept.
            for _ in 0..2 {
                let response = site.get(format!("{home}{bare}")).send().await;
                response.assert_status_is_ok();
                tags.insert(header_of(&response, &header::ETAG));
            }
        }
        assert_eq!(tags.len(), 3, "{bare}: {tags:?}");
        for tag in &tags {
            let mut unchanged = 0;
            for home in ["", "/cy", "/ur"] {
                let asked = site.get(format!("{home}{bare}")).header(header::IF_NONE_MATCH, tag).send().await;
                unchanged += usize::from(asked.0.status() == StatusCode::NOT_MODIFIED);
            }
            assert_eq!(unchanged, 1, "{bare}: a page in one language is not known by the tag of another");
        }
    }
}

#[tokio::test]
async fn without_a_choice_a_page_is_in_the_projects_language_and_a_language_that_is_not_there_leads_to_it() {
    let mut sheets = Sheets::small();
    sheets.add("project", "language,cy");
    let t = public(&sheets).await;
    for path in [format!("/p/{SLUG}"), "/".to_owned()] {
        assert!(page(&t, &path).await.contains("<html lang=\"cy\" dir=\"ltr\">"), "{path}");
    }
    let html = page(&t, &format!("/en/p/{SLUG}")).await;
    assert!(html.contains("<html lang=\"en\" dir=\"ltr\">") && !html.contains("rel=\"canonical\""));
    // What was typed is in Welsh, and says so among English words.
    assert!(html.contains("<h1><bdi lang=\"cy\">The river path after dark</bdi></h1>"), "{html}");
    for (asked, to) in [
        (format!("/xx/p/{SLUG}/check?a=b"), format!("/p/{SLUG}/check?a=b")),
        (format!("/cy-GB/p/{SLUG}"), format!("/cy/p/{SLUG}")),
        ("/pt-BR/recommendations".to_owned(), "/recommendations".to_owned()),
    ] {
        let response = site(t.app()).get(&asked).send().await;
        assert_eq!(response.0.status(), StatusCode::SEE_OTHER, "{asked}");
        assert_eq!(header_of(&response, &header::LOCATION), to);
    }
    for nowhere in
        ["/xx", "/xx//evil.example/p/", "/english/p/river-path", "/cy/nowhere", "/cy/xx/p/river-path"]
    {
        let response = site(t.app()).get(nowhere).send().await;
        assert_eq!(response.0.status(), StatusCode::NOT_FOUND, "{nowhere}");
    }
    let lost = text(site(t.app()).get("/ur/p/nowhere").send().await).await;
    assert!(lost.contains("<html lang=\"ur\" dir=\"rtl\">") && lost.contains("href=\"/ur/\""), "{lost}");
}

#[tokio::test]
async fn explanations_are_read_in_the_readers_language_where_they_were_brought_and_else_in_their_own() {
    let t = public(&in_three_languages()).await;
    for (home, own, tried) in [
        ("", "The purse is empty.", "We asked two funds."),
        ("/cy", "Mae’r pwrs yn wag.", "Gofynnon ni i ddwy gronfa."),
        ("/ur", "بٹوا خالی ہے۔", "<bdi lang=\"en\">We asked two funds.</bdi>"),
    ] {
        for path in [format!("{home}/p/{SLUG}/r/R1"), format!("{home}/p/{SLUG}/changes")] {
            let html = page(&t, &path).await;
            assert!(html.contains(&format!("<p class=\"words\" dir=\"auto\">{own}</p>")), "{path}: {html}");
            assert!(html.contains(tried), "{path}: {html}");
        }
        assert!(page(&t, &format!("{home}/p/{SLUG}")).await.contains(own), "{home}");
    }
    let welsh = page(&t, &format!("/cy/p/{SLUG}/r/R2")).await;
    assert!(
        welsh.contains("<p class=\"words\" dir=\"auto\" lang=\"en\">Nobody has the time.</p>"),
        "{welsh}"
    );
    assert!(welsh.contains("Saesneg yw iaith y rhan hon."), "{welsh}");
    let urdu = page(&t, &format!("/ur/p/{SLUG}/r/R2")).await;
    assert!(
        urdu.contains("<bdi>انگریزی</bdi> زبان میں ہے")
            || urdu.contains("\u{2068}انگریزی\u{2069} زبان میں ہے"),
        "{urdu}"
    );
    // The choice of languages holds each as those who speak it write it.
    for own in [">English<", ">Cymraeg<", ">اردو<"] {
        assert!(urdu.contains(own) && welsh.contains(own), "{own}");
    }
    let outcome = page(&t, &format!("/cy/p/{SLUG}/r/R3")).await;
    assert!(outcome.contains("Mae’r bws yn rhedeg.") && outcome.contains("Pawb"), "{outcome}");
    // Nothing that has its words in the reader's language offers help with another.
    let whole = page(&t, &format!("/p/{SLUG}/changes")).await;
    assert!(!whole.contains("This part is in") && !whole.contains("Mae’r pwrs"), "{whole}");
    // They are content of the event, so that the record holds with them.
    let events = t.events().await;
    let stalled =
        events.iter().find(|line| line.kind == "progress" && line.subject == "R1").expect("an event");
    let content = serde_json::to_value(&stalled.content).expect("content");
    assert_eq!(content["explanation"]["translations"]["ur"]["what_happened"], "بٹوا خالی ہے۔");
    hearback::actions::record::verify_project(&t.app(), SLUG).await.expect("read").expect("the record holds");
    // Brought once more, nothing is new.
    let report = t.import(&in_three_languages()).await;
    assert!(report.errors.is_empty());
    assert_eq!(t.events().await.len(), events.len());
    // Words that have to go, go in every language.
    let seq = stalled.seq;
    hearback::actions::record::redact(&t.app(), SLUG, seq, "A court said so").await.expect("redacted");
    let record = serde_json::to_string(&t.events().await).expect("a record");
    assert!(!record.contains("بٹوا") && !record.contains("pwrs") && !record.contains("purse"), "{record}");
    for home in ["", "/cy", "/ur"] {
        let html = page(&t, &format!("{home}/p/{SLUG}/r/R1")).await;
        for gone in ["بٹوا", "pwrs", "purse", "gronfa", "funds"] {
            assert!(!html.contains(gone), "{home}: {gone}");
        }
    }
}

#[tokio::test]
async fn words_in_another_language_need_those_of_the_project_beside_them() {
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.put(
        "history",
        "recommendation,on,kind,value,explanation,explanation_cy,explanation_welsh\n\
         R1,2026-02-10,progress,planned,,Mae ar y gweill.,\n",
    );
    let report = t.import(&sheets).await;
    let faults = format!("{:?}", report.errors);
    assert!(faults.contains("they stand there in another one only"), "{faults}");
    assert!(faults.contains("explanation_welsh") && faults.contains("unknown column"), "{faults}");
}

#[tokio::test]
async fn a_message_and_the_page_behind_its_link_are_in_the_language_of_their_reader() {
    let mut sheets = in_three_languages();
    sheets.swap("participants", "id,greeting_name,email,", "id,language,greeting_name,email,");
    for (row, lang) in
        [("P01", "ur"), ("P02", "cy"), ("P03", "en"), ("P04", ""), ("P05", ""), ("P06", ""), ("P07", "")]
    {
        sheets.swap("participants", &format!("\n{row},"), &format!("\n{row},{lang},"));
    }
    let t = public(&sheets).await;
    let to = |address: &str| t.mails_to(address).pop().expect("a message");
    let urdu = to("sam@people.example");
    assert!(urdu.raw.contains("Content-Language: ur\r\n"), "{}", urdu.raw);
    assert!(urdu.subject.contains("Robin") && urdu.text.contains("بٹوا خالی ہے۔"), "{}", urdu.text);
    assert!(urdu.html.expect("html").contains("<html lang=\"ur\" dir=\"rtl\""));
    assert!(to("kit@people.example").text.contains("Mae’r pwrs yn wag."));
    let english = to("noor@people.example").text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(english.contains("Nobody has the time."), "{english}");
    let token = t.link_of("P01").await;
    let theirs = page(&t, &format!("/u/{token}")).await;
    assert!(theirs.contains("<html lang=\"ur\" dir=\"rtl\">") && !theirs.contains("hreflang=\"x-default\""));
    // Another choice holds, and the button works in it.
    let chosen = page(&t, &format!("/cy/u/{token}")).await;
    assert!(
        chosen.contains(&format!("action=\"/cy/u/{token}\"")) && chosen.contains("lang=\"cy\""),
        "{chosen}"
    );
    let paused = site(t.app()).post(format!("/cy/u/{token}")).header("origin", "null").send().await;
    paused.assert_status_is_ok();
    assert!(text(paused).await.contains("<html lang=\"cy\""));
    assert_eq!(t.person("P01").await.state.code(), "paused");
    // The page on which the record can be checked opens in the reader's language, too.
    let check =
        urdu.text.split("http://updates.example.org").find(|rest| rest.contains("/s/")).expect("an address");
    let check = check.split_whitespace().next().expect("an address");
    assert!(check.starts_with("/ur/s/") && check.ends_with("/check"), "{check}");
    assert!(to("noor@people.example").text.contains("http://updates.example.org/s/"));
    let there = site(t.app()).get(check).send().await;
    assert_eq!(header_of(&there, &header::LOCATION), format!("/ur/p/{SLUG}/check"));
}

fn mailed(shell: &Shell) -> Vec<Mailed> {
    let entries = std::fs::read_dir(shell.path("data/mail")).expect("messages");
    let messages = entries.map(|entry| entry.expect("an entry").path());
    let messages = messages.filter(|path| path.extension().is_some_and(|kind| kind == "eml"));
    messages.map(|path| Mailed::read(&std::fs::read(path).expect("a message"))).collect()
}

#[test]
fn words_logged_in_another_language_reach_those_who_read_it_and_everybody_else_gets_the_project_s() {
    let mut sheets = Sheets::small();
    sheets.swap("participants", "id,greeting_name,email,", "id,language,greeting_name,email,");
    for (row, lang) in
        [("P01", "cy"), ("P02", ""), ("P03", "cy"), ("P04", ""), ("P05", ""), ("P06", ""), ("P07", "")]
    {
        sheets.swap("participants", &format!("\n{row},"), &format!("\n{row},{lang},"));
    }
    let shell = Shell::new();
    shell.pack(&sheets);
    shell.say("import pack --at 2026-03-01").ok();
    let log = |rest: &[&str]| {
        let stalled =
            ["log", SLUG, "R1", "progress", "stalled", "--reason", "money", "--review-on", "2026-06-01"];
        let said =
            ["--explanation", "The purse is empty.", "--tried", "We asked two funds.", "--at", "2026-03-10"];
        shell.run(&[&stalled[..], &said[..], rest].concat())
    };
    let words = "explanation=Mae’r pwrs yn wag.";
    log(&["--in", "welsh", words]).refused("expected a language tag");
    log(&["--in", "cy", "Mae’r pwrs yn wag."]).refused("expected a field and its words");
    log(&["--in", "cy", "reason=arian"])
        .refused("expected one of explanation, tried, decided_by, unblock, noticed_by");
    log(&["--in", "cy", "explanation= "]).refused("some words");
    log(&["--in", "en-GB", "explanation=Empty."]).refused("en is the project's language");
    log(&["--in", "cy", "unblock=Arian."]).refused("in another one only");
    log(&["--in", "cy", words, "--in", "cy", "explanation=Gwag."]).refused("there twice");
    assert!(shell.record().iter().all(|event| event["kind"] != "progress"), "nothing of it was saved");
    let long = format!("tried={}.", "Gofynnon ni i ddwy gronfa ".repeat(6).trim());
    let out = log(&["--in", "cy", words, "--in", "cy", &long]).ok();
    assert!(out.contains("tried_cy: ") && !out.contains("- tried: "), "{out}");
    let short = "tried=Gofynnon ni i ddwy gronfa.";
    let out = log(&["--in", "cy", words, "--in", "cy", short]).ok();
    assert!(out.starts_with("Recorded as a correction") && out.lines().count() == 1, "{out}");
    // More languages, alone or beside the same words once more, take none away.
    let urdu = "explanation=بٹوا خالی ہے۔";
    assert!(log(&["--in", "ur", urdu]).ok().starts_with("Recorded as a correction"));
    for same in [&[][..], &["--in", "cy", words], &["--in", "ur", urdu]] {
        assert!(log(same).ok().starts_with("This is on the record already"), "{same:?}");
    }
    let done =
        ["log", SLUG, "R2", "progress", "done", "--explanation", "The benches are there.", "--noticed-by"];
    let done = [&done[..], &["Everyone", "--in", "cy", "noticed-by=Pawb", "--at", "2026-03-11"]].concat();
    shell.run(&done).ok();
    assert!(shell.say(&format!("record verify {SLUG}")).ok().contains("holds"));
    shell.say("tick --at 2026-04-01T10:00Z").ok();
    let mails = mailed(&shell);
    let to = |address: &str| {
        let mail = mails.iter().find(|mail| mail.to == address).expect("a message");
        mail.text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let welsh = to("sam@people.example");
    assert!(welsh.contains("Mae’r pwrs yn wag.") && welsh.contains("Gofynnon ni i ddwy gronfa."), "{welsh}");
    assert!(!welsh.contains("The purse") && !welsh.contains("We asked"), "{welsh}");
    let english = to("kit@people.example");
    assert!(english.contains("The purse is empty.") && english.contains("We asked two funds."), "{english}");
    assert!(!english.contains("pwrs") && !english.contains("Gofynnon"), "{english}");
    // What has no words in Welsh is told in the project's, and says in which language that is.
    let outcome = to("noor@people.example");
    assert!(outcome.contains("The benches are there. ") && outcome.contains("Pawb"), "{outcome}");
    assert!(outcome.contains("Saesneg yw iaith y rhan hon."), "{outcome}");
    // A language that comes after the edition is news to nobody else.
    let again = ["log", SLUG, "R1", "progress", "stalled", "--reason", "money", "--review-on", "2026-06-01"];
    let said =
        ["--explanation", "The purse is empty.", "--tried", "We asked two funds.", "--on", "2026-03-10"];
    let polish = ["--in", "pl", "explanation=Pusto.", "--at", "2026-04-05"];
    let out = shell.run(&[&again[..], &said[..], &polish[..]].concat()).ok();
    assert!(out.starts_with("Recorded as a correction"), "{out}");
    shell.say("tick --at 2026-05-01T10:00Z").ok();
    let corrected = mailed(&shell).into_iter().filter(|mail| mail.text.contains("corrects what")).count();
    assert_eq!((corrected, mailed(&shell).len() > mails.len()), (0, true));
}

#[tokio::test]
async fn a_message_in_a_language_that_nobody_has_checked_does_not_meet_the_need() {
    let t = Trial::new().await;
    let wanted = |language: &str| hearback::actions::messages::is_as_wanted(&t.app(), language);
    let met: BTreeMap<&str, bool> = ["en", "en-GB", "cy", "ur", "pl"].map(|lang| (lang, wanted(lang))).into();
    assert_eq!(met, [("en", true), ("en-GB", true), ("cy", false), ("ur", false), ("pl", false)].into());
}

#[test]
fn the_words_that_people_answer_with_are_those_of_the_messages() {
    let read = |path: &str| {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(root.join(path)).expect("a file")
    };
    let guide = read("docs/translating.md");
    let head = guide.lines().find(|line| line.starts_with("| what they want")).expect("the table");
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let langs: Vec<String> =
        cells(head).iter().skip(1).map(|lang| lang.trim_matches('`').to_owned()).collect();
    let folders =
        std::fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/locales"));
    let folders: BTreeSet<String> = folders
        .expect("locales")
        .map(|entry| entry.expect("a folder").file_name().into_string().expect("a name"))
        .collect();
    assert_eq!(langs.iter().cloned().collect::<BTreeSet<_>>(), folders, "a column for every language");
    let rows: Vec<Vec<String>> = guide
        .split(head)
        .nth(1)
        .expect("rows")
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(cells)
        .collect();
    assert_eq!(rows.len(), 10);
    for (place, lang) in langs.iter().enumerate() {
        let mail = read(&format!("templates/locales/{lang}/mail.ftl")).to_lowercase();
        for row in &rows {
            assert!(mail.contains(&row[place + 1].to_lowercase()), "{lang}: {}", row[place + 1]);
        }
    }
}

#[tokio::test]
async fn a_recommendation_may_be_brought_in_several_languages_and_its_words_never_lag_behind() {
    let mut sheets = Sheets::small();
    sheets.put(
        "recommendations",
        "ref,title,title_cy,text,text_cy,responsible,published_on,response_due_on\n\
         R1,Light the path,Goleuo’r llwybr,Put lamps along the whole path,Rhoi lampau ar hyd y llwybr,Town council,2026-02-01,2026-05-01\n\
         R2,Places to rest,,Put a bench at each bend,,Town council,2026-02-01,2026-05-01\n\
         R3,A bus at night,,Run one late bus,,Bus company,2026-02-01,2026-05-01\n",
    );
    sheets.swap("participants", "id,greeting_name,email,", "id,language,greeting_name,email,");
    for row in ["P01", "P02", "P03", "P04", "P05", "P06", "P07"] {
        sheets.swap("participants", &format!("\n{row},"), &format!("\n{row},cy,"));
    }
    let t = public(&sheets).await;
    let message = t.mails_to("sam@people.example").pop().expect("a message");
    let html = message.html.expect("html");
    assert!(
        html.contains(";\">Goleuo’r llwybr</h3>") && html.contains("Rhoi lampau ar hyd y llwybr."),
        "{html}"
    );
    assert!(html.contains("<bdi lang=\"en\">Places to rest</bdi>"), "{html}");
    for (home, title, text) in [
        ("", "<bdi>Light the path</bdi>", "Put lamps along the whole path"),
        ("/cy", "<bdi>Goleuo’r llwybr</bdi>", "Rhoi lampau ar hyd y llwybr"),
        ("/ur", "<bdi lang=\"en\">Light the path</bdi>", "Put lamps along the whole path"),
    ] {
        for path in ["", "/recommendations", "/changes", "/r/R1"] {
            let html = page(&t, &format!("{home}/p/{SLUG}{path}")).await;
            assert!(html.contains(title), "{home}{path}: {html}");
        }
        let html = page(&t, &format!("{home}/p/{SLUG}/r/R1")).await;
        assert!(html.contains(text), "{home}: {html}");
    }
    let sought = page(&t, &format!("/cy/p/{SLUG}/recommendations?q=goleuo")).await;
    assert!(sought.contains("Goleuo’r llwybr"), "{sought}");
    let feed = page(&t, &format!("/cy/p/{SLUG}/feed.atom")).await;
    assert!(feed.contains("Goleuo’r llwybr") && feed.contains("xml:lang=\"cy\""), "{feed}");
    // Brought once more, nothing is new; a new title in English leaves the Welsh one behind unless that comes again.
    let count = t.events().await.len();
    t.bring_in(&sheets).await;
    assert_eq!(t.events().await.len(), count);
    sheets.swap("recommendations", "Light the path,Goleuo’r llwybr", "Lamps for the path,");
    t.bring_in(&sheets).await;
    let html = page(&t, &format!("/cy/p/{SLUG}/r/R1")).await;
    assert!(html.contains("<bdi lang=\"en\">Lamps for the path</bdi>") && !html.contains("Goleuo"), "{html}");
    assert!(html.contains("Rhoi lampau ar hyd y llwybr"), "{html}");
    sheets.swap("recommendations", "Lamps for the path,", "Lamps for the path,Lampau i’r llwybr");
    t.bring_in(&sheets).await;
    let html = page(&t, &format!("/cy/p/{SLUG}/r/R1")).await;
    assert!(html.contains("<bdi>Lampau i’r llwybr</bdi>"), "{html}");
    // So does a sheet that does not have the other language any more.
    let mut one = Sheets::small();
    one.swap("recommendations", "Light the path", "A lit path");
    t.bring_in(&one).await;
    let html = page(&t, &format!("/cy/p/{SLUG}/r/R1")).await;
    assert!(html.contains("<bdi lang=\"en\">A lit path</bdi>") && !html.contains("Lampau i’r"), "{html}");
    assert!(html.contains("Rhoi lampau ar hyd y llwybr"), "its text stands as it was: {html}");
    hearback::actions::record::verify_project(&t.app(), SLUG).await.expect("read").expect("the record holds");
}
