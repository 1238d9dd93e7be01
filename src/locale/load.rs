//! From files to the words of a language: those in the program, and those of an operator's own folder.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::Entry;
use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::Bundle;

#[derive(rust_embed::Embed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/locales/"]
struct Embedded;

/// The files of one language.
#[derive(Default)]
pub struct Sources {
    /// Their paths and what stands in them.
    files: Vec<(String, String)>,
    /// The operator's, whose words come in place of the others.
    own: Vec<(String, String)>,
}

pub fn sources(templates: Option<&Path>) -> anyhow::Result<BTreeMap<String, Sources>> {
    let mut sources: BTreeMap<String, Sources> = BTreeMap::new();
    for path in Embedded::iter().filter(|path| path.ends_with(".ftl")) {
        let (lang, _) =
            path.split_once('/').with_context(|| format!("{path} lies in no language's folder"))?;
        let file = Embedded::get(&path).with_context(|| format!("reading {path}"))?;
        let source =
            String::from_utf8(file.data.into_owned()).with_context(|| format!("{path} is not UTF-8"))?;
        sources.entry(lang.to_owned()).or_default().files.push((path.into_owned(), source));
    }
    let folder = templates.map(|templates| templates.join("locales")).filter(|folder| folder.is_dir());
    for lang in folder.iter().map(|folder| entries(folder)).collect::<anyhow::Result<Vec<_>>>()?.concat() {
        let Some(name) = lang.file_name().and_then(|name| name.to_str()).filter(|_| lang.is_dir()) else {
            continue;
        };
        for path in entries(&lang)?.iter().filter(|path| path.extension().is_some_and(|end| end == "ftl")) {
            let shown = path.display().to_string();
            let source = std::fs::read_to_string(path).with_context(|| format!("reading {shown}"))?;
            sources.entry(name.to_owned()).or_default().own.push((shown, source));
        }
    }
    Ok(sources)
}

fn entries(folder: &Path) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let reading = || format!("reading the words in {}", folder.display());
    let entries = std::fs::read_dir(folder).with_context(reading)?;
    let mut paths =
        entries.map(|entry| Ok(entry.with_context(reading)?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The words of a language as its files hold them, and its direction.
pub fn plain(lang: &str, sources: &Sources) -> anyhow::Result<(&'static str, Bundle)> {
    let id: LanguageIdentifier =
        lang.parse().map_err(|error| anyhow!("the folder {lang} is named after no language: {error}"))?;
    let is_rtl = id.character_direction() == CharacterDirection::RTL;
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // The marks keep names of another direction in their place; left to right nothing needs them.
    bundle.set_use_isolating(is_rtl);
    fill(&mut bundle, sources)?;
    Ok((if is_rtl { "rtl" } else { "ltr" }, bundle))
}

pub fn fill(bundle: &mut Bundle, sources: &Sources) -> anyhow::Result<()> {
    for (path, source) in &sources.files {
        let words = resource(path, source)?;
        bundle.add_resource(words).map_err(|errors| anyhow!("{path}: {}", listed(&errors)))?;
    }
    for (path, source) in &sources.own {
        bundle.add_resource_overriding(resource(path, source)?);
    }
    Ok(())
}

fn resource(path: &str, source: &str) -> anyhow::Result<FluentResource> {
    FluentResource::try_new(source.to_owned())
        .map_err(|(_, errors)| anyhow!("{path} is not Fluent: {}", listed(&errors)))
}

/// The keys of a language, as the program has them.
pub fn keys(sources: &Sources) -> Vec<String> {
    let resources = sources.files.iter().filter_map(|(path, source)| resource(path, source).ok());
    let keys = resources.flat_map(|resource| {
        let of = |entry: &Entry<&str>| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        };
        resource.entries().filter_map(of).collect::<Vec<_>>()
    });
    keys.collect()
}

pub fn listed<E: std::fmt::Display>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
impl Sources {
    /// Everything that stands in the program's files.
    pub fn text(&self) -> String {
        self.files.iter().map(|(_, source)| source.as_str()).collect::<Vec<_>>().join("\n")
    }
}
