//! One conversation: commands out, one at a time or as a group, and replies in.

use std::{
    error::Error,
    fmt::{self, Display},
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use lettre::transport::smtp::{
    Error as LettreError,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, AsyncTokioStream},
    commands::{Quit, Rset},
    extension::ClientId,
    response::Response,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::timeout,
};

use super::{
    COURTESY, PhaseLimits,
    judge::refuses,
    reply::Answer,
    stream::{Line, Waiting},
};

/// A buffer that has grown beyond this is not kept for the next message.
const KEPT_BYTES: usize = 256 * 1024;

/// Why a command has no answer. The text is half a sentence that begins with what happened.
pub(super) enum Unheard {
    /// The connection ended.
    Closed(String),
    /// The time was over.
    Late(String),
    /// Something came that is no reply.
    Nonsense(String),
}

impl Display for Unheard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unheard::Closed(why) | Unheard::Late(why) | Unheard::Nonsense(why) => f.write_str(why),
        }
    }
}

/// What was there besides the answers that were due.
pub(super) enum Besides {
    Nothing,
    /// The relay closed the connection, or said 421 before it does.
    Farewell,
    /// A reply that belongs to no command.
    Reply,
}

/// What came of RSET, to which there is no other answer than 250, or of QUIT.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reset {
    Done,
    /// The connection ended.
    Lost,
    /// Another reply came: perhaps one that was due to a command before.
    Odd,
}

/// lettre's connection and the stream beneath it.
pub(super) struct Wire {
    lettre: AsyncSmtpConnection,
    line: Line,
    /// What is written next, all at once.
    pub(super) group: Vec<u8>,
}

impl Wire {
    /// Puts lettre's connection on our stream. lettre's own ways in read greeting and EHLO unseen, panic on a blank
    /// EHLO line, or make a socket with Nagle's delay; so it greets a `Prompter` first and is then given the real one.
    #[expect(deprecated, reason = "lettre 0.11 has no other way to set the stream of a connection")]
    pub(super) async fn on(line: Line) -> Result<Self, LettreError> {
        use lettre::transport::smtp::client::AsyncNetworkStream;
        let prompter = Box::new(Prompter(b"220 lettre\r\n250-lettre\r\n250 AUTH PLAIN LOGIN\r\n"));
        let mut lettre = AsyncSmtpConnection::connect_with_transport(prompter, &ClientId::default()).await?;
        lettre.set_stream(AsyncNetworkStream::use_existing_tokio1(Box::new(line.clone())));
        Ok(Self { lettre, line, group: Vec::new() })
    }

    /// Nothing waits to be read: what comes from now on can belong to what is said from now on.
    pub(super) async fn silent(&self) -> bool {
        matches!(self.line.waiting().await, Waiting::Nothing)
    }

    /// Looks for what came besides the answers, once all that were due are read.
    pub(super) async fn besides(&mut self, limits: PhaseLimits) -> Besides {
        match self.line.waiting().await {
            Waiting::Nothing => Besides::Nothing,
            Waiting::End => Besides::Farewell,
            Waiting::Bytes => match self.answer(COURTESY.min(limits.command)).await {
                Ok(Answer { code: 421, .. }) => Besides::Farewell,
                _ => Besides::Reply,
            },
        }
    }

    /// Reads one reply.
    pub(super) async fn answer(&mut self, limit: Duration) -> Result<Answer, Unheard> {
        let reply = timeout(limit, self.lettre.read_response()).await;
        self.heard(limit, reply)
    }

    /// Says one command and reads its reply.
    pub(super) async fn ask(&mut self, command: impl Display, limit: Duration) -> Result<Answer, Unheard> {
        let reply = timeout(limit, self.lettre.command(command)).await;
        self.heard(limit, reply)
    }

    pub(super) async fn authenticate(
        &mut self,
        mechanism: Mechanism,
        credentials: &Credentials,
        limit: Duration,
    ) -> Result<Answer, Unheard> {
        let reply = timeout(limit, self.lettre.auth(&[mechanism], credentials)).await;
        self.heard(limit, reply)
    }

    /// Writes what stands in `group`. Beside the result: how many bytes the socket took since this began.
    pub(super) async fn write_group(&mut self, limit: Duration) -> (u64, Result<(), Unheard>) {
        let before = self.line.taken();
        let written = match timeout(limit, self.line.write(&self.group)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Unheard::Closed(broke(&error))),
            Err(_) => Err(Unheard::Late(format!("the relay did not take what was written within {limit:?}"))),
        };
        self.group.clear();
        self.group.shrink_to(KEPT_BYTES);
        (self.line.taken() - before, written)
    }

    /// Has the relay forget what was said of a message.
    pub(super) async fn reset(&mut self, limits: PhaseLimits) -> Reset {
        match self.line.waiting().await {
            Waiting::Nothing => {}
            Waiting::Bytes => return Reset::Odd,
            Waiting::End => return Reset::Lost,
        }
        match self.ask(Rset, COURTESY.min(limits.command)).await {
            Ok(Answer { code: 250, .. }) => match self.besides(limits).await {
                Besides::Nothing => Reset::Done,
                Besides::Farewell => Reset::Lost,
                Besides::Reply => Reset::Odd,
            },
            Ok(Answer { code: 421, .. }) | Err(Unheard::Closed(_) | Unheard::Late(_)) => Reset::Lost,
            Ok(_) | Err(Unheard::Nonsense(_)) => Reset::Odd,
        }
    }

    /// Says QUIT and waits for its answer, the only one with this code.
    pub(super) async fn leave(&mut self, limits: PhaseLimits) -> Reset {
        match self.ask(Quit, COURTESY.min(limits.command)).await {
            Ok(Answer { code: 221 | 421, .. }) | Err(Unheard::Closed(_) | Unheard::Late(_)) => Reset::Lost,
            Ok(_) | Err(Unheard::Nonsense(_)) => Reset::Odd,
        }
    }

    /// Ends the content of a message for nobody before it has begun; true if the relay takes nothing.
    pub(super) async fn refuses_lone_dot(&mut self, limits: PhaseLimits) -> bool {
        let limit = COURTESY.min(limits.after_dot);
        if !self.silent().await {
            return false;
        }
        self.group.extend_from_slice(b".\r\n");
        matches!(self.write_group(limit).await, (_, Ok(())))
            && self.answer(limit).await.is_ok_and(|answer| refuses(&answer) && answer.code != 421)
    }

    /// QUIT and an orderly end of TLS.
    pub(super) async fn quit(&mut self, limits: PhaseLimits) {
        let _ = timeout(COURTESY.min(limits.command), self.lettre.abort()).await;
    }

    /// lettre tells positive and negative replies apart as `Ok` and `Err`; here both are answers.
    fn heard<E>(
        &self,
        limit: Duration,
        reply: Result<Result<Response, LettreError>, E>,
    ) -> Result<Answer, Unheard> {
        let error = match reply {
            Err(_) => return Err(Unheard::Late(format!("no answer came within {limit:?}"))),
            Ok(Ok(reply)) => {
                let text = reply.message().collect::<Vec<_>>().join("\n");
                return Ok(Answer { code: reply.code().into(), text });
            }
            Ok(Err(error)) => error,
        };
        let source = error.source();
        if let Some(code) = error.status() {
            let text = source.map(ToString::to_string).unwrap_or_default();
            return Ok(Answer { code: code.into(), text });
        }
        match source.and_then(|source| source.downcast_ref::<io::Error>()) {
            Some(error) if error.kind() != io::ErrorKind::InvalidData => Err(Unheard::Closed(broke(error))),
            _ if self.line.is_over() => Err(Unheard::Closed("the relay left".to_owned())),
            _ => Err(Unheard::Nonsense("the relay's answer was not SMTP".to_owned())),
        }
    }
}

fn broke(error: &io::Error) -> String {
    format!("the connection broke ({})", error.kind())
}

/// Says what lettre wants to hear before it lets the stream be set; AUTH is offered so that its `auth` goes ahead.
#[derive(Debug)]
struct Prompter(&'static [u8]);

impl AsyncRead for Prompter {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Prompter {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl AsyncTokioStream for Prompter {
    fn peer_addr(&self) -> io::Result<std::net::SocketAddr> {
        Err(io::ErrorKind::NotConnected.into())
    }
}
