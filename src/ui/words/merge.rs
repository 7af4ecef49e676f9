//! Merging another copy of the project.

use demarche_model::RelationKey;
use demarche_model::merge::Side;

use super::grammar::{count, counted, plural};

texts! {
    title: "Merge project",
    confirm: "Merge",
    nothing_new: "Nothing new: this project already contains everything in the other copy.",
    new_documents: "New documents",
    new_people: "New people",
    project: "Project",
    proposals: "Proposed changes to the codebook; only the ticked ones are merged",
    left_out: "Not merged",
    passages: "Passages",
    document: "Document",
    annotator: "Annotator",
    added: "Added",
    changed: "Changed",
    removed: "Removed",
    no_base: "There is no common earlier version, so nothing is removed: what was deleted on one side only comes back.",
    keep_all_here: "Keep all from here",
    use_all_there: "Use all from the other copy",
    removed_side: "Removed",
    no_verdict: "No decision",
    passage_conflict: "Passage",
    link_conflict: "Link",
    decision_conflict: "Decision",
    name_conflict: "Project name",
    view_conflict: "Saved view",
    event_conflict: "Event",
    phase_conflict: "Phase",
    memo_conflict: "Memo",
}

/// Decisions of reviewers.
pub fn decisions(count: usize) -> String {
    format!("{} of reviewers", plural(count, "decision"))
}

/// Saved views, events, phases and dismissed answers.
pub fn notes(count: usize) -> String {
    format!("{} of memos, saved views and calendars", counted(count, "entry", "entries"))
}

/// Files of saved views and calendars that stay as they are.
pub fn unreadable_notes(files: usize) -> String {
    let files = plural(files, "file");
    format!(
        "{files} of memos, saved views and calendars can't be merged, because they can't be read in this project."
    )
}

/// Contradictions between decisions of adjudicators.
pub fn contradictions(count: usize) -> String {
    let count = plural(count, "contradiction");
    format!(
        "{count} between adjudicators: both decisions are kept, and can be settled on the Compare screen."
    )
}

/// Layers that stay as they are.
pub fn unreadable(layers: usize) -> String {
    format!("{} can't be merged, because the file in this project can't be read.", plural(layers, "layer"))
}

/// Parts of the other copy that are not merged.
pub fn problems(problems: usize) -> String {
    format!(
        "{} in the files of the other copy; what can't be read is not merged.",
        plural(problems, "problem")
    )
}

/// What is new of a kind, of which `hidden` are not listed.
pub fn named(what: &str, listed: &[&str], hidden: usize) -> String {
    let (all, names) = (listed.len() + hidden, listed.join(", "));
    match hidden {
        0 => format!("{what} ({all}): {names}"),
        hidden => format!("{what} ({all}): {names} {}", super::common::and_more(hidden)),
    }
}

/// The conflicts, and how many are still to be decided.
pub fn conflicts(all: usize, open: usize) -> String {
    format!("{} ({} undecided; these stay as they are here)", plural(all, "conflict"), count(open))
}

/// The version of one side.
pub fn version(side: Side, chosen: bool, text: &str) -> String {
    let side = match side {
        Side::Ours => "Here",
        Side::Theirs => "Other copy",
    };
    format!("{}{side}: {text}", if chosen { "✔ " } else { "" })
}

/// A conflict in a record of a codebook or project.
pub fn annotator_conflict(id: &str) -> String {
    format!("Annotator {id}")
}

/// A conflict about a category.
pub fn category_conflict(name: &str) -> String {
    format!("Category {name}")
}

/// A conflict about the successor of a category that is gone.
pub fn alias_conflict(id: &str) -> String {
    format!("Successor of category {id}")
}

/// A conflict about an attribute.
pub fn attribute_conflict(id: &str) -> String {
    format!("Attribute {id}")
}

/// A conflict about a kind of link.
pub fn link_kind_conflict(id: &str) -> String {
    format!("Kind of link {id}")
}

/// A conflict about a set of documents.
pub fn document_set_conflict(id: &str) -> String {
    format!("Set of documents {id}")
}

/// A conflict about a relation between actors or issues.
pub fn relation_conflict(key: &RelationKey) -> String {
    match key {
        RelationKey::Members(name) => format!("Members of {name}"),
        RelationKey::Party(name) => format!("Party of {name}"),
        RelationKey::Observer(name) => format!("Observer {name}"),
        RelationKey::IssueAbove(name) => format!("Issue above {name}"),
    }
}

/// A conflict about a document.
pub fn document_conflict(title: &str) -> String {
    format!("Document {title}")
}

/// What a conflict is about, in whose layer of which document, and in which fields.
pub fn heading(what: &str, layer: Option<(&str, &str)>, fields: &[String]) -> String {
    let layer = layer.map_or(String::new(), |(annotator, title)| format!(" of {annotator}, {title}"));
    let fields = if fields.is_empty() { String::new() } else { format!(": {}", fields.join(", ")) };
    format!("{what}{layer}{fields}")
}

/// A link.
pub fn link(kind: &str, document: &str) -> String {
    format!("{kind} to {document}")
}

/// A decision.
pub fn decision(verdict: &str, comments: usize) -> String {
    format!("{verdict}, {}", plural(comments, "comment"))
}
