//! Moves within documents.

use super::{Cells, Chart, Drawn};
use crate::figure::CellKey;
use crate::figure::charts::codeline::{Codeline, DocumentLine, Place, Portrait};
use crate::views::{CodelineView, Line, LineLength, Look};
use crate::words::drawn as words;

/// Length of the words of a passage, in characters.
const QUOTE: usize = 120;
/// Number of steps of the axis.
const STEPS: usize = 4;

impl Drawn {
    /// A portrait of each document: squares by the share of its characters that each lane covers.
    pub fn portraits(view: &CodelineView, look: &Look<'_>) -> Self {
        let mut cells = Cells::default();
        for (line, of) in (0u32..).zip(&view.lines) {
            cells.add(CellKey::Row(line), of.moves());
            for (part, moves) in (0u32..).zip(&of.lane_moves) {
                cells.add(CellKey::Share { line, part }, moves.clone());
            }
        }
        let series = view.lanes.iter().enumerate().map(|(at, group)| look.group_series(group, at));
        let document =
            |line: &Line| (line.title.clone(), words::characters(line.characters), line.shares.clone());
        cells.into_figure(Chart::Portrait(Portrait {
            title: words::CODELINE.to_owned(),
            description: view.answer().sentence.text(),
            series: series.collect(),
            documents: view.lines.iter().map(document).collect(),
        }))
    }

    /// The figure of moves within documents.
    pub fn codeline(view: &CodelineView, look: &Look<'_>) -> Self {
        let mut cells = Cells::default();
        for (line, of) in (0u32..).zip(&view.lines) {
            cells.add(CellKey::Row(line), of.moves());
            for (place, mark) in (0u32..).zip(&of.marks) {
                let passage = [mark.passage].into_iter().collect::<crate::bargain::PassageSet>();
                cells.add(CellKey::Place { line, place }, passage);
            }
        }
        let longest = view.lines.iter().map(|line| line.characters).max().unwrap_or(1).max(1);
        let length = view.options.length;
        let lanes = view.lanes.iter().enumerate().map(|(at, group)| look.group_series(group, at));
        cells.into_figure(Chart::Codeline(Codeline {
            title: words::CODELINE.to_owned(),
            description: view.answer().sentence.text(),
            lanes: lanes.collect(),
            documents: view.lines.iter().map(|line| document(look, line, length, longest)).collect(),
            measure: words::line_length(length).to_owned(),
            ticks: ticks(length, longest),
        }))
    }
}

fn document(look: &Look<'_>, line: &Line, length: LineLength, longest: usize) -> DocumentLine {
    let place = |mark: &crate::views::LineMark| Place {
        lane: mark.lane,
        start: mark.start as f32,
        end: mark.end as f32,
        conditional: look.get(mark.passage).is_conditional,
        label: look.quote(mark.passage, QUOTE).into_owned(),
    };
    let date = look.basis.moves.document_date(line.document).map(|days| days.to_string()).unwrap_or_default();
    DocumentLine {
        title: line.title.clone(),
        detail: match length {
            LineLength::Share => date,
            LineLength::True => words::characters(line.characters),
        },
        length: match length {
            LineLength::Share => 1.0,
            LineLength::True => line.characters as f32 / longest as f32,
        },
        places: line.marks.iter().map(place).collect(),
    }
}

/// Five positions on the axis, from the start to the end.
fn ticks(length: LineLength, longest: usize) -> Vec<(f32, String)> {
    let tick = |step: usize| {
        let name = match length {
            LineLength::Share => words::percent(100 * step / STEPS),
            LineLength::True => words::count(longest * step / STEPS),
        };
        (step as f32 / STEPS as f32, name)
    };
    (0..=STEPS).map(tick).collect()
}
