//! Who brought what: an actor for each connection that draws, and none for one that looks.

use std::path::Path;

use board::protocol::Message;
use drawbridge_server::Config;

use super::support::Server;
use super::sync::Author;

/// The actors that a server has written down, and whose rows are on a board.
fn written(data: &Path, board: &str) -> (Vec<i64>, Vec<i64>) {
    let database = rusqlite::Connection::open(data.join("boards.sqlite")).unwrap();
    let numbers = |sql: &str, of: &[&dyn rusqlite::ToSql]| {
        let mut query = database.prepare(sql).unwrap();
        let rows = query.query_map(of, |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<i64>>()
    };
    let of_rows = "SELECT actor FROM log JOIN boards ON boards.id = board
                   WHERE name = ?1 ORDER BY seq";
    (
        numbers("SELECT id FROM actors ORDER BY made, id", &[]),
        numbers(of_rows, &[&board]),
    )
}

#[tokio::test]
async fn who_draws_is_written_down_with_their_rows_and_who_looks_is_not() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (mut ann, mut ben) = (server.join("b").await, server.join("b").await);
    let mut looks = server.join("b").await;
    server.get("/sync/b").await;
    let [hers, his] = [5, 6].map(Author::new);
    for (whose, fence) in [(&hers, 1), (&his, 2), (&hers, 3)] {
        let client = if std::ptr::eq(whose, &hers) {
            &mut ann
        } else {
            &mut ben
        };
        client.send(&Message::Update(&whose.types("x"))).await;
        client.fence(fence).await;
    }
    looks.fence(4).await;
    server.stop().await;
    let (actors, rows) = written(data.path(), "b");
    assert_eq!(actors.len(), 2);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0], rows[2], "one connection is one visitor");
    assert_ne!(rows[0], rows[1]);
    assert!(rows.iter().all(|actor| actors.contains(actor)));
}

#[tokio::test]
async fn a_network_that_comes_again_and_again_becomes_one_visitor() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()],
        ..Config::new(data.path())
    })
    .await;
    let bring = async |from: &str, number: u64| {
        let mut client = server.join_from("b", from).await.unwrap();
        let author = Author::new(1000 + number);
        client.send(&Message::Update(&author.types("x"))).await;
        client.fence(1).await;
    };
    for number in 0..110 {
        bring("203.0.113.9", number).await;
    }
    bring("203.0.113.10", 110).await;
    server.stop().await;
    let (actors, rows) = written(data.path(), "b");
    assert_eq!(rows.len(), 111);
    assert_eq!(actors.len(), 100 + 1 + 1);
    assert!(rows[100..110].iter().all(|actor| *actor == rows[100]));
    assert_ne!(rows[110], rows[109], "a neighbour is somebody else");
}
