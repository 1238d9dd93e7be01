//! Whether the process runs, and whether it can do its work: for whoever starts and watches it.

use std::sync::Arc;
use std::time::Duration;

use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse, Response, handler};

use super::shelf::Shelf;
use crate::app::App;
use crate::error::chain;

const PATIENCE: Duration = Duration::from_secs(5);

#[handler]
pub async fn live() -> &'static str {
    "ok"
}

/// 200 once the database answers and has taken every step, and the records have been read, so that nobody waits for that;
/// else 503 and what is wrong.
#[handler]
pub async fn ready(app: Data<&Arc<App>>, shelf: Data<&Arc<Shelf>>) -> Response {
    let (status, says) = match tokio::time::timeout(PATIENCE, app.db.is_behind()).await {
        Ok(Ok(false)) if shelf.is_ready() => (StatusCode::OK, "ok"),
        Ok(Ok(false)) => (StatusCode::SERVICE_UNAVAILABLE, "the records are still being read"),
        Ok(Ok(true)) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database is not up to date: run hearback migrate")
        }
        Ok(Err(error)) => {
            tracing::warn!(error = chain(&error), "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database did not answer in time"),
    };
    says.with_status(status).into_response()
}
