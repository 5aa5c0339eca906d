//! Pictures on boards, over real sockets: who may bring and read them, that nothing in them runs, and
//! that they are whole or not there.

use board::file::FileHash;
use board::picture::Media;
use board::protocol::Message;
use drawbridge_server::Config;
use drawbridge_server::store::sqlite::files::FileLimits;
use drawbridge_server::store::sqlite::upkeep;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::disk::{Fault, switch};
use super::support::{Server, soon};
use super::sync::Author;

const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>";

/// A GIF of 3 by 2 pixels and so many bytes.
pub(crate) fn gif(length: usize) -> Vec<u8> {
    let mut file = b"GIF89a\x03\0\x02\0".to_vec();
    let noise = |at: usize| (at.wrapping_mul(2_654_435_761) >> 15) as u8;
    file.extend((file.len()..length).map(noise));
    file
}

pub(crate) fn address(board: &str, file: &[u8]) -> String {
    format!("/files/{board}/{}", FileHash::of(file))
}

/// The head of a request that brings a file.
fn head(path: &str, media: &str, length: usize) -> String {
    format!("PUT {path} HTTP/1.1\r\ncontent-type: {media}\r\ncontent-length: {length}")
}

/// Sends a request with a body; answers as [`Server::request`].
pub(crate) async fn send(server: &Server, head: &str, body: &[u8]) -> (String, String) {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let host = server.address;
    let head = format!("{head}\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    soon("an answer", stream.read_to_end(&mut answer))
        .await
        .unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

pub(crate) async fn put(
    server: &Server,
    board: &str,
    media: Media,
    file: &[u8],
) -> (String, String) {
    let head = head(&address(board, file), media.name(), file.len());
    send(server, &head, file).await
}

pub(crate) fn assert_status(answer: &(String, String), status: u16) {
    let line = format!("http/1.1 {status}");
    assert!(answer.0.starts_with(&line), "not {status}: {answer:?}");
}

/// SVG files that no board may have, and what is said of them.
fn unclean() -> Vec<(Vec<u8>, &'static str)> {
    let svg = |inside: &str| {
        let head = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'>";
        format!("{head}{inside}</svg>").into_bytes()
    };
    let path = "<path d='M0 0L9 9'/>";
    vec![
        (svg("<script/>"), "something in it that runs"),
        (
            svg("<image href='/etc/hostname'/>"),
            "something in it that runs",
        ),
        // It begins far behind what says what the file is.
        (
            svg(&format!(
                "{}<rect onclick='top.ran=1'/>",
                path.repeat(20_000)
            )),
            "something in it that runs",
        ),
        (svg("<g>"), "damaged"),
        (
            svg(&format!("{}{}", "<g>".repeat(900), "</g>".repeat(900))),
            "nested too deeply",
        ),
        (svg("<use id='a' href='#a'/>"), "shows itself"),
        (svg(&"<g/>".repeat(500_001)), "too many parts"),
    ]
}

#[tokio::test]
async fn an_svg_that_is_not_clean_is_refused_with_a_sentence_and_leaves_nothing() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    for (file, why) in unclean() {
        let answer = put(&server, "b", Media::Svg, &file).await;
        assert_status(&answer, 422);
        assert!(answer.1.contains(why), "{why}: {}", answer.1);
        let (head, _) = server.get(&address("b", &file)).await;
        assert!(head.starts_with("http/1.1 404"), "{head}");
    }
    let clean = format!(
        "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>",
        "<path/>".repeat(30_000)
    );
    assert_status(&put(&server, "b", Media::Svg, clean.as_bytes()).await, 201);
    server.stop().await;
    let pieces: i64 = database(data.path())
        .query_row("SELECT count(DISTINCT file) FROM file_pieces", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(pieces, 1, "of what was refused nothing is kept");
}

#[tokio::test]
async fn an_svg_from_before_there_was_a_judge_stays_and_goes_to_other_boards() {
    let data = tempfile::tempdir().unwrap();
    let old = b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'><script/></svg>";
    let server = Server::start(data.path()).await;
    assert_status(&put(&server, "b", Media::Svg, SVG).await, 201);
    server.stop().await;
    // As an older server has written it.
    let hash = FileHash::of(old);
    let sum = crc32fast::hash(&[&hash.as_bytes()[..], &0_i64.to_le_bytes(), old].concat());
    let connection = database(data.path());
    connection
        .execute(
            "UPDATE files SET hash = ?1, bytes = ?2",
            rusqlite::params![hash.as_bytes(), old.len() as i64],
        )
        .unwrap();
    connection
        .execute(
            "UPDATE file_pieces SET data = ?1, sum = ?2",
            rusqlite::params![old, sum],
        )
        .unwrap();
    drop(connection);
    let server = Server::start(data.path()).await;
    let (head, body) = server.get(&address("b", old)).await;
    assert!(
        head.starts_with("http/1.1 200") && head.contains("sandbox;"),
        "{head}"
    );
    assert!(body == old);
    assert_status(&put(&server, "other", Media::Svg, old).await, 201);
}

fn database(data: &std::path::Path) -> rusqlite::Connection {
    rusqlite::Connection::open(data.join("boards.sqlite")).unwrap()
}

#[tokio::test]
async fn a_file_is_for_those_who_know_its_board_and_nothing_in_it_runs() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let picture = gif(1_000_000);
    for (media, file) in [(Media::Gif, &picture[..]), (Media::Svg, SVG)] {
        let name = media.name();
        let value = format!("[\"{name}\",{},3,2]\n", file.len());
        let (head, body) = put(&server, "b", media, file).await;
        assert!(head.starts_with("http/1.1 201"), "{head}");
        assert_eq!(body, value);
        let (head, body) = put(&server, "b", media, file).await;
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert_eq!(body, value);
        let path = address("b", file);
        let (head, body) = server.get(&path).await;
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(body == file);
        let length = format!("content-length: {}", file.len());
        let kind = format!("content-type: {name}");
        for has in [
            &length[..],
            &kind,
            "x-content-type-options: nosniff",
            "cache-control: private, max-age=31536000, immutable",
            "cross-origin-resource-policy: same-origin",
            "referrer-policy: no-referrer",
        ] {
            assert!(head.contains(has), "{has}: {head}");
        }
        let policies: Vec<_> = head
            .lines()
            .filter(|line| line.starts_with("content-security"))
            .collect();
        assert_eq!(policies.len(), 1, "{head}");
        assert!(
            policies[0].contains("sandbox;") && !policies[0].contains("script"),
            "{head}"
        );
        let asked = server.request(&format!("HEAD {path} HTTP/1.1")).await;
        assert!(
            asked.0.contains(&length) && asked.0.contains(&kind),
            "{asked:?}"
        );
        assert_eq!(asked.1, b"");
        let tag = format!("if-none-match: \"{}\"", FileHash::of(file));
        let again = server
            .request(&format!("GET {path} HTTP/1.1\r\n{tag}"))
            .await;
        assert!(again.0.starts_with("http/1.1 304") && again.1.is_empty());
        let elsewhere = server.get(&address("c", file)).await.0;
        assert!(elsewhere.starts_with("http/1.1 404"), "{elsewhere}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_file_is_counted_and_there_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let picture = gif(1_000_000);
    for (media, file) in [(Media::Gif, &picture[..]), (Media::Svg, SVG)] {
        assert_status(&put(&server, "b", media, file).await, 201);
    }
    let metrics = String::from_utf8(server.get("/metrics").await.1).unwrap();
    for counted in ["uploads_total 2\n", "uploaded_bytes_total 1000062\n"] {
        assert!(metrics.contains(counted), "{counted}: {metrics}");
    }
    server.stop().await;
    let server = Server::start(data.path()).await;
    let path = address("b", &picture);
    assert!(server.get(&path).await.1 == picture);
    server.stop().await;
    let found = upkeep::check(data.path()).unwrap();
    assert_eq!((found.files, found.wrong.len()), (2, 0));
}

#[tokio::test]
async fn what_is_not_as_it_was_said_is_refused_in_a_sentence() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (picture, text, none) = (gif(500), vec![b'x'; 500], vec![]);
    let path = address("b", &picture);
    let put = |path: &str, media| head(path, media, 500);
    let as_gif = put(&path, "image/gif");
    let other = put(&address("b", &gif(501)), "image/gif");
    let sized = format!("{as_gif}\r\nx-picture-size: 2x3");
    let without = format!("PUT {path} HTTP/1.1");
    let deletes = format!("DELETE {path} HTTP/1.1");
    let no_hash = put("/files/b/abc", "image/gif");
    let no_board = put("/files/a%20b/abc", "image/gif");
    for (status, says, asked, body) in [
        (411, "with its length", &without, &none),
        (415, "with its type", &put(&path, "text/html"), &picture),
        (415, "is image/gif", &put(&path, "image/png"), &picture),
        (415, "it is no PNG", &as_gif, &text),
        (422, "another SHA-256", &other, &picture),
        (422, "the size is 3x2", &sized, &picture),
        (404, "SHA-256", &no_hash, &picture),
        (404, "a space in it", &no_board, &picture),
        (405, "put there whole", &deletes, &none),
    ] {
        let answer = send(&server, asked, body).await;
        assert_status(&answer, status);
        assert!(answer.1.contains(says), "{asked}: {answer:?}");
        assert_eq!(answer.1.lines().count(), 1, "{answer:?}");
    }
    let metrics = String::from_utf8(server.get("/metrics").await.1).unwrap();
    let counted = r#"{reason="bad_file"} 6"#;
    assert!(metrics.contains(counted), "{metrics}");
    server.stop().await;
}

#[tokio::test]
async fn pages_of_other_sites_bring_and_read_files_only_where_they_may() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        origins: vec!["https://example.org".to_owned()],
        ..Config::new(data.path())
    })
    .await;
    let (picture, own) = (gif(500), format!("http://{}", server.address));
    let path = address("b", &picture);
    for (origin, may) in [
        ("https://evil.example", false),
        ("https://example.org", true),
        (&own, true),
    ] {
        let brings = head(&path, "image/gif", 500);
        let reads = format!("GET {path} HTTP/1.1");
        let asks = format!("OPTIONS {path} HTTP/1.1");
        for (asked, body) in [(brings, &picture[..]), (asks, b""), (reads, b"")] {
            let asked = format!("{asked}\r\norigin: {origin}");
            let answer = send(&server, &asked, body).await;
            let allowed = format!("access-control-allow-origin: {origin}");
            assert_eq!(answer.0.contains(&allowed), may, "{asked}: {answer:?}");
            if !may {
                assert_status(&answer, 403);
            }
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn there_is_room_for_as_much_as_the_operator_says() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        files: FileLimits {
            file: 1 << 20,
            board: 1000,
            all: 1500,
        },
        ..Config::new(data.path())
    })
    .await;
    // Of what is too large not a byte is waited for.
    let large = head(&address("b", b""), "image/gif", (1 << 20) + 1);
    let answer = send(&server, &large, b"").await;
    assert_status(&answer, 413);
    assert!(answer.1.contains("1 MiB"), "{answer:?}");
    for (board, length, status, says) in [
        ("b", 500, 201, ""),
        ("b", 501, 507, "for one board"),
        ("c", 1001, 507, "for one board"),
        ("c", 600, 201, ""),
        ("d", 401, 507, "as many files as it allows"),
        ("d", 400, 201, ""),
    ] {
        let answer = put(&server, board, Media::Gif, &gif(length)).await;
        assert_status(&answer, status);
        assert!(answer.1.contains(says), "{answer:?}");
    }
    let metrics = String::from_utf8(server.get("/metrics").await.1).unwrap();
    for counted in [r#"{reason="too_big"} 1"#, r#"{reason="files"} 3"#] {
        assert!(metrics.contains(counted), "{counted}: {metrics}");
    }
    server.stop().await;
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing_and_people_draw_on_meanwhile() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let picture = gif(3_000_000);
    let path = address("b", &picture);
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let asked = head(&path, "image/gif", picture.len());
    let asked = format!("{asked}\r\nhost: {}\r\n\r\n", server.address);
    stream.write_all(asked.as_bytes()).await.unwrap();
    stream.write_all(&picture[..2_000_000]).await.unwrap();
    let pieces = || -> i64 {
        let count = "SELECT count(*) FROM file_pieces";
        database(data.path())
            .query_row(count, [], |row| row.get(0))
            .unwrap()
    };
    let until = async |what: &str, wanted: fn(i64) -> bool| {
        let reached = async {
            while !wanted(pieces()) {
                tokio::task::yield_now().await;
            }
        };
        soon(what, reached).await;
    };
    until("pieces", |pieces| pieces == 7).await;
    let mut client = server.join("b").await;
    let author = Author::new(5);
    client.send(&Message::Update(&author.types("x"))).await;
    client.fence(1).await;
    assert!(server.get(&path).await.0.starts_with("http/1.1 404"));
    drop(stream);
    until("none", |pieces| pieces == 0).await;
    assert!(
        put(&server, "b", Media::Gif, &picture)
            .await
            .0
            .starts_with("http/1.1 201")
    );
    server.stop().await;
}

#[tokio::test]
async fn a_damaged_file_is_not_given_out_and_comes_back_with_who_has_it() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let picture = gif(600_000);
    put(&server, "b", Media::Gif, &picture).await;
    let damage = "UPDATE file_pieces SET data = x'00' WHERE at = 1";
    assert_eq!(database(data.path()).execute(damage, []), Ok(1));
    let path = address("b", &picture);
    for method in ["GET", "HEAD"] {
        let (head, body) = server.request(&format!("{method} {path} HTTP/1.1")).await;
        assert!(head.starts_with("http/1.1 500"), "{head}");
        let body = String::from_utf8(body).unwrap();
        assert!(
            method == "HEAD" || body.contains("not as it was written"),
            "{body}"
        );
    }
    assert!(server.get("/healthz").await.0.starts_with("http/1.1 200"));
    assert_eq!(upkeep::check(data.path()).unwrap().wrong.len(), 1);
    assert!(
        put(&server, "b", Media::Gif, &picture)
            .await
            .0
            .starts_with("http/1.1 201")
    );
    assert!(server.get(&path).await.1 == picture);
    assert_eq!(upkeep::check(data.path()).unwrap().wrong, [""; 0]);
    server.stop().await;
}

#[tokio::test]
async fn a_disk_that_fails_takes_no_file_and_says_so() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let server = Server::start(data.path()).await;
    let picture = gif(600_000);
    for (fault, why) in [
        (Fault::Full, "the disk is full"),
        (Fault::NoSync, "the disk reports an error"),
    ] {
        switch.set(fault);
        let (head, body) = put(&server, "b", Media::Gif, &picture).await;
        assert!(head.starts_with("http/1.1 503"), "{head}");
        assert!(
            head.contains("retry-after: 5") && body.contains(why),
            "{head}: {body}"
        );
        switch.set(Fault::None);
    }
    let (head, _) = put(&server, "b", Media::Gif, &picture).await;
    assert!(head.starts_with("http/1.1 201"), "{head}");
    assert!(server.get(&address("b", &picture)).await.1 == picture);
    server.stop().await;
}
