//! Boards that an operator deletes and restores, with a server that runs and without one.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::path::Path;

use board::id::BoardId;
use board::protocol::{CloseCode, Message};
use drawbridge_server::Config;
use drawbridge_server::operator::{Operator, OperatorError};

use super::support::{Client, Server, soon};
use super::sync::{Author, text};

fn id() -> BoardId {
    BoardId::parse("b").unwrap()
}

async fn delete(data: &Path) -> Result<(), OperatorError> {
    let operator = Operator::new(Config::new(data)).await.unwrap();
    let done = soon("deleting", operator.delete(&id())).await;
    operator.close().await.unwrap();
    done
}

async fn restore(data: &Path) -> Result<(), OperatorError> {
    let operator = Operator::new(Config::new(data)).await.unwrap();
    let done = soon("restoring", operator.restore(&id())).await;
    operator.close().await.unwrap();
    done
}

/// A board with a word on it, and who wrote it.
async fn drawn(server: &Server) -> (Client, Author) {
    let (mut client, author) = (server.join("b").await, Author::new(5));
    client.send(&Message::Update(&author.types("word"))).await;
    client.fence(1).await;
    (client, author)
}

fn status(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}

#[tokio::test]
async fn whoever_is_on_a_deleted_board_is_sent_away_and_nobody_brings_it_back() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (mut client, author) = drawn(&server).await;
    delete(data.path()).await.unwrap();
    delete(data.path()).await.unwrap();
    assert_eq!(client.end().await, CloseCode::Deleted.number());
    // Who comes back with all that they have.
    let mut again = server.join("b").await;
    assert_eq!(again.end().await, CloseCode::Deleted.number());
    let hash = "0".repeat(64);
    for head in [
        "GET /sync/b HTTP/1.1".to_owned(),
        "GET /b/b HTTP/1.1".to_owned(),
        format!("GET /files/b/{hash} HTTP/1.1"),
        format!("PUT /files/b/{hash} HTTP/1.1\r\ncontent-length: 0"),
        "POST /files/b/tokens HTTP/1.1\r\ncontent-length: 0".to_owned(),
    ] {
        let (answer, _) = server.request(&head).await;
        assert!(answer.contains("x-robots-tag: noindex"), "{head}");
        let page_is_there = head.starts_with("GET /b/") && status(&answer) == "503";
        assert!(
            status(&answer) == "410" || page_is_there,
            "{head}: {answer}"
        );
    }
    assert_eq!(status(&server.get("/sync/c").await.0), "200");
    restore(data.path()).await.unwrap();
    assert_eq!(text(&server.get("/sync/b").await.1), "word");
    let mut back = server.join("b").await;
    back.send(&Message::Update(&author.types("second "))).await;
    back.fence(2).await;
    assert_eq!(text(&server.get("/sync/b").await.1), "second word");
    server.stop().await;
}

#[tokio::test]
async fn a_board_is_deleted_without_a_server_and_stays_so() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    drawn(&server).await;
    server.stop().await;
    delete(data.path()).await.unwrap();
    let server = Server::start(data.path()).await;
    assert_eq!(status(&server.get("/sync/b").await.0), "410");
    server.stop().await;
    restore(data.path()).await.unwrap();
    let refused = restore(data.path()).await.unwrap_err();
    assert!(refused.to_string().contains("not deleted"), "{refused}");
    let server = Server::start(data.path()).await;
    assert_eq!(text(&server.get("/sync/b").await.1), "word");
    server.stop().await;
}

#[tokio::test]
async fn only_who_has_the_data_directory_may_delete() {
    let data = tempfile::tempdir().unwrap();
    let stale = data.path().join("control");
    drop(UnixListener::bind(&stale).unwrap());
    assert!(stale.exists(), "as a killed server leaves it");
    let server = Server::start(data.path()).await;
    drawn(&server).await;
    let (answer, _) = server.request("DELETE /v1/boards/b HTTP/1.1").await;
    assert_eq!(status(&answer), "403");
    let (answer, _) = server.request("POST /v1/boards/b/restore HTTP/1.1").await;
    assert_eq!(status(&answer), "403");
    assert_eq!(text(&server.get("/sync/b").await.1), "word");
    let mode = stale.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    delete(data.path()).await.unwrap();
    server.stop().await;
    assert!(!stale.exists());
}

#[tokio::test]
async fn a_board_that_is_not_there_is_not_deleted() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let refused = delete(data.path()).await.unwrap_err();
    assert!(refused.to_string().contains("no board of this name"));
    let mut client = server.join("b").await;
    client.fence(1).await;
    server.stop().await;
}
