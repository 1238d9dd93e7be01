//! "Check this yourself": what the record is, how far it goes, and every way to check it, one of them in the browser.

use poem::http::header;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::frame::Frame;
use super::kept::{self, Made};
use super::place::Place;
use crate::error::Result;
use crate::web::guard;

/// The same lines that the tests hold against the program's own check.
const VERIFIER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/verifier.py"));

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    record_href: String,
    file: String,
    verifier: &'static str,
}

#[handler]
pub async fn show(place: Place, request: &Request) -> poem::Result<Response> {
    let key = format!("{}/check", place.base);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, async { make(&place) }).await
}

fn make(place: &Place) -> Result<Made> {
    let page = Page {
        record_href: format!("{}/data/record.jsonl", place.base),
        file: format!("{}-record.jsonl", place.shown.row.slug),
        verifier: VERIFIER,
        frame: Frame::of(place, place.words(), &format!("{}/check", place.base)),
    };
    let made = Made::page(super::render(&place.app, "pages/public/check.html", page)?);
    // Its own script, which reads the record from its own place: nothing else.
    let policy = format!("{}; script-src 'self'; connect-src 'self'", guard::CSP);
    Ok(made.with_made(header::CONTENT_SECURITY_POLICY, &policy))
}
