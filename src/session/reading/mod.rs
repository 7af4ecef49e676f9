//! Reading: documents, moving about, finding, citing.

pub(crate) mod citation;
pub(crate) mod documents;
pub(crate) mod find;
pub(crate) mod navigate;
pub(crate) mod outline;
pub(crate) mod screen;
