//! The end: everybody is told at once, and nothing holds the process up for ever.

use std::time::Duration;

use board::protocol::{CloseCode, Message};
use drawbridge_server::ServeError;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::disk::{Fault, switch};
use super::support::{Clock, Server};
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
    let clock = Clock::stop();
    let mut stopped = server.stopping();
    let a_second = Duration::from_secs(1);
    let (_, code) = clock.until("1012", a_second, client.close_code()).await;
    assert_eq!(code, CloseCode::Restart.number());
    assert!(!stopped.is_finished());
    let (_, ended) = clock
        .until("the end", Duration::from_secs(10), &mut stopped)
        .await;
    ended.unwrap().unwrap();
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
    let clock = Clock::stop();
    let mut stopped = server.stopping();
    let told = clock.until("1012", Duration::from_secs(1), client.close_code());
    assert_eq!(told.await.1, CloseCode::Restart.number());
    let (_, ended) = clock
        .until("the end", Duration::from_secs(25), &mut stopped)
        .await;
    let error = ended.unwrap().unwrap_err();
    assert!(matches!(error, ServeError::Stalled), "{error}");
    switch.set(Fault::None);
}
