//! One connection over a pipe, on a clock that runs ahead whenever everybody waits.

use std::sync::{Arc, Mutex};

use board::protocol::Message as Spoken;
use futures_util::{SinkExt, StreamExt};
use tokio::io::{DuplexStream, ReadHalf, WriteHalf};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::*;
use crate::postbox::tests::narrow;
use crate::principal::Principal;
use crate::rooms::Rooms;
use crate::rooms::tests::{board, long_texts, rooms_over_nothing, rooms_over_silence};

type Piped = Line<ReadHalf<DuplexStream>, WriteHalf<DuplexStream>>;

/// Larger than any frame here.
const MAX_FRAME: usize = 1 << 20;

/// Both ends of a connection through a pipe that holds so many bytes.
async fn pipe(bytes: usize) -> (Piped, WebSocketStream<DuplexStream>) {
    let (ours, theirs) = tokio::io::duplex(bytes);
    let theirs = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    (Line::split(ours, Intake::new(MAX_FRAME)), theirs)
}

async fn serve_on(rooms: &Rooms, line: Piped) -> Duration {
    let lease = rooms.lease(&board("b")).unwrap();
    let began = Instant::now();
    serve(line, lease, true, Principal::operator()).await;
    began.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_shows_no_sign_of_life_is_hung_up_on() {
    let rooms = rooms_over_nothing();
    let (ours, _theirs) = pipe(1 << 20).await;
    let lasted = serve_on(&rooms, ours).await;
    assert_eq!(lasted.as_secs(), 60, "after the third ping that was due");
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_answers_pings_stays() {
    let rooms = rooms_over_nothing();
    let (ours, mut theirs) = pipe(1 << 20).await;
    let answering = async {
        let hour = timeout(Duration::from_secs(3600), async {
            while let Some(Ok(_)) = theirs.next().await {}
        });
        hour.await.is_err()
    };
    let served = serve_on(&rooms, ours);
    tokio::select! {
        lasted = served => panic!("hung up on after {lasted:?}"),
        stayed = answering => assert!(stayed),
    }
}

/// The beginning of a masked message of an unknown type that has so many bytes.
fn begun(first: u8, bytes: usize) -> Vec<u8> {
    let mut frame = vec![first, 0xff];
    frame.extend((bytes as u64).to_be_bytes());
    frame.extend([0; 4]);
    frame
}

#[tokio::test(start_paused = true)]
async fn a_large_message_on_a_slow_line_arrives() {
    const PIECE: usize = 8 << 10;
    let rooms = rooms_over_nothing();
    let (ours, mut theirs) = tokio::io::duplex(PIECE);
    let (line, began) = (Line::split(ours, Intake::new(MAX_FRAME)), Instant::now());
    let sending = async {
        theirs.write_all(&begun(0x82, MAX_FRAME)).await.unwrap();
        let mut seconds = interval_at(began, Duration::from_secs(1));
        for _ in 0..MAX_FRAME / PIECE {
            seconds.tick().await;
            theirs.write_all(&[99; PIECE]).await.unwrap();
        }
        let arrived = began.elapsed();
        // From here on it is as quiet as anybody.
        std::future::pending::<()>().await;
        arrived
    };
    tokio::select! {
        lasted = serve_on(&rooms, line) => {
            let slow = (MAX_FRAME / PIECE) as u64;
            assert!((slow + 40..=slow + 60).contains(&lasted.as_secs()), "{lasted:?}");
        }
        _ = sending => {}
    }
}

#[tokio::test(start_paused = true)]
async fn a_large_message_that_gets_nowhere_is_given_up() {
    let rooms = rooms_over_nothing();
    let (ours, mut theirs) = tokio::io::duplex(MAX_FRAME);
    let line = Line::split(ours, Intake::new(MAX_FRAME));
    let sending = async {
        theirs.write_all(&begun(0x02, MAX_FRAME / 2)).await.unwrap();
        theirs.write_all(&vec![99; MAX_FRAME / 2]).await.unwrap();
        let mut pongs = interval_at(Instant::now(), Duration::from_secs(5));
        loop {
            pongs.tick().await;
            theirs.write_all(&[0x8a, 0x80, 0, 0, 0, 0]).await.unwrap();
        }
    };
    tokio::select! {
        lasted = serve_on(&rooms, line) => assert!(lasted.as_secs() <= 80, "{lasted:?}"),
        () = sending => {}
    }
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_store_that_stalls_is_not_taken_for_dead() {
    let rooms = rooms_over_silence();
    let (ours, theirs) = pipe(1 << 10).await;
    let (mut theirs, mut hears) = theirs.split();
    let hearing = async { while let Some(Ok(_)) = hears.next().await {} };
    let speaking = async {
        for frame in long_texts(MAX_FRAME - 100) {
            theirs.feed(Message::Binary(frame)).await.unwrap();
        }
    };
    let hour = timeout(Duration::from_secs(3600), speaking);
    tokio::select! {
        lasted = serve_on(&rooms, ours) => panic!("hung up on after {lasted:?}"),
        () = hearing => panic!("the server has closed"),
        waited = hour => assert!(waited.is_err(), "the store takes no more"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_reads_nothing_is_cut_off() {
    let rooms = rooms_over_nothing();
    // Three answers fit.
    let (ours, mut theirs) = pipe(64).await;
    let speaking = async {
        for _ in 0..20 {
            let fence = Spoken::Fence(&[0; 16]).encode();
            theirs.feed(Message::Binary(fence.into())).await.unwrap();
        }
        theirs.flush().await.unwrap();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        lasted = serve_on(&rooms, ours) => {
            assert!((STALL..STALL + GOODBYE * 2).contains(&lasted), "{lasted:?}");
        }
        () = speaking => {}
    }
}

#[tokio::test(start_paused = true)]
async fn those_of_a_busy_server_are_told_of_its_end_one_after_the_other() {
    const MANY: usize = 2_000;
    let rooms = rooms_over_nothing();
    let mut ends = Vec::new();
    for _ in 0..MANY {
        let (ours, mut theirs) = pipe(1 << 10).await;
        let lease = rooms.lease(&board("b")).unwrap();
        tokio::spawn(async move { serve(ours, lease, true, Principal::operator()).await });
        ends.push(tokio::spawn(async move {
            while let Some(Ok(message)) = theirs.next().await {
                if let Message::Close(Some(frame)) = message {
                    return (u16::from(frame.code), Instant::now());
                }
            }
            panic!("no close frame");
        }));
    }
    while rooms.lease(&board("b")).unwrap().metrics().sockets.get() < MANY as i64 {
        yield_now().await;
    }
    let (began, closing) = (
        Instant::now(),
        tokio::spawn(async move { rooms.close().await }),
    );
    let mut delays = Vec::new();
    for end in ends {
        let (code, at) = end.await.unwrap();
        assert_eq!(code, CloseCode::Restart.number());
        delays.push(at - began);
    }
    delays.sort_unstable();
    assert!(
        delays[MANY - 1] < Duration::from_millis(2_100),
        "{:?}",
        delays[MANY - 1]
    );
    for (share, delay) in delays.iter().enumerate().step_by(MANY / 10) {
        let even = Duration::from_secs(2).mul_f64(share as f64 / MANY as f64);
        assert!(
            delay.abs_diff(even) < Duration::from_millis(200),
            "{share}: {delay:?}"
        );
    }
    closing.await.unwrap();
}

#[tokio::test]
async fn a_peer_that_never_reads_a_plain_socket_is_cut_off() {
    /// Their answers do not fit the socket.
    const FENCES: usize = 2_000;
    let rooms = rooms_over_nothing();
    let (ours, theirs) = narrow().await;
    let mut theirs = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    let lease = rooms.lease(&board("b")).unwrap();
    let fence = Spoken::Fence(&[0; 16]).encode();
    // A head of two bytes, and the mask.
    let mut spoken = vec![0; FENCES * (6 + fence.len())];
    for _ in 0..FENCES {
        let fence = Message::Binary(fence.clone().into());
        theirs.feed(fence).await.unwrap();
    }
    theirs.flush().await.unwrap();
    while ours.peek(&mut spoken).await.unwrap() < spoken.len() {
        yield_now().await;
    }
    // It is all here: nothing that is real is waited for.
    tokio::time::pause();
    let began = Instant::now();
    serve(
        Line::plain(ours, &[], Intake::new(MAX_FRAME)),
        lease,
        true,
        Principal::operator(),
    )
    .await;
    let lasted = began.elapsed();
    assert!((STALL..STALL + GOODBYE * 2).contains(&lasted), "{lasted:?}");
    drop(theirs);
}

#[tokio::test(start_paused = true)]
async fn pings_are_answered_before_what_a_slow_peer_has_not_read() {
    const FENCES: usize = 1_000;
    let rooms = rooms_over_nothing();
    let (ours, theirs) = pipe(64).await;
    let lease = rooms.lease(&board("b")).unwrap();
    let serving = tokio::spawn(serve(ours, lease, true, Principal::operator()));
    let (mut sink, mut stream) = theirs.split();
    for _ in 0..FENCES {
        let fence = Spoken::Fence(&[0; 16]).encode();
        sink.feed(Message::Binary(fence.into())).await.unwrap();
    }
    for number in 0..100_u8 {
        let ping = Message::Ping(Bytes::copy_from_slice(&[number]));
        sink.feed(ping).await.unwrap();
    }
    sink.flush().await.unwrap();
    let (mut fences, mut pongs) = (0, Vec::new());
    while pongs.last() != Some(&99) {
        match stream.next().await.unwrap().unwrap() {
            Message::Pong(payload) => pongs.push(payload[0]),
            Message::Binary(_) => fences += 1,
            other => panic!("{other}"),
        }
    }
    assert!(fences < FENCES / 2, "{fences} came first");
    assert!(pongs.len() < 50, "not each needs an answer: {pongs:?}");
    serving.abort();
}

#[tokio::test(start_paused = true)]
async fn a_close_frame_is_answered_with_the_same() {
    let rooms = rooms_over_nothing();
    let (ours, mut theirs) = pipe(1 << 10).await;
    let lease = rooms.lease(&board("b")).unwrap();
    let serving = tokio::spawn(serve(ours, lease, true, Principal::operator()));
    let frame = CloseFrame {
        code: 4321.into(),
        reason: "bye".into(),
    };
    theirs.close(Some(frame.clone())).await.unwrap();
    let mut answer = None;
    while let Some(Ok(message)) = theirs.next().await {
        if let Message::Close(close) = message {
            answer = close;
        }
    }
    assert_eq!(answer, Some(frame));
    serving.await.unwrap();
}

#[tokio::test]
async fn what_was_read_with_the_handshake_is_not_lost() {
    let rooms = rooms_over_nothing();
    let (ours, theirs) = narrow().await;
    let mut theirs = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    let lease = rooms.lease(&board("b")).unwrap();
    // An empty ping, and the first byte of another that never comes.
    let begun = [0x89, 0x80, 0, 0, 0, 0, 0x89];
    let serving = tokio::spawn(serve(
        Line::plain(ours, &begun, Intake::new(MAX_FRAME)),
        lease,
        true,
        Principal::operator(),
    ));
    while !matches!(theirs.next().await.unwrap().unwrap(), Message::Pong(_)) {}
    serving.abort();
}

#[tokio::test]
async fn an_idle_connection_keeps_little_in_hand() {
    let rooms = rooms_over_nothing();
    let (ours, _theirs) = narrow().await;
    let lease = rooms.lease(&board("b")).unwrap();
    let serving = serve(
        Line::plain(ours, &[], Intake::new(MAX_FRAME)),
        lease,
        true,
        Principal::operator(),
    );
    assert!(size_of_val(&serving) < 1_400, "{}", size_of_val(&serving));
}

/// What is logged in this thread, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn lines_with(&self, words: &[&str]) -> usize {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let lines = text.lines();
        lines
            .filter(|line| words.iter().all(|w| line.contains(w)))
            .count()
    }
}

/// Sends bytes as they are: the code they are closed with, the reason it is counted under, and
/// how often the log says so.
async fn sent_raw(intake: Intake, bytes: &[u8], code: CloseCode) -> (u16, Vec<String>, usize) {
    let log = Log::default();
    let lines = tracing_subscriber::fmt().with_ansi(false);
    let written = log.clone();
    let lines = lines.with_writer(move || written.clone()).finish();
    let _logged = tracing::subscriber::set_default(lines);
    let rooms = rooms_over_nothing();
    let (ours, theirs) = tokio::io::duplex(1 << 20);
    let lease = rooms.lease(&board("b")).unwrap();
    let lease = lease.for_address([192, 0, 2, 7].into());
    let serving = tokio::spawn(serve(
        Line::split(ours, intake),
        lease,
        true,
        Principal::operator(),
    ));
    let mut theirs = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    theirs.get_mut().write_all(bytes).await.unwrap();
    let told = loop {
        if let Message::Close(Some(frame)) = theirs.next().await.unwrap().unwrap() {
            break frame.code.into();
        }
    };
    drop(theirs);
    serving.await.unwrap();
    let text = rooms.lease(&board("b")).unwrap().metrics().text();
    let counted = text.lines().filter_map(|line| {
        let rest = line.strip_prefix("drawbridge_refusals_total{reason=\"")?;
        Some(rest.replace("\"}", ""))
    });
    let code = format!("code={code:?} ");
    let words = [
        "INFO",
        "closing",
        "board=b ",
        "peer=PeerId(",
        "address=192.0.2.7 ",
        &code,
    ];
    (told, counted.collect(), log.lines_with(&words))
}

#[tokio::test(start_paused = true)]
async fn what_breaks_the_rules_of_websockets_is_told_counted_and_logged() {
    let mut oversized = vec![0x82, 0xff];
    oversized.extend((MAX_FRAME as u64 + 1).to_be_bytes());
    oversized.extend([0; 4]);
    let bad = (CloseCode::BadFrame, "bad_frame 1");
    let cases: [(&str, &[u8], _); 6] = [
        ("not masked", &[0x82, 1, 9], bad),
        ("a reserved opcode", &[0x83, 0x80, 0, 0, 0, 0], bad),
        ("a reserved bit", &[0xc2, 0x80, 0, 0, 0, 0], bad),
        ("no message of ours", &[0x82, 0x81, 0, 0, 0, 0, 0], bad),
        ("text", &[0x81, 0x80, 0, 0, 0, 0], bad),
        ("too big", &oversized, (CloseCode::TooBig, "too_big 1")),
    ];
    for (what, bytes, (code, counted)) in cases {
        let sent = sent_raw(Intake::new(MAX_FRAME), bytes, code).await;
        let expected = (code.number(), vec![counted.to_owned()], 1);
        assert_eq!(sent, expected, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_turned_away_for_other_large_messages_is_counted_apart() {
    const LARGE: usize = 100 << 10;
    let mut large = vec![0x82, 0xff];
    large.extend((LARGE as u64).to_be_bytes());
    large.resize(large.len() + 4 + LARGE, 0);
    let sent = sent_raw(Intake::crowded(MAX_FRAME), &large, CloseCode::TryLater).await;
    let counted = vec!["large_messages 1".to_owned()];
    assert_eq!(sent, (CloseCode::TryLater.number(), counted, 1));
}
