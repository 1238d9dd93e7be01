//! The page where the code of a letter is typed: it leads to the page behind the person's link, and to nothing else.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use poem::http::StatusCode;
use poem::web::{Data, Redirect, RemoteAddr};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::Serialize;

use crate::actions::participants;
use crate::app::App;
use crate::locale::FALLBACK;
use crate::web::{self, Chosen, Language, error, guard};

/// After so many codes that nobody has from one place in [`WHILE`], the answer to another such code is to wait. Nobody guesses
/// one in any number of tries. Behind a proxy all come from one place, so a code that somebody has leads on even then.
const TRIES: u32 = 60;
const WHILE: Duration = Duration::from_secs(600);

/// Where the page is, as `web::routes` has it.
const ADDRESS: &str = "/c";

/// Places that are remembered at most.
const PLACES: usize = 10_000;

/// `None` where the server does not say: all of those are one.
type Place = Option<IpAddr>;

/// How many codes that nobody has came from where.
#[derive(Clone, Default)]
pub struct Tries(Arc<Mutex<HashMap<Place, (Instant, u32)>>>);

impl Tries {
    fn are_used_up(&self, from: Place, now: Instant) -> bool {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.get(&from).is_some_and(|(since, tries)| now - *since < WHILE && *tries >= TRIES)
    }

    fn count(&self, from: Place, now: Instant) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= PLACES {
            tries.retain(|_, (since, _)| now - *since < WHILE);
        }
        if tries.len() >= PLACES {
            tries.clear();
        }
        let place = tries.entry(from).or_insert((now, 0));
        if now - place.0 >= WHILE {
            *place = (now, 0);
        }
        place.1 += 1;
    }
}

/// One household has 2^64 addresses of IPv6.
fn place(remote: &RemoteAddr) -> Place {
    let ip = remote.as_socket_addr()?.ip().to_canonical();
    Some(match ip {
        IpAddr::V6(ip) => IpAddr::V6((u128::from(ip) & !u128::from(u64::MAX)).into()),
        ip => ip,
    })
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    language: Language<'a>,
    many: bool,
}

fn page(app: &App, chosen: &Chosen, many: bool) -> poem::Result<Response> {
    let words = app.locales.page(chosen.tag(), FALLBACK);
    let address = format!("{}{ADDRESS}", chosen.home());
    let language = Language::at(app, words, chosen, FALLBACK, &address);
    let mut page = web::page(app, "pages/code.html", Page { language, many })?;
    if many {
        page.set_status(StatusCode::TOO_MANY_REQUESTS);
    }
    Ok(page)
}

#[handler]
pub async fn ask(app: Data<&Arc<App>>, request: &Request) -> poem::Result<Response> {
    page(&app, &Chosen::of(request), false)
}

/// Leads on, and changes nothing. The answer to every code that nobody has is the same as to any other address that is not
/// there.
#[handler]
pub async fn lead(
    app: Data<&Arc<App>>,
    tries: Data<&Tries>,
    remote: &RemoteAddr,
    request: &Request,
    body: Body,
) -> poem::Result<Response> {
    let (from, now) = (place(remote), Instant::now());
    let body = guard::read(body).await?;
    let code = url::form_urlencoded::parse(&body).find(|(name, _)| name == "code").map(|(_, code)| code);
    let token = match code {
        Some(code) => participants::token_by_code(&app, &code).await?,
        None => None,
    };
    match token {
        Some(token) => Ok(Redirect::see_other(format!("/u/{token}")).into_response()),
        // A code that somebody has leads on whatever others behind the same proxy typed.
        None if tries.are_used_up(from, now) => page(&app, &Chosen::of(request), true),
        None => {
            tries.count(from, now);
            Err(error::not_found())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_counted_by_place_and_forgotten_after_a_while() {
        let (tries, now) = (Tries::default(), Instant::now());
        let from = |text: &str| Some(text.parse().unwrap());
        for _ in 0..TRIES {
            assert!(!tries.are_used_up(from("192.0.2.1"), now));
            tries.count(from("192.0.2.1"), now);
        }
        assert!(tries.are_used_up(from("192.0.2.1"), now));
        assert!(!tries.are_used_up(from("192.0.2.2"), now));
        assert!(!tries.are_used_up(from("192.0.2.1"), now + WHILE));
        tries.count(from("192.0.2.1"), now + WHILE);
        assert!(!tries.are_used_up(from("192.0.2.1"), now + WHILE));
    }
}
