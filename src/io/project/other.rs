//! Another copy of a project, to be merged: a folder or a packet.

use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::open::{open, read_document};
use super::packet::{is_packet, sent};
use super::packet_owner;
use super::unpack::unpack_for_now;
use crate::{IoError, PacketFault, Problem};
use demarche_analysis::merge_project::OtherCopy;
use demarche_model::merge::merge_projects;
use demarche_model::{Document, Project};

/// Another copy of a project.
#[derive(Debug)]
pub struct Other {
    /// The project with all its documents read, and its base if it is a packet.
    pub copy: OtherCopy,
    /// Problems in its files.
    pub problems: Vec<Problem>,
}

/// Reads another copy of a project completely: a folder, its `project.ron`, or a packet. Its layers may use the categories
/// of both codebooks.
///
/// # Errors
/// There is no project, or its `project.ron` can't be read.
pub fn read_other(path: &Path, ours: &Project) -> Result<Other, IoError> {
    if is_packet(path) {
        let unpacked = unpack_for_now(path)?;
        let mut other = read_both(&Folder::new(unpacked.folder.path()), ours, path)?;
        if !unpacked.has_base {
            other.copy.base = Some(presumably_sent(&other.copy.project, ours));
        }
        return Ok(other);
    }
    read_both(&Folder::named_by(path), ours, path)
}

/// Returns the copies of a project at a path: the packets in a folder that is no project, by name, or the path itself. None if
/// the folder has no packets.
pub fn copies_at(path: &Path) -> Vec<PathBuf> {
    let folder = Folder::new(path);
    let entries = match folder.disk().list(Path::new("")) {
        Ok(entries) if !folder.is_project() => entries,
        Ok(_) | Err(_) => return vec![path.to_owned()],
    };
    let names = entries.into_iter().map(|entry| path.join(entry.name));
    let mut packets: Vec<PathBuf> = names.filter(|path| is_packet(path)).collect();
    packets.sort();
    packets
}

fn read_both(folder: &Folder, ours: &Project, path: &Path) -> Result<Other, IoError> {
    let (project, problems) = read_folder(folder, ours)?;
    let base = sent(folder).filter(Folder::is_project);
    let base = base.map(|base| read_folder(&base, ours)).transpose()?;
    if base.is_none()
        && let Some(owner) = packet_owner::read(folder)?
    {
        // Unpacked by another program, which did not keep the base.
        let base = Some(presumably_sent(&project, ours));
        return Ok(Other { copy: OtherCopy { project, base, owner: Some(owner) }, problems });
    }
    let base = base.map(|(base, _)| base);
    // The base names one person, whatever has happened to the list of people since.
    let owner = match base.as_ref().map(Project::annotators) {
        None => None,
        Some([only]) => Some(only.id.clone()),
        Some(_) => return Err(IoError::NotPacket { fault: PacketFault::NoOwner, path: path.to_owned() }),
    };
    Ok(Other { copy: OtherCopy { project, base, owner }, problems })
}

/// Returns a base for a packet without one, such as one that was zipped by hand: no passages, so that all of them are
/// new, and this project's codebook, so that other entries are proposals.
fn presumably_sent(returned: &Project, ours: &Project) -> Project {
    let blank = |document: &std::sync::Arc<Document>| Document {
        layers: Default::default(),
        reviews: Default::default(),
        unreadable: Default::default(),
        ..(**document).clone()
    };
    Project::assemble(
        returned.name().to_owned(),
        returned.annotators().to_vec(),
        ours.actors().to_vec(),
        ours.issues().to_vec(),
        (**ours.codebook()).clone(),
        returned.documents().iter().map(blank).collect(),
    )
    .with_blind(returned.is_blind())
    .with_relations(ours.relations().clone())
    .with_document_sets(returned.document_sets().clone())
}

fn read_folder(folder: &Folder, ours: &Project) -> Result<(Project, Vec<Problem>), IoError> {
    let opened = open(folder)?;
    if let Some(newer) = opened.newer_project_file() {
        return Err(IoError::Problem(newer.clone()));
    }
    let (mut project, mut problems) = (opened.project, opened.problems);
    let codebook = merge_projects(None, ours, &project).value.codebook().clone();
    for document in project.documents().to_vec() {
        match read_document(folder, &opened.listing, &codebook, &document.meta) {
            Ok((contents, found)) => {
                problems.extend(found);
                project.load_document(document.id(), contents);
            }
            Err(IoError::Problem(problem)) => problems.push(problem),
            Err(error) => return Err(error),
        }
    }
    Ok((project, problems))
}
