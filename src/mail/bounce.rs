//! What mail servers report about a message: delivery reports (RFC 3464) and complaints (RFC 5965), read from what
//! anybody can send. Only the outermost multipart is taken apart, so that nesting costs nothing; headers are read by
//! mail-parser, and of what they say only codes are kept, never words.

use mail_parser::{MessageParser, MimeHeaders};

use crate::domain::bounce::{Action, Complaint, Recipient, Report, Status};

/// Longer reports are not read: ours hold a message of a few kilobytes.
pub const MOST_BYTES: usize = 1024 * 1024;

/// Parts that are looked at.
const MOST_PARTS: usize = 20;

/// A message that came to the address for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    pub report: Report,
    /// Addresses to which it says that it was delivered, outermost first.
    pub delivered_to: Vec<String>,
    /// The return path of the message that it is about, as a complaint repeats it.
    pub about: Vec<String>,
    /// Where its content begins, without what servers put before it on the way.
    pub body_at: usize,
}

/// Reads what came. What cannot be read is no report.
pub fn read(message: &[u8]) -> Came {
    let (head, body) = parted(message);
    let mut came = Came {
        report: Report::Other,
        delivered_to: Vec::new(),
        about: Vec::new(),
        body_at: message.len() - body.len(),
    };
    for name in ["Delivered-To", "X-Original-To", "Envelope-To", "To"] {
        came.delivered_to.extend(values(head, name).iter().flat_map(|value| addresses(value)));
    }
    let Some(boundary) = boundary(head) else { return came };
    for part in parts(body, &boundary).into_iter().take(MOST_PARTS) {
        let (part_head, part_body) = parted(part);
        match kind(part_head).as_deref() {
            Some("message/delivery-status" | "message/global-delivery-status") => {
                came.report = delivery(&decoded(part));
            }
            Some("message/feedback-report") => {
                let text = decoded(part);
                came.report = complaint(&text);
                came.about.extend(values(text.as_bytes(), "Original-Mail-From"));
            }
            Some("message/rfc822" | "text/rfc822-headers" | "message/global" | "message/global-headers")
                if matches!(came.report, Report::Complaint(_)) =>
            {
                came.about.extend(values(parted(part_body).0, "Return-Path"));
            }
            _ => {}
        }
    }
    came.about = came.about.iter().flat_map(|value| addresses(value)).collect();
    came
}

/// The groups of fields after the first, one for each recipient (RFC 3464, 2.1).
fn delivery(text: &str) -> Report {
    let mut groups: Vec<String> = vec![String::new()];
    for line in text.lines() {
        match groups.last_mut() {
            _ if line.trim().is_empty() => groups.push(String::new()),
            Some(group) => {
                group.push_str(line);
                group.push_str("\r\n");
            }
            None => {}
        }
    }
    let one = |group: &str, name: &str| match values(group.as_bytes(), name).as_slice() {
        [value] => Some(value.clone()),
        // Said twice it is not said.
        _ => None,
    };
    let has = |group: &str, name: &str| !values(group.as_bytes(), name).is_empty();
    let recipients = groups.iter().filter(|group| {
        let is_of_message = has(group, "Reporting-MTA") && !has(group, "Final-Recipient");
        let names = ["Final-Recipient", "Original-Recipient", "Action", "Status"];
        !is_of_message && names.iter().any(|name| has(group, name))
    });
    let read = recipients.map(|group| {
        let diagnostic = one(group, "Diagnostic-Code").unwrap_or_default();
        Recipient {
            action: one(group, "Action").and_then(|action| Action::parse(&first_word(&action))),
            status: one(group, "Status").and_then(|status| Status::parse(&first_word(&status))),
            diagnostic: diagnostic.split([' ', '\t', '-', '#', '(', ')', ';']).find_map(Status::parse),
        }
    });
    Report::Delivery(read.collect())
}

fn complaint(text: &str) -> Report {
    let kinds = values(text.as_bytes(), "Feedback-Type");
    match kinds.as_slice() {
        [kind] => Report::Complaint(Complaint::parse(&first_word(kind))),
        _ => Report::Complaint(Complaint::Other),
    }
}

fn first_word(text: &str) -> String {
    text.split([' ', '\t', ';', '(']).find(|word| !word.is_empty()).unwrap_or_default().to_lowercase()
}

/// Head and body. A message without an empty line is all head.
fn parted(message: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            return (&message[..at], &message[at + line.len()..]);
        }
        at += line.len();
    }
    (message, &[])
}

/// The values of a header in a head, unfolded.
fn values(head: &[u8], name: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(head);
    let mut found: Vec<String> = Vec::new();
    let mut is_in = false;
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let (true, Some(value)) = (is_in, found.last_mut()) {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        is_in = false;
        if let Some((known, value)) = line.split_once(':')
            && known.trim().eq_ignore_ascii_case(name)
        {
            found.push(value.trim().to_owned());
            is_in = true;
        }
    }
    found
}

/// Whatever looks like an address in the value of a header.
fn addresses(value: &str) -> Vec<String> {
    value
        .split([',', ' ', '\t', '<', '>', ';', '"'])
        .filter(|word| word.contains('@') && word.len() <= 320)
        .take(50)
        .map(str::to_owned)
        .collect()
}

fn boundary(head: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse_headers(head)?;
    let kind = message.content_type()?;
    if !kind.ctype().eq_ignore_ascii_case("multipart") {
        return None;
    }
    let boundary = kind.attribute("boundary")?;
    (!boundary.is_empty() && boundary.len() <= 200).then(|| boundary.to_owned())
}

fn kind(head: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse_headers(head)?;
    let kind = message.content_type()?;
    Some(format!("{}/{}", kind.ctype(), kind.subtype()?).to_lowercase())
}

/// The parts of a multipart body: what stands between the lines of its boundary.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let (mut found, mut start, mut at) = (Vec::new(), None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let rest = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes()));
        if let Some(end @ (b"" | b"--")) = rest.map(|rest| rest.trim_ascii()) {
            found.extend(start.map(|start| &body[start..at]));
            start = (end != b"--").then_some(at + line.len());
            if start.is_none() || found.len() > MOST_PARTS {
                return found;
            }
        }
        at += line.len();
    }
    // Cut short: the end of the whole is the end of the last part.
    found.extend(start.map(|start| &body[start..]));
    found
}

/// The text of a part. The fields of a report are ASCII; a transfer encoding around them is rare, and undone by reading
/// the part as plain text.
fn decoded(part: &[u8]) -> String {
    let (head, body) = parted(part);
    let encoding = values(head, "Content-Transfer-Encoding").first().map(|value| value.to_lowercase());
    match encoding.as_deref() {
        Some(encoding @ ("base64" | "quoted-printable")) => {
            let plain = [
                format!("Content-Type: text/plain\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n")
                    .as_bytes(),
                body,
            ]
            .concat();
            let message = MessageParser::default().parse(&plain);
            message.and_then(|message| message.body_text(0).map(|text| text.into_owned())).unwrap_or_default()
        }
        _ => String::from_utf8_lossy(body).into_owned(),
    }
}

#[cfg(test)]
#[path = "bounce_tests.rs"]
mod tests;
