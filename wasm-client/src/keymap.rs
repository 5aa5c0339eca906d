//! Which key does what: the shortcuts that Excalidraw and tldraw share, and the numbers.
//!
//! The one owner of shortcuts. Matches `KeyboardEvent.key`, and `code` only where a keyboard
//! layout without Latin letters would leave nothing to match.

use crate::boundary::{Command, Modifiers, ToolName};

/// What a key asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Key {
    /// A command.
    Command(Command),
    /// Moves the selection by this many steps right and down.
    Nudge(f64, f64),
    /// The board is dragged while the key is held.
    Space,
    /// Ends what is under way, then deselects.
    Escape,
    /// Types in the selected text.
    Enter,
}

/// Reads a key press; `None` when it is nobody's.
pub(crate) fn read(key: &str, code: &str, modifiers: Modifiers) -> Option<Key> {
    let latin = key.is_ascii() || key.chars().count() > 1;
    let letter = code.strip_prefix("Key").filter(|_| !latin);
    let key = letter.unwrap_or(key).to_ascii_lowercase();
    let Modifiers {
        shift,
        alt,
        command,
    } = modifiers;
    match (command, shift, alt) {
        (true, shift, false) => with_command(&key, code, shift),
        (false, true, false) => with_shift(&key, code),
        (false, false, false) => plain(&key),
        _ => None,
    }
}

fn with_command(key: &str, code: &str, shift: bool) -> Option<Key> {
    let command = match (key, shift) {
        ("z", false) => Command::Undo,
        ("z", true) | ("y", false) => Command::Redo,
        ("a", false) => Command::SelectAll,
        ("d", false) => Command::Duplicate,
        ("=" | "+", _) => Command::ZoomIn,
        ("-" | "_", _) => Command::ZoomOut,
        ("0", _) => Command::ZoomReset,
        _ => match (code, shift) {
            ("BracketRight", true) => Command::BringToFront,
            ("BracketLeft", true) => Command::SendToBack,
            ("BracketRight", false) => Command::BringForward,
            ("BracketLeft", false) => Command::SendBackward,
            _ => return None,
        },
    };
    Some(Key::Command(command))
}

fn with_shift(key: &str, code: &str) -> Option<Key> {
    Some(match (key, code) {
        ("arrowleft", _) => Key::Nudge(-10.0, 0.0),
        ("arrowright", _) => Key::Nudge(10.0, 0.0),
        ("arrowup", _) => Key::Nudge(0.0, -10.0),
        ("arrowdown", _) => Key::Nudge(0.0, 10.0),
        (_, "Digit0") => Key::Command(Command::ZoomReset),
        (_, "Digit1") => Key::Command(Command::ZoomToFit),
        (_, "Digit2") => Key::Command(Command::ZoomToSelection),
        ("+", _) => Key::Command(Command::ZoomIn),
        _ => return None,
    })
}

fn plain(key: &str) -> Option<Key> {
    let tool = match key {
        "v" | "1" => ToolName::Select,
        "h" => ToolName::Hand,
        "r" | "2" => ToolName::Rectangle,
        "o" | "4" => ToolName::Ellipse,
        "a" | "5" => ToolName::Arrow,
        "l" | "6" => ToolName::Line,
        "p" | "d" | "x" | "b" | "7" => ToolName::Pen,
        "t" | "8" => ToolName::Text,
        "e" | "0" => ToolName::Eraser,
        _ => return other(key),
    };
    Some(Key::Command(Command::Tool(tool)))
}

fn other(key: &str) -> Option<Key> {
    Some(match key {
        "delete" | "backspace" => Key::Command(Command::Delete),
        "escape" => Key::Escape,
        "enter" => Key::Enter,
        " " => Key::Space,
        "arrowleft" => Key::Nudge(-1.0, 0.0),
        "arrowright" => Key::Nudge(1.0, 0.0),
        "arrowup" => Key::Nudge(0.0, -1.0),
        "arrowdown" => Key::Nudge(0.0, 1.0),
        "]" => Key::Command(Command::BringToFront),
        "[" => Key::Command(Command::SendToBack),
        "=" => Key::Command(Command::ZoomIn),
        "-" => Key::Command(Command::ZoomOut),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Modifiers = Modifiers {
        shift: false,
        alt: false,
        command: false,
    };

    #[test]
    fn letters_work_without_latin_letters_on_the_keyboard() {
        let cyrillic = read("к", "KeyR", PLAIN);
        assert_eq!(cyrillic, read("r", "KeyR", PLAIN));
        assert_eq!(
            cyrillic,
            Some(Key::Command(Command::Tool(ToolName::Rectangle)))
        );
    }

    #[test]
    fn another_latin_layout_means_what_it_prints() {
        // AZERTY prints `a` where QWERTY has `q`.
        let command = Modifiers {
            command: true,
            ..PLAIN
        };
        assert_eq!(
            read("a", "KeyQ", command),
            Some(Key::Command(Command::SelectAll))
        );
    }

    #[test]
    fn browser_shortcuts_are_left_alone() {
        let command = Modifiers {
            command: true,
            ..PLAIN
        };
        for key in ["r", "t", "l", "c", "v", "x"] {
            assert_eq!(read(key, "", command), None, "{key}");
        }
    }
}
