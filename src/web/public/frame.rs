//! What stands around every page of a project: whose it is, where its pages are, how far its record goes.

use serde::Serialize;

use super::place::Place;
use crate::domain::record::fingerprint;
use crate::locale::Words;
use crate::web::Language;

#[derive(Debug, Serialize)]
pub struct Frame<'a> {
    #[serde(flatten)]
    pub language: Language<'a>,
    /// What the addresses of its pages begin with, without a slash at the end.
    pub base: &'a str,
    pub project: &'a str,
    /// The language of what was typed, where it is not that of the page.
    pub own: Option<&'a str>,
    pub name: &'a str,
    pub organisation: &'a str,
    pub is_public: bool,
    pub has_colours: bool,
    pub logo: Option<&'a str>,
    pub today: String,
    pub head_seq: i64,
    /// The first 16 digits of the hash of the last event, in groups of four; none before the first event.
    pub fingerprint: Option<String>,
    /// Addresses in feeds and snippets begin so, without a slash at the end.
    pub site: String,
}

impl<'a> Frame<'a> {
    /// `address` is the page's own.
    pub fn of(place: &'a Place, words: &'a Words, address: &str) -> Self {
        let row = &place.shown.row;
        Frame {
            language: Language::at(&place.app, words, &place.chosen, &row.language, address),
            base: &place.base,
            project: &row.title,
            own: place.voice().other(),
            name: place.shown.name(),
            organisation: &place.shown.organisation,
            is_public: place.is_public,
            has_colours: row.colours().is_some(),
            logo: place.shown.logo.as_deref(),
            today: words.date(place.shown.today),
            head_seq: row.head_seq,
            fingerprint: (row.head_seq > 0).then(|| fingerprint(&row.head_hash)),
            site: place.app.config.public_url.as_str().trim_end_matches('/').to_owned(),
        }
    }
}
