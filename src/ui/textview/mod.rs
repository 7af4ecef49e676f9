//! The document view.
