//! The types that cross between Rust and TypeScript; TypeScript's are generated from these.
//!
//! Owns their shape and nothing else. In: [`Config`], [`TextInput`]. Out: [`UiEvent`].
//! Lengths are CSS pixels unless they say board units; offsets into text are UTF-16 units.

use serde::Serialize;
use tsify::Tsify;

/// What the browser tells the engine once, when it starts.
#[derive(Debug, Clone)]
pub struct Config {
    /// Fresh random bits of this page load, as 32 hex digits: the source of every id.
    pub seed: String,
    /// Random id of this browser, kept between visits; stored as `by`, never a credential.
    pub browser: String,
    /// The person's name.
    pub name: String,
    /// The person's colour, `#rrggbb`.
    pub color: String,
    /// Whether the page is dark.
    pub dark: bool,
    /// Whether fingers draw, where the person has said so or a pen has drawn before.
    pub fingers_draw: Option<bool>,
}

/// The tool in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum ToolName {
    /// Click, marquee, move, resize, rotate.
    Select,
    /// Select what is encircled.
    Lasso,
    /// Point at things for the others.
    Laser,
    /// Fill what is pressed.
    Bucket,
    /// Take the colour of what is pressed.
    Eyedropper,
    /// Pan.
    Hand,
    /// Freehand ink.
    Pen,
    /// Mark what is there.
    Highlighter,
    /// Delete what is touched.
    Eraser,
    /// Erase the parts of strokes and lines that are touched.
    Cutter,
    /// Rectangle.
    Rectangle,
    /// Ellipse.
    Ellipse,
    /// A closed shape of any other outline, as it was chosen last.
    Shape,
    /// Straight line.
    Line,
    /// Straight arrow.
    Arrow,
    /// Puts a sticky note down.
    Note,
    /// Pulls a frame open.
    Frame,
    /// Text.
    Text,
}

/// What has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Focus {
    /// The board, or a button, or nothing.
    Board,
    /// The field of the text that is being typed.
    Text,
    /// Another field.
    Field,
    /// A dialog that keeps people from the board until it is closed.
    Dialog,
}

impl Focus {
    /// By the name that TypeScript has for it; anything else has nothing to do with the board.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "board" => Self::Board,
            "text" => Self::Text,
            "field" => Self::Field,
            _ => Self::Dialog,
        }
    }
}

/// The modifier keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modifiers {
    /// Shift.
    pub shift: bool,
    /// Alt or Option.
    pub alt: bool,
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
}

/// What the text field holds after an input event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextInput {
    /// The whole text.
    pub value: String,
    /// Where the selection was begun.
    pub selection_anchor: u32,
    /// Its other end, where the caret is; before the anchor when it was made backwards.
    pub selection_head: u32,
    /// Whether an input method is composing; nothing is written until it ends.
    pub composing: bool,
    /// Whether a pointer has put the caret there, and not a key: the view stays where one points.
    pub pointed: bool,
}

/// What the page shows. Sent when it changes, at most once per drain and variant.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum UiEvent {
    /// The tool in hand.
    Tool {
        /// Which.
        tool: ToolName,
        /// Whether it stays in hand after what it was taken for.
        kept: bool,
    },
    /// The CSS cursor over the board.
    Cursor {
        /// `cursor` property.
        css: String,
        /// Where a click there leads, as the document has it; empty when nowhere.
        leads: String,
    },
    /// What the style panel shows.
    Style {
        /// The fields that apply, in order; none where there is nothing to style.
        fields: Vec<StyleShown>,
    },
    /// What this person used last, for the browser to keep, once.
    StyleMemory {
        /// As `rememberStyle` takes it.
        text: String,
    },
    /// How many elements are selected.
    Selection {
        /// Count.
        count: u32,
        /// Whether the crop of one is shown.
        crops: bool,
    },
    /// Where what is selected is; none when nothing is.
    Place {
        /// Where.
        place: Option<PlaceShown>,
    },
    /// What would do something now.
    Applies {
        /// For each row of the table of actions.
        actions: Vec<bool>,
    },
    /// The server has files that it did not have, once.
    Files,
    /// Elements came from elsewhere whose files the server is not known to have, once.
    Lacking {
        /// The files, by their SHA-256.
        files: Vec<String>,
    },
    /// An action that the page carries out, once.
    Ask {
        /// Which.
        id: &'static str,
    },
    /// Where one looks.
    Camera {
        /// 1 is 100 %.
        zoom: f64,
        /// False when the board has content and none of it is in view.
        content_in_view: bool,
    },
    /// Whether the board has no element.
    Empty {
        /// Whether.
        empty: bool,
    },
    /// Everybody here, oneself first.
    People {
        /// Who.
        people: Vec<Person>,
    },
    /// How far one's changes have got.
    Sync {
        /// Whether the connection is up and the handshake is done.
        online: bool,
        /// Own transactions that no fence covers yet.
        waiting: u32,
        /// Whether the server owes an answer; without one the line is dead.
        owed: bool,
        /// Every update that [`Drained::updates`](crate) numbered up to here is durable on the server.
        saved_through: u32,
        /// Why the server cannot save anything just now, a clause; empty when it can.
        trouble: String,
    },
    /// The text field to show over the board; `None` ends it.
    EditText {
        /// What and where.
        field: Option<TextField>,
    },
    /// What goes on the clipboard.
    Clipboard {
        /// As `text/plain`: the words, for everybody; empty when there are none.
        text: String,
        /// As `text/html`: the words, and the elements for boards. Empty: the text is `#` and the id of
        /// an element, to which the page knows the address.
        html: String,
        /// The files that pictures among the elements show, by their SHA-256; the page has them.
        files: Vec<String>,
    },
    /// The address of what is selected is to be typed, once.
    Address {
        /// As it is; empty when there is none.
        address: String,
        /// The middle of the foot of what is selected, on the screen.
        x: f64,
        /// The same from the top.
        y: f64,
    },
    /// An address of `http`, `https` or `mailto` is to be opened beside the board, once.
    Open {
        /// Which.
        address: String,
    },
    /// Whether fingers draw; `None` as long as no pen has drawn and nobody has chosen.
    Fingers {
        /// Whether.
        draw: Option<bool>,
    },
    /// What stands for the board where it is not open.
    Title {
        /// What it is called; empty when nobody has named it.
        title: String,
        /// The beginning of the text that one reads first; empty when there is none.
        words: String,
    },
    /// Something to tell the person, once.
    Notice {
        /// What; the page has the words.
        key: Notice,
    },
}

/// What the engine has to say to the person, by the key of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Notice {
    /// A newer version made the board: this one only shows it.
    Newer,
    /// A text grows beyond what is painted.
    TooLong,
    /// Somebody deleted the text that one was typing in.
    TextGone,
    /// Undo or redo changed what is out of view.
    OutOfView,
    /// Somebody changed meanwhile what undo or redo was to change.
    Skipped,
    /// A link leads to an element that is not there.
    LeadsNowhere,
    /// A picture has no one colour that could be taken.
    Colorless,
}

/// One field of the style panel.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StyleShown {
    /// Its name, as in the table of style fields.
    pub field: &'static str,
    /// What all that have the field agree on.
    pub value: StyleValue,
}

/// Where what is selected is, rounded.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PlaceShown {
    /// Its first corner, as turned, board units.
    pub x: f64,
    /// The same.
    pub y: f64,
    /// Its width, board units; none where it follows from something else.
    pub w: Option<f64>,
    /// Its height.
    pub h: Option<f64>,
    /// Its turn, degrees, clockwise; none of several.
    pub angle: Option<f64>,
}

/// A value of a style field.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(untagged)]
pub enum StyleValue {
    /// A colour: `#rrggbb`, `#rrggbbaa` or `transparent`.
    Text(String),
    /// A number.
    Number(f64),
    /// Several have several.
    Mixed,
}

/// Somebody on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Their page load, as text.
    pub id: String,
    /// Name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// Whether it is oneself.
    pub me: bool,
}

/// A text field over the board.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TextField {
    /// The element, as text; a new one means a new field.
    pub id: String,
    /// Where the text's top-left corner is on the screen.
    pub x: f64,
    /// The same from the top.
    pub y: f64,
    /// Turn about that corner, radians, clockwise.
    pub angle: f64,
    /// Screen pixels per board unit.
    pub zoom: f64,
    /// Board units.
    pub width: f64,
    /// Board units.
    pub height: f64,
    /// Whether every browser paints it as wide; else this one may paint it wider.
    pub exact: bool,
    /// The family of its letters, as the document names it.
    pub family: &'static str,
    /// `left`, `center` or `right`; empty: each line by its direction.
    pub align: &'static str,
    /// How much of its width lies over a line, which must not be seen behind it, board units.
    pub over_line: f64,
    /// Whether its lines are wrapped to its width.
    pub wrapped: bool,
    /// Of what the field shows, for each line that is wrapped: where it begins, where what is seen of
    /// it ends, and where that would end had the next word fitted, UTF-16 units.
    pub wraps: Vec<u32>,
    /// Board units.
    pub font_size: f64,
    /// Board units.
    pub line_height: f64,
    /// CSS colour as shown in the theme.
    pub color: String,
    /// 0 to 1.
    pub opacity: f64,
    /// Whether Enter ends it: the name of a frame.
    pub one_line: bool,
    /// Of a note, where Tab leads on to the next one: the middle of its right side, on the screen.
    pub leads_on: Option<[f64; 2]>,
    /// The text; differs from the field's when somebody else typed.
    pub value: String,
    /// Where the selection was begun.
    pub selection_anchor: u32,
    /// Its other end, where the caret is; before the anchor when it was made backwards.
    pub selection_head: u32,
}
