//! The meanings of attributes in `project.ron` and in codebook files.

use serde::Deserialize;

use super::compose::{joined, string};
use demarche_model::{AttributeDef, AttributeKind, Codebook, Meaning};

/// A meaning as in the file.
#[derive(Deserialize)]
#[serde(rename = "meaning")]
pub(super) enum WireMeaning {
    Actor,
    Target,
    Issue,
    Speaker,
    Conditional,
    Negated,
    Hypothetical(String),
    Past(String),
    When,
    Position,
}

impl From<WireMeaning> for Meaning {
    fn from(wire: WireMeaning) -> Self {
        match wire {
            WireMeaning::Actor => Self::Actor,
            WireMeaning::Target => Self::Target,
            WireMeaning::Issue => Self::Issue,
            WireMeaning::Speaker => Self::Speaker,
            WireMeaning::Conditional => Self::Conditional,
            WireMeaning::Negated => Self::Negated,
            WireMeaning::Hypothetical(value) => Self::Hypothetical(value.into()),
            WireMeaning::Past(value) => Self::Past(value.into()),
            WireMeaning::When => Self::When,
            WireMeaning::Position => Self::Position,
        }
    }
}

/// Returns whether a codebook has fields that the first formats lack: meanings, units, kinds of link that answer, or
/// attributes of several actors.
pub(super) fn has_meanings(codebook: &Codebook) -> bool {
    codebook.attributes.iter().any(|attribute| attribute_has_meanings(attribute))
        || codebook.link_kinds.iter().any(|kind| kind.answers.is_some())
}

/// Returns the same for an attribute.
pub(super) fn attribute_has_meanings(attribute: &AttributeDef) -> bool {
    attribute.kind == AttributeKind::Actors || !attribute.means.is_empty() || attribute.unit.is_some()
}

/// Writes a meaning in the form that [`WireMeaning`] reads.
pub(super) fn write_meaning(out: &mut String, meaning: &Meaning) {
    out.push_str(match meaning {
        Meaning::Actor => "Actor",
        Meaning::Target => "Target",
        Meaning::Issue => "Issue",
        Meaning::Speaker => "Speaker",
        Meaning::Conditional => "Conditional",
        Meaning::Negated => "Negated",
        Meaning::Hypothetical(_) => "Hypothetical",
        Meaning::Past(_) => "Past",
        Meaning::When => "When",
        Meaning::Position => "Position",
    });
    if let Some(value) = meaning.value() {
        joined(out, ['(', ')'], [value], |out, value| string(out, value));
    }
}
