//! Editors' own way to the server: fences, ephemeral messages, restarts, limits, slow readers.

use board::id::ClientId;
use board::protocol::{CloseCode, Message};
use board::replica::Replica;
use drawbridge_server::Config;
use drawbridge_server::room::Limits;
use yrs::{Doc, GetString, ReadTxn, StateVector, Text, Transact, WriteTxn};

use super::support::Server;

pub(super) struct Author(Doc);

impl Author {
    pub(super) fn new(id: u64) -> Self {
        Self(Doc::with_client_id(id))
    }

    pub(super) fn types(&self, text: &str) -> Vec<u8> {
        let mut txn = self.0.transact_mut();
        txn.get_or_insert_text("t").insert(&mut txn, 0, text);
        txn.encode_update_v1()
    }

    pub(super) fn state(&self) -> Vec<u8> {
        let txn = self.0.transact();
        txn.encode_state_as_update_v1(&StateVector::default())
    }
}

pub(super) fn text(state: &[u8]) -> String {
    let doc = Doc::new();
    let mut txn = doc.transact_mut();
    let update = <yrs::Update as yrs::updates::decoder::Decode>::decode_v1(state).unwrap();
    txn.apply_update(update).unwrap();
    txn.get_or_insert_text("t").get_string(&txn)
}

#[tokio::test]
async fn what_a_fence_covers_is_there_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    client
        .send(&Message::Update(&Author::new(5).types("kept")))
        .await;
    client.fence(1).await;
    server.stop().await;
    assert_eq!(client.end().await, CloseCode::Restart.number());
    let server = Server::start(data.path()).await;
    assert_eq!(text(&server.get("/sync/b").await.1), "kept");
    server.stop().await;
}

#[tokio::test]
async fn an_edit_reaches_the_others_and_not_its_author() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (mut ann, mut ben) = (server.join("b").await, server.join("b").await);
    for client in [&mut ann, &mut ben] {
        client.send(&Message::SyncStep1(&[0])).await;
        let answer = |m: Message<'_>| matches!(m, Message::SyncStep2(_)).then_some(());
        client.wait("step 2", answer).await;
    }
    let update = Author::new(5).types("x");
    ann.send(&Message::Update(&update)).await;
    let seen = |m: Message<'_>| match m {
        Message::Update(bytes) => Some(bytes.to_vec()),
        _ => None,
    };
    assert_eq!(ben.wait("the edit", seen).await, update);
    ann.send(&Message::Fence(&[1])).await;
    let next = |m: Message<'_>| match m {
        Message::Update(_) => panic!("sent back to its author"),
        Message::Fence(_) => Some(()),
        _ => None,
    };
    ann.wait("the fence", next).await;
    server.stop().await;
}

#[tokio::test]
async fn a_reader_that_falls_behind_catches_up_with_less_than_it_missed() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (mut writer, mut reader) = (server.join("b").await, server.join("b").await);
    reader.send(&Message::SyncStep1(&[0])).await;
    let answer = |m: Message<'_>| matches!(m, Message::SyncStep2(_)).then_some(());
    reader.wait("step 2", answer).await;
    // Forty times a megabyte, each deleting the one before, while nobody reads.
    let author = Author::new(5);
    for round in 0..40_u8 {
        let update = {
            let mut txn = author.0.transact_mut();
            let text = txn.get_or_insert_text("t");
            let length = text.len(&txn);
            text.remove_range(&mut txn, 0, length);
            text.insert(
                &mut txn,
                0,
                &char::from(b'a' + round % 26).to_string().repeat(1 << 20),
            );
            txn.encode_update_v1()
        };
        writer.send(&Message::Update(&update)).await;
        writer.fence(round).await;
    }
    let mut copy = Replica::new(ClientId::from_random(9));
    let mut received = 0;
    let whole = author.0.transact().state_vector();
    let took = |m: Message<'_>| {
        // What makes up for the dropped changes comes as a step 2.
        if let Message::Update(update) | Message::SyncStep2(update) = m {
            received += update.len();
            copy.ingest(update).unwrap();
        }
        let clock = whole.get(&yrs::block::ClientID::new(5));
        copy.knows(ClientId::new(5).unwrap(), clock - 1)
            .then_some(())
    };
    reader.wait("everything", took).await;
    assert_eq!(text(&copy.encode()), text(&author.state()));
    assert!(received < 30 << 20, "{received} bytes");
    server.stop().await;
}

#[tokio::test]
async fn limits_close_with_the_documented_code() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        max_frame: 64 * 1024,
        board: Limits {
            board: 100 * 1024,
            ..Limits::DEFAULT
        },
        ..Config::new(data.path())
    })
    .await;
    let mut client = server.join("b").await;
    client
        .send(&Message::Update(
            &Author::new(5).types(&"x".repeat(100_000)),
        ))
        .await;
    assert_eq!(client.end().await, CloseCode::TooBig.number(), "the frame");
    let mut client = server.join("b").await;
    client
        .send(&Message::Update(&Author::new(6).types(&"x".repeat(60_000))))
        .await;
    client.fence(1).await;
    client
        .send(&Message::Update(&Author::new(7).types(&"x".repeat(60_000))))
        .await;
    assert_eq!(client.end().await, CloseCode::TooBig.number(), "the board");
    assert_eq!(server.get("/sync/b").await.1.len() / 1000, 60);
    server.stop().await;
}

#[tokio::test]
async fn boards_are_the_same_whatever_server_opens_them_next() {
    let data = tempfile::tempdir().unwrap();
    let author = Author::new(5);
    for round in 0..5_u8 {
        let server = Server::start(data.path()).await;
        let mut client = server.join("b").await;
        for _ in 0..150 {
            client.send(&Message::Update(&author.types("é😀"))).await;
        }
        client.fence(round).await;
        drop(client);
        server.stop().await;
    }
    let server = Server::start(data.path()).await;
    assert_eq!(text(&server.get("/sync/b").await.1), text(&author.state()));
    server.stop().await;
}

#[tokio::test]
async fn looking_at_a_board_tells_whether_there_is_one_and_makes_none() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let absence = async |board: &str| {
        let (head, body) = server.get(&format!("/sync/{board}")).await;
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let absence = head.lines().find_map(|line| line.strip_prefix("x-board: "));
        (absence.map(str::to_owned), body)
    };
    let empty = vec![0, 0];
    let made = board::id::BoardId::from_random([7; board::id::RANDOM_NAME]);
    let cut = &made.as_str()[..20];
    for _ in 0..2 {
        let new = Some("new".to_owned());
        assert_eq!(absence(made.as_str()).await, (new, empty.clone()));
        let absent = Some("absent".to_owned());
        assert_eq!(
            absence(cut).await,
            (absent, empty.clone()),
            "looked at before"
        );
    }
    let mut ann = server.join(cut).await;
    ann.fence(1).await;
    assert_eq!(absence(cut).await, (None, empty), "somebody is there");
    ann.send(&Message::Update(&Author::new(5).types("x"))).await;
    ann.fence(2).await;
    drop(ann);
    assert_eq!(absence(cut).await.0, None, "something was written");
    server.stop().await;
    let server = Server::start(data.path()).await;
    let (head, _) = server.get(&format!("/sync/{cut}")).await;
    assert!(!head.contains("x-board"), "after a restart too: {head}");
    server.stop().await;
}
