//! Contradictions of adjudication: decisions on one span that can't both hold, mostly by two adjudicators who worked at
//! the same time. They are derived from the consensus, so they last until someone settles the difference again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_model::{Decision, Document, Provenance, SourceSpan, Span, SpanId, Verdict};

/// Two decisions on one span that contradict each other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Contradiction {
    /// A span of the consensus.
    pub span: SpanId,
    /// The other decision.
    pub with: OtherDecision,
    /// The span on which both decide.
    pub source: SourceSpan,
}

/// The decision that a span of the consensus contradicts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OtherDecision {
    /// Another span of the consensus.
    Adopted(SpanId),
    /// The span was left out of the consensus.
    LeftOut,
}

/// The spans left out of the consensus, according to the decisions of adjudicators.
pub fn left_out<'a>(
    decisions: impl IntoIterator<Item = &'a Arc<Decision>>,
) -> impl Iterator<Item = SourceSpan> {
    let rejected = decisions.into_iter().filter(|decision| decision.verdict == Some(Verdict::Rejected));
    rejected.map(|decision| SourceSpan { annotator: decision.annotator.clone(), span: decision.span })
}

/// The contradictions in the consensus of a document.
pub fn contradictions_in(document: &Document) -> Vec<Contradiction> {
    let rejected = left_out(document.consensus_decisions()).collect();
    contradictions(document.consensus_spans().map(|span| &**span), &rejected)
}

/// The contradictions between spans of the consensus, and between these and the spans that were left out of it.
pub fn contradictions<'a>(
    consensus: impl IntoIterator<Item = &'a Span>,
    left_out: &BTreeSet<SourceSpan>,
) -> Vec<Contradiction> {
    let mut by_source: BTreeMap<&SourceSpan, Vec<(&Span, &Provenance)>> = BTreeMap::new();
    for span in consensus {
        let Some(provenance) = &span.provenance else { continue };
        for source in provenance.settles() {
            by_source.entry(source).or_default().push((span, provenance));
        }
    }
    let mut found = Vec::new();
    for (source, decisions) in by_source {
        let mut add = |span: SpanId, with| found.push(Contradiction { span, with, source: source.clone() });
        for (at, (span, provenance)) in decisions.iter().enumerate() {
            let is_taken = provenance.from.contains(source) || provenance.from.is_empty();
            if is_taken && left_out.contains(source) {
                add(span.id, OtherDecision::LeftOut);
            }
            for (other, of_other) in decisions.iter().skip(at + 1) {
                if contradict((span, provenance), (other, of_other), source) {
                    add(span.id, OtherDecision::Adopted(other.id));
                }
            }
        }
    }
    found
}

/// Returns whether two spans of the consensus that settle `source` contradict each other. One person may replace a reading
/// by several passages.
fn contradict(one: (&Span, &Provenance), other: (&Span, &Provenance), source: &SourceSpan) -> bool {
    let is_from = |(_, provenance): (&Span, &Provenance)| provenance.from.contains(source);
    if is_from(one) != is_from(other) {
        return true;
    }
    let is_drawn = |(_, provenance): (&Span, &Provenance)| provenance.from.is_empty();
    let is_own = is_from(one) || (is_drawn(one) && is_drawn(other));
    let differ = one.0.category != other.0.category || one.0.ranges != other.0.ranges;
    is_own && one.1.by != other.1.by && differ
}
