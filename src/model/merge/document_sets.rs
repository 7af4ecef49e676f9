//! Merges the sets of documents. Members are merged with their documents.

use std::collections::BTreeSet;

use super::maps::{entries, merge_whole};
use super::project::ProjectMerge;
use super::{ConflictKey, Field};
use crate::{Document, DocumentMeta, DocumentSetId, DocumentSets, Edit, Project};

impl ProjectMerge<'_> {
    /// Merges the names of the sets. One that a side has removed stays if a merged document is in it.
    pub fn document_sets(
        &mut self,
        base: &Project,
        ours: &Project,
        theirs: &Project,
        documents: &[Document],
    ) -> DocumentSets {
        let in_use: BTreeSet<&DocumentSetId> = documents.iter().flat_map(|d| &d.meta.sets).collect();
        let sides = [base, ours, theirs].map(|side| &*side.document_sets);
        let mut merged = DocumentSets::new();
        for (id, names) in entries(sides) {
            let outcome = merge_whole(names, Field::DocumentSetName);
            let at = || ConflictKey::DocumentSet(id.clone());
            let name = self.resolve(outcome, Field::DocumentSetName, at, |name, _| name.clone());
            let [_, ours, theirs] = names;
            let kept = || ours.or(theirs).filter(|_| in_use.contains(id)).cloned();
            merged.extend(name.or_else(kept).map(|name| (id.clone(), name)));
        }
        merged
    }
}

/// The edits of sets that lead from one project file to another: those to make before documents join sets, and those to
/// make once they have left.
pub(super) fn document_set_edits(from: &Project, to: &Project) -> (Vec<Edit>, Vec<Edit>) {
    let set =
        |id: &DocumentSetId, to: Option<&String>| Edit::SetDocumentSet { id: id.clone(), to: to.cloned() };
    let (old, new) = (&from.document_sets, &to.document_sets);
    let named = new.iter().filter(|(id, name)| old.get(*id) != Some(*name));
    let gone = old.keys().filter(|id| !new.contains_key(*id));
    (named.map(|(id, name)| set(id, Some(name))).collect(), gone.map(|id| set(id, None)).collect())
}

/// The edits of members that lead from one project file to another, given the documents that both have.
pub(super) fn member_edits(from: &Project, to: &Project) -> Vec<Edit> {
    let mut changes = std::collections::BTreeMap::<(&DocumentSetId, bool), Vec<_>>::new();
    for document in &to.documents {
        let Some(old) = from.document(document.id()) else { continue };
        let (old, new): (&DocumentMeta, &DocumentMeta) = (&old.meta, &document.meta);
        for set in old.sets.symmetric_difference(&new.sets) {
            changes.entry((set, new.sets.contains(set))).or_default().push(document.id().clone());
        }
    }
    let edit = |((set, are_in), documents): ((&DocumentSetId, bool), _)| Edit::SetMembers {
        set: set.clone(),
        documents,
        are_in,
    };
    changes.into_iter().map(edit).collect()
}
