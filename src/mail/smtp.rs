//! How a message reaches the relay: one SMTP conversation on a connection that belongs to its sender alone.
//!
//! lettre brings the wire (TLS, replies, dot-stuffing), not the judgement. Its pool hands a connection on in the middle
//! of a transaction after a time limit, so that replies shift by one; here a connection that surprised us once is
//! closed. Nothing in this file logs, and no text it returns holds an address, a token or a body. For that lettre's
//! feature `tracing` must stay off: it writes every command and message to the log.

mod connect;
mod reply;
mod settings;

use std::{
    fmt,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use lettre::{
    Address,
    transport::smtp::{
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt, Rset},
        extension::{MailBodyParameter, MailParameter},
    },
};
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};

pub use connect::{ConnectError, connect};
use reply::{Answer, read, silent, unasked, within};
pub use settings::{PhaseLimits, SmtpSettings};

/// RSET and QUIT decide about the connection only; nobody's result waits longer for them.
const COURTESY: Duration = Duration::from_secs(5);

/// What became of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// 250 after the final dot: the relay has it. That is not yet "delivered".
    Accepted { reply: String },
    /// Not taken; it may be tried again, and this counted as a try.
    Deferred { code: Option<u16>, enhanced: Option<String>, why: String },
    /// Not taken, and never will be.
    Failed { code: Option<u16>, enhanced: Option<String>, why: String },
    /// The dot was sent and no answer can be believed: the relay may have it.
    Unknown { why: String },
    /// Nothing was said about this message; the relay itself is away, closing or wants other settings.
    RelayDown { why: String },
}

impl From<ConnectError> for Attempt {
    fn from(error: ConnectError) -> Self {
        Attempt::RelayDown { why: error.to_string() }
    }
}

/// A conversation with the relay that has said hello. Dropping it closes it; so does dropping a future of `offer` or
/// `hand_over` before it has finished.
pub struct Connection {
    /// Taken out while a verb is under way and put back only in a state that is known.
    wire: Option<AsyncSmtpConnection>,
    /// The EHLO keywords of the relay, in capitals, with their parameters.
    offers: Vec<String>,
    offered: Option<Offered>,
    limits: PhaseLimits,
}

/// What the relay has agreed to and what of it its replies must not repeat.
struct Offered {
    private: [String; 2],
    eight_bit: bool,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("usable", &self.usable()).finish_non_exhaustive()
    }
}

impl Connection {
    /// Sends MAIL and RCPT. Nothing has been handed over when this returns an outcome instead of `Ok`. An offer that
    /// was not followed by `hand_over` is taken back by the next one.
    pub async fn offer(&mut self, from: &str, to: &str) -> Result<(), Attempt> {
        // Before anything can fail: an earlier recipient must not get what is meant for this one.
        if self.offered.take().is_some()
            && let Some(wire) = self.wire.take()
        {
            self.keep_if_reset(wire).await;
        }
        let from = envelope("sender", from)?;
        let to = envelope("recipient", to)?;
        let utf8 = !to.user().is_ascii() || !from.user().is_ascii();
        if utf8 && !(self.offers("SMTPUTF8") && self.offers("8BITMIME")) {
            return Err(failed(
                "the address has letters outside ASCII before the @, and the relay does not offer SMTPUTF8",
            ));
        }
        let away = |why: &str| Attempt::RelayDown { why: why.to_owned() };
        let Some(mut wire) = self.wire.take() else {
            return Err(away("the connection has been closed"));
        };
        if !silent(&mut wire).await {
            return Err(away("the relay closed the connection or spoke out of turn"));
        }

        let private = [from.user().to_owned(), to.user().to_owned()];
        let offered = Offered { private, eight_bit: utf8 };
        let parameters = match utf8 {
            true => vec![MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)],
            false => vec![],
        };
        let reply = within(self.limits.command, wire.command(Mail::new(Some(from), parameters))).await;
        let mut wire = self.go_on(wire, &offered, "MAIL", &[250], reply).await?;
        let reply = within(self.limits.command, wire.command(Rcpt::new(to, vec![]))).await;
        self.wire = Some(self.go_on(wire, &offered, "RCPT", &[250, 251], reply).await?);
        self.offered = Some(offered);
        Ok(())
    }

    /// Sends DATA, the message and the dot. Line ends become CRLF, a bare CR is dropped, leading dots are doubled.
    pub async fn hand_over(&mut self, message: &[u8]) -> Attempt {
        let (Some(mut wire), Some(offered)) = (self.wire.take(), self.offered.take()) else {
            return Attempt::RelayDown { why: "nothing stands offered on this connection".to_owned() };
        };
        if !offered.eight_bit && !message.is_ascii() {
            self.keep_if_reset(wire).await;
            return failed("the message holds bytes outside ASCII that were not encoded");
        }
        if !silent(&mut wire).await {
            return deferred("the relay closed the connection or spoke out of turn before DATA");
        }
        let reply = within(self.limits.command, wire.command(Data)).await;
        let mut wire = match self.go_on(wire, &offered, "DATA", &[354], reply).await {
            Ok(wire) => wire,
            Err(attempt) => return attempt,
        };

        let (dot_sent, reply) = send_content(&mut wire, message, self.limits).await;
        let answer = match reply {
            Ok(answer) => answer,
            Err(why) if dot_sent => {
                return Attempt::Unknown { why: format!("after the dot {why}") };
            }
            Err(why) => return deferred(&format!("before the dot {why}")),
        };
        let said = answer.said(&offered.private);
        if answer.code == 250 {
            match unasked(&mut wire).await {
                None => self.wire = Some(wire),
                // It may close after any message, with or without a 421.
                Some(Err(_) | Ok(Answer { code: 421, .. })) => {}
                // Two answers to one dot: which of them is ours?
                Some(Ok(_)) => {
                    return Attempt::Unknown { why: "the relay answered the dot more than once".to_owned() };
                }
            }
            return Attempt::Accepted { reply: said };
        }
        let (attempt, keep) = answer.refusal("the dot", true, &said);
        if keep {
            self.keep_if_reset(wire).await;
        }
        attempt
    }

    /// False after a time limit, a break or an answer that did not belong: the caller drops the connection.
    pub fn usable(&self) -> bool {
        self.wire.is_some()
    }

    /// Says goodbye, if there is anybody to say it to.
    pub async fn quit(mut self) {
        if let Some(mut wire) = self.wire.take() {
            // lettre's `abort` is QUIT and an orderly end of TLS.
            let _ = timeout(COURTESY.min(self.limits.command), wire.abort()).await;
        }
    }

    fn offers(&self, keyword: &str) -> bool {
        self.offers.iter().any(|offer| offer.split(' ').next() == Some(keyword))
    }

    /// Judges the reply to a verb before the dot: the wire back, to go on with, or the outcome.
    async fn go_on(
        &mut self,
        mut wire: AsyncSmtpConnection,
        offered: &Offered,
        verb: &str,
        codes: &[u16],
        reply: Result<Answer, String>,
    ) -> Result<AsyncSmtpConnection, Attempt> {
        let answer = reply.map_err(|why| deferred(&format!("at {verb} {why}")))?;
        if codes.contains(&answer.code) {
            return match silent(&mut wire).await {
                true => Ok(wire),
                false => Err(deferred(&format!("the relay answered {verb} more than once, or left"))),
            };
        }
        let (attempt, keep) = answer.refusal(verb, false, &answer.said(&offered.private));
        if keep {
            self.keep_if_reset(wire).await;
        }
        Err(attempt)
    }

    async fn keep_if_reset(&mut self, mut wire: AsyncSmtpConnection) {
        if reset(&mut wire, self.limits).await {
            self.wire = Some(wire);
        }
    }
}

fn deferred(why: &str) -> Attempt {
    Attempt::Deferred { code: None, enhanced: None, why: why.to_owned() }
}

fn failed(why: &str) -> Attempt {
    Attempt::Failed { code: None, enhanced: None, why: why.to_owned() }
}

async fn reset(wire: &mut AsyncSmtpConnection, limits: PhaseLimits) -> bool {
    if !silent(wire).await {
        return false;
    }
    let reply = within(COURTESY.min(limits.command), wire.command(Rset)).await;
    reply.is_ok_and(|answer| answer.code == 250) && silent(wire).await
}

/// Sends the message and the dot; says whether the dot may have gone out.
async fn send_content(
    wire: &mut AsyncSmtpConnection,
    message: &[u8],
    limits: PhaseLimits,
) -> (bool, Result<Answer, String>) {
    let lines = with_crlf(message);
    let (dot_is_next, dot_comes) = (AtomicBool::new(false), Notify::new());
    // lettre writes each part before it asks for the next and the dot when there is none: the asking is the border.
    let end = std::iter::from_fn(|| {
        dot_is_next.store(true, Ordering::Relaxed);
        dot_comes.notify_one();
        None
    });
    let parts = std::iter::once(lines.as_slice()).chain(end);
    let mut sending = pin!(wire.message_iter(parts));
    let reply = tokio::select! {
        biased;
        reply = &mut sending => read(reply),
        () = dot_comes.notified() => within(limits.after_dot, sending).await,
        () = sleep(limits.data) => Err(format!("the relay did not take the message within {:?}", limits.data)),
    };
    (dot_is_next.load(Ordering::Relaxed), reply)
}

/// Every line ends in CRLF but the last, whose end lettre writes before the dot.
fn with_crlf(message: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(message.len() + message.len() / 32);
    for &byte in message {
        match byte {
            b'\r' => {}
            b'\n' => lines.extend_from_slice(b"\r\n"),
            byte => lines.push(byte),
        }
    }
    if lines.ends_with(b"\r\n") {
        lines.truncate(lines.len() - 2);
    }
    lines
}

/// Reads an address for the envelope. A domain in other letters goes out as IDNA, so that only the part before the @
/// can need SMTPUTF8.
fn envelope(whose: &str, address: &str) -> Result<Address, Attempt> {
    let wrong = || failed(&format!("the {whose}'s address is not one"));
    // lettre takes quoted local parts, in which blanks and angle brackets may stand.
    if address.contains(|c: char| c.is_control() || c.is_whitespace() || "<>\"".contains(c)) {
        return Err(wrong());
    }
    let (local, domain) = address.rsplit_once('@').ok_or_else(wrong)?;
    let domain = match domain.is_ascii() {
        true => domain.to_owned(),
        false => idna::domain_to_ascii(domain).map_err(|_| wrong())?,
    };
    Address::new(local, domain).map_err(|_| wrong())
}
