//! Finds a quote, or something like it, in what is new in a text: there a paragraph stands that has moved.
//!
//! The cost of one search is bounded: some of the rarest words say where to look, counting words says which of these places
//! are worth a closer look, and a few are compared letter by letter.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::{Run, similarity};
use crate::segment;
use demarche_model::{Text, TextRange};

/// So many of a quote's rarest words are looked up, each at so many places at most.
const SEEDS: usize = 4;
const PLACES: usize = 24;
/// So many of the places are compared letter by letter.
const COMPARED: usize = 3;
/// Words to either side of a seed that are counted.
const NEAR: usize = 10;
/// One of so many of these words has to be the same for a closer look.
const SHARE: usize = 4;
/// Characters of context to either side that are compared, too.
const CONTEXT: usize = 32;
/// Bytes to either side of a quote that its neighbours are taken from.
const BESIDE: usize = 96;
/// Of a quote of more words than this, the rarest are looked for among its first ones.
const LOOKED_AT: usize = 2000;

/// A word as a number; words of the old text that are nowhere in what is new have none.
type Name = u32;

/// The words of a text that stand in none of its runs.
#[derive(Debug)]
pub(super) struct Fresh {
    names: HashMap<Box<str>, Name>,
    words: Vec<Word>,
    /// Where each word stands in `words`, by its name; empty for marks.
    places: Vec<Vec<u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    name: Name,
    range: TextRange,
    /// Which stretch between two runs it stands in.
    gap: u32,
}

/// A quote as it stood in the old text.
pub(super) struct Wanted<'a> {
    pub text: &'a Text,
    pub range: TextRange,
}

/// The words of a quote and of its neighbourhood.
struct Probe {
    /// With `None` for what is nowhere in the new words.
    names: Vec<Option<Name>>,
    /// Which of them are the quote's.
    quote: Range<usize>,
}

/// A place where a quote may be, and how many of the words there are the same.
struct Candidate {
    /// Where its first word would be among the words; it may lie before the first.
    first: usize,
    seed: usize,
    same: usize,
}

impl Fresh {
    pub(super) fn of(text: &Text, runs: &[Run]) -> Self {
        let mut fresh = Self { names: HashMap::new(), words: Vec::new(), places: Vec::new() };
        let mut start = 0;
        for (gap, run) in (0..).zip(runs.iter().copied().chain([Run { old: 0, new: text.len(), len: 0 }])) {
            fresh.add(text.as_str(), TextRange { start, end: run.new }, gap);
            start = run.new_end();
        }
        fresh
    }

    fn add(&mut self, text: &str, range: TextRange, gap: u32) {
        for range in segment::tokens(text, range) {
            let word = &text[range.start..range.end];
            let name = self.names.get(word).copied().unwrap_or_else(|| {
                let name = self.places.len() as Name;
                self.names.insert(word.into(), name);
                self.places.push(Vec::new());
                name
            });
            // Marks stand everywhere: a search never starts from one.
            if word.chars().any(char::is_alphanumeric) {
                self.places[name as usize].push(self.words.len() as u32);
            }
            self.words.push(Word { name, range, gap });
        }
    }

    /// The place whose words and context are most like the wanted ones, with how alike they are in percent; of several
    /// alike ones the first.
    pub(super) fn find(&self, new: &Text, wanted: &Wanted<'_>) -> Option<(TextRange, u8)> {
        let probe = self.probe(wanted);
        let mut candidates = self.candidates(&probe);
        candidates.sort_by_key(|candidate| (Reverse(candidate.same), candidate.first));
        let mut best: Option<(TextRange, u8)> = None;
        for candidate in candidates.iter().take(COMPARED) {
            let Some(range) = self.window(candidate, &probe) else { continue };
            let score = score(new, range, wanted);
            let better = |(other, best): (TextRange, u8)| (score, other.start) > (best, range.start);
            if best.is_none_or(better) {
                best = Some((range, score));
            }
        }
        best
    }

    fn probe(&self, wanted: &Wanted<'_>) -> Probe {
        let text = wanted.text.as_str();
        let TextRange { start, end } = wanted.range;
        let before = TextRange { start: text.floor_char_boundary(start.saturating_sub(BESIDE)), end: start };
        let after = TextRange { start: end, end: text.ceil_char_boundary((end + BESIDE).min(text.len())) };
        let mut names = Vec::new();
        let mut add = |range| {
            let words = segment::tokens(text, range).map(|word| &text[word.start..word.end]);
            names.extend(words.map(|word| self.names.get(word).copied()));
            names.len()
        };
        let first = add(before);
        let last = add(wanted.range);
        add(after);
        Probe { names, quote: first..last }
    }

    /// Places where some of the quote's rarest words stand among words that stood beside them before.
    fn candidates(&self, probe: &Probe) -> Vec<Candidate> {
        let quote = probe.quote.clone().take(LOOKED_AT);
        let mut seeds: Vec<(usize, &Vec<u32>)> = quote
            .filter_map(|at| Some((at, self.places.get(probe.names[at]? as usize)?)))
            .filter(|(_, places)| !places.is_empty())
            .collect();
        seeds.sort_by_key(|(at, places)| (places.len(), *at));
        let mut tried = BTreeSet::new();
        let mut out = Vec::new();
        for (at, places) in seeds.into_iter().take(SEEDS) {
            let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(probe.names.len());
            let mut known: Vec<Name> = probe.names[near.clone()].iter().flatten().copied().collect();
            known.sort_unstable();
            for &place in places.iter().take(PLACES) {
                let seed = place as usize;
                let first = seed.saturating_sub(at - probe.quote.start);
                if !tried.insert(first) {
                    continue;
                }
                let around =
                    seed.saturating_sub(at - near.start)..(seed + near.end - at).min(self.words.len());
                let there = self.words[around].iter().filter(|word| known.binary_search(&word.name).is_ok());
                let same = there.count();
                if same * SHARE >= near.len() {
                    out.push(Candidate { first, seed, same });
                }
            }
        }
        out
    }

    /// As many words from `first` on as the quote has, without those at the ends that the quote lacks, and without those
    /// that another stretch than the word `seed` holds.
    fn window(&self, candidate: &Candidate, probe: &Probe) -> Option<TextRange> {
        let gap = self.words.get(candidate.seed)?.gap;
        let quote = &probe.names[probe.quote.clone()];
        let known: HashSet<Name> = quote.iter().flatten().copied().collect();
        let last = (candidate.first + quote.len()).min(self.words.len());
        let all = self.words.get(candidate.first..last)?.iter();
        let mut all = all.filter(|word| word.gap == gap && known.contains(&word.name));
        let first = all.next()?;
        let last = all.next_back().unwrap_or(first);
        Some(TextRange { start: first.range.start, end: last.range.end })
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
