//! The lengths of documents, and their sentences, paragraphs and words.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::bargain::DocumentIndex;
use crate::segment::all_sentences;
use demarche_model::{Document, Project, Text, TextRange};

/// The number of words of each document in memory, and its segments once a view needs them.
///
/// Counting takes a pass over all texts, so the table is kept between views. It is made again when texts change or are read.
#[derive(Clone, Debug, Default)]
pub struct Sizes {
    words: Vec<usize>,
    segments: Vec<[OnceLock<Arc<[TextRange]>>; 3]>,
}

/// A kind of segment of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Segment {
    Word,
    Sentence,
    Paragraph,
}

impl Sizes {
    /// Counts the words of all documents in memory.
    pub fn of(project: &Project) -> Self {
        let count = |document: &Arc<Document>| document.text.as_deref().map_or(0, count_words);
        let words: Vec<usize> = project.documents().par_iter().map(count).collect();
        Self { segments: words.iter().map(|_| Default::default()).collect(), words }
    }

    /// Number of words of a document.
    pub fn words(&self, document: DocumentIndex) -> usize {
        self.words.get(document.get()).copied().unwrap_or(0)
    }

    /// The segments of a document with this text, in order.
    pub(super) fn segments(
        &self,
        document: DocumentIndex,
        text: &Text,
        segment: Segment,
    ) -> Arc<[TextRange]> {
        let kept = self.segments.get(document.get()).map(|kinds| match segment {
            Segment::Word => &kinds[0],
            Segment::Sentence => &kinds[1],
            Segment::Paragraph => &kinds[2],
        });
        let find = || find_segments(text.as_str(), segment).into();
        kept.map_or_else(find, |kept| kept.get_or_init(find).clone())
    }
}

fn count_words(text: &Text) -> usize {
    text.as_str().unicode_words().count()
}

fn find_segments(text: &str, segment: Segment) -> Vec<TextRange> {
    let at = |start: usize, part: &str| TextRange::new(start, start + part.len());
    match segment {
        Segment::Word => text.unicode_word_indices().map(|(start, word)| at(start, word)).collect(),
        Segment::Sentence => all_sentences(text),
        Segment::Paragraph => {
            let starts = text.split('\n').scan(0, |next, line| {
                let start = *next;
                *next += line.len() + 1;
                Some((start, line))
            });
            starts.filter(|(_, line)| !line.trim().is_empty()).map(|(start, line)| at(start, line)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines_that_are_not_blank() {
        let text = "One two.\n\n  \nThree.";
        let found = find_segments(text, Segment::Paragraph);
        assert_eq!(found, [TextRange::new(0, 8), TextRange::new(13, 19)]);
        assert_eq!(find_segments(text, Segment::Word).len(), 3);
        assert_eq!(find_segments("", Segment::Paragraph), []);
    }
}
