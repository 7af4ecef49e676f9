//! Passages as text with citations, to paste into a paper.

use demarche_analysis::citation::reference;
use demarche_model::{AttributeId, Locator, SpanRef, TextRange, Value};

use crate::{Passage, Session, TableRow};

/// Maximum number of passages to copy at once.
const MOST: usize = 5_000;

/// Passages as text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Citations {
    /// One paragraph each.
    pub text: String,
    /// Number of passages in the text.
    pub copied: usize,
    /// Number of passages beyond the maximum.
    pub omitted: usize,
}

impl Session {
    /// The selected words, or those of the current span if none are selected, optionally with a citation.
    pub fn text_to_copy(&self, cite: bool) -> Option<String> {
        let document = self.document()?;
        let text = document.text.as_ref()?;
        let (range, words) = match self.current_span() {
            Some(span) if self.focused_pane().selection().is_empty() => {
                (span.ranges.cover(), span.quote(text))
            }
            _ => (self.text_selection().range(), self.shown_words()?),
        };
        Some(if cite { format!("“{words}” ({})", reference(document, range)) } else { words })
    }

    /// The words that are selected in the text of the focused pane.
    pub(crate) fn shown_words(&self) -> Option<String> {
        let pane = self.focused_pane();
        let (text, _) = pane.text()?;
        Some(text.slice(pane.selection().range()).to_owned())
    }

    /// Page, heading or time of a range of the open document.
    pub fn locate(&self, range: TextRange) -> Locator<'_> {
        self.document().map(|document| document.anchors.locate(range)).unwrap_or_default()
    }

    /// The selected passages with citations, in the order of the table; without a selection, all rows of the table.
    pub fn cite_passages(&self) -> Citations {
        let mut selected: Vec<(Option<usize>, &SpanRef)> =
            self.selected_spans().iter().map(|at| (self.passages.position(&self.project, at), at)).collect();
        selected.sort_by_key(|(position, _)| position.unwrap_or(usize::MAX));
        let mut cited = Citations::default();
        let all = if selected.is_empty() { self.passages.len() } else { selected.len() };
        for index in 0..all.min(MOST) {
            let row = match selected.get(index) {
                Some((_, SpanRef { layer, span })) => {
                    Some(TableRow { document: &layer.document, annotator: &layer.annotator, span: *span })
                }
                None => self.passages.row(index),
            };
            if let Some(passage) = row.as_ref().and_then(|row| row.passage(&self.project)) {
                cited.text.push_str(if cited.copied == 0 { "" } else { "\n\n" });
                cited.text.push_str(&citation(&passage));
                cited.copied += 1;
            }
        }
        cited.omitted = all.saturating_sub(MOST);
        cited
    }
}

/// `“quote” (Author, Title, date, source, p. 3; category; actor → target)`.
fn citation(passage: &Passage<'_>) -> String {
    let from = reference(passage.document, passage.span.ranges.cover());
    let category = passage.project.codebook().name_of(&passage.span.category).to_owned();
    let parts = [from, category, parties(passage)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("“{}” ({})", passage.quote(), parts.join("; "))
}

/// Actor and target, if they are set.
fn parties(passage: &Passage<'_>) -> String {
    let value = |id: &str| passage.span.attributes.get(&AttributeId::new(id)).map(Value::to_string);
    match (value("actor"), value("target")) {
        (Some(actor), Some(target)) => format!("{actor} → {target}"),
        (Some(actor), None) => actor,
        (None, Some(target)) => format!("→ {target}"),
        (None, None) => String::new(),
    }
}
