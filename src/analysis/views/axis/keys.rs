//! Numbers for rows and columns.

use std::collections::HashMap;

use super::{Group, GroupKey, Placer};
use crate::bargain::Bin;

/// The keys of an axis, each with its number in the order of first use.
#[derive(Default)]
pub(in crate::views) struct Keys {
    keys: Vec<GroupKey>,
    /// The numbers of keys that are numbers themselves. Those of one axis are of one kind.
    by_place: Vec<Option<u32>>,
    others: HashMap<GroupKey, u32>,
}

impl Keys {
    /// The number of a key.
    pub fn number(&mut self, key: &GroupKey) -> u32 {
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let Some(place) = place(key) else {
            return match self.others.get(key) {
                Some(known) => *known,
                None => {
                    self.others.insert(key.clone(), next);
                    self.keys.push(key.clone());
                    next
                }
            };
        };
        if self.by_place.len() <= place {
            self.by_place.resize(place + 1, None);
        }
        *self.by_place[place].get_or_insert_with(|| {
            self.keys.push(key.clone());
            next
        })
    }

    /// The groups in their order, and the place of each number among them.
    pub fn groups(&self, placer: &Placer<'_, '_>) -> (Vec<Group>, Vec<u32>) {
        let order = placer.order(self.keys.clone());
        let place_of: HashMap<&GroupKey, u32> = order.iter().zip(0..).collect();
        let places = self.keys.iter().map(|key| place_of.get(key).copied().unwrap_or_default()).collect();
        (order.iter().map(|key| placer.group(key.clone())).collect(), places)
    }
}

/// The key as a small number, if it is one.
fn place(key: &GroupKey) -> Option<usize> {
    match key {
        GroupKey::NotSpecified => Some(0),
        GroupKey::Actor(id) => Some(1 + id.get()),
        GroupKey::Issue(id) => Some(1 + id.get()),
        GroupKey::Category(category) => Some(1 + category.get()),
        GroupKey::Kind(kind) => Some(1 + kind.place()),
        GroupKey::Document(document) => Some(1 + document.get()),
        GroupKey::Quad(_)
        | GroupKey::Year(_)
        | GroupKey::Bin(
            Bin::Document(_)
            | Bin::Days(_)
            | Bin::Phase(_)
            | Bin::NoPhase
            | Bin::Coarse(_)
            | Bin::Undated
            | Bin::Reported,
        )
        | GroupKey::Coder(..)
        | GroupKey::Verdict(_)
        | GroupKey::Text(..) => None,
    }
}
