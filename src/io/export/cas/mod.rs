//! UIMA CAS, as XMI 1.0 and as JSON 0.4: for INCEpTION, DKPro, cassis, and everything else in UIMA.
//!
//! Offsets are UTF-16 units. A type system of three types goes with it: beside the files as `TypeSystem.xml` for XMI,
//! inside of each file for JSON.
//!
//! | of us | there |
//! |---|---|
//! | document | `demarche.Document`: `identifier`, `title`, `date`, `source` |
//! | span | `demarche.Passage` from its first to its last character: `identifier`, `category`, `annotator`, `note`, times |
//! | several ranges | `ranges` of the passage, such as `120 135;140 152` |
//! | attributes | `attributes` of the passage: one JSON object, values as in JSONL |
//! | link | `demarche.Link`, a relation as INCEpTION has it: from `Governor` to `Dependent`, with `kind` |
//!
//! XMI has a file per document and annotator, `d001.ana.xmi`, since a CAS in INCEpTION is of one annotator; JSON has a
//! file per document. A relation can't leave its file.

mod json;
mod types;
mod xmi;

use std::collections::HashMap;

use super::Scope;
use super::exporter::{FolderExporter, FolderOut};
use super::jsonl::attributes_json;
use super::parts::{Files, put};
use crate::FormatInfo;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::xml::is_held;
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Document, Layer, Link, Span, SpanId, Text, TextRange, Unfinished, Value};
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
                files.push((format!("{}.xmi", document.id()), xmi::compose(&cas).into_bytes()));
            }
            for layer in layers {
                let cas = Cas::new(scope, document, text, &[layer], losses);
                let name = format!("{}.{}.xmi", document.id(), layer.0);
                files.push((name, xmi::compose(&cas).into_bytes()));
            }
            Ok(files)
        };
        scope.each_made(&mut losses, make, |files| put(out, files))?;
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
        scope.each_made(&mut losses, make, |files| put(out, files))?;
        Ok(losses.report())
    }
}

/// A text with its feature structures.
struct Cas<'a> {
    text: &'a str,
    /// Their number is their place, from [`FIRST`].
    structures: Vec<Structure>,
}

/// The text itself is number one.
const SOFA: usize = 1;
/// The number of the first feature structure.
const FIRST: usize = 2;

/// A feature structure over a stretch of the text.
struct Structure {
    kind: &'static Type,
    begin: usize,
    end: usize,
    features: Vec<(&'static str, Feature)>,
}

/// What a feature holds.
enum Feature {
    Text(String),
    /// The number of another structure.
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
        let mut structures = vec![of_document(document, units.of(text.len()))];
        let mut places: HashMap<SpanId, usize> = HashMap::new();
        for (annotator, layer) in layers {
            for span in scope.spans(layer) {
                places.insert(span.id, structures.len());
                structures.push(of_span(annotator, span, &units));
                let odd = |value: &&Value| !value.is_finite();
                losses.add(ExportLoss::InfiniteNumbers, span.attributes.values().filter(odd).count());
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
}

/// Counts UTF-16 units.
struct Units<'a> {
    text: &'a Text,
    /// Where characters stand that take two.
    wide: Vec<usize>,
}

impl<'a> Units<'a> {
    fn new(text: &'a Text) -> Self {
        let wide = text.as_str().char_indices().filter(|(_, c)| c.len_utf16() == 2);
        Self { text, wide: wide.map(|(at, _)| at).collect() }
    }

    /// How many units stand before a byte.
    fn of(&self, byte: usize) -> usize {
        self.text.char_offset(byte) + self.wide.partition_point(|wide| *wide < byte)
    }

    fn range(&self, range: TextRange) -> (usize, usize) {
        (self.of(range.start), self.of(range.end))
    }
}

/// Features that hold something.
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

/// A relation stands where the passage does that it leads to.
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
