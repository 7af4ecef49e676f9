//! Proposing a change of another annotator's passage.

texts! {
    title: "Propose change",
    confirm: "Propose",
    category: "Category",
    proposed_category: "Proposed category",
    text: "Text",
    text_hint: "To propose other text, select it before opening this dialog.",
    attributes: "Attributes",
    in_comment: "Propose it in the comment",
    nothing: "Nothing",
    reason: "Reason",
    reason_hint: "What the annotator should know",
}

/// A value that stays as it is.
pub fn unchanged(value: &str) -> String {
    format!("{value} (unchanged)")
}

/// The text that is proposed.
pub fn this_text(quote: &str) -> String {
    format!("This text instead: “{quote}”")
}

/// The menu of an attribute.
pub fn proposed(attribute: &str) -> String {
    format!("Proposed {attribute}")
}
