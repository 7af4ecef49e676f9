//! Proposals of bargaining roles for categories that have none.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use demarche_model::{Category, CategoryId, Codebook, Edit, MoveRole, OwnRole};

use crate::words::roles::role_of_name;

/// The role that a category might have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleProposal {
    /// The category.
    pub category: CategoryId,
    /// The role; [`OwnRole::NoRole`] for codes of moves that have none.
    pub role: OwnRole,
    /// The reason for it.
    pub why: RoleReason,
}

/// The reason for a proposal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RoleReason {
    /// The name of the category.
    Name,
    /// A code of PLOVER.
    Plover(SmolStr),
    /// A code of CAMEO.
    Cameo(SmolStr),
}

/// Proposes roles for the categories that have none, by their names, codes of PLOVER and codes of CAMEO, in this order. A
/// category that would inherit the same role is left out.
///
/// ```
/// use demarche_analysis::roles::proposed_roles;
/// use demarche_model::{Category, Codebook, Colour, MoveRole, OwnRole};
///
/// let demand = Category::new("d".into(), "Demand", Colour::nth(0));
/// let codebook = Codebook { categories: vec![demand.into()], ..Codebook::default() };
/// assert_eq!(proposed_roles(&codebook)[0].role, OwnRole::Role(MoveRole::Demand));
/// ```
pub fn proposed_roles(codebook: &Codebook) -> Vec<RoleProposal> {
    let found: BTreeMap<&CategoryId, RoleProposal> =
        codebook.categories.iter().filter_map(|category| Some((&category.id, proposal(category)?))).collect();
    let own = |category: &Category| match category.own_role() {
        OwnRole::Inherited => found.get(&category.id).map(|proposal| proposal.role),
        role => Some(role),
    };
    let inherited = |id: &CategoryId| codebook.ancestors(id).find_map(|above| own(above));
    let categories = codebook.categories.iter();
    let proposals = categories.filter_map(|category| found.get(&category.id));
    proposals.filter(|proposal| inherited(&proposal.category) != Some(proposal.role)).cloned().collect()
}

/// Returns the edits that give categories these roles.
pub fn role_edits(codebook: &Codebook, roles: &[(CategoryId, OwnRole)]) -> Vec<Edit> {
    let edit = |(id, role): &(CategoryId, OwnRole)| {
        let at = codebook.position(id)?;
        let category = codebook.categories.get(at).filter(|category| category.own_role() != *role)?;
        Some(Edit::SetCategory { id: id.clone(), to: Some((at, Arc::new(category.with_role(*role)))) })
    };
    roles.iter().filter_map(edit).collect()
}

fn proposal(category: &Category) -> Option<RoleProposal> {
    if category.own_role() != OwnRole::Inherited {
        return None;
    }
    let by_code = |scheme: &str, role: fn(&str) -> Option<OwnRole>| {
        category.codes.get(scheme).into_iter().flatten().find_map(|code| Some((role(code)?, code.clone())))
    };
    let by_name = role_of_name(&category.name).map(|role| (OwnRole::Role(role), RoleReason::Name));
    let found = by_name
        .or_else(|| by_code("PLOVER", plover).map(|(role, code)| (role, RoleReason::Plover(code))))
        .or_else(|| by_code("CAMEO", cameo).map(|(role, code)| (role, RoleReason::Cameo(code))));
    found.map(|(role, why)| RoleProposal { category: category.id.clone(), role, why })
}

/// The role of an event type of PLOVER.
fn plover(code: &str) -> Option<OwnRole> {
    Some(OwnRole::Role(match code {
        "REQUEST" => MoveRole::Demand,
        "AGREE" => MoveRole::Offer,
        "CONCEDE" | "RETREAT" => MoveRole::Concession,
        "SUPPORT" => MoveRole::Acceptance,
        "REJECT" => MoveRole::Rejection,
        "THREATEN" => MoveRole::Threat,
        "COOPERATE" | "AID" => MoveRole::DeedPlus,
        "SANCTION" | "COERCE" | "MOBILIZE" | "PROTEST" | "ASSAULT" => MoveRole::DeedMinus,
        "CONSULT" | "ACCUSE" => return Some(OwnRole::NoRole),
        _ => return None,
    }))
}

/// The role of an event type of CAMEO, by its root: the first two digits.
fn cameo(code: &str) -> Option<OwnRole> {
    let root = code.get(..2).filter(|_| code.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(OwnRole::Role(match root {
        "01" | "04" | "09" | "11" => return Some(OwnRole::NoRole),
        "02" | "10" => MoveRole::Demand,
        "03" => MoveRole::Offer,
        "05" => MoveRole::Acceptance,
        "06" | "07" => MoveRole::DeedPlus,
        "08" => MoveRole::Concession,
        "12" => MoveRole::Rejection,
        "13" => MoveRole::Threat,
        "14" | "15" | "16" | "17" | "18" | "19" | "20" => MoveRole::DeedMinus,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::Colour;

    fn category(name: &str, parent: Option<&str>, codes: &[(&str, &str)]) -> Arc<Category> {
        let mut category = Category::new(name.into(), name, Colour::nth(0));
        category.parent = parent.map(CategoryId::new);
        for (scheme, code) in codes {
            category.codes.insert((*scheme).into(), vec![(*code).into()]);
        }
        Arc::new(category)
    }

    fn proposed(categories: &[Arc<Category>]) -> Vec<(String, OwnRole, RoleReason)> {
        let codebook = Codebook { categories: categories.to_vec(), ..Codebook::default() };
        let found = proposed_roles(&codebook).into_iter();
        found.map(|proposal| (proposal.category.to_string(), proposal.role, proposal.why)).collect()
    }

    #[test]
    fn a_name_comes_before_plover_and_plover_before_cameo() {
        let commitments = category("Commitments", None, &[("CAMEO", "03"), ("PLOVER", "AGREE")]);
        let talks = category("Talks", None, &[("CAMEO", "03"), ("PLOVER", "CONSULT")]);
        let yields = category("Yields", None, &[("CAMEO", "0831")]);
        let other = category("Other", None, &[("CAMEO", "x"), ("PLOVER", "agree")]);
        let set = category("Threat", None, &[("MOVE", "none")]);
        let expected = [
            ("Commitments".to_owned(), OwnRole::Role(MoveRole::Commitment), RoleReason::Name),
            ("Talks".to_owned(), OwnRole::NoRole, RoleReason::Plover("CONSULT".into())),
            ("Yields".to_owned(), OwnRole::Role(MoveRole::Concession), RoleReason::Cameo("0831".into())),
        ];
        assert_eq!(proposed(&[commitments, talks, yields, other, set]), expected);
    }

    #[test]
    fn a_category_is_not_given_what_it_inherits() {
        let threat = category("Threat", None, &[]);
        let veiled = category("Veiled threat", Some("Threat"), &[("CAMEO", "131")]);
        let reply = category("Reply", Some("Threat"), &[("CAMEO", "12")]);
        let ids: Vec<String> = proposed(&[threat, veiled, reply]).into_iter().map(|found| found.0).collect();
        assert_eq!(ids, ["Threat", "Reply"]);
    }

    #[test]
    fn roles_are_set_by_edits_that_change_nothing_else() {
        let threat = category("Threat", None, &[("CAMEO", "13")]);
        let codebook = Codebook { categories: vec![threat.clone()], ..Codebook::default() };
        let role = |role| role_edits(&codebook, &[("Threat".into(), role), ("Gone".into(), role)]);
        assert_eq!(role(OwnRole::Inherited), []);
        let [Edit::SetCategory { to: Some((0, now)), .. }] = &role(OwnRole::Role(MoveRole::Threat))[..]
        else {
            panic!("one edit")
        };
        assert_eq!(now.with_role(OwnRole::Inherited), *threat);
    }
}
