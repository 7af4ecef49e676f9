//! The reviews in a packet: what others say about the coder's passages, the coder's answers, and the documents that leads return
//! to the coder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_model::{AnnotatorId, Comment, Decision, Document, Project, Return, Review, Role};

/// The name of a reviewer in the packet of a blind project, before their number.
const REVIEWER: &str = "Reviewer";

/// The reviews of a project as one coder gets them.
pub(super) struct PacketReviews<'a> {
    project: &'a Project,
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
            let returns = return_to(project, coder, who, review).is_some();
            let is_other = *who != coder && !who.is_consensus();
            is_other && (returns || review.decisions.values().any(is_about_coder))
        });
        let reviewers: BTreeSet<&AnnotatorId> = reviewers.map(|(who, _)| who).collect();
        let names = reviewers.into_iter().zip(1..).map(|(who, number)| {
            let name = match project.is_blind() {
                true => project.free_person_id(&format!("{REVIEWER} {number}")),
                false => who.clone(),
            };
            (who, name)
        });
        Self { project, coder, names: names.collect() }
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
                let made = return_to(self.project, self.coder, who, review);
                let returns = made.map(|made| (self.coder.clone(), made.clone())).into_iter().collect();
                let review = Review { decisions, returns };
                if !review.is_empty() {
                    out.insert(self.name(who), Arc::new(review));
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

/// The return of a document to the coder by a lead, or the coder's record that they have followed one.
fn return_to<'a>(
    project: &Project,
    coder: &AnnotatorId,
    who: &AnnotatorId,
    review: &'a Review,
) -> Option<&'a Arc<Return>> {
    review.returns.get(coder).filter(|_| who == coder || project.role(who) == Role::Lead)
}
