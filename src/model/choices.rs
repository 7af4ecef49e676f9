//! The values that a project offers for an attribute.

use smol_str::SmolStr;

use super::{AttributeKind, Project, Value, ValueInput, ValueList};

impl AttributeKind {
    /// The entries of the list from which values are chosen; empty for a kind without a list.
    pub fn choices<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = &'a str> + Clone {
        let (own, names): (&[SmolStr], &[String]) = match self.list() {
            Some(ValueList::Own(own)) => (own, &[]),
            Some(ValueList::Actors) => (&[], project.actors()),
            Some(ValueList::Issues) => (&[], project.issues()),
            None => (&[], &[]),
        };
        own.iter().map(SmolStr::as_str).chain(names.iter().map(String::as_str))
    }

    /// The values that can be chosen with one click: each entry of the list on its own, or yes and no. Empty
    /// for a kind whose values are typed.
    pub fn values(&self, project: &Project) -> Vec<Value> {
        match self.input() {
            ValueInput::Listed { .. } => {
                self.choices(project).filter_map(|entry| self.chosen([entry.into()])).collect()
            }
            ValueInput::Flag => vec![Value::Flag(true), Value::Flag(false)],
            ValueInput::Typed => Vec::new(),
        }
    }
}
