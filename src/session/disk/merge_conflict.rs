//! Resolving conflicts that a merge has left in a layer's file, in favour of the other copy.

use std::sync::Arc;

use demarche_analysis::align::{Alignment, Realignment};
use demarche_io::project::place_claim;
use demarche_model::{Claim, Codebook, ConflictKind, DetachedReason, Edit, LayerId, Span, SpanRef};

use crate::words::steps;
use crate::{Session, SessionError};

impl Session {
    /// Replaces a span by its version in the other copy.
    pub(crate) fn take_other_version(&mut self, layer: LayerId, key: u32, claim: &Claim, kind: ConflictKind) {
        let forget = Edit::SetDetached { layer: layer.clone(), key, to: None };
        let at = SpanRef { layer: layer.clone(), span: claim.span.id };
        match kind {
            ConflictKind::Removed => {
                let links = self
                    .project
                    .layer(&layer)
                    .into_iter()
                    .flat_map(|layer| layer.links())
                    .filter(|link| link.from == at.span);
                let mut edits: Vec<Edit> =
                    links.map(|link| Edit::SetLink { layer: layer.clone(), id: link.id, to: None }).collect();
                edits.push(forget);
                if self.project.span(&at).is_some() {
                    edits.push(Edit::SetSpan { layer, id: at.span, to: None });
                }
                self.edit_merged(steps::remove_as_there(), Edit::Batch(edits));
            }
            ConflictKind::Other => match self.placed(&at, claim) {
                Ok((span, category)) => {
                    let mut edits: Vec<Edit> = category.into_iter().collect();
                    edits.push(forget);
                    edits.push(Edit::SetSpan { layer, id: at.span, to: Some(Arc::new(span)) });
                    if self.edit_merged(steps::use_other_version(), Edit::Batch(edits)) {
                        self.go_to(&at);
                    }
                }
                Err(why) => self.notify_error(why.to_string()),
            },
        }
    }

    /// The other copy's version of a span, placed in the current text, and the edit that adds its category if the codebook
    /// lacks it.
    fn placed(&self, at: &SpanRef, claim: &Claim) -> Result<(Span, Option<Edit>), SessionError> {
        let gone = || SessionError::NotInThisText;
        let document = self.project.document(&at.layer.document).ok_or_else(gone)?;
        let current = document.text.as_ref().ok_or_else(gone)?;
        // The other copy's offsets may refer to an earlier version of the text.
        let earlier = (claim.text != document.meta.versions.current.number)
            .then(|| document.other_texts.get(&claim.text))
            .flatten();
        let text = earlier.map_or(current, |earlier| &earlier.text);
        let place = |claim: &Claim, codebook: &Codebook| {
            let span = place_claim(claim, text, codebook)?;
            match earlier.map(|_| Alignment::new(text.clone(), current.clone()).realign(&span.ranges)) {
                None | Some(Realignment::Exact) => Ok(span),
                Some(Realignment::Moved(ranges)) => Ok(Span { ranges, ..span }),
                Some(Realignment::Fuzzy(likeness)) => Err(DetachedReason::TextChanged(Some(likeness))),
                Some(Realignment::Lost) => Err(DetachedReason::TextChanged(None)),
            }
        };
        match place(claim, self.project.codebook()) {
            Ok(span) => Ok((span, None)),
            Err(DetachedReason::UnknownCategory) => {
                let add = self.new_category_edit(&claim.span.category);
                let mut with = self.project.clone();
                with.apply(add.clone()).map_err(|_| gone())?;
                place(claim, with.codebook()).map(|span| (span, Some(add))).map_err(|_| gone())
            }
            Err(_) => Err(gone()),
        }
    }
}
