//! The GUIDs of codes.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::SCHEME;
use demarche_model::{Category, CategoryId};

/// The namespace that names are hashed with, so that the GUID of the category `threat` is Demarche's own.
const SPACE: &[u8] = b"https://demarche.example/";

/// Returns a GUID that depends only on the id of a category.
pub(super) fn derived(id: &CategoryId) -> Uuid {
    hashed("category", id.as_str())
}

/// Returns a GUID that depends only on the sort of a thing and its name: the first 128 bits of a SHA-256, marked as UUID
/// version 8 (RFC 9562, section 5.8).
pub(crate) fn hashed(sort: &str, name: &str) -> Uuid {
    let hash =
        Sha256::new().chain_update(SPACE).chain_update(sort).chain_update("/").chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = (bytes[6] & 0x0F) | 0x80;
    bytes[8] = (bytes[8] & 0x3F) | 0x80;
    Uuid::from_bytes(bytes)
}

/// Returns the GUID that another program has given the category, verbatim.
pub(super) fn kept(category: &Category) -> Option<&str> {
    match category.codes.get(SCHEME)?.as_slice() {
        [guid] if is_guid(guid) => Some(guid),
        _ => None,
    }
}

/// Returns whether a text is a GUID by the schema: five groups of hexadecimal digits, optionally in braces.
pub(super) fn is_guid(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
    inner.len() == 36 && Uuid::try_parse(inner).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{derived, is_guid};

    #[test]
    fn a_guid_depends_on_the_id() {
        let guid = derived(&"threat".into());
        assert_eq!(guid, derived(&"threat".into()));
        assert_ne!(guid, derived(&"Threat".into()));
        assert_eq!(guid.get_version_num(), 8);
        assert_eq!(guid.get_variant(), uuid::Variant::RFC4122);
    }

    #[test]
    fn braces_are_allowed_and_nothing_else() {
        let guid = "0190aBcd-0000-7000-8000-000000000001";
        assert!(is_guid(guid) && is_guid(&format!("{{{guid}}}")));
        for bad in ["", "1", "0190abcd000070008000000000000001", "{0190abcd-0000-7000-8000-000000000001"] {
            assert!(!is_guid(bad), "{bad}");
        }
    }
}
