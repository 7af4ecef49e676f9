//! The Compare screen.

use demarche_analysis::differences::{DifferenceKind, Settlement};

use super::grammar::{count, list};

texts! {
    documents: "Documents",
    next_document: "Next document to settle",
    no_documents_hint: "Import documents on the Annotate screen (Ctrl+1).",
    comparing: "Comparing…",
    comparison_cancelled: "Cancelled; not all documents are compared",
    comparison_off: "Not compared",
    comparison_off_hint: "The comparison was cancelled. To compare, open the document again.",
    no_differences_in_project: "No differences in the project",
    nothing_to_compare: "Nothing to compare",
    settled: "settled",
    document_closed: "Closed",
    not_compared: "Not compared yet",

    hidden: "Not available yet",
    no_annotators: "None of the compared annotators has tagged anything in this document.",

    add_agreed_hint: "Add all passages that everyone agrees on to the consensus, as one step",
    nothing_agreed_left: "The consensus has all agreed passages.",
    people_hint: "Choose whom to compare",
    not_started: "Not started",
    in_progress: "In progress",

    differences: "Differences",
    agreed: "Agreed",
    agreed_hint: "Passages that everyone agrees on.",
    no_differences: "No differences",
    no_differences_hint: "All compared annotators have tagged this document alike.",
    all_settled: "All settled",
    all_settled_hint: "Every difference in this document is settled. Press Ctrl+Alt+N for the next document.",
    no_match: "No matching differences",
    no_match_hint: "Change the filters above.",
    open_only: "Open",
    open_only_hint: "Show only differences that are not settled",
    show_agreed: "Agreed",
    show_agreed_hint: "Also show passages that everyone agrees on",
    text_order: "Text order",
    text_order_hint: "Sort by position in the text, not by kind",
    annotator: "Annotator of differences",
    everyone: "Everyone",
    annotator_hint: "Show only differences where this person is not with the majority",
    category: "Category of differences",
    all_categories: "All categories",

    no_difference: "No difference selected",
    words_selected: "Text is selected: category keys tag it in the consensus. Escape returns the keys to this difference.",
    new_passage_hint: "Or select text and press a category key to create a new passage.",
    next: "Next difference",
    previous: "Previous difference",
    add: "Add",
    use_both: "Use both",
    use_all: "Use all",
    use_all_hint: "Add every version to the consensus",
    leave_out: "Leave out",
    contradicted: "Adjudicators decided differently here; settle it again.",
    leave_out_hint: "Add nothing of this to the consensus",
    reopen: "Reopen",
    reopen_hint: "Undo the decision",
    edit: "Edit…",
    edit_hint: "Show this passage of the consensus on the Annotate screen",
    nothing_here: "No passage here",
    categories_differ: "The categories differ",
    values_differ: "The values differ",
}

/// The number of open differences in a document, for its row.
pub fn open(number: usize) -> String {
    format!("{} open", count(number))
}

/// The accessible name of a document.
pub fn document(title: &str, state: &str) -> String {
    format!("{title}: {state}")
}

/// The settled differences, of all in the project.
pub fn settled_in_project(settled: usize, all: usize) -> String {
    format!("{} of {} settled in all", count(settled), count(all))
}

/// The settled differences, of all in the document.
pub fn settled_of(settled: usize, all: usize) -> String {
    format!("{} of {} settled", count(settled), count(all))
}

/// The settled differences of a document, for its tooltip.
pub fn differences_settled(settled: usize, all: usize) -> String {
    format!("{} of {} differences settled", count(settled), count(all))
}

/// The agreed passages of a document, for its tooltip.
pub fn agreed_adopted(agreed: usize, adopted: usize) -> String {
    format!("{} agreed, {} of them in the consensus", count(agreed), count(adopted))
}

/// The annotators who are compared in a document.
pub fn compared(names: &[&str]) -> String {
    format!("Compared: {}", if names.is_empty() { "no one".to_owned() } else { list(names) })
}

/// What to do if no difference is selected. The keys lead to the next one, use the first, the second, or all versions,
/// and leave the passage out.
pub fn no_difference_hint(next: &str, [first, second, all]: [&str; 3], leave_out: &str) -> String {
    format!(
        "Press {next} for the next one, or click one in the list or in the text. Then {first} or {second} uses one \
         version, {all} uses both, and {leave_out} leaves it out."
    )
}

/// Why a document is hidden. `reason` has no full stop.
pub fn hidden_hint(reason: &str) -> String {
    format!("{reason} (Ctrl+Enter on the Annotate screen).")
}

/// A document in which only one annotator has worked.
pub fn one_annotator(name: &str) -> String {
    format!(
        "Of the compared annotators only {name} has worked on this document. Differences appear here once a second \
         annotator has."
    )
}

/// The button that adds the agreed passages to the consensus.
pub fn add_agreed(passages: usize) -> String {
    format!("Add agreed passages ({})", count(passages))
}

/// An annotator in the legend. `note` tells why nothing of theirs counts as missed.
pub fn legend(initials: Option<&str>, name: &str, note: Option<&str>) -> String {
    let initials = initials.map_or(String::new(), |initials| format!("{initials} "));
    let note = note.map_or(String::new(), |note| format!(" ({note})"));
    format!("{initials}{name}{note}")
}

/// The tooltip of an annotator who has not started.
pub fn not_started_hint(name: &str) -> String {
    format!("{name} has tagged nothing here and has not finished, so nothing counts as missed.")
}

/// The tooltip of an annotator who has not finished.
pub fn in_progress_hint(name: &str) -> String {
    format!("{name} has not finished this document and may still tag what is missing.")
}

/// The tooltip of an annotator in the legend.
pub fn legend_hint(name: &str) -> String {
    format!("Underlines of {name} in the text")
}

/// The menu of annotators to compare.
pub fn people(compared: usize, all: usize) -> String {
    format!("{} of {} compared", count(compared), count(all))
}

/// The name of a kind of difference, or of agreement.
pub fn kind(kind: Option<DifferenceKind>) -> &'static str {
    kind.map_or(agreed(), DifferenceKind::name)
}

/// The explanation of a kind of difference, or of agreement.
pub fn kind_hint(kind: Option<DifferenceKind>) -> &'static str {
    kind.map_or(agreed_hint(), DifferenceKind::help)
}

/// The button that filters by a kind.
pub fn kind_filter(kind: DifferenceKind, differences: usize) -> String {
    format!("{} {}", kind.name(), count(differences))
}

/// The tooltip of the button that filters by a kind.
pub fn kind_filter_hint(kind: DifferenceKind) -> String {
    format!("Show only these. {}", kind.help())
}

/// The open differences of a group.
pub fn open_of(open: usize, all: usize) -> String {
    format!("{} open of {}", count(open), count(all))
}

/// The accessible name of a group of differences.
pub fn group(kind: &str, open: &str) -> String {
    format!("{kind}: {open}")
}

/// The accessible name of a difference.
pub fn difference(kind: &str, settlement: &Settlement, categories: &str, words: &str) -> String {
    let state = match settlement {
        Settlement::Open => "open",
        Settlement::Adopted(_) => settled(),
        Settlement::Excluded => "left out",
        Settlement::Contradicted(_) => "open, contradictory decisions",
    };
    format!("{kind} difference, {state}: {categories} “{words}”")
}

/// The categories of a difference; `who` has it, if others have nothing.
pub fn categories(categories: &str, who: Option<&str>) -> String {
    who.map_or_else(|| categories.to_owned(), |who| format!("{categories} ({who})"))
}

/// The tooltip of a difference.
pub fn difference_hint(categories: &str, words: &str) -> String {
    format!("{categories}\n“{words}”")
}

/// The number of the current difference.
pub fn number(position: usize, differences: usize) -> String {
    format!("{} of {}", position + 1, count(differences))
}

/// Why the user can't settle differences. `reason` has no full stop.
pub fn refusal(reason: &str) -> String {
    format!("{reason}.")
}

/// The button that uses an annotator's version.
pub fn use_version(initials: &str) -> String {
    format!("Use {initials}")
}

/// The tooltip of the button that uses an annotator's version, with its key.
pub fn use_version_hint(name: &str, key: Option<&str>) -> String {
    let key = key.map_or(String::new(), |key| format!(" ({key})"));
    format!("Add the version of {name} to the consensus{key}")
}

/// A difference that was left out, by whom, and when.
pub fn left_out(by: Option<(&str, &str)>) -> String {
    match by {
        Some((who, moment)) => format!("Left out of the consensus by {who}, {moment}"),
        None => "Left out of the consensus".to_owned(),
    }
}

/// A passage of the consensus, where it comes from, who decided, and when.
pub fn in_consensus(category: &str, origin: &str, who: &str, moment: &str) -> String {
    format!("In the consensus as {category}. {origin}; {who}, {moment}")
}

/// A passage that an annotator has changed or removed since the decision.
pub fn changed_since(who: &str, removed: bool) -> String {
    format!("{who} has {} the passage since then.", if removed { "removed" } else { "changed" })
}
