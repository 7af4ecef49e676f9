//! References to people and passages that are reassigned.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::pairs::pairs;
use crate::{AnnotatorId, Project, Provenance, SourceSpan, Span, SpanId};

/// The owners before and after, and the new ids of passages.
pub(super) struct Moved<'a> {
    /// The owner before.
    pub from: &'a AnnotatorId,
    /// The owner afterwards.
    pub to: &'a AnnotatorId,
    /// Passages of `from` that `to` has already, by the copies of `to`.
    pairs: HashMap<SpanId, SpanId>,
    /// Passages of `from` whose ids are those of other passages of `to`, by their new ids.
    renamed: HashMap<SpanId, SpanId>,
    /// Ids that both have: a reference without an owner means the passage of `to`.
    shared: HashSet<SpanId>,
}

impl<'a> Moved<'a> {
    /// Pairs the passages of both, and finds new ids where theirs clash.
    pub fn new(
        project: &Project,
        from: &'a AnnotatorId,
        to: &'a AnnotatorId,
        new_uuid: &mut dyn FnMut() -> Uuid,
    ) -> Self {
        let pairs = pairs(project, from, to);
        let (mut renamed, mut shared) = (HashMap::new(), HashSet::new());
        for document in project.documents() {
            let (Some(layer), Some(target)) = (document.layer(from), document.layer(to)) else { continue };
            for span in layer.spans().filter(|span| target.span(span.id).is_some()) {
                shared.insert(span.id);
                if !pairs.contains_key(&span.id) {
                    renamed.insert(span.id, SpanId(new_uuid()));
                }
            }
        }
        Self { from, to, pairs, renamed, shared }
    }

    /// True if `to` has the same passage already.
    pub fn is_paired(&self, span: SpanId) -> bool {
        self.pairs.contains_key(&span)
    }

    /// The id that a passage of `from` has afterwards.
    pub fn own(&self, span: SpanId) -> SpanId {
        self.renamed.get(&span).or(self.pairs.get(&span)).copied().unwrap_or(span)
    }

    /// The id for a reference that does not name the owner.
    pub fn merged(&self, span: SpanId) -> SpanId {
        if self.shared.contains(&span) { span } else { self.pairs.get(&span).copied().unwrap_or(span) }
    }

    /// The person, or the part of the consensus, that an id refers to afterwards.
    pub fn person(&self, person: &AnnotatorId) -> AnnotatorId {
        match person.adjudicator() {
            Some(adjudicator) => AnnotatorId::consensus_of(&self.person(&adjudicator)),
            None if person == self.from => self.to.clone(),
            None => person.clone(),
        }
    }

    /// A span of the consensus with its new provenance; `None` if that stays.
    pub fn with_provenance(&self, span: &Span) -> Option<Span> {
        let old = span.provenance.as_deref()?;
        let new = Provenance {
            from: self.sources(&old.from),
            over: self.sources(&old.over),
            basis: old.basis,
            by: self.person(&old.by),
            at: old.at,
        };
        (new != *old).then(|| Span { provenance: Some(Box::new(new)), ..span.clone() })
    }

    fn sources(&self, sources: &[SourceSpan]) -> Vec<SourceSpan> {
        let mut out: Vec<SourceSpan> = Vec::new();
        for source in sources {
            let span = if source.annotator == *self.from { self.own(source.span) } else { source.span };
            let source = SourceSpan { annotator: self.person(&source.annotator), span };
            if !out.contains(&source) {
                out.push(source);
            }
        }
        out
    }
}
