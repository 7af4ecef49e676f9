//! The application without pixels: commands, history, selection, jobs.

mod action;

pub use action::{Action, Reveal, Selection, Shown};
