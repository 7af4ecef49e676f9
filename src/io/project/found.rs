//! A file that another program has changed.

use crate::Problem;
use demarche_model::{AnalysisNotes, Layer, Project, Review};

/// A file as it was read after another program had changed it.
#[derive(Debug)]
pub struct Found {
    /// The hash of its bytes; `None` if the file was removed.
    pub hash: Option<u64>,
    /// Its content.
    pub content: FoundContent,
    /// Problems with single records.
    pub problems: Vec<Problem>,
}

/// The content of a file that has changed.
#[derive(Debug)]
pub enum FoundContent {
    /// `project.ron`, with no document read yet.
    Project(Box<Project>),
    /// A layer; empty if the file was removed.
    Layer(Layer),
    /// A review; empty if the file was removed.
    Review(Review),
    /// A part of a person's analysis notes; empty if the file was removed.
    AnalysisNotes(AnalysisNotes),
    /// A text, or a file of a document that has not been read yet: it exists, and is read when it is needed.
    There,
}
