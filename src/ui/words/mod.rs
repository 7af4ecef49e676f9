//! What values of the model are called in the window, one file per subject.

mod history;

pub use history::{change, changed};
