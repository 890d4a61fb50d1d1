//! A stream that counts what is handed to it: the proof that nothing of a request went out.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use hyper::rt::{Read, ReadBufCursor, Write};

use crate::Arrival;

/// Bytes written so far; shared between the stream and whoever asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Count(Arc<AtomicU64>);

/// A stream that counts.
pub(crate) struct Counted<T> {
    inner: T,
    count: Count,
}

// === impl Count ===

impl Count {
    /// Whether anything may have arrived.
    pub(crate) fn arrival(&self) -> Arrival {
        if self.0.load(Ordering::Acquire) == 0 {
            Arrival::No
        } else {
            Arrival::Maybe
        }
    }

    pub(crate) fn add(&self, written: usize) {
        let written = u64::try_from(written).unwrap_or(u64::MAX);
        self.0.fetch_add(written, Ordering::AcqRel);
    }
}

// === impl Counted ===

impl<T> Counted<T> {
    pub(crate) const fn new(inner: T, count: Count) -> Self {
        Self { inner, count }
    }
}

impl<T: Read + Unpin> Read for Counted<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl<T: Write + Unpin> Write for Counted<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(cx, buf);
        if let Poll::Ready(Ok(written)) = &polled {
            self.count.add(*written);
        }
        polled
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        if let Poll::Ready(Ok(written)) = &polled {
            self.count.add(*written);
        }
        polled
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
