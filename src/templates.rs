//! Templates: minijinja over the files in `templates/`, embedded in the binary, each replaceable by a file of the same
//! name in a folder of the operator. What staff or participants wrote reaches a template as a value, never as source.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, escape_formatter,
};
use serde::Serialize;

use crate::locale::{APART, APART_ENDS, Arg, Locales, typed};

/// More than the longest page needs, and soon used up by a loop that never ends.
const FUEL: u64 = 2_000_000;

/// The most letters of the title of a page.
const TITLE: usize = 70;

/// Where a plain text breaks its lines.
const WIDTH: usize = 72;

#[derive(rust_embed::Embed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/"]
struct Embedded;

/// All templates, compiled. There is one environment for each language, so that `t` and `date` know theirs inside
/// macros too, which do not see the context.
pub struct Templates {
    by_lang: HashMap<String, Environment<'static>>,
    locales: Arc<Locales>,
}

impl Templates {
    /// Compiles every template, those in `overrides` instead of the embedded ones of the same name.
    ///
    /// # Errors
    /// Names the template that cannot be read or compiled, or the folder that is not there.
    pub fn new(locales: Arc<Locales>, overrides: Option<&Path>) -> anyhow::Result<Self> {
        let mut sources = BTreeMap::new();
        for name in Embedded::iter().filter(|name| !name.starts_with("locales/")) {
            let file = Embedded::get(&name).with_context(|| format!("reading the template {name}"))?;
            let source = String::from_utf8(file.data.into_owned())
                .with_context(|| format!("the template {name} is not UTF-8"))?;
            sources.insert(name.into_owned(), source);
        }
        if let Some(folder) = overrides {
            replace(&mut sources, folder, "")?;
        }
        let mut by_lang = HashMap::new();
        for lang in locales.langs() {
            by_lang.insert(lang.to_owned(), environment(&locales, lang, &sources)?);
        }
        Ok(Templates { by_lang, locales })
    }

    /// The same with another function for templates of the operator's own folder.
    pub fn with_function(
        mut self,
        name: &'static str,
        function: impl Fn(&str) -> String + Clone + Send + Sync + 'static,
    ) -> Self {
        for environment in self.by_lang.values_mut() {
            let function = function.clone();
            environment.add_function(name, move |text: &str| function(text));
        }
        self
    }

    /// Renders a template. The context must hold `lang`; a value that it lacks is an error, and what a template whose
    /// name ends in `.html` shows is escaped.
    ///
    /// # Errors
    /// Says which template failed and why, without any value of the context.
    pub fn render(&self, name: &str, context: impl Serialize) -> anyhow::Result<String> {
        let context = Value::from(Serde(&context));
        let lang = context.get_attr("lang").ok().filter(|lang| !lang.is_undefined());
        let lang =
            lang.ok_or_else(|| anyhow!("the context of the template {name} does not say its language"))?;
        let lang = self.locales.written(lang.as_str().unwrap_or_default()).lang();
        let environment =
            self.by_lang.get(lang).with_context(|| format!("no templates for the language {lang}"))?;
        let template =
            environment.get_template(name).with_context(|| format!("there is no template {name}"))?;
        template.render(context).with_context(|| format!("rendering the template {name}"))
    }
}

/// Files of other kinds, such as an editor's backups, are left alone.
fn replace(sources: &mut BTreeMap<String, String>, folder: &Path, prefix: &str) -> anyhow::Result<()> {
    let reading = || format!("reading the templates in {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        let Some(file_name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let name = format!("{prefix}{file_name}");
        if path.is_dir() {
            replace(sources, &path, &format!("{name}/"))?;
        } else if [".html", ".txt", ".css", ".xml", ".svg"].iter().any(|ending| name.ends_with(ending)) {
            let source =
                std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            sources.insert(name, source);
        }
    }
    Ok(())
}

fn environment(
    locales: &Arc<Locales>,
    lang: &str,
    sources: &BTreeMap<String, String>,
) -> anyhow::Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    // Lines that hold only a tag leave nothing behind, which plain text depends on.
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.context("the syntax of templates")?);
    // With it an error would quote the values around the place, and with them a person's words, into the log.
    environment.set_debug(false);
    environment.set_formatter(shown);
    let (words, lang_of_dates) = (Arc::clone(locales), lang.to_owned());
    environment.add_filter("date", move |day: &str| {
        day.get(..10)
            .filter(|_| day.len() == 10 || day[10..].starts_with('T'))
            .and_then(|day| day.parse::<NaiveDate>().ok())
            .map(|day| words.written(&lang_of_dates).date(day))
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "date expects a day such as 2026-05-01"))
    });
    let (words, lang_of_words) = (Arc::clone(locales), lang.to_owned());
    environment
        .add_function("t", move |key: &str, values: Kwargs| translate(&words, &lang_of_words, key, &values));
    let is_rtl = locales.written(lang).dir() == "rtl";
    environment.add_filter("wrap", move |text: &str, first: Option<&str>, rest: Option<&str>| {
        wrap(text, is_rtl, first, rest)
    });
    environment.add_filter("marked", |text: &str| Value::from_safe_string(typed::to_html(text, escaped)));
    environment.add_filter("brief", brief);
    environment.add_function("link", |url: &str| Value::from_safe_string(link(url)));
    for (name, source) in sources {
        environment
            .add_template_owned(name.clone(), source.clone())
            .with_context(|| format!("compiling the template {name}"))?;
    }
    Ok(environment)
}

/// `t("key", name=value)`: the words of a key in the language of the page or message.
fn translate(locales: &Locales, lang: &str, key: &str, values: &Kwargs) -> Result<String, Error> {
    let mut args: Vec<(&str, Arg<'_>)> = Vec::new();
    for name in values.args() {
        let value: &Value = values.get(name)?;
        let arg = match value.as_str() {
            Some(text) => Arg::Text(text.into()),
            None if value.is_number()
                && let Ok(number) = i64::try_from(value.clone()) =>
            {
                Arg::Number(number)
            }
            None => Arg::Text(value.to_string().into()),
        };
        args.push((name, arg));
    }
    match locales.written(lang).try_text(key, &args) {
        Ok(text) => Ok(text),
        Err(missing) if cfg!(debug_assertions) => {
            Err(Error::new(ErrorKind::InvalidOperation, missing.to_string()))
        }
        Err(missing) => {
            tracing::error!(key = missing.key, lang = missing.lang, why = missing.why, "words are missing");
            Ok(missing.shown)
        }
    }
}

/// Writes a value as the templates show it. Minijinja would write each slash as an entity too, which protects nobody within
/// text or a quoted attribute, and leaves no address readable in the source.
fn shown(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(words) if matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe() => {
            escape(words, |piece| out.write_str(piece))?;
        }
        Some(words) if value.is_safe() || matches!(state.auto_escape(), AutoEscape::None) => {
            out.write_str(words)?;
        }
        _ => escape_formatter(out, state, value)?,
    }
    Ok(())
}

/// Hands on the words in pieces, with an entity in the place of each letter that HTML could take for its own.
fn escape<E>(words: &str, mut write: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut rest = words;
    while let Some(place) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        let entity = match rest.as_bytes()[place] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#x27;",
        };
        if place > 0 {
            write(&rest[..place])?;
        }
        write(entity)?;
        rest = &rest[place + 1..];
    }
    if rest.is_empty() { Ok(()) } else { write(rest) }
}

/// `link(url)`: an address of the web as a link that shows itself. Anything else stays words.
fn link(url: &str) -> String {
    let escaped = escaped(url);
    match url.starts_with("https://") || url.starts_with("http://") {
        true => format!(r#"<a href="{escaped}">{escaped}</a>"#),
        false => escaped,
    }
}

/// Words as HTML shows them, in text and in an attribute.
pub fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    let Ok(()) = escape(words, |piece| {
        escaped.push_str(piece);
        Ok::<(), std::convert::Infallible>(())
    });
    escaped
}

/// A title that still fits where browsers and search engines show it: whole words, and a sign that more was left out.
/// What is escaped already stays so, and each of its entities is one letter.
fn brief(title: &Value) -> Value {
    let written = title.to_string();
    let mut letters = Vec::new();
    let mut rest = written.trim();
    while let Some(letter) = rest.chars().next() {
        let entity = rest.find(';').filter(|_| title.is_safe() && letter == '&');
        let (taken, left) = rest.split_at(entity.map_or(letter.len_utf8(), |end| end + 1));
        letters.push(taken);
        rest = left;
    }
    let mut brief = letters.concat();
    if letters.len() > TITLE {
        let fits = &letters[..TITLE];
        let words = fits.iter().rposition(|letter| letter.trim().is_empty()).unwrap_or(TITLE - 1);
        let said = letters[..words].concat();
        brief = format!("{}…", said.trim_end_matches(|c: char| c.is_whitespace() || ",:·".contains(c)));
    }
    if title.is_safe() { Value::from_safe_string(brief) } else { brief.into() }
}

/// Breaks a text into lines, the first after `first`, the others after `rest`. Words, and so links, stay whole. Right to
/// left it stays on one line, which mail programs break where it fits: a piece of another direction would come apart.
fn wrap(text: &str, is_rtl: bool, first: Option<&str>, rest: Option<&str>) -> String {
    let first = first.unwrap_or_default();
    let text = typed::to_text(text, is_rtl);
    if is_rtl {
        // The mark says that the line runs from right to left, whatever its first letter is.
        return format!("{first}\u{200F}{text}");
    }
    let rest = rest.unwrap_or(first);
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let wrapped = textwrap::fill(&text, options);
    if wrapped.contains(APART) { reopened(&wrapped, rest) } else { wrapped }
}

/// What is set apart ends with its line and begins again in the next: the marks hold for one line only.
fn reopened(wrapped: &str, indent: &str) -> String {
    let mut lines = Vec::new();
    let mut open = 0_usize;
    for line in wrapped.lines() {
        let (before, after) = if open > 0 { line.split_at(indent.len().min(line.len())) } else { ("", line) };
        let begun = APART.to_string().repeat(open);
        for letter in line.chars() {
            match letter {
                APART => open += 1,
                APART_ENDS => open = open.saturating_sub(1),
                _ => {}
            }
        }
        lines.push(format!("{before}{begun}{after}{}", APART_ENDS.to_string().repeat(open)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Arc<Locales> {
        Arc::new(Locales::load().unwrap())
    }

    fn with(files: &[(&str, &str)]) -> Templates {
        let folder = tempfile::tempdir().unwrap();
        for (name, source) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, source).unwrap();
        }
        Templates::new(english(), Some(folder.path())).unwrap()
    }

    fn context(value: &str) -> serde_json::Value {
        serde_json::json!({ "lang": "en", "value": value })
    }

    #[test]
    fn a_long_title_ends_with_a_whole_word_and_what_is_escaped_stays_so() {
        let brief = |title: &str| {
            let page = with(&[("a.html", "{{ value|brief }}|{% filter brief %}{{ value }}{% endfilter %}")]);
            let shown = page.render("a.html", context(title)).unwrap();
            let (value, block) = shown.split_once('|').unwrap();
            assert_eq!(value, block);
            value.to_owned()
        };
        let fits = "a ".repeat(33) + "&<\"'";
        assert_eq!(fits.len(), TITLE);
        assert_eq!(brief(&fits), "a ".repeat(33) + "&amp;&lt;&quot;&#x27;");
        assert_eq!(brief(&format!("{fits}b")), "a ".repeat(33).trim().to_owned() + "…");
        assert_eq!(brief(&format!("Offer it · {}", "ä".repeat(70))), "Offer it…");
        assert_eq!(brief(&"ä".repeat(71)).chars().count(), TITLE);
        assert_eq!(brief("&amp; it; is"), "&amp;amp; it; is");
    }

    #[test]
    fn a_file_of_the_operator_stands_in_for_the_embedded_one() {
        let templates =
            with(&[("mail/update/subject.txt", "{{ value }}"), ("notes~", "{{ not even a template")]);
        assert_eq!(templates.render("mail/update/subject.txt", context("ours")).unwrap(), "ours");
    }

    #[test]
    fn what_somebody_typed_is_never_a_template_and_is_escaped_on_pages() {
        let templates = with(&[("a.html", "{{ value }}"), ("a.txt", "{{ value }}")]);
        let typed = "{{ 7*7 }} <svg onload=alert(1)>";
        assert_eq!(templates.render("a.txt", context(typed)).unwrap(), typed);
        assert_eq!(
            templates.render("a.html", context(typed)).unwrap(),
            "{{ 7*7 }} &lt;svg onload=alert(1)&gt;"
        );
    }

    #[test]
    fn what_is_shown_cannot_leave_its_text_or_its_attribute_and_an_address_stays_readable() {
        let templates = with(&[
            ("a.html", r#"<a title="{{ value }}">{{ value }}</a>"#),
            ("list.html", "{{ [value] }}"),
            ("safe.html", "{{ value|safe }}"),
        ]);
        let typed = "/p/a?b=c&d=\"e\"'f'<g>é";
        let escaped = "/p/a?b=c&amp;d=&quot;e&quot;&#x27;f&#x27;&lt;g&gt;é";
        let page = templates.render("a.html", context(typed)).unwrap();
        assert_eq!(page, format!(r#"<a title="{escaped}">{escaped}</a>"#));
        let list = templates.render("list.html", context(typed)).unwrap();
        assert!(!list.contains(['<', '"']), "{list}");
        assert_eq!(templates.render("safe.html", context(typed)).unwrap(), typed);
    }

    #[test]
    fn a_link_shows_its_address_and_nothing_gets_out_of_it() {
        let templates = with(&[("a.html", "{{ link(value) }}")]);
        let shown = |url: &str| templates.render("a.html", context(url)).unwrap();
        let url = "https://a.example/b?c=d";
        assert_eq!(shown(url), format!(r#"<a href="{url}">{url}</a>"#));
        assert_eq!(shown(r#"javascript:alert("x")"#), "javascript:alert(&quot;x&quot;)");
        let quoted = shown(r#"https://a.example/"onclick='x'><b>&"#);
        assert_eq!(quoted.matches('<').count(), 2, "{quoted}");
        assert_eq!(quoted.matches('"').count(), 2, "{quoted}");
    }

    #[test]
    fn a_value_that_the_context_lacks_is_an_error_that_quotes_no_value() {
        let templates = with(&[("a.html", "{{ value }} {{ valeu }}")]);
        let error = templates.render("a.html", context("private words")).unwrap_err();
        assert!(format!("{error:#}").contains("a.html"), "{error:#}");
        assert!(!format!("{error:#?}").contains("private words"), "{error:#?}");
    }

    #[test]
    fn a_loop_without_end_runs_out_of_fuel() {
        let source = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
        let error = with(&[("a.txt", source)]).render("a.txt", context("")).unwrap_err();
        assert!(format!("{error:#}").contains("fuel"), "{error:#}");
    }

    #[test]
    fn words_and_dates_come_in_the_language_of_the_context_also_inside_a_macro() {
        let templates = with(&[
            (
                "macros.html",
                "{% macro when(day) %}{{ day|date }}, {{ t('age-days', count=2) }}{% endmacro %}",
            ),
            ("a.html", "{% import 'macros.html' as m %}{{ m.when(value) }}"),
        ]);
        assert_eq!(templates.render("a.html", context("2026-05-01")).unwrap(), "1 May 2026, 2 days");
    }

    #[test]
    fn a_page_in_the_pseudo_language_is_so_throughout() {
        let folder = tempfile::tempdir().unwrap();
        let source = "{{ dir }} {{ t('age-days', count=2) }} {{ value|date }}";
        std::fs::write(folder.path().join("a.html"), source).unwrap();
        let locales = Arc::new(Locales::load_with(true, None).unwrap());
        let templates = Templates::new(Arc::clone(&locales), Some(folder.path())).unwrap();
        let page = |lang: &str, dir: &str| {
            let context = serde_json::json!({ "lang": lang, "dir": dir, "value": "2026-05-01" });
            templates.render("a.html", context).unwrap()
        };
        let words = locales.public();
        let shown = page(words.lang(), words.dir());
        assert!(shown.starts_with("rtl ") && shown.contains("Mááý") && !shown.contains("days"), "{shown}");
        assert_eq!(page("en", "ltr"), "ltr 2 days 1 May 2026");
    }

    #[test]
    fn a_template_that_does_not_compile_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.html"), "{% if %}").unwrap();
        assert!(Templates::new(english(), Some(folder.path())).is_err());
    }

    #[test]
    fn lines_end_by_72_characters_and_links_stay_whole() {
        let link = format!("https://example.org/{}", "a".repeat(90));
        let text = format!("{} see {link} for more of it", "word ".repeat(30).trim_end());
        let wrapped = wrap(&text, false, Some("  - "), Some("    "));
        assert!(wrapped.contains(&link));
        assert!(wrapped.lines().all(|line| line.chars().count() <= WIDTH || line.contains(&link)));
        assert!(wrapped.lines().skip(1).all(|line| line.starts_with("    ")));
    }
}
