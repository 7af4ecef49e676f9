//! The choice of coders.

use super::super::ast::{Condition, Field, Value};
use super::super::bound::Node;
use super::super::error::{BindError, BindFault};
use super::super::vocabulary::{EVERYONE, FINAL};
use super::names::{Entry, error, find};
use super::{Binder, Place, entries};
use crate::bargain::CoderChoice;

impl Binder<'_> {
    /// Records the coders of `coder:`, which lets every passage through.
    pub(super) fn choose_coders(&mut self, condition: &Condition, place: Place) -> Result<Node, BindError> {
        let fault = match place {
            Place::Negated => Some(BindFault::CoderNegated),
            Place::Nested => Some(BindFault::CoderNested),
            Place::Top if self.coders.is_some() => Some(BindFault::CoderTwice),
            Place::Top => None,
        };
        if let Some(fault) = fault {
            return Err(BindError { at: condition.position(), fault });
        }
        self.coders = Some(self.coders_of(condition.values())?);
        Ok(Node::Every)
    }

    fn coders_of(&self, values: &[Value]) -> Result<CoderChoice, BindError> {
        let people = entries::coders(self.project);
        let people: Vec<_> =
            people.iter().map(|(id, name)| Entry { id: id.as_str(), name, item: id }).collect();
        let mut chosen = Vec::new();
        for value in values {
            if let Some((word, coders)) = choice(value) {
                let alone = values.len() == 1;
                return if alone { Ok(coders) } else { Err(error(value, BindFault::CoderAlone(word))) };
            }
            if let Some(keyword) = value.keyword() {
                let (field, word) = (Field::Coder, keyword.word());
                return Err(error(value, BindFault::KeywordNotTaken { field, word }));
            }
            for id in find(&Field::Coder, value, &people)? {
                if !chosen.contains(id) {
                    chosen.push(id.clone());
                }
            }
        }
        Ok(CoderChoice::People(chosen))
    }
}

/// The choice that a word stands for, unless it is a name.
fn choice(value: &Value) -> Option<(&'static str, CoderChoice)> {
    let choices = [(FINAL, CoderChoice::Final), (EVERYONE, CoderChoice::Everyone)];
    let is_word = !value.is_quoted() && !value.is_exact() && !value.is_prefix();
    choices.into_iter().find(|(word, _)| is_word && *word == value.text())
}
