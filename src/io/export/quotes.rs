//! The quotes of a document's passages in an export.
//!
//! Most formats repeat the words of each passage. Thousands of long passages over the same words would make a file of
//! gigabytes out of a text of a few pages, so the quotes of such a document are limited. All formats that repeat words
//! have the offsets too, and most have the text. brat and WebAnno can't do without: see [`super::repetition`].

use std::borrow::Cow;

use super::Scope;
use crate::loss::{ExportLoss, Losses};
use crate::words::export::report;
use demarche_model::{Document, Quote, Ranges, Span, Text, TextRange};

/// The total length in bytes up to which all quotes of a document are written in full.
const TOTAL: usize = 64 << 20;
/// The length in characters up to which a quote is always written in full.
const LONGEST: usize = 10_000;

/// The quotes of a document's passages.
pub(super) struct Quotes<'t> {
    text: &'t Text,
    /// Whether long quotes are not written in full.
    are_limited: bool,
}

impl<'t> Quotes<'t> {
    /// Returns the quotes of the chosen passages of a document, and counts those that are not written in full.
    pub fn of(scope: &Scope<'_>, document: &Document, text: &'t Text, losses: &mut Losses) -> Self {
        let layers = scope.layers(document);
        let spans = || layers.iter().flat_map(|(_, layer)| scope.spans(layer));
        let total: usize = spans().flat_map(|span| span.ranges.iter()).map(TextRange::len).sum();
        let quotes = Self { text, are_limited: total > TOTAL };
        if quotes.are_limited {
            losses.add(ExportLoss::LongQuotes, spans().filter(|span| !quotes.has_all_of(span)).count());
        }
        quotes
    }

    /// Returns whether the quote of a passage is written in full.
    pub fn has_all_of(&self, span: &Span) -> bool {
        !self.are_limited || characters(&span.ranges, self.text) <= LONGEST
    }

    /// Returns the words of a passage, for a format with offsets and texts: `None` instead of a quote that is too long.
    pub fn words(&self, span: &Span) -> Option<Cow<'t, str>> {
        let whole = |range| Cow::Borrowed(self.text.slice(range));
        self.has_all_of(span).then(|| match span.ranges.count() {
            1 => whole(span.ranges.cover()),
            _ => Cow::Owned(span.quote(self.text)),
        })
    }

    /// Returns the words at one range of a passage, as [`Self::words`] does.
    pub fn words_at(&self, span: &Span, range: TextRange) -> Option<&'t str> {
        self.has_all_of(span).then(|| self.text.slice(range))
    }

    /// Returns the words of a passage for people to read: of a quote that is too long, its start and its end.
    pub fn shown(&self, span: &Span) -> Cow<'t, str> {
        self.words(span).unwrap_or_else(|| match Quote::of_span(&span.ranges, self.text).long() {
            Some(long) => Cow::Owned(report::abridged(&long.head, long.characters, &long.tail)),
            None => Cow::Owned(span.quote(self.text)),
        })
    }
}

/// Returns the number of characters in ranges.
fn characters(ranges: &Ranges, text: &Text) -> usize {
    ranges.iter().map(|range| text.characters_in(range)).sum()
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::export::random_full::comes_back;
    use crate::export::{memory, sample};
    use demarche_model::{Edit, Layer, LayerId, Project, SpanId};

    /// A project with nested passages in a text of 200 KB, so that more than 370 are too many to quote, and one short passage.
    pub fn nested(count: usize) -> Project {
        let content = "word ".repeat(40_000);
        let span = |n: usize| Span {
            id: SpanId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0001_0000 + n as u128)),
            ranges: Ranges::one(TextRange::new(5 * n, content.len() - 1 - 5 * n)).unwrap(),
            ..sample::span(0, "offer", &content, &["word"])
        };
        let short = sample::span(1, "offer", &content, &["word"]);
        let layer = Layer::new(Default::default(), (0..count).map(span).chain([short]), [], []);
        let mut project = sample::project();
        for document in ["d001", "d002"] {
            project.apply(Edit::RemoveDocument { document: document.into() }).unwrap();
        }
        let document = sample::document("d003", "Nested", &content);
        project.apply(Edit::InsertDocument { at: 0, document: Arc::clone(&document) }).unwrap();
        project.set_layer_from_disk(&LayerId::new(&"d003".into(), &"ana".into()), layer);
        project
    }

    fn count_limited(project: &Project) -> usize {
        let document = &project.documents()[0];
        let mut losses = Losses::default();
        Quotes::of(&Scope::everything(project), document, document.text.as_ref().unwrap(), &mut losses);
        losses.report().iter().map(|loss| loss.count).sum()
    }

    #[test]
    fn quotes_are_limited_only_where_they_exceed_the_total() {
        assert_eq!(count_limited(&nested(300)), 0);
        assert_eq!(count_limited(&nested(400)), 400);
    }

    #[test]
    fn nested_passages_come_back_from_a_small_file() {
        let project = nested(400);
        for name in
            ["csv", "tsv", "jsonl", "markdown", "doccano", "w3c", "xlsx", "html", "qdpx", "label-studio"]
        {
            let (files, losses) = memory::export(name, &Scope::everything(&project));
            let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
            assert!(size < 1 << 20, "{name}: {size}");
            let is_counted = losses.iter().any(|loss| loss.short() == "400 LongQuotes");
            assert_eq!(is_counted, !["html", "qdpx"].contains(&name), "{name}: {losses:?}");
            let result = comes_back(name, &project);
            assert!(result.contains("401 of 401 passages came back"), "{name}: {result}");
        }
    }

    #[test]
    fn start_end_and_length_of_a_long_quote_are_shown() {
        let project = nested(400);
        let table = memory::text("tsv", &Scope::everything(&project));
        let rows: Vec<&str> = table.lines().collect();
        assert!(rows[1].contains("word word [… 199,999 characters …] word word"), "{}", rows[1]);
        assert_eq!(rows.len(), 402);
    }
}
