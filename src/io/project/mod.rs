//! Project folders.
