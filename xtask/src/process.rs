//! Running other programs, with an error that says which one failed and how.
//!
//! Owns spawning; knows no particular program.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// A command line, printed before it runs.
pub(crate) struct Run {
    command: Command,
    line: String,
}

/// Starts a command line with its program.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Run {
    let line = name.as_ref().to_string_lossy().into_owned();
    Run {
        command: Command::new(name),
        line,
    }
}

/// Cargo, the same one that runs this.
pub(crate) fn cargo() -> Run {
    let mut run = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    "cargo".clone_into(&mut run.line);
    run
}

impl Run {
    /// Adds arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Run {
        for arg in args {
            self.line.push(' ');
            self.line.push_str(&arg.as_ref().to_string_lossy());
            self.command.arg(arg);
        }
        self
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Run {
        self.command.env(name, value);
        self
    }

    /// Runs it in a folder.
    pub(crate) fn in_dir(mut self, dir: impl AsRef<std::path::Path>) -> Run {
        self.command.current_dir(dir);
        self
    }

    /// Runs it with this terminal; an exit code other than 0 is an error.
    pub(crate) fn run(mut self) -> Result<()> {
        println!("   $ {}", self.line);
        let status = self.command.status().map_err(|error| self.explain(error))?;
        if !status.success() {
            bail!("`{}` ended with {status}", self.line);
        }
        Ok(())
    }

    /// Runs it silently and returns what it printed; an exit code other than 0 is an error.
    pub(crate) fn output(mut self) -> Result<String> {
        self.command.stdin(Stdio::null());
        let output = self.command.output().map_err(|error| self.explain(error))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`{}` ended with {}\n{said}", self.line, output.status);
        }
        String::from_utf8(output.stdout).with_context(|| format!("reading `{}`", self.line))
    }

    /// Starts it with this terminal and does not wait.
    pub(crate) fn spawn(mut self) -> Result<Child> {
        println!("   $ {}", self.line);
        self.command.spawn().map_err(|error| self.explain(error))
    }

    fn explain(&self, error: std::io::Error) -> anyhow::Error {
        let name = self.command.get_program().to_string_lossy();
        match error.kind() {
            ErrorKind::NotFound => anyhow::anyhow!("`{name}` is not installed or not on the PATH"),
            _ => anyhow::Error::new(error).context(format!("starting `{name}`")),
        }
    }
}

/// Asks a child to stop, as ctrl-C would, and waits until it has.
pub(crate) fn stop(child: &mut Child) -> Result<()> {
    if child.try_wait()?.is_some() {
        return Ok(());
    }
    // `Child::kill` cannot ask politely, and a server that is killed cannot flush.
    let asked = cfg!(unix)
        && Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()
            .is_ok_and(|status| status.success());
    if !asked {
        child.kill()?;
    }
    child.wait()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = program("no-such-program-here").output().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`no-such-program-here` is not installed or not on the PATH"
        );
    }

    #[test]
    fn a_failing_program_is_an_error() {
        let error = cargo().args(["no-such-subcommand"]).output().unwrap_err();
        assert!(error.to_string().starts_with("`cargo no-such-subcommand`"));
    }
}
