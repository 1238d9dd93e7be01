//! In which language a message or page speaks, and which one the people of a project typed their words in.

use super::{Words, typed};
use crate::domain::translations::{Passage, Titles, Translations, passage, primary};

/// The reader's words, and the project's own language.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    pub words: &'a Words,
    pub own: &'a str,
    /// Titles in other languages, where messages have them at hand.
    pub titles: Option<&'a Titles>,
}

impl<'a> Voice<'a> {
    /// What people typed is in another language than the message.
    fn is_other(&self) -> bool {
        primary(self.own) != primary(self.words.lang())
    }

    /// The language of what people typed, where it is not that of the words around it.
    pub fn other(&self) -> Option<&'a str> {
        self.is_other().then_some(self.own)
    }

    /// Words as they were brought for this reader, and their language where it is not the reader's.
    pub fn passage<'t>(
        &self,
        translations: &'t Translations,
        member: &str,
        text: &'t str,
    ) -> (&'t str, Option<&'a str>) {
        match self.other() {
            None => (text, None),
            Some(own) => match passage(translations, member, text, self.words.lang()) {
                Passage { words, translated: true } => (words, None),
                Passage { words, .. } => (words, Some(own)),
            },
        }
    }

    /// A title in the reader's language, where it was brought, made fit to stand in a text by `made`.
    pub fn title(&self, own: &str, made: impl Fn(&str) -> String) -> String {
        match self.titles.and_then(|titles| titles.get(own)) {
            Some(translations) => self.told(translations, "title", own, made).0,
            None => self.typed(&made(own)),
        }
    }

    /// That words are there in the project's own language only, and that somebody helps with it.
    pub fn lacking(&self) -> String {
        self.words.text("language-lacking", &[("language", self.words.language(self.own).into())])
    }

    /// What somebody typed, marked where its language or direction is another than that of the words around it.
    pub fn typed(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        if self.is_other() {
            return typed::in_language(self.own, text);
        }
        self.same(text)
    }

    fn same(&self, text: &str) -> String {
        let is_rtl = self.words.dir() == "rtl";
        if is_rtl || typed::has_rtl(text) { typed::apart(text) } else { text.to_owned() }
    }

    /// Words that may be there in the reader's language; whether they are not.
    pub fn told(
        &self,
        translations: &Translations,
        member: &str,
        text: &str,
        made: impl Fn(&str) -> String,
    ) -> (String, bool) {
        let (words, other) = self.passage(translations, member, text);
        let made = made(words);
        match other {
            None => (self.same(&made), false),
            Some(_) => (self.typed(&made), !made.is_empty()),
        }
    }
}
