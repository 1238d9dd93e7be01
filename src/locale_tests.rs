use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;
use crate::domain::words::{InOurControl, Reason};

/// The keys that the code puts together from a family and a code, or from a beginning and an end.
fn composed_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
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

/// The languages that the program comes with, English included.
fn folders() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/locales");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn every_language_has_the_keys_of_english_and_none_of_its_own() {
    let english = keys(&sources("templates/locales/en", &[".ftl"]));
    let folders = folders();
    assert!(["cy", "en", "ur"].iter().all(|lang| folders.iter().any(|known| known == lang)), "{folders:?}");
    let locales = Locales::load().unwrap();
    assert_eq!(locales.langs().collect::<BTreeSet<_>>(), folders.iter().map(String::as_str).collect());
    for lang in locales.langs() {
        let theirs = keys(&sources(&format!("templates/locales/{lang}"), &[".ftl"]));
        let missing: Vec<_> = english.difference(&theirs).collect();
        let left_over: Vec<_> = theirs.difference(&english).collect();
        assert!(
            missing.is_empty() && left_over.is_empty(),
            "{lang} lacks {missing:?}, and has {left_over:?}"
        );
    }
}

/// What the gaps of each key are filled with. Other gaps than these stay empty, whatever the language is; words in quotes,
/// such as a mark of direction, are none.
fn gaps(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut gaps: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in sources(&format!("templates/locales/{lang}"), &[".ftl"]).lines() {
        if line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            key = line.split_once(" =").unwrap().0.to_owned();
        } else if line.starts_with('#') || key.is_empty() {
            continue;
        }
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
        let named = line.split('$').skip(1).filter_map(|after| after.split(|letter| !is_name(letter)).next());
        gaps.entry(key.clone()).or_default().extend(named.map(str::to_owned));
    }
    gaps
}

#[test]
fn no_language_leaves_out_a_gap_of_english_or_has_one_that_nothing_fills() {
    let english = gaps("en");
    for lang in folders() {
        for (key, theirs) in gaps(&lang) {
            assert_eq!(english.get(&key), Some(&theirs), "{lang}: {key}");
        }
    }
}

#[test]
fn every_text_of_every_language_is_whole_whatever_is_counted() {
    let locales = Locales::load().unwrap();
    for words in locales.all() {
        for (key, gaps) in gaps(words.lang()) {
            // Every form of every plural that people can meet, and a word where one form asks for a word.
            for fill in [0, 1, 2, 3, 5, 6, 11, 100].map(Arg::Number).into_iter().chain([Arg::from("x")]) {
                let args: Vec<(&str, Arg<'_>)> =
                    gaps.iter().map(|gap| (gap.as_str(), fill.clone())).collect();
                let said = words.try_text(&key, &args).unwrap();
                assert!(
                    !said.trim().is_empty() && !said.contains(['{', '}']),
                    "{}: {key}: {said}",
                    words.lang()
                );
            }
        }
    }
}

#[test]
fn a_language_says_its_name_and_whether_somebody_has_checked_it() {
    let locales = Locales::load().unwrap();
    let told = |lang: &str| {
        let words = locales.get(lang);
        (words.name().to_owned(), words.dir(), words.is_checked())
    };
    assert_eq!(told("en"), ("English".to_owned(), "ltr", true));
    assert_eq!(told("cy-GB"), ("Cymraeg".to_owned(), "ltr", false));
    assert_eq!(told("ur"), ("اردو".to_owned(), "rtl", false));
    for lang in folders() {
        let checked = locales.get(&lang).text("language-checked", &[]);
        assert!(["yes", "no"].contains(&checked.as_str()), "{lang}: language-checked is {checked}");
    }
    // The pseudo-language stretches the word, which is for the program.
    assert!(Locales::load_with(true, None).unwrap().public().is_checked());
}

#[test]
fn each_language_calls_every_other_by_its_own_word_for_it() {
    let locales = Locales::load().unwrap();
    for (lang, other, name) in [
        ("en", "cy", "Welsh"),
        ("en", "ur", "Urdu"),
        ("cy", "en", "Saesneg"),
        ("cy", "en-GB", "Saesneg"),
        ("cy", "ur", "Wrdw"),
        ("ur", "en", "انگریزی"),
        ("ur", "cy", "ویلش"),
        ("ur", "de", "جرمن"),
    ] {
        assert_eq!(locales.get(lang).language(other), name, "{other} in {lang}");
    }
    for words in locales.all() {
        assert_eq!(
            words.language(words.lang()),
            words.name(),
            "each calls itself as the language switch does"
        );
        for other in locales.all().filter(|other| other.lang() != words.lang()) {
            let called = words.language(other.lang());
            assert!(called != other.name() && called != other.lang(), "{}: {called}", words.lang());
        }
    }
    // What Unicode has no word for.
    assert_eq!(locales.get("cy").language("xqx"), "xqx");
}

#[test]
fn a_language_of_an_operator_names_others_and_is_named_by_them() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, name) in [("de", "Deutsch"), ("xqx", "Our own")] {
        let path = folder.path().join("locales").join(lang);
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("words.ftl"), format!("language-name = {name}\n")).unwrap();
    }
    let locales = Locales::load_with(false, Some(folder.path())).unwrap();
    assert_eq!(locales.get("de").language("cy"), "Walisisch");
    assert_eq!(locales.get("cy").language("de"), "Almaeneg");
    assert_eq!(locales.get("cy").language("xqx"), "Our own");
    assert_eq!(locales.get("xqx").language("xqx"), "Our own");
}

#[test]
fn an_operator_has_words_and_languages_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    for (path, words) in [
        ("locales/en/mine.ftl", "greeting = Dear reader,\n"),
        ("locales/de/words.ftl", "language-name = Deutsch\nlanguage-checked = yes\ngreeting = Guten Tag,\n"),
        ("locales/de/notes.txt", "not words"),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, words).unwrap();
    }
    let locales = Locales::load_with(false, Some(folder.path())).unwrap();
    let said = |lang: &str, key: &str| locales.get(lang).text(key, &[]);
    assert_eq!(
        (said("en", "greeting"), said("de", "greeting")),
        ("Dear reader,".into(), "Guten Tag,".into())
    );
    let german = locales.get("de");
    assert_eq!((german.name(), german.is_checked()), ("Deutsch", true));
    let day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    assert_eq!(german.date(day), "1. Mai 2026");
    // What is not there is said in English, and told to whoever runs it.
    assert_eq!(said("de", "heading-next"), "Your next update");
    assert!(german.lacking().iter().any(|key| key == "heading-next"));
    assert!(!german.lacking().iter().any(|key| key == "greeting"));
    assert!(locales.get("cy").lacking().is_empty());
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
    let day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    for (lang, date, month) in [
        ("en", "1 May 2026", "May 2026"),
        ("cy", "1 Mai 2026", "Mai 2026"),
        ("ur", "1 مئی، 2026", "مئی 2026"),
    ] {
        let words = locales.get(lang);
        assert_eq!((words.date(day), words.month(day)), (date.to_owned(), month.to_owned()), "{lang}");
    }
    let of = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    for (lang, two, four) in [
        ("en", "a and b", "a, b, c and d"),
        ("cy", "a a b", "a, b, c, a d"),
        (
            "ur",
            "\u{2068}a\u{2069} اور \u{2068}b\u{2069}",
            "\u{2068}a\u{2069}، \u{2068}b\u{2069}، \u{2068}c\u{2069}، اور \u{2068}d\u{2069}",
        ),
    ] {
        let words = locales.get(lang);
        assert_eq!(words.list(&of(&[])), "");
        assert_eq!(words.list(&of(&["a", "b"])), two, "{lang}");
        assert_eq!(words.list(&of(&["a", "b", "c", "d"])), four, "{lang}");
    }
    let welsh = |last: &str| locales.get("cy").list(&of(&["x", last]));
    for (last, and) in [
        ("1 peth", "ac"),
        ("2 beth", "a"),
        ("8 peth", "ac"),
        ("10 peth", "a"),
        ("11 peth", "ac"),
        ("18 peth", "ac"),
        ("21 peth", "a"),
        ("80 peth", "ac"),
        ("100 peth", "a"),
        ("addewid", "ac"),
        ("Ysgol", "ac"),
        ("peth", "a"),
    ] {
        assert_eq!(welsh(last), format!("x {and} {last}"));
    }
    assert_eq!(locales.get("en").list(&of(&["a"])), "a");
    assert_eq!(locales.get("en").counts(&of(&["1 a", "2 b", "3 c"])), "1 a, 2 b, 3 c");
    assert_eq!(locales.get("cy").counts(&of(&["1 a", "2 b"])), "1 a, 2 b");
}

#[test]
fn a_path_or_command_can_be_copied_from_a_sentence_of_any_language() {
    let locales = Locales::load_with(true, None).unwrap();
    let path = "./my project/گھر.xlsx";
    let mut seen = 0;
    for words in locales.all().chain([locales.public()]) {
        let lang = if words.lang() == pseudo::TAG { FALLBACK } else { words.lang() };
        for (key, gaps) in gaps(lang) {
            if !gaps.iter().any(|gap| COPIED.contains(&gap.as_str())) {
                continue;
            }
            let args: Vec<(&str, Arg<'_>)> = gaps.iter().map(|gap| (gap.as_str(), Arg::from(path))).collect();
            let said = words.text(&key, &args);
            assert!(
                said.contains(path) && !said.contains([APART, APART_ENDS]),
                "{}: {key}: {said}",
                words.lang()
            );
            seen += 1;
        }
        let said = words.text("template-made", &[("path", path.into())]);
        assert!(
            said.contains(&format!("hearback import {path} --dry-run")) || lang != words.lang(),
            "{said}"
        );
    }
    assert!(seen >= 8, "{seen}");
    // Whatever else fills a gap keeps its place.
    let said = locales.get("ur").text("greeting-name", &[("name", "Noor".into())]);
    assert!(said.contains("\u{2068}Noor\u{2069}"), "{said}");
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

#[test]
fn a_copy_of_english_is_a_language_as_the_guide_says() {
    let guide =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/translating.md")).unwrap();
    let command = guide.lines().map(str::trim).find(|line| line.starts_with("cp -R ")).unwrap();
    let mut words = command.split(' ').skip(2);
    let (from, to) = (words.next().unwrap(), words.next().unwrap());
    let folder = tempfile::tempdir().unwrap();
    // In a folder of one's own the same works without building anything.
    let copy = folder.path().join(to.strip_prefix("templates/").unwrap());
    std::fs::create_dir_all(&copy).unwrap();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(from)).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let locales = Locales::load_with(false, Some(folder.path())).unwrap();
    let tag = to.rsplit('/').next().unwrap();
    let words = locales.find(tag).unwrap();
    assert_eq!((words.lang(), words.lacking().len()), (tag, 0));
    for key in guide.split('`').filter(|code| code.starts_with("language-")) {
        assert!(words.try_text(key, &[("language", "x".into())]).is_ok(), "the guide names {key}");
    }
}
