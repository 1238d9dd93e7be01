//! What people and the clock do: one file per kind of act. Actions open transactions, and write state and event in one.

pub mod book;
pub mod editions;
pub mod import;
pub mod instance;
pub mod messages;
pub mod outcomes;
pub mod participants;
pub mod projects;
pub mod publishing;
pub mod record;
pub mod tasks;
pub mod telling;

use crate::app::App;
use crate::error::{Error, Result};
use crate::store::project;

/// The project with this slug.
pub async fn project(app: &App, slug: &str) -> Result<project::Model> {
    project::by_slug(&app.db.reader, slug)
        .await?
        .ok_or_else(|| Error::not_found(format!("A project called {slug:?}")))
}
