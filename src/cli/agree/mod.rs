//! `demarche agree`: measures how far annotators agree.

mod json;
mod over_time;
mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Failure;
use super::common::{Bar, load_round_or_project};
use super::documents::named_document;
use super::report::unread;
use super::terminal::{Lines, print_json_rows};
use super::words::{agreement as words, usage};
use crate::analysis::agreement::{Question, SegmentCache, Statuses, Unit, active_annotators, measure};
use crate::analysis::study::compose;
use crate::io::export::analysis::{STUDY_FORMATS, study_format, write_study};
use crate::io::project::Folder;
use crate::model::{AnnotatorId, CategoryId, Project, nearest};

use over_time::{of_rounds, with_themselves};
use text::Printer;

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
    /// The documents to compare, by id or title [default: all]
    #[arg(long, value_name = "D,E…", value_delimiter = ',')]
    documents: Vec<String>,
    /// The categories to compare, by id or name [default: all]
    #[arg(long, value_name = "C,D…", value_delimiter = ',')]
    categories: Vec<String>,
    /// Count each category as the one at the top of its branch
    #[arg(long)]
    parents: bool,
    /// Count only documents marked as done [default: as soon as a coder has marked one]
    #[arg(long)]
    done: bool,
    /// Count documents that are not marked as done, too
    #[arg(long, conflicts_with = "done")]
    all_statuses: bool,
    /// Compare one coder with themselves: what they had tagged in the round that --since names, and what they have tagged now
    #[arg(long, value_name = "CODER", requires = "since", conflicts_with = "annotators")]
    intra: Option<String>,
    /// The earlier round for --intra
    #[arg(long, value_name = "ROUND", requires = "intra")]
    since: Option<String>,
    /// Add the overall figures of each round
    #[arg(long, conflicts_with_all = ["intra", "round"])]
    curve: bool,
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
    /// Whole documents: presence of a category
    Document,
}

impl From<UnitName> for Unit {
    fn from(name: UnitName) -> Self {
        match name {
            UnitName::Span => Self::Span,
            UnitName::Token => Self::Token,
            UnitName::Sentence => Self::Sentence,
            UnitName::Character => Self::Character,
            UnitName::Document => Self::Document,
        }
    }
}

/// Measures agreement and writes the figures.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let report_format = args.report.as_deref().map(|path| study_format(path).ok_or_else(unknown_extension));
    let report_format = report_format.transpose()?;
    let folder = Folder::named_by(&args.project);
    let loaded = load_round_or_project(&folder, args.round.as_deref())?;
    let (project, annotators) = compared(&folder, &loaded.project, &args)?;
    let question = question(&project, annotators, &args)?;
    let bar = Bar::new(words::progress(), project.documents().len(), true);
    let segments = SegmentCache::default();
    let answer = measure(&project, &question, &segments, &bar)?;
    drop(bar);
    let rounds = if args.curve { of_rounds(&folder, &question, &segments)? } else { Vec::new() };
    if let (Some(path), Some(format)) = (&args.report, report_format) {
        let study = compose(&project, &answer, &segments);
        write_study(path, format, &study, project.codebook())?;
    }
    if args.json {
        let categories: Vec<Option<&str>> =
            answer.categories.iter().map(|id| Some(id.as_str())).chain([None]).collect();
        print_json_rows(&json::report(&answer, &categories, &rounds, unread(&loaded)))?;
    } else if args.report.is_none() {
        Printer::new(&project).print(&answer, &rounds, &mut Lines::stdout())?;
    }
    if loaded.print_problems(&folder) { Err(Failure::Reported) } else { Ok(()) }
}

/// Returns the refusal of a report whose file name says no format.
fn unknown_extension() -> Failure {
    let known = STUDY_FORMATS.iter().map(|format| format.extension());
    Failure::Usage(words::report_extension(&known.collect::<Vec<_>>()))
}

/// Returns the project in which annotators are compared, and these.
fn compared(folder: &Folder, loaded: &Project, args: &Args) -> Result<(Project, Vec<AnnotatorId>), Failure> {
    if let (Some(coder), Some(since)) = (&args.intra, &args.since) {
        return with_themselves(folder, loaded, &annotator(loaded, coder)?, since);
    }
    let chosen = match args.annotators.as_slice() {
        [] => active_annotators(loaded),
        names => names.iter().map(|name| annotator(loaded, name)).collect::<Result<_, _>>()?,
    };
    Ok((loaded.clone(), chosen))
}

fn question(project: &Project, chosen: Vec<AnnotatorId>, args: &Args) -> Result<Question, Failure> {
    let distinct: BTreeSet<&AnnotatorId> = chosen.iter().collect();
    if distinct.len() < chosen.len() {
        return Err(Failure::Usage(usage::repeated_annotator()));
    }
    let mut question = Question::new(chosen);
    if let Some(unit) = args.unit {
        question.units = BTreeSet::from([unit.into()]);
    }
    if !args.documents.is_empty() {
        let ids = args.documents.iter().map(|name| Ok(named_document(project, name.trim())?.id().clone()));
        question.documents = Some(ids.collect::<Result<_, Failure>>()?);
    }
    if !args.categories.is_empty() {
        let ids = args.categories.iter().map(|name| category(project, name.trim()));
        question.categories = Some(ids.collect::<Result<_, _>>()?);
    }
    question.parents = args.parents;
    question.statuses = match (args.done, args.all_statuses) {
        (true, _) => Statuses::Done,
        (false, true) => Statuses::All,
        (false, false) => Statuses::DoneOnceUsed,
    };
    Ok(question)
}

/// Returns the category with this id or name.
fn category(project: &Project, name: &str) -> Result<CategoryId, Failure> {
    let all = &project.codebook().categories;
    let by_id = all.iter().find(|category| category.id.as_str() == name);
    let by_name = || all.iter().find(|category| category.name.to_lowercase() == name.to_lowercase());
    let found = by_id.or_else(by_name).map(|category| category.id.clone());
    let known = || all.iter().map(|category| category.id.as_str());
    let near = || nearest(name, known().chain(all.iter().map(|category| category.name.as_str())));
    found.ok_or_else(|| Failure::Usage(usage::unknown_near("category", name, near(), known())))
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
    by_name.map(|annotator| annotator.id.clone()).ok_or_else(|| {
        let known = || known.iter().map(|id| id.as_str());
        let names = project.annotators().iter().map(|annotator| annotator.name.as_str());
        let near = nearest(name, known().chain(names));
        Failure::Usage(usage::unknown_near("annotator", name, near, known()))
    })
}
