//! Demarche: a workbench for people who read negotiation and policy texts for a living.
//!
//! The floors, lowest first; a floor imports only from floors below it:
//!
//! - [`model`]: pure values and rules
//! - [`analysis`]: pure functions of the model
//! - [`io`]: bytes in, values out
//! - [`session`]: the application without pixels
//! - [`ui`] and [`cli`]: the same application for people and for scripts

pub mod analysis;
pub mod cli;
pub mod io;
pub mod model;
pub mod session;
pub mod ui;
