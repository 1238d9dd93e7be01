//! `GET /metrics` in the text format of Prometheus, on a listener of its own: for the operator, never on the public port.
//! Totals of the instance only; nothing on it names a project or a person.
//!
//! The text is written here. All of it is read from the database when it is asked for, so there are no counters to keep, and
//! no label ever needs escaping, because each is a word of ours: a library would bring a registry and leave the same lines.

use std::fmt::{Display, Write};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use poem::http::StatusCode;
use poem::listener::TcpAcceptor;
use poem::middleware::CatchPanic;
use poem::web::Data;
use poem::{EndpointExt, IntoResponse, Response, Route, Server, get, handler};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::connection::Patient;
use super::error;
use crate::app::App;
use crate::error::chain;
use crate::store::queue::{self, Depth, Outcomes};

/// However often it is asked for, the database is asked no more often than this.
const DEPTH_KEPT: Duration = Duration::from_secs(5);
const OUTCOMES_KEPT: Duration = Duration::from_secs(60);

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

#[derive(Default)]
struct Kept {
    depth: Option<(Instant, Depth)>,
    outcomes: Option<(Instant, Outcomes)>,
}

/// What answers on the listener.
pub fn routes(app: Arc<App>) -> impl poem::Endpoint<Output = Response> {
    Route::new()
        .at("/metrics", get(show))
        .data(app)
        .data(Arc::new(Mutex::new(Kept::default())))
        .with(CatchPanic::new().with_handler(error::panicked))
        .map_to_response()
}

/// Answers where the settings say, until the task is ended; `None` where they name no listener.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn start(app: &Arc<App>) -> anyhow::Result<Option<tokio::task::JoinHandle<()>>> {
    let Some(address) = app.config.metrics_listen else { return Ok(None) };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("listening on {address}, as HEARBACK_METRICS_LISTEN says"))?;
    tracing::info!(%address, "serving metrics");
    let acceptor = Patient::new(TcpAcceptor::from_tokio(listener).context("listening for metrics")?);
    let routes = routes(app.clone());
    Ok(Some(tokio::spawn(async move {
        if let Err(error) = Server::new_with_acceptor(acceptor).run(routes).await {
            tracing::error!(%error, "metrics are no longer served");
        }
    })))
}

#[handler]
async fn show(app: Data<&Arc<App>>, kept: Data<&Arc<Mutex<Kept>>>) -> Response {
    match read(&app, &kept).await {
        Ok(text) => Response::builder().content_type(CONTENT_TYPE).body(text),
        Err(error) => {
            tracing::warn!(error = chain(&error), "the metrics could not be read");
            "the database does not answer".with_status(StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}

/// Whoever asks while another is being answered waits for that one's figures.
async fn read(app: &App, kept: &Mutex<Kept>) -> anyhow::Result<String> {
    let mut kept = kept.lock().await;
    let (db, now) = (&app.db.reader, app.clock.now());
    let depth = match kept.depth.take().filter(|(at, _)| at.elapsed() < DEPTH_KEPT) {
        Some(known) => known,
        None => (Instant::now(), queue::depth(db, now).await.context("counting what waits")?),
    };
    let outcomes = match kept.outcomes.take().filter(|(at, _)| at.elapsed() < OUTCOMES_KEPT) {
        Some(known) => known,
        None => (Instant::now(), queue::outcomes(db).await.context("counting what was sent")?),
    };
    let text = written(&depth.1, &outcomes.1, now);
    kept.depth = Some(depth);
    kept.outcomes = Some(outcomes);
    Ok(text)
}

/// One metric: its name, kind and help, and its values by their labels.
struct Page(String);

impl Page {
    fn metric(&mut self, name: &str, kind: &str, help: &str, values: &[(String, impl Display)]) {
        // Writing into a text cannot fail.
        let _said = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
        for (labels, value) in values {
            let _said = match labels.is_empty() {
                true => writeln!(self.0, "{name} {value}"),
                false => writeln!(self.0, "{name}{{{labels}}} {value}"),
            };
        }
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.metric(name, "gauge", help, &[(String::new(), value)]);
    }
}

fn written(depth: &Depth, outcomes: &Outcomes, now: chrono::DateTime<chrono::Utc>) -> String {
    let mut page = Page(String::new());
    let version = format!("version=\"{}\"", env!("CARGO_PKG_VERSION"));
    page.metric("hearback_build_info", "gauge", "The version that runs.", &[(version, 1)]);
    let waiting: Vec<(String, i64)> =
        depth.waiting.iter().map(|(state, count)| (format!("state=\"{state}\""), *count)).collect();
    page.metric(
        "hearback_messages_waiting",
        "gauge",
        "Messages that are not at their end, by state; unknown ones wait for their second try.",
        &waiting,
    );
    page.gauge(
        "hearback_oldest_due_seconds",
        "For how long the longest due message has been due; 0 while none is.",
        depth.oldest_due_seconds,
    );
    page.gauge("hearback_tasks_waiting", "Letters and calls that wait for a person.", depth.tasks);
    let ends: Vec<(String, i64)> = outcomes
        .by_class
        .iter()
        .map(|(state, class, count)| (format!("state=\"{state}\",smtp_class=\"{class}\""), *count))
        .collect();
    page.metric(
        "hearback_outcomes_total",
        "counter",
        "Messages at their end, by state and the class of the mail server's last reply; 0 where no reply decided. \
         Accepted is not delivered.",
        &ends,
    );
    page.metric(
        "hearback_retries_total",
        "counter",
        "Attempts after the first one of each message.",
        &[(String::new(), outcomes.retries)],
    );
    let help = "1 while the mail server is left alone because it did not answer.";
    page.gauge("hearback_relay_breaker_open", help, i64::from(depth.breaker_open));
    let help = "Seconds since any replica last finished all that was due; +Inf before the first time.";
    let age = depth.ticked_at.map(|at| (now - at).num_seconds().max(0).to_string());
    page.gauge("hearback_last_tick_age_seconds", help, age.as_deref().unwrap_or("+Inf"));
    let editions: Vec<(String, i64)> =
        depth.editions.iter().map(|(state, count)| (format!("state=\"{state}\""), *count)).collect();
    page.metric("hearback_editions_open", "gauge", "Editions that did not go out yet, by state.", &editions);
    page.gauge(
        "hearback_replicas",
        "Processes that said within the last five minutes that they run.",
        depth.replicas,
    );
    page.0
}
