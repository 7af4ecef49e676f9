//! Saved views in a report, each with its own filter, rules and options.

use super::material::Material;
use super::other_views::plain;
use super::{Numbered, Part};
use crate::bargain::{Bins, Reading, Weights};
use crate::read_moves::ReadMoves;
use crate::views::{Basis, Look, Rules, View, ViewOptions};
use crate::words::report as words;

/// Width of the figures, in points.
const WIDTH_PT: f32 = 900.0;

/// A saved view to show in a report.
#[derive(Clone, Debug)]
pub struct SavedPart {
    /// Its name.
    pub name: String,
    /// Its filter together with that of the report, as text.
    pub filter: String,
    /// Whose layers count.
    pub readings: Vec<Reading>,
    /// The moves of these readings.
    pub moves: Vec<ReadMoves>,
    /// Its rules.
    pub rules: Rules,
    /// Its weights.
    pub weights: Weights,
    /// Its bins of time.
    pub bins: Bins,
    /// Its view with its options.
    pub options: ViewOptions,
}

/// The figure and table of a saved view, for each of its readings.
pub(super) fn parts(material: &Material<'_>, at: usize, saved: &SavedPart) -> Vec<Part> {
    let reads = saved.readings.iter().zip(&saved.moves);
    let key = format!("view-{}", at + 1);
    reads.map(|(reading, read)| part(material, &key, saved, (reading, read))).collect()
}

fn part(
    material: &Material<'_>,
    key: &str,
    saved: &SavedPart,
    (reading, read): (&Reading, &ReadMoves),
) -> Part {
    let basis = Basis {
        project: material.project(),
        moves: &read.moves,
        ledger: &read.ledger,
        weights: &saved.weights,
        bins: &saved.bins,
        sizes: &material.sizes,
    };
    let look = Look::new(basis, saved.rules, read.selected.as_ref());
    let view = View::of(&look, saved.options.clone());
    let title = words::saved_view(&saved.name);
    let mut part = Part::new(key, Numbered::Figure, title).with_answer(view.answer());
    if view.answer().missing.is_none() {
        part.scenes.extend(view.figure(&look, WIDTH_PT));
    }
    part.table = Some(plain(view.answer()));
    part.notes.extend((!saved.filter.is_empty()).then(|| words::filtered_by(&saved.filter)));
    let coder = reading.coder.as_ref().filter(|_| saved.readings.len() > 1);
    part.of_coder(coder.map(|coder| (coder.as_str(), material.project().name_of(coder))))
}
