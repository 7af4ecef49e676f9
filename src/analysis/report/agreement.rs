//! Agreement of the coders, per category.

use std::collections::BTreeSet;

use super::material::Material;
use super::table::{Column, ColumnKind, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::agreement::{
    Agreement, Figure, Measure, NoInterval, Question, SegmentCache, Subject, Undefined, Unit,
    active_annotators, measure,
};
use crate::words::report as words;
use demarche_model::{AnnotatorId, Progress, Stopped};

/// The measures of a report, each with its unit.
const MEASURES: [(Measure, Unit); 5] = [
    (Measure::F1Exact, Unit::Span),
    (Measure::F1Overlap, Unit::Span),
    (Measure::AlphaU, Unit::Character),
    (Measure::AlphaNominal, Unit::Sentence),
    (Measure::CohenKappa, Unit::Sentence),
];

/// Measures the agreement of all coders; `None` if fewer than two have tagged.
pub(super) fn measured(
    material: &Material<'_>,
    progress: &dyn Progress,
) -> Result<Option<Agreement>, Stopped> {
    let project = material.project();
    let is_shown = |coder: &AnnotatorId| {
        let mut documents = project.documents().iter();
        documents.all(|document| material.request.visible.shows_in(document, coder))
    };
    let coders: Vec<AnnotatorId> = active_annotators(project).into_iter().filter(is_shown).collect();
    if coders.len() < 2 {
        return Ok(None);
    }
    let units = MEASURES.iter().map(|(_, unit)| *unit).collect();
    let question = Question { units, against_consensus: false, ..Question::new(coders) };
    measure(project, &question, &SegmentCache::default(), progress).map(Some)
}

/// The table of agreement.
pub(super) fn part(material: &Material<'_>, agreed: Option<&Agreement>) -> Part {
    let mut part = Part::new("agreement", Numbered::Table, words::AGREEMENT_TITLE);
    let Some(agreed) = agreed.filter(|agreed| !agreed.compared.is_empty()) else {
        part.sentence = words::NO_AGREEMENT.to_owned();
        return part;
    };
    let coders = &agreed.question.annotators;
    let names: Vec<&str> = coders.iter().map(|coder| material.project().name_of(coder)).collect();
    part.sentence = words::compared(&names, agreed.compared.len(), agreed.left_out);
    let mut reasons = BTreeSet::new();
    part.table = Some(table(material, agreed, &mut reasons));
    part.notes.push(words::AGREEMENT_NOTE.to_owned());
    part.notes.extend(reasons.into_iter().map(|why: Undefined| words::undefined(&why)));
    if agreed.figures.iter().any(|figure| figure.interval.is_ok()) {
        part.notes.push(words::intervals(agreed.question.draws));
    } else {
        part.notes.push(NoInterval::TooFewDocuments.to_string());
    }
    part
}

fn table(material: &Material<'_>, agreed: &Agreement, reasons: &mut BTreeSet<Undefined>) -> Table {
    let of_all: Vec<&Figure> = (agreed.figures.iter())
        .filter(|figure| figure.annotators.len() == agreed.question.annotators.len())
        .collect();
    let find = |(measure, unit), subject: &Subject| {
        let mut figures = of_all.iter();
        figures.find(|figure| (figure.measure, figure.unit) == (measure, unit) && figure.subject == *subject)
    };
    let measures: Vec<(Measure, Unit)> =
        MEASURES.into_iter().filter(|at| find(*at, &Subject::Overall).is_some()).collect();
    let columns = measures.iter().map(|(measure, unit)| Column {
        title: words::measure(measure.name(), unit.name()),
        kind: ColumnKind::Interval,
    });
    let mut table = Table::with(
        [Column::text(words::CATEGORY), Column::number(words::PASSAGES)].into_iter().chain(columns),
    );
    let categories = agreed.categories.iter().map(|id| Subject::Category(id.clone()));
    for subject in categories.chain([Subject::Overall]) {
        let kind = if subject == Subject::Overall { LineKind::Total } else { LineKind::Body };
        let size = find((Measure::F1Exact, Unit::Span), &subject).map(|figure| figure.size);
        if size == Some(0) {
            continue;
        }
        let name = Value::text(subject.name(material.project().codebook()));
        let mut values = vec![name, size.map(Value::Count).unwrap_or_default()];
        for measure in &measures {
            let value = find(*measure, &subject).map(|figure| (figure.value, figure.interval));
            values.push(match value {
                Some((Ok(value), interval)) => Value::Interval { value, bounds: interval.ok() },
                Some((Err(why), _)) => {
                    reasons.insert(why);
                    Value::None
                }
                None => Value::None,
            });
        }
        table.line(kind, values);
    }
    table
}
