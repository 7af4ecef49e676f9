//! The figures as JSON.

use serde::{Serialize, Serializer};

use super::super::report::UnreadRow;
use super::over_time::RoundFigures;
use crate::analysis::agreement::{
    Absences, Agreement, ConfusionMatrix, Continuum, CurvePoint, Figure, PairFigure, PairMatrix,
    PooledFigure, Subject, pair_matrices,
};
use crate::model::{AnnotatorId, DocumentId};

#[derive(Serialize)]
pub(super) struct Report<'a> {
    annotators: Vec<&'a str>,
    documents: usize,
    left_out: usize,
    /// True if only layers marked as done count.
    done_only: bool,
    /// Where each annotator is missing.
    absent: Vec<AbsenceRow<'a>>,
    #[serde(serialize_with = "measures")]
    measures: &'a [Figure],
    confusion: Vec<Table<'a>>,
    /// The overall figures of each pair, a table per measure.
    pairs: Vec<PairTable<'a>>,
    /// The overall figures of each document.
    by_document: Vec<DocumentRow<'a>>,
    /// The overall figures of each round, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_round: Vec<RoundRow<'a>>,
    /// What could not be read and is not compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<UnreadRow>,
}

#[derive(Serialize)]
struct AbsenceRow<'a> {
    annotator: &'a str,
    counted: usize,
    not_begun: Vec<&'a str>,
    not_done: Vec<&'a str>,
    unreadable: Vec<&'a str>,
}

#[derive(Serialize)]
struct PairTable<'a> {
    measure: &'static str,
    unit: &'static str,
    annotators: Vec<&'a str>,
    /// A row per annotator; null on the diagonal and where there is no figure.
    values: Vec<Vec<Option<f64>>>,
    /// The mean of each annotator's figures.
    means: Vec<Option<f64>>,
}

#[derive(Serialize)]
struct DocumentRow<'a> {
    document: &'a str,
    measures: Vec<PooledRow>,
}

#[derive(Serialize)]
struct RoundRow<'a> {
    round: &'a str,
    documents: usize,
    measures: Vec<PooledRow>,
}

#[derive(Serialize)]
struct PooledRow {
    measure: &'static str,
    unit: &'static str,
    value: Option<f64>,
    why: Option<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    measure: &'static str,
    unit: &'static str,
    /// What the running text is divided into, for measures on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    continuum: Option<&'static str>,
    category: Option<&'a str>,
    attribute: Option<&'a str>,
    /// The kind of link.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(serialize_with = "each_id")]
    annotators: &'a [AnnotatorId],
    value: Option<f64>,
    why: Option<String>,
    interval: Option<[f64; 2]>,
    interval_why: Option<String>,
    n: usize,
    documents: usize,
}

#[derive(Serialize)]
struct Table<'a> {
    annotators: [&'a str; 2],
    /// The categories of rows and columns; the last one, for untagged text, is null.
    categories: &'a [Option<&'a str>],
    #[serde(serialize_with = "rows")]
    counts: &'a ConfusionMatrix,
}

/// Arranges an answer. `categories` are those of the confusion matrices.
pub(super) fn report<'a>(
    answer: &'a Agreement,
    categories: &'a [Option<&'a str>],
    rounds: &'a [RoundFigures],
    unread: Vec<UnreadRow>,
) -> Report<'a> {
    let tables = answer.confusions.iter().map(|confusion| Table {
        annotators: [confusion.first.as_str(), confusion.second.as_str()],
        categories,
        counts: confusion,
    });
    Report {
        annotators: names(&answer.question.annotators),
        documents: answer.compared.len(),
        left_out: answer.left_out,
        done_only: answer.done_only,
        absent: answer.absences.iter().map(absence).collect(),
        measures: &answer.figures,
        confusion: tables.collect(),
        pairs: pair_matrices(answer).iter().map(|matrix| pair_table(answer, matrix)).collect(),
        by_document: answer.by_document.iter().map(document_row).collect(),
        by_round: rounds.iter().map(round_row).collect(),
        unread,
    }
}

fn absence(absences: &Absences) -> AbsenceRow<'_> {
    AbsenceRow {
        annotator: absences.annotator.as_str(),
        counted: absences.counted,
        not_begun: ids(&absences.not_begun),
        not_done: ids(&absences.not_done),
        unreadable: ids(&absences.unreadable),
    }
}

fn ids(documents: &[DocumentId]) -> Vec<&str> {
    documents.iter().map(DocumentId::as_str).collect()
}

fn pair_table<'a>(answer: &'a Agreement, matrix: &PairMatrix) -> PairTable<'a> {
    let value = |figure: &Option<PairFigure>| figure.and_then(|figure| figure.value.ok());
    PairTable {
        measure: matrix.measure.id(),
        unit: matrix.unit.id(),
        annotators: names(&answer.question.annotators),
        values: matrix.rows.iter().map(|row| row.iter().map(value).collect()).collect(),
        means: (0..matrix.rows.len()).map(|row| matrix.mean(row)).collect(),
    }
}

fn document_row(point: &CurvePoint) -> DocumentRow<'_> {
    DocumentRow {
        document: point.documents.first().map_or("", DocumentId::as_str),
        measures: point.figures.iter().map(pooled_row).collect(),
    }
}

fn round_row(figures: &RoundFigures) -> RoundRow<'_> {
    RoundRow {
        round: &figures.round,
        documents: figures.point.documents.len(),
        measures: figures.point.figures.iter().map(pooled_row).collect(),
    }
}

fn pooled_row(figure: &PooledFigure) -> PooledRow {
    PooledRow {
        measure: figure.measure.id(),
        unit: figure.unit.id(),
        value: figure.value.ok(),
        why: figure.value.err().map(|why| why.to_string()),
    }
}

/// Writes the rows of a matrix one by one: a codebook of many categories has millions of cells, nearly all of them zero.
fn rows<S: Serializer>(matrix: &&ConfusionMatrix, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(matrix.rows())
}

fn measures<S: Serializer>(figures: &&[Figure], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(figures.iter().map(row))
}

fn each_id<S: Serializer>(annotators: &&[AnnotatorId], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(annotators.iter().map(AnnotatorId::as_str))
}

fn names(annotators: &[AnnotatorId]) -> Vec<&str> {
    annotators.iter().map(AnnotatorId::as_str).collect()
}

fn row(figure: &Figure) -> Row<'_> {
    Row {
        measure: figure.measure.id(),
        unit: figure.unit.id(),
        continuum: figure.measure.continuum().map(Continuum::id),
        category: match &figure.subject {
            Subject::Category(id) => Some(id.as_str()),
            _ => None,
        },
        attribute: match &figure.subject {
            Subject::Attribute(id) => Some(id.as_str()),
            _ => None,
        },
        link: match &figure.subject {
            Subject::Link(id) => Some(id.as_str()),
            _ => None,
        },
        annotators: &figure.annotators,
        value: figure.value.ok(),
        why: figure.value.err().map(|why| why.to_string()),
        interval: figure.interval.ok().map(|(low, high)| [low, high]),
        interval_why: figure.interval.err().map(|why| why.to_string()),
        n: figure.size,
        documents: figure.documents,
    }
}
