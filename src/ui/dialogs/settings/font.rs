//! The typeface of documents: one of the program's, or a font of the system.

use std::sync::mpsc::{Receiver, channel};

use egui::{Context, RichText, ScrollArea, Ui};

use super::SLIDER;
use crate::theme::{Tokens, installed_families, size};
use crate::widgets;
use crate::words::settings as words;
use demarche_io::settings::{TextLook, Typeface};

/// Height of the list of fonts, in points.
const LIST: f32 = 260.0;

/// The choice of a typeface, with the fonts of the system once they are known.
#[derive(Default)]
pub struct FontPicker {
    families: Option<Vec<String>>,
    answer: Option<Receiver<Vec<String>>>,
    filter: String,
}

impl FontPicker {
    /// Shows the choice as rows of a grid.
    pub fn ui(&mut self, ui: &mut Ui, look: &mut TextLook) {
        ui.label(words::typeface());
        ui.horizontal_wrapped(|ui| {
            for (typeface, name) in [
                (Typeface::Serif, words::serif()),
                (Typeface::Sans, words::sans()),
                (Typeface::Mono, words::mono()),
                (Typeface::Installed, words::installed()),
            ] {
                ui.selectable_value(&mut look.typeface, typeface, name);
            }
        });
        ui.end_row();
        if look.typeface == Typeface::Installed {
            ui.label(words::font());
            ui.vertical(|ui| self.installed(ui, look));
            ui.end_row();
        }
    }

    /// Shows the choice of an installed font, and whether it is there.
    fn installed(&mut self, ui: &mut Ui, look: &mut TextLook) {
        self.take_families(ui.ctx());
        let shown = if look.font_name.is_empty() { words::choose_font() } else { &look.font_name }.to_owned();
        widgets::combo(ui, words::font(), shown, SLIDER + 60.0, |ui| self.list(ui, look));
        let is_missing = !look.font_name.is_empty()
            && self.families.as_ref().is_some_and(|families| !families.contains(&look.font_name));
        if is_missing {
            let text = words::missing_font(&look.font_name);
            ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).warning));
        }
    }

    fn list(&mut self, ui: &mut Ui, look: &mut TextLook) {
        let Some(families) = &self.families else {
            widgets::weak(ui, words::reading_fonts());
            return;
        };
        widgets::bare_field(ui, words::filter_fonts(), &mut self.filter, words::filter_fonts(), SLIDER);
        let filter = self.filter.to_lowercase();
        let found: Vec<&String> =
            families.iter().filter(|name| name.to_lowercase().contains(&filter)).collect();
        ScrollArea::vertical().max_height(LIST).show_rows(ui, size::ROW, found.len(), |ui, rows| {
            for name in found.get(rows).into_iter().flatten() {
                if ui.selectable_label(look.font_name == **name, name.as_str()).clicked() {
                    look.font_name.clone_from(name);
                    ui.close();
                }
            }
        });
    }

    /// Asks for the fonts of the system on a thread, and takes in the answer.
    fn take_families(&mut self, ctx: &Context) {
        if self.families.is_some() {
            return;
        }
        let answer = self.answer.get_or_insert_with(|| {
            let (send, receive) = channel();
            let ctx = ctx.clone();
            std::thread::spawn(move || {
                // The page may be closed by now.
                let _ = send.send(installed_families());
                ctx.request_repaint();
            });
            receive
        });
        self.families = answer.try_recv().ok();
    }
}
