//! Addresses of lists. Each list has one address: the parameters that mean something, in one order. Whoever asks for it in
//! another way is sent there, so that what is shared, printed and kept is the same.

use std::borrow::Cow;

use poem::http::{StatusCode, header};
use poem::{Request, Response};
use url::form_urlencoded;

pub type Pairs = Vec<(&'static str, String)>;

/// The parameters that were asked for, as they came.
pub fn asked(request: &Request) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).collect()
}

/// The address of a list.
pub fn of(path: &str, pairs: &[(&'static str, String)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

/// Sends whoever asked in another way to the one address. What differs only in how letters are escaped is not sent: some
/// proxies write addresses anew, and would never let anybody arrive.
pub fn elsewhere(request: &Request, path: &str, pairs: &[(&'static str, String)]) -> Option<Response> {
    let asked = asked(request);
    let asked = asked.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    let same = asked.eq(pairs.iter().map(|(name, value)| (*name, value.as_str())));
    (!same).then(|| {
        let builder = Response::builder().status(StatusCode::SEE_OTHER);
        builder.header(header::LOCATION, of(path, pairs)).finish()
    })
}

/// What somebody typed into an address: on one line, with single blanks, and no longer than `most` characters.
pub fn typed(value: &str, most: usize) -> Option<String> {
    let visible: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let single = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = single.chars().take(most).collect();
    let cut = cut.trim_end();
    (!cut.is_empty()).then(|| cut.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_comes_out_the_same_when_it_is_typed_again() {
        for value in ["  a \0 b\r\n", "abc def", "é\u{7f}", "abcd  efgh ijkl"] {
            let once = typed(value, 9).unwrap();
            assert_eq!(typed(&once, 9).as_deref(), Some(once.as_str()), "{value:?}");
            assert!(once.chars().count() <= 9);
        }
        assert_eq!(typed(" \0\t ", 9), None);
    }
}
