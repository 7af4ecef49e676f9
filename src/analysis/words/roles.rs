//! Names of categories that stand for a bargaining role.

use demarche_model::MoveRole;

/// The role that a category with this name is likely to have: `Demands`, `2. Offer`. Only whole names count.
pub(crate) fn role_of_name(name: &str) -> Option<MoveRole> {
    let word = name.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    Some(match singular {
        "demand" | "request" => MoveRole::Demand,
        "offer" | "proposal" => MoveRole::Offer,
        "concession" => MoveRole::Concession,
        "commitment" | "promise" | "pledge" => MoveRole::Commitment,
        "acceptance" | "agreement" => MoveRole::Acceptance,
        "rejection" | "refusal" => MoveRole::Rejection,
        "threat" | "ultimatum" => MoveRole::Threat,
        "withdrawal" | "retraction" => MoveRole::Withdrawal,
        "justification" | "reason" | "argument" => MoveRole::Reason,
        _ => return None,
    })
}
