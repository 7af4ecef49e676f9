//! Names of undo steps: imperative and in lower case, since the menu shows them after "Undo".

use demarche_io::project::format_time;
use demarche_model::{Stamp, Status, Verdict};

use super::{counted, links, passages};

// Tagging

pub(crate) fn tag(category: &str) -> String {
    format!("tag as {category}")
}

pub(crate) fn tag_consensus(category: &str) -> String {
    format!("tag the consensus as {category}")
}

pub(crate) fn tag_occurrences(count: usize, pattern: &str, category: &str) -> String {
    format!("tag {} of “{pattern}” as {category}", counted(count, "occurrence", "occurrences"))
}

pub(crate) fn retag(category: &str) -> String {
    format!("retag as {category}")
}

pub(crate) fn retag_several(count: usize, category: &str) -> String {
    format!("retag {} as {category}", passages(count))
}

/// `remove Threat and 2 links`, `remove 3 passages`.
pub(crate) fn remove_passages(what: &str, link_count: usize) -> String {
    match link_count {
        0 => format!("remove {what}"),
        _ => format!("remove {what} and {}", links(link_count)),
    }
}

pub(crate) fn edit_note() -> &'static str {
    "edit a note"
}

pub(crate) fn move_boundary() -> &'static str {
    "move a boundary"
}

pub(crate) fn extend_passage() -> &'static str {
    "extend a passage"
}

pub(crate) fn update_text(title: &str) -> String {
    format!("update the text of “{title}”")
}

pub(crate) fn place_pending(count: usize) -> String {
    match count {
        1 => place_passage().to_owned(),
        count => format!("place {count} passages"),
    }
}

pub(crate) fn place_passage() -> &'static str {
    "place a passage"
}

pub(crate) fn remove_detached() -> &'static str {
    "remove a record that could not be placed"
}

/// `set actor`, or `set actor of 3 passages` if several were selected.
pub(crate) fn set_attribute(name: &str, several: Option<usize>) -> String {
    match several {
        None => format!("set {name}"),
        Some(count) => format!("set {name} of {}", passages(count)),
    }
}

pub(crate) fn copy_attributes() -> &'static str {
    "copy attributes from the previous passage"
}

pub(crate) fn remove_link() -> &'static str {
    "remove a link"
}

pub(crate) fn link(kind: &str) -> String {
    format!("link as “{kind}”")
}

// Codebook

/// `add Threat`, `change Threat`, or `rename Threat to Warning`.
pub(crate) fn put_category(old: Option<&str>, name: &str) -> String {
    match old {
        None => format!("add {name}"),
        Some(old) if old != name => format!("rename {old} to {name}"),
        Some(_) => format!("change {name}"),
    }
}

pub(crate) fn move_category(name: &str) -> String {
    format!("move {name}")
}

pub(crate) fn merge_categories(what: &str, target: &str) -> String {
    format!("merge {what} into {target}")
}

pub(crate) fn split_category(name: &str) -> String {
    format!("split {name}")
}

pub(crate) fn remove_category(name: &str) -> String {
    format!("remove {name}")
}

pub(crate) fn put_attribute(is_new: bool, name: &str) -> String {
    format!("{} the attribute {name}", if is_new { "add" } else { "change" })
}

pub(crate) fn move_attribute(name: &str) -> String {
    format!("move the attribute {name}")
}

pub(crate) fn remove_attribute(name: &str) -> String {
    format!("remove the attribute {name}")
}

pub(crate) fn put_link_kind(is_new: bool, name: &str) -> String {
    format!("{} the kind of link “{name}”", if is_new { "add" } else { "change" })
}

pub(crate) fn remove_link_kind(name: &str) -> String {
    format!("remove the kind of link “{name}”")
}

pub(crate) fn change_actors() -> &'static str {
    "change the actors"
}

pub(crate) fn change_issues() -> &'static str {
    "change the issues"
}

pub(crate) fn change_relations() -> &'static str {
    "change the relations of actors and issues"
}

pub(crate) fn set_roles() -> &'static str {
    "set bargaining roles"
}

pub(crate) fn adopt_edition() -> &'static str {
    "adopt the second edition of the codebook"
}

pub(crate) fn import_codebook() -> &'static str {
    "import a codebook"
}

// Documents, project and people

pub(crate) fn set_status(status: Status) -> &'static str {
    match status {
        Status::New => "mark as new",
        Status::InProgress => "mark as in progress",
        Status::Done => "mark as done",
    }
}

pub(crate) fn change_details() -> &'static str {
    "change a document’s details"
}

pub(crate) fn rename_project() -> &'static str {
    "rename the project"
}

pub(crate) fn change_people() -> &'static str {
    "change people"
}

pub(crate) fn remove_document(title: &str) -> String {
    format!("remove the document “{title}”")
}

/// `remove 3 documents`.
pub(crate) fn remove_documents(what: &str) -> String {
    format!("remove {what}")
}

pub(crate) fn rename_document(from: &str, to: &str) -> String {
    format!("rename “{from}” to “{to}”")
}

/// `move “Briefing”`, `move 3 documents`.
pub(crate) fn move_documents(what: &str) -> String {
    format!("move {what}")
}

/// `mark 3 documents as done`.
pub(crate) fn set_status_of(what: &str, status: Status) -> String {
    let status = match status {
        Status::New => "new",
        Status::InProgress => "in progress",
        Status::Done => "done",
    };
    format!("mark {what} as {status}")
}

pub(crate) fn set_date_of(what: &str) -> String {
    format!("set the date of {what}")
}

/// `assign 3 documents to Ben`.
pub(crate) fn assign(what: &str, person: &str, are_assigned: bool) -> String {
    if are_assigned { format!("assign {what} to {person}") } else { format!("unassign {what} from {person}") }
}

pub(crate) fn create_set(name: &str) -> String {
    format!("create the set “{name}”")
}

pub(crate) fn rename_set(from: &str, to: &str) -> String {
    format!("rename the set “{from}” to “{to}”")
}

pub(crate) fn remove_set(name: &str) -> String {
    format!("delete the set “{name}”")
}

/// `add 3 documents to “Round one”`.
pub(crate) fn add_to_set(what: &str, set: &str) -> String {
    format!("add {what} to “{set}”")
}

pub(crate) fn take_out_of_set(what: &str, set: &str) -> String {
    format!("remove {what} from “{set}”")
}

pub(crate) fn add_person(name: &str) -> String {
    format!("add {name}")
}

pub(crate) fn reassign(from: &str, to: &str) -> String {
    format!("give the work of {from} to {to}")
}

pub(crate) fn change_person(name: &str) -> String {
    format!("change {name}")
}

pub(crate) fn remove_person(name: &str) -> String {
    format!("remove {name}")
}

pub(crate) fn set_blind(blind: bool) -> &'static str {
    if blind { "turn blind coding on" } else { "turn blind coding off" }
}

// Review

pub(crate) fn decide(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accept a passage",
        Verdict::Rejected => "reject a passage",
        Verdict::Disputed => "dispute a passage",
    }
}

pub(crate) fn propose() -> &'static str {
    "propose a change"
}

pub(crate) fn comment() -> &'static str {
    "comment on a passage"
}

pub(crate) fn withdraw() -> &'static str {
    "withdraw a decision"
}

/// A decision as the audit log names it: who decided, and when.
pub(crate) fn decision_of(reviewer: &str, at: Stamp) -> String {
    format!("{reviewer}, {}", format_time(at))
}

/// `accept a proposal (Cleo, 2026-03-14T09:14:00Z)`.
pub(crate) fn accept_proposal(origin: &str) -> String {
    format!("accept a proposal ({origin})")
}

/// `remove Threat, as rejected (Cleo, 2026-03-14T09:14:00Z)`.
pub(crate) fn remove_rejected(removal: &str, origin: &str) -> String {
    format!("{removal}, as rejected ({origin})")
}

// Compare

pub(crate) fn reopen() -> &'static str {
    "reopen a difference"
}

pub(crate) fn exclude() -> &'static str {
    "leave a passage out of the consensus"
}

pub(crate) fn adopt(annotator: &str) -> String {
    format!("use the reading of {annotator}")
}

pub(crate) fn adopt_all(readings: usize) -> &'static str {
    if readings == 2 { "use both readings" } else { "use all readings" }
}

pub(crate) fn adopt_agreed(count: usize) -> String {
    format!("add {} that all agree on", passages(count))
}

// The analysis of a project

pub(crate) fn save_view(name: &str) -> String {
    format!("save the view {name}")
}

pub(crate) fn rename_view(name: &str) -> String {
    format!("rename a view to {name}")
}

pub(crate) fn delete_view(name: &str) -> String {
    format!("delete the view {name}")
}

pub(crate) fn set_event(label: &str) -> String {
    format!("set the event {label}")
}

pub(crate) fn remove_event(label: &str) -> String {
    format!("remove the event {label}")
}

pub(crate) fn set_phase(name: &str) -> String {
    format!("set the phase {name}")
}

pub(crate) fn remove_phase(name: &str) -> String {
    format!("remove the phase {name}")
}

pub(crate) fn dismiss_answer(dismisses: bool) -> &'static str {
    if dismisses { "dismiss a possible answer" } else { "restore a possible answer" }
}

// Merging

pub(crate) fn edit_memo(title: &str) -> String {
    format!("edit the memo on {title}")
}

pub(crate) fn delete_memo(title: &str) -> String {
    format!("delete the memo on {title}")
}

pub(crate) fn merge_elsewhere() -> &'static str {
    "merge changes made elsewhere"
}

pub(crate) fn merge_decisions() -> &'static str {
    "merge decisions made elsewhere"
}

pub(crate) fn merge_notes() -> &'static str {
    "merge memos and saved views changed elsewhere"
}

pub(crate) fn merge_copy() -> &'static str {
    "merge a conflict copy"
}

pub(crate) fn remove_as_there() -> &'static str {
    "remove a passage, as in the other copy"
}

pub(crate) fn use_other_version() -> &'static str {
    "use the other copy’s version of a passage"
}

/// Merging another copy of the project, called after its file.
pub(crate) fn merge_project(file: Option<&str>) -> String {
    format!("merge {}", file.unwrap_or("a project"))
}

// In the audit log alone

pub(crate) fn undo(step: &str) -> String {
    format!("undo: {step}")
}

pub(crate) fn redo(step: &str) -> String {
    format!("redo: {step}")
}
