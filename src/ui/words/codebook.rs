//! The codebook panel.

texts! {
    title: "Codebook",
    new_category: "New category",
    edit: "Edit codebook",
    show_passages: "Show its passages",
    click_hint: "Click to tag the selected text, or, if no text is selected, to show the passages of this category.",
}

/// The menu entry that tags with a category.
pub fn tag_as(category: &str) -> String {
    format!("Tag as {category}")
}

/// The rule on what to tag with a category.
pub fn include(text: &str) -> String {
    format!("Include: {text}")
}

/// The rule on what not to tag with a category.
pub fn exclude(text: &str) -> String {
    format!("Exclude: {text}")
}

/// The codes of a category in another scheme.
pub fn codes(scheme: &str, codes: &[impl AsRef<str>]) -> String {
    let codes: Vec<&str> = codes.iter().map(AsRef::as_ref).collect();
    format!("{scheme} {}", codes.join(", "))
}

/// A category that is closed to new passages.
pub fn retired(name: &str) -> String {
    format!("{name} (retired)")
}
