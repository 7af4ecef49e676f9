//! Passages that were tagged or changed after their coders had marked the document as done, after others' work had come into
//! view, or after a reviewer had decided on them: coding that is no longer independent.

use std::collections::BTreeMap;

use demarche_model::{Changed, Document, LayerId, LogEntry, Project, Span, SpanRef, Stamp, Status};

use crate::words::changes::status;

/// The passages of coders that were changed late. One passage may be in several lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LaterChanges {
    /// Changed after their document was first marked as done, as the history tells.
    pub after_done: Vec<SpanRef>,
    /// Tagged or changed after their coders, who worked blind, could see the work of others, as their layers are marked.
    pub after_unblinding: Vec<SpanRef>,
    /// Changed after a reviewer's verdict.
    pub after_review: Vec<SpanRef>,
}

/// Why a change is late.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LaterChange {
    /// The coder had marked the document as done.
    AfterDone,
    /// The coder could see the work of others.
    AfterUnblinding,
    /// A reviewer had decided on the passage.
    AfterReview,
}

impl LaterChange {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::AfterDone, Self::AfterUnblinding, Self::AfterReview];
}

impl LaterChanges {
    /// The passages that were changed late for a reason.
    pub fn of(&self, why: LaterChange) -> &[SpanRef] {
        match why {
            LaterChange::AfterDone => &self.after_done,
            LaterChange::AfterUnblinding => &self.after_unblinding,
            LaterChange::AfterReview => &self.after_review,
        }
    }

    /// Finds the passages in all documents that are in memory.
    pub fn new(project: &Project, history: &[LogEntry]) -> Self {
        let done = first_done(history);
        let mut found = Self::default();
        for document in project.documents() {
            for (owner, layer) in document.layers.iter().filter(|(owner, _)| !owner.is_consensus()) {
                let id = LayerId::new(document.id(), owner);
                let done_at = done.get(&id).copied();
                for span in layer.spans() {
                    let at = || SpanRef { layer: id.clone(), span: span.id };
                    if done_at.is_some_and(|done_at| span.modified > done_at) {
                        found.after_done.push(at());
                    }
                    if layer.is_after_unblinding(span) {
                        found.after_unblinding.push(at());
                    }
                    if is_after_review(document, span) {
                        found.after_review.push(at());
                    }
                }
            }
        }
        found
    }
}

/// Returns when each layer was first marked as done.
fn first_done(history: &[LogEntry]) -> BTreeMap<LayerId, Stamp> {
    let mut done: BTreeMap<LayerId, Stamp> = BTreeMap::new();
    for entry in history {
        for change in entry.changes.iter().filter(|change| change.what == Changed::Status) {
            let Some((document, owner)) = change.document.as_ref().zip(change.layer.as_ref()) else {
                continue;
            };
            if change.after == status(Status::Done) {
                let first = done.entry(LayerId::new(document, owner)).or_insert(entry.at);
                *first = entry.at.min(*first);
            }
        }
    }
    done
}

/// Returns whether a reviewer had decided on a passage before it was last changed.
fn is_after_review(document: &Document, span: &Span) -> bool {
    let mut decided = document.decisions(span.id).filter(|(reviewer, decision)| {
        !reviewer.is_consensus() && (decision.verdict.is_some() || decision.proposal.is_some())
    });
    decided.any(|(_, decision)| decision.is_before(span))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use demarche_model::*;

    use super::LaterChanges;

    fn span(n: u128, modified: i64) -> Span {
        let ranges = Ranges::one(TextRange { start: 0, end: 3 }).unwrap();
        let span = Span::new(SpanId(uuid::Uuid::from_u128(n)), "demand".into(), ranges, Stamp(0));
        Span { modified: Stamp(modified), ..span }
    }

    #[test]
    fn the_history_tells_what_was_changed_after_done_and_times_what_was_changed_after_review() {
        let text = Arc::new(Text::new("one two"));
        let meta = DocumentMeta {
            id: "d001".into(),
            title: String::new(),
            date: None,
            author: String::new(),
            source: String::new(),
            origin: Origin::default(),
            characters: text.characters(),
            versions: Versions::first(String::new()),
            sets: Default::default(),
        };
        let mut document = Document::new(meta, text);
        let layer = Layer::new(Status::Done, [span(1, 5), span(2, 20)], [], []);
        document.layers.insert("ana".into(), Arc::new(layer));
        document.layers.insert("ben".into(), Arc::new(Layer::new(Status::New, [span(3, 30)], [], [])));
        let decision = Decision {
            verdict: Some(Verdict::Rejected),
            ..Decision::empty("ben".into(), SpanId(uuid::Uuid::from_u128(3)), Stamp(25))
        };
        let review = Review::of_decisions([(decision.span, Arc::new(decision))]);
        document.reviews.insert("cleo".into(), Arc::new(review));
        let people = ["ana", "ben"].map(|id| Annotator::new(id.into(), id, Colour::nth(0))).to_vec();
        let project =
            Project::assemble(String::new(), people, vec![], vec![], Codebook::default(), vec![document]);
        let done = Change {
            document: Some("d001".into()),
            layer: Some("ana".into()),
            ..Change::new(Changed::Status, "InProgress", "Done")
        };
        let step = |at| LogEntry {
            at: Stamp(at),
            who: "ana".into(),
            step: String::new(),
            changes: vec![done.clone()],
        };
        let ids = |found: &[SpanRef]| found.iter().map(|at| at.span.0.as_u128()).collect::<Vec<_>>();
        let found = LaterChanges::new(&project, &[step(40), step(10)]);
        assert_eq!((ids(&found.after_done), ids(&found.after_review)), (vec![2], vec![3]));
        assert!(found.after_unblinding.is_empty(), "no one saw the work of others");
        let mut project = project;
        let layer = LayerId::new(&"d001".into(), &"ana".into());
        project.apply(Edit::SetUnblinded { layer, to: Some(Stamp(6)) }).unwrap();
        let found = LaterChanges::new(&project, &[]);
        assert_eq!((ids(&found.after_unblinding), ids(&found.after_done)), (vec![2], vec![]));
    }
}
