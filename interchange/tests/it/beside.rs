//! A file on a board that has something already.

use board::document::Document;
use board::id::ClientId;
use interchange::fresh;
use scene::Scene;

use crate::support::{Board, corpus, read};

fn put(target: &mut Document, source: &Document, seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    fresh::put_on(target, source, &[], &mut || random.u128(..));
}

#[test]
fn what_a_file_holds_stands_beside_what_is_there_and_holds_together() {
    for (name, text) in corpus() {
        let source = Board::of(read(&text)).document;
        let alone = Scene::rebuild(&source);
        let mut target = Document::new(ClientId::from_random(9));
        put(&mut target, &source, 1);
        let once = Scene::rebuild(&target);
        assert_eq!(once.bounds(), alone.bounds(), "{name}: where it lay");
        put(&mut target, &source, 2);
        let twice = Scene::rebuild(&target);
        let count = alone.iter().count();
        assert_eq!(twice.iter().count(), 2 * count, "{name}");
        let (first, second): (Vec<_>, Vec<_>) = twice
            .iter()
            .partition(|node| once.get(&node.element().id).is_some());
        assert_eq!(first.len(), count, "{name}");
        let right = alone.bounds().unwrap().x1;
        for node in second {
            assert!(node.element().bounds().x0 > right, "{name}: apart");
            assert!(node.element().order > *once.top().unwrap(), "{name}: above");
            let links = &node.stored().links;
            let parent = links.parent.as_ref();
            assert!(parent.is_none_or(|id| once.get(id).is_none()), "{name}");
        }
    }
}
