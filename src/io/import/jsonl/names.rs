//! What an import adds to the project's lists: categories, attributes, kinds of link, people, actors, issues.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::io::project::check_file_id;
use crate::model::{
    Annotator, AnnotatorId, AttributeDef, AttributeId, AttributeKind, Attributes, Category, CategoryId,
    Colour, Edit, LinkKind, LinkKindId, Project, Value, slug,
};

/// What the project did not have before, in the order in which it came.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Made {
    /// Categories, with a colour of the palette and no definition.
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
    categories: HashMap<String, CategoryId>,
    kinds: BTreeMap<AttributeId, AttributeKind>,
    people: Vec<Annotator>,
    made: Made,
}

impl<'a> Names<'a> {
    /// The names of a project.
    pub fn new(project: &'a Project) -> Self {
        Self {
            project,
            categories: HashMap::new(),
            kinds: BTreeMap::new(),
            people: Vec::new(),
            made: Made::default(),
        }
    }

    /// The category that a name means: by id or old id, else by id or name in any case, else a new one.
    pub fn category(&mut self, given: &str) -> CategoryId {
        if let Some(id) = self.categories.get(given) {
            return id.clone();
        }
        let id = self.known_category(given).unwrap_or_else(|| {
            let id = CategoryId::new(given);
            self.made.categories.push(id.clone());
            id
        });
        self.categories.insert(given.to_owned(), id.clone());
        id
    }

    fn known_category(&self, given: &str) -> Option<CategoryId> {
        let all = &self.project.codebook().categories;
        let exact = self.project.codebook().resolve(&given.into());
        let folded = given.to_lowercase();
        let alike =
            |c: &&Arc<Category>| c.id.as_str().to_lowercase() == folded || c.name.to_lowercase() == folded;
        let codebook = self.project.codebook();
        let old = || codebook.aliases.keys().find(|id| id.as_str().to_lowercase() == folded);
        let found = exact.or_else(|| all.iter().find(alike)).or_else(|| codebook.resolve(old()?));
        found.map(|category| category.id.clone())
    }

    /// The annotator that a name means. Does not add them: see [`Self::add_annotator`].
    pub fn annotator(&self, given: &str) -> AnnotatorId {
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
        let known = self.project.annotator(id).is_some() || self.people.iter().any(|a| a.id == *id);
        if !known {
            let colour = Colour::nth(self.project.annotators().len() + self.people.len());
            let name = if given == id.as_str() { title(given) } else { given.to_owned() };
            self.people.push(Annotator { id: id.clone(), name, colour });
            self.made.annotators.push(id.clone());
        }
    }

    /// What values an attribute takes, as far as the project says.
    pub fn kind(&self, id: &AttributeId) -> Option<&'a AttributeKind> {
        self.project.codebook().attributes.iter().find(|a| a.id == *id).map(|a| &a.kind)
    }

    /// Makes room for the values of a span that comes in.
    pub fn add_values(&mut self, attributes: &Attributes) {
        for (id, value) in attributes {
            match self.kind(id) {
                Some(AttributeKind::Actor) => add_new(&mut self.made.actors, self.project.actors(), value),
                Some(AttributeKind::Issue) => add_new(&mut self.made.issues, self.project.issues(), value),
                Some(_) => {}
                None => self.widen(id, value),
            }
        }
    }

    /// Makes an attribute that takes this value too.
    fn widen(&mut self, id: &AttributeId, value: &Value) {
        let kind = self.kinds.entry(id.clone()).or_insert_with(|| {
            self.made.attributes.push(id.clone());
            match value {
                Value::Choice(_) => AttributeKind::Choice(Vec::new()),
                Value::Choices(_) => AttributeKind::Choices(Vec::new()),
                Value::Text(_) => AttributeKind::Text,
                Value::Number(_) => AttributeKind::Number,
                Value::Flag(_) => AttributeKind::Flag,
                Value::Date(_) => AttributeKind::Date,
            }
        });
        let (AttributeKind::Choice(known) | AttributeKind::Choices(known)) = kind else { return };
        for choice in choices(value) {
            if !known.iter().any(|other| other == choice) {
                known.push(choice.into());
            }
        }
    }

    /// The kind of link that a name means: by id, else a new one.
    pub fn link_kind(&mut self, given: &str) -> LinkKindId {
        let id = LinkKindId::new(given);
        let known = self.project.codebook().link_kinds.iter().any(|kind| kind.id == id);
        if !known && !self.made.link_kinds.contains(&id) {
            self.made.link_kinds.push(id.clone());
        }
        id
    }

    /// The edits that make everything that was added.
    pub fn finish(self) -> (Vec<Edit>, Made) {
        let codebook = self.project.codebook();
        let mut edits = Vec::new();
        for (at, annotator) in (self.project.annotators().len()..).zip(self.people) {
            edits.push(Edit::SetAnnotator { id: annotator.id.clone(), to: Some((at, annotator)) });
        }
        for (at, id) in (codebook.categories.len()..).zip(&self.made.categories) {
            edits.push(Edit::SetCategory { id: id.clone(), to: Some((at, Arc::new(new_category(at, id)))) });
        }
        for (at, id) in (codebook.attributes.len()..).zip(&self.made.attributes) {
            let kind = self.kinds.get(id).cloned().unwrap_or(AttributeKind::Text);
            let attribute = new_attribute(id, kind);
            edits.push(Edit::SetAttribute { id: id.clone(), to: Some((at, Arc::new(attribute))) });
        }
        for (at, id) in (codebook.link_kinds.len()..).zip(&self.made.link_kinds) {
            let kind = LinkKind { id: id.clone(), name: title(id.as_str()), definition: String::new() };
            edits.push(Edit::SetLinkKind { id: id.clone(), to: Some((at, Arc::new(kind))) });
        }
        if !self.made.actors.is_empty() {
            edits.push(Edit::SetActors { to: [self.project.actors(), &self.made.actors].concat() });
        }
        if !self.made.issues.is_empty() {
            edits.push(Edit::SetIssues { to: [self.project.issues(), &self.made.issues].concat() });
        }
        (edits, self.made)
    }
}

fn choices(value: &Value) -> Vec<&str> {
    match value {
        Value::Choice(choice) => vec![choice.as_str()],
        Value::Choices(choices) => choices.iter().map(|choice| choice.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn add_new(made: &mut Vec<String>, known: &[String], value: &Value) {
    for choice in choices(value) {
        if !known.iter().chain(&*made).any(|other| other == choice) {
            made.push(choice.to_owned());
        }
    }
}

fn new_category(at: usize, id: &CategoryId) -> Category {
    Category::new(id.clone(), title(id.as_str()), Colour::nth(at))
}

fn new_attribute(id: &AttributeId, kind: AttributeKind) -> AttributeDef {
    AttributeDef {
        id: id.clone(),
        name: title(id.as_str()),
        kind,
        categories: Vec::new(),
        default: None,
        hotkey: None,
        definition: String::new(),
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
