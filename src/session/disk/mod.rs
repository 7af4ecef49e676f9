//! The project on disk: opening, saving, following changes by others, and merging.

pub(crate) mod access;
mod analysis_notes;
pub(crate) mod closing;
pub(crate) mod copies;
pub(crate) mod faults;
pub(crate) mod files;
pub(crate) mod follow;
pub(crate) mod head;
pub(crate) mod journaling;
pub(crate) mod live;
pub(crate) mod merge_conflict;
pub(crate) mod merge_elsewhere;
pub(crate) mod merge_project;
pub(crate) mod open;
pub(crate) mod owners;
mod packets;
pub(crate) mod repair;
pub(crate) mod save;
pub(crate) mod save_as;
pub(crate) mod saving;

use std::path::PathBuf;

use demarche_analysis::merge_project::{CodebookEntry, ConflictLocation};
use demarche_model::merge::Side;
use demarche_model::{DocumentId, LayerId};

use crate::Session;

/// Merges versions and copies of the project, and writes packets that come back as copies.
#[derive(Clone, PartialEq, Debug)]
pub enum MergeAction {
    /// Merges a layer of the user with the version of its file that was written elsewhere.
    Elsewhere(LayerId),
    /// Merges a conflict copy of a file, made by a synchronising program; relative to the project's folder.
    Copy(PathBuf),
    /// Reads another copy of the project, a folder or a packet, to merge it.
    Start(PathBuf),
    /// Merges several copies or packets, or those in a folder, in one go.
    StartAll(Vec<PathBuf>),
    /// Resolves a conflict of the merge.
    Decide(ConflictLocation, Side),
    /// Accepts a change to the codebook that a packet proposes, or declines it.
    Accept(CodebookEntry, bool),
    /// Applies the merge.
    Finish,
    /// Cancels the merge.
    Cancel,
    /// Writes a packet for a person.
    WritePacket {
        /// The person's name.
        name: String,
        /// The documents for them to read.
        documents: Vec<DocumentId>,
        /// The file to write.
        path: PathBuf,
    },
    /// Writes a packet for each coder into a folder.
    WritePackets(PathBuf),
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_merge(&mut self, action: MergeAction) {
        match action {
            MergeAction::Elsewhere(layer) => self.merge_elsewhere(&layer),
            MergeAction::Copy(path) => self.merge_copy(&path),
            MergeAction::Start(path) => self.start_merge(path),
            MergeAction::StartAll(paths) => self.start_merging(paths),
            MergeAction::Decide(at, side) => self.decide_merge(at, side),
            MergeAction::Accept(entry, accept) => self.accept_proposal_of_packet(entry, accept),
            MergeAction::Finish => self.finish_merge(),
            MergeAction::Cancel => self.end_merge(),
            MergeAction::WritePacket { name, documents, path } => self.write_packet(&name, documents, path),
            MergeAction::WritePackets(folder) => self.write_packets(folder),
        }
    }
}
