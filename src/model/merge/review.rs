//! Merges reviews: decisions by span, with the union of their comments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::field_merge::FieldMerge;
use super::{ConflictKey, ConflictValue, DecisionField, Merged, Resolutions, Side, three_way};
use crate::{AnnotatorId, Comment, Decision, Return, Review, SpanId, Stamp};

/// Returns of a document, by coder.
type Returns = BTreeMap<AnnotatorId, Arc<Return>>;

/// Merges two copies of a review that have diverged from `base`, which is empty if unknown.
pub fn merge_reviews(base: &Review, ours: &Review, theirs: &Review) -> Merged<Review> {
    merge_reviews_with(base, ours, theirs, &Resolutions::new())
}

/// Like [`merge_reviews`], with the user's choices.
pub fn merge_reviews_with(
    base: &Review,
    ours: &Review,
    theirs: &Review,
    resolutions: &Resolutions,
) -> Merged<Review> {
    let mut merged = Merged { value: ours.clone(), conflicts: Vec::new() };
    let ids: BTreeSet<SpanId> =
        [base, ours, theirs].into_iter().flat_map(|review| review.decisions.keys()).copied().collect();
    for id in ids {
        let [b, o, t] = [base, ours, theirs].map(|review| review.decisions.get(&id));
        let outcome = three_way(b, o, t, join);
        let value = |decision: &Arc<Decision>| ConflictValue::Decision(decision.clone());
        merged.conflicts.extend(outcome.conflict(|| ConflictKey::Decision(id), value));
        match outcome.resolve(resolutions.get(&ConflictKey::Decision(id)).copied()) {
            Some(decision) => merged.value.decisions.insert(id, decision),
            None => merged.value.decisions.remove(&id),
        };
    }
    merged.value.returns = merge_returns(&ours.returns, &theirs.returns);
    merged
}

/// Returns the later return of each coder's document.
fn merge_returns(ours: &Returns, theirs: &Returns) -> Returns {
    let mut merged = ours.clone();
    for (annotator, made) in theirs {
        let known = merged.entry(annotator.clone()).or_insert_with(|| made.clone());
        if **known < **made {
            *known = made.clone();
        }
    }
    merged
}

fn join(
    base: Option<&Arc<Decision>>,
    ours: &Arc<Decision>,
    theirs: &Arc<Decision>,
    prefer: Side,
) -> (Arc<Decision>, Vec<DecisionField>) {
    let mut fields = FieldMerge::new(prefer);
    let verdict =
        fields.merge(DecisionField::Verdict, base.map(|b| &b.verdict), &ours.verdict, &theirs.verdict);
    // All that is neither merged here nor clashes by itself is taken or left as one.
    let rest = |decision: &Arc<Decision>| Decision {
        verdict: None,
        comments: Vec::new(),
        modified: Stamp::default(),
        ..(**decision).clone()
    };
    let rest = fields.merge(DecisionField::Proposal, base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    let comments = merge_comments(base.map_or(&[], |b| &b.comments), &ours.comments, &theirs.comments);
    let modified = ours.modified.max(theirs.modified);
    fields.finish(Arc::new(Decision { verdict, comments, modified, ..rest }))
}

/// Returns all comments of both sides, oldest first, without those that one side has removed.
fn merge_comments(base: &[Comment], ours: &[Comment], theirs: &[Comment]) -> Vec<Comment> {
    let kept = |comment: &&Comment| {
        let both = ours.contains(comment) && theirs.contains(comment);
        both || !base.contains(comment)
    };
    let mut all: Vec<Comment> = ours.iter().filter(kept).cloned().collect();
    let more: Vec<Comment> =
        theirs.iter().filter(kept).filter(|comment| !all.contains(comment)).cloned().collect();
    all.extend(more);
    all.sort_by(|a, b| (a.at, &a.author, &a.text).cmp(&(b.at, &b.author, &b.text)));
    all
}
