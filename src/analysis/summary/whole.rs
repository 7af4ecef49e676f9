//! Counts for all chunks of a document, in one pass.

use std::collections::BTreeMap;

use super::Day;
use super::chunk::{CategoryCount, Chunk, saturating_u32};
use demarche_model::{CategoryId, Layer, Text, TextRange};

/// The counts of a chunk so far.
#[derive(Default)]
struct Counting<'a> {
    tagged: usize,
    spans: u32,
    categories: BTreeMap<&'a CategoryId, CategoryCount>,
    days: BTreeMap<Day, u32>,
}

/// Counts the chunks that start at `starts`. Each span is visited once, however many chunks it covers, so thousands of
/// nested spans don't take quadratic time.
pub(super) fn count_chunks(text: &Text, layers: &[&Layer], starts: &[usize]) -> Vec<Chunk> {
    let mut counting: Vec<Counting<'_>> = starts.iter().map(|_| Counting::default()).collect();
    let mut covered: BTreeMap<&CategoryId, Vec<TextRange>> = BTreeMap::new();
    for layer in layers {
        for span in layer.spans_unsorted() {
            covered.entry(&span.category).or_default().extend(span.ranges.iter());
            let Some(chunk) = counting.get_mut(chunk_at(starts, span.ranges.start())) else { continue };
            chunk.spans += 1;
            chunk.categories.entry(&span.category).or_default().spans += 1;
            let (made, changed) = (Day::from_stamp(span.created), Day::from_stamp(span.modified));
            *chunk.days.entry(made).or_default() += 1;
            if changed != made {
                *chunk.days.entry(changed).or_default() += 1;
            }
        }
    }
    let mut all: Vec<TextRange> = Vec::new();
    for (category, ranges) in covered {
        let ranges = united(ranges);
        for_each_piece(text, starts, &ranges, |chunk, characters| {
            let count = counting[chunk].categories.entry(category).or_default();
            count.characters = count.characters.saturating_add(saturating_u32(characters));
        });
        all.extend(ranges);
    }
    for_each_piece(text, starts, &united(all), |chunk, characters| counting[chunk].tagged += characters);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let chunks = counting.into_iter().zip(starts.iter().zip(ends)).map(|(counted, (&start, end))| Chunk {
        characters: saturating_u32(text.characters_in(TextRange { start, end })),
        tagged: saturating_u32(counted.tagged),
        spans: counted.spans,
        categories: counted.categories.into_iter().map(|(id, count)| (id.clone(), count)).collect(),
        days: counted.days.into_iter().collect(),
    });
    chunks.collect()
}

/// Returns the index of the chunk with the byte at `offset`.
fn chunk_at(starts: &[usize], offset: usize) -> usize {
    starts.partition_point(|&start| start <= offset).saturating_sub(1)
}

/// Sorts ranges, and joins those that overlap or touch.
fn united(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, open| {
        let joins = next.start <= open.end;
        if joins {
            open.end = open.end.max(next.end);
        }
        joins
    });
    ranges
}

/// Splits disjoint ranges at the chunks, and calls `add` with the chunk and the number of characters of each piece.
fn for_each_piece(text: &Text, starts: &[usize], ranges: &[TextRange], mut add: impl FnMut(usize, usize)) {
    for range in ranges {
        for chunk in chunk_at(starts, range.start)..starts.len() {
            if starts[chunk] >= range.end {
                break;
            }
            let end = starts.get(chunk + 1).copied().unwrap_or(text.len());
            let bounds = TextRange { start: starts[chunk], end };
            if let Some(piece) = range.intersect(bounds) {
                add(chunk, text.characters_in(piece));
            }
        }
    }
}
