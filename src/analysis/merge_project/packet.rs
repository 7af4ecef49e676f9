//! Merges a packet that comes back: the layers of its owner, and those changes to the codebook that are accepted.
//!
//! The packet is reduced to what it may change; in everything else the reduced copy is like the project here, so the
//! three-way merge leaves that alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_model::merge::merge_projects;
use demarche_model::{
    Annotator, AnnotatorId, Assignment, CategoryId, Codebook, Decision, Document, Layer, Link, Project,
    Review, Role, Span, SpanId,
};

use super::changes::{codebook_changes, project_changes};
use super::vocabulary::Vocabulary;
use super::{CodebookEntry, EntryChange, MergePlan, ProjectChange, ProjectResolutions, plan};

/// The part of a document that the owner of a packet writes: their coding, and their decisions in the consensus.
#[derive(Default)]
struct Part {
    layers: BTreeMap<AnnotatorId, Arc<Layer>>,
    reviews: BTreeMap<AnnotatorId, Arc<Review>>,
}

/// A change to the codebook that a packet proposes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// The entry.
    pub entry: CodebookEntry,
    /// Its name.
    pub name: String,
    /// The change.
    pub change: EntryChange,
    /// True if it is part of the merge.
    pub is_accepted: bool,
}

/// Something in a packet that is not merged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LeftOut {
    /// A change to the project file.
    Change(ProjectChange),
    /// The layer of someone other than the owner.
    OtherLayer {
        /// The name of its annotator.
        name: String,
        /// The title of its document.
        title: String,
        /// Number of its spans.
        spans: usize,
    },
    /// Decisions of reviewers.
    Decisions(usize),
    /// Saved views, calendar and dismissed pairs of someone other than the owner.
    Notes {
        /// The name of that person.
        name: String,
    },
    /// The owner's layer of a document that is not in the project, or has another text there.
    NoDocument {
        /// The title of the document.
        title: String,
        /// Number of spans.
        spans: usize,
    },
    /// The owner's spans of a category that the project does not have.
    NoCategory {
        /// The name of the category.
        category: String,
        /// The title of the document.
        title: String,
        /// Number of spans.
        spans: usize,
    },
    /// The owner's links that have no end or no kind in the project.
    Links {
        /// The title of the document.
        title: String,
        /// Number of links.
        links: usize,
    },
}

impl LeftOut {
    /// True if it is work of the packet's owner.
    pub fn is_work(&self) -> bool {
        match self {
            Self::NoDocument { .. } | Self::NoCategory { .. } | Self::Links { .. } => true,
            Self::Change(_) | Self::OtherLayer { .. } | Self::Decisions(_) | Self::Notes { .. } => false,
        }
    }
}

/// A packet that has come back.
#[derive(Clone, Copy)]
pub(super) struct Packet<'a> {
    /// The person it was for.
    pub owner: &'a AnnotatorId,
    /// The project as it was sent.
    pub sent: &'a Project,
    /// The project as it has come back.
    pub returned: &'a Project,
}

impl Packet<'_> {
    /// Computes the effect of merging the packet into `ours`.
    pub fn plan(
        self,
        ours: &Project,
        accepted: &BTreeSet<CodebookEntry>,
        resolutions: &ProjectResolutions,
    ) -> MergePlan {
        let before = Vocabulary::of(self.sent);
        let after = before.with(&Vocabulary::of(self.returned), accepted);
        let people = ours.annotators().to_vec();
        let with_owner = people.iter().cloned().chain(self.new_person(ours)).collect();
        let own_notes = |owner: &AnnotatorId| (owner == self.owner).then(|| owner.clone());
        let base = self.reduced(ours, people, before, |here| self.sent_part(here));
        let base = base.with_notes_from(self.sent, own_notes);
        let theirs = self.reduced(ours, with_owner, after, |here| self.returned_part(here));
        let theirs = theirs.with_notes_from(self.returned, own_notes);
        let codebook = merge_projects(Some(&base), ours, &theirs).value.codebook().clone();
        let base = with_layers(&base, |_, _, layer| recoded(layer, &codebook));
        let theirs = with_layers(&theirs, |_, _, layer| recoded(layer, &codebook));
        let mut left_out = self.left_out(ours);
        let theirs = without_unknown(&theirs, &base, &codebook, self.returned.codebook(), &mut left_out);
        let proposals = self.proposals(ours, accepted);
        MergePlan { proposals, left_out, ..plan(Some(&base), ours, &theirs, resolutions) }
    }

    /// The owner, if `ours` does not have them. Role and assigned documents are not for the packet to say.
    fn new_person(self, ours: &Project) -> Option<Annotator> {
        let is_new = ours.annotator(self.owner).is_none();
        let person = self.returned.annotator(self.owner).or_else(|| self.sent.annotator(self.owner));
        let person = person.filter(|_| is_new)?;
        Some(Annotator {
            role: Role::default(),
            documents: Assignment::All,
            batches: Vec::new(),
            ..person.clone()
        })
    }

    /// This project with other people and another vocabulary, and with the owner's part only, in the documents that the
    /// packet has.
    fn reduced(
        self,
        ours: &Project,
        people: Vec<Annotator>,
        words: Vocabulary,
        part: impl Fn(&Document) -> Part,
    ) -> Project {
        let shared = ours.documents().iter().filter(|here| self.returned.document(here.id()).is_some());
        let documents = shared.map(|here| {
            let Part { layers, reviews } = part(here);
            Document { layers, reviews, unreadable: Default::default(), ..(**here).clone() }
        });
        let Vocabulary { codebook, actors, issues, relations } = words;
        Project::assemble(ours.name().to_owned(), people, actors, issues, codebook, documents.collect())
            .with_blind(ours.is_blind())
            .with_relations(relations)
            .with_document_sets(ours.document_sets().clone())
    }

    /// The owner's part as it was sent.
    fn sent_part(self, here: &Document) -> Part {
        self.sent.document(here.id()).map(|sent| self.own_part(sent)).unwrap_or_default()
    }

    /// The owner's part as it came back. A file that was sent and no longer exists counts as empty.
    fn returned_part(self, here: &Document) -> Part {
        let Some(document) = self.returned.document(here.id()) else { return Part::default() };
        let (sent, returned) = (self.sent_part(here), self.own_part(document));
        let is_readable = |who: &AnnotatorId| !document.unreadable.contains(who);
        let layers = sent.layers.into_keys().filter(is_readable).map(|who| (who, Arc::default()));
        let reviews = sent.reviews.into_keys().filter(is_readable).map(|who| (who, Arc::default()));
        Part {
            layers: layers.chain(returned.layers).collect(),
            reviews: reviews.chain(returned.reviews).collect(),
        }
    }

    fn own_part(self, document: &Document) -> Part {
        let layers = document.layers.iter().filter(|(who, _)| self.is_own(who));
        let reviews = document.reviews.iter().filter(|(who, _)| self.is_adjudication(who));
        let reviews = reviews.map(|(who, review)| (who.clone(), review.clone()));
        let answers = document.reviews.get(self.owner).map(|review| self.answers(document, review));
        Part {
            layers: layers.map(|(who, layer)| (who.clone(), layer.clone())).collect(),
            reviews: reviews.chain(answers.map(|answers| (self.owner.clone(), Arc::new(answers)))).collect(),
        }
    }

    /// The owner's comments on their own passages. A verdict on one's own passage is none.
    fn answers(self, document: &Document, review: &Review) -> Review {
        let sent = self.sent.document(document.id()).and_then(|sent| sent.layer(self.owner));
        let layers = [sent, document.layer(self.owner)];
        let is_own = |span: &SpanId| layers.iter().flatten().any(|layer| layer.span(*span).is_some());
        let decisions = review.decisions.iter().filter_map(|(span, decision)| {
            let comments = decision.comments.iter().filter(|comment| comment.author == *self.owner);
            let answer = Decision {
                verdict: None,
                proposal: None,
                decided_on: None,
                comments: comments.cloned().collect(),
                ..(**decision).clone()
            };
            let is_answer = decision.annotator == *self.owner && is_own(span) && !answer.is_empty();
            is_answer.then(|| (*span, Arc::new(answer)))
        });
        // That the owner's Demarche has followed the returns of the lead, so that it does so once.
        let followed = review.returns.get(self.owner).map(|made| (self.owner.clone(), made.clone()));
        Review { decisions: decisions.collect(), returns: followed.into_iter().collect() }
    }

    /// Counts the decisions in a document that came with the packet's return and are not merged.
    fn ignored_decisions(self, ours: &Project, document: &Document) -> usize {
        let sent = self.sent.document(document.id());
        let taken = ours.document(document.id()).map(|_| self.own_part(document).reviews).unwrap_or_default();
        let all = document.reviews.iter().flat_map(|(who, review)| {
            review.decisions.iter().map(move |(span, decision)| (who, span, decision))
        });
        let is_ignored = |(who, span, decision): &(&AnnotatorId, &SpanId, &Arc<Decision>)| {
            let was_sent = sent.and_then(|sent| sent.decision(who, **span)) == Some(*decision);
            let is_taken = taken.get(*who).and_then(|review| review.decisions.get(*span)) == Some(*decision);
            !was_sent && !is_taken
        };
        all.filter(is_ignored).count()
    }

    /// True for the review with what the owner left out of the consensus.
    fn is_adjudication(self, reviewer: &AnnotatorId) -> bool {
        reviewer.adjudicator().as_ref() == Some(self.owner)
    }

    /// True for the owner's coding and for what they decided in the consensus.
    fn is_own(self, who: &AnnotatorId) -> bool {
        who.writer() == *self.owner
    }

    /// What is not merged, apart from changes to the codebook.
    fn left_out(self, ours: &Project) -> Vec<LeftOut> {
        let is_codebook = |change: &ProjectChange| matches!(change, ProjectChange::Codebook { .. });
        let changes = project_changes(self.sent, self.returned).into_iter();
        let mut left_out: Vec<LeftOut> =
            changes.filter(|change| !is_codebook(change)).map(LeftOut::Change).collect();
        for document in self.returned.documents() {
            let title = || document.meta.title.clone();
            for (who, layer) in &document.layers {
                let sent = self.sent.document(document.id()).and_then(|sent| sent.layer(who));
                if sent == Some(layer) || (self.is_own(who) && ours.document(document.id()).is_some()) {
                    continue;
                }
                left_out.push(match self.is_own(who) {
                    true => LeftOut::NoDocument { title: title(), spans: layer.len() },
                    false => LeftOut::OtherLayer {
                        name: self.returned.name_of(who).to_owned(),
                        title: title(),
                        spans: layer.len(),
                    },
                });
            }
        }
        let documents = self.returned.documents().iter();
        let decisions: usize = documents.map(|document| self.ignored_decisions(ours, document)).sum();
        left_out.extend((decisions > 0).then_some(LeftOut::Decisions(decisions)));
        let others = self.returned.analysis_notes().keys().filter(|owner| *owner != self.owner);
        left_out.extend(others.map(|who| LeftOut::Notes { name: self.returned.name_of(who).to_owned() }));
        left_out
    }

    /// The changes to the codebook that the project here does not have yet.
    fn proposals(self, ours: &Project, accepted: &BTreeSet<CodebookEntry>) -> Vec<Proposal> {
        let missing: BTreeSet<CodebookEntry> =
            codebook_changes(ours, self.returned).into_iter().filter_map(entry).map(|p| p.entry).collect();
        let changes = codebook_changes(self.sent, self.returned).into_iter().filter_map(entry);
        let open = changes.filter(|proposal| missing.contains(&proposal.entry));
        open.map(|p| Proposal { is_accepted: accepted.contains(&p.entry), ..p }).collect()
    }
}

fn entry(change: ProjectChange) -> Option<Proposal> {
    match change {
        ProjectChange::Codebook { entry, name, change } => {
            Some(Proposal { entry, name, change, is_accepted: false })
        }
        ProjectChange::Name { .. }
        | ProjectChange::Blind(_)
        | ProjectChange::Person { .. }
        | ProjectChange::Document { .. } => None,
    }
}

/// The project with other layers.
fn with_layers(
    project: &Project,
    mut layer: impl FnMut(&Document, &AnnotatorId, &Layer) -> Layer,
) -> Project {
    let documents = project.documents().iter().map(|document| {
        let layers =
            document.layers.iter().map(|(who, old)| (who.clone(), Arc::new(layer(document, who, old))));
        Document { layers: layers.collect(), ..(**document).clone() }
    });
    Project::assemble(
        project.name().to_owned(),
        project.annotators().to_vec(),
        project.actors().to_vec(),
        project.issues().to_vec(),
        (**project.codebook()).clone(),
        documents.collect(),
    )
    .with_blind(project.is_blind())
    .with_relations(project.relations().clone())
    .with_document_sets(project.document_sets().clone())
    .with_notes_from(project, |owner| Some(owner.clone()))
}

/// The layer with every category that was replaced by another one as that one.
fn recoded(layer: &Layer, codebook: &Codebook) -> Layer {
    let now = |id: &CategoryId| codebook.resolve(id).map_or_else(|| id.clone(), |found| found.id.clone());
    let spans = layer.spans_unsorted().map(|span| Span { category: now(&span.category), ..(**span).clone() });
    with_contents(layer, spans.collect(), links_of(layer))
}

/// The project with spans of categories that the codebook does not have as they are in the base, or without them, and
/// without the links that then lack an end or a kind. `names` has the names of these categories.
fn without_unknown(
    theirs: &Project,
    base: &Project,
    codebook: &Codebook,
    names: &Codebook,
    left_out: &mut Vec<LeftOut>,
) -> Project {
    let mut gone: BTreeSet<SpanId> = BTreeSet::new();
    let known = with_layers(theirs, |document, who, layer| {
        let known = layer.spans_unsorted().filter_map(|span| {
            if codebook.category(&span.category).is_some() {
                return Some((**span).clone());
            }
            let old = base_layer(base, document, who).and_then(|layer| layer.span(span.id));
            if old != Some(span) {
                add_unknown(left_out, names.name_of(&span.category), &document.meta.title);
            }
            if old.is_none() {
                gone.insert(span.id);
            }
            old.map(|old| (**old).clone())
        });
        let spans = known.collect();
        with_contents(layer, spans, links_of(layer))
    });
    with_layers(&known, |document, who, layer| {
        let has_ends = |link: &Link| {
            let ends = [&link.from, &link.to];
            known.document(&link.to_document).is_some() && ends.iter().all(|end| !gone.contains(end))
        };
        let sent = base_layer(base, document, who);
        let is_kept = |link: &Link| {
            let was_sent = sent.and_then(|layer| layer.link(link.id)).is_some_and(|old| **old == *link);
            was_sent || (has_ends(link) && codebook.link_kind(&link.kind).is_some())
        };
        let (kept, lost): (Vec<Link>, Vec<Link>) = links_of(layer).into_iter().partition(is_kept);
        if !lost.is_empty() {
            left_out.push(LeftOut::Links { title: document.meta.title.clone(), links: lost.len() });
        }
        with_contents(layer, layer.spans_unsorted().map(|span| (**span).clone()).collect(), kept)
    })
}

fn base_layer<'a>(base: &'a Project, document: &Document, who: &AnnotatorId) -> Option<&'a Arc<Layer>> {
    base.document(document.id())?.layer(who)
}

fn links_of(layer: &Layer) -> Vec<Link> {
    layer.links().map(|link| (**link).clone()).collect()
}

/// The layer with other spans and links.
fn with_contents(layer: &Layer, spans: Vec<Span>, links: Vec<Link>) -> Layer {
    let detached = layer.detached().map(|(_, detached)| (**detached).clone());
    layer.with_contents(spans, links, detached.collect::<Vec<_>>())
}

/// Counts a span of a category that the project does not have.
fn add_unknown(left_out: &mut Vec<LeftOut>, name: &str, document: &str) {
    for item in left_out.iter_mut() {
        if let LeftOut::NoCategory { category, title, spans } = item
            && category == name
            && title == document
        {
            *spans += 1;
            return;
        }
    }
    let (category, title) = (name.to_owned(), document.to_owned());
    left_out.push(LeftOut::NoCategory { category, title, spans: 1 });
}
