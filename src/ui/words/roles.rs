//! Bargaining roles, and the second edition of the codebook of negotiation.

use super::grammar::counted;
use demarche_analysis::editions::AdoptedEntry;
use demarche_analysis::roles::RoleReason;
use demarche_model::{MoveRole, OwnRole};

texts! {
    role: "Bargaining role",
    role_hint: "What a passage of this category does in a negotiation. The Analyse screen counts by it.",
    inherited: "As the category above",
    no_role: "None",

    title: "Set roles",
    intro: "What the passages of each category do in a negotiation. Proposals come from names and codes; change what is wrong.",
    confirm: "Set roles",

    adopt_title: "Adopt second edition",
    adopt_intro: "Only what is ticked is changed. What you have changed in your codebook is kept, and passages stay as they are.",
    adopt_other: "This codebook is not the first edition of Negotiation moves.",
    adopt_nothing: "This codebook has everything that the second edition brings.",
    adopt_confirm: "Adopt",
    adopt_all: "All",
}

/// The name of a role.
pub fn name(role: MoveRole) -> &'static str {
    match role {
        MoveRole::Demand => "Demand",
        MoveRole::Offer => "Offer",
        MoveRole::Concession => "Concession",
        MoveRole::Commitment => "Commitment",
        MoveRole::Acceptance => "Acceptance",
        MoveRole::Rejection => "Rejection",
        MoveRole::Threat => "Threat",
        MoveRole::Withdrawal => "Withdrawal",
        MoveRole::Reason => "Reason",
        MoveRole::DeedPlus => "Cooperative act",
        MoveRole::DeedMinus => "Coercive act",
    }
}

/// The name of the role that a category states itself.
pub fn own(role: OwnRole) -> &'static str {
    match role {
        OwnRole::Inherited => inherited(),
        OwnRole::NoRole => no_role(),
        OwnRole::Role(role) => name(role),
    }
}

/// The combo box of a category.
pub fn role_of(category: &str) -> String {
    format!("Role of {category}")
}

/// The reason for a proposed role.
pub fn reason(why: &RoleReason) -> String {
    match why {
        RoleReason::Name => "By its name".to_owned(),
        RoleReason::Plover(code) => format!("By PLOVER {code}"),
        RoleReason::Cameo(code) => format!("By CAMEO {code}"),
    }
}

/// The number of roles that would change.
pub fn changes(count: usize) -> String {
    match count {
        0 => "No change".to_owned(),
        1 => "1 category changes".to_owned(),
        _ => format!("{} change", counted(count, "category", "categories")),
    }
}

/// An entry of the second edition, such as `attribute Actor: kind, definition`.
pub fn adopted(entry: &AdoptedEntry) -> String {
    let fields: Vec<String> = entry.fields.iter().map(ToString::to_string).collect();
    let what = if fields.is_empty() { entry.change.to_string() } else { fields.join(", ") };
    format!("{} {}: {what}", super::grammar::sentence(&entry.entry.to_string()), entry.name)
}
