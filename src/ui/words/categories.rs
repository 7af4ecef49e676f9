//! Categories in the codebook editor: list, form, and the changes of several at once.

use super::grammar::{count, list, plural, sentence};

texts! {
    filter: "Filter categories",
    filter_hint: "Filter…",
    new: "New category",
    merge_several: "Merge categories…",
    no_match: "No matching categories",
    no_match_hint: "Clear the filter above.",
    reorder: "Drag or use Alt and arrow keys to reorder",
    reorder_by_pointer: "Drag a category between two others to move it, or onto another to nest it.",
    reorder_by_keyboard: "Alt+↑ and Alt+↓ move it, Alt+→ nests it under the one above, Alt+← moves it out.",
    list_keys: "Ctrl+click and Shift+click select several, F2 renames, Delete deletes.",

    edit: "Edit…",
    merge_into: "Merge into…",
    merge_into_hint: "Merge it into another category",
    merge: "Merge…",
    split: "Split…",
    split_hint: "Sort its passages into several categories",
    retire: "Retire",
    retire_several_hint: "Close them to new passages",
    reopen: "Reopen",
    delete_hint: "Delete in the list",

    colour: "Colour",
    another_colour: "Another colour",
    key: "Key",
    key_none: "None",
    key_hint: "The key that tags with it: 1–9 or a letter",
    definition_hint: "What it means, in a sentence or two",
    include: "Include",
    include_hint: "What to tag with it",
    exclude: "Exclude",
    exclude_hint: "What not to tag with it",
    examples: "Examples",
    example: "example",
    codes: "Codes in other schemes",
    scheme_hint: "Scheme",
    codes_hint: "Codes, separated by commas",
    add_scheme: "Add scheme",
    add_scheme_hint: "Such as CAMEO with the code 13",
    retired: "Retired",
    retired_hint: "Closed to new passages. Existing passages stay, and it can be reopened.",
    parent: "Parent category",
    no_parent: "None",
    name_missing: "Enter a name.",
    key_invalid: "A key is a digit from 1 to 9 or a letter from a to z.",
    use_key_here: "Use it here",
    add: "Add category",

    merge_title: "Merge categories",
    merge_from: "Categories to merge",
    merge_target: "Into",
    merge_target_menu: "Merge into",
    merge_prompt: "Tick the categories to merge, and choose the one to keep.",
    merge_confirm: "Merge",

    fate: "Its passages",
    fate_move: "Move to another category",
    fate_move_target: "Move to",
    fate_delete: "Delete with the category",
    fate_delete_disabled: "Passages of other annotators can't be deleted. Move the passages, or retire the category.",
    fate_retire: "Keep the category, but close it to new passages",
    confirm_move: "Move and delete",
    confirm_delete: "Delete",
    confirm_retire: "Retire",

    split_title: "Split category",
    split_from: "Category to split",
    split_menu: "Split",
    split_prompt: "Choose the category first.",
    split_targets: "Sort its passages into these categories, each with its key",
    split_nothing_mine: "You have tagged nothing with it.",
    split_start: "Sort passages",
    new_category: "New category",
    new_category_name: "Name of the new category",
    add_target: "Add category",
    same_names: "Two categories have the same name.",
    name_exists: "A category of this name exists; choose it from the menu.",
    sort_back: "Back",
    sort_back_hint: "Return to the previous passage (Backspace)",
    sort_skip: "Leave as it is",
    sort_skip_hint: "Go on to the next passage (Space)",
    sort_keys: "Space skips, Backspace goes back",
    sort_finish: "Finish…",
    sort_finish_hint: "Review the result (Enter)",
    passage_gone: "This passage no longer exists.",
    continue_sorting: "Continue sorting",
    continue_sorting_hint: "Backspace",
    change_targets: "Change categories",
    split_confirm: "Split",
}

/// The names of the palette's colours, in its order.
pub fn colours() -> [&'static str; 12] {
    [
        "Vermilion",
        "Green",
        "Sky blue",
        "Blue",
        "Crimson",
        "Pink",
        "Ochre",
        "Grey",
        "Violet",
        "Brown",
        "Leaf green",
        "Petrol",
    ]
}

/// The number of selected categories.
pub fn several(count: usize) -> String {
    format!("{} categories", super::grammar::count(count))
}

/// How often a category is used, and its id.
pub fn usage(passages: usize, id: &str) -> String {
    format!("{}, id “{id}”", plural(passages, "passage"))
}

/// Why a key can't be used.
pub fn key_taken(key: &str, category: &str) -> String {
    format!("{key} is the key of {category}.")
}

/// Why a name can't be used.
pub fn name_taken(name: &str) -> String {
    format!("There is another category {name}.")
}

/// The field of a scheme's name.
pub fn scheme(number: usize) -> String {
    format!("Scheme {number}")
}

/// The field of a scheme's codes.
pub fn codes_of(number: usize) -> String {
    format!("Codes of scheme {number}")
}

/// The button that removes a scheme.
pub fn remove_scheme(number: usize) -> String {
    format!("Remove scheme {number}")
}

/// What a change touches, as a sentence: `37 passages in 4 documents: 21 of Ana, 16 of Ben.`
pub fn impact(impact: &str) -> String {
    format!("{}.", sentence(impact))
}

/// What happens to the files of others; `None` if there are none.
pub fn others_unchanged(names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(format!("{one}'s file stays as it is; the codebook keeps a record of the old name.")),
        several => Some(format!(
            "The files of {} stay as they are; the codebook keeps a record of the old name.",
            list(several)
        )),
    }
}

/// What a merge does.
pub fn becomes(from: &[&str], into: &str) -> String {
    format!("{} will be merged into {into}.", list(from))
}

/// What a merge keeps.
pub fn kept(into: &str) -> String {
    format!("Name, key, colour and definition of {into} are kept.")
}

/// The title of the dialog that deletes a category.
pub fn delete_title(name: &str) -> String {
    format!("Delete {name}")
}

/// The title of the dialog that splits a category.
pub fn split_title_of(name: &str) -> String {
    format!("Split {name}")
}

/// Whose passages are sorted.
pub fn split_scope(mine: usize, others: usize) -> String {
    let mine = format!("You sort {} of yours.", plural(mine, "passage"));
    match others {
        0 => mine,
        others => format!("{mine} {} of other annotators stay as they are.", count(others)),
    }
}

/// The menu of a target.
pub fn target(number: usize) -> String {
    format!("Target {number}")
}

/// The field for the name of a target.
pub fn target_name(number: usize) -> String {
    format!("Name of target {number}")
}

/// The button that removes a target.
pub fn remove_target(number: usize) -> String {
    format!("Remove target {number}")
}

/// The passage that is being sorted.
pub fn sort_progress(number: usize, all: usize) -> String {
    format!("{number} of {all}")
}

/// The button that sorts a passage into a category.
pub fn sort_target(number: usize, name: &str) -> String {
    format!("{number}  {name}")
}

/// The key of a category while sorting.
pub fn sort_target_hint(number: usize) -> String {
    format!("Press {number}")
}

/// The note of a passage.
pub fn note(note: &str) -> String {
    format!("Note: {note}")
}

/// How many passages a split moves to a category.
pub fn split_moves(passages: usize, name: &str) -> String {
    format!("{} to {name}", plural(passages, "passage"))
}

/// How many passages a split leaves.
pub fn split_leaves(mine: usize, others: usize, name: &str) -> String {
    format!("{} of yours and {} of others stay {name}.", count(mine), count(others))
}

/// The box that retires a category after a split.
pub fn retire_after_split(name: &str) -> String {
    format!("Retire {name}: close it to new passages")
}
