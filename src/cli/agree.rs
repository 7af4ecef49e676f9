//! `demarche agree`: measures how far annotators agree.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthStr;

use super::Failure;
use super::common::{Bar, load_round_or_project};
use super::report::{UnreadRow, unread};
use super::terminal::{Lines, print_json};
use super::words::{agreement as words, usage};
use crate::analysis::agreement::{
    Agreement, ConfusionMatrix, Continuum, Figure, FigureTable, NoInterval, Question, SegmentCache, Subject,
    Undefined, Unit, active_annotators, figure_tables, measure,
};
use crate::analysis::study::compose;
use crate::io::export::analysis::{STUDY_FORMATS, study_format, write_study};
use crate::io::project::Folder;
use crate::model::{AnnotatorId, Project, visible};

/// Arguments of `demarche agree`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// A frozen round instead of the work of today, such as r1-ana or 1; see `demarche rounds`
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// The annotators to compare, by id or name [default: all who have tagged, without the consensus]
    #[arg(long, value_name = "A,B…", value_delimiter = ',')]
    annotators: Vec<String>,
    /// The unit to compare [default: all]
    #[arg(long)]
    unit: Option<UnitName>,
    /// Write a report for a paper to a file that ends in .html or .md, and next to it the units of all coders as CSV
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// The units by their names on the command line.
#[derive(ValueEnum, Clone, Copy, Debug)]
enum UnitName {
    /// Spans: F1, confusion, attributes
    Span,
    /// Words and punctuation: α, κ, percent
    Token,
    /// Sentences: α, κ, percent
    Sentence,
    /// Characters of the running text: α_U and the α family of 2016
    Character,
}

impl From<UnitName> for Unit {
    fn from(name: UnitName) -> Self {
        match name {
            UnitName::Span => Self::Span,
            UnitName::Token => Self::Token,
            UnitName::Sentence => Self::Sentence,
            UnitName::Character => Self::Character,
        }
    }
}

#[derive(Serialize)]
struct Report<'a> {
    annotators: Vec<&'a str>,
    documents: usize,
    left_out: usize,
    #[serde(serialize_with = "measures")]
    measures: &'a [Figure],
    confusion: Vec<Table<'a>>,
    /// What could not be read and is not compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<UnreadRow>,
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
    annotators: Vec<&'a str>,
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

/// Measures agreement and writes the figures.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let report_format = args.report.as_deref().map(|path| study_format(path).ok_or_else(unknown_extension));
    let report_format = report_format.transpose()?;
    let folder = Folder::named_by(&args.project);
    let loaded = load_round_or_project(&folder, args.round.as_deref())?;
    let question = question(&loaded.project, &args)?;
    let bar = Bar::new(words::progress(), loaded.project.documents().len(), true);
    let segments = SegmentCache::default();
    let answer = measure(&loaded.project, &question, &segments, &bar)?;
    drop(bar);
    if let (Some(path), Some(format)) = (&args.report, report_format) {
        let study = compose(&loaded.project, &answer, &segments);
        write_study(path, format, &study, loaded.project.codebook())?;
    }
    if args.json {
        let categories: Vec<Option<&str>> =
            answer.categories.iter().map(|id| Some(id.as_str())).chain([None]).collect();
        print_json(&Report { unread: unread(&loaded), ..report(&answer, &categories) })?;
    } else if args.report.is_none() {
        Printer::new(&loaded.project).print(&answer, &mut Lines::stdout())?;
    }
    if loaded.print_problems(&folder) { Err(Failure::Reported) } else { Ok(()) }
}

/// Returns the refusal of a report whose file name says no format.
fn unknown_extension() -> Failure {
    let known = STUDY_FORMATS.iter().map(|format| format.extension());
    Failure::Usage(words::report_extension(&known.collect::<Vec<_>>()))
}

fn question(project: &Project, args: &Args) -> Result<Question, Failure> {
    let chosen = match args.annotators.as_slice() {
        [] => active_annotators(project),
        names => names.iter().map(|name| annotator(project, name)).collect::<Result<_, _>>()?,
    };
    let distinct: BTreeSet<&AnnotatorId> = chosen.iter().collect();
    if distinct.len() < chosen.len() {
        return Err(Failure::Usage(usage::repeated_annotator()));
    }
    let mut question = Question::new(chosen);
    if let Some(unit) = args.unit {
        question.units = BTreeSet::from([unit.into()]);
    }
    Ok(question)
}

/// Returns the annotator with this id or name.
fn annotator(project: &Project, name: &str) -> Result<AnnotatorId, Failure> {
    let name = name.trim();
    let mut known: BTreeSet<&AnnotatorId> =
        project.annotators().iter().map(|annotator| &annotator.id).collect();
    let owners: BTreeSet<AnnotatorId> = project
        .documents()
        .iter()
        .flat_map(|document| document.layers.keys().map(AnnotatorId::whole))
        .collect();
    known.extend(&owners);
    if let Some(id) = known.iter().find(|id| id.as_str() == name) {
        return Ok((*id).clone());
    }
    let by_name = project.annotators().iter().find(|a| a.name.to_lowercase() == name.to_lowercase());
    by_name
        .map(|annotator| annotator.id.clone())
        .ok_or_else(|| Failure::Usage(usage::unknown_annotator(name, known.iter().map(|id| id.as_str()))))
}

fn report<'a>(answer: &'a Agreement, categories: &'a [Option<&'a str>]) -> Report<'a> {
    let tables = answer.confusions.iter().map(|confusion| Table {
        annotators: [confusion.first.as_str(), confusion.second.as_str()],
        categories,
        counts: confusion,
    });
    Report {
        annotators: names(&answer.question.annotators),
        documents: answer.compared.len(),
        left_out: answer.left_out,
        measures: &answer.figures,
        confusion: tables.collect(),
        unread: Vec::new(),
    }
}

/// Writes the rows of a matrix one by one: a codebook of many categories has millions of cells, nearly all of them zero.
fn rows<S: Serializer>(matrix: &&ConfusionMatrix, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(matrix.rows())
}

fn measures<S: Serializer>(figures: &&[Figure], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(figures.iter().map(row))
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
        annotators: names(&figure.annotators),
        value: figure.value.ok(),
        why: figure.value.err().map(|why| why.to_string()),
        interval: figure.interval.ok().map(|(low, high)| [low, high]),
        interval_why: figure.interval.err().map(|why| why.to_string()),
        n: figure.size,
        documents: figure.documents,
    }
}

/// Prints the figures for people. An undefined figure is a letter, which is explained below the tables.
struct Printer<'a> {
    project: &'a Project,
    /// The reasons why figures are undefined, in the order of their letters.
    reasons: Vec<Undefined>,
}

impl<'a> Printer<'a> {
    fn new(project: &'a Project) -> Self {
        Self { project, reasons: Vec::new() }
    }

    fn print(mut self, answer: &Agreement, out: &mut Lines<impl Write>) -> std::io::Result<()> {
        let people = self.people(&answer.question.annotators);
        out.line(words::heading(self.project.name(), &people))?;
        out.line(words::documents(answer.compared.len(), answer.left_out))?;
        for table in figure_tables(answer) {
            let is_of_all = table.annotators.len() == answer.question.annotators.len();
            self.table(&table, is_of_all, out)?;
        }
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
            let name = format!("  {}", visible(&row.subject.name(self.project.codebook())));
            let cells = [name, row.size().to_string()].into_iter();
            lines.push(cells.chain(row.figures.iter().map(|figure| self.cell(*figure))).collect());
        }
        let columns = table.measures.len() + 2;
        let width = |column: usize| lines.iter().map(|line| line[column].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        out.blank()?;
        for line in &lines {
            let mut text = String::new();
            for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
                let gap = " ".repeat(width - cell.width());
                text += &if column == 0 { format!("{cell}{gap}") } else { format!("   {gap}{cell}") };
            }
            out.line(text.trim_end())?;
        }
        Ok(())
    }

    fn cell(&mut self, figure: Option<&Figure>) -> String {
        match figure.map(|figure| (figure.value, figure.interval)) {
            None => String::new(),
            Some((Ok(value), Ok((low, high)))) => format!("{value:.3} [{low:.2}, {high:.2}]"),
            Some((Ok(value), Err(_))) => format!("{value:.3}"),
            Some((Err(why), _)) => {
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

/// Returns the letter of a reason; there are fewer reasons than letters.
fn letter(number: usize) -> char {
    ('a'..='z').nth(number).unwrap_or('?')
}
