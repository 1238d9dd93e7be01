//! A message as it goes over the wire: headers and MIME parts. Whatever comes from people is checked here before it
//! comes near a header, because lettre panics on some of it and lets other through.

use std::time::SystemTime;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Datelike, Utc};
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, Date, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use super::{Rendered, SUBJECT_CHARS};

/// Never in an encoded body: there every `=` is followed by two digits. It says nothing about content or person.
const BOUNDARY: &str = "=_hearback_alternative";

/// Who writes to whom, and what machines need to know.
#[derive(Clone, Debug)]
pub struct Envelope<'a> {
    /// Without the angle brackets.
    pub message_id: &'a str,
    pub date: DateTime<Utc>,
    pub from_name: &'a str,
    pub from_address: &'a str,
    pub reply_to: &'a str,
    /// The one recipient. No name stands beside the address.
    pub to: &'a str,
    /// Opaque, without the angle brackets.
    pub list_id: &'a str,
    /// Where one click pauses updates (RFC 8058).
    pub unsubscribe_url: Option<&'a str>,
}

/// Packs a message.
///
/// # Errors
/// Names the header whose value is refused, never the value.
pub fn assemble(envelope: &Envelope<'_>, rendered: &Rendered) -> anyhow::Result<Vec<u8>> {
    let year = envelope.date.year();
    ensure!((1970..10_000).contains(&year), "the date of a message lies between 1970 and 9999");
    let from_name = words("From", envelope.from_name)?;
    let mut message = Message::builder()
        .header(Date::new(SystemTime::from(envelope.date)))
        .from(Mailbox::new(
            Some(from_name).filter(|name| !name.is_empty()),
            sender_address(envelope.from_address)?,
        ))
        .reply_to(Mailbox::new(None, address("Reply-To", envelope.reply_to)?))
        .to(Mailbox::new(None, address("To", envelope.to)?))
        .subject(subject(&rendered.subject)?)
        .message_id(Some(format!("<{}>", id("Message-ID", envelope.message_id)?)))
        .raw_header(raw(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .raw_header(raw(
            HeaderName::new_from_ascii_str("List-Id"),
            format!("<{}>", id("List-Id", envelope.list_id)?),
        ));
    if let Some(url) = envelope.unsubscribe_url {
        message = message
            .raw_header(raw(HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{}>", web(url)?)))
            .raw_header(raw(
                HeaderName::new_from_ascii_str("List-Unsubscribe-Post"),
                "List-Unsubscribe=One-Click".to_owned(),
            ));
    }
    let lang = id("Content-Language", &rendered.lang)?.to_owned();
    message = message.raw_header(raw(HeaderName::new_from_ascii_str("Content-Language"), lang));
    let text = part(ContentType::TEXT_PLAIN, &rendered.text)?;
    let built = match &rendered.html {
        Some(html) => message.multipart(
            MultiPart::alternative()
                .boundary(BOUNDARY)
                .singlepart(text)
                .singlepart(part(ContentType::TEXT_HTML, html)?),
        ),
        None => message.singlepart(text),
    };
    Ok(built.context("assembling a message")?.formatted())
}

fn raw(name: HeaderName, value: String) -> HeaderValue {
    HeaderValue::new(name, value)
}

/// As it is where it fits into 7 bits, quoted-printable otherwise: readable in its source, and never base64, which
/// some filters take for something hidden.
fn part(kind: ContentType, words: &str) -> anyhow::Result<SinglePart> {
    let encoding = if words.is_ascii() && !words.contains("=_") && words.lines().all(|line| line.len() <= 990)
    {
        ContentTransferEncoding::SevenBit
    } else {
        ContentTransferEncoding::QuotedPrintable
    };
    // A lone CR would be taken for the end of a line by some servers and not by others.
    let words: String = words
        .replace("\r\n", "\n")
        .chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .collect();
    let Ok(body) = Body::new_with_encoding(words, encoding) else {
        bail!("the body does not fit its encoding")
    };
    Ok(SinglePart::builder().content_type(kind).body(body))
}

/// Words in a header. They carry no control character, and nothing that would be decoded once more.
fn words(header: &str, value: &str) -> anyhow::Result<String> {
    ensure!(!value.chars().any(char::is_control), "the header {header} holds a control character");
    Ok(value.trim().replace("=?", "= ?"))
}

fn subject(value: &str) -> anyhow::Result<String> {
    let subject = words("Subject", value)?;
    ensure!(!subject.is_empty(), "the header Subject is empty");
    Ok(subject.chars().take(SUBJECT_CHARS).collect())
}

/// An address that every server understands: plain ASCII, no quoted local part, a domain with a dot.
fn address(header: &str, value: &str) -> anyhow::Result<Address> {
    let fits = value.len() <= 254
        && value.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>()[]\\,;:".contains(&byte))
        && value.rsplit_once('@').is_some_and(|(local, domain)| local.len() <= 64 && domain.contains('.'));
    ensure!(fits, "the header {header} holds no address that can be sent to");
    // The error of lettre is not passed on, so that no part of the address comes into a log.
    value.parse().map_err(|_| anyhow::anyhow!("the header {header} holds no address that can be sent to"))
}

/// The address of this very instance: on a machine of one's own its host is `localhost`.
fn sender_address(value: &str) -> anyhow::Result<Address> {
    match value.strip_suffix("@localhost") {
        Some(local) => address("From", &format!("{local}@localhost.localdomain"))
            .and_then(|_| value.parse().map_err(|_| anyhow::anyhow!("the header From holds no address"))),
        None => address("From", value),
    }
}

fn id<'a>(header: &str, value: &'a str) -> anyhow::Result<&'a str> {
    let fits = !value.is_empty()
        && value.len() <= 200
        && value.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\",;".contains(&byte));
    ensure!(fits, "the header {header} holds something else than an identifier");
    Ok(value)
}

fn web(value: &str) -> anyhow::Result<&str> {
    let fits = value.len() <= 900
        && (value.starts_with("https://") || value.starts_with("http://"))
        && value.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\",".contains(&byte));
    ensure!(fits, "the header List-Unsubscribe holds something else than a web address");
    Ok(value)
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
