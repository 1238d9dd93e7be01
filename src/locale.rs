//! The words that participants and the public read, by language: Fluent files under `templates/locales/<lang>`,
//! embedded in the binary. Whoever writes a sentence for a person asks [`Words`] for it by its key.

mod formats;
mod load;
mod pseudo;
pub mod typed;
mod voice;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use chrono::NaiveDate;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};
use unic_langid::langid;

use crate::domain::translations::primary;
use formats::Formats;
use load::listed;
pub use voice::Voice;

/// The language that every key exists in, and that others fall back to.
pub const FALLBACK: &str = "en";

type Bundle = FluentBundle<FluentResource>;

/// What fills a gap in a sentence.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    /// Chooses singular or plural, too.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// A key without words, or a gap that nothing fills.
#[derive(Debug, thiserror::Error)]
#[error("the words for `{key}` in `{lang}` are not complete: {why}")]
pub struct Missing {
    pub key: String,
    pub lang: String,
    pub why: String,
    /// What stands there all the same: the English words, or else the key in brackets.
    pub shown: String,
}

/// All languages. Loaded once, when the program starts.
pub struct Locales {
    by_lang: BTreeMap<String, Words>,
    pseudo: Option<Words>,
}

/// The words of one language.
pub struct Words {
    lang: String,
    dir: &'static str,
    /// As those who speak it write it.
    name: String,
    is_checked: bool,
    /// Keys that an operator's own language has no words for: they are shown in English.
    lacking: Vec<String>,
    formats: Formats,
    bundle: Arc<Bundle>,
    english: Arc<Bundle>,
    /// What each language that there are words in calls itself.
    own_names: Arc<BTreeMap<String, String>>,
}

impl Locales {
    /// # Errors
    /// Names the file that is not Fluent, or the key that stands in a language twice.
    pub fn load() -> anyhow::Result<Self> {
        Self::load_with(false, None)
    }

    /// With or without the pseudo-language for pages that are for nobody in particular, and with what an operator has in
    /// the folder `locales` of their own templates: words in place of those in the program, and more languages.
    ///
    /// # Errors
    /// Names the file that is not Fluent or cannot be read, or the key that stands in a language twice.
    pub fn load_with(with_pseudo: bool, templates: Option<&Path>) -> anyhow::Result<Self> {
        let sources = load::sources(templates)?;
        let in_english = sources.get(FALLBACK).context("templates/locales/en holds no words")?;
        let english = Arc::new(load::plain(FALLBACK, in_english)?.1);
        let known = load::keys(in_english);
        let mut by_lang = BTreeMap::new();
        let mut bundles = Vec::new();
        for (lang, sources) in &sources {
            let (dir, bundle) = load::plain(lang, sources)?;
            let name = said(&bundle, "language-name").unwrap_or_else(|| lang.clone());
            bundles.push((lang, dir, bundle, name));
        }
        let own_names = bundles.iter().map(|(lang, _, _, name)| ((*lang).clone(), name.clone()));
        let own_names: Arc<BTreeMap<String, String>> = Arc::new(own_names.collect());
        for (lang, dir, bundle, name) in bundles {
            let said = |key: &str| said(&bundle, key);
            let words = Words {
                lang: lang.clone(),
                dir,
                name,
                is_checked: said("language-checked").as_deref() == Some("yes"),
                lacking: known.iter().filter(|key| !bundle.has_message(key)).cloned().collect(),
                formats: Formats::of(&said("language-formats").unwrap_or_else(|| lang.clone()))?,
                bundle: Arc::new(bundle),
                english: Arc::clone(&english),
                own_names: Arc::clone(&own_names),
            };
            by_lang.insert(lang.clone(), words);
        }
        let pseudo = if with_pseudo { Some(pseudo_words(in_english, english, own_names)?) } else { None };
        Ok(Locales { by_lang, pseudo })
    }

    /// The words for a language tag such as `en` or `en-GB`; English where the language is not known. Never the
    /// pseudo-language, whatever somebody has chosen: this is what messages are written with.
    pub fn get(&self, lang: &str) -> &Words {
        self.find(lang)
            .or_else(|| self.by_lang.get(FALLBACK))
            .expect("load() refuses to go on without English")
    }

    /// The words for a language tag, if there are any.
    pub fn find(&self, lang: &str) -> Option<&Words> {
        self.by_lang.get(lang).or_else(|| self.by_lang.get(primary(lang)))
    }

    /// The words of pages that are for nobody in particular: English, or the pseudo-language where it is set.
    pub fn public(&self) -> &Words {
        self.page(None, FALLBACK)
    }

    /// The words of a page: in the language that its reader chose, or else in `own`; or in the pseudo-language, where that
    /// is set and nothing was chosen.
    pub fn page(&self, chosen: Option<&str>, own: &str) -> &Words {
        let chosen = chosen.and_then(|chosen| self.find(chosen));
        chosen.or(self.pseudo.as_ref()).unwrap_or_else(|| self.get(own))
    }

    /// The words of a page or message that has chosen its language already, and says so by [`Words::lang`].
    pub fn written(&self, lang: &str) -> &Words {
        self.pseudo.as_ref().filter(|pseudo| pseudo.lang == lang).unwrap_or_else(|| self.get(lang))
    }

    /// All languages that people can choose, by their tags.
    pub fn all(&self) -> impl Iterator<Item = &Words> {
        self.by_lang.values()
    }

    /// The tags of all languages that people can choose, for those who chose another.
    pub fn to_choose_from(&self) -> String {
        let tags: Vec<&str> = self.by_lang.keys().map(String::as_str).collect();
        format!("a language that there are words in here: {}", tags.join(", "))
    }

    /// The pseudo-language included, where it is set.
    pub fn langs(&self) -> impl Iterator<Item = &str> {
        self.by_lang.keys().map(String::as_str).chain(self.pseudo.as_ref().map(Words::lang))
    }
}

fn said(bundle: &Bundle, key: &str) -> Option<String> {
    format(bundle, key, &FluentArgs::new()).ok()
}

fn pseudo_words(
    in_english: &load::Sources,
    english: Arc<Bundle>,
    own_names: Arc<BTreeMap<String, String>>,
) -> anyhow::Result<Words> {
    // One or many are counted as in English, whose forms these are.
    let mut bundle = Bundle::new_concurrent(vec![langid!("en")]);
    bundle.set_use_isolating(true);
    // Fluent hands it the texts between the gaps, and only those.
    bundle.set_transform(Some(pseudo::stretched));
    load::fill(&mut bundle, in_english)?;
    Ok(Words {
        lang: pseudo::TAG.to_owned(),
        dir: "rtl",
        name: pseudo::TAG.to_owned(),
        is_checked: true,
        lacking: Vec::new(),
        formats: Formats::of("en-GB")?,
        bundle: Arc::new(bundle),
        english,
        own_names,
    })
}

impl Words {
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        self.dir
    }

    /// The language as those who speak it write it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a person who speaks the language has read these words.
    pub fn is_checked(&self) -> bool {
        self.is_checked
    }

    /// Keys that an operator's own language has no words for.
    pub fn lacking(&self) -> &[String] {
        &self.lacking
    }

    /// The words of a key. Where they are missing, a debug build (and so every test) panics; a release build logs the
    /// key and shows [`Missing::shown`].
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match self.try_text(key, args) {
            Ok(text) => text,
            Err(missing) if cfg!(debug_assertions) && self.lacking.is_empty() => panic!("{missing}"),
            Err(missing) => {
                tracing::error!(
                    key = missing.key,
                    lang = missing.lang,
                    why = missing.why,
                    "words are missing"
                );
                missing.shown
            }
        }
    }

    /// # Errors
    /// Says which key or argument is missing, and what may be shown instead.
    pub fn try_text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, Missing> {
        // Right to left, gaps are set apart by marks, and the pseudo-language stretches what stands between them.
        if self.dir == "ltr"
            && let Some(text) = without_choices(&self.bundle, key, args)
        {
            return Ok(text);
        }
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(text.as_ref()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            filled.set(*name, value);
        }
        let text = format(&self.bundle, key, &filled).map_err(|why| Missing {
            key: key.to_owned(),
            lang: self.lang.clone(),
            why,
            shown: format(&self.english, key, &filled).unwrap_or_else(|_| format!("[{key}]")),
        })?;
        Ok(fit_to_copy(text, args))
    }

    /// What speakers of these words call the language of a tag: Welsh calls `en` "Saesneg". What they have no word for is
    /// called as its own speakers call it.
    pub fn language(&self, tag: &str) -> String {
        match self.formats.language(tag) {
            Some(name) => self.transformed(name.to_owned()),
            None => self
                .own_names
                .get(tag)
                .or_else(|| self.own_names.get(primary(tag)))
                .map_or(tag, |name| name)
                .to_owned(),
        }
    }

    /// A day as people write it: "1 May 2026".
    pub fn date(&self, day: NaiveDate) -> String {
        self.transformed(self.formats.day(day))
    }

    /// A stretch of days: "12 days", "about 4 months". From 60 days on in months, to the nearest.
    pub fn age(&self, days: i64) -> String {
        if days < 60 {
            return self.text("age-days", &[("count", days.max(0).into())]);
        }
        self.text("age-months", &[("count", ((days * 10 + 152) / 304).into())])
    }

    /// The month of a day: "May 2026".
    pub fn month(&self, day: NaiveDate) -> String {
        self.transformed(self.formats.month(day))
    }

    fn transformed(&self, written: String) -> String {
        if self.lang == pseudo::TAG { pseudo::stretched(&written).into_owned() } else { written }
    }

    /// "a", "a and b", "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        self.formats.all(&self.apart(items))
    }

    /// "a", "a, b", "a, b, c".
    pub fn counts(&self, items: &[String]) -> String {
        self.formats.counts(&self.apart(items))
    }

    /// Right to left, each item is set apart by marks, so that one of another direction keeps its place.
    fn apart<'a>(&self, items: &'a [String]) -> Cow<'a, [String]> {
        match self.dir {
            "rtl" => Cow::Owned(items.iter().map(|item| format!("{APART}{item}{APART_ENDS}")).collect()),
            _ => Cow::Borrowed(items),
        }
    }

    /// The words for a code of the domain: `("reason", "staff_time")` are under the key `reason-staff-time`.
    pub fn code(&self, family: &str, code: &str) -> String {
        self.text(&format!("{family}-{}", code.replace('_', "-")), &[])
    }
}

/// Begins and ends a piece whose direction is its own (Unicode bidirectional algorithm, isolates).
pub const APART: char = '\u{2068}';
pub const APART_ENDS: char = '\u{2069}';

/// The words of a key that only has gaps, put together without Fluent, which takes ten times as long; a long page holds
/// thousands. `None` where there is anything else to it, and where a gap stays empty.
fn without_choices(bundle: &Bundle, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut text = String::with_capacity(64);
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => match &args.iter().find(|(name, _)| *name == id.name)?.1 {
                Arg::Text(words) => text.push_str(words),
                Arg::Number(number) => write!(text, "{number}").ok()?,
            },
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(text)
}

/// Gaps with what people copy into a shell: the marks that set a gap apart would be copied with it.
const COPIED: [&str; 2] = ["command", "path"];

fn fit_to_copy(text: String, args: &[(&str, Arg<'_>)]) -> String {
    args.iter().filter(|(name, _)| COPIED.contains(name)).fold(text, |text, (_, arg)| match arg {
        Arg::Text(copied) => text.replace(&format!("{APART}{copied}{APART_ENDS}"), copied),
        Arg::Number(_) => text,
    })
}

fn format(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Result<String, String> {
    let pattern = bundle
        .get_message(key)
        .and_then(|message| message.value())
        .ok_or_else(|| "no such key".to_owned())?;
    let mut errors: Vec<FluentError> = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    if errors.is_empty() { Ok(text) } else { Err(listed(&errors)) }
}

#[cfg(test)]
#[path = "locale_tests.rs"]
mod tests;
