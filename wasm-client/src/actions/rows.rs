//! The rows of the table of actions. Owns nothing else; what the columns mean is the parent's.

#[cfg(not(target_arch = "wasm32"))]
use super::Group::{Align, Arrange, Edit, Hold, More, Page, Picture, Text, Tools, View};
use super::Heard::{Board, Browser, Everywhere, Taken, Writing};
use super::Nature::{Asks, Edits, Looks, Steps, Takes, Types};
use super::{Action, Heard};
use crate::boundary::ToolName;
use crate::editor::Editor;
use crate::editor::align::{Axis, Even, Part};
use crate::editor::flow::Side;
use crate::editor::order::Way;

/// Makes the array of rows, so that a row is a line.
macro_rules! table {
    ($($group:ident $id:literal $(as $words:literal)? $icon:literal $keys:tt $also:tt $heard:expr, $nature:ident $when:ident $does:ident$args:tt;)*) => {
        &[$(Action {
            id: $id,
            #[cfg(not(target_arch = "wasm32"))]
            group: $group,
            #[cfg(not(target_arch = "wasm32"))]
            words: table!(@words $id $($words)?),
            #[cfg(not(target_arch = "wasm32"))]
            icon: $icon,
            keys: &$keys,
            also: &$also,
            heard: $heard,
            nature: $nature,
            when: Editor::$when,
            does: table!(@call $does $args),
        }),*]
    };
    (@words $id:literal) => { $id };
    (@words $id:literal $words:literal) => { $words };
    // Their names say which of them may come late: see `LATE` in xtask/src/wasm.rs.
    (@call take ($tool:expr)) => {{
        fn at_once(editor: &mut Editor) {
            editor.take($tool);
        }
        at_once
    }};
    (@call $does:ident ($($arg:expr),*)) => {{
        fn late(editor: &mut Editor) {
            editor.$does($($arg),*);
        }
        late
    }};
}

/// Everything that a person can ask for.
pub(crate) const ACTIONS: &[Action] = table! {
//  group   id                 icon              keys                     also                        heard       nature when      does
    Tools   "select"           "MousePointer2"   ["v", "1"]               []                          Board,      Takes  always    take(ToolName::Select);
    Tools   "hand"             "Hand"            ["h"]                    []                          Board,      Takes  always    take(ToolName::Hand);
    Tools   "pen"              "Pencil"          ["p", "d", "7"]          ["x", "b"]                  Board,      Takes  always    take(ToolName::Pen);
    Tools   "eraser"           "Eraser"          ["e", "0"]               []                          Board,      Takes  always    take(ToolName::Eraser);
    Tools   "text"             "Type"            ["t", "8"]               []                          Board,      Takes  always    take(ToolName::Text);
    Tools   "note"             "StickyNote"      ["n"]                    []                          Board,      Takes  always    take(ToolName::Note);
    Tools   "rectangle"        "Square"          ["r", "2"]               []                          Board,      Takes  always    take(ToolName::Rectangle);
    Tools   "ellipse"          "Circle"          ["o", "4"]               []                          Board,      Takes  always    take(ToolName::Ellipse);
    Tools   "shape"            "Diamond"         ["g", "3"]               []                          Board,      Takes  always    take(ToolName::Shape);
    Tools   "line"             "Slash"           ["l", "6"]               []                          Board,      Takes  always    take(ToolName::Line);
    Tools   "arrow"            "MoveUpRight"     ["a", "5"]               []                          Board,      Takes  always    take(ToolName::Arrow);

    More    "frame"            "Frame"           ["f"]                    []                          Board,      Takes  always    take(ToolName::Frame);
    More    "highlighter"      "Highlighter"     ["shift+d"]              []                          Board,      Takes  always    take(ToolName::Highlighter);
    More    "cutter"           "Scissors"        ["shift+e"]              []                          Board,      Takes  always    take(ToolName::Cutter);
    More    "lasso"            "Lasso"           ["shift+l"]              []                          Board,      Takes  always    take(ToolName::Lasso);
    More    "laser"            "Zap"             ["k"]                    []                          Board,      Takes  always    take(ToolName::Laser);
    More    "bucket"           "PaintBucket"     ["shift+b"]              []                          Board,      Takes  always    take(ToolName::Bucket);
    More    "eyedropper"       "Pipette"         ["i"]                    []                          Board,      Takes  always    take(ToolName::Eyedropper);
    More    "insertImage"      "ImagePlus"       ["9"]                    []                          Board,      Asks   always    left_to_the_page();

    Edit    "keepTool"         "Pin"             ["q"]                    []                          Board,      Looks  always    keep_tool();
    Edit    "undo"             "Undo2"           ["mod+z"]                []                          Writing,    Steps  undoable  undo();
    Edit    "redo"             "Redo2"           ["mod+shift+z", "mod+y"] []                          Writing,    Steps  redoable  redo();
    Edit    "selectAll"        ""                ["mod+a"]                []                          Board,      Edits  always    select_all();
    Edit    "selectKind"       ""                []                       []                          Board,      Looks  selected  select_kind();
    Edit    "selectStyle"      ""                []                       []                          Board,      Looks  selected  select_style();
    Edit    "walkOn" as "walk" ""                ["tab"]                  []                          Board,      Looks  walks     walk(false);
    Edit    "walkBack" as "walk" ""              ["shift+tab"]            []                          Board,      Looks  walks     walk(true);
    Edit    "escape"           ""                ["escape"]               []                          Writing,    Looks  always    escape();
    Edit    "copy"             "Copy"            ["mod+c"]                []                          Browser,    Looks  selected  copy();
    Edit    "cut"              "Scissors"        ["mod+x"]                []                          Browser,    Edits  changeable cut();
    Edit    "paste"            "ClipboardPaste"  ["mod+v"]                []                          Browser,    Asks   always    left_to_the_page();
    Edit    "copyPng"          "Image"           ["alt+shift+c"]          []                          Board,      Asks   always    left_to_the_page();
    Edit    "copySvg"          "FileCode"        []                       []                          Board,      Asks   always    left_to_the_page();
    Edit    "copyExcalidraw"   "ClipboardCopy"   []                       []                          Board,      Asks   always    left_to_the_page();
    Edit    "openLink"         "ExternalLink"    ["alt+enter"]            []                          Board,      Looks  leads     open_link();
    Edit    "copyLink"         "LocateFixed"     []                       []                          Board,      Looks  only_one  copy_link();
    Edit    "copyStyle"        "Pipette"         ["mod+alt+c"]            []                          Board,      Looks  selected  copy_style();
    Edit    "pasteStyle"       "Paintbrush"      ["mod+alt+v"]            []                          Board,      Edits  sampled   paste_style();
    Edit    "enter"            ""                ["enter"]                []                          Board,      Edits  enters    enter();
    Edit    "write"            ""                ["f2"]                   []                          Board,      Edits  text_held write();
    Edit    "addLabel"         "Type"            []                       []                          Board,      Edits  unlabelled write();
    Edit    "editText"         "Type"            []                       []                          Board,      Edits  worded    write();
    Edit    "enterOther"       ""                ["mod+enter"]            ["mod+shift+enter"]         Board,      Edits  has_points enter_other();
    Edit    "points"           "Spline"          []                       []                          Board,      Looks  has_points turn_points();
    Edit    "nudgeLeft" as "nudge" ""              ["arrowleft"]            []                          Board,      Edits  changeable nudge(-1.0, 0.0);
    Edit    "nudgeUp" as "nudge" ""              ["arrowup"]              []                          Board,      Edits  changeable nudge(0.0, -1.0);
    Edit    "nudgeDown" as "nudge" ""              ["arrowdown"]            []                          Board,      Edits  changeable nudge(0.0, 1.0);
    Edit    "nudgeRight" as "nudge" ""              ["arrowright"]           []                          Board,      Edits  changeable nudge(1.0, 0.0);
    Edit    "nudgeFarLeft" as "nudgeFar" "" ["shift+arrowleft"]      []                          Board,      Edits  changeable nudge(-10.0, 0.0);
    Edit    "nudgeFarUp" as "nudgeFar" "" ["shift+arrowup"]        []                          Board,      Edits  changeable nudge(0.0, -10.0);
    Edit    "nudgeFarDown" as "nudgeFar" "" ["shift+arrowdown"]      []                          Board,      Edits  changeable nudge(0.0, 10.0);
    Edit    "nudgeFarRight" as "nudgeFar" "" ["shift+arrowright"]     []                          Board,      Edits  changeable nudge(10.0, 0.0);
    Edit    "flowLeft" as "flow" ""  ["mod+arrowleft"] [] Taken, Edits flows flow(Side::Left);
    Edit    "flowUp" as "flow" ""  ["mod+arrowup"] [] Taken, Edits flows flow(Side::Up);
    Edit    "flowRight" as "flow" ""  ["mod+arrowright"] [] Taken, Edits flows flow(Side::Right);
    Edit    "flowDown" as "flow" ""  ["mod+arrowdown"] [] Taken, Edits flows flow(Side::Down);
    Edit    "walkLeft" as "walkArrows" ""  ["alt+arrowleft"] [] Board, Looks selected walk_arrows(Side::Left);
    Edit    "walkUp" as "walkArrows" ""  ["alt+arrowup"] [] Board, Looks selected walk_arrows(Side::Up);
    Edit    "walkRight" as "walkArrows" ""  ["alt+arrowright"] [] Board, Looks selected walk_arrows(Side::Right);
    Edit    "walkDown" as "walkArrows" ""  ["alt+arrowdown"] [] Board, Looks selected walk_arrows(Side::Down);

    Arrange "sendToBack"       "ArrowDownToLine" ["mod+shift+["]          ["mod+shift+{", "["]        Taken,      Edits  changeable reorder(Way::ToBack);
    Arrange "sendBackward"     "ArrowDown"       ["mod+["]                ["mod+{"]                   Taken,      Edits  changeable reorder(Way::Backward);
    Arrange "bringForward"     "ArrowUp"         ["mod+]"]                ["mod+}"]                   Taken,      Edits  changeable reorder(Way::Forward);
    Arrange "bringToFront"     "ArrowUpToLine"   ["mod+shift+]"]          ["mod+shift+}", "]"]        Taken,      Edits  changeable reorder(Way::ToFront);
    Arrange "duplicate"        "CopyPlus"        ["mod+d"]                []                          Taken,      Edits  selected  duplicate();
    Arrange "delete"           "Trash"           ["delete"]               ["backspace"]               Board,      Edits  deletable delete();


    Hold    "group"            "Group"           ["mod+g"]                []                          Taken,      Edits  several   group();
    Hold    "ungroup"          "Ungroup"         ["mod+shift+g"]          []                          Taken,      Edits  grouped   ungroup();
    Hold    "frameSelection"   "Frame"           []                       []                          Board,      Edits  changeable frame_selection();
    Hold    "removeFrame"      "SquareX"         []                       []                          Board,      Edits  framed    remove_frame();
    Hold    "lock"             "Lock"            []                       []                          Board,      Edits  changeable lock(true);
    Hold    "unlock"           "LockOpen"        []                       []                          Board,      Edits  all_locked lock(false);
    Hold    "link"             "Link"            ["mod+k"]                []                          Taken,      Edits  linkable  ask_address();
    Edit    "turnLock"         ""                ["mod+shift+l"]          []                          Taken,      Edits  selected  turn_lock();

    Picture "crop"             "Crop"            []                       []                          Board,      Edits  holds_image turn_points();
    Picture "replaceImage"     "ImageUp"         []                       []                          Board,      Asks   holds_image left_to_the_page();
    Picture "resetCrop"        "Expand"          []                       []                          Board,      Edits  holds_cropped reset_crop();
    Picture "resetSize"        "Scaling"         []                       []                          Board,      Edits  holds_resized reset_size();

    Align   "alignLeft"        "AlignStartVertical"    ["alt+a"]        ["mod+shift+arrowleft"]     Board,      Edits  several   align(Axis::Across, Part::Start);
    Align   "alignCentre"      "AlignCenterVertical"   ["alt+h"]        []                          Board,      Edits  several   align(Axis::Across, Part::Middle);
    Align   "alignRight"       "AlignEndVertical"      ["alt+d"]        ["mod+shift+arrowright"]    Board,      Edits  several   align(Axis::Across, Part::End);
    Align   "alignTop"         "AlignStartHorizontal"  ["alt+w"]        ["mod+shift+arrowup"]       Board,      Edits  several   align(Axis::Down, Part::Start);
    Align   "alignMiddle"      "AlignCenterHorizontal" ["alt+v"]        []                          Board,      Edits  several   align(Axis::Down, Part::Middle);
    Align   "alignBottom"      "AlignEndHorizontal"    ["mod+shift+arrowdown"] []        Board,      Edits  several   align(Axis::Down, Part::End);
    Align   "spaceAcross"      "AlignHorizontalSpaceBetween" ["alt+shift+h"] []                     Board,      Edits  many      distribute(Axis::Across, Even::Gaps);
    Align   "spaceDown"        "AlignVerticalSpaceBetween" ["alt+shift+v"] []                       Board,      Edits  many      distribute(Axis::Down, Even::Gaps);
    Align   "centresAcross"    "AlignHorizontalDistributeCenter" [] []                              Board,      Edits  many      distribute(Axis::Across, Even::Centres);
    Align   "centresDown"      "AlignVerticalDistributeCenter" [] []                                Board,      Edits  many      distribute(Axis::Down, Even::Centres);
    Align   "flipAcross"       "FlipVertical2" ["shift+h"]      []                          Board,      Edits  changeable flip(Axis::Across);
    Align   "flipDown"         "FlipHorizontal2"       ["shift+v"]      []                          Board,      Edits  changeable flip(Axis::Down);

    Text    "endText"          ""                ["mod+enter"]            ["mod+shift+enter"]         Heard::Text, Types always    end_typing();
    Text    "indent"           ""                ["tab"]                  []                          Heard::Text, Types always    indent(false);
    Text    "outdent"          ""                ["shift+tab"]            []                          Heard::Text, Types always    indent(true);

    View    "pan"              ""                [" "]                    []                          Board,      Looks  always    hold_space();
    View    "zoomOut"          "Minus"           ["mod+-"]                ["mod+shift+-", "mod+_", "mod+shift+_", "-"] Heard::View, Looks always zoom_step(false);
    View    "zoomReset"        ""                ["mod+0"]                ["mod+shift+0", "shift+0"]  Heard::View, Looks always    zoom_reset();
    View    "zoomIn"           "Plus"            ["mod++"]                ["mod+shift++", "mod+=", "mod+shift+=", "=", "shift++"] Heard::View, Looks always zoom_step(true);
    View    "zoomToFit"        "Maximize"        ["shift+1"]              []                          Board,      Looks  always    zoom_to_fit();
    View    "zoomToSelection"  ""                ["shift+2"]              []                          Board,      Looks  always    zoom_to_selection();
    View    "showStep"         ""                []                       []                          Board,      Looks  unseen    show_step();
    View    "dots"             "Grip"            ["mod+'"]                []                          Taken,      Asks   always    left_to_the_page();
    View    "snap"             "Magnet"          ["alt+s"]                []                          Board,      Asks   always    left_to_the_page();
    View    "turnTheme"        ""                ["alt+shift+d"]          []                          Board,      Asks   always    left_to_the_page();

    Page    "newBoard"         "FilePlus"        []                       []                          Board,      Asks   always    left_to_the_page();
    Page    "yourBoards"       "LayoutGrid"      []                       []                          Board,      Asks   always    left_to_the_page();
    Page    "openFile"         "FolderOpen"      ["mod+o"]                []                          Board,      Asks   always    left_to_the_page();
    Page    "saveDrawbridge"   "Download"        []                       []                          Board,      Asks   always    left_to_the_page();
    Page    "saveExcalidraw"   "Download"        []                       []                          Board,      Asks   always    left_to_the_page();
    Page    "exportPicture"    "ImageDown"       ["mod+shift+e"]          []                          Taken,      Asks   always    left_to_the_page();
    Page    "rename"           "PencilLine"      []                       []                          Board,      Asks   always    left_to_the_page();
    Page    "nextPart" as "parts" ""         ["f6"]                   []                          Everywhere, Asks   always    left_to_the_page();
    Page    "partBefore" as "parts" ""       ["shift+f6"]             []                          Everywhere, Asks   always    left_to_the_page();
    Page    "help"             "CircleQuestionMark" ["?"]                    ["shift+?"]                 Board,      Asks   always    left_to_the_page();
};
