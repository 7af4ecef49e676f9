//! What a view looks at.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::duplicates::chains;
use super::{Duplicates, Kind, Persons, Rules, Sizes};
use crate::bargain::{
    ActorId, ActorSetId, Ask, Bin, Bins, CategoryIndex, Collectives, DocumentIndex, IssueSetId, Ledger,
    Moves, Passage, PassageIndex, PassageSet, Scope, Weights,
};
use crate::context::shorten;
use demarche_model::{Document, Project, Relations};

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
    /// The passages that pass the filter; `None` for all.
    selected: Option<PassageSet>,
    /// The same by index.
    passes: Vec<bool>,
    /// The passages that pass the filter, by document and place in the text.
    passages: Vec<PassageIndex>,
    /// Those of them that are moves and no duplicates.
    moves: Vec<PassageIndex>,
    /// The weight of each category.
    weights: Vec<Option<f64>>,
    /// The actors that a set stands for, where no table of [`Moves`] says so.
    expanded: HashMap<ActorSetId, Box<[ActorId]>>,
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
        let categories = basis.moves.categories();
        let weights = categories.map(|(_, id)| basis.weights.value(id)).collect();
        let mut look = Self {
            basis,
            rules,
            selected: selected.cloned(),
            passes,
            passages,
            moves: Vec::new(),
            weights,
            expanded: HashMap::new(),
        };
        look.expand();
        look.moves = look.distinct();
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

    /// The passages that pass the filter and are denied, if these do not count.
    pub fn denied(&self) -> PassageSet {
        self.left_out(|passage| passage.is_denied && !self.rules.counted.denied)
    }

    /// The passages that pass the filter and are hypothetical, if these do not count.
    pub fn hypothetical(&self) -> PassageSet {
        self.left_out(|passage| passage.is_hypothetical && !self.rules.counted.hypothetical)
    }

    fn left_out(&self, test: impl Fn(&Passage) -> bool) -> PassageSet {
        self.passages().filter(|(_, passage)| test(passage)).map(|(index, _)| index).collect()
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

    /// The moves that pass the filter, for figures per actor and of the ledger.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            moves: self.basis.moves,
            counted: self.rules.counted,
            passing: self.selected.as_ref(),
            collectives: self.rules.collectives,
        }
    }

    /// The asks whose first passage passes the filter, the earliest first. The filter decides which asks are listed, never
    /// their state.
    pub fn asks(&self) -> impl Iterator<Item = &'a Ask> + '_ {
        self.basis.ledger.asks().filter(|ask| self.passes(ask.id()))
    }

    /// The words of a passage. Empty if its text or its place is lost.
    pub fn words(&self, index: PassageIndex) -> String {
        let passage = self.get(index);
        let text = self.document(passage.document).and_then(|document| document.text.as_ref());
        let text = text.filter(|_| !passage.has_no_place);
        text.map_or_else(String::new, |text| passage.ranges.quote(text))
    }

    /// The words of a passage on one line, shortened to a number of characters.
    pub fn quote(&self, index: PassageIndex, characters: usize) -> String {
        shorten(&self.words(index), characters)
    }

    /// The documents of some passages.
    pub(super) fn documents_of(&self, passages: &PassageSet) -> BTreeSet<DocumentIndex> {
        passages.iter().map(|index| self.get(index).document).collect()
    }

    /// The documents with passages in the chosen layers, whether these pass the filter or not.
    pub fn counted_documents(&self) -> impl Iterator<Item = DocumentIndex> + '_ {
        let documents = self.basis.moves.documents().map(|(document, _)| document);
        documents.filter(|document| self.basis.moves.in_document(*document).next().is_some())
    }

    /// The document of an index.
    pub fn document(&self, index: DocumentIndex) -> Option<&'a Document> {
        self.basis.project.document(self.basis.moves.document_id(index)).map(|document| &**document)
    }

    /// The kind of a move.
    pub fn kind(&self, passage: &Passage) -> Kind {
        Kind::of(passage, &self.rules)
    }

    /// The weight of a move; `None` without one, and for conditions and recommendations, which count in no score.
    pub fn weight(&self, passage: &Passage) -> Option<f64> {
        if self.kind(passage).is_derived() { None } else { self.category_weight(passage.category) }
    }

    /// The weight of a category.
    pub fn category_weight(&self, category: CategoryIndex) -> Option<f64> {
        self.weights.get(category.get()).copied().flatten()
    }

    /// The bin of a move.
    pub fn bin(&self, passage: &Passage) -> Bin {
        self.basis.bins.bin(passage)
    }

    /// The actors of a move, in the form that the rules say.
    pub fn actors(&self, passage: &Passage) -> &[ActorId] {
        match self.rules.persons {
            Persons::Party => self.party_set(passage.actors),
            Persons::Separately => self.person_set(passage.persons),
        }
    }

    /// The targets of a move, in the form that the rules say.
    pub fn targets(&self, passage: &Passage) -> &[ActorId] {
        match self.rules.persons {
            Persons::Party => self.party_set(passage.targets),
            Persons::Separately => self.person_set(passage.target_persons),
        }
    }

    fn party_set(&self, set: ActorSetId) -> &[ActorId] {
        match self.rules.collectives {
            Collectives::AsTagged => self.basis.moves.actors().members(set),
            Collectives::Members => self.basis.moves.actors().parties(set),
        }
    }

    fn person_set(&self, set: ActorSetId) -> &[ActorId] {
        let as_they_are = self.basis.moves.actors().members(set);
        match self.rules.collectives {
            Collectives::AsTagged => as_they_are,
            Collectives::Members => self.expanded.get(&set).map_or(as_they_are, |members| &**members),
        }
    }

    /// The pairs of actor and target of a move, `None` for one that is not specified. With members, nobody makes a move
    /// towards themselves.
    pub fn pairs(&self, passage: &Passage) -> Vec<(Option<ActorId>, Option<ActorId>)> {
        let (actors, targets) = (or_none(self.actors(passage)), or_none(self.targets(passage)));
        let pairs = actors.iter().flat_map(|actor| targets.iter().map(move |target| (*actor, *target)));
        let is_self = |(actor, target): &(Option<ActorId>, Option<ActorId>)| {
            self.rules.collectives == Collectives::Members && actor.is_some() && actor == target
        };
        pairs.filter(|pair| !is_self(pair)).collect()
    }

    /// Writes down the members of collectives among sets of persons.
    fn expand(&mut self) {
        if (self.rules.persons, self.rules.collectives) != (Persons::Separately, Collectives::Members) {
            return;
        }
        let relations = self.basis.project.relations();
        for (_, passage) in self.basis.moves.iter() {
            for set in [passage.persons, passage.target_persons] {
                let actors = self.basis.moves.actors();
                self.expanded.entry(set).or_insert_with(|| {
                    let each = actors.members(set).iter().flat_map(|id| {
                        let name = actors.name(*id);
                        members(relations, name).into_iter().map(|member| actors.find(member).unwrap_or(*id))
                    });
                    let mut ids: Vec<ActorId> = each.collect();
                    ids.sort_unstable();
                    ids.dedup();
                    ids.into()
                });
            }
        }
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
            let (actors, targets) = (passage.actors, passage.targets);
            seen.insert((within(*index, passage), (passage.category, actors, targets, passage.issues)))
        };
        let kept: HashSet<PassageIndex> = in_order.into_iter().filter(is_first).collect();
        all.into_iter().filter(|index| kept.contains(index)).collect()
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
pub(super) fn or_none(ids: &[ActorId]) -> Vec<Option<ActorId>> {
    if ids.is_empty() { vec![None] } else { ids.iter().copied().map(Some).collect() }
}

/// The members of a collective; a person or party itself.
fn members<'r>(relations: &'r Relations, name: &'r str) -> Vec<&'r str> {
    match relations.members.contains_key(name) {
        true => relations.expanded(name).into_iter().collect(),
        false => vec![name],
    }
}
