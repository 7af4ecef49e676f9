//! Packets: a project for one annotator in one file, `name.demarche-packet`.
//!
//! A packet is a ZIP archive of a project folder: `project.ron` with the codebook and the annotator, the texts that they
//! are to read, their own layers and analysis notes, if any, and what reviewers say about their passages. It contains no one
//! else's layer or notes, and of a blind project no one else's name. Unpacked, it is a project like any other, and its work
//! returns by merging. What was sent is kept in `.demarche/base` and returned in the packet
//! under `base/`, so that the three-way merge knows what has been changed, and by whom.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Preset;
use super::analysis_notes;
use super::anchors;
use super::folder::{FileKey, Folder, LOCAL, MEMOS};
use super::layer_write::{self, Words};
use super::limits::{self, limit};
use super::open::open;
use super::packet_owner;
use super::packet_reviews::PacketReviews;
use super::project_file::ProjectPart;
use super::review;
use crate::archive::Packer;
use crate::codebook;
use crate::disk::{Entry, Kind, outside, steps};
use crate::{FileTask, IoError};
use demarche_model::{
    Annotator, AnnotatorId, Colour, Document, DocumentId, Layer, LayerId, Origin, PersonKey, Project, Role,
    TextId, slug,
};

/// The file extension of a packet.
pub const PACKET_ENDING: &str = "demarche-packet";

/// The file with instructions for annotators. If a project has none, the packet gets its codebook as a page to read.
const GUIDELINES: &str = "guidelines.md";

/// Returns whether a path has the extension of a packet. Does not look at the disk.
pub fn is_packet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(PACKET_ENDING))
}

/// Returns those who code, and get packets: annotators to whom something is assigned, not reviewers and leads.
pub fn coders_of(project: &Project) -> impl Iterator<Item = &Annotator> {
    let has_documents = |person: &&Annotator| person.documents.documents_in(project).next().is_some();
    project.annotators().iter().filter(|person| person.role == Role::Annotator).filter(has_documents)
}

/// Returns the name of the file with the packet for a person.
pub fn packet_name(project: &Project, who: &Annotator) -> String {
    format!("{}-{}.{PACKET_ENDING}", slug(project.name(), "project"), who.id)
}

/// Returns the documents that a packet for an annotator has unless others are named: those assigned to them, or all.
pub fn documents_for(project: &Project, annotator: &Annotator) -> Vec<DocumentId> {
    annotator.documents.documents_in(project).cloned().collect()
}

/// Returns the part of a project that one annotator gets: these documents, with only their own layers, their decisions in
/// the consensus, the reviews of their passages and their analysis notes. All documents must have been read.
pub fn part_for(project: &Project, annotator: &Annotator, documents: &[DocumentId]) -> Project {
    let chosen = project.documents().iter().filter(|document| documents.contains(document.id()));
    let reviews = PacketReviews::new(project, &annotator.id);
    let documents = chosen.map(|document| {
        let is_own = |(owner, _): &(&AnnotatorId, &Arc<Layer>)| owner.writer() == annotator.id;
        let own = document.layers.iter().filter(is_own);
        let mut meta = document.meta.clone();
        // Copies of originals are left out: they may be large, and annotators read the text.
        meta.origin = Origin { kept: Default::default(), ..meta.origin };
        meta.versions.earlier.iter_mut().for_each(|text| text.origin.kept = Default::default());
        Document {
            meta,
            layers: own.map(|(owner, layer)| (owner.clone(), layer.clone())).collect(),
            reviews: reviews.of(document),
            unreadable: Default::default(),
            ..(**document).clone()
        }
    });
    Project::assemble(
        project.name().to_owned(),
        vec![annotator.clone()],
        project.actors().to_vec(),
        project.issues().to_vec(),
        (**project.codebook()).clone(),
        documents.collect(),
    )
    .with_blind(project.is_blind())
    .with_relations(project.relations().clone())
    .with_document_sets(project.document_sets().clone())
    .with_notes_from(project, |owner| (*owner == annotator.id).then(|| owner.clone()))
}

/// Returns the bytes of a packet with a project; see [`part_for`]. `from` is the folder of the project, with its
/// guidelines and, if it was unpacked from a packet itself, the base of that one.
///
/// # Errors
/// The project does not fit into an archive, or the guidelines or the base can't be read.
fn pack(project: &Project, from: &Folder) -> Result<Vec<u8>, IoError> {
    let mut packer = Packer::new();
    let base = base_files(from)?;
    let guidelines = guidelines(project, from)?;
    let mut pack = || -> std::io::Result<()> {
        for (name, bytes) in &base {
            packer.file(name)?;
            packer.write_all(bytes)?;
        }
        if let [only] = project.annotators() {
            packer.file(packet_owner::FILE)?;
            packer.write_all(packet_owner::compose(only).as_bytes())?;
        }
        packer.file(GUIDELINES)?;
        packer.write_all(&guidelines)?;
        let head = ProjectPart::from_project(project).with_checksums(from).compose();
        pack_file(&mut packer, &FileKey::Project, &head)?;
        pack_notes(&mut packer, project)?;
        project.documents().iter().try_for_each(|document| pack_document(&mut packer, project, document))
    };
    pack()
        .and_then(|()| packer.finish())
        .map_err(|source| IoError::Stream { task: FileTask::MakePacket, source })
}

/// Adds the analysis notes.
fn pack_notes(packer: &mut Packer, project: &Project) -> std::io::Result<()> {
    for (owner, notes) in project.analysis_notes().iter() {
        let person = project.key_of(owner);
        for part in notes.parts() {
            let key = FileKey::AnalysisNotes(owner.clone(), part);
            pack_file(packer, &key, &analysis_notes::compose(notes, part, person))?;
        }
    }
    Ok(())
}

/// Adds the files of a document.
fn pack_document(packer: &mut Packer, project: &Project, document: &Document) -> std::io::Result<()> {
    let Some(text) = &document.text else { return Ok(()) };
    let id = document.id();
    let version = document.meta.versions.current.number;
    let others = document.other_texts.iter().map(|(n, other)| (*n, &other.text, &other.anchors));
    for (number, text, anchors) in others.chain([(version, text, &document.anchors)]) {
        let text_id = TextId::new(id, number);
        pack_file(packer, &FileKey::Text(text_id.clone()), text.as_str())?;
        if !anchors.is_empty() {
            pack_file(packer, &FileKey::Anchors(text_id), &anchors::compose(id, anchors, text))?;
        }
    }
    for (owner, layer) in &document.layers {
        let layer_id = LayerId::new(id, owner);
        let key = project.key_of(owner);
        let composed = layer_write::compose(&layer_id, key, layer, Words::Text(text), version);
        pack_file(packer, &FileKey::Layer(layer_id), &composed)?;
    }
    for (reviewer, review) in &document.reviews {
        let composed = review::compose(id, (reviewer, project.key_of(reviewer)), review);
        pack_file(packer, &FileKey::Review(id.clone(), reviewer.clone()), &composed)?;
    }
    Ok(())
}

fn pack_file(packer: &mut Packer, key: &FileKey, text: &str) -> std::io::Result<()> {
    let path = key.relative();
    let name: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    packer.file(&name.join("/"))?;
    packer.write_all(text.as_bytes())
}

/// Returns the instructions for annotators: the project's own, or else the codebook with its definitions in Markdown.
fn guidelines(project: &Project, from: &Folder) -> Result<Vec<u8>, IoError> {
    let path = Path::new(GUIDELINES);
    match steps::read(from.disk(), path, limits::GUIDELINES) {
        Err(error) if error.is_missing() => Ok(codebook_page(project)),
        own => own.map_err(from.failed(FileTask::ReadFile, path)),
    }
}

/// Returns the codebook with its definitions in Markdown.
fn codebook_page(project: &Project) -> Vec<u8> {
    let name = project.name().to_owned();
    let codebook = (**project.codebook()).clone();
    let book = Preset { id: "codebook".to_owned(), name, description: String::new(), codebook };
    match codebook::format("markdown").map(|format| format.write(&book)) {
        Some(Ok(codebook::Written { files: codebook::Files::One(page), .. })) => page,
        _ => Vec::new(),
    }
}

/// Returns the base of the packet that a folder was unpacked from, if it was: from the local folder or, if the packet
/// was unpacked by another program, from its place in the archive. A packet is for one person.
pub(super) fn sent(folder: &Folder) -> Option<Folder> {
    let base = Path::new(LOCAL).join("base");
    if folder.has(&base) {
        return Some(folder.below(&base));
    }
    let by_hand = folder.below(Path::new("base"));
    let is_for_one = || open(&by_hand).is_ok_and(|opened| opened.project.annotators().len() == 1);
    (by_hand.is_project() && is_for_one()).then_some(by_hand)
}

/// Returns the files of the base of the packet that a project was unpacked from, if it was: names under `base/`, and
/// contents.
///
/// # Errors
/// One of them can't be read.
fn base_files(folder: &Folder) -> Result<Vec<(String, Vec<u8>)>, IoError> {
    let Some(base) = sent(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = vec![FileKey::Project.relative()];
    let mut folders: Vec<PathBuf> =
        ["documents", "layers", "consensus", "reviews", "views", MEMOS].map(PathBuf::from).into();
    while let Some(at) = folders.pop() {
        let entries = match base.disk().list(&at) {
            Err(error) if error.is_missing() => continue,
            entries => entries.map_err(base.failed(FileTask::ListFolder, &at))?,
        };
        for Entry { name, kind } in entries {
            let inside = if kind == Kind::Folder { &mut folders } else { &mut paths };
            inside.push(at.join(name));
        }
    }
    paths.sort();
    let mut files = Vec::with_capacity(paths.len());
    let mut left = limits::PACKET;
    for path in paths {
        // Other files don't belong to a project.
        let Some(most) = most_bytes(&path) else { continue };
        match steps::read(base.disk(), &path, most.min(left)) {
            Err(error) if error.is_missing() => {}
            bytes => {
                let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
                let bytes = bytes.map_err(base.failed(FileTask::ReadFile, &path))?;
                left -= bytes.len() as u64;
                files.push((format!("base/{}", parts.join("/")), bytes));
            }
        }
    }
    Ok(files)
}

/// Returns the greatest length of a file in a packet, by its path; `None` if no packet contains such a file.
pub(super) fn most_bytes(path: &Path) -> Option<u64> {
    let is_anchors = path.extension().is_some_and(|ending| ending == "ron");
    let anchors = FileKey::from_relative(&path.with_extension("txt")).filter(|_| is_anchors);
    let guidelines = (path == Path::new(GUIDELINES)).then_some(limits::GUIDELINES);
    FileKey::from_relative(path).or(anchors).map(|key| limit(&key)).or(guidelines)
}

/// Returns the annotator with this id or name, or a new one with this key if there is none.
pub fn person(project: &Project, name: &str, key: impl FnOnce() -> PersonKey) -> Annotator {
    let known = project.annotators().iter().find(|a| a.id.as_str() == name || a.name == name);
    known.cloned().unwrap_or_else(|| {
        let id = project.free_person_id(name);
        Annotator::new(id, name, Colour::nth(project.annotators().len())).with_key(key())
    })
}

/// Writes a packet atomically; see [`part_for`] for the project. `from` is the folder of the whole project.
///
/// # Errors
/// The project does not fit into an archive, or the file can't be written.
pub fn write_packet(path: &Path, project: &Project, from: &Folder) -> Result<(), IoError> {
    let bytes = pack(project, from)?;
    outside::write(path, &bytes).map_err(IoError::system(FileTask::WritePacket, path))
}
