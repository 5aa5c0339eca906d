//! The page's fonts as resvg has them.
//!
//! Owns which of them words of an SVG are set in. Nothing of the system is among them. Knows no picture.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::{
    Database, FaceInfo, Family, ID, Language, Query, Source, Stretch, Style, Weight,
};
use resvg::usvg::{Font, FontFamily};
use skrifa::{FontRef, MetadataProvider as _};

/// What words are set in that name no family which is here.
pub(super) const USUAL: &str = "Drawbridge Board";

/// The fonts, once they were asked for.
pub(crate) type Letters = OnceLock<Arc<Database>>;

/// Fonts by their families.
pub(crate) fn database(fonts: impl Iterator<Item = (&'static str, Arc<Vec<u8>>)>) -> Arc<Database> {
    let mut all = Database::new();
    for (family, data) in fonts {
        all.push_face_info(FaceInfo {
            id: ID::dummy(),
            source: Source::Binary(data),
            index: 0,
            families: vec![(family.into(), Language::English_UnitedStates)],
            post_script_name: family.into(),
            style: Style::Normal,
            weight: Weight::NORMAL,
            stretch: Stretch::Normal,
            monospaced: false,
        });
    }
    all.set_sans_serif_family(USUAL);
    all.set_serif_family("Drawbridge Serif");
    all.set_monospace_family("Drawbridge Mono");
    all.set_cursive_family("Drawbridge Hand");
    all.set_fantasy_family("Drawbridge Hand");
    Arc::new(all)
}

/// What words are set in that ask for some families: the first that is here.
pub(super) fn choose(font: &Font, fonts: &Arc<Database>) -> Option<ID> {
    let mut families: Vec<Family<'_>> = font
        .families()
        .iter()
        .map(|family| match family {
            FontFamily::Serif => Family::Serif,
            FontFamily::SansSerif => Family::SansSerif,
            FontFamily::Cursive => Family::Cursive,
            FontFamily::Fantasy => Family::Fantasy,
            FontFamily::Monospace => Family::Monospace,
            FontFamily::Named(name) => Family::Name(name),
        })
        .collect();
    families.push(Family::Name(USUAL));
    fonts.query(&Query {
        families: &families,
        ..Query::default()
    })
}

/// A font that has a letter which those that were tried lack: of the family of the first, if there is one.
pub(super) fn find(letter: char, tried: &[ID], fonts: &Arc<Database>) -> Option<ID> {
    let family = |id: ID| Some(fonts.face(id)?.post_script_name.as_str());
    let wanted = tried.first().and_then(|first| family(*first));
    let has = |id: ID| {
        let found = fonts.with_face_data(id, |data, index| {
            let font = FontRef::from_index(data, index).ok()?;
            font.charmap().map(letter)
        });
        found.flatten().is_some()
    };
    let others = || {
        fonts
            .faces()
            .map(|face| face.id)
            .filter(|id| !tried.contains(id))
    };
    let near = others().filter(|id| family(*id) == wanted);
    near.chain(others()).find(|id| has(*id))
}
