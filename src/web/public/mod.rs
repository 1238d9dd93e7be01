//! What anybody may see: what this is, the projects that are public, and all that can be read from their records. Nothing
//! here asks who looks.

pub mod assets;
mod brand;
mod calendar;
mod check;
mod data;
mod embed;
mod feed;
mod figures;
mod frame;
pub mod health;
mod kept;
mod place;
mod plot;
mod project;
mod recommendation;
mod responder;
mod row;
mod shelf;
mod short;
mod telling;

use std::sync::Arc;

use anyhow::Context;
use poem::web::Data;
use poem::{Response, Route, get, handler};
use serde::Serialize;

use super::{ENGLISH, Language};
use crate::app::App;
use crate::error::Result;
use crate::locale::Words;

pub use shelf::Shelf;

/// Adds the pages of a project: the same for everybody, under its slug, and for who has its link.
pub fn of_project(mut table: Route) -> Route {
    for door in ["/p/:slug", "/l/:token"] {
        table = table
            .at(door, get(project::show))
            .at(format!("{door}/r/:reference"), get(recommendation::show))
            .at(format!("{door}/r/:reference/feed.atom"), get(feed::of_recommendation))
            .at(format!("{door}/feed.atom"), get(feed::of_project))
            .at(format!("{door}/calendar.ics"), get(calendar::show))
            .at(format!("{door}/check"), get(check::show))
            .at(format!("{door}/badge.svg"), get(embed::badge))
            .at(format!("{door}/embed"), get(embed::frame))
            .at(format!("{door}/brand.css"), get(brand::colours))
            .at(format!("{door}/logo"), get(brand::image));
        table = data::of_project(table, door);
    }
    table.at("/s/:id", get(short::project)).at("/s/:id/check", get(short::check))
}

/// The words of pages that are for nobody in particular.
fn words(app: &App) -> &Words {
    app.locales.public()
}

fn render(app: &App, template: &str, context: impl Serialize) -> Result<String> {
    Ok(app.templates.render(template, context).with_context(|| format!("rendering {template}"))?)
}

/// Whether this is `hearback demo`, which has a mailbox to show.
#[derive(Clone, Copy)]
pub struct Demo(pub bool);

#[derive(Serialize)]
struct Front {
    #[serde(flatten)]
    language: Language<'static>,
    demo: bool,
}

#[handler]
pub async fn front(app: Data<&Arc<App>>, Data(Demo(demo)): Data<&Demo>) -> poem::Result<Response> {
    Ok(super::page(&app, "pages/front.html", Front { language: ENGLISH, demo: *demo })?)
}
