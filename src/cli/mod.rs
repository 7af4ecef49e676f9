//! The application for scripts.
