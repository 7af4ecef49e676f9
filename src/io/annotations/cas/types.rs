//! A type system that lies beside an XMI file: it says what the words in the file stand for.

use std::collections::HashMap;

use super::Held;
use crate::xml::{Element, Step, Walker};

/// Supertypes and ranges of features, by type.
#[derive(Default)]
pub(super) struct Types(HashMap<String, (String, HashMap<String, String>)>);

/// How long a line of ancestors is looked at.
const ANCESTORS: usize = 50;

impl Types {
    /// Reads a description; what can't be read says nothing.
    pub fn read(text: &str) -> Self {
        let mut types = Self::default();
        let mut walker = Walker::new(text);
        while let Ok(step) = walker.step() {
            match step {
                Step::Open(mut element) if element.local() == "typeDescription" => {
                    if walker.fill(&mut element).is_err() {
                        break;
                    }
                    types.add(&element);
                }
                Step::End => break,
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

    /// What a word in a feature means. Without a type system it is a word.
    pub fn held(&self, kind: &str, feature: &str, word: String) -> Held {
        match self.range(kind, feature) {
            Some("uima.cas.Boolean") => Held::Flag(word == "true"),
            Some(
                "uima.cas.Integer" | "uima.cas.Long" | "uima.cas.Short" | "uima.cas.Float"
                | "uima.cas.Double",
            ) => word.parse().map_or(Held::Word(word), Held::Number),
            None | Some("uima.cas.String") => Held::Word(word),
            // A type of strings of its own is a string all the same.
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
