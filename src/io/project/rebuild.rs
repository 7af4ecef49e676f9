//! Rebuilding a `project.ron` that is lost, from the texts, layers and reviews that are still there.
//!
//! What only `project.ron` held is gone: the names of the project and its people, roles, what is known of documents besides
//! their texts, and definitions that no built-in codebook has.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use super::context::Context;
use super::files::read_ron;
use super::folder::{FileKey, Folder, is_project};
use super::layer::{self, LayerRead};
use super::listing::{Listing, file_names};
use super::preset::presets;
use super::project_file::ProjectRead;
use super::relist::lost_documents;
use crate::disk::Kind;
use crate::words::project as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{
    Annotator, AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Codebook, Colour, LayerId,
    LinkKind, LinkKindId, Value, ValueList, readable,
};

/// Returns whether a folder has the texts and layers of a project but not its `project.ron`.
fn has_lost_project_file(folder: &Folder) -> bool {
    let is_folder =
        |name| folder.disk().metadata(Path::new(name)).is_ok_and(|found| found.kind == Kind::Folder);
    // Without a text, there is nothing to rebuild: the program was killed while it created the project.
    let has_texts = || file_names(folder, Path::new("documents")).is_ok_and(|names| !names.is_empty());
    !folder.has(&FileKey::Project.relative()) && is_folder("layers") && has_texts()
}

/// Returns whether a path names a project, or a folder that can be made one again by a repair. Looks at the disk.
pub fn can_be_opened(path: &Path) -> bool {
    is_project(path) || has_lost_project_file(&Folder::new(path))
}

/// Returns the problem of a folder whose `project.ron` is lost; `None` if it is not.
pub(super) fn lost_project_file(folder: &Folder) -> Option<Problem> {
    has_lost_project_file(folder).then(|| Problem {
        file: FileKey::Project.relative(),
        line: None,
        kind: ProblemKind::Missing,
        message: words::project_file_lost(),
    })
}

/// Returns the content of a new `project.ron`. It lists everyone who has a layer or review, and every text.
///
/// # Errors
/// A folder can't be listed.
pub(super) fn rebuilt(folder: &Folder) -> Result<ProjectRead, IoError> {
    let listing = Listing::read(folder)?;
    let used = Used::of(folder, &listing);
    let codebook = used.codebook();
    let documents = lost_documents(folder, &listing, &Default::default());
    let people = listing.owners().into_iter().filter(|id| !id.is_consensus());
    let person = |(at, id): (usize, demarche_model::AnnotatorId)| {
        let name = readable(id.as_str());
        Annotator::new(id, name, Colour::nth(at))
    };
    Ok(ProjectRead {
        name: folder.root().file_name().unwrap_or_default().to_string_lossy().into_owned(),
        annotators: people.enumerate().map(person).collect(),
        actors: used.chosen_from(&codebook, ValueList::Actors),
        issues: used.chosen_from(&codebook, ValueList::Issues),
        codebook,
        documents: documents.into_iter().map(|meta| (meta, 0)).collect(),
        ..ProjectRead::default()
    })
}

/// The entries of the codebook that the layers use.
#[derive(Default)]
struct Used {
    categories: BTreeSet<CategoryId>,
    attributes: BTreeMap<AttributeId, Vec<Value>>,
    link_kinds: BTreeSet<LinkKindId>,
}

impl Used {
    fn of(folder: &Folder, listing: &Listing) -> Self {
        let mut used = Self::default();
        for document in listing.documents() {
            for annotator in listing.annotators(document) {
                let id = LayerId::new(document, annotator);
                let key = FileKey::Layer(id.clone());
                let file = key.relative();
                let context = Context { file: &file, id: &id, key: None, texts: None, categories: None };
                // A layer that can't be read is set aside by the repair.
                if let Ok(Some(text)) = read_ron(folder, &key)
                    && let Ok(layer) = layer::read(&text, &context)
                {
                    used.add(layer);
                }
            }
        }
        used
    }

    fn add(&mut self, layer: LayerRead) {
        for span in layer.spans.into_iter().map(Arc::unwrap_or_clone) {
            self.categories.insert(span.category);
            for (id, value) in span.attributes {
                self.attributes.entry(id).or_default().push(value);
            }
        }
        self.link_kinds.extend(layer.links.into_iter().map(|(link, _)| link.kind));
    }

    /// The built-in codebook with most of these categories, or the default one if there are no categories, and what it
    /// lacks. If none has any of them, the codebook consists of what is used.
    fn codebook(&self) -> Codebook {
        let shared =
            |codebook: &Codebook| self.categories.iter().filter(|id| codebook.category(id).is_some()).count();
        let nearest = presets().iter().min_by_key(|preset| Reverse(shared(&preset.codebook)));
        let nearest = nearest.map(|preset| &preset.codebook);
        let fits = |codebook: &&Codebook| self.categories.is_empty() || shared(codebook) > 0;
        let mut codebook = nearest.filter(fits).cloned().unwrap_or_default();
        for id in &self.categories {
            if codebook.category(id).is_none() {
                let colour = Colour::nth(codebook.categories.len());
                let category = Category::new(id.clone(), readable(id.as_str()), colour);
                codebook.categories.push(Arc::new(category));
            }
        }
        for (id, values) in &self.attributes {
            add_attribute(&mut codebook, id, values);
        }
        for id in &self.link_kinds {
            if codebook.link_kinds.iter().all(|kind| kind.id != *id) {
                let (name, definition) = (readable(id.as_str()), String::new());
                codebook.link_kinds.push(Arc::new(LinkKind::new(id.clone(), name, definition)));
            }
        }
        codebook
    }

    /// The values of attributes that are chosen from a list of the project.
    fn chosen_from(&self, codebook: &Codebook, list: ValueList<'_>) -> Vec<String> {
        let is_chosen =
            |id: &AttributeId| codebook.attribute(id).is_some_and(|found| found.kind.list() == Some(list));
        let values = self.attributes.iter().filter(|(id, _)| is_chosen(id)).flat_map(|(_, values)| values);
        let names: BTreeSet<SmolStr> = values.flat_map(entries).collect();
        names.into_iter().map(String::from).collect()
    }
}

/// Adds an attribute with these values, or adds the values to the list of the one that is there.
fn add_attribute(codebook: &mut Codebook, id: &AttributeId, values: &[Value]) {
    let found = codebook.attributes.iter().position(|attribute| attribute.id == *id);
    let Some(attribute) = found.and_then(|at| codebook.attributes.get_mut(at)) else {
        let attribute = AttributeDef::new(id.clone(), readable(id.as_str()), kind_of(values));
        return codebook.attributes.push(Arc::new(attribute));
    };
    let Some(list) = attribute.kind.own_list() else { return };
    let new: BTreeSet<SmolStr> =
        values.iter().flat_map(entries).filter(|entry| !list.contains(entry)).collect();
    if !new.is_empty() {
        let list = list.iter().cloned().chain(new).collect();
        let kind = attribute.kind.with_list(list);
        Arc::make_mut(attribute).kind = kind;
    }
}

/// The kind that takes all values; texts, if there is no other.
fn kind_of(values: &[Value]) -> AttributeKind {
    let mut kinds = values.iter().map(AttributeKind::from_value);
    let first = kinds.next().unwrap_or(AttributeKind::Text);
    if !kinds.all(|kind| kind.is_same(&first)) {
        return AttributeKind::Text;
    }
    let list: BTreeSet<SmolStr> = values.iter().flat_map(entries).collect();
    first.with_list(list.into_iter().collect())
}

/// The entries of a list that a value consists of.
fn entries(value: &Value) -> Vec<SmolStr> {
    match value {
        Value::Choice(one) => vec![one.clone()],
        Value::Choices(several) => several.iter().cloned().collect(),
        Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::Date(_) => Vec::new(),
    }
}
