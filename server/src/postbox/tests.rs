//! The room and the connection's task write to one real socket, in turn.

use std::future::poll_fn;

use socket2::SockRef;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::yield_now;

use super::*;

/// As little as the system allows: it takes a few kilobytes.
const TINY: u32 = 2048;

/// Both ends of a connection that holds little.
pub(crate) async fn narrow() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let theirs = TcpSocket::new_v4().unwrap();
    theirs.set_recv_buffer_size(TINY).unwrap();
    let theirs = theirs.connect(listener.local_addr().unwrap());
    let (theirs, ours) = tokio::join!(theirs, listener.accept());
    let (ours, _) = ours.unwrap();
    SockRef::from(&ours)
        .set_send_buffer_size(TINY as usize)
        .unwrap();
    (ours, theirs.unwrap())
}

fn payload(number: usize) -> Bytes {
    let size = 8 + number * 7919 % 3000;
    let mut payload = vec![number as u8; size];
    payload[..8].copy_from_slice(&(number as u64).to_be_bytes());
    payload.into()
}

/// Does what a connection's task does; how many frames it wrote.
async fn work(postbox: &Postbox, socket: &OwnedWriteHalf) -> u64 {
    struct Polled<'a>(&'a OwnedWriteHalf);
    impl AsyncWrite for Polled<'_> {
        fn poll_write(
            self: std::pin::Pin<&mut Self>,
            context: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            loop {
                ready!(self.0.as_ref().poll_write_ready(context))?;
                match self.0.try_write(bytes) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    written => return Poll::Ready(written),
                }
            }
        }

        fn poll_flush(self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(
            self: std::pin::Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }
    let mut frames = 0;
    let mut writer = Polled(socket);
    loop {
        match postbox.errand() {
            Errand::Write => {
                let writing = poll_fn(|context| postbox.poll_write(context, &mut writer));
                frames += writing.await.unwrap().1.frames;
            }
            Errand::Nothing => postbox.filled().await,
            Errand::End => return frames,
            Errand::Ready | Errand::Close(..) => panic!("too slow"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn the_room_and_the_task_never_tear_each_others_frames() {
    const FRAMES: usize = 10_000;
    let (ours, mut theirs) = narrow().await;
    let (_reader, writer) = ours.into_split();
    let writer = Arc::new(writer);
    let postbox = Arc::new(Postbox::new(Some(Arc::clone(&writer))));
    let task = tokio::spawn({
        let (postbox, writer) = (Arc::clone(&postbox), Arc::clone(&writer));
        async move { work(&postbox, &writer).await }
    });
    let room = tokio::spawn({
        let postbox = Arc::clone(&postbox);
        async move {
            let mut frames = 0;
            for number in 0..FRAMES {
                postbox.send(payload(number), false);
                frames += postbox.deliver().frames;
                // At times it empties, so that the room has its turn too.
                while postbox.bytes() > if number % 100 == 0 { 0 } else { 100_000 } {
                    yield_now().await;
                }
            }
            while postbox.bytes() > 0 {
                yield_now().await;
            }
            postbox.end(Bytes::from_static(b"\x03\xf4"));
            frames
        }
    });
    for number in 0..FRAMES {
        let expected = payload(number);
        let mut header = [0; 2];
        theirs.read_exact(&mut header).await.unwrap();
        assert_eq!(header[0], 0x82, "frame {number}");
        let length = match header[1] {
            126 => usize::from(theirs.read_u16().await.unwrap()),
            short => usize::from(short),
        };
        assert_eq!(length, expected.len(), "frame {number}");
        let mut found = vec![0; length];
        theirs.read_exact(&mut found).await.unwrap();
        assert!(found == expected, "frame {number}");
    }
    assert_eq!(theirs.read_u32().await.unwrap(), 0x8802_03f4);
    let (by_task, by_room) = (task.await.unwrap(), room.await.unwrap());
    assert_eq!(by_task + by_room, FRAMES as u64, "each is counted once");
    assert!(by_task > 0 && by_room > 0, "{by_task} and {by_room}");
}

#[tokio::test]
async fn the_room_leaves_much_and_all_ends_to_the_task() {
    let (ours, theirs) = narrow().await;
    let (_reader, writer) = ours.into_split();
    let postbox = Postbox::new(Some(Arc::new(writer)));
    let large = Bytes::from(vec![0; DIRECT + 1]);
    postbox.send(large, true);
    assert_eq!(postbox.deliver(), Sent::default());
    assert_eq!(postbox.errand(), Errand::Write);
    postbox.close(CloseCode::Poison, "bad".to_owned());
    assert_eq!(postbox.deliver(), Sent::default());
    let close = Errand::Close(CloseCode::Poison, "bad".to_owned());
    assert_eq!(postbox.errand(), close);
    postbox.send(Bytes::from_static(b"late"), false);
    assert_eq!(postbox.deliver(), Sent::default());
    let read = theirs.try_read(&mut [0; 1]);
    assert_eq!(read.unwrap_err().kind(), io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn without_a_socket_the_task_is_told_once() {
    let postbox = Postbox::new(None);
    for _ in 0..3 {
        postbox.send(Bytes::from_static(b"x"), false);
        assert_eq!(postbox.deliver(), Sent::default());
    }
    postbox.filled().await;
    assert_eq!(postbox.errand(), Errand::Write);
}
