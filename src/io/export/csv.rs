//! CSV for spreadsheets: RFC 4180 with UTF-8 BOM, so that Excel takes it for what it is.

use std::io::Write;
use std::path::Path;

use super::Scope;
use super::exporter::FileExporter;
use super::table::{Dialect, rows_in, write_table};
use crate::FormatInfo;
use crate::{IoError, Loss};
use demarche_model::Unfinished;

/// Comma-separated values, a row per span.
pub(super) struct Csv;

impl FileExporter for Csv {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "csv",
            title: "CSV for Excel and statistics",
            extension: "csv",
            carries: "a row per span: document, annotator, category, place, quote, context, attributes, note, times",
            loses: "the texts, documents without a span, links, decisions; several values in one cell are joined by `; `",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        write_table(scope, out, Dialect { bom: true, delimiter: b',', crlf: true })
    }

    fn recount(&self, path: &Path) -> Result<Option<usize>, IoError> {
        rows_in(path, b',').map(Some)
    }
}
