//! Values of attributes, converted to the kind that the project or the file defines.

use smol_str::SmolStr;

use super::find::folded;
use super::{Names, defined};
use crate::annotations::DraftValue;
use crate::annotations::cleaning::{cleaned, is_unwritable};
use demarche_model::{AttributeId, AttributeKind, Attributes, Value, ValueList};

impl Names<'_> {
    /// Returns an attribute with its value. A bare word has the kind that the codebook defines, or is a choice.
    pub fn value(&mut self, given: &str, value: DraftValue) -> (AttributeId, Value) {
        let id = self.attribute(given);
        let value = match value {
            DraftValue::Of(Value::Choice(word)) => Value::Choice(plain(word)),
            DraftValue::Of(Value::Choices(words)) => Value::Choices(words.into_iter().map(plain).collect()),
            DraftValue::Of(value) => value,
            DraftValue::Words(words) => {
                Value::Choices(words.into_iter().map(|word| self.choice(&id, word)).collect())
            }
            DraftValue::Word(word) => self.word(&id, word),
        };
        (id, value)
    }

    fn word(&self, id: &AttributeId, word: String) -> Value {
        let Some(kind) = self.kind(id) else { return Value::Choice(plain(word.into())) };
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
            // Including numbers that are not finite.
            AttributeKind::Number => {
                word.trim().parse().map_or_else(|_| Value::Choice(word.into()), Value::Number)
            }
            AttributeKind::Flag => kind.parse(&word).unwrap_or_else(|| Value::Choice(word.into())),
            AttributeKind::Choice(_) | AttributeKind::Actor | AttributeKind::Issue => {
                Value::Choice(self.choice(id, word))
            }
        }
    }

    /// Returns the choice for a word: itself, or the one in the list that a format had to write in this way.
    fn choice(&self, id: &AttributeId, word: String) -> SmolStr {
        let known = || self.kind(id).into_iter().flat_map(|kind| kind.choices(self.project));
        let alike = || known().find(|choice| folded(choice) == folded(&word));
        known()
            .find(|choice| *choice == word)
            .or_else(alike)
            .map_or_else(|| plain(SmolStr::new(&word)), SmolStr::new)
    }

    /// Extends the attributes for the values of a new span.
    pub fn add_values(&mut self, attributes: &Attributes) {
        for (id, value) in attributes {
            match self.known_kind(id).map(AttributeKind::list) {
                Some(Some(ValueList::Actors)) => {
                    add_new(&mut self.additions.actors, self.project.actors(), value)
                }
                Some(Some(ValueList::Issues)) => {
                    add_new(&mut self.additions.issues, self.project.issues(), value)
                }
                Some(Some(ValueList::Own(_)) | None) => {}
                None => self.widen(id, value),
            }
        }
    }

    /// Returns an attribute that takes this value as well.
    fn widen(&mut self, id: &AttributeId, value: &Value) {
        let kind = self.kinds.entry(id.clone()).or_insert_with(|| {
            self.additions.attributes.push(id.clone());
            defined(&self.codebook, id)
                .map_or_else(|| AttributeKind::from_value(value), |defined| defined.kind.clone())
        });
        let Some(known) = kind.own_list_mut() else { return };
        for choice in value.choices() {
            if !known.contains(choice) {
                known.push(choice.clone());
            }
        }
    }
}

/// Returns a choice without control characters, since it is a name in a list.
fn plain(choice: SmolStr) -> SmolStr {
    if choice.contains(is_unwritable) { cleaned(&choice).into() } else { choice }
}

fn add_new(added: &mut Vec<String>, known: &[String], value: &Value) {
    for choice in value.choices() {
        if !known.iter().chain(&*added).any(|other| other == choice.as_str()) {
            added.push(choice.to_string());
        }
    }
}
