//! Bytes in, values out: project folders, imported files, exports. No other floor touches a file or knows a format.

mod archive;
pub mod codebook;
pub mod export;
pub mod history;
pub mod import;
pub mod intake;
mod parallel;
pub mod project;
mod report;
pub mod sample;
pub mod settings;
mod xml;

pub use report::{IoError, Loss, Problem, ProblemKind};
