use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::domain::words::{InOurControl, Reason};

/// The keys that the code puts together from a family and a code, or from a beginning and an end.
fn composed_keys() -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = (1..=12).map(|month| format!("month-{month}")).collect();
    keys.extend(Reason::ALL.iter().map(|reason| format!("reason-{}", reason.code().replace('_', "-"))));
    keys.extend(InOurControl::ALL.iter().map(|control| format!("control-{}", control.code())));
    keys
}

/// Endings that are added to a key where it is known who did it, or where a number is hidden.
const ENDINGS: &[&str] = &["-by", "-from", "-hidden"];

fn read(folder: &Path, endings: &[&str], into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            read(&path, endings, into);
        } else if endings.iter().any(|ending| name.ends_with(ending)) && !name.ends_with("locale_tests.rs") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
            into.push('\n');
        }
    }
}

fn sources(folder: &str, endings: &[&str]) -> String {
    let mut read_in = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), endings, &mut read_in);
    read_in
}

fn keys(fluent: &str) -> BTreeSet<String> {
    let starts = fluent.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()));
    starts.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim().to_owned()).collect()
}

/// The literals that follow a call, such as the keys that are asked for.
fn asked_for(source: &str, call: &str) -> BTreeSet<String> {
    let calls = source.split(call).skip(1).filter_map(|after| after.trim_start().strip_prefix(['"', '\'']));
    calls.filter_map(|after| after.split(['"', '\'']).next()).map(str::to_owned).collect()
}

#[test]
fn every_key_that_is_asked_for_has_words_and_no_words_are_left_over() {
    let known = keys(&sources("templates/locales/en", &[".ftl"]));
    let code = sources("src", &[".rs"]);
    let templates = sources("templates", &[".html", ".txt"]);
    let mut wanted = composed_keys();
    wanted.extend(asked_for(&code, "words.text("));
    // `code("reason", ..)` and `text(&format!("reason-{..}"))` ask for every key that begins so.
    wanted.extend(asked_for(&code, ".code(").iter().map(|family| format!("{}-", family.replace('_', "-"))));
    wanted.extend(
        asked_for(&code, "text(&format!(")
            .iter()
            .filter_map(|key| key.split_once('{'))
            .map(|(start, _)| start.to_owned()),
    );
    wanted.retain(|key| !key.is_empty());
    wanted.extend(asked_for(&templates, " t("));
    wanted.extend(asked_for(&templates, "(t("));
    // `t("page-error-" ~ status)` asks for every key that begins so.
    let begins = |key: &str| known.range(key.to_owned()..).next().is_some_and(|known| known.starts_with(key));
    let missing: Vec<_> =
        wanted.iter().filter(|key| !(known.contains(*key) || key.ends_with('-') && begins(key))).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");

    let literals: BTreeSet<&str> = code.split('"').chain(templates.split(['"', '\''])).collect();
    let used = |key: &String| {
        let begun = ENDINGS
            .iter()
            .filter_map(|ending| key.strip_suffix(ending))
            .any(|start| literals.contains(start));
        let family = wanted.iter().any(|start| start.ends_with('-') && key.starts_with(start.as_str()));
        family || wanted.contains(key) || literals.contains(key.as_str()) || begun
    };
    let unused: Vec<_> = known.iter().filter(|key| !used(key)).collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}

#[test]
fn every_language_has_the_keys_of_english() {
    let english = keys(&sources("templates/locales/en", &[".ftl"]));
    for lang in Locales::load().unwrap().langs() {
        let theirs = keys(&sources(&format!("templates/locales/{lang}"), &[".ftl"]));
        assert_eq!(english, theirs, "{lang}");
    }
}

#[test]
fn a_missing_key_or_argument_is_named_and_something_safe_is_shown() {
    let locales = Locales::load().unwrap();
    let words = locales.get("en");
    let missing = words.try_text("no-such-words", &[]).unwrap_err();
    assert_eq!((missing.key.as_str(), missing.shown.as_str()), ("no-such-words", "[no-such-words]"));
    assert_eq!(words.try_text("greeting-name", &[]).unwrap_err().shown, "[greeting-name]");
}

#[test]
fn an_unknown_language_falls_back_to_english_and_a_region_to_its_language() {
    let locales = Locales::load().unwrap();
    for lang in ["en", "en-GB", "xx", "", "../../etc"] {
        assert_eq!((locales.get(lang).lang(), locales.get(lang).dir()), ("en", "ltr"));
    }
}

#[test]
fn days_and_lists_read_as_people_write_them() {
    let locales = Locales::load().unwrap();
    let words = locales.get("en");
    let day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    assert_eq!((words.date(day), words.month(day)), ("1 May 2026".to_owned(), "May 2026".to_owned()));
    let list = |items: &[&str]| words.list(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
    assert_eq!(list(&[]), "");
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b"]), "a and b");
    assert_eq!(list(&["a", "b", "c", "d"]), "a, b, c and d");
}

#[test]
fn what_fills_a_gap_is_never_read_as_fluent() {
    let locales = Locales::load().unwrap();
    let said = locales.get("en").text("greeting-name", &[("name", "{ $x } { greeting }".into())]);
    assert_eq!(said, "Hello { $x } { greeting },");
}

#[test]
fn words_put_together_without_fluent_are_those_that_fluent_writes() {
    let locales = Locales::load().unwrap();
    let bundle = &locales.get("en").bundle;
    let source = sources("templates/locales/en", &[".ftl"]);
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    let gaps: BTreeSet<&str> =
        source.split('$').skip(1).filter_map(|after| after.split(|letter| !is_name(letter)).next()).collect();
    let mut compared = 0;
    for fill in [Arg::Number(1), Arg::Number(-12_345), Arg::from("{ $days } ‘words’\n of = theirs")] {
        let args: Vec<(&str, Arg<'_>)> = gaps.iter().map(|gap| (*gap, fill.clone())).collect();
        let mut filled = FluentArgs::new();
        for (name, arg) in &args {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(text.as_ref()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            filled.set(*name, value);
        }
        for key in keys(&source) {
            if let Some(text) = without_choices(bundle, &key, &args) {
                assert_eq!(Ok(text), format(bundle, &key, &filled), "{key}");
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
    assert_eq!(without_choices(bundle, "detail-tried", &[]), None, "an empty gap is for Fluent to report");
}
