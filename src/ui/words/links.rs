//! Links between passages.

texts! {
    link_to_here_as: "Link to here as",
}

/// The accessible name of a link in the margin, from the sentence that describes it.
pub fn arc(sentence: &str) -> String {
    format!("Link: {sentence}")
}
