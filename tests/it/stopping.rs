//! The end: everybody is told at once, and nothing holds the process up for ever.

use std::io::ErrorKind;
use std::time::Duration;

use board::protocol::{CloseCode, Message};
use drawbridge_server::ServeError;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::disk::{Fault, switch};
use super::support::{Server, pass, soon};
use super::sync::{Author, text};

#[tokio::test]
async fn who_dawdles_over_a_request_keeps_nobody_from_being_told() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    client.fence(1).await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
    // A connection that came later has been answered, so this one is being read.
    server.get("/healthz").await;
    let stopped = server.stopping();
    assert_eq!(client.end().await, CloseCode::Restart.number());
    let listened_to = slow.try_read(&mut [0]).unwrap_err();
    assert_eq!(listened_to.kind(), ErrorKind::WouldBlock);
    assert!(!stopped.is_finished());
    pass(Duration::from_secs(10)).await;
    soon("the end", stopped).await.unwrap().unwrap();
    Server::start(data.path()).await.stop().await;
}

#[tokio::test]
async fn what_was_taken_in_is_there_after_a_restart_though_nobody_asked() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    let author = Author::new(5);
    client.send(&Message::Update(&author.types("kept"))).await;
    client.send(&Message::SyncStep1(&[0])).await;
    let taken = |m: Message<'_>| matches!(m, Message::SyncStep2(_)).then_some(());
    client.wait("the update is taken in", taken).await;
    server.stop().await;
    let server = Server::start(data.path()).await;
    assert_eq!(text(&server.get("/sync/b").await.1), "kept");
    server.stop().await;
}

#[tokio::test]
async fn a_disk_that_stalls_for_ever_is_given_up_at_the_deadline() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    client.fence(1).await;
    switch.set(Fault::Stall);
    let author = Author::new(5);
    client.send(&Message::Update(&author.types("x"))).await;
    client.send(&Message::SyncStep1(&[0])).await;
    let taken = |m: Message<'_>| matches!(m, Message::SyncStep2(_)).then_some(());
    client.wait("the update is taken in", taken).await;
    let stopped = server.stopping();
    assert_eq!(client.end().await, CloseCode::Restart.number());
    assert!(!stopped.is_finished());
    pass(Duration::from_secs(25)).await;
    let error = soon("the end", stopped).await.unwrap().unwrap_err();
    assert!(matches!(error, ServeError::Stalled), "{error}");
    switch.set(Fault::None);
}
