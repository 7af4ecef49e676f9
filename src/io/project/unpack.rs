//! Unpacking of packets, which other people made: nothing in them is trusted.
//!
//! A packet is unpacked into a new private folder, which is renamed when complete. A packet with a name that could lead
//! out of that folder, or that two systems understand differently, is refused as a whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::files::{make_folders, make_local, parent};
use super::folder::{Folder, LOCAL};
use super::limits;
use super::open::open;
use super::packet::most_bytes;
use crate::archive::{Archive, ArchiveError};
use crate::checksum::sha256;
use crate::disk::{DiskError, outside, steps, temporary_folder};
use crate::settings::Local;
use crate::{FileTask, IoError, PacketFault};
use demarche_model::{FoldedId, IdFault, check_file_id, slug};

/// Number of digits of a packet's checksum in the name of its folder.
const DIGITS: usize = 16;

/// Greatest length of a file or folder name, in bytes.
const LONGEST: usize = 255;

/// Unpacks a packet into a new folder in `into` and returns its path. A packet that was unpacked there before is left
/// alone, since it may contain new work. `into` is created for this user alone.
///
/// # Errors
/// The file can't be read or is not a packet, the folder can't be written, or other users of the machine can write to `into`.
pub fn unpack(packet: &Path, into: &Path) -> Result<PathBuf, IoError> {
    let bytes = read(packet)?;
    let name = packet.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let sum: String = sha256(&bytes).chars().take(DIGITS).collect();
    let name = format!("{}-{sum}", slug(&name, "packet"));
    let failed = || IoError::outside(FileTask::UnpackPacket, into);
    outside::make_private(into).map_err(failed())?;
    let (mut number, mut target) = (1, into.join(&name));
    // A folder of that name that is not a project is left alone.
    while outside::is_taken(&target) {
        if Folder::new(target.as_path()).is_project() {
            return Ok(target);
        }
        number += 1;
        target = into.join(format!("{name}-{number}"));
    }
    let new = temporary_folder(Some(into)).map_err(|error| failed()(error.into()))?;
    let folder = Folder::new(new.path());
    let unpacked = write(&bytes, packet, &folder)?;
    // After a power cut, a folder with this name would be taken for complete.
    sync(&folder, &unpacked.files).map_err(failed())?;
    outside::rename(new.path(), &target).map_err(|error| failed()(error.into()))?;
    let _ = Folder::new(into).disk().sync_folder(Path::new(""));
    // It was renamed, so nothing is removed.
    let _ = new.keep();
    Ok(target)
}

/// A packet in a private folder, which is removed when this is dropped.
pub(super) struct Unpacked {
    pub folder: tempfile::TempDir,
    /// Whether the packet contains its base. If not, the packet itself is kept as the base.
    pub has_base: bool,
}

/// Unpacks a packet into a temporary folder.
///
/// # Errors
/// The file can't be read or is not a packet, or the folder can't be written.
pub(super) fn unpack_for_now(packet: &Path) -> Result<Unpacked, IoError> {
    let bytes = read(packet)?;
    let folder = temporary_folder(None).map_err(IoError::system(FileTask::UnpackPacket, packet))?;
    let Written { has_base, .. } = write(&bytes, packet, &Folder::new(folder.path()))?;
    Ok(Unpacked { folder, has_base })
}

/// Makes files and their folders durable.
fn sync(folder: &Folder, files: &[PathBuf]) -> Result<(), DiskError> {
    let folders: BTreeSet<&Path> = files.iter().flat_map(|file| parent(file).ancestors()).collect();
    let folders: Vec<PathBuf> = folders.into_iter().map(Path::to_owned).collect();
    folder.disk().sync_all(files, &folders)
}

/// What was written of a packet.
struct Written {
    /// Whether the packet contains its base.
    has_base: bool,
    /// The files of the project and of the base.
    files: Vec<PathBuf>,
}

fn read(packet: &Path) -> Result<Vec<u8>, IoError> {
    outside::read(packet, limits::PACKET).map_err(IoError::outside(FileTask::ReadPacket, packet))
}

/// Writes the files of a packet to an empty folder.
fn write(bytes: &[u8], packet: &Path, target: &Folder) -> Result<Written, IoError> {
    let bad = |fault| IoError::NotPacket { fault, path: packet.to_owned() };
    let mut archive = Archive::open(bytes).map_err(|error| bad(error.into()))?;
    check_names(&archive).map_err(bad)?;
    let names = archive.names().to_vec();
    let has_base = names.iter().any(|name| name == "base/project.ron");
    let base = Path::new(LOCAL).join("base");
    let mut files = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let sent = name.strip_prefix("base/");
        let path = Path::new(sent.unwrap_or(name));
        // Other files don't belong to a project.
        let Some(most) = most_bytes(path) else { continue };
        let content = archive.read_at_most(at, most).map_err(|error| bad(in_file(name, error)))?;
        let mut put = |path: PathBuf| {
            make_folders(target, parent(&path))?;
            steps::replace_unsynced(target.disk(), &path, &mut &*content)
                .map_err(target.failed(FileTask::UnpackPacket, &path))?;
            files.push(path);
            Ok::<(), IoError>(())
        };
        if sent.is_some() || !has_base {
            put(base.join(path))?;
        }
        if sent.is_none() {
            put(path.to_owned())?;
        }
    }
    make_local(target)?;
    let opened = open(target)?;
    // A packet is for one annotator, so the user need not be asked who they are.
    if let [only] = opened.project.annotators() {
        Local { annotator: Some(only.id.to_string()), ..Local::default() }.write(target);
    }
    Ok(Written { has_base, files })
}

fn in_file(name: &str, error: ArchiveError) -> PacketFault {
    match error {
        ArchiveError::TooLarge => PacketFault::FileTooLarge(name.to_owned()),
        other @ (ArchiveError::Zip(_) | ArchiveError::Read(_) | ArchiveError::TooMany) => other.into(),
    }
}

/// Checks that the names in a packet mean the same files on every system, all inside its folder.
fn check_names(archive: &Archive<'_>) -> Result<(), PacketFault> {
    if archive.has_duplicates() {
        return Err(PacketFault::Duplicate);
    }
    let mut seen = BTreeSet::new();
    for (at, name) in archive.names().iter().enumerate() {
        if archive.is_link(at) {
            return Err(PacketFault::Link(name.clone()));
        }
        let parts = name.strip_suffix('/').unwrap_or(name).split('/');
        for part in parts {
            match check_file_id(part) {
                // A hidden file, such as some systems add.
                Err(IdFault::Ends) if part.trim_matches('.').is_empty() => {
                    return Err(PacketFault::Name { name: name.clone(), fault: IdFault::Ends });
                }
                // The name of a file is longer than the id in it.
                Err(IdFault::Long(_)) if part.len() <= LONGEST => {}
                Ok(()) | Err(IdFault::Ends) => {}
                Err(fault) => return Err(PacketFault::Name { name: name.clone(), fault }),
            }
        }
        if !seen.insert(FoldedId::new(name)) {
            return Err(PacketFault::Twins(name.clone()));
        }
    }
    match archive.names().iter().any(|name| name == "project.ron") {
        true => Ok(()),
        false => Err(PacketFault::NoProject),
    }
}
