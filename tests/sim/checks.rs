//! What must hold once a world has come to rest.

use board::id::ClientId;
use board::replica::{Ingested, Replica};
use scene::Scene;
use wasm_client::boundary::Config;
use wasm_client::editor::Editor;

use crate::glass::Glass;
use crate::world::World;

/// Checks everything.
pub(crate) fn all(world: &mut World) {
    for page in &world.pages {
        assert!(page.online && page.waiting == 0);
        scene_equals_rebuild(&page.editor);
    }
    everybody_has_the_same(world);
    nothing_is_lost(world);
    everything_live_is_gone(world);
}

fn scene_equals_rebuild(editor: &Editor) {
    let rebuilt = Scene::rebuild(editor.document());
    for node in rebuilt.iter() {
        let kept = editor.scene().get(&node.element().id);
        assert!(
            kept == Some(node),
            "{kept:?} is {node:?} in a rebuilt scene"
        );
    }
    assert!(
        *editor.scene() == rebuilt,
        "the scene differs from a rebuilt one"
    );
    assert_eq!(editor.scene().bounds(), rebuilt.bounds(), "their bounds");
    // What is never seen, as a group, or is clipped away has no place.
    for node in rebuilt.iter().filter(|node| node.is_seen()) {
        let found = editor.scene().in_rect(node.bounds());
        let element = node.element();
        assert!(
            found.iter().any(|node| node.element() == element),
            "the index lost {}",
            element.id
        );
    }
}

fn everybody_has_the_same(world: &World) {
    let room = world.server.room().expect("the server is up").state();
    let first = world.pages[0].editor.scene();
    for page in &world.pages {
        let state = page.editor.snapshot().unwrap();
        assert!(
            adds_nothing(&room, &state),
            "{} knows more than the room",
            page.name
        );
        assert!(
            adds_nothing(&state, &room),
            "{} knows less than the room",
            page.name
        );
        assert!(
            first == page.editor.scene(),
            "{} sees something else",
            page.name
        );
    }
}

/// After a restart from the store all promises hold, and the pages lack nothing.
fn nothing_is_lost(world: &mut World) {
    let mut stored = world.server.stored();
    let state = world.pages[0].editor.snapshot().unwrap();
    assert!(
        adds_nothing(&stored.encode(), &state),
        "the store lacks something"
    );
    world.record.check_promised(&mut stored);
    world.record.check_all(&mut stored);
}

/// Every page paints what a page paints that has just opened the board, and nothing above it.
fn everything_live_is_gone(world: &mut World) {
    let mut fresh = Editor::new(&Config {
        seed: "fresh".into(),
        browser: "fresh".into(),
        name: "fresh".into(),
        color: "#3b7bf6".into(),
        dark: false,
        fingers_draw: None,
    });
    fresh.resize(800.0, 600.0, 1.0);
    fresh.load(&world.server.state().unwrap()).unwrap();
    let mut expected = Glass::default();
    show_all(&mut fresh, &mut expected);
    let names = expected.above();
    for page in &mut world.pages {
        page.glass.check(&mut page.editor);
        page.editor.set_dark(false);
        show_all(&mut page.editor, &mut page.glass);
        let (painted, expected) = (page.glass.tiles(), expected.tiles());
        let differs = painted
            .iter()
            .zip(&expected)
            .find(|(one, other)| one != other);
        assert!(painted == expected, "{} paints {differs:?}", page.name);
        // Names of frames stand there for everybody.
        assert_eq!(
            page.glass.above(),
            names,
            "{} still shows something live",
            page.name
        );
    }
}

/// Brings all of the board into view on tiles that are laid anew, as a new zoom does.
fn show_all(editor: &mut Editor, glass: &mut Glass) {
    for action in ["zoomToFit", "zoomIn", "zoomToFit"] {
        editor.act(action);
        glass.paint(editor);
    }
}

fn replica_of(state: &[u8]) -> Replica {
    let mut replica = Replica::new(ClientId::from_random(1));
    let ingested = replica.ingest(state).unwrap();
    assert!(matches!(ingested, Ingested::Applied { .. }));
    replica
}

/// Whether somebody with one state learns nothing from another, deletions included.
fn adds_nothing(to: &[u8], state: &[u8]) -> bool {
    let ingested = replica_of(to).ingest(state).unwrap();
    matches!(ingested, Ingested::Applied { changed: false, .. })
}
