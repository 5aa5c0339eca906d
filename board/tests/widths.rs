//! Widths by table against what Chromium paints, for many languages.
//!
//! `widths.json` is written by `board/scripts/measure_widths.py`, which says with which fonts.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use board::text_layout::layout;
use serde_json::Value;

/// How far a paragraph may be off.
const PARAGRAPH: f64 = 0.08;
/// How far a single word may be off.
const WORD: f64 = 0.25;

fn off(text: &str, measured: &Value) -> f64 {
    layout(text, 1.0).width / measured.as_f64().unwrap() - 1.0
}

#[test]
fn widths_are_nearly_those_of_a_browser_in_every_language() {
    let samples: Vec<Value> = serde_json::from_str(include_str!("widths.json")).unwrap();
    assert!(samples.len() >= 30);
    let mut wrong = Vec::new();
    for sample in &samples {
        let language = &sample["language"];
        let text = sample["text"].as_str().unwrap();
        let paragraph = off(text, &sample["width"]);
        if paragraph.abs() > PARAGRAPH {
            wrong.push(format!("{language}: {:+.0} %", paragraph * 100.0));
        }
        for word in sample["words"].as_array().unwrap() {
            let text = word[0].as_str().unwrap();
            let word = off(text, &word[1]);
            if word.abs() > WORD {
                wrong.push(format!("{language}: {text} {:+.0} %", word * 100.0));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are off: {wrong:#?}", wrong.len());
}
