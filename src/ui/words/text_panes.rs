//! Two texts side by side.

use demarche_session::PaneSide;

use super::grammar::plural;

texts! {
    splitter: "Width of the two texts",
    narrow: "too narrow for both",
    narrow_hint: "The two texts are side by side in a wider window, with smaller text or with a panel closed.",
    close_other: "Close the other text",
    versions: "Versions of this text",
    open_beside: "Open beside",
}

/// The accessible name of a text.
pub fn text(side: PaneSide) -> &'static str {
    match side {
        PaneSide::Left => "Document text, left",
        PaneSide::Right => "Document text, right",
    }
}

/// The accessible name of the menu in which the document of a pane is chosen.
pub fn document(side: PaneSide) -> &'static str {
    match side {
        PaneSide::Left => "Document on the left",
        PaneSide::Right => "Document on the right",
    }
}

/// The button that closes a text.
pub fn close(side: PaneSide) -> &'static str {
    match side {
        PaneSide::Left => "Close the text on the left",
        PaneSide::Right => "Close the text on the right",
    }
}

/// An earlier version of a text.
pub fn version(number: u32) -> String {
    format!("Version {number}")
}

/// The current version of a text.
pub fn current_version(number: u32) -> String {
    format!("Version {number} (current)")
}

/// The field that filters the documents.
pub fn filter_hint(documents: usize) -> String {
    format!("Filter {}", plural(documents, "document"))
}
