//! Where one looks, as a person asks for it. Changes nothing of the board.

use kurbo::Rect;

use super::Editor;

/// What is kept in view around somebody's pointer, CSS pixels.
const POINTER: f64 = 160.0;

impl Editor {
    /// Whether the last undo or redo changed what is out of view.
    pub(crate) fn unseen(&self) -> bool {
        self.steps.unseen.is_some()
    }

    /// Shows what it changed.
    pub(crate) fn show_step(&mut self) {
        self.sight.look_at(self.steps.unseen.take());
        self.view_moved();
    }

    pub(crate) fn zoom_step(&mut self, nearer: bool) {
        self.sight.camera.zoom_step(nearer);
        self.view_moved();
    }

    /// To 100 %.
    pub(crate) fn zoom_reset(&mut self) {
        self.sight.camera.zoom_reset();
        self.view_moved();
    }

    /// Shows everything.
    pub(crate) fn zoom_to_fit(&mut self) {
        self.sight.look_at(self.scene.bounds());
        self.view_moved();
    }

    /// Shows the selection, or everything when there is none.
    pub(crate) fn zoom_to_selection(&mut self) {
        let selected = self.scene.bounds_of(&self.chosen.selection);
        self.sight.look_at(selected.or(self.scene.bounds()));
        self.view_moved();
    }

    /// Shows a frame, by its id or, of those that are called so, the lowest; false when there is none.
    pub fn show_frame(&mut self, called: &str) -> bool {
        let found = self.scene.frame_called(called);
        let area = found.and_then(|node| self.scene.box_of(&node.element().id));
        if area.is_some() {
            self.sight.look_at(area);
            self.view_moved();
        }
        area.is_some()
    }

    /// Keeps in view where somebody's pointer is, no farther than it must; false when nobody is called so, or
    /// their pointer is not on the board.
    // In one piece it can come late.
    #[inline(never)]
    pub fn look_at_person(&mut self, client: u64) -> bool {
        let peers = &self.people.peers;
        let Some(at) = peers.pointer_of(client) else {
            return false;
        };
        let at = self.sight.camera.screen(at).0;
        let around = Rect::from_center_size(at, (POINTER, POINTER));
        self.sight.camera.reveal(around, false);
        self.view_moved();
        true
    }

    /// What frames are called that have no name.
    pub fn call_frames(&mut self, name: String) {
        self.sight.unnamed = name;
        self.sight.unpainted = true;
    }

    /// Shows the board dark, or light.
    pub fn set_dark(&mut self, dark: bool) {
        self.scene.repaint_all();
        self.sight.darken(dark);
    }
}
