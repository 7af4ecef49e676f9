//! Evaluates bound filters over the passages of a project.
//!
//! A filter is evaluated per layer: each term narrows the set of passages that the terms before it have left. Another
//! passage of a relation is looked for among all passages of the layer, or along the links of all visible layers.

mod cache;
mod facts;
mod links;
mod move_facts;
mod relations;
mod rows;
mod segments;
mod test;

use std::rc::Rc;
use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt, HashSet as FastSet};

use demarche_model::{AnnotatorId, Document, Project, Ranges, SpanId, Text, Visibility};

use super::ast::Relation;
use super::bound::{Bound, Node, Related};
use links::{LinkEnd, Links};
use relations::Others;
use rows::{Part, RowStore, Rows};
use segments::{SegmentStore, Segments};

pub use cache::{Cache, DocumentPassages, ReadingPassages};
pub use facts::{Facts, Passage, Property};
pub use move_facts::{FactSettings, MoveFacts};

/// A project as a filter sees it.
pub struct Corpus<'a, F> {
    /// The project, of which only loaded documents are read.
    pub project: &'a Project,
    /// The layers to which links may lead.
    pub visible: &'a Visibility,
    /// What is known about the passages.
    pub facts: &'a F,
}

impl<F> Clone for Corpus<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Corpus<'_, F> {}

/// The passages of a document that pass a filter, by layer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Passing {
    /// One per chosen layer that exists, in the order of the chosen owners. The parts of the consensus are one layer.
    pub layers: Vec<LayerPassing>,
}

/// The passages of a layer that pass a filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayerPassing {
    /// The owner of the layer, or the consensus as a whole.
    pub owner: AnnotatorId,
    /// The passages that pass, in the order of the text.
    pub spans: Vec<SpanId>,
    /// Number of passages in the layer.
    pub of: usize,
    /// Number of passages that pass only because their date may be in the range.
    pub uncertain: usize,
}

impl Passing {
    /// Number of passages that pass.
    pub fn count(&self) -> usize {
        self.layers.iter().map(|layer| layer.spans.len()).sum()
    }

    /// Number of passages in the chosen layers.
    pub fn of(&self) -> usize {
        self.layers.iter().map(|layer| layer.of).sum()
    }

    /// Number of passages that pass only because their date may be in the range.
    pub fn uncertain(&self) -> usize {
        self.layers.iter().map(|layer| layer.uncertain).sum()
    }
}

impl Bound {
    /// Returns the passages of a document that pass, in the layers of these owners. A document that is not loaded has none.
    /// A [`Cache`] does so for a whole project and keeps the results.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use demarche_analysis::filter::{Corpus, Filter, Views};
    /// use demarche_model::*;
    ///
    /// let text = Arc::new(Text::new("Lift the fees. Or we leave."));
    /// let meta = DocumentMeta {
    ///     id: "d1".into(),
    ///     title: "Memo".into(),
    ///     date: None,
    ///     author: String::new(),
    ///     source: String::new(),
    ///     origin: Origin::default(),
    ///     characters: text.characters(),
    ///     versions: Versions::default(),
    ///     sets: Default::default(),
    /// };
    /// let span = |id, category: &str, start, end| {
    ///     let ranges = Ranges::one(TextRange::new(start, end)).unwrap();
    ///     Span::new(SpanId(uuid::Uuid::from_u128(id)), category.into(), ranges, Stamp(0))
    /// };
    /// let spans = [span(1, "demand", 0, 13), span(2, "threat", 15, 26)];
    /// let mut document = Document::new(meta, text);
    /// document.layers.insert("ana".into(), Arc::new(Layer::new(Status::Done, spans, [], [])));
    /// let mut codebook = Codebook::default();
    /// for id in ["demand", "threat"] {
    ///     codebook.categories.push(Category::new(id.into(), id, Colour::nth(0)).into());
    /// }
    /// let project = Project::assemble("Talks".into(), vec![], vec![], vec![], codebook, vec![document]);
    ///
    /// let filter = Filter::parse("before(category:threat; 1 sentence)").unwrap();
    /// let bound = filter.bind(&project, &Views::new()).unwrap();
    /// let corpus = Corpus { project: &project, visible: &Visibility::default(), facts: &() };
    /// let passing = bound.passing(corpus, &project.documents()[0], &["ana".into()]);
    /// assert_eq!((passing.count(), passing.of()), (1, 2));
    /// assert_eq!(passing.layers[0].spans, [SpanId(uuid::Uuid::from_u128(1))]);
    /// ```
    pub fn passing<F: Facts>(
        &self,
        corpus: Corpus<'_, F>,
        document: &Document,
        owners: &[AnnotatorId],
    ) -> Passing {
        let mut store = Store::default();
        Evaluator::new(self, corpus, &mut store).document(document, owners)
    }
}

/// What is known about texts and layers, whatever the filter.
#[derive(Clone, Debug, Default)]
struct Store {
    rows: RowStore,
    segments: SegmentStore,
}

/// A layer with its passages in the order of the text; those without a place come last.
struct LayerView<'a> {
    document: &'a Document,
    text: &'a Arc<Text>,
    /// The owner, or the consensus as a whole.
    owner: AnnotatorId,
    parts: Vec<Part<'a>>,
    rows: Arc<Rows>,
}

impl<'a> LayerView<'a> {
    /// Number of passages.
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn passages(&self) -> impl Iterator<Item = Passage<'_>> {
        (0..self.len()).map_while(|at| self.passage(at))
    }

    fn passage(&self, at: usize) -> Option<Passage<'_>> {
        let (span, lost) = self.rows.get(at)?;
        let (owner, layer) = *self.parts.get(self.rows.part(at))?;
        Some(Passage { document: self.document, owner, layer, span, lost })
    }

    fn key(&self) -> LayerKey<'a> {
        (self.document.id().as_str(), self.owner.clone())
    }

    /// The ids of the passages that pass, in order.
    fn ids<'v>(&'v self, passing: &'v [bool]) -> impl Iterator<Item = SpanId> + 'v {
        let all = self.passages().zip(passing);
        all.filter(|(_, passes)| **passes).map(|(passage, _)| passage.span.id)
    }
}

/// A document and an owner, or the consensus as a whole.
type LayerKey<'a> = (&'a str, AnnotatorId);

/// Evaluates one filter, and keeps what several documents need.
struct Evaluator<'a, F> {
    bound: &'a Bound,
    corpus: Corpus<'a, F>,
    store: &'a mut Store,
    links: Option<Rc<Links<'a>>>,
    layers: FastMap<LayerKey<'a>, Rc<LayerView<'a>>>,
    /// The passages that pass a saved view, by its number and by whether only certain dates count.
    views: FastMap<(usize, bool, LayerKey<'a>), Rc<[bool]>>,
    /// The passages that a link may lead to, by the number of the relation.
    link_ends: FastMap<(usize, LayerKey<'a>), FastSet<SpanId>>,
    /// True while only passages whose dates are certain pass a test of dates.
    only_certain: bool,
}

impl<'a, F: Facts> Evaluator<'a, F> {
    fn new(bound: &'a Bound, corpus: Corpus<'a, F>, store: &'a mut Store) -> Self {
        Self {
            bound,
            corpus,
            store,
            links: None,
            layers: FastMap::new(),
            views: FastMap::new(),
            link_ends: FastMap::new(),
            only_certain: false,
        }
    }

    fn document(&mut self, document: &'a Document, owners: &[AnnotatorId]) -> Passing {
        let mut layers: Vec<LayerPassing> = Vec::new();
        for owner in owners.iter().map(AnnotatorId::whole) {
            let is_new = layers.iter().all(|layer| layer.owner != owner);
            if let Some(view) = self.layer(document, owner).filter(|_| is_new) {
                layers.push(self.layer_passing(&view));
            }
        }
        Passing { layers }
    }

    fn layer_passing(&mut self, view: &LayerView<'a>) -> LayerPassing {
        let bound = self.bound;
        let passing = self.all_that_pass(&bound.root, view);
        let uncertain = if bound.needs.dates { self.count_uncertain(view, &passing) } else { 0 };
        LayerPassing {
            owner: view.owner.clone(),
            spans: view.ids(&passing).collect(),
            of: view.len(),
            uncertain,
        }
    }

    /// Counts the passages that pass, but would not if only certain dates counted.
    fn count_uncertain(&mut self, view: &LayerView<'a>, passing: &[bool]) -> usize {
        self.only_certain = true;
        let certain = self.all_that_pass(&self.bound.root, view);
        self.only_certain = false;
        passing.iter().zip(&certain).filter(|(passes, certain)| **passes && !**certain).count()
    }

    /// The layer of an owner; `None` if it is empty or not loaded.
    fn layer(&mut self, document: &'a Document, owner: AnnotatorId) -> Option<Rc<LayerView<'a>>> {
        let key = (document.id().as_str(), owner.clone());
        if let Some(known) = self.layers.get(&key) {
            return Some(known.clone());
        }
        let parts: Vec<Part<'a>> = match owner.is_consensus() {
            true => document.consensus_layers().collect(),
            false => document.layers.get_key_value(&owner).into_iter().collect(),
        };
        let text = document.text.as_ref().filter(|_| !parts.is_empty())?;
        let rows = self.store.rows.of(document, &owner, &parts);
        let view = Rc::new(LayerView { document, text, owner, parts, rows });
        self.layers.insert(key, view.clone());
        Some(view)
    }

    fn all_that_pass(&mut self, node: &'a Node, view: &LayerView<'a>) -> Vec<bool> {
        let mut kept = vec![true; view.len()];
        self.retain(node, view, &mut kept);
        kept
    }

    /// Keeps the passages that pass a part of the filter.
    fn retain(&mut self, node: &'a Node, view: &LayerView<'a>, kept: &mut [bool]) {
        match node {
            Node::Every => {}
            Node::Not(node) => {
                let mut passing = kept.to_vec();
                self.retain(node, view, &mut passing);
                kept.iter_mut().zip(&passing).for_each(|(kept, passes)| *kept &= !passes);
            }
            Node::All(nodes) => nodes.iter().for_each(|node| self.retain(node, view, kept)),
            Node::OneOf(nodes) => {
                let mut passing = vec![false; kept.len()];
                for node in nodes {
                    // What has passed already need not be asked again.
                    let mut rest: Vec<bool> =
                        kept.iter().zip(&passing).map(|(kept, passes)| *kept && !passes).collect();
                    self.retain(node, view, &mut rest);
                    passing.iter_mut().zip(&rest).for_each(|(passes, rest)| *passes |= rest);
                }
                kept.copy_from_slice(&passing);
            }
            Node::View(number) => {
                let passing = self.saved_view(*number, view);
                kept.iter_mut().zip(&*passing).for_each(|(kept, passes)| *kept &= passes);
            }
            Node::Test(test) => test.retain(view, self.corpus.facts, self.only_certain, kept),
            Node::Related(related) => self.retain_related(related, view, kept),
        }
    }

    /// The passages that pass a saved view, which several others may use.
    fn saved_view(&mut self, number: usize, view: &LayerView<'a>) -> Rc<[bool]> {
        let key = (number, self.only_certain, view.key());
        if let Some(known) = self.views.get(&key) {
            return known.clone();
        }
        let bound = self.bound;
        let passing: Rc<[bool]> = self.all_that_pass(&bound.views[number], view).into();
        self.views.insert(key, passing.clone());
        passing
    }

    fn retain_related(&mut self, related: &'a Related, view: &LayerView<'a>, kept: &mut [bool]) {
        if !kept.contains(&true) {
            return;
        }
        // Whether another passage passes is not a question of certainty.
        let only_certain = std::mem::take(&mut self.only_certain);
        match related.relation {
            Relation::Answers | Relation::AnsweredBy | Relation::Linked => {
                self.retain_linked(related, view, kept);
            }
            Relation::Overlaps
            | Relation::Inside
            | Relation::Contains
            | Relation::Exact
            | Relation::Near(_)
            | Relation::Before(_)
            | Relation::After(_)
            | Relation::SameSentence
            | Relation::SameParagraph
            | Relation::SameDocument => {
                let counts = self.all_that_pass(&related.other, view);
                let ranges: Vec<&Ranges> = view.rows.placed().iter().map(|span| &span.ranges).collect();
                let segments: Arc<Segments> = self.store.segments.of(view.document, view.text);
                let (placed, lost) = kept.split_at_mut(ranges.len());
                Others::new(&ranges, &counts[..ranges.len()], &segments).retain(related.relation, placed);
                lost.fill(false);
            }
        }
        self.only_certain = only_certain;
    }

    fn retain_linked(&mut self, related: &'a Related, view: &LayerView<'a>, kept: &mut [bool]) {
        let links = self.links();
        for (passage, kept) in view.passages().zip(kept.iter_mut()) {
            if *kept {
                let mut alike = view.rows.alike(passage.span.id);
                *kept = alike.any(|span| {
                    let mut ends = links.ends(related.relation, view.document, &view.owner, span);
                    ends.any(|end| self.passes_at_end(related, &end))
                });
            }
        }
    }

    fn links(&mut self) -> Rc<Links<'a>> {
        let corpus = self.corpus;
        self.links.get_or_insert_with(|| Rc::new(Links::new(corpus.project, corpus.visible))).clone()
    }

    /// True if the passage at an end of a link passes the filter of the relation.
    fn passes_at_end(&mut self, related: &'a Related, end: &LinkEnd<'a>) -> bool {
        // Links end at passages of visible layers, all of which pass a filter for every passage.
        if let Node::Every = related.other {
            return end.document.text.is_some();
        }
        let Some(view) = self.layer(end.document, end.owner.whole()) else { return false };
        let (key, span) = ((related.id, view.key()), view.rows.kept(end.span));
        if let Some(known) = self.link_ends.get(&key) {
            return known.contains(&span);
        }
        let passing = self.all_that_pass(&related.other, &view);
        let passing: FastSet<SpanId> = view.ids(&passing).collect();
        let passes = passing.contains(&span);
        self.link_ends.insert(key, passing);
        passes
    }
}
