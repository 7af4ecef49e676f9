//! What a merge of relations needs besides the relations of both sides.

use std::collections::BTreeSet;

use crate::{Project, RelationFault, RelationKey, Relations};

/// The names in a merged list, with those at the end that one side has removed and the merged relations still name.
pub(super) fn with_names_in_use(
    mut list: Vec<String>,
    used: BTreeSet<&String>,
    sides: [&[String]; 2],
) -> Vec<String> {
    for name in used {
        if !list.contains(name) && sides.iter().any(|side| side.contains(name)) {
            list.push(name.clone());
        }
    }
    list
}

/// Takes entries from ours that neither side is wrong about, but the merge of both is: a circle, or a person with members.
/// The first names are the actors and issues of the merge.
pub(super) fn repair_relations(
    relations: &mut Relations,
    (actors, issues): (&[String], &[String]),
    ours: &Project,
    theirs: &Project,
) {
    let known = |project: &Project| project.relations.faults(&project.actors, &project.issues);
    let known: BTreeSet<RelationFault> = known(ours).into_iter().chain(known(theirs)).collect();
    let mut repaired = BTreeSet::new();
    loop {
        let faults = relations.faults(actors, issues).into_iter();
        let new = faults.filter(|fault| !known.contains(fault)).filter_map(|fault| match fault {
            RelationFault::ActorCircle { name, .. }
            | RelationFault::IssueCircle(name)
            | RelationFault::PersonWithMembers(name) => Some(name),
            RelationFault::UnknownActor { .. } | RelationFault::UnknownIssue { .. } => None,
        });
        let new: Vec<String> = new.filter(|name| repaired.insert(name.clone())).collect();
        if new.is_empty() {
            return;
        }
        for name in new {
            let keys = [RelationKey::Members(name.clone()), RelationKey::Party(name.clone())];
            for key in keys.iter().chain([&RelationKey::IssueAbove(name)]) {
                relations.take(key, &ours.relations);
            }
        }
    }
}
