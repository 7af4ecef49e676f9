//! What values of the model are called in the window, one file per subject.

pub mod attribute;
pub mod history;
