//! Export of labelled spans: one file per format, and one table of formats.
//!
//! To add a format, write a file with one type that implements [`FileExporter`] or [`FolderExporter`], and add it to
//! its [`ExportGroup`]; the command line, the window and the list of formats follow.

pub mod analysis;
pub(super) mod brat;
mod cas;
mod conll;
mod csv;
mod dna;
mod doccano;
mod exporter;
pub mod figure;
mod figures;
mod html;
pub(super) mod inception;
mod json;
mod jsonl;
mod jsonl_anchors;
mod label_studio;
mod markdown;
mod memos;
pub(crate) mod move_columns;
mod parts;
mod prodigy;
mod qdpx;
mod quotes;
mod read_back;
mod repetition;
mod scope;
mod sentences;
mod spacy;
mod table;
mod to_path;
mod tokens;
mod tsv;
mod w3c;
pub(super) mod webanno;
mod workbook;
mod xlsx;

#[cfg(test)]
mod claims;
#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod memory;
#[cfg(test)]
pub(crate) mod random;
#[cfg(test)]
pub(crate) mod random_full;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub use exporter::{Exporter, FileExporter, FolderExporter, FolderOut};
pub use html::PrintedPage;
pub use read_back::ReadBack;
pub use scope::Scope;
pub use to_path::{Exported, export_to_path};

/// The use that a format is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportGroup {
    /// Tables and pages that people read, count and print.
    Reading,
    /// Programs for qualitative analysis.
    QdaPrograms,
    /// Annotation tools, machine learning and scripts.
    MachineLearning,
    /// Memos, without passages.
    Memos,
}

impl ExportGroup {
    /// The groups, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Reading, Self::QdaPrograms, Self::MachineLearning, Self::Memos];

    /// Returns the formats of the group, in the order in which they are shown.
    pub fn exporters(self) -> &'static [Exporter<'static>] {
        use Exporter::{File, Folder};
        match self {
            Self::Reading => &[
                File(&xlsx::Xlsx),
                File(&csv::Csv),
                File(&tsv::Tsv),
                File(&html::Html),
                File(&markdown::Markdown),
            ],
            Self::Memos => &[File(&memos::MemosMarkdown), File(&memos::MemosCsv)],
            Self::QdaPrograms => &[File(&qdpx::Qdpx), File(&dna::DnaCsv), File(&dna::DnaWorkbook)],
            Self::MachineLearning => &[
                File(&jsonl::Jsonl),
                Folder(&brat::Brat),
                Folder(&webanno::WebAnno),
                Folder(&cas::Xmi),
                Folder(&cas::Json),
                Folder(&label_studio::LabelStudio),
                File(&doccano::Doccano),
                File(&prodigy::Prodigy),
                File(&spacy::Spacy),
                File(&conll::Conll),
                File(&w3c::W3c),
            ],
        }
    }
}

/// Returns all formats, group by group.
pub fn exporters() -> &'static [Exporter<'static>] {
    static ALL: LazyLock<Vec<Exporter<'static>>> =
        LazyLock::new(|| ExportGroup::ALL.iter().flat_map(|group| group.exporters()).copied().collect());
    &ALL
}

/// Returns the format with this name.
///
/// ```
/// let csv = demarche_io::export::exporter("csv").expect("a format");
/// assert_eq!(csv.info().extension, "csv");
/// assert!(demarche_io::export::exporter("docx").is_none());
/// ```
pub fn exporter(name: &str) -> Option<Exporter<'static>> {
    exporters().iter().copied().find(|exporter| exporter.info().name == name)
}
