//! How a project shows itself on its pages: its two colours, and its logo.

use anyhow::anyhow;
use poem::http::header;
use poem::{Request, Response, handler};

use super::kept::{self, Made};
use super::place::Place;
use crate::domain::colour::Colour;
use crate::error::{Error, Result};
use crate::store::logo;

#[handler]
pub async fn colours(place: Place, request: &Request) -> poem::Result<Response> {
    let key = format!("{}/brand.css", place.base);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, async { sheet(&place) }).await
}

fn sheet(place: &Place) -> Result<Made> {
    let (background, text) = place.shown.row.colours().ok_or_else(|| Error::not_found("Colours"))?;
    let read = |colour: &str| Colour::parse(colour).ok_or_else(|| anyhow!("a colour that is none is stored"));
    let (background, text) = (read(background)?, read(text)?);
    let css = format!(":root {{ --brand-background: {background}; --brand-text: {text}; }}\n");
    Ok(Made::file("text/css; charset=utf-8", css))
}

#[handler]
pub async fn image(place: Place, request: &Request) -> poem::Result<Response> {
    let key = format!("{}/logo", place.base);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, picture(&place)).await
}

async fn picture(place: &Place) -> Result<Made> {
    let found = logo::find(&place.app.db.reader, place.shown.row.id).await?;
    let logo = found.ok_or_else(|| Error::not_found("A logo"))?;
    Ok(Made::file(logo.kind.code(), logo.bytes).with(header::CONTENT_SECURITY_POLICY, "default-src 'none'"))
}
