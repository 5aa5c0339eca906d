//! One simulated world: pages, their connections and the server, on one virtual clock.
//!
//! Owns the order of things and every trouble that befalls them. All of it follows from a seed.

use bytes::Bytes;
use drawbridge_server::outbox::Next;
use drawbridge_server::room::{Millis, PeerId};
use fastrand::Rng;

use crate::log::Log;
use crate::network::{Parcel, Wire};
use crate::page::{Clip, Page, Socket};
use crate::person;
use crate::record::Record;
use crate::server::Server;

/// Two tabs share the last browser.
const BROWSERS: [usize; 4] = [0, 1, 2, 2];
/// Frames on their way to one page before its queue at the server grows.
const WINDOW: usize = 8;
/// How long the world may take to come to rest, in steps.
const PATIENCE: usize = 20_000;

/// A world.
pub(crate) struct World {
    pub(crate) now: Millis,
    pub(crate) server: Server,
    pub(crate) pages: Vec<Page>,
    pub(crate) record: Record,
    pub(crate) restarts: usize,
    rng: Rng,
    wires: Vec<Wire>,
    logs: Vec<Log>,
    clipboard: Option<Clip>,
    loads: u32,
    /// Whether people act and things go wrong.
    troubled: bool,
}

impl World {
    /// A world that has just begun.
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let server = Server::start(&mut rng);
        let mut world = Self {
            now: 1,
            server,
            pages: Vec::new(),
            record: Record::default(),
            restarts: 0,
            rng,
            wires: Vec::new(),
            logs: (0..3).map(|_| Log::default()).collect(),
            clipboard: None,
            loads: 0,
            troubled: true,
        };
        for browser in BROWSERS {
            let page = world.load(browser);
            world.pages.push(page);
        }
        world
    }

    /// A world in which nothing goes wrong and nobody does anything unasked, at rest.
    pub(crate) fn calm(seed: u64) -> Self {
        let mut world = Self::new(seed);
        world.come_to_rest();
        world
    }

    /// Breaks all connections: what people do reaches nobody until the world comes to rest.
    pub(crate) fn cut(&mut self) {
        // Some notice at once, others work on as if nothing had happened.
        let noticed = self.now + self.rng.u64(..2) * 1_000;
        for wire in &mut self.wires {
            wire.lose(noticed, self.now + 500);
        }
        self.step();
    }

    /// Somebody does something.
    pub(crate) fn work(&mut self, page: usize, does: impl FnOnce(&mut Page)) {
        self.now += 50;
        does(&mut self.pages[page]);
        self.pump(page);
    }

    /// Lets people work and things go wrong for so many steps.
    pub(crate) fn live(&mut self, steps: usize) {
        for _ in 0..steps {
            self.now += self.rng.u64(1..40);
            self.befall();
            self.step();
            self.people();
        }
    }

    /// Ends all troubles and everybody's work, and waits until nothing moves any more.
    pub(crate) fn come_to_rest(&mut self) {
        self.troubled = false;
        for page in 0..self.pages.len() {
            person::rest(&mut self.pages[page], self.now);
            self.pump(page);
        }
        let mut quiet_since = self.now;
        for _ in 0..PATIENCE {
            // Whatever is told only now and then has been told when it was quiet for so long.
            self.now += if self.now > quiet_since { 100 } else { 20 };
            self.step();
            if !self.is_quiet() {
                quiet_since = self.now;
            } else if self.now - quiet_since > 20_000 {
                return;
            }
        }
        let states: Vec<_> = self
            .pages
            .iter()
            .map(|page| (page.online, page.waiting))
            .collect();
        panic!("no rest: (online, waiting) {states:?}");
    }

    fn is_quiet(&self) -> bool {
        let all_online = self
            .pages
            .iter()
            .all(|page| page.online && page.waiting == 0);
        let all_met = self.pages.iter().all(|page| self.has_met_all(page));
        all_online && all_met && self.server.is_settled()
    }

    /// Whether a page shows itself, one face for each other browser, and nobody who has gone.
    fn has_met_all(&self, page: &Page) -> bool {
        let browser_of = |name: &String| {
            let mut known = self.pages.iter();
            known
                .find(|page| page.name == *name)
                .map(|page| page.browser)
        };
        let mut faces: Vec<_> = page.people.iter().map(browser_of).collect();
        let mut browsers: Vec<_> = self.pages.iter().map(|page| Some(page.browser)).collect();
        faces.sort_unstable();
        browsers.sort_unstable();
        browsers.dedup();
        page.people.contains(&page.name) && faces == browsers
    }

    fn step(&mut self) {
        self.carry_up();
        if !self.troubled || self.rng.u32(..3) > 0 {
            self.server.flush(self.now, &mut self.rng);
        }
        self.server.pass(self.now, &mut self.rng, self.troubled);
        self.carry_out();
        self.carry_down();
        for page in 0..self.pages.len() {
            self.keep_connected(page);
            if self.pages[page]
                .wake
                .is_some_and(|wake| wake <= self.now as f64)
            {
                self.pump(page);
            }
        }
        self.wires.retain(|wire| {
            let open = |socket: Socket| matches!(socket, Socket::Connected { peer, .. } if peer == wire.peer);
            wire.served || self.pages.iter().any(|page| open(page.socket))
        });
    }

    fn people(&mut self) {
        for page in 0..self.pages.len() {
            let loading = matches!(self.pages[page].socket, Socket::Loading { .. });
            if !loading && self.rng.u32(..4) == 0 {
                person::act(
                    &mut self.pages[page],
                    &mut self.rng,
                    self.now,
                    &mut self.clipboard,
                );
                self.pump(page);
            }
        }
    }

    fn befall(&mut self) {
        let later = |rng: &mut Rng| rng.u64(..4_000);
        let page = self.rng.usize(..self.pages.len());
        match self.rng.u32(..1_000) {
            0..6 => {
                let (page_hears, server_hears) = (
                    self.now + later(&mut self.rng),
                    self.now + 3 * later(&mut self.rng),
                );
                if let Some(wire) = self.wire_of(page) {
                    wire.lose(page_hears, server_hears);
                }
            }
            6..9 => self.reload(page),
            9 | 10 => {
                let browser = self.pages[page].browser;
                self.pages[page].fold(&mut self.logs[browser]);
            }
            11 => {
                let back_at = self.now + later(&mut self.rng);
                if self.rng.bool() {
                    self.server.crash(back_at);
                } else {
                    self.server.stop(back_at);
                }
                self.server_gone();
            }
            _ => {}
        }
    }

    fn server_gone(&mut self) {
        self.restarts += 1;
        self.record.check_promised(&mut self.server.stored());
        for wire in &mut self.wires {
            wire.lose(self.now + self.rng.u64(..2_000), self.now);
            wire.served = false;
        }
    }

    /// The page goes without a goodbye, and its browser opens the board again.
    fn reload(&mut self, page: usize) {
        let now = self.now;
        let hears = now + self.rng.u64(..5_000);
        let hidden = self.rng.bool();
        let browser = self.pages[page].browser;
        if hidden {
            // Time enough to write down what is open.
            self.pump(page);
            self.pages[page].fold(&mut self.logs[browser]);
        }
        if let Some(wire) = self.wire_of(page) {
            if hidden {
                wire.send_up(now, 0, Parcel::Close);
            } else {
                wire.lose(hears, hears);
            }
        }
        self.pages[page] = self.load(browser);
    }

    fn load(&mut self, browser: usize) -> Page {
        self.loads += 1;
        let until = self.now + self.rng.u64(..300);
        let name = format!("{}p{}", self.rng.u32(..), self.loads);
        let mut page = Page::open(name, browser, &self.logs[browser], until);
        page.pump(self.now, &mut self.logs[browser], &mut self.record);
        page
    }

    fn carry_up(&mut self) {
        for at in 0..self.wires.len() {
            let wire = &mut self.wires[at];
            let peer = wire.peer;
            if wire.server_hears.is_some_and(|hears| hears <= self.now) && wire.served {
                wire.served = false;
                self.server.leave(self.now, &mut self.rng, peer);
            }
            while let Some(parcel) = self.wires[at].up.pop(self.now) {
                match parcel {
                    Parcel::Frame(frame) => {
                        self.server.frame(self.now, &mut self.rng, peer, frame);
                    }
                    Parcel::Close | Parcel::Open => {
                        self.wires[at].served = false;
                        self.server.leave(self.now, &mut self.rng, peer);
                    }
                }
            }
        }
    }

    fn carry_out(&mut self) {
        for wire in &mut self.wires {
            // What is lost fills no window, and is not sent without end either.
            let room = WINDOW.saturating_sub(wire.down.len());
            for _ in 0..room {
                let jitter = self.rng.u64(..30);
                match self.server.take(self.now, &mut self.rng, wire.peer) {
                    Next::Frame(frame) => wire.send_down(self.now, jitter, Parcel::Frame(frame)),
                    Next::Close(..) => {
                        wire.send_down(self.now, jitter, Parcel::Close);
                        wire.served = false;
                    }
                    Next::Ready | Next::Nothing => break,
                }
            }
        }
    }

    fn carry_down(&mut self) {
        for page in 0..self.pages.len() {
            while let Some(parcel) = self.pop_down(page) {
                self.deliver(page, parcel);
            }
            let lost = self.wire_of(page).and_then(|wire| wire.page_hears);
            if lost.is_some_and(|hears| hears <= self.now) {
                self.deliver(page, Parcel::Close);
            }
        }
    }

    fn deliver(&mut self, page: usize, parcel: Parcel) {
        let open = &mut self.pages[page];
        match (parcel, open.socket) {
            (Parcel::Open, Socket::Connected { peer, .. }) => {
                open.socket = Socket::Connected { peer, open: true };
                open.frames.clear();
                open.editor.connected(true);
            }
            (Parcel::Frame(frame), _) => open.editor.receive(&frame).unwrap(),
            (Parcel::Close, Socket::Connected { .. }) => {
                let until = self.now + self.rng.u64(..1_500);
                open.socket = Socket::Closed { until };
                open.frames.clear();
                open.editor.connected(false);
                let browser = open.browser;
                self.pump(page);
                self.pages[page].fold(&mut self.logs[browser]);
            }
            _ => {}
        }
        self.pump(page);
    }

    fn keep_connected(&mut self, page: usize) {
        match self.pages[page].socket {
            Socket::Loading { until } if until <= self.now => {
                let open = &mut self.pages[page];
                if open.wants_state {
                    match self.server.state() {
                        Some(state) => open.editor.load(&state).unwrap(),
                        None if open.read_nothing() => return,
                        None => {}
                    }
                }
                open.socket = Socket::Closed { until: self.now };
                self.pump(page);
            }
            Socket::Closed { until } if until <= self.now => {
                match self.server.accept(self.now, &mut self.rng) {
                    Some(peer) => self.connect(page, peer),
                    None => {
                        let until = self.now + self.rng.u64(100..1_000);
                        self.pages[page].socket = Socket::Closed { until };
                    }
                }
            }
            _ => {}
        }
    }

    fn connect(&mut self, page: usize, peer: PeerId) {
        let latency = *self.rng.choice(&[1, 20, 120]).unwrap();
        self.wires.push(Wire::new(peer, latency, self.now));
        self.pages[page].socket = Socket::Connected { peer, open: false };
    }

    /// Drains an editor and sends what came out.
    fn pump(&mut self, page: usize) {
        let browser = self.pages[page].browser;
        self.pages[page].pump(self.now, &mut self.logs[browser], &mut self.record);
        let frames: Vec<Bytes> = std::mem::take(&mut self.pages[page].frames);
        let open = matches!(
            self.pages[page].socket,
            Socket::Connected { open: true, .. }
        );
        let (now, jitter) = (self.now, self.rng.u64(..10));
        if let Some(wire) = self.wire_of(page).filter(|_| open) {
            for frame in frames {
                wire.send_up(now, jitter, Parcel::Frame(frame));
            }
        }
        if self.pages[page].take_ring() {
            self.ring(page);
        }
    }

    /// Other tabs of the same browser look into the log.
    fn ring(&mut self, page: usize) {
        let browser = self.pages[page].browser;
        for other in 0..self.pages.len() {
            if other != page && self.pages[other].browser == browser {
                self.pages[other].catch_up(&self.logs[browser]);
                self.pump(other);
            }
        }
    }

    fn wire_of(&mut self, page: usize) -> Option<&mut Wire> {
        let Socket::Connected { peer, .. } = self.pages[page].socket else {
            return None;
        };
        self.wires.iter_mut().find(|wire| wire.peer == peer)
    }

    fn pop_down(&mut self, page: usize) -> Option<Parcel> {
        let now = self.now;
        self.wire_of(page)?.down.pop(now)
    }
}
