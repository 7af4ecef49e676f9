//! A workbook for Excel and LibreOffice (Office Open XML): all passages, the codebook, and figures. For people; it can't be
//! imported.
//!
//! Every text is a string cell, which no spreadsheet runs as a formula; numbers and yes or no are cells of their own
//! type. Positions are Unicode scalar values from 0, the end exclusive; ranges as in the tables: `120 135;140 152`.

mod sheets;

use std::io::Write;
use std::path::Path;

use super::Scope;
use super::exporter::{FileExporter, broken};
use super::workbook::{failed, rows_of_first_sheet, titled};
use crate::FormatInfo;
use crate::loss::Losses;
use crate::{IoError, Loss};
use demarche_model::Unfinished;
use sheets::{codebook, passages, summary};

/// A workbook.
pub(super) struct Xlsx;

impl FileExporter for Xlsx {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "xlsx",
            title: "Excel workbook",
            extension: "xlsx",
            carries: "a row per passage with context and attributes, the codebook, figures",
            loses: "the texts, links, decisions",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let mut book = titled(scope.project.name())?;
        let (sheet, rows) = passages(scope, &mut losses)?;
        book.push_worksheet(sheet);
        book.push_worksheet(codebook(scope, &rows, &mut losses)?);
        book.push_worksheet(summary(scope, &mut losses)?);
        out.write_all(&book.save_to_buffer().map_err(failed)?).map_err(broken)?;
        Ok(losses.report())
    }

    fn recount(&self, path: &Path) -> Result<Option<usize>, IoError> {
        rows_of_first_sheet(path).map(|rows| Some(rows.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use crate::export::{random_full::comes_back, sample};

    #[test]
    fn rows_are_counted_again() {
        let project = sample::project();
        let expect = "Read back and compared: 8 of 8 passages came back; 1 EmptyDocuments; 1 Links";
        assert_eq!(comes_back("xlsx", &project), expect);
    }

    #[test]
    fn texts_too_long_for_a_cell_are_cut_and_counted() {
        let mut project = sample::project();
        let text = format!("{}x", "👩".repeat(40_000));
        let document = sample::document("d009", "Long", &text);
        let span = sample::span(99, "threat", &text, &[&text]);
        let layer = demarche_model::LayerId::new(&"d009".into(), &"ana".into());
        project.apply(demarche_model::Edit::InsertDocument { at: 2, document }).unwrap();
        let (id, to) = (span.id, Some(span.into()));
        project.apply(demarche_model::Edit::SetSpan { layer, id, to }).unwrap();
        assert!(comes_back("xlsx", &project).contains("; 1 CutTexts"));
    }
}
