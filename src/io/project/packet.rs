//! Packets: a project for one annotator in one file, `name.demarche-packet`.
//!
//! It is a ZIP archive of a project folder: `project.ron` with the codebook and the annotator, the texts that they are to
//! read, and their own layers if there are any. Nobody else's layer, review or name is inside. Unpacked it is a project
//! like any other; it comes back by merging. What was sent stays beside it, in `.demarche/base`, and goes back with it
//! under `base/`, so that a merge knows what has been changed, and by whom.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::Preset;
use super::anchors;
use super::disk::hash;
use super::disk::{make_folder, make_local};
use super::folder::{FileKey, Folder};
use super::layer_write::{self, Words};
use super::open::{open, read_document};
use super::project_file::ProjectPart;
use crate::archive::{Archive, Packer};
use crate::codebook;
use crate::settings::Local;
use crate::{IoError, PacketFault, Problem};
use demarche_analysis::merge_project::OtherCopy;
use demarche_model::merge::merge_projects;
use demarche_model::{Annotator, AnnotatorId, Document, DocumentId, LayerId, Origin, Project, TextId, slug};

/// The ending of a packet's name.
pub const PACKET_ENDING: &str = "demarche-packet";

/// The file that tells coders what to do. A project that has none gets its codebook in words.
const GUIDELINES: &str = "guidelines.md";

/// Whether a path names a packet.
pub fn is_packet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(PACKET_ENDING))
}

/// The part of a project that one annotator gets: these documents, and of layers their own alone. All documents have to
/// have been read.
pub fn part_for(project: &Project, annotator: &Annotator, documents: &[DocumentId]) -> Project {
    let chosen = project.documents().iter().filter(|document| documents.contains(document.id()));
    let documents = chosen.map(|document| {
        let own = document.layers.get(&annotator.id).cloned();
        let mut meta = document.meta.clone();
        // Copies of originals stay at home: they may be large, and the text is what is read.
        meta.origin = Origin { kept: Default::default(), ..meta.origin };
        meta.versions.earlier.iter_mut().for_each(|text| text.origin.kept = Default::default());
        Document {
            meta,
            layers: own.map(|layer| (annotator.id.clone(), layer)).into_iter().collect(),
            reviews: Default::default(),
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
}

/// The bytes of a packet that holds a project; see [`part_for`]. If it came in a packet itself, `from` is its folder.
///
/// # Errors
/// It does not fit into an archive.
fn pack(project: &Project, from: &Folder) -> Result<Vec<u8>, IoError> {
    let mut packer = Packer::new();
    let base = base_files(from);
    let put = |packer: &mut Packer, key: FileKey, text: &str| -> std::io::Result<()> {
        let name: Vec<String> =
            key.relative().iter().map(|part| part.to_string_lossy().into_owned()).collect();
        packer.file(&name.join("/"))?;
        packer.write_all(text.as_bytes())
    };
    let mut pack = || -> std::io::Result<()> {
        for (name, bytes) in &base {
            packer.file(name)?;
            packer.write_all(bytes)?;
        }
        packer.file(GUIDELINES)?;
        packer.write_all(&guidelines(project, from))?;
        put(&mut packer, FileKey::Project, &ProjectPart::of(project).compose())?;
        for document in project.documents() {
            let Some(text) = &document.text else { continue };
            let id = document.id();
            let version = document.meta.versions.current.number;
            let others = document.other_texts.iter().map(|(n, other)| (*n, &other.text, &other.anchors));
            for (number, text, anchors) in others.chain([(version, text, &document.anchors)]) {
                let text_id = TextId::new(id, number);
                put(&mut packer, FileKey::Text(text_id.clone()), text.as_str())?;
                if !anchors.is_empty() {
                    let anchors = anchors::compose(id, anchors, text);
                    put(&mut packer, FileKey::Anchors(text_id), &anchors)?;
                }
            }
            for (annotator, layer) in &document.layers {
                let layer_id = LayerId::new(id, annotator);
                let composed = layer_write::compose(&layer_id, layer, Words::Of(text), version);
                put(&mut packer, FileKey::Layer(layer_id), &composed)?;
            }
        }
        Ok(())
    };
    pack()
        .and_then(|()| packer.finish())
        .map_err(|error| IoError::Stream { what: "can't make the packet", source: error })
}

/// What coders are told: the project's own words, else the codebook with its definitions as a page to read.
fn guidelines(project: &Project, from: &Folder) -> Vec<u8> {
    if let Ok(own) = fs::read(from.root().join(GUIDELINES)) {
        return own;
    }
    let name = project.name().to_owned();
    let codebook = (**project.codebook()).clone();
    let book = Preset { id: "codebook".to_owned(), name, description: String::new(), codebook };
    match codebook::format("markdown").map(|format| format.write(&book)) {
        Some(Ok(codebook::Written { files: codebook::Files::One(page), .. })) => page,
        _ => Vec::new(),
    }
}

/// Unpacks a packet into a folder of its own below `into`, and says which. One that was unpacked before is left as it is,
/// since somebody may have worked in it.
///
/// # Errors
/// It can't be read, is no packet, or the folder can't be written.
pub fn unpack(packet: &Path, into: &Path) -> Result<PathBuf, IoError> {
    let bytes = fs::read(packet).map_err(IoError::system("can't read the packet", packet))?;
    let name = packet.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = into.join(format!("{}-{:08x}", slug(&name, "packet"), hash(&bytes) & 0xffff_ffff));
    if Folder::new(folder.as_path()).is_project() {
        return Ok(folder);
    }
    let bad = |fault| IoError::NotPacket { fault, path: packet.to_owned() };
    let mut archive = Archive::open(&bytes).map_err(|error| bad(error.into()))?;
    let names = archive.names().to_vec();
    if !names.iter().any(|name| name == "project.ron") {
        return Err(bad(PacketFault::NoProject));
    }
    // The project's file comes last: a folder that holds it is whole.
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| names.get(at).is_some_and(|name| name == "project.ron"));
    let target = Folder::new(&folder);
    let base = target.local().join("base");
    let comes_back = names.iter().any(|name| name == "base/project.ron");
    for at in order {
        let Some(name) = names.get(at) else { continue };
        let sent = name.strip_prefix("base/");
        let path = Path::new(sent.unwrap_or(name));
        let anchors = FileKey::from_relative(&path.with_extension("txt")).filter(|_| name.ends_with(".ron"));
        // Whatever else is inside is no file of a project, and could lead anywhere.
        if FileKey::from_relative(path).or(anchors).is_none() && name != GUIDELINES {
            continue;
        }
        let content = archive.read(at).map_err(|error| bad(error.into()))?;
        let put = |path: PathBuf| {
            make_folder(path.parent().unwrap_or(&folder))?;
            fs::write(&path, &content).map_err(IoError::system("can't unpack the packet", &path))
        };
        if sent.is_some() || !comes_back {
            put(base.join(path))?;
        }
        if sent.is_none() {
            put(target.root().join(path))?;
        }
    }
    make_local(&target)?;
    let opened = open(&target)?;
    // A packet is for one person, so nobody has to be asked.
    if let [only] = opened.project.annotators() {
        Local { annotator: Some(only.id.to_string()), ..Local::default() }.write(&target);
    }
    Ok(folder)
}

/// What was sent in the packet that a project came in, if it did: names below `base/`, and contents.
fn base_files(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let base = folder.local().join("base");
    let mut names: Vec<PathBuf> = vec![PathBuf::from("project.ron")];
    for top in ["documents", "layers"] {
        let mut folders = vec![PathBuf::from(top)];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(base.join(&at)).into_iter().flatten().flatten() {
                let path = at.join(entry.file_name());
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) { &mut folders } else { &mut names }
                    .push(path);
            }
        }
    }
    names.sort();
    let name = |path: &Path| {
        let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        format!("base/{}", parts.join("/"))
    };
    names.into_iter().filter_map(|path| Some((name(&path), fs::read(base.join(&path)).ok()?))).collect()
}

/// Another copy of a project.
#[derive(Debug)]
pub struct Other {
    /// All of it, with what was sent if it is a packet.
    pub copy: OtherCopy,
    /// What is wrong in its files.
    pub problems: Vec<Problem>,
}

/// Reads another copy of a project whole: a folder, its `project.ron`, or a packet. Its layers are read against what the
/// two codebooks are together.
///
/// # Errors
/// There is no project, or its `project.ron` can't be read.
pub fn read_other(path: &Path, ours: &Project) -> Result<Other, IoError> {
    if is_packet(path) {
        let into = std::env::temp_dir().join(format!("demarche-packet-{}", std::process::id()));
        let read = unpack(path, &into).and_then(|folder| read_both(&Folder::new(folder), ours));
        // What is left behind in the system's folder for such files is no harm.
        let _ = fs::remove_dir_all(into);
        return read;
    }
    read_both(&Folder::named_by(path), ours)
}

fn read_both(folder: &Folder, ours: &Project) -> Result<Other, IoError> {
    let (project, problems) = read_folder(folder, ours)?;
    let base = Folder::new(folder.local().join("base"));
    let base = base.is_project().then(|| read_folder(&base, ours)).transpose()?;
    let base = base.map(|(base, _)| base);
    // What was sent names one person, whatever has become of the list of people since.
    let owner = base.as_ref().and_then(|base| match base.annotators() {
        [only] => Some(only.id.clone()),
        _ => None,
    });
    Ok(Other { copy: OtherCopy { project, base, owner }, problems })
}

fn read_folder(folder: &Folder, ours: &Project) -> Result<(Project, Vec<Problem>), IoError> {
    let opened = open(folder)?;
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

/// Who a name means, by id or by name; somebody new, if nobody has it.
pub fn person(project: &Project, name: &str) -> Annotator {
    let known = project.annotators().iter().find(|a| a.name == name || a.id.as_str() == name);
    known.cloned().unwrap_or_else(|| {
        let id = AnnotatorId::new(slug(name, "coder"));
        Annotator::new(id, name, demarche_model::Colour::nth(project.annotators().len()))
    })
}

/// Writes a packet to a file, whole or not at all.
///
/// # Errors
/// The file can't be written.
pub fn write_packet(path: &Path, project: &Project, from: &Folder) -> Result<(), IoError> {
    let bytes = pack(project, from)?;
    let write = || {
        let mut file = atomic_write_file::AtomicWriteFile::open(path)?;
        file.write_all(&bytes)?;
        file.commit()
    };
    write().map_err(IoError::system("can't write the packet", path))
}
