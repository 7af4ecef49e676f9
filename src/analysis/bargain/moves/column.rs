//! The values of an attribute by number, for tables of attributes that mean nothing to the ledger.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap as FastMap;
use smol_str::SmolStr;

use super::Moves;
use crate::bargain::{DocumentIndex, PassageIndex};
use demarche_model::{AttributeId, Project, Span, Value};

/// The values of an attribute: for each passage the number of its set of texts.
#[derive(Clone, Debug, Default)]
pub struct AttributeColumn {
    /// The sets that occur; the first is empty.
    sets: Vec<Box<[SmolStr]>>,
    numbers: FastMap<Box<[SmolStr]>, u32>,
    /// The numbers of sets of one text.
    singles: FastMap<SmolStr, u32>,
    /// The number of the set of each passage, by index.
    of_passage: Vec<u32>,
    /// For each document, true if its passages have been read since it was changed last.
    is_read: Vec<bool>,
}

impl AttributeColumn {
    /// The number of the set of a passage.
    pub fn number(&self, passage: PassageIndex) -> usize {
        self.of_passage.get(passage.get()).map_or(0, |number| *number as usize)
    }

    /// The texts of a set, none of which is blank.
    pub fn texts(&self, number: usize) -> &[SmolStr] {
        self.sets.get(number).map_or(&[], |texts| &**texts)
    }

    fn set(&mut self, value: Option<&Value>) -> u32 {
        let one = match value {
            None => return 0,
            Some(Value::Choice(text) | Value::Date(text)) => Some(text),
            Some(Value::Choices(_) | Value::Text(_) | Value::Number(_) | Value::Flag(_)) => None,
        };
        if let Some(known) = one.and_then(|text| self.singles.get(text)) {
            return *known;
        }
        let texts = value.into_iter().flat_map(Value::texts).filter(|text| !text.trim().is_empty());
        let number = self.number_of(texts.map(SmolStr::from).collect());
        if let Some(text) = one {
            self.singles.insert(text.clone(), number);
        }
        number
    }

    fn number_of(&mut self, texts: Box<[SmolStr]>) -> u32 {
        if let Some(known) = self.numbers.get(&texts) {
            return *known;
        }
        let next = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
        self.sets.push(texts.clone());
        self.numbers.insert(texts, next);
        next
    }

    fn is_current(&self) -> bool {
        !self.sets.is_empty() && self.is_read.iter().all(|is_read| *is_read)
    }
}

/// The columns that have been asked for. A document that is changed is read again by the next who asks.
#[derive(Debug, Default)]
pub(super) struct Columns(Mutex<BTreeMap<AttributeId, Arc<AttributeColumn>>>);

impl Clone for Columns {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()))
    }
}

impl Columns {
    /// Notes that a document has changed.
    pub fn forget(&mut self, document: DocumentIndex) {
        for column in self.0.get_mut().unwrap_or_else(PoisonError::into_inner).values_mut() {
            if let Some(is_read) = Arc::make_mut(column).is_read.get_mut(document.get()) {
                *is_read = false;
            }
        }
    }
}

impl Moves {
    /// The values of an attribute. The project must be the one that the moves were read from.
    pub fn column(&self, project: &Project, attribute: &AttributeId) -> Arc<AttributeColumn> {
        let mut columns = self.columns.0.lock().unwrap_or_else(PoisonError::into_inner);
        let column = columns.entry(attribute.clone()).or_default();
        if !column.is_current() || column.of_passage.len() < self.passages.len() {
            self.read_column(project, attribute, Arc::make_mut(column));
        }
        column.clone()
    }

    fn read_column(&self, project: &Project, attribute: &AttributeId, column: &mut AttributeColumn) {
        if column.sets.is_empty() {
            column.number_of(Box::default());
        }
        column.of_passage.resize(self.passages.len(), 0);
        column.is_read.resize(self.documents.len(), false);
        for (index, document) in (0..).map(DocumentIndex).zip(project.documents()) {
            if column.is_read.get(index.get()) != Some(&false) {
                continue;
            }
            column.is_read[index.get()] = true;
            for (owner, layer) in self.reading.layers(document) {
                let Some(owner) = self.owners.iter().position(|known| known == owner) else { continue };
                let mut read = |span: &Span| {
                    if let Some(index) =
                        self.at((index, span.id)).filter(|index| self.get(*index).owner.get() == owner)
                    {
                        column.of_passage[index.get()] = column.set(span.attributes.get(attribute));
                    }
                };
                layer.spans_unsorted().for_each(|span| read(span));
                let lost = layer.detached().filter_map(|(_, detached)| detached.claim.as_ref());
                lost.for_each(|claim| read(&claim.span));
            }
        }
    }
}
