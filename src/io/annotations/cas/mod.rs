//! UIMA CAS in, as XMI or JSON: what `io::export::cas` writes, and the layers of INCEpTION, WebAnno and DKPro.
//!
//! Of others an annotation is a passage: its category is the feature `category`, `value` or `label`, else the name of
//! its type; its other features are attributes. Tokens, sentences and other analyses of language are left out, and
//! counted. Offsets are UTF-16 units.

mod drafting;
mod json;
mod types;
mod xmi;

#[cfg(test)]
mod tests;

use super::Draft;
use super::importer::{Importer, Input};
use crate::IoError;
use crate::annotations::refusal::FileFault;

/// CAS as XMI.
pub(super) struct Xmi;

/// CAS as JSON.
pub(super) struct Json;

impl Importer for Xmi {
    fn name(&self) -> &'static str {
        "cas-xmi"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xmi"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let cas = xmi::read(input).map_err(|error| {
            let why = FileFault::Broken { what: "XMI file", why: error.to_string() };
            IoError::Problem(input.refused(error.line(), why))
        })?;
        Ok(drafting::draft(cas, input))
    }
}

impl Importer for Json {
    fn name(&self) -> &'static str {
        "cas-json"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        let has = |words: &[u8]| head.windows(words.len()).any(|part| part == words);
        has(b"\"%FEATURE_STRUCTURES\"") || has(b"\"%TYPES\"")
    }

    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let cas = json::read(&input.bytes).map_err(|error| {
            let why = FileFault::Broken { what: "CAS file", why: error.to_string() };
            IoError::Problem(input.refused(None, why))
        })?;
        Ok(drafting::draft(cas, input))
    }
}

/// A file: texts and feature structures.
#[derive(Default)]
struct Cas {
    sofas: Vec<Sofa>,
    structures: Vec<Structure>,
}

/// A text.
struct Sofa {
    id: String,
    line: Option<usize>,
    /// `None` where it stands elsewhere.
    text: Option<String>,
}

/// A feature structure.
#[derive(Default)]
struct Structure {
    id: String,
    line: Option<usize>,
    /// The whole name of its type.
    kind: String,
    sofa: String,
    /// Its place in the text; `None` if it has none.
    range: Option<(i64, i64)>,
    features: Vec<(String, Held)>,
}

/// What a feature holds.
#[derive(Clone, PartialEq, Debug)]
enum Held {
    Word(String),
    Number(f64),
    Flag(bool),
    List(Vec<String>),
    /// The id of another structure.
    Reference(String),
}

impl Structure {
    fn get(&self, name: &str) -> Option<&Held> {
        self.features.iter().find(|(key, _)| key == name).map(|(_, held)| held)
    }

    /// A feature that holds a text.
    fn word(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Held::Word(word)) if !word.trim().is_empty() => Some(word),
            _ => None,
        }
    }

    /// The name of its type without the package.
    fn local(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or_default()
    }
}
