//! Where quiet calendars come from: files in `assets/calendars/`, embedded in the binary, each replaceable by a file in a
//! folder of the operator, which can hold others too.

use std::path::Path;

use crate::domain::calendars::{Calendars, Source};

#[derive(rust_embed::Embed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/calendars/"]
struct Embedded;

const ENDING: &str = ".toml";

/// All calendars. What cannot be used is told among them: nobody should go without their quiet times because of a slip
/// in one file.
pub fn load(folder: Option<&Path>) -> Calendars {
    Calendars::read([embedded(), folder.map(of_folder).unwrap_or_default()])
}

fn embedded() -> Vec<Source> {
    let text = |name: &str| match Embedded::get(name).map(|file| String::from_utf8(file.data.into_owned())) {
        Some(Ok(text)) => Ok(text),
        Some(Err(_)) | None => Err("the file is not UTF-8".to_owned()),
    };
    Embedded::iter().map(|name| (name.to_string(), text(&name))).collect()
}

/// Files of other kinds, such as an editor's backups, are left alone.
fn of_folder(folder: &Path) -> Vec<Source> {
    let shown = folder.display().to_string();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return vec![(shown, Err(format!("the folder cannot be read: {error}")))],
    };
    let mut files = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_name().to_string_lossy().ends_with(ENDING) => {
                let path = entry.path();
                let text = std::fs::read_to_string(&path).map_err(|error| error.to_string());
                files.push((path.display().to_string(), text));
            }
            Ok(_) => {}
            Err(error) => files.push((shown.clone(), Err(error.to_string()))),
        }
    }
    files.sort();
    files
}

#[cfg(test)]
#[path = "calendars_tests.rs"]
mod tests;
