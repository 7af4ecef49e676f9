//! An annotation as extracted from its JSON: each one separately, so that several can be read in parallel and little JSON is
//! in memory.

use super::annotation::{Annotation, iri, items, plain_id, purpose, words};
use super::selectors::{self, Selectors};
use crate::annotations::Draft;
use crate::annotations::json::{self, At, Json};

/// An annotation of a file.
pub(super) struct Item {
    pub line: Option<usize>,
    /// Its number in the file, from 1.
    pub number: usize,
    /// Texts that are embedded in its targets.
    pub texts: Vec<Text>,
    pub says: Says,
}

/// The content of an annotation.
pub(super) enum Says {
    /// Spans or a document at some targets.
    Of(Box<Annotation>, Vec<Target>),
    /// A link between two annotations.
    Link(Link),
}

/// A text that is embedded in the file.
pub(super) struct Text {
    pub id: String,
    pub text: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub source: Option<String>,
}

/// A target.
pub(super) enum Target {
    /// A part of a source.
    Part(String, Selectors),
    /// A whole resource, by its IRI if it has one, and whether it has a value.
    Whole(Option<String>, bool),
}

/// A link from the target to the body.
pub(super) struct Link {
    pub id: Option<String>,
    pub kind: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub created: Option<String>,
}

impl Item {
    /// Reads an annotation. Annotators and problems are added to the draft.
    pub fn read(at: At<'_>, json: &Json, draft: &mut Draft) -> Self {
        let says = match purpose(json, "motivation").any(|word| word == "linking") {
            true => Says::Link(link(json)),
            false => Says::Of(
                Box::new(Annotation::read(at, json, draft)),
                items(json.get("target")).map(Target::read).collect(),
            ),
        };
        let texts = items(json.get("target")).flat_map(texts).collect();
        Self { line: at.line, number: at.number, texts, says }
    }
}

impl Target {
    fn read(target: &Json) -> Self {
        match selectors::selectors(target) {
            Some((source, selectors)) => Self::Part(source, selectors),
            None => Self::Whole(iri(target).map(str::to_owned), target.get("value").is_some()),
        }
    }
}

/// Returns the texts that are embedded in a target and its source.
fn texts(target: &Json) -> impl Iterator<Item = Text> {
    let resources = [Some(target), target.get("source")].into_iter().flatten();
    resources.filter_map(|resource| {
        let text = resource.get("value").and_then(Json::as_str)?.to_owned();
        let id = iri(resource)?.to_owned();
        let property = |name| property(resource, name);
        Some(Text { id, text, title: property("title"), date: property("date"), source: property("source") })
    })
}

/// Returns a Dublin Core property, with or without its prefix.
fn property(resource: &Json, name: &str) -> Option<String> {
    json::text(resource, &format!("dcterms:{name}")).or_else(|| json::text(resource, name))
}

fn link(json: &Json) -> Link {
    let end = |key: &str| items(json.get(key)).filter_map(iri).map(plain_id).next();
    let kind = items(json.get("body")).filter_map(words).next();
    Link {
        id: iri(json).map(plain_id),
        kind: kind.unwrap_or_else(|| "linking".to_owned()),
        from: end("target"),
        to: end("body"),
        created: json::time(json, "created"),
    }
}
