//! `demarche sets`: lists the sets of documents, and changes who is in them.

use std::path::PathBuf;

use serde::Serialize;

use super::Failure;
use super::common::{EditableProject, load_project};
use super::documents::named_document;
use super::identity::Identity;
use super::terminal::{Lines, eprint_status, print_json};
use super::words::{sets as words, steps};
use crate::io::project::Folder;
use crate::model::{DocumentId, DocumentSetId, Edit, Project, nearest};

/// Arguments of `demarche sets`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// The change [default: list the sets]
    #[command(subcommand)]
    change: Option<Change>,
}

/// A change of sets.
#[derive(clap::Subcommand, Debug)]
enum Change {
    /// Put documents into a set, which is created if there is none of this name
    Add {
        /// The id or name of the set
        set: String,
        /// Ids or exact titles of documents
        documents: Vec<String>,
        #[command(flatten)]
        identity: Identity,
    },
    /// Take documents out of a set; without documents, delete the set, whose documents stay
    Remove {
        /// The id or name of the set
        set: String,
        /// Ids or exact titles of documents
        documents: Vec<String>,
        #[command(flatten)]
        identity: Identity,
    },
}

#[derive(Serialize)]
struct Report<'a> {
    sets: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    documents: Vec<&'a str>,
}

/// Lists or changes the sets.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    match args.change {
        None => list(&Folder::named_by(&args.project), args.json),
        Some(Change::Add { set, documents, identity }) => {
            add(EditableProject::open(&args.project, &identity, false)?, set.trim(), &documents)
        }
        Some(Change::Remove { set, documents, identity }) => {
            remove(EditableProject::open(&args.project, &identity, false)?, set.trim(), &documents)
        }
    }
}

fn list(folder: &Folder, json: bool) -> Result<(), Failure> {
    let loaded = load_project(folder)?;
    let project = &loaded.project;
    let rows = project.document_sets().iter().map(|(id, name)| Row {
        id: id.as_str(),
        name,
        documents: project.members(id).map(|document| document.id().as_str()).collect(),
    });
    let sets: Vec<Row<'_>> = rows.collect();
    if json {
        print_json(&Report { sets })?;
    } else {
        let mut out = Lines::stdout();
        let width = sets.iter().map(|row| row.id.chars().count()).max().unwrap_or(0);
        for Row { id, name, documents } in &sets {
            out.line(format_args!("{id:width$}  {:>6}  {name}", documents.len()))?;
        }
    }
    if loaded.print_problems(folder) { Err(Failure::Reported) } else { Ok(()) }
}

fn add(editable: EditableProject, set: &str, documents: &[String]) -> Result<(), Failure> {
    let project = &editable.loaded.project;
    let documents = find_documents(project, documents)?;
    let known = project.document_set_named(set);
    let edit = match &known {
        Some(id) => Edit::SetMembers { set: id.clone(), documents: documents.clone(), are_in: true },
        None => project.new_document_set(set, documents.clone()),
    };
    let step = match &known {
        Some(id) => steps::add_to_set(documents.len(), set_name(project, id)),
        None => steps::create_set(set),
    };
    change(editable, edit, step, &words::added(documents.len(), set, known.is_none()))
}

fn remove(editable: EditableProject, set: &str, documents: &[String]) -> Result<(), Failure> {
    let project = &editable.loaded.project;
    let names = || project.document_sets().values().map(String::as_str);
    let Some(id) = project.document_set_named(set) else {
        return Err(Failure::Usage(words::unknown_set(set, nearest(set, names()))));
    };
    let name = set_name(project, &id).to_owned();
    let members = find_documents(project, documents)?;
    let count = members.len();
    let (edit, step) = match documents {
        [] => (project.document_set_removal(&id), steps::remove_set(&name)),
        _ => {
            let edit = Edit::SetMembers { set: id, documents: members, are_in: false };
            (edit, steps::take_out_of_set(count, &name))
        }
    };
    change(editable, edit, step, &words::removed(count, &name))
}

fn set_name<'a>(project: &'a Project, id: &'a DocumentSetId) -> &'a str {
    project.document_sets().get(id).map_or(id.as_str(), String::as_str)
}

/// Makes a change as one step of the history.
fn change(mut editable: EditableProject, edit: Edit, step: String, status: &str) -> Result<(), Failure> {
    let applied = editable.loaded.project.apply(edit).map_err(anyhow::Error::from)?;
    editable.save_step(step, &applied.touched, &applied.inverse)?;
    eprint_status(status);
    Ok(())
}

fn find_documents(project: &Project, names: &[String]) -> Result<Vec<DocumentId>, Failure> {
    names.iter().map(|name| Ok(named_document(project, name)?.id().clone())).collect()
}
