//! Project folders: where the files are, what stands in them, how they are read, checked, locked and saved.
//!
//! No other module knows RON. Values of the model are never serialised themselves; each kind of file has its own
//! reader and writer here, so that a later format can read this one.
//!
//! - [`Folder`] names the files, [`Listing`] says which of them exist.
//! - [`open`] reads `project.ron`; [`read_document`] reads what belongs to one document.
//! - [`snapshot`] takes what has to be saved, [`write()`] saves it, [`create`] makes a new folder.
//! - [`Watch`] sees what others write, [`read_changed`] reads it, [`write_shared`] writes nothing over it.
//! - [`write_packet`] writes a project for one annotator as one file, [`unpack`] makes a folder of it, [`read_other`] reads
//!   another copy of a project.
//! - [`check`] reports everything that is wrong; [`lock`] keeps two programs apart.
//! - [`merge_file`] merges three versions of one file, with nothing but them.
//! - [`presets`] are codebooks to start from; [`parse_codebook`] and [`compose_codebook`] are files of the same form.
//!
//! A file is split into records by [`source`], and put together by [`compose`].

mod anchors;
mod changed;
mod check;
mod codebook;
mod codebook_check;
mod compose;
mod conflict;
mod context;
mod copies;
mod copy_name;
mod disk;
mod folder;
mod found;
mod history;
mod layer;
mod layer_write;
mod listing;
mod lock;
mod merge_file;
mod open;
mod original;
mod packet;
mod place;
mod preset;
mod project_file;
mod review;
mod save;
mod shared;
mod source;
mod texts;
mod time;
mod twins;
mod watch;
mod wire;

pub use super::preset::Preset;
pub use changed::{changed_text, parse_changed};
pub use check::check;
pub use conflict::keep_conflicts;
pub use copies::{discard_copy, read_copy};
pub use copy_name::copy_of;
pub use folder::{FileKey, Folder, is_project};
pub use found::{Found, FoundContent};
pub use history::{append_history, read_history};
pub use listing::Listing;
pub use lock::{Holder, Lock, Locking, is_shared, lock, lock_for_command};
pub use merge_file::{FileMerge, conflict_marks, merge_file, tell_conflict};
pub use open::{DocumentRead, Opened, open, read_document, read_document_seen, read_documents};
pub use original::{forget_incoming, forget_original, keep_original, kept_ending};
pub use packet::{Other, PACKET_ENDING, is_packet, part_for, person, read_other, unpack, write_packet};
pub use place::place;
pub use preset::{compose_codebook, parse_codebook, presets};
pub use save::{Snapshot, create, snapshot, write};
pub use shared::{Seen, Written, read_changed, write_shared};
pub use texts::Alignments;
pub use time::{format_time, parse_time};
pub use watch::Watch;

/// The format that is written, and the newest that can be read.
const FORMAT: u32 = 1;
