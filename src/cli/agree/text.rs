//! The figures as tables for people.

use std::io::Write;

use unicode_width::UnicodeWidthStr;

use super::super::terminal::Lines;
use super::super::words::agreement as words;
use super::over_time::RoundFigures;
use crate::analysis::agreement::{
    Absences, Agreement, CurvePoint, Figure, FigureTable, FigureValue, NoInterval, PairMatrix, Undefined,
    figure_tables, shown_pair_matrices,
};
use crate::model::{AnnotatorId, Project, visible};

/// Prints the figures for people. An undefined figure is a letter, which is explained below the tables.
pub(super) struct Printer<'a> {
    project: &'a Project,
    /// The reasons why figures are undefined, in the order of their letters.
    reasons: Vec<Undefined>,
}

impl<'a> Printer<'a> {
    /// A printer for figures of a project.
    pub(super) fn new(project: &'a Project) -> Self {
        Self { project, reasons: Vec::new() }
    }

    /// Prints an answer.
    pub(super) fn print(
        mut self,
        answer: &Agreement,
        rounds: &[RoundFigures],
        out: &mut Lines<impl Write>,
    ) -> std::io::Result<()> {
        let people = self.people(&answer.question.annotators);
        out.line(words::heading(self.project.name(), &people))?;
        out.line(words::documents(answer.compared.len(), answer.left_out))?;
        self.absences(answer, out)?;
        for table in figure_tables(answer) {
            let is_of_all = table.annotators == answer.question.annotators;
            self.table(&table, is_of_all, out)?;
        }
        for matrix in shown_pair_matrices(answer) {
            self.pairs(answer, &matrix, out)?;
        }
        self.documents(answer, out)?;
        self.rounds(rounds, out)?;
        self.reasons(out)?;
        let too_few = Err(NoInterval::TooFewDocuments);
        if answer.figures.iter().any(|figure| figure.interval.is_ok()) {
            out.blank()?;
            out.line(words::intervals(answer.question.draws))
        } else if answer.figures.iter().any(|figure| figure.interval == too_few) {
            out.blank()?;
            out.line(words::no_intervals(NoInterval::TooFewDocuments))
        } else {
            Ok(())
        }
    }

    fn people(&self, annotators: &[AnnotatorId]) -> String {
        let names: Vec<String> = annotators.iter().map(|id| self.project.name_of(id).to_owned()).collect();
        words::people(&names)
    }

    fn table(
        &mut self,
        table: &FigureTable<'_>,
        is_of_all: bool,
        out: &mut Lines<impl Write>,
    ) -> std::io::Result<()> {
        let title = if is_of_all {
            table.title().to_owned()
        } else {
            words::table_of(table.title(), &self.people(table.annotators))
        };
        let head = [title, "n".to_owned()].into_iter();
        let head = head.chain(table.measures.iter().map(|measure| measure.name().to_owned()));
        let mut lines: Vec<Vec<String>> = vec![head.collect()];
        for row in &table.rows {
            let name =
                format!("  {}", visible(&table.rows_are.name_of(row.subject, self.project.codebook())));
            let cells = [name, row.size().to_string()].into_iter();
            lines.push(cells.chain(row.figures.iter().map(|figure| self.cell(*figure))).collect());
        }
        print_aligned(&lines, out)
    }

    /// Says which layers count, and where annotators are missing.
    fn absences(&self, answer: &Agreement, out: &mut Lines<impl Write>) -> std::io::Result<()> {
        if answer.done_only {
            out.line(words::done_only())?;
        }
        for absences in answer.absences.iter().filter(|absences| !absences.is_empty()) {
            let Absences { annotator, not_begun, not_done, unreadable, .. } = absences;
            let counts = [not_begun.len(), not_done.len(), unreadable.len()];
            out.line(words::absent(self.project.name_of(annotator), counts))?;
        }
        Ok(())
    }

    /// Prints a figure of every pair, and each annotator's mean.
    fn pairs(
        &mut self,
        answer: &Agreement,
        matrix: &PairMatrix,
        out: &mut Lines<impl Write>,
    ) -> std::io::Result<()> {
        let people = answer.question.annotators.iter();
        let names: Vec<String> = people.map(|id| visible(self.project.name_of(id)).to_string()).collect();
        let title = words::pairs(matrix.measure.name(), matrix.unit.name());
        let head = std::iter::once(title).chain(names.iter().cloned()).chain([words::mean().to_owned()]);
        let mut lines: Vec<Vec<String>> = vec![head.collect()];
        for (at, row) in matrix.rows.iter().enumerate() {
            let mut line = vec![format!("  {}", names[at])];
            line.extend(
                row.iter()
                    .map(|figure| figure.map_or_else(|| "–".to_owned(), |figure| self.value(figure.value))),
            );
            line.push(matrix.mean(at).map_or_else(|| "–".to_owned(), |mean| format!("{mean:.3}")));
            lines.push(line);
        }
        print_aligned(&lines, out)
    }

    /// Prints the overall figures of each document.
    fn documents(&mut self, answer: &Agreement, out: &mut Lines<impl Write>) -> std::io::Result<()> {
        let named = |point| {
            let CurvePoint { documents, .. }: &CurvePoint = point;
            let titled = documents.first().and_then(|id| self.project.document(id));
            let title = titled.map_or_else(String::new, |document| visible(&document.meta.title).to_string());
            (title, point)
        };
        let points: Vec<(String, &CurvePoint)> = answer.by_document.iter().map(named).collect();
        self.points(words::each_document(), &points, out)
    }

    /// Prints the overall figures of each round.
    fn rounds(&mut self, rounds: &[RoundFigures], out: &mut Lines<impl Write>) -> std::io::Result<()> {
        let points: Vec<(String, &CurvePoint)> =
            rounds.iter().map(|figures| (figures.round.clone(), &figures.point)).collect();
        self.points(words::each_round(), &points, out)
    }

    /// Prints a row of overall figures for each point.
    fn points(
        &mut self,
        heading: &str,
        points: &[(String, &CurvePoint)],
        out: &mut Lines<impl Write>,
    ) -> std::io::Result<()> {
        let Some((_, first)) = points.iter().find(|(_, point)| !point.figures.is_empty()) else {
            return Ok(());
        };
        let measures = first.figures.iter();
        let measures = measures.map(|figure| words::measure(figure.measure.name(), figure.unit.name()));
        let head: Vec<String> = std::iter::once(heading.to_owned()).chain(measures).collect();
        let columns = head.len();
        let mut lines = vec![head];
        for (name, point) in points {
            let values = point.figures.iter().map(|figure| self.value(figure.value));
            let mut line: Vec<String> = std::iter::once(format!("  {name}")).chain(values).collect();
            line.resize(columns, "–".to_owned());
            lines.push(line);
        }
        print_aligned(&lines, out)
    }

    fn cell(&mut self, figure: Option<&Figure>) -> String {
        match figure.map(|figure| (figure.value, figure.interval)) {
            None => String::new(),
            Some((Ok(value), Ok((low, high)))) => format!("{value:.3} [{low:.2}, {high:.2}]"),
            Some((value, _)) => self.value(value),
        }
    }

    fn value(&mut self, value: FigureValue) -> String {
        match value {
            Ok(value) => format!("{value:.3}"),
            Err(why) => {
                let known = self.reasons.iter().position(|reason| *reason == why);
                let number = known.unwrap_or_else(|| {
                    self.reasons.push(why);
                    self.reasons.len() - 1
                });
                format!("({})", letter(number))
            }
        }
    }

    fn reasons(&self, out: &mut Lines<impl Write>) -> std::io::Result<()> {
        if !self.reasons.is_empty() {
            out.blank()?;
        }
        for (number, reason) in self.reasons.iter().enumerate() {
            out.line(format_args!("({}) {reason}", letter(number)))?;
        }
        Ok(())
    }
}

/// Prints lines of cells under each other, the first one to the left, after a blank line.
fn print_aligned(lines: &[Vec<String>], out: &mut Lines<impl Write>) -> std::io::Result<()> {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| lines.iter().map(|line| line[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    out.blank()?;
    for line in lines {
        let mut text = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let gap = " ".repeat(width - cell.width());
            text += &if column == 0 { format!("{cell}{gap}") } else { format!("   {gap}{cell}") };
        }
        out.line(text.trim_end())?;
    }
    Ok(())
}

/// Returns the letter of a reason; there are fewer reasons than letters.
fn letter(number: usize) -> char {
    ('a'..='z').nth(number).unwrap_or('?')
}
