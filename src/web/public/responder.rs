//! Who was asked, across all public projects.

use super::row::escaped;

/// A responder's page. `home` is what the addresses of pages begin with. Names are the same whatever their case and spacing.
pub fn href(home: &str, name: &str) -> String {
    format!("{home}/responders/{}", escaped(&key(name)))
}

/// A name as it is compared: in lower case, with single spaces.
pub fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
