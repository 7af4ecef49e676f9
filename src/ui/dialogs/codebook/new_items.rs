//! Ids, colours and keys for new items of the codebook.

use demarche_model::{Category, Codebook, Colour, slug};

/// Returns an id made from a name that is not taken yet.
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

/// Returns a category with the name, a free id, and the first colour that no other category has.
pub fn new_category(codebook: &Codebook, name: &str) -> Category {
    let used = |colour: &Colour| codebook.categories.iter().any(|category| category.colour == *colour);
    let free = Colour::PALETTE.into_iter().find(|colour| !used(colour));
    let colour = free.unwrap_or_else(|| Colour::nth(codebook.categories.len()));
    Category::new(codebook.free_id(&slug(name, "category")), name.trim(), colour)
}

/// Returns the first key that belongs to no category.
pub fn free_key(codebook: &Codebook) -> Option<char> {
    ('1'..='9').chain('a'..='z').find(|key| codebook.by_hotkey(*key).is_none())
}
