//! Starting with something wrong: one clear sentence, never a panic.

use std::path::Path;

use drawbridge_server::{Config, ServeError, serve};
use tokio::net::TcpListener;

use super::support::Server;

async fn refusal(data: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Config::new(data);
    let never = std::future::pending::<()>();
    match serve(listener, config, || panic!("it is not ready"), never).await {
        Err(error @ ServeError::Store(_)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn garbage_in_the_database_is_refused_and_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("boards.sqlite");
    std::fs::write(
        &file,
        b"no database at all, but somebody's data".repeat(100),
    )
    .unwrap();
    let before = std::fs::read(&file).unwrap();
    let text = refusal(data.path()).await;
    assert!(text.starts_with("cannot use the database"), "{text}");
    assert_eq!(text.lines().count(), 1);
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_named() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let text = refusal(&file.join("data")).await;
    assert!(
        text.starts_with("cannot create the data directory"),
        "{text}"
    );
    assert!(text.contains("file/data"), "{text}");
}

#[tokio::test]
async fn two_servers_do_not_share_a_directory() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let text = refusal(data.path()).await;
    assert!(text.starts_with("another drawbridge is using"), "{text}");
    server.stop().await;
    Server::start(data.path()).await.stop().await;
}
