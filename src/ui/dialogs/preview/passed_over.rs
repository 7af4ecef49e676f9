//! The files in folders that are not imported, with what to do.

use egui::{RichText, Ui};

use crate::theme::{size, space, strong};
use crate::{widgets, words::import as words};
use demarche_io::import::PassedOver;

/// Height in points of the entry of a file.
const ENTRY: f32 = 42.0;

/// Shows the files and the reasons.
pub(super) fn ui(ui: &mut Ui, files: &[PassedOver]) {
    ui.set_min_size(ui.available_size());
    ui.label(RichText::new(words::passed_over(files.len())).font(strong(size::INTERFACE)));
    widgets::weak(ui, words::passed_over_explanation());
    ui.add_space(space::S);
    let scroll = egui::ScrollArea::vertical().id_salt("passed over").auto_shrink(false);
    scroll.show_rows(ui, ENTRY, files.len(), |ui, shown| {
        for one in files.get(shown).into_iter().flatten() {
            let name = one.file.file_name().unwrap_or_default().to_string_lossy();
            ui.vertical(|ui| {
                ui.set_height(ENTRY);
                ui.add(egui::Label::new(name.into_owned()).truncate())
                    .on_hover_text(one.file.display().to_string());
                ui.add(egui::Label::new(widgets::weak_text(ui, words::passed_over_reason(one))).truncate());
            });
        }
    });
}
