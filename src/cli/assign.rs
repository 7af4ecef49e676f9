//! `demarche assign`: assigns documents to coders by a random, balanced design, and opens the next batch.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;
use uuid::Uuid;

use super::Failure;
use super::common::EditableProject;
use super::identity::Identity;
use super::named_person::{listed_person, require_lead};
use super::people_change::save;
use super::terminal::{Lines, eprint_status, print_json};
use super::words::{assign as words, steps, usage};
use crate::analysis::assignment::{
    AssignmentDesign, AssignmentPlan, DesignError, Share, is_begun, next_batch, seed_from,
};
use crate::model::{Annotator, AnnotatorId, DocumentId, Project, Role};

/// Arguments of `demarche assign`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// The number of coders who read each document [default: 2, or 1 with --sample]
    #[arg(long, value_name = "N")]
    readers: Option<usize>,
    /// The number of documents, drawn at random, that all of the coders read
    #[arg(long, value_name = "N", default_value_t = 0)]
    sample: usize,
    /// The coders, by ids or exact names, separated by commas [default: everyone with the role of annotator]
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    people: Vec<String>,
    /// The share of one coder in proportion to the others, whose share is 1: a whole number, such as ana=2
    #[arg(long, value_name = "NAME=N", value_delimiter = ',')]
    share: Vec<String>,
    /// The number of batches; the first is opened, and --open-next opens each of the others
    #[arg(long, value_name = "N", default_value_t = 1)]
    batches: usize,
    /// The seed of the random numbers: the same seed gives the same design [default: a new one, which is printed]
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Open the next batch of an earlier assignment, and assign nothing else
    #[arg(long, conflicts_with_all = ["readers", "sample", "people", "share", "batches", "seed"])]
    open_next: bool,
    /// Print the design without assigning anything
    #[arg(long)]
    dry_run: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    identity: Identity,
}

/// The design in JSON.
#[derive(Serialize)]
struct Report<'a> {
    seed: u64,
    readers: usize,
    sample: usize,
    /// Documents that stay as they were, since someone has begun them.
    begun: usize,
    batches: Vec<Vec<Row<'a>>>,
    people: Vec<Load<'a>>,
    pairs: Vec<Pair<'a>>,
}

/// A document and its readers.
#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    readers: Vec<&'a str>,
    sample: bool,
}

/// The number of documents of a coder.
#[derive(Serialize)]
struct Load<'a> {
    id: &'a str,
    /// Those that are open.
    assigned: usize,
    /// All, with those of later batches.
    documents: usize,
}

/// The number of documents that two coders share.
#[derive(Serialize)]
struct Pair<'a> {
    people: [&'a str; 2],
    documents: usize,
}

/// The batches that were opened, in JSON.
#[derive(Serialize)]
struct Opened<'a> {
    opened: Vec<&'a str>,
    waiting: usize,
}

/// Assigns documents, or opens a batch.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let editable = EditableProject::open(&args.project, &args.identity, args.dry_run)?;
    if !args.dry_run {
        require_lead(&editable)?;
    }
    if args.open_next { open_next(editable, &args) } else { assign(editable, &args) }
}

fn assign(editable: EditableProject, args: &Args) -> Result<(), Failure> {
    if !editable.loaded.unread.is_empty() {
        return Err(anyhow::anyhow!("{}", words::unread(editable.loaded.unread.len())).into());
    }
    let project = &editable.loaded.project;
    let design = design(project, args)?;
    let begun = project.documents().iter().filter(|document| is_begun(document));
    let begun: BTreeSet<DocumentId> = begun.map(|document| document.id().clone()).collect();
    let plan = AssignmentPlan::new(project, &begun, &design).map_err(refusal)?;
    print(project, &plan, args.json)?;
    let status = words::assigned(&plan, args.dry_run);
    let changed: Vec<(usize, Annotator)> = changed(project, &plan.people);
    if args.dry_run || changed.is_empty() {
        eprint_status(&status);
        return Ok(());
    }
    save(editable, changed, plan.step_name(), &status)
}

/// Returns the people who differ from those of the project, with their places in the list.
fn changed(project: &Project, people: &[Annotator]) -> Vec<(usize, Annotator)> {
    let pairs = people.iter().enumerate().zip(project.annotators());
    pairs.filter(|((_, new), old)| new != old).map(|((at, new), _)| (at, new.clone())).collect()
}

/// Returns a design that can't be as wrong usage, unless the documents are why.
fn refusal(error: DesignError) -> Failure {
    match error {
        DesignError::NoDocuments => Failure::Work(error.into()),
        DesignError::NoPeople
        | DesignError::NoReaders
        | DesignError::TooManyReaders { .. }
        | DesignError::SampleTooLarge { .. }
        | DesignError::BadBatches { .. } => Failure::Usage(error.to_string()),
    }
}

fn design(project: &Project, args: &Args) -> Result<AssignmentDesign, Failure> {
    let annotators = project.annotators().iter().filter(|person| person.role == Role::Annotator);
    let mut ids: Vec<AnnotatorId> = match args.people.as_slice() {
        [] => annotators.map(|person| person.id.clone()).collect(),
        names => names.iter().map(|name| listed_person(project, name)).collect::<Result<_, _>>()?,
    };
    ids.sort_by_key(|id| project.annotators().iter().position(|person| person.id == *id));
    ids.dedup();
    let mut people: Vec<Share> = ids.into_iter().map(|person| Share { person, weight: 1 }).collect();
    for share in &args.share {
        let (name, weight) = share.rsplit_once('=').ok_or_else(|| Failure::Usage(usage::bad_share(share)))?;
        let weight = weight.trim().parse().map_err(|_| Failure::Usage(usage::bad_share(share)))?;
        let id = listed_person(project, name)?;
        match people.iter_mut().find(|share| share.person == id) {
            Some(share) => share.weight = weight,
            None => return Err(Failure::Usage(usage::share_of_another(&id))),
        }
    }
    Ok(AssignmentDesign {
        people,
        readers: args.readers.unwrap_or(if args.sample > 0 { 1 } else { 2 }),
        sample: args.sample,
        batches: args.batches,
        seed: args.seed.unwrap_or_else(|| seed_from(Uuid::now_v7().as_u128())),
    })
}

fn print(project: &Project, plan: &AssignmentPlan, is_json: bool) -> Result<(), Failure> {
    let coders: Vec<(&AnnotatorId, BTreeSet<&DocumentId>)> = plan
        .design
        .people
        .iter()
        .map(|share| (&share.person, plan.documents_of(project, &share.person)))
        .collect();
    let people = coders.iter().map(|(id, documents)| Load {
        id: id.as_str(),
        assigned: assigned_now(project, plan, id),
        documents: documents.len(),
    });
    let pairs = coders.iter().enumerate().flat_map(|(at, (one, ours))| {
        coders.iter().skip(at + 1).map(|(other, theirs)| Pair {
            people: [one.as_str(), other.as_str()],
            documents: ours.intersection(theirs).count(),
        })
    });
    let (people, pairs) = (people.collect(), pairs.collect());
    if is_json {
        return print_json(&report(plan, people, pairs));
    }
    let mut out = Lines::stdout();
    let width = people.iter().map(|load: &Load<'_>| load.id.chars().count()).max().unwrap_or(0);
    for Load { id, assigned, documents } in &people {
        out.line(format_args!("{id:width$}  {}", words::load(*assigned, *documents)))?;
    }
    for Pair { people: [one, other], documents } in &pairs {
        out.line(format_args!("{one:width$}  {other:width$}  {}", words::shared(*documents)))?;
    }
    Ok(())
}

fn assigned_now(project: &Project, plan: &AssignmentPlan, id: &AnnotatorId) -> usize {
    let person = plan.people.iter().find(|person| person.id == *id);
    person.map_or(0, |person| person.documents.documents_in(project).count())
}

fn report<'a>(plan: &'a AssignmentPlan, people: Vec<Load<'a>>, pairs: Vec<Pair<'a>>) -> Report<'a> {
    let batches = plan.batches.iter().map(|batch| {
        let rows = batch.iter().map(|planned| Row {
            document: planned.document.as_str(),
            readers: planned.readers.iter().map(AnnotatorId::as_str).collect(),
            sample: planned.is_in_sample,
        });
        rows.collect()
    });
    let AssignmentDesign { readers, sample, seed, .. } = plan.design;
    Report { seed, readers, sample, begun: plan.begun, batches: batches.collect(), people, pairs }
}

/// Opens the next batch as one step of the history.
fn open_next(editable: EditableProject, args: &Args) -> Result<(), Failure> {
    let project = &editable.loaded.project;
    let Some(people) = next_batch(project) else { return Err(none_waiting().into()) };
    let waiting = project.waiting_batches();
    let now: BTreeSet<&DocumentId> =
        people.iter().flat_map(|person| person.batches.iter().flatten()).collect();
    let before: BTreeSet<&DocumentId> = waiting.iter().flatten().copied().collect();
    let opened: Vec<&str> = before.difference(&now).map(|id| id.as_str()).collect();
    let left = people.iter().map(|person| person.batches.len()).max().unwrap_or(0);
    let status = words::opened(opened.len(), left, args.dry_run);
    if args.json {
        print_json(&Opened { opened, waiting: left })?;
    }
    if args.dry_run {
        eprint_status(&status);
        return Ok(());
    }
    let changed = changed(project, &people);
    save(editable, changed, steps::open_batch().to_owned(), &status)
}

fn none_waiting() -> anyhow::Error {
    anyhow::anyhow!("{}", words::none_waiting())
}
