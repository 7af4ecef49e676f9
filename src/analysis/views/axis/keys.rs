//! Numbers for rows and columns.

use std::collections::HashMap;

use super::placer::UNLISTED;
use super::{Group, GroupKey, Placer};
use crate::bargain::{Bin, Passage, PassageIndex};

/// The places of passages on an axis, each with its number in the order of first use.
pub(in crate::views) struct Keys<'p, 'l, 'a> {
    placer: &'p Placer<'l, 'a>,
    keys: Vec<GroupKey>,
    /// The numbers of keys that are numbers themselves. Those of one axis are of one kind.
    by_place: Vec<Option<u32>>,
    others: HashMap<GroupKey, u32>,
    /// For each [source](Placer::source) of places, where its numbers are.
    known: Vec<Option<(usize, usize)>>,
    numbers: Vec<u32>,
    of_passage: Vec<GroupKey>,
    numbers_of_passage: Vec<u32>,
}

impl<'p, 'l, 'a> Keys<'p, 'l, 'a> {
    pub fn new(placer: &'p Placer<'l, 'a>) -> Self {
        Self {
            placer,
            keys: Vec::new(),
            by_place: Vec::new(),
            others: HashMap::new(),
            known: Vec::new(),
            numbers: Vec::new(),
            of_passage: Vec::new(),
            numbers_of_passage: Vec::new(),
        }
    }

    /// The numbers of the places of a passage, at least one.
    pub fn of(&mut self, index: PassageIndex, passage: &Passage) -> &[u32] {
        let Some(source) = self.placer.source(index, passage) else {
            self.find(index, passage);
            return &self.numbers_of_passage;
        };
        if self.known.len() <= source {
            self.known.resize(source + 1, None);
        }
        let (start, end) = match self.known[source] {
            Some(known) => known,
            None => {
                self.find(index, passage);
                let start = self.numbers.len();
                self.numbers.extend_from_slice(&self.numbers_of_passage);
                *self.known[source].insert((start, self.numbers.len()))
            }
        };
        &self.numbers[start..end]
    }

    fn find(&mut self, index: PassageIndex, passage: &Passage) {
        let mut keys = std::mem::take(&mut self.of_passage);
        self.placer.keys(index, passage, &mut keys);
        self.numbers_of_passage.clear();
        for key in &keys {
            let number = self.number(key);
            self.numbers_of_passage.push(number);
        }
        self.of_passage = keys;
    }

    fn number(&mut self, key: &GroupKey) -> u32 {
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
    pub fn groups(&self) -> (Vec<Group>, Vec<u32>) {
        let order = self.placer.order(self.keys.clone());
        let place_of: HashMap<&GroupKey, u32> = order.iter().zip(0..).collect();
        let places = self.keys.iter().map(|key| place_of.get(key).copied().unwrap_or_default()).collect();
        (order.iter().map(|key| self.placer.group(key.clone())).collect(), places)
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
        GroupKey::Text(place, _) if *place != UNLISTED => Some(1 + place),
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
