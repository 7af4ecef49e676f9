//! An event list as a workbook, for people who work in Excel.

use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::{Format, Worksheet};

use super::rows::{Columns, Field};
use super::{CARRIES, LOSES};
use crate::export::Scope;
use crate::export::exporter::{FileExporter, broken};
use crate::export::workbook::{ROWS, failed, rows_of_first_sheet, titled};
use crate::loss::{ExportLoss, Losses};
use crate::spreadsheet::held;
use crate::{FormatInfo, IoError, Loss};
use demarche_model::Unfinished;

/// An event list as XLSX.
pub(in crate::export) struct DnaWorkbook;

impl FileExporter for DnaWorkbook {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "dna-xlsx",
            title: "Statements for Discourse Network Analyzer (Excel)",
            extension: "xlsx",
            carries: CARRIES,
            loses: LOSES,
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let mut book = titled(scope.project.name())?;
        let columns = Columns::of(scope.project);
        let mut sheet = Worksheet::new();
        sheet.set_name("statements").map_err(failed)?;
        let bold = Format::new().set_bold();
        for (at, name) in (0..).zip(columns.header()) {
            sheet.write_string_with_format(0, at, name, &bold).map_err(failed)?;
        }
        let mut number = 0;
        columns.each(scope, &mut losses, |row, losses| {
            number += 1;
            if number >= ROWS {
                losses.add(ExportLoss::PassagesBeyondSheet, 1);
                return Ok(());
            }
            for (at, field) in (0..).zip(row) {
                match field {
                    Field::Empty => {}
                    Field::Number(value) => _ = sheet.write_number(number, at, *value).map_err(failed)?,
                    Field::Words(words) => {
                        let held = held(words);
                        losses.add(ExportLoss::CutTexts, usize::from(held.len() < words.len()));
                        sheet.write_string(number, at, held).map_err(failed)?;
                    }
                }
            }
            Ok(())
        })?;
        book.push_worksheet(sheet);
        out.write_all(&book.save_to_buffer().map_err(failed)?).map_err(broken)?;
        Ok(losses.report())
    }

    fn recount(&self, path: &Path) -> Result<Option<usize>, IoError> {
        rows_of_first_sheet(path).map(|rows| Some(rows.saturating_sub(1)))
    }
}
