//! `drawbridge export` and `copy`: a stored board as a file, and as another board.
//!
//! Owns how a board is read past a running server. Files are written as `convert` writes them.

use std::path::{Path, PathBuf};

use anyhow::Context;
use board::id::BoardId;
use clap::Args;
use drawbridge_server::made;
use drawbridge_server::store::sqlite::upkeep::{self, Kept};
use interchange::BundledFile;

use crate::convert::{Brought, Wanted, target, write};
use crate::flags::{Data, board};
use crate::import::{Way, put};
use crate::{complain, say};

/// Which board, and what to write.
#[derive(Debug, Args)]
#[command(after_help = "\
  drawbridge export plan plan.pdf --pages
  drawbridge export plan - --to excalidraw > plan.excalidraw

A deleted board can be exported until it is removed.")]
pub(crate) struct Export {
    #[command(flatten)]
    data: Data,
    /// The board's name.
    #[arg(value_parser = board, allow_hyphen_values = true)]
    board: BoardId,
    /// The file to write; - is standard output.
    output: PathBuf,
    #[command(flatten)]
    wanted: Wanted,
}

/// Which board becomes which.
#[derive(Debug, Args)]
pub(crate) struct Copy {
    #[command(flatten)]
    data: Data,
    /// The board's name.
    #[arg(value_parser = board, allow_hyphen_values = true)]
    board: BoardId,
    /// The board to put it on, which need not exist: beside what is there.
    #[arg(value_parser = board, allow_hyphen_values = true)]
    onto: BoardId,
}

/// Writes a board as a file.
pub(crate) fn export(asked: &Export) -> anyhow::Result<()> {
    let target = target(&asked.wanted, &asked.output)?;
    let stored = stored(&asked.data.directory, &asked.board);
    let stored = stored.with_context(|| format!("cannot export {}", asked.board))?;
    write(stored, target, &asked.wanted, &asked.output)
}

/// Puts what lives on a board on another.
pub(crate) fn copy(asked: &Copy) -> anyhow::Result<()> {
    let cannot = || format!("cannot copy {}", asked.board);
    let stored = stored(&asked.data.directory, &asked.board).with_context(cannot)?;
    let Brought {
        document, files, ..
    } = stored;
    put(
        &asked.data.directory,
        &asked.onto,
        document,
        files,
        Way::Anew,
    )
    .with_context(|| format!("cannot put anything on {}", asked.onto))?;
    say(format_args!("{}", asked.onto));
    Ok(())
}

fn stored(data: &Path, board: &BoardId) -> anyhow::Result<Brought> {
    let kept = upkeep::read(data, board)?;
    let Kept {
        replica,
        files,
        lost,
    } = kept.context("there is no board of this name")?;
    lost.iter()
        .for_each(|lost| complain(format_args!("{lost}")));
    let files = files.into_iter().map(|(hash, picture, bytes)| BundledFile {
        hash,
        picture,
        bytes,
    });
    Ok(Brought::whole(made::of_replica(replica)?, files.collect()))
}
