//! Short addresses of public projects, for messages: nothing in them says what a project is about.

use std::sync::Arc;

use poem::web::{Data, Path, Redirect};
use poem::{IntoResponse, Request, Response, handler};

use super::shelf::Shelf;
use crate::app::App;
use crate::web::{Chosen, error};

#[handler]
pub async fn project(
    app: Data<&Arc<App>>,
    shelf: Data<&Arc<Shelf>>,
    Path(id): Path<String>,
    request: &Request,
) -> poem::Result<Response> {
    lead(&app, &shelf, &Chosen::of(request), &id, "").await
}

#[handler]
pub async fn check(
    app: Data<&Arc<App>>,
    shelf: Data<&Arc<Shelf>>,
    Path(id): Path<String>,
    request: &Request,
) -> poem::Result<Response> {
    lead(&app, &shelf, &Chosen::of(request), &id, "/check").await
}

/// One answer for an id that is not there and for a project that is not public.
async fn lead(app: &App, shelf: &Shelf, chosen: &Chosen, id: &str, page: &str) -> poem::Result<Response> {
    let instance = shelf.instance(app).await?;
    let found = instance.public().find(|shown| app.keys.short_id(shown.row.id.0.as_bytes()) == id);
    let shown = found.ok_or_else(error::not_found)?;
    Ok(Redirect::see_other(format!("{}/p/{}{page}", chosen.home(), shown.row.slug)).into_response())
}
