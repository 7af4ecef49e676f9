//! Passages: tagging, attributes, links, several at once.

pub(crate) mod attributes;
pub(crate) mod link_index;
pub(crate) mod linking;
pub(crate) mod links;
pub(crate) mod occurrences;
pub(crate) mod several;
pub(crate) mod state;
pub(crate) mod tagging;
