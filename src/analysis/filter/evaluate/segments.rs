//! The words, sentences and paragraphs of a text, for distances between passages.

use std::sync::{Arc, OnceLock};

use foldhash::HashMap as FastMap;
use unicode_segmentation::UnicodeSegmentation;

use demarche_model::{Document, DocumentId, Text, TextRange};

use super::super::ast::Unit;
use crate::segment::all_sentences;

/// The units of a text, each found when it is first needed.
#[derive(Debug)]
pub(super) struct Segments {
    text: Arc<Text>,
    words: OnceLock<Vec<TextRange>>,
    /// Where each sentence starts.
    sentences: OnceLock<Vec<usize>>,
    /// Where each paragraph that is not blank starts.
    paragraphs: OnceLock<Vec<usize>>,
}

impl Segments {
    /// The units of a text.
    pub fn new(text: Arc<Text>) -> Self {
        Self { text, words: OnceLock::new(), sentences: OnceLock::new(), paragraphs: OnceLock::new() }
    }

    /// Number of units between a range and a later one. 0 words, if no word is between them; 0 sentences or paragraphs,
    /// if the first ends in the one in which the second starts.
    pub fn between(&self, before: TextRange, after: TextRange, unit: Unit) -> usize {
        let last = before.end.saturating_sub(1);
        match unit {
            Unit::Character => self.text.characters_in(TextRange::new(before.end, after.start)),
            Unit::Word => {
                let words = self.words();
                let started = words.partition_point(|word| word.start < before.end);
                words.partition_point(|word| word.end <= after.start).saturating_sub(started)
            }
            Unit::Sentence => steps(self.sentences(), last, after.start),
            Unit::Paragraph => steps(self.paragraphs(), last, after.start),
        }
    }

    fn words(&self) -> &[TextRange] {
        let find = || {
            let words = self.text.as_str().unicode_word_indices();
            words.map(|(at, word)| TextRange::new(at, at + word.len())).collect()
        };
        self.words.get_or_init(find)
    }

    fn sentences(&self) -> &[usize] {
        let find = || all_sentences(self.text.as_str()).into_iter().map(|sentence| sentence.start).collect();
        self.sentences.get_or_init(find)
    }

    fn paragraphs(&self) -> &[usize] {
        self.paragraphs.get_or_init(|| {
            let mut at = 0;
            let mut starts = Vec::new();
            for line in self.text.as_str().split_inclusive('\n') {
                if !line.trim().is_empty() {
                    starts.push(at);
                }
                at += line.len();
            }
            starts
        })
    }
}

/// Number of starts after one offset, up to another.
fn steps(starts: &[usize], from: usize, to: usize) -> usize {
    let number = |offset: usize| starts.partition_point(|start| *start <= offset);
    // What is before the first start belongs to it.
    number(to).max(1).saturating_sub(number(from).max(1))
}

/// The units of the texts of a project, kept while the texts stay the same.
#[derive(Clone, Debug, Default)]
pub(super) struct SegmentStore(FastMap<DocumentId, Arc<Segments>>);

impl SegmentStore {
    /// The units of the text of a loaded document.
    pub fn of(&mut self, document: &Document, text: &Arc<Text>) -> Arc<Segments> {
        let known = self.0.get(document.id()).filter(|known| Arc::ptr_eq(&known.text, text));
        if let Some(known) = known {
            return known.clone();
        }
        let new = Arc::new(Segments::new(text.clone()));
        self.0.insert(document.id().clone(), new.clone());
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The distance between the ranges marked by `[…]` in a text.
    fn between(marked: &str, unit: Unit) -> usize {
        let mut text = String::new();
        let mut ends = Vec::new();
        for c in marked.chars() {
            if matches!(c, '[' | ']') { ends.push(text.len()) } else { text.push(c) }
        }
        let (before, after) = (TextRange::new(ends[0], ends[1]), TextRange::new(ends[2], ends[3]));
        Segments::new(Arc::new(Text::new(text))).between(before, after, unit)
    }

    #[test]
    fn distances_count_what_is_between() {
        for (marked, expected) in [
            ("[We] [ask] for it.", [1, 0, 0, 0]),
            ("[We] do [ask] é. No.", [4, 1, 0, 0]),
            ("[We ask.] You [refuse].", [5, 1, 1, 0]),
            ("[We ask.]\n\n \nYou [refuse].\n", [8, 1, 1, 1]),
            ("[Yes]. No way.\nSo it is. [Done].", [20, 5, 3, 1]),
            ("[un]do [x]", [3, 0, 0, 0]),
            ("[é][ü]", [0, 0, 0, 0]),
            ("\n\n[a] [b]", [1, 0, 0, 0]),
        ] {
            assert_eq!(Unit::ALL.map(|unit| between(marked, unit)), expected, "{marked:?}");
        }
    }
}
