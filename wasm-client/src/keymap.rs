//! Which key does what: the shortcuts that Excalidraw and tldraw share, and the numbers.
//!
//! The one owner of shortcuts, wherever the keyboard is. Matches `KeyboardEvent.key`, and `code` only
//! where a keyboard layout without Latin letters would leave nothing to match.

use crate::boundary::{Command, Focus, Modifiers, ToolName};

/// Letters with marks and signs, as Latin layouts print them in places of their own.
const MARKED: std::ops::RangeInclusive<char> = '\u{A0}'..='\u{24F}';

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
    /// Nothing: what the browser would do with it is not wanted, and the board is not meant.
    Rest,
}

/// The keyboard, as far as its keys have told what it prints.
#[derive(Debug, Default)]
pub(crate) struct Keyboard {
    /// Whether the last letter was none of the Latin ones.
    foreign: bool,
}

impl Keyboard {
    /// Reads a key press; `None` when it is left to the browser, or to the field that has the keyboard.
    pub(crate) fn read(
        &mut self,
        key: &str,
        code: &str,
        modifiers: Modifiers,
        focus: Focus,
    ) -> Option<Key> {
        let key = self.printed(key, code).to_ascii_lowercase();
        let Modifiers {
            shift,
            alt,
            command,
        } = modifiers;
        if focus == Focus::Text
            && let Some(command) = in_text(&key, modifiers)
        {
            return Some(Key::Command(command));
        }
        let asked = match (command, shift, alt) {
            (true, shift, false) => with_command(&key, code, shift)?,
            (false, true, false) => with_shift(&key, code)?,
            (false, false, false) => plain(&key)?,
            _ => return None,
        };
        match focus {
            Focus::Board => Some(asked),
            Focus::Text if matches!(asked, Key::Escape) => Some(asked),
            _ if command => beside(asked, focus),
            _ => None,
        }
    }

    /// What a key prints, or stands for in a layout without Latin letters: what the commonest keyboard
    /// prints in its place. Digits too, which some layouts have only with Shift.
    fn printed<'a>(&mut self, key: &'a str, code: &'a str) -> &'a str {
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            return key;
        };
        let latin = letter.is_ascii() || MARKED.contains(&letter);
        let sign = letter.is_ascii() && !letter.is_ascii_alphabetic();
        if !sign {
            self.foreign = !latin;
        }
        let place = code.strip_prefix("Key");
        match (place, code) {
            // Arabic prints signs in the places of some letters, but so does Dvorak.
            (Some(place), _) if !latin || (self.foreign && sign) => place,
            (None, "Minus") if !latin => "-",
            (None, "Equal") if !latin => "=",
            (None, "BracketLeft") if !latin => "[",
            (None, "BracketRight") if !latin => "]",
            (None, code) if !letter.is_ascii() => code.strip_prefix("Digit").unwrap_or(key),
            _ => key,
        }
    }
}

/// What only the field of a text has: its end, and Tab as in every editor of code.
fn in_text(key: &str, modifiers: Modifiers) -> Option<Command> {
    match (key, modifiers.command, modifiers.alt) {
        ("enter", true, false) => Some(Command::EndText),
        ("tab", false, false) => Some(Command::Indent(modifiers.shift)),
        _ => None,
    }
}

/// What a key with Ctrl means where the keyboard is not the board's. What every field has of its own
/// stays the field's, the view is everybody's, and of the rest that the board has taken from the
/// browser nobody wants the browser's part, such as a bookmark for Ctrl+D.
fn beside(asked: Key, focus: Focus) -> Option<Key> {
    let Key::Command(command) = &asked else {
        return None;
    };
    match (command, focus) {
        // A text knows what others typed meanwhile; the browser's own undo does not.
        (Command::Undo | Command::Redo, Focus::Text) => Some(asked),
        (Command::Undo | Command::Redo | Command::SelectAll, _) => None,
        (_, Focus::Dialog) => Some(Key::Rest),
        (Command::ZoomIn | Command::ZoomOut | Command::ZoomReset, _) => Some(asked),
        _ => Some(Key::Rest),
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
        _ => match (bracket(key, code)?, shift) {
            (']', true) => Command::BringToFront,
            (_, true) => Command::SendToBack,
            (']', false) => Command::BringForward,
            (_, false) => Command::SendBackward,
        },
    };
    Some(Key::Command(command))
}

/// A bracket, by what is printed or else by its place: many layouts print it only with AltGr.
fn bracket(key: &str, code: &str) -> Option<char> {
    match (key, code) {
        ("[" | "{", _) => Some('['),
        ("]" | "}", _) => Some(']'),
        (_, "BracketLeft") => Some('['),
        (_, "BracketRight") => Some(']'),
        _ => None,
    }
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
    const COMMAND: Modifiers = Modifiers {
        command: true,
        ..PLAIN
    };
    const COMMAND_SHIFT: Modifiers = Modifiers {
        shift: true,
        ..COMMAND
    };
    const EVERYWHERE: [Focus; 4] = [Focus::Board, Focus::Text, Focus::Field, Focus::Dialog];

    /// A key on a keyboard of which nothing is known yet.
    fn read(key: &str, code: &str, modifiers: Modifiers, focus: Focus) -> Option<Key> {
        Keyboard::default().read(key, code, modifiers, focus)
    }

    fn command(key: &str, code: &str, modifiers: Modifiers, focus: Focus) -> Option<Command> {
        match read(key, code, modifiers, focus) {
            Some(Key::Command(command)) => Some(command),
            _ => None,
        }
    }

    /// What a key prints, what it prints with Shift, and its place.
    type Printed = (&'static str, &'static str, &'static str);

    /// What Z, Y and A print on keyboards, with Ctrl and with Ctrl and Shift.
    const LAYOUTS: [(&str, [Printed; 3]); 9] = [
        (
            "English",
            [("z", "Z", "KeyZ"), ("y", "Y", "KeyY"), ("a", "A", "KeyA")],
        ),
        (
            "German",
            [("z", "Z", "KeyY"), ("y", "Y", "KeyZ"), ("a", "A", "KeyA")],
        ),
        (
            "French",
            [("z", "Z", "KeyW"), ("y", "Y", "KeyY"), ("a", "A", "KeyQ")],
        ),
        (
            "Dvorak",
            [("z", "Z", "Slash"), ("y", "Y", "KeyT"), ("a", "A", "KeyA")],
        ),
        (
            "Russian",
            [("я", "Я", "KeyZ"), ("н", "Н", "KeyY"), ("ф", "Ф", "KeyA")],
        ),
        (
            "Greek",
            [("ζ", "Ζ", "KeyZ"), ("υ", "Υ", "KeyY"), ("α", "Α", "KeyA")],
        ),
        (
            "Hebrew",
            [("ז", "Z", "KeyZ"), ("ט", "Y", "KeyY"), ("ש", "A", "KeyA")],
        ),
        (
            "Arabic",
            [("ئ", "~", "KeyZ"), ("غ", "إ", "KeyY"), ("ش", "ِ", "KeyA")],
        ),
        (
            "Korean",
            [
                ("ㅋ", "ㅋ", "KeyZ"),
                ("ㅛ", "ㅛ", "KeyY"),
                ("ㅁ", "ㅁ", "KeyA"),
            ],
        ),
    ];

    #[test]
    fn undo_and_redo_are_the_same_keys_on_the_board_and_in_a_text_on_every_keyboard() {
        for (name, [(z, big_z, at_z), (y, _, at_y), (a, _, at_a)]) in LAYOUTS {
            for focus in [Focus::Board, Focus::Text] {
                let mut keyboard = Keyboard::default();
                let mut asked =
                    |key, code, modifiers| match keyboard.read(key, code, modifiers, focus) {
                        Some(Key::Command(command)) => Some(command),
                        _ => None,
                    };
                let what = format!("{name}, {focus:?}");
                assert_eq!(asked(z, at_z, COMMAND), Some(Command::Undo), "{what}");
                assert_eq!(asked(y, at_y, COMMAND), Some(Command::Redo), "{what}");
                assert_eq!(
                    asked(big_z, at_z, COMMAND_SHIFT),
                    Some(Command::Redo),
                    "{what}"
                );
            }
            let all = |focus| command(a, at_a, COMMAND, focus);
            assert_eq!(all(Focus::Board), Some(Command::SelectAll), "{name}");
            assert_eq!(all(Focus::Text), None, "a text selects its own letters");
        }
    }

    #[test]
    fn zooming_is_the_boards_wherever_the_keyboard_is_and_whatever_it_prints() {
        let keys = [
            ("=", "Equal", COMMAND, Command::ZoomIn),
            ("+", "Equal", COMMAND_SHIFT, Command::ZoomIn),
            ("+", "NumpadAdd", COMMAND, Command::ZoomIn),
            ("+", "BracketRight", COMMAND, Command::ZoomIn),
            ("-", "Minus", COMMAND, Command::ZoomOut),
            ("-", "Slash", COMMAND, Command::ZoomOut),
            ("-", "Digit6", COMMAND, Command::ZoomOut),
            ("0", "Digit0", COMMAND, Command::ZoomReset),
            ("à", "Digit0", COMMAND, Command::ZoomReset),
            ("é", "Digit0", COMMAND, Command::ZoomReset),
            ("٠", "Digit0", COMMAND, Command::ZoomReset),
            ("0", "Numpad0", COMMAND, Command::ZoomReset),
        ];
        for (key, code, modifiers, wanted) in keys {
            for focus in [Focus::Board, Focus::Text, Focus::Field] {
                let asked = command(key, code, modifiers, focus);
                assert_eq!(asked, Some(wanted.clone()), "{key} at {code}, {focus:?}");
            }
            let in_dialog = read(key, code, modifiers, Focus::Dialog);
            assert_eq!(in_dialog, Some(Key::Rest), "{key} at {code}");
        }
    }

    #[test]
    fn what_the_board_has_taken_from_the_browser_is_taken_everywhere() {
        let keys = [
            ("d", "KeyD", COMMAND),
            ("в", "KeyD", COMMAND),
            ("[", "BracketLeft", COMMAND),
            ("х", "BracketLeft", COMMAND),
            ("ü", "BracketLeft", COMMAND),
            ("[", "Minus", COMMAND),
            ("}", "BracketRight", COMMAND_SHIFT),
        ];
        for (key, code, modifiers) in keys {
            assert!(command(key, code, modifiers, Focus::Board).is_some());
            for focus in [Focus::Text, Focus::Field, Focus::Dialog] {
                let asked = read(key, code, modifiers, focus);
                assert_eq!(asked, Some(Key::Rest), "{key} at {code}, {focus:?}");
            }
        }
    }

    #[test]
    fn tab_is_the_texts_and_nobody_elses() {
        let shift = Modifiers {
            shift: true,
            ..PLAIN
        };
        for (modifiers, out) in [(PLAIN, false), (shift, true)] {
            let asked = |focus| command("Tab", "Tab", modifiers, focus);
            assert_eq!(asked(Focus::Text), Some(Command::Indent(out)));
            for focus in [Focus::Board, Focus::Field, Focus::Dialog] {
                assert_eq!(asked(focus), None, "{focus:?}");
            }
        }
    }

    #[test]
    fn a_field_keeps_its_own_keys() {
        let typed = [
            ("r", "KeyR"),
            ("к", "KeyR"),
            ("1", "Digit1"),
            (" ", "Space"),
            ("-", "Minus"),
            ("Delete", "Delete"),
            ("Backspace", "Backspace"),
            ("ArrowLeft", "ArrowLeft"),
            ("Enter", "Enter"),
        ];
        let shift = Modifiers {
            shift: true,
            ..PLAIN
        };
        for focus in [Focus::Text, Focus::Field, Focus::Dialog] {
            for (key, code) in typed {
                for modifiers in [PLAIN, shift] {
                    assert_eq!(read(key, code, modifiers, focus), None, "{key}, {focus:?}");
                }
            }
        }
        for focus in [Focus::Field, Focus::Dialog] {
            for key in ["z", "y", "a"] {
                assert_eq!(read(key, "", COMMAND, focus), None, "{key}, {focus:?}");
            }
            assert_eq!(read("Escape", "Escape", PLAIN, focus), None);
        }
    }

    #[test]
    fn a_text_is_finished_by_escape_and_by_enter_with_ctrl() {
        assert_eq!(
            read("Escape", "Escape", PLAIN, Focus::Text),
            Some(Key::Escape)
        );
        for modifiers in [COMMAND, COMMAND_SHIFT] {
            let asked = command("Enter", "Enter", modifiers, Focus::Text);
            assert_eq!(asked, Some(Command::EndText));
        }
        assert_eq!(read("Enter", "Enter", COMMAND, Focus::Board), None);
    }

    #[test]
    fn letters_work_without_latin_letters_on_the_keyboard() {
        let on_board = |key| read(key, "KeyR", PLAIN, Focus::Board);
        let rectangle = Some(Key::Command(Command::Tool(ToolName::Rectangle)));
        for key in ["r", "R", "к", "ρ", "ר", "ق", "ㄱ"] {
            assert_eq!(on_board(key), rectangle, "{key}");
        }
    }

    #[test]
    fn another_latin_layout_means_what_it_prints() {
        let asked = |key, code, modifiers| read(key, code, modifiers, Focus::Board);
        // AZERTY prints `a` where QWERTY has `q`, Bépo `è` where it has `t` and `à` where it has `a`.
        assert_eq!(
            asked("a", "KeyQ", COMMAND),
            Some(Key::Command(Command::SelectAll))
        );
        assert_eq!(asked("è", "KeyT", PLAIN), None);
        assert_eq!(asked("à", "KeyA", COMMAND), None);
        assert_eq!(asked(";", "KeyZ", COMMAND), None, "Dvorak");
        assert_eq!(asked("ü", "BracketLeft", PLAIN), None, "German");
    }

    #[test]
    fn browser_shortcuts_are_left_alone() {
        for focus in EVERYWHERE {
            for key in ["r", "t", "l", "c", "v", "x", "f", "g", "p", "s", "w", "F5"] {
                assert_eq!(read(key, "", COMMAND, focus), None, "{key}");
            }
        }
    }
}
