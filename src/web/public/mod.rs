//! What anybody may see: what this is, the projects that are public, and all that can be read from their records. Nothing
//! here asks who looks.

mod address;
pub mod assets;
mod brand;
mod calendar;
mod changes;
mod check;
mod compare;
mod data;
mod embed;
mod feed;
mod figures;
mod frame;
mod front;
pub mod health;
mod kept;
mod list;
mod open;
mod place;
mod plot;
mod project;
mod recommendation;
mod responder;
mod responders;
mod row;
mod shelf;
mod short;
mod table;
mod tally;
mod telling;

use anyhow::Context;
use poem::{Route, get};
use serde::Serialize;

use crate::app::App;
use crate::error::Result;

pub use shelf::Shelf;

/// Adds the pages of a project: the same for everybody, under its slug, and for who has its link.
pub fn of_project(mut table: Route) -> Route {
    for door in ["/p/:slug", "/l/:token"] {
        table = table
            .at(door, get(project::show))
            .at(format!("{door}/recommendations"), get(list::of_project))
            .at(format!("{door}/changes"), get(changes::show))
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

/// Adds the pages of the whole instance, which show public projects only.
pub fn of_instance(table: Route) -> Route {
    table
        .at("/", get(front::front))
        .at("/recommendations", get(list::of_instance))
        .at("/responders", get(responders::index))
        .at("/responders/:key", get(responders::show))
        .at("/compare", get(compare::show))
}

fn render(app: &App, template: &str, context: impl Serialize) -> Result<String> {
    Ok(app.templates.render(template, context).with_context(|| format!("rendering {template}"))?)
}

/// Whether this is `hearback demo`, which has a mailbox to show.
#[derive(Clone, Copy)]
pub struct Demo(pub bool);
