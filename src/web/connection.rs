//! Connections that do not wait for ever. Poem's own idle limit asks a connection to end gracefully, which one with
//! half a header never does; here reading itself fails.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use poem::http::uri::Scheme;
use poem::listener::Acceptor;
use poem::web::{LocalAddr, RemoteAddr};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

const IDLE: Duration = Duration::from_secs(30);
/// The time is set anew no more often than this.
const GRAIN: Duration = Duration::from_secs(1);
/// Below the 1,024 files that a process may usually open, with room for the database.
const AT_ONCE: usize = 800;

pub struct Patient<A> {
    inner: A,
    room: Arc<Semaphore>,
}

impl<A> Patient<A> {
    pub fn new(inner: A) -> Self {
        Patient { inner, room: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl<A: Acceptor> Acceptor for Patient<A> {
    type Io = Limited<A::Io>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.inner.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let permit = self.room.clone().acquire_owned().await.map_err(io::Error::other)?;
        match self.inner.accept().await {
            Ok((io, local, remote, scheme)) => Ok((Limited::new(io, permit), local, remote, scheme)),
            Err(error) => {
                // Poem tries again at once, which would spin while there are no files left to open.
                sleep(Duration::from_millis(100)).await;
                Err(error)
            }
        }
    }
}

/// A connection on which waiting for the other side fails after [`IDLE`], or at most [`GRAIN`] earlier.
pub struct Limited<I> {
    inner: I,
    patience: Pin<Box<Sleep>>,
    moved: Instant,
    _permit: OwnedSemaphorePermit,
}

impl<I> Limited<I> {
    fn new(inner: I, permit: OwnedSemaphorePermit) -> Self {
        Limited { inner, patience: Box::pin(sleep(IDLE)), moved: Instant::now(), _permit: permit }
    }

    fn moved<T>(&mut self, cx: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            let now = Instant::now();
            if now.duration_since(self.moved) >= GRAIN {
                self.moved = now;
                self.patience.as_mut().reset(now + IDLE);
            }
            return result;
        }
        match self.patience.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Limited<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.inner).poll_read(cx, buffer);
        self.moved(cx, result)
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Limited<I> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.inner).poll_write(cx, data);
        self.moved(cx, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.inner).poll_write_vectored(cx, data);
        self.moved(cx, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
