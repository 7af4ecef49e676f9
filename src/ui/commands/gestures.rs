//! Keys and clicks that are not commands: what the text, the passages table and the review queue do with them.

/// The gestures of one part of the window.
pub struct GestureGroup {
    /// The part of the window.
    pub title: &'static str,
    /// Keys or clicks, and what they do.
    pub rows: &'static [(&'static [&'static str], &'static str)],
}

/// All gestures, as the help page and docs/COMMANDS.md list them.
pub static GESTURES: [GestureGroup; 5] = [
    GestureGroup {
        title: "In the text",
        rows: &[
            (&["1–9", "A–Z"], "Tag selected text, or retag current passage"),
            (&["Shift+1–9", "A–Z"], "Tag current passage a second time"),
            (&["←", "→"], "Move by character"),
            (&["Ctrl+←", "→"], "Move by word"),
            (&["↑", "↓"], "Move by line"),
            (&["Ctrl+↑", "↓"], "Move by paragraph"),
            (&["Alt+↑", "↓"], "Select previous or next sentence (settings: only move)"),
            (&["Home", "End"], "Go to start or end of line"),
            (&["Ctrl+Home", "End"], "Go to start or end of document"),
            (&["Page Up", "Page Down"], "Move by page"),
            (&["Shift+move"], "Extend selection"),
            (&["Drag"], "Select text by words"),
            (&["Alt+drag"], "Select text by characters"),
            (&["Double-click"], "Select word"),
            (&["Triple-click"], "Select sentence"),
            (&["Click"], "Select shortest passage; again, next longer"),
            (&["Ctrl+click"], "Add passage to selection"),
            (&["Drag selected text"], "On a category: tag with it"),
            (&["Drag card"], "Link to another card or passage; on a category: retag"),
            (&["Drag", "Enter"], "In marker mode: tag with its category"),
        ],
    },
    GestureGroup {
        title: "In the passages table",
        rows: &[
            (&["↑", "↓", "Page Up", "Page Down", "Home", "End"], "Go to another row"),
            (&["Shift+move"], "Select rows in between"),
            (&["Shift+click"], "Select rows up to this one"),
            (&["Ctrl+click"], "Add row to selection, or remove it"),
            (&["Ctrl+A"], "Select all rows"),
            (&["Escape"], "Select only current passage"),
            (&["1–9", "A–Z"], "Retag selected passages"),
            (&["Delete"], "Remove selected passages"),
            (&["Ctrl+C"], "Copy selected passages with citations"),
            (&["Enter"], "Go to passage in text"),
            (&["←", "→"], "Collapse or expand group"),
        ],
    },
    GestureGroup {
        title: "In the list of documents",
        rows: &[
            (&["↑", "↓", "Page Up", "Page Down", "Home", "End"], "Choose another document"),
            (&["Shift+move"], "Choose documents in between"),
            (&["Shift+click"], "Choose documents up to this one"),
            (&["Ctrl+click"], "Choose document as well, or no longer"),
            (&["Ctrl+A"], "Choose all listed documents"),
            (&["Enter", "Click"], "Open document"),
            (&["Shift+Enter", "Middle click"], "Open document beside the open one"),
            (&["F2"], "Rename document or set"),
            (&["A–Z"], "Go to the document whose title begins so"),
            (&["Alt+↑", "↓"], "Move chosen documents (sorted by hand)"),
            (&["Drag"], "Move documents (sorted by hand), or put them into a set"),
            (&["Delete"], "In the list of a set: remove from the set; on a set: delete it"),
            (&["Escape"], "Choose a single document; again, clear the filter, go to the text"),
        ],
    },
    GestureGroup {
        title: "In the review queue",
        rows: &[
            (&["A"], "Accept passage, go to next"),
            (&["R"], "Reject passage, go to next"),
            (&["D"], "Dispute passage, go to next"),
            (&["P"], "Propose change"),
            (&["C"], "Add comment"),
            (&["W"], "Withdraw decision"),
            (&["↓", "N"], "Go to next passage"),
            (&["↑", "B"], "Go to previous passage"),
            (&["Enter"], "Go to text"),
        ],
    },
    GestureGroup {
        title: "On the Analyse screen",
        rows: &[
            (&["↑", "↓", "←", "→"], "Go to another number, and show the passages behind it"),
            (&["Enter"], "Open passage; of several, go to their list"),
            (&["Space"], "Mark number in figure"),
            (&["Shift+Space"], "Mark number in addition to others"),
            (&["Double-click"], "Open what is behind a number; over time, add an event at the bin"),
            (&["Click"], "Mark number; within documents, go to the passage"),
            (&["Drag"], "Move an actor of the network"),
            (&["Escape"], "Go back from list to figure or table, then to no number"),
        ],
    },
];
