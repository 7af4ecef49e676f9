//! W3C Web Annotation: a collection of annotations in JSON-LD, in one file.
//!
//! Source: the Web Annotation Data Model, a W3C Recommendation of 2017, <https://www.w3.org/TR/annotation-model/>. Offsets are
//! characters (code points). Several selectors of one target are alternatives, so each range is a separate target.
//!
//! | Demarche | Web Annotation |
//! |---|---|
//! | document | an annotation whose target is the document as a `TextualBody` with the text, title, date and source |
//! | passage | an annotation; each range a target with `TextPositionSelector` and `TextQuoteSelector` |
//! | category | a body with the purpose `tagging` |
//! | note | a body with the purpose `commenting` |
//! | attributes | `demarche:attributes`, as in JSONL |
//! | annotator | `creator`, with the id as nickname |
//! | link | an annotation with the motivation `linking`: the target is one passage, the body the other one and the kind |

use std::io::Write;

use serde::Serialize;

use super::exporter::{FileExporter, broken};
use super::jsonl::WireAttributes;
use super::parts::{Signed, characters};
use super::quotes::Quotes;
use super::{Scope, json};
use crate::FormatInfo;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::{IoError, Loss};
use demarche_model::{Document, Link, Span, Text, TextRange, Unfinished, slug};

/// Web Annotations in JSON-LD.
pub(super) struct W3c;

/// Length of the context on either side of a quote, in characters.
const CONTEXT: usize = 32;

impl FileExporter for W3c {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "w3c",
            title: "W3C Web Annotation, JSON-LD",
            extension: "jsonld",
            carries: "texts, title, date, source; passages with attributes, notes, annotator and times; links",
            loses: "definitions and colours of the codebook, decisions, status of documents",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        start(out, scope.project.name())?;
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            items(scope, document, text, losses)
        };
        let mut total = 0;
        scope.each_converted(&mut losses, make, |items| {
            // A comma separates two documents.
            let bytes = if total == 0 { items.bytes.get(1..).unwrap_or_default() } else { &items.bytes };
            total += items.count;
            out.write_all(bytes).map_err(broken)
        })?;
        writeln!(out, "\n]}},\n\"total\":{total}}}").map_err(broken)?;
        Ok(losses.report())
    }
}

/// Returns the annotations of a document.
fn items(scope: &Scope<'_>, document: &Document, text: &Text, losses: &mut Losses) -> Result<Items, IoError> {
    let mut items = Items::default();
    items.add(&describing(document, text))?;
    let quotes = Quotes::of(scope, document, text, losses);
    for (annotator, layer) in scope.layers(document) {
        let creator = Person::new(scope, annotator);
        for span in scope.spans(layer) {
            losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
            items.add(&tagging(document, text, span, (&quotes, &creator)))?;
        }
        let chosen = |link: &&Link| layer.span(link.from).is_some_and(|span| scope.has(span));
        for link in layer.links().map(|link| &**link).filter(chosen) {
            let reaches = reaches(scope, link);
            losses.add(ExportLoss::LinksToOutside, usize::from(!reaches));
            if reaches {
                items.add(&linking(link, &creator))?;
            }
        }
    }
    Ok(items)
}

/// Returns whether the other end of a link is exported as well.
fn reaches(scope: &Scope<'_>, link: &Link) -> bool {
    let chosen = |document: &Document| {
        let among = scope.documents.as_ref().is_none_or(|chosen| chosen.contains(document.id()));
        let layers = scope.layers(document);
        let mut spans = layers.iter().filter_map(|(_, layer): &Signed<'_>| layer.span(link.to));
        among && document.is_loaded() && spans.any(|span| scope.has(span))
    };
    scope.project.document(&link.to_document).is_some_and(|document| chosen(document))
}

/// A writer of annotations, with a comma before each.
#[derive(Default)]
struct Items {
    bytes: Vec<u8>,
    count: usize,
}

impl Items {
    fn add(&mut self, item: &Annotation<'_>) -> Result<(), IoError> {
        self.bytes.extend_from_slice(b",\n");
        self.count += 1;
        json::to_writer(&mut self.bytes, item).map_err(|error| broken(error.into()))
    }
}

/// Writes the part before the annotations.
fn start(out: &mut dyn Write, name: &str) -> Result<(), IoError> {
    let id = serde_json::json!(format!("urn:demarche:project:{}", slug(name, "project")));
    let page = serde_json::json!(format!("urn:demarche:project:{}:page:1", slug(name, "project")));
    write!(
        out,
        "{{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",{{\"demarche\":\"urn:demarche:terms:\",\
         \"demarche:attributes\":{{\"@type\":\"@json\"}}}}],\n\
         \"id\":{id},\"type\":\"AnnotationCollection\",\"label\":{},\n\
         \"first\":{{\"id\":{page},\"type\":\"AnnotationPage\",\"partOf\":{id},\"startIndex\":0,\"items\":[",
        serde_json::json!(name)
    )
    .map_err(broken)
}

fn iri(document: &Document) -> String {
    format!("urn:demarche:document:{}", document.id())
}

/// Returns the annotation with the text of a document.
fn describing<'a>(document: &'a Document, text: &'a Text) -> Annotation<'a> {
    let meta = &document.meta;
    let about = Source {
        id: iri(document),
        r#type: "TextualBody",
        format: "text/plain",
        value: text.as_str(),
        title: &meta.title,
        date: meta.date.as_ref().map(|date| date.as_str()),
        source: &meta.source,
    };
    Annotation {
        id: format!("urn:demarche:text:{}", document.id()),
        motivation: "describing",
        target: vec![Target::Source(about)],
        ..Annotation::default()
    }
}

fn tagging<'a>(
    document: &Document,
    text: &'a Text,
    span: &'a Span,
    (quotes, creator): (&Quotes<'a>, &Person<'a>),
) -> Annotation<'a> {
    let mut body = vec![Body::text(span.category.as_str(), "tagging")];
    if !span.note.is_empty() {
        body.push(Body::text(&span.note, "commenting"));
    }
    Annotation {
        id: span.id.0.urn().to_string(),
        motivation: "tagging",
        creator: Some(creator.clone()),
        created: Some(format_time(span.created)),
        modified: Some(format_time(span.modified)),
        body,
        target: span
            .ranges
            .iter()
            .map(|range| self::target(document, text, range, quotes.words_at(span, range)))
            .collect(),
        attributes: (!span.attributes.is_empty()).then_some(WireAttributes(&span.attributes)),
        ..Annotation::default()
    }
}

fn linking<'a>(link: &'a Link, creator: &Person<'a>) -> Annotation<'a> {
    Annotation {
        id: link.id.0.urn().to_string(),
        motivation: "linking",
        creator: Some(creator.clone()),
        created: Some(format_time(link.created)),
        body: vec![Body::Iri(link.to.0.urn().to_string()), Body::text(link.kind.as_str(), "tagging")],
        target: vec![Target::Iri(link.from.0.urn().to_string())],
        ..Annotation::default()
    }
}

/// Returns a range of a passage. Without its words, the position alone selects it.
fn target<'a>(document: &Document, text: &'a Text, range: TextRange, words: Option<&'a str>) -> Target<'a> {
    let (start, end) = characters(text, range);
    let content = text.as_str();
    let before =
        content[..range.start].char_indices().rev().take(CONTEXT).last().map_or(range.start, |(at, _)| at);
    let after =
        content[range.end..].char_indices().nth(CONTEXT).map_or(content.len(), |(at, _)| range.end + at);
    let quote = words.map(|exact| Selector::TextQuoteSelector {
        exact,
        prefix: &content[before..range.start],
        suffix: &content[range.end..after],
    });
    Target::Place {
        r#type: "SpecificResource",
        source: iri(document),
        selector: [Selector::TextPositionSelector { start, end }].into_iter().chain(quote).collect(),
    }
}

#[derive(Serialize, Default)]
struct Annotation<'a> {
    id: String,
    r#type: Type,
    motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body<'a>>,
    target: Vec<Target<'a>>,
    #[serde(rename = "demarche:attributes", skip_serializing_if = "Option::is_none")]
    attributes: Option<WireAttributes<'a>>,
}

#[derive(Serialize, Default)]
enum Type {
    #[default]
    Annotation,
}

#[derive(Serialize, Clone)]
struct Person<'a> {
    id: String,
    r#type: &'static str,
    name: &'a str,
    nickname: &'a str,
}

impl<'a> Person<'a> {
    fn new(scope: &Scope<'a>, id: &'a demarche_model::AnnotatorId) -> Self {
        let name = scope.project.name_of(id);
        let iri = format!("urn:demarche:person:{}", slug(id.as_str(), "person"));
        Self { id: iri, r#type: "Person", name, nickname: id.as_str() }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Iri(String),
    Text { r#type: &'static str, value: &'a str, format: &'static str, purpose: &'static str },
}

impl<'a> Body<'a> {
    fn text(value: &'a str, purpose: &'static str) -> Self {
        Self::Text { r#type: "TextualBody", value, format: "text/plain", purpose }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Target<'a> {
    Iri(String),
    Source(Source<'a>),
    Place { r#type: &'static str, source: String, selector: Vec<Selector<'a>> },
}

#[derive(Serialize)]
struct Source<'a> {
    id: String,
    r#type: &'static str,
    format: &'static str,
    value: &'a str,
    #[serde(rename = "dcterms:title")]
    title: &'a str,
    #[serde(rename = "dcterms:date", skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(rename = "dcterms:source", skip_serializing_if = "str::is_empty")]
    source: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    TextPositionSelector { start: usize, end: usize },
    TextQuoteSelector { exact: &'a str, prefix: &'a str, suffix: &'a str },
}
