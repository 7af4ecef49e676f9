//! Reading a JSON object field by field, so that one bad value doesn't cost the others.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads an object. A field with a value that can't be read keeps its default; unknown fields are ignored. Returns `None`
/// if the text is not a JSON object.
pub(super) fn read<T: Default + Serialize + DeserializeOwned>(json: &[u8]) -> Option<T> {
    let Value::Object(fields) = serde_json::from_slice(json).ok()? else { return None };
    if let Ok(all) = serde_json::from_value(Value::Object(fields.clone())) {
        return Some(all);
    }
    let mut good = serde_json::Map::new();
    for (name, value) in fields {
        good.insert(name.clone(), value);
        if serde_json::from_value::<T>(Value::Object(good.clone())).is_err() {
            good.remove(&name);
        }
    }
    serde_json::from_value(Value::Object(good)).ok()
}
