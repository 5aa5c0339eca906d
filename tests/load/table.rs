//! What is printed: Markdown tables, with the bars beside the numbers.
//!
//! Owns how numbers look and what a bar means. Knows no scenario.

use std::time::Duration;

/// A bar that Drawbridge should keep.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bar {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

/// A table.
pub(crate) struct Table {
    title: String,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Table {
    /// An empty one with its heading; the first column is the server.
    pub(crate) fn new(title: impl Into<String>, columns: &[&'static str]) -> Self {
        Self::with_first("server", title, columns)
    }

    /// The same with another first column.
    pub(crate) fn with_first(
        first: &'static str,
        title: impl Into<String>,
        columns: &[&'static str],
    ) -> Self {
        let mut all = vec![first];
        all.extend_from_slice(columns);
        Self {
            title: title.into(),
            columns: all,
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a row; the cells that it lacks stay empty.
    pub(crate) fn row(&mut self, name: &str, cells: Vec<String>) {
        let mut row = vec![name.to_owned()];
        row.extend(cells);
        row.resize(self.columns.len(), String::new());
        self.rows.push(row);
    }

    /// Gives the latest row another name.
    pub(crate) fn rename_last(&mut self, name: &str) {
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.first_mut()) {
            name.clone_into(cell);
        }
    }

    /// Adds a sentence below the table.
    pub(crate) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// The table as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut out = format!("### {}\n\n", self.title);
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let heads: Vec<String> = self.columns.iter().map(|&head| head.to_owned()).collect();
        out.push_str(&line(&heads));
        out.push_str(&"|---".repeat(self.columns.len()));
        out.push_str("|\n");
        for row in &self.rows {
            out.push_str(&line(row));
        }
        for note in &self.notes {
            out.push_str(&format!("\n{note}\n"));
        }
        out
    }
}

/// A number with what its bar says of it.
pub(crate) fn judged(shown: String, value: f64, bar: Option<Bar>) -> String {
    match bar {
        None => shown,
        Some(Bar::AtMost(limit)) if value > limit => format!("{shown} **ABOVE {limit}**"),
        Some(Bar::AtLeast(limit)) if value < limit => {
            format!("{shown} **BELOW {}**", count(limit))
        }
        Some(_) => format!("{shown} (within)"),
    }
}

/// A count: 1.23M, 45k, 678.
pub(crate) fn count(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{:.2}M", value / 1e6),
        value if value >= 1e4 => format!("{:.0}k", value / 1e3),
        value => format!("{value:.0}"),
    }
}

/// A duration in milliseconds.
pub(crate) fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1e3;
    match millis {
        millis if millis >= 100.0 => format!("{millis:.0} ms"),
        millis if millis >= 10.0 => format!("{millis:.1} ms"),
        millis => format!("{millis:.2} ms"),
    }
}

/// Microseconds.
pub(crate) fn micros(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0} µs"),
        value if value >= 10.0 => format!("{value:.1} µs"),
        value => format!("{value:.2} µs"),
    }
}

/// Bytes, in thousands or millions.
pub(crate) fn bytes(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{:.1} MB", value / 1e6),
        value => format!("{:.1} kB", value / 1e3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_speak() {
        let judge = |value, bar| judged("x".to_owned(), value, Some(bar));
        assert_eq!(judge(1.0, Bar::AtMost(2.0)), "x (within)");
        assert_eq!(judge(3.0, Bar::AtMost(2.0)), "x **ABOVE 2**");
        assert_eq!(judge(3.0, Bar::AtLeast(1.2e6)), "x **BELOW 1.20M**");
    }

    #[test]
    fn a_table_is_markdown() {
        let mut table = Table::new("Idle", &["a", "b"]);
        table.row("one", vec!["1".to_owned()]);
        table.note("So it is.");
        let wanted = "### Idle\n\n| server | a | b |\n|---|---|---|\n| one | 1 |  |\n\nSo it is.\n";
        assert_eq!(table.markdown(), wanted);
    }
}
