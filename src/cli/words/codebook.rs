//! Changes of a codebook: roles, and the second edition.

use super::plural;
use crate::analysis::roles::RoleReason;
use crate::model::OwnRole;

/// A role, as the code `MOVE` of a category names it.
pub fn role(role: OwnRole) -> &'static str {
    match role {
        OwnRole::Inherited => "",
        OwnRole::NoRole => "none",
        OwnRole::Role(role) => role.code(),
    }
}

/// The reason for a proposed role.
pub fn reason(why: &RoleReason) -> String {
    match why {
        RoleReason::Name => "its name".to_owned(),
        RoleReason::Plover(code) => format!("PLOVER {code}"),
        RoleReason::Cameo(code) => format!("CAMEO {code}"),
    }
}

/// A codebook that does not derive from the first edition.
pub fn other_codebook() -> &'static str {
    "the project's codebook is not the first edition of `negotiation`; import what you need from the second \
     (`demarche codebook negotiation --format ron`)"
}

/// A codebook that has everything already.
pub fn nothing_to_change() -> &'static str {
    "nothing to change"
}

/// Proposed changes that were not made.
pub fn not_applied(changes: usize) -> String {
    format!("{} proposed; --apply makes them", plural(changes, "change"))
}

/// Changes that were made.
pub fn applied(changes: usize) -> String {
    format!("{} made", plural(changes, "change"))
}
