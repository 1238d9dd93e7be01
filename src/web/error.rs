//! What people see when something fails: what happened, what was kept, what to do. The cause goes to the log, once,
//! here at the edge.

use std::any::Any;
use std::fmt;

use poem::PathPattern;
use poem::error::{ParsePathError, ResponseError};
use poem::http::StatusCode;
use poem::{IntoResponse, Response};
use serde::Serialize;

use super::{Chosen, Language};
use crate::app::App;
use crate::error::Error;

impl ResponseError for Error {
    fn status(&self) -> StatusCode {
        match self {
            Error::NotFound { .. } => StatusCode::NOT_FOUND,
            Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Refused { .. } => StatusCode::CONFLICT,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Another site asked for it.
pub fn foreign() -> poem::Error {
    poem::Error::from_status(StatusCode::FORBIDDEN)
}

pub fn too_slow() -> poem::Error {
    poem::Error::from_status(StatusCode::REQUEST_TIMEOUT)
}

/// There is no such thing, or it is not for whoever asks: the same page for both.
pub fn not_found() -> poem::Error {
    poem::error::NotFoundError.into()
}

#[derive(Clone)]
struct Panicked;

/// Marks the answer; the page is made in [`to_page`]. What the panic said has gone to stderr with its place.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.set_data(Panicked);
    response
}

/// The answer as people see it, and the pattern of its route for the log: never the address, which holds tokens.
pub fn to_page(app: &App, chosen: &Chosen, answer: poem::Result<Response>) -> (Response, Readable) {
    match answer {
        Ok(response) => {
            let route = Readable(response.data::<PathPattern>().cloned());
            if response.data::<Panicked>().is_some() {
                tracing::error!(%route, "a page could not be made: the code panicked");
                return (failure(app, chosen, response.status()), route);
            }
            (response, route)
        }
        Err(error) => {
            let route = Readable(error.data::<PathPattern>().cloned());
            // A token that is not even text is as unknown as any other.
            let status = if error.is::<ParsePathError>() { StatusCode::NOT_FOUND } else { error.status() };
            if status.is_server_error() {
                let cause = match error.downcast_ref::<Error>() {
                    Some(Error::Internal(cause)) => format!("{cause:#}"),
                    _ => error.to_string(),
                };
                tracing::error!(%route, status = status.as_u16(), error = cause, "a page could not be made");
            }
            (failure(app, chosen, status), route)
        }
    }
}

/// `/u/:token` as the documentation writes it: `/u/{token}`.
pub struct Readable(Option<PathPattern>);

impl fmt::Display for Readable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(PathPattern(pattern)) = &self.0 else {
            return f.write_str("none");
        };
        for part in pattern.split('/').skip(1) {
            match part.strip_prefix([':', '*']) {
                Some(name) => write!(f, "/{{{name}}}")?,
                None => write!(f, "/{part}")?,
            }
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Failure<'a> {
    #[serde(flatten)]
    language: Language<'a>,
    kind: &'static str,
}

fn failure(app: &App, chosen: &Chosen, status: StatusCode) -> Response {
    // One answer for an address that was never there, a link that is not ours, and a method that has no meaning here.
    let (template, kind, status) = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            ("pages/not_found.html", "lost", StatusCode::NOT_FOUND)
        }
        StatusCode::FORBIDDEN => ("pages/error.html", "foreign", status),
        status if status.is_client_error() => ("pages/error.html", "refused", status),
        status => ("pages/error.html", "failed", status),
    };
    match super::page(app, template, Failure { language: Language::nowhere(app, chosen), kind }) {
        Ok(mut page) => {
            page.set_status(status);
            page
        }
        Err(error) => {
            tracing::error!(error = error.chain(), "the page for a failure could not be made");
            "Something went wrong here, and the fault is ours. Please open your link once more in a few minutes: it \
             shows how things stand."
                .with_status(status)
                .into_response()
        }
    }
}
