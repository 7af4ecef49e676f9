//! Titles of actors, documents and bins, and what the spans of passages say.

use std::cell::Cell;

use super::{Basis, Look};
use crate::bargain::{ActorId, Bin, DocumentIndex, OwnerIndex, PassageIndex};
use crate::summary::Day;
use demarche_model::{Attributes, Layer};

impl Look<'_> {
    /// The key by which documents are sorted by date, those without one last.
    pub(super) fn document_order(&self, document: DocumentIndex) -> (bool, Option<Day>) {
        let date = self.basis.moves.document_date(document);
        (date.is_none(), date.map(|days| days.first))
    }

    /// The name of an actor, or that it is not specified.
    pub fn actor_title(&self, actor: Option<ActorId>) -> String {
        match actor {
            Some(actor) => self.basis.moves.actors().name(actor).to_owned(),
            None => crate::words::views::not_specified(),
        }
    }

    /// The name of a bin: `2026-03`, `2026-W10`, the title of a document, or `2026 (day unknown)`.
    pub fn bin_name(&self, bin: Bin) -> String {
        let title = match bin {
            Bin::Document(document) => self.document_title(document),
            Bin::Days(_) | Bin::Phase(_) | Bin::NoPhase | Bin::Coarse(_) | Bin::Undated | Bin::Reported => {
                String::new()
            }
        };
        self.basis.bins.label(bin, &title)
    }

    /// The title of a document, or its id.
    pub fn document_title(&self, document: DocumentIndex) -> String {
        let title = self.document(document).map_or("", |document| document.meta.title.as_str());
        let id = self.basis.moves.document_id(document);
        if title.is_empty() { id.to_string() } else { title.to_owned() }
    }
}

/// Finds what the spans of passages say. Passages of one layer follow each other, so that it is looked up once.
pub(super) struct Spans<'a> {
    basis: Basis<'a>,
    last: Cell<Option<(DocumentIndex, OwnerIndex, &'a Layer)>>,
}

impl<'a> Spans<'a> {
    pub fn new(look: &Look<'a>) -> Self {
        Self { basis: look.basis, last: Cell::new(None) }
    }

    /// The attributes of a passage.
    pub fn attributes(&self, index: PassageIndex) -> Option<&'a Attributes> {
        let passage = self.basis.moves.get(index);
        let layer = self.layer(passage.document, passage.owner)?;
        let lost = || {
            let claims = layer.detached().filter_map(|(_, detached)| detached.claim.as_ref());
            claims.map(|claim| &claim.span).find(|span| span.id == passage.span)
        };
        let span = layer.span(passage.span).map(|span| &**span).or_else(lost);
        span.map(|span| &span.attributes)
    }

    fn layer(&self, document: DocumentIndex, owner: OwnerIndex) -> Option<&'a Layer> {
        if let Some((_, _, layer)) = self.last.get().filter(|last| (last.0, last.1) == (document, owner)) {
            return Some(layer);
        }
        let moves = self.basis.moves;
        let found = self.basis.project.document(moves.document_id(document))?;
        let layer = found.layers.get(moves.owner(owner))?;
        self.last.set(Some((document, owner, layer)));
        Some(layer)
    }
}
