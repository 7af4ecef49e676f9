//! Settling the differences of a document by a rule: the majority, the readings of one person, or what a reviewer has
//! accepted. What the rule does not decide stays open, and what is settled already stays as it is.

use std::sync::Arc;

use super::{Adjudication, Cluster, Differences, Settlement, is_same};
use demarche_model::{
    AnnotatorId, Basis, Codebook, DecisionState, Document, Project, SourceSpan, Span, Status, Verdict,
};

/// How differences are settled in bulk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkSettling {
    /// The reading that is taken.
    pub rule: BulkRule,
    /// Whether a passage that the rule finds untagged, or rejected, is left out of the consensus.
    pub leaves_out: bool,
    /// Whether documents in which one person alone has worked are included.
    pub takes_single: bool,
    /// Whether only documents are included that all who have worked on them have marked as done.
    pub only_done: bool,
}

/// The reading that is taken of each passage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BulkRule {
    /// The one that enough of those who have worked on the document share.
    Majority(Threshold),
    /// That of one person.
    Person(AnnotatorId),
    /// The one that a reviewer has accepted; any reviewer if `None`.
    Accepted(Option<AnnotatorId>),
}

/// The votes that a majority needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Threshold {
    /// More than half of those who have worked on the document.
    #[default]
    MoreThanHalf,
    /// At least this number of them.
    Votes(usize),
    /// At least this share of them: `part` of `whole`.
    Share {
        /// The numerator.
        part: usize,
        /// The denominator.
        whole: usize,
    },
}

impl Threshold {
    /// True if `votes` of `of` are enough.
    pub fn is_met(self, votes: usize, of: usize) -> bool {
        match self {
            Self::MoreThanHalf => votes * 2 > of,
            Self::Votes(needed) => votes >= needed,
            Self::Share { part, whole } => votes * whole >= part * of,
        }
    }
}

/// What the rule makes of a passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// The reading of the annotator with this index is taken.
    Take(usize),
    /// Nothing is taken, as the rule finds the passage untagged or rejected.
    Nothing,
    /// Several readings have the same claim.
    Tie,
    /// No reading has enough votes.
    Short,
    /// The rule says nothing about it.
    Silent,
}

/// A decision on a passage.
#[derive(Clone, PartialEq, Debug)]
pub enum BulkDecision {
    /// A reading is taken.
    Take {
        /// The reading.
        reading: Arc<Span>,
        /// The spans that are this reading.
        from: Vec<SourceSpan>,
        /// The spans that are another reading.
        over: Vec<SourceSpan>,
        /// What the decision rests on.
        basis: Basis,
    },
    /// The passage is left out.
    LeaveOut(Vec<SourceSpan>),
}

/// Numbers of passages by what becomes of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BulkCount {
    /// They are taken into the consensus.
    pub taken: usize,
    /// Those of them that one person alone has read.
    pub single: usize,
    /// They are left out of the consensus.
    pub left_out: usize,
    /// They stay open, as several readings have the same claim.
    pub ties: usize,
    /// They stay open, as no reading has enough votes.
    pub short: usize,
    /// They stay open, as the rule finds them untagged or rejected and leaves nothing out.
    pub untagged: usize,
    /// They stay open, as the rule says nothing about them.
    pub silent: usize,
    /// They are settled already, at least in part, and stay as they are.
    pub settled: usize,
    /// Documents that are not included, as a person who has worked on them has not finished.
    pub unfinished: usize,
}

impl BulkCount {
    /// The number of passages that are settled.
    pub fn decided(self) -> usize {
        self.taken + self.left_out
    }

    /// The number of passages that stay open.
    pub fn open(self) -> usize {
        self.ties + self.short + self.untagged + self.silent
    }

    /// Adds the numbers of another document.
    pub fn add(&mut self, other: Self) {
        self.taken += other.taken;
        self.single += other.single;
        self.left_out += other.left_out;
        self.ties += other.ties;
        self.short += other.short;
        self.untagged += other.untagged;
        self.silent += other.silent;
        self.settled += other.settled;
        self.unfinished += other.unfinished;
    }
}

impl BulkSettling {
    /// Returns the decisions on the open passages of a document, in reading order, and the numbers. Compares the layers of
    /// these people.
    pub fn plan(
        &self,
        project: &Project,
        document: &Document,
        people: &[AnnotatorId],
    ) -> (Vec<BulkDecision>, BulkCount) {
        let mut count = BulkCount::default();
        let worked: Vec<&AnnotatorId> = people.iter().filter(|id| document.has_work_of(id)).collect();
        let is_unfinished =
            |id: &AnnotatorId| document.layer(id).is_some_and(|layer| layer.status() == Status::InProgress);
        if self.only_done && people.iter().any(is_unfinished) {
            count.unfinished = 1;
            return (Vec::new(), count);
        }
        let differences = match worked.as_slice() {
            [alone] if self.takes_single => Differences::single(document, alone),
            _ => Differences::new(document, people),
        };
        let adjudication = Adjudication::from_document(document);
        let mut decisions = Vec::new();
        for cluster in differences.clusters() {
            let sources = differences.sources(cluster);
            // A passage that is settled in part would be settled in two ways.
            let is_untouched = sources.iter().all(|source| adjudication.consensus_spans(source).is_none());
            if !is_untouched || adjudication.settlement(&differences, cluster) != Settlement::Open {
                count.settled += 1;
                continue;
            }
            let outcome = self.outcome(project.codebook(), document, &differences, cluster);
            decisions.extend(self.decision(outcome, &differences, cluster, &mut count));
        }
        (decisions, count)
    }

    fn decision(
        &self,
        outcome: Outcome,
        differences: &Differences,
        cluster: &Cluster,
        count: &mut BulkCount,
    ) -> Option<BulkDecision> {
        match outcome {
            Outcome::Take(at) => {
                let reading = cluster.readings.get(at)?.clone()?;
                let (from, over) = differences.sources_by_equality(cluster, &reading);
                let is_single = differences.annotators().len() == 1;
                count.taken += 1;
                count.single += usize::from(is_single);
                let basis = if is_single { Basis::Single } else { Basis::Compared };
                return Some(BulkDecision::Take { reading, from, over, basis });
            }
            Outcome::Nothing if self.leaves_out => {
                count.left_out += 1;
                return Some(BulkDecision::LeaveOut(differences.sources(cluster)));
            }
            Outcome::Nothing => count.untagged += 1,
            Outcome::Tie => count.ties += 1,
            Outcome::Short => count.short += 1,
            Outcome::Silent => count.silent += 1,
        }
        None
    }

    fn outcome(
        &self,
        codebook: &Codebook,
        document: &Document,
        differences: &Differences,
        cluster: &Cluster,
    ) -> Outcome {
        match &self.rule {
            BulkRule::Majority(threshold) => majority(cluster, *threshold),
            BulkRule::Person(person) => {
                match differences.annotators().iter().position(|other| other == person) {
                    None => Outcome::Silent,
                    Some(at) if cluster.readings.get(at).is_some_and(Option::is_some) => Outcome::Take(at),
                    Some(_) => Outcome::Nothing,
                }
            }
            BulkRule::Accepted(reviewer) => {
                let verdict = |owner: &AnnotatorId, span: &Span| {
                    verdict_on(codebook, document, reviewer.as_ref(), owner, span)
                };
                accepted(differences, cluster, verdict)
            }
        }
    }
}

/// The reading that most share. To have tagged nothing counts as a reading. One person alone needs no majority.
fn majority(cluster: &Cluster, threshold: Threshold) -> Outcome {
    let votes = |one: &Option<Arc<Span>>| {
        cluster.readings.iter().filter(|other| super::is_same_reading(one, other)).count()
    };
    let counted: Vec<usize> = cluster.readings.iter().map(votes).collect();
    let most = counted.iter().copied().max().unwrap_or(0);
    let Some(first) = counted.iter().position(|votes| *votes == most) else { return Outcome::Silent };
    let Some(reading) = cluster.readings.get(first) else { return Outcome::Silent };
    let of = cluster.readings.len();
    // Every one of several equal readings has counted all of them.
    if counted.iter().filter(|votes| **votes == most).count() > most {
        return Outcome::Tie;
    }
    if of > 1 && !threshold.is_met(most, of) {
        return Outcome::Short;
    }
    if reading.is_some() { Outcome::Take(first) } else { Outcome::Nothing }
}

/// The reading that reviewers have accepted, if it is one alone. Equal readings have the verdicts of all of them.
fn accepted(
    differences: &Differences,
    cluster: &Cluster,
    verdict: impl Fn(&AnnotatorId, &Span) -> Verdicts,
) -> Outcome {
    let mut found: Vec<(usize, &Arc<Span>, Verdicts)> = Vec::new();
    for (at, (annotator, reading)) in differences.annotators().iter().zip(&cluster.readings).enumerate() {
        let Some(span) = reading else { continue };
        let own = verdict(annotator, span);
        match found.iter_mut().find(|(_, other, _)| is_same(other, span)) {
            Some((.., all)) => all.add(own),
            None => found.push((at, span, own)),
        }
    }
    let is_accepted = |verdicts: &Verdicts| verdicts.accepted > 0;
    let mut taken = found.iter().filter(|(.., verdicts)| is_accepted(verdicts));
    match (taken.next(), taken.next()) {
        (Some((at, _, verdicts)), None) if verdicts.others == 0 => Outcome::Take(*at),
        (Some(_), _) => Outcome::Tie,
        (None, _) if found.iter().all(|(.., verdicts)| verdicts.rejected > 0) => Outcome::Nothing,
        (None, _) => Outcome::Silent,
    }
}

/// The verdicts of reviewers on a reading as it is now.
#[derive(Clone, Copy, Default)]
struct Verdicts {
    accepted: usize,
    rejected: usize,
    /// Rejected or disputed.
    others: usize,
}

impl Verdicts {
    fn add(&mut self, more: Self) {
        self.accepted += more.accepted;
        self.rejected += more.rejected;
        self.others += more.others;
    }
}

fn verdict_on(
    codebook: &Codebook,
    document: &Document,
    reviewer: Option<&AnnotatorId>,
    owner: &AnnotatorId,
    span: &Span,
) -> Verdicts {
    let mut verdicts = Verdicts::default();
    let Some(text) = &document.text else { return verdicts };
    let of_reviewers = document.decisions(span.id).filter(|(who, decision)| {
        let is_wanted = reviewer.is_none_or(|only| only == *who);
        is_wanted && !who.is_consensus() && *who != owner && decision.annotator == *owner
    });
    for (_, decision) in of_reviewers {
        if decision.state(Some(span), text, codebook) != DecisionState::Current {
            continue;
        }
        let disputes = decision.proposal.as_ref().map(|_| Verdict::Disputed);
        match decision.verdict.or(disputes) {
            Some(Verdict::Accepted) => verdicts.accepted += 1,
            Some(Verdict::Rejected) => {
                verdicts.rejected += 1;
                verdicts.others += 1;
            }
            Some(Verdict::Disputed) => verdicts.others += 1,
            None => {}
        }
    }
    verdicts
}
