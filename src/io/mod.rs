//! Bytes in, values out: project folders, imported files, exports. No other floor touches a file or knows a format.

pub mod annotations;
mod archive;
pub mod bookmarks;
mod checksum;
pub mod codebook;
mod columns;
#[cfg(test)]
mod damage;
pub mod database;
pub mod decode;
pub mod disk;
pub mod documents;
mod entities;
pub mod export;
mod format;
pub mod git;
mod head;
pub mod history;
pub mod import;
mod lenient_json;
mod limits;
mod loss;
mod machine;
mod markup;
pub mod place;
mod preset;
pub mod project;
mod recent;
pub mod recognise;
mod report;
pub mod sample;
pub mod settings;
mod settings_choices;
mod shortcut_changes;
mod spreadsheet;
#[cfg(test)]
mod stops;
mod task;
mod text_look;
mod window_state;
mod words;
mod xml;

pub use checksum::sha256;
pub use format::FormatInfo;
pub use loss::{
    AnnotationLoss, CodebookLoss, DatabaseLoss, DocumentLoss, Effect, ExportLoss, Loss, LossKind, QdaLoss,
    RangeLoss, ReadBackLoss, TaskLoss,
};
pub use preset::Preset;
pub use report::{IoError, PacketFault, Problem, ProblemKind};
pub use task::FileTask;
pub use window_state::discard_unsound_window_state;
