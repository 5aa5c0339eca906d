//! The document against what others may put there: newer clients, plain Yjs programs, enemies.

mod conflicts;
mod paths;
mod typing;
mod undo;

use kurbo::Point;
use yrs::any::{Any, Number};
use yrs::block::ClientID;
use yrs::updates::decoder::Decode;
use yrs::{
    Array, Doc, GetString, Map, MapPrelim, OffsetKind, Options, ReadTxn, StateVector, Text,
    TextPrelim, Transact, Update,
};

use super::*;
use crate::element::Kind;
use crate::element::text::Text as TextKind;
use crate::style::{Style, Theme};

impl Document {
    /// One change of a text.
    fn splice(&mut self, id: &ElementId, at: u32, deleted: u32, inserted: &str) {
        let inserted = inserted.into();
        self.splice_text(
            id,
            &[TextSplice {
                at,
                deleted,
                inserted,
            }],
        );
    }
}

fn id(name: &str) -> ElementId {
    ElementId::parse(name).unwrap()
}

fn client(number: u64) -> ClientId {
    ClientId::new(number).unwrap()
}

fn element(name: &str, kind: Kind) -> Element {
    let geometry = Geometry {
        x: 10.0,
        y: 20.0,
        w: 30.0,
        h: 40.0,
        angle: 0.0,
    };
    let order = OrderKey::default();
    Element::new(
        id(name),
        order,
        "me".into(),
        geometry,
        Style::default(),
        kind,
    )
}

/// An element without vertices is moved.
fn geometry(name: &str, geometry: &Geometry) -> Write {
    Write {
        key: Key::Geometry(id(name)),
        value: Some(geometry.write()),
    }
}

fn rectangle(name: &str) -> Element {
    element(name, Kind::RECTANGLE)
}

/// What a program with nothing but Yjs writes.
fn plain(number: u64, write: impl FnOnce(&Doc)) -> Vec<u8> {
    let doc = Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        ..Options::with_client_id(ClientID::new(number))
    });
    write(&doc);
    let transaction = doc.transact();
    transaction.encode_state_as_update_v1(&StateVector::default())
}

/// What such a program reads.
fn read_plainly(document: &Document) -> Doc {
    let doc = Doc::new();
    let update = Update::decode_v1(&document.replica().encode()).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    doc
}

fn put(doc: &Doc, root: &str, key: &str, value: Any) {
    let map = doc.get_or_insert_map(root);
    map.insert(&mut doc.transact_mut(), key, value);
}

fn get(doc: &Doc, root: &str, key: &str) -> Option<Any> {
    let map = doc.get_or_insert_map(root);
    let out = map.get(&doc.transact(), key);
    match out {
        Some(Out::Any(any)) => Some(any),
        _ => None,
    }
}

fn list(items: impl IntoIterator<Item = Any>) -> Any {
    Any::Array(items.into_iter().collect())
}

fn number(value: f64) -> Any {
    Any::Number(Number::Float(value))
}

/// A record with two positions behind those that are known here.
fn newer_record(kind: &str) -> Any {
    let known = [Any::from(kind), Any::from("a1"), Any::from("someone")];
    let numbers = [1.0, 2.0, 3.0, 4.0, 0.5].map(number);
    let rest = [
        Any::from("a later field"),
        list([Any::Null, Any::from(true)]),
    ];
    let nulls = std::iter::repeat_n(Any::Null, crate::fields::Slot::COUNT - 8);
    list(known.into_iter().chain(numbers).chain(nulls).chain(rest))
}

fn opened(update: &[u8]) -> Document {
    let mut document = Document::new(client(7));
    let ingested = document.apply(update).unwrap();
    assert!(matches!(ingested, Ingested::Applied { .. }));
    document
}

#[test]
fn opening_and_reading_write_nothing() {
    let mut document = Document::new(client(7));
    assert!(document.elements().is_empty());
    assert_eq!(document.element(&id("a")), None);
    assert_eq!(document.text(&id("a")), "");
    document.watch_text(Some(&id("a")));
    document.watch_text(None);
    assert!(document.take_updates().is_empty());
    assert_eq!(document.replica().encode(), [0, 0]);
    assert_eq!(document.replica().state_vector(), [0]);
}

#[test]
fn what_changed_after_birth_wins_over_it() {
    let mut document = Document::new(client(7));
    let moved = Geometry {
        x: -5.0,
        angle: 1.0,
        ..rectangle("a").geometry
    };
    let order = OrderKey::parse("a7").unwrap();
    document.commit(vec![
        Write::birth(&rectangle("a")),
        geometry("a", &moved),
        Write::order(&id("a"), &order),
        Write::style(&id("a"), StyleField::Width, Value::Number(9.0)),
    ]);
    let element = document.element(&id("a")).unwrap();
    assert_eq!((element.geometry, element.order.clone()), (moved, order));
    assert_eq!((element.style.width, element.style.opacity), (9.0, 1.0));
    assert_eq!(document.elements(), [element], "both ways of reading agree");
}

#[test]
fn what_changed_outlives_a_delete() {
    let mut document = Document::new(client(7));
    document.commit(vec![Write::birth(&rectangle("a"))]);
    document.commit(vec![Write::style(
        &id("a"),
        StyleField::Width,
        Value::Number(9.0),
    )]);
    let before = document.element(&id("a"));
    let step = document.commit(vec![Write::delete(&id("a"))]);
    assert_eq!(document.element(&id("a")), None);
    document.revert(&step);
    assert_eq!(document.element(&id("a")), before);
}

#[test]
fn what_newer_clients_wrote_survives_edits_and_encoding() {
    let foreign = [
        ("elements", "hexagon", newer_record("hexagon")),
        ("elements", "box", newer_record("rectangle")),
        ("elements", "record", Any::from("not even a list")),
        ("elements", "no element id!", number(5.0)),
        ("geometry", "nobody", list([number(1.0)])),
        ("style", "box/glow", Any::from("green")),
        ("style", "box/a/b", Any::from(true)),
        ("order", "", Any::from("a3")),
        ("points", "box", Any::from(vec![9u8, 9, 9])),
        ("links", "box/parent", Any::from("hexagon")),
        ("pages", "p1", Any::from("a page")),
        ("something-else", "x", Any::Null),
    ];
    let update = plain(1, |doc| {
        for (root, key, value) in &foreign {
            put(doc, root, key, value.clone());
        }
    });
    let mut document = opened(&update);
    for name in ["hexagon", "box", "record"] {
        let element = document.element(&id(name)).unwrap();
        let moved = element.geometry.translated(kurbo::Vec2::new(100.0, 0.0));
        document.commit(vec![geometry(name, &moved)]);
        document.commit(vec![Write::style(
            &id(name),
            StyleField::Width,
            Value::Number(3.0),
        )]);
    }
    let again = opened(&document.replica().encode());
    let doc = read_plainly(&again);
    for (root, key, value) in foreign {
        assert_eq!(get(&doc, root, key), Some(value), "{root}[{key}]");
    }
}

#[test]
fn a_copy_of_what_a_newer_client_wrote_is_whole() {
    let update = plain(1, |doc| {
        put(doc, "elements", "hexagon", newer_record("hexagon"));
        put(doc, "elements", "box", newer_record("rectangle"));
    });
    let mut document = opened(&update);
    for name in ["hexagon", "box"] {
        let mut copy = document.element(&id(name)).unwrap();
        copy.id = id("copy");
        document.commit(vec![Write::birth(&copy)]);
        let doc = read_plainly(&document);
        assert_eq!(
            get(&doc, "elements", "copy"),
            get(&doc, "elements", name),
            "{name}"
        );
    }
}

#[test]
fn a_text_typed_before_its_element_arrives_shows_up() {
    let mut theirs = Document::new(client(1));
    theirs.splice(&id("t"), 0, 0, "hello");
    let typed = theirs.take_updates();
    theirs.commit(vec![Write::birth(&element(
        "t",
        Kind::Text(TextKind::new("")),
    ))]);
    let born = theirs.take_updates();
    let mut document = Document::new(client(7));
    for update in typed.iter().chain(&born) {
        document.apply(update).unwrap();
    }
    let only = BTreeSet::from([id("t")]);
    assert_eq!(document.take_changes(), Changes::Elements(only.clone()));
    assert_eq!(document.element(&id("t")).unwrap().text(), Some("hello"));
    theirs.splice(&id("t"), 5, 0, " 🌊");
    for update in theirs.take_updates() {
        document.apply(&update).unwrap();
    }
    assert_eq!(document.take_changes(), Changes::Elements(only));
    assert_eq!(document.element(&id("t")).unwrap().text(), Some("hello 🌊"));
}

#[test]
fn a_bulk_load_changes_everything_and_later_edits_are_seen() {
    let many = |from: usize| -> Vec<Write> {
        let names = (from..from + 3_000).map(|i| format!("e{i}"));
        names.map(|name| Write::birth(&rectangle(&name))).collect()
    };
    let mut theirs = Document::new(client(1));
    theirs.commit(many(0));
    let bulk = theirs.take_updates();
    assert!(bulk[0].len() >= BULK_BYTES, "{}", bulk[0].len());
    let mut document = opened(&bulk[0]);
    assert_eq!(document.take_changes(), Changes::Everything);
    assert_eq!(document.elements().len(), 3_000);
    assert!(document.take_updates().is_empty(), "not its own");
    theirs.commit(vec![Write::delete(&id("e5"))]);
    document.apply(&theirs.take_updates()[0]).unwrap();
    assert_eq!(
        document.take_changes(),
        Changes::Elements([id("e5")].into())
    );
    document.splice(&id("e6"), 0, 0, "x");
    assert_eq!(
        document.take_changes(),
        Changes::Elements([id("e6")].into())
    );
    assert_eq!(document.take_updates().len(), 1);
    theirs.commit(many(3_000));
    document.apply(&theirs.take_updates()[0]).unwrap();
    assert_eq!(document.take_changes(), Changes::Everything);
    assert_eq!(document.elements().len(), 5_999);
}

#[test]
fn only_others_changes_of_the_watched_text_are_noted() {
    let mut document = Document::new(client(7));
    document.splice(&id("t"), 0, 0, "héllo");
    document.watch_text(Some(&id("t")));
    document.splice(&id("t"), 0, 0, ">");
    assert!(document.take_splices().is_empty());
    let mut theirs = opened(&document.replica().encode());
    theirs.splice(&id("t"), 2, 1, "🌊");
    theirs.splice(&id("other"), 0, 0, "no");
    for update in theirs.take_updates() {
        document.apply(&update).unwrap();
    }
    let splices = document.take_splices();
    let inserted: String = splices
        .iter()
        .map(|splice| splice.inserted.as_str())
        .collect();
    let deleted: u32 = splices.iter().map(|splice| splice.deleted).sum();
    assert_eq!((inserted.as_str(), deleted), ("🌊", 1));
    assert_eq!(document.text(&id("t")), ">h🌊llo");
}

/// Values of every type, in sizes that nobody means well with.
fn hostile_values() -> Vec<Any> {
    let deep = (0..20).fold(Any::Null, |inner, _| list([inner]));
    let object = [("kind".to_owned(), Any::from("ink"))].into();
    vec![
        Any::Null,
        Any::Undefined,
        Any::from(true),
        number(f64::NAN),
        number(f64::INFINITY),
        number(-1e300),
        number(1e7 + 1.0),
        Any::Number(Number::Int(i64::MAX)),
        Any::from(""),
        Any::from("x".repeat(10_000)),
        Any::from(vec![0u8; 0]),
        Any::from(vec![255u8; 2_000]),
        list([]),
        list(std::iter::repeat_n(number(f64::NEG_INFINITY), 5)),
        list([1e7, -1e7, 1e7, -1e7, 1e300].map(number)),
        list([0.0; 5].map(number)),
        deep,
        Any::Map(Arc::new(object)),
    ]
}

/// Records of every kind with something hostile at every position.
fn hostile_records() -> Vec<Any> {
    let mut records = hostile_values();
    for kind in [
        "ink",
        "rectangle",
        "ellipse",
        "line",
        "arrow",
        "text",
        "hexagon",
    ] {
        for value in hostile_values() {
            let rest = std::iter::repeat_n(value.clone(), 20);
            records.push(list(std::iter::once(Any::from(kind)).chain(rest)));
        }
    }
    records
}

/// Reads and paints everything in every way.
fn look_at_everything(document: &Document) -> usize {
    let elements = document.elements();
    for element in &elements {
        assert_eq!(document.element(&element.id).as_ref(), Some(element));
        let bounds = element.bounds();
        assert!(bounds.is_finite(), "{:?}", element.id);
        for theme in [Theme::Light, Theme::Dark] {
            let _ = element.paint(theme);
        }
        let _ = (element.placement(), element.frame(), element.vertices());
        let _ = element.hit(bounds.center(), 5.0) || element.hit(Point::ORIGIN, 1e7);
        let _ = element.birth();
    }
    elements.len()
}

#[test]
fn hostile_records_are_read_and_painted() {
    let records = hostile_records();
    let update = plain(1, |doc| {
        for (i, record) in records.iter().enumerate() {
            put(doc, "elements", &format!("e{i}"), record.clone());
        }
    });
    assert_eq!(look_at_everything(&opened(&update)), records.len());
}

#[test]
fn undo_knows_again_what_is_no_number() {
    let mut document = Document::new(client(7));
    let mut record = rectangle("a").birth().into_slots();
    record.resize(crate::fields::Slot::COUNT, Value::Null);
    record.push(Value::Number(f64::NAN));
    let write = Write {
        key: Key::Element(id("a")),
        value: Some(Value::List(record.into())),
    };
    let step = document.commit(vec![write.clone()]);
    assert!(
        document.commit(vec![write]).changes.is_empty(),
        "it stands there already"
    );
    assert_eq!(document.revert(&step).skipped, 0);
    assert_eq!(document.element(&id("a")), None);
}

#[test]
fn hostile_values_in_every_column_are_read_and_painted() {
    let kinds = [
        "ink",
        "rectangle",
        "ellipse",
        "line",
        "arrow",
        "text",
        "hexagon",
    ];
    let keys = ["", "/", "//", "/width", "é", "no such element"].map(str::to_owned);
    let long = ["k".repeat(10_000), format!("{}/width", "k".repeat(10_000))];
    for value in hostile_values() {
        let update = plain(1, |doc| {
            for kind in kinds {
                put(doc, "elements", kind, newer_record(kind));
                let fields = StyleField::ALL.map(|field| format!("{kind}/{}", field.key()));
                let own = [kind.to_owned(), format!("{kind}/"), format!("{kind}/x/y")];
                let own = own.iter().chain(&fields).chain(&keys).chain(&long);
                for key in own {
                    for root in ["geometry", "points", "style", "order", "links", "board"] {
                        put(doc, root, key, value.clone());
                    }
                }
            }
            put(doc, "board", "schema", value.clone());
            put(doc, "board", "title", value.clone());
        });
        let mut document = opened(&update);
        assert_eq!(look_at_everything(&document), kinds.len());
        let _ = (document.schema(), document.title());
        document.commit(vec![Write::delete(&id("ink"))]);
        assert_eq!(look_at_everything(&document), kinds.len() - 1);
    }
}

#[test]
fn shared_types_where_values_belong_are_read_and_painted() {
    let update = plain(1, |doc| {
        for root in ["elements", "geometry", "points", "style", "order"] {
            let map = doc.get_or_insert_map(root);
            let mut transaction = doc.transact_mut();
            map.insert(&mut transaction, "a", MapPrelim::from([("kind", "text")]));
            map.insert(&mut transaction, "b", TextPrelim::new("text"));
        }
    });
    assert_eq!(look_at_everything(&opened(&update)), 2);
}

#[test]
fn roots_of_another_type_are_read_and_painted() {
    let update = plain(1, |doc| {
        for root in ["elements", "geometry", "order", "board"] {
            let array = doc.get_or_insert_array(root);
            array.push_back(&mut doc.transact_mut(), "an item");
        }
        let text = doc.get_or_insert_text("style");
        text.push(&mut doc.transact_mut(), "words");
        put(doc, "text:t", "a key", Any::from(1));
    });
    let mut document = opened(&update);
    document.commit(vec![Write::birth(&element(
        "t",
        Kind::Text(TextKind::new("")),
    ))]);
    document.splice(&id("t"), 0, 0, "hello");
    assert_eq!(look_at_everything(&document), 1);
    let doc = read_plainly(&document);
    let text = doc.get_or_insert_text("text:t");
    let read = text.get_string(&doc.transact());
    assert_eq!(read, "hello");
}
