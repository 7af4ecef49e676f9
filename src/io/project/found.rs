//! A file as it was found after somebody changed it.

use crate::Problem;
use demarche_model::{Layer, Project, Review};

/// A file as it was found to be after somebody has changed it.
#[derive(Debug)]
pub struct Found {
    /// Its hash; `None` if it is gone.
    pub hash: Option<u64>,
    /// What it holds.
    pub content: FoundContent,
    /// What is wrong in it, though it could be read.
    pub problems: Vec<Problem>,
}

/// What a file holds.
#[derive(Debug)]
pub enum FoundContent {
    /// `project.ron`; no document has been read.
    Project(Box<Project>),
    /// A layer; an empty one where the file is gone.
    Layer(Layer),
    /// A review; an empty one where the file is gone.
    Review(Review),
    /// A text, or something of a document that has not been read yet: it is there, and can be read.
    There,
}
