//! Within documents: where in the text moves are.

mod answer;
mod order;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::axis::{Keys, Placer};
use super::{Answer, Axis, Group, Look};
use crate::bargain::{DocumentIndex, PassageIndex, PassageSet};
use crate::codes::codes;
use crate::summary::union_characters;
use demarche_model::{Text, TextRange};

/// What the view within documents is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct CodelineOptions {
    /// What each has a lane of its own.
    pub lanes: Lanes,
    /// The length of the lines.
    pub length: LineLength,
    /// The order of the documents.
    pub sort: CodelineSort,
    /// What the figure is.
    pub shape: CodelineShape,
}

/// The figure of moves within documents.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CodelineShape {
    /// A line for each document.
    #[default]
    Lines,
    /// Squares for each document, by share of its characters.
    Portraits,
}

/// What each has a lane of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lanes {
    /// Categories.
    #[default]
    Category,
    /// Actors.
    Actor,
}

/// The length of the line of a document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum LineLength {
    /// The same for all, 0–100 %.
    #[default]
    Share,
    /// That of the text.
    True,
}

/// The order of the documents.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CodelineSort {
    /// By date, those without one last.
    #[default]
    Date,
    /// The longest first.
    Length,
    /// Each next to the one that is most like it, by the cosine of the shares of categories. Documents without moves last.
    Similarity,
}

codes! {
    Lanes { Category = "category", Actor = "actor" }
    LineLength { Share = "share", True = "true" }
    CodelineShape { Lines = "lines", Portraits = "portraits" }
    CodelineSort { Date = "date", Length = "length", Similarity = "similarity" }
}

/// Where in the text moves are.
#[derive(Clone, PartialEq, Debug)]
pub struct CodelineView {
    /// What it was asked.
    pub options: CodelineOptions,
    /// The lanes, in the order of the list.
    pub lanes: Vec<Group>,
    /// A line for each document in the chosen layers.
    pub lines: Vec<Line>,
    answer: Answer,
}

/// The line of a document.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// The document.
    pub document: DocumentIndex,
    /// Its title.
    pub title: String,
    /// Its length in characters.
    pub characters: usize,
    /// Its moves, by place in the text. A move with several values is in several lanes.
    pub marks: Vec<LineMark>,
    /// The share of its characters that each lane covers, from 0 to 1.
    pub shares: Vec<f64>,
    /// The moves of each lane.
    pub lane_moves: Vec<Arc<PassageSet>>,
}

/// A move in a lane. One of several ranges has a mark for each.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LineMark {
    /// The passage.
    pub passage: PassageIndex,
    /// Its lane.
    pub lane: usize,
    /// Where it starts, as a share of the document from 0 to 1.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Its place in a stack of moves of the lane that overlap, from 0.
    pub level: usize,
}

impl CodelineView {
    /// Places the moves that pass in their documents. Those whose place is lost are left out.
    pub fn of(look: &Look<'_>, options: CodelineOptions) -> Self {
        let axis = match options.lanes {
            Lanes::Category => Axis::Category,
            Lanes::Actor => Axis::Actor,
        };
        let placer = Placer::new(look, &axis, &BTreeSet::new());
        let mut keys = Keys::new(&placer);
        let mut placed: BTreeMap<DocumentIndex, Vec<(usize, PassageIndex)>> =
            look.counted_documents().map(|document| (document, Vec::new())).collect();
        for (index, passage) in look.moves().filter(|(_, passage)| !passage.has_no_place) {
            let lanes = keys.of(index, passage).iter().map(|number| (*number as usize, index));
            placed.entry(passage.document).or_default().extend(lanes);
        }
        let (lanes, places) = keys.groups();
        let line = |(document, mut moves): (DocumentIndex, Vec<(usize, PassageIndex)>)| {
            moves.iter_mut().for_each(|(lane, _)| *lane = places[*lane] as usize);
            Line::of(look, document, &moves, lanes.len())
        };
        let lines = placed.into_iter().map(line).collect();
        let mut view = Self { options, lanes, lines, answer: Answer::default() };
        order::sort(look, &mut view);
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

impl Line {
    fn of(look: &Look<'_>, document: DocumentIndex, moves: &[(usize, PassageIndex)], lanes: usize) -> Self {
        let text = look.document(document).and_then(|document| document.text.as_deref());
        let characters = text.map_or(0, Text::characters);
        let mut ranges = vec![Vec::new(); lanes];
        let mut lane_moves = vec![Vec::new(); lanes];
        for (lane, index) in moves {
            ranges[*lane].extend(look.get(*index).ranges.iter());
            lane_moves[*lane].push(*index);
        }
        let share = |ranges| share(text.map_or(0, |text| union_characters(text, ranges)), characters);
        Self {
            document,
            title: look.document_title(document),
            characters,
            marks: text.map_or_else(Vec::new, |text| marks(look, text, moves, lanes)),
            shares: ranges.into_iter().map(share).collect(),
            lane_moves: lane_moves.into_iter().map(|moves| Arc::new(moves.into_iter().collect())).collect(),
        }
    }

    /// All its moves.
    pub fn moves(&self) -> PassageSet {
        self.marks.iter().map(|mark| mark.passage).collect()
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The marks of moves, by place in the text, stacked where those of a lane overlap.
fn marks(look: &Look<'_>, text: &Text, moves: &[(usize, PassageIndex)], lanes: usize) -> Vec<LineMark> {
    // The end of the last mark on each level of each lane.
    let mut ends: Vec<Vec<usize>> = vec![Vec::new(); lanes];
    let mut marks = Vec::with_capacity(moves.len());
    for (lane, index) in moves {
        let ranges = &look.get(*index).ranges;
        let levels = &mut ends[*lane];
        let free = levels.iter().position(|end| *end <= ranges.start());
        let level = free.unwrap_or(levels.len());
        match levels.get_mut(level) {
            Some(end) => *end = ranges.end(),
            None => levels.push(ranges.end()),
        }
        let at = |byte| share(text.char_offset(byte), text.characters());
        let mark = |range: TextRange| LineMark {
            passage: *index,
            lane: *lane,
            start: at(range.start),
            end: at(range.end),
            level,
        };
        marks.extend(ranges.iter().map(mark));
    }
    marks
}
