//! Gives the documents of another copy the ids that their texts have here.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use demarche_model::{Document, DocumentId, DocumentMeta, FoldedId, Link, Project};

/// Returns the other project with the document ids that are used here: a text that exists here gets its id
/// from here, and a text whose id belongs to a different one here gets a new id. Links are updated. All
/// documents of both projects must be loaded.
pub fn with_matching_ids(ours: &Project, theirs: &Project) -> Project {
    let ids = matching_ids(ours, theirs);
    let to = |id: &DocumentId| ids.get(id).unwrap_or(id).clone();
    let mut taken = BTreeSet::new();
    let documents = theirs.documents().iter().filter(|document| taken.insert(to(document.id())));
    let documents: Vec<Document> = documents
        .map(|document| {
            let layers = document.layers.iter().map(|(annotator, layer)| {
                let far =
                    |link: &Link| ids.get(&link.to_document).is_some_and(|new| *new != link.to_document);
                if !layer.links().any(|link| far(link)) {
                    return (annotator.clone(), layer.clone());
                }
                let links = layer.links().map(|l| Link { to_document: to(&l.to_document), ..(**l).clone() });
                let spans = layer.spans_unsorted().map(|span| (**span).clone());
                let detached = layer.detached().map(|(_, detached)| (**detached).clone());
                let layer = layer.with_contents(spans, links, detached.collect::<Vec<_>>());
                (annotator.clone(), Arc::new(layer))
            });
            let meta = DocumentMeta { id: to(document.id()), ..document.meta.clone() };
            Document { meta, layers: layers.collect(), ..(**document).clone() }
        })
        .collect();
    Project::assemble(
        theirs.name().to_owned(),
        theirs.annotators().iter().map(|person| person.with_document_ids(to)).collect(),
        theirs.actors().to_vec(),
        theirs.issues().to_vec(),
        (**theirs.codebook()).clone(),
        documents,
    )
    .with_blind(theirs.is_blind())
    .with_relations(theirs.relations().clone())
    .with_document_sets(theirs.document_sets().clone())
    .with_notes_from(theirs, |owner| Some(owner.clone()))
    .with_memo_documents(to)
}

fn matching_ids(ours: &Project, theirs: &Project) -> HashMap<DocumentId, DocumentId> {
    let by_text: HashMap<&str, &DocumentId> = ours
        .documents()
        .iter()
        .rev()
        .filter_map(|document| Some((document.text.as_ref()?.as_str(), document.id())))
        .collect();
    let known = ours.used_ids().chain(theirs.documents().iter().map(|document| document.id()));
    let mut used: HashSet<FoldedId> = known.map(|id| FoldedId::new(id.as_str())).collect();
    let mut ids = HashMap::new();
    for document in theirs.documents() {
        let here = ours.document(document.id());
        let text = document.text.as_ref().map(|text| text.as_str());
        let same = here.is_some_and(|here| match (&here.text, text) {
            (Some(here), Some(text)) => here.as_str() == text,
            _ => here.meta.characters == document.meta.characters,
        });
        if same {
            continue;
        }
        if let Some(id) = text.and_then(|text| by_text.get(text)) {
            ids.insert(document.id().clone(), (*id).clone());
        } else if here.is_some() {
            let bits = hash_of(document.id(), text.unwrap_or_default());
            let free = (0..).map(|n| DocumentId::from_bits(bits.wrapping_add(n)));
            let Some(free) = free.into_iter().find(|id| used.insert(FoldedId::new(id.as_str()))) else {
                continue;
            };
            ids.insert(document.id().clone(), free);
        }
    }
    ids
}

/// Returns a number that only this text of this document has. The copy and its base get the same id for it.
fn hash_of(id: &DocumentId, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (id.as_str(), text).hash(&mut hasher);
    hasher.finish()
}
