//! The report of an analysis as one file: HTML to read and print, Markdown, or a workbook.

mod html;
mod markdown;
mod shown;
mod workbook;

use std::path::Path;

use crate::IoError;
use demarche_analysis::report::Report;

/// A format of reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReportFormat {
    /// A page without script.
    Html,
    /// Text with tables; figures are pictures within it.
    Markdown,
    /// A sheet per table and figure.
    Xlsx,
}

impl ReportFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Xlsx];

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format of a file, by its extension.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }

    /// Writes a report in the format.
    ///
    /// # Errors
    /// The workbook or its pictures can't be made.
    pub fn bytes(self, report: &Report) -> Result<Vec<u8>, IoError> {
        match self {
            Self::Html => Ok(html::page(report).into_bytes()),
            Self::Markdown => Ok(markdown::text(report).into_bytes()),
            Self::Xlsx => workbook::bytes(report),
        }
    }
}
