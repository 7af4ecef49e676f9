//! The window: egui on top of the session.

mod answer;
mod app;
mod clipboard;
mod dialogs;
pub mod icons;
mod importing;
pub mod keys;
mod page;
mod panels;
mod requests;
mod right;
mod run;
mod screens;
pub mod textview;
pub mod theme;
mod widgets;

pub use app::App;
pub use demarche_io::settings::Settings;
pub use requests::Requests;
pub use run::{NoWindow, run};
