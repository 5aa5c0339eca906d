//! A disk that fails under a running server: people draw on and are told, nothing is confirmed
//! that is not there, nothing is shown as empty, and all is well again by itself.

use board::protocol::{CloseCode, Message};

use super::disk::{Fault, Switch, switch};
use super::support::{Client, Server, soon};
use super::sync::{Author, text};

pub(super) async fn told(client: &mut Client, what: &str) -> String {
    let why = |m: Message<'_>| match m {
        Message::NotSaved(why) => Some(why.to_owned()),
        Message::Fence(_) => panic!("confirmed while nothing could be stored"),
        _ => None,
    };
    client.wait(what, why).await
}

/// Draws while the disk has a fault, mends it, and looks whether all that was drawn is saved.
async fn survives(fault: Fault, why: &str) {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let server = Server::start(data.path()).await;
    let (mut ann, mut ben) = (server.join("b").await, server.join("b").await);
    ben.send(&Message::SyncStep1(&[0])).await;
    let author = Author::new(5);
    ann.send(&Message::Update(&author.types("before "))).await;
    ann.fence(1).await;
    switch.set(fault);
    let during = author.types("during ");
    ann.send(&Message::Update(&during)).await;
    ann.send(&Message::Fence(&[2])).await;
    let seen = |m: Message<'_>| (m == Message::Update(&during)).then_some(());
    ben.wait("what is drawn meanwhile", seen).await;
    for client in [&mut ann, &mut ben] {
        let reason = told(client, "that it is not saved").await;
        assert!(reason.starts_with(why), "{fault:?}: {reason}");
    }
    let mut late = server.join("b").await;
    assert!(
        told(&mut late, "a latecomer is told too")
            .await
            .starts_with(why)
    );
    assert!(
        server.get("/readyz").await.0.starts_with("http/1.1 503"),
        "{fault:?}"
    );
    ann.send(&Message::Update(&author.types("and more "))).await;
    ann.send(&Message::Fence(&[3])).await;
    switch.set(Fault::None);
    let mut fences = Vec::new();
    let back = |m: Message<'_>| {
        if let Message::Fence(number) = m {
            fences.extend_from_slice(number);
        }
        (fences == [2, 3]).then_some(())
    };
    ann.wait("everything is saved", back).await;
    assert_eq!(told(&mut ben, "that it is saved again").await, "");
    let ready = async { while !server.get("/readyz").await.0.starts_with("http/1.1 200") {} };
    soon("ready again", ready).await;
    server.stop().await;
    let server = Server::start(data.path()).await;
    let stored = text(&server.get("/sync/b").await.1);
    assert_eq!(stored, text(&author.state()), "{fault:?}");
    server.stop().await;
}

#[tokio::test]
async fn a_full_disk_is_survived() {
    survives(Fault::Full, "the disk is full").await;
}

#[tokio::test]
async fn a_disk_that_became_read_only_is_survived() {
    survives(Fault::ReadOnly, "the database may not be written to").await;
}

#[tokio::test]
async fn a_disk_that_cannot_sync_is_survived() {
    survives(Fault::NoSync, "the disk reports an error").await;
}

#[tokio::test]
async fn a_disk_that_stalls_confirms_nothing_and_holds_up_nobody() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let server = Server::start(data.path()).await;
    let (mut ann, mut ben) = (server.join("b").await, server.join("b").await);
    ben.send(&Message::SyncStep1(&[0])).await;
    switch.set(Fault::Stall);
    let author = Author::new(5);
    for number in 0..50 {
        let update = author.types("x");
        ann.send(&Message::Update(&update)).await;
        ann.send(&Message::Fence(&[number])).await;
        let seen = |m: Message<'_>| match m {
            Message::Update(bytes) if bytes == update => Some(()),
            _ => None,
        };
        ben.wait("what is drawn meanwhile", seen).await;
    }
    // Whatever was sent to her before comes before this.
    ann.send(&Message::SyncStep1(&[0])).await;
    let answered = |m: Message<'_>| match m {
        Message::Fence(_) => panic!("confirmed by a disk that stalls"),
        Message::SyncStep2(_) => Some(()),
        _ => None,
    };
    ann.wait("an answer", answered).await;
    switch.set(Fault::None);
    let back = |m: Message<'_>| (m == Message::Fence(&[49])).then_some(());
    ann.wait("the last fence", back).await;
    server.stop().await;
}

async fn stored_board(switch: &Switch, data: &std::path::Path) -> Author {
    let author = Author::new(5);
    let server = Server::start(data).await;
    let mut client = server.join("b").await;
    client.send(&Message::Update(&author.types("kept"))).await;
    client.fence(1).await;
    server.stop().await;
    switch.set(Fault::None);
    author
}

#[tokio::test]
async fn a_board_that_cannot_be_read_is_not_shown_as_empty() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let author = stored_board(&switch, data.path()).await;
    let server = Server::start(data.path()).await;
    switch.set(Fault::NoRead);
    let (head, _) = server.get("/sync/b").await;
    assert!(head.starts_with("http/1.1 503"), "{head}");
    let mut client = server.join("b").await;
    assert_eq!(client.end().await, CloseCode::Unavailable.number());
    let (_, metrics) = server.get("/metrics").await;
    let metrics = String::from_utf8(metrics).unwrap();
    let counted = "drawbridge_refusals_total{reason=\"unavailable\"} 2";
    assert!(metrics.lines().any(|line| line == counted), "{metrics}");
    switch.set(Fault::None);
    assert_eq!(text(&server.get("/sync/b").await.1), text(&author.state()));
    server.stop().await;
}

#[tokio::test]
async fn a_server_stopped_while_the_disk_fails_ends_in_time() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let author = stored_board(&switch, data.path()).await;
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    switch.set(Fault::Full);
    client.send(&Message::Update(&author.types("lost"))).await;
    told(&mut client, "that it is not saved").await;
    server.stop().await;
    assert_eq!(client.end().await, CloseCode::Restart.number());
    switch.set(Fault::None);
    let server = Server::start(data.path()).await;
    assert_eq!(text(&server.get("/sync/b").await.1), "kept");
    let mut client = server.join("b").await;
    client.send(&Message::SyncStep2(&author.state())).await;
    client.fence(2).await;
    assert_eq!(text(&server.get("/sync/b").await.1), text(&author.state()));
    server.stop().await;
}
