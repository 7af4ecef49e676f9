//! What the rows of attributes are about: the chosen passages, and what is said of them.

use std::sync::Arc;

use egui::Id;

use demarche_model::{AttributeDef, SpanRef, Value};
use demarche_session::{AnnotateAction, SelectedSummary, Session};

use super::field::Draft;
use crate::requests::Requests;

/// Whose attributes are shown.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub session: &'a Session,
    /// The chosen passages.
    pub at: &'a [SpanRef],
    /// What they have in common.
    pub common: &'a SelectedSummary,
    /// Whether anything can be changed.
    pub editable: bool,
}

/// An attribute with the letter that leads to it, and what is said.
pub(super) struct Line<'a> {
    pub attribute: &'a Arc<AttributeDef>,
    pub letter: Option<char>,
    pub value: Said<'a>,
}

/// What is said of the chosen passages.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Said<'a> {
    Nothing,
    Same(&'a Value),
    /// Not the same of all of them.
    Several,
}

impl<'a> Said<'a> {
    pub fn of(common: &'a SelectedSummary, attribute: &AttributeDef) -> Self {
        match common.values.get(&attribute.id) {
            None => Self::Nothing,
            Some(Some(value)) => Self::Same(value),
            Some(None) => Self::Several,
        }
    }

    /// The value, where there is one.
    pub fn value(self) -> Option<&'a Value> {
        if let Self::Same(value) = self { Some(value) } else { None }
    }
}

impl Desk<'_> {
    /// Sets or clears an attribute of the chosen passages.
    pub fn set(self, attribute: &AttributeDef, to: Option<Value>, requests: &mut Requests) {
        requests.push(AnnotateAction::SetAttribute {
            at: self.at.to_vec(),
            attribute: attribute.id.clone(),
            to,
        });
    }

    /// What is being typed for an attribute.
    pub fn draft(self, attribute: &AttributeDef, text: String) -> Draft {
        Draft { at: self.at.to_vec(), of: attribute.id.clone(), text, error: None }
    }
}

/// The id of the field in which an attribute is typed.
pub(super) fn field_id(attribute: &AttributeDef) -> Id {
    Id::unique(("attribute", attribute.id.as_str()))
}
