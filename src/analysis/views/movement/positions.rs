//! The positions that were put forward.

use std::collections::BTreeMap;

use super::{Position, PositionAxis, PositionLine};
use crate::bargain::{ActorId, IssueId, PassageIndex};
use crate::views::Look;
use crate::views::titles::Spans;
use demarche_model::{AttributeDef, Meaning};

/// The positions of each attribute that means one, by issue and actor.
pub(super) fn by_attribute(look: &Look<'_>) -> Vec<PositionAxis> {
    let codebook = look.basis.project.codebook();
    let means = |def: &&std::sync::Arc<AttributeDef>| def.means.contains(&Meaning::Position);
    let defs: Vec<_> = codebook.attributes.iter().filter(means).collect();
    if defs.is_empty() {
        return Vec::new();
    }
    let mut in_order: Vec<PassageIndex> = look.moves().map(|(index, _)| index).collect();
    look.basis.moves.sort(&mut in_order);
    defs.into_iter().flat_map(|def| of_attribute(look, def, &in_order)).collect()
}

fn of_attribute(look: &Look<'_>, def: &AttributeDef, in_order: &[PassageIndex]) -> Vec<PositionAxis> {
    let mut axes: BTreeMap<(bool, Option<IssueId>), BTreeMap<ActorId, Vec<Position>>> = BTreeMap::new();
    let spans = Spans::new(look);
    for index in in_order {
        let passage = look.get(*index);
        let value = spans.attributes(*index).and_then(|attributes| attributes.get(&def.id)?.as_number());
        let Some(value) = value.filter(|value| value.is_finite()) else { continue };
        let position = Position { passage: *index, date: look.date(passage), value };
        for issue in look.issues_of(passage) {
            let lines = axes.entry(issue).or_default();
            look.actors(passage).iter().for_each(|actor| lines.entry(*actor).or_default().push(position));
        }
    }
    let line = |(actor, positions): (ActorId, Vec<Position>)| {
        let title = look.basis.moves.actors().name(actor).to_owned();
        PositionLine { actor, title, positions }
    };
    let axis = |((_, issue), lines): (_, BTreeMap<ActorId, Vec<Position>>)| PositionAxis {
        attribute: def.id.clone(),
        title: def.name.clone(),
        unit: def.unit.clone(),
        issue,
        issue_title: look.issue_title(issue),
        lines: lines.into_iter().map(line).collect(),
    };
    axes.into_iter().map(axis).collect()
}
