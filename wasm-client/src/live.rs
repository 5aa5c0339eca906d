//! Live things: what one is doing right now, as the others see it before it is in the document.
//!
//! Owns the payloads of the ephemeral channel and when they are sent. They are never stored. The
//! layout is documented in docs/protocol.md; knows neither sockets nor tools.

use board::element::Element;
use board::id::ElementId;
use board::ink::InkPoint;
use board::ink::points::{self, Grid};
use board::record::Record;
use serde::{Deserialize, Serialize};

/// The first byte of every payload; payloads of another version are passed over.
const VERSION: u8 = 1;
/// The slot of the cursor.
pub(crate) const CURSOR_SLOT: u64 = 0;
/// The slot of the gesture.
pub(crate) const GESTURE_SLOT: u64 = 1;
/// Least time between two messages of one slot, ms: shorter than a frame of 60 Hz, in whose rhythm
/// browsers report a pointer, so that no frame's news has to wait for the next.
const PACE_MS: f64 = 12.0;
/// A wet stroke is sent whole again after this long, for those who joined meanwhile, ms.
const REPEAT_MS: f64 = 2000.0;
/// Most bytes of ids in one drag, well below a payload's limit; the rest moves at the end.
const MAX_DRAGGED_BYTES: usize = 12 * 1024;
/// Most points in one message: at no more than 8 bytes each they stay below a payload's limit.
const MAX_NEWS: usize = 1500;

/// Where a pointer is, and where somebody is typing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// The author's page load.
    pub(crate) client: u64,
    /// Board point; `None` when it left the board.
    pub(crate) at: Option<(f64, f64)>,
    /// The text they are in: element, start and end of the selection in UTF-16 units.
    pub(crate) typing: Option<(String, u32, u32)>,
    /// Where a laser has just been, as points; behind the others, which older pages read alone.
    #[serde(skip)]
    pub(crate) laser: Option<Vec<u8>>,
}

/// A gesture under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Gesture {
    /// More points of a stroke in board space, from an offset on.
    Ink {
        element: String,
        style: InkStyle,
        offset: u32,
        points: Vec<u8>,
    },
    /// An element being made or reshaped, whole, as a record.
    Shape { element: String, record: Vec<u8> },
    /// Elements being moved, resized or turned, and how.
    Drag {
        elements: Vec<String>,
        transform: Vec<u8>,
    },
    /// It is over: the outcome is in the author's updates before this clock.
    Done { client: u64, clock: u32 },
    /// The same as `Ink`, of a highlighter.
    Highlight {
        element: String,
        style: InkStyle,
        offset: u32,
        points: Vec<u8>,
    },
}

/// How wet ink looks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct InkStyle {
    pub(crate) color: u32,
    pub(crate) width: f32,
    pub(crate) opacity: f32,
    pub(crate) zoom: f32,
}

/// Encodes a payload.
pub(crate) fn encode<T: Serialize>(payload: &T) -> Vec<u8> {
    // Writing to memory cannot fail; an empty payload would be passed over by everybody.
    postcard::to_extend(payload, vec![VERSION]).unwrap_or_default()
}

/// Decodes a payload; `None` when it is damaged or of another version.
pub(crate) fn decode<T: for<'a> Deserialize<'a>>(payload: &[u8]) -> Option<T> {
    match payload.split_first() {
        Some((&VERSION, body)) => postcard::from_bytes(body).ok(),
        _ => None,
    }
}

impl Cursor {
    /// Encodes it, and the laser behind it when there is one.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let payload = encode(self);
        match &self.laser {
            None => payload,
            laser => postcard::to_extend(laser, payload).unwrap_or_default(),
        }
    }

    /// Decodes one of any version that has these fields first; `None` when it is damaged.
    pub(crate) fn decode(payload: &[u8]) -> Option<Self> {
        let Some((&VERSION, body)) = payload.split_first() else {
            return None;
        };
        let (mut cursor, rest): (Self, _) = postcard::take_from_bytes(body).ok()?;
        cursor.laser = postcard::from_bytes(rest).ok().flatten();
        Some(cursor)
    }
}

/// What is under way here, and what of it the others have been told.
#[derive(Debug, Default)]
pub(crate) struct Broadcast {
    cursor: Option<Cursor>,
    cursor_told: Option<Cursor>,
    cursor_at: f64,
    gesture: Option<Own>,
    gesture_at: f64,
    done: Option<Gesture>,
}

/// One's own gesture.
#[derive(Debug, Clone)]
enum Own {
    Ink {
        element: ElementId,
        highlights: bool,
        style: InkStyle,
        points: Vec<InkPoint>,
        told: usize,
        whole_at: f64,
    },
    Other {
        gesture: Gesture,
        told_at: f64,
    },
}

impl Broadcast {
    /// Where one's pointer and caret are.
    pub(crate) fn cursor(&mut self, cursor: Cursor) {
        self.cursor = Some(cursor);
    }

    /// Tells where one's cursor is once more, for those who missed it.
    pub(crate) fn repeat_cursor(&mut self) {
        self.cursor_told = None;
    }

    /// The settled points of the stroke being drawn.
    pub(crate) fn ink(
        &mut self,
        element: &ElementId,
        highlights: bool,
        style: InkStyle,
        settled: &[InkPoint],
    ) {
        match &mut self.gesture {
            Some(Own::Ink {
                element: old,
                points,
                ..
            }) if old == element => {
                let known = points.len().min(settled.len());
                points.extend(settled.iter().skip(known));
            }
            _ => {
                self.gesture = Some(Own::Ink {
                    element: element.clone(),
                    highlights,
                    style,
                    points: settled.to_vec(),
                    told: 0,
                    whole_at: f64::NEG_INFINITY,
                });
            }
        }
    }

    /// The element being made or reshaped.
    pub(crate) fn shape(&mut self, element: &Element) {
        let record = Record::of(element).nameless().encode();
        self.other(Gesture::Shape {
            element: element.id.to_string(),
            record,
        });
    }

    /// What is being dragged, and the encoded transform.
    pub(crate) fn drag<'a>(
        &mut self,
        elements: impl Iterator<Item = &'a ElementId>,
        transform: Vec<u8>,
    ) {
        let mut room = MAX_DRAGGED_BYTES;
        let fits = |id: &&ElementId| {
            let left = room.checked_sub(id.as_str().len() + 1);
            room = left.unwrap_or(0);
            left.is_some()
        };
        let elements = elements
            .take_while(fits)
            .map(ElementId::to_string)
            .collect();
        self.other(Gesture::Drag {
            elements,
            transform,
        });
    }

    /// The gesture is over; its outcome, if any, is in the updates before this clock.
    pub(crate) fn done(&mut self, client: u64, clock: u32) {
        if self.gesture.take().is_some() {
            self.done = Some(Gesture::Done { client, clock });
        }
    }

    /// What is to be sent now, as (slot, payload).
    pub(crate) fn poll(&mut self, now: f64) -> Vec<(u64, Vec<u8>)> {
        let mut out = Vec::new();
        if let Some(done) = self.done.take() {
            out.push((GESTURE_SLOT, encode(&done)));
        }
        if now - self.gesture_at >= PACE_MS
            && let Some(payload) = self.gesture.as_mut().and_then(|own| own.next(now))
        {
            self.gesture_at = now;
            out.push((GESTURE_SLOT, payload));
        }
        if now - self.cursor_at >= PACE_MS && self.cursor != self.cursor_told {
            self.cursor_at = now;
            self.cursor_told.clone_from(&self.cursor);
            out.extend(
                self.cursor
                    .as_ref()
                    .map(|cursor| (CURSOR_SLOT, cursor.encode())),
            );
        }
        out
    }

    /// When [`Self::poll`] will next have something, ms; `None` when nothing is under way.
    pub(crate) fn due(&self, now: f64) -> Option<f64> {
        let cursor = (self.cursor != self.cursor_told).then_some(self.cursor_at + PACE_MS);
        let gesture = self.gesture.as_ref().map(|own| match own {
            Own::Ink {
                points,
                told,
                whole_at,
                ..
            } if *told == points.len() => whole_at + REPEAT_MS,
            Own::Ink { .. } => self.gesture_at + PACE_MS,
            Own::Other { told_at, .. } => (self.gesture_at + PACE_MS).max(told_at + REPEAT_MS),
        });
        let done = self.done.as_ref().map(|_| now);
        [cursor, gesture, done]
            .into_iter()
            .flatten()
            .reduce(f64::min)
    }

    /// Forgets what the others were told: they are others now.
    pub(crate) fn reconnected(&mut self) {
        self.cursor_told = None;
        match &mut self.gesture {
            Some(Own::Ink { told, .. }) => *told = 0,
            Some(Own::Other { told_at, .. }) => *told_at = f64::NEG_INFINITY,
            None => {}
        }
    }

    fn other(&mut self, gesture: Gesture) {
        let same =
            matches!(&self.gesture, Some(Own::Other { gesture: old, .. }) if *old == gesture);
        if !same {
            self.gesture = Some(Own::Other {
                gesture,
                told_at: f64::NEG_INFINITY,
            });
        }
    }
}

impl Own {
    fn next(&mut self, now: f64) -> Option<Vec<u8>> {
        match self {
            Self::Ink {
                element,
                highlights,
                style,
                points,
                told,
                whole_at,
            } => {
                if now - *whole_at >= REPEAT_MS {
                    *told = 0;
                    *whole_at = now;
                } else if *told == points.len() {
                    return None;
                }
                let end = points.len().min(*told + MAX_NEWS);
                let news = points.get(*told..end).unwrap_or_default();
                let (element, style, offset) = (element.to_string(), *style, *told as u32);
                let points = points::encode(news, Grid::for_zoom(style.zoom.into()));
                let gesture = if *highlights {
                    Gesture::Highlight {
                        element,
                        style,
                        offset,
                        points,
                    }
                } else {
                    Gesture::Ink {
                        element,
                        style,
                        offset,
                        points,
                    }
                };
                *told = end;
                Some(encode(&gesture))
            }
            Self::Other { gesture, told_at } => (now - *told_at >= REPEAT_MS).then(|| {
                *told_at = now;
                encode(gesture)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::limits::MAX_EPHEMERAL;

    fn id(name: &str) -> ElementId {
        ElementId::parse(name).unwrap()
    }

    fn style() -> InkStyle {
        InkStyle {
            color: 0x1e1e_1eff,
            width: 2.0,
            opacity: 1.0,
            zoom: 1.0,
        }
    }

    fn scribble(count: usize) -> Vec<InkPoint> {
        let point = |i: usize| InkPoint {
            x: (i as f64 * 0.7).sin() * 5e5,
            y: (i as f64 * 1.3).cos() * 5e5,
            pressure: (i % 7) as f64 / 7.0,
        };
        (0..count).map(point).collect()
    }

    #[test]
    fn a_stroke_of_any_length_fits_its_frames_and_arrives_whole() {
        let mut broadcast = Broadcast::default();
        let points = scribble(9000);
        broadcast.ink(&id("stroke"), false, style(), &points);
        let mut arrived = 0;
        for i in 0..20 {
            for (_, payload) in broadcast.poll(1000.0 + f64::from(i) * PACE_MS) {
                assert!(payload.len() <= MAX_EPHEMERAL, "{} bytes", payload.len());
                let Some(Gesture::Ink {
                    offset,
                    points: news,
                    ..
                }) = decode(&payload)
                else {
                    panic!("ink");
                };
                assert_eq!(offset as usize, arrived);
                arrived += points::decode(&news).unwrap().len();
            }
        }
        assert_eq!(arrived, points.len());
    }

    #[test]
    fn a_laser_stands_behind_what_older_pages_read() {
        let mut cursor = Cursor {
            client: 7,
            at: Some((1.0, 2.0)),
            typing: None,
            laser: None,
        };
        let plain = cursor.encode();
        assert_eq!(Cursor::decode(&plain), Some(cursor.clone()));
        cursor.laser = Some(vec![1, 2, 3]);
        let lit = cursor.encode();
        assert!(lit.starts_with(&plain));
        assert_eq!(Cursor::decode(&lit), Some(cursor));
    }

    #[test]
    fn a_drag_of_very_many_fits_its_frame() {
        let mut broadcast = Broadcast::default();
        let ids: Vec<ElementId> = (0..5000).map(|i| id(&format!("{i:032}"))).collect();
        broadcast.drag(ids.iter(), vec![0; 40]);
        let sent = broadcast.poll(1000.0);
        assert!(
            sent.iter()
                .all(|(_, payload)| payload.len() <= MAX_EPHEMERAL)
                && sent.len() == 1
        );
    }

    #[test]
    fn what_is_held_still_is_told_again_and_wakes_nobody_in_between() {
        let mut broadcast = Broadcast::default();
        broadcast.drag([id("a")].iter(), vec![1]);
        assert_eq!(broadcast.poll(1000.0).len(), 1);
        assert_eq!(broadcast.due(1000.0), Some(1000.0 + REPEAT_MS));
        assert!(broadcast.poll(1500.0).is_empty());
        assert_eq!(broadcast.poll(1000.0 + REPEAT_MS).len(), 1);
    }
}
