//! Every address at which the server answers, and the right that each takes.
//!
//! Owns how a path is read, and which methods an endpoint knows. A new endpoint is a variant; without
//! a right and an answer it does not compile. Knows no principal.

use board::file::FileHash;
use board::id::{BoardId, InvalidId};
use percent_encoding::percent_decode_str;
use warp::http::Method;

use super::files::{Address, Target};
use crate::made::Kind;
use crate::principal::Role;

/// What a path means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// `/healthz`: whether boards can be read.
    Health,
    /// `/readyz`: whether they can be saved.
    Ready,
    /// `/metrics`: what is counted.
    Metrics,
    /// `/v1/limits`: how much a board takes.
    Limits,
    /// `/new`: off to a board that nobody has seen yet.
    New,
    /// `/`: the page, without a board.
    Start,
    /// `/b/{board}`: the page of a board.
    Page(BoardId),
    /// `/embed/{board}`: the page of a board within another page.
    Embed(BoardId),
    /// `/sync/{board}`: the board itself.
    Sync(BoardId),
    /// Pictures on boards.
    Files(Target),
    /// `/v1/boards/{board}/picture.svg` and others: it as a file.
    Made(BoardId, Kind),
    /// `/v1/boards/{board}`: all of it.
    Board(BoardId),
    /// `/v1/boards/{board}/restore`: takes back that it was deleted.
    Restore(BoardId),
    /// Whatever else: a file of the page, perhaps.
    Asset(String),
}

/// Why a path means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misaddressed {
    /// It names no possible board, where a page or a file of one would be.
    Board(InvalidId),
    /// The same within another page, which has to be let see why.
    Embed(InvalidId),
    /// The same where a board itself would be: who speaks WebSocket is told there.
    Sync(InvalidId),
    /// It names a board, and then no possible file.
    File,
}

/// What somebody must have to use an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right<'a> {
    /// Nothing: it says nothing of any board, or brings its own proof.
    None,
    /// A role on a board.
    On(&'a BoardId, Role),
}

impl Endpoint {
    /// Reads a path as it stands in a request, percent-encoded.
    pub(super) fn parse(path: &str) -> Result<Self, Misaddressed> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        Ok(match (first, rest) {
            ("", "") => Self::Start,
            ("healthz", "") => Self::Health,
            ("readyz", "") => Self::Ready,
            ("metrics", "") => Self::Metrics,
            ("new", "") => Self::New,
            ("b", name) => Self::Page(board(name).map_err(Misaddressed::Board)?),
            ("embed", name) => Self::Embed(board(name).map_err(Misaddressed::Embed)?),
            ("sync", name) => Self::Sync(board(name).map_err(Misaddressed::Sync)?),
            ("files", rest) => Self::of_files(rest)?,
            ("tokens", token) => Self::Files(Target::Lent(token.to_owned())),
            ("v1", rest) => Self::of_v1(rest)?.unwrap_or_else(|| Self::Asset(decoded(path))),
            _ => Self::Asset(decoded(path)),
        })
    }

    /// What follows `/v1/`.
    fn of_v1(rest: &str) -> Result<Option<Self>, Misaddressed> {
        if let Some(token) = rest.strip_prefix("tokens/") {
            return Ok(Some(Self::Files(Target::Lent(token.to_owned()))));
        }
        let Some(rest) = rest.strip_prefix("boards/") else {
            return Ok((rest == "limits").then_some(Self::Limits));
        };
        let (name, what) = rest.split_once('/').unwrap_or((rest, ""));
        let board = board(name).map_err(Misaddressed::Board)?;
        if let Some(file) = what.strip_prefix("files/") {
            return Ok(Some(Self::file_of(board, file)?));
        }
        Ok(match what {
            "" => Some(Self::Board(board)),
            "restore" => Some(Self::Restore(board)),
            file => Kind::of_address(file).map(|kind| Self::Made(board, kind)),
        })
    }

    /// What follows `/files/`, as pages asked before there was `/v1/`: names of boards hold no stroke, so the
    /// last one parts them.
    fn of_files(rest: &str) -> Result<Self, Misaddressed> {
        let (name, rest) = rest.rsplit_once('/').unwrap_or((rest, ""));
        Self::file_of(board(name).map_err(Misaddressed::Board)?, rest)
    }

    /// One of a board's files, or what lends them.
    fn file_of(board: BoardId, rest: &str) -> Result<Self, Misaddressed> {
        if rest == "tokens" {
            return Ok(Self::Files(Target::Tokens(board)));
        }
        let hash = FileHash::parse(rest).ok_or(Misaddressed::File)?;
        Ok(Self::Files(Target::File(Address { board, hash })))
    }

    /// The board that it is about.
    pub(super) fn board(&self) -> Option<&BoardId> {
        match self {
            Self::Page(board)
            | Self::Embed(board)
            | Self::Sync(board)
            | Self::Files(Target::File(Address { board, .. }) | Target::Tokens(board))
            | Self::Made(board, _)
            | Self::Board(board)
            | Self::Restore(board) => Some(board),
            Self::Health
            | Self::Ready
            | Self::Metrics
            | Self::Limits
            | Self::New
            | Self::Start
            | Self::Files(Target::Lent(_))
            | Self::Asset(_) => None,
        }
    }

    /// What it takes to use it with a method; `None` when it does not know that method.
    pub(super) fn right(&self, method: &Method) -> Option<Right<'_>> {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        match self {
            Self::Health | Self::Ready | Self::Metrics | Self::Limits | Self::New => {
                (*method == Method::GET).then_some(Right::None)
            }
            Self::Start | Self::Asset(_) => reads.then_some(Right::None),
            Self::Page(board) | Self::Embed(board) => reads.then_some(Right::On(board, Role::View)),
            Self::Made(board, _) => reads.then_some(Right::On(board, Role::View)),
            Self::Board(board) => {
                (*method == Method::DELETE).then_some(Right::On(board, Role::Own))
            }
            Self::Restore(board) => {
                (*method == Method::POST).then_some(Right::On(board, Role::Own))
            }
            Self::Sync(board) => (*method == Method::GET).then_some(Right::On(board, Role::View)),
            Self::Files(Target::File(Address { board, .. })) => match *method {
                Method::GET | Method::HEAD => Some(Right::On(board, Role::View)),
                Method::PUT => Some(Right::On(board, Role::Draw)),
                // A browser asks, without saying who it is, whether it may ask.
                Method::OPTIONS => Some(Right::None),
                _ => None,
            },
            // Whoever may see a picture may lend it.
            Self::Files(Target::Tokens(board)) => match *method {
                Method::POST => Some(Right::On(board, Role::View)),
                Method::OPTIONS => Some(Right::None),
                _ => None,
            },
            Self::Files(Target::Lent(_)) => {
                matches!(*method, Method::GET | Method::OPTIONS).then_some(Right::None)
            }
        }
    }

    /// What to say to a method that it does not know.
    pub(super) fn knows(&self) -> &'static str {
        match self {
            Self::Files(Target::File(_)) => "A file can be read, and put there whole.",
            Self::Files(Target::Tokens(_)) => "Tokens are asked for with POST.",
            Self::Files(Target::Lent(_)) => "What is lent can be read.",
            Self::Board(_) => {
                "Whoever keeps the server deletes a board here. It is seen at /b/ and its name, and is a \
                 file at this address with /export.drawbridge behind it."
            }
            Self::Restore(_) => "A board is restored with POST.",
            Self::Health
            | Self::Ready
            | Self::Metrics
            | Self::Limits
            | Self::New
            | Self::Start
            | Self::Page(_)
            | Self::Embed(_)
            | Self::Made(..)
            | Self::Sync(_)
            | Self::Asset(_) => "This address can only be read.",
        }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Reads a board from what stands for it in a path, percent-decoded once.
fn board(name: &str) -> Result<BoardId, InvalidId> {
    BoardId::parse(&decoded(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn id(name: &str) -> BoardId {
        BoardId::parse(name).unwrap()
    }

    fn file() -> Address {
        let hash = FileHash::parse(HASH).unwrap();
        let board = id("a.b");
        Address { board, hash }
    }

    #[test]
    fn each_path_means_one_thing() {
        let file_path = format!("/files/a.b/{HASH}");
        let newer_path = format!("/v1/boards/a.b/files/{HASH}");
        for (path, endpoint) in [
            ("/", Endpoint::Start),
            ("/healthz", Endpoint::Health),
            ("/readyz", Endpoint::Ready),
            ("/metrics", Endpoint::Metrics),
            ("/v1/limits", Endpoint::Limits),
            ("/new", Endpoint::New),
            ("/b/a.b", Endpoint::Page(id("a.b"))),
            ("/b/%61", Endpoint::Page(id("a"))),
            ("/embed/a", Endpoint::Embed(id("a"))),
            ("/sync/a", Endpoint::Sync(id("a"))),
            (&file_path, Endpoint::Files(Target::File(file()))),
            (&newer_path, Endpoint::Files(Target::File(file()))),
            ("/files/a/tokens", Endpoint::Files(Target::Tokens(id("a")))),
            (
                "/v1/boards/a/files/tokens",
                Endpoint::Files(Target::Tokens(id("a"))),
            ),
            (
                "/v1/tokens/1f",
                Endpoint::Files(Target::Lent("1f".to_owned())),
            ),
            ("/v1/boards/a.b", Endpoint::Board(id("a.b"))),
            (
                "/v1/boards/a.b/picture.svg",
                Endpoint::Made(id("a.b"), Kind::Svg),
            ),
            ("/v1/boards/a.b/restore", Endpoint::Restore(id("a.b"))),
            (
                "/v1/boards/a/x",
                Endpoint::Asset("v1/boards/a/x".to_owned()),
            ),
            ("/tokens/1f", Endpoint::Files(Target::Lent("1f".to_owned()))),
            (
                "/assets/x%20y.js",
                Endpoint::Asset("assets/x y.js".to_owned()),
            ),
            ("/healthz/x", Endpoint::Asset("healthz/x".to_owned())),
            ("/bb/a", Endpoint::Asset("bb/a".to_owned())),
        ] {
            assert_eq!(Endpoint::parse(path), Ok(endpoint), "{path}");
        }
    }

    #[test]
    fn what_names_no_board_or_file_says_which() {
        for (path, why) in [
            ("/b/", Misaddressed::Board(InvalidId::Empty)),
            ("/b", Misaddressed::Board(InvalidId::Empty)),
            ("/b/%2561", Misaddressed::Board(InvalidId::Character('%'))),
            ("/b/a/b", Misaddressed::Board(InvalidId::Character('/'))),
            ("/embed/a/b", Misaddressed::Embed(InvalidId::Character('/'))),
            ("/sync/..", Misaddressed::Sync(InvalidId::Step)),
            (
                "/files/a b/tokens",
                Misaddressed::Board(InvalidId::Character(' ')),
            ),
            ("/files/a/b", Misaddressed::File),
            ("/v1/boards/a/files/b", Misaddressed::File),
        ] {
            assert_eq!(Endpoint::parse(path), Err(why), "{path}");
        }
    }

    #[test]
    fn who_reads_needs_to_see_and_who_writes_to_draw() {
        let address = file();
        let board = address.board.clone();
        let on = |role| Some(Right::On(&board, role));
        let file = Endpoint::Files(Target::File(address));
        assert_eq!(file.right(&Method::GET), on(Role::View));
        assert_eq!(file.right(&Method::PUT), on(Role::Draw));
        assert_eq!(file.right(&Method::DELETE), None);
        let whole = Endpoint::Board(board.clone());
        assert_eq!(whole.right(&Method::DELETE), on(Role::Own));
        let sync = Endpoint::Sync(board.clone());
        assert_eq!(sync.right(&Method::GET), on(Role::View));
        assert_eq!(sync.right(&Method::POST), None);
        let page = Endpoint::Page(board.clone());
        assert_eq!(page.right(&Method::HEAD), on(Role::View));
        let tokens = Endpoint::Files(Target::Tokens(board.clone()));
        assert_eq!(tokens.right(&Method::POST), on(Role::View));
        assert_eq!(Endpoint::Start.right(&Method::GET), Some(Right::None));
    }
}
