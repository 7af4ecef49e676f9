//! What every text of a foreign document undergoes after it was read, whatever its format: all line ends become LF, form
//! feeds separate pages, and break hints such as soft hyphens go. Texts that come with labels are not cleaned, since
//! offsets refer to them.

use super::ReadDocument;
use crate::loss::{DocumentLoss, Loss};
use demarche_model::{Anchor, AnchorKind, WithoutBreakHints, is_break_hint};

/// A form feed, which ends a line and starts a page.
const PAGE: char = '\u{C}';

/// Cleans a document. If `has_pages`, its form feeds start pages, which are numbered from 1 unless the format has named
/// some.
pub(super) fn clean(document: &mut ReadDocument, has_pages: bool) {
    for fact in [&mut document.title, &mut document.author, &mut document.source].into_iter().flatten() {
        if let std::borrow::Cow::Owned(folded) = WithoutBreakHints::of(fact).into_text() {
            *fact = folded;
        }
    }
    for anchor in &mut document.anchors {
        if let AnchorKind::Heading { title, .. } = &mut anchor.kind {
            title.retain(|c| !is_break_hint(c));
        }
    }
    if !document.text.contains(is_changed) {
        return;
    }
    let is_named = document.anchors.iter().any(|anchor| matches!(anchor.kind, AnchorKind::Page(_)));
    let mut cleaner = Cleaner::new(std::mem::take(&mut document.anchors), has_pages && !is_named);
    cleaner.text(&document.text);
    if cleaner.hints > 0 {
        document.dropped.push(Loss::new(DocumentLoss::BreakHints, cleaner.hints));
    }
    (document.text, document.anchors) = cleaner.finish();
}

/// Returns a text that was pasted, with LF line ends and without break hints, and the number of these.
pub(crate) fn clean_pasted(text: &str) -> (String, usize) {
    let mut cleaner = Cleaner::new(Vec::new(), false);
    cleaner.text(&text.replace("\r\n", "\n").replace('\r', "\n"));
    (cleaner.out, cleaner.hints)
}

fn is_changed(c: char) -> bool {
    is_break_hint(c) || is_line_end(c)
}

/// Returns whether a character ends a line, other than LF (Unicode Standard, section 5.8).
fn is_line_end(c: char) -> bool {
    matches!(c, '\u{B}' | PAGE | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A text as it is cleaned.
struct Cleaner {
    out: String,
    /// The anchors of the text before, in order, and the number of those that have been moved.
    anchors: Vec<Anchor>,
    moved: usize,
    /// The starts of pages.
    pages: Vec<usize>,
    has_pages: bool,
    hints: usize,
}

impl Cleaner {
    fn new(anchors: Vec<Anchor>, has_pages: bool) -> Self {
        Self { out: String::new(), anchors, moved: 0, pages: vec![0], has_pages, hints: 0 }
    }

    fn text(&mut self, text: &str) {
        self.out.reserve(text.len());
        let mut at = 0;
        for part in text.split_inclusive(is_changed) {
            let words = part.trim_end_matches(is_changed);
            self.move_anchors(at, at + words.len());
            self.out.push_str(words);
            self.changed(&part[words.len()..]);
            at += part.len();
        }
        self.move_anchors(at, usize::MAX);
    }

    /// Moves the anchors in a part of the text, which starts at the end of what has been written.
    fn move_anchors(&mut self, from: usize, to: usize) {
        let here = self.out.len();
        for anchor in self.anchors[self.moved..].iter_mut().take_while(|anchor| anchor.at <= to) {
            anchor.at = here + anchor.at.saturating_sub(from);
            self.moved += 1;
        }
    }

    fn changed(&mut self, changed: &str) {
        for c in changed.chars() {
            if is_break_hint(c) {
                self.hints += 1;
                continue;
            }
            // A form feed mostly follows the line end of the last line of a page.
            if c != PAGE || !self.out.is_empty() && !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            if c == PAGE {
                self.pages.push(self.out.len());
            }
        }
    }

    /// Returns the text and its anchors.
    fn finish(self) -> (String, Vec<Anchor>) {
        let Self { out, mut anchors, pages, has_pages, .. } = self;
        let words = out.trim_end().len();
        anchors.iter_mut().for_each(|anchor| anchor.at = anchor.at.min(out.len()));
        if has_pages && pages.len() > 1 {
            // Programs end the last page as well.
            let starts = (1..).zip(pages).filter(|(_, at)| *at < words);
            let page = |(number, at): (usize, usize)| Anchor {
                at,
                kind: AnchorKind::Page(number.to_string().into()),
            };
            anchors.splice(0..0, starts.map(page));
            anchors.sort_by_key(|anchor| anchor.at);
        }
        (out, anchors)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cleaned(text: &str, has_pages: bool) -> ReadDocument {
        let mut document = ReadDocument { text: text.to_owned(), ..ReadDocument::default() };
        clean(&mut document, has_pages);
        document
    }

    fn pages(document: &ReadDocument) -> Vec<(String, usize)> {
        document.anchors.iter().map(|anchor| (format!("{:?}", anchor.kind), anchor.at)).collect()
    }

    #[test]
    fn all_line_ends_are_one_and_hints_are_counted() {
        let read = cleaned(
            "a\u{B}b\u{C}c\u{85}d\u{2028}e\u{2029}\u{2029}f nego\u{AD}tia\u{200B}\u{2060}tion\u{FEFF}",
            false,
        );
        assert_eq!(read.text, "a\nb\nc\nd\ne\n\nf negotiation");
        assert_eq!(read.dropped, [Loss::new(DocumentLoss::BreakHints, 4)]);
        assert!(read.anchors.is_empty());
        let joined = "\u{645}\u{6CC}\u{200C}\u{62E} \u{1F469}\u{200D}\u{1F467}";
        assert_eq!(cleaned(joined, true).text, joined);
    }

    #[test]
    fn form_feeds_start_pages() {
        let page = |number: &str| format!("{:?}", AnchorKind::Page(number.into()));
        let read = cleaned("One\n\u{C}Two\n\u{C}\u{C}Four\n\u{C}", true);
        assert_eq!(read.text, "One\nTwo\nFour\n");
        let found = pages(&read);
        assert_eq!(found.first(), Some(&(page("1"), 0)));
        assert_eq!(found.last(), Some(&(page("4"), 8)));
        assert!(pages(&cleaned("One\u{85}Two", true)).is_empty());
        let named = Anchor { at: 4, kind: AnchorKind::Page("xii".into()) };
        let mut document = ReadDocument {
            text: "One\u{C}Two".to_owned(),
            anchors: vec![named.clone()],
            ..ReadDocument::default()
        };
        clean(&mut document, true);
        assert_eq!(document.anchors, [named]);
    }

    proptest! {
        #[test]
        fn anchors_stay_at_their_words(parts in proptest::collection::vec("[a-c\u{AD}\u{C}\u{85}\u{FEFF}\n]{0,4}", 1..8)) {
            let mut document = ReadDocument::default();
            for (number, part) in parts.iter().enumerate() {
                let kind = AnchorKind::Heading { level: 1, title: number.to_string() };
                document.anchors.push(Anchor { at: document.text.len(), kind });
                document.text.push_str(&format!("{number}{part}"));
            }
            clean(&mut document, true);
            prop_assert!(document.anchors.is_sorted_by_key(|anchor| anchor.at));
            prop_assert!(!document.text.contains(is_changed));
            for anchor in &document.anchors {
                let rest = document.text.get(anchor.at..);
                prop_assert!(rest.is_some());
                if let AnchorKind::Heading { title, .. } = &anchor.kind {
                    prop_assert!(rest.is_some_and(|rest| rest.starts_with(title.as_str())));
                }
            }
        }
    }
}
