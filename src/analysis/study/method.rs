//! The methods paragraphs.

use std::collections::BTreeSet;

use demarche_model::Project;

use super::citations::citation;
use super::design::Design;
use crate::agreement::{Agreement, MIN_DOCUMENTS, Measure, NoInterval, Unit, UnitTable};
use crate::words::study as words;

/// What the report is about.
pub(super) fn facts(project: &Project, agreed: &Agreement) -> Vec<(&'static str, String)> {
    let names: Vec<&str> = agreed.question.annotators.iter().map(|id| project.name_of(id)).collect();
    vec![
        (words::PROJECT, project.name().to_owned()),
        (words::CODERS, words::list(&names)),
        (words::DOCUMENTS, words::compared(agreed.compared.len(), agreed.left_out)),
        (words::SOFTWARE, words::software(env!("CARGO_PKG_VERSION"))),
    ]
}

/// The paragraphs, each with a heading.
pub(super) fn paragraphs(
    project: &Project,
    agreed: &Agreement,
    design: &Design,
    units: &UnitTable,
) -> Vec<(&'static str, String)> {
    let units_compared = Unit::ALL.into_iter().filter(|unit| agreed.question.units.contains(unit));
    let units_compared = units_compared.map(|unit| (unit.name(), unit.help().to_owned()));
    let measures: BTreeSet<Measure> = agreed.figures.iter().map(|figure| figure.measure).collect();
    let explained = |measure: Measure| words::explained(measure.help(), citation(measure));
    let measures = measures.into_iter().map(|measure| (measure.name(), explained(measure)));
    let mut out = vec![
        (words::DESIGN, self::design(project, agreed, design)),
        (words::SAMPLE, sample(project, agreed, units)),
        (words::CODEBOOK, words::codebook(agreed.categories.len(), agreed.attributes.len())),
    ];
    out.extend(units_compared.chain(measures));
    out.extend([
        (words::MISSING, words::MISSING_RULE.to_owned()),
        (words::UNCERTAINTY, intervals(agreed)),
        (words::RAW, words::raw(units.unit)),
        (words::SOFTWARE, words::computed_with(env!("CARGO_PKG_VERSION"))),
    ]);
    out
}

fn design(project: &Project, agreed: &Agreement, design: &Design) -> String {
    let readers: Vec<(usize, usize)> = design.by_readers.iter().map(|(k, n)| (*k, *n)).collect();
    let everything = design.coders.iter().all(|coder| coder.assigned == design.documents);
    let assigned = match everything {
        true => words::EVERYBODY_EVERYTHING.to_owned(),
        false => {
            let shares = design.coders.iter().map(|coder| (project.name_of(&coder.id), coder.assigned));
            words::assigned(&shares.collect::<Vec<_>>(), design.documents)
        }
    };
    let blind = if project.is_blind() { words::BLIND } else { words::NOT_BLIND };
    let mut sentences = vec![words::coders(design.coders.len(), design.documents), words::readers(&readers)];
    sentences.extend([assigned, blind.to_owned()]);
    sentences.extend(agreed.done_only.then(|| words::DONE_ONLY.to_owned()));
    sentences.join(" ")
}

fn sample(project: &Project, agreed: &Agreement, units: &UnitTable) -> String {
    let documents = agreed.compared.iter().filter_map(|id| project.document(id));
    let characters = documents.map(|document| document.meta.characters).sum();
    words::sample((agreed.compared.len(), agreed.left_out), characters, (units.unit, units.rows.len()))
}

fn intervals(agreed: &Agreement) -> String {
    let figures = || agreed.figures.iter();
    if figures().any(|figure| figure.interval.is_ok()) {
        return words::intervals(agreed.question.draws, MIN_DOCUMENTS);
    }
    let why = figures().filter(|figure| figure.value.is_ok()).find_map(|figure| figure.interval.err());
    words::no_intervals(&why.unwrap_or(NoInterval::NoFigure))
}
