//! The typed door to a board's document: reads elements, commits edits, notes what changed.
//!
//! Owns the transactions of a client, their origins and what the observers saw. Knows neither
//! tools nor the network: updates go in and come out as bytes.

mod commit;
mod joint;
mod write;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kurbo::Size;
use yrs::branch::BranchID;
use yrs::types::Delta;
use yrs::types::map::MapEvent;
use yrs::types::text::TextEvent;
use yrs::{
    GetString, Map, MapRef, Observable, Out, ReadTxn, Text as _, TextRef, Transact, TransactionMut,
};

use crate::element::{Element, Kind};
use crate::fields::{Birth, Value};
use crate::file::FileHash;
use crate::geometry::Geometry;
use crate::id::{ClientId, ElementId};
use crate::links::LinkField;
use crate::order::OrderKey;
use crate::replica::{IngestError, Ingested, Replica};
use crate::schema::{self, Column, Key, Roots};
use crate::style::StyleField;
use crate::title;
pub use write::Write;

/// Under this name observers are registered.
const OBSERVER: &str = "document";
/// From this size on an update is applied without observers and everything counts as changed.
const BULK_BYTES: usize = 64 * 1024;

/// What changed since it was last asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// So much that everything is to be read again.
    Everything,
    /// These elements appeared, changed or went.
    Elements(BTreeSet<ElementId>),
}

/// A change of a text, in UTF-16 units of the text before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextSplice {
    /// Where.
    pub at: u32,
    /// How much went.
    pub deleted: u32,
    /// What came.
    pub inserted: String,
}

/// What the observers noted; drained by the owner.
#[derive(Debug, Default)]
struct Notes {
    everything: bool,
    files: bool,
    elements: BTreeSet<ElementId>,
    updates: Vec<Vec<u8>>,
    splices: Vec<TextSplice>,
    applying_remote: bool,
    /// The pieces of each stroke that were read so far, shown or not.
    pieces: HashMap<ElementId, BTreeSet<ElementId>>,
}

/// One replica of a board, with its element columns.
#[derive(Debug)]
pub struct Document {
    replica: Replica,
    roots: Roots,
    notes: Arc<Mutex<Notes>>,
    watched: Option<ElementId>,
    /// Counts the sessions of typing; its transactions carry it as their origin.
    typing: u64,
}

impl Document {
    /// The origin of every transaction that a person made on purpose, typing apart.
    const LOCAL: &str = "local";

    /// An empty replica for one author. Writes nothing.
    pub fn new(client: ClientId) -> Self {
        Self::of(Replica::new(client))
    }

    /// What a replica holds, by whoever writes in it. Writes nothing.
    pub fn of(replica: Replica) -> Self {
        let roots = Roots::of(replica.doc());
        let document = Self {
            replica,
            roots,
            notes: Arc::default(),
            watched: None,
            typing: 0,
        };
        document.observe();
        document
    }

    /// Takes in somebody else's update.
    ///
    /// # Errors
    /// When the update is damaged; the document is then as it was or is to be loaded anew.
    pub fn apply(&mut self, update: &[u8]) -> Result<Ingested, IngestError> {
        let bulk = update.len() >= BULK_BYTES;
        if bulk {
            self.unobserve();
        } else {
            self.name_texts(update);
        }
        self.notes().applying_remote = true;
        let result = self.replica.ingest(update);
        let mut notes = self.notes();
        notes.applying_remote = false;
        notes.everything |= bulk;
        notes.files |= bulk;
        drop(notes);
        if bulk {
            self.observe();
        }
        result
    }

    /// One element with everything that changed since its birth; `None` when there is none, and for a
    /// piece of a stroke that is there, or was cut otherwise.
    pub fn element(&self, id: &ElementId) -> Option<Element> {
        let mut element = {
            let transaction = self.replica.doc().transact();
            let mut element = self.read_birth(&transaction, id)?;
            let get = |column: Column, key: &str| {
                let out = self.roots.column(column).get(&transaction, key);
                out.map(|out| schema::read(&out))
            };
            for column in [Column::Points, Column::Geometry, Column::Order] {
                if let Some(value) = get(column, id.as_str()) {
                    override_field(&mut element, column, id.as_str(), &value);
                }
            }
            let styles = StyleField::ALL.map(|field| (Column::Style, field.key()));
            let links = LinkField::ALL.map(|field| (Column::Links, field.key()));
            let mut key = format!("{id}/");
            let length = key.len();
            for (column, name) in styles.into_iter().chain(links) {
                key.truncate(length);
                key.push_str(name);
                if let Some(value) = get(column, &key) {
                    override_field(&mut element, column, &key, &value);
                }
            }
            self.counts(&transaction, &element).then_some(element)?
        };
        self.fill_text(&mut element);
        Some(element)
    }

    /// All elements, in no order. Reads each column once: O(records).
    pub fn elements(&self) -> Vec<Element> {
        let mut elements = HashMap::new();
        {
            let transaction = self.replica.doc().transact();
            for (key, out) in self.roots.elements.iter(&transaction) {
                if let Ok(id) = ElementId::parse(key) {
                    elements.insert(id.clone(), birth(id, schema::read(&out)));
                }
            }
            for column in Column::ALL
                .into_iter()
                .filter(|column| *column != Column::Elements)
            {
                for (key, out) in self.roots.column(column).iter(&transaction) {
                    let element = schema::element_of(key).and_then(|id| elements.get_mut(&id));
                    if let Some(element) = element {
                        override_field(element, column, key, &schema::read(&out));
                    }
                }
            }
            elements.retain(|_, element| self.counts(&transaction, element));
        }
        let mut elements: Vec<Element> = elements.into_values().collect();
        elements
            .iter_mut()
            .for_each(|element| self.fill_text(element));
        elements
    }

    /// Whether an element is no piece, or one of a cut that counts: none of the strokes that it was cut
    /// from is there, and each was cut as it says. Notes whose piece it is.
    fn counts<T: ReadTxn>(&self, transaction: &T, element: &Element) -> bool {
        let links = self.roots.column(Column::Links);
        element
            .links
            .pieces
            .iter()
            .fold(true, |counts, (stroke, cut)| {
                let mut notes = self.notes();
                let pieces = notes.pieces.entry(stroke.clone()).or_default();
                pieces.insert(element.id.clone());
                let gone = self
                    .roots
                    .elements
                    .get(transaction, stroke.as_str())
                    .is_none();
                let key = format!("{stroke}/{}", LinkField::Cut.key());
                let stands = links.get(transaction, &key).map(|out| schema::read(&out));
                counts && gone && stands == Some(Value::Text(cut.clone()))
            })
    }

    /// The text of an element, whether or not it exists.
    pub fn text(&self, id: &ElementId) -> String {
        let text = self.text_ref(id);
        let transaction = self.replica.doc().transact();
        text.get_string(&transaction)
    }

    /// Replaces parts of an element's text in one transaction, each in terms of the text before it.
    /// What is beyond the end is cut.
    pub fn splice_text(&mut self, id: &ElementId, splices: &[TextSplice]) {
        let text = self.text_ref(id);
        let mut transaction = self.replica.doc().transact_mut_with(self.typing);
        for splice in splices {
            let length = text.len(&transaction);
            let at = splice.at.min(length);
            let deleted = splice.deleted.min(length - at);
            if deleted > 0 {
                text.remove_range(&mut transaction, at, deleted);
            }
            if !splice.inserted.is_empty() {
                text.insert(&mut transaction, at, &splice.inserted);
            }
        }
    }

    /// Begins a session of typing and returns the origin of its transactions.
    pub(crate) fn begin_typing(&mut self) -> u64 {
        self.typing += 1;
        self.typing
    }

    /// Notes others' changes of one text from now on, for [`Self::take_splices`].
    pub fn watch_text(&mut self, id: Option<&ElementId>) {
        if let Some(old) = self.watched.take() {
            self.text_ref(&old).unobserve(OBSERVER);
        }
        self.notes().splices.clear();
        if let Some(id) = id {
            let notes = self.notes.clone();
            self.text_ref(id)
                .observe(OBSERVER, move |transaction, event: &TextEvent| {
                    let mut notes = lock(&notes);
                    if notes.applying_remote {
                        notes.splices.extend(splices(event.delta(transaction)));
                    }
                });
            self.watched = Some(id.clone());
        }
    }

    /// Others' changes of the watched text since last asked, each in terms of the text before it.
    pub fn take_splices(&mut self) -> Vec<TextSplice> {
        std::mem::take(&mut self.notes().splices)
    }

    /// What changed since last asked.
    pub fn take_changes(&mut self) -> Changes {
        let mut notes = self.notes();
        let mut elements = std::mem::take(&mut notes.elements);
        // Whether a piece counts hangs on its stroke.
        let of_strokes = elements.iter().filter_map(|id| notes.pieces.get(id));
        let pieces: Vec<ElementId> = of_strokes.flatten().cloned().collect();
        elements.extend(pieces);
        if std::mem::take(&mut notes.everything) {
            Changes::Everything
        } else {
            Changes::Elements(elements)
        }
    }

    /// Whether the server has other files than when it was last asked.
    pub fn take_files_changed(&mut self) -> bool {
        std::mem::take(&mut self.notes().files)
    }

    /// Whether the server has a file, as far as the document says.
    pub fn has_file(&self, hash: &FileHash) -> bool {
        let transaction = self.replica.doc().transact();
        let stands = self.read_key(&transaction, &Key::File(*hash));
        stands.is_some_and(|value| value != Value::Null)
    }

    /// How large the picture is that a file shows, pixels; `None` while the server has it not.
    pub fn size_of_file(&self, hash: &FileHash) -> Option<Size> {
        let transaction = self.replica.doc().transact();
        let Value::List(facts) = self.read_key(&transaction, &Key::File(*hash))? else {
            return None;
        };
        let side = |place: usize| facts.get(place)?.number().filter(|side| *side >= 1.0);
        Some(Size::new(side(2)?, side(3)?))
    }

    /// Own updates since last asked, one per transaction, in order.
    pub fn take_updates(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.notes().updates)
    }

    /// One past the clock of the latest own transaction. O(clients that ever wrote).
    pub fn own_clock(&self) -> u32 {
        let doc = self.replica.doc();
        doc.transact().state_vector().get(&doc.client_id())
    }

    /// The schema number that the board asks for.
    pub fn schema(&self) -> u32 {
        let transaction = self.replica.doc().transact();
        let number = self.roots.board.get(&transaction, "schema");
        number
            .and_then(|out| schema::read(&out).number())
            .map_or(schema::SCHEMA, |n| n as u32)
    }

    /// What the board is called; empty when nobody has named it.
    pub fn title(&self) -> String {
        let transaction = self.replica.doc().transact();
        let stands = self.read_key(&transaction, &Key::Title);
        title::readable(stands.as_ref().and_then(Value::as_text).unwrap_or_default())
    }

    /// The replica underneath, for the sync protocol.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// How many texts have a root that is named.
    #[cfg(test)]
    fn text_roots(&self) -> usize {
        let transaction = self.replica.doc().transact();
        let roots = transaction.root_refs();
        roots.filter(|(name, _)| name.starts_with("text:")).count()
    }

    pub(crate) fn text_ref(&self, id: &ElementId) -> TextRef {
        self.replica.doc().get_or_insert_text(schema::text_root(id))
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        lock(&self.notes)
    }

    fn read_key<T: ReadTxn>(&self, transaction: &T, key: &Key) -> Option<Value> {
        let read = |map: &MapRef, name: &str| {
            let out = map.get(transaction, name);
            out.map(|out| schema::read(&out))
        };
        let stands = |column, name: &str| read(self.roots.column(column), name);
        match key {
            Key::Path(_) | Key::Crop(_) => joint::read(key, &stands),
            _ => read(self.roots.of_key(key), &key.text()),
        }
    }

    fn write_key(&self, transaction: &mut TransactionMut<'_>, key: &Key, value: Option<&Value>) {
        if let (Key::Path(_) | Key::Crop(_), Some(value)) = (key, value) {
            return self.write_joint(transaction, key, value);
        }
        let map = self.roots.of_key(key);
        let name = key.text();
        match value {
            Some(value) => {
                map.insert(transaction, name.as_ref(), schema::to_any(value));
            }
            None => {
                map.remove(transaction, &name);
            }
        }
    }

    fn read_birth<T: ReadTxn>(&self, transaction: &T, id: &ElementId) -> Option<Element> {
        let born = self.roots.elements.get(transaction, id.as_str())?;
        Some(birth(id.clone(), schema::read(&born)))
    }

    /// A text root that no one named yet would not be observed, so this names it.
    fn fill_text(&self, element: &mut Element) {
        if element.kind.has_own_size() || matches!(element.kind, Kind::Frame(_)) {
            let text = self.text(&element.id);
            element.set_text(&text);
        } else if element.can_have_label() {
            // Hardly any has one: their roots are looked for, and not named.
            let transaction = self.replica.doc().transact();
            let root = transaction.get_text(schema::text_root(&element.id).as_str());
            drop(transaction);
            if root.is_some() {
                let label = self.text(&element.id);
                element.set_text(&label);
            } else {
                element.follow_style();
            }
        }
    }

    /// Names the roots of texts that an update brings, so that it is heard of what changes in them. The
    /// first item of each bears the root's name. O(bytes).
    fn name_texts(&self, update: &[u8]) {
        const LEAD: &[u8] = b"text:";
        let places = update.windows(LEAD.len()).enumerate();
        for (at, _) in places.filter(|(_, bytes)| *bytes == LEAD) {
            let length = at.checked_sub(1).and_then(|before| update.get(before));
            let name = length.and_then(|length| update.get(at..at + usize::from(*length)));
            let name = name.and_then(|name| std::str::from_utf8(name).ok());
            if let Some(id) = name.and_then(schema::element_of_text) {
                self.text_ref(&id);
            }
        }
    }

    fn observe(&self) {
        for column in Column::ALL {
            let notes = self.notes.clone();
            self.roots
                .column(column)
                .observe(OBSERVER, move |transaction, event: &MapEvent| {
                    let ids = event
                        .keys(transaction)
                        .keys()
                        .filter_map(|key| schema::element_of(key));
                    lock(&notes).elements.extend(ids);
                });
        }
        let notes = self.notes.clone();
        self.roots
            .files
            .observe(OBSERVER, move |_, _| lock(&notes).files = true);
        let doc = self.replica.doc();
        let notes = self.notes.clone();
        // Nobody else holds a transaction while `&self` does not, so registering cannot fail.
        let texts = doc.observe_after_transaction(OBSERVER, move |transaction| {
            let changed = transaction.changed_parent_types().iter();
            let ids = changed.filter_map(|branch| match branch.id() {
                BranchID::Root(name) => schema::element_of_text(&name),
                BranchID::Nested(_) => None,
            });
            lock(&notes).elements.extend(ids);
        });
        let notes = self.notes.clone();
        let updates = doc.observe_update_v1(OBSERVER, move |_, event| {
            let mut notes = lock(&notes);
            if !notes.applying_remote {
                notes.updates.push(event.update.clone());
            }
        });
        debug_assert!(texts.is_ok() && updates.is_ok());
    }

    fn unobserve(&self) {
        for column in Column::ALL {
            self.roots.column(column).unobserve(OBSERVER);
        }
        self.roots.files.unobserve(OBSERVER);
        let doc = self.replica.doc();
        let texts = doc.unobserve_after_transaction(OBSERVER);
        let updates = doc.unobserve_update_v1(OBSERVER);
        debug_assert!(texts.is_ok() && updates.is_ok());
    }
}

fn lock(notes: &Mutex<Notes>) -> MutexGuard<'_, Notes> {
    notes.lock().unwrap_or_else(PoisonError::into_inner)
}

fn birth(id: ElementId, born: Value) -> Element {
    let slots = match born {
        Value::List(slots) => slots.to_vec(),
        // A record of another shape is somebody else's kind: it exists, and it is kept.
        _ => Vec::new(),
    };
    Element::read(id, &Birth::new(slots))
}

fn override_field(element: &mut Element, column: Column, key: &str, value: &Value) {
    match column {
        Column::Elements => {}
        Column::Geometry => set_geometry(element, value),
        Column::Points => set_points(element, value),
        Column::Order => element.order = OrderKey::read(value),
        Column::Style => {
            if let Some(field) = field_of(key).and_then(StyleField::from_key) {
                element.style.set(field, value);
            }
        }
        Column::Links => {
            if let Some(field) = field_of(key).and_then(LinkField::from_key) {
                element.links.set(field, value);
            }
        }
    }
}

/// What stands behind the `/` of a key.
fn field_of(key: &str) -> Option<&str> {
    key.split_once('/').map(|(_, name)| name)
}

fn set_geometry(element: &mut Element, value: &Value) {
    if let Some(geometry) = Geometry::read(value) {
        element.set_geometry(geometry);
    }
}

fn set_points(element: &mut Element, value: &Value) {
    if let Some(points) = value.as_bytes() {
        element.set_points(points);
    }
}

fn splices(delta: &[Delta]) -> Vec<TextSplice> {
    let mut at = 0;
    let mut splices = Vec::new();
    for part in delta {
        match part {
            Delta::Retain(length, _) => at += length,
            Delta::Deleted(length) => {
                splices.push(TextSplice {
                    at,
                    deleted: *length,
                    inserted: String::new(),
                });
            }
            Delta::Inserted(Out::Any(yrs::Any::String(text)), _) => {
                splices.push(TextSplice {
                    at,
                    deleted: 0,
                    inserted: text.to_string(),
                });
                at += text.encode_utf16().count() as u32;
            }
            Delta::Inserted(..) => at += 1,
        }
    }
    splices
}

#[cfg(test)]
mod tests;
