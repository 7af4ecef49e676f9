//! Whose layers count.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Layer, LayerId, Project, Visibility};

/// The coders whose layers count.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum CoderChoice {
    /// In each document the consensus or, without one, the only person who has tagged it.
    #[default]
    Final,
    /// These, each on their own. The consensus may be among them.
    People(Vec<AnnotatorId>),
    /// Everyone who has tagged, each on their own, without the consensus.
    Everyone,
}

/// One way of choosing a layer per document. Figures are computed per reading and never added over several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The person, or the consensus, whose layers count; `None` for the final reading.
    pub coder: Option<AnnotatorId>,
    /// The person whose layers count in the final reading of a project without any consensus.
    pub stand_in: Option<AnnotatorId>,
    visibility: Visibility,
}

/// The readings of a choice, with what they leave out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Readings {
    /// The readings: one for the final choice, otherwise one per coder.
    pub all: Vec<Reading>,
    /// Documents that several people have tagged, without a consensus so far, and that no reading counts.
    pub undecided: Vec<DocumentId>,
    /// Number of passages of each visible coder that no reading counts, if any.
    pub not_counted: BTreeMap<AnnotatorId, usize>,
    /// Layers that could not be read.
    pub unreadable: Vec<LayerId>,
}

impl Reading {
    /// The layers of one coder, or of the consensus.
    pub fn of_coder(coder: AnnotatorId, visibility: Visibility) -> Self {
        Self { coder: Some(coder.whole()), stand_in: None, visibility }
    }

    /// The layers of a document that count: one, or the parts of the consensus, which count as one.
    pub fn layers<'a>(&self, document: &'a Document) -> Vec<(&'a AnnotatorId, &'a Arc<Layer>)> {
        let visible = self.visible(document);
        let of = |coder: &AnnotatorId| visible.iter().copied().filter(|(o, _)| o.whole() == *coder).collect();
        if let Some(coder) = self.coder.as_ref().or(self.stand_in.as_ref()) {
            return of(coder);
        }
        let consensus: Vec<_> = of(&AnnotatorId::consensus());
        match visible.as_slice() {
            _ if !consensus.is_empty() => consensus,
            [only] => vec![*only],
            _ => Vec::new(),
        }
    }

    /// The visible layers of a document that have passages.
    fn visible<'a>(&self, document: &'a Document) -> Vec<(&'a AnnotatorId, &'a Arc<Layer>)> {
        let tagged = document.layers.iter().filter(|(_, layer)| has_passages(layer));
        tagged.filter(|(owner, _)| self.visibility.shows_in(document, owner)).collect()
    }
}

/// True if a layer has a passage, be it one whose place in the text is lost.
fn has_passages(layer: &Layer) -> bool {
    passages(layer) > 0
}

/// Number of passages of a layer.
fn passages(layer: &Layer) -> usize {
    layer.len() + layer.pending_count()
}

impl CoderChoice {
    /// The readings of a project, from the layers that are in memory.
    ///
    /// If no document has a consensus and several people have tagged the same document, one person stands in: `user` if
    /// they have tagged, otherwise the person with most passages, and of several the first id. Output that must not depend
    /// on who runs it passes no user.
    pub fn readings(
        &self,
        project: &Project,
        visibility: &Visibility,
        user: Option<&AnnotatorId>,
    ) -> Readings {
        let sight = Reading { coder: None, stand_in: None, visibility: visibility.clone() };
        let all = match self {
            Self::Final => vec![Reading { stand_in: stand_in(project, &sight, user), ..sight.clone() }],
            Self::People(people) => of_coders(people.iter().cloned(), visibility),
            Self::Everyone => {
                let counts = passages_by_coder(project, &sight);
                of_coders(counts.into_keys().filter(|coder| !coder.is_consensus()), visibility)
            }
        };
        let undecided = all.iter().filter(|reading| reading.coder.is_none()).flat_map(|reading| {
            let documents = project.documents().iter();
            let left_out = documents.filter(|document| {
                reading.visible(document).len() > 1 && reading.layers(document).is_empty()
            });
            left_out.map(|document| document.id().clone()).collect::<Vec<_>>()
        });
        let undecided = undecided.collect();
        let not_counted = not_counted(project, &sight, &all);
        Readings { undecided, not_counted, unreadable: unreadable(project), all }
    }
}

fn of_coders(coders: impl Iterator<Item = AnnotatorId>, visibility: &Visibility) -> Vec<Reading> {
    coders.map(|coder| Reading::of_coder(coder, visibility.clone())).collect()
}

/// The person who stands in for a consensus that does not exist.
fn stand_in(project: &Project, sight: &Reading, user: Option<&AnnotatorId>) -> Option<AnnotatorId> {
    let counts = passages_by_coder(project, sight);
    let has_consensus = counts.keys().any(AnnotatorId::is_consensus);
    // Where people have divided the documents between them, each document is final as it is.
    let is_shared = project.documents().iter().any(|document| sight.visible(document).len() > 1);
    if has_consensus || !is_shared {
        return None;
    }
    let here = user.filter(|user| counts.contains_key(*user)).cloned();
    here.or_else(|| counts.into_iter().min_by_key(|(_, count)| Reverse(*count)).map(|(coder, _)| coder))
}

/// Number of visible passages of each coder who has any. The parts of the consensus are counted together.
fn passages_by_coder(project: &Project, sight: &Reading) -> BTreeMap<AnnotatorId, usize> {
    let mut counts = BTreeMap::new();
    for document in project.documents() {
        for (owner, layer) in sight.visible(document) {
            *counts.entry(owner.whole()).or_default() += passages(layer);
        }
    }
    counts
}

fn not_counted(project: &Project, sight: &Reading, readings: &[Reading]) -> BTreeMap<AnnotatorId, usize> {
    let mut counts: BTreeMap<AnnotatorId, usize> = BTreeMap::new();
    for document in project.documents() {
        let counted: Vec<&AnnotatorId> =
            readings.iter().flat_map(|reading| reading.layers(document)).map(|(owner, _)| owner).collect();
        for (owner, layer) in sight.visible(document) {
            if !counted.contains(&owner) {
                *counts.entry(owner.whole()).or_default() += passages(layer);
            }
        }
    }
    counts
}

fn unreadable(project: &Project) -> Vec<LayerId> {
    let documents = project.documents().iter();
    documents
        .flat_map(|document| document.unreadable.iter().map(|owner| LayerId::new(document.id(), owner)))
        .collect()
}
