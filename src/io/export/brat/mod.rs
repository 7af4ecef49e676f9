//! brat standoff: a folder with `.txt` and `.ann` per document, `annotation.conf` and `visual.conf`.
//! <https://brat.nlplab.org/standoff.html>; details as brat's `annotation.py` reads them.
//!
//! Offsets are Unicode scalar values, the end exclusive.
//!
//! | here | there |
//! |---|---|
//! | passage | `T1⇥threat 0 5;9 12⇥words of both`; a line end parts it, since brat has none inside a passage |
//! | choice, actor, issue, number, date | `A1⇥actor T1 Norvania`; blanks become `_` |
//! | several choices | an `A` each |
//! | yes | `A1⇥conditional T1`; no is not written |
//! | free text | `#1⇥rationale T1⇥words`, a line each |
//! | note | `#1⇥AnnotatorNotes T1⇥words`, a line each |
//! | link in one layer | `R1⇥responds-to Arg1:T1 Arg2:T2` |
//! | annotators | where there are several, a folder each; [`MARK`] in its `annotation.conf` says whose it is |

mod document;
mod fragments;
mod names;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub(crate) use fragments::{is_break, rejoin};

use super::Scope;
use super::exporter::{FolderExporter, FolderOut};
use super::parts::{Files, put};
use crate::FormatInfo;
use crate::codebook::brat::{ANNOTATION, VISUAL};
use crate::loss::{ExportLoss, Losses};
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Document, Text, Unfinished};
use names::Types;

/// The type of a note for all tools that write standoff.
pub(crate) const NOTE: &str = "AnnotatorNotes";

/// What a comment in `annotation.conf` starts with that says who tagged what is in the folder.
pub(crate) const MARK: &str = "# Annotator: ";

/// A folder for brat.
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
            losses.add(ExportLoss::DocumentFacts, 1);
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
        scope.each_made(&mut losses, make, |files| put(out, files))?;
        Ok(losses.report())
    }
}

/// Everybody whose passages are written, in order of name.
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
    let annotation = format!("{mark}{}", types.conf.annotation);
    out.file(&format!("{folder}{ANNOTATION}"), annotation.as_bytes())?;
    out.file(&format!("{folder}{VISUAL}"), types.conf.visual.as_bytes())
}
