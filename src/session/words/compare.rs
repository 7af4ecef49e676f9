//! Comparing annotators, and settling differences into the consensus.

use super::{and, passages};

/// The comment on a passage that is left out. It is written to the consensus's review file.
pub(crate) fn left_out_comment() -> &'static str {
    "Left out of the consensus."
}

pub(crate) fn read_only() -> &'static str {
    "This project is open read-only"
}

pub(crate) fn annotator_role() -> &'static str {
    "Only reviewers and leads edit the consensus; your role is annotator"
}

pub(crate) fn blind() -> &'static str {
    "You work blind: this opens once you have marked the document as done"
}

pub(crate) fn no_current_difference() -> &'static str {
    "Go to a difference first (N)"
}

pub(crate) fn no_such_person(position: usize) -> String {
    format!("The project has no person number {position}")
}

pub(crate) fn no_reading(name: &str) -> String {
    format!("{name} has tagged nothing here. L leaves the passage out")
}

pub(crate) fn has_not_worked(name: &str) -> String {
    format!("{name} has not worked on this document")
}

pub(crate) fn is_not_compared(name: &str) -> String {
    format!("{name} is not among the people compared")
}

pub(crate) fn difference_is_open() -> &'static str {
    "This difference is already open"
}

pub(crate) fn reopened() -> &'static str {
    "Reopened. Ctrl+Z settles it as it was"
}

pub(crate) fn decided_by_others() -> &'static str {
    "Other adjudicators decided this. Only they can change their decisions"
}

pub(crate) fn still_comparing() -> &'static str {
    "Documents are still being compared; try again in a moment"
}

pub(crate) fn nothing_to_adopt() -> &'static str {
    "Nothing that all agree on is missing from the consensus"
}

pub(crate) fn select_for_consensus() -> &'static str {
    "Select the words to tag in the consensus, then press the key"
}

pub(crate) fn no_previous_difference() -> &'static str {
    "No earlier difference in this document"
}

pub(crate) fn no_next_difference() -> &'static str {
    "No further difference in this document"
}

pub(crate) fn differences_filtered_out() -> &'static str {
    "The filter hides the differences of this document"
}

pub(crate) fn nothing_to_settle() -> &'static str {
    "No difference is left to settle"
}

pub(crate) fn all_settled() -> &'static str {
    "Settled. No difference is left in the project"
}

pub(crate) fn settled(step: &str) -> String {
    format!("Settled: {step}. R reopens it, Ctrl+Z undoes it")
}

pub(crate) fn document_settled(open_elsewhere: usize) -> String {
    format!("All of this document is settled. {open_elsewhere} open in others: Ctrl+Alt+N goes there")
}

pub(crate) fn adopted(count: usize) -> String {
    format!("Added to the consensus: {} that all agree on. Ctrl+Z undoes it", passages(count))
}

/// The step that settles passages by a rule.
pub(crate) fn bulk_step(taken: usize, left_out: usize) -> String {
    let left_out = if left_out > 0 { format!(", and leave {left_out} out") } else { String::new() };
    format!("take {} into the consensus by rule{left_out}", passages(taken))
}

/// The result of settling by a rule.
pub(crate) fn settled_in_bulk(taken: usize, left_out: usize, open: usize) -> String {
    let left_out = if left_out > 0 { format!(", {left_out} left out") } else { String::new() };
    let open = if open > 0 { format!("; {open} still open") } else { String::new() };
    format!("Added to the consensus: {}{left_out}{open}. Ctrl+Z undoes it", passages(taken))
}

pub(crate) fn nothing_to_settle_in_bulk() -> &'static str {
    "The rule settles nothing here"
}

pub(crate) fn tagged(category: &str) -> String {
    format!("Added to the consensus: {category}. N goes to the next difference")
}

/// The origin of a passage of the consensus: the annotators whose reading it is, and those who had another one.
pub(crate) fn provenance(from: &[&str], over: &[&str]) -> String {
    match (from, over) {
        ([], []) => "New in the consensus".to_owned(),
        ([], over) => format!("New in the consensus, replacing the reading of {}", and(over)),
        ([one], []) => format!("The reading of {one}"),
        (several, []) => format!("The same reading by {}", and(several)),
        (from, over) => format!("The reading of {}, rather than of {}", and(from), and(over)),
    }
}

#[cfg(test)]
mod tests {
    use super::provenance;

    #[test]
    fn the_origin_of_a_passage_names_both_sides() {
        assert_eq!(provenance(&[], &[]), "New in the consensus");
        assert_eq!(provenance(&[], &["Ben"]), "New in the consensus, replacing the reading of Ben");
        assert_eq!(provenance(&["Ana"], &["Ben"]), "The reading of Ana, rather than of Ben");
        assert_eq!(provenance(&["Ana", "Ben"], &[]), "The same reading by Ana and Ben");
    }
}
