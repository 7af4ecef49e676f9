//! Project folders: the paths and contents of their files, and how these are read, checked, locked and saved.
//!
//! Files are RON (<https://docs.rs/ron>) in UTF-8, one record per line. Values of the model are never serialised
//! directly: each kind of file has its own reader and writer here, so that a later version can still read this format.
//!
//! - [`Folder`] names the files, [`Listing`] lists those that exist.
//! - [`open`] reads `project.ron`; [`read_document`] reads the files of one document.
//! - [`snapshot`] collects what has to be saved, [`write()`] saves it, [`create`] creates a new folder.
//! - [`Watch`] notices what others write, [`read_changed`] reads it, and [`write_shared`] never overwrites it.
//! - [`write_packet`] writes a project for one annotator as a single file, [`unpack`] turns it into a folder, and
//!   [`read_other`] reads another copy of a project.
//! - [`Journal`] keeps every step until it is saved, and [`recover`] saves it after a crash.
//! - [`check`] reports everything that is wrong; [`lock`] prevents two programs from writing as one annotator.
//! - [`freeze_round`] keeps what everybody has coded, and [`read_round`] reads that as a project.
//! - [`merge_file`] merges three versions of one file without looking at any other file.
//! - [`presets`] returns the codebooks to start from; [`parse_codebook`] and [`compose_codebook`] read and write files
//!   of the same form.
//!
//! [`source`] splits a file into records, and [`compose`] writes them. [`own_form`] reads the many records of layers.

mod analysis_notes;
mod anchors;
mod changed;
mod check;
mod check_entries;
mod check_limits;
mod check_orphans;
mod checksums;
mod codebook;
mod codebook_check;
mod commit;
mod compose;
mod conflict;
mod context;
mod copies;
mod copy;
mod copy_name;
mod create;
mod document_record;
mod document_sets;
mod file_key;
mod files;
mod folder;
mod folder_id;
mod format;
mod found;
mod git_attributes;
mod head_lock;
mod history;
mod journal;
mod layer;
mod layer_record;
mod layer_write;
mod limits;
mod listing;
mod lock;
mod meaning_record;
mod merge_file;
#[cfg(test)]
mod mutation;
mod newer;
mod open;
mod original;
mod other;
mod own_form;
mod owner;
mod packet;
mod packet_owner;
mod packet_reviews;
mod person_record;
mod placing;
mod preset;
mod project_file;
mod quote;
mod raw;
mod read_back;
mod rebuild;
mod relations;
mod relist;
mod repair;
mod review;
mod round_id;
mod rounds;
mod save;
mod shared;
mod source;
mod texts;
mod time;
mod twins;
mod undo_log;
mod unpack;
mod watch;
mod wire;

pub use super::preset::Preset;
pub use crate::words::conflicts::describe_conflict;
pub use changed::{changed_text, parse_changed};
pub use check::check;
pub use conflict::keep_conflicts;
pub use copies::{discard_copy, read_copy};
pub use copy::{Lacking, Unsaved, copy_project, place_for_copy, write_unsaved};
pub use copy_name::copy_of;
pub use create::create;
pub(crate) use files::{read_local, write_local};
pub use folder::{FileKey, Folder, is_project};
pub use found::{Found, FoundContent};
pub use git_attributes::{GIT_ATTRIBUTES, write_git_attributes};
pub use history::{append_history, append_missing_history, read_history};
pub use journal::{Journal, JournalFlush, Recovered, Step, has_journal, journal_owners, recover};
pub use listing::Listing;
pub use lock::{
    Holder, Lock, Locking, is_at_work, is_free, is_shared, lock, lock_commands, lock_for_command,
};
pub use merge_file::{FileMerge, conflict_marks, merge_file, read_version};
pub use newer::{newer_file, newer_history};
pub use open::{
    DocumentRead, Opened, open, read_document, read_document_seen, read_document_text_first, read_documents,
};
pub use original::{
    PDF, adopt_original, forget_incoming, forget_original, keep_original, kept_ending, read_original,
};
pub use other::{Other, copies_at, read_other};
pub use packet::{
    PACKET_ENDING, coders_of, documents_for, is_packet, packet_name, part_for, person, write_packet,
};
pub use placing::place_claim;
pub use preset::{compose_codebook, editions, parse_codebook, presets};
pub use read_back::read_back;
pub use rebuild::can_be_opened;
pub use repair::{Damage, Remedy, damage, open_partly, repair};
pub use round_id::{NotARound, RoundId};
pub use rounds::{
    NewRound, Round, RoundFile, RoundProject, Rounds, TakenOver, freeze_round, read_round, take_over_rounds,
};
pub(crate) use save::write_sample;
pub use save::{Snapshot, snapshot, write};
pub use shared::{Seen, Written, read_changed, write_shared, write_whole};
pub use texts::Alignments;
pub use time::{format_time, parse_time};
pub use undo_log::{LoggedStep, Place, UNDO_STEPS, UndoLog, read_undo_log, write_undo_log};
pub use unpack::unpack;
pub use watch::{Changes, Watch};
