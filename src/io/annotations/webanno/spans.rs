//! Features of a passage as its category, note and attributes, in all versions of the format.

use std::collections::{HashMap, HashSet};

use super::schema::Layer;
use crate::annotations::{DraftSpan, DraftValue};
use crate::export::inception::COMMENT;
use demarche_model::Value;

/// Returns a range in the offsets of drafts.
pub(super) fn range(start: usize, end: usize) -> (i64, i64) {
    let offset = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    (offset(start), offset(end))
}

/// Returns the features all of whose values are true or false, as those of yes and no in INCEpTION.
pub(super) fn flags<'v>(values: impl Iterator<Item = &'v (String, String)>) -> HashSet<String> {
    let mut flags: HashMap<&str, bool> = HashMap::new();
    for (feature, value) in values {
        let is_flag = matches!(value.as_str(), "true" | "false");
        flags.entry(feature).and_modify(|all| *all &= is_flag).or_insert(is_flag);
    }
    flags.into_iter().filter(|(_, all)| *all).map(|(feature, _)| feature.to_owned()).collect()
}

/// Adds the features of a passage. The category is that of its layer if no feature holds one.
pub(super) fn with_values(
    mut span: DraftSpan,
    layer: &Layer,
    values: Vec<(String, String)>,
    flags: &HashSet<String>,
) -> DraftSpan {
    layer.short().clone_into(&mut span.category);
    for (feature, value) in values {
        if layer.category.as_ref() == Some(&feature) {
            span.category = value;
        } else if feature == COMMENT {
            span.note = value;
        } else {
            let value = match flags.contains(&feature) {
                true => DraftValue::Of(Value::Flag(value == "true")),
                false => DraftValue::Word(value),
            };
            span.attributes.push((feature, value));
        }
    }
    span
}
