//! What a first visit to a board costs.
//!
//! Owns the budget and what counts towards it: every file of the built page but its fonts, which
//! a browser fetches only once there is text on the board. `tests/browser/page.spec.ts` holds the
//! page to that.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::files;
use crate::report::Outcome;
use crate::web::{DIST, beside};

/// In bytes after gzip, all together.
const BUDGET: usize = 300_000;

/// Adds up the first load and fails above the budget. Exact: the same bytes on every machine.
pub(crate) fn check() -> Result<Outcome> {
    let mut sizes = Vec::new();
    for path in files::below(DIST)? {
        if files::has_extension(&path, &["br", "gz", "woff2"]) {
            continue;
        }
        let packed = beside(&path, "gz");
        let served = if packed.exists() { &packed } else { &path };
        let size = fs::metadata(served)?.len() as usize;
        sizes.push((size, path));
    }
    sizes.sort();
    for (size, path) in sizes.iter().rev() {
        println!("   {size:>8}  {}", path.display());
    }
    let sum = sizes.iter().map(|size| size.0).sum();
    println!("   {sum:>8}  in all, of {BUDGET}");
    within(sum).with_context(|| format!("looking at {DIST}"))?;
    Ok(Outcome::Done)
}

fn within(sum: usize) -> Result<()> {
    if sum == 0 {
        bail!("nothing was built");
    }
    if sum > BUDGET {
        let over = sum - BUDGET;
        bail!("the first load is {over} bytes over its budget of {BUDGET} (gzip)");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_a_limit() {
        assert!(within(BUDGET).is_ok());
        let over = within(BUDGET + 7).unwrap_err().to_string();
        assert!(over.contains("7 bytes over"), "{over}");
        assert!(within(0).is_err());
    }
}
