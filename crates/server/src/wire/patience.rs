//! A stream that loses patience.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::WireLimits;

/// How many requests of a connection are under way: from the whole head to the last byte of the answer.
#[derive(Debug, Clone, Default)]
pub(super) struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    /// Counts one until the guard is dropped.
    pub(super) fn one(&self) -> Guard {
        self.0.fetch_add(1, Ordering::AcqRel);
        Guard(self.clone())
    }

    fn none(&self) -> bool {
        self.0.load(Ordering::Acquire) == 0
    }
}

/// One request under way.
pub(super) struct Guard(UnderWay);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// An answer's body that keeps its request under way until it is sent or dropped.
pub(super) struct Counted {
    body: Body,
    _guard: Guard,
}

impl Counted {
    pub(super) fn new(body: Body, guard: Guard) -> Self {
        Self { body, _guard: guard }
    }
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A moment by which something must have happened, if any is set.
#[derive(Default)]
struct Deadline(Option<Pin<Box<Sleep>>>);

impl Deadline {
    fn clear(&mut self) {
        self.0 = None;
    }

    /// Sets it unless it is set, and says whether it has passed; wakes the task when it does.
    fn passed(&mut self, patience: Duration, cx: &mut Context<'_>) -> bool {
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + patience)));
        sleep.as_mut().poll(cx).is_ready()
    }
}

/// A TCP stream that fails with `TimedOut` when nobody speaks while no request is under way, or when what we
/// write is not taken. What a request under way may take is the business of whoever works on it.
pub(super) struct Patient {
    stream: TcpStream,
    under_way: UnderWay,
    limits: WireLimits,
    spoke: bool,
    reading: Deadline,
    writing: Deadline,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, under_way: UnderWay, limits: WireLimits) -> Self {
        let (reading, writing) = Default::default();
        Self { stream, under_way, limits, spoke: false, reading, writing }
    }

    fn written<T>(&mut self, result: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.writing.clear();
        } else if self.writing.passed(self.limits.stall, cx) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        result
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let result = Pin::new(&mut this.stream).poll_read(cx, into);
        if result.is_ready() {
            this.spoke = true;
            this.reading.clear();
        } else if this.under_way.none() {
            let patience = if this.spoke { this.limits.idle } else { this.limits.first_byte };
            if this.reading.passed(patience, cx) {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
        } else {
            this.reading.clear();
        }
        result
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(result, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.written(result, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(result, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.written(result, cx)
    }
}
