//! Merging the decisions and comments of a reviewer.

use std::sync::Arc;

use demarche::model::merge::*;
use demarche::model::*;

use crate::support::project::{AT, span_id};

fn comment(author: &str, at: i64, text: &str) -> Comment {
    Comment { author: author.into(), at: Stamp(AT.0 + at), text: text.to_owned() }
}

fn review(verdict: Verdict, comments: Vec<Comment>) -> Review {
    let nothing = Decision::empty("ana".into(), span_id(1), AT);
    let decision = Decision { verdict: Some(verdict), comments, ..nothing };
    Review::of_decisions([(span_id(1), Arc::new(decision))])
}

#[test]
fn threads_of_comments_are_united_and_two_verdicts_are_a_conflict() {
    let first = comment("ben", 0, "why?");
    let base = review(Verdict::Disputed, vec![first.clone()]);
    let (mine, theirs) = (comment("ben", 9, "see p. 2"), comment("ben", 5, "no"));
    let ours = review(Verdict::Accepted, vec![first.clone(), mine.clone()]);
    let other = review(Verdict::Disputed, vec![theirs.clone()]);
    let merged = merge_reviews(&base, &ours, &other);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.value, review(Verdict::Accepted, vec![theirs, mine]), "an undone comment stays undone");
    let other = review(Verdict::Rejected, vec![first]);
    let merged = merge_reviews(&base, &ours, &other);
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].fields, [DecisionField::Verdict.into()]);
    assert_eq!(merged.value.decisions[&span_id(1)].verdict, Some(Verdict::Accepted));
}
