//! What the server counts, in Prometheus' text format.
//!
//! Owns names and units. No metric names a board or a person: whoever may read them learns how much
//! is going on, and not what.

use board::protocol::CloseCode;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Metric, Registry, Unit};

use crate::outbox::Sent;
use crate::room::Unshown;

/// Shortest latency that is told apart, and how many times it doubles: 0.1 ms to 13 s.
const LATENCIES: (f64, u16) = (1e-4, 18);

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    reason: &'static str,
}

/// One more in a gauge as long as it lives.
#[derive(Debug)]
pub(crate) struct Counted(Gauge);

impl Counted {
    /// Counts from now on.
    pub(crate) fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// All that is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    /// TCP connections.
    pub(crate) connections: Gauge,
    /// WebSockets that are in a room.
    pub(crate) sockets: Gauge,
    /// Boards in memory.
    pub(crate) boards: Gauge,
    /// Bytes that wait for peers, as of the last survey of each room.
    pub(crate) queued: Gauge,
    pub(crate) received_frames: Counter,
    pub(crate) received_bytes: Counter,
    sent_frames: Counter,
    sent_bytes: Counter,
    /// Updates that changed a board.
    pub(crate) updates: Counter,
    /// From a frame's arrival to its relay, the slowest of each turn.
    pub(crate) relay_latency: Histogram,
    /// From an update's relay to its being on disk.
    pub(crate) store_latency: Histogram,
    /// Queues of slow peers that were replaced by one diff.
    pub(crate) collapses: Counter,
    /// Files that were taken in.
    pub(crate) uploads: Counter,
    /// What they had.
    pub(crate) uploaded: Counter,
    /// Files that were given out.
    pub(crate) downloads: Counter,
    refusals: Family<Refused, Counter>,
    pub(crate) store_errors: Counter,
    /// Damaged rows and snapshots that were left out while a board was loaded.
    pub(crate) quarantined: Counter,
    /// Rooms that broke and were loaded again.
    pub(crate) broken_rooms: Counter,
}

impl Metrics {
    /// All at zero.
    pub(crate) fn new() -> Self {
        let mut all = Registry::with_prefix("drawbridge");
        let (start, length) = LATENCIES;
        let latency = || Histogram::new(exponential_buckets(start, 2.0, length));
        Self {
            connections: add(&mut all, "connections", "TCP connections", Gauge::default()),
            sockets: add(&mut all, "sockets", "WebSockets", Gauge::default()),
            boards: add(&mut all, "boards", "Boards in memory", Gauge::default()),
            queued: in_bytes(&mut all, "queued", "What waits for peers", Gauge::default()),
            received_frames: add(
                &mut all,
                "received_frames",
                "Frames read",
                Counter::default(),
            ),
            received_bytes: in_bytes(&mut all, "received", "Payload read", Counter::default()),
            sent_frames: add(
                &mut all,
                "sent_frames",
                "Frames written",
                Counter::default(),
            ),
            sent_bytes: in_bytes(&mut all, "sent", "Payload written", Counter::default()),
            updates: add(&mut all, "updates", "Updates taken in", Counter::default()),
            relay_latency: in_seconds(&mut all, "relay_latency", "Arrival to relay", latency()),
            store_latency: in_seconds(&mut all, "store_latency", "Relay to disk", latency()),
            collapses: add(
                &mut all,
                "collapses",
                "Queues replaced by a diff",
                Counter::default(),
            ),
            uploads: add(&mut all, "uploads", "Files taken in", Counter::default()),
            uploaded: in_bytes(&mut all, "uploaded", "What they had", Counter::default()),
            downloads: add(&mut all, "downloads", "Files given out", Counter::default()),
            refusals: add(
                &mut all,
                "refusals",
                "What was refused, by reason",
                Family::default(),
            ),
            store_errors: add(
                &mut all,
                "store_errors",
                "Failed writes",
                Counter::default(),
            ),
            quarantined: add(
                &mut all,
                "quarantined",
                "Damaged rows left out",
                Counter::default(),
            ),
            broken_rooms: add(
                &mut all,
                "broken_rooms",
                "Rooms that broke",
                Counter::default(),
            ),
            registry: all,
        }
    }

    /// Frames were written.
    pub(crate) fn sent(&self, sent: Sent) {
        if sent != Sent::default() {
            self.sent_frames.inc_by(sent.frames);
            self.sent_bytes.inc_by(sent.bytes);
        }
    }

    /// Something was refused.
    pub(crate) fn refused(&self, reason: &'static str) {
        self.refusals.get_or_create(&Refused { reason }).inc();
    }

    /// Something was not shown to others.
    pub(crate) fn unshown(&self, unshown: Unshown) {
        let Unshown { people, ephemeral } = unshown;
        for (reason, count) in [("people", people), ("ephemeral", ephemeral)] {
            if count > 0 {
                self.refusals
                    .get_or_create(&Refused { reason })
                    .inc_by(count);
            }
        }
    }

    /// A connection was closed because as many large messages are under way as the server takes: its
    /// close code alone says that the board is crowded.
    pub(crate) fn crowded_out(&self) {
        self.refused("large_messages");
    }

    /// A connection was closed for a reason.
    pub(crate) fn closed(&self, code: CloseCode) {
        self.refused(match code {
            CloseCode::Restart => return,
            CloseCode::TryLater => "board_crowded",
            CloseCode::BadFrame => "bad_frame",
            CloseCode::NoSuchBoard => "no_such_board",
            CloseCode::Deleted => "deleted",
            CloseCode::TooBig => "too_big",
            CloseCode::Poison => "poison",
            CloseCode::TooMany => "too_many",
            CloseCode::Internal => "internal",
            CloseCode::Unavailable => "unavailable",
            CloseCode::Resync => "resync",
        });
    }

    /// All of it, as `application/openmetrics-text`.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _written = encode(&mut text, &self.registry);
        text
    }
}

fn add<M: Metric + Clone>(all: &mut Registry, name: &str, help: &str, metric: M) -> M {
    all.register(name, help, metric.clone());
    metric
}

fn in_bytes<M: Metric + Clone>(all: &mut Registry, name: &str, help: &str, metric: M) -> M {
    all.register_with_unit(name, help, Unit::Bytes, metric.clone());
    metric
}

fn in_seconds<M: Metric + Clone>(all: &mut Registry, name: &str, help: &str, metric: M) -> M {
    all.register_with_unit(name, help, Unit::Seconds, metric.clone());
    metric
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told_with_units() {
        let metrics = Metrics::new();
        metrics.sockets.set(3);
        metrics.sent_bytes.inc_by(1234);
        metrics.closed(CloseCode::Poison);
        metrics.store_latency.observe(0.003);
        let text = metrics.text();
        for line in [
            "drawbridge_sockets 3",
            "drawbridge_sent_bytes_total 1234",
            "drawbridge_refusals_total{reason=\"poison\"} 1",
            "drawbridge_store_latency_seconds_count 1",
            "# EOF",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in\n{text}");
        }
    }
}
