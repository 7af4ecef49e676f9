//! Moving from sentence to sentence, each of which is selected on the way.

use demarche_analysis::list_marker::sentence_without_marker_at;
use demarche_analysis::segment;
use demarche_model::TextRange;
use demarche_session::TextSelection;

/// Returns the sentence to select next. Going forward from a caret at the start of a sentence, that is this sentence;
/// going back from the middle of one as well.
pub(super) fn step(text: &str, selection: TextSelection, forward: bool) -> TextRange {
    let selected = selection.range();
    let here = segment::sentence_at(text, selected.start);
    let to = match (forward, selection.is_empty()) {
        (true, true) if here.start == selected.start => here.start,
        (true, true) => segment::next_sentence(text, selected.start),
        (true, false) => segment::next_sentence(text, segment::previous_grapheme(text, selected.end)),
        (false, true) => segment::previous_sentence(text, selected.start),
        (false, false) => segment::previous_sentence(text, here.start),
    };
    let found = sentence_without_marker_at(text, to);
    let is_behind = forward && found.end < selected.end;
    if found.is_empty() || is_behind { sentence_without_marker_at(text, selected.start) } else { found }
}

/// Returns the end of the sentence at `offset`, or of the next one if it ends there.
pub(super) fn end_after(text: &str, offset: usize) -> usize {
    let here = segment::sentence_at(text, offset);
    if offset < here.end {
        return here.end;
    }
    segment::sentence_at(text, segment::next_sentence(text, offset)).end.max(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "We leave. Do they stay?\n- They do.\n";

    fn walk(from: usize, forward: bool) -> Vec<&'static str> {
        let mut selection = TextSelection::caret(from);
        let mut seen = Vec::new();
        for _ in 0..4 {
            let found = step(TEXT, selection, forward);
            seen.push(&TEXT[found.start..found.end]);
            selection = TextSelection::over(found);
        }
        seen
    }

    #[test]
    fn each_sentence_is_selected_in_turn_without_its_bullet() {
        assert_eq!(walk(0, true), ["We leave.", "Do they stay?", "They do.", "They do."]);
        assert_eq!(walk(3, true), ["Do they stay?", "They do.", "They do.", "They do."]);
        assert_eq!(walk(TEXT.len(), false), ["They do.", "Do they stay?", "We leave.", "We leave."]);
        assert_eq!(walk(13, false), ["Do they stay?", "We leave.", "We leave.", "We leave."]);
    }

    #[test]
    fn after_a_tag_the_next_sentence_follows() {
        let after = TextSelection::caret("We leave.".len());
        assert_eq!(step(TEXT, after, true), TextRange::new(10, 23));
        assert_eq!(step("走。留。", TextSelection::caret(6), true), TextRange::new(6, 12));
    }

    #[test]
    fn a_selection_grows_to_the_ends_of_sentences() {
        assert_eq!(end_after(TEXT, 0), 9);
        assert_eq!(end_after(TEXT, 9), 23);
        assert_eq!(end_after(TEXT, TEXT.len()), TEXT.len());
    }
}
