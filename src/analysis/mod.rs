//! Pure functions of the model: they answer questions about texts and spans without changing anything.

pub mod agreement;
pub mod align;
pub mod bargain;
pub mod changes;
pub mod citation;
mod codes;
pub mod context;
pub mod dateline;
pub mod differences;
pub mod drawn;
pub mod editions;
pub mod figure;
pub mod filter;
pub mod list_marker;
pub mod merge_project;
pub mod mismatch;
pub mod random;
pub mod read_moves;
pub mod renames;
pub mod report;
pub mod roles;
pub mod saved_views;
pub mod search;
pub mod segment;
pub mod summary;
pub mod views;
mod words;
