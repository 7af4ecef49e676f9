//! The report of a reliability study: a page, and next to it the raw units with a key of their codes.

use std::path::{Path, PathBuf};

use super::report::ReportFormat;
use super::write_file;
use crate::IoError;
use crate::spreadsheet::guard;
use demarche_analysis::agreement::{UnitRow, UnitTable};
use demarche_analysis::study::Study;
use demarche_model::{CategoryId, Codebook};

/// The formats of the page.
pub const STUDY_FORMATS: [ReportFormat; 2] = [ReportFormat::Html, ReportFormat::Markdown];

/// The value of a coder who has not worked on a document, as R reads it.
const MISSING: &str = "NA";

/// Returns the format of a page, by the extension of its file.
pub fn study_format(path: &Path) -> Option<ReportFormat> {
    ReportFormat::of_path(path).filter(|format| STUDY_FORMATS.contains(format))
}

/// Writes a page, and its units and their key as `F-units.csv` and `F-units-key.csv`. Returns all files.
///
/// # Errors
/// A file can't be written.
pub fn write_study(
    path: &Path,
    format: ReportFormat,
    study: &Study,
    codebook: &Codebook,
) -> Result<Vec<PathBuf>, IoError> {
    let files = [
        (path.to_owned(), format.bytes(&study.report)?),
        (beside(path, "units"), units(&study.units).into_bytes()),
        (beside(path, "units-key"), key(&study.units, codebook).into_bytes()),
    ];
    for (path, bytes) in &files {
        write_file(path, bytes)?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The path of a table next to a page.
fn beside(page: &Path, what: &str) -> PathBuf {
    let stem = page.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    page.with_file_name(format!("{stem}-{what}.csv"))
}

/// A row per unit, with the code of each coder.
fn units(table: &UnitTable) -> String {
    let coders = table.coders.iter().map(|coder| field(coder.as_str()));
    let mut out = line(["document", "unit", "start", "end"].map(str::to_owned).into_iter().chain(coders));
    for UnitRow { document, number, start, end, codes } in &table.rows {
        let place = [field(document.as_str()), number.to_string(), start.to_string(), end.to_string()];
        let codes = codes.iter().map(|code| code.map_or_else(|| MISSING.to_owned(), |code| code.to_string()));
        out.push_str(&line(place.into_iter().chain(codes)));
    }
    out
}

/// A row per code, with its categories.
fn key(table: &UnitTable, codebook: &Codebook) -> String {
    let mut out = line(["code", "categories", "names"].map(str::to_owned));
    for (code, categories) in table.codes.iter().enumerate() {
        let ids: Vec<&str> = categories.iter().map(CategoryId::as_str).collect();
        let names: Vec<&str> = categories.iter().map(|id| codebook.name_of(id)).collect();
        out.push_str(&line([code.to_string(), field(&ids.join("+")), field(&names.join(" + "))]));
    }
    out
}

fn line(fields: impl IntoIterator<Item = String>) -> String {
    fields.into_iter().collect::<Vec<_>>().join(",") + "\n"
}

/// A text as a field: in quotes if it needs them, and never a formula.
fn field(text: &str) -> String {
    let text = guard(text);
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | ' ' | '\''));
    if is_plain { text.into_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
