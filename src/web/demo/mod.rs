//! The mailbox of `hearback demo`: every message that the replay wrote, as the person it went to would read it. No
//! other command has it, and it opens only for this machine.

mod folder;
mod view;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use poem::http::header;
use poem::web::{Data, Path, Query};
use poem::{Response, handler};
use serde::Deserialize;

use self::folder::{Letter, Opened};
use super::{error, guard};
use crate::app::App;

/// The folder that holds the messages.
#[derive(Clone)]
pub struct Mailbox(pub PathBuf);

#[derive(Deserialize)]
pub struct Asked {
    person: Option<String>,
    by: Option<String>,
    view: Option<String>,
}

impl Asked {
    /// The number of the person whose messages are asked for; an empty choice means everybody.
    fn person(&self) -> poem::Result<Option<usize>> {
        match self.person.as_deref() {
            None | Some("") => Ok(None),
            Some(number) => number.parse().map(Some).map_err(|_| error::not_found()),
        }
    }
}

#[handler]
pub async fn index(
    app: Data<&Arc<App>>,
    mailbox: Data<&Mailbox>,
    Query(asked): Query<Asked>,
) -> poem::Result<Response> {
    let person = asked.person()?;
    let letters = letters(&mailbox).await?;
    let by_person = asked.by.as_deref() == Some("person");
    let page = view::index(&letters, person, by_person).ok_or_else(error::not_found)?;
    Ok(super::page(&app, "pages/mailbox.html", page)?)
}

#[handler]
pub async fn message(
    app: Data<&Arc<App>>,
    mailbox: Data<&Mailbox>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> poem::Result<Response> {
    let person = asked.person()?;
    let letters = letters(&mailbox).await?;
    let letter = find(&letters, &number)?;
    let opened = open(letter).await?;
    let public = app.config.url("/");
    let page = view::message(&letters, letter, &opened, person, asked.view.as_deref(), &public)
        .ok_or_else(error::not_found)?;
    let mut response = super::page(&app, "pages/mailbox_message.html", page)?;
    let csp = format!("{}; frame-src 'self'", guard::CSP);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, csp.parse().map_err(poem::error::InternalServerError)?);
    Ok(response)
}

/// What the frame on the page of a message holds: the message's own HTML, which can run and fetch nothing.
#[handler]
pub async fn html(mailbox: Data<&Mailbox>, Path(number): Path<String>) -> poem::Result<Response> {
    let letters = letters(&mailbox).await?;
    let opened = open(find(&letters, &number)?).await?;
    let html = opened.html.ok_or_else(error::not_found)?;
    Ok(Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, FRAME_CSP)
        .body(view::links_in_new_tab(&html)))
}

/// Popups alone are let out of the sandbox, so that the links to a person's page can be followed.
const FRAME_CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; \
                         sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";

fn find<'a>(letters: &'a [Letter], number: &str) -> poem::Result<&'a Letter> {
    let number: usize = number.parse().map_err(|_| error::not_found())?;
    letters.iter().find(|letter| letter.number == number).ok_or_else(error::not_found)
}

async fn letters(mailbox: &Mailbox) -> crate::error::Result<Vec<Letter>> {
    let folder = mailbox.0.clone();
    let letters = tokio::task::spawn_blocking(move || folder::letters(&folder)).await;
    Ok(letters.context("reading the mailbox")??)
}

async fn open(letter: &Letter) -> crate::error::Result<Opened> {
    let path = letter.path.clone();
    let opened = tokio::task::spawn_blocking(move || folder::open(&path)).await;
    Ok(opened.context("reading a message")??)
}
