//! What pages of the whole instance are made of, and what stands around them: the public projects, and the way from one
//! of these pages to the others. No private project is looked at, so none can show.

use std::sync::Arc;

use poem::{FromRequest, Request, RequestBody};
use serde::Serialize;

use super::place::{Place, voice};
use super::shelf::{Instance, Shelf, Shown};
use crate::app::App;
use crate::domain::reading::{Read, Reading};
use crate::error::Result;
use crate::locale::{FALLBACK, Voice, Words};
use crate::web::{Chosen, Language, error};

/// A project with its record as it was read.
pub struct Opened {
    pub shown: Arc<Shown>,
    pub reading: Arc<Reading>,
    /// What the addresses of its pages begin with, without a slash at the end.
    pub base: String,
    pub is_public: bool,
}

impl Opened {
    /// How pages in these words speak of what was typed in this project.
    pub fn voice<'a>(&'a self, words: &'a Words) -> Voice<'a> {
        voice(words, &self.shown)
    }

    pub async fn at(place: &Place) -> Result<Self> {
        let (shown, base) = (place.shown.clone(), place.base.clone());
        Ok(Opened { shown, reading: place.reading().await?, base, is_public: place.is_public })
    }

    /// What the addresses of pages begin with, where there are pages of responders that show it too.
    pub fn home(&self) -> Option<&str> {
        self.is_public.then(|| self.base.split("/p/").next().unwrap_or_default())
    }

    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.reading.recommendations.iter().map(move |read| Item { project: self, read })
    }
}

/// A recommendation and the project that it belongs to.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    pub project: &'a Opened,
    pub read: &'a Read,
}

impl Item<'_> {
    pub fn href(&self) -> String {
        super::row::href(&self.project.base, &self.read.reference)
    }
}

/// All public projects of the instance.
pub struct Everywhere {
    pub app: Arc<App>,
    pub shelf: Arc<Shelf>,
    pub instance: Arc<Instance>,
    /// The language in the address.
    pub chosen: Chosen,
    /// What the addresses of pages begin with.
    pub home: String,
}

impl Everywhere {
    /// The words of its pages: in the language that was chosen, or else in their own.
    pub fn words(&self) -> &Words {
        self.app.locales.page(self.chosen.tag(), self.own())
    }

    /// The language of all public projects, where they have but one.
    fn own(&self) -> &str {
        let mut languages = self.instance.public().map(|shown| shown.row.language.as_str());
        let first = languages.next().unwrap_or(FALLBACK);
        if languages.all(|language| language == first) { first } else { FALLBACK }
    }

    pub async fn projects(&self) -> Result<Vec<Opened>> {
        let mut projects = Vec::new();
        for shown in self.instance.public() {
            let reading = self.shelf.reading(&self.app, shown).await?;
            let base = format!("{}/p/{}", self.home, shown.row.slug);
            projects.push(Opened { shown: shown.clone(), reading, base, is_public: true });
        }
        Ok(projects)
    }

    /// An address as it is printed, with the name of the site.
    pub fn printed(&self, address: &str) -> String {
        printed(&self.app, address)
    }
}

pub fn printed(app: &App, address: &str) -> String {
    format!("{}{address}", app.config.public_url.as_str().trim_end_matches('/'))
}

impl<'a> FromRequest<'a> for Everywhere {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let app = request.data::<Arc<App>>().ok_or_else(error::not_found)?.clone();
        let shelf = request.data::<Arc<Shelf>>().ok_or_else(error::not_found)?.clone();
        let instance = shelf.instance(&app).await?;
        let chosen = Chosen::of(request);
        let home = chosen.home();
        Ok(Everywhere { app, shelf, instance, chosen, home })
    }
}

/// The pages of an instance that lead to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    Front,
    List,
    Responders,
    /// One of them.
    Responder,
    Compare,
}

#[derive(Debug, Serialize)]
pub struct Open<'a> {
    #[serde(flatten)]
    pub language: Language<'a>,
    /// Nothing, where no project is public: there is nowhere to go.
    ways: Vec<Way>,
}

#[derive(Debug, Serialize)]
struct Way {
    href: String,
    words: String,
    /// `page`, or `true` on a page below it: what `aria-current` says.
    current: Option<&'static str>,
}

impl<'a> Open<'a> {
    pub fn at(everywhere: &'a Everywhere, words: &'a Words, here: Here, address: &str) -> Self {
        let way = |there, href, key: &str| {
            let current = match here {
                Here::Responder if there == Here::Responders => Some("true"),
                here => (here == there).then_some("page"),
            };
            Way { href: format!("{}{href}", everywhere.home), words: words.text(key, &[]), current }
        };
        let ways = match everywhere.instance.public().next() {
            None => Vec::new(),
            Some(_) => vec![
                way(Here::Front, "/", "page-list-way-front"),
                way(Here::List, "/recommendations", "page-list-way-all"),
                way(Here::Responders, "/responders", "page-list-way-responders"),
                way(Here::Compare, "/compare", "page-list-way-compare"),
            ],
        };
        let Everywhere { app, chosen, .. } = everywhere;
        Open { language: Language::at(app, words, chosen, everywhere.own(), address), ways }
    }
}
