//! What pages look like in a real browser, at the width of a small telephone: nothing runs out of the window, and
//! nothing that can be pressed is too small for a finger.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use hearback::actions::showing;
use hearback::domain::words::Visibility;
use poem::http::{Uri, header};
use poem::listener::{Acceptor, Listener, TcpListener};
use poem::{Endpoint, EndpointExt, IntoResponse, Request, Response, Server};

use crate::harness::{SLUG, Trial, skipped, variable};

/// Where a browser is, if anywhere.
pub fn browser() -> Option<PathBuf> {
    let named = variable("HEARBACK_TEST_CHROMIUM").map(PathBuf::from);
    named.or_else(|| {
        let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        usual.iter().map(PathBuf::from).find(|path| path.exists())
    })
}

/// Measures a page after it was laid out. The pages themselves have no script; this one is the test's.
const MEASURE: &str = r#"<script>
addEventListener("load", () => {
  const small = [...document.querySelectorAll("a, button, select, summary")].filter((it) => {
    const box = it.getBoundingClientRect();
    const inText = getComputedStyle(it).display === "inline";
    return box.width > 0 && !inText && (box.width < 24 || box.height < 24);
  });
  document.body.dataset.found = [innerWidth, document.documentElement.scrollWidth, small.length].join(" ");
});
</script>"#;

/// A frame as wide as a small telephone, because a browser's own window cannot be that narrow. The page to look at
/// stands behind the `?`.
const FRAME: &str = r#"<!doctype html><title>frame</title><body><script>
const frame = document.createElement("iframe");
Object.assign(frame, { width: 320, height: 800, src: location.search.slice(1) });
frame.style.border = "0";
frame.onload = () => { document.body.dataset.found = frame.contentDocument.body.dataset.found; };
document.body.append(frame);
</script>"#;

/// Serves the pages of an instance with the measuring script in them, and without the policy that forbids it.
async fn serve(site: impl Endpoint<Output = Response> + 'static) -> String {
    let site = Arc::new(site);
    let measured = poem::endpoint::make(move |mut request: Request| {
        let site = site.clone();
        async move {
            if request.uri().path() == "/frame" {
                return Ok(poem::web::Html(FRAME).into_response());
            }
            // The script goes into the text of the page, so the page must not come compressed.
            request.headers_mut().remove(header::ACCEPT_ENCODING);
            let response = site.call(request).await?;
            let is_page = response.content_type().is_some_and(|kind| kind.starts_with("text/html"));
            if !is_page {
                return Ok::<_, poem::Error>(response);
            }
            let status = response.status();
            let page = response.into_body().into_string().await.map_err(poem::error::InternalServerError)?;
            let page = page.replace("</body>", &format!("{MEASURE}</body>"));
            Ok(poem::web::Html(page).with_status(status).into_response())
        }
    });
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a port");
    let address = acceptor.local_addr()[0].as_socket_addr().copied().expect("an address");
    tokio::spawn(Server::new_with_acceptor(acceptor).run(measured.map_to_response()));
    format!("http://{address}")
}

/// What the browser found on a page: the width of its window, the width of the page, and how many targets are small.
async fn measure(browser: PathBuf, url: String) -> (u32, u32, u32) {
    let profile = tempfile::tempdir().expect("a folder");
    let seen = tokio::task::spawn_blocking(move || {
        Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--window-size=320,800", "--virtual-time-budget=2000", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(url)
            .stderr(Stdio::null())
            .output()
    })
    .await
    .expect("the browser's thread")
    .expect("the browser");
    let dom = String::from_utf8_lossy(&seen.stdout).into_owned();
    let found = dom.split("data-found=\"").nth(1).and_then(|rest| rest.split('"').next());
    let numbers: Vec<u32> = found
        .unwrap_or_else(|| panic!("nothing was measured: {dom}"))
        .split(' ')
        .map(|n| n.parse().expect("a number"))
        .collect();
    (numbers[0], numbers[1], numbers[2])
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_runs_out_of_a_small_telephone_and_every_target_fits_a_finger() {
    let Some(browser) = browser() else {
        return skipped("the look of the pages (no Chromium; set HEARBACK_TEST_CHROMIUM)");
    };
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    let to_all = showing::Change { visibility: Some(Visibility::Public), ..showing::Change::default() };
    showing::set(&t.app(), SLUG, &to_all).await.expect("set");
    let token = t.link_of("P01").await;
    t.stop("P02").await;
    let stopped = t.link_of("P02").await;
    let site = serve(hearback::web::routes(t.app(), None)).await;
    let paths = [
        "/".to_owned(),
        format!("/p/{SLUG}"),
        format!("/p/{SLUG}/r/R1"),
        format!("/p/{SLUG}/recommendations"),
        format!("/p/{SLUG}/changes?only=acts"),
        format!("/p/{SLUG}/data"),
        format!("/p/{SLUG}/check"),
        format!("/p/{SLUG}/embed"),
        "/recommendations".to_owned(),
        "/responders?sort=asked".to_owned(),
        "/responders/town%20council".to_owned(),
        "/compare".to_owned(),
        "/compare?by=responders".to_owned(),
        format!("/u/{token}"),
        format!("/u/{stopped}"),
        "/nowhere".to_owned(),
        format!("/ur/p/{SLUG}"),
        format!("/ur/p/{SLUG}/r/R1"),
        format!("/ur/u/{token}"),
        format!("/cy/p/{SLUG}"),
        "/ur/".to_owned(),
        "/cy/compare".to_owned(),
    ];
    for path in paths {
        let url = format!("{site}/frame?{path}");
        assert!(url.parse::<Uri>().is_ok());
        let (window, page, small) = measure(browser.clone(), url).await;
        assert_eq!(window, 320, "{path}");
        assert!(page <= 320, "{path} is {page} px wide");
        assert_eq!(small, 0, "{path} has targets smaller than 24 px");
    }
}
