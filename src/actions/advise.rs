//! Advice on how the words of an act can be read more easily. It goes to who typed them and nowhere else: not on the
//! record, never into a log. Nothing is refused for it.

use std::collections::BTreeMap;

use crate::app::App;
use crate::domain::history::{Act, column_in};
use crate::domain::pack::{Pack, Row};
use crate::domain::plain_language::{Gap, check};

/// Pieces of advice that are told about one act; the others are counted.
const MOST: usize = 5;
/// The language of what staff are told.
const TOLD_IN: &str = "en";

/// By the row of `history`, the columns whose words can be read more easily.
pub type Columns = BTreeMap<u32, Vec<String>>;

/// Words of an act: their column, their language where it is not the project's, and what they say.
type Told<'a> = (String, Option<&'a str>, &'a str);

/// The words of an act that people are told in full, in every language. Stories and what participants say are theirs.
pub fn told(act: &Act) -> Vec<Told<'_>> {
    let told = [
        ("explanation", &act.explanation),
        ("tried", &act.tried),
        ("unblock", &act.unblock),
        ("noticed_by", &act.noticed_by),
    ];
    let mut all = Vec::new();
    for (column, words) in told {
        all.extend(words.as_deref().map(|words| (column.to_owned(), None, words)));
        for (language, translated) in &act.translations {
            let words = translated.get(column).map(String::as_str);
            all.extend(words.map(|words| (column_in(column, language), Some(language.as_str()), words)));
        }
    }
    all
}

/// The cells of a pack about which there is something to say.
pub fn columns_of(pack: &Pack) -> Columns {
    let lang = &pack.project.language;
    let hard = |(column, language, words): Told<'_>| {
        (!check(words, language.unwrap_or(lang)).is_empty()).then_some(column)
    };
    let of_row =
        |row: &Row<Act>| (row.line, told(&row.value).into_iter().filter_map(hard).collect::<Vec<String>>());
    pack.history.iter().map(of_row).filter(|(_, columns)| !columns.is_empty()).collect()
}

/// What to say about a text, each thing once: at most `most` sentences, and how many more there are.
pub fn on_text(app: &App, text: &str, lang: &str, most: usize) -> Vec<String> {
    let mut said = Vec::new();
    for sentence in sentences(app, text, lang) {
        if !said.contains(&sentence) {
            said.push(sentence);
        }
        if said.len() == MANY {
            break;
        }
    }
    cut(app, said, most)
}

/// Lines for who logged an act: none where all is easy to read.
pub fn on_act(app: &App, act: &Act, lang: &str) -> String {
    let mut said = Vec::new();
    for (column, language, text) in told(act) {
        let sentences = on_text(app, text, language.unwrap_or(lang), MANY);
        said.extend(sentences.into_iter().map(|sentence| format!("{column}: {sentence}")));
    }
    if said.is_empty() {
        return String::new();
    }
    let mut lines = app.locales.get(TOLD_IN).text("plain-head", &[]);
    lines.push('\n');
    for line in cut(app, said, MOST) {
        lines.push_str(&format!("- {line}\n"));
    }
    lines
}

/// Nobody counts further, and comparing each with all before it stays quick.
const MANY: usize = 100;

fn cut(app: &App, mut said: Vec<String>, most: usize) -> Vec<String> {
    let more = said.len().saturating_sub(most);
    if more > 0 {
        said.truncate(most);
        said.push(app.locales.get(TOLD_IN).text("plain-more", &[("count", more.into())]));
    }
    said
}

fn sentences(app: &App, text: &str, lang: &str) -> impl Iterator<Item = String> {
    let words = app.locales.get(TOLD_IN);
    check(text, lang).into_iter().map(move |finding| {
        let args = finding.args(text).into_iter().map(|(name, gap)| match gap {
            Gap::Text(text) => (name, text.into()),
            Gap::Number(number) => (name, number.into()),
        });
        words.text(finding.key(), &args.collect::<Vec<_>>())
    })
}
