//! People, and whose work is visible.

pub(crate) mod people;
pub(crate) mod visibility;
