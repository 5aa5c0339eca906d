//! Pictures of a board while people draw on it: they must not feel it.
//!
//! Owns the scenario, and asking for pictures. Drawbridge only: no peer makes any.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::lab::{Cost, Lab};
use super::large::{BOARD, Waits, bystander, fill};
use super::server::{Contender, Server};
use super::swarm::Swarm;
use super::table::{Bar, Table, bytes, judged, millis};

/// So many are made.
const PICTURES: usize = 100;
/// How long nothing is made, to compare with.
const QUIET: Duration = Duration::from_secs(6);

/// A bystander at 100 updates a second, quiet and while pictures of the same board are made.
pub(crate) fn run(lab: &Lab) -> Result<Table> {
    let (count, pictures) = (lab.scaled(10_000), lab.scaled(PICTURES));
    let title = format!("{pictures} pictures of a board of {count} elements");
    let columns = [
        "quiet p99",
        "longest",
        "meanwhile p99",
        "longest",
        "one picture",
        "CPU for one",
        "memory",
    ];
    let mut table = Table::new(title, &columns);
    let mut programs = lab.programs.clone();
    // Each picture is asked for from another address: one address gets two a second.
    let proxy = ["--trust-proxy", "127.0.0.1"].map(str::to_owned);
    programs.flags.extend(proxy);
    let lab = Lab {
        programs,
        contenders: Vec::new(),
        short: lab.short,
    };
    lab.of(&[Contender::Drawbridge], &mut table, |server| {
        let _filled = fill(&server, BOARD, count, 1000)?;
        let ((), quiet) = bystander(&server, || Swarm::new()?.rest(QUIET))?;
        let began = Instant::now();
        let asked = || Cost::of(&server, || ask_all(&server, pictures));
        let (((), cost), meanwhile) = bystander(&server, asked)?;
        let each = |time: Duration| millis(time / u32::try_from(pictures).unwrap_or(u32::MAX));
        let took = began.elapsed();
        let judge = |time: Duration, most: f64| {
            let bar = lab.bar(&server, Bar::AtMost(most));
            judged(millis(time), time.as_secs_f64() * 1e3, bar)
        };
        let Waits { p99, longest } = meanwhile;
        Ok(vec![
            millis(quiet.p99),
            millis(quiet.longest),
            judge(p99, 5.0),
            judge(longest, 16.0),
            each(took),
            each(cost.cpu),
            bytes(server.process.memory()? as f64),
        ])
    })?;
    table.note(
        "The bystander is on the same board and gets 100 updates a second. Each picture is of another region \
         of 2,000 by 2,000 units, so none is there already.",
    );
    Ok(table)
}

fn ask_all(server: &Server, pictures: usize) -> Result<()> {
    for number in 0..pictures {
        ask(server, number).with_context(|| format!("picture {number}"))?;
    }
    Ok(())
}

/// Asks for one, from an address of its own; anything but a picture is an error.
fn ask(server: &Server, number: usize) -> Result<()> {
    let mut stream = TcpStream::connect(server.address)?;
    let host = server.address;
    write!(
        stream,
        "GET /v1/boards/{BOARD}/picture.png?region={number},0,2000,2000 HTTP/1.1\r\nhost: {host}\r\n\
         x-forwarded-for: 10.0.{}.{}\r\nconnection: close\r\n\r\n",
        number / 250,
        number % 250 + 1
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        let head = String::from_utf8_lossy(&answer);
        bail!("{}", head.lines().next().unwrap_or_default());
    }
    Ok(())
}
