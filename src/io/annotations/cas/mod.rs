//! Import of UIMA CAS as XMI or JSON: what `export::cas` writes, and the layers of INCEpTION, WebAnno and DKPro. For sources
//! see `export::cas`.
//!
//! An annotation of another program is a passage: its category is the feature `category`, `value` or `label`, or otherwise the
//! name of its type; its other features are attributes. Tokens, sentences and other linguistic analyses are left out and
//! counted. Slots, which other structures fill with a role and a target, are links. Offsets are UTF-16 units.

mod drafting;
mod json;
mod slots;
mod types;
mod xmi;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::Draft;
use super::importer::{Importer, Input};
use crate::IoError;
use crate::annotations::refusal::FileFault;

/// Number of bytes in which an XMI file declares what it is.
const START: usize = 8 * 1024;

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

    fn is_sure(&self, head: &[u8]) -> bool {
        let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
        let start = &head[..head.len().min(START)];
        start.starts_with(b"<") && memchr::memmem::find(start, b"http://www.omg.org/XMI").is_some()
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let (types, unread) = xmi::types(input);
        let cas = xmi::read(input, &types).map_err(|error| {
            let why = FileFault::Broken { what: "XMI file", why: error.to_string() };
            IoError::Problem(input.refused(error.line(), why))
        })?;
        let mut draft = drafting::draft(cas, input);
        draft.problems.extend(unread.map(|why| input.refused(None, FileFault::Configuration(why))));
        Ok(draft)
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
        crate::annotations::json::is_like(head) && (has(b"\"%FEATURE_STRUCTURES\"") || has(b"\"%TYPES\""))
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
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

/// The index of the document of each span and the id that links use for it, by the id of the structure.
type Spans<'s> = HashMap<&'s str, (usize, String)>;

/// A text.
struct Sofa {
    id: String,
    line: Option<usize>,
    /// `None` if it is in another file.
    text: Option<String>,
}

/// A feature structure.
#[derive(Default)]
struct Structure {
    id: String,
    line: Option<usize>,
    /// The full name of its type.
    kind: String,
    sofa: String,
    /// Its range in the text, if it has one.
    range: Option<(i64, i64)>,
    features: Vec<(String, Held)>,
}

/// The value of a feature.
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

    /// Returns a feature with a text.
    fn word(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Held::Word(word)) if !word.trim().is_empty() => Some(word),
            _ => None,
        }
    }

    /// Returns the name of its type without the package.
    fn local(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or_default()
    }
}
