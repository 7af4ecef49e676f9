//! Presets: codebooks to start from, built in or read from files of the same form.

use std::path::Path;
use std::sync::LazyLock;

use super::codebook;
use super::compose::File;
use super::format::{FileKind, Format};
use super::source::{Source, normal};
use crate::{Preset, Problem};
use demarche_model::slug;

const SHIPPED: [(&str, &str); 5] = [
    ("negotiation", include_str!("../../../assets/codebooks/negotiation.ron")),
    ("cameo-roots", include_str!("../../../assets/codebooks/cameo-roots.ron")),
    ("plover", include_str!("../../../assets/codebooks/plover.ron")),
    ("bales", include_str!("../../../assets/codebooks/bales.ron")),
    ("walton-mckersie", include_str!("../../../assets/codebooks/walton-mckersie.ron")),
];

/// Returns the built-in codebooks, the default first.
pub fn presets() -> &'static [Preset] {
    static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
        // A test reads all of them, so none is left out.
        SHIPPED.iter().filter_map(|(id, text)| parse(text, Path::new(id), id).ok()).map(|(p, _)| p).collect()
    });
    &PRESETS
}

/// Reads a codebook file from its bytes. The id is made from the name of the file. Returns problems with records that were
/// read nevertheless.
///
/// # Errors
/// The file or one of its records can't be read; the first such problem is returned.
pub fn parse_codebook(bytes: Vec<u8>, path: &Path) -> Result<(Preset, Vec<Problem>), Problem> {
    let text = normal(bytes, path)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    parse(&text, path, &slug(&stem, "codebook"))
}

/// Returns the text of a codebook file.
pub fn compose_codebook(preset: &Preset) -> String {
    let has_meanings = codebook::has_meanings(&preset.codebook);
    let mut file = File::new(if has_meanings { Format::WITH_MEANINGS } else { Format::FIRST });
    file.text("name", &preset.name);
    file.text("description", &preset.description);
    codebook::compose(&mut file, &preset.codebook);
    file.finish()
}

fn parse(text: &str, file: &Path, id: &str) -> Result<(Preset, Vec<Problem>), Problem> {
    let mut source = Source::new(text, file, FileKind::Codebook)?;
    let name = source.required("name")?;
    let description = source.optional("description")?.unwrap_or_default();
    let read = codebook::read(&mut source)?;
    source.finish()?;
    match read.problems.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok((Preset { id: id.to_owned(), name, description, codebook: read.codebook }, read.warnings)),
    }
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, compose_codebook, parse, presets};
    use demarche_model::{Category, Colour};
    use std::collections::HashSet;
    use std::path::Path;

    #[test]
    fn every_preset_can_be_read_and_is_written_the_same() {
        assert_eq!(presets().len(), SHIPPED.len());
        for (id, text) in SHIPPED {
            let (preset, warnings) = parse(text, Path::new(id), id).expect("a good preset");
            assert_eq!(warnings, []);
            assert_eq!(compose_codebook(&preset), text);
        }
    }

    #[test]
    fn every_preset_is_complete() {
        for preset in presets() {
            let book = &preset.codebook;
            let mut colours = HashSet::new();
            for category in &book.categories {
                let Category { id, definition, include, exclude, examples, colour, .. } = &**category;
                let texts = [definition, include, exclude];
                assert!(texts.iter().all(|text| !text.is_empty()) && !examples.is_empty(), "{id}");
                assert!(colours.insert(*colour), "{id} has the colour of another");
            }
            let keys: Vec<char> = book.attributes.iter().filter_map(|attribute| attribute.hotkey).collect();
            let distinct: HashSet<&char> = keys.iter().collect();
            assert_eq!((keys.len(), distinct.len()), (book.attributes.len(), keys.len()), "{}", preset.id);
            assert!(book.attributes.iter().all(|attribute| !attribute.definition.is_empty()));
        }
        let plover = presets().iter().find(|preset| preset.id == "plover").expect("it ships");
        assert!(plover.description.contains("CC BY-SA 4.0") && plover.codebook.categories.len() == 16);
        assert!(plover.codebook.categories.iter().all(|c| c.colour != Colour([0; 3])));
    }
}
