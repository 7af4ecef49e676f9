//! Values of attributes, converted to the kind that the project or the file defines.

use smol_str::SmolStr;

use super::find::folded;
use super::{At, NameChoice, NameKind, Names, defined, or_unnamed};
use crate::annotations::DraftValue;
use crate::annotations::cleaning::{cleaned, is_unwritable};
use demarche_model::{AttributeId, AttributeKind, Attributes, Value, ValueFault, ValueList};

/// The values of a span.
#[derive(Default)]
pub(in super::super) struct Values {
    /// By attribute.
    pub kept: Attributes,
    /// The faults of those that do not fit their attributes.
    pub faults: Vec<ValueFault>,
    /// The number of those that are left out.
    pub left_out: usize,
}

impl Names<'_> {
    /// Returns the values of a span by attribute, and the faults of those that do not fit. A value is converted to the kind
    /// of its attribute if nothing is lost; otherwise its words are kept as a text.
    pub fn values(&mut self, given: Vec<(String, DraftValue)>, at: At<'_>) -> Values {
        let mut values = Values::default();
        for (name, value) in given {
            let value = self.attribute(&name, at).map(|id| {
                let value = self.value(&id, value);
                values.faults.extend(self.fault(&id, &value));
                (id.clone(), self.listed(&id, value, at))
            });
            let Some((id, (value, left_out))) = value else {
                values.left_out += 1;
                continue;
            };
            values.left_out += left_out;
            if let Some(value) = value {
                values.kept.insert(id, value);
            }
        }
        values
    }

    /// Returns a value whose actors or issue the project has or gets, or what was chosen instead, and the number of names
    /// that are left out. `None` if none is left.
    fn listed(&mut self, id: &AttributeId, value: Value, at: At<'_>) -> (Option<Value>, usize) {
        let kind = match self.kind(id).and_then(AttributeKind::list) {
            Some(ValueList::Actors) => NameKind::Actor,
            Some(ValueList::Issues) => NameKind::Issue,
            Some(ValueList::Own(_)) | None => return (Some(value), 0),
        };
        match value {
            Value::Choice(name) => {
                let name = self.name(kind, name, at);
                let left_out = usize::from(name.is_none());
                (name.map(Value::Choice), left_out)
            }
            Value::Choices(names) => {
                let count = names.len();
                let kept: Vec<SmolStr> =
                    names.into_iter().filter_map(|name| self.name(kind, name, at)).collect();
                let left_out = count - kept.len();
                ((!kept.is_empty()).then(|| Value::Choices(kept.into_iter().collect())), left_out)
            }
            Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::Date(_) => (Some(value), 0),
        }
    }

    /// Returns a name that the project has or gets, or the one that was chosen instead. `None` if it is left out.
    fn name(&mut self, kind: NameKind, name: SmolStr, at: At<'_>) -> Option<SmolStr> {
        let known = if kind == NameKind::Actor { self.project.actors() } else { self.project.issues() };
        let is_known = known.iter().any(|known| *known == name);
        if is_known && !self.unknown.has(kind, &name) {
            return Some(name);
        }
        self.unknown.meet(kind, &name, 1, &self.file, at);
        match self.choices.of(kind, &name) {
            NameChoice::Map(to) if !is_known && known.contains(&to) => Some(to.into()),
            NameChoice::LeaveOut if !is_known => None,
            NameChoice::Map(_) | NameChoice::LeaveOut | NameChoice::Add => Some(name),
        }
    }

    fn value(&self, id: &AttributeId, value: DraftValue) -> Value {
        let value = match value {
            DraftValue::Of(Value::Choice(word)) => Value::Choice(plain(word)),
            DraftValue::Of(Value::Choices(words)) => Value::Choices(words.into_iter().map(plain).collect()),
            DraftValue::Of(value) => value,
            DraftValue::Words(words) => {
                Value::Choices(words.into_iter().map(|word| self.choice(id, word)).collect())
            }
            DraftValue::Word(word) => self.word(id, word),
        };
        // A text that is no entry of a new list is kept to the letter.
        let is_kept =
            self.known_kind(id).is_none() && matches!(&value, Value::Text(text) if text.contains('\n'));
        match self.kind(id) {
            Some(kind) if !is_kept => kind.adopt(value),
            _ => value,
        }
    }

    /// Returns the fault of a value. Entries that a list lacks are one only for choices of the project: other lists are
    /// extended.
    fn fault(&self, id: &AttributeId, value: &Value) -> Option<ValueFault> {
        if !self.kind(id)?.takes(value) {
            let (name, kind) = (self.name_of(id), self.kind(id)?.with_list(Vec::new()));
            return Some(ValueFault::WrongKind { name, kind, value: value.to_string() });
        }
        let fault = self.project.codebook().attribute(id)?.check(value, self.project).err()?;
        let extends = match self.known_kind(id).map(AttributeKind::list) {
            Some(Some(ValueList::Own(_))) => false,
            Some(Some(ValueList::Actors | ValueList::Issues) | None) | None => true,
        };
        (!extends).then_some(fault)
    }

    fn name_of(&self, id: &AttributeId) -> String {
        let known = self.project.codebook().attribute(id).or_else(|| defined(&self.codebook, id));
        known.map_or_else(|| id.to_string(), |attribute| attribute.name.clone())
    }

    /// Records the value of an attribute, so that a new attribute gets a kind that takes all values of the file.
    pub(super) fn meet_value(&mut self, name: &str, value: &DraftValue) {
        let kind = match value {
            DraftValue::Of(value) => AttributeKind::from_value(value),
            // As an entry of a list it would lose its line ends.
            DraftValue::Word(word) if word.contains('\n') => AttributeKind::Text,
            DraftValue::Word(_) => AttributeKind::Choice(Vec::new()),
            DraftValue::Words(_) => AttributeKind::Choices(Vec::new()),
        };
        let id = AttributeId::new(or_unnamed(name));
        match self.common_kinds.get_mut(&id) {
            Some(known) => *known = common_kind(known, kind),
            None => {
                self.common_kinds.insert(id, kind);
            }
        }
    }

    fn word(&self, id: &AttributeId, word: String) -> Value {
        let Some(kind) = self.kind(id) else { return Value::Choice(plain(word.into())) };
        match kind {
            AttributeKind::Text => Value::Text(word),
            AttributeKind::Date => Value::Date(word.into()),
            AttributeKind::Choices(_) | AttributeKind::Actors
                if kind.choices(self.project).any(|choice| choice == word) =>
            {
                Value::Choices([word.into()].into())
            }
            AttributeKind::Choices(_) | AttributeKind::Actors => {
                let words = word.split(';').map(str::trim).filter(|word| !word.is_empty());
                Value::Choices(words.map(|word| self.choice(id, word.to_owned())).collect())
            }
            AttributeKind::Number | AttributeKind::Flag => kind.adopt(Value::Text(word)),
            _ if word.contains('\n') => Value::Text(word),
            AttributeKind::Choice(_) | AttributeKind::Actor | AttributeKind::Issue => {
                Value::Choice(self.choice(id, word))
            }
        }
    }

    /// Returns the choice for a word: itself, or the one in a list of the project or the file's codebook that a format had
    /// to write in this way.
    fn choice(&self, id: &AttributeId, word: String) -> SmolStr {
        let listed =
            self.known_kind(id).or_else(|| defined(&self.codebook, id).map(|attribute| &attribute.kind));
        let known = || listed.into_iter().flat_map(|kind| kind.choices(self.project));
        let alike = || known().find(|choice| folded(choice) == folded(&word));
        known()
            .find(|choice| *choice == word)
            .or_else(alike)
            .map_or_else(|| plain(SmolStr::new(&word)), SmolStr::new)
    }

    /// Extends the attributes for the values of a new span.
    pub fn add_values(&mut self, attributes: &Attributes) {
        for (id, value) in attributes {
            if self.known_kind(id).is_none() {
                self.widen(id, value);
            }
            match self.kind(id).and_then(AttributeKind::list) {
                Some(ValueList::Actors) => add_new(&mut self.additions.actors, self.project.actors(), value),
                Some(ValueList::Issues) => add_new(&mut self.additions.issues, self.project.issues(), value),
                Some(ValueList::Own(_)) | None => {}
            }
        }
    }

    /// Returns an attribute that takes this value as well.
    fn widen(&mut self, id: &AttributeId, value: &Value) {
        let kind = self.kinds.entry(id.clone()).or_insert_with(|| {
            self.additions.attributes.push(id.clone());
            let defined = defined(&self.codebook, id).map(|defined| &defined.kind);
            let kind = defined.or_else(|| self.common_kinds.get(id)).cloned();
            kind.unwrap_or_else(|| AttributeKind::from_value(value))
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

/// Returns the kind that takes the values of two kinds.
fn common_kind(known: &AttributeKind, new: AttributeKind) -> AttributeKind {
    let is_choice =
        |kind: &AttributeKind| matches!(kind, AttributeKind::Choice(_) | AttributeKind::Choices(_));
    if known.is_same(&new) {
        new
    } else if is_choice(known) && is_choice(&new) {
        AttributeKind::Choices(Vec::new())
    } else {
        AttributeKind::Text
    }
}

fn add_new(added: &mut Vec<String>, known: &[String], value: &Value) {
    for choice in value.choices() {
        if !known.iter().chain(&*added).any(|other| other == choice.as_str()) {
            added.push(choice.to_string());
        }
    }
}
