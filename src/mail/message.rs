//! A message as it goes over the wire: headers and MIME parts. Whatever comes from people is checked here before it
//! comes near a header, because lettre panics on some of it and lets other through.

use std::io::Write;

use anyhow::ensure;
use chrono::{DateTime, Datelike, Utc};
use lettre::Address;
use lettre::message::header::{self, Headers};
use lettre::message::{Mailbox, Mailboxes};

use super::{SUBJECT_CHARS, Written};

/// Never in an encoded body: there every `=` is followed by two digits. It says nothing about content or person.
const BOUNDARY: &str = "=_hearback_alternative";

/// Readable in its source, and never base64, which some filters take for something hidden.
const QUOTED: &str = "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n";

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

/// A message as it goes over the wire, with CRLF at the end of every line, none of which begins with a dot.
#[derive(Clone, PartialEq, Eq)]
pub struct Assembled {
    pub bytes: Vec<u8>,
    /// Where the body begins, after the empty line.
    pub body: usize,
}

// It holds a name and an address, which must never reach a log by way of `{:?}`.
impl std::fmt::Debug for Assembled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Assembled(..)")
    }
}

/// The headers that all messages of one sender in one edition, language and format share.
#[derive(Clone, Debug)]
pub struct Heading(Vec<u8>);

impl Heading {
    /// # Errors
    /// Names the header whose value is refused, never the value.
    pub fn new(envelope: &Envelope<'_>, written: &Written) -> anyhow::Result<Self> {
        let from_name = words("From", envelope.from_name)?;
        let mut headers = Headers::new();
        headers.set(header::From::from(Mailboxes::new().with(Mailbox::new(
            Some(from_name).filter(|name| !name.is_empty()),
            sender_address(envelope.from_address)?,
        ))));
        let reply_to = Mailbox::new(None, address("Reply-To", envelope.reply_to)?);
        headers.set(header::ReplyTo::from(Mailboxes::new().with(reply_to)));
        headers.set(header::Subject::from(subject(&written.subject)?));
        let mut lines = headers.to_string().into_bytes();
        let lang = id("Content-Language", &written.lang)?;
        let list = id("List-Id", envelope.list_id)?;
        write!(
            lines,
            "Auto-Submitted: auto-generated\r\nList-Id: <{list}>\r\nContent-Language: {lang}\r\nMIME-Version: 1.0\r\n"
        )?;
        match written.with_html {
            true => write!(lines, "Content-Type: multipart/alternative;\r\n boundary=\"{BOUNDARY}\"\r\n")?,
            false => write!(lines, "Content-Type: text/plain; {QUOTED}")?,
        }
        Ok(Heading(lines))
    }
}

/// Packs a single message.
///
/// # Errors
/// Names the header whose value is refused, never the value.
pub fn assemble(envelope: &Envelope<'_>, written: &Written) -> anyhow::Result<Assembled> {
    assemble_under(&Heading::new(envelope, written)?, envelope, written)
}

/// Packs a message whose shared headers are made already; of the envelope it takes the rest.
///
/// # Errors
/// Names the header whose value is refused, never the value.
pub fn assemble_under(
    heading: &Heading,
    envelope: &Envelope<'_>,
    written: &Written,
) -> anyhow::Result<Assembled> {
    let year = envelope.date.year();
    ensure!((1970..10_000).contains(&year), "the date of a message lies between 1970 and 9999");
    let to = recipient("To", envelope.to)?;
    let message_id = id("Message-ID", envelope.message_id)?;
    let date = envelope.date.format("%a, %d %b %Y %H:%M:%S +0000");
    let size: usize =
        written.pieces.iter().map(|piece| piece.text_encoded.len() + piece.html_encoded.len()).sum();
    let mut bytes = Vec::with_capacity(size + heading.0.len() + 1024);
    write!(bytes, "Date: {date}\r\nMessage-ID: <{message_id}>\r\nTo: {to}\r\n")?;
    bytes.extend_from_slice(&heading.0);
    if let Some(url) = envelope.unsubscribe_url {
        let url = web(url)?;
        write!(
            bytes,
            "List-Unsubscribe:\r\n <{url}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
        )?;
    }
    bytes.extend_from_slice(b"\r\n");
    let body = bytes.len();
    if written.with_html {
        write!(bytes, "--{BOUNDARY}\r\nContent-Type: text/plain; {QUOTED}\r\n")?;
    }
    for piece in &written.pieces {
        bytes.extend_from_slice(&piece.text_encoded);
    }
    if written.with_html {
        write!(bytes, "\r\n--{BOUNDARY}\r\nContent-Type: text/html; {QUOTED}\r\n")?;
        for piece in &written.pieces {
            bytes.extend_from_slice(&piece.html_encoded);
        }
        write!(bytes, "\r\n--{BOUNDARY}--\r\n")?;
    }
    Ok(Assembled { bytes, body })
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
    ensure!(value.is_ascii(), "the header {header} holds no address that can be sent to");
    // The error of lettre is not passed on, so that no part of the address comes into a log.
    let address = recipient(header, value)?.parse();
    address.map_err(|_| anyhow::anyhow!("the header {header} holds no address that can be sent to"))
}

/// The same, with other letters too: before the @ as they are, which takes a relay with SMTPUTF8 (RFC 6532), and in the
/// domain as IDNA.
fn recipient(header: &str, value: &str) -> anyhow::Result<String> {
    let wrong = || anyhow::anyhow!("the header {header} holds no address that can be sent to");
    let (local, domain) = value.rsplit_once('@').ok_or_else(wrong)?;
    let domain = idna::domain_to_ascii(domain).map_err(|_| wrong())?;
    let stands = |letter: char| match letter.is_ascii() {
        true => letter.is_ascii_graphic() && !"\"<>()[]\\,;:@".contains(letter),
        false => letter.is_alphanumeric(),
    };
    let fits = !local.is_empty()
        && local.len() <= 64
        && local.chars().all(stands)
        && domain.contains('.')
        && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        && local.len() + domain.len() < 254;
    fits.then(|| format!("{local}@{domain}")).ok_or_else(wrong)
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
