//! Titles of actors, documents and bins, and what the spans of passages say.

use super::Look;
use crate::bargain::{ActorId, Bin, DocumentIndex, PassageIndex};
use crate::summary::Day;
use demarche_model::{Attributes, Span};

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

/// The attributes of a passage.
pub(super) fn attributes<'a>(look: &Look<'a>, index: PassageIndex) -> Option<&'a Attributes> {
    span(look, index).map(|span| &span.attributes)
}

/// The span of a passage, be it one whose place is lost.
fn span<'a>(look: &Look<'a>, index: PassageIndex) -> Option<&'a Span> {
    let passage = look.get(index);
    let layer = look.document(passage.document)?.layers.get(look.basis.moves.owner(passage.owner))?;
    let lost = || {
        let claims = layer.detached().filter_map(|(_, detached)| detached.claim.as_ref());
        claims.map(|claim| &claim.span).find(|span| span.id == passage.span)
    };
    layer.span(passage.span).map(|span| &**span).or_else(lost)
}
