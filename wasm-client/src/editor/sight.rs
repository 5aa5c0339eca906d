//! What is looked at and painted: the view, the theme, and what is out of date on the canvas.
//!
//! Owns where one looks. Knows no tool and nobody else.

use board::style::Theme;
use kurbo::Rect;

use super::stand_ins::StandIns;
use super::uncovered::Lent;
use crate::badge::Badge;
use crate::camera::Camera;
use crate::tiles::Tiles;
use scene::Damage;
use scene::Scene;

/// What one person sees of the board.
#[derive(Debug)]
pub(super) struct Sight {
    pub(super) camera: Camera,
    pub(super) theme: Theme,
    /// What frames are called that have no name.
    pub(super) unnamed: String,
    /// Where the scene looks different since it was last painted.
    pub(super) damage: Damage,
    /// Whether anything may, on either canvas or in what is shown of the scene.
    pub(super) unpainted: bool,
    pub(super) stand_ins: StandIns,
    pub(super) tiles: Tiles,
    /// The badges that were painted last.
    pub(super) badges: Vec<Badge>,
    /// The view as it was before something covered what is selected.
    pub(super) lent: Option<Lent>,
}

impl Sight {
    pub(super) fn new(dark: bool) -> Self {
        Self {
            camera: Camera::default(),
            theme: theme(dark),
            unnamed: String::new(),
            damage: Damage::default(),
            unpainted: true,
            stand_ins: StandIns::default(),
            tiles: Tiles::default(),
            badges: Vec::new(),
            lent: None,
        }
    }

    /// Shows the board dark, or light.
    pub(super) fn darken(&mut self, dark: bool) {
        self.theme = theme(dark);
        self.repaint();
    }

    /// Paints everything again the next time.
    pub(super) fn repaint(&mut self) {
        self.unpainted = true;
        self.damage = Damage::Everything;
    }

    /// Paints again where the scene has changed.
    pub(super) fn changed(&mut self, damage: Damage) {
        self.unpainted |= !damage.is_empty();
        self.damage.merge(damage);
    }

    /// Shows a part of the board, or where it begins when there is nothing to show.
    pub(super) fn look_at(&mut self, part: Option<Rect>) {
        self.unpainted = true;
        match part {
            Some(part) => self.camera.fit(part),
            None => self.camera.zoom_reset(),
        }
    }

    /// Whether none of the board's content is seen.
    pub(super) fn is_lost(&self, scene: &Scene) -> bool {
        let view = self.camera.view();
        scene.bounds().is_some_and(|all| !all.overlaps(view))
    }
}

fn theme(dark: bool) -> Theme {
    if dark { Theme::Dark } else { Theme::Light }
}
