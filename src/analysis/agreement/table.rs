//! Figures as tables: one table per unit and group of annotators, a row per subject, a column per measure.

use std::collections::HashMap;

use super::{Agreement, Figure, Measure, Subject, Unit};
use demarche_model::AnnotatorId;

/// Figures of one unit and the same annotators.
#[derive(Debug)]
pub struct FigureTable<'a> {
    /// The unit they count.
    pub unit: Unit,
    /// What the rows are.
    pub rows_are: Rows,
    /// The annotators who are compared.
    pub annotators: &'a [AnnotatorId],
    /// The columns.
    pub measures: Vec<Measure>,
    /// The rows, each with one figure per column.
    pub rows: Vec<FigureRow<'a>>,
}

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Rows {
    /// All categories together, and each of them.
    Categories,
    /// Attributes of matched passages.
    Attributes,
    /// All links together, and each kind of link.
    Links,
}

impl Rows {
    fn of(figure: &Figure) -> Self {
        match (&figure.subject, figure.measure) {
            (Subject::Attribute(_), _) => Self::Attributes,
            (Subject::Link(_), _) | (_, Measure::LinkEnds | Measure::LinkF1) => Self::Links,
            (Subject::Overall | Subject::Category(_), _) => Self::Categories,
        }
    }
}

/// The figures of one subject.
#[derive(Debug)]
pub struct FigureRow<'a> {
    /// The category or attribute.
    pub subject: &'a Subject,
    /// One figure per measure of the table.
    pub figures: Vec<Option<&'a Figure>>,
}

impl FigureRow<'_> {
    /// Sample size of the figures.
    pub fn size(&self) -> usize {
        self.figures.iter().flatten().map(|figure| figure.size).max().unwrap_or(0)
    }
}

impl FigureTable<'_> {
    /// Number of documents behind the figures: the most that one of them has.
    pub fn documents(&self) -> usize {
        let figures = self.rows.iter().flat_map(|row| row.figures.iter().flatten());
        figures.map(|figure| figure.documents).max().unwrap_or(0)
    }
}

/// The unit and annotators of a table, and what its rows are.
type TableKey<'a> = (Unit, Rows, &'a [AnnotatorId]);

/// The positions of the rows of a table.
type RowPositions<'a> = HashMap<&'a Subject, usize>;

/// Arranges all figures of an answer as tables.
pub fn figure_tables(answer: &Agreement) -> Vec<FigureTable<'_>> {
    tables_of(&answer.figures)
}

/// Arranges figures as tables, in order of first appearance.
pub fn tables_of<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Vec<FigureTable<'a>> {
    let mut tables: Vec<FigureTable<'_>> = Vec::new();
    let mut positions: HashMap<TableKey<'_>, (usize, RowPositions<'_>)> = HashMap::new();
    for figure in figures {
        let rows_are = Rows::of(figure);
        let key = (figure.unit, rows_are, &*figure.annotators);
        let (index, rows) = positions.entry(key).or_insert_with(|| {
            tables.push(FigureTable {
                unit: figure.unit,
                rows_are,
                annotators: &figure.annotators,
                measures: Vec::new(),
                rows: Vec::new(),
            });
            (tables.len() - 1, HashMap::new())
        });
        tables[*index].insert(figure, rows);
    }
    tables.iter_mut().for_each(FigureTable::sort);
    tables
}

impl<'a> FigureTable<'a> {
    /// Adds a figure; `rows` maps subjects to positions.
    fn insert(&mut self, figure: &'a Figure, rows: &mut RowPositions<'a>) {
        let column = self.measures.iter().position(|measure| *measure == figure.measure);
        let column = column.unwrap_or_else(|| {
            self.measures.push(figure.measure);
            self.measures.len() - 1
        });
        let row = *rows.entry(&figure.subject).or_insert_with(|| {
            self.rows.push(FigureRow { subject: &figure.subject, figures: Vec::new() });
            self.rows.len() - 1
        });
        let figures = &mut self.rows[row].figures;
        figures.resize(figures.len().max(column + 1), None);
        figures[column] = Some(figure);
    }

    /// Sorts the columns in the order of [`Measure::ALL`], fills up every row, and puts the row of all categories first.
    fn sort(&mut self) {
        self.rows.sort_by_key(|row| *row.subject != Subject::Overall);
        let mut order: Vec<usize> = (0..self.measures.len()).collect();
        order.sort_by_key(|&column| self.measures[column]);
        for row in &mut self.rows {
            row.figures = order.iter().map(|&column| row.figures.get(column).copied().flatten()).collect();
        }
        self.measures.sort();
    }
}
