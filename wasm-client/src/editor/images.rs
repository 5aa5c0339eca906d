//! Pictures on the board: putting one there, or another in its place, and saying that the server has its
//! file.
//!
//! Owns how large a new picture is and where. Bytes are the page's: it hashes them with the engine's
//! help, brings them to the server, and says so.

use std::sync::Arc;

use board::document::Write;
use board::element::image::Image;
use board::element::{Element, Kind};
use board::fields::Value;
use board::file::FileHash;
use board::geometry::Geometry;
use board::id::ElementId;
use board::links::LinkField;
use board::picture::Picture;
use board::style::StyleField;
use kurbo::{Point, Size, Vec2};

use super::Editor;
use crate::boundary::UiEvent;
use crate::camera::ScreenPoint;
use scene::Selection;

/// New pictures take up no more of the view than this, each way.
const SHARE_OF_VIEW: f64 = 0.6;
/// Several that come at once lie so far apart, screen pixels.
const APART: f64 = 24.0;

impl Editor {
    /// Puts a picture on the board, with its middle where it was dropped on the screen, else where new
    /// things go; the `nth` of so many that come at once, in rows about that place. Whether it is there.
    pub fn insert_image(
        &mut self,
        hash: FileHash,
        pixels: Size,
        at: Option<Point>,
        (nth, of): (u32, u32),
    ) -> bool {
        if !self.may_edit() {
            return false;
        }
        let mut columns = 1;
        while columns * columns < of {
            columns += 1;
        }
        let size = self.fitting(pixels, columns);
        let camera = &self.sight.camera;
        let at = at.map_or_else(
            || camera.board(camera.middle()),
            |at| camera.board(ScreenPoint(at)),
        );
        let cell = camera.view().size() * (SHARE_OF_VIEW / f64::from(columns));
        let apart = APART / camera.zoom();
        let along = |place: u32, places: u32, side: f64| {
            (f64::from(place) - f64::from(places.saturating_sub(1)) / 2.0) * (side + apart)
        };
        let by = Vec2::new(
            along(nth % columns, columns.min(of), cell.width),
            along(nth / columns, of.div_ceil(columns), cell.height),
        );
        let corner = at + by - size.to_vec2() / 2.0;
        let geometry = Geometry {
            x: corner.x,
            y: corner.y,
            w: size.width,
            h: size.height,
            angle: 0.0,
        };
        let id = self.new_id();
        let mut element = self.new_element(id.clone(), geometry, Kind::Image(Image));
        (element.links, element.order) = self.cradle(geometry.rect().center());
        let name: Arc<str> = hash.to_string().into();
        element.links.set(LinkField::File, &Value::Text(name));
        let mut selection = match nth {
            0 => Selection::new(),
            _ => self.chosen.selection.clone(),
        };
        self.insert_elements(vec![(element, None)]);
        selection.insert(id);
        self.select(selection);
        true
    }

    /// How large a picture of so many pixels is when it is put on the board, board units; among others, in
    /// so many columns.
    pub(super) fn fitting(&self, pixels: Size, columns: u32) -> Size {
        let view = self.sight.camera.view().size() * (SHARE_OF_VIEW / f64::from(columns));
        let scale = (view.width / pixels.width).min(view.height / pixels.height);
        pixels * scale.min(1.0)
    }

    /// The image that is selected, when nothing else is: what a picture that is picked now is to replace.
    pub fn image_to_replace(&self) -> Option<&ElementId> {
        self.image_held().map(|image| &image.id)
    }

    /// Gives an image another picture, all of it, as wide as it is and about the same middle. Whether the
    /// image is still there.
    pub fn replace_image(&mut self, id: &str, hash: FileHash, size: Size) -> bool {
        let id = ElementId::parse(id).ok();
        let node = id.and_then(|id| self.scene.get(&id));
        let Some(mut image) = node.map(|node| node.element().clone()) else {
            return false;
        };
        if self.read_only || !matches!(image.kind, Kind::Image(_)) {
            return false;
        }
        let width = image.geometry.w.abs();
        let size = size * (width / size.width);
        image.set_geometry(image.geometry.resized(size).rounded());
        image.style.set(StyleField::Crop, &Value::Null);
        let file = Value::text(&hash.to_string());
        self.chosen.pointed = None;
        self.sight.unpainted = true;
        self.commit(vec![
            Write::link(&image.id, LinkField::File, file),
            Write::place(&image),
        ]);
        true
    }

    /// Says in the document that the server has a file; no step of undo.
    pub fn name_file(&mut self, hash: FileHash, picture: &Picture, bytes: u64) {
        if !self.read_only && !self.document.has_file(&hash) {
            self.document
                .commit(vec![Write::file(hash, picture, bytes)]);
            self.follow();
        }
    }

    /// Whether anything on the board shows a file. O(elements).
    #[inline(never)]
    pub fn shows_file(&self, hash: &str) -> bool {
        let mut nodes = self.scene.iter();
        nodes.any(|node| node.element().links.file.as_deref() == Some(hash))
    }

    /// Asks the page for the files of elements from elsewhere that the server is not known to have.
    pub(super) fn ask_for_files(&mut self, made: &[(Element, Option<String>)]) {
        let files = made
            .iter()
            .filter_map(|(element, _)| FileHash::parse(element.links.file.as_deref()?));
        let lacking = files.filter(|hash| !self.document.has_file(hash));
        let files: Vec<String> = lacking.map(|hash| hash.to_string()).collect();
        if !files.is_empty() {
            self.ui.tell(UiEvent::Lacking { files });
        }
    }
}
