//! Project folders: where the files are, what stands in them, how they are read, checked, locked and saved.
//!
//! No other module knows RON. Values of the model are never serialised themselves; each kind of file has its own
//! reader and writer here, so that a later format can read this one.
//!
//! - [`Folder`] names the files, [`Listing`] says which of them exist.
//! - [`open`] reads `project.ron`; [`read_document`] reads what belongs to one document.
//! - [`snapshot`] takes what has to be saved, [`write()`] saves it, [`create`] makes a new folder.
//! - [`check`] reports everything that is wrong; [`lock`] keeps two programs apart.
//! - [`presets`] and [`read_codebook`] are codebooks to start from.
//!
//! A file is split into records by [`source`], and put together by [`compose`].

mod check;
mod codebook;
mod compose;
mod folder;
mod layer;
mod layer_write;
mod listing;
mod lock;
mod open;
mod preset;
mod project_file;
mod review;
mod save;
mod source;
mod time;

pub use check::check;
pub use folder::{FileKey, Folder, check_file_id};
pub use layer::place;
pub use listing::Listing;
pub use lock::{Holder, Lock, Locking, lock};
pub use open::{Opened, open, read_document};
pub use preset::{Preset, presets, read_codebook};
pub use save::{Snapshot, create, snapshot, write};
pub use time::{format_time, parse_time};

/// The format that is written, and the newest that can be read.
const FORMAT: u32 = 1;
