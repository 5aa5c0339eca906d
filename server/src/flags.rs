//! The command line.
//!
//! Owns the flags, their defaults and what they say of themselves. Does nothing.

use std::net::SocketAddr;
use std::path::PathBuf;

use board::id::BoardId;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;

use crate::convert::Convert;
use crate::export::{Copy, Export};
use crate::import::Import;

/// A whiteboard for everybody who has its link.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve boards over HTTP until stopped with Ctrl-C or SIGTERM.
    Serve(Box<Serve>),
    /// Copy all boards into a new file, also while the server runs.
    Backup {
        #[command(flatten)]
        data: Data,
        /// The file to write; it must not exist yet.
        file: PathBuf,
    },
    /// Convert a file into another; needs no boards and no server.
    Convert(Convert),
    /// Print the licences of Drawbridge and of the fonts in it.
    Licences,
    /// List all boards, also while the server runs: name, changes, bytes, last change.
    List {
        #[command(flatten)]
        data: Data,
        /// A JSON object per board and line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Write a board as a file, also while the server runs: what is saved by then.
    Export(Export),
    /// Put all that is on a board on another, also while the server runs.
    Copy(Copy),
    /// Put what a file holds on a board, also while the server runs.
    Import(Import),
    /// Delete a board, and send away whoever is on it. It can be restored for 30 days.
    Delete {
        #[command(flatten)]
        data: Data,
        /// The board's name, the last part of its address.
        #[arg(value_parser = board, allow_hyphen_values = true)]
        board: BoardId,
    },
    /// Restore a deleted board, as it was.
    RestoreDeleted {
        #[command(flatten)]
        data: Data,
        /// The board's name.
        #[arg(value_parser = board, allow_hyphen_values = true)]
        board: BoardId,
    },
    /// Verify that everything stored is as it was written and can be loaded, also while the server
    /// runs.
    Check {
        #[command(flatten)]
        data: Data,
    },
}

/// Where the boards are.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// Directory that holds the boards; created by the server if it does not exist.
    #[arg(
        long = "data",
        env = "DRAWBRIDGE_DATA",
        default_value = "data",
        value_name = "DIR"
    )]
    pub(crate) directory: PathBuf,
}

/// Every flag is also an environment variable; the flag wins.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address to listen on; 0.0.0.0:8080 lets other machines in.
    #[arg(
        long,
        env = "DRAWBRIDGE_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR"
    )]
    pub(crate) listen: SocketAddr,
    #[command(flatten)]
    pub(crate) data: Data,
    /// Another site whose pages may connect, such as https://example.org; may be repeated.
    #[arg(
        long = "allow-origin",
        env = "DRAWBRIDGE_ALLOW_ORIGIN",
        value_delimiter = ',',
        value_parser = origin,
        value_name = "ORIGIN"
    )]
    pub(crate) origins: Vec<String>,
    /// A site whose pages may have boards within them, at /embed/, such as https://example.org; may be
    /// repeated.
    #[arg(
        long = "embed-origin",
        env = "DRAWBRIDGE_EMBED_ORIGIN",
        value_delimiter = ',',
        value_parser = origin,
        value_name = "ORIGIN"
    )]
    pub(crate) embedders: Vec<String>,
    /// Largest message that a client may send, in MiB; offline work comes back as one message.
    #[arg(long, env = "DRAWBRIDGE_MAX_FRAME", default_value_t = 32, value_name = "MIB",
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) max_frame: u16,
    /// Largest board, in MiB.
    #[arg(long, env = "DRAWBRIDGE_MAX_BOARD", default_value_t = 64, value_name = "MIB",
          value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub(crate) max_board: u16,
    /// Largest file that people may put on a board, in MiB.
    #[arg(long, env = "DRAWBRIDGE_MAX_FILE", default_value_t = 20, value_name = "MIB",
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) max_file: u16,
    /// Most that the files of one board take, in MiB.
    #[arg(long, env = "DRAWBRIDGE_MAX_BOARD_FILES", default_value_t = 512, value_name = "MIB",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_board_files: u32,
    /// Most that all files take, in MiB.
    #[arg(long, env = "DRAWBRIDGE_MAX_FILES", default_value_t = 10_240, value_name = "MIB",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_files: u32,
    /// Most boards open at a time; those that nobody looks at are closed after --idle-timeout.
    #[arg(long, env = "DRAWBRIDGE_MAX_BOARDS", default_value_t = 10_000, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_boards: u32,
    /// Most connections at a time.
    #[arg(long, env = "DRAWBRIDGE_MAX_CONNECTIONS", default_value_t = 10_000, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_connections: u32,
    /// Most connections from one address at a time; from one /64 with IPv6.
    #[arg(long, env = "DRAWBRIDGE_MAX_CONNECTIONS_PER_ADDRESS", default_value_t = 1_000,
          value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_connections_per_address: u32,
    /// Most connections to one board at a time.
    #[arg(long, env = "DRAWBRIDGE_MAX_CONNECTIONS_PER_BOARD", default_value_t = 5_000,
          value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_connections_per_board: u32,
    /// Most people shown on one board; a connection may speak for several.
    #[arg(long, env = "DRAWBRIDGE_MAX_PEOPLE", default_value_t = 10_000, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_people: u32,
    /// Most that they say of themselves on one board, in MiB.
    #[arg(long, env = "DRAWBRIDGE_MAX_PEOPLE_SIZE", default_value_t = 8, value_name = "MIB",
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) max_people_size: u16,
    /// Most messages that one connection may send in a second; it may save up four seconds of them.
    #[arg(long, env = "DRAWBRIDGE_MAX_MESSAGES", default_value_t = 10_000, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_messages: u32,
    /// A proxy, or a network of them, that tells the true address in X-Forwarded-For; may be
    /// repeated.
    #[arg(long = "trust-proxy", env = "DRAWBRIDGE_TRUST_PROXY", value_delimiter = ',',
          value_parser = network, value_name = "NETWORK")]
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// Certificate chain in PEM, to serve HTTPS; read again on SIGHUP.
    #[arg(
        long,
        env = "DRAWBRIDGE_TLS_CERT",
        value_name = "FILE",
        requires = "tls_key"
    )]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its private key in PEM.
    #[arg(
        long,
        env = "DRAWBRIDGE_TLS_KEY",
        value_name = "FILE",
        requires = "tls_cert"
    )]
    pub(crate) tls_key: Option<PathBuf>,
    /// Longest time that a client may take over a TLS handshake and over the head of a request, in seconds.
    #[arg(long, env = "DRAWBRIDGE_HEADER_TIMEOUT", default_value_t = 10, value_name = "SECONDS",
          value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) header_timeout: u16,
    /// How long a board stays in memory after the last one has left it, in seconds.
    #[arg(long, env = "DRAWBRIDGE_IDLE_TIMEOUT", default_value_t = 30, value_name = "SECONDS",
          value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) idle_timeout: u16,
    /// Serve the page from this directory instead of from the binary.
    #[arg(long, env = "DRAWBRIDGE_WEB", value_name = "DIR")]
    pub(crate) web: Option<PathBuf>,
    /// Where people reach the server, such as https://draw.example.org: for what others show of links to it.
    #[arg(
        long = "public-url",
        env = "DRAWBRIDGE_PUBLIC_URL",
        value_parser = origin,
        value_name = "ORIGIN"
    )]
    pub(crate) public_url: Option<String>,
    /// Whoever is sent a link to a board sees its title and a picture of it beside the link, as far as what
    /// they read it in shows such; so does whoever runs that. Needs --public-url.
    #[arg(
        long = "link-previews",
        env = "DRAWBRIDGE_LINK_PREVIEWS",
        requires = "public_url"
    )]
    pub(crate) link_previews: bool,
    /// A font for pictures of boards, for what the page's own fonts lack; may be repeated, and the first that
    /// has a letter is taken.
    #[arg(
        long = "font",
        env = "DRAWBRIDGE_FONT",
        value_delimiter = ',',
        value_name = "FILE"
    )]
    pub(crate) fonts: Vec<PathBuf>,
    /// What to log: error, warn, info, debug, trace, or a filter per module.
    #[arg(
        long,
        env = "DRAWBRIDGE_LOG",
        default_value = "info",
        value_name = "FILTER"
    )]
    pub(crate) log: String,
    /// How to log: lines for people, or JSON for machines.
    #[arg(
        long,
        env = "DRAWBRIDGE_LOG_FORMAT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) log_format: LogFormat,
}

/// How logs are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}
/// A board's name, or the address that it is part of.
pub(crate) fn board(text: &str) -> Result<BoardId, String> {
    let name = text.rsplit_once("/b/").map_or(text, |(_, name)| name);
    BoardId::parse(name).map_err(|error| error.to_string())
}

/// An origin as browsers write it: in lower case and without a path.
fn origin(text: &str) -> Result<String, String> {
    let origin = text.trim_end_matches('/').to_ascii_lowercase();
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && host.chars().all(is_of_host) => Ok(origin),
        _ => Err("an origin is http:// or https:// and a host, such as https://example.org".into()),
    }
}

fn is_of_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']')
}

/// A network, or a single address.
fn network(text: &str) -> Result<IpNet, String> {
    let address = || text.parse::<std::net::IpAddr>().map(IpNet::from);
    text.parse().or_else(|_| address()).map_err(|_| {
        "a network is an address, or one with the length of its prefix, such as 10.0.0.0/8".into()
    })
}
