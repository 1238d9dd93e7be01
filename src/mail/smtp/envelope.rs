//! A message made ready to be said: its two addresses as lettre's commands take them, its content as lines.

use std::io::Write;

use lettre::{
    Address,
    transport::smtp::{
        commands::{Mail, Rcpt},
        extension::{MailBodyParameter, MailParameter},
    },
};

use super::{Attempt, Connection, Parcel, failed};

/// From whom to whom, and whether the relay was asked to take letters outside ASCII.
pub(super) struct Envelope {
    from: Address,
    to: Address,
    utf8: bool,
}

impl Envelope {
    /// The error is final: what is wrong is the message.
    pub(super) fn of(parcel: &Parcel, connection: &Connection) -> Result<Self, Attempt> {
        let from = address("sender", &parcel.from)?;
        let to = address("recipient", &parcel.to)?;
        let utf8 = !to.user().is_ascii() || !from.user().is_ascii();
        if utf8 && !(connection.offers("SMTPUTF8") && connection.offers("8BITMIME")) {
            return Err(failed(
                "the address has letters outside ASCII before the @, and the relay does not offer SMTPUTF8",
            ));
        }
        let envelope = Self { from, to, utf8 };
        envelope.admits(&parcel.content)?;
        Ok(envelope)
    }

    pub(super) fn admits(&self, content: &[u8]) -> Result<(), Attempt> {
        match self.utf8 || content.is_ascii() {
            true => Ok(()),
            false => Err(failed("the message holds bytes outside ASCII that were not encoded")),
        }
    }

    /// The same parcel that was made ready.
    pub(super) fn is_of(&self, parcel: &Parcel) -> bool {
        let same = |ours: &Address, theirs: &str| {
            ours.as_ref() as &str == theirs || address("", theirs).is_ok_and(|theirs| theirs == *ours)
        };
        same(&self.from, &parcel.from) && same(&self.to, &parcel.to)
    }

    /// What replies must not repeat.
    pub(super) fn private(&self) -> [&str; 2] {
        [self.from.user(), self.to.user()]
    }

    pub(super) fn say_mail(&self, into: &mut Vec<u8>) {
        let parameters = match self.utf8 {
            true => vec![MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)],
            false => Vec::new(),
        };
        write(into, Mail::new(Some(self.from.clone()), parameters));
    }

    pub(super) fn say_rcpt(&self, into: &mut Vec<u8>) {
        write(into, Rcpt::new(self.to.clone(), Vec::new()));
    }
}

fn write(into: &mut Vec<u8>, command: impl std::fmt::Display) {
    write!(into, "{command}").expect("memory takes every write");
}

/// Reads an address for the envelope. A domain in other letters goes out as IDNA, so that only the part before the @
/// can need SMTPUTF8.
fn address(whose: &str, address: &str) -> Result<Address, Attempt> {
    let wrong = || failed(&format!("the {whose}'s address is not one"));
    // lettre takes quoted local parts, in which blanks and angle brackets may stand.
    if address.contains(|c: char| c.is_control() || c.is_whitespace() || "<>\"".contains(c)) {
        return Err(wrong());
    }
    let (local, domain) = address.rsplit_once('@').ok_or_else(wrong)?;
    match domain.is_ascii() {
        true => Address::new(local, domain),
        false => Address::new(local, idna::domain_to_ascii(domain).map_err(|_| wrong())?),
    }
    .map_err(|_| wrong())
}

/// Adds the content as it travels, and the dot that ends it. Line ends become CRLF, a bare CR is dropped, leading dots
/// are doubled; what we write ourselves needs none of that and is copied as it is.
pub(super) fn put_content(content: &[u8], into: &mut Vec<u8>) {
    into.reserve(content.len() + 512);
    if is_ready(content) {
        into.extend_from_slice(content);
    } else {
        put_lines(content, into);
    }
    if !into.is_empty() && !into.ends_with(b"\r\n") {
        into.extend_from_slice(b"\r\n");
    }
    into.extend_from_slice(b".\r\n");
}

/// Every line end is CRLF, every CR belongs to one, and no line begins with a dot. Without branches, so that many bytes
/// are compared at once.
fn is_ready(content: &[u8]) -> bool {
    let (first, last) = (content.first(), content.last());
    let odd = content.iter().zip(content.iter().skip(1)).fold(false, |odd, (one, next)| {
        odd | ((*one == b'\r') != (*next == b'\n')) | ((*one == b'\n') & (*next == b'.'))
    });
    !odd && !matches!(first, Some(b'\n' | b'.')) && last != Some(&b'\r')
}

fn put_lines(content: &[u8], into: &mut Vec<u8>) {
    let mut begins = true;
    for &byte in content.iter().filter(|byte| **byte != b'\r') {
        match byte {
            b'\n' => into.extend_from_slice(b"\r\n"),
            b'.' if begins => into.extend_from_slice(b".."),
            byte => into.push(byte),
        }
        begins = byte == b'\n';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(content: &str) -> String {
        let mut into = Vec::new();
        put_content(content.as_bytes(), &mut into);
        String::from_utf8(into).unwrap()
    }

    #[test]
    fn content_that_is_ready_is_copied_and_other_content_is_made_ready() {
        for (content, travels) in [
            ("", ".\r\n"),
            ("a\r\n", "a\r\n.\r\n"),
            ("a\r\nb", "a\r\nb\r\n.\r\n"),
            ("a.b\r\n\r\n", "a.b\r\n\r\n.\r\n"),
            (".", "..\r\n.\r\n"),
            ("\n", "\r\n.\r\n"),
            ("a\n.b\n", "a\r\n..b\r\n.\r\n"),
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"),
            ("a\r.\r\n", "a.\r\n.\r\n"),
            ("\r.\r\n", "..\r\n.\r\n"),
            ("a\n\r.\n", "a\r\n..\r\n.\r\n"),
            ("a\r\r\n.\r\r\n", "a\r\n..\r\n.\r\n"),
            ("a\r", "a\r\n.\r\n"),
        ] {
            assert_eq!(put(content), travels, "{content:?}");
        }
    }
}
