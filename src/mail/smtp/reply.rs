//! What the relay says: read, judged, and made fit to be kept.

use std::{
    error::Error,
    future::{Future, poll_fn},
    io,
    pin::pin,
    task::Poll,
    time::Duration,
};

use lettre::transport::smtp::{Error as LettreError, client::AsyncSmtpConnection, response::Response};
use tokio::time::timeout;

use super::Attempt;

/// What a reply may cost in the record and on a screen.
const REPLY_CHARS: usize = 200;

/// One reply, positive or not; lettre tells the two apart as `Ok` and `Err`.
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) text: String,
}

impl Answer {
    /// The enhanced status code (RFC 3463), if the reply opens with one of its own class.
    pub(super) fn enhanced(&self) -> Option<String> {
        let word = self.text.split_whitespace().next()?;
        let parts: Vec<&str> = word.split('.').collect();
        let number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let ours = parts.len() == 3 && parts.iter().all(number) && parts[0] == (self.code / 100).to_string();
        ours.then(|| word.to_owned())
    }

    pub(super) fn said(&self, private: &[String]) -> String {
        presentable(&format!("{} {}", self.code, self.text), private)
    }

    /// What a reply other than the wanted one means, and whether RSET may save the connection.
    pub(super) fn refusal(&self, verb: &str, after_dot: bool, said: &str) -> (Attempt, bool) {
        let (code, enhanced) = (Some(self.code), self.enhanced());
        let why = format!("the relay answered {verb} with {said}");
        match self.code {
            421 => (Attempt::Deferred { code, enhanced, why }, false),
            // It wants credentials or TLS: that is about our settings, and must not fail everybody's message.
            530 | 534 | 535 | 538 if !after_dot => (Attempt::RelayDown { why }, false),
            // "Bad sequence of commands": the two sides disagree about where they are, as with a code of no meaning here.
            503 | ..400 | 600.. if after_dot => (Attempt::Unknown { why }, false),
            503 | ..400 | 600.. => (Attempt::Deferred { code, enhanced, why }, false),
            400..500 => (Attempt::Deferred { code, enhanced, why }, true),
            500..600 => (Attempt::Failed { code, enhanced, why }, true),
        }
    }
}

/// Waits for a reply. The error is half a sentence that begins with what happened.
pub(super) async fn within(
    limit: Duration,
    reply: impl Future<Output = Result<Response, LettreError>>,
) -> Result<Answer, String> {
    match timeout(limit, reply).await {
        Ok(reply) => read(reply),
        Err(_) => Err(format!("no answer came within {limit:?}")),
    }
}

pub(super) fn read(reply: Result<Response, LettreError>) -> Result<Answer, String> {
    let error = match reply {
        Ok(reply) => {
            let text = reply.message().collect::<Vec<_>>().join("\n");
            return Ok(Answer { code: reply.code().into(), text });
        }
        Err(error) => error,
    };
    let source = error.source();
    if let Some(code) = error.status() {
        return Ok(Answer { code: code.into(), text: source.map(ToString::to_string).unwrap_or_default() });
    }
    Err(match source.and_then(|source| source.downcast_ref::<io::Error>()) {
        Some(error) => format!("the connection broke ({})", error.kind()),
        None => "the relay left, or its answer was not SMTP".to_owned(),
    })
}

/// What waits to be read although nothing was asked: a reply without a command, or the end of the stream.
pub(super) async fn unasked(wire: &mut AsyncSmtpConnection) -> Option<Result<Answer, String>> {
    let mut reading = pin!(wire.read_response());
    poll_fn(|cx| match reading.as_mut().poll(cx) {
        Poll::Ready(reply) => Poll::Ready(Some(read(reply))),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

pub(super) async fn silent(wire: &mut AsyncSmtpConnection) -> bool {
    unasked(wire).await.is_none()
}

/// A reply as it may be kept and shown: one line of ASCII, without whatever could be an address, a link or a part of
/// our envelope.
pub(super) fn presentable(text: &str, private: &[String]) -> String {
    let told = |word: &str| {
        let word = word.to_lowercase();
        let names_us = private.iter().any(|local| {
            let local = local.split('+').next().unwrap_or_default().to_lowercase();
            let whole = |part: &str| part == local;
            match local.len() {
                0 => false,
                // Short ones are parts of ordinary words.
                1..=3 => word.split(|c: char| !c.is_alphanumeric()).any(whole),
                _ => word.contains(&local),
            }
        });
        word.contains(['@', '%', '/', '=']) || names_us
    };
    let words = text.split_whitespace().map(|word| if told(word) { "[...]" } else { word });
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' }).take(REPLY_CHARS).collect()
}
