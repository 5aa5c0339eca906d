//! The engine: `wasm-client` as WebAssembly with its JavaScript and TypeScript faces.
//!
//! Owns `web/src/engine`. Uses wasm-bindgen as a library, so there is no tool to install
//! and no version to disagree with the crate's.

mod halves;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{cargo, program};
use crate::report::Outcome;
use crate::stamp;

const TARGET: &str = "wasm32-unknown-unknown";
const BUILT: &str = "target/wasm32-unknown-unknown/wasm/wasm_client.wasm";
const ENGINE: &str = "web/src/engine";
/// What is fetched when somebody has a file, or wants one: a crate `wasm-…` each.
const MODULES: [&str; 5] = ["readers", "tldraw", "svg", "writers", "pictures"];
const MODULES_AT: &str = "web/src/modules";
/// The boards that one can start with, and their pictures.
const TEMPLATES: &str = "web/src/templates";

/// Builds the engine and writes what the page imports, if it changed.
pub(crate) fn build() -> Result<Outcome> {
    add_target()?;
    cargo()
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remap()?)
        .args(["build", "--locked", "-p", "wasm-client"])
        .args(["--target", TARGET, "--profile", "wasm"])
        .run()?;
    // What the page shows of the engine's tables before the engine has come.
    cargo()
        .args(["run", "--quiet", "--locked", "-p", "wasm-client"])
        .args(["--example", "tables", "--", ENGINE])
        .run()?;
    cargo()
        .args(["run", "--quiet", "--locked", "-p", "templates"])
        .args(["--", TEMPLATES])
        .run()?;
    let outputs = [
        &format!("{ENGINE}/wasm_client.js"),
        &format!("{ENGINE}/wasm_client.d.ts"),
        &format!("{ENGINE}/wasm_client_bg.wasm"),
        &format!("{ENGINE}/wasm_client_late.wasm"),
    ];
    let inputs = [BUILT, "Cargo.lock", "xtask/src/wasm.rs", "xtask/src/wasm"];
    let engine = stamp::unless_fresh("engine", &inputs, &outputs.map(String::as_str), bind)?;
    for module in MODULES {
        build_module(module)?;
    }
    Ok(engine)
}

/// Builds one by itself: what it needs of a library must not get into the engine.
fn build_module(name: &str) -> Result<()> {
    cargo()
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remap()?)
        .args(["build", "--locked", "-p", &format!("wasm-{name}")])
        .args(["--target", TARGET, "--profile", "wasm"])
        .run()?;
    let built = format!("target/{TARGET}/wasm/wasm_{name}.wasm");
    let outputs = ["wasm_{}.js", "wasm_{}_bg.wasm"]
        .map(|file| format!("{MODULES_AT}/{}", file.replace("{}", name)));
    let inputs = [&built, "Cargo.lock", "xtask/src/wasm.rs"];
    stamp::unless_fresh(
        name,
        &inputs,
        &outputs.each_ref().map(String::as_str),
        || {
            println!("   writing {MODULES_AT}/wasm_{name}");
            fs::create_dir_all(MODULES_AT)?;
            Bindgen::new()
                .input_path(&built)
                .web(true)?
                .typescript(true)
                .omit_default_module_path(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(MODULES_AT)
        },
    )?;
    Ok(())
}

/// Where this machine keeps the sources is nobody's business and costs bytes: crates begin with
/// their name, and the standard library as in its own object code, whether its sources are here or not.
fn remap() -> Result<String> {
    let crates = cargo_home()?.join("registry/src");
    let sysroot = program("rustc").args(["--print", "sysroot"]).output()?;
    let version = program("rustc").args(["--version", "--verbose"]).output()?;
    let commit = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "))
        .unwrap_or_default();
    Ok(format!(
        "--remap-path-prefix={}= --remap-path-prefix={}/lib/rustlib/src/rust=/rustc/{commit}",
        crates.display(),
        sysroot.trim(),
    ))
}

/// Where Cargo keeps what it fetches.
fn cargo_home() -> Result<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = || std::env::home_dir().map(|home| home.join(".cargo"));
    set.or_else(home)
        .context("finding Cargo's home: set CARGO_HOME")
}

fn bind() -> Result<()> {
    println!("   writing {ENGINE}");
    fs::create_dir_all(ENGINE)?;
    Bindgen::new()
        .input_path(BUILT)
        .web(true)?
        .typescript(true)
        // After a trap the page starts a fresh instance of the same module.
        .reset_state_function(true)
        // `init()` finds the file itself, by a URL that Vite sees and gives a hashed name.
        .omit_default_module_path(false)
        // They say which functions are late.
        .remove_name_section(false)
        .remove_producers_section(true)
        .generate(ENGINE)?;
    cut()
}

/// How the names of functions begin that nobody needs to see a board and draw on it with a pen.
const LATE: &[&str] = &[
    // All that actions do, but for taking a tool.
    "wasm_client::actions::rows::ACTIONS::late",
    "wasm_client::editor::addresses::",
    "wasm_client::editor::clips::",
    "wasm_client::editor::colors::",
    "wasm_client::editor::cropping::<impl wasm_client::editor::Editor>::in_own_size",
    "wasm_client::editor::cropping::<impl wasm_client::editor::Editor>::paint_crop",
    "wasm_client::editor::cuts::",
    "wasm_client::editor::daylight::<impl wasm_client::editor::Editor>::find_daylight",
    "wasm_client::editor::edits::<impl wasm_client::editor::Editor>::commit_drag",
    "wasm_client::editor::edits::<impl wasm_client::editor::Editor>::put_instead",
    "wasm_client::editor::edits::<impl wasm_client::editor::Editor>::recognised",
    "wasm_client::editor::edits::<impl wasm_client::editor::Editor>::tie",
    "wasm_client::editor::edits::<impl wasm_client::editor::Editor>::fill_one",
    "wasm_client::editor::fill::",
    "wasm_client::editor::holding::left_by",
    "wasm_client::editor::holding::<impl wasm_client::editor::Editor>::deletion",
    "wasm_client::editor::holding::<impl wasm_client::editor::Editor>::hold_all",
    "wasm_client::editor::holding::<impl wasm_client::editor::Editor>::lift_into",
    "wasm_client::editor::holding::<impl wasm_client::editor::Editor>::make_frame",
    "wasm_client::editor::images::",
    "wasm_client::editor::imports::",
    "wasm_client::editor::landing::",
    "wasm_client::editor::afloat::",
    "wasm_client::editor::edits::<impl wasm_client::editor::Editor>::differences",
    "wasm_client::editor::order::",
    "wasm_client::editor::stand_ins::StandIns::leave_words",
    "wasm_client::editor::stand_ins::<impl wasm_client::editor::Editor>::drag_anew",
    "wasm_client::editor::stand_ins::<impl wasm_client::editor::Editor>::moved_now",
    "wasm_client::editor::text::<impl wasm_client::editor::Editor>::type_in",
    "wasm_client::editor::overlay::",
    "wasm_client::editor::notes::<impl wasm_client::editor::Editor>::write_note",
    "wasm_client::editor::acts::<impl wasm_client::editor::Editor>::point_out",
    "wasm_client::editor::looks::<impl wasm_client::editor::Editor>::look_at_person",
    "wasm_client::peers::Peers::pointer_of",
    "wasm_client::editor::place::<impl wasm_client::editor::Editor>::set_place::",
    "wasm_client::editor::style::<impl wasm_client::editor::Editor>::restyle::",
    "wasm_client::editor::style::<impl wasm_client::editor::Editor>::commit_trial::",
    "wasm_client::tool::dropper::",
    "wasm_client::tool::eraser::",
    "wasm_client::tool::lasso::",
    "wasm_client::tool::laser::",
    "wasm_client::tool::bend::",
    "wasm_client::tool::crop::",
    "wasm_client::tool::grip::Grip::label_of",
    "wasm_client::tool::grip::Grip::moved",
    "wasm_client::tool::grip::Grip::on",
    "wasm_client::tool::grip::Grip::outcome",
    "wasm_client::tool::leg::",
    "wasm_client::tool::path::",
    "wasm_client::tool::select::Select::down::",
    "wasm_client::tool::select::Select::dragged::",
    "wasm_client::tool::select::Select::up::",
    "wasm_client::tool::select::below",
    "wasm_client::tool::select::crossed",
    "wasm_client::tool::shape::Shape::input::",
    "wasm_client::badge::",
    "scene::daylight::Daylight::",
    "scene::scene::Scene::nearest",
    "scene::scene::family::<impl scene::scene::Scene>::carried",
    "scene::scene::family::<impl scene::scene::Scene>::key_above",
    "scene::scene::family::<impl scene::scene::Scene>::target",
    "scene::scene::holds::<impl scene::scene::Scene>::moved",
    "scene::scene::node::Node::crosses",
    "scene::scene::node::Node::lift",
    "scene::scene::node::Node::reframe",
    "scene::scene::node::Node::unclip",
    "scene::scene::seen::Seen::box_of",
    "scene::scene::seen::Seen::some_elsewhere",
    "wasm_client::handles::Frame::around",
    "wasm_client::handles::Frame::contains",
    "wasm_client::handles::Frame::edge_at",
    "wasm_client::handles::Frame::cursor",
    "wasm_client::handles::Frame::handle",
    "wasm_client::handles::Frame::turns",
    "wasm_client::handles::Frame::middle_of",
    "wasm_client::handles::middles",
    "wasm_client::handles::point_handles",
    "wasm_client::handles::box_handles",
    "wasm_client::clipboard::",
    "wasm_client::binding::",
    "wasm_client::cutting::",
    "scene::frame_names::",
    "wasm_client::laser::",
    "wasm_client::look::",
    "wasm_client::recognise::recognise",
    "wasm_client::recognise::tip_of",
    "wasm_client::style_memory::StyleMemory::write",
    "wasm_client::snap::Snapper::snapped",
    "wasm_client::snap::gaps::",
    "wasm_client::snap::guides::Guides::paint_some",
    "wasm_client::typing::",
    "wasm_client::vertices::",
    "wasm_client::editor::choosing::<impl wasm_client::editor::Editor>::beside_selection",
    "wasm_client::editor::choosing::<impl wasm_client::editor::Editor>::names_of_selection",
    "wasm_client::editor::choosing::<impl wasm_client::editor::Editor>::select_again",
    "wasm_client::editor::choosing::<impl wasm_client::editor::Editor>::walk::",
    "board::document::joint::",
    "board::element::label::<impl board::element::Element>::widen_for_words",
    "board::geometry::Geometry::clip",
    "board::history::revert",
    "board::bound::elbow",
    "elbow::",
    "board::text_layout::Layout::cells",
    "board::text_layout::Layout::offset_at",
    "board::text_layout::Layout::selected",
    "board::picture::",
    "board::record::",
    "board::transform::",
    // What a panic says; numbers as text; sines of angles beyond any that somebody has.
    "core::str::slice_error_fail_rt",
    "str as core::fmt::Debug",
    "core::num::flt2dec::",
    "core::fmt::float::",
    "compiler_builtins::math::libm_math::rem_pio2_large",
];

/// The name of a function without the digests of crates, and of a method without its brackets.
fn plain(name: &str) -> String {
    let mut pieces = name.trim_start_matches('<').split('[');
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| piece.split_once(']').map_or(piece, |(_, rest)| rest));
    std::iter::once(first).chain(rest).collect()
}

/// Has what is late come in a module of its own.
fn cut() -> Result<()> {
    let (whole, late) = (
        format!("{ENGINE}/wasm_client_bg.wasm"),
        format!("{ENGINE}/wasm_client_late.wasm"),
    );
    let is_late = |name: &str| LATE.iter().any(|start| plain(name).starts_with(start));
    let halves = halves::cut(&fs::read(&whole)?, is_late)?;
    fs::write(whole, halves.first)?;
    fs::write(late, halves.late)?;
    for (face, line) in [
        ("js", "export function exportsNow() { return wasm; }"),
        (
            "d.ts",
            "/** What the running instance exports. */\nexport function exportsNow(): WebAssembly.Exports;",
        ),
    ] {
        let path = format!("{ENGINE}/wasm_client.{face}");
        let text = fs::read_to_string(&path)?;
        fs::write(path, format!("{text}\n{line}\n"))?;
    }
    Ok(())
}

/// A toolchain without rustup may have the target anyhow, so only a failed build complains.
fn add_target() -> Result<()> {
    let Ok(installed) = program("rustup")
        .args(["target", "list", "--installed"])
        .output()
    else {
        return Ok(());
    };
    if installed.lines().any(|line| line == TARGET) {
        return Ok(());
    }
    program("rustup").args(["target", "add", TARGET]).run()
}
