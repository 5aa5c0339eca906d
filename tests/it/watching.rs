//! What an operator sees and bounds: metrics, and connections by address.

use std::time::Duration;

use board::protocol::{CloseCode, Message};
use drawbridge_server::Config;
use drawbridge_server::room::Limits;

use super::support::{Server, pass, soon};
use super::sync::Author;

/// Waits until the metrics have a line.
pub(super) async fn counts(server: &Server, line: &str) {
    soon(line, async { while !is_counted(server, line).await {} }).await;
}

/// Whether the metrics have a line.
pub(super) async fn is_counted(server: &Server, line: &str) -> bool {
    let text = String::from_utf8(server.get("/metrics").await.1).unwrap();
    text.lines().any(|told| told == line)
}

#[tokio::test]
async fn what_goes_on_is_counted() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut client = server.join("secret-board").await;
    client
        .send(&Message::Update(&Author::new(5).types("x")))
        .await;
    client.fence(1).await;
    for line in [
        "drawbridge_sockets 1",
        "drawbridge_boards 1",
        "drawbridge_updates_total 1",
        "drawbridge_received_frames_total 2",
        "drawbridge_store_latency_seconds_count 1",
    ] {
        counts(&server, line).await;
    }
    client.send(&Message::Update(&[9, 9, 9])).await;
    assert_eq!(client.end().await, CloseCode::BadFrame.number());
    counts(&server, "drawbridge_refusals_total{reason=\"bad_frame\"} 1").await;
    let (head, text) = server.get("/metrics").await;
    assert!(head.contains("content-type: application/openmetrics-text; version=1.0.0"));
    assert!(!String::from_utf8(text).unwrap().contains("secret"));
    server.stop().await;
}

#[tokio::test]
async fn a_frame_beyond_the_limit_is_counted() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        max_frame: 1024,
        ..Config::new(data.path())
    })
    .await;
    let mut client = server.join("b").await;
    client.send(&Message::Update(&[0; 2048])).await;
    assert_eq!(client.end().await, CloseCode::TooBig.number());
    counts(&server, "drawbridge_refusals_total{reason=\"too_big\"} 1").await;
    server.stop().await;
}

#[tokio::test]
async fn one_address_does_not_take_all_places() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        max_per_address: 2,
        ..Config::new(data.path())
    })
    .await;
    let (one, _two) = (server.join("b").await, server.join("b").await);
    let (head, text) = server.get("/healthz").await;
    assert!(head.starts_with("http/1.1 429"), "{head}");
    assert!(text.starts_with(b"Your address has"));
    drop(one);
    counts(&server, "drawbridge_refusals_total{reason=\"address\"} 1").await;
    server.stop().await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_its_clients_are_counted() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        max_per_address: 1,
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        ..Config::new(data.path())
    })
    .await;
    let _ann = server.join_from("b", "203.0.113.1").await.unwrap();
    let _ben = server.join_from("b", "203.0.113.2").await.unwrap();
    let refused = server.join_from("b", "6.6.6.6, 203.0.113.2").await;
    assert_eq!(refused.err(), Some(429));
    server.stop().await;
}

#[tokio::test]
async fn a_board_takes_so_many_and_no_more() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        board: Limits {
            peers: 1,
            ..Limits::DEFAULT
        },
        max_boards: 1,
        ..Config::new(data.path())
    })
    .await;
    let mut one = server.join("b").await;
    one.fence(1).await;
    assert_eq!(
        server.join("b").await.end().await,
        CloseCode::TryLater.number()
    );
    assert_eq!(
        server.join("c").await.end().await,
        CloseCode::TryLater.number()
    );
    counts(
        &server,
        "drawbridge_refusals_total{reason=\"board_crowded\"} 1",
    )
    .await;
    counts(&server, "drawbridge_refusals_total{reason=\"boards\"} 1").await;
    server.stop().await;
}

#[tokio::test]
async fn boards_that_were_only_read_keep_nobody_out() {
    const BOARDS: usize = 4;
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        max_boards: BOARDS,
        ..Config::new(data.path())
    })
    .await;
    for at in 0..5 * BOARDS {
        let (head, _) = server.get(&format!("/sync/read-{at}")).await;
        assert!(head.starts_with("http/1.1 200"), "{at}: {head}");
    }
    let mut clients = Vec::new();
    for at in 0..BOARDS {
        let mut client = server.join(&format!("b{at}")).await;
        client.fence(1).await;
        clients.push(client);
    }
    let (head, _) = server.get("/sync/read").await;
    assert!(head.starts_with("http/1.1 503"), "{head}");
    counts(&server, "drawbridge_refusals_total{reason=\"boards\"} 1").await;
    server.stop().await;
}

#[tokio::test]
async fn a_board_that_was_only_read_soon_leaves_memory() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    server.get("/sync/b").await;
    counts(&server, "drawbridge_boards 1").await;
    pass(Duration::from_secs(6)).await;
    counts(&server, "drawbridge_boards 0").await;
    server.stop().await;
}
