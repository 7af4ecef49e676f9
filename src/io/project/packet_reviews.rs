//! The reviews in a packet: what others say about the coder's passages, and the coder's answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_model::{AnnotatorId, Comment, Decision, Document, Project, Review};

/// The name of a reviewer in the packet of a blind project, before their number.
const REVIEWER: &str = "Reviewer";

/// The reviews of a project as one coder gets them.
pub(super) struct PacketReviews<'a> {
    coder: &'a AnnotatorId,
    /// The ids under which others appear; their own ones unless the project is blind.
    names: BTreeMap<&'a AnnotatorId, AnnotatorId>,
}

impl<'a> PacketReviews<'a> {
    /// The reviews for a coder. In a blind project they don't learn who has read their passages.
    pub fn new(project: &'a Project, coder: &'a AnnotatorId) -> Self {
        let documents = project.documents().iter();
        let reviewers = documents.flat_map(|document| &document.reviews).filter(|(who, review)| {
            let is_about_coder = |decision: &Arc<Decision>| decision.annotator == *coder;
            *who != coder && !who.is_consensus() && review.decisions.values().any(is_about_coder)
        });
        let reviewers: BTreeSet<&AnnotatorId> = reviewers.map(|(who, _)| who).collect();
        let names = reviewers.into_iter().zip(1..).map(|(who, number)| {
            let name = match project.is_blind() {
                true => project.free_person_id(&format!("{REVIEWER} {number}")),
                false => who.clone(),
            };
            (who, name)
        });
        Self { coder, names: names.collect() }
    }

    /// The reviews of a document: decisions on the coder's passages, the coder's own comments there, and what the coder has
    /// left out of the consensus.
    pub fn of(&self, document: &Document) -> BTreeMap<AnnotatorId, Arc<Review>> {
        let own_part = AnnotatorId::consensus_of(self.coder);
        let mut out = BTreeMap::new();
        for (who, review) in &document.reviews {
            if *who == own_part {
                out.insert(who.clone(), review.clone());
            } else if !who.is_consensus() {
                let about = review.decisions.iter().filter(|(_, decision)| decision.annotator == *self.coder);
                let decisions: BTreeMap<_, _> =
                    about.map(|(span, decision)| (*span, Arc::new(self.renamed(decision)))).collect();
                if !decisions.is_empty() {
                    out.insert(self.name(who), Arc::new(Review { decisions }));
                }
            }
        }
        out
    }

    fn name(&self, who: &AnnotatorId) -> AnnotatorId {
        self.names.get(who).unwrap_or(who).clone()
    }

    fn renamed(&self, decision: &Decision) -> Decision {
        let comments = decision.comments.iter();
        let comments =
            comments.map(|comment| Comment { author: self.name(&comment.author), ..comment.clone() });
        Decision { comments: comments.collect(), ..decision.clone() }
    }
}
