//! Problems in the files of a person's analysis notes: saved views, calendar, dismissed pairs, memos.

use demarche_analysis::filter::{BindError, FilterError};
use demarche_analysis::saved_views::MissingName;
use demarche_model::{MemoSubject, NegotiationPhase, ViewKind};

pub(crate) fn empty_name() -> String {
    "the name is empty; enter one".to_owned()
}

pub(crate) fn empty_memo() -> String {
    "the memo is empty; remove the line".to_owned()
}

/// The subject of a memo, by id.
pub(crate) fn memo_subject(subject: &MemoSubject) -> String {
    match subject {
        MemoSubject::Project => "the project".to_owned(),
        MemoSubject::Document(id) => format!("the document `{id}`"),
        MemoSubject::Category(id) => format!("the category `{id}`"),
    }
}

/// A memo on something that is gone.
pub(crate) fn orphaned_memo(subject: &MemoSubject) -> String {
    format!(
        "the memo is on {}, which is no longer in the project; its author can delete it in the list of memos",
        memo_subject(subject)
    )
}

pub(crate) fn unknown_view(code: &str) -> String {
    let known: Vec<&str> = ViewKind::ALL.into_iter().map(ViewKind::code).collect();
    format!("there is no view “{code}”; use one of {}", known.join(", "))
}

pub(crate) fn not_a_number() -> String {
    "a weight or place is not a number; enter one".to_owned()
}

pub(crate) fn reversed_phase(phase: &NegotiationPhase) -> String {
    format!("it ends on {}, before it begins on {}", phase.to, phase.from)
}

/// A saved view with a name that the project does not have.
pub(crate) fn missing_name(name: &MissingName, view: &str) -> String {
    let what = match name {
        MissingName::Category(id) => format!("the category `{id}`"),
        MissingName::Actor(actor) => format!("the actor “{actor}”"),
        MissingName::Attribute(id) => format!("the attribute `{id}`"),
    };
    format!("the saved view “{view}” names something missing: {what}; add it, or save the view again")
}

/// A saved view whose filter names what the project does not have, or has a value that does not fit.
pub(crate) fn unfit_filter(view: &str, error: &BindError) -> String {
    format!("the filter of the saved view “{view}” does not fit the project: {error}")
}

/// A saved view whose filter can't be read.
pub(crate) fn unreadable_filter(view: &str, error: &FilterError) -> String {
    format!("the filter of the saved view “{view}” can't be read: {error}")
}
