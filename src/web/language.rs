//! Which language a page is in. Its reader's choice stands in the address, as the first part of it (`/cy/p/bus`), and every
//! link of the page carries it on; no cookie remembers it. Without a choice a page is in its own language.

use std::sync::Arc;

use poem::Request;
use poem::http::Uri;
use poem::http::uri::PathAndQuery;
use serde::Serialize;

use crate::app::App;
use crate::locale::{FALLBACK, Locales, Words};

/// What addresses of pages begin with, apart from the language: other addresses say nothing in words.
const PAGES: &[&str] = &["/p/", "/l/", "/s/", "/u/", "/recommendations", "/responders", "/compare"];

/// The language in the address, if there is one.
#[derive(Clone, Debug, Default)]
pub struct Chosen(Option<Arc<str>>);

impl Chosen {
    pub fn of(request: &Request) -> Self {
        request.data::<Chosen>().cloned().unwrap_or_default()
    }

    pub fn tag(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// What the addresses of pages begin with, so that the choice is carried on: nothing, or `/cy`.
    pub fn home(&self) -> String {
        self.tag().map(|tag| format!("/{tag}")).unwrap_or_default()
    }
}

/// Takes the language out of the address, so that the routes need not know of it.
///
/// # Errors
/// The address of the same page in its own language, or nearly the one asked for, where we do not have that.
pub fn take(request: &mut Request, locales: &Locales) -> Result<Chosen, String> {
    let path = request.uri().path();
    let tag = path.strip_prefix('/').unwrap_or_default().split('/').next().unwrap_or_default();
    let (len, rest) = (tag.len() + 1, path.get(tag.len() + 1..).unwrap_or_default());
    if !is_tag(tag) {
        return Ok(Chosen::default());
    }
    let is_page = PAGES.iter().any(|page| rest.starts_with(page));
    match locales.find(tag).map(Words::lang) {
        Some(lang) if lang == tag => {
            let chosen = Chosen(Some(tag.into()));
            if let Some(uri) = without(request.uri(), len) {
                *request.uri_mut() = uri;
                request.set_data(chosen.clone());
                return Ok(chosen);
            }
            Ok(Chosen::default())
        }
        lang if is_page => {
            let whole = request.uri().path_and_query().map_or(path, PathAndQuery::as_str);
            let home = lang.map(|lang| format!("/{lang}")).unwrap_or_default();
            Err(format!("{home}{}", whole.get(len..).unwrap_or_default()))
        }
        _ => Ok(Chosen::default()),
    }
}

/// Looks like the tag of a language: `cy`, `pt-BR`. None of our other addresses begins so.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

fn without(uri: &Uri, len: usize) -> Option<Uri> {
    let whole = uri.path_and_query()?.as_str().get(len..)?;
    let whole = if whole.starts_with('/') { whole.to_owned() } else { format!("/{whole}") };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(whole.parse().ok()?);
    Uri::from_parts(parts).ok()
}

/// What every page is given: the language of its words, and the ways to the same page in the others.
#[derive(Debug, Serialize)]
pub struct Language<'a> {
    lang: &'a str,
    dir: &'a str,
    /// What the addresses of pages begin with.
    home: String,
    /// Nobody who speaks the language has read its words yet.
    unchecked: bool,
    /// Nothing where there is but one.
    languages: Vec<Choice<'a>>,
    /// The address of the page in its own language, where anybody may find it.
    bare: Option<String>,
    /// `bare` is the same page as this one.
    is_own: bool,
}

#[derive(Debug, Serialize)]
struct Choice<'a> {
    lang: &'a str,
    dir: &'a str,
    name: &'a str,
    href: String,
    current: bool,
    /// Its address for who looks for pages in this language.
    found: String,
}

impl<'a> Language<'a> {
    /// `address` is the page's, with or without a language; `own` is the language that it is in without.
    pub fn at(app: &'a App, words: &'a Words, chosen: &Chosen, own: &str, address: &str) -> Self {
        let home = chosen.home();
        let bare = address.strip_prefix(&home).unwrap_or(address);
        let bare = if bare.is_empty() { "/" } else { bare };
        let own = app.locales.get(own).lang();
        let site = app.config.public_url.as_str().trim_end_matches('/');
        let choices = app.locales.all().map(|other| {
            let href = format!("/{}{bare}", other.lang());
            let found = if other.lang() == own { format!("{site}{bare}") } else { format!("{site}{href}") };
            let current = other.lang() == words.lang();
            Choice { lang: other.lang(), dir: other.dir(), name: other.name(), href, current, found }
        });
        let languages: Vec<Choice<'_>> = choices.collect();
        Language {
            lang: words.lang(),
            dir: words.dir(),
            home,
            unchecked: !words.is_checked(),
            languages: if languages.len() > 1 { languages } else { Vec::new() },
            bare: None,
            is_own: words.lang() == own,
        }
        .found_at(site, bare)
    }

    fn found_at(mut self, site: &str, bare: &str) -> Self {
        let hidden = ["/l/", "/u/", "/mailbox"].iter().any(|begin| bare.starts_with(begin));
        self.bare = (!hidden).then(|| format!("{site}{bare}"));
        self
    }

    /// For a page that has no address of its own, such as one that says that there is none.
    pub fn nowhere(app: &'a App, chosen: &Chosen) -> Self {
        let words = app.locales.page(chosen.tag(), FALLBACK);
        Language { bare: None, ..Self::at(app, words, chosen, FALLBACK, "/") }
    }

    /// For pages that there are in English only.
    pub fn english() -> Language<'static> {
        Language {
            lang: FALLBACK,
            dir: "ltr",
            home: String::new(),
            unchecked: false,
            languages: Vec::new(),
            bare: None,
            is_own: true,
        }
    }
}
