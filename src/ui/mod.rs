//! The window: egui on top of the session.

mod app;
mod category_keys;
mod clipboard;
pub mod commands;
mod dialogs;
mod filter_bar;
mod focus;
mod input_queue;
mod intake;
pub mod keys;
pub mod manual;
mod manual_pane;
mod modal;
mod open_file;
mod page;
mod panels;
mod panes;
mod preferences;
mod project_panels;
mod projects;
mod requests;
mod right;
mod run;
mod screens;
mod sides;
mod signals;
pub mod textview;
pub mod theme;
mod widgets;
pub mod words;
mod workbench;

pub use app::App;
pub use demarche_io::settings::Settings;
pub use requests::{Request, Requests};
pub use run::{NoWindow, run};
pub use widgets::figure;
