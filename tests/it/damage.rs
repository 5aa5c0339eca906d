//! A database that was damaged under a server: the board opens with what is left, heals when
//! somebody brings the rest, and never looks whole while something is missing.

use std::path::Path;

use board::id::BoardId;
use board::protocol::{CloseCode, Message};
use bytes::Bytes;
use drawbridge_server::store::sqlite::{Sqlite, upkeep};
use drawbridge_server::store::{Snapshot, Store, snapshots};

use super::support::{Client, Server, soon};
use super::sync::{Author, text};

/// Rows after which the server writes a snapshot.
const ENOUGH: usize = 500;

fn damage(data: &Path, sql: &str) {
    let database = rusqlite::Connection::open(data.join("boards.sqlite")).unwrap();
    assert_eq!(database.execute(sql, []).unwrap(), 1);
}

fn wrong(data: &Path) -> Vec<String> {
    upkeep::check(data).unwrap().wrong
}

async fn draws(client: &mut Client, author: &Author, times: usize) {
    for _ in 0..times {
        client.send(&Message::Update(&author.types("x"))).await;
    }
    client.fence(1).await;
}

/// Waits until there is a snapshot: a server that stops leaves out what it has not begun.
async fn folded(data: &Path) {
    let database = rusqlite::Connection::open(data.join("boards.sqlite")).unwrap();
    let snapshots = || -> i64 {
        let count = "SELECT count(*) FROM snapshots";
        database.query_row(count, [], |row| row.get(0)).unwrap()
    };
    let folded = async {
        while snapshots() == 0 {
            tokio::task::yield_now().await;
        }
    };
    soon("a snapshot", folded).await;
}

/// Lets somebody draw three times on a server that stops then.
async fn drawn(data: &Path) -> Author {
    let server = Server::start(data).await;
    let mut client = server.join("b").await;
    let author = Author::new(5);
    draws(&mut client, &author, 3).await;
    server.stop().await;
    author
}

async fn stored(server: &Server) -> String {
    text(&server.get("/sync/b").await.1)
}

#[tokio::test]
async fn a_board_of_which_nothing_can_be_had_is_not_served_empty() {
    let data = tempfile::tempdir().unwrap();
    let author = drawn(data.path()).await;
    // The others build on it.
    let first = "UPDATE log SET data = CAST(x'FF' || data AS BLOB) WHERE seq = 1";
    damage(data.path(), first);

    let server = Server::start(data.path()).await;
    let (head, _) = server.get("/sync/b").await;
    assert!(head.starts_with("http/1.1 503"), "{head}");
    let mut refused = server.join("b").await;
    assert_eq!(refused.end().await, CloseCode::Unavailable.number());
    // Mended, it is there again, without a restart.
    let mended = "UPDATE log SET data = substr(data, 2) WHERE seq = 1";
    damage(data.path(), mended);
    assert_eq!(stored(&server).await, text(&author.state()));
    server.stop().await;
}

#[tokio::test]
async fn a_board_with_a_damaged_row_heals_and_gets_snapshots_again() {
    let data = tempfile::tempdir().unwrap();
    let author = drawn(data.path()).await;
    damage(
        data.path(),
        "UPDATE log SET data = zeroblob(9) WHERE seq = 2",
    );
    let row = "board b: row 2 is not as it was written".to_owned();
    let lost = "board b: 1 row builds on what is missing".to_owned();
    assert_eq!(wrong(data.path()), [row.clone(), lost]);

    let server = Server::start(data.path()).await;
    assert_eq!(stored(&server).await, "x", "what can be had");
    let mut client = server.join("b").await;
    client.send(&Message::SyncStep2(&author.state())).await;
    draws(&mut client, &author, ENOUGH).await;
    assert_eq!(stored(&server).await, text(&author.state()));
    folded(data.path()).await;
    server.stop().await;
    let store = Sqlite::open(data.path()).unwrap();
    let lacking = store.load(&BoardId::parse("b").unwrap()).unwrap();
    drop(store);
    assert_eq!(lacking.snapshot.unwrap().lacks, [2]);
    assert_eq!(lacking.damage.len(), 1, "nobody forgets it");
    assert_eq!(wrong(data.path()), [row]);

    let server = Server::start(data.path()).await;
    assert_eq!(stored(&server).await, text(&author.state()));
    let (_, metrics) = server.get("/metrics").await;
    let metrics = String::from_utf8(metrics).unwrap();
    assert!(metrics.contains("drawbridge_quarantined_total 1"));
    server.stop().await;
}

#[tokio::test]
async fn a_snapshot_that_cannot_be_loaded_is_made_up_for_by_the_rows() {
    let data = tempfile::tempdir().unwrap();
    let author = drawn(data.path()).await;
    let store = Sqlite::open(data.path()).unwrap();
    let snapshot = Snapshot {
        up_to: 3,
        state: Bytes::from_static(b"written well, but no document"),
        lacks: Vec::new(),
    };
    let id = BoardId::parse("b").unwrap();
    store.publish(&id, &snapshot).unwrap();
    drop(store);
    let found = "board b: snapshot 3 cannot be loaded".to_owned();
    assert_eq!(wrong(data.path()), [found]);

    let server = Server::start(data.path()).await;
    assert_eq!(stored(&server).await, "xxx");
    let (_, metrics) = server.get("/metrics").await;
    let metrics = String::from_utf8(metrics).unwrap();
    assert!(metrics.contains("drawbridge_quarantined_total 1"));
    let mut client = server.join("b").await;
    draws(&mut client, &author, ENOUGH).await;
    server.stop().await;
    let server = Server::start(data.path()).await;
    assert_eq!(stored(&server).await, text(&author.state()));
    server.stop().await;
}

/// Overwrites every page of a table but those that lead to others.
fn overwrite(data: &Path, table: &str) {
    let file = data.join("boards.sqlite");
    let database = rusqlite::Connection::open(&file).unwrap();
    let mut query = database
        .prepare("SELECT pgoffset, pgsize FROM dbstat WHERE name = ?1 AND pagetype != 'internal'")
        .unwrap();
    let place = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
    let places: Vec<_> = query.query_map([table], place).unwrap().collect();
    let mut bytes = std::fs::read(&file).unwrap();
    for place in places {
        let (at, size) = place.unwrap();
        bytes[at as usize..(at + size) as usize].fill(0xee);
    }
    std::fs::write(&file, bytes).unwrap();
}

#[tokio::test]
async fn a_board_whose_snapshots_stand_on_damaged_pages_opens_whole() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    let author = Author::new(5);
    draws(&mut client, &author, ENOUGH).await;
    server.stop().await;
    let store = Sqlite::open(data.path()).unwrap();
    let id = BoardId::parse("b").unwrap();
    snapshots::take(&store, &id).unwrap();
    assert!(store.load(&id).unwrap().snapshot.is_some());
    drop(store);
    overwrite(data.path(), "snapshots");

    let server = Server::start(data.path()).await;
    assert_eq!(stored(&server).await, text(&author.state()));
    let mut client = server.join("b").await;
    draws(&mut client, &author, 3).await;
    server.stop().await;
    let server = Server::start(data.path()).await;
    assert_eq!(stored(&server).await, text(&author.state()), "and goes on");
    server.stop().await;
}
