//! Decisions of a person who becomes another, and decisions about their passages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::moved::Moved;
use crate::{AnnotatorId, Comment, Decision, Document, Edit, Return, SpanId};

/// Decisions by reviewer and span.
type Decisions = BTreeMap<(AnnotatorId, SpanId), Decision>;

/// Returns of a document by reviewer and coder.
type Returns = BTreeMap<(AnnotatorId, AnnotatorId), Arc<Return>>;

/// The edits of all decisions in a document that name the person.
pub(super) fn review_edits(document: &Document, moved: &Moved<'_>) -> Vec<Edit> {
    let mut before = Decisions::new();
    let mut after = Decisions::new();
    for (reviewer, review) in &document.reviews {
        for (span, decision) in &review.decisions {
            let new = renamed(decision, moved);
            before.insert((reviewer.clone(), *span), (**decision).clone());
            let place = (moved.person(reviewer), new.span);
            let new = match after.remove(&place) {
                Some(other) => united(other, new),
                None => new,
            };
            after.insert(place, new);
        }
    }
    let places: BTreeSet<&(AnnotatorId, SpanId)> = before.keys().chain(after.keys()).collect();
    let changed = places.into_iter().filter(|place| before.get(place) != after.get(place));
    let edit = |(reviewer, span): &(AnnotatorId, SpanId)| Edit::SetDecision {
        document: document.id().clone(),
        reviewer: reviewer.clone(),
        span: *span,
        to: after.get(&(reviewer.clone(), *span)).cloned().map(Arc::new),
    };
    changed.map(edit).chain(return_edits(document, moved)).collect()
}

/// The edits of the returns of a document that name the person. If both people have one, the later counts.
fn return_edits(document: &Document, moved: &Moved<'_>) -> Vec<Edit> {
    let mut before = Returns::new();
    let mut after = Returns::new();
    for (reviewer, review) in &document.reviews {
        for (annotator, made) in &review.returns {
            before.insert((reviewer.clone(), annotator.clone()), made.clone());
            let known =
                after.entry((moved.person(reviewer), moved.person(annotator))).or_insert(made.clone());
            if **known < **made {
                *known = made.clone();
            }
        }
    }
    let places: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let changed = places.into_iter().filter(|place| before.get(place) != after.get(place));
    let edit = |place: &(AnnotatorId, AnnotatorId)| Edit::SetReturn {
        document: document.id().clone(),
        reviewer: place.0.clone(),
        annotator: place.1.clone(),
        to: after.get(place).cloned(),
    };
    changed.map(edit).collect()
}

fn renamed(decision: &Decision, moved: &Moved<'_>) -> Decision {
    let span = if decision.annotator == *moved.from { moved.own(decision.span) } else { decision.span };
    let comment = |comment: &Comment| Comment { author: moved.person(&comment.author), ..comment.clone() };
    Decision {
        annotator: moved.person(&decision.annotator),
        span,
        comments: decision.comments.iter().map(comment).collect(),
        ..decision.clone()
    }
}

/// Two decisions of one person on one passage: the later verdict and proposal, as if they had decided again, and all
/// comments.
fn united(one: Decision, other: Decision) -> Decision {
    let (earlier, mut later) = if one.modified > other.modified { (other, one) } else { (one, other) };
    for comment in earlier.comments {
        if !later.comments.contains(&comment) {
            later.comments.push(comment);
        }
    }
    later.comments.sort_by_key(|comment| comment.at);
    if later.verdict.is_none() && later.proposal.is_none() {
        (later.verdict, later.proposal, later.about) = (earlier.verdict, earlier.proposal, earlier.about);
        later.decided_on = earlier.decided_on;
    }
    later
}
