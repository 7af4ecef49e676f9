//! brat standoff: a folder with `.txt` and `.ann` per document, `annotation.conf` and `visual.conf`.
//!
//! Source: <https://brat.nlplab.org/standoff.html>; details as in brat's `annotation.py`.
//!
//! Offsets are Unicode scalar values, the end exclusive.
//!
//! | here | there |
//! |---|---|
//! | passage | `T1⇥threat 0 5;9 12⇥words of both`; split at line ends, which brat does not allow inside a passage |
//! | choice, actor, issue, number, date | `A1⇥actor T1 Norvania`; blanks become `_` |
//! | several choices | an `A` each |
//! | yes | `A1⇥conditional T1`; “no” is not written |
//! | free text | `#1⇥rationale T1⇥words`, a line each |
//! | note | `#1⇥AnnotatorNotes T1⇥words`, a line each |
//! | link in one layer | `R1⇥responds-to Arg1:T1 Arg2:T2` |
//! | ids that brat can't store | safe names; a comment in `annotation.conf` gives the id after [`ID`] |
//! | annotators | if there are several, a folder each, whose `annotation.conf` names the annotator after [`MARK`] |

mod document;
mod fragments;
mod names;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

pub(crate) use fragments::{is_break, rejoin};

use super::Scope;
use super::exporter::{FolderExporter, FolderOut};
use super::parts::{Files, write_files};
use super::repetition;
use crate::FormatInfo;
use crate::annotations::first_line;
use crate::codebook::brat::{ANNOTATION, VISUAL};
use crate::loss::{ExportLoss, Losses};
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Document, Text, Unfinished};
use names::Types;

/// The type of notes in brat.
pub(crate) const NOTE: &str = "AnnotatorNotes";

/// Prefix of the comment in `annotation.conf` that names the annotator of a folder.
pub(crate) const MARK: &str = "# Annotator: ";

/// Prefix of the comments in `annotation.conf` that give the ids of types whose names differ from them: the name, a blank and
/// the id as a JSON string.
const ID: &str = "# Id: ";

/// Returns the ids of types whose names differ from them, by name.
pub(crate) fn ids_in(annotation_conf: &str) -> HashMap<String, String> {
    let lines = annotation_conf.lines().filter_map(|line| line.strip_prefix(ID)?.split_once(' '));
    lines.filter_map(|(name, id)| Some((name.to_owned(), serde_json::from_str(id).ok()?))).collect()
}

/// Returns the lines that [`ids_in`] reads.
fn id_lines<'a>(ids: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let changed = ids.filter(|(name, id)| name != id);
    let mut lines: Vec<String> = changed.map(|(name, id)| format!("{ID}{name} {}\n", json!(id))).collect();
    lines.sort();
    lines.concat()
}

/// A folder of brat standoff.
pub(super) struct Brat;

impl FolderExporter for Brat {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "brat",
            title: "brat standoff, a folder of .txt and .ann",
            extension: "",
            carries: "texts, passages of any shape, attributes, notes, links within one annotator's passages; names and colours of the codebook",
            loses: "links to other documents or annotators, titles, dates, sources, times, ids, decisions, definitions; blanks in values",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn FolderOut) -> Result<Vec<Loss>, Unfinished<IoError>> {
        self.write_within(scope, out, repetition::MOST)
    }
}

impl Brat {
    /// Writes the scope unless that would repeat more than `most` bytes of its texts.
    pub(super) fn write_within(
        &self,
        scope: &Scope<'_>,
        out: &mut dyn FolderOut,
        most: u64,
    ) -> Result<Vec<Loss>, Unfinished<IoError>> {
        repetition::check(scope, self.info().name, most, |_, text, layer| {
            repetition::covered(scope, layer).saturating_sub(text.as_str().len() as u64)
        })?;
        let mut losses = Losses::default();
        let types = Types::new(scope, &mut losses);
        let everybody = annotators(scope);
        let alone = everybody.len() == 1;
        let sole = everybody.first().filter(|_| alone).copied();
        configuration(&types, "", sole, out)?;
        if !alone {
            for annotator in &everybody {
                configuration(&types, &format!("{annotator}/"), Some(annotator), out)?;
            }
        }
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            losses.add(ExportLoss::DocumentFacts, usize::from(has_facts(document, text)));
            let layers = scope.layers(document);
            let mut files = Files::default();
            let mut add = |name: String, standoff: String| {
                files.push((format!("{name}.txt"), text.as_str().as_bytes().to_vec()));
                files.push((format!("{name}.ann"), standoff.into_bytes()));
            };
            let mut written = false;
            for (annotator, layer) in &layers {
                if scope.spans(layer).next().is_none() {
                    continue;
                }
                let folder = if alone { String::new() } else { format!("{annotator}/") };
                let standoff = document::compose(scope, document, text, layer, &types, losses);
                add(format!("{folder}{}", document.id()), standoff);
                written = true;
            }
            if !written {
                add(document.id().to_string(), String::new());
            }
            Ok(files)
        };
        scope.each_converted(&mut losses, make, |files| write_files(out, files))?;
        Ok(losses.report())
    }
}

/// Returns whether a document has facts besides a title that an import takes from its text again.
fn has_facts(document: &Document, text: &Text) -> bool {
    let meta = &document.meta;
    let is_own = first_line(text.as_str()).is_none_or(|line| line != meta.title);
    is_own || meta.date.is_some() || !meta.author.is_empty() || !meta.source.is_empty()
}

/// Returns the annotators whose passages are written, in the order of their names.
fn annotators<'a>(scope: &Scope<'a>) -> BTreeSet<&'a AnnotatorId> {
    let layers = scope.documents().flat_map(|document| scope.layers(document));
    layers.filter(|(_, layer)| scope.spans(layer).next().is_some()).map(|(id, _)| id).collect()
}

fn configuration(
    types: &Types,
    folder: &str,
    whose: Option<&AnnotatorId>,
    out: &mut dyn FolderOut,
) -> Result<(), IoError> {
    let mark = whose.map(|annotator| format!("{MARK}{annotator}\n")).unwrap_or_default();
    let annotation = format!("{mark}{}{}", types.ids(), types.conf.annotation);
    out.file(&format!("{folder}{ANNOTATION}"), annotation.as_bytes())?;
    out.file(&format!("{folder}{VISUAL}"), types.conf.visual.as_bytes())
}
