//! The features of passages.

use std::collections::BTreeMap;

use crate::codebook::Names;
use crate::export::Scope;
use demarche_model::{AttributeId, Value};

use super::{COMMENT, LABEL};

/// The features that the passages of a scope use besides their category.
pub(in crate::export) struct Features {
    /// Attributes in the order of the codebook, then those that it lacks.
    pub attributes: Vec<Feature>,
    /// Whether a passage has a note.
    pub notes: bool,
    /// Whether links are exported.
    pub links: bool,
}

/// An attribute and the feature that holds it.
pub(in crate::export) struct Feature {
    /// The attribute.
    pub attribute: AttributeId,
    /// The name of the feature: letters, digits and `_`.
    pub name: String,
    /// The kind of all of its values.
    pub kind: FeatureKind,
}

/// The kind of value that a feature holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::export) enum FeatureKind {
    /// Text, also used where passages have values of several kinds.
    Text,
    /// Yes or no.
    Flag,
    /// A number that 32 bits hold, as INCEpTION keeps them.
    Number,
    /// Several texts.
    List,
}

impl FeatureKind {
    fn of(value: &Value) -> Self {
        match value {
            Value::Number(number) if (*number as f32).to_string() == number.to_string() => Self::Number,
            Value::Choice(_) | Value::Text(_) | Value::Date(_) | Value::Number(_) => Self::Text,
            Value::Choices(_) => Self::List,
            Value::Flag(_) => Self::Flag,
        }
    }
}

impl Features {
    /// Collects the features of all passages in a scope. `reserved` are names that no attribute gets.
    pub fn new(scope: &Scope<'_>, reserved: &[&str]) -> Self {
        let mut used: BTreeMap<&AttributeId, FeatureKind> = BTreeMap::new();
        let (mut notes, mut links) = (false, false);
        for document in scope.documents() {
            for (_, layer) in scope.layers(document) {
                links |= layer.links().next().is_some();
                for span in scope.spans(layer) {
                    notes |= !span.note.is_empty();
                    for (id, value) in &span.attributes {
                        let kind = FeatureKind::of(value);
                        let known = used.entry(id).or_insert(kind);
                        if *known != kind {
                            *known = FeatureKind::Text;
                        }
                    }
                }
            }
        }
        let listed = scope.project.codebook().attributes.iter().map(|attribute| &attribute.id);
        let mut ordered: Vec<(&AttributeId, FeatureKind)> =
            listed.filter_map(|id| used.remove_entry(id)).collect();
        ordered.extend(used);
        let mut names = Names::default();
        for reserved in [LABEL, COMMENT, "begin", "end", "sofa"].iter().chain(reserved) {
            names.free(reserved);
        }
        let attributes = ordered.into_iter().map(|(id, kind)| Feature {
            attribute: id.clone(),
            name: names.free(&safe(id.as_str())).replace('-', "_"),
            kind,
        });
        Self { attributes: attributes.collect(), notes, links }
    }
}

/// Converts a name into one that a feature can have.
fn safe(name: &str) -> String {
    let safe: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if safe.starts_with(|c: char| c.is_numeric()) { format!("_{safe}") } else { safe }
}
