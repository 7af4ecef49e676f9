//! Reviews: decisions by span, their threads of comments united.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::join::Fields;
use super::{Clash, DecisionField, Merged, Picks, Side, Version, three_way};
use crate::{Comment, Decision, Review, SpanId, Stamp};

/// Merges two copies of a review that were `base` once; an empty base where that is not known.
pub fn merge_reviews(base: &Review, ours: &Review, theirs: &Review) -> Merged<Review> {
    merge_reviews_as(base, ours, theirs, &Picks::new())
}

/// As [`merge_reviews`], with what was decided.
pub fn merge_reviews_as(base: &Review, ours: &Review, theirs: &Review, picks: &Picks) -> Merged<Review> {
    let mut merged = Merged { value: ours.clone(), conflicts: Vec::new() };
    let ids: BTreeSet<SpanId> =
        [base, ours, theirs].into_iter().flat_map(|review| review.decisions.keys()).copied().collect();
    for id in ids {
        let [b, o, t] = [base, ours, theirs].map(|review| review.decisions.get(&id));
        let outcome = three_way(b, o, t, join);
        let version = |decision: &Arc<Decision>| Version::Decision(decision.clone());
        merged.conflicts.extend(outcome.conflict(|| Clash::Decision(id), version));
        match outcome.take(picks.get(&Clash::Decision(id)).copied()) {
            Some(decision) => merged.value.decisions.insert(id, decision),
            None => merged.value.decisions.remove(&id),
        };
    }
    merged
}

fn join(
    base: Option<&Arc<Decision>>,
    ours: &Arc<Decision>,
    theirs: &Arc<Decision>,
    prefer: Side,
) -> (Arc<Decision>, Vec<DecisionField>) {
    let mut fields = Fields::new(prefer);
    let verdict =
        fields.take(DecisionField::Verdict, base.map(|b| &b.verdict), &ours.verdict, &theirs.verdict);
    // All that is neither merged here nor clashes by itself is taken or left as one.
    let rest = |decision: &Arc<Decision>| Decision {
        verdict: None,
        comments: Vec::new(),
        modified: Stamp::default(),
        ..(**decision).clone()
    };
    let rest = fields.take(DecisionField::Proposal, base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    let comments = unite(base.map_or(&[], |b| &b.comments), &ours.comments, &theirs.comments);
    let modified = ours.modified.max(theirs.modified);
    fields.end(Arc::new(Decision { verdict, comments, modified, ..rest }))
}

/// All comments of both, oldest first, but for those that one side has taken back.
fn unite(base: &[Comment], ours: &[Comment], theirs: &[Comment]) -> Vec<Comment> {
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
