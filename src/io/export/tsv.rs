//! TSV for scripts: the columns of CSV, tab between them, LF after each row, no BOM.

use std::io::Write;
use std::path::Path;

use super::Scope;
use super::exporter::FileExporter;
use super::table::{Dialect, rows_in, write_table};
use crate::FormatInfo;
use crate::{IoError, Loss};
use demarche_model::Unfinished;

/// Tab-separated values, a row per span. A field with a tab or a line end in it stands in double quotes.
pub(super) struct Tsv;

impl FileExporter for Tsv {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "tsv",
            title: "TSV for scripts and spreadsheets",
            extension: "tsv",
            carries: "the columns of CSV; fields with a tab or a line end stand in double quotes",
            loses: "the texts, documents without a span, links, decisions; several values in one cell are joined by `; `",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        write_table(scope, out, Dialect { bom: false, delimiter: b'\t', crlf: false })
    }

    fn recount(&self, path: &Path) -> Result<Option<usize>, IoError> {
        rows_in(path, b'\t').map(Some)
    }
}
