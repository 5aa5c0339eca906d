//! Files that are lent by tokens, over real sockets: to whom, which one, and for how long.

use std::time::Duration;

use board::file::FileHash;
use board::picture::Media;
use drawbridge_server::Config;

use super::files::{address, assert_status, gif, put, send};
use super::support::{Server, pass};

const TOKEN: &str = "00112233445566778899aabbccddeeff";
const OTHER: &str = "ffeeddccbbaa99887766554433221100";

/// Asks for tokens, one a line with the file that it is for.
async fn lend(server: &Server, board: &str, lines: &str) -> (String, String) {
    let length = lines.len();
    let head = format!("POST /files/{board}/tokens HTTP/1.1\r\ncontent-length: {length}");
    send(server, &head, lines.as_bytes()).await
}

fn line(token: &str, file: &[u8]) -> String {
    format!("{token} {}\n", FileHash::of(file))
}

async fn read(server: &Server, token: &str) -> (String, Vec<u8>) {
    server.get(&format!("/tokens/{token}")).await
}

#[tokio::test]
async fn who_has_a_token_reads_that_file_alone_for_minutes_and_learns_of_no_board() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (picture, other) = (gif(600_000), gif(500));
    for file in [&picture, &other] {
        assert_status(&put(&server, "secret-board", Media::Gif, file).await, 201);
    }
    assert_status(
        &lend(&server, "secret-board", &line(TOKEN, &picture)).await,
        204,
    );
    let (head, body) = read(&server, TOKEN).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(body == picture);
    for has in [
        "content-type: image/gif",
        "content-length: 600000",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
        "referrer-policy: no-referrer",
        "sandbox;",
    ] {
        assert!(head.contains(has), "{has}: {head}");
    }
    assert!(!head.contains("secret-board"), "{head}");
    for unknown in [
        OTHER.to_owned(),
        TOKEN.to_uppercase(),
        TOKEN[1..].to_owned(),
        format!("{TOKEN}0"),
        format!("{TOKEN}/{}", FileHash::of(&other)),
        String::new(),
    ] {
        let (head, _) = read(&server, &unknown).await;
        assert!(head.starts_with("http/1.1 404"), "{unknown}: {head}");
    }
    pass(Duration::from_secs(9 * 60)).await;
    assert!(read(&server, TOKEN).await.0.starts_with("http/1.1 200"));
    pass(Duration::from_secs(60)).await;
    let (head, body) = read(&server, TOKEN).await;
    assert!(head.starts_with("http/1.1 404"), "{head}");
    let said = String::from_utf8(body).unwrap();
    assert!(said.contains("copy it again"), "{said}");
    server.stop().await;
}

#[tokio::test]
async fn a_token_is_for_one_file_of_one_board_whoever_asks_for_it_again() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (one, two) = (gif(500), gif(600));
    put(&server, "a", Media::Gif, &one).await;
    put(&server, "b", Media::Gif, &two).await;
    let (lines, both) = (line(TOKEN, &one), line(TOKEN, &one) + &line(OTHER, &two));
    assert_status(&lend(&server, "a", &lines).await, 204);
    assert_status(&lend(&server, "a", &lines).await, 204);
    assert_status(&lend(&server, "b", &line(TOKEN, &two)).await, 409);
    assert_status(&lend(&server, "a", &line(TOKEN, &two)).await, 409);
    assert!(read(&server, TOKEN).await.1 == one);
    // What is of another board cannot be had by this one's name.
    assert_status(&lend(&server, "a", &both).await, 204);
    let (head, _) = read(&server, OTHER).await;
    assert!(head.starts_with("http/1.1 503"), "{head}");
    assert!(head.contains("retry-after: 5"), "{head}");
    server.stop().await;
}

#[tokio::test]
async fn a_file_that_is_still_on_its_way_can_be_had_by_its_token_when_it_has_come() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let picture = gif(500);
    assert_status(&lend(&server, "b", &line(TOKEN, &picture)).await, 204);
    assert!(read(&server, TOKEN).await.0.starts_with("http/1.1 503"));
    put(&server, "b", Media::Gif, &picture).await;
    assert!(read(&server, TOKEN).await.1 == picture);
    assert!(
        server
            .get(&address("c", &picture))
            .await
            .0
            .starts_with("http/1.1 404")
    );
    server.stop().await;
}

#[tokio::test]
async fn what_asks_for_no_tokens_is_refused_in_a_sentence() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let good = line(TOKEN, b"x");
    let many: String = (0..600_u128)
        .map(|n| line(&format!("{n:032x}"), b"x"))
        .collect();
    for (status, says, board, lines) in [
        (400, "a token and", "b", "hello\n"),
        (400, "a token and", "b", &good.replace(' ', "")),
        (400, "a token and", "b", &good.replace("00112", "0011g")),
        (400, "a token and", "b", &good[..good.len() - 2]),
        (413, "500", "b", &many),
        (404, "a space in it", "a%20b", &good),
    ] {
        let answer = lend(&server, board, lines).await;
        assert_status(&answer, status);
        assert!(answer.1.contains(says), "{answer:?}");
        assert_eq!(answer.1.lines().count(), 1, "{answer:?}");
    }
    assert!(
        read(&server, TOKEN).await.0.starts_with("http/1.1 404"),
        "none was made"
    );
    for asked in [
        format!("PUT /tokens/{TOKEN} HTTP/1.1\r\ncontent-length: 0"),
        "DELETE /files/b/tokens HTTP/1.1".to_owned(),
    ] {
        assert_status(&send(&server, &asked, b"").await, 405);
    }
    server.stop().await;
}

#[tokio::test]
async fn pages_of_other_sites_make_and_read_tokens_only_where_they_may() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        origins: vec!["https://example.org".to_owned()],
        ..Config::new(data.path())
    })
    .await;
    let picture = gif(500);
    put(&server, "b", Media::Gif, &picture).await;
    for (token, origin, may) in [
        (TOKEN, "https://evil.example", false),
        (OTHER, "https://example.org", true),
    ] {
        let lines = line(token, &picture);
        let length = lines.len();
        let makes = format!("POST /files/b/tokens HTTP/1.1\r\ncontent-length: {length}");
        let reads = format!("GET /tokens/{token} HTTP/1.1");
        for (asked, body, fine) in [(makes, lines.as_bytes(), 204), (reads, b"", 200)] {
            let answer = send(&server, &format!("{asked}\r\norigin: {origin}"), body).await;
            assert_status(&answer, if may { fine } else { 403 });
            let allowed = format!("access-control-allow-origin: {origin}");
            assert_eq!(answer.0.contains(&allowed), may, "{answer:?}");
        }
    }
    server.stop().await;
}
