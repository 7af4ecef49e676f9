//! `demarche packet`: writes one file with documents and codebook for one annotator, or one for each.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use uuid::Uuid;

use super::Failure;
use super::common::load_project;
use super::terminal::{eprint_problem, eprint_status};
use super::words::{merge as words, project as project_words, usage};
use crate::io::ProblemKind;
use crate::io::project::{Folder, coders_of, documents_for, packet_name, part_for, person, write_packet};
use crate::model::{DocumentId, PersonKey, Project, nearest};

/// Arguments of `demarche packet`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// The recipient: an annotator of the project, or a new name
    #[arg(long = "for", value_name = "NAME", required_unless_present = "all")]
    name: Option<String>,
    /// Write a packet for each annotator, with the documents assigned to them
    #[arg(long, conflicts_with_all = ["name", "documents"])]
    all: bool,
    /// The ids of the documents, separated by commas [default: those assigned to the annotator, or all]
    #[arg(long, value_delimiter = ',')]
    documents: Vec<String>,
    /// The file to write, such as ben.demarche-packet; with --all the folder for the packets
    #[arg(long)]
    output: PathBuf,
}

/// Writes the packet, without the layers of other annotators.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let loaded = load_project(&folder)?;
    if let Some(newer) = loaded.problems.iter().find(|problem| problem.kind == ProblemKind::NewerFormat) {
        return Err(anyhow::anyhow!("{}", project_words::read_only(newer)).into());
    }
    loaded.print_problems(&folder);
    let project = loaded.project;
    match &args.name {
        Some(name) => write_one(&project, &folder, name, &args),
        None => write_all(&project, &folder, &args.output),
    }
}

/// Writes the packet for one person.
fn write_one(project: &Project, folder: &Folder, name: &str, args: &Args) -> Result<(), Failure> {
    let who = person(project, name, || PersonKey(Uuid::now_v7()));
    let named: Vec<DocumentId> = args.documents.iter().map(DocumentId::new).collect();
    if let Some(unknown) = named.iter().find(|id| project.document(id).is_none()) {
        let ids = project.documents().iter().map(|document| document.id().as_str());
        let known: Vec<&str> = ids.collect();
        let near = nearest(unknown.as_str(), known.iter().copied());
        return Err(Failure::Usage(usage::unknown_document(unknown.as_str(), near, &known, false)));
    }
    let documents = if named.is_empty() { documents_for(project, &who) } else { named };
    if documents.is_empty() {
        return Err(Failure::Usage(usage::nothing_assigned(&who.name)));
    }
    write_packet(&args.output, &part_for(project, &who, &documents), folder)?;
    eprint_status(&words::packet(&who.name, documents.len(), &args.output));
    Ok(())
}

/// Writes a packet for each annotator into a folder. One that can't be written does not stop the others.
fn write_all(project: &Project, folder: &Folder, output: &Path) -> Result<(), Failure> {
    if coders_of(project).next().is_none() {
        return Err(anyhow::anyhow!("{}", words::no_annotators()).into());
    }
    std::fs::create_dir_all(output).with_context(|| output.display().to_string())?;
    let mut is_whole = true;
    for who in coders_of(project) {
        let documents = documents_for(project, who);
        let path = output.join(packet_name(project, who));
        match write_packet(&path, &part_for(project, who, &documents), folder) {
            Ok(()) => eprint_status(&words::packet(&who.name, documents.len(), &path)),
            Err(error) => {
                is_whole = false;
                eprint_problem(words::of(&who.name, &error));
            }
        }
    }
    if is_whole { Ok(()) } else { Err(Failure::Reported) }
}
