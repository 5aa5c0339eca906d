//! The page's files, their headers, and refusals that a person can read.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use board::document::{Document, Write};
use board::id::ClientId;
use board::protocol::Message;
use drawbridge_server::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::{Server, soon};

async fn with_page(data: &Path) -> Server {
    let web = data.join("dist");
    std::fs::create_dir_all(web.join("assets")).unwrap();
    std::fs::write(web.join("index.html"), "<!doctype html>the page").unwrap();
    let refusal = "the card: {{title}}: {{text}} {{onward}} at {{way}}";
    std::fs::write(web.join("refusal.html"), refusal).unwrap();
    std::fs::write(web.join("sw.js"), "the worker").unwrap();
    std::fs::write(web.join("assets/app-1a2b.js"), "plain").unwrap();
    std::fs::write(web.join("assets/app-1a2b.js.br"), "brotli").unwrap();
    std::fs::write(web.join("assets/app-1a2b.js.gz"), "gzip").unwrap();
    std::fs::write(web.join("assets/engine.wasm"), "wasm").unwrap();
    Server::with(Config {
        web: Some(web),
        ..Config::new(data.join("boards"))
    })
    .await
}

#[tokio::test]
async fn the_page_is_at_every_board_and_asks_again_each_time() {
    let data = tempfile::tempdir().unwrap();
    let server = with_page(data.path()).await;
    for path in ["/", "/b/abc", "/b/with%7Etilde"] {
        let (head, body) = server.get(path).await;
        assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
        assert!(head.contains("cache-control: no-cache"));
        assert_eq!(body, b"<!doctype html>the page");
    }
    let (head, _) = server.get("/").await;
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .unwrap();
    for known in [tag.to_owned(), format!("\"other\", W/{tag}")] {
        let again = format!("GET / HTTP/1.1\r\nif-none-match: {known}");
        let (head, body) = server.request(&again).await;
        assert!(
            head.starts_with("http/1.1 304") && body.is_empty(),
            "{head}"
        );
        assert!(head.contains("cache-control: no-cache"));
        assert!(head.contains("vary: accept-encoding"));
    }
    server.stop().await;
}

const PAGE: &str = "<meta property=\"og:title\" content=\"Draw\">\
    <meta property=\"og:image\" content=\"/preview.png\">";

#[tokio::test]
async fn nothing_of_a_request_gets_into_the_page() {
    let data = tempfile::tempdir().unwrap();
    let server = with_page(data.path()).await;
    std::fs::write(data.path().join("dist/index.html"), PAGE).unwrap();
    for path in ["/", "/b/abc", "/embed/abc"] {
        for header in [
            "host: evil.example",
            "x-forwarded-host: evil.example",
            "x-forwarded-proto: https",
            "forwarded: host=evil.example;proto=https",
            "origin: https://evil.example",
            "referer: https://evil.example/",
            "cookie: a=evil",
            "user-agent: evil",
            "accept-language: evil",
        ] {
            let (_, body) = server
                .request(&format!("GET {path} HTTP/1.1\r\n{header}"))
                .await;
            assert_eq!(String::from_utf8_lossy(&body), PAGE, "{path} {header}");
        }
    }
    let (packed, body) = server
        .request("GET / HTTP/1.1\r\naccept-encoding: gzip")
        .await;
    assert!(packed.contains("content-encoding: gzip"), "{packed}");
    let mut page = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&body[..]), &mut page).unwrap();
    assert_eq!(page, PAGE);
    server.stop().await;
}

#[tokio::test]
async fn links_to_boards_are_shown_with_them_only_where_the_operator_wants_it() {
    for (wanted, picture) in [
        (false, "https://draw.example/preview.png".to_owned()),
        (
            true,
            "https://draw.example/v1/boards/b/picture.png?fit=1200,630".to_owned(),
        ),
    ] {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join("dist")).unwrap();
        std::fs::write(data.path().join("dist/index.html"), PAGE).unwrap();
        let config = Config {
            web: Some(data.path().join("dist")),
            public_url: Some("https://draw.example".to_owned()),
            link_previews: wanted,
            ..Config::new(data.path())
        };
        let server = Server::with(config).await;
        let mut client = server.join("b").await;
        client
            .send(&Message::Update(&titled("Plan & <more>")))
            .await;
        client.fence(1).await;
        let page = async |path: &str| {
            let (head, body) = server.get(path).await;
            (head, String::from_utf8_lossy(&body).into_owned())
        };
        let (head, board) = page("/b/b").await;
        assert!(head.contains("x-robots-tag: noindex"), "{head}");
        assert!(
            board.contains(&format!("og:image\" content=\"{picture}\"")),
            "{board}"
        );
        assert_eq!(board.contains("Plan &amp; &lt;more&gt;"), wanted, "{board}");
        for path in ["/", "/b/nobody", "/embed/b"] {
            let (_, body) = page(path).await;
            assert!(
                body.contains("https://draw.example/preview.png"),
                "{path}: {body}"
            );
            assert!(body.contains("content=\"Draw\""), "{path}: {body}");
        }
        let (limits, _) = page("/v1/limits").await;
        assert!(limits.contains("x-robots-tag: noindex"), "{limits}");
        server.stop().await;
    }
}

fn titled(title: &str) -> Vec<u8> {
    let mut document = Document::new(ClientId::from_random(9));
    document.commit(vec![Write::title(title)]);
    document.replica().encode()
}

#[tokio::test]
async fn people_get_a_page_that_says_no_and_programs_a_line() {
    let data = tempfile::tempdir().unwrap();
    let server = with_page(data.path()).await;
    for (path, says) in [
        ("/b/two%20words", "this address has a space in it. perhaps"),
        ("/b/bl%C3%A4", "this address has “ä” in it. perhaps"),
        ("/b/%3Cb%3E", "this address has “&lt;” in it. perhaps"),
        ("/sync/a/b", "this address has “/” in it. perhaps"),
        ("/b/", "this address lacks the board’s name. perhaps"),
        ("/nothing", "there is no page at this address."),
    ] {
        let person = format!("GET {path} HTTP/1.1\r\naccept: text/html,*/*;q=0.8");
        let (head, body) = server.request(&person).await;
        let body = String::from_utf8_lossy(&body).to_lowercase();
        assert!(head.starts_with("http/1.1 404"), "{path}: {head}");
        assert!(head.contains("content-type: text/html"), "{path}: {head}");
        assert!(
            body.starts_with("the card: ") && body.contains(says),
            "{path}: {body}"
        );
        assert!(body.ends_with("new board at /new"), "{path}: {body}");
        let (head, body) = server.get(path).await;
        let body = String::from_utf8_lossy(&body).to_lowercase();
        assert!(head.contains("content-type: text/plain"), "{path}: {head}");
        let plain = says.replace("&lt;", "<");
        assert!(body.starts_with(&plain), "{path}: {body}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_worker_is_asked_for_each_time_and_may_serve_every_address() {
    let data = tempfile::tempdir().unwrap();
    let server = with_page(data.path()).await;
    let (head, body) = server.get("/sw.js").await;
    assert_eq!(body, b"the worker");
    assert!(head.contains("content-type: text/javascript"), "{head}");
    assert!(head.contains("cache-control: no-cache"), "{head}");
    server.stop().await;
}

#[tokio::test]
async fn assets_are_precompressed_typed_and_kept_for_ever() {
    let data = tempfile::tempdir().unwrap();
    let server = with_page(data.path()).await;
    let mut tags = HashSet::new();
    for (accepted, body) in [
        ("gzip, br", "brotli"),
        ("gzip", "gzip"),
        ("identity", "plain"),
    ] {
        let request = format!("GET /assets/app-1a2b.js HTTP/1.1\r\naccept-encoding: {accepted}");
        let (head, got) = server.request(&request).await;
        assert_eq!(got, body.as_bytes());
        assert!(head.contains("content-type: text/javascript"));
        assert!(head.contains("cache-control: public, max-age=31536000, immutable"));
        assert!(head.contains("vary: accept-encoding"));
        let tag = head.lines().find(|line| line.starts_with("etag: "));
        assert!(
            tags.insert(tag.unwrap().to_owned()),
            "other bytes, other tag"
        );
    }
    let (head, _) = server.get("/assets/engine.wasm").await;
    assert!(head.contains("content-type: application/wasm"));
    for outside in [
        "/assets/../../boards/boards.sqlite",
        "/%2e%2e/boards/lock",
        "/assets/none.js",
    ] {
        assert!(
            server.get(outside).await.0.starts_with("http/1.1 404"),
            "{outside}"
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_a_board_private() {
    let data = tempfile::tempdir().unwrap();
    let server = with_page(data.path()).await;
    for path in [
        "/",
        "/b/abc",
        "/b/no/such",
        "/new",
        "/healthz",
        "/sync/abc",
        "/nothing",
    ] {
        let (head, _) = server.get(path).await;
        let policy =
            "content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval';";
        assert!(head.contains(policy), "{path}: {head}");
        assert!(head.contains("referrer-policy: no-referrer"), "{path}");
        assert!(head.contains("x-content-type-options: nosniff"), "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_new_board_has_an_address_that_nobody_guesses() {
    let data = tempfile::tempdir().unwrap();
    let server = with_page(data.path()).await;
    let (head, _) = server.request("GET /new HTTP/1.1").await;
    assert!(head.starts_with("http/1.1 303"));
    let place = head
        .lines()
        .find_map(|line| line.strip_prefix("location: /b/"))
        .unwrap();
    assert_eq!(place.len(), 23);
    assert!(server.get("/healthz").await.0.starts_with("http/1.1 200"));
    assert!(
        server
            .request("POST /new HTTP/1.1\r\ncontent-length: 0")
            .await
            .0
            .starts_with("http/1.1 405")
    );
    server.stop().await;
}

#[tokio::test]
async fn without_a_built_page_it_says_what_to_run() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        web: Some(data.path().join("nowhere")),
        ..Config::new(data.path().join("boards"))
    })
    .await;
    let (head, body) = server.get("/").await;
    assert!(head.starts_with("http/1.1 503"));
    assert!(String::from_utf8_lossy(&body).contains("cargo xtask run"));
    server.stop().await;
}

#[tokio::test]
async fn who_dawdles_over_a_request_is_hung_up_on() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        header_timeout: Duration::from_millis(50),
        ..Config::new(data.path())
    })
    .await;
    for start in ["", "G", "GET / HTTP/1.1\r\nhost: a\r\n"] {
        let mut slow = TcpStream::connect(server.address).await.unwrap();
        slow.write_all(start.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        soon("the end", slow.read_to_end(&mut answer))
            .await
            .unwrap();
    }
    server.stop().await;
}

#[tokio::test]
async fn one_connection_too_many_is_told_so() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with(Config {
        max_connections: 1,
        ..Config::new(data.path())
    })
    .await;
    let client = server.join("b").await;
    let (head, body) = server.get("/").await;
    assert!(head.starts_with("http/1.1 503"), "{head}");
    assert!(head.contains("retry-after"), "{head}");
    let told = String::from_utf8_lossy(&body).into_owned();
    assert!(told.contains("as many connections as it allows"), "{told}");
    drop(client);
    let free = async { while server.get("/healthz").await.0.starts_with("http/1.1 503") {} };
    soon("a place", free).await;
    server.stop().await;
}
