//! What every request and every answer passes: no act on behalf of another site, the security headers, one page for
//! each kind of failure, one line in the log. A bound on what is read, and the door of the demo's mailbox.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use poem::error::NotFoundError;
use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use poem::web::Redirect;
use poem::{Body, Endpoint, IntoResponse, Request, Response};

use super::{Chosen, error, language};
use crate::app::App;

/// What is read of a body at most.
pub const BODY_LIMIT: usize = 64 * 1024;
const BODY_TIME: Duration = Duration::from_secs(20);

pub const CSP: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; \
                       base-uri 'none'; frame-ancestors 'none'";

pub struct Guarded<E> {
    inner: E,
    app: Arc<App>,
    origin: String,
}

impl<E> Guarded<E> {
    pub fn new(inner: E, app: Arc<App>) -> Self {
        let origin = app.config.public_url.origin().ascii_serialization();
        Guarded { inner, app, origin }
    }
}

impl<E: Endpoint<Output = Response>> Endpoint for Guarded<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let taken = language::take(&mut request, &self.app.locales);
        let unsafe_method = !is_safe(request.method());
        let began = (unsafe_method || tracing::enabled!(tracing::Level::DEBUG)).then(Instant::now);
        let is_open = may_be_found(request.uri());
        let (chosen, elsewhere) = match taken {
            Ok(chosen) => (chosen, None),
            Err(elsewhere) => (Chosen::default(), Some(elsewhere)),
        };
        let answer = if let Some(elsewhere) = elsewhere {
            Ok(Redirect::see_other(elsewhere).into_response())
        } else if is_foreign(&request, &self.origin) {
            Err(error::foreign())
        } else {
            self.inner.call(request).await
        };
        let (mut response, route) = error::to_page(&self.app, &chosen, answer);
        // What a browser or a crawler has already is as open as what it got then.
        let is_there = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
        if !(is_open && is_there) {
            hide(response.headers_mut());
        }
        set_headers(response.headers_mut());
        let Some(began) = began else { return Ok(response) };
        let status = response.status().as_u16();
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        if unsafe_method {
            tracing::info!(%route, status, took_ms, "an act was asked for");
        } else {
            tracing::debug!(%route, status, took_ms, "a page was asked for");
        }
        Ok(response)
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// RFC 8058: a mail program sends this POST, from wherever it runs. The link itself is the permission.
fn is_one_click(request: &Request) -> bool {
    let token = request.uri().path().strip_prefix("/u/");
    request.method() == Method::POST && token.is_some_and(|token| !token.is_empty() && !token.contains('/'))
}

/// Another site makes the browser act here.
fn is_foreign(request: &Request, origin: &str) -> bool {
    if is_safe(request.method()) || is_one_click(request) {
        return false;
    }
    let header = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    if let Some(site) = header("sec-fetch-site") {
        return !matches!(site, b"same-origin" | b"none");
    }
    let path = request.uri().path();
    match header("origin") {
        None => false,
        // Our own pages with a token send `null`, because they forbid a referrer; over plain HTTP, and in older
        // browsers, that is all there is. Whoever has no token or code can do nothing there.
        Some(b"null") => !path.starts_with("/u/") && path != "/c",
        Some(given) => given != origin.as_bytes(),
    }
}

/// What everybody may see is there to be found; each choice of a list is not. Behind a link nothing is, nor in a message.
fn may_be_found(uri: &Uri) -> bool {
    let path = uri.path();
    uri.query().is_none()
        && (["/", "/recommendations", "/responders", "/compare"].contains(&path)
            || path.starts_with("/p/")
            || path.starts_with("/responders/"))
}

fn hide(headers: &mut HeaderMap) {
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
}

static OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
static RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The headers of every answer, where it has no others of these names.
pub fn set_headers(headers: &mut HeaderMap) {
    let mut default = |name: &HeaderName, value: &'static str| {
        if !headers.contains_key(name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    default(&header::CONTENT_SECURITY_POLICY, CSP);
    default(&header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(&header::REFERRER_POLICY, "no-referrer");
    default(&header::CACHE_CONTROL, "no-store");
    default(&OPENER_POLICY, "same-origin");
    default(&RESOURCE_POLICY, "same-origin");
}

/// Reads a body to its end and forgets it: what is asked for stands in the address.
///
/// # Errors
/// 413 when it is longer than [`BODY_LIMIT`], 408 when it does not come.
pub async fn discard(body: Body) -> poem::Result<()> {
    read(body).await.map(drop)
}

/// Reads a body to its end.
///
/// # Errors
/// 413 when it is longer than [`BODY_LIMIT`], 408 when it does not come.
pub async fn read(body: Body) -> poem::Result<bytes::Bytes> {
    match tokio::time::timeout(BODY_TIME, body.into_bytes_limit(BODY_LIMIT)).await {
        Ok(read) => Ok(read?),
        Err(_) => Err(error::too_slow()),
    }
}

/// Lets only this machine in, and only under a name that is its own: a page elsewhere can point its own name at
/// 127.0.0.1 and would read the answers.
pub async fn only_from_here<E: Endpoint<Output = Response>>(
    inner: Arc<E>,
    request: Request,
) -> poem::Result<Response> {
    let app = request.data::<Arc<App>>().cloned();
    let local = request.local_addr().as_socket_addr().map(SocketAddr::port);
    let port = local.or_else(|| app.map(|app| app.config.listen.port()));
    let from_here =
        request.remote_addr().as_socket_addr().is_none_or(|remote| remote.ip().to_canonical().is_loopback());
    if !from_here || !port.is_some_and(|port| names_this_machine(request.headers(), port)) {
        return Err(NotFoundError.into());
    }
    inner.call(request).await
}

fn names_this_machine(headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let Ok(host) = host.to_str() else {
        return false;
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.strip_prefix(name)
            .is_some_and(|rest| rest == format!(":{port}") || (port == 80 && rest.is_empty()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(path: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().method(Method::POST).uri_str(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.finish()
    }

    #[test]
    fn an_act_that_another_site_asks_for_is_foreign() {
        type Headers = &'static [(&'static str, &'static str)];
        const OURS: &str = "https://updates.example.org";
        let cases: &[(&str, Headers, bool)] = &[
            ("/u/x/resume", &[("sec-fetch-site", "same-origin"), ("origin", "null")], false),
            ("/u/x/resume", &[("sec-fetch-site", "none")], false),
            ("/u/x/resume", &[("sec-fetch-site", "same-site")], true),
            ("/u/x/resume", &[("sec-fetch-site", "cross-site"), ("origin", OURS)], true),
            ("/u/x/resume", &[("origin", OURS)], false),
            ("/u/x/resume", &[("origin", "https://elsewhere.example")], true),
            ("/u/x/resume", &[("origin", "null")], false),
            ("/c", &[("origin", "null")], false),
            ("/c", &[("origin", "https://elsewhere.example")], true),
            ("/other", &[("origin", "null")], true),
            ("/u/x/resume", &[], false),
            ("/u/x", &[("sec-fetch-site", "cross-site")], false),
            ("/u/", &[("sec-fetch-site", "cross-site")], true),
        ];
        for (path, headers, foreign) in cases {
            assert_eq!(is_foreign(&post(path, headers), OURS), *foreign, "{path} {headers:?}");
        }
    }

    #[test]
    fn only_a_name_of_this_machine_with_the_right_port_opens_the_mailbox() {
        let cases = [
            ("localhost:8080", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("localhost:8081", false),
            ("localhost", false),
            ("localhost.evil.example:8080", false),
            ("evil.example:8080", false),
            ("127.0.0.1.evil.example:8080", false),
        ];
        for (host, opens) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(names_this_machine(&headers, 8080), opens, "{host}");
        }
        assert!(!names_this_machine(&HeaderMap::new(), 8080));
    }
}
