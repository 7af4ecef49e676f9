//! The words of values that are the same in every project.

use demarche_model::{MoveRole, Status, Verdict};

use super::evaluate::Property;
use crate::bargain::AskState;

/// What `is:` asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Is {
    /// A property that the facts know.
    Property(Property),
    /// An end of a link whose other end is visible.
    Linked,
}

/// A value with a fixed word, for its description.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Word {
    Role(MoveRole),
    Ask(AskState),
    Verdict(Verdict),
    Status(Status),
    Is(Is),
    Flag(bool),
    FinalCoders,
    AllCoders,
}

/// The roles, by their codes.
pub(super) fn roles() -> [(&'static str, MoveRole); 11] {
    MoveRole::ALL.map(|role| (role.code(), role))
}

/// The states of asks, by their codes.
pub(super) fn ask_states() -> [(&'static str, AskState); 7] {
    AskState::ALL.map(|state| (state.code(), state))
}

/// The verdicts of reviewers.
pub(super) const VERDICTS: [(&str, Verdict); 3] =
    [("accepted", Verdict::Accepted), ("rejected", Verdict::Rejected), ("disputed", Verdict::Disputed)];

/// A coder's progress in a document.
pub(super) const STATUSES: [(&str, Status); 3] =
    [("new", Status::New), ("progress", Status::InProgress), ("done", Status::Done)];

/// The values of `is:`.
pub(super) const PROPERTIES: [(&str, Is); 12] = [
    ("move", Is::Property(Property::Move)),
    ("ask", Is::Property(Property::Ask)),
    ("condition", Is::Property(Property::Condition)),
    ("recommendation", Is::Property(Property::Recommendation)),
    ("conditional", Is::Property(Property::Conditional)),
    ("denied", Is::Property(Property::Denied)),
    ("hypothetical", Is::Property(Property::Hypothetical)),
    ("reported", Is::Property(Property::Reported)),
    ("repeat", Is::Property(Property::Repeat)),
    ("unsure", Is::Property(Property::Unsure)),
    ("linked", Is::Linked),
    ("suggested", Is::Property(Property::Suggested)),
];

/// The values of an attribute that is yes or no.
pub(super) const FLAGS: [(&str, bool); 4] = [("yes", true), ("no", false), ("true", true), ("false", false)];

/// The choices of coders that are no names.
pub(super) const FINAL: &str = "final";
pub(super) const EVERYONE: &str = "everyone";
