//! Where the scene is painted: square tiles on a plane that a pan moves as a whole, so that only
//! what comes into view is painted anew.
//!
//! Owns the grid, which slot shows which square, and which of them are out of date. Knows no
//! element and paints nothing. A slot is what the page keeps one canvas for.

use kurbo::{Affine, Point, Rect, Vec2};
use scene::Damage;

use crate::camera::Camera;

/// About the side of a tile, device pixels: 1 MiB. Smaller ones repeat more of what crosses their
/// edges, larger ones paint more than comes into view.
const SIDE_PX: f64 = 512.0;
/// A side that is within this of whole device pixels is: browsers tell densities in `f32`.
const WHOLE_PX: f64 = 1e-3;
/// How far from a tile something may be painted that reaches into it, CSS pixels: letters that lean
/// out of their box.
const MARGIN_PX: f64 = 8.0;
/// The plane is laid anew when it is shifted so far, CSS pixels: browsers count in `f32` there.
const FARTHEST_PX: f64 = 100_000.0;

/// A tile that is to be painted.
#[derive(Debug)]
pub(crate) struct Tile {
    pub(crate) slot: usize,
    /// Its corner on the plane, CSS pixels.
    pub(crate) corner: Point,
    /// Board to tile, CSS pixels.
    pub(crate) transform: Affine,
    /// What may be seen in it, in board space.
    pub(crate) reach: Rect,
}

/// What a view takes.
#[derive(Debug)]
pub(crate) struct Layout {
    /// From the plane's origin to the canvas's top-left corner, CSS pixels.
    pub(crate) shift: Vec2,
    /// Side of a tile, CSS pixels.
    pub(crate) side: f64,
    /// Tiles to paint.
    pub(crate) due: Vec<Tile>,
    /// Slots that show nothing any more.
    pub(crate) vacant: Vec<usize>,
}

/// The plane and its slots.
#[derive(Debug, Default)]
pub(crate) struct Tiles {
    plane: Option<Plane>,
    slots: Vec<Slot>,
}

/// The plane's relation to the board; it ends with the zoom.
#[derive(Debug, Clone, Copy)]
struct Plane {
    zoom: f64,
    /// Side of a tile, CSS pixels.
    side: f64,
    /// Where the board's origin is on the plane, CSS pixels.
    offset: Vec2,
}

type Place = (i64, i64);

#[derive(Debug)]
struct Slot {
    place: Option<Place>,
    stale: bool,
}

impl Plane {
    fn for_camera(camera: &Camera) -> Self {
        Self {
            zoom: camera.zoom(),
            side: side(camera.density()),
            offset: camera.offset(),
        }
    }

    fn shift(&self, camera: &Camera) -> Vec2 {
        camera.offset() - self.offset
    }

    fn still_fits(&self, camera: &Camera) -> bool {
        self.zoom == camera.zoom()
            && self.side == side(camera.density())
            && self.shift(camera).hypot() < FARTHEST_PX
    }

    fn corner(&self, (column, row): Place) -> Point {
        Point::new(column as f64 * self.side, row as f64 * self.side)
    }

    fn reach(&self, place: Place) -> Rect {
        let margin = MARGIN_PX / self.zoom;
        let corner = (self.corner(place) - self.offset).to_vec2() / self.zoom;
        Rect::from_origin_size(
            corner.to_point(),
            (self.side / self.zoom, self.side / self.zoom),
        )
        .inflate(margin, margin)
    }

    fn tile(&self, slot: usize, place: Place) -> Tile {
        let corner = self.corner(place);
        Tile {
            slot,
            corner,
            transform: Affine::translate(self.offset - corner.to_vec2()) * Affine::scale(self.zoom),
            reach: self.reach(place),
        }
    }

    /// First and last column and row in view.
    fn in_view(&self, camera: &Camera) -> (Place, Place) {
        let at = |x: f64| (x / self.side).floor() as i64;
        let start = -self.shift(camera);
        let size = camera.size();
        // A tile that would only touch the far edge is not seen.
        let end = start + size.to_vec2() - Vec2::new(1.0, 1.0) / camera.density();
        ((at(start.x), at(start.y)), (at(end.x), at(end.y)))
    }
}

/// Side of a tile, CSS pixels. Whole ones, which are whole device pixels too if any are: browsers lay
/// out in 1/64 px and would leave seams between tiles.
fn side(density: f64) -> f64 {
    let ideal = (SIDE_PX / density).round().max(1.0);
    let whole = |side: &f64| (side * density - (side * density).round()).abs() < WHOLE_PX;
    let nearby = (0..64).map(f64::from);
    let sides = nearby.flat_map(|off| [ideal - off, ideal + off]);
    sides
        .filter(|side| *side > 0.0)
        .find(whole)
        .unwrap_or(ideal)
}

impl Tiles {
    /// Notes what changed on the board.
    pub(crate) fn spoil(&mut self, damage: &Damage) {
        let Some(plane) = self.plane else { return };
        for slot in &mut self.slots {
            let Some(place) = slot.place else { continue };
            slot.stale |= match damage {
                Damage::Everything => true,
                Damage::Rects(rects) if rects.is_empty() => false,
                Damage::Rects(rects) => {
                    let reach = plane.reach(place);
                    rects.iter().any(|rect| reach.overlaps(*rect))
                }
            };
        }
    }

    /// Goes where the camera looks.
    pub(crate) fn follow(&mut self, camera: &Camera) -> Layout {
        let kept = self.plane.filter(|plane| plane.still_fits(camera));
        let plane = kept.unwrap_or_else(|| Plane::for_camera(camera));
        let mut vacant = Vec::new();
        if kept.is_none() {
            for (i, slot) in self.slots.iter_mut().enumerate() {
                vacant.extend(slot.place.take().map(|_| i));
            }
        }
        self.plane = Some(plane);
        let (first, last) = plane.in_view(camera);
        let mut due = Vec::new();
        for row in first.1..=last.1 {
            for column in first.0..=last.0 {
                let place = (column, row);
                let slot = self.slot_of(place, first, last);
                if let Some(held) = self.slots.get_mut(slot)
                    && std::mem::take(&mut held.stale)
                {
                    due.push(plane.tile(slot, place));
                }
            }
        }
        vacant.retain(|i| self.slots.get(*i).is_some_and(|slot| slot.place.is_none()));
        Layout {
            shift: plane.shift(camera),
            side: plane.side,
            due,
            vacant,
        }
    }

    /// The slot that shows a place; one that shows nothing of the view is given to it.
    fn slot_of(&mut self, place: Place, first: Place, last: Place) -> usize {
        let held = |slot: &Slot| slot.place == Some(place);
        if let Some(slot) = self.slots.iter().position(held) {
            return slot;
        }
        let fresh = Slot {
            place: Some(place),
            stale: true,
        };
        let (columns, rows) = (last.0 - first.0 + 1, last.1 - first.1 + 1);
        // One column and row more than can be seen at once, for going back and forth.
        let limit = (columns + 1) * (rows + 1);
        let vacant = self.slots.iter().position(|slot| slot.place.is_none());
        let reused = vacant.or_else(|| {
            let full = self.slots.len() as i64 >= limit;
            full.then(|| self.farthest(first, last)).flatten()
        });
        let slot = reused.unwrap_or(self.slots.len());
        match self.slots.get_mut(slot) {
            Some(old) => *old = fresh,
            None => self.slots.push(fresh),
        }
        slot
    }

    /// The slot whose tile is farthest out of view.
    fn farthest(&self, first: Place, last: Place) -> Option<usize> {
        let outside = |at: i64, first: i64, last: i64| (first - at).max(at - last).max(0);
        let distance = |slot: &Slot| {
            slot.place.map_or(i64::MAX, |(column, row)| {
                outside(column, first.0, last.0).max(outside(row, first.1, last.1))
            })
        };
        let distances = self.slots.iter().map(distance).enumerate();
        let (slot, _) = distances
            .filter(|(_, far)| *far > 0)
            .max_by_key(|(_, far)| *far)?;
        Some(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::Size;

    fn camera(density: f64) -> Camera {
        let mut camera = Camera::default();
        camera.resize(Size::new(800.0, 600.0), density);
        camera
    }

    fn slots(layout: &Layout) -> Vec<usize> {
        layout.due.iter().map(|tile| tile.slot).collect()
    }

    #[test]
    fn a_pan_paints_only_what_comes_into_view() {
        let (mut tiles, mut camera) = (Tiles::default(), camera(1.0));
        assert_eq!(
            tiles.follow(&camera).due.len(),
            4,
            "800 by 600 begins with 2 by 2"
        );
        camera.pan(Vec2::new(-100.0, 0.0));
        let layout = tiles.follow(&camera);
        assert_eq!(
            (layout.shift, layout.due.len()),
            (Vec2::new(-100.0, 0.0), 0)
        );
        camera.pan(Vec2::new(-200.0, 0.0));
        let layout = tiles.follow(&camera);
        assert_eq!(layout.due.len(), 2, "one column more");
        assert!(layout.due.iter().all(|tile| tile.corner.x == 1024.0));
    }

    #[test]
    fn what_is_shown_somewhere_stays_there_however_far_one_goes() {
        let (mut tiles, mut camera) = (Tiles::default(), camera(1.0));
        let mut shown = std::collections::HashMap::new();
        for step in 0..400 {
            camera.pan(Vec2::new(-77.0, if step % 3 == 0 { 61.0 } else { -13.0 }));
            let layout = tiles.follow(&camera);
            for tile in &layout.due {
                shown.insert(tile.slot, tile.corner);
            }
            let (first, last) = tiles.plane.unwrap().in_view(&camera);
            for (slot, corner) in &shown {
                let place = tiles.slots[*slot].place.unwrap();
                assert_eq!(tiles.plane.unwrap().corner(place), *corner);
            }
            let places = tiles.slots.iter().filter_map(|slot| slot.place);
            let in_view = places.filter(|(column, row)| {
                (first.0..=last.0).contains(column) && (first.1..=last.1).contains(row)
            });
            let wanted = (last.0 - first.0 + 1) * (last.1 - first.1 + 1);
            assert_eq!(in_view.count() as i64, wanted, "all of the view is shown");
        }
        assert!(tiles.slots.len() <= 16, "{} slots", tiles.slots.len());
    }

    #[test]
    fn a_new_zoom_or_density_begins_anew_and_vacates_the_rest() {
        let (mut tiles, mut wide) = (Tiles::default(), camera(2.0));
        assert_eq!(tiles.follow(&wide).due.len(), 12);
        wide.zoom_reset();
        assert_eq!(tiles.follow(&wide).due.len(), 0);
        wide.resize(Size::new(800.0, 600.0), 1.0);
        let layout = tiles.follow(&wide);
        assert_eq!((layout.due.len(), layout.vacant.len()), (4, 8));
        wide.zoom_step(true);
        assert_eq!(tiles.follow(&wide).due.len(), 4);
    }

    #[test]
    fn tiles_end_on_whole_pixels_of_both_kinds() {
        let zooms = [
            0.25,
            1.0 / 3.0,
            0.5,
            2.0 / 3.0,
            0.75,
            0.8,
            0.9,
            1.0,
            1.1,
            1.25,
            1.5,
            1.75,
            3.0,
        ];
        for density in zooms
            .into_iter()
            .flat_map(|zoom| [zoom, zoom * 1.25, zoom * 1.5, zoom * 2.0])
        {
            let density = f64::from(density as f32);
            let device = side(density) * density;
            assert!(
                (device - device.round()).abs() < WHOLE_PX,
                "{density}: {device}"
            );
            assert!((device - SIDE_PX).abs() < 130.0, "{density}: {device}");
        }
    }

    #[test]
    fn damage_spoils_the_tiles_that_it_reaches() {
        let (mut tiles, camera) = (Tiles::default(), camera(1.0));
        tiles.follow(&camera);
        tiles.spoil(&Damage::Rects(vec![Rect::new(10.0, 10.0, 20.0, 20.0)]));
        assert_eq!(slots(&tiles.follow(&camera)), [0]);
        tiles.spoil(&Damage::Rects(vec![Rect::new(500.0, 10.0, 507.0, 20.0)]));
        assert_eq!(
            slots(&tiles.follow(&camera)),
            [0, 1],
            "letters lean over the edge"
        );
        tiles.spoil(&Damage::Everything);
        assert_eq!(tiles.follow(&camera).due.len(), 4);
    }

    #[test]
    fn a_tile_maps_its_part_of_the_board_to_itself() {
        let (mut tiles, mut camera) = (Tiles::default(), camera(2.0));
        camera.pan(Vec2::new(33.0, -41.0));
        camera.zoom_by(0.37, camera.middle());
        for tile in tiles.follow(&camera).due {
            let screen = camera.screen(tile.reach.center()).0;
            let within = tile.transform * tile.reach.center();
            assert!((within.to_vec2() + tile.corner.to_vec2() - screen.to_vec2()).hypot() < 1e-9);
            assert!((within.to_vec2() - Vec2::new(128.0, 128.0)).hypot() < 1e-9);
        }
    }
}
