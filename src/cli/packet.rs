//! `demarche packet`: writes one file with documents and codebook for one annotator.

use std::path::PathBuf;

use uuid::Uuid;

use super::Failure;
use super::common::load_project;
use super::terminal::eprint_status;
use super::words::{merge as words, project as project_words, usage};
use crate::io::ProblemKind;
use crate::io::project::{Folder, part_for, person, write_packet};
use crate::model::{DocumentId, PersonKey};

/// Arguments of `demarche packet`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// The recipient: an annotator of the project, or a new name
    #[arg(long = "for", value_name = "NAME")]
    name: String,
    /// The ids of the documents, separated by commas [default: those assigned to the annotator, or all]
    #[arg(long, value_delimiter = ',')]
    documents: Vec<String>,
    /// The file to write, such as ben.demarche-packet
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
    let who = person(&project, &args.name, || PersonKey(Uuid::now_v7()));
    let named: Vec<DocumentId> = args.documents.iter().map(DocumentId::new).collect();
    if let Some(unknown) = named.iter().find(|id| project.document(id).is_none()) {
        let ids = project.documents().iter().map(|document| document.id().as_str());
        let known: Vec<&str> = ids.collect();
        return Err(Failure::Usage(usage::unknown_document(unknown.as_str(), &known, false)));
    }
    let documents: Vec<DocumentId> = match named {
        named if !named.is_empty() => named,
        _ => who.documents.documents_in(&project).cloned().collect(),
    };
    if documents.is_empty() {
        return Err(Failure::Usage(usage::nothing_assigned(&who.name)));
    }
    let part = part_for(&project, &who, &documents);
    write_packet(&args.output, &part, &folder)?;
    eprint_status(&words::packet(&who.name, documents.len(), &args.output));
    Ok(())
}
