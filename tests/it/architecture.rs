//! The folder is the layer: what each may use is held by reading the sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const ROOTS: &[&str] =
    &["app", "calendars", "clock", "config", "error", "keys", "locale", "stop", "templates"];

/// What a layer may use of this crate, beside itself.
fn may_use(layer: &str) -> BTreeSet<&'static str> {
    let allowed: &[&str] = match layer {
        "domain" => &[],
        "store" => &["domain"],
        "mail" => &["domain", "templates", "locale"],
        "actions" => &["domain", "store", "mail", "app", "error", "keys", "config"],
        "jobs" => &["actions", "store", "mail", "domain", "app", "error"],
        "web" => &["actions", "store", "domain", "templates", "locale", "app", "error"],
        "cli" => &["actions", "domain", "jobs", "mail", "store", "web"],
        _ => &[],
    };
    let mut allowed: BTreeSet<&str> = allowed.iter().copied().collect();
    if layer == "cli" {
        allowed.extend(ROOTS);
    }
    allowed
}

/// Words that must not stand in a layer's files.
const NEVER: &[(&str, &[&str])] = &[
    ("domain", &["async fn", "tokio", "std::fs", "std::env", "poem", ".await"]),
    ("mail", &["poem", "ActiveModel", "store::begin"]),
    ("actions", &["poem"]),
    ("jobs", &["poem"]),
    ("web", &["ActiveModel", "store::begin", "begin("]),
    ("cli", &["ActiveModel", "store::begin", "begin("]),
];

struct Source {
    path: PathBuf,
    layer: String,
    /// Without comments.
    code: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source");
            let inner = path.strip_prefix(&root).expect("in src").to_path_buf();
            let first = inner.components().next().expect("a name").as_os_str().to_string_lossy();
            let layer = first.trim_end_matches(".rs").to_owned();
            let code = text.lines().map(without_comment).collect::<Vec<_>>().join("\n");
            Source { path: inner, layer, code, lines: text.lines().count() }
        })
        .collect()
}

fn without_comment(line: &str) -> &str {
    let line = line.trim_start();
    if line.starts_with("//") { "" } else { line.split(" // ").next().unwrap_or_default() }
}

/// The modules at the root of this crate that a source names: in `use` lines, also grouped ones, and in paths.
fn used(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let is_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        if is_word {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group)),
            None => found.extend(name(rest)),
        }
    }
    found
}

/// The first names in a group, which may itself hold groups.
fn members(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.into_iter().filter_map(|part| name(part.trim())).collect()
}

fn name(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

#[test]
fn the_reader_of_sources_sees_groups_and_paths_in_the_middle_of_a_line() {
    let code = "use crate::{domain::event, store::{self, project}, web};\nlet x = crate::jobs::tick(app); mycrate::mail::y();";
    let expected = ["domain", "jobs", "store", "web"];
    assert_eq!(used(code).into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn every_layer_uses_only_the_layers_below_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        if ["main", "lib", "app"].contains(&source.layer.as_str()) {
            continue;
        }
        // A rule may be turned into an error that somebody can act on.
        let allowed = match source.layer.as_str() {
            "error" => BTreeSet::from(["domain"]),
            "config" => BTreeSet::from(["error"]),
            "templates" => BTreeSet::from(["locale"]),
            "calendars" => BTreeSet::from(["domain"]),
            "locale" => BTreeSet::from(["domain"]),
            "locale_tests" => BTreeSet::from(["domain", "locale"]),
            layer => may_use(layer),
        };
        for name in used(&source.code) {
            if name != source.layer && !allowed.contains(name.as_str()) {
                wrong.push(format!("{} uses {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_layer_is_left_by_way_of_super() {
    let mut wrong = Vec::new();
    for source in sources() {
        // However deep the module: two steps up and then the name of another layer.
        for other in ["domain", "store", "mail", "actions", "jobs", "web", "cli"] {
            let way = format!("super::super::{other}::");
            if other != source.layer && source.code.contains(&way) {
                wrong.push(format!("{}: {way}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_layer_must_not_do_stands_nowhere_in_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (_, words) in NEVER.iter().filter(|(layer, _)| *layer == source.layer) {
            for word in words.iter().filter(|word| source.code.contains(**word)) {
                wrong.push(format!("{}: {word}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_time_and_the_environment_are_read_in_one_place_each() {
    for source in sources() {
        let path = source.path.display().to_string();
        for (word, only) in [
            ("Utc::now", "clock.rs"),
            ("Local::now", "clock.rs"),
            ("SystemTime::now", "clock.rs"),
            ("env::var", "config.rs"),
        ] {
            assert!(path == only || !source.code.contains(word), "{path} has {word}");
        }
    }
}

#[test]
fn no_file_is_longer_than_500_lines() {
    for source in sources() {
        assert!(source.lines <= 500, "{} has {} lines", source.path.display(), source.lines);
    }
}

#[test]
fn migrations_know_nothing_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).expect("a manifest");
    assert!(!manifest.contains("hearback ="), "{manifest}");
    for entry in std::fs::read_dir(root.join("src")).expect("a folder") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a source");
        assert!(!text.contains("use hearback"));
    }
}
