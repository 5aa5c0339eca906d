//! A server that is stopped while people are there in every way that they can be: it says so to
//! those who listen, waits for nobody too long, and keeps what it has confirmed.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use board::protocol::{CloseCode, Message};
use drawbridge_server::Config;
use drawbridge_server::tls::Certificate;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use super::support::{Client, Server, soon};
use super::sync::{Author, text};
use super::tls::{connect, get, issue, speak_http_2};

/// More than the system's buffers take of an answer that nobody reads.
const LARGE: usize = 24 << 20;
/// What the answers under way and then the sockets have to end, and a moment for their goodbyes.
const DEADLINE: Duration = Duration::from_secs(5 + 5 + 2);

/// Asks for something over HTTP/1.1, and reads so much of the answer.
async fn ask(stream: &mut (impl AsyncRead + AsyncWriteExt + Unpin), path: &str, until: &str) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(until.as_bytes()) {
        answer.push(soon("an answer", stream.read_u8()).await.unwrap());
    }
}

/// Waits until the last connection has let go of the store: one that was cut off ends with the
/// process, and here with its client.
async fn free(data: &Path) {
    let lock = File::open(data.join("lock")).unwrap();
    let taken = async {
        while lock.try_lock().is_err() {
            tokio::task::yield_now().await;
        }
    };
    soon("the store is free", taken).await;
}

#[tokio::test]
async fn whoever_dawdles_or_idles_does_not_keep_it_from_ending() {
    let data = tempfile::tempdir().unwrap();
    let (chain, key, trusted) = issue(data.path());
    let server = Server::with(Config {
        certificate: Some(Arc::new(Certificate::load(&chain, &key).unwrap())),
        ..Config::new(data.path().join("boards"))
    })
    .await;
    let http_1 = async || connect(&server, &trusted, &[b"http/1.1"]).await.unwrap();

    let mut ann = Client::over(http_1().await, "b").await;
    let mut idle = Client::over(http_1().await, "b").await;
    let mut alone = Client::over(http_1().await, "large").await;
    let large = "x".repeat(LARGE);
    let large = Author::new(6).types(&large);
    alone.send(&Message::Update(&large)).await;
    alone.fence(1).await;

    let mut slow = http_1().await;
    ask(&mut slow, "/sync/large", "\r\n\r\n").await;
    let mut kept_alive = http_1().await;
    ask(&mut kept_alive, "/healthz", "ok\n").await;
    let h2 = connect(&server, &trusted, &[b"h2"]).await.unwrap();
    let (mut h2, h2_end) = speak_http_2(h2).await;
    drop(get(&mut h2, "/healthz").await);
    let slow_h2 = connect(&server, &trusted, &[b"h2"]).await.unwrap();
    let (mut slow_h2, _driver) = speak_http_2(slow_h2).await;
    let unread = get(&mut slow_h2, "/sync/large").await;

    let author = Author::new(5);
    ann.send(&Message::Update(&author.types("kept"))).await;
    ann.fence(1).await;
    // From here on nothing is under way but what somebody does not read: what is left of the
    // server's deadlines need not be waited for.
    tokio::time::pause();
    let began = tokio::time::Instant::now();
    server.stop().await;
    let took = began.elapsed();
    tokio::time::resume();
    assert!(took <= DEADLINE, "{took:?}");
    assert!(took >= DEADLINE / 4, "nobody was slow: {took:?}");
    for client in [&mut ann, &mut idle, &mut alone] {
        assert_eq!(client.end().await, CloseCode::Restart.number());
    }
    let mut rest = Vec::new();
    soon(
        "the end of an idle connection",
        kept_alive.read_to_end(&mut rest),
    )
    .await
    .unwrap();
    assert!(rest.is_empty(), "{rest:?}");
    soon("the end of an idle HTTP/2 connection", h2_end)
        .await
        .unwrap();
    drop((slow, slow_h2, unread));
    let boards = data.path().join("boards");
    free(&boards).await;
    let server = Server::start(&boards).await;
    assert_eq!(text(&server.get("/sync/b").await.1), "kept");
    assert!(
        server.get("/sync/large").await.1 == large,
        "all of it is on disk"
    );
    server.stop().await;
}
