//! The passages table.

use demarche_session::Column;

pub use super::document::date_hint;
use super::grammar::{count, plural};

texts! {
    title: "Passages",
    empty: "No passages yet",
    empty_hint: "Select text and press the key of a category; tagged passages are listed here.",
    no_match: "No matching passages",
    no_match_hint: "Change the filters above, or:",
    show_all: "Show all passages",
    sorting: "Sorting",
    hide: "Hide passages",
    export: "Export…",
    export_hint: "Export the passages in the table",
    columns: "Columns",
    columns_hint: "Choose columns",
    reset_columns: "Reset columns",
    reset_columns_hint: "Show the default columns in their default widths",

    group_by: "Group by",
    group_by_hint: "Group rows by a column",
    no_groups: "Group by: none",

    clear_filter: "Clear filter",
    filter_values_hint: "Find…",
    no_values: "No matching values",
    counting: "Counting…",
    contains_hint: "Text",
    range_hint: "Any",
    part_of_text: "Part of the text",

    retag: "Retag as",
    retag_hint: "Change the category of the selected passages",
    set: "Set attribute",
    set_hint: "Set an attribute of the selected passages",
    no_attributes: "The codebook has no attributes.",
    no_value: "(none)",
    no_value_hint: "Clear the value",
    remove: "Remove",
    remove_hint: "Remove the selected passages (Delete)",
    copy: "Copy",
    copy_hint: "Copy the selected passages with citations (Ctrl+C)",
    copy_with_citation: "Copy with citation",
    clear_selection: "Clear selection (Escape)",
    go_to: "Go to passage",

    sort: "Sort",
    sort_reversed: "Reverse the order",
    unsort: "Restore text order",
    sort_ascending: "Sort ascending",
    sort_descending: "Sort descending",
    text_order: "Text order",
    group_by_column: "Group by this column",
    ungroup: "Remove grouping",
    hide_column: "Hide column",
    filter: "Filter…",
    expand: "Expand",
    expand_all: "Expand all",
    collapse: "Collapse",
    collapse_all: "Collapse all",
}

/// The entry for passages without a value in a column.
pub fn empty_value(column: &Column) -> &'static str {
    match column {
        Column::Date => "(no date)",
        Column::Note => "(no note)",
        Column::Category
        | Column::Document
        | Column::Place
        | Column::Passage
        | Column::Annotator
        | Column::Attribute(_) => no_value(),
    }
}

/// The passages in the table, of all.
pub fn shown(shown: usize, all: usize) -> String {
    format!("{} of {}", count(shown), count(all))
}

/// The number of selected rows.
pub fn selected(number: usize) -> String {
    format!("{} selected", count(number))
}

/// The menu entry that groups the rows by a column.
pub fn grouped_by(column: &str) -> String {
    format!("Group by: {}", column.to_lowercase())
}

/// The accessible name of a row.
pub fn row(category: &str, document: &str, words: &str) -> String {
    format!("{category}, {document}: {words}")
}

/// A value, and how many passages have it.
pub fn value(name: &str, passages: usize) -> String {
    format!("{name}: {}", plural(passages, "passage"))
}

/// The tooltip of a column's heading.
pub fn heading_hint(click: &str) -> String {
    format!("{click} · right-click to group, hide or filter")
}

/// The button that filters by a column.
pub fn filter_by(column: &str) -> String {
    format!("Filter by {}", column.to_lowercase())
}

/// The field for words that a column has to contain.
pub fn contains(column: &str) -> String {
    format!("{column} contains")
}

/// The field for the first value of a range.
pub fn from(column: &str) -> String {
    format!("{column} from")
}

/// The field for the last value of a range.
pub fn to(column: &str) -> String {
    format!("{column} to")
}

/// The filter by words of a column.
pub fn contains_chip(column: &str, words: &str) -> String {
    format!("{column}: “{words}”")
}
