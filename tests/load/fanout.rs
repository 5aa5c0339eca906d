//! One change, many readers: the scenarios that count deliveries.
//!
//! Owns their shapes, paces and bars.

use anyhow::Result;

use super::crowd::{Crowd, Shape};
use super::lab::{Cost, Lab};
use super::server::{Contender, Server};
use super::table::{Bar, Table, bytes, count, judged, micros, millis};

/// More updates per writer than any server relays in the time: the clock ends the run.
const PLENTY: usize = 60_000;

const COLUMNS: [&str; 6] = [
    "deliveries/s",
    "CPU per delivery",
    "p50",
    "p99",
    "memory",
    "generator busy",
];

/// What Drawbridge must keep, if anything.
#[derive(Debug, Clone, Copy, Default)]
struct Bars {
    rate: Option<Bar>,
    cpu: Option<Bar>,
    p99: Option<Bar>,
}

/// 50 clients, 10 of them with 8 updates on their way at any time.
pub(crate) fn saturated(lab: &Lab) -> Result<Table> {
    let title = "Saturated fan-out: 50 clients, 10 writers with 8 updates in flight each";
    let mut table = Table::new(title, &COLUMNS);
    let shape = Shape {
        boards: 1,
        clients: 50,
        writers: 10,
        updates: PLENTY,
    };
    let bars = Bars {
        rate: Some(Bar::AtLeast(1.2e6)),
        cpu: Some(Bar::AtMost(0.5)),
        p99: None,
    };
    lab.each(&mut table, |server| {
        let time = lab.while_steady();
        measure(lab, &server, shape, bars, |crowd| crowd.saturate(8, time))
    })?;
    table.note(
        "An update has landed when one other client has it; all have all of them at the end.",
    );
    Ok(table)
}

/// 50 clients, 10 of whom write 20 times a second, beside what the bare frames cost.
pub(crate) fn gentle(lab: &Lab) -> Result<Table> {
    let title = "Gentle fan-out: 50 clients, 10 writers × 20 updates/s";
    let bars = Bars {
        rate: None,
        cpu: Some(Bar::AtMost(8.0)),
        p99: Some(Bar::AtMost(3.0)),
    };
    let mut contenders = lab.contenders.clone();
    contenders.push(Contender::Echo);
    paced(lab, title, &contenders, (1, 50, 10), 20.0, bars)
}

/// 500 boards with 4 clients each, one of whom writes.
pub(crate) fn boards(lab: &Lab) -> Result<Table> {
    let boards = lab.scaled(500);
    let title = format!("{boards} boards × 4 clients, one writer each × 4 updates/s");
    let (all, bars) = (&lab.contenders, Bars::default());
    paced(lab, &title, all, (boards, 4, 1), 4.0, bars)
}

/// One board that a thousand people look at while one draws.
pub(crate) fn viewers(lab: &Lab) -> Result<Table> {
    let clients = lab.scaled(1000);
    let title = format!("One board × {clients} viewers, one writer × 20 updates/s");
    let (all, bars) = (&lab.contenders, Bars::default());
    paced(lab, &title, all, (1, clients, 1), 20.0, bars)
}

fn paced(
    lab: &Lab,
    title: &str,
    contenders: &[Contender],
    (boards, clients, writers): (usize, usize, usize),
    per_second: f64,
    bars: Bars,
) -> Result<Table> {
    let mut table = Table::new(title, &COLUMNS);
    let time = lab.while_steady();
    let shape = Shape {
        boards,
        clients,
        writers,
        updates: (per_second * time.as_secs_f64()).ceil() as usize + 1,
    };
    lab.of(contenders, &mut table, |server| {
        measure(lab, &server, shape, bars, |crowd| {
            crowd.pace(per_second, time)
        })
    })?;
    Ok(table)
}

fn measure(
    lab: &Lab,
    server: &Server,
    shape: Shape,
    bars: Bars,
    load: impl FnOnce(&mut Crowd) -> Result<()>,
) -> Result<Vec<String>> {
    let mut crowd = Crowd::gather(server, "fan", shape)?;
    let ((), cost) = Cost::of(server, || {
        load(&mut crowd)?;
        crowd.drain()
    })?;
    let deliveries = crowd.tally.deliveries as f64;
    let rate = deliveries / cost.wall.as_secs_f64();
    let each = cost.micros_per(deliveries);
    let latency = &crowd.tally.latency;
    let p99 = latency.at(0.99);
    let bar = |bar: Option<Bar>| bar.and_then(|bar| lab.bar(server, bar));
    Ok(vec![
        judged(count(rate), rate, bar(bars.rate)),
        judged(micros(each), each, bar(bars.cpu)),
        millis(latency.at(0.5)),
        judged(millis(p99), p99.as_secs_f64() * 1e3, bar(bars.p99)),
        bytes(server.process.memory()? as f64),
        format!("{:.0} %", cost.busy * 100.0),
    ])
}
