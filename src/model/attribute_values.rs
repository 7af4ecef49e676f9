//! The attributes of a span.

use std::fmt;
use std::{iter, slice, vec};

use super::{AttributeId, Value};

/// The attributes of a span, by id: a map in a list. A span has few of them, and a project may have a million spans; a
/// tree would take several times the memory.
///
/// ```
/// use demarche_model::{Attributes, Value};
///
/// let mut attributes = Attributes::from([("target".into(), Value::Flag(true)), ("actor".into(), Value::Flag(false))]);
/// assert_eq!(attributes.insert("actor".into(), Value::Number(2.0)), Some(Value::Flag(false)));
/// let ids: Vec<&str> = attributes.keys().map(|id| id.as_str()).collect();
/// assert_eq!(ids, ["actor", "target"]);
/// ```
#[derive(Clone, PartialEq, Default)]
pub struct Attributes(Vec<Attribute>);

/// An id and its value.
type Attribute = (AttributeId, Value);

/// The attributes by id.
pub type AttributesIter<'a> = iter::Map<slice::Iter<'a, Attribute>, fn(&Attribute) -> (&AttributeId, &Value)>;

impl Attributes {
    /// No attributes.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The position of an id, or where to insert it.
    fn position(&self, id: &AttributeId) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(id))
    }

    /// The number of attributes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of an attribute.
    pub fn get(&self, id: &AttributeId) -> Option<&Value> {
        self.position(id).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// The value of an attribute, to change it.
    pub fn get_mut(&mut self, id: &AttributeId) -> Option<&mut Value> {
        self.position(id).ok().and_then(|at| self.0.get_mut(at)).map(|(_, value)| value)
    }

    /// True if there is a value for this attribute.
    pub fn contains_key(&self, id: &AttributeId) -> bool {
        self.position(id).is_ok()
    }

    /// Sets the value of an attribute. Returns the previous one.
    pub fn insert(&mut self, id: AttributeId, value: Value) -> Option<Value> {
        match self.position(&id) {
            Ok(at) => self.0.get_mut(at).map(|(_, old)| std::mem::replace(old, value)),
            Err(at) => {
                self.0.insert(at, (id, value));
                None
            }
        }
    }

    /// Removes an attribute. Returns its value.
    pub fn remove(&mut self, id: &AttributeId) -> Option<Value> {
        self.position(id).ok().map(|at| self.0.remove(at).1)
    }

    /// Keeps the attributes for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&AttributeId, &Value) -> bool) {
        self.0.retain(|(id, value)| keep(id, value));
    }

    /// All attributes, by id.
    pub fn iter(&self) -> AttributesIter<'_> {
        let parts: fn(&Attribute) -> (&AttributeId, &Value) = |(id, value)| (id, value);
        self.0.iter().map(parts)
    }

    /// The ids, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &AttributeId> + ExactSizeIterator + Clone {
        self.0.iter().map(|(id, _)| id)
    }

    /// The values, in the order of their ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }
}

impl Extend<Attribute> for Attributes {
    fn extend<I: IntoIterator<Item = Attribute>>(&mut self, attributes: I) {
        for (id, value) in attributes {
            self.insert(id, value);
        }
    }
}

impl FromIterator<Attribute> for Attributes {
    /// Of several values for one id, the last counts.
    fn from_iter<I: IntoIterator<Item = Attribute>>(attributes: I) -> Self {
        let attributes = attributes.into_iter();
        let mut all = Self(Vec::with_capacity(attributes.size_hint().0));
        all.extend(attributes);
        all
    }
}

impl<const N: usize> From<[Attribute; N]> for Attributes {
    fn from(attributes: [Attribute; N]) -> Self {
        Self::from_iter(attributes)
    }
}

impl IntoIterator for Attributes {
    type Item = Attribute;
    type IntoIter = vec::IntoIter<Attribute>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Attributes {
    type Item = (&'a AttributeId, &'a Value);
    type IntoIter = AttributesIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_map(steps in proptest::collection::vec((any::<bool>(), 0_u8..8, any::<bool>()), 0..40)) {
            let (mut attributes, mut map) = (Attributes::new(), BTreeMap::new());
            for (sets, id, flag) in steps {
                let (id, value) = (AttributeId::new(format!("a{id}")), Value::Flag(flag));
                if sets {
                    prop_assert_eq!(attributes.insert(id.clone(), value.clone()), map.insert(id.clone(), value));
                } else {
                    prop_assert_eq!(attributes.remove(&id), map.remove(&id));
                }
                prop_assert!(attributes.iter().eq(&map));
                prop_assert_eq!((attributes.get(&id), attributes.contains_key(&id)), (map.get(&id), map.contains_key(&id)));
            }
            prop_assert_eq!(Attributes::from_iter(map.into_iter().rev()), attributes);
        }
    }
}
