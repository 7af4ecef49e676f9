//! The variables of statements as attributes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::annotations::DraftValue;
use crate::codebook::Names;
use demarche_model::{AttributeDef, AttributeId, AttributeKind, Value, slug};

/// The role of a variable in a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::annotations) enum Role {
    /// The organization: who makes the move.
    Actor,
    /// The person who speaks.
    Speaker,
    /// The concept: what it is about.
    Issue,
    /// The note.
    Note,
    /// Any other.
    Other,
}

/// Returns the role of a variable by its name, as DNA sets them up in a new database.
pub(in crate::annotations) fn role(name: &str, kind: &str) -> Role {
    match (name.to_lowercase().as_str(), kind) {
        ("organization" | "organisation", "short text") => Role::Actor,
        ("person", "short text") => Role::Speaker,
        ("concept", "short text") => Role::Issue,
        ("note" | "notes", "long text") => Role::Note,
        _ => Role::Other,
    }
}

/// A variable.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    /// The attribute; `None` if it is the note.
    pub attribute: Option<AttributeId>,
    /// The type of statement that has it.
    pub of_type: Option<i64>,
}

/// The variables of a database. Those of several types of statement with the same name and kind are one attribute.
#[derive(Default)]
pub(super) struct Variables {
    pub all: HashMap<i64, Variable>,
    names: Names,
    known: BTreeMap<(String, String), AttributeId>,
    /// The attributes, in the order of the database.
    pub attributes: Vec<Arc<AttributeDef>>,
}

impl Variables {
    /// Adds a variable with its number, name and kind.
    pub fn add(&mut self, id: i64, name: &str, kind: &str, of_type: Option<i64>) {
        let role = role(name, kind);
        let attribute = (role != Role::Note).then(|| self.attribute(name, kind, role));
        self.all.insert(id, Variable { attribute, of_type });
    }

    fn attribute(&mut self, name: &str, kind: &str, role: Role) -> AttributeId {
        let key = (name.to_owned(), kind.to_owned());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let (base, kind) = match (role, kind) {
            (Role::Actor, _) => ("actor".to_owned(), AttributeKind::Actor),
            (Role::Speaker, _) => ("speaker".to_owned(), AttributeKind::Actor),
            (Role::Issue, _) => ("issue".to_owned(), AttributeKind::Issue),
            (Role::Note | Role::Other, "boolean") => (slug(name, "variable"), AttributeKind::Flag),
            (Role::Note | Role::Other, "integer") => (slug(name, "variable"), AttributeKind::Number),
            (Role::Note | Role::Other, "long text") => (slug(name, "variable"), AttributeKind::Text),
            (Role::Note | Role::Other, _) => (slug(name, "variable"), AttributeKind::Choice(Vec::new())),
        };
        let id = AttributeId::new(self.names.free(&base));
        self.attributes.push(Arc::new(AttributeDef::new(id.clone(), name, kind)));
        self.known.insert(key, id.clone());
        id
    }
}

/// Returns a name as a value.
pub(super) fn choice(name: &str) -> DraftValue {
    DraftValue::Of(Value::Choice(name.into()))
}
