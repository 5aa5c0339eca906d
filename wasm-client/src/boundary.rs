//! The types that cross between Rust and TypeScript; TypeScript's are generated from these.
//!
//! Owns their shape and nothing else. In: [`Config`], [`Command`], [`TextInput`]. Out: [`UiEvent`].
//! Lengths are CSS pixels unless they say board units; offsets into text are UTF-16 units.

use serde::{Deserialize, Serialize};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum ToolName {
    /// Click, marquee, move, resize, rotate.
    Select,
    /// Pan.
    Hand,
    /// Freehand ink.
    Pen,
    /// Delete what is touched.
    Eraser,
    /// Rectangle.
    Rectangle,
    /// Ellipse.
    Ellipse,
    /// Straight line.
    Line,
    /// Straight arrow.
    Arrow,
    /// Text.
    Text,
}

/// What a person asks for, from a button, a key or a menu.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    /// Takes a tool in hand.
    Tool(ToolName),
    /// A key went down anywhere on the page. The engine owns the key map. Crosses as plain values.
    #[serde(skip)]
    Key {
        /// `KeyboardEvent.key`.
        key: String,
        /// `KeyboardEvent.code`.
        code: String,
        /// Shift is held.
        shift: bool,
        /// Alt or Option is held.
        alt: bool,
        /// Ctrl is held, or Cmd on a Mac.
        command: bool,
        /// Whether it repeats because it is held.
        repeat: bool,
        /// What has the keyboard.
        focus: Focus,
    },
    /// A key went up: its `KeyboardEvent.key`.
    KeyUp(String),
    /// Restyles the selection and what is drawn next. Absent fields stay. Crosses as plain values.
    #[serde(skip)]
    Style {
        /// What to set.
        set: StylePatch,
        /// False while a slider moves or a picker is open; true once at the end, one undo step.
        done: bool,
    },
    /// Takes back one's own latest step.
    Undo,
    /// Puts it back.
    Redo,
    /// Deletes the selection.
    Delete,
    /// Selects all.
    SelectAll,
    /// Copies the selection and selects the copies.
    Duplicate,
    /// Answers with [`UiEvent::Clipboard`] in the same drain.
    Copy,
    /// The same, and deletes the selection.
    Cut,
    /// Puts what is on the clipboard on the board: the elements in its HTML, else its text. Comes by
    /// a call of its own, as does the next one: to read them here would be a kilobyte more to load.
    #[serde(skip)]
    Paste {
        /// `text/plain`; empty when there is none.
        text: String,
        /// `text/html`; empty when there is none.
        html: String,
    },
    /// Puts text on the board where it was dropped.
    #[serde(skip)]
    Drop {
        /// The text.
        text: String,
        /// Place on the screen.
        x: f64,
        /// Place on the screen.
        y: f64,
    },
    /// Moves the selection in front of everything.
    BringToFront,
    /// Moves the selection behind everything.
    SendToBack,
    /// One step towards the viewer.
    BringForward,
    /// One step away.
    SendBackward,
    /// Zooms in about the middle of the view.
    ZoomIn,
    /// Zooms out.
    ZoomOut,
    /// To 100 %.
    ZoomReset,
    /// Shows everything.
    ZoomToFit,
    /// Shows the selection.
    ZoomToSelection,
    /// Ends the text session, keeping what was typed.
    EndText,
    /// The same, because something else took the keyboard: what is typed on is no shortcut.
    LeaveText,
    /// Moves the lines of the selection in the text that is typed in by a step; out again if true.
    #[serde(skip)]
    Indent(bool),
    /// Dark, or light.
    Dark(bool),
    /// Whether fingers draw, or move the board and leave drawing to a pen.
    FingersDraw(bool),
    /// Changes the person's own name and colour. Crosses as plain values.
    #[serde(skip)]
    Profile {
        /// The name.
        name: String,
        /// `#rrggbb`.
        color: String,
    },
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

/// A change of style; absent fields stay as they are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default)]
pub struct StylePatch {
    /// `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stroke: Option<String>,
    /// `#rrggbb` or `transparent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill: Option<String>,
    /// Board units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
    /// 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opacity: Option<f64>,
    /// Board units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_size: Option<f64>,
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
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
    },
    /// The CSS cursor over the board.
    Cursor {
        /// `cursor` property.
        css: String,
    },
    /// What the style panel shows.
    Style {
        /// `None`: nothing to style, hide the panel.
        panel: Option<StylePanel>,
    },
    /// How many elements are selected.
    Selection {
        /// Count.
        count: u32,
    },
    /// Whether undo and redo would do something.
    History {
        /// Undo.
        can_undo: bool,
        /// Redo.
        can_redo: bool,
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
        /// As `text/html`: the words, and the elements for boards.
        html: String,
    },
    /// Whether fingers draw; `None` as long as no pen has drawn and nobody has chosen.
    Fingers {
        /// Whether.
        draw: Option<bool>,
    },
    /// Something to tell the person, once.
    Notice {
        /// What; the page has the words.
        key: Notice,
    },
}

/// What the engine has to say to the person, by the key of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Notice {
    /// A newer version made the board: this one only shows it.
    Newer,
    /// A text grows beyond what is painted.
    TooLong,
    /// Somebody deleted the text that one was typing in.
    TextGone,
    /// Somebody changed meanwhile what undo or redo was to change.
    Skipped,
}

/// What the style panel shows; a value is `None` when it does not apply or is mixed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StylePanel {
    /// The controls that apply.
    pub shows: Vec<StyleControl>,
    /// The values.
    pub values: StylePatch,
}

/// One control of the style panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum StyleControl {
    /// Outline, ink and text colour.
    Stroke,
    /// Fill colour.
    Fill,
    /// Stroke width.
    Width,
    /// Opacity.
    Opacity,
    /// Font size.
    FontSize,
}

/// Somebody on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TextField {
    /// The element, as text; a new one means a new field.
    pub id: String,
    /// Left edge of the text on the screen.
    pub x: f64,
    /// Top edge of the text on the screen.
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
    /// Board units.
    pub font_size: f64,
    /// Board units.
    pub line_height: f64,
    /// CSS colour as shown in the theme.
    pub color: String,
    /// 0 to 1.
    pub opacity: f64,
    /// The text; differs from the field's when somebody else typed.
    pub value: String,
    /// Where the selection was begun.
    pub selection_anchor: u32,
    /// Its other end, where the caret is; before the anchor when it was made backwards.
    pub selection_head: u32,
}
