//! The words of a reading. Those that not all readings contain are underlined, so that colour is not the only sign.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontFamily, FontId, Stroke};

use crate::theme::{READING, Tokens};
use demarche_analysis::context::shorten;
use demarche_model::{Ranges, Text, TextRange};

/// Most bytes of a stretch that are shown. The middle of a longer one is omitted.
const STRETCH: usize = 400;

/// Lays out the words at `ranges`; `shared` are the ranges that all readings contain.
pub(super) fn words(text: &Text, ranges: &Ranges, shared: &[TextRange], tokens: &Tokens) -> LayoutJob {
    let font = FontId::new(14.0, FontFamily::Name(READING.into()));
    let plain = TextFormat { font_id: font, color: tokens.text, ..TextFormat::default() };
    let own = TextFormat {
        underline: Stroke::new(1.5, tokens.warning),
        background: tokens.warning.gamma_multiply(0.14),
        ..plain.clone()
    };
    let weak = TextFormat { color: tokens.text_weak, ..plain.clone() };
    let mut job = LayoutJob::default();
    job.append("“", 0.0, weak.clone());
    for (number, range) in ranges.iter().enumerate() {
        if number > 0 {
            job.append(" … ", 0.0, weak.clone());
        }
        for (part, is_shared) in parts(range, shared) {
            let format = if is_shared { &plain } else { &own };
            job.append(&cut(text.slice(part)), 0.0, format.clone());
        }
    }
    job.append("”", 0.0, weak);
    job
}

/// Splits a range into parts, each with whether all readings contain it.
fn parts(range: TextRange, shared: &[TextRange]) -> Vec<(TextRange, bool)> {
    let mut out = Vec::new();
    let mut at = range.start;
    for both in shared.iter().filter_map(|shared| shared.intersect(range)) {
        if at < both.start {
            out.push((TextRange { start: at, end: both.start }, false));
        }
        out.push((both, true));
        at = both.end;
    }
    if at < range.end {
        out.push((TextRange { start: at, end: range.end }, false));
    }
    out
}

/// Returns words on one line, shortened in the middle.
fn cut(words: &str) -> String {
    if words.len() <= STRETCH {
        return words.replace('\n', " ");
    }
    let last = words.get(words.ceil_char_boundary(words.len() - STRETCH / 2)..).unwrap_or_default();
    format!("{} {}", shorten(words, STRETCH / 2), last.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_tell_what_all_readings_contain() {
        let range = |start, end| TextRange { start, end };
        assert_eq!(parts(range(0, 9), &[range(0, 9)]), [(range(0, 9), true)]);
        assert_eq!(
            parts(range(2, 20), &[range(0, 5), range(8, 12)]),
            [(range(2, 5), true), (range(5, 8), false), (range(8, 12), true), (range(12, 20), false)]
        );
        assert_eq!(parts(range(0, 3), &[]), [(range(0, 3), false)]);
    }
}
