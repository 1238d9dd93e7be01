//! The web: one table of routes, and the server that carries it. What every answer passes lies in `guard`.

mod bounces;
mod connection;
mod demo;
pub mod error;
pub mod guard;
mod language;
pub mod metrics;
mod participant;
mod public;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use poem::listener::TcpAcceptor;
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, Request, Response, Route, Server, get, post};

use crate::app::App;

use language::{Chosen, Language};
pub use public::Shelf;

/// What is still being answered at shutdown may take this long.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// Everything that can be asked for. `mailbox` is the folder of the demo's messages; without one there is no mailbox.
pub fn routes(app: Arc<App>, mailbox: Option<PathBuf>) -> impl Endpoint<Output = Response> {
    routes_from(app, mailbox, Arc::new(Shelf::default()))
}

fn routes_from(
    app: Arc<App>,
    mailbox: Option<PathBuf>,
    shelf: Arc<Shelf>,
) -> impl Endpoint<Output = Response> {
    let demo = public::Demo(mailbox.is_some());
    let mut table = Route::new()
        .at("/health/live", get(public::health::live))
        .at("/health/ready", get(public::health::ready))
        .at("/assets/*path", get(public::assets::asset))
        .at("/bounces", post(bounces::take))
        .at(
            "/c",
            get(participant::code::ask)
                .post(participant::code::lead)
                .data(participant::code::Tries::default()),
        )
        .at("/u/:token", get(participant::show).post(participant::pause))
        .at("/u/:token/resume", get(participant::show).post(participant::resume));
    table = public::of_instance(public::of_project(table));
    if let Some(folder) = mailbox {
        let mailbox = Route::new()
            .at("/", get(demo::index))
            .at("/:number", get(demo::message))
            .at("/:number/html", get(demo::html))
            .data(demo::Mailbox(folder))
            .around(guard::only_from_here);
        table = table.nest("/mailbox", mailbox);
    }
    let table = Given { inner: table, app: app.clone(), shelf, demo };
    guard::Guarded::new(table.with(CatchPanic::new().with_handler(error::panicked)), app)
}

/// What handlers may ask for, given in one layer: each layer more moves the whole request and its answer.
struct Given<E> {
    inner: E,
    app: Arc<App>,
    shelf: Arc<Shelf>,
    demo: public::Demo,
}

impl<E: Endpoint> Endpoint for Given<E> {
    type Output = E::Output;

    async fn call(&self, mut request: Request) -> poem::Result<E::Output> {
        let given = request.extensions_mut();
        given.insert(self.app.clone());
        given.insert(self.shelf.clone());
        given.insert(self.demo);
        self.inner.call(request).await
    }
}

/// Answers on `listener` until `shutdown` is ready; then takes no new request and gives the last ones ten seconds.
///
/// # Errors
/// When the listener cannot be used.
pub async fn serve(
    app: Arc<App>,
    listener: tokio::net::TcpListener,
    mailbox: Option<PathBuf>,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let metrics = metrics::start(&app).await?;
    let served = serve_from(app, listener, mailbox, Shelf::default(), shutdown).await;
    if let Some(metrics) = metrics {
        metrics.abort();
        let _ended = metrics.await;
    }
    served
}

/// [`serve`] from a shelf that keeps less than usual, for measuring what it costs to make a page.
///
/// # Errors
/// When the listener cannot be used.
pub async fn serve_from(
    app: Arc<App>,
    listener: tokio::net::TcpListener,
    mailbox: Option<PathBuf>,
    shelf: Shelf,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let acceptor = TcpAcceptor::from_tokio(listener).context("listening")?;
    let shelf = Arc::new(shelf);
    let routes = Arc::new(routes_from(app.clone(), mailbox, shelf.clone()));
    let opened = routes.clone();
    shelf.warm(app, move |address| {
        let (routes, uri) = (opened.clone(), poem::http::Uri::try_from(address));
        async move {
            if let Ok(uri) = uri {
                routes.get_response(Request::builder().uri(uri).finish()).await;
            }
        }
    });
    Server::new_with_acceptor(connection::Patient::new(acceptor))
        .run_with_graceful_shutdown(routes, shutdown, Some(LAST_ANSWERS))
        .await
        .context("answering requests")
}

/// A page from its template.
fn page(app: &App, template: &str, context: impl serde::Serialize) -> crate::error::Result<Response> {
    let html = app.templates.render(template, context).with_context(|| format!("rendering {template}"))?;
    Ok(Response::builder().content_type("text/html; charset=utf-8").body(html))
}
