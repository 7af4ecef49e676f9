//! Demarche: a workbench for people who read negotiation and policy texts for a living.
//!
//! The floors are crates of their own, lowest first; a floor imports only from floors below it:
//!
//! - [`model`]: pure values and rules
//! - [`analysis`]: pure functions of the model
//! - [`io`]: bytes in, values out
//! - [`session`]: the application without pixels
//! - [`ui`] and [`cli`]: the same application for people and for scripts

pub mod cli;
pub mod logging;

pub use demarche_analysis as analysis;
pub use demarche_io as io;
pub use demarche_model as model;
pub use demarche_session as session;
pub use demarche_ui as ui;
