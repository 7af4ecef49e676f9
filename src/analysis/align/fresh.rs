//! Finds a quote, or something like it, in what is new in a text: there a paragraph stands that has moved.

use std::collections::HashMap;

use super::{Run, similarity};
use crate::analysis::segment;
use crate::model::{Text, TextRange};

/// So many of a quote's rarest words are looked up, each at so many places at most: that bounds the cost of one search.
const SEEDS: usize = 4;
const PLACES: usize = 24;
/// Characters of context to either side that are compared, too.
const CONTEXT: usize = 32;

/// The words of a text that stand in none of its runs.
#[derive(Debug)]
pub(super) struct Fresh {
    words: Vec<TextRange>,
    /// Which stretch between two runs each word stands in.
    gaps: Vec<u32>,
    /// Where each word stands in `words`.
    places: HashMap<String, Vec<u32>>,
}

/// A quote as it stood in the old text.
pub(super) struct Wanted<'a> {
    pub text: &'a Text,
    pub range: TextRange,
}

impl Fresh {
    pub(super) fn of(text: &Text, runs: &[Run]) -> Self {
        let mut fresh = Self { words: Vec::new(), gaps: Vec::new(), places: HashMap::new() };
        let mut start = 0;
        for (gap, run) in (0..).zip(runs.iter().copied().chain([Run { old: 0, new: text.len(), len: 0 }])) {
            fresh.add(text.as_str(), TextRange { start, end: run.new }, gap);
            start = run.new_end();
        }
        fresh
    }

    fn add(&mut self, text: &str, range: TextRange, gap: u32) {
        for word in segment::tokens(text, range) {
            let place = self.words.len() as u32;
            self.words.push(word);
            self.gaps.push(gap);
            self.places.entry(text[word.start..word.end].to_owned()).or_default().push(place);
        }
    }

    /// The place whose words and context are most like the wanted ones, with how alike they are in percent; of several
    /// alike ones the first.
    pub(super) fn find(&self, new: &Text, wanted: &Wanted<'_>) -> Option<(TextRange, u8)> {
        let quote = wanted.text.slice(wanted.range);
        let whole = TextRange { start: 0, end: quote.len() };
        let words: Vec<&str> = segment::tokens(quote, whole).map(|w| &quote[w.start..w.end]).collect();
        let mut seeds: Vec<(usize, &Vec<u32>)> = (0..words.len())
            .filter_map(|at| Some((at, self.places.get(words[at])?)))
            .filter(|(at, _)| words[*at].chars().any(char::is_alphanumeric))
            .collect();
        seeds.sort_by_key(|(at, places)| (places.len(), *at));
        let mut best: Option<(TextRange, u8)> = None;
        let mut tried = std::collections::BTreeSet::new();
        for (at, places) in seeds.into_iter().take(SEEDS) {
            for &place in places.iter().take(PLACES) {
                let first = (place as usize).saturating_sub(at);
                if !tried.insert(first) {
                    continue;
                }
                let Some(range) = self.window(new.as_str(), first, place as usize, &words) else { continue };
                let score = score(new, range, wanted);
                if best.is_none_or(|(_, other)| score > other) {
                    best = Some((range, score));
                }
            }
        }
        best
    }

    /// As many words from `first` on as the quote has, without those at the ends that the quote lacks, and without those
    /// that another stretch than the word `seed` holds.
    fn window(&self, new: &str, first: usize, seed: usize, words: &[&str]) -> Option<TextRange> {
        let gap = self.gaps.get(seed)?;
        let places = first..(first + words.len()).min(self.words.len());
        let known = |range: &&TextRange| words.contains(&&new[range.start..range.end]);
        let mut all = places.filter(|&at| self.gaps.get(at) == Some(gap)).filter_map(|at| self.words.get(at));
        let start = all.clone().find(known)?.start;
        let end = all.rfind(known)?.end;
        Some(TextRange { start, end })
    }
}

/// How alike a place and the wanted one are, words and context each by their length: a short quote needs its context.
fn score(new: &Text, range: TextRange, wanted: &Wanted<'_>) -> u8 {
    let quote = wanted.text.slice(wanted.range);
    let words = u32::from(similarity(quote, new.slice(range)));
    let context = |text: &Text, range: TextRange| {
        let (before, after) = around(text.as_str(), range);
        format!("{before}\u{1}{after}")
    };
    let around = u32::from(similarity(&context(wanted.text, wanted.range), &context(new, range)));
    let (length, beside) = (quote.chars().count() as u32, 2 * CONTEXT as u32);
    ((words * length + around * beside) / (length + beside)).min(99) as u8
}

/// What stands to either side of a range.
fn around(text: &str, range: TextRange) -> (&str, &str) {
    let start =
        text[..range.start].char_indices().rev().take(CONTEXT).last().map_or(range.start, |(at, _)| at);
    let end = text[range.end..].char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| range.end + at);
    (&text[start..range.start], &text[range.end..end])
}
