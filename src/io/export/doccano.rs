//! doccano's JSONL with relations, as its importer accepts it: a line per text and annotator.
//!
//! Source: doccano's documentation of its sequence labelling and relation extraction formats,
//! <https://doccano.github.io/doccano/>. Offsets are characters
//! (code points), as doccano's server counts them.
//!
//! | Demarche | doccano |
//! |---|---|
//! | passage | `entities`: `{"id","label","start_offset","end_offset"}`, ids counted through the file |
//! | its words | `quote` of the entity, which doccano ignores; an import can verify the offsets with it |
//! | several ranges | an entity each |
//! | link | `relations`: `{"id","from_id","to_id","type"}`, within a line |
//! | annotator, title, date, source | fields of the line, which doccano keeps as the text's metadata |
//! | attributes, notes, times | not carried |

use std::collections::HashMap;
use std::io::Write;

use serde::Serialize;

use super::exporter::{FileExporter, broken};
use super::parts::{About, Signed, characters, inner_links, records};
use super::quotes::Quotes;
use super::{Scope, json};
use crate::FormatInfo;
use crate::loss::{ExportLoss, Losses, RangeLoss};
use crate::{IoError, Loss};
use demarche_model::{Document, SpanId, Text, Unfinished};

/// doccano's JSONL.
pub(super) struct Doccano;

impl FileExporter for Doccano {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "doccano",
            title: "doccano, JSONL with relations",
            extension: "jsonl",
            carries: "a line per text and annotator: passages, links between them, annotator, title, date, source",
            loses: "attributes, notes, times, several ranges as one passage, links to other annotators and texts",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let mut next = Next::default();
        scope.each(&mut losses, |document, text, losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let quotes = Quotes::of(scope, document, text, losses);
            for record in records(scope, document) {
                let line = line(scope, document, (text, &quotes), record, &mut next, losses);
                json::to_writer(&mut *out, &line).map_err(|error| broken(error.into()))?;
                out.write_all(b"\n").map_err(broken)?;
            }
            Ok(())
        })?;
        Ok(losses.report())
    }
}

/// The next ids.
#[derive(Default)]
struct Next {
    line: usize,
    entity: usize,
    relation: usize,
}

/// Returns the next number, from 1.
fn count(number: &mut usize) -> usize {
    *number += 1;
    *number
}

fn line<'a>(
    scope: &'a Scope<'_>,
    document: &'a Document,
    (text, quotes): (&'a Text, &Quotes<'a>),
    record: Option<Signed<'a>>,
    next: &mut Next,
    losses: &mut Losses,
) -> Line<'a> {
    let id = count(&mut next.line);
    let annotator = record.map(|(annotator, _)| annotator.as_str());
    let about = About::new(document);
    let (mut entities, mut relations) = (Vec::new(), Vec::new());
    if let Some((_, layer)) = record {
        let mut ids: HashMap<SpanId, usize> = HashMap::new();
        for span in scope.spans(layer) {
            for range in span.ranges.iter() {
                let id = count(&mut next.entity);
                ids.entry(span.id).or_insert(id);
                let (start_offset, end_offset) = characters(text, range);
                let (label, quote) = (span.category.as_str(), quotes.words_at(span, range));
                entities.push(Entity { id, label, start_offset, end_offset, quote });
            }
            losses.add(ExportLoss::AttributeValues, span.attributes.len());
            losses.add(ExportLoss::Notes, usize::from(!span.note.is_empty()));
            losses.add(RangeLoss::SplitPassages, usize::from(span.ranges.count() > 1));
        }
        let (inner, outer) = inner_links(scope, document, layer);
        losses.add(ExportLoss::LinksToOthers, outer);
        for link in inner {
            let (Some(&from_id), Some(&to_id)) = (ids.get(&link.from), ids.get(&link.to)) else { continue };
            relations.push(Relation {
                id: count(&mut next.relation),
                from_id,
                to_id,
                r#type: link.kind.as_str(),
            });
        }
    }
    Line { id, annotator, entities, relations, about, text: text.as_str() }
}

/// A line of the file. The text is last, so that the keys by which the format is recognised are at the start.
#[derive(Serialize)]
struct Line<'a> {
    id: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<&'a str>,
    entities: Vec<Entity<'a>>,
    relations: Vec<Relation<'a>>,
    #[serde(flatten)]
    about: About<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: usize,
    label: &'a str,
    start_offset: usize,
    end_offset: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<&'a str>,
}

#[derive(Serialize)]
struct Relation<'a> {
    id: usize,
    from_id: usize,
    to_id: usize,
    r#type: &'a str,
}
