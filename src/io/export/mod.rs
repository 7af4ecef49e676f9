//! Export of labelled spans: one file per format, and one table of formats.
//!
//! To add a format, write a file with one type that implements [`FileExporter`] or [`FolderExporter`], and add it to
//! [`exporters`]; the command line, the window and the list of formats follow.

pub mod analysis;
pub(super) mod brat;
mod cas;
mod conll;
mod csv;
mod doccano;
mod exporter;
pub mod figure;
mod figures;
mod html;
mod jsonl;
mod jsonl_anchors;
mod label_studio;
mod markdown;
mod move_columns;
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

pub use exporter::{Exporter, FileExporter, FolderExporter, FolderOut};
pub use read_back::ReadBack;
pub use scope::Scope;
pub use to_path::{Exported, export_to_path};

/// Returns all formats, in the order in which they are shown.
pub fn exporters() -> &'static [Exporter<'static>] {
    use Exporter::{File, Folder};
    &[
        File(&csv::Csv),
        File(&tsv::Tsv),
        File(&jsonl::Jsonl),
        File(&markdown::Markdown),
        Folder(&brat::Brat),
        File(&doccano::Doccano),
        Folder(&label_studio::LabelStudio),
        File(&prodigy::Prodigy),
        File(&spacy::Spacy),
        File(&conll::Conll),
        Folder(&webanno::WebAnno),
        File(&w3c::W3c),
        File(&qdpx::Qdpx),
        File(&xlsx::Xlsx),
        File(&html::Html),
        Folder(&cas::Xmi),
        Folder(&cas::Json),
    ]
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
