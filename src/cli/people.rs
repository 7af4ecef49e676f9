//! `demarche people`: lists the people of a project, adds some, changes roles, and gives the work of one to another.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::bail;
use serde::Serialize;

use uuid::Uuid;

use super::Failure;
use super::common::{EditableProject, load_project};
use super::identity::Identity;
use super::named_person::{named_person, unknown_person};
use super::people_change::{self, RoleName};
use super::terminal::{Lines, eprint_status, print_json};
use super::words::{people as words, steps, usage};
use crate::io::project::Folder;
use crate::model::{AnnotatorId, PersonKey, PersonMatch, Project};

/// Arguments of `demarche people`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Write JSON
    #[arg(long, global = true)]
    json: bool,
    /// The change [default: list the people]
    #[command(subcommand)]
    change: Option<Change>,
}

/// A change of people.
#[derive(clap::Subcommand, Debug)]
enum Change {
    /// List the people, with their roles and numbers of spans
    List,
    /// Add people to the list
    Add {
        /// Their names
        #[arg(required = true)]
        names: Vec<String>,
        /// Their role
        #[arg(long, value_enum, default_value_t = RoleName::Annotator)]
        role: RoleName,
        #[command(flatten)]
        identity: Identity,
    },
    /// Give a person another role
    Role {
        /// An id or exact name
        name: String,
        /// The role
        #[arg(value_enum)]
        role: RoleName,
        #[command(flatten)]
        identity: Identity,
    },
    /// Give everything that one person owns to another: spans, links and decisions
    ///
    /// Where both have tagged a document, the result is the union; equal spans are kept once.
    Reassign {
        /// The owner until now: an id or exact name, which need not be one that the project lists
        from: String,
        /// The owner from now on: an id or exact name, or a new name for an owner who is not listed
        to: String,
        #[command(flatten)]
        identity: Identity,
    },
}

#[derive(Serialize)]
struct Report<'a> {
    people: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    /// Empty for owners of layers whom the project does not list.
    role: &'static str,
    listed: bool,
    spans: usize,
    /// The number of documents assigned to them; `null` for owners who are not listed.
    assigned: Option<usize>,
    /// The numbers of documents that they get with each batch that is not open yet.
    batches: Vec<usize>,
}

/// Lists or changes the people.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let editable = |identity: &Identity| EditableProject::open(&args.project, identity, false);
    match args.change {
        None | Some(Change::List) => list(&Folder::named_by(&args.project), args.json),
        Some(Change::Add { names, role, identity }) => {
            people_change::add(editable(&identity)?, &identity, &names, role.into())
        }
        Some(Change::Role { name, role, identity }) => {
            people_change::set_role(editable(&identity)?, &name, role.into())
        }
        Some(Change::Reassign { from, to, identity }) => {
            reassign(editable(&identity)?, &identity, &from, &to)
        }
    }
}

fn list(folder: &Folder, json: bool) -> Result<(), Failure> {
    let loaded = load_project(folder)?;
    let project = &loaded.project;
    let unlisted = project.unlisted_owners();
    let listed = project.annotators().iter().map(|person| &person.id);
    let people: Vec<Row<'_>> = listed.chain(&unlisted).map(|id| row(project, id)).collect();
    if json {
        print_json(&Report { people })?;
    } else {
        let mut out = Lines::stdout();
        let width = people.iter().map(|row| row.id.chars().count()).max().unwrap_or(0);
        for Row { id, name, role, listed, spans, .. } in &people {
            let role = if *listed { role } else { words::not_listed() };
            out.line(format_args!("{id:width$}  {role:10}  {spans:>6}  {name}"))?;
        }
    }
    if loaded.print_problems(folder) { Err(Failure::Reported) } else { Ok(()) }
}

fn row<'a>(project: &'a Project, id: &'a AnnotatorId) -> Row<'a> {
    let person = project.annotator(id);
    Row {
        id: id.as_str(),
        name: project.name_of(id),
        role: person.map_or("", |person| words::role(person.role)),
        listed: person.is_some(),
        spans: count(project, id),
        assigned: person.map(|person| person.documents.documents_in(project).count()),
        batches: person.map_or_else(Vec::new, |person| person.batches.iter().map(BTreeSet::len).collect()),
    }
}

fn count(project: &Project, owner: &AnnotatorId) -> usize {
    let layers = project.documents().iter().filter_map(|document| document.layer(owner));
    layers.map(|layer| layer.len()).sum()
}

/// Reassigns the work of one person as one step of the history.
fn reassign(mut editable: EditableProject, identity: &Identity, from: &str, to: &str) -> Result<(), Failure> {
    refuse_unread(&editable)?;
    let project = &mut editable.loaded.project;
    let from = named_person(project, from)?;
    let (to, edit) = match target(project, identity, &from, to)? {
        Some(to) => {
            let edit = project.reassign(&from, &to, &mut Uuid::now_v7)?;
            (to, edit)
        }
        None => (from.clone(), project.new_person(from.clone(), to.trim(), PersonKey(Uuid::now_v7()))),
    };
    let before = [count(project, &from), count(project, &to)];
    let applied = project.apply(edit)?;
    let repeated = if from == to { 0 } else { before[0] + before[1] - count(project, &to) };
    let step = steps::reassign(from.as_str(), project.name_of(&to));
    editable.save_step(step, &applied.touched, &applied.inverse)?;
    eprint_status(&words::reassigned(before[0], &from, &to, repeated));
    Ok(())
}

/// Refuses to reassign while a document can't be read, since what is in it would stay behind.
fn refuse_unread(editable: &EditableProject) -> anyhow::Result<()> {
    match editable.loaded.unread.first() {
        Some(_) => bail!("{}", words::unread(editable.loaded.unread.len())),
        None => Ok(()),
    }
}

/// Finds the person who owns it from now on; `None` for a new name, under which the owner is listed.
fn target(
    project: &Project,
    identity: &Identity,
    from: &AnnotatorId,
    name: &str,
) -> Result<Option<AnnotatorId>, Failure> {
    match project.find_person(name, &project.unlisted_owners()) {
        PersonMatch::Known(id) if id == *from => Err(Failure::Usage(usage::same_annotator(&id))),
        PersonMatch::Known(id) => Ok(Some(id)),
        PersonMatch::Ambiguous(ids) => Err(Failure::Usage(usage::ambiguous_annotator(name, &ids))),
        PersonMatch::Invalid => Err(Failure::Usage(usage::invalid_annotator(name))),
        PersonMatch::Near(id) if id != *from && !identity.allows_near() => {
            Err(Failure::Usage(usage::near_annotator(name, &id)))
        }
        PersonMatch::Near(_) | PersonMatch::New if project.is_unlisted(from) => Ok(None),
        PersonMatch::Near(_) | PersonMatch::New => Err(unknown_person(project, name)),
    }
}
