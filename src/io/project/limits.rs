//! The size limits of files in a project, in bytes. A larger file is not read: it was damaged, or made to exhaust
//! memory.

use super::folder::FileKey;
use demarche_model::NotesPart;

const KB: u64 = 1 << 10;
const MB: u64 = 1 << 20;
const GB: u64 = 1 << 30;

/// `project.ron`: 64 MB hold about 100,000 documents.
const PROJECT: u64 = 64 * MB;
/// A text or its anchors.
pub(super) const TEXT: u64 = 512 * MB;
/// A layer or review: a gigabyte holds about four million spans.
const LAYER: u64 = GB;
/// A saved view, a calendar or dismissed pairs: 16 MB hold about 140,000 pairs.
const ANALYSIS_NOTES: u64 = 16 * MB;
/// The memos of a person: 16 MB of text, in which half of the characters may be escaped, with room for 100,000 subjects.
const MEMOS: u64 = 64 * MB;
/// The copy of an imported file.
pub(super) const ORIGINAL: u64 = GB;
/// An audit log.
pub(super) const HISTORY: u64 = GB;
/// A journal: the steps since the last save, perhaps with imported texts.
pub(super) const JOURNAL: u64 = GB;
/// The guidelines for annotators.
pub(super) const GUIDELINES: u64 = 64 * MB;
/// A packet, and any file in one.
pub(super) const PACKET: u64 = GB;
/// Any file that is replaced.
pub(super) const ANY: u64 = GB;
/// The intent of a commit: 64 MB hold about 200,000 files.
pub(super) const INTENT: u64 = 64 * MB;
/// What a round says about itself: 64 MB hold about 400,000 layers.
pub(super) const ROUND: u64 = 64 * MB;
/// The holder of a lock.
pub(super) const HOLDER: u64 = 64 * KB;
/// The number of a folder.
pub(super) const FOLDER_ID: u64 = 64;
/// The owner of a packet.
pub(super) const OWNER: u64 = 64 * KB;
/// The settings of a project on this machine, which grow with the comments that a person has read.
pub(super) const LOCAL: u64 = 64 * MB;

/// Returns the greatest length of a file.
pub(super) fn limit(key: &FileKey) -> u64 {
    match key {
        FileKey::Project => PROJECT,
        FileKey::Text(_) | FileKey::Anchors(_) => TEXT,
        FileKey::Original(..) => ORIGINAL,
        FileKey::Layer(_) | FileKey::Review(..) => LAYER,
        FileKey::AnalysisNotes(_, NotesPart::Memos) => MEMOS,
        FileKey::AnalysisNotes(..) => ANALYSIS_NOTES,
    }
}
