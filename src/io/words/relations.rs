//! Problems in the relations of actors and issues, in the roles of categories and in the meanings of attributes.

use demarche_model::{AttributeKind, Meaning, MoveRole, RelationFault, RelationKey};

/// A relation that is not allowed, in a file that can be edited.
pub(crate) fn fault(fault: &RelationFault) -> String {
    format!("{}: {fault}", entry(&fault.at()))
}

fn entry(key: &RelationKey) -> String {
    match key {
        RelationKey::Members(name) => format!("the members of “{name}”"),
        RelationKey::Party(name) => format!("the person “{name}”"),
        RelationKey::Observer(name) => format!("the observer “{name}”"),
        RelationKey::IssueAbove(name) => format!("the issue “{name}”"),
    }
}

/// A code of a category that names no role.
pub(crate) fn unknown_role(code: &str, category: &str) -> String {
    let known: Vec<&str> = MoveRole::ALL.into_iter().map(MoveRole::code).collect();
    format!("MOVE “{code}” of “{category}” is not a role; use {} or none", known.join(", "))
}

/// A meaning that values of a kind can't have.
pub(crate) fn misfit(meaning: &Meaning, attribute: &str, kind: &AttributeKind) -> String {
    format!("“{attribute}” can't mean {meaning}, since its values are {kind}; change the meaning or the kind")
}

/// A meaning of a value that is not in the list of an attribute.
pub(crate) fn unlisted_meaning(meaning: &Meaning, attribute: &str) -> String {
    format!("the value of the meaning {meaning} is not a choice of “{attribute}”; choose another, or add it")
}

/// A meaning that an earlier attribute has.
pub(crate) fn second_meaning(meaning: &Meaning, attribute: &str, first: &str) -> String {
    format!(
        "“{attribute}” and “{first}” both mean {meaning}; only the first counts, so remove one of the two"
    )
}

pub(crate) fn not_a_map(field: &str) -> String {
    format!("`{field}` must be a map: {{ … }}; fix the line")
}

pub(crate) fn not_an_entry() -> String {
    "expected one entry, such as `\"Both parties\": [\"Estmark\", \"Norvania\"]`".to_owned()
}
