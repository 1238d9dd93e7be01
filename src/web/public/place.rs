//! Whose pages are asked for: those of a public project by its slug, or of one that is open to whoever has its link.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use poem::{FromRequest, Request, RequestBody};

use super::shelf::{Shelf, Shown};
use crate::app::App;
use crate::domain::reading::Reading;
use crate::error::Result;
use crate::locale::{Voice, Words};
use crate::store::types::At;
use crate::web::{Chosen, error};

/// What a project's link is for.
const PROJECT: &str = "project";

pub struct Place {
    pub app: Arc<App>,
    pub shelf: Arc<Shelf>,
    pub shown: Arc<Shown>,
    /// What the addresses of its pages begin with, without a slash at the end.
    pub base: String,
    /// Whether everybody may come here, or only who has the link.
    pub is_public: bool,
    /// The language in the address.
    pub chosen: Chosen,
}

impl Place {
    /// The words of its pages: in the language that was chosen, or else in the project's own.
    pub fn words(&self) -> &Words {
        self.app.locales.page(self.chosen.tag(), &self.shown.row.language)
    }

    pub fn voice(&self) -> Voice<'_> {
        voice(self.words(), &self.shown)
    }

    /// What the addresses of pages begin with, where there are pages of responders that show it too.
    pub fn home(&self) -> Option<&str> {
        self.is_public.then(|| self.base.split("/p/").next().unwrap_or_default())
    }

    pub async fn reading(&self) -> Result<Arc<Reading>> {
        self.shelf.reading(&self.app, &self.shown).await
    }

    /// When anything that is read from the record last read otherwise: its last event, or the beginning of today, since
    /// ages grow with the day. Nothing in it follows a withdrawal.
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        let midnight = self.shown.today.and_hms_opt(0, 0, 0)?;
        let midnight = midnight.and_local_timezone(self.shown.row.zone().ok()?).earliest()?.to_utc();
        Some(self.shown.row.head_at.map_or(midnight, At::utc).max(midnight))
    }
}

/// How pages in these words speak of what was typed in this project.
pub fn voice<'a>(words: &'a Words, shown: &'a Shown) -> Voice<'a> {
    let own = shown.row.language.as_str();
    Voice { words, own, titles: None }
}

impl<'a> FromRequest<'a> for Place {
    /// A project that is not there, one that is private, and a link that is not ours get the same answer.
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let app = request.data::<Arc<App>>().ok_or_else(error::not_found)?.clone();
        let shelf = request.data::<Arc<Shelf>>().ok_or_else(error::not_found)?.clone();
        let instance = shelf.instance(&app).await?;
        let chosen = Chosen::of(request);
        let home = chosen.home();
        let (shown, base, is_public) = if let Ok(slug) = request.path_params::<BySlug>() {
            (instance.public_by_slug(&slug.slug), format!("{home}/p/{}", slug.slug), true)
        } else {
            let token = request.path_params::<ByToken>().map_err(|_| error::not_found())?.token;
            let id = app.keys.link_id(PROJECT, &token);
            (id.and_then(|id| instance.by_link(&id)), format!("{home}/l/{token}"), false)
        };
        let shown = shown.ok_or_else(error::not_found)?.clone();
        Ok(Place { app, shelf, shown, base, is_public, chosen })
    }
}

#[derive(serde::Deserialize)]
struct BySlug {
    slug: String,
}

#[derive(serde::Deserialize)]
struct ByToken {
    token: String,
}
