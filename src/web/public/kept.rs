//! An answer as it is kept: its body, plain and compressed, and what a browser needs to know whether it has it already.

use std::future::Future;
use std::io::Write;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, SubsecRound, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use poem::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use poem::{Body, Request, Response};
use sha2::{Digest, Sha256};

use super::shelf::Shelf;
use crate::error::Result;
use crate::web::{Chosen, guard};

/// What is made where nothing was kept.
pub struct Made {
    pub kind: &'static str,
    pub body: Vec<u8>,
    /// When it last read otherwise. None where that would tell when somebody withdrew.
    pub modified: Option<DateTime<Utc>>,
    /// Headers beside the usual ones.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

pub const HTML: &str = "text/html; charset=utf-8";

impl Made {
    pub fn page(html: String) -> Self {
        Made { kind: HTML, body: html.into_bytes(), modified: None, headers: Vec::new() }
    }

    /// Anything but a page.
    pub fn file(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Made { kind, body: body.into(), modified: None, headers: Vec::new() }
    }

    pub fn modified(mut self, at: Option<DateTime<Utc>>) -> Self {
        self.modified = at;
        self
    }

    pub fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    /// A header that is put together. One that cannot stand in an answer is left out.
    pub fn with_made(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }
}

pub struct Kept {
    body: bytes::Bytes,
    gzip: OnceLock<Option<bytes::Bytes>>,
    headers: HeaderMap,
    /// Those of an answer without the body, to who has it.
    headers_of_known: HeaderMap,
    /// Of the body alone, so that it says nothing about why a page was made anew.
    tag: String,
}

impl Kept {
    fn new(made: Made) -> Self {
        let tag = hex::encode(&Sha256::digest(&made.body)[..12]);
        Kept::tagged(made, &tag)
    }

    fn tagged(made: Made, tag: &str) -> Self {
        let Made { kind, body, modified, headers: more } = made;
        // Weak: the same words, compressed or not.
        let tag = format!("W/\"{tag}\"");
        let mut headers = HeaderMap::with_capacity(16 + more.len());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        // Kept by browsers, but asked about each time.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(value) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, value);
        }
        let modified = modified.map(|at| at.trunc_subsecs(0));
        if let Some(Ok(value)) = modified.map(|at| HeaderValue::from_str(&http_date(at))) {
            headers.insert(header::LAST_MODIFIED, value);
        }
        for (name, value) in more {
            headers.insert(name, value);
        }
        // Here once, so that the map of no answer has to grow.
        guard::set_headers(&mut headers);
        // A browser puts these in the place of those that it kept: one that is left out here would be filled in by the
        // guard, and a page's own policy be lost on the second visit.
        let mut headers_of_known = headers.clone();
        headers_of_known.remove(header::CONTENT_TYPE);
        Kept { body: body.into(), gzip: OnceLock::new(), headers, headers_of_known, tag }
    }

    /// Bytes in memory, about; the compressed form counts from the beginning.
    pub fn weight(&self) -> usize {
        self.body.len() + self.body.len() / 4 + 512
    }

    /// That nothing has changed, where somebody has it already.
    fn unchanged(&self, asked: &HeaderMap) -> Option<Response> {
        self.is_known(asked).then(|| {
            let mut response = Response::builder().status(StatusCode::NOT_MODIFIED).finish();
            *response.headers_mut() = self.headers_of_known.clone();
            response
        })
    }

    fn answer(&self, asked: &HeaderMap) -> Response {
        if let Some(unchanged) = self.unchanged(asked) {
            return unchanged;
        }
        let gzip = if accepts_gzip(asked) { self.gzip() } else { None };
        let mut response = Response::builder().finish();
        *response.headers_mut() = self.headers.clone();
        match gzip {
            Some(gzip) => {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                response.set_body(Body::from_bytes(gzip));
            }
            None => response.set_body(Body::from_bytes(self.body.clone())),
        }
        response
    }

    /// Only a tag decides (RFC 9110, 13.1.2). A date has whole seconds, and not everything that changes a page has one: words
    /// that had to go in the second in which they came would stay with whoever asks by the date.
    fn is_known(&self, asked: &HeaderMap) -> bool {
        fn weak(tag: &str) -> &str {
            tag.trim().trim_start_matches("W/")
        }
        let ours = weak(&self.tag);
        asked
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|tag| tag.trim() == "*" || weak(tag) == ours)
    }

    /// Compressed once, when somebody first wants it so.
    fn gzip(&self) -> Option<bytes::Bytes> {
        let made = self.gzip.get_or_init(|| {
            let mut encoder = GzEncoder::new(Vec::with_capacity(self.body.len() / 4), Compression::new(6));
            let done = encoder.write_all(&self.body).and_then(|()| encoder.finish());
            done.ok().filter(|gzip| gzip.len() < self.body.len()).map(Into::into)
        });
        made.clone()
    }
}

/// RFC 9110, 5.6.7.
fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn accepts_gzip(asked: &HeaderMap) -> bool {
    let named = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused =
            matches!(quality.trim().replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// The kept answer for this address and version, or the one that `make` makes now.
pub async fn answer(
    shelf: &Shelf,
    request: &Request,
    version: u64,
    make: impl Future<Output = Result<Made>>,
) -> poem::Result<Response> {
    // Whatever stands behind a `?` changes nothing on such a page.
    answer_as(shelf, request, version, request.uri().path(), make).await
}

/// The same for an address as it is written one way only, whatever way it was asked for.
pub async fn answer_as(
    shelf: &Shelf,
    request: &Request,
    version: u64,
    address: &str,
    make: impl Future<Output = Result<Made>>,
) -> poem::Result<Response> {
    let chosen = Chosen::of(request);
    let key = format!("{version:016x}{}{address}", chosen.tag().unwrap_or_default());
    let kept = shelf.page(&key, async { make.await.map(|made| Arc::new(Kept::new(made))) }).await?;
    Ok(kept.answer(request.headers()))
}

/// The answer without keeping it, where there could be too many.
pub fn answer_once(request: &Request, made: Made) -> Response {
    Kept::new(made).answer(request.headers())
}

/// The answer for a body that is sent as it is made and so never kept. `tag` names its version; `body` is told whether
/// it goes out compressed.
pub fn answer_streamed(
    request: &Request,
    made: Made,
    tag: &str,
    body: impl FnOnce(bool) -> Body,
) -> Response {
    let kept = Kept::tagged(made, tag);
    if let Some(unchanged) = kept.unchanged(request.headers()) {
        return unchanged;
    }
    let is_small = accepts_gzip(request.headers());
    let mut response = Response::builder().body(body(is_small));
    *response.headers_mut() = kept.headers;
    if is_small {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
