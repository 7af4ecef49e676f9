//! Keeps people apart who have the same id in two copies of a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche_model::{
    Annotator, AnnotatorId, Comment, Decision, Document, Layer, Project, Provenance, Review, SourceSpan, Span,
};

/// The new ids of people whose ids are those of other people here.
pub type NewIds = BTreeMap<AnnotatorId, AnnotatorId>;

/// Returns a new id for everyone in the other copy whose id is another person's here: the one that they have here under the
/// same key, or a free one.
pub fn new_ids(ours: &Project, theirs: &Project) -> NewIds {
    let mut taken: Vec<AnnotatorId> = theirs.annotators().iter().map(|person| person.id.clone()).collect();
    let mut ids = NewIds::new();
    for person in theirs.annotators() {
        if !ours.annotator(&person.id).is_some_and(|here| here.is_another(person)) {
            continue;
        }
        let here = ours.annotators().iter().find(|here| here.key == person.key);
        let id = here.map(|here| here.id.clone());
        let id = id.unwrap_or_else(|| ours.free_person_id_besides(person.id.as_str(), &taken));
        taken.push(id.clone());
        ids.insert(person.id.clone(), id);
    }
    ids
}

/// Returns the project with these people under their new ids.
pub fn with_new_ids(project: &Project, ids: &NewIds) -> Project {
    if ids.is_empty() {
        return project.clone();
    }
    let renamed = Renamed(ids);
    let people = project.annotators().iter();
    let people = people.map(|person| Annotator { id: renamed.id(&person.id), ..person.clone() }).collect();
    Project::assemble(
        project.name().to_owned(),
        people,
        project.actors().to_vec(),
        project.issues().to_vec(),
        (**project.codebook()).clone(),
        project.documents().iter().map(|document| renamed.document(document)).collect(),
    )
    .with_blind(project.is_blind())
    .with_relations(project.relations().clone())
    .with_document_sets(project.document_sets().clone())
    .with_notes_from(project, |owner| Some(renamed.id(owner)))
}

struct Renamed<'a>(&'a NewIds);

impl Renamed<'_> {
    fn id(&self, id: &AnnotatorId) -> AnnotatorId {
        match id.adjudicator() {
            Some(adjudicator) => AnnotatorId::consensus_of(&self.id(&adjudicator)),
            None => self.0.get(id).unwrap_or(id).clone(),
        }
    }

    fn document(&self, document: &Document) -> Document {
        let mut meta = document.meta.clone();
        for version in meta.versions.all_mut() {
            version.made = version.made.take().map(|(at, by)| (at, self.id(&by)));
        }
        let layers = document.layers.iter();
        let reviews = document.reviews.iter();
        Document {
            meta,
            layers: layers.map(|(who, layer)| (self.id(who), self.layer(layer))).collect(),
            reviews: reviews.map(|(who, review)| (self.id(who), Arc::new(self.review(review)))).collect(),
            unreadable: document.unreadable.iter().map(|who| self.id(who)).collect(),
            ..document.clone()
        }
    }

    fn layer(&self, layer: &Arc<Layer>) -> Arc<Layer> {
        if layer.spans_unsorted().all(|span| span.provenance.is_none()) {
            return layer.clone();
        }
        let spans = layer.spans_unsorted().map(|span| Span {
            provenance: span.provenance.as_ref().map(|provenance| Box::new(self.provenance(provenance))),
            ..(**span).clone()
        });
        let links = layer.links().map(|link| (**link).clone());
        let detached = layer.detached().map(|(_, detached)| (**detached).clone());
        Arc::new(layer.with_contents(spans, links, detached.collect::<Vec<_>>()))
    }

    fn provenance(&self, provenance: &Provenance) -> Provenance {
        let sources = |sources: &[SourceSpan]| {
            let renamed =
                sources.iter().map(|source| SourceSpan { annotator: self.id(&source.annotator), ..*source });
            renamed.collect()
        };
        Provenance {
            from: sources(&provenance.from),
            over: sources(&provenance.over),
            basis: provenance.basis,
            by: self.id(&provenance.by),
            at: provenance.at,
        }
    }

    fn review(&self, review: &Review) -> Review {
        let decisions = review.decisions.iter().map(|(span, decision)| {
            let comments = decision.comments.iter();
            let comments = comments.map(|c| Comment { author: self.id(&c.author), ..c.clone() }).collect();
            let annotator = self.id(&decision.annotator);
            (*span, Arc::new(Decision { annotator, comments, ..(**decision).clone() }))
        });
        let returns = review.returns.iter().map(|(owner, made)| (self.id(owner), made.clone()));
        Review { decisions: decisions.collect(), returns: returns.collect() }
    }
}
