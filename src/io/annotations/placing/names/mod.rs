//! Finds what a file names in the project: categories, attributes, link kinds, people, actors, issues; and adds what is
//! missing.

mod find;
mod made;
mod people;
mod values;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::annotations::DraftPerson;
use demarche_model::{
    Annotator, AnnotatorId, AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Codebook,
    LinkKindId, Project,
};
use find::{find, known, of_attribute, of_category, of_kind};

pub use made::Made;

/// Finds names in the project, and makes those that it lacks.
pub(super) struct Names<'a> {
    project: &'a Project,
    /// What the file says of names that the project may lack.
    codebook: Codebook,
    persons: Vec<DraftPerson>,
    categories: HashMap<String, CategoryId>,
    attributes: HashMap<String, AttributeId>,
    kinds: BTreeMap<AttributeId, AttributeKind>,
    people: Vec<Annotator>,
    /// Who was asked for last, by the name that the file has; mostly they are again.
    last: Option<(String, AnnotatorId)>,
    made: Made,
}

impl<'a> Names<'a> {
    /// The names of a project.
    pub fn new(project: &'a Project) -> Self {
        Self {
            project,
            codebook: Codebook::default(),
            persons: Vec::new(),
            categories: HashMap::new(),
            attributes: HashMap::new(),
            kinds: BTreeMap::new(),
            people: Vec::new(),
            last: None,
            made: Made::default(),
        }
    }

    /// Takes over what a file says of names; what another file has said stands.
    pub fn learn(&mut self, codebook: Codebook, persons: Vec<DraftPerson>) {
        let Codebook { categories, attributes, link_kinds, .. } = codebook;
        add_defined(&mut self.codebook.categories, categories, |category| &category.id);
        add_defined(&mut self.codebook.attributes, attributes, |attribute| &attribute.id);
        add_defined(&mut self.codebook.link_kinds, link_kinds, |kind| &kind.id);
        let new = persons.into_iter().filter(|new| self.persons.iter().all(|person| person.id != new.id));
        let new: Vec<DraftPerson> = new.collect();
        self.persons.extend(new);
    }

    /// The category that a name means: by id or old id, else by id or name in any case, else by the name that the file has
    /// for it, else a new one.
    pub fn category(&mut self, given: &str) -> CategoryId {
        if let Some(id) = self.categories.get(given) {
            return id.clone();
        }
        let defined = find(&self.codebook.categories, given, of_category).cloned();
        let id = self.known_category(given, defined.as_ref()).unwrap_or_else(|| {
            let id = defined.map_or_else(|| CategoryId::new(given), |category| category.id.clone());
            self.make_category(&id);
            id
        });
        self.categories.insert(given.to_owned(), id.clone());
        id
    }

    fn known_category(&self, given: &str, defined: Option<&Arc<Category>>) -> Option<CategoryId> {
        let codebook = self.project.codebook();
        let folded = given.to_lowercase();
        let old = || codebook.aliases.keys().find(|id| id.as_str().to_lowercase() == folded);
        let found = codebook.resolve(&given.into());
        let found = found.or_else(|| find(&codebook.categories, given, of_category));
        let found = found.or_else(|| self.namesake(defined?));
        found.or_else(|| codebook.resolve(old()?)).map(|category| category.id.clone())
    }

    /// The project's category with the name of one of the file's, if no other of the file bears it too.
    fn namesake(&self, defined: &Category) -> Option<&Arc<Category>> {
        let name = defined.name.to_lowercase();
        let bearers = self.codebook.categories.iter().filter(|other| other.name.to_lowercase() == name);
        let known = &self.project.codebook().categories;
        known.iter().find(|known| known.name.to_lowercase() == name).filter(|_| bearers.count() == 1)
    }

    /// Makes a category, and first those above it that the file defines.
    fn make_category(&mut self, id: &CategoryId) {
        let mut chain = Vec::new();
        let mut next = Some(id.clone());
        // A circle of parents ends where it comes round.
        while let Some(id) = next.filter(|id| !self.has(id) && !chain.contains(id)) {
            next = self.codebook.category(&id).and_then(|category| category.parent.clone());
            chain.push(id);
        }
        self.made.categories.extend(chain.into_iter().rev());
    }

    /// The attribute that a name means: by id, else by id or name in any case, else a new one.
    fn attribute(&mut self, given: &str) -> AttributeId {
        if let Some(id) = self.attributes.get(given) {
            return id.clone();
        }
        let defined = find(&self.codebook.attributes, given, of_attribute);
        let found = known(&self.project.codebook().attributes, given, defined, of_attribute).or(defined);
        let id = found.map_or_else(|| AttributeId::new(given), |attribute| attribute.id.clone());
        self.attributes.insert(given.to_owned(), id.clone());
        id
    }

    /// What values an attribute takes, as far as the project says, else the file.
    fn kind(&self, id: &AttributeId) -> Option<&AttributeKind> {
        self.known_kind(id).or_else(|| defined(&self.codebook, id).map(|a| &a.kind))
    }

    fn known_kind(&self, id: &AttributeId) -> Option<&'a AttributeKind> {
        let attributes = &self.project.codebook().attributes;
        attributes.iter().find(|a| a.id == *id).map(|a| &a.kind)
    }

    /// The kind of link that a name means: by id, else by id or name in any case, else a new one.
    pub fn link_kind(&mut self, given: &str) -> LinkKindId {
        let defined = find(&self.codebook.link_kinds, given, of_kind);
        let known = known(&self.project.codebook().link_kinds, given, defined, of_kind);
        known.map(|kind| kind.id.clone()).unwrap_or_else(|| {
            let id = defined.map_or_else(|| LinkKindId::new(given), |kind| kind.id.clone());
            if !self.made.link_kinds.contains(&id) {
                self.made.link_kinds.push(id.clone());
            }
            id
        })
    }

    fn has(&self, id: &CategoryId) -> bool {
        self.project.codebook().category(id).is_some() || self.made.categories.contains(id)
    }
}

fn add_defined<T, I: PartialEq>(all: &mut Vec<Arc<T>>, new: Vec<Arc<T>>, id: impl Fn(&T) -> &I) {
    for item in new {
        if all.iter().all(|known| id(known) != id(&item)) {
            all.push(item);
        }
    }
}

fn defined<'a>(codebook: &'a Codebook, id: &AttributeId) -> Option<&'a Arc<AttributeDef>> {
    codebook.attributes.iter().find(|attribute| attribute.id == *id)
}
