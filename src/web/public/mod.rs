//! What anybody may see: what this is, the stylesheet, and whether it is well.

pub mod assets;
pub mod health;

use std::sync::Arc;

use poem::web::Data;
use poem::{Response, handler};
use serde::Serialize;

use super::{ENGLISH, Language};
use crate::app::App;

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
