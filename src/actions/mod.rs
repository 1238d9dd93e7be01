//! What people and the clock do: one file per kind of act. Actions open transactions, and write state and event in one.

pub mod addresses;
pub mod advise;
pub mod book;
pub mod bounces;
pub mod deliveries;
pub mod editions;
pub mod import;
pub mod instance;
pub mod keys;
pub mod letters;
pub mod messages;
pub mod outcomes;
pub mod participants;
pub mod projects;
pub mod publishing;
pub mod record;
pub mod showing;
pub mod stops;
pub mod tasks;
pub mod telling;
pub mod test_mail;
pub mod workbook;

use crate::app::App;
use crate::error::{Error, Result};
use crate::store::project;

/// How many slugs are named to who asked for another.
const KNOWN: usize = 5;

/// The project with this slug.
pub async fn project(app: &App, slug: &str) -> Result<project::Model> {
    let db = &app.db.reader;
    if let Some(found) = project::by_slug(db, slug).await? {
        return Ok(found);
    }
    let known: Vec<String> = project::all(db).await?.into_iter().map(|project| project.slug).collect();
    let known = match known.get(..KNOWN) {
        _ if known.is_empty() => "there is no project yet".to_owned(),
        Some(first) if known.len() > KNOWN => {
            format!("the projects here: {} and {} more", first.join(", "), known.len() - KNOWN)
        }
        _ => format!("the projects here: {}", known.join(", ")),
    };
    Err(Error::not_found(format!("A project called {slug:?} ({known})")))
}
