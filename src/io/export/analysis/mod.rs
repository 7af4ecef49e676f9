//! Export of the views of the analysis: JSON for scripts, tables for statistics, networks for network analysis.

mod csv;
mod format;
mod json;
mod networks;
mod page;
mod report;
mod study;
mod xlsx;

use std::path::Path;

use crate::disk::outside;
use crate::{FileTask, IoError};

pub use csv::{TidyContext, tab_separated, write_tidy, write_tidy_head, write_wide};
pub use format::{CodedView, ViewError, ViewFormat};
pub use json::{Analysis, CoderRow, Documents, Excluded, JsonRow, NotStated, rows};
pub use networks::{write_adjacency, write_edges, write_events, write_gexf, write_graphml, write_nodes};
pub use page::write_page;
pub use report::ReportFormat;
pub use study::{STUDY_FORMATS, study_format, write_study};
pub use xlsx::write_sheet;

/// Writes an export to a file. If that fails, an existing file stays as it was.
///
/// # Errors
/// The file can't be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), IoError> {
    outside::write(path, bytes).map_err(IoError::system(FileTask::WriteExport, path))
}
