//! The keys that lead to attributes.

use std::sync::Arc;

use demarche_model::AttributeDef;

/// Assigns a letter or digit to each attribute: its own key, the first free letter of its name, or the first free letter
/// or digit. If two attributes have the same key, the first keeps it.
pub(super) fn key_hints(attributes: &[&Arc<AttributeDef>]) -> Vec<Option<char>> {
    let mut taken: Vec<char> = Vec::new();
    let mut out = vec![None; attributes.len()];
    let own = |attribute: &AttributeDef| attribute.hotkey.map(|key| key.to_ascii_lowercase());
    for (attribute, letter) in attributes.iter().zip(&mut out) {
        *letter = own(attribute).filter(|key| !taken.contains(key));
        taken.extend(*letter);
    }
    for (attribute, letter) in attributes.iter().zip(&mut out).filter(|(_, letter)| letter.is_none()) {
        let name = attribute.name.to_lowercase();
        let name: Vec<char> = name.chars().filter(char::is_ascii_alphanumeric).collect();
        *letter = name.into_iter().chain('a'..='z').chain('1'..='9').find(|key| !taken.contains(key));
        taken.extend(*letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::AttributeKind;

    fn attribute(name: &str, hotkey: Option<char>) -> Arc<AttributeDef> {
        Arc::new(AttributeDef {
            id: name.into(),
            name: name.to_owned(),
            kind: AttributeKind::Text,
            categories: Vec::new(),
            default: None,
            hotkey,
            definition: String::new(),
            means: Vec::new(),
            unit: None,
        })
    }

    #[test]
    fn every_attribute_has_a_letter_of_its_own() {
        let given = [
            attribute("Tone", None),
            attribute("Target", Some('T')),
            attribute("Time", Some('t')),
            attribute("Öffnung", None),
            attribute("O", None),
        ];
        let given: Vec<&Arc<AttributeDef>> = given.iter().collect();
        let found = key_hints(&given);
        assert_eq!(found, [Some('o'), Some('t'), Some('i'), Some('f'), Some('a')]);
    }

    #[test]
    fn where_no_letter_is_left_there_is_none() {
        let many: Vec<Arc<AttributeDef>> = (0..40).map(|_| attribute("x", None)).collect();
        let found = key_hints(&many.iter().collect::<Vec<_>>());
        let mut given: Vec<char> = found.iter().flatten().copied().collect();
        assert_eq!((found.len(), given.len()), (40, 35));
        given.sort_unstable();
        given.dedup();
        assert_eq!(given.len(), 35);
    }
}
