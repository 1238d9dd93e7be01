//! Where a mail server hands in what came back. Without a token in the settings this address is not there.

use std::sync::Arc;
use std::time::Duration;

use poem::http::{StatusCode, header};
use poem::web::Data;
use poem::{Body, Request, Response, handler};

use super::error;
use crate::actions::bounces::{self, Taken};
use crate::app::App;

const BODY_TIME: Duration = Duration::from_secs(20);

/// Takes a report as it came: the whole message is the body. The recipient stands in `?to=` or in `X-Original-To`.
#[handler]
pub async fn take(app: Data<&Arc<App>>, request: &Request, body: Body) -> poem::Result<Response> {
    if app.config.bounce_token.is_none() {
        return Err(error::not_found());
    }
    if !bearer(request).is_some_and(|token| bounces::is_token(&app, token)) {
        let refused = Response::builder().status(StatusCode::UNAUTHORIZED);
        return Ok(refused.header(header::WWW_AUTHENTICATE, "Bearer").finish());
    }
    let message = match tokio::time::timeout(BODY_TIME, body.into_bytes_limit(bounces::MOST_BYTES)).await {
        Ok(read) => read?,
        Err(_) => return Err(error::too_slow()),
    };
    let status = match bounces::take(&app, &message, recipient(request).as_deref()).await? {
        Taken::Again => StatusCode::SERVICE_UNAVAILABLE,
        Taken::Counted(..) | Taken::Nothing(_) => StatusCode::NO_CONTENT,
    };
    Ok(Response::builder().status(status).finish())
}

fn bearer(request: &Request) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn recipient(request: &Request) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    let to = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "to");
    // A plus that was not encoded reads as a blank, which no return path has.
    let to = to.map(|(_, to)| to.replace(' ', "+"));
    let header = request.headers().get("x-original-to");
    to.or_else(|| header.and_then(|value| value.to_str().ok()).map(str::to_owned))
}
