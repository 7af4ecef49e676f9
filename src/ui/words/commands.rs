//! Commands: titles that depend on the session, and the reasons why a command can't run. Names and help are in the
//! command table.

/// Undo with the step that it would undo.
pub fn undo(step: &str) -> String {
    format!("Undo {step}")
}

/// Redo with the step that it would redo.
pub fn redo(step: &str) -> String {
    format!("Redo {step}")
}

texts! {
    link_to_here: "Link to here…",

    read_only: "This project is read-only",
    nothing_to_return: "Only a lead can return a document, to a coder who has marked it as done",
    not_a_lead_or_reviewer: "Only a lead or a reviewer can freeze a round",
    unidentified: "Choose who you are first",
    no_categories: "Add a category first",
    nothing_to_undo: "Nothing to undo",
    nothing_to_redo: "Nothing to redo",
    no_document: "Open a document first",
    no_documents: "Import a document first",
    no_pages: "This document has no page numbers",
    no_agreement: "Nothing is computed yet; go to the Agreement screen",
    none_in_doubt: "None of your passages in this document is in doubt",
    one_text: "Only one text is shown; press Ctrl+Shift+B for a second one",
    no_earlier_version: "The text of this document was never updated",
    no_selected_text: "Select some text first",
    nothing_to_copy: "Select some text or a passage first",
    no_passage: "Select a passage first",
    passage_of_another: "This passage belongs to another annotator",
    no_link_kinds: "The codebook has no kinds of link; add one there first",
    no_link_started: "No link was started",
    nothing_to_extend: "Select a passage of yours first, then the text to add to it",
    nothing_tagged_yet: "Tag something first",
    no_category_at_hand: "Select a passage first, or right-click a category",
    empty_table: "The passages table is empty",
    no_search: "Search for something first",
    no_problems: "No problems are known",
    not_on_compare: "Go to the Compare screen first (Ctrl+2)",
    not_on_annotate: "Go to the Annotate screen first (Ctrl+1)",
    nothing_counted: "Nothing has been counted yet",
    no_figure: "This view has no figure, or one for each coder: choose one coder",
    not_on_analyse: "Go to the Analyse screen first (Ctrl+4)",
    no_filter: "No filter is set",
    no_axes: "Only the overview matrix has rows and columns to swap",
    all_specified: "Mark a number of passages without a value first, such as “not specified”",
    none_with_answers: "No listed demand or offer has a possible answer",
    no_possible_answer: "Mark a demand or offer with possible answers first",
    no_difference: "Go to a difference first (N)",
    all_agreed_added: "All agreed passages of this document are in the consensus",
}
