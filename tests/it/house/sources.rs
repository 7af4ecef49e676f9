//! The sources of the project, and where they are.

use std::fs;
use std::path::{Path, PathBuf};

/// The crates, each with the folder of its sources.
pub const CRATES: [(&str, &str); 6] = [
    ("demarche_model", "src/model"),
    ("demarche_analysis", "src/analysis"),
    ("demarche_io", "src/io"),
    ("demarche_session", "src/session"),
    ("demarche_ui", "src/ui"),
    ("demarche", "src/cli"),
];

/// The folder of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder, sorted.
pub fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// A path relative to the repository, with `/` between its parts.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
