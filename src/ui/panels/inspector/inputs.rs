//! Inputs of the attribute rows: the passages that they edit, and the values that these have.

use std::sync::Arc;

use egui::Id;

use demarche_model::{AttributeDef, SpanRef, Value};
use demarche_session::{AnnotateAction, SelectedSummary, Session};

use super::field::Draft;
use crate::requests::Requests;

/// The passages whose attributes are shown.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub session: &'a Session,
    /// The selected passages.
    pub at: &'a [SpanRef],
    /// The values that they have in common.
    pub common: &'a SelectedSummary,
    /// Whether the values can be edited.
    pub editable: bool,
}

/// An attribute with its key and its value.
pub(super) struct AttributeRow<'a> {
    pub attribute: &'a Arc<AttributeDef>,
    pub letter: Option<char>,
    pub value: CommonValue<'a>,
}

/// The value of an attribute of the selected passages.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum CommonValue<'a> {
    /// None of them has a value.
    Unset,
    /// All of them have this value.
    Same(&'a Value),
    /// They have different values.
    Several,
}

impl<'a> CommonValue<'a> {
    pub fn new(common: &'a SelectedSummary, attribute: &AttributeDef) -> Self {
        match common.values.get(&attribute.id) {
            None => Self::Unset,
            Some(Some(value)) => Self::Same(value),
            Some(None) => Self::Several,
        }
    }

    /// Returns the value that all of them have.
    pub fn value(self) -> Option<&'a Value> {
        if let Self::Same(value) = self { Some(value) } else { None }
    }
}

impl Inputs<'_> {
    /// Sets or clears an attribute of the selected passages.
    pub fn set(self, attribute: &AttributeDef, to: Option<Value>, requests: &mut Requests) {
        requests.push(AnnotateAction::SetAttribute {
            at: self.at.to_vec(),
            attribute: attribute.id.clone(),
            to,
        });
    }

    /// Returns the value of the previous passage, if the attribute has none yet.
    pub fn previous(self, row: &AttributeRow<'_>) -> Option<Value> {
        let is_empty = row.value == CommonValue::Unset;
        is_empty.then(|| self.session.previous_value(&row.attribute.id)).flatten()
    }

    /// Returns the draft of a value that is being typed.
    pub fn draft(self, attribute: &AttributeDef, text: String) -> Draft {
        Draft { at: self.at.to_vec(), attribute: attribute.id.clone(), text, error: None }
    }
}

/// Returns the id of the field of an attribute.
pub(super) fn field_id(attribute: &AttributeDef) -> Id {
    Id::unique(("attribute", attribute.id.as_str()))
}
