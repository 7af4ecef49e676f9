//! The Board screen.

pub(crate) fn hidden_layer() -> &'static str {
    "Blind mode: you see this layer once you are done with the document"
}
