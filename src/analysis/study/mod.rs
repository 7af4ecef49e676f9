//! The report of a reliability study, as a methods section and its tables print it: design, sample, coders, units and
//! measures with their sources, all figures, where coders differ, and the raw units for other programs.
//!
//! Tables follow [`FigureTable`]s, so that a new measure appears by itself; only its source is named here ([`citations`]).
//! [`FigureTable`]: crate::agreement::FigureTable

pub(crate) mod citations;
mod design;
mod figures;
mod matrix;
mod method;

use demarche_model::Project;

use crate::agreement::{Agreement, SegmentCache, Unit, UnitTable, unit_table};
use crate::report::{Numbered, Numbering, Part, Report, confusions};
use crate::words::study as words;
use design::Design;

/// A report, and the raw data behind it.
#[derive(Clone, PartialEq, Debug)]
pub struct Study {
    /// The report.
    pub report: Report,
    /// The units with the codes of all coders.
    pub units: UnitTable,
}

/// Composes the report on an answer about the agreement of a project's coders.
pub fn compose(project: &Project, agreed: &Agreement, segments: &SegmentCache) -> Study {
    let units = unit_table(project, &agreed.question, raw_unit(agreed), segments);
    let design = Design::of(project, agreed);
    let mut parts = vec![design.coders(project), design.readers()];
    parts.extend(figures::parts(project, agreed));
    parts.extend(matrix::parts(project, agreed));
    parts.push(Part { kind: Numbered::Table, ..confusions::part(project, agreed) });
    let mut numbering = Numbering::default();
    parts.iter_mut().for_each(|part| numbering.number(part));
    let report = Report {
        title: words::title(project.name()),
        facts: method::facts(project, agreed),
        method: method::paragraphs(project, agreed, &design, &units),
        parts,
        sources: citations::sources(agreed),
    };
    Study { report, units }
}

/// The unit of the raw data: sentences, unless only tokens or passages are compared.
fn raw_unit(agreed: &Agreement) -> Unit {
    let units = &agreed.question.units;
    let asked = [Unit::Token, Unit::Span].into_iter().find(|unit| units.len() == 1 && units.contains(unit));
    asked.unwrap_or(Unit::Sentence)
}
