//! A codebook to start from.

use demarche_model::Codebook;

/// A codebook to start a project with.
#[derive(Clone, PartialEq, Debug)]
pub struct Preset {
    /// Its name on the command line: the file's name without ending.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The codebook itself.
    pub codebook: Codebook,
}
