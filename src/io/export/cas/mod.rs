//! UIMA CAS, as XMI 1.0 and as JSON 0.4: for INCEpTION, DKPro, cassis, and other UIMA software.
//!
//! Source: UIMA's XMI serialisation, <https://uima.apache.org/d/uimaj-current/ref.html>, and the JSON CAS format of DKPro,
//! <https://github.com/dkpro/dkpro-cassis>. Offsets are UTF-16 units. A type system with three types is included: as
//! `TypeSystem.xml` next to the files for XMI, inside each file for JSON. Earlier versions wrote `demarche.Passage` and
//! `demarche.Link`, which are still read.
//!
//! | Demarche | CAS |
//! |---|---|
//! | document | `demarche.Document`: `identifier`, `title`, `date`, `source` |
//! | span | `custom.Span` from its first to its last character: `label` is its category, `comment` its note; `identifier`, `annotator`, times |
//! | several ranges | `ranges` of the passage, such as `120 135;140 152` |
//! | attributes | a feature each; those whose ids no feature can have are listed in `attributes` of the document: `made_at=made-at` |
//! | link | `custom.Relation`: from `Governor` to `Dependent`, with `label` |
//!
//! These are the layers of INCEpTION. It drops features that its project lacks, so the import of `layers.json` comes first.
//!
//! XMI has a file per document and annotator, `d001.ana.xmi`, since a CAS in INCEpTION belongs to one annotator; JSON has a
//! file per document. A relation can't refer to another file.

mod json;
mod types;
mod xmi;

use std::borrow::Cow;
use std::collections::HashMap;

use super::Scope;
use super::exporter::{FolderExporter, FolderOut};
use super::inception::{self, COMMENT, FeatureKind, Features, LABEL, RELATION, SPAN};
use super::parts::{Files, write_files};
use crate::FormatInfo;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::xml::is_held;
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Document, Layer, Link, Span, SpanId, Text, TextRange, Unfinished, Value};

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
        let features = Features::new(scope, &types::OWN);
        out.file("TypeSystem.xml", types::description(&types::types(&features)).as_bytes())?;
        out.file(inception::LAYERS, inception::layers(scope, &features, true).as_bytes())?;
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let odd = text.as_str().chars().any(|c| !is_held(c));
            losses.add(ExportLoss::InvalidTexts, usize::from(odd));
            let layers = scope.layers(document);
            let mut files = Files::default();
            if layers.is_empty() {
                let cas = Cas::new(scope, document, text, &[], &features, losses);
                losses.add(ExportLoss::InvalidCharacters, cas.odd());
                files.push((format!("{}.xmi", document.id()), xmi::compose(&cas).into_bytes()));
            }
            for layer in layers {
                let cas = Cas::new(scope, document, text, &[layer], &features, losses);
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
        let features = Features::new(scope, &types::OWN);
        let types = types::types(&features);
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let cas = Cas::new(scope, document, text, &scope.layers(document), &features, losses);
            Ok(vec![(format!("{}.json", document.id()), json::compose(&cas, &types).into_bytes())])
        };
        scope.each_converted(&mut losses, make, |files| write_files(out, files))?;
        Ok(losses.report())
    }
}

/// A text with its feature structures.
struct Cas<'a> {
    text: &'a str,
    /// Their ids are their indices, counted from [`FIRST`].
    structures: Vec<Structure<'a>>,
}

/// The id of the text itself.
const SOFA: usize = 1;
/// The id of the first feature structure.
const FIRST: usize = 2;

/// A feature structure over a range of the text.
struct Structure<'a> {
    /// The name of its type.
    kind: &'static str,
    begin: usize,
    end: usize,
    features: Vec<(&'a str, Held<'a>)>,
}

/// The value of a feature.
enum Held<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Flag(bool),
    List(Vec<&'a str>),
    /// The id of another structure.
    Reference(usize),
}

impl<'a> Cas<'a> {
    fn new(
        scope: &'a Scope<'_>,
        document: &'a Document,
        text: &'a Text,
        layers: &[(&'a AnnotatorId, &'a Layer)],
        features: &'a Features,
        losses: &mut Losses,
    ) -> Self {
        let units = Units::new(text);
        let mut structures = vec![of_document(document, features, units.offset(text.len()))];
        let mut places: HashMap<SpanId, usize> = HashMap::new();
        for (annotator, layer) in layers {
            for span in scope.spans(layer) {
                places.insert(span.id, structures.len());
                structures.push(of_span(annotator, span, features, &units));
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
        let texts = features.flat_map(|(_, held)| match held {
            Held::Text(text) => vec![&**text],
            Held::List(list) => list.clone(),
            Held::Number(_) | Held::Flag(_) | Held::Reference(_) => Vec::new(),
        });
        texts.flat_map(str::chars).filter(|c| !is_held(*c)).count()
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

/// A feature with a text; none if it is empty.
fn text<'a>(name: &'static str, text: impl Into<Cow<'a, str>>) -> Option<(&'a str, Held<'a>)> {
    let text = text.into();
    (!text.is_empty()).then_some((name, Held::Text(text)))
}

fn of_document<'a>(document: &'a Document, features: &Features, end: usize) -> Structure<'a> {
    let meta = &document.meta;
    let date = meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default();
    let renamed = features.attributes.iter().filter(|feature| feature.name != feature.attribute.as_str());
    let renamed: Vec<String> =
        renamed.map(|feature| format!("{}={}", feature.name, feature.attribute)).collect();
    let features = [
        text("identifier", meta.id.as_str()),
        text("title", &meta.title),
        text("date", date),
        text("source", &meta.source),
        text("attributes", renamed.join(";")),
    ];
    Structure { kind: types::DOCUMENT, begin: 0, end, features: features.into_iter().flatten().collect() }
}

fn of_span<'a>(
    annotator: &'a AnnotatorId,
    span: &'a Span,
    features: &'a Features,
    units: &Units<'_>,
) -> Structure<'a> {
    let (begin, end) = units.range(span.ranges.cover());
    let range = |range| {
        let (begin, end) = units.range(range);
        format!("{begin} {end}")
    };
    let ranges: Vec<String> = span.ranges.iter().map(range).collect();
    let mut all = vec![(LABEL, Held::Text(span.category.as_str().into()))];
    let values = features.attributes.iter().filter_map(|feature| {
        let value = span.attributes.get(&feature.attribute)?;
        Some((feature.name.as_str(), held(value, feature.kind)))
    });
    all.extend(values);
    let own = [
        text(COMMENT, &span.note),
        text("identifier", span.id.to_string()),
        text("annotator", annotator.as_str()),
        text("ranges", if ranges.len() > 1 { ranges.join(";") } else { String::new() }),
        text("created", format_time(span.created)),
        text("modified", format_time(span.modified)),
    ];
    all.extend(own.into_iter().flatten());
    Structure { kind: SPAN, begin, end, features: all }
}

/// Returns a value as the kind of its feature.
fn held(value: &Value, kind: FeatureKind) -> Held<'_> {
    match (kind, value) {
        (FeatureKind::Number, Value::Number(number)) => Held::Number(*number),
        (FeatureKind::Flag, Value::Flag(flag)) => Held::Flag(*flag),
        (FeatureKind::List, Value::Choices(list)) => {
            Held::List(list.iter().map(|one| one.as_str()).collect())
        }
        _ => Held::Text(value.data_text()),
    }
}

/// Returns the structure of a link, which has the offsets of the passage that it leads to.
fn of_link<'a>(link: &'a Link, from: usize, to: usize, there: &Structure<'_>) -> Structure<'a> {
    let texts = [
        text(LABEL, link.kind.as_str()),
        text("identifier", link.id.to_string()),
        text("created", format_time(link.created)),
    ];
    let mut features: Vec<_> = texts.into_iter().flatten().collect();
    features.push(("Governor", Held::Reference(from + FIRST)));
    features.push(("Dependent", Held::Reference(to + FIRST)));
    Structure { kind: RELATION, begin: there.begin, end: there.end, features }
}
