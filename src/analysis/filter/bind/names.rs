//! Looks up the names of a filter among those of the project.

use smol_str::SmolStr;

use demarche_model::nearest;

use super::super::ast::{Field, Value};
use super::super::error::{BindError, BindFault};

/// Something that can be named in a filter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a, T> {
    /// Its id; empty if it has none.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The thing.
    pub item: T,
}

impl<'a, T> Entry<'a, T> {
    /// Something that has a name and no id.
    pub fn named(name: &'a str, item: T) -> Self {
        Self { id: "", name, item }
    }
}

/// Returns what a value names: by id, else by name, ignoring case; everything whose id or name begins with it, if it is
/// marked as a beginning.
///
/// # Errors
/// Nothing is called so.
pub(super) fn find<T: Clone>(
    field: &Field,
    value: &Value,
    entries: &[Entry<'_, T>],
) -> Result<Vec<T>, BindError> {
    let wanted = value.text().to_lowercase();
    if wanted.trim().is_empty() {
        return Err(error(value, BindFault::Empty(field.clone())));
    }
    let matching = |is_match: &dyn Fn(&Entry<'_, T>) -> bool| -> Vec<T> {
        entries.iter().filter(|entry| is_match(entry)).map(|entry| entry.item.clone()).collect()
    };
    let found = if value.is_prefix() {
        matching(&|entry| [entry.id, entry.name].iter().any(|name| name.to_lowercase().starts_with(&wanted)))
    } else {
        let by_id = matching(&|entry| entry.id.to_lowercase() == wanted);
        if by_id.is_empty() { matching(&|entry| entry.name.to_lowercase() == wanted) } else { by_id }
    };
    if found.is_empty() { Err(unknown(field, value, entries)) } else { Ok(found) }
}

/// The error of a value that names nothing, with the most similar name.
fn unknown<T>(field: &Field, value: &Value, entries: &[Entry<'_, T>]) -> BindError {
    let names = entries.iter().map(|entry| entry.name);
    let ids = entries.iter().map(|entry| entry.id).filter(|id| !id.is_empty());
    let nearest = nearest(value.text(), names.chain(ids)).map(SmolStr::new);
    let (field, text) = (field.clone(), SmolStr::new(value.text()));
    let fault = if value.is_prefix() {
        BindFault::UnknownBeginning { field, beginning: text, nearest }
    } else {
        BindFault::UnknownName { field, name: text, nearest }
    };
    error(value, fault)
}

/// An error at a value.
pub(super) fn error(value: &Value, fault: BindFault) -> BindError {
    BindError { at: value.position(), fault }
}
