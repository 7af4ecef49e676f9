//! Codebooks to start from: those that ship, and files of the same form.

use std::path::Path;
use std::sync::LazyLock;

use super::codebook;
use super::source::{Source, normal};
use crate::io::{IoError, Problem};
use crate::model::{Codebook, slug};

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

const SHIPPED: [(&str, &str); 2] = [
    ("negotiation", include_str!("../../../assets/codebooks/negotiation.ron")),
    ("cameo-roots", include_str!("../../../assets/codebooks/cameo-roots.ron")),
];

/// The codebooks that ship, the default first.
pub fn presets() -> &'static [Preset] {
    static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
        // A test reads all of them, so none is ever left out.
        SHIPPED.iter().filter_map(|(id, text)| parse(text, Path::new(id), id).ok()).collect()
    });
    &PRESETS
}

/// Reads a codebook from a file.
///
/// # Errors
/// It can't be read, or something in it is wrong; the first such thing is named.
pub fn read_codebook(path: &Path) -> Result<Preset, IoError> {
    let bytes = std::fs::read(path).map_err(IoError::system("can't read the codebook", path))?;
    let text = normal(bytes, path).map_err(IoError::Problem)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    parse(&text, path, &slug(&stem, "codebook")).map_err(IoError::Problem)
}

fn parse(text: &str, file: &Path, id: &str) -> Result<Preset, Problem> {
    let mut source = Source::new(text, file)?;
    let name = source.required("name")?;
    let description = source.optional("description")?.unwrap_or_default();
    let read = codebook::read(&mut source)?;
    source.finish()?;
    match read.problems.into_iter().chain(read.warnings).next() {
        Some(problem) => Err(problem),
        None => Ok(Preset { id: id.to_owned(), name, description, codebook: read.codebook }),
    }
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, parse, presets};
    use crate::io::project::{codebook, compose::File};
    use std::path::Path;

    #[test]
    fn every_codebook_that_ships_can_be_read_and_is_written_the_same() {
        assert_eq!(presets().len(), SHIPPED.len());
        for (id, text) in SHIPPED {
            let preset = parse(text, Path::new(id), id).expect("a good preset");
            let mut file = File::new();
            file.text("name", &preset.name);
            file.text("description", &preset.description);
            codebook::compose(&mut file, &preset.codebook);
            assert_eq!(file.finish(), text);
        }
    }
}
