//! Boards as files over HTTP: what is made, what is refused, and what it says of itself.

#![cfg(test)]
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../interchange/tests/corpus");

/// A server with a board `plan`.
struct Serving {
    data: tempfile::TempDir,
    child: Child,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn run(command: &str, data: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
        .arg(command)
        .arg("--data")
        .arg(data)
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn import(data: &Path, scene: &str) {
    let file = Path::new(CORPUS).join(format!("{scene}.excalidraw"));
    run(
        "import",
        data,
        &[&file.to_string_lossy(), "--board", "plan"],
    );
}

/// An answer: its status, its head in lower case, its body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Serving {
    fn start(scene: &str) -> Self {
        Self::start_with(scene, &[])
    }

    fn start_with(scene: &str, flags: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        // Before there is a server: whatever is open then, a picture has opened.
        import(data.path(), scene);
        let mut child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.rsplit('/').next().unwrap().to_owned();
        Self {
            data,
            child,
            address,
        }
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        let ask =
            format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n{headers}connection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let body = answer[end + 4..].to_vec();
        Answer { status, head, body }
    }

    fn plan(&self, what: &str) -> Answer {
        self.get(&format!("/v1/boards/plan/{what}"), "")
    }
}

#[test]
fn a_board_is_a_file_of_each_sort() {
    let serving = Serving::start("images");
    for (what, media, begins) in [
        ("picture.svg", "image/svg+xml", &b"<svg"[..]),
        ("picture.png", "image/png", b"\x89PNG"),
        ("picture.pdf", "application/pdf", b"%PDF"),
        ("export.excalidraw", "application/vnd.excalidraw+json", b"{"),
        ("export.drawbridge", "application/zip", b"PK"),
    ] {
        let answer = serving.plan(what);
        assert_eq!(answer.status, 200, "{what}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some(media));
        assert!(answer.body.starts_with(begins), "{what}");
        assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
        assert_eq!(answer.header("vary"), Some("cookie, authorization"));
        assert_eq!(answer.header("x-robots-tag"), Some("noindex"));
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"));
    }
    let metrics = serving.get("/metrics", "").text();
    let open = metrics
        .lines()
        .find(|line| line.starts_with("drawbridge_boards"));
    assert!(
        open.is_some_and(|line| line.ends_with(" 0")),
        "{open:?}: no room was opened"
    );
    let svg = serving.plan("picture.svg").text();
    assert!(svg.contains("href=\"data:image/"), "its pictures are in it");
}

#[test]
fn an_answer_holds_until_the_board_or_the_question_is_another() {
    let serving = Serving::start("shapes");
    let first = serving.plan("picture.svg");
    let tag = first.header("etag").unwrap().to_owned();
    let ask = format!("if-none-match: {tag}\r\n");
    let again = serving.get("/v1/boards/plan/picture.svg", &ask);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let dark = serving.plan("picture.svg?theme=dark");
    assert_ne!(dark.header("etag"), Some(tag.as_str()));
    assert_ne!(dark.body, first.body);
    import(serving.data.path(), "texts");
    let more = serving.get("/v1/boards/plan/picture.svg", &ask);
    assert_eq!(more.status, 200);
    assert!(more.body.len() > first.body.len());
    let part = serving.plan("picture.png?region=0,0,40,30&scale=2");
    let side = |at: usize| u32::from_be_bytes(part.body[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (80, 60));
    let small = serving.plan("picture.png?fit=60,400");
    let side = |at: usize| u32::from_be_bytes(small.body[at..at + 4].try_into().unwrap());
    assert!(
        side(16) == 60 && side(20) <= 400,
        "{} by {}",
        side(16),
        side(20)
    );
}

#[test]
fn the_server_draws_with_the_fonts_that_it_is_given_and_says_what_they_lack() {
    let text = "{\"type\": \"excalidraw\", \"elements\": [{\"id\": \"a\", \"type\": \"text\", \"x\": 0, \
        \"y\": 0, \"width\": 90, \"height\": 25, \"text\": \"\u{6f22} on\", \"fontSize\": 20}]}";
    let asked = |flags: &[&str]| {
        let serving = Serving::start_with("shapes", flags);
        let file = serving.data.path().join("text.excalidraw");
        std::fs::write(&file, text).unwrap();
        let file = file.to_string_lossy().into_owned();
        run("import", serving.data.path(), &[&file, "--board", "text"]);
        let answer = serving.get("/v1/boards/text/picture.png", "");
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("x-missing-letters"), Some("u+6f22"));
    };
    asked(&[]);
    let font = format!("{CORPUS}/../../../web/src/fonts/families/family-mono-latin.woff2");
    asked(&["--font", &font]);
}

#[test]
fn what_cannot_be_made_is_refused_by_a_sentence() {
    let serving = Serving::start("shapes");
    for (path, status) in [
        ("/v1/boards/plan/picture.png?scale=9", 400),
        ("/v1/boards/plan/picture.svg?scale=2", 400),
        ("/v1/boards/plan/picture.png?scale=2&scale=3", 400),
        ("/v1/boards/plan/picture.png?scale=2&fit=9,9", 400),
        ("/v1/boards/plan", 405),
        ("/v1/boards/plan/picture.svg?what", 400),
        ("/v1/boards/plan/export.drawbridge?scale=1", 400),
        ("/v1/boards/plan/picture.svg?frame=nowhere", 404),
        ("/v1/boards/plan/picture.pdf?pages=frames", 404),
        ("/v1/boards/plan/picture.png?region=0,0,9000,9000", 413),
        ("/v1/boards/plan/picture.gif", 404),
        ("/v1/boards/nobody/picture.svg", 404),
    ] {
        let answer = serving.get(path, "");
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert!(
            answer.text().trim_end().ends_with('.'),
            "{path}: {}",
            answer.text()
        );
    }
    run("delete", serving.data.path(), &["plan"]);
    assert_eq!(serving.plan("picture.svg").status, 410);
}

#[test]
fn who_asks_too_fast_is_told_to_wait() {
    let serving = Serving::start("shapes");
    let answers: Vec<u16> = (0..40)
        .map(|_| serving.plan("picture.svg").status)
        .collect();
    assert_eq!(answers[..20], [200; 20]);
    assert!(answers.contains(&429), "{answers:?}");
}
