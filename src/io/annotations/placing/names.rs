//! What an import adds to the project's lists: categories, attributes, kinds of link, people, actors, issues.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use crate::annotations::{DraftPerson, DraftValue};
use crate::project::check_file_id;
use demarche_model::{
    Annotator, AnnotatorId, AttributeDef, AttributeId, AttributeKind, Attributes, Category, CategoryId,
    Codebook, Colour, Edit, LinkKind, LinkKindId, Project, Value, ValueList, slug,
};

/// What the project did not have before, in the order in which it came.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Made {
    /// Categories: as the file defines them, else with a colour of the palette and no definition.
    pub categories: Vec<CategoryId>,
    /// Attributes, of the kind that their values show.
    pub attributes: Vec<AttributeId>,
    /// Kinds of link.
    pub link_kinds: Vec<LinkKindId>,
    /// Annotators.
    pub annotators: Vec<AnnotatorId>,
    /// Actors.
    pub actors: Vec<String>,
    /// Issues.
    pub issues: Vec<String>,
}

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

    /// An attribute with its value; a bare word is what the codebook says of the attribute, or a choice.
    pub fn value(&mut self, given: &str, value: DraftValue) -> (AttributeId, Value) {
        let id = self.attribute(given);
        let value = match value {
            DraftValue::Of(value) => value,
            DraftValue::Words(words) => {
                Value::Choices(words.into_iter().map(|word| self.choice(&id, word)).collect())
            }
            DraftValue::Word(word) => self.word(&id, word),
        };
        (id, value)
    }

    fn word(&self, id: &AttributeId, word: String) -> Value {
        let Some(kind) = self.kind(id) else { return Value::Choice(word.into()) };
        match kind {
            AttributeKind::Text => Value::Text(word),
            AttributeKind::Date => Value::Date(word.into()),
            AttributeKind::Choices(known) if known.iter().any(|choice| *choice == word) => {
                Value::Choices([word.into()].into())
            }
            AttributeKind::Choices(_) => {
                let words = word.split(';').map(str::trim).filter(|word| !word.is_empty());
                Value::Choices(words.map(|word| self.choice(id, word.to_owned())).collect())
            }
            // Also a number that is not finite.
            AttributeKind::Number => {
                word.trim().parse().map_or_else(|_| Value::Choice(word.into()), Value::Number)
            }
            AttributeKind::Flag => kind.parse(&word).unwrap_or_else(|| Value::Choice(word.into())),
            AttributeKind::Choice(_) | AttributeKind::Actor | AttributeKind::Issue => {
                Value::Choice(self.choice(id, word))
            }
        }
    }

    /// The choice that a word means: itself, or the one of the list that a format had to write in this way.
    fn choice(&self, id: &AttributeId, word: String) -> SmolStr {
        let known = || self.kind(id).into_iter().flat_map(|kind| kind.choices(self.project));
        let alike = || known().find(|choice| folded(choice) == folded(&word));
        SmolStr::new(known().find(|choice| *choice == word).or_else(alike).unwrap_or(&word))
    }

    /// The annotator that a name means. Does not add them: see [`Self::add_annotator`].
    pub fn annotator(&mut self, given: &str) -> AnnotatorId {
        if let Some((_, id)) = self.last.as_ref().filter(|(name, _)| name == given) {
            return id.clone();
        }
        let id = self.find_annotator(given);
        self.last = Some((given.to_owned(), id.clone()));
        id
    }

    /// As [`Self::annotator`], for a name that seldom comes twice in a row.
    pub fn find_annotator(&self, given: &str) -> AnnotatorId {
        let known = self.project.annotators().iter().chain(&self.people);
        let found = known.clone().find(|a| a.id.as_str() == given).or_else(|| {
            let mut alike = known.clone();
            alike.find(|a| a.name == given)
        });
        // The id becomes the name of a folder, so nothing else may stand in it.
        let made = || {
            let id = slug(given, "annotator");
            if check_file_id(&id).is_ok() { id } else { format!("annotator-{id}") }
        };
        found.map_or_else(|| AnnotatorId::new(made()), |a| a.id.clone())
    }

    /// Adds an annotator whom the project lacks, under the name that was given.
    pub fn add_annotator(&mut self, id: &AnnotatorId, given: &str) {
        let known = id.is_consensus()
            || self.project.annotator(id).is_some()
            || self.people.iter().any(|a| a.id == *id);
        if !known {
            let colour = Colour::nth(self.project.annotators().len() + self.people.len());
            let person = self.persons.iter().find(|person| person.id == given);
            let known = person.map(|person| person.name.clone()).filter(|name| !name.trim().is_empty());
            let plain = || if given == id.as_str() { title(given) } else { given.to_owned() };
            let colour = person.and_then(|person| person.colour).unwrap_or(colour);
            self.people.push(Annotator::new(id.clone(), known.unwrap_or_else(plain), colour));
            self.made.annotators.push(id.clone());
            // Somebody may bear as a name what another one is called here.
            self.last = None;
        }
    }

    /// What values an attribute takes, as far as the project says, else the file.
    fn kind(&self, id: &AttributeId) -> Option<&AttributeKind> {
        self.known_kind(id).or_else(|| defined(&self.codebook, id).map(|a| &a.kind))
    }

    fn known_kind(&self, id: &AttributeId) -> Option<&'a AttributeKind> {
        let attributes = &self.project.codebook().attributes;
        attributes.iter().find(|a| a.id == *id).map(|a| &a.kind)
    }

    /// Makes room for the values of a span that comes in.
    pub fn add_values(&mut self, attributes: &Attributes) {
        for (id, value) in attributes {
            match self.known_kind(id).map(AttributeKind::list) {
                Some(Some(ValueList::Actors)) => add_new(&mut self.made.actors, self.project.actors(), value),
                Some(Some(ValueList::Issues)) => add_new(&mut self.made.issues, self.project.issues(), value),
                Some(Some(ValueList::Own(_)) | None) => {}
                None => self.widen(id, value),
            }
        }
    }

    /// Makes an attribute that takes this value too.
    fn widen(&mut self, id: &AttributeId, value: &Value) {
        let kind = self.kinds.entry(id.clone()).or_insert_with(|| {
            self.made.attributes.push(id.clone());
            defined(&self.codebook, id)
                .map_or_else(|| AttributeKind::of(value), |defined| defined.kind.clone())
        });
        let Some(known) = kind.own_list_mut() else { return };
        for choice in value.choices() {
            if !known.contains(choice) {
                known.push(choice.clone());
            }
        }
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

    /// The edits that make everything that was added.
    pub fn finish(mut self) -> (Vec<Edit>, Made) {
        let codebook = self.project.codebook();
        let mut edits = Vec::new();
        for (at, annotator) in (self.project.annotators().len()..).zip(std::mem::take(&mut self.people)) {
            edits.push(Edit::SetAnnotator { id: annotator.id.clone(), to: Some((at, annotator)) });
        }
        for (at, id) in (codebook.categories.len()..).zip(&self.made.categories) {
            edits.push(Edit::SetCategory { id: id.clone(), to: Some((at, self.new_category(at, id))) });
        }
        for (at, id) in (codebook.attributes.len()..).zip(&self.made.attributes) {
            let kind = self.kinds.get(id).cloned().unwrap_or(AttributeKind::Text);
            let attribute = match defined(&self.codebook, id) {
                Some(defined) => self.adapted(AttributeDef { kind, ..AttributeDef::clone(defined) }),
                None => AttributeDef::new(id.clone(), title(id.as_str()), kind),
            };
            edits.push(Edit::SetAttribute { id: id.clone(), to: Some((at, Arc::new(attribute))) });
        }
        for (at, id) in (codebook.link_kinds.len()..).zip(&self.made.link_kinds) {
            let plain = || LinkKind { id: id.clone(), name: title(id.as_str()), definition: String::new() };
            let defined = self.codebook.link_kinds.iter().find(|kind| kind.id == *id).cloned();
            let kind = defined.unwrap_or_else(|| Arc::new(plain()));
            edits.push(Edit::SetLinkKind { id: id.clone(), to: Some((at, kind)) });
        }
        if !self.made.actors.is_empty() {
            edits.push(Edit::SetActors { to: [self.project.actors(), &self.made.actors].concat() });
        }
        if !self.made.issues.is_empty() {
            edits.push(Edit::SetIssues { to: [self.project.issues(), &self.made.issues].concat() });
        }
        (edits, self.made)
    }

    /// A category as the file defines it, as far as that fits in here; else a plain one.
    fn new_category(&self, at: usize, id: &CategoryId) -> Arc<Category> {
        let Some(defined) = self.codebook.category(id) else {
            return Arc::new(Category::new(id.clone(), title(id.as_str()), Colour::nth(at)));
        };
        let mut category = Category::clone(defined);
        let before: Vec<&CategoryId> = self.made.categories.iter().take_while(|made| *made != id).collect();
        let known = |parent: &CategoryId| {
            self.project.codebook().category(parent).is_some() || before.contains(&parent)
        };
        category.parent = category.parent.filter(known);
        let taken = |key: &char| self.project.codebook().by_hotkey(*key).is_some();
        category.hotkey = category.hotkey.filter(|key| !taken(key));
        Arc::new(category)
    }

    fn has(&self, id: &CategoryId) -> bool {
        self.project.codebook().category(id).is_some() || self.made.categories.contains(id)
    }

    /// An attribute without what would not fit in here.
    fn adapted(&self, mut attribute: AttributeDef) -> AttributeDef {
        attribute.categories.retain(|id| self.has(id));
        let others = &self.project.codebook().attributes;
        attribute.hotkey = attribute.hotkey.filter(|key| others.iter().all(|a| a.hotkey != Some(*key)));
        attribute
    }
}

fn add_defined<T, I: PartialEq>(all: &mut Vec<Arc<T>>, new: Vec<Arc<T>>, id: impl Fn(&T) -> &I) {
    for item in new {
        if all.iter().all(|known| id(known) != id(&item)) {
            all.push(item);
        }
    }
}

/// What a list of the project calls by this name, or by the one that the file's own codebook has for it.
fn known<'a, T>(
    all: &'a [Arc<T>],
    given: &str,
    defined: Option<&Arc<T>>,
    parts: impl Fn(&T) -> (&str, &str) + Copy,
) -> Option<&'a Arc<T>> {
    find(all, given, parts).or_else(|| find(all, parts(defined?).1, parts))
}

/// What a list calls by this name: by id, else by id or name in any case, else by one that differs in blanks, `-` and `_`
/// alone, since many formats allow no others. `parts` gives id and name.
fn find<'a, T>(all: &'a [Arc<T>], given: &str, parts: impl Fn(&T) -> (&str, &str)) -> Option<&'a Arc<T>> {
    let any = |same: &dyn Fn(&str) -> bool| {
        all.iter().find(|item| {
            let (id, name) = parts(item);
            same(id) || same(name)
        })
    };
    let exact = all.iter().find(|item| parts(item).0 == given);
    let (lower, plain) = (given.to_lowercase(), folded(given));
    exact.or_else(|| any(&|name| name.to_lowercase() == lower)).or_else(|| any(&|name| folded(name) == plain))
}

/// A name in lower case, with one sign for blanks, `-` and `_`.
fn folded(name: &str) -> String {
    let plain = |c: char| if c.is_whitespace() || matches!(c, '-' | '_') { '_' } else { c };
    name.chars().flat_map(char::to_lowercase).map(plain).collect()
}

fn of_category(category: &Category) -> (&str, &str) {
    (category.id.as_str(), &category.name)
}

fn of_attribute(attribute: &AttributeDef) -> (&str, &str) {
    (attribute.id.as_str(), &attribute.name)
}

fn of_kind(kind: &LinkKind) -> (&str, &str) {
    (kind.id.as_str(), &kind.name)
}

fn defined<'a>(codebook: &'a Codebook, id: &AttributeId) -> Option<&'a Arc<AttributeDef>> {
    codebook.attributes.iter().find(|attribute| attribute.id == *id)
}

fn add_new(made: &mut Vec<String>, known: &[String], value: &Value) {
    for choice in value.choices() {
        if !known.iter().chain(&*made).any(|other| other == choice.as_str()) {
            made.push(choice.to_string());
        }
    }
}

/// A name for people from an id: `red-line` gives `Red line`.
fn title(id: &str) -> String {
    let spaced = id.replace(['-', '_'], " ");
    let mut rest = spaced.trim().chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => id.to_owned(),
    }
}
