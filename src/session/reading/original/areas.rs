//! The areas of a page that a passage covers.

use demarche_io::documents::pages::{PageRect, PlacedText};
use demarche_model::TextRange;

/// Greatest number of occurrences of a quote among which the right one is searched for.
const OCCURRENCES: usize = 10_000;

/// A part of a passage on a page, usually the words of one line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PageArea {
    /// The index of the page, from 0.
    pub page: usize,
    /// The rectangle around the words.
    pub rect: PageRect,
}

/// Returns the areas of a passage of a document's text, in the order of the text. They are empty if the words have no places,
/// or if the text is not the one of the file and the passage can't be found in that by its words.
pub fn areas(placed: &PlacedText, text: &str, passage: TextRange) -> Vec<PageArea> {
    let Some(range) = range_in(placed, text, passage) else { return Vec::new() };
    let runs = &placed.runs;
    // Runs are in the order of the text and do not overlap, except where a file shows words twice.
    let from = runs.partition_point(|run| run.range.end <= range.start);
    let mut areas: Vec<PageArea> = Vec::new();
    for run in runs[from..].iter().take_while(|run| run.range.start < range.end) {
        match areas.last_mut().filter(|last| last.page == run.page && is_same_line(last.rect, run.rect)) {
            Some(last) => last.rect = around(last.rect, run.rect),
            None => areas.push(PageArea { page: run.page, rect: run.rect }),
        }
    }
    areas
}

/// Returns the range of a passage in the text of the file: the same one if the texts are equal, otherwise the one with its
/// words, if there are as many in both texts.
fn range_in(placed: &PlacedText, text: &str, passage: TextRange) -> Option<TextRange> {
    if passage.start >= passage.end || placed.runs.is_empty() {
        return None;
    }
    if placed.text == text {
        return Some(passage);
    }
    let quote = text.get(passage.start..passage.end)?;
    let starts = |text: &str| -> Vec<usize> {
        text.match_indices(quote).take(OCCURRENCES).map(|(at, _)| at).collect()
    };
    let (here, there) = (starts(text), starts(&placed.text));
    let at = here.binary_search(&passage.start).ok().filter(|_| here.len() == there.len());
    let start = *there.get(at?)?;
    Some(TextRange { start, end: start + quote.len() })
}

/// Returns whether a word continues a line to the right, at a distance of a few letters at most.
fn is_same_line(line: PageRect, word: PageRect) -> bool {
    let height = (line.bottom - line.top).min(word.bottom - word.top).max(0.0);
    let shared = line.bottom.min(word.bottom) - line.top.max(word.top);
    let gap = word.left - line.right;
    shared > height / 2.0 && gap.abs() < 2.0 * height
}

fn around(one: PageRect, other: PageRect) -> PageRect {
    PageRect {
        left: one.left.min(other.left),
        top: one.top.min(other.top),
        right: one.right.max(other.right),
        bottom: one.bottom.max(other.bottom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_io::documents::pages::PageRun;

    /// Places words in lines of three; a page has two lines.
    fn placed(text: &str) -> PlacedText {
        let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        let run = |(at, word): (usize, &str)| {
            let (line, left) = (at / 3, (at % 3) as f32 * 50.0);
            let top = (line % 2) as f32 * 20.0;
            let rect = PageRect { left, top, right: left + 45.0, bottom: top + 10.0 };
            PageRun { range: start(word)..start(word) + word.len(), page: line / 2, rect }
        };
        let runs = text.split_whitespace().enumerate().map(run).collect();
        PlacedText { text: text.to_owned(), runs }
    }

    fn found(placed: &PlacedText, text: &str, words: &str) -> Vec<(usize, f32, f32, f32)> {
        let start = text.find(words).unwrap();
        let areas = areas(placed, text, TextRange { start, end: start + words.len() });
        areas.iter().map(|area| (area.page, area.rect.top, area.rect.left, area.rect.right)).collect()
    }

    const TEXT: &str = "one two three four five six seven eight nine";

    #[test]
    fn a_passage_has_an_area_for_each_line_and_page() {
        let placed = placed(TEXT);
        assert_eq!(found(&placed, TEXT, "two three"), [(0, 0.0, 50.0, 145.0)]);
        assert_eq!(found(&placed, TEXT, "wo thr"), [(0, 0.0, 50.0, 145.0)], "whole words");
        assert_eq!(
            found(&placed, TEXT, "three four five six seven"),
            [(0, 0.0, 100.0, 145.0), (0, 20.0, 0.0, 145.0), (1, 0.0, 0.0, 45.0)]
        );
        assert_eq!(areas(&placed, TEXT, TextRange { start: 3, end: 3 }), [], "no passage");
        assert_eq!(areas(&placed, TEXT, TextRange { start: 3, end: 4 }), [], "a space");
    }

    #[test]
    fn a_passage_of_an_edited_text_is_found_by_its_words() {
        let placed = placed(TEXT);
        let edited = TEXT.replacen("one", "The first, one", 1);
        assert_eq!(found(&placed, &edited, "two three"), found(&placed, TEXT, "two three"));
        assert_eq!(found(&placed, &edited, "first"), [], "it is not in the file");
    }

    #[test]
    fn words_that_occur_more_often_in_one_text_are_not_outlined() {
        let placed = placed("one two one two");
        let at = |text: &str, start: usize| areas(&placed, text, TextRange { start, end: start + 3 });
        assert_eq!(at("0 one two one two", 10)[0].rect.left, 100.0, "the second of two");
        assert_eq!(at("one two", 0), []);
        assert_eq!(at("one one one two", 0), []);
    }

    #[test]
    fn words_without_places_have_no_areas() {
        let placed = PlacedText { text: TEXT.to_owned(), runs: Vec::new() };
        assert_eq!(found(&placed, TEXT, "two"), []);
    }
}
