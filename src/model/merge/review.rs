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
        decided_on: None,
        ..(**decision).clone()
    };
    let rest = fields.merge(DecisionField::Proposal, base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    let comments = merge_comments(base.map_or(&[], |b| &b.comments), &ours.comments, &theirs.comments);
    let modified = ours.modified.max(theirs.modified);
    let decides = verdict.is_some() || rest.proposal.is_some();
    let decided_on = merge_decided_on(base, ours, theirs).filter(|_| decides);
    fields.finish(Arc::new(Decision { verdict, comments, modified, decided_on, ..rest }))
}

/// Returns what the side that has decided again decided on, or the later decision if both have.
fn merge_decided_on(
    base: Option<&Arc<Decision>>,
    ours: &Arc<Decision>,
    theirs: &Arc<Decision>,
) -> Option<Stamp> {
    match base {
        Some(base) if base.decided_on == ours.decided_on => theirs.decided_on,
        Some(base) if base.decided_on == theirs.decided_on => ours.decided_on,
        Some(_) | None => {
            let later =
                [ours, theirs].into_iter().map(|decision| (decision.modified, decision.decided_on)).max();
            later.and_then(|(_, decided_on)| decided_on)
        }
    }
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::Verdict;

    fn decision(verdict: Option<Verdict>, modified: i64, decided_on: Option<i64>) -> Review {
        let id = SpanId(Uuid::from_u128(1));
        let comment = Comment { author: "ben".into(), at: Stamp(0), text: "Why?".to_owned() };
        let decision = Decision {
            verdict,
            comments: vec![comment],
            decided_on: decided_on.map(Stamp),
            ..Decision::empty("ana".into(), id, Stamp(modified))
        };
        Review::of_decisions([(id, Arc::new(decision))])
    }

    #[test]
    fn what_was_decided_on_comes_from_the_side_that_decided_again() {
        let accepted = Some(Verdict::Accepted);
        let base = decision(accepted, 10, Some(1));
        // The clock of the second decision was behind.
        let again = decision(accepted, 5, Some(2));
        let later = decision(accepted, 20, Some(3));
        let withdrawn = decision(None, 10, None);
        let merged = |ours: &Review, theirs: &Review| {
            let merged = merge_reviews(&base, ours, theirs);
            assert_eq!(merged.conflicts, []);
            let decided_on = merged.value.decisions.into_values().map(|decision| decision.decided_on);
            decided_on.collect::<Vec<_>>()
        };
        for (ours, theirs, expected) in
            [(&base, &again, Some(Stamp(2))), (&again, &later, Some(Stamp(3))), (&base, &withdrawn, None)]
        {
            assert_eq!((merged(ours, theirs), merged(theirs, ours)), (vec![expected], vec![expected]));
        }
    }
}
