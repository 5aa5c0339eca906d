//! Frames from a socket: tungstenite unmasks them, puts fragments together, and judges them.
//!
//! Owns that it only reads, and how much of unfinished messages the whole server keeps. What the
//! library would write by itself, pongs and close frames, goes nowhere: whoever gets its messages
//! answers them.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig, WebSocketContext};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::vitals::Vitals;

/// Bytes read from a socket at once: small, because every socket keeps them and most are idle most of
/// the time.
const READ_BUFFER: usize = 1024;

/// Bytes of a message under way that anybody may have: people's messages are far smaller.
const SMALL: usize = 64 << 10;
/// Bytes of a ping or pong beside its payload: it may not be long, and is masked.
const CONTROL_HEADER: usize = 6;
/// KiB of larger ones in the whole server, from their first byte until their room has taken them in:
/// thousands of connections that each send most of the largest message must not fill memory.
const LARGE_KIB: usize = 512 << 10;

/// What may come in.
#[derive(Debug, Clone)]
pub(crate) struct Intake {
    /// Largest message, in bytes.
    max_frame: usize,
    /// KiB of large messages that may still come at the same time.
    large: Arc<Semaphore>,
}

impl Intake {
    /// Messages of so many bytes, and of the largest at least two at a time.
    pub(crate) fn new(max_frame: usize) -> Self {
        let large = LARGE_KIB.max(max_frame.div_ceil(1024) * 2);
        Self {
            max_frame,
            large: Arc::new(Semaphore::new(large)),
        }
    }

    /// Largest message, in bytes.
    pub(crate) fn largest(&self) -> usize {
        self.max_frame
    }

    /// One that others fill with large messages.
    #[cfg(test)]
    pub(super) fn crowded(max_frame: usize) -> Self {
        Self {
            max_frame,
            large: Arc::new(Semaphore::new(0)),
        }
    }
}

/// As many large messages are under way as the server takes.
#[derive(Debug, thiserror::Error)]
#[error("the server is busy with other large messages; try again later")]
pub(super) struct Crowded;

/// A message under way.
struct Unfinished {
    intake: Intake,
    bytes: usize,
    /// What it has of [`Intake::large`].
    held: Option<OwnedSemaphorePermit>,
}

impl Unfinished {
    /// So many bytes more.
    fn grow(&mut self, bytes: usize) -> Result<(), Crowded> {
        self.bytes += bytes;
        let large = self.bytes.saturating_sub(SMALL).div_ceil(1024);
        let held = self
            .held
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits);
        let Some(more) = large.checked_sub(held).filter(|&more| more > 0) else {
            return Ok(());
        };
        let more = u32::try_from(more).map_err(|_| Crowded)?;
        let more = Arc::clone(&self.intake.large).try_acquire_many_owned(more);
        let more = more.map_err(|_| Crowded)?;
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        Ok(())
    }

    /// So many bytes were none of it.
    fn shrink(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
        let large = self.bytes.saturating_sub(SMALL).div_ceil(1024);
        if let Some(held) = &mut self.held {
            let more = held.num_permits().saturating_sub(large);
            drop(held.split(more));
        }
        self.held.take_if(|held| held.num_permits() == 0);
    }

    /// It is complete: what it has is its reader's now.
    fn finish(&mut self) -> Option<OwnedSemaphorePermit> {
        self.bytes = 0;
        self.held.take()
    }
}

/// The reading half of a WebSocket.
pub(crate) struct Reader<R> {
    stream: R,
    unfinished: Unfinished,
    /// Apart, because it is large and is moved from future to future, each of which has its place.
    frames: Box<WebSocketContext>,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// Reads `begun`, and then from `stream`.
    pub(crate) fn new(stream: R, begun: &[u8], intake: Intake) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            // What goes nowhere is not to be gathered first.
            .write_buffer_size(0)
            .max_message_size(Some(intake.max_frame))
            .max_frame_size(Some(intake.max_frame));
        let frames =
            WebSocketContext::from_partially_read(begun.to_vec(), Role::Server, Some(config));
        let unfinished = Unfinished {
            intake,
            bytes: begun.len(),
            held: None,
        };
        Self {
            stream,
            unfinished,
            frames: Box::new(frames),
        }
    }

    /// The next message, and its part of what large ones may take. After a close frame there is
    /// none.
    ///
    /// # Errors
    /// When the connection is over, breaks the protocol, or is [`Crowded`] out.
    pub(super) async fn next(
        &mut self,
        vitals: &Vitals,
    ) -> Result<(Message, Option<OwnedSemaphorePermit>), Error> {
        let Self {
            stream,
            frames,
            unfinished,
        } = self;
        let next = poll_fn(|context| {
            let mut inlet = Inlet {
                stream: &mut *stream,
                unfinished: &mut *unfinished,
                vitals,
                context,
            };
            match frames.read(&mut inlet) {
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
                read => Poll::Ready(read),
            }
        });
        let message = next.await?;
        // Pings come between the parts of a message that goes on.
        let large = match &message {
            Message::Ping(payload) | Message::Pong(payload) => {
                self.unfinished.shrink(payload.len() + CONTROL_HEADER);
                None
            }
            _ => self.unfinished.finish(),
        };
        vitals.arrive(0, self.unfinished.held.is_some());
        Ok((message, large))
    }

    /// What is read from.
    pub(crate) fn stream(&mut self) -> &mut R {
        &mut self.stream
    }
}

/// A stream for the time of a poll, which swallows what is written.
struct Inlet<'a, 'b, R> {
    stream: &'a mut R,
    unfinished: &'a mut Unfinished,
    vitals: &'a Vitals,
    context: &'a mut Context<'b>,
}

impl<R: AsyncRead + Unpin> Read for Inlet<'_, '_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(bytes);
        match Pin::new(&mut *self.stream).poll_read(self.context, &mut buffer) {
            Poll::Ready(read) => {
                read?;
                let bytes = buffer.filled().len();
                self.unfinished.grow(bytes).map_err(io::Error::other)?;
                self.vitals.arrive(bytes, self.unfinished.held.is_some());
                Ok(bytes)
            }
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

impl<R> Write for Inlet<'_, '_, R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;

    use super::*;

    /// The first of a fragmented message of so many bytes, masked with zeros.
    fn begun(bytes: usize) -> Vec<u8> {
        let mut frame = vec![0x02, 0xff];
        frame.extend((bytes as u64).to_be_bytes());
        frame.extend([0; 4]);
        frame.resize(frame.len() + bytes, 7);
        frame
    }

    #[test]
    fn an_idle_connection_has_little_to_read_into() {
        let reader = Reader::new(tokio::io::empty(), &[], Intake::new(1 << 20));
        let most = reader.frames.get_config().read_buffer_size;
        assert!(most <= 1 << 10, "{most} bytes for each");
    }

    #[tokio::test]
    async fn pings_and_pongs_are_no_part_of_a_message() {
        let (ours, mut theirs) = tokio::io::duplex(1 << 10);
        let intake = Intake::new(1 << 20);
        let mut reader = Reader::new(ours, &[], intake.clone());
        let all = intake.large.available_permits();
        let mut frame = vec![0x8a, 0xfd, 0, 0, 0, 0];
        frame.resize(frame.len() + 125, 7);
        for _ in 0..2 * SMALL / frame.len() {
            theirs.write_all(&frame).await.unwrap();
            let (message, large) = reader.next(&Vitals::default()).await.unwrap();
            assert!(matches!(message, Message::Pong(_)) && large.is_none());
        }
        assert_eq!(intake.large.available_permits(), all);
    }

    #[tokio::test]
    async fn unfinished_messages_share_what_the_server_has_for_them() {
        let vitals = Vitals::default();
        const MAX_FRAME: usize = 1 << 20;
        const PART: usize = 700 << 10;
        let intake = Intake {
            max_frame: MAX_FRAME,
            large: Arc::new(Semaphore::new(1 << 10)),
        };
        let reader = |begun: &[u8]| {
            let (ours, theirs) = tokio::io::duplex(2 * MAX_FRAME);
            (Reader::new(ours, begun, intake.clone()), theirs)
        };
        let (mut first, mut one) = reader(&[]);
        one.write_all(&begun(PART)).await.unwrap();
        // A ping in between does not make the message a new one.
        one.write_all(&[0x89, 0x80, 0, 0, 0, 0]).await.unwrap();
        let (message, large) = first.next(&vitals).await.unwrap();
        assert!(matches!(message, Message::Ping(_)) && large.is_none());
        let (mut second, mut other) = reader(&[]);
        other.write_all(&begun(PART)).await.unwrap();
        let Err(Error::Io(error)) = second.next(&vitals).await else {
            panic!("there is no room for two");
        };
        assert!(error.get_ref().is_some_and(|error| error.is::<Crowded>()));
        // The last part makes it whole; its room comes back when it has been taken in.
        one.write_all(&[0x80, 0x80, 0, 0, 0, 0]).await.unwrap();
        let (message, large) = first.next(&vitals).await.unwrap();
        assert_eq!(message.len(), PART);
        assert!(intake.large.available_permits() < 500);
        drop((large, second));
        assert_eq!(intake.large.available_permits(), 1 << 10);
        // Small ones always come.
        let _all = intake.large.acquire_many(1 << 10).await.unwrap();
        one.write_all(&[0x82, 0x81, 0, 0, 0, 0, 9]).await.unwrap();
        assert!(first.next(&vitals).await.unwrap().1.is_none());
    }
}
