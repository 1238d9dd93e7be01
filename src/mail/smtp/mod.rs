//! How a message reaches the relay: one SMTP conversation on a connection that belongs to its sender alone.
//!
//! lettre brings the wire (TLS, commands, replies), not the judgement. Its pool hands a connection on in the middle of a
//! transaction after a time limit, so that replies shift by one; here a connection that surprised us once is closed.
//! Where the relay offers PIPELINING (RFC 2920), the content of one message and the commands of the next go out in one
//! write, and their replies are judged together. Nothing in this folder logs, and no text it returns holds an address,
//! a token or a body. For that lettre's feature `tracing` must stay off: it writes every command to the log.

mod connect;
mod envelope;
mod group;
mod judge;
mod reply;
mod settings;
mod stream;
mod wire;

#[cfg(test)]
mod tests;

use std::{fmt, time::Duration};

pub use connect::{ConnectError, connect};
use envelope::Envelope;
use group::{BeforeDot, Group};
use judge::{Asked, Judged, Then, judge, nothing_said, untried};
pub use settings::{PhaseLimits, SmtpSettings, TlsPolicy};
use wire::{Reset, Wire};

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
    /// Nothing was said about this message, and nothing about the relay either: the connection had done its work. It
    /// goes out on the next one, and this was no try.
    Untried { why: String },
    /// Nothing was said about this message; the relay itself is away, closing or wants other settings.
    RelayDown { why: String },
}

impl From<ConnectError> for Attempt {
    fn from(error: ConnectError) -> Self {
        Attempt::RelayDown { why: error.to_string() }
    }
}

/// One message on its way: envelope and content.
#[derive(Clone)]
pub struct Parcel {
    pub from: String,
    pub to: String,
    /// Lines that end in CRLF. Other line ends are made so, and leading dots doubled, at the price of a copy.
    pub content: Vec<u8>,
}

/// What became of the open message, and whether the next one stands open now.
#[derive(Debug)]
pub struct Delivered {
    pub outcome: Attempt,
    /// `None` if there was no next one. `Ok`: it is to be delivered on this connection, or the connection dropped.
    pub next: Option<Result<(), Attempt>>,
}

/// A conversation with the relay that has said hello. Dropping it closes it; so does dropping a future of `open` or
/// `deliver` before it has finished.
pub struct Connection {
    /// Taken out while something is under way and put back only in a state that is known.
    wire: Option<Wire>,
    /// The EHLO keywords of the relay, in capitals, with their parameters.
    offers: Vec<String>,
    at_once: bool,
    /// The message whose DATA was answered with 354.
    open: Option<Envelope>,
    /// Whether a MAIL has been dealt with.
    used: bool,
    limits: PhaseLimits,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("usable", &self.usable()).finish_non_exhaustive()
    }
}

impl Connection {
    fn new(wire: Wire, offers: Vec<String>, limits: PhaseLimits) -> Self {
        let mut new = Self { wire: Some(wire), offers, at_once: false, open: None, used: false, limits };
        new.at_once = new.offers("PIPELINING");
        new
    }

    /// MAIL, RCPT and DATA up to the 354. Nothing has been handed over when this returns an outcome instead of `Ok`.
    ///
    /// What was opened before and not delivered cannot be taken back: the connection is closed then, the message before
    /// is not sent, and this one is untried.
    pub async fn open(&mut self, parcel: &Parcel) -> Result<(), Attempt> {
        if self.open.take().is_some() {
            self.wire = None;
        }
        let envelope = Envelope::of(parcel, self)?;
        let Some(mut wire) = self.wire.take() else {
            return Err(nothing_said(self.used, "the connection has been closed".to_owned()));
        };
        if !wire.silent().await {
            let why = "the relay closed the connection or spoke out of turn".to_owned();
            return Err(nothing_said(self.used, why));
        }
        let group = Group { content: None, next: Some(&envelope) };
        let heard = match group.exchange(&mut wire, self.at_once, self.limits).await {
            Ok(heard) => heard,
            Err(BeforeDot(why)) => return Err(deferred(&why.to_string())),
        };
        let asked = Asked {
            dot: false,
            next: true,
            at_once: self.at_once,
            used: self.used,
            private: &envelope.private(),
        };
        let Judged { next, then, .. } = judge(asked, &heard);
        self.used |= heard.answers.first().is_some_and(|mail| mail.code != 421);
        self.go_on(wire, then).await;
        let next = next.expect("it was asked");
        if next.is_ok() {
            self.open = Some(envelope);
        }
        next
    }

    /// Sends content and dot of the open parcel and opens the next one, in the same write where the relay takes that.
    ///
    /// Both outcomes are told when the last reply has come: an accepted message waits for the three replies to the next
    /// one, or without one for the reply to RSET, since only all of them together say that none is missing or doubled.
    pub async fn deliver(&mut self, parcel: &Parcel, next: Option<&Parcel>) -> Delivered {
        let both = |outcome, of_next| Delivered { outcome, next: next.map(|_| Err(of_next)) };
        let (Some(mut wire), Some(open)) = (self.wire.take(), self.open.take()) else {
            let why = "nothing stands open on this connection";
            return both(untried(why), untried(why));
        };
        // The wire is dropped with each of these: the relay waits for content and gets none.
        if !open.is_of(parcel) {
            let why = "another message stands open on this connection";
            return both(untried(why), untried(why));
        }
        if let Err(attempt) = open.admits(&parcel.content) {
            return both(attempt, untried("the connection had to be closed"));
        }
        if !wire.silent().await {
            let why = "the relay closed the connection or spoke out of turn before the message";
            return both(deferred(why), untried(why));
        }
        let (envelope, refused) = match next.map(|next| Envelope::of(next, self)) {
            Some(Ok(envelope)) => (Some(envelope), None),
            Some(Err(attempt)) => (None, Some(Err(attempt))),
            None => (None, None),
        };
        let group = Group { content: Some(&parcel.content), next: envelope.as_ref() };
        let heard = match group.exchange(&mut wire, self.at_once, self.limits).await {
            Ok(heard) => heard,
            Err(BeforeDot(why)) => {
                let why = format!("before the dot {why}");
                let told = both(deferred(&why), untried(&why));
                return Delivered { next: refused.or(told.next), ..told };
            }
        };
        let [from, to] = open.private();
        let [next_from, next_to] = envelope.as_ref().map_or(["", ""], Envelope::private);
        let asked = Asked {
            dot: true,
            next: envelope.is_some(),
            at_once: self.at_once,
            used: true,
            private: &[from, to, next_from, next_to],
        };
        let Judged { outcome, next, then } = judge(asked, &heard);
        let outcome = outcome.expect("the dot was sent");
        // Behind the last of the answers another one may be on its way: then all stood at the wrong place.
        let then = match (then, &next) {
            (Then::Keep, None) => Then::Reset,
            // One by one, a refusal of MAIL may be the one of the dot.
            (Then::Reset, Some(Err(_))) if !self.at_once && heard.answers.len() == 2 => Then::Quit,
            (then, _) => then,
        };
        if !self.go_on(wire, then).await {
            let why = "the relay's answers do not fit its commands";
            return both(Attempt::Unknown { why: why.to_owned() }, deferred(why));
        }
        if matches!(next, Some(Ok(()))) {
            self.open = envelope;
        }
        Delivered { outcome, next: refused.or(next) }
    }

    /// False after a time limit, a break or an answer that did not belong: the caller drops the connection.
    pub fn usable(&self) -> bool {
        self.wire.is_some()
    }

    /// Says goodbye, if there is anybody to say it to. With a message open QUIT would be its content; then the
    /// connection is just closed.
    pub async fn quit(mut self) {
        if let (Some(mut wire), None) = (self.wire.take(), self.open.take()) {
            wire.quit(self.limits).await;
        }
    }

    fn offers(&self, keyword: &str) -> bool {
        self.offers.iter().any(|offer| offer.split(' ').next() == Some(keyword))
    }

    /// False if the relay's answer to RSET or QUIT makes those before it doubtful.
    async fn go_on(&mut self, mut wire: Wire, then: Then) -> bool {
        // RFC 2920, 3.1: there is nobody for the content to go to. A relay that takes it all the same is left.
        let then = match then {
            Then::LoneDot if wire.refuses_lone_dot(self.limits).await => Then::Reset,
            Then::LoneDot => Then::Drop,
            then => then,
        };
        let reset = match then {
            Then::Reset => wire.reset(self.limits).await,
            Then::Quit => wire.leave(self.limits).await,
            Then::Keep => Reset::Done,
            Then::LoneDot | Then::Drop => Reset::Lost,
        };
        self.wire = (reset == Reset::Done).then_some(wire);
        reset != Reset::Odd
    }
}

fn deferred(why: &str) -> Attempt {
    Attempt::Deferred { code: None, enhanced: None, why: why.to_owned() }
}

fn failed(why: &str) -> Attempt {
    Attempt::Failed { code: None, enhanced: None, why: why.to_owned() }
}
