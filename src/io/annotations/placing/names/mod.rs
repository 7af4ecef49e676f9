//! Resolution of names in a file to categories, attributes, link kinds, annotators, actors and issues of the project.
//! Missing ones are added.

mod additions;
mod find;
mod people;
mod unknown;
mod values;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use foldhash::HashSet as FastSet;

use crate::annotations::{DraftDocument, DraftPerson};
use crate::words::remarks;
use demarche_model::{
    Annotator, AnnotatorId, AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Codebook,
    LinkKind, LinkKindId, Project, is_blank,
};
use find::{alike, find, known, of_attribute, of_category, of_kind};

pub use additions::Additions;
pub(super) use unknown::At;
pub use unknown::{NameChoice, NameChoices, NameKind, UnknownName, UnknownNames};
pub(super) use values::Values;

/// The names of a project, with those that an import adds.
pub(super) struct Names<'a> {
    project: &'a Project,
    /// The definitions in the file, for names that the project may lack.
    codebook: Codebook,
    persons: Vec<DraftPerson>,
    /// What was chosen for names that the project lacks.
    choices: &'a NameChoices,
    /// Those that were met, and the file that is being placed.
    unknown: UnknownNames,
    file: PathBuf,
    categories: HashMap<String, Resolved<CategoryId>>,
    attributes: HashMap<String, Resolved<AttributeId>>,
    /// The kinds of new attributes, with the lists that they need.
    kinds: BTreeMap<AttributeId, AttributeKind>,
    /// The kinds that take all values of an attribute in a file.
    common_kinds: HashMap<AttributeId, AttributeKind>,
    /// The annotators by their names in the file.
    annotators: HashMap<String, AnnotatorId>,
    people: Vec<Annotator>,
    kinds_of_link: HashMap<String, Resolved<LinkKindId>>,
    /// The names of categories, attributes and link kinds in the file.
    used: Used,
    /// Remarks on names that were matched with names of the project although they differ in case.
    remarks: Vec<String>,
    /// The last annotator that was looked up, by the name in the file. The next one is mostly the same.
    last: Option<(String, AnnotatorId)>,
    additions: Additions,
}

/// The entry that a name in a file refers to.
#[derive(Clone)]
struct Resolved<I> {
    /// The id of the name itself.
    own: I,
    /// Its id; `None` if what uses the name is left out.
    to: Option<I>,
    /// True if the project lacks the name.
    is_unknown: bool,
}

/// The names that a file uses.
#[derive(Default)]
struct Used {
    categories: FastSet<String>,
    attributes: FastSet<String>,
    link_kinds: FastSet<String>,
}

impl<'a> Names<'a> {
    /// Starts with the names of a project. `unknown` are those that earlier parts of the import have met.
    pub fn new(project: &'a Project, choices: &'a NameChoices, unknown: UnknownNames) -> Self {
        Self {
            project,
            choices,
            unknown,
            file: PathBuf::new(),
            codebook: Codebook::default(),
            persons: Vec::new(),
            categories: HashMap::new(),
            attributes: HashMap::new(),
            kinds: BTreeMap::new(),
            common_kinds: HashMap::new(),
            annotators: HashMap::new(),
            people: Vec::new(),
            kinds_of_link: HashMap::new(),
            used: Used::default(),
            remarks: Vec::new(),
            last: None,
            additions: Additions::default(),
        }
    }

    /// Adds the definitions of a file. Those of earlier files take precedence.
    pub fn learn(&mut self, file: PathBuf, codebook: Codebook, persons: Vec<DraftPerson>) {
        self.file = file;
        let Codebook { categories, attributes, link_kinds, .. } = codebook;
        add_defined(&mut self.codebook.categories, categories, |category| &category.id);
        add_defined(&mut self.codebook.attributes, attributes, |attribute| &attribute.id);
        add_defined(&mut self.codebook.link_kinds, link_kinds, |kind| &kind.id);
        let new = persons.into_iter().filter(|new| self.persons.iter().all(|person| person.id != new.id));
        let new: Vec<DraftPerson> = new.collect();
        self.persons.extend(new);
    }

    /// Records the names that documents use; to be called before any of them is looked up.
    pub fn meet(&mut self, documents: &[DraftDocument]) {
        for document in documents {
            for span in &document.spans {
                add_name(&mut self.used.categories, span.category.trim());
                for (name, value) in &span.attributes {
                    add_name(&mut self.used.attributes, name);
                    self.meet_value(name, value);
                }
            }
            self.used.link_kinds.extend(document.links.iter().map(|link| link.kind.clone()));
        }
        self.meet_people(documents);
    }

    /// Returns the category with a name: by id or old id, then by name, then by the name that the file defines for it,
    /// otherwise a new one, or what was chosen instead. `None` if its passages are left out.
    pub fn category(&mut self, given: &str, at: At<'_>) -> Option<CategoryId> {
        self.resolve_category(given, at);
        let resolved = self.categories.get(given)?;
        if resolved.is_unknown {
            self.unknown.meet(NameKind::Category, resolved.own.as_str(), 1, &self.file, at);
        }
        resolved.to.clone()
    }

    /// Adds categories of the file that no span need use.
    pub fn add_categories(&mut self, ids: &[CategoryId]) {
        ids.iter().for_each(|id| add_name(&mut self.used.categories, id.as_str()));
        ids.iter().for_each(|id| self.resolve_category(id.as_str(), At { line: None, record: None }));
    }

    fn resolve_category(&mut self, given: &str, at: At<'_>) {
        if !self.categories.contains_key(given) {
            let defined = find(&self.codebook.categories, given, of_category).cloned();
            let known = self.known_category(given, defined.as_ref());
            let own = || defined.map_or_else(|| CategoryId::new(given), |category| category.id.clone());
            let resolved =
                self.resolve(NameKind::Category, known, own, CategoryId::as_str, |id| CategoryId::new(id));
            if resolved.to.as_ref().is_some_and(|id| !self.has(id)) {
                self.make_category(&resolved.own, at);
            }
            self.categories.insert(given.to_owned(), resolved);
        }
    }

    /// Resolves a name to the known entry, a new one, or the one that was chosen instead.
    fn resolve<I: Clone>(
        &self,
        kind: NameKind,
        known: Option<I>,
        own: impl FnOnce() -> I,
        text: impl Fn(&I) -> &str,
        id: impl Fn(&str) -> I,
    ) -> Resolved<I> {
        if let Some(known) = known {
            let is_unknown = self.unknown.has(kind, text(&known));
            return Resolved { own: known.clone(), to: Some(known), is_unknown };
        }
        let own = own();
        let to = match self.choices.of(kind, text(&own)) {
            NameChoice::Add => Some(own.clone()),
            NameChoice::Map(to) if kind.has(self.project, &to) => Some(id(&to)),
            // Someone has removed the entry since.
            NameChoice::Map(_) => Some(own.clone()),
            NameChoice::LeaveOut => None,
        };
        Resolved { own, to, is_unknown: true }
    }

    fn known_category(&mut self, given: &str, defined: Option<&Arc<Category>>) -> Option<CategoryId> {
        let codebook = self.project.codebook();
        let found = codebook.resolve(&given.into());
        let found = found.or_else(|| find(&codebook.categories, given, of_category));
        let found = found.or_else(|| self.namesake(defined?)).map(|category| category.id.clone());
        found.or_else(|| {
            let categories = &codebook.categories;
            let used = &self.used.categories;
            let found = alike_with_remark(categories, given, used, of_category, &mut self.remarks)?;
            Some(found.id.clone())
        })
    }

    /// Returns the project's category with the name of a category in the file, if no other category in the file has it.
    fn namesake(&self, defined: &Category) -> Option<&Arc<Category>> {
        let same = |category: &&Arc<Category>| category.name == defined.name;
        let is_unique = self.codebook.categories.iter().filter(same).count() == 1;
        self.project.codebook().categories.iter().find(same).filter(|_| is_unique)
    }

    /// Adds a category, after those above it that the file defines and that are to be added.
    fn make_category(&mut self, id: &CategoryId, at: At<'_>) {
        let mut chain = Vec::new();
        let mut next = Some(id.clone());
        let is_added = |id: &CategoryId| self.choices.of(NameKind::Category, id.as_str()) == NameChoice::Add;
        // A cycle of parents ends when it closes.
        while let Some(id) = next.filter(|id| !self.has(id) && !chain.contains(id)) {
            self.unknown.meet(NameKind::Category, id.as_str(), 0, &self.file, at);
            if !is_added(&id) {
                break;
            }
            next = self.codebook.category(&id).and_then(|category| category.parent.clone());
            chain.push(id);
        }
        self.additions.categories.extend(chain.into_iter().rev());
    }

    /// Returns the attribute with a name: by id, then by name, otherwise a new one, or what was chosen instead. `None` if
    /// its values are left out.
    fn attribute(&mut self, given: &str, at: At<'_>) -> Option<AttributeId> {
        if !self.attributes.contains_key(given) {
            let known = self.known_attribute(given);
            let own = || {
                let defined = find(&self.codebook.attributes, given, of_attribute);
                defined.map_or_else(|| AttributeId::new(or_unnamed(given)), |attribute| attribute.id.clone())
            };
            let resolved =
                self.resolve(NameKind::Attribute, known, own, AttributeId::as_str, |id| AttributeId::new(id));
            self.attributes.insert(given.to_owned(), resolved);
        }
        let resolved = self.attributes.get(given)?;
        if resolved.is_unknown {
            self.unknown.meet(NameKind::Attribute, resolved.own.as_str(), 1, &self.file, at);
        }
        resolved.to.clone()
    }

    fn known_attribute(&mut self, given: &str) -> Option<AttributeId> {
        let attributes = &self.project.codebook().attributes;
        let defined = find(&self.codebook.attributes, given, of_attribute);
        let found = known(attributes, given, defined, of_attribute);
        let found = found.or_else(|| {
            alike_with_remark(attributes, given, &self.used.attributes, of_attribute, &mut self.remarks)
        });
        found.map(|attribute| attribute.id.clone())
    }

    /// Returns the kind of an attribute, as defined in the project or, failing that, in the file; for a new one the kind
    /// that earlier files have given it, or that takes all values of this file.
    fn kind(&self, id: &AttributeId) -> Option<&AttributeKind> {
        let new = || self.kinds.get(id).or_else(|| self.common_kinds.get(id));
        self.known_kind(id).or_else(|| defined(&self.codebook, id).map(|a| &a.kind)).or_else(new)
    }

    fn known_kind(&self, id: &AttributeId) -> Option<&'a AttributeKind> {
        let attributes = &self.project.codebook().attributes;
        attributes.iter().find(|a| a.id == *id).map(|a| &a.kind)
    }

    /// Returns the definition that the files have of a link kind.
    pub fn defined_link_kind(&self, given: &str) -> Option<Arc<LinkKind>> {
        find(&self.codebook.link_kinds, given, of_kind).cloned()
    }

    /// Returns the link kind with a name: by id, then by name, otherwise a new one, or what was chosen instead. `None` if
    /// its links are left out.
    pub fn link_kind(&mut self, given: &str, at: At<'_>) -> Option<LinkKindId> {
        if !self.kinds_of_link.contains_key(given) {
            let known = self.known_link_kind(given);
            let own = || {
                let defined = find(&self.codebook.link_kinds, given, of_kind);
                defined.map_or_else(|| LinkKindId::new(or_unnamed(given)), |kind| kind.id.clone())
            };
            let resolved =
                self.resolve(NameKind::LinkKind, known, own, LinkKindId::as_str, |id| LinkKindId::new(id));
            let new = resolved.to.as_ref().filter(|id| self.project.codebook().link_kind(id).is_none());
            if let Some(id) = new.filter(|id| !self.additions.link_kinds.contains(id)) {
                self.additions.link_kinds.push(id.clone());
            }
            self.kinds_of_link.insert(given.to_owned(), resolved);
        }
        let resolved = self.kinds_of_link.get(given)?;
        if resolved.is_unknown {
            self.unknown.meet(NameKind::LinkKind, resolved.own.as_str(), 1, &self.file, at);
        }
        resolved.to.clone()
    }

    fn known_link_kind(&mut self, given: &str) -> Option<LinkKindId> {
        let kinds = &self.project.codebook().link_kinds;
        let defined = find(&self.codebook.link_kinds, given, of_kind);
        let found = known(kinds, given, defined, of_kind);
        let found = found
            .or_else(|| alike_with_remark(kinds, given, &self.used.link_kinds, of_kind, &mut self.remarks));
        found.map(|kind| kind.id.clone())
    }

    fn has(&self, id: &CategoryId) -> bool {
        self.project.codebook().category(id).is_some() || self.additions.categories.contains(id)
    }
}

/// As [`alike`], with a remark on an item that is found.
fn alike_with_remark<'a, T>(
    all: &'a [Arc<T>],
    given: &str,
    used: &FastSet<String>,
    parts: impl Fn(&T) -> (&str, &str) + Copy,
    remarks: &mut Vec<String>,
) -> Option<&'a Arc<T>> {
    let found = alike(all, given, used, parts)?;
    remarks.push(remarks::other_case(given, parts(found).1));
    Some(found)
}

/// Adds a name to a set. Nearly all names of a large file are in it already.
fn add_name(names: &mut FastSet<String>, name: &str) {
    if !names.contains(name) {
        names.insert(name.to_owned());
    }
}

/// Returns the name, or a placeholder if it is empty, since a file may leave it out.
fn or_unnamed(given: &str) -> &str {
    if is_blank(given) { "unnamed" } else { given }
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
