//! `demarche packet`: writes one file with documents and codebook for one annotator.

use std::path::PathBuf;

use super::Failure;
use super::common::{open_whole, say, several};
use crate::io::project::{Folder, part_for, person, write_packet};
use crate::model::DocumentId;

/// What to send to whom.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// For whom: an annotator of the project, or a new name
    #[arg(long = "for", value_name = "NAME")]
    name: String,
    /// The documents, by id, with commas between them; without it those that the annotator is to read, or all
    #[arg(long, value_delimiter = ',')]
    documents: Vec<String>,
    /// The file to write, such as ben.demarche-packet
    #[arg(long)]
    output: PathBuf,
}

/// Writes the packet. Nobody else's layer is inside.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let whole = open_whole(&folder)?;
    whole.tell(&folder);
    let project = whole.project;
    let who = person(&project, &args.name);
    let named: Vec<DocumentId> = args.documents.iter().map(DocumentId::new).collect();
    if let Some(unknown) = named.iter().find(|id| project.document(id).is_none()) {
        return Err(Failure::Usage(format!("there is no document `{unknown}` in the project")));
    }
    let all = || project.documents().iter().map(|document| document.id().clone());
    let documents: Vec<DocumentId> = match named {
        named if !named.is_empty() => named,
        _ if who.documents.is_empty() => all().collect(),
        _ => all().filter(|id| who.documents.contains(id)).collect(),
    };
    let part = part_for(&project, &who, &documents);
    write_packet(&args.output, &part, &folder)?;
    say(&format!(
        "packet for {} with {}: {}",
        who.name,
        several(documents.len(), "document"),
        args.output.display()
    ));
    Ok(())
}
