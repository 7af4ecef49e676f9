//! Linking two passages.

texts! {
    title: "Link passages",
    from: "From",
    to: "To",
    reverse: "Reverse",
    reverse_hint: "Reverse the direction of the link (Tab)",
    fixed_direction: "A link starts at one of your own passages, so its direction is fixed.",
    already_linked: "Already linked",
}

/// An end of the link; the document is named if the other end is in another one.
pub fn end(passage: &str, title: Option<&str>) -> String {
    title.map_or_else(|| passage.to_owned(), |title| format!("{passage}, {title}"))
}
