//! The type system next to an XMI file, which defines the types of its features.

use std::collections::HashMap;

use super::Held;
use crate::xml::{Element, Walker, XmlEvent};

/// Supertypes and ranges of features, by type.
#[derive(Default)]
pub(super) struct Types(HashMap<String, (String, HashMap<String, String>)>);

/// Greatest number of ancestors that are searched.
const ANCESTORS: usize = 50;

impl Types {
    /// Reads a description. What can't be read is ignored.
    pub fn read(text: &str) -> Self {
        let mut types = Self::default();
        let mut walker = Walker::new(text);
        while let Ok(step) = walker.next_event() {
            match step {
                XmlEvent::Open(mut element) if element.local() == "typeDescription" => {
                    if walker.fill(&mut element).is_err() {
                        break;
                    }
                    types.add(&element);
                }
                XmlEvent::End => break,
                _ => {}
            }
        }
        types
    }

    fn add(&mut self, element: &Element) {
        let text = |element: &Element, name| element.text_of(name).unwrap_or_default().trim().to_owned();
        let features = element.all("features").flat_map(|features| features.all("featureDescription"));
        let ranges =
            features.map(|feature| (text(feature, "name"), text(feature, "rangeTypeName"))).collect();
        self.0.insert(text(element, "name"), (text(element, "supertypeName"), ranges));
    }

    /// Converts the text of a feature into a value. Without a type system it remains a text.
    pub fn held(&self, kind: &str, feature: &str, word: String) -> Held {
        match self.range(kind, feature) {
            Some("uima.cas.Boolean") => Held::Flag(word == "true"),
            Some(
                "uima.cas.Integer" | "uima.cas.Long" | "uima.cas.Short" | "uima.cas.Float"
                | "uima.cas.Double",
            ) => word.parse().map_or(Held::Word(word), Held::Number),
            None | Some("uima.cas.String") => Held::Word(word),
            // A subtype of strings is a string.
            Some(range) if self.is_string(range) => Held::Word(word),
            Some(_) => Held::Reference(word),
        }
    }

    fn range(&self, kind: &str, feature: &str) -> Option<&str> {
        let mut kind = kind;
        for _ in 0..ANCESTORS {
            let (parent, ranges) = self.0.get(kind)?;
            if let Some(range) = ranges.get(feature) {
                return Some(range);
            }
            kind = parent;
        }
        None
    }

    fn is_string(&self, range: &str) -> bool {
        self.0.get(range).is_some_and(|(parent, _)| parent == "uima.cas.String")
    }
}
