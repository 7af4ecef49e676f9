//! Ids for what is new, and new categories to begin with.

use demarche_model::{Category, Codebook, Colour, slug};

/// An id made from a name that is not taken yet.
pub fn free_id(name: &str, fallback: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = slug(name, fallback);
    let mut id = base.clone();
    for number in 2.. {
        if !taken(&id) {
            break;
        }
        id = format!("{base}-{number}");
    }
    id
}

/// A category with a name, an id that is free, and the first colour that no other has.
pub fn fresh_category(codebook: &Codebook, name: &str) -> Category {
    let used = |colour: &Colour| codebook.categories.iter().any(|category| category.colour == *colour);
    let free = Colour::PALETTE.into_iter().find(|colour| !used(colour));
    let colour = free.unwrap_or_else(|| Colour::nth(codebook.categories.len()));
    Category::new(codebook.free_id(&slug(name, "category")), name.trim(), colour)
}

/// The first key that tags with nothing yet.
pub fn free_key(codebook: &Codebook) -> Option<char> {
    ('1'..='9').chain('a'..='z').find(|key| codebook.by_hotkey(*key).is_none())
}
