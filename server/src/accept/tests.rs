//! One connection, served over a real socket, and over pipes on a clock that runs ahead.

use socket2::SockRef;
use tokio::io::DuplexStream;
use tokio::time::{Instant, interval};
use warp::Reply as _;

use super::*;

fn door() -> Door {
    Door {
        connections: 1,
        header_timeout: Duration::from_secs(10),
        tls: None,
        addresses: Arc::new(Addresses::new(1, Vec::new())),
        metrics: Arc::new(Metrics::new()),
    }
}

#[tokio::test]
async fn small_frames_are_not_held_back() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let theirs = TcpStream::connect(listener.local_addr().unwrap());
    let (theirs, ours) = tokio::join!(theirs, listener.accept());
    let (ours, from) = ours.unwrap();
    // The same socket again: the other is the server's.
    let seen = SockRef::from(&ours).try_clone().unwrap();
    assert!(!seen.tcp_nodelay().unwrap());
    let door = door();
    let admission = admit(&Arc::new(Semaphore::new(1)), &door, from).unwrap();
    let routes = warp::any().map(|| "here".into_response());
    drop(theirs);
    serve(ours, routes, admission, door, Stopping::default()).await;
    assert!(seen.tcp_nodelay().unwrap());
}

/// Asks for an answer that is larger than anything on its way to the client, which then does as
/// `client` says; how long the connection lasts, and how often it counts as stalled.
async fn lasts<F>(pipe: usize, client: impl FnOnce(DuplexStream) -> F) -> (Duration, usize)
where
    F: Future<Output = ()>,
{
    let (ours, mut theirs) = tokio::io::duplex(pipe);
    let routes = warp::any().map(|| vec![7; 1 << 20].into_response());
    let (door, from) = (door(), SocketAddr::from(([192, 0, 2, 7], 80)));
    let metrics = Arc::clone(&door.metrics);
    let admission = admit(&Arc::new(Semaphore::new(1)), &door, from).unwrap();
    let ask = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    theirs.write_all(ask).await.unwrap();
    let began = Instant::now();
    let serving = serve_http(ours, false, routes, admission, &door, Stopping::default());
    let client = async {
        client(theirs).await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = serving => {}
        () = client => {}
    }
    let stalled = "drawbridge_refusals_total{reason=\"stalled\"} 1";
    let text = metrics.text();
    (
        began.elapsed(),
        text.lines().filter(|line| *line == stalled).count(),
    )
}

#[tokio::test(start_paused = true)]
async fn what_moves_from_one_buffer_to_the_next_is_not_taken_by_anybody() {
    // Each leaves other room in what hyper keeps at hand.
    for pipe in (1..=20).map(|quarter| quarter * (4 << 10)) {
        let silent = lasts(pipe, |theirs| async move {
            std::future::pending::<()>().await;
            drop(theirs);
        });
        assert_eq!(silent.await, (flow::STALL, 1), "{pipe}");
        // Whatever wakes the server, be it another request.
        let asking = lasts(pipe, |mut theirs| async move {
            let mut now_and_then = interval(flow::STALL / 6);
            for _ in 0..5 {
                now_and_then.tick().await;
                theirs.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
            }
            std::future::pending::<()>().await;
        });
        assert_eq!(asking.await, (flow::STALL, 1), "{pipe}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_takes_little_at_a_time_is_not_cut_off() {
    use tokio::io::AsyncReadExt as _;
    let mut pieces = 0;
    let (lasted, stalled) = lasts(4 << 10, |mut theirs| {
        let pieces = &mut pieces;
        async move {
            let mut piece = vec![0; 16 << 10];
            let mut rarely = interval(flow::STALL * 9 / 10);
            while theirs.read_exact(&mut piece).await.is_ok() {
                *pieces += 1;
                rarely.tick().await;
            }
        }
    })
    .await;
    assert_eq!((pieces, stalled), (64, 0), "after {lasted:?}");
}
