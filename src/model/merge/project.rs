//! Merges the project file: name, people, actors, issues, codebook and the list of documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::entries::{join_annotators, join_attributes, join_categories, join_link_kinds, join_metas};
use super::list::ThreeWayList;
use super::relation_repair::{repair_relations, with_names_in_use};
use super::{
    AnnotatorField, AttributeField, CategoryField, Conflict, ConflictKey, DocumentField, Field,
    LinkKindField, Merged, RecordMerge, Resolutions, Side, three_way,
};
use crate::words::merge::{
    describe_annotator, describe_attribute, describe_category, describe_link_kind, describe_meta,
};
use crate::{Annotator, Category, CategoryId, Codebook, Document, DocumentMeta, Project};

/// Merges the contents of the project file, without texts, layers and reviews. Without a base, what both
/// sides have is compared, and what one side has is kept.
pub fn merge_projects(base: Option<&Project>, ours: &Project, theirs: &Project) -> Merged<Project> {
    merge_projects_with(base, ours, theirs, &Resolutions::new())
}

/// Like [`merge_projects`], with the user's choices.
pub fn merge_projects_with(
    base: Option<&Project>,
    ours: &Project,
    theirs: &Project,
    resolutions: &Resolutions,
) -> Merged<Project> {
    let empty = Project::default();
    let mut merge = ProjectMerge { resolutions, conflicts: Vec::new() };
    let name =
        three_way(base.map(|base| &base.name), Some(&ours.name), Some(&theirs.name), |_, a, b, side| {
            (if side == Side::Ours { a.clone() } else { b.clone() }, vec![Field::ProjectName])
        });
    let name = merge
        .resolve(name, Field::ProjectName, || ConflictKey::Name, |name, _| name.clone())
        .unwrap_or_default();
    let old = base.unwrap_or(&empty);
    let known = without_twins(&old.annotators, ours, theirs);
    let annotators = ThreeWayList { base: &known, ours: &ours.annotators, theirs: &theirs.annotators };
    let annotators = annotators
        .merge(|annotator| &annotator.id, join_annotators)
        .into_iter()
        .filter_map(|(id, merged)| {
            merge.resolve(merged, AnnotatorField::Name, || ConflictKey::Annotator(id), describe_annotator)
        })
        .collect();
    let codebook = merge.codebook(&old.codebook, &ours.codebook, &theirs.codebook);
    let documents = merge.documents(old, ours, theirs);
    let sets = merge.document_sets(old, ours, theirs, &documents);
    let names = |names_of: fn(&Project) -> &Vec<String>| {
        let lists = ThreeWayList { base: names_of(old), ours: names_of(ours), theirs: names_of(theirs) };
        let merged = lists.merge(|name| name, |_, a, _, _| (a.clone(), Vec::<Field>::new()));
        merged.into_iter().filter_map(|(_, outcome)| outcome.resolve(None)).collect()
    };
    let (actors, issues) = (names(|project| &project.actors), names(|project| &project.issues));
    let mut relations = merge.relations(old, ours, theirs);
    let (used_actors, used_issues) = relations.names();
    let actors = with_names_in_use(actors, used_actors, [&ours.actors, &theirs.actors]);
    let issues = with_names_in_use(issues, used_issues, [&ours.issues, &theirs.issues]);
    repair_relations(&mut relations, (&actors, &issues), ours, theirs);
    merge.conflicts.sort_by(|a, b| a.at.cmp(&b.at));
    let blind = if ours.blind == old.blind { theirs.blind } else { ours.blind };
    let value = Project::assemble(name, annotators, actors, issues, codebook, documents)
        .with_blind(blind)
        .with_relations(relations)
        .with_document_sets(sets);
    Merged { value, conflicts: merge.conflicts }
}

/// The people of the base, except those whose ids are two people's: there, both sides' entries are new, so that neither
/// replaces the other silently, and one that a side removes does not take the other with it.
fn without_twins(base: &[Annotator], ours: &Project, theirs: &Project) -> Vec<Annotator> {
    let is_shared = |person: &&Annotator| {
        let entries = [Some(*person), ours.annotator(&person.id), theirs.annotator(&person.id)];
        let mut pairs = entries.iter().flatten().zip(entries.iter().flatten().skip(1));
        !pairs.any(|(one, other)| one.is_another(other))
    };
    base.iter().filter(is_shared).cloned().collect()
}

pub(super) struct ProjectMerge<'a> {
    resolutions: &'a Resolutions,
    conflicts: Vec<Conflict>,
}

impl ProjectMerge<'_> {
    /// Returns the merged entry, and records a conflict in words: a line per field, or the title if one side
    /// has removed the entry.
    pub(super) fn resolve<T, F: Clone + Into<Field>>(
        &mut self,
        merged: RecordMerge<T, F>,
        title: F,
        at: impl FnOnce() -> ConflictKey,
        describe: impl Fn(&T, &F) -> String,
    ) -> Option<T> {
        let Some(conflict) = merged.conflict_in_words(&title, at, describe) else {
            return merged.resolve(None);
        };
        let resolution = self.resolutions.get(&conflict.at).copied();
        self.conflicts.push(conflict);
        merged.resolve(resolution)
    }

    fn codebook(&mut self, base: &Codebook, ours: &Codebook, theirs: &Codebook) -> Codebook {
        let lists =
            ThreeWayList { base: &base.categories, ours: &ours.categories, theirs: &theirs.categories };
        let categories = lists.merge(|category| &category.id, join_categories);
        let categories: Vec<Arc<Category>> = categories
            .into_iter()
            .filter_map(|(id, merged)| {
                self.resolve(merged, CategoryField::Name, || ConflictKey::Category(id), describe_category)
            })
            .collect();
        let lists =
            ThreeWayList { base: &base.attributes, ours: &ours.attributes, theirs: &theirs.attributes };
        let attributes = lists
            .merge(|attribute| &attribute.id, join_attributes)
            .into_iter()
            .filter_map(|(id, merged)| {
                self.resolve(merged, AttributeField::Name, || ConflictKey::Attribute(id), describe_attribute)
            })
            .collect();
        let lists =
            ThreeWayList { base: &base.link_kinds, ours: &ours.link_kinds, theirs: &theirs.link_kinds };
        let link_kinds = lists
            .merge(|kind| &kind.id, join_link_kinds)
            .into_iter()
            .filter_map(|(id, merged)| {
                self.resolve(merged, LinkKindField::Name, || ConflictKey::LinkKind(id), describe_link_kind)
            })
            .collect();
        let mut codebook = Codebook { categories, attributes, link_kinds, aliases: BTreeMap::new() };
        codebook.aliases = self.aliases(base, ours, theirs);
        repair(&mut codebook, [ours, theirs]);
        codebook
    }

    fn aliases(
        &mut self,
        base: &Codebook,
        ours: &Codebook,
        theirs: &Codebook,
    ) -> BTreeMap<CategoryId, CategoryId> {
        let sides = [base, ours, theirs].map(|codebook| &codebook.aliases);
        let ids: BTreeSet<&CategoryId> = sides.iter().flat_map(|aliases| aliases.keys()).collect();
        let mut aliases = BTreeMap::new();
        for id in ids {
            let [b, o, t] = sides.map(|aliases| aliases.get(id));
            let merged = three_way(b, o, t, |_, a, b, side| {
                (if side == Side::Ours { a.clone() } else { b.clone() }, vec![Field::AliasTarget])
            });
            if let Some(to) = self.resolve(
                merged,
                Field::AliasTarget,
                || ConflictKey::Alias(id.clone()),
                |to, _| to.to_string(),
            ) {
                aliases.insert(id.clone(), to);
            }
        }
        aliases
    }

    fn documents(&mut self, base: &Project, ours: &Project, theirs: &Project) -> Vec<Document> {
        let metas = |project: &Project| -> Vec<DocumentMeta> {
            project.documents.iter().map(|document| document.meta.clone()).collect()
        };
        let (base, ours, theirs) = (metas(base), metas(ours), metas(theirs));
        let lists = ThreeWayList { base: &base, ours: &ours, theirs: &theirs };
        let merged = lists.merge(|meta| &meta.id, join_metas).into_iter();
        let merged = merged.filter_map(|(id, merged)| {
            self.resolve(merged, DocumentField::Title, || ConflictKey::Document(id), describe_meta)
        });
        merged.map(Document::unloaded).collect()
    }
}

/// Removes from a merged codebook what is not allowed in one: a missing parent, a circle of parents, an alias
/// that is also a category, and a circle of aliases, unless one side resolves it to a category of the merge.
fn repair(codebook: &mut Codebook, sides: [&Codebook; 2]) {
    let ids: BTreeSet<CategoryId> = codebook.categories.iter().map(|category| category.id.clone()).collect();
    codebook.aliases.retain(|from, _| !ids.contains(from));
    let circles: Vec<CategoryId> =
        codebook.aliases.keys().filter(|from| codebook.resolve(from).is_none()).cloned().collect();
    for from in circles {
        let ends = sides.iter().find_map(|side| Some(side.resolve(&from)?.id.clone()));
        match ends.filter(|id| ids.contains(id)) {
            Some(to) => codebook.aliases.insert(from, to),
            None => codebook.aliases.remove(&from),
        };
    }
    let parents = parents_without_circles(codebook);
    for (category, above) in codebook.categories.iter_mut().zip(parents) {
        if category.parent != above {
            Arc::make_mut(category).parent = above;
        }
    }
}

/// Returns the parent of each category, by its current id. The first category of a cycle has none.
fn parents_without_circles(codebook: &Codebook) -> Vec<Option<CategoryId>> {
    let categories = &codebook.categories;
    let at: HashMap<&CategoryId, usize> =
        categories.iter().enumerate().map(|(at, category)| (&category.id, at)).collect();
    let current = |id: &CategoryId| match at.get(id) {
        Some(&at) => Some(at),
        None => at.get(&codebook.resolve(id)?.id).copied(),
    };
    let mut above: Vec<Option<usize>> =
        categories.iter().map(|category| category.parent.as_ref().and_then(current)).collect();
    // The walk in which each category was seen first.
    let mut seen = vec![None; categories.len()];
    for start in 0..categories.len() {
        let mut next = Some(start);
        while let Some(index) = next.filter(|&index| seen[index].is_none()) {
            seen[index] = Some(start);
            next = above[index];
        }
        // A walk that ends at one of its own categories has followed a cycle.
        let Some(met) = next.filter(|&index| seen[index] == Some(start)) else { continue };
        let circle = std::iter::successors(above[met], |&index| above[index].filter(|_| index != met));
        if let Some(first) = circle.min() {
            above[first] = None;
        }
    }
    above.into_iter().map(|above| above.map(|at| categories[at].id.clone())).collect()
}
