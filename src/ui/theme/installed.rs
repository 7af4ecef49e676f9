//! The fonts of the system, by name. Listing them can take hundreds of milliseconds, so it belongs on a thread.

use std::collections::BTreeSet;

use egui::FontData;
use fontique::{Collection, CollectionOptions, SourceCache};

fn collection() -> Collection {
    Collection::new(CollectionOptions { shared: false, system_fonts: true })
}

/// Returns the names of the installed families, in alphabetical order.
pub fn installed_families() -> Vec<String> {
    let mut collection = collection();
    let names: BTreeSet<String> = collection.family_names().map(str::to_owned).collect();
    // Those of the system that begin with a dot are not for documents.
    names.into_iter().filter(|name| !name.starts_with('.')).collect()
}

/// Reads the font of an installed family, or returns `None` if there is none of that name.
pub fn installed_font(family: &str) -> Option<FontData> {
    let family = collection().family_by_name(family)?;
    let font = family.default_font()?;
    let (blob, _) = font.load(Some(&mut SourceCache::default()))?.into_raw_parts();
    Some(FontData::from_blob(blob, font.index()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_family_is_found_and_no_other() {
        let names = installed_families();
        assert!(names.is_sorted());
        for name in names.iter().take(3) {
            assert!(installed_font(name).is_some(), "{name}");
        }
        assert!(installed_font("No font has this name").is_none());
    }
}
