//! Presets.

use demarche_model::Codebook;

/// A codebook to start a project with.
#[derive(Clone, PartialEq, Debug)]
pub struct Preset {
    /// Its name on the command line: the name of the file without the extension.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The codebook itself.
    pub codebook: Codebook,
}
