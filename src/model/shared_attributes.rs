//! Sharing the attributes of spans.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use super::{Attributes, Value};

/// Lets spans that have the same attributes share them in memory, as most spans of a layer do. Can be used by several
/// threads at once.
///
/// ```
/// use demarche_model::{Attributes, SharedAttributes, Value};
///
/// let shared = SharedAttributes::default();
/// let attributes = || Attributes::from([("actor".into(), Value::Choice("Norvania".into()))]);
/// let (first, second) = (shared.get(attributes()), shared.get(attributes()));
/// assert!(first.is_shared_with(&second) && !first.is_shared_with(&attributes()));
/// ```
#[derive(Default)]
pub struct SharedAttributes(Mutex<HashMap<u64, Vec<Attributes>>>);

impl SharedAttributes {
    /// Returns attributes equal to these, which share memory with those that were returned before.
    #[must_use]
    pub fn get(&self, attributes: Attributes) -> Attributes {
        if attributes.is_empty() {
            return attributes;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let alike = known.entry(hash(&attributes)).or_default();
        if let Some(same) = alike.iter().find(|known| **known == attributes) {
            return same.clone();
        }
        alike.push(attributes.clone());
        attributes
    }
}

/// Tells apart 0 and −0, which are equal numbers.
fn hash(attributes: &Attributes) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (id, value) in attributes {
        id.hash(&mut hasher);
        std::mem::discriminant(value).hash(&mut hasher);
        match value {
            Value::Choice(text) | Value::Date(text) => text.hash(&mut hasher),
            Value::Choices(entries) => entries.hash(&mut hasher),
            Value::Text(text) => text.hash(&mut hasher),
            Value::Number(number) => number.to_bits().hash(&mut hasher),
            Value::Flag(flag) => flag.hash(&mut hasher),
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_copy_leaves_the_others_alone() {
        let shared = SharedAttributes::default();
        let number = |number| Attributes::from([("deadline".into(), Value::Number(number))]);
        let first = shared.get(number(0.0));
        let mut second = shared.get(number(0.0));
        assert!(first.is_shared_with(&second));
        second.insert("deadline".into(), Value::Number(2.0));
        assert_eq!((&first, &second), (&number(0.0), &number(2.0)));
        assert!(!shared.get(number(-0.0)).is_shared_with(&first));
    }
}
