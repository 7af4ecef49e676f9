//! The counts of one chunk of a document.

use std::collections::BTreeMap;

use super::Day;
use demarche_model::{CategoryId, Layer, Text, TextRange};

/// The counts of one chunk. Kept small, since a project of ten thousand documents has a million of them.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Chunk {
    /// Characters in the chunk.
    pub characters: u32,
    /// Characters that at least one span covers.
    pub tagged: u32,
    /// Spans that start here.
    pub spans: u32,
    /// Categories that occur here, sorted by id.
    pub categories: Vec<(CategoryId, CategoryCount)>,
    /// Days on which the spans that start here were created or changed.
    pub days: Vec<(Day, u32)>,
}

/// The counts of one category in a chunk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct CategoryCount {
    /// Spans that start in the chunk.
    pub spans: u32,
    /// Characters of the chunk that at least one span of the category covers.
    pub characters: u32,
}

impl Chunk {
    /// Counts what is in `range`.
    pub fn new(text: &Text, layers: &[&Layer], range: TextRange) -> Self {
        let mut chunk = Self { characters: saturating_u32(text.characters_in(range)), ..Self::default() };
        let mut pieces: Vec<(&CategoryId, TextRange)> = Vec::new();
        let mut starting: BTreeMap<&CategoryId, u32> = BTreeMap::new();
        let mut days: BTreeMap<Day, u32> = BTreeMap::new();
        for layer in layers {
            for entry in layer.index().overlapping(range) {
                let Some(span) = layer.span(entry.span) else { continue };
                pieces.extend(entry.range.intersect(range).map(|piece| (&span.category, piece)));
                // A span has one entry per range; it is counted at its first.
                if span.ranges.start() == entry.range.start && range.contains(entry.range.start) {
                    chunk.spans += 1;
                    *starting.entry(&span.category).or_default() += 1;
                    let (made, changed) = (Day::from_stamp(span.created), Day::from_stamp(span.modified));
                    *days.entry(made).or_default() += 1;
                    if changed != made {
                        *days.entry(changed).or_default() += 1;
                    }
                }
            }
        }
        chunk.days = days.into_iter().collect();
        chunk.count_pieces(text, pieces, &starting);
        chunk
    }

    fn count_pieces(
        &mut self,
        text: &Text,
        mut pieces: Vec<(&CategoryId, TextRange)>,
        starting: &BTreeMap<&CategoryId, u32>,
    ) {
        self.tagged =
            saturating_u32(union_characters(text, pieces.iter().map(|(_, piece)| *piece).collect()));
        pieces.sort_unstable();
        for group in pieces.chunk_by(|a, b| a.0 == b.0) {
            let id = group[0].0;
            let characters =
                saturating_u32(union_characters(text, group.iter().map(|(_, piece)| *piece).collect()));
            let spans = starting.get(id).copied().unwrap_or(0);
            self.categories.push((id.clone(), CategoryCount { spans, characters }));
        }
    }
}

/// Counts the characters that at least one of the ranges covers.
pub fn union_characters(text: &Text, mut ranges: Vec<TextRange>) -> usize {
    ranges.sort_unstable();
    let mut sum = 0;
    let mut open = TextRange::default();
    for range in ranges {
        if range.start <= open.end {
            open.end = open.end.max(range.end);
        } else {
            sum += text.characters_in(open);
            open = range;
        }
    }
    sum + text.characters_in(open)
}

/// A chunk of more than four billion characters would need a document of a terabyte.
pub(super) fn saturating_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
