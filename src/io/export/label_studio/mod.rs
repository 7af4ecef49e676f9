//! Label Studio: a folder with the tasks as JSON and the labelling configuration as XML.
//!
//! Source: Label Studio's documentation, <https://labelstud.io/guide/export> and <https://labelstud.io/tags/>, of its JSON
//! format and of the tags `Labels`, `Choices`, `TextArea`, `Number`,
//! `DateTime` and `Relations`. Offsets are characters (code points), the end exclusive.
//!
//! | Demarche | Label Studio |
//! |---|---|
//! | document | a task: text, title, date, source in `data` |
//! | layer | an annotation of the task |
//! | annotator | `completed_by` with the email, if their name or id is one, otherwise our own field `annotator`, since Label Studio refuses unknown users |
//! | passage | a result of the type `labels` |
//! | several ranges | a result each; all but the first have the first as `parentID`, and `part_of` in `meta` |
//! | attribute | a result with the same id: `choices`, `textarea`, `number`, `datetime`; “yes” and “no” are choices |
//! | note, times | `meta` of the result, the note as `text`, where Label Studio shows it |
//! | link | a result of the type `relation`, within an annotation |
//! | categories, attributes, link kinds | `config.xml` |

mod config;
mod region;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;
use smol_str::SmolStr;

use super::exporter::{FolderExporter, FolderOut, broken};
use super::parts::{About, Signed, inner_links};
use super::quotes::Quotes;
use super::{Scope, json};
use crate::FormatInfo;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, AttributeId, Document, DocumentId, Text, Unfinished, Value};
use region::{Relation, Result as Item, regions};

/// Tasks and configuration of Label Studio.
pub(super) struct LabelStudio;

/// The name of the control whose labels are the categories.
const LABELS: &str = "label";
/// The name of the object with the text.
const OBJECT: &str = "text";

impl FolderExporter for LabelStudio {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "label-studio",
            title: "Label Studio, a folder with tasks and labelling configuration",
            extension: "",
            carries: "texts, title, date, source; passages with attributes and notes by annotator; links within a layer; \
                      categories with colours and keys, attributes and kinds of link as configuration",
            loses: "links to other annotators and texts; groups of categories, what attributes mean, relations between actors \
                    or issues, decisions, status of documents",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn FolderOut) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        scope.note_meanings(&mut losses);
        let mut used = Used::default();
        let mut bytes = Vec::new();
        let numbers = numbers(scope);
        let make = |document: &'_ Document, text: &'_ Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let (id, mut last) = numbers.get(document.id()).copied().unwrap_or_default();
            let quotes = Quotes::of(scope, document, text, losses);
            let (mut annotations, mut used) = (Vec::new(), Used::default());
            for layer in scope.layers(document) {
                if let Some(annotation) =
                    annotation(scope, document, (text, &quotes), layer, last + 1, losses)
                {
                    annotations.push(annotation);
                    last += 1;
                    let attributes = scope.spans(layer.1).flat_map(|span| &span.attributes);
                    attributes.for_each(|(id, value)| used.record(id, value));
                }
            }
            let data = Data { text: text.as_str(), about: About::new(document) };
            let task = json::to_vec(&Task { id, data, annotations });
            task.map(|task| (task, used)).map_err(|error| broken(error.into()))
        };
        scope.each_converted(&mut losses, make, |(task, of_task)| {
            bytes.extend_from_slice(if bytes.is_empty() { b"[\n" } else { b",\n" });
            bytes.extend_from_slice(&task);
            used.join(of_task);
            Ok(())
        })?;
        bytes.extend_from_slice(if bytes.is_empty() { b"[]\n" } else { b"\n]\n" });
        out.file("tasks.json", &bytes)?;
        out.file("config.xml", &config::config(scope, &used)?)?;
        Ok(losses.report())
    }
}

/// Returns the number of each task, from 1, and the number of annotations before its own.
fn numbers<'a>(scope: &Scope<'a>) -> HashMap<&'a DocumentId, (usize, usize)> {
    let mut before = 0;
    let read = scope.documents().filter(|document| document.is_loaded());
    let number = |(id, document): (usize, &'a Arc<Document>)| {
        let own = (id, before);
        before +=
            scope.layers(document).iter().filter(|(_, layer)| scope.spans(layer).next().is_some()).count();
        (document.id(), own)
    };
    (1..).zip(read).map(number).collect()
}

fn annotation<'a>(
    scope: &'a Scope<'a>,
    document: &Document,
    (text, quotes): (&'a Text, &Quotes<'a>),
    (annotator, layer): Signed<'a>,
    id: usize,
    losses: &mut Losses,
) -> Option<Annotation<'a>> {
    let mut result = Vec::new();
    for span in scope.spans(layer) {
        losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
        regions(span, text, quotes, &mut result);
    }
    let first = scope.spans(layer).map(|span| span.created).min()?;
    let (inner, outer) = inner_links(scope, document, layer);
    losses.add(ExportLoss::LinksToOthers, outer);
    result.extend(inner.into_iter().map(|link| Item::Relation(Relation::new(link))));
    let email = email(scope, annotator);
    Some(Annotation {
        id,
        annotator: email.is_none().then_some(annotator.as_str()),
        completed_by: email.map(|email| User { email }),
        was_cancelled: false,
        ground_truth: false,
        created_at: format_time(first),
        result,
    })
}

/// Returns the email of an annotator, if their id or name is one.
fn email<'a>(scope: &Scope<'a>, id: &'a AnnotatorId) -> Option<&'a str> {
    let name = scope.project.annotator(id).map(|annotator| annotator.name.as_str());
    let is_email = |word: &&str| {
        let parts = word.split_once('@');
        parts.is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && !word.contains(char::is_whitespace)
        })
    };
    [Some(id.as_str()), name].into_iter().flatten().find(is_email)
}

/// The attributes of the exported passages, with their choices.
#[derive(Default)]
struct Used(BTreeMap<AttributeId, (Option<Value>, BTreeSet<SmolStr>)>);

impl Used {
    /// Adds the attributes of other passages.
    fn join(&mut self, other: Self) {
        for (id, (first, mut choices)) in other.0 {
            let known = self.0.entry(id).or_default();
            known.0 = known.0.take().or(first);
            known.1.append(&mut choices);
        }
    }

    fn record(&mut self, id: &AttributeId, value: &Value) {
        let (first, choices) = self.0.entry(id.clone()).or_default();
        first.get_or_insert_with(|| value.clone());
        choices.extend(value.choices().cloned());
    }
}

#[derive(Serialize)]
struct Task<'a> {
    id: usize,
    data: Data<'a>,
    annotations: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    about: About<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_by: Option<User<'a>>,
    was_cancelled: bool,
    ground_truth: bool,
    created_at: String,
    result: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct User<'a> {
    email: &'a str,
}
