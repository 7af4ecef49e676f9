//! WebAnno TSV 3.3, as WebAnno and INCEpTION write it: a folder as in the export of a project, with a file for every
//! document and annotator: `annotation/d001.txt/ana.tsv`.
//! <https://inception-project.github.io/releases/33.0/docs/user-guide.html#sect_formats_webannotsv3>
//!
//! Offsets are UTF-16 units, the end exclusive; but what is tagged are tokens, and parts of tokens (`1-2.1`).
//!
//! | here | there |
//! |---|---|
//! | passage | `custom.Span`, the feature `label`; `[n]` where it has several tokens or shares one |
//! | attributes | a feature each; several choices are parted by `; ` |
//! | note | the feature `comment` |
//! | link in one layer | `custom.Relation`, the feature `label`, at the passage that it leads to |
//! | several pieces | a passage each |
//! | consensus | `curation/d001.txt/CURATION_USER.tsv` |
//! | a document without passages | `annotation/d001.txt/INITIAL_CAS.tsv` |

mod escape;
mod units;
mod write;

pub(crate) use escape::{split, unescape};

use super::Scope;
use super::exporter::{FolderExporter, FolderOut};
use super::parts::{Files, put};
use super::words::Words;
use crate::FormatInfo;
use crate::loss::{ExportLoss, Losses};
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Document, Text, Unfinished};
use write::Features;

/// The layer of passages and that of links, as a new project in INCEpTION has them.
const SPAN: &str = "custom.Span";
const RELATION: &str = "custom.Relation";
/// The feature that holds the category or kind.
pub(crate) const LABEL: &str = "label";
/// The feature that holds the note.
pub(crate) const COMMENT: &str = "comment";
/// Whose the result of curation is, here and there.
pub(crate) const CONSENSUS: (&str, &str) = ("consensus", "CURATION_USER");
/// The file of a document that nobody has tagged.
pub(crate) const UNTAGGED: &str = "INITIAL_CAS";

/// WebAnno TSV.
pub(super) struct WebAnno;

impl FolderExporter for WebAnno {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "webanno-tsv",
            title: "WebAnno TSV 3.3 for INCEpTION, a folder",
            extension: "",
            carries: "tokens and sentences, passages over one another and inside tokens, attributes, notes, links within one annotator's passages",
            loses: "spacing between sentences, gaps in passages, links to other documents or annotators, titles, times, ids, codebook",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn FolderOut) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let features = Features::of(scope);
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            losses.add(ExportLoss::DocumentFacts, 1);
            let words = Words::of(text);
            let mut files = Files::default();
            if words.tokens.is_empty() {
                losses.add(ExportLoss::WordlessDocuments, 1);
                return Ok(files);
            }
            for (annotator, layer) in scope.layers(document) {
                if scope.spans(layer).next().is_some() {
                    let page = write::compose(scope, document, text, &words, Some(layer), &features, losses);
                    files.push((place(document.id().as_str(), annotator), page.into_bytes()));
                }
            }
            if files.is_empty() {
                let page = write::compose(scope, document, text, &words, None, &features, losses);
                let name = format!("annotation/{}.txt/{UNTAGGED}.tsv", document.id());
                files.push((name, page.into_bytes()));
            }
            Ok(files)
        };
        scope.each_made(&mut losses, make, |files| put(out, files))?;
        Ok(losses.report())
    }
}

fn place(document: &str, annotator: &AnnotatorId) -> String {
    if annotator.as_str() == CONSENSUS.0 {
        format!("curation/{document}.txt/{}.tsv", CONSENSUS.1)
    } else {
        format!("annotation/{document}.txt/{annotator}.tsv")
    }
}
