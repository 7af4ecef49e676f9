//! The window: egui on top of the session.

pub mod textview;
pub mod theme;
