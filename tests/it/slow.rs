//! Clients that take nothing, say nothing, or say too much: each is hung up on, in time.

use std::time::Duration;

use board::protocol::Message;
use drawbridge_server::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::support::{Server, pass, soon};
use super::sync::Author;
use super::tls::{connect, with_certificate};
use super::watching::{counts, is_counted};

#[tokio::test]
async fn who_takes_nothing_of_an_answer_is_cut_off() {
    // Far more than the system keeps for a socket.
    const LARGE: usize = 32 << 20;
    let data = tempfile::tempdir().unwrap();
    let web = data.path().join("dist");
    std::fs::create_dir_all(web.join("assets")).unwrap();
    std::fs::write(web.join("assets/large.bin"), vec![7; LARGE]).unwrap();
    let server = Server::with(Config {
        web: Some(web),
        ..Config::new(data.path().join("boards"))
    })
    .await;
    // One that takes little has no room that the system would find for it later.
    let stuck = TcpSocket::new_v4().unwrap();
    stuck.set_recv_buffer_size(2048).unwrap();
    let mut stuck = stuck.connect(server.address).await.unwrap();
    let ask = b"GET /assets/large.bin HTTP/1.1\r\nhost: x\r\n\r\n";
    let asked = tokio::time::Instant::now();
    stuck.write_all(ask).await.unwrap();
    stuck.readable().await.unwrap();
    let (minute, step) = (Duration::from_secs(60), Duration::from_secs(5));
    let line = "drawbridge_refusals_total{reason=\"stalled\"} 1";
    let mut passed = Duration::ZERO;
    while !is_counted(&server, line).await {
        assert!(passed < minute * 3 / 2, "not cut off after {passed:?}");
        pass(step).await;
        passed += step;
    }
    assert!(asked.elapsed() >= minute, "{:?}", asked.elapsed());
    let mut got = Vec::new();
    // What the system had taken for it comes, and then a reset or an end.
    drop(soon("the end", stuck.read_to_end(&mut got)).await);
    assert!(got.len() < LARGE);
    server.stop().await;
}

#[tokio::test]
async fn who_asks_and_then_goes_quiet_is_ended_without_blame() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        header_timeout: Duration::from_millis(50),
        ..Config::new(data.path())
    })
    .await;
    let mut quiet = TcpStream::connect(server.address).await.unwrap();
    let ask = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    quiet.write_all(ask).await.unwrap();
    let mut answer = Vec::new();
    drop(soon("the end", quiet.read_to_end(&mut answer)).await);
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    let text = String::from_utf8(server.get("/metrics").await.1).unwrap();
    assert!(!text.contains("slow_request"), "{text}");
    let mut mute = TcpStream::connect(server.address).await.unwrap();
    drop(soon("the end", mute.read_to_end(&mut answer)).await);
    let line = "drawbridge_refusals_total{reason=\"slow_request\"} 1";
    counts(&server, line).await;
    server.stop().await;
}

#[tokio::test]
async fn who_agrees_on_http_2_and_says_nothing_is_hung_up_on() {
    let data = tempfile::tempdir().unwrap();
    let (server, _, trusted) = with_certificate(data.path()).await;
    let mut silent = connect(&server, &trusted, &[b"h2"]).await.unwrap();
    let mut said = Vec::new();
    drop(soon("the end", silent.read_to_end(&mut said)).await);
    server.stop().await;
}

#[tokio::test]
async fn a_head_that_never_ends_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut chatty = TcpStream::connect(server.address).await.unwrap();
    let (mut answers, mut asks) = chatty.split();
    let speaking = async {
        let head = format!("GET / HTTP/1.1\r\nhost: {}", "x".repeat(1 << 20));
        // It is hung up on before it has said everything.
        drop(asks.write_all(head.as_bytes()).await);
    };
    let listening = async {
        let mut answer = Vec::new();
        drop(answers.read_to_end(&mut answer).await);
        answer
    };
    let (answer, ()) = soon("a refusal", async { tokio::join!(listening, speaking) }).await;
    let answer = String::from_utf8_lossy(&answer);
    // A reset may overtake the answer.
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
        "{answer}"
    );
    server.stop().await;
}

#[tokio::test]
async fn however_many_do_not_read_a_large_board_it_is_in_memory_once() {
    // Together more than may wait for readers.
    const READERS: usize = 40;
    const SIZE: usize = 8 << 20;
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut author = server.join("b").await;
    let update = Author::new(5).types(&"x".repeat(SIZE));
    author.send(&Message::Update(&update)).await;
    author.fence(1).await;
    let mut held = Vec::new();
    for _ in 0..READERS {
        let mut reader = TcpStream::connect(server.address).await.unwrap();
        let ask = b"GET /sync/b HTTP/1.1\r\nhost: x\r\n\r\n";
        reader.write_all(ask).await.unwrap();
        let mut status = [0; 12];
        soon("an answer", reader.read_exact(&mut status))
            .await
            .unwrap();
        assert_eq!(&status, b"HTTP/1.1 200");
        held.push(reader);
    }
    drop(held);
    server.stop().await;
}
