//! UIMA CAS, as XMI 1.0 and as JSON 0.4: for INCEpTION, DKPro, cassis, and other UIMA software.
//!
//! Source: UIMA's XMI serialisation, <https://uima.apache.org/d/uimaj-current/ref.html>, and the JSON CAS format of DKPro,
//! <https://github.com/dkpro/dkpro-cassis>. Offsets are UTF-16 units. A type system with three types is included: as
//! `TypeSystem.xml` next to the files for XMI, inside each file for JSON.
//!
//! | Demarche | CAS |
//! |---|---|
//! | document | `demarche.Document`: `identifier`, `title`, `date`, `source` |
//! | span | `demarche.Passage` from its first to its last character: `identifier`, `category`, `annotator`, `note`, times |
//! | several ranges | `ranges` of the passage, such as `120 135;140 152` |
//! | attributes | `attributes` of the passage: one JSON object, values as in JSONL |
//! | link | `demarche.Link`, a relation as in INCEpTION: from `Governor` to `Dependent`, with `kind` |
//!
//! XMI has a file per document and annotator, `d001.ana.xmi`, since a CAS in INCEpTION belongs to one annotator; JSON has a
//! file per document. A relation can't refer to another file.

mod json;
mod types;
mod xmi;

use std::collections::HashMap;

use super::Scope;
use super::exporter::{FolderExporter, FolderOut};
use super::jsonl::attributes_json;
use super::parts::{Files, write_files};
use crate::FormatInfo;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::xml::is_held;
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Document, Layer, Link, Span, SpanId, Text, TextRange, Unfinished};
use types::Type;

/// CAS as XMI.
pub(super) struct Xmi;

/// CAS as JSON.
pub(super) struct Json;

const LOSES: &str = "definitions and colours of the codebook, names and colours of people, decisions, status";

impl FolderExporter for Xmi {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "cas-xmi",
            title: "UIMA CAS as XMI, a folder for INCEpTION and DKPro",
            extension: "xmi",
            carries: "a file per document and annotator: text, passages with attributes and notes, links inside of a file",
            loses: LOSES,
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn FolderOut) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        out.file("TypeSystem.xml", types::description().as_bytes())?;
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let odd = text.as_str().chars().any(|c| !is_held(c));
            losses.add(ExportLoss::InvalidTexts, usize::from(odd));
            let layers = scope.layers(document);
            let mut files = Files::default();
            if layers.is_empty() {
                let cas = Cas::new(scope, document, text, &[], losses);
                losses.add(ExportLoss::InvalidCharacters, cas.odd());
                files.push((format!("{}.xmi", document.id()), xmi::compose(&cas).into_bytes()));
            }
            for layer in layers {
                let cas = Cas::new(scope, document, text, &[layer], losses);
                losses.add(ExportLoss::InvalidCharacters, cas.odd());
                let name = format!("{}.{}.xmi", document.id(), layer.0);
                files.push((name, xmi::compose(&cas).into_bytes()));
            }
            Ok(files)
        };
        scope.each_converted(&mut losses, make, |files| write_files(out, files))?;
        Ok(losses.report())
    }
}

impl FolderExporter for Json {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "cas-json",
            title: "UIMA CAS as JSON, a folder for INCEpTION and cassis",
            extension: "json",
            carries: "a file per document: text, passages with annotators, attributes and notes, links inside of a document",
            loses: LOSES,
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn FolderOut) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let cas = Cas::new(scope, document, text, &scope.layers(document), losses);
            Ok(vec![(format!("{}.json", document.id()), json::compose(&cas).into_bytes())])
        };
        scope.each_converted(&mut losses, make, |files| write_files(out, files))?;
        Ok(losses.report())
    }
}

/// A text with its feature structures.
struct Cas<'a> {
    text: &'a str,
    /// Their ids are their indices, counted from [`FIRST`].
    structures: Vec<Structure>,
}

/// The id of the text itself.
const SOFA: usize = 1;
/// The id of the first feature structure.
const FIRST: usize = 2;

/// A feature structure over a range of the text.
struct Structure {
    kind: &'static Type,
    begin: usize,
    end: usize,
    features: Vec<(&'static str, Feature)>,
}

/// The value of a feature.
enum Feature {
    Text(String),
    /// The id of another structure.
    Reference(usize),
}

impl<'a> Cas<'a> {
    fn new(
        scope: &Scope<'_>,
        document: &Document,
        text: &'a Text,
        layers: &[(&AnnotatorId, &Layer)],
        losses: &mut Losses,
    ) -> Self {
        let units = Units::new(text);
        let mut structures = vec![of_document(document, units.offset(text.len()))];
        let mut places: HashMap<SpanId, usize> = HashMap::new();
        for (annotator, layer) in layers {
            for span in scope.spans(layer) {
                places.insert(span.id, structures.len());
                structures.push(of_span(annotator, span, &units));
                losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
            }
        }
        for link in layers.iter().flat_map(|(_, layer)| layer.links()) {
            match (places.get(&link.from), places.get(&link.to)) {
                (Some(from), Some(to)) => structures.push(of_link(link, *from, *to, &structures[*to])),
                (Some(_), None) => losses.add(ExportLoss::LinksToOtherFiles, 1),
                _ => {}
            }
        }
        Self { text: text.as_str(), structures }
    }

    /// Counts the characters in features that XML does not allow.
    fn odd(&self) -> usize {
        let features = self.structures.iter().flat_map(|structure| &structure.features);
        let texts = features.filter_map(|(_, feature)| match feature {
            Feature::Text(text) => Some(text),
            Feature::Reference(_) => None,
        });
        texts.flat_map(|text| text.chars()).filter(|c| !is_held(*c)).count()
    }
}

/// A converter of byte offsets into UTF-16 units.
struct Units<'a> {
    text: &'a Text,
    /// The byte offsets of characters that take two units.
    wide: Vec<usize>,
}

impl<'a> Units<'a> {
    fn new(text: &'a Text) -> Self {
        let wide = text.as_str().char_indices().filter(|(_, c)| c.len_utf16() == 2);
        Self { text, wide: wide.map(|(at, _)| at).collect() }
    }

    /// Returns the number of units before a byte offset.
    fn offset(&self, byte: usize) -> usize {
        self.text.char_offset(byte) + self.wide.partition_point(|wide| *wide < byte)
    }

    fn range(&self, range: TextRange) -> (usize, usize) {
        (self.offset(range.start), self.offset(range.end))
    }
}

/// Returns the features that are not empty.
fn features(all: Vec<(&'static str, String)>) -> Vec<(&'static str, Feature)> {
    let held = all.into_iter().filter(|(_, text)| !text.is_empty());
    held.map(|(name, text)| (name, Feature::Text(text))).collect()
}

fn of_document(document: &Document, end: usize) -> Structure {
    let meta = &document.meta;
    let date = meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default();
    let features = features(vec![
        ("identifier", meta.id.to_string()),
        ("title", meta.title.clone()),
        ("date", date),
        ("source", meta.source.clone()),
    ]);
    Structure { kind: &types::DOCUMENT, begin: 0, end, features }
}

fn of_span(annotator: &AnnotatorId, span: &Span, units: &Units<'_>) -> Structure {
    let (begin, end) = units.range(span.ranges.cover());
    let range = |range| {
        let (begin, end) = units.range(range);
        format!("{begin} {end}")
    };
    let ranges: Vec<String> = span.ranges.iter().map(range).collect();
    let attributes = &span.attributes;
    let features = features(vec![
        ("identifier", span.id.to_string()),
        ("category", span.category.to_string()),
        ("annotator", annotator.to_string()),
        ("note", span.note.clone()),
        ("attributes", if attributes.is_empty() { String::new() } else { attributes_json(attributes) }),
        ("ranges", if ranges.len() > 1 { ranges.join(";") } else { String::new() }),
        ("created", format_time(span.created)),
        ("modified", format_time(span.modified)),
    ]);
    Structure { kind: &types::PASSAGE, begin, end, features }
}

/// Returns the structure of a link, which has the offsets of the passage that it leads to.
fn of_link(link: &Link, from: usize, to: usize, there: &Structure) -> Structure {
    let texts = vec![
        ("identifier", link.id.to_string()),
        ("kind", link.kind.to_string()),
        ("created", format_time(link.created)),
    ];
    let mut features = features(texts);
    features.push(("Governor", Feature::Reference(from + FIRST)));
    features.push(("Dependent", Feature::Reference(to + FIRST)));
    Structure { kind: &types::LINK, begin: there.begin, end: there.end, features }
}
