//! The rule for values: which of them fit an attribute.
//!
//! [`Project::apply`](super::Project::apply), the readers of files, the check of a project and the imports all follow it.

use smol_str::SmolStr;
use thiserror::Error;

use super::words::attributes::expected;
use super::{
    AttributeDef, AttributeId, AttributeKind, Attributes, Codebook, Date, Layer, Project, Span, Value,
    ValueList,
};

/// The reason why a value does not fit its attribute.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ValueFault {
    /// The codebook has no such attribute.
    #[error("the codebook has no attribute `{0}`")]
    NoAttribute(AttributeId),
    /// The attribute takes values of another kind. A text that stands for a value, such as one that an import could not
    /// convert, is of another kind, too.
    #[error("“{value}” does not fit “{name}”, which takes {}", expected(kind))]
    WrongKind {
        /// The name of the attribute.
        name: String,
        /// The kind of value that it takes, without its list.
        kind: AttributeKind,
        /// The value in words.
        value: String,
    },
    /// Entries that are not in the list of the attribute.
    #[error("“{}” {} of “{name}”", entries.join("”, “"), if entries.len() == 1 { "is not a choice" } else { "are not choices" })]
    Unlisted {
        /// The name of the attribute.
        name: String,
        /// The entries.
        entries: Vec<SmolStr>,
    },
}

impl AttributeKind {
    /// True if a value is of this kind. Lists are not consulted: see [`AttributeDef::check`].
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_model::{AttributeKind, Value};
    ///
    /// assert!(AttributeKind::Date.takes(&Value::Date("2026-03".into())));
    /// assert!(!AttributeKind::Date.takes(&Value::Date("next week".into())));
    /// assert!(!AttributeKind::Flag.takes(&Value::Text("maybe".into())));
    /// // One actor, not a list of them.
    /// let list = Value::Choices(["Norvania".into(), "Estmark".into()].into());
    /// assert!(!AttributeKind::Actor.takes(&list));
    /// ```
    pub fn takes(&self, value: &Value) -> bool {
        match (self, value) {
            (
                Self::Choice(_) | Self::Choices(_) | Self::Actor | Self::Actors | Self::Issue,
                Value::Choice(_),
            )
            | (Self::Choices(_) | Self::Actors, Value::Choices(_))
            | (Self::Text, Value::Text(_))
            | (Self::Flag, Value::Flag(_)) => true,
            (Self::Number, Value::Number(number)) => number.is_finite(),
            (Self::Date, Value::Date(date)) => Date::parse(date).is_some(),
            (
                _,
                Value::Choice(_)
                | Value::Choices(_)
                | Value::Text(_)
                | Value::Number(_)
                | Value::Flag(_)
                | Value::Date(_),
            ) => false,
        }
    }

    /// Turns a value into one of this kind without losing anything of it. Returns the words of a value for which there is
    /// none as a text, which is of another kind.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_model::{AttributeKind, Value};
    ///
    /// let text = |text: &str| Value::Text(text.to_owned());
    /// assert_eq!(AttributeKind::Number.adopt(text("3.5")), Value::Number(3.5));
    /// assert_eq!(AttributeKind::Text.adopt(Value::Flag(true)), text("true"));
    /// assert_eq!(AttributeKind::Flag.adopt(Value::Choice("maybe".into())), text("maybe"));
    /// let list = Value::Choices(["Estmark".into(), "Norvania".into()].into());
    /// assert_eq!(AttributeKind::Actor.adopt(list), text("Estmark; Norvania"));
    /// ```
    pub fn adopt(&self, value: Value) -> Value {
        if self.takes(&value) {
            return value;
        }
        if *self == Self::Text {
            return Value::Text(value.data_text().into_owned());
        }
        let text = value.data_text();
        let is_several = matches!(&value, Value::Choices(entries) if entries.len() != 1);
        let joins = !is_several || self.takes_several();
        let adopted = self.parse(&text).filter(|_| joins).filter(|adopted| self.takes(adopted));
        adopted.unwrap_or_else(|| Value::Text(text.into_owned()))
    }
}

impl AttributeDef {
    /// Checks a value of this attribute, given the project's actors and issues.
    ///
    /// # Errors
    /// The value is of another kind, or has entries that are not in the list.
    pub fn check(&self, value: &Value, project: &Project) -> Result<(), ValueFault> {
        let name = || self.name.clone();
        if !self.kind.takes(value) {
            let kind = self.kind.with_list(Vec::new());
            return Err(ValueFault::WrongKind { name: name(), kind, value: value.to_string() });
        }
        let is_listed = |entry: &str| match self.kind.list() {
            Some(ValueList::Own(list)) => list.iter().any(|listed| listed == entry),
            Some(ValueList::Actors) => project.actors().iter().any(|actor| actor == entry),
            Some(ValueList::Issues) => project.issues().iter().any(|issue| issue == entry),
            None => true,
        };
        let entries: Vec<SmolStr> = value.choices().filter(|entry| !is_listed(entry)).cloned().collect();
        if entries.is_empty() { Ok(()) } else { Err(ValueFault::Unlisted { name: name(), entries }) }
    }
}

impl Project {
    /// Checks the value of an attribute against the codebook and the lists of actors and issues.
    ///
    /// # Errors
    /// The codebook has no such attribute, or the value does not fit it.
    pub fn check_value(&self, id: &AttributeId, value: &Value) -> Result<(), ValueFault> {
        match self.codebook().attribute(id) {
            Some(attribute) => attribute.check(value, self),
            None => Err(ValueFault::NoAttribute(id.clone())),
        }
    }

    /// Returns the faults of all values of a span.
    pub fn wrong_values(&self, values: &Attributes) -> Vec<ValueFault> {
        values.iter().filter_map(|(id, value)| self.check_value(id, value).err()).collect()
    }

    /// Checks that an edit brings no value of a wrong kind into the project. A text may stand for any value, so that
    /// nothing has to be thrown away; values that are there already, or were, may stay and return. Entries that are not in
    /// a list are for [`Project::check_value`] to find, since the lists are of other people as well.
    ///
    /// # Errors
    /// The first value of a wrong kind.
    pub(super) fn check_new_values(&self, span: &Span, old: Option<&Span>) -> Result<(), ValueFault> {
        for (id, value) in &span.attributes {
            let Some(attribute) = self.codebook().attribute(id) else { continue };
            let is_allowed = matches!(value, Value::Text(_))
                || attribute.kind.takes(value)
                || old.is_some_and(|old| old.attributes.get(id) == Some(value))
                || self.has_value(id, value);
            if !is_allowed {
                return attribute.check(value, self);
            }
        }
        Ok(())
    }

    /// True if a span of the project has this value, or had it. Looks at all spans: for values of a wrong kind, which are
    /// few.
    fn has_value(&self, id: &AttributeId, value: &Value) -> bool {
        let layers = self.documents().iter().flat_map(|document| document.layers.values());
        let has = |span: &Span| span.attributes.get(id) == Some(value);
        let claims =
            |layer: &Layer| layer.detached().any(|(_, d)| d.claim.as_ref().is_some_and(|c| has(&c.span)));
        self.former_values.contains(&key(id, value))
            || layers.into_iter().any(|layer| layer.spans_unsorted().any(|span| has(span)) || claims(layer))
    }

    /// Remembers the values of a wrong kind of a span that is replaced, so that undo can bring them back.
    pub(super) fn remember_wrong_values(&mut self, span: &Span) {
        for (id, value) in &span.attributes {
            if self.codebook().attribute(id).is_some_and(|attribute| !attribute.kind.takes(value)) {
                self.former_values.insert(key(id, value));
            }
        }
    }

    /// Allows the values of a wrong kind in a layer of another copy of the project, so that a merge can bring them in as
    /// they are. `codebook` is that of the copy.
    pub fn admit_values(&mut self, layer: &Layer, codebook: &Codebook) {
        let takes = |codebook: &Codebook, id: &AttributeId, value: &Value| {
            codebook.attribute(id).is_none_or(|attribute| attribute.kind.takes(value))
        };
        let claims = layer.detached().filter_map(|(_, detached)| detached.claim.as_ref());
        let values = layer.spans_unsorted().map(|span| &**span).chain(claims.map(|claim| &claim.span));
        for (id, value) in values.flat_map(|span| &span.attributes) {
            if !takes(codebook, id, value) || !takes(&self.codebook, id, value) {
                self.former_values.insert(key(id, value));
            }
        }
    }

    /// As [`Self::admit_values`], for all layers of the copy. Faults in its relations and meanings are allowed as well.
    pub fn admit_values_of(&mut self, other: &Self) {
        self.admit_relations_of(other);
        self.former_misfits.extend(other.codebook.misfits());
        for layer in other.documents.iter().flat_map(|document| document.layers.values()) {
            self.admit_values(layer, &other.codebook);
        }
    }
}

/// A value of an attribute in a form that can be looked up: numbers have no order.
fn key(id: &AttributeId, value: &Value) -> (AttributeId, String) {
    (id.clone(), format!("{value:?}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::*;

    fn values() -> Vec<Value> {
        vec![
            Value::Choice("port".into()),
            Value::Choices(["fees".into(), "port".into()].into()),
            Value::Text("port".into()),
            Value::Number(2.5),
            Value::Flag(true),
            Value::Date("2026-03-14".into()),
        ]
    }

    #[test]
    fn every_kind_takes_its_own_values_alone() {
        let taken = |kind: &AttributeKind| {
            values().iter().map(|value| u8::from(kind.takes(value))).collect::<Vec<u8>>()
        };
        let all: Vec<_> = AttributeKind::ALL.iter().map(taken).collect();
        assert_eq!(
            all,
            [
                [1, 0, 0, 0, 0, 0],
                [1, 1, 0, 0, 0, 0],
                [1, 0, 0, 0, 0, 0],
                [1, 1, 0, 0, 0, 0],
                [1, 0, 0, 0, 0, 0],
                [0, 0, 1, 0, 0, 0],
                [0, 0, 0, 1, 0, 0],
                [0, 0, 0, 0, 1, 0],
                [0, 0, 0, 0, 0, 1],
            ]
        );
        assert!(!AttributeKind::Number.takes(&Value::Number(f64::NAN)));
    }

    #[test]
    fn whatever_is_adopted_keeps_its_words() {
        for kind in AttributeKind::ALL {
            for value in values() {
                let adopted = kind.adopt(value.clone());
                assert_eq!(adopted.data_text(), value.data_text(), "{kind} {value:?}");
                assert!(kind.takes(&adopted) || matches!(adopted, Value::Text(_)), "{kind} {value:?}");
            }
        }
    }

    fn project(kind: AttributeKind) -> Project {
        let attribute = AttributeDef::new("x".into(), "X", kind);
        let category = Category::new("move".into(), "Move", Colour::nth(0));
        let codebook = Codebook {
            categories: vec![Arc::new(category)],
            attributes: vec![Arc::new(attribute)],
            ..Codebook::default()
        };
        let mut project = Project::new("N", codebook);
        let document = Arc::new(fixtures::document("d001", "A."));
        project.apply(Edit::InsertDocument { at: 0, document }).unwrap();
        project
    }

    fn tag(number: u128, value: &Value) -> Edit {
        let id = SpanId(uuid::Uuid::from_u128(number));
        let span = Span {
            id,
            category: "move".into(),
            ranges: Ranges::new([TextRange::new(0, 1)]).unwrap(),
            attributes: [("x".into(), value.clone())].into(),
            note: String::new(),
            created: Stamp(0),
            modified: Stamp(0),
            provenance: None,
        };
        Edit::SetSpan { layer: LayerId::new(&"d001".into(), &"ana".into()), id, to: Some(Arc::new(span)) }
    }

    #[test]
    fn an_edit_brings_in_no_value_of_a_wrong_kind() {
        for kind in AttributeKind::ALL {
            for value in values() {
                let done = project(kind.clone()).apply(tag(1, &value));
                let allowed = kind.takes(&value) || matches!(value, Value::Text(_));
                assert_eq!(done.is_ok(), allowed, "{kind} {value:?}");
            }
        }
    }

    #[test]
    fn values_that_a_change_of_kind_has_made_wrong_stay_and_return() {
        let mut project = project(AttributeKind::Flag);
        let value = Value::Flag(true);
        project.apply(tag(1, &value)).unwrap();
        let date = Arc::new(AttributeDef::new("x".into(), "X", AttributeKind::Date));
        project.apply(Edit::SetAttribute { id: "x".into(), to: Some((0, date)) }).unwrap();
        project.apply(tag(1, &value)).unwrap();
        let id = SpanId(uuid::Uuid::from_u128(1));
        let layer = LayerId::new(&"d001".into(), &"ana".into());
        let removed = project.apply(Edit::SetSpan { layer, id, to: None }).unwrap();
        project.apply(removed.inverse).unwrap();
        assert!(matches!(project.apply(tag(2, &Value::Flag(false))), Err(EditError::Value(_))));
    }
}
