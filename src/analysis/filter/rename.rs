//! Filters that follow what they name when it gets another name.

use demarche_model::{Project, ValueList};

use super::ast::{Condition, Field, Filter, Term, Value};
use super::bind;

/// Something that has got another name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rename {
    /// The kind of thing.
    pub what: Renamed,
    /// Its name before.
    pub from: String,
    /// Its name after.
    pub to: String,
}

/// A kind of thing that filters can name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Renamed {
    /// An actor.
    Actor,
    /// An issue.
    Issue,
    /// A category, unless the filter gives its id.
    Category,
    /// A document, unless the filter gives its id.
    Document,
    /// A set of documents, unless the filter gives its id.
    Set,
    /// A saved view.
    View,
}

impl Filter {
    /// The same filter with the new names of what it names. Beginnings of names stay as they are. `project` is the project
    /// before the change.
    #[must_use]
    pub fn renamed(&self, project: &Project, renames: &[Rename]) -> Self {
        let terms = |terms: &Vec<Term>| terms.iter().map(|term| term.renamed(project, renames)).collect();
        Self::any_of(self.alternatives().iter().map(terms))
    }
}

impl Term {
    fn renamed(&self, project: &Project, renames: &[Rename]) -> Self {
        match self {
            Self::Any => Self::Any,
            Self::Not(term) => Self::Not(Box::new(term.renamed(project, renames))),
            Self::Group(filter) => Self::Group(filter.renamed(project, renames)),
            Self::Related(relation, filter) => Self::Related(*relation, filter.renamed(project, renames)),
            Self::Field(condition) => Self::Field(condition.renamed(project, renames)),
        }
    }
}

impl Condition {
    fn renamed(&self, project: &Project, renames: &[Rename]) -> Self {
        let Some(what) = what(self.field(), project) else { return self.clone() };
        let mut values = self.values().iter().map(|value| renamed(value, what, (project, renames)));
        match values.next() {
            Some(first) => Self::new(self.field().clone(), first, values),
            None => self.clone(),
        }
    }
}

/// The kind of thing that a field names, if it can get another name.
fn what(field: &Field, project: &Project) -> Option<Renamed> {
    match field {
        Field::Actor | Field::Target => Some(Renamed::Actor),
        Field::Issue => Some(Renamed::Issue),
        Field::Category => Some(Renamed::Category),
        Field::Document => Some(Renamed::Document),
        Field::Set => Some(Renamed::Set),
        Field::View => Some(Renamed::View),
        Field::Attribute(id) => match bind::attribute(project, id)?.kind.list()? {
            ValueList::Actors => Some(Renamed::Actor),
            ValueList::Issues => Some(Renamed::Issue),
            ValueList::Own(_) => None,
        },
        Field::Role
        | Field::Author
        | Field::Source
        | Field::Coder
        | Field::Date
        | Field::When
        | Field::Created
        | Field::Review
        | Field::Status
        | Field::Ask
        | Field::Is
        | Field::Text
        | Field::Note
        | Field::Words
        | Field::Characters => None,
    }
}

fn renamed(value: &Value, what: Renamed, (project, renames): (&Project, &[Rename])) -> Value {
    if value.is_prefix() || value.keyword().is_some() || is_id(value, what, project) {
        return value.clone();
    }
    let wanted = value.text().to_lowercase();
    let found = renames.iter().find(|rename| rename.what == what && rename.from.to_lowercase() == wanted);
    found.map_or_else(|| value.clone(), |rename| Value::name(rename.to.as_str()).with_exact(value.is_exact()))
}

/// True if a value gives an id, which stays the same.
fn is_id(value: &Value, what: Renamed, project: &Project) -> bool {
    let is = |id: &str| id.eq_ignore_ascii_case(value.text());
    match what {
        Renamed::Category => project.codebook().categories.iter().any(|category| is(category.id.as_str())),
        Renamed::Document => project.documents().iter().any(|document| is(document.id().as_str())),
        Renamed::Set => project.document_sets().keys().any(|set| is(set.as_str())),
        Renamed::Actor | Renamed::Issue | Renamed::View => false,
    }
}
