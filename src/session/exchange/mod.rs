//! Documents and labelled files in and out.

pub(crate) mod preview;
pub(crate) mod staging;
pub(crate) mod transfer;
pub(crate) mod update;
