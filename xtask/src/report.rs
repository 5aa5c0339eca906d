//! One line per step with its time, while it happens and again at the end.
//!
//! Owns what a person sees of a run. Knows nothing of the steps.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It worked.
    Done,
    /// Its inputs had not changed since it last worked.
    UpToDate,
}

/// The steps so far.
pub(crate) struct Report {
    started: Instant,
    steps: Vec<(String, Outcome, Duration)>,
}

impl Report {
    /// No step yet.
    pub(crate) fn new() -> Report {
        Report {
            started: Instant::now(),
            steps: Vec::new(),
        }
    }

    /// Runs one step under its name. The error names the step.
    pub(crate) fn step(
        &mut self,
        name: &str,
        work: impl FnOnce() -> Result<Outcome>,
    ) -> Result<()> {
        println!("\n── {name}");
        let began = Instant::now();
        let outcome = work().with_context(|| format!("the step \"{name}\" failed"))?;
        let took = began.elapsed();
        match outcome {
            Outcome::Done => println!("── {name}: done in {}", seconds(took)),
            Outcome::UpToDate => println!("── {name}: up to date"),
        }
        self.steps.push((name.to_owned(), outcome, took));
        Ok(())
    }

    /// Every step with its time, and the sum.
    pub(crate) fn summary(&self) -> String {
        let wide = self.steps.iter().map(|step| step.0.len()).max();
        let wide = wide.unwrap_or(0).max("in all".len());
        let mut text = String::new();
        for (name, outcome, took) in &self.steps {
            let time = match outcome {
                Outcome::Done => seconds(*took),
                Outcome::UpToDate => "up to date".to_owned(),
            };
            text.push_str(&format!("  {name:wide$}  {time:>10}\n"));
        }
        let all = seconds(self.started.elapsed());
        text.push_str(&format!("  {:wide$}  {all:>10}\n", "in all"));
        text
    }
}

fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole >= 60 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_named() {
        let failed = Report::new().step("paint the fence", || anyhow::bail!("no paint"));
        let text = format!("{:#}", failed.unwrap_err());
        assert_eq!(text, "the step \"paint the fence\" failed: no paint");
    }

    #[test]
    fn the_summary_tells_every_step() {
        let mut report = Report::new();
        report.step("one", || Ok(Outcome::Done)).unwrap();
        report.step("two", || Ok(Outcome::UpToDate)).unwrap();
        let summary = report.summary();
        assert!(summary.contains("one          0.0 s"), "{summary}");
        assert!(summary.contains("two     up to date"), "{summary}");
        assert!(summary.contains("in all"), "{summary}");
    }

    #[test]
    fn times_read_well() {
        assert_eq!(seconds(Duration::from_millis(1_234)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
