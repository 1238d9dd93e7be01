//! What another site can show of a public project: a badge, and a small page for a frame. Neither sets a cookie, runs a
//! script or knows who looks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use poem::http::{HeaderName, header};
use poem::{Request, Response, handler};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::feed::readable;
use super::frame::Frame;
use super::kept::{self, Made};
use super::place::Place;
use crate::domain::colour::Colour;
use crate::domain::reading::Reading;
use crate::domain::words::{Progress, Response as Answer, Verdict};
use crate::error::Result;
use crate::locale::{Arg, Words};
use crate::web::error;

/// What a site asks for. Anything that is not known is as if it were not there.
#[derive(serde::Deserialize, Default)]
struct Asked {
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    accent: Option<String>,
}

fn asked(request: &Request) -> (&'static str, Option<Colour>) {
    let asked = request.params::<Asked>().unwrap_or_default();
    let theme = match asked.theme.as_deref() {
        Some("light") => "light",
        Some("dark") => "dark",
        _ => "auto",
    };
    let accent = asked
        .accent
        .as_deref()
        .and_then(|accent| Colour::parse(accent).or_else(|| Colour::parse(&format!("#{accent}"))));
    (theme, accent)
}

/// A badge is fetched by everybody who reads the page around it.
const SOON: &str = "public, max-age=600";

/// Any site may show it.
fn open(made: Made) -> Made {
    made.with(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin")
}

struct Counts {
    answered: String,
    done: String,
    confirmed: String,
    stalled: String,
    /// What was promised or asked and did not come: only what there is.
    owed: Vec<String>,
}

fn counts(words: &Words, reading: &Reading, today: NaiveDate) -> Counts {
    let all = &reading.recommendations;
    let say = |key: &str, count: usize| {
        words.text(key, &[("count", Arg::from(count)), ("of", Arg::from(all.len()))])
    };
    let progress = |state| all.iter().filter(|read| read.standing.progress == state).count();
    let confirmed = all.iter().filter(|read| reading.verdict(&read.reference) == Some(Verdict::Confirmed));
    let answered = all.iter().filter(|read| read.standing.response != Answer::Awaiting).count();
    let promises = all.iter().flat_map(|read| &read.standing.promises);
    let missed = promises.filter(|promise| promise.is_open() && promise.due_on < today).count();
    let owed = [("count-missed", missed), ("page-embed-unanswered", all.len() - answered)];
    Counts {
        owed: owed.iter().filter(|(_, count)| *count > 0).map(|(key, count)| say(key, *count)).collect(),
        answered: say("count-answered", answered),
        done: say("count-done", progress(Progress::Done)),
        confirmed: say("count-confirmed", confirmed.count()),
        stalled: say("count-stalled", progress(Progress::Stalled)),
    }
}

#[derive(Serialize)]
struct Badge<'a> {
    lang: &'a str,
    dir: &'a str,
    title: String,
    text: String,
    theme: &'a str,
    width: u32,
}

#[handler]
pub async fn badge(place: Place, request: &Request) -> poem::Result<Response> {
    if !place.is_public {
        return Err(error::not_found());
    }
    let (theme, _) = asked(request);
    let key = format!("{}/badge.svg?{theme}", place.base);
    let made = drawn(&place, theme);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, made).await
}

async fn drawn(place: &Place, theme: &str) -> Result<Made> {
    let words = place.words();
    let counts = counts(words, &*place.reading().await?, place.shown.today);
    let args = [
        ("answered", Arg::from(counts.answered)),
        ("done", counts.done.into()),
        ("confirmed", counts.confirmed.into()),
    ];
    let text = words.text("badge-text", &args);
    let project = readable(&place.shown.row.title);
    let title = words.text("badge-title", &[("project", project.into()), ("text", (&text).into())]);
    let width = width(&text);
    let context = Badge { lang: words.lang(), dir: words.dir(), title, text, theme, width };
    let svg = super::render(&place.app, "pages/public/badge.svg.html", context)?;
    Ok(open(Made::file("image/svg+xml; charset=utf-8", svg.trim()))
        .with(header::CACHE_CONTROL, SOON)
        .with(header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"))
}

/// Pixels for a text of 14 pixels in whatever typeface is at hand: generous, because nothing here can measure it.
fn width(text: &str) -> u32 {
    let tenths: u32 = text
        .chars()
        .map(|c| match c {
            ' ' | '.' | ',' | '·' => 55,
            c if c.is_ascii() => 88,
            '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' => 0,
            c if c < '\u{1100}' => 98,
            _ => 150,
        })
        .sum();
    tenths.div_ceil(10) + 44
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    theme: &'a str,
    /// The rule that sets the colour that was asked for.
    accent: Option<String>,
    counts: [String; 4],
    owed: Vec<String>,
}

#[handler]
pub async fn frame(place: Place, request: &Request) -> poem::Result<Response> {
    if !place.is_public {
        return Err(error::not_found());
    }
    let (theme, accent) = asked(request);
    if accent.is_some() {
        // Millions of colours would be millions of pages to keep.
        return Ok(kept::answer_once(request, framed(&place, theme, accent).await?));
    }
    let key = format!("{}/embed?{theme}", place.base);
    let made = framed(&place, theme, None);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, made).await
}

async fn framed(place: &Place, theme: &str, accent: Option<Colour>) -> Result<Made> {
    let words = place.words();
    let counts = counts(words, &*place.reading().await?, place.shown.today);
    // A browser takes the one rule that its policy names by its hash, and no other.
    let accent = accent.map(|accent| format!(":root{{--accent:{accent}}}"));
    let styles = accent.as_ref().map_or_else(String::new, |rule| {
        format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(rule.as_bytes())))
    });
    let policy = format!(
        "default-src 'none'; style-src 'self'{styles}; font-src 'self'; form-action 'none'; base-uri 'none'; \
         frame-ancestors *"
    );
    let page = Page {
        theme,
        accent,
        counts: [counts.answered, counts.done, counts.confirmed, counts.stalled],
        owed: counts.owed,
        frame: Frame::of(place, words, &format!("{}/embed", place.base)),
    };
    let made = Made::page(super::render(&place.app, "pages/public/embed.html", page)?);
    Ok(open(made).with_made(header::CONTENT_SECURITY_POLICY, &policy))
}
