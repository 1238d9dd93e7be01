//! The words that participants and the public read, by language: Fluent files under `templates/locales/<lang>`,
//! embedded in the binary. Whoever writes a sentence for a person asks [`Words`] for it by its key.

mod pseudo;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};
use unic_langid::{CharacterDirection, LanguageIdentifier, langid};

/// The language that every key exists in, and that others fall back to.
pub const FALLBACK: &str = "en";

#[derive(rust_embed::Embed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/locales/"]
struct Embedded;

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
    bundle: Arc<Bundle>,
    english: Arc<Bundle>,
}

/// The files of one language: their paths and what stands in them.
type Sources = Vec<(String, String)>;

impl Locales {
    /// # Errors
    /// Names the file that is not Fluent, or the key that stands in a language twice.
    pub fn load() -> anyhow::Result<Self> {
        Self::load_with_pseudo(false)
    }

    /// With or without the pseudo-language for pages that are for nobody in particular.
    ///
    /// # Errors
    /// Names the file that is not Fluent, or the key that stands in a language twice.
    pub fn load_with_pseudo(with_pseudo: bool) -> anyhow::Result<Self> {
        let sources = sources()?;
        let in_english = sources.get(FALLBACK).context("templates/locales/en holds no words")?;
        let english = Arc::new(plain(FALLBACK, in_english)?.1);
        let mut by_lang = BTreeMap::new();
        for (lang, sources) in &sources {
            let (dir, bundle) = plain(lang, sources)?;
            let english = Arc::clone(&english);
            by_lang
                .insert(lang.clone(), Words { lang: lang.clone(), dir, bundle: Arc::new(bundle), english });
        }
        let pseudo = if with_pseudo { Some(pseudo_words(in_english, english)?) } else { None };
        Ok(Locales { by_lang, pseudo })
    }

    /// The words for a language tag such as `en` or `en-GB`; English where the language is not known. Never the
    /// pseudo-language, whatever somebody has chosen: this is what messages are written with.
    pub fn get(&self, lang: &str) -> &Words {
        let primary = lang.split(['-', '_']).next().unwrap_or_default();
        self.by_lang
            .get(lang)
            .or_else(|| self.by_lang.get(primary))
            .or_else(|| self.by_lang.get(FALLBACK))
            .expect("load() refuses to go on without English")
    }

    /// The words of pages that are for nobody in particular: English, or the pseudo-language where it is set.
    pub fn public(&self) -> &Words {
        self.pseudo.as_ref().unwrap_or_else(|| self.get(FALLBACK))
    }

    /// The words of a page or message that has chosen its language already, and says so by [`Words::lang`].
    pub fn written(&self, lang: &str) -> &Words {
        self.pseudo.as_ref().filter(|pseudo| pseudo.lang == lang).unwrap_or_else(|| self.get(lang))
    }

    /// The pseudo-language included, where it is set.
    pub fn langs(&self) -> impl Iterator<Item = &str> {
        self.by_lang.keys().map(String::as_str).chain(self.pseudo.as_ref().map(Words::lang))
    }
}

fn sources() -> anyhow::Result<BTreeMap<String, Sources>> {
    let mut sources: BTreeMap<String, Sources> = BTreeMap::new();
    for path in Embedded::iter().filter(|path| path.ends_with(".ftl")) {
        let (lang, _) =
            path.split_once('/').with_context(|| format!("{path} lies in no language's folder"))?;
        let file = Embedded::get(&path).with_context(|| format!("reading {path}"))?;
        let source =
            String::from_utf8(file.data.into_owned()).with_context(|| format!("{path} is not UTF-8"))?;
        sources.entry(lang.to_owned()).or_default().push((path.into_owned(), source));
    }
    Ok(sources)
}

/// The words of a language as its files hold them, and its direction.
fn plain(lang: &str, sources: &Sources) -> anyhow::Result<(&'static str, Bundle)> {
    let id: LanguageIdentifier =
        lang.parse().map_err(|error| anyhow!("the folder {lang} is named after no language: {error}"))?;
    let is_rtl = id.character_direction() == CharacterDirection::RTL;
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // The marks keep names of another direction in their place; left to right nothing needs them.
    bundle.set_use_isolating(is_rtl);
    fill(&mut bundle, sources)?;
    Ok((if is_rtl { "rtl" } else { "ltr" }, bundle))
}

fn pseudo_words(in_english: &Sources, english: Arc<Bundle>) -> anyhow::Result<Words> {
    // One or many are counted as in English, whose forms these are.
    let mut bundle = Bundle::new_concurrent(vec![langid!("en")]);
    bundle.set_use_isolating(true);
    // Fluent hands it the texts between the gaps, and only those.
    bundle.set_transform(Some(pseudo::stretched));
    fill(&mut bundle, in_english)?;
    Ok(Words { lang: pseudo::TAG.to_owned(), dir: "rtl", bundle: Arc::new(bundle), english })
}

fn fill(bundle: &mut Bundle, sources: &Sources) -> anyhow::Result<()> {
    for (path, source) in sources {
        let resource = FluentResource::try_new(source.clone())
            .map_err(|(_, errors)| anyhow!("{path} is not Fluent: {}", listed(&errors)))?;
        bundle.add_resource(resource).map_err(|errors| anyhow!("{path}: {}", listed(&errors)))?;
    }
    Ok(())
}

fn listed<E: std::fmt::Display>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl Words {
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        self.dir
    }

    /// The words of a key. Where they are missing, a debug build (and so every test) panics; a release build logs the
    /// key and shows [`Missing::shown`].
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match self.try_text(key, args) {
            Ok(text) => text,
            Err(missing) if cfg!(debug_assertions) => panic!("{missing}"),
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
        format(&self.bundle, key, &filled).map_err(|why| Missing {
            key: key.to_owned(),
            lang: self.lang.clone(),
            why,
            shown: format(&self.english, key, &filled).unwrap_or_else(|_| format!("[{key}]")),
        })
    }

    /// A day as people write it: "1 May 2026".
    pub fn date(&self, day: NaiveDate) -> String {
        let args =
            [("day", i64::from(day.day()).into()), ("month", self.month_name(day)), ("year", year(day))];
        self.text("date", &args)
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
        self.text("date-month", &[("month", self.month_name(day)), ("year", year(day))])
    }

    fn month_name(&self, day: NaiveDate) -> Arg<'static> {
        self.text(&format!("month-{}", day.month()), &[]).into()
    }

    /// "a", "a and b", "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        let Some((last, before)) = items.split_last() else {
            return String::new();
        };
        let joined = before
            .iter()
            .cloned()
            .reduce(|first, rest| self.text("list-more", &[("first", first.into()), ("rest", rest.into())]));
        match joined {
            Some(first) => self.text("list-last", &[("first", first.into()), ("last", last.into())]),
            None => last.clone(),
        }
    }

    /// The words for a code of the domain: `("reason", "staff_time")` are under the key `reason-staff-time`.
    pub fn code(&self, family: &str, code: &str) -> String {
        self.text(&format!("{family}-{}", code.replace('_', "-")), &[])
    }
}

/// As text, because a language may write its numbers otherwise, but never a year in groups.
fn year(day: NaiveDate) -> Arg<'static> {
    day.year().to_string().into()
}

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
