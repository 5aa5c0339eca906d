//! `drawbridge import`: what a file holds, on a board, whether or not a server runs.
//!
//! Owns the order: files before what shows them, and the elements in one change, so that all of it is
//! there or nothing.

use std::path::{Path, PathBuf};

use anyhow::Context;
use board::document::Document;
use board::id::{BoardId, RANDOM_NAME};
use clap::Args;
use interchange::{BundledFile, Format, fresh};

use crate::commands::operate;
use crate::convert::{bits, bring, format, input, named, tell};
use crate::flags::{Data, board};
use crate::say;

/// What to bring where.
#[derive(Debug, Args)]
#[command(after_help = "\
Reads what `drawbridge convert` reads. On a board that has something already it is put beside that, under \
new names; a .drawbridge file on one that has nothing is that very board.")]
pub(crate) struct Import {
    #[command(flatten)]
    data: Data,
    /// The file to read; - is standard input.
    input: PathBuf,
    /// The board to put it on, which need not exist; without this, a new one.
    #[arg(long, value_name = "NAME", value_parser = board, allow_hyphen_values = true)]
    board: Option<BoardId>,
    /// What the file is; else its name says it, or what it begins with.
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    from: Option<Format>,
}

/// Brings it.
pub(crate) fn import(asked: Import) -> anyhow::Result<()> {
    let (bytes, format) = input(&asked.input, asked.from)?;
    let brought = bring(&bytes, format)
        .with_context(|| format!("cannot read {}", named(&asked.input, "the input")))?;
    drop(bytes);
    // Also of a file of which nothing is left: it says why.
    tell(&brought.losses, &[]);
    anyhow::ensure!(
        !brought.document.elements().is_empty(),
        "there is nothing in {}",
        named(&asked.input, "the input")
    );
    let board = match asked.board {
        Some(board) => board,
        None => new_board()?,
    };
    let way = match brought.is_whole {
        true => Way::Exactly,
        false => Way::Anew,
    };
    let directory = &asked.data.directory;
    let put = put(directory, &board, brought.document, brought.files, way);
    put.with_context(|| format!("cannot put anything on {board}"))?;
    say(format_args!("{board}"));
    Ok(())
}

fn new_board() -> anyhow::Result<BoardId> {
    let mut random = [0; RANDOM_NAME];
    getrandom::fill(&mut random)?;
    Ok(BoardId::from_random(random))
}

/// How a board comes onto another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As that very document, where there is nothing yet; else as [`Self::Anew`].
    Exactly,
    /// What lives on it, under new names.
    Anew,
}

/// Puts a board that is in no store on one that is.
pub(crate) fn put(
    data: &Path,
    board: &BoardId,
    source: Document,
    files: Vec<BundledFile>,
    way: Way,
) -> anyhow::Result<()> {
    let seed = bits()?;
    operate(data, async |operator| {
        let mut session = operator.join(board).await?;
        for file in &files {
            let bytes = file.bytes.clone();
            operator
                .put(board, &file.hash, &file.picture, bytes)
                .await?;
        }
        let mut random = fastrand::Rng::with_seed(seed as u64);
        let put = move |target: &mut Document| {
            if way == Way::Exactly && target.elements().is_empty() {
                // It was applied to an empty document when it was read.
                if target.apply(&source.replica().encode()).is_ok() {
                    return;
                }
            }
            let mut random = || random.u128(..);
            fresh::put_on(target, &source, &files, &mut random);
        };
        session.bring(put).await
    })
}
