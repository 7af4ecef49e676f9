//! Searches the words that are new in a text for a quote or something similar. This is how a moved paragraph
//! is found.
//!
//! The cost of a search is bounded: the quote's rarest words give the candidate positions, counting shared
//! words ranks them, and only a few are compared letter by letter.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::{MatchedRun, similarity};
use crate::segment;
use demarche_model::{Text, TextRange};

/// Number of the quote's rarest words that are looked up, and the most positions tried for each.
const RAREST_WORDS: usize = 4;
const POSITIONS_PER_WORD: usize = 24;
/// Number of candidates that are compared letter by letter.
const MAX_COMPARED: usize = 3;
/// Words on either side of a seed that are counted.
const NEIGHBOURS: usize = 10;
/// At least one in this many of the neighbouring words must match for a candidate to be compared.
const SHARED_NEIGHBOURS: usize = 4;
/// Characters of context on either side that are compared as well.
const CONTEXT_CHARS: usize = 32;
/// Bytes on either side of a quote from which its neighbouring words are taken.
const CONTEXT_BYTES: usize = 96;
/// In a quote of more words than this, only the first ones are searched for rare words.
const MAX_QUOTE_WORDS: usize = 2000;

/// A word as a number. Words of the old text that do not occur among the inserted words have none.
type WordId = u32;

/// The words of the new text that belong to no matched run.
#[derive(Debug)]
pub(super) struct InsertedWords {
    ids: HashMap<Box<str>, WordId>,
    words: Vec<Word>,
    /// Positions of each word in `words`, indexed by its id; empty for punctuation.
    positions: Vec<Vec<u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    id: WordId,
    range: TextRange,
    /// Index of the gap between two runs that contains the word.
    gap: u32,
}

/// A quote and its position in the old text.
pub(super) struct Quote<'a> {
    pub text: &'a Text,
    pub range: TextRange,
}

/// The words of a quote and of its surroundings.
struct Probe {
    /// `None` for a word that does not occur among the inserted words.
    ids: Vec<Option<WordId>>,
    /// The part of `ids` that belongs to the quote itself.
    quote: Range<usize>,
}

/// A possible position of a quote, with the number of matching words around it.
struct Candidate {
    /// Index at which the quote's first word would be.
    first: usize,
    seed: usize,
    same: usize,
}

impl InsertedWords {
    pub(super) fn new(text: &Text, runs: &[MatchedRun]) -> Self {
        let mut inserted = Self { ids: HashMap::new(), words: Vec::new(), positions: Vec::new() };
        let mut start = 0;
        for (gap, run) in
            (0..).zip(runs.iter().copied().chain([MatchedRun { old: 0, new: text.len(), len: 0 }]))
        {
            inserted.add(text.as_str(), TextRange { start, end: run.new }, gap);
            start = run.new_end();
        }
        inserted
    }

    fn add(&mut self, text: &str, range: TextRange, gap: u32) {
        for range in segment::tokens(text, range) {
            let word = &text[range.start..range.end];
            let id = self.ids.get(word).copied().unwrap_or_else(|| {
                let id = self.positions.len() as WordId;
                self.ids.insert(word.into(), id);
                self.positions.push(Vec::new());
                id
            });
            // Punctuation is everywhere, so a search never starts from it.
            if word.chars().any(char::is_alphanumeric) {
                self.positions[id as usize].push(self.words.len() as u32);
            }
            self.words.push(Word { id, range, gap });
        }
    }

    /// Returns the range whose words and context are most similar to the target's, with the similarity in
    /// percent. The first of several equally good ones wins.
    pub(super) fn find(&self, new: &Text, target: &Quote<'_>) -> Option<(TextRange, u8)> {
        let probe = self.probe(target);
        let mut candidates = self.candidates(&probe);
        candidates.sort_by_key(|candidate| (Reverse(candidate.same), candidate.first));
        let mut best: Option<(TextRange, u8)> = None;
        for candidate in candidates.iter().take(MAX_COMPARED) {
            let Some(range) = self.window(candidate, &probe) else { continue };
            let score = score(new, range, target);
            let better = |(other, best): (TextRange, u8)| (score, other.start) > (best, range.start);
            if best.is_none_or(better) {
                best = Some((range, score));
            }
        }
        best
    }

    fn probe(&self, target: &Quote<'_>) -> Probe {
        let text = target.text.as_str();
        let TextRange { start, end } = target.range;
        let before =
            TextRange { start: text.floor_char_boundary(start.saturating_sub(CONTEXT_BYTES)), end: start };
        let after =
            TextRange { start: end, end: text.ceil_char_boundary((end + CONTEXT_BYTES).min(text.len())) };
        let mut ids = Vec::new();
        let mut add = |range| {
            let words = segment::tokens(text, range).map(|word| &text[word.start..word.end]);
            ids.extend(words.map(|word| self.ids.get(word).copied()));
            ids.len()
        };
        let first = add(before);
        let last = add(target.range);
        add(after);
        Probe { ids, quote: first..last }
    }

    /// Returns the positions at which one of the quote's rarest words has some of its old neighbours.
    fn candidates(&self, probe: &Probe) -> Vec<Candidate> {
        let quote = probe.quote.clone().take(MAX_QUOTE_WORDS);
        let mut seeds: Vec<(usize, &Vec<u32>)> = quote
            .filter_map(|at| Some((at, self.positions.get(probe.ids[at]? as usize)?)))
            .filter(|(_, positions)| !positions.is_empty())
            .collect();
        seeds.sort_by_key(|(at, positions)| (positions.len(), *at));
        let mut tried = BTreeSet::new();
        let mut out = Vec::new();
        for (at, positions) in seeds.into_iter().take(RAREST_WORDS) {
            let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(probe.ids.len());
            let mut known: Vec<WordId> = probe.ids[near.clone()].iter().flatten().copied().collect();
            known.sort_unstable();
            for &position in positions.iter().take(POSITIONS_PER_WORD) {
                let seed = position as usize;
                let first = seed.saturating_sub(at - probe.quote.start);
                if !tried.insert(first) {
                    continue;
                }
                let around =
                    seed.saturating_sub(at - near.start)..(seed + near.end - at).min(self.words.len());
                let there = self.words[around].iter().filter(|word| known.binary_search(&word.id).is_ok());
                let same = there.count();
                if same * SHARED_NEIGHBOURS >= near.len() {
                    out.push(Candidate { first, seed, same });
                }
            }
        }
        out
    }

    /// Returns as many words from `first` as the quote has, trimmed at both ends of words that the quote
    /// lacks or that belong to a different gap than the word `seed`.
    fn window(&self, candidate: &Candidate, probe: &Probe) -> Option<TextRange> {
        let gap = self.words.get(candidate.seed)?.gap;
        let quote = &probe.ids[probe.quote.clone()];
        let known: HashSet<WordId> = quote.iter().flatten().copied().collect();
        let last = (candidate.first + quote.len()).min(self.words.len());
        let all = self.words.get(candidate.first..last)?.iter();
        let mut all = all.filter(|word| word.gap == gap && known.contains(&word.id));
        let first = all.next()?;
        let last = all.next_back().unwrap_or(first);
        Some(TextRange { start: first.range.start, end: last.range.end })
    }
}

/// Returns the similarity of a range to the target in percent. Words and context are weighted by their
/// length, so a short quote depends on its context.
fn score(new: &Text, range: TextRange, target: &Quote<'_>) -> u8 {
    let quote = target.text.slice(target.range);
    let words = u32::from(similarity(quote, new.slice(range)));
    let context = |text: &Text, range: TextRange| {
        let (before, after) = surroundings(text.as_str(), range);
        format!("{before}\u{1}{after}")
    };
    let around = u32::from(similarity(&context(target.text, target.range), &context(new, range)));
    let (length, context_chars) = (quote.chars().count() as u32, 2 * CONTEXT_CHARS as u32);
    ((words * length + around * context_chars) / (length + context_chars)).min(99) as u8
}

/// Returns the text on either side of a range.
fn surroundings(text: &str, range: TextRange) -> (&str, &str) {
    let start =
        text[..range.start].char_indices().rev().take(CONTEXT_CHARS).last().map_or(range.start, |(at, _)| at);
    let end =
        text[range.end..].char_indices().nth(CONTEXT_CHARS).map_or(text.len(), |(at, _)| range.end + at);
    (&text[start..range.start], &text[range.end..end])
}
