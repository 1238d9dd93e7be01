//! What pages look like in a real browser, at the width of a small telephone: nothing runs out of the window, nothing that
//! can be pressed is too small for a finger, and every word stands out from what is behind it, also on a project's own
//! colours.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use hearback::actions::showing::{self, Change, Colours, Edit};
use hearback::domain::words::Visibility;
use poem::http::{Uri, header};
use poem::listener::{Acceptor, Listener, TcpListener};
use poem::{Endpoint, EndpointExt, IntoResponse, Request, Response, Server};

use serde::Deserialize;

use crate::harness::{SLUG, Sheets, Trial, skipped, variable};

/// Where a browser is, if anywhere.
pub fn browser() -> Option<PathBuf> {
    let named = variable("HEARBACK_TEST_CHROMIUM").map(PathBuf::from);
    named.or_else(|| {
        let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        usual.iter().map(PathBuf::from).find(|path| path.exists())
    })
}

/// Measures a page after it was laid out. The pages themselves have no script; this one is the test's. Words are pale where
/// their contrast is less than WCAG 2.2 asks for (success criterion 1.4.3).
const MEASURE: &str = r#"<script>
addEventListener("load", () => {
  const small = [...document.querySelectorAll("a, button, select, summary")].filter((it) => {
    const box = it.getBoundingClientRect();
    const inText = getComputedStyle(it).display === "inline";
    return box.width > 0 && !inText && (box.width < 24 || box.height < 24);
  });
  const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const paint = pixel.getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = paint.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([...top], below) => top.slice(0, 3).map((part, at) => part * top[3] + below[at] * (1 - top[3]));
  const behind = (it) => {
    const layers = [];
    for (let at = it; at; at = at.parentElement) {
      const layer = read(getComputedStyle(at).backgroundColor);
      if (layer[3] > 0) layers.unshift(layer);
      if (layer[3] === 1) break;
    }
    return layers.reduce((below, layer) => over(layer, below), read("Canvas").slice(0, 3));
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const pale = [];
  let words = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const it = texts.currentNode.parentElement;
    const said = texts.currentNode.data.trim();
    if (!said || it.closest("script, style, svg, option")) continue;
    const range = document.createRange();
    range.selectNode(texts.currentNode);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(it);
    if (box.width <= 1 || box.height <= 1 || style.visibility !== "visible" || it.matches(":disabled")) continue;
    const ground = behind(it);
    const [one, two] = [light(over(read(style.color), ground)), light(ground)];
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700) ? 3 : 4.5;
    words += 1;
    if (contrast < least) pale.push(`${contrast.toFixed(2)}:1 ${said.slice(0, 40)}`);
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const found = { window: innerWidth, page: document.documentElement.scrollWidth, small: small.length, words, pale, dark };
  document.body.dataset.found = JSON.stringify(found);
});
</script>"#;

/// A frame as wide as a small telephone, because a browser's own window cannot be that narrow. The pages to look at, one
/// after the other, stand behind the `?` with a `|` between them.
const FRAME: &str = r#"<!doctype html><title>frame</title><body><script type="module">
const all = [];
for (const page of decodeURI(location.search.slice(1)).split("|")) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { width: 320, height: 800, src: page });
  frame.style.border = "0";
  await new Promise((go) => { frame.onload = go; document.body.append(frame); });
  all.push(JSON.parse(frame.contentDocument.body.dataset.found));
  frame.remove();
}
document.body.dataset.found = encodeURIComponent(JSON.stringify(all));
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

/// What the browser found on a page.
#[derive(Debug, Deserialize)]
struct Seen {
    /// How wide its window is, and the page in it.
    window: u32,
    page: u32,
    /// Targets that are too small.
    small: u32,
    /// Pieces of text that were looked at, and those of them that stand out too little.
    words: u32,
    pale: Vec<String>,
    /// Colours for the dark.
    dark: bool,
}

/// Looks at pages of a site, in colours for the day or for the dark.
async fn measure(browser: PathBuf, site: &str, paths: &[String], dark: bool) -> Vec<Seen> {
    let profile = tempfile::tempdir().expect("a folder");
    let url = format!("{site}/frame?{}", paths.join("|"));
    let seen = tokio::task::spawn_blocking(move || {
        Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--window-size=320,800", "--virtual-time-budget=20000", "--dump-dom"])
            .arg(format!("--blink-settings=preferredColorScheme={}", if dark { 0 } else { 1 }))
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
    let found = found.unwrap_or_else(|| panic!("nothing was measured: {dom}"));
    let found = decoded(found);
    let seen: Vec<Seen> = serde_json::from_str(&found).expect("what was measured");
    assert_eq!(seen.len(), paths.len());
    seen
}

fn decoded(text: &str) -> String {
    let pairs = format!("found={text}");
    url::form_urlencoded::parse(pairs.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_runs_out_of_a_small_telephone_and_every_target_fits_a_finger() {
    let Some(browser) = browser() else {
        return skipped("the look of the pages (no Chromium; set HEARBACK_TEST_CHROMIUM)");
    };
    let t = Trial::new().await;
    t.import_small().await;
    t.tick_at("2026-04-01T10:00Z").await;
    let to_all = Change { visibility: Some(Visibility::Public), ..Change::default() };
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
    assert!(paths.iter().all(|path| path.parse::<Uri>().is_ok()));
    for (path, seen) in paths.iter().zip(measure(browser, &site, &paths, false).await) {
        assert_eq!(seen.window, 320, "{path}");
        assert!(seen.page <= 320, "{path} is {} px wide", seen.page);
        assert_eq!(seen.small, 0, "{path} has targets smaller than 24 px");
        assert!(seen.words > 0 && seen.pale.is_empty(), "{path} is hard to read: {:?}", seen.pale);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_stands_out_on_the_colours_of_a_project_by_day_in_the_dark_and_in_every_language() {
    let Some(browser) = browser() else {
        return skipped("the colours of a project (no Chromium; set HEARBACK_TEST_CHROMIUM)");
    };
    let t = Trial::new().await;
    let mut sheets = Sheets::small();
    sheets.history(
        "R1,2026-02-10,progress,stalled,money,The purse is empty.,The council,2026-03-10,\n\
         R2,2026-02-12,promise,One bench,,,,,2026-03-10\n\
         R3,2026-02-12,progress,done,,The bus runs.,,,",
    );
    t.bring_in(&sheets).await;
    t.tick_at("2026-04-01T10:00Z").await;
    let token = t.link_of("P01").await;
    let site = serve(hearback::web::routes(t.app(), None)).await;
    let of_project = ["", "/r/R1", "/r/R3", "/recommendations", "/changes", "/data", "/check", "/embed"];
    let mut paths = Vec::new();
    for lang in ["", "/cy", "/ur"] {
        paths.extend(of_project.map(|page| format!("{lang}/p/{SLUG}{page}")));
        paths.extend([format!("{lang}/u/{token}"), format!("{lang}/compare"), format!("{lang}/")]);
    }
    // Light words on a dark ground, dark ones on a light ground, and two colours that just do.
    for (background, text) in [("#0b4f5c", "#fff4d6"), ("#ffd84d", "#1b1b1b"), ("#767676", "#ffffff")] {
        let colours = Colours { background: background.to_owned(), text: text.to_owned() };
        let brand = Change {
            visibility: Some(Visibility::Public),
            name: Edit::Put("The Listening Table".to_owned()),
            colours: Edit::Put(colours),
            ..Change::default()
        };
        showing::set(&t.app(), SLUG, &brand).await.expect("set");
        for dark in [false, true] {
            let seen = measure(browser.clone(), &site, &paths, dark).await;
            for (path, seen) in paths.iter().zip(seen) {
                let pale = &seen.pale;
                assert_eq!(seen.dark, dark, "{path}");
                assert!(pale.is_empty(), "{text} on {background}, dark: {dark}, {path}: {pale:?}");
                assert!(seen.words > 5, "{path}");
            }
        }
    }
}
