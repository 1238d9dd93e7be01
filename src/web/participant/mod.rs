//! The page behind a person's link: how their updates stand, and two buttons. It names no topic, project or
//! organisation, since somebody may look over a shoulder.

pub mod code;

use std::sync::Arc;

use poem::web::{Data, Path};
use poem::{Body, Request, Response, handler};
use serde::Serialize;

use super::{Chosen, Language, error, guard};
use crate::actions::participants::{self, Seen};
use crate::app::App;
use crate::domain::words::ParticipantState;

#[derive(Serialize)]
struct Updates<'a> {
    #[serde(flatten)]
    language: Language<'a>,
    token: &'a str,
    state: &'static str,
    /// What a button has just done: the tail of its message's key.
    just: Option<&'static str>,
    sender: &'a str,
    contact_email: &'a str,
    contact_phone: Option<&'a str>,
    phone_link: Option<String>,
    support_contact: Option<&'a str>,
    next_on: Option<String>,
}

/// Mail scanners open links: looking changes nothing.
#[handler]
pub async fn show(
    app: Data<&Arc<App>>,
    Path(token): Path<String>,
    request: &Request,
) -> poem::Result<Response> {
    let seen = participants::seen_by_link(&app, &token).await?;
    answer(&app, &Chosen::of(request), &token, seen, None)
}

/// The page's own button and RFC 8058's one click alike; whatever else the body holds, the answer is the page.
#[handler]
pub async fn pause(
    app: Data<&Arc<App>>,
    Path(token): Path<String>,
    request: &Request,
    body: Body,
) -> poem::Result<Response> {
    guard::discard(body).await?;
    let seen = participants::pause_by_link(&app, &token).await?;
    answer(&app, &Chosen::of(request), &token, seen, Some("just-paused"))
}

#[handler]
pub async fn resume(
    app: Data<&Arc<App>>,
    Path(token): Path<String>,
    request: &Request,
    body: Body,
) -> poem::Result<Response> {
    guard::discard(body).await?;
    let seen = participants::resume_by_link(&app, &token).await?;
    answer(&app, &Chosen::of(request), &token, seen, Some("just-resumed"))
}

fn answer(
    app: &App,
    chosen: &Chosen,
    token: &str,
    seen: Option<Seen>,
    just: Option<&'static str>,
) -> poem::Result<Response> {
    let Some(seen) = seen else {
        return Err(error::not_found());
    };
    let just = match seen.state {
        ParticipantState::Active | ParticipantState::Paused => just,
        ParticipantState::Stopped | ParticipantState::Withdrawn => just.map(|_| "unchanged"),
    };
    // Never the pseudo-language: this page is for somebody.
    let words = app.locales.get(chosen.tag().unwrap_or(&seen.language));
    let page = Updates {
        language: Language::at(app, words, chosen, &seen.language, &format!("/u/{token}")),
        token,
        state: seen.state.code(),
        just,
        sender: &seen.sender_name,
        contact_email: &seen.contact_email,
        contact_phone: seen.contact_phone.as_deref(),
        phone_link: seen.contact_phone.as_deref().and_then(phone_link),
        support_contact: seen.support_contact.as_deref(),
        next_on: seen.next_on.map(|day| words.date(day)),
    };
    Ok(super::page(app, "pages/updates.html", page)?)
}

/// A number to dial, where what is written is a number and nothing else.
fn phone_link(written: &str) -> Option<String> {
    let written = written.trim();
    let is_number = written.chars().all(|c| c.is_ascii_digit() || " +-.()/".contains(c));
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if !is_number || digits.len() < 3 {
        return None;
    }
    Some(if written.starts_with('+') { format!("+{digits}") } else { digits })
}

#[cfg(test)]
mod tests {
    use super::phone_link;

    #[test]
    fn a_number_can_be_dialled_and_a_sentence_cannot() {
        assert_eq!(phone_link("+44 1632 960100").as_deref(), Some("+441632960100"));
        assert_eq!(phone_link("01632 960-155").as_deref(), Some("01632960155"));
        assert_eq!(phone_link("01632 960155, every night from eight"), None);
        assert_eq!(phone_link(""), None);
    }
}
