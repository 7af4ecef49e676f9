//! WebAnno TSV 3.3, as WebAnno and INCEpTION write it: a folder as in the export of a project, with a file per document and
//! annotator: `annotation/d001.txt/ana.tsv`.
//!
//! Source: <https://inception-project.github.io/releases/33.0/docs/user-guide.html#sect_formats_webannotsv3>
//!
//! Offsets are UTF-16 units, the end exclusive. Annotations refer to tokens, and to parts of tokens (`1-2.1`).
//!
//! | Demarche | WebAnno |
//! |---|---|
//! | passage | `custom.Span`, the feature `label`; with `[n]` if it has several tokens or shares one |
//! | attributes | a feature each, if a passage has one; several choices are separated by `; ` |
//! | note | the feature `comment`, if a passage has one |
//! | link in one layer | `custom.Relation`, the feature `label`, at the passage to which it leads |
//! | several ranges | a passage each |
//! | consensus | `curation/d001.txt/CURATION_USER.tsv` |
//! | a document without passages | `annotation/d001.txt/INITIAL_CAS.tsv` |
//! | codebook | `layers.json`, to import in INCEpTION before the files: features with their tag sets |

mod escape;
mod units;
mod write;

pub(crate) use escape::{split, unescape};

use super::Scope;
use super::exporter::{FolderExporter, FolderOut};
use super::inception::{self, Features};
use super::parts::{Files, write_files};
use super::repetition;
use super::sentences::Sentences;
use crate::FormatInfo;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses};
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Document, Layer, Text, Unfinished};

/// The owner of the curated layer, in Demarche and in INCEpTION.
pub(crate) const CONSENSUS: (&str, &str) = ("consensus", "CURATION_USER");
/// The file of a document without passages.
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
        self.write_within(scope, out, repetition::MOST)
    }
}

impl WebAnno {
    /// Writes the scope unless that would name passages at more than `most` bytes of further tokens.
    pub(super) fn write_within(
        &self,
        scope: &Scope<'_>,
        out: &mut dyn FolderOut,
        most: u64,
    ) -> Result<Vec<Loss>, Unfinished<IoError>> {
        self.check(scope, most)?;
        let mut losses = Losses::default();
        let features = Features::new(scope, &[]);
        out.file(inception::LAYERS, inception::layers(scope, &features, false).as_bytes())?;
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            losses.add(ExportLoss::DocumentFacts, 1);
            let words = Sentences::new(text);
            let mut files = Files::default();
            if words.tokens.is_empty() {
                losses.add(ExportLoss::WordlessDocuments, 1);
                return Ok(files);
            }
            for (annotator, layer) in scope.layers(document) {
                losses.add(
                    ExportLoss::InfiniteNumbers,
                    scope.spans(layer).map(|span| infinite_numbers(span)).sum(),
                );
                if scope.spans(layer).next().is_some() {
                    let page = write::compose(scope, document, text, &words, Some(layer), &features, losses);
                    files.push((file_name(document.id().as_str(), annotator), page.into_bytes()));
                }
            }
            if files.is_empty() {
                let page = write::compose(scope, document, text, &words, None, &features, losses);
                let name = format!("annotation/{}.txt/{UNTAGGED}.tsv", document.id());
                files.push((name, page.into_bytes()));
            }
            Ok(files)
        };
        scope.each_converted(&mut losses, make, |files| write_files(out, files))?;
        Ok(losses.report())
    }

    /// Refuses an export that would repeat more than `most` bytes.
    fn check(&self, scope: &Scope<'_>, most: u64) -> Result<(), IoError> {
        let features = Features::new(scope, &[]);
        let name = self.info().name;
        // A token has at least one byte, so most exports pass without being split into tokens for that.
        let highest = |_: &Document, text: &Text, layer: &Layer| {
            let cells = repetition::covered(scope, layer).saturating_sub(text.as_str().len() as u64);
            cells * scope.spans(layer).map(|span| write::width(&features, span)).max().unwrap_or_default()
        };
        if repetition::check(scope, name, most, highest).is_ok() {
            return Ok(());
        }
        repetition::check(scope, name, most, |_, text, layer| {
            let words = Sentences::new(text);
            let (mut cells, mut bytes) = (0, 0);
            for span in scope.spans(layer) {
                let tokens: usize = span.ranges.iter().map(|range| words.touched(range).len()).sum();
                cells += tokens as u64;
                bytes += tokens as u64 * write::width(&features, span);
            }
            let repeated = cells.saturating_sub(words.tokens.len() as u64);
            bytes / cells.max(1) * repeated
        })
    }
}

fn file_name(document: &str, annotator: &AnnotatorId) -> String {
    if annotator.as_str() == CONSENSUS.0 {
        format!("curation/{document}.txt/{}.tsv", CONSENSUS.1)
    } else {
        format!("annotation/{document}.txt/{annotator}.tsv")
    }
}
