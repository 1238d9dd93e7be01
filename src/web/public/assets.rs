//! Stylesheets, fonts and the icon, out of the binary.

use poem::http::{HeaderMap, StatusCode, header};
use poem::web::Path;
use poem::{Response, handler};
use rust_embed::RustEmbed;

use crate::web::error;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
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
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let cache = if path.starts_with("fonts/") || path.starts_with("pico/") { PASSED_ON } else { OURS };
    let response = Response::builder().header(header::ETAG, &tag).header(header::CACHE_CONTROL, cache);
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known.flat_map(|value| value.split(',')).any(|value| value.trim().trim_start_matches("W/") == tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    Ok(response.content_type(kind).body(file.data.into_owned()))
}

fn content_type(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "woff2" => Some("font/woff2"),
        "svg" => Some("image/svg+xml"),
        "txt" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}
