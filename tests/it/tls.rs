//! TLS: the same server over https and wss, and certificates that change while it runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use board::protocol::Message;
use drawbridge_server::Config;
use drawbridge_server::tls::Certificate;
use http_body_util::{BodyExt, Empty};
use hyper::Response;
use hyper::body::Incoming;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::support::{Client, Server, soon};

/// What sends requests over HTTP/2.
type Sender = http2::SendRequest<Empty<bytes::Bytes>>;

/// Writes a new certificate for `localhost` and its key; answers what a client has to trust.
pub(super) fn issue(directory: &Path) -> (PathBuf, PathBuf, CertificateDer<'static>) {
    let issued = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (chain, key) = (directory.join("chain.pem"), directory.join("key.pem"));
    std::fs::write(&chain, issued.cert.pem()).unwrap();
    std::fs::write(&key, issued.signing_key.serialize_pem()).unwrap();
    (chain, key, issued.cert.der().clone())
}

pub(super) async fn connect(
    server: &Server,
    trusted: &CertificateDer<'static>,
    protocols: &[&[u8]],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    let tcp = TcpStream::connect(server.address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, tcp)
        .await
}

pub(super) async fn with_certificate(
    directory: &Path,
) -> (Server, Arc<Certificate>, CertificateDer<'static>) {
    let limit = Config::new(directory).max_connections;
    with_places(directory, limit).await
}

async fn with_places(
    directory: &Path,
    max_connections: usize,
) -> (Server, Arc<Certificate>, CertificateDer<'static>) {
    let (chain, key, trusted) = issue(directory);
    let certificate = Arc::new(Certificate::load(&chain, &key).unwrap());
    let server = Server::with(Config {
        certificate: Some(Arc::clone(&certificate)),
        header_timeout: Duration::from_millis(300),
        max_connections,
        ..Config::new(directory.join("boards"))
    })
    .await;
    (server, certificate, trusted)
}

#[tokio::test]
async fn a_board_is_shared_over_wss() {
    let data = tempfile::tempdir().unwrap();
    let (server, _, trusted) = with_certificate(data.path()).await;
    let stream = connect(&server, &trusted, &[b"http/1.1"]).await.unwrap();
    let mut client = Client::over(stream, "b").await;
    client.send(&Message::SyncStep1(&[0])).await;
    let state = |message: Message<'_>| match message {
        Message::SyncStep2(state) => Some(state.to_vec()),
        _ => None,
    };
    assert_eq!(client.wait("step 2", state).await, [0, 0]);
    server.stop().await;
}

/// Begins to speak HTTP/2; the task ends with the connection.
pub(super) async fn speak_http_2(stream: TlsStream<TcpStream>) -> (Sender, JoinHandle<()>) {
    let stream = TokioIo::new(stream);
    let shaken = http2::handshake(TokioExecutor::new(), stream).await;
    let (sender, connection) = shaken.unwrap();
    let driver = tokio::spawn(async { drop(connection.await) });
    (sender, driver)
}

/// The head of an answer over HTTP/2, with a body that comes as it is read.
pub(super) async fn get(sender: &mut Sender, path: &str) -> Response<Incoming> {
    let request = hyper::Request::get(format!("https://localhost{path}"));
    let request = request.body(Empty::new()).unwrap();
    let answer = sender.send_request(request);
    soon("an answer", answer).await.unwrap()
}

#[tokio::test]
async fn the_page_comes_over_http_2_to_those_who_speak_it() {
    let data = tempfile::tempdir().unwrap();
    let (server, _, trusted) = with_certificate(data.path()).await;
    let stream = connect(&server, &trusted, &[b"h2", b"http/1.1"])
        .await
        .unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (mut sender, driver) = speak_http_2(stream).await;
    let answer = get(&mut sender, "/healthz").await;
    assert_eq!(
        (answer.status().as_u16(), answer.version()),
        (200, hyper::Version::HTTP_2)
    );
    assert_eq!(
        answer.into_body().collect().await.unwrap().to_bytes(),
        "ok\n"
    );
    drop(sender);
    server.stop().await;
    drop(soon("the end", driver).await);
}

#[tokio::test]
async fn a_new_certificate_is_taken_up_while_it_runs_and_a_bad_one_is_not() {
    let data = tempfile::tempdir().unwrap();
    let (server, certificate, old) = with_certificate(data.path()).await;
    let (chain, key, new) = issue(data.path());
    assert!(
        connect(&server, &old, &[]).await.is_ok(),
        "nobody asked yet"
    );
    certificate.reload().unwrap();
    assert!(connect(&server, &new, &[]).await.is_ok());
    assert!(connect(&server, &old, &[]).await.is_err());
    let (_, other_key, _) = issue(&tempfile::tempdir_in(data.path()).unwrap().keep());
    std::fs::copy(&other_key, &key).unwrap();
    let refused = certificate.reload().unwrap_err().to_string();
    assert!(
        refused.starts_with("cannot use the certificate with its key"),
        "{refused}"
    );
    std::fs::write(&chain, "nothing").unwrap();
    let refused = certificate.reload().unwrap_err().to_string();
    assert!(
        refused.contains("there is no PEM certificate in it"),
        "{refused}"
    );
    assert!(
        connect(&server, &new, &[]).await.is_ok(),
        "the good one stays"
    );
    server.stop().await;
}

#[tokio::test]
async fn who_dawdles_over_a_handshake_is_hung_up_on() {
    let data = tempfile::tempdir().unwrap();
    let (server, ..) = with_certificate(data.path()).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    let mut answer = Vec::new();
    // A reset is an end too.
    drop(soon("the end", silent.read_to_end(&mut answer)).await);
    assert!(answer.is_empty(), "{answer:?}");
    server.stop().await;
}

#[tokio::test]
async fn one_connection_too_many_is_told_so_over_tls() {
    let data = tempfile::tempdir().unwrap();
    let (server, _, trusted) = with_places(data.path(), 1).await;
    let stream = connect(&server, &trusted, &[b"http/1.1"]).await.unwrap();
    let url = "wss://localhost/sync/b";
    let (_held, _) = tokio_tungstenite::client_async(url, stream).await.unwrap();
    let protocols: [&[u8]; 2] = [b"h2", b"http/1.1"];
    let mut refused = connect(&server, &trusted, &protocols).await.unwrap();
    let mut answer = Vec::new();
    drop(soon("an answer", refused.read_to_end(&mut answer)).await);
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    server.stop().await;
}

#[tokio::test]
async fn failed_and_slow_handshakes_are_counted() {
    let data = tempfile::tempdir().unwrap();
    let (server, _, trusted) = with_certificate(data.path()).await;
    let (_, _, other) = issue(&tempfile::tempdir_in(data.path()).unwrap().keep());
    assert!(connect(&server, &other, &[]).await.is_err());
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    drop(soon("the end", silent.read_to_end(&mut Vec::new())).await);
    let told = async {
        loop {
            let stream = connect(&server, &trusted, &[]).await.unwrap();
            let text = metrics(stream).await;
            let counted = |reason| text.contains(&format!("{{reason=\"{reason}\"}} 1"));
            if counted("tls") && counted("slow_request") {
                return;
            }
        }
    };
    soon("both are counted", told).await;
    server.stop().await;
}

async fn metrics(mut stream: TlsStream<TcpStream>) -> String {
    let ask = b"GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(ask).await.unwrap();
    let mut text = String::new();
    drop(stream.read_to_string(&mut text).await);
    text
}
