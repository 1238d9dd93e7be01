//! What a person meets behind the link in a message, what a mail program does with it, and what scanners and other
//! sites cannot do.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use hearback::app::App;
use hearback::web;
use poem::http::{Method, StatusCode};
use poem::test::{TestClient, TestResponse};
use poem::{Endpoint, Response};

use crate::harness::Trial;

fn site(app: Arc<App>) -> TestClient<impl Endpoint<Output = Response>> {
    TestClient::new(web::routes(app, None))
}

async fn body(response: TestResponse) -> String {
    response.0.into_body().into_string().await.expect("a body of text")
}

async fn ok(response: TestResponse) -> String {
    response.assert_status_is_ok();
    body(response).await
}

#[tokio::test]
async fn opening_the_link_shows_how_updates_stand_and_changes_nothing() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    let site = site(t.app());
    for _ in 0..2 {
        let page = ok(site.get(format!("/u/{token}")).send().await).await;
        assert!(page.contains("Your updates are on"), "{page}");
        site.head(format!("/u/{token}")).send().await.assert_status_is_ok();
        site.head(format!("/u/{token}/resume")).send().await.assert_status_is_ok();
    }
}

#[tokio::test]
async fn the_button_pauses_updates_and_the_page_turns_them_on_again() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    let site = site(t.app());
    let paused =
        ok(site.post(format!("/u/{token}")).header("sec-fetch-site", "same-origin").send().await).await;
    assert!(paused.contains("Done. Your updates are paused."), "{paused}");
    assert!(ok(site.get(format!("/u/{token}")).send().await).await.contains("Your updates are paused"));
    let resume = site.post(format!("/u/{token}/resume")).header("sec-fetch-site", "same-origin");
    let resumed = ok(resume.header("origin", "null").send().await).await;
    assert!(resumed.contains("Done. Your updates are on again."), "{resumed}");
    assert!(ok(site.get(format!("/u/{token}")).send().await).await.contains("Your updates are on"));
}

#[tokio::test]
async fn one_click_of_a_mail_program_pauses_in_any_form_as_often_as_it_likes() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    let site = site(t.app());
    let multipart =
        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    let bodies = [
        ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
        ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click&extra=field"),
        ("multipart/form-data; boundary=b", multipart),
        ("text/plain", ""),
    ];
    let mut pages = Vec::new();
    for (kind, content) in bodies {
        let click = site.post(format!("/u/{token}")).content_type(kind).body(content);
        let click = click.header("cookie", "session=x").header("sec-fetch-site", "cross-site");
        let response = click.header("origin", "https://mail.example").send().await;
        assert!(response.0.headers().get("location").is_none());
        pages.push(ok(response).await);
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
    assert!(pages[0].contains("Your updates are paused"));
}

#[tokio::test]
async fn every_link_that_is_not_good_gets_the_page_of_an_unknown_address() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    let site = site(t.app());
    let unknown = site.get("/no/such/page").send().await;
    unknown.assert_status(StatusCode::NOT_FOUND);
    let headers = unknown.0.headers().clone();
    let unknown = body(unknown).await;
    let flipped = format!("{}{}", if token.starts_with('A') { 'B' } else { 'A' }, &token[1..]);
    let long = "a".repeat(60_000);
    let foreign = hearback::keys::Keys::from_bytes([9; 32]).token("updates", &"ab".repeat(16)).unwrap();
    let bad = [&token[..20], &flipped, &foreign, &long, "%00", "%ff", "..%2f..%2fetc", "x"];
    for bad in bad {
        for (method, path) in [
            (Method::GET, format!("/u/{bad}")),
            (Method::POST, format!("/u/{bad}")),
            (Method::POST, format!("/u/{bad}/resume")),
        ] {
            let response = site.request(method.clone(), path).send().await;
            response.assert_status(StatusCode::NOT_FOUND);
            assert_eq!(*response.0.headers(), headers, "{method}");
            assert_eq!(body(response).await, unknown, "{method}");
        }
    }
    let strange = site.delete(format!("/u/{token}")).send().await;
    strange.assert_status(StatusCode::NOT_FOUND);
    assert_eq!(body(strange).await, unknown);
}

#[tokio::test]
async fn another_site_cannot_turn_updates_on_and_is_told_calmly() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    let site = site(t.app());
    site.post(format!("/u/{token}")).send().await.assert_status_is_ok();
    let tries = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
    ];
    for (name, value) in tries {
        let response = site.post(format!("/u/{token}/resume")).header(name, value).send().await;
        response.assert_status(StatusCode::FORBIDDEN);
        assert!(body(response).await.contains("Nothing was changed."));
    }
    assert!(ok(site.get(format!("/u/{token}")).send().await).await.contains("Your updates are paused"));
}

#[tokio::test]
async fn somebody_who_stopped_reads_so_and_no_button_starts_anything() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    t.stop("P01").await;
    let site = site(t.app());
    let page = ok(site.get(format!("/u/{token}")).send().await).await;
    assert!(page.contains("Your updates have ended"), "{page}");
    assert!(!page.contains("<button"), "{page}");
    for path in [format!("/u/{token}"), format!("/u/{token}/resume")] {
        let page = ok(site.post(path).send().await).await;
        assert!(page.contains("Nothing was changed."), "{page}");
        assert!(page.contains("Your updates have ended"), "{page}");
    }
}

#[tokio::test]
async fn a_page_behind_a_link_names_no_topic_and_leaves_no_trace() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    let app = t.app();
    let response = site(app.clone()).get(format!("/u/{token}")).send().await;
    response.assert_header("referrer-policy", "no-referrer");
    response.assert_header("cache-control", "no-store");
    response.assert_header("x-robots-tag", "noindex, nofollow");
    let csp = response.0.header("content-security-policy").unwrap().to_owned();
    assert!(csp.contains("default-src 'none'") && csp.contains("frame-ancestors 'none'"), "{csp}");
    assert!(!csp.contains("script-src") && !csp.contains("unsafe"), "{csp}");
    let page = ok(response).await;
    for project in hearback::store::project::all(&app.db.reader).await.unwrap() {
        assert!(!page.contains(&project.title), "{page}");
        assert!(page.contains(&project.contact_email), "{page}");
        let organisation = hearback::store::project::organisation_of(&app.db.reader, &project).await.unwrap();
        assert!(!page.replace(&project.sender_name, "").contains(&organisation), "{page}");
    }
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"), "{page}");
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"));
    assert_eq!(page.matches("<h1").count(), 1);
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_the_end() {
    let t = Trial::new().await;
    t.import_small().await;
    let token = t.link_of("P01").await;
    let site = site(t.app());
    let response = site.post(format!("/u/{token}")).body(vec![b'x'; web::guard::BODY_LIMIT + 1]).send().await;
    response.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
    assert!(ok(site.get(format!("/u/{token}")).send().await).await.contains("Your updates are on"));
}

#[tokio::test]
async fn the_front_page_the_health_of_it_and_its_stylesheet_are_there() {
    let t = Trial::new().await;
    let site = site(t.app());
    let front = ok(site.get("/").send().await).await;
    assert!(front.contains("hear back") && !front.contains("/mailbox"), "{front}");
    assert_eq!(ok(site.get("/health/live").send().await).await, "ok");
    assert_eq!(ok(site.get("/health/ready").send().await).await, "ok");
    let css = site.get("/assets/hearback.css").send().await;
    css.assert_content_type("text/css; charset=utf-8");
    let tag = css.0.header("etag").unwrap().to_owned();
    let again = site.get("/assets/hearback.css").header("if-none-match", tag).send().await;
    again.assert_status(StatusCode::NOT_MODIFIED);
    for wrong in ["/assets/", "/assets/none.css", "/assets/..%2fCargo.toml", "/assets/../Cargo.toml"] {
        site.get(wrong).send().await.assert_status(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn texts_among_the_assets_come_compressed_to_whoever_can_read_that() {
    let t = Trial::new().await;
    let site = site(t.app());
    let get = |path: &str| site.get(path.to_owned());
    for path in ["/assets/hearback.css", "/assets/favicon.svg", "/assets/fonts/OFL.txt"] {
        let plain = get(path).send().await;
        assert!(plain.0.header("content-encoding").is_none());
        plain.assert_header("vary", "Accept-Encoding");
        let (plain_tag, kind) =
            (plain.0.header("etag").unwrap().to_owned(), plain.0.content_type().unwrap().to_owned());
        let plain = ok(plain).await;

        let small = get(path).header("accept-encoding", "br, gzip").send().await;
        small.assert_header("content-encoding", "gzip");
        small.assert_header("vary", "Accept-Encoding");
        small.assert_content_type(&kind);
        let small_tag = small.0.header("etag").unwrap().to_owned();
        assert_ne!(plain_tag, small_tag);
        let bytes = small.0.into_body().into_vec().await.unwrap();
        assert!(bytes.len() < plain.len(), "{path}: {} of {}", bytes.len(), plain.len());
        let mut read = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut read).unwrap();
        assert_eq!(read, plain);

        for (tag, accepted, status) in [
            (&small_tag, "gzip", StatusCode::NOT_MODIFIED),
            (&plain_tag, "", StatusCode::NOT_MODIFIED),
            (&plain_tag, "gzip", StatusCode::OK),
            (&small_tag, "", StatusCode::OK),
        ] {
            let asked = get(path).header("if-none-match", tag.clone()).header("accept-encoding", accepted);
            let answer = asked.send().await;
            answer.assert_status(status);
            answer.assert_header("vary", "Accept-Encoding");
        }
    }
    let font =
        get("/assets/fonts/atkinson-next-latin-400.woff2").header("accept-encoding", "gzip").send().await;
    assert!(font.0.header("content-encoding").is_none() && font.0.header("vary").is_none());
}

fn write_letter(folder: &Path, name: &str, to: &str, html: bool) {
    let text = "Hello.\r\nPause: http://localhost:8080/u/x\r\n";
    let content = if html {
        format!(
            "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n\
             --b\r\nContent-Type: text/html\r\n\r\n<html><head></head><body><p>Hello.</p></body></html>\r\n--b--\r\n"
        )
    } else {
        format!("Content-Type: text/plain\r\n\r\n{text}")
    };
    let head = format!(
        "From: Maren <updates@localhost>\r\nTo: {to} <{to}@people.example>\r\nSubject: Your update\r\n\
         Date: Sat, 01 Mar 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\nList-Unsubscribe: <http://localhost:8080/u/x>\r\n"
    );
    std::fs::write(folder.join(name), head + &content).expect("a letter");
}

#[tokio::test]
async fn the_demos_mailbox_shows_every_message_to_this_machine_alone() {
    let t = Trial::new().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("below")).unwrap();
    write_letter(folder.path(), "1.eml", "Ada", true);
    write_letter(&folder.path().join("below"), "2.eml", "Bo", false);
    let port = t.app().config.listen.port();
    let site = TestClient::new(web::routes(t.app(), Some(folder.path().to_owned())));
    let get = |path: &str| site.get(path.to_owned()).header("host", format!("localhost:{port}"));

    assert!(ok(site.get("/").send().await).await.contains("href=\"/mailbox\""));
    let index = ok(get("/mailbox").send().await).await;
    assert!(index.contains("2 messages, to 2 people.") && index.contains("HTML and text"), "{index}");
    let adas = ok(get("/mailbox?person=1").send().await).await;
    assert!(adas.contains("1?person=1\"") && !adas.contains("2?person"), "{adas}");

    let message = get("/mailbox/1").send().await;
    assert!(message.0.header("content-security-policy").unwrap().contains("frame-src 'self'"));
    assert!(ok(message).await.contains("<iframe"));
    let frame = get("/mailbox/1/html").send().await;
    let csp = frame.0.header("content-security-policy").unwrap().to_owned();
    assert!(
        csp.contains("default-src 'none'") && csp.contains("sandbox") && !csp.contains("allow-scripts"),
        "{csp}"
    );
    assert!(ok(frame).await.contains("<p>Hello.</p>"));
    assert!(ok(get("/mailbox/1?view=text").send().await).await.contains("Pause:"));
    assert!(ok(get("/mailbox/1?view=headers").send().await).await.contains("List-Unsubscribe"));

    for gone in [
        "/mailbox/0",
        "/mailbox/3",
        "/mailbox/x",
        "/mailbox/2/html",
        "/mailbox/2?view=html",
        "/mailbox?person=7",
    ] {
        get(gone).send().await.assert_status(StatusCode::NOT_FOUND);
    }
    for host in ["evil.example", "localhost.evil.example:8080", "localhost:1"] {
        site.get("/mailbox").header("host", host).send().await.assert_status(StatusCode::NOT_FOUND);
    }
    site.get("/mailbox").send().await.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_a_demo_there_is_no_mailbox() {
    let t = Trial::new().await;
    let port = t.app().config.listen.port();
    let site = site(t.app());
    let request = site.get("/mailbox").header("host", format!("localhost:{port}"));
    request.send().await.assert_status(StatusCode::NOT_FOUND);
}
