//! What a view looks at.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::duplicates::chains;
use super::{Duplicates, Kind, Rules, Sizes};
use crate::bargain::{
    ActorId, ActorSetId, Ask, Bin, Bins, CategoryIndex, CategoryWeights, Collectives, DayRange,
    DocumentIndex, IssueSetId, Ledger, Moves, Passage, PassageIndex, PassageSet, ReportedAt, Scope, Weights,
};
use crate::context::{first_characters, shorten, shortened};
use demarche_model::{Document, DocumentId, Project};

/// What a view is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its moves.
    pub moves: &'a Moves,
    /// The ledger of its demands and offers.
    pub ledger: &'a Ledger,
    /// The weights of its categories.
    pub weights: &'a Weights,
    /// The bins of views over time.
    pub bins: &'a Bins,
    /// The lengths of its documents.
    pub sizes: &'a Sizes,
}

/// What a view looks at: the passages that pass the filter, and the rules that hold for all views.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// What it is computed from.
    pub basis: Basis<'a>,
    /// The rules.
    pub rules: Rules,
    /// For each passage by index, true if it passes the filter.
    passes: Vec<bool>,
    /// For each passage by index, true if it is a move that passes and no duplicate.
    counts: Vec<bool>,
    /// The passages that pass the filter, by document and place in the text.
    passages: Vec<PassageIndex>,
    /// Those of them that count.
    moves: Vec<PassageIndex>,
    /// The weight of each category.
    pub(super) weights: CategoryWeights,
    /// The passages that notes name.
    pub(super) noted: Arc<Noted>,
    documents: Vec<Option<&'a Document>>,
}

impl<'a> Look<'a> {
    /// Looks at the passages that pass a filter; `None` for all.
    pub fn new(basis: Basis<'a>, rules: Rules, selected: Option<&PassageSet>) -> Self {
        let mut passes = vec![selected.is_none(); basis.moves.capacity()];
        for index in selected.into_iter().flat_map(PassageSet::iter) {
            if let Some(pass) = passes.get_mut(index.get()) {
                *pass = true;
            }
        }
        let passages: Vec<PassageIndex> =
            basis.moves.iter().map(|(index, _)| index).filter(|index| passes[index.get()]).collect();
        let mut look = Self {
            weights: CategoryWeights::of(basis.moves, basis.weights, rules),
            counts: vec![false; basis.moves.capacity()],
            basis,
            rules,
            passes,
            passages,
            moves: Vec::new(),
            noted: Arc::default(),
            documents: basis.moves.documents().map(|(_, id)| document_of(basis.project, id)).collect(),
        };
        look.moves = look.distinct();
        look.moves.iter().for_each(|index| look.counts[index.get()] = true);
        look.noted = Arc::new(Noted::of(&look));
        look
    }

    /// The moves that count: those that pass the filter, without duplicates, by document and place in the text.
    pub fn moves(&self) -> impl ExactSizeIterator<Item = (PassageIndex, &'a Passage)> + '_ {
        self.moves.iter().map(|index| (*index, self.basis.moves.get(*index)))
    }

    /// The passages that pass the filter, moves or not, by document and place in the text.
    pub fn passages(&self) -> impl ExactSizeIterator<Item = (PassageIndex, &'a Passage)> + '_ {
        self.passages.iter().map(|index| (*index, self.basis.moves.get(*index)))
    }

    /// The indices of the moves that count.
    pub(super) fn move_indices(&self) -> &[PassageIndex] {
        &self.moves
    }

    /// The indices of the passages that pass the filter.
    pub(super) fn passage_indices(&self) -> &[PassageIndex] {
        &self.passages
    }

    /// The passages that pass the filter and are denied, if these do not count.
    pub fn denied(&self) -> PassageSet {
        self.noted.denied.clone()
    }

    /// The passages that pass the filter and are hypothetical, if these do not count.
    pub fn hypothetical(&self) -> PassageSet {
        self.noted.hypothetical.clone()
    }

    /// The moves of which a test is true.
    pub fn moves_where(&self, test: impl Fn(&Passage) -> bool) -> PassageSet {
        self.moves().filter(|(_, passage)| test(passage)).map(|(index, _)| index).collect()
    }

    /// True if a passage passes the filter.
    pub fn passes(&self, index: PassageIndex) -> bool {
        self.passes.get(index.get()).copied().unwrap_or(false)
    }

    /// A passage.
    pub fn get(&self, index: PassageIndex) -> &'a Passage {
        self.basis.moves.get(index)
    }

    /// The moves that count, for figures per actor and of the ledger.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            moves: self.basis.moves,
            rules: self.rules,
            passing: Some(&self.passes),
            counting: Some(&self.counts),
        }
    }

    /// The asks whose first passage counts, the earliest first. The filter decides which asks are listed, never their state.
    pub fn asks(&self) -> impl Iterator<Item = &'a Ask> + '_ {
        self.scope().asks(self.basis.ledger)
    }

    /// The words of a passage. Empty if its text or its place is lost.
    pub fn words(&self, index: PassageIndex) -> String {
        let passage = self.get(index);
        let text = self.document(passage.document).and_then(|document| document.text.as_ref());
        let text = text.filter(|_| !passage.has_no_place);
        text.map_or_else(String::new, |text| passage.ranges.quote(text))
    }

    /// The words of a passage on one line, shortened to a number of characters.
    pub fn quote(&self, index: PassageIndex, characters: usize) -> Cow<'a, str> {
        let passage = self.get(index);
        let mut ranges = passage.ranges.iter().filter(|_| !passage.has_no_place);
        let only = ranges.next().filter(|_| ranges.next().is_none());
        let text = only.zip(self.document(passage.document).and_then(|document| document.text.as_ref()));
        match text {
            Some((range, text)) => shortened(text.slice(range), characters),
            None => Cow::Owned(shorten(&self.words(index), characters)),
        }
    }

    /// The first words of a passage on one line, at most so many characters.
    pub fn beginning(&self, index: PassageIndex, characters: usize) -> String {
        first_characters(&self.words(index), characters)
    }

    /// The documents of some passages.
    pub(super) fn documents_of(&self, passages: &PassageSet) -> BTreeSet<DocumentIndex> {
        let mut documents: Vec<DocumentIndex> =
            passages.iter().map(|index| self.get(index).document).collect();
        // Passages of a document follow each other.
        documents.dedup();
        documents.into_iter().collect()
    }

    /// The documents with passages in the chosen layers, whether these pass the filter or not.
    pub fn counted_documents(&self) -> impl Iterator<Item = DocumentIndex> + '_ {
        let documents = self.basis.moves.documents().map(|(document, _)| document);
        documents.filter(|document| self.basis.moves.in_document(*document).next().is_some())
    }

    /// The document of an index.
    pub fn document(&self, index: DocumentIndex) -> Option<&'a Document> {
        self.documents.get(index.get()).copied().flatten()
    }

    /// The kind of a move.
    pub fn kind(&self, passage: &Passage) -> Kind {
        Kind::of(passage, &self.rules)
    }

    /// The weight of a move; `None` without one, and for conditions and recommendations, which count in no score.
    pub fn weight(&self, passage: &Passage) -> Option<f64> {
        self.weights.of_move(passage)
    }

    /// The weight of a category.
    pub fn category_weight(&self, category: CategoryIndex) -> Option<f64> {
        self.weights.of_category(category)
    }

    /// The bin of a move.
    pub fn bin(&self, passage: &Passage) -> Bin {
        self.basis.bins.bin(passage)
    }

    /// The date at which a move is drawn: its own, that of its document or, if it is reported, that of the document that
    /// reports it, unless such dates count as unknown.
    pub fn date(&self, passage: &Passage) -> Option<DayRange> {
        match self.basis.bins.reported {
            ReportedAt::Report => passage.order_date,
            ReportedAt::Unknown => passage.date(),
        }
    }

    /// The actors of a move, in the form that the rules say.
    pub fn actors(&self, passage: &Passage) -> &'a [ActorId] {
        self.basis.moves.actors().members(self.actor_set(passage))
    }

    /// The targets of a move, in the form that the rules say.
    pub fn targets(&self, passage: &Passage) -> &'a [ActorId] {
        self.basis.moves.actors().members(self.target_set(passage))
    }

    /// The set of actors of a move, in the form that the rules say.
    pub fn actor_set(&self, passage: &Passage) -> ActorSetId {
        self.scope().actor_set(passage)
    }

    /// The set of targets of a move, in the form that the rules say.
    pub fn target_set(&self, passage: &Passage) -> ActorSetId {
        self.scope().target_set(passage)
    }

    /// The pairs of actor and target of a move, `None` for one that is not specified. With members, nobody makes a move
    /// towards themselves.
    pub fn pairs(
        &self,
        passage: &Passage,
    ) -> impl Iterator<Item = (Option<ActorId>, Option<ActorId>)> + use<'a> {
        let (actors, targets) = (self.actors(passage), self.targets(passage));
        let is_split = self.rules.collectives == Collectives::Members;
        let pairs =
            or_none(actors).flat_map(move |actor| or_none(targets).map(move |target| (actor, target)));
        pairs.filter(move |(actor, target)| !(is_split && actor.is_some() && actor == target))
    }

    /// The moves that pass, each only as often as the rules say.
    fn distinct(&self) -> Vec<PassageIndex> {
        let all = self.passages().filter(|(_, passage)| self.rules.counted.counts(passage));
        let all: Vec<PassageIndex> = all.map(|(index, _)| index).collect();
        let within: WithinOf<'_> = match self.rules.duplicates {
            Duplicates::All => return all,
            Duplicates::PerDocument => Box::new(|_, passage| Within::Document(passage.document)),
            Duplicates::PerBin => Box::new(|_, passage| Within::Bin(self.bin(passage))),
            Duplicates::PerChain => {
                let first = chains(self.basis.moves);
                Box::new(move |index, _| Within::Chain(first[index.get()]))
            }
        };
        let mut in_order = all.clone();
        self.basis.moves.sort(&mut in_order);
        let mut seen: HashSet<(Within, Likeness)> = HashSet::new();
        let is_first = |index: &PassageIndex| {
            let passage = self.get(*index);
            let (actors, targets) = (self.actor_set(passage), self.target_set(passage));
            seen.insert((within(*index, passage), (passage.category, actors, targets, passage.issues)))
        };
        let kept: HashSet<PassageIndex> = in_order.into_iter().filter(is_first).collect();
        all.into_iter().filter(|index| kept.contains(index)).collect()
    }
}

/// The passages that notes name, found in one pass.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Noted {
    pub denied: PassageSet,
    pub hypothetical: PassageSet,
    pub conditions: PassageSet,
    pub recommendations: PassageSet,
    pub reported: PassageSet,
    pub without_place: PassageSet,
    pub without_weight: PassageSet,
    /// The moves without an actor, without a target and without an issue.
    pub not_specified: [PassageSet; 3],
}

impl Noted {
    pub fn of(look: &Look<'_>) -> Self {
        let counted = look.rules.counted;
        let [mut denied, mut hypothetical] = <[Vec<PassageIndex>; 2]>::default();
        for (index, passage) in look.passages() {
            if passage.is_denied && !counted.denied {
                denied.push(index);
            }
            if passage.is_hypothetical && !counted.hypothetical {
                hypothetical.push(index);
            }
        }
        let mut of_moves: [Vec<PassageIndex>; 8] = Default::default();
        for (index, passage) in look.moves() {
            let lacks_weight =
                !look.rules.is_derived(passage) && look.category_weight(passage.category).is_none();
            let tests = [
                passage.is_condition,
                passage.is_recommendation,
                passage.is_reported,
                passage.has_no_place,
                lacks_weight,
                passage.actors == ActorSetId::EMPTY,
                passage.targets == ActorSetId::EMPTY,
                passage.issues == IssueSetId::EMPTY,
            ];
            of_moves.iter_mut().zip(tests).filter(|(_, holds)| *holds).for_each(|(set, _)| set.push(index));
        }
        let [conditions, recommendations, reported, without_place, without_weight, actor, target, issue] =
            of_moves.map(PassageSet::from_iter);
        Self {
            denied: denied.into_iter().collect(),
            hypothetical: hypothetical.into_iter().collect(),
            conditions,
            recommendations,
            reported,
            without_place,
            without_weight,
            not_specified: [actor, target, issue],
        }
    }
}

/// What moves that count once have in common.
type Likeness = (CategoryIndex, ActorSetId, ActorSetId, IssueSetId);

/// Finds the place within which a move counts once.
type WithinOf<'w> = Box<dyn Fn(PassageIndex, &Passage) -> Within + 'w>;

/// The place within which a move counts once.
#[derive(PartialEq, Eq, Hash)]
enum Within {
    Document(DocumentIndex),
    Bin(Bin),
    Chain(PassageIndex),
}

/// The ids, or one `None` if there are none.
pub(super) fn or_none(ids: &[ActorId]) -> impl Iterator<Item = Option<ActorId>> + '_ {
    ids.iter().copied().map(Some).chain(ids.is_empty().then_some(None))
}

fn document_of<'a>(project: &'a Project, id: &DocumentId) -> Option<&'a Document> {
    project.document(id).map(|document| &**document)
}
