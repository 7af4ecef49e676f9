//! The attributes of a span.

use std::fmt;
use std::sync::Arc;
use std::{iter, slice, vec};

use super::{AttributeId, Value};

/// The attributes of a span, by id: a map in a list. A span has few of them, and a project may have a million spans; a
/// tree would take several times the memory. Clones share the list until one is changed, and so do the spans of a layer
/// that have the same attributes; see [`SharedAttributes`].
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
pub struct Attributes(Option<Arc<Vec<Attribute>>>);

/// An id and its value.
type Attribute = (AttributeId, Value);

/// The attributes by id.
pub type AttributesIter<'a> = iter::Map<slice::Iter<'a, Attribute>, fn(&Attribute) -> (&AttributeId, &Value)>;

impl Attributes {
    /// No attributes.
    pub const fn new() -> Self {
        Self(None)
    }

    fn list(&self) -> &[Attribute] {
        self.0.as_ref().map_or(&[], |list| list.as_slice())
    }

    /// Changes the list, which is copied first if it is shared.
    fn change<T>(&mut self, change: impl FnOnce(&mut Vec<Attribute>) -> T) -> T {
        let list = Arc::make_mut(self.0.get_or_insert_default());
        let result = change(list);
        if list.is_empty() {
            self.0 = None;
        }
        result
    }

    /// The position of an id, or where to insert it.
    fn position(&self, id: &AttributeId) -> Result<usize, usize> {
        self.list().binary_search_by(|(known, _)| known.cmp(id))
    }

    /// True if both share one list in memory.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        matches!((&self.0, &other.0), (Some(list), Some(other)) if Arc::ptr_eq(list, other))
    }

    /// The number of attributes.
    pub fn len(&self) -> usize {
        self.list().len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The value of an attribute.
    pub fn get(&self, id: &AttributeId) -> Option<&Value> {
        self.position(id).ok().and_then(|at| self.list().get(at)).map(|(_, value)| value)
    }

    /// The value of an attribute, to change it.
    pub fn get_mut(&mut self, id: &AttributeId) -> Option<&mut Value> {
        let at = self.position(id).ok()?;
        Arc::make_mut(self.0.as_mut()?).get_mut(at).map(|(_, value)| value)
    }

    /// True if there is a value for this attribute.
    pub fn contains_key(&self, id: &AttributeId) -> bool {
        self.position(id).is_ok()
    }

    /// Sets the value of an attribute. Returns the previous one.
    pub fn insert(&mut self, id: AttributeId, value: Value) -> Option<Value> {
        let position = self.position(&id);
        self.change(|list| match position {
            Ok(at) => list.get_mut(at).map(|(_, old)| std::mem::replace(old, value)),
            Err(at) => {
                list.insert(at, (id, value));
                None
            }
        })
    }

    /// Removes an attribute. Returns its value.
    pub fn remove(&mut self, id: &AttributeId) -> Option<Value> {
        let at = self.position(id).ok()?;
        Some(self.change(|list| list.remove(at).1))
    }

    /// Keeps the attributes for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&AttributeId, &Value) -> bool) {
        let kept: Vec<bool> = self.iter().map(|(id, value)| keep(id, value)).collect();
        if kept.contains(&false) {
            let mut kept = kept.into_iter();
            self.change(|list| list.retain(|_| kept.next().unwrap_or(true)));
        }
    }

    /// All attributes, by id.
    pub fn iter(&self) -> AttributesIter<'_> {
        let parts: fn(&Attribute) -> (&AttributeId, &Value) = |(id, value)| (id, value);
        self.list().iter().map(parts)
    }

    /// The ids, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &AttributeId> + ExactSizeIterator + Clone {
        self.list().iter().map(|(id, _)| id)
    }

    /// The values, in the order of their ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator + Clone {
        self.list().iter().map(|(_, value)| value)
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
        let mut all = Self(Some(Arc::new(Vec::with_capacity(attributes.size_hint().0))));
        all.extend(attributes);
        all.0 = all.0.filter(|list| !list.is_empty());
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
        self.0.map(Arc::unwrap_or_clone).unwrap_or_default().into_iter()
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
                prop_assert_eq!(attributes.is_empty(), map.is_empty());
                prop_assert_eq!((attributes.get(&id), attributes.contains_key(&id)), (map.get(&id), map.contains_key(&id)));
            }
            let copy = attributes.clone();
            attributes.retain(|id, _| id.as_str() > "a3");
            prop_assert!(attributes.iter().eq(map.iter().filter(|(id, _)| id.as_str() > "a3")));
            prop_assert_eq!(Attributes::from_iter(map.into_iter().rev()), copy);
        }
    }
}
