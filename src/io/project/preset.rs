//! Presets: codebooks to start from, built in or read from files of the same form.

use std::path::Path;
use std::sync::LazyLock;

use super::codebook;
use super::compose::File;
use super::format::{FileKind, Format};
use super::meaning_record::has_meanings;
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

/// The first edition of the default codebook, which projects may still have.
const FIRST_EDITION: &str = include_str!("../../../assets/codebooks/earlier/negotiation-1.ron");

/// Returns the first and the current edition of the default codebook.
pub fn editions() -> Option<(&'static Preset, &'static Preset)> {
    static FIRST: LazyLock<Option<Preset>> = LazyLock::new(|| {
        let id = "negotiation-1";
        // A test reads it.
        parse(FIRST_EDITION, Path::new(id), id).ok().map(|(preset, _)| preset)
    });
    FIRST.as_ref().zip(presets().first())
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
    let has_meanings = has_meanings(&preset.codebook);
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
    use super::{FIRST_EDITION, SHIPPED, compose_codebook, editions, parse, presets};
    use demarche_analysis::editions::{Adoption, adoption, adoption_edits};
    use demarche_analysis::merge_project::CodebookEntry;
    use demarche_analysis::roles::proposed_roles;
    use demarche_model::{AttributeKind, Category, Codebook, Colour, Edit, MoveRole, OwnRole, Project};
    use std::collections::HashSet;
    use std::path::Path;
    use std::sync::Arc;

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
    fn each_preset_has_roles_or_says_that_it_has_none() {
        let role = |id: &str, category: &str| {
            let preset = presets().iter().find(|preset| preset.id == id).expect("it ships");
            preset.codebook.move_role(&category.into())
        };
        for preset in presets() {
            let has_role = preset.codebook.has_move_roles();
            assert_eq!(
                has_role,
                !["bales", "walton-mckersie"].contains(&preset.id.as_str()),
                "{}",
                preset.id
            );
            assert!(preset.codebook.categories.iter().all(|c| c.move_code().is_some()), "{}", preset.id);
        }
        assert_eq!(role("negotiation", "justification"), Some(MoveRole::Reason));
        assert_eq!(role("negotiation", "withdrawal"), Some(MoveRole::Withdrawal));
        assert_eq!(role("plover", "plover-sanction"), Some(MoveRole::DeedMinus));
        assert_eq!(role("plover", "plover-consult"), None);
        assert_eq!(role("cameo-roots", "cameo-07"), Some(MoveRole::DeedPlus));
    }

    #[test]
    fn proposals_agree_with_the_roles_of_the_presets() {
        for preset in presets().iter().filter(|preset| preset.codebook.has_move_roles()) {
            let mut bare = preset.codebook.clone();
            for category in &mut bare.categories {
                *category = Arc::new(category.with_role(OwnRole::Inherited));
            }
            for proposal in proposed_roles(&bare) {
                let category = preset.codebook.category(&proposal.category).expect("a category");
                assert_eq!(proposal.role, category.own_role(), "{}", category.name);
            }
        }
    }

    #[test]
    fn the_second_edition_is_adopted_entry_by_entry() {
        let (first, second) = editions().expect("both ship");
        assert_eq!(compose_codebook(first), FIRST_EDITION);
        let Adoption::Changes(entries) = adoption(&first.codebook, &first.codebook, &second.codebook) else {
            panic!("it derives from it")
        };
        let mut project = Project::new("Talks", first.codebook.clone());
        let all = entries.iter().map(|entry| entry.entry.clone()).collect();
        let edits = adoption_edits(&first.codebook, &entries, &all);
        let undo = project.apply(Edit::Batch(edits)).expect("applied").inverse;
        let sorted = |book: &Codebook| {
            let mut book = book.clone();
            book.attributes.sort_by(|a, b| a.id.cmp(&b.id));
            book
        };
        assert_eq!(sorted(project.codebook()), sorted(&second.codebook));
        let again = adoption(project.codebook(), &first.codebook, &second.codebook);
        assert_eq!(again, Adoption::Changes(Vec::new()));
        project.apply(undo).expect("undone");
        assert_eq!(**project.codebook(), first.codebook);
        for other in presets().iter().filter(|preset| preset.id != "negotiation") {
            let found = adoption(&other.codebook, &first.codebook, &second.codebook);
            assert_eq!(found, Adoption::OtherCodebook, "{}", other.id);
        }
    }

    #[test]
    fn what_a_project_has_changed_itself_is_kept() {
        let (first, second) = editions().expect("both ship");
        let mut book = first.codebook.clone();
        let mut change = |id: &str, change: fn(&mut Category)| {
            let at = book.position(&id.into()).expect("a category");
            change(Arc::make_mut(&mut book.categories[at]));
        };
        change("demand", |demand| demand.definition = "Ours.".to_owned());
        change("offer", |offer| drop(offer.codes.insert("OWN".into(), vec!["1".into()])));
        change("threat", |threat| threat.hotkey = Some('9'));
        book.categories.retain(|category| category.id.as_str() != "rejection");
        Arc::make_mut(&mut book.attributes[5]).kind =
            AttributeKind::Choice(vec!["then".into(), "past".into()]);
        let Adoption::Changes(entries) = adoption(&book, &first.codebook, &second.codebook) else {
            panic!("it derives from it")
        };
        let chosen = entries.iter().map(|entry| entry.entry.clone());
        let chosen = chosen.filter(|entry| *entry != CodebookEntry::Attribute("speaker".into())).collect();
        let mut project = Project::new("Talks", book);
        let edits = adoption_edits(&project.codebook().clone(), &entries, &chosen);
        project.apply(Edit::Batch(edits)).expect("applied");
        let book = project.codebook();
        let category = |id: &str| book.category(&id.into()).expect("a category");
        assert_eq!(category("demand").definition, "Ours.");
        assert_eq!(category("demand").own_role(), OwnRole::Role(MoveRole::Demand));
        assert_eq!(category("offer").codes.len(), 4);
        assert_eq!((category("threat").hotkey, category("withdrawal").hotkey), (Some('9'), None));
        assert!(book.category(&"rejection".into()).is_none() && book.attribute(&"speaker".into()).is_none());
        let kind = |id: &str| book.attribute(&id.into()).expect("an attribute").kind.clone();
        assert_eq!(kind("actor"), AttributeKind::Actors);
        assert!(kind("time").own_list().expect("a list").contains(&"continuing".into()));
        assert!(kind("time").own_list().expect("a list").contains(&"then".into()));
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
