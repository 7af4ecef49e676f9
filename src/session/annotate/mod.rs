//! Tagging passages, setting their attributes and linking them.

pub(crate) mod attributes;
mod detached;
pub(crate) mod link_index;
pub(crate) mod linking;
pub(crate) mod links;
pub(crate) mod marker;
pub(crate) mod occurrences;
pub(crate) mod selected;
pub(crate) mod sight;
pub(crate) mod state;
pub(crate) mod tagging;

use demarche_analysis::search::Query;
use demarche_model::{
    AttributeId, CategoryId, DocumentId, LayerId, LinkId, LinkKindId, SpanRef, TextRange, Value,
};

use crate::{Occurrence, OccurrenceScope, Screen, Session};

/// Tags text, or changes spans.
#[derive(Clone, PartialEq, Debug)]
pub enum AnnotateAction {
    /// Tags the selected text. If none is selected, retags the selected spans.
    Tag(CategoryId),
    /// Tags the words of the current span a second time.
    TagAlso(CategoryId),
    /// Starts marker mode with a category, or ends it.
    SetMarker(Option<CategoryId>),
    /// Tags every occurrence of a query.
    TagEvery { query: Query, scope: OccurrenceScope, category: CategoryId },
    /// As the above, except some occurrences.
    TagEveryExcept { query: Query, scope: OccurrenceScope, category: CategoryId, left_out: Vec<Occurrence> },
    /// Moves the bounds of one range of a span, by its index.
    SetBounds { at: SpanRef, index: usize, to: TextRange },
    /// Retags spans, as one step.
    SetCategory { at: Vec<SpanRef>, category: CategoryId },
    /// Sets a span's note.
    SetNote { at: SpanRef, note: String },
    /// Sets or clears an attribute of spans, as one step.
    SetAttribute { at: Vec<SpanRef>, attribute: AttributeId, to: Option<Value> },
    /// Removes spans with their links, as one step.
    Remove(Vec<SpanRef>),
    /// Places a record that could not be placed: at its words, with a new id, or by adding its category.
    Repair { document: DocumentId, key: u32 },
    /// Removes a record that could not be placed.
    Discard { document: DocumentId, key: u32 },
}

/// Links spans.
#[derive(Clone, PartialEq, Debug)]
pub enum LinkAction {
    /// Marks the start of a link.
    Start(SpanRef),
    /// Links the marked span with this one. Asks for the kind if none is given.
    Finish { to: SpanRef, kind: Option<LinkKindId> },
    /// Links two spans as drawn with the pointer. Asks for the kind.
    Draw { from: SpanRef, to: SpanRef },
    /// Cancels the link that was started.
    Cancel,
    /// Links two spans.
    Add { from: SpanRef, to: SpanRef, kind: LinkKindId },
    /// Removes a link.
    Remove { layer: LayerId, id: LinkId },
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_annotate(&mut self, action: AnnotateAction) {
        match action {
            AnnotateAction::Tag(category) => match self.view.screen() {
                Screen::Compare => self.tag_consensus(&category),
                Screen::Annotate | Screen::Agreement | Screen::Board => self.tag(&category),
                Screen::Analyse => {}
            },
            AnnotateAction::TagAlso(category) => match self.view.screen() {
                Screen::Compare => self.tag_consensus(&category),
                Screen::Annotate | Screen::Agreement | Screen::Board => self.tag_also(&category),
                Screen::Analyse => {}
            },
            AnnotateAction::SetMarker(category) => self.set_marker(category),
            AnnotateAction::TagEvery { query, scope, category } => {
                self.tag_every(query, scope, category, Vec::new());
            }
            AnnotateAction::TagEveryExcept { query, scope, category, left_out } => {
                self.tag_every(query, scope, category, left_out);
            }
            AnnotateAction::SetBounds { at, index, to } => self.drag_bound(&at, index, to),
            AnnotateAction::SetCategory { at, category } => self.set_categories(&at, &category),
            AnnotateAction::SetNote { at, note } => self.set_note(&at, note),
            AnnotateAction::SetAttribute { at, attribute, to } => self.set_attributes(&at, attribute, to),
            AnnotateAction::Remove(at) => self.remove_spans(&at),
            AnnotateAction::Repair { document, key } => self.repair(&document, key),
            AnnotateAction::Discard { document, key } => self.discard(&document, key),
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_link(&mut self, action: LinkAction) {
        match action {
            LinkAction::Start(at) => self.start_link(at),
            LinkAction::Finish { to, kind } => self.link_to(&to, kind),
            LinkAction::Draw { from, to } => self.draw_link(&from, &to),
            LinkAction::Cancel => {
                self.cancel_link();
            }
            LinkAction::Add { from, to, kind } => self.link(&from, &to, kind),
            LinkAction::Remove { layer, id } => self.unlink(&layer, id),
        }
    }
}
