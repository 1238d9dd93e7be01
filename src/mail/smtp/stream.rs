//! The two ends of a conversation beneath lettre's connection: what the socket has taken from us, and what the relay
//! has said that nobody has read yet.

use std::{
    fmt,
    future::poll_fn,
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use futures_util::io::{AsyncRead as PollRead, AsyncWrite as PollWrite};
#[expect(deprecated, reason = "lettre 0.11 has no other type for a TLS stream over a socket of ours")]
use lettre::transport::smtp::client::AsyncNetworkStream;
use lettre::transport::smtp::client::{AsyncTokioStream, TlsParameters};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Read from the relay at once; the replies of a whole group fit in.
const CHUNK: usize = 2048;

/// A line of a reply has 512 bytes at most (RFC 5321, 4.5.3.1.5). One that is much longer never ends.
const LONGEST_LINE: usize = 256 * 1024;

/// A socket that counts what it has taken. Ciphertext is never shorter than its plaintext: while fewer bytes were
/// taken than stand before a place in what we write, that place has not left us, TLS or not.
struct Counted<S> {
    socket: S,
    taken: Arc<AtomicU64>,
}

impl<S> Counted<S> {
    fn count(&self, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(bytes)) = &wrote {
            self.taken.fetch_add(*bytes as u64, Ordering::Relaxed);
        }
        wrote
    }
}

impl<S> fmt::Debug for Counted<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counted").field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.socket).poll_write(cx, buf);
        self.count(wrote)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.socket).poll_write_vectored(cx, bufs);
        self.count(wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> AsyncTokioStream for Counted<S> {
    fn peer_addr(&self) -> io::Result<std::net::SocketAddr> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// What waits to be read although nothing was asked.
pub(super) enum Waiting {
    Nothing,
    Bytes,
    /// The relay has closed the connection, or it broke.
    End,
}

/// The stream that lettre's connection reads and writes, shared with us: we write groups of commands on it and look at
/// what waits, without taking it away. lettre is given one line at a time, so that nothing hides in its own buffer.
#[derive(Clone)]
pub(super) struct Line {
    ends: Arc<Mutex<Ends>>,
    taken: Arc<AtomicU64>,
}

struct Ends {
    #[expect(deprecated, reason = "lettre 0.11 has no other type for a TLS stream over a socket of ours")]
    stream: AsyncNetworkStream,
    unread: Vec<u8>,
    /// Up to here lettre has had it.
    read: usize,
    over: bool,
    /// Bytes that came since a line last ended.
    line: usize,
}

impl Line {
    /// Takes the socket, with TLS where parameters for it are given.
    #[expect(deprecated, reason = "lettre 0.11 has no other type for a TLS stream over a socket of ours")]
    pub(super) async fn over(
        socket: impl AsyncRead + AsyncWrite + Send + Sync + Unpin + 'static,
        tls: Option<TlsParameters>,
    ) -> Result<Self, lettre::transport::smtp::Error> {
        let taken = Arc::new(AtomicU64::new(0));
        let counted = Counted { socket, taken: taken.clone() };
        let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(counted));
        if let Some(tls) = tls {
            stream.upgrade_tls(tls).await?;
        }
        let ends = Ends { stream, unread: Vec::with_capacity(CHUNK), read: 0, over: false, line: 0 };
        Ok(Self { ends: Arc::new(Mutex::new(ends)), taken })
    }

    /// Bytes that the socket has taken from us so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Whether the end of what the relay says has been seen.
    pub(super) fn is_over(&self) -> bool {
        self.ends().over
    }

    pub(super) async fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match poll_fn(|cx| Pin::new(&mut self.ends().stream).poll_write(cx, rest)).await? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                taken => rest = &rest[taken..],
            }
        }
        poll_fn(|cx| Pin::new(&mut self.ends().stream).poll_flush(cx)).await
    }

    /// Looks once, and leaves what it sees where it is.
    pub(super) async fn waiting(&self) -> Waiting {
        poll_fn(|cx| {
            Poll::Ready(match self.ends().fill(cx) {
                Poll::Pending => Waiting::Nothing,
                Poll::Ready(Ok(true)) => Waiting::Bytes,
                Poll::Ready(Ok(false) | Err(_)) => Waiting::End,
            })
        })
        .await
    }

    fn ends(&self) -> MutexGuard<'_, Ends> {
        self.ends.lock().expect("nothing panics while it is held")
    }
}

impl Ends {
    /// Ready with true once something is unread, with false at the end.
    fn fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.read < self.unread.len() {
            return Poll::Ready(Ok(true));
        }
        if self.over {
            return Poll::Ready(Ok(false));
        }
        self.unread.resize(CHUNK, 0);
        let got = Pin::new(&mut self.stream).poll_read(cx, &mut self.unread);
        self.unread.truncate(match got {
            Poll::Ready(Ok(bytes)) => bytes,
            _ => 0,
        });
        self.read = 0;
        let got = ready!(got);
        self.over = !matches!(got, Ok(1..));
        self.line = match memchr::memrchr(b'\n', &self.unread) {
            Some(end) => self.unread.len() - end - 1,
            None => self.line + self.unread.len(),
        };
        if self.line > LONGEST_LINE {
            self.over = true;
            self.unread.clear();
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a line of a reply has no end",
            )));
        }
        Poll::Ready(got.map(|bytes| bytes > 0))
    }

    /// lettre gives up a reply whose words are in another encoding than UTF-8, and only its code matters. `%` stands
    /// for such letters: whatever word holds one is not repeated to anybody.
    fn make_text(&mut self, bytes: usize) {
        let text = &mut self.unread[self.read..self.read + bytes];
        if std::str::from_utf8(text).is_err() {
            text.iter_mut().filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b'%');
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut ends = self.ends();
        if ready!(ends.fill(cx))? {
            let unread = &ends.unread[ends.read..];
            let line = memchr::memchr(b'\n', unread).map_or(unread.len(), |end| end + 1);
            let given = line.min(buf.remaining());
            ends.make_text(given);
            let unread = &ends.unread[ends.read..];
            buf.put_slice(&unread[..given]);
            ends.read += given;
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.ends().stream).poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.ends().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.ends().stream).poll_close(cx)
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<std::net::SocketAddr> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
