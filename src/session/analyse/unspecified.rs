//! The moves that do not specify their actor, target, issue or another attribute.

use std::sync::Arc;

use demarche_analysis::bargain::PassageSet;
use demarche_analysis::filter::{Field, Keyword, Term, Value};
use demarche_analysis::views::{Axis, Look, View};
use demarche_model::{AttributeId, Meaning, Project};
use smol_str::SmolStr;

/// The moves of a reading that have no value of an attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unspecified {
    /// The attribute.
    pub attribute: AttributeId,
    /// The moves.
    pub passages: Arc<PassageSet>,
    /// The field of the filter.
    field: Field,
}

impl Unspecified {
    /// What the moves that a view looks at do not specify: actor, target and issue, and the attributes in the rows and
    /// columns of a matrix.
    pub(super) fn all(project: &Project, look: &Look<'_>, found: &View) -> Vec<Self> {
        let fields = [
            (Meaning::Actor, Field::Actor),
            (Meaning::Target, Field::Target),
            (Meaning::Issue, Field::Issue),
        ];
        let of_meaning = |((meaning, field), passages): ((Meaning, Field), PassageSet)| {
            let (def, _) = project.codebook().meaning(&meaning)?;
            Some(Self { attribute: def.id.clone(), passages: passages.into(), field })
        };
        let mut all: Vec<Self> =
            fields.into_iter().zip(look.not_specified()).filter_map(of_meaning).collect();
        all.extend(of_axes(found));
        all.retain(|one| !one.passages.is_empty());
        all
    }

    /// The term that only these moves pass.
    pub(super) fn term(&self) -> Term {
        Term::field(self.field.clone(), Value::word(Keyword::None.word()))
    }
}

/// The attributes in the rows and columns of a matrix, where some moves have no value.
fn of_axes(found: &View) -> Vec<Unspecified> {
    let View::Matrix(view) = found else { return Vec::new() };
    let axes = [(&view.options.rows, &view.rows, &view.row_totals)];
    let axes = axes.into_iter().chain([(&view.options.columns, &view.columns, &view.column_totals)]);
    axes.filter_map(|(axis, groups, totals)| {
        let Axis::Attribute(attribute) = axis else { return None };
        let at = groups.iter().position(|group| group.is_not_specified())?;
        let field = Field::Attribute(SmolStr::new(attribute.as_str()));
        Some(Unspecified { attribute: attribute.clone(), passages: totals.get(at)?.moves.clone(), field })
    })
    .collect()
}
