//! Passages: tagging, attributes, links, several at once.

pub(crate) mod attributes;
pub(crate) mod link_index;
pub(crate) mod linking;
pub(crate) mod links;
pub(crate) mod occurrences;
pub(crate) mod selected;
pub(crate) mod state;
pub(crate) mod tagging;

use demarche_analysis::search::Query;
use demarche_model::{
    AttributeId, CategoryId, DocumentId, LayerId, LinkId, LinkKindId, SpanRef, TextRange, Value,
};

use crate::{OccurrenceScope, Screen, Session};

/// Tags, or changes spans.
#[derive(Clone, PartialEq, Debug)]
pub enum AnnotateAction {
    /// Tags the selection; with nothing selected and a span picked, retags that span.
    Tag(CategoryId),
    /// Tags the words of the picked span a second time.
    TagAlso(CategoryId),
    /// Tags every place where these words stand.
    TagEvery { query: Query, scope: OccurrenceScope, category: CategoryId },
    /// Moves the bounds of the range number `index` of a span.
    SetBounds { at: SpanRef, index: usize, to: TextRange },
    /// Retags spans, as one step.
    SetCategory { at: Vec<SpanRef>, category: CategoryId },
    /// Writes a span's note.
    SetNote { at: SpanRef, note: String },
    /// Sets or clears an attribute of spans, as one step.
    SetAttribute { at: Vec<SpanRef>, attribute: AttributeId, to: Option<Value> },
    /// Removes spans with their links, as one step.
    Remove(Vec<SpanRef>),
    /// Places a record that could not be placed: where its words stand, or with a new id, or by adding its category.
    Repair { document: DocumentId, key: u32 },
    /// Removes a record that could not be placed.
    Discard { document: DocumentId, key: u32 },
}

/// Links spans.
#[derive(Clone, PartialEq, Debug)]
pub enum LinkAction {
    /// Marks a span from which a link is to be made.
    Start(SpanRef),
    /// Links the marked span with this one; with no kind given, the user is asked for it.
    Finish { to: SpanRef, kind: Option<LinkKindId> },
    /// Links two spans as drawn with the pointer; the user is asked for the kind.
    Draw { from: SpanRef, to: SpanRef },
    /// Lets go of the marked span.
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
                Screen::Annotate | Screen::Agreement => self.tag(&category),
            },
            AnnotateAction::TagAlso(category) => match self.view.screen() {
                Screen::Compare => self.tag_consensus(&category),
                Screen::Annotate | Screen::Agreement => self.tag_also(&category),
            },
            AnnotateAction::TagEvery { query, scope, category } => self.tag_every(query, scope, category),
            AnnotateAction::SetBounds { at, index, to } => self.set_bounds(&at, index, to),
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
