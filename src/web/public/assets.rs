//! Stylesheets, scripts, fonts and the icon, out of the binary. What is text goes out compressed to whoever can read it.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;
use poem::http::{HeaderMap, StatusCode, header};
use poem::web::Path;
use poem::{Response, handler};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::web::error;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
#[exclude = "calendars/*"]
struct Assets;

/// A name stays the same when its content changes. What we write ourselves is asked for again soon, so that a page is
/// not shown in the clothes of the version before; what we only pass on hardly ever changes.
const OURS: &str = "public, max-age=600";
const PASSED_ON: &str = "public, max-age=2592000";

#[handler]
pub async fn asset(Path(path): Path<String>, headers: &HeaderMap) -> poem::Result<Response> {
    let (Some(file), Some(kind)) = (Assets::get(&path), content_type(&path)) else {
        return Err(error::not_found());
    };
    let is_text = !kind.starts_with("font/");
    let smaller = (is_text && accepts_gzip(headers)).then(|| compressed(&file));
    let hash = hex::encode(&file.metadata.sha256_hash()[..16]);
    // Two forms are two things for whoever keeps them, so they have two tags.
    let tag = if smaller.is_some() { format!("\"{hash}-gzip\"") } else { format!("\"{hash}\"") };
    let cache = if path.starts_with("fonts/") || path.starts_with("pico/") { PASSED_ON } else { OURS };
    let mut response = Response::builder().header(header::ETAG, &tag).header(header::CACHE_CONTROL, cache);
    if is_text {
        response = response.header(header::VARY, "Accept-Encoding");
    }
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known.flat_map(|value| value.split(',')).any(|value| value.trim().trim_start_matches("W/") == tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let response = response.content_type(kind);
    Ok(match smaller {
        Some(bytes) => response.header(header::CONTENT_ENCODING, "gzip").body(bytes),
        None => response.body(file.data.into_owned()),
    })
}

fn content_type(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "woff2" => Some("font/woff2"),
        "svg" => Some("image/svg+xml"),
        "txt" | "py" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

/// Whether the browser names gzip, and not with `q=0`, which forbids it.
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_some_and(|weight| weight > 0.0)
    })
}

/// A file as gzip: made when it is first asked for, then kept. By its hash, because in a debug build files are read
/// from the folder and may change.
fn compressed(file: &EmbeddedFile) -> Vec<u8> {
    static KEPT: LazyLock<Mutex<HashMap<[u8; 32], Vec<u8>>>> = LazyLock::new(Mutex::default);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = kept.entry(file.metadata.sha256_hash()).or_insert_with(|| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&file.data).expect("a Vec takes all that is written");
        gzip.finish().expect("a Vec takes all that is written")
    });
    bytes.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_whoever_names_it_and_does_not_forbid_it() {
        let accepts = |value: &str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().unwrap())]);
            accepts_gzip(&headers)
        };
        for yes in ["gzip", "gzip, deflate, br", "br;q=1.0, GZIP ; q=0.5", "deflate,gzip;q=0.001"] {
            assert!(accepts(yes), "{yes}");
        }
        for no in ["", "identity", "br, deflate", "gzip;q=0", "gzip;q=0.000, br", "gzip;q=x", "xgzip"] {
            assert!(!accepts(no), "{no}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
