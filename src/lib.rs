//! Demarche: a workbench for people who read negotiation and policy texts for a living.
//!
//! The floors, lowest first; a floor imports only from floors below it.

pub mod analysis;
pub mod io;
pub mod model;
pub mod session;
pub mod ui;
