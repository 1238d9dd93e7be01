//! The check of the record that runs in a browser names the same line as ours, whatever was done to the record; and the
//! form around it says so to a person. One browser is started for all of it.

mod cases;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use hearback::actions::record::{redact, verify_project};
use hearback::actions::showing::{self, Change};
use hearback::domain::record::{Head, Line, fingerprint};
use hearback::domain::record_file::verify;
use hearback::domain::words::{HistoryKind, Visibility};
use poem::http::{StatusCode, header};
use poem::listener::{Acceptor, Listener, TcpListener};
use poem::{Endpoint, EndpointExt, IntoResponse, Request, Response, Server};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use self::cases::{Case, as_text, case, example, read_otherwise, redactions, tampered};
use crate::harness::{SLUG, Sheets, Trial, act, skipped};
use crate::look::browser;

/// How long the browser may take for everything, also on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(180);

/// The policy of the page that holds the form.
const CSP: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; \
                   img-src 'self'; form-action 'self'; base-uri 'none'";

/// Asks the script about every case, then uses the form as a person would.
const DRIVER: &str = include_str!("browser_check/driver.html");

#[derive(Deserialize)]
struct Answer {
    failed: Option<String>,
    cases: Option<Vec<Seen>>,
    form: Option<Value>,
    whole: Option<Value>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Seen {
    /// 0 where the record holds.
    fault: i64,
    /// The last event that holds.
    seq: i64,
    hash: String,
}

/// What ours says of it.
fn ours(bytes: &[u8]) -> (i64, Option<Head>) {
    match verify(bytes) {
        Ok(head) => (0, Some(head)),
        Err(broken) => (broken.seq, None),
    }
}

/// A project with a correction, a tick and a redaction.
async fn lived(t: &Trial) -> Vec<Line> {
    let mut sheets = Sheets::small();
    sheets.history(
        "R1,2026-02-05,response,accepted,,,,,\n\
         R1,2026-02-10,progress,stalled,money,The café’s lamps cost “twice” as much.,The council,2026-06-01,\n\
         R2,2026-02-11,promise,One bench,,,,,2026-03-10",
    );
    t.bring_in(&sheets).await;
    sheets.swap("history", "twice", "three times");
    t.bring_in(&sheets).await;
    t.tick_at("2026-04-01T10:00Z").await;
    t.log(act("R1", "2026-04-01", HistoryKind::Note, "Ten lamps are up")).await;
    let note = t.events().await.last().expect("an event").seq;
    redact(&t.app(), SLUG, note, "A court said so").await.expect("redacted");
    t.log(act("R2", "2026-04-01", HistoryKind::Note, "The bench is there")).await;
    t.events().await
}

/// The form in a page, as another template includes it.
fn page(t: &Trial, head: &Head, before: &str) -> String {
    let context = json!({
        "lang": "en",
        "record_href": "/record.jsonl",
        "head_seq": head.seq,
        "fingerprint": fingerprint(&head.hash),
    });
    let form = t.app().templates.render("pages/check_form.html", context).expect("the form");
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Check</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/assets/hearback.css\">{before}</head><body><main>{form}</main></body></html>"
    )
}

/// What the browser is given, beside the pages of the instance itself.
struct Given {
    cases: Vec<Case>,
    record: String,
    head: Head,
    page: String,
    unable: String,
    answers: UnboundedSender<String>,
}

/// A page of the instance, which lets nobody frame it, lets the driver do so. All else of its policy stands.
fn framed(mut response: Response) -> Response {
    if let Some(policy) = response.headers_mut().get_mut(header::CONTENT_SECURITY_POLICY) {
        let open = policy.to_str().expect("text").replace("frame-ancestors 'none'", "frame-ancestors 'self'");
        *policy = open.parse().expect("a policy");
    }
    response
}

async fn serve(site: impl Endpoint<Output = Response> + 'static, given: Given) -> String {
    let (site, given) = (Arc::new(site), Arc::new(given));
    let table = poem::endpoint::make(move |request: Request| {
        let (site, given) = (site.clone(), given.clone());
        async move {
            let page = |text: &str| {
                Response::builder()
                    .content_type("text/html")
                    .header("content-security-policy", CSP)
                    .body(text.to_owned())
            };
            let path = request.uri().path().to_owned();
            Ok::<_, poem::Error>(match path.as_str() {
                "/" => poem::web::Html(DRIVER).into_response(),
                "/lengths" => {
                    poem::web::Json(given.cases.iter().map(|case| case.bytes.len()).collect::<Vec<_>>())
                        .into_response()
                }
                "/cases" => given
                    .cases
                    .iter()
                    .flat_map(|case| case.bytes.clone())
                    .collect::<Vec<u8>>()
                    .into_response(),
                "/names" => poem::web::Json(json!({
                    "path": format!("/p/{SLUG}/check"),
                    "seq": given.head.seq,
                    "fingerprint": fingerprint(&given.head.hash),
                }))
                .into_response(),
                "/record.jsonl" => given.record.clone().into_response(),
                "/page" => page(&given.page),
                "/page/unable" => page(&given.unable),
                "/unable.js" => "Object.defineProperty(crypto, \"subtle\", { value: undefined });"
                    .with_content_type("text/javascript")
                    .into_response(),
                "/answer" => {
                    let answer = request.into_body().into_string().await?;
                    given.answers.send(answer).expect("the test waits");
                    StatusCode::NO_CONTENT.into_response()
                }
                _ => framed(site.call(request).await?),
            })
        }
    });
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a port");
    let address = acceptor.local_addr()[0].as_socket_addr().copied().expect("an address");
    tokio::spawn(Server::new_with_acceptor(acceptor).run(table.map_to_response()));
    format!("http://{address}/")
}

/// A browser that ends with the test, also with one that fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let ended = self.0.kill().and_then(|()| self.0.wait());
        if let Err(error) = ended {
            eprintln!("the browser was not ended: {error}");
        }
    }
}

fn start(browser: &Path, profile: &Path, url: &str) -> Running {
    let child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--remote-debugging-port=0", "--window-size=800,1000"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(url)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Running(child.expect("the browser"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_names_the_same_line_as_ours_and_says_it_in_words() {
    let Some(browser) = browser() else {
        return skipped("the check in a browser (no Chromium; set HEARBACK_TEST_CHROMIUM)");
    };
    let t = Trial::new().await;
    let lines = lived(&t).await;
    let public = Change { visibility: Some(Visibility::Public), ..Change::default() };
    showing::set(&t.app(), SLUG, &public).await.expect("set");
    let record = as_text(&lines);
    let head = verify_project(&t.app(), SLUG).await.expect("a project").expect("it holds");
    let mut cases = vec![case("the example", example()), case("a real record", record.clone())];
    cases.extend(read_otherwise());
    cases.extend(redactions());
    let thought_out = cases.len();
    cases.extend(tampered(&lines));
    let expected: Vec<(String, (i64, Option<Head>))> =
        cases.iter().map(|case| (case.what.clone(), ours(&case.bytes))).collect();

    let (answers, mut answered) = unbounded_channel();
    let page_of = |before: &str| page(&t, &head, before);
    let (page, unable) = (page_of(""), page_of("<script src=\"/unable.js\"></script>"));
    assert!(page.contains("novalidate hidden>"), "without a script there is no form: {page}");
    let given = Given { cases, record, head: head.clone(), page, unable, answers };
    let url = serve(hearback::web::routes(t.app(), None), given).await;
    let profile = tempfile::tempdir().expect("a folder");
    let running = start(&browser, profile.path(), &url);
    let answer = tokio::time::timeout(PATIENCE, answered.recv()).await.expect("the browser in time");
    drop(running);
    let answer: Answer = serde_json::from_str(&answer.expect("an answer")).expect("JSON");
    assert_eq!(answer.failed, None);

    let seen = answer.cases.expect("the cases");
    assert_eq!(seen.len(), expected.len());
    for (seen, (what, (fault, end))) in seen.iter().zip(&expected) {
        assert_eq!(seen.fault, *fault, "{what}");
        match end {
            None => assert_eq!(seen.seq, fault - 1, "{what}"),
            Some(end) => {
                let hash = if end.seq == 0 { "" } else { &end.hash };
                assert_eq!((seen.seq, seen.hash.as_str()), (end.seq, hash), "{what}");
            }
        }
    }
    assert_eq!((seen[0].fault, seen[0].seq), (0, 2));
    assert_eq!((seen[1].fault, &seen[1].hash), (0, &head.hash));
    // Of the others only those hold that were cut off at an end.
    let holding: Vec<&str> = expected
        .iter()
        .take(thought_out)
        .filter(|(_, (fault, _))| *fault == 0)
        .map(|(what, _)| what.as_str())
        .collect();
    insta::assert_snapshot!("the_cases_that_hold", holding.join("\n"));

    let form = answer.form.expect("the form");
    let said = |name: &str| {
        let at = |field: &str| form[name][field].as_str().expect("what was said").to_owned();
        (at("state"), at("text"), at("wrong"), at("notes"))
    };
    let holds = |name: &str, state: &str, words: &str| {
        let (is, text, wrong, notes) = said(name);
        assert!(
            is == state && text.contains(words) && wrong.is_empty() && notes.is_empty(),
            "{name}: {form}"
        );
        text
    };
    assert_eq!((&form["hidden"], &form["quiet"]), (&json!(false), &json!("")));
    let mark = fingerprint(&head.hash);
    let fits = format!("All {} events are unaltered, and none is missing between", head.seq);
    let text = holds("here", "good", &fits);
    assert!(text.contains(&mark) && text.contains("cannot show that an end was left off"), "{text}");
    let text = holds("same", "good", &format!("Event {} has the fingerprint", head.seq));
    assert!(text.contains(&fits) && !text.contains("an end was left off"), "{text}");
    // One verdict, and nothing beside it that reads like another.
    let text = holds("other", "fault", &format!("Event {} has another fingerprint", head.seq - 1));
    assert!(text.starts_with("Event") && !text.contains("unaltered") && text.contains("one piece"), "{text}");
    let text = holds("ends", "fault", &format!("ends at event {}, before event 999", head.seq));
    assert!(text.starts_with("The record ends") && !text.contains("unaltered"), "{text}");
    // While somebody fills in the fields nothing is said, and what was said stays.
    assert_eq!(form["unasked"], form["ends"]);
    let (state, text, wrong, notes) = said("wrong");
    assert_eq!((state.as_str(), wrong.as_str()), ("open", "seq,mark"));
    assert!(text.starts_with("The number and the fingerprint were not compared"), "{text}");
    assert!(notes.contains("digits only") && notes.contains("16 signs"), "{notes}");
    holds("right", "good", &fits);
    for name in ["line", "pasted"] {
        let [said, seq, typed] = [0, 1, 2].map(|place| &form[name][place]);
        assert_eq!((seq, typed), (&json!(head.seq.to_string()), &json!(mark)), "{name}");
        assert_eq!(said["text"], form["same"]["text"], "{name}");
    }
    assert_eq!(form["kept"], json!(true));
    let first = lines.iter().find(|line| line.subject == "R1").expect("an event of R1").seq;
    holds("broken", "fault", &format!("does not hold at event {first}. Something about it was changed"));
    holds("empty", "fault", &format!("no event in this file. All {} events", head.seq));
    let missing = format!(
        "Events 1 to 2 are unaltered. Missing from this file: {} of the record’s {} events",
        head.seq - 2,
        head.seq
    );
    let text = holds("part", "fault", &missing);
    assert!(
        text.starts_with("Events 1 to 2") && text.contains("The last one in the file is event 2."),
        "{text}"
    );
    let text = holds("partly", "fault", &missing);
    assert!(text.contains("Event 2 has the fingerprint that you gave"), "{text}");
    assert_eq!(form["lines"], json!(vec![true; 9]), "{form}");
    assert_eq!(form["thousands"], json!(vec!["1093"; 5]));
    assert_eq!(form["lineless"], json!([null, null, null]));
    holds("cut", "fault", &format!("does not hold at event {}. The line is cut off", head.seq));
    assert_eq!(form["late"], form["cut"]);
    holds("unreachable", "open", "could not be read");
    assert!(form["small"] == 0 && form["wide"].as_i64().is_some_and(|wide| wide <= 320), "{form}");
    assert_eq!(form["unable"][0], json!(true));
    assert!(form["unable"][1].as_str().is_some_and(|words| words.contains("begins with https")), "{form}");

    let whole = answer.whole.expect("the page of the project");
    let text = whole["text"].as_str().expect("what was said");
    assert!(whole["state"] == "good" && text.contains(&fits) && text.contains(&mark), "{whole}");
    assert!(text.contains(&format!("Event {} has the fingerprint", head.seq)), "{whole}");
    assert_eq!((&whole["moved"], &whole["at"]), (&json!(0), &json!(format!("/p/{SLUG}/check"))), "{whole}");
    let below = whole["below"].as_f64().expect("a distance");
    assert!(
        (0.0..40.0).contains(&below) && whole["size"].as_f64().is_some_and(|size| size >= 18.0),
        "{whole}"
    );
}
