//! The project on disk: opening, saving, following what others write, merging.

pub(crate) mod access;
pub(crate) mod copies;
pub(crate) mod files;
pub(crate) mod follow;
pub(crate) mod head;
pub(crate) mod live;
pub(crate) mod merge_conflict;
pub(crate) mod merge_elsewhere;
pub(crate) mod merge_project;
pub(crate) mod open;
pub(crate) mod saving;
