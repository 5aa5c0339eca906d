//! `/readyz` and `/healthz` are decided by what boards wait for, whatever a small try of their own
//! would say.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use board::protocol::{CloseCode, Message};

use super::disk::{Fault, switch};
use super::faults::told;
use super::store::rename;
use super::support::{Client, Server, pass, soon};
use super::sync::Author;

const KIB: usize = 1 << 10;

async fn answers(server: &Server, path: &str) -> (bool, String) {
    let (head, body) = server.get(path).await;
    let good = head.starts_with("http/1.1 200");
    assert!(good || head.starts_with("http/1.1 503"), "{head}");
    (good, String::from_utf8(body).unwrap())
}

async fn well(server: &Server, path: &str) {
    let well = async { while !answers(server, path).await.0 {} };
    soon(&format!("{path} says ok"), well).await;
}

async fn trouble(server: &Server, path: &str, why: &str) {
    let (good, text) = answers(server, path).await;
    assert!(!good && text.starts_with(why), "{path}: {text}");
}

async fn draws(client: &mut Client, author: &Author, bytes: usize) {
    let update = author.types(&"x".repeat(bytes));
    client.send(&Message::Update(&update)).await;
}

/// From when somebody is told that a change is not saved until all is saved.
async fn not_ready_until(server: &Server, client: &mut Client, why: &str, mend: impl FnOnce()) {
    let reason = told(client, "that it is not saved").await;
    assert!(reason.starts_with(why), "{reason}");
    trouble(server, "/readyz", why).await;
    mend();
    assert_eq!(told(client, "that it is saved").await, "");
    well(server, "/readyz").await;
    client.fence(1).await;
}

#[tokio::test]
async fn it_is_not_ready_while_files_cannot_grow_though_little_fits_into_them() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let server = Server::start(data.path()).await;
    let (mut client, author) = (server.join("b").await, Author::new(5));
    draws(&mut client, &author, 64 * KIB).await;
    client.fence(1).await;
    // From now on SQLite writes over its log from the beginning, where little fits.
    let database = rusqlite::Connection::open(data.path().join("boards.sqlite")).unwrap();
    let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
    database.query_row(checkpoint, [], |_| Ok(())).unwrap();
    drop(database);
    switch.set(Fault::NoGrowth);
    draws(&mut client, &author, 1024 * KIB).await;
    let mend = || switch.set(Fault::None);
    not_ready_until(&server, &mut client, "the disk is full", mend).await;
    server.stop().await;
}

#[tokio::test]
async fn it_is_not_ready_while_the_disk_stalls() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    client.fence(1).await;
    well(&server, "/readyz").await;
    switch.set(Fault::Stall);
    draws(&mut client, &Author::new(5), 1).await;
    client.send(&Message::SyncStep1(&[0])).await;
    let taken = |m: Message<'_>| matches!(m, Message::SyncStep2(_)).then_some(());
    client.wait("the update is taken in", taken).await;
    pass(Duration::from_secs(4)).await;
    let mend = || switch.set(Fault::None);
    not_ready_until(&server, &mut client, "the disk has not answered", mend).await;
    server.stop().await;
}

#[tokio::test]
async fn it_is_not_ready_while_the_database_is_elsewhere() {
    let (data, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    client.fence(1).await;
    rename(data.path(), aside.path());
    draws(&mut client, &Author::new(5), 1).await;
    let mend = || rename(aside.path(), data.path());
    not_ready_until(&server, &mut client, "the database was moved", mend).await;
    server.stop().await;
}

/// A file system with room for so much, and nobody else's.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    /// `None` where nobody may mount one.
    fn on(directory: &'a Path, mib: usize) -> Option<Self> {
        let size = format!("size={mib}m");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]);
        let mounted = mount.arg(directory).output().ok()?;
        mounted.status.success().then_some(Self(directory))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        // A test that failed may have files open there.
        drop(Command::new("umount").arg("-l").arg(self.0).status());
    }
}

#[tokio::test]
async fn it_is_not_ready_while_a_real_disk_is_full() {
    let directory = tempfile::tempdir().unwrap();
    let Some(_mounted) = Mounted::on(directory.path(), 12) else {
        return eprintln!("skipped: a file system of 12 MB cannot be mounted here");
    };
    let other = directory.path().join("somebody-elses");
    std::fs::write(&other, vec![7; 10 << 20]).unwrap();
    let server = Server::start(&directory.path().join("boards")).await;
    let (mut client, author) = (server.join("b").await, Author::new(5));
    let (mut number, mut fits) = (0, true);
    while fits {
        draws(&mut client, &author, 128 * KIB).await;
        number += 1;
        client.send(&Message::Fence(&[number])).await;
        let settled = |m: Message<'_>| match m {
            Message::Fence(_) => Some(true),
            Message::NotSaved(why) => Some(why.is_empty()),
            _ => None,
        };
        fits = client.wait("saved or not", settled).await;
    }
    trouble(&server, "/readyz", "the disk is full").await;
    std::fs::remove_file(&other).unwrap();
    let back = |m: Message<'_>| (m == Message::Fence(&[number])).then_some(());
    client.wait("all is saved", back).await;
    well(&server, "/readyz").await;
    server.stop().await;
}

#[tokio::test]
async fn it_is_not_healthy_while_boards_cannot_be_loaded() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let server = Server::start(data.path()).await;
    let mut client = server.join("b").await;
    draws(&mut client, &Author::new(5), 64 * KIB).await;
    client.fence(1).await;
    well(&server, "/healthz").await;
    switch.set(Fault::NoRead);
    assert_eq!(
        server.join("c").await.end().await,
        CloseCode::Unavailable.number()
    );
    trouble(&server, "/healthz", "the disk reports an error").await;
    switch.set(Fault::None);
    // Whoever wanted the board comes back for it.
    server.join("c").await.fence(1).await;
    well(&server, "/healthz").await;
    switch.set(Fault::NoRead);
    let unasked = async { while answers(&server, "/healthz").await.0 {} };
    soon("nobody need have asked for a board", unasked).await;
    switch.set(Fault::None);
    well(&server, "/healthz").await;
    server.stop().await;
}
