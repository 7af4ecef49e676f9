//! A field for a path, with a button that asks the system for one.

use std::path::Path;

use egui::{Response, RichText, Ui};

use super::Purpose;
use crate::theme::{Tokens, size};
use crate::widgets;
use crate::words::{common, files as words};

/// Shows the field; returns it, and whether Browse was pressed.
pub fn path_field(ui: &mut Ui, name: &str, path: &mut String, hint: &str) -> (Response, bool) {
    let row = ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), size::ROW),
        egui::Layout::right_to_left(egui::Align::Center),
        |ui| {
            let browse = ui.button(common::browse()).clicked();
            (widgets::bare_field(ui, name, path, hint, f32::INFINITY), browse)
        },
    );
    row.inner
}

/// Shows a captioned field for a path to write to, with a warning if something is there already. Returns whether Browse
/// was pressed.
pub fn target_field(ui: &mut Ui, name: &str, path: &mut String) -> bool {
    widgets::caption(ui, name);
    let (_, browse) = path_field(ui, name, path, "");
    let target = Path::new(path.trim());
    let text = match (target.is_file(), target.is_dir()) {
        (true, _) => words::file_is_replaced(),
        (_, true) => words::files_in_folder_are_replaced(),
        // Keeps the height of the line.
        _ => " ",
    };
    ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).warning));
    browse
}

/// Asks the system for a file to write, with the name in `path` as an offer.
pub fn browse_for_target(path: &Path) -> Purpose {
    Purpose::Export { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned() }
}
