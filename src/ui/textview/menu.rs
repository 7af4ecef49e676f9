//! The context menu, and the tooltip over spans.

use egui::{CornerRadius, RichText, Sense, Tooltip, Ui, vec2};

use super::sheet::Sheet;
use super::{Frame, Page, TextView};
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, space};
use demarche_model::{Category, SpanRef};
use demarche_session::{AnnotateAction, LinkAction};

/// When an entry of the menu can be chosen.
#[derive(Clone, Copy)]
enum Needs {
    Nothing,
    /// Words are selected, or a span is picked.
    Words,
    /// The same, where spans can be made.
    WordsToTag,
    /// A span is picked, where spans can be changed.
    Picked,
}

/// Entries of the menu after "Tag as", in groups.
const ENTRIES: [&[(&str, CommandId, Needs)]; 3] = [
    &[
        ("Tag as before", CommandId::TagAgain, Needs::WordsToTag),
        ("Tag every occurrence", CommandId::TagEvery, Needs::WordsToTag),
        ("Note…", CommandId::EditNote, Needs::Picked),
        ("Remove passage", CommandId::RemovePassage, Needs::Picked),
    ],
    &[("Copy", CommandId::Copy, Needs::Words)],
    &[
        ("Select sentence", CommandId::SelectSentence, Needs::Nothing),
        ("Select paragraph", CommandId::SelectParagraph, Needs::Nothing),
    ],
];

impl TextView {
    /// The context menu if it is open; else the tooltip of the span under the pointer.
    pub(super) fn menu(&mut self, sheet: &mut Sheet, frame: &mut Frame<'_>) {
        let response = frame.response.clone();
        let page = frame.page;
        let has_words = !frame.selection.is_empty() || page.picked.is_some();
        let requests = &mut *frame.requests;
        response.context_menu(|ui| {
            ui.add_enabled_ui(page.editable && has_words, |ui| {
                ui.menu_button("Tag as", |ui| {
                    for category in page.codebook.categories.iter().filter(|c| !c.retired) {
                        category_entry(ui, category, requests);
                    }
                });
            });
            link_entries(ui, page, page.picked, requests);
            for (group, entries) in ENTRIES.iter().enumerate() {
                if group > 0 {
                    ui.separator();
                }
                for &(name, id, needs) in *entries {
                    let enabled = match needs {
                        Needs::Nothing => true,
                        Needs::Words => has_words,
                        Needs::WordsToTag => page.editable && has_words,
                        Needs::Picked => page.editable && page.picked.is_some(),
                    };
                    if ui.add_enabled(enabled, egui::Button::new(name)).clicked() {
                        requests.push(id);
                        ui.close();
                    }
                }
            }
        });
        if !response.context_menu_opened() {
            self.tooltip(sheet, frame);
        }
    }

    fn tooltip(&self, sheet: &mut Sheet, frame: &Frame<'_>) {
        let Some(at) = frame.response.hover_pos().filter(|_| self.drag == super::pointer::Drag::None) else {
            return;
        };
        if !Tooltip::should_show_tooltip(&frame.response, false) {
            return;
        }
        let (block, y) = self.anchor.locate(frame.ctx, sheet, at.y - frame.geometry.view.top());
        let map = sheet.map(frame.ctx, block);
        let range = sheet.range(block);
        let Some(byte) = map.byte_at(map.row_at(y), at.x - frame.geometry.left) else { return };
        let found = self.items.over(range.start + byte);
        if found.is_empty() || y > map.height() {
            return;
        }
        Tooltip::for_enabled(&frame.response).at_pointer().width(280.0).show(|ui| {
            for item in found {
                ui.horizontal(|ui| {
                    swatch(ui, frame.tokens.category(item.colour));
                    ui.label(RichText::new(frame.page.codebook.name_of(&item.span.category)).strong());
                    ui.label(RichText::new(&item.annotator).color(frame.tokens.text_weak));
                });
                if !item.span.note.is_empty() {
                    ui.label(&item.span.note);
                }
            }
        });
    }
}

/// Starts a link at a span, or ends there the one that was started.
pub(super) fn link_entries(ui: &mut Ui, page: &Page<'_>, at: Option<&SpanRef>, requests: &mut Requests) {
    let Some(relations) = page.relations else { return };
    let possible = page.editable && at.is_some();
    if relations.link_start().is_none_or(|marked| Some(marked) == at) {
        let button = egui::Button::new("Start a link here").shortcut_text("Ctrl+M");
        let clicked = ui.add_enabled(possible, button).clicked();
        if let Some(at) = at.filter(|_| clicked) {
            requests.push(LinkAction::Start(at.clone()));
            ui.close();
        }
        return;
    }
    ui.add_enabled_ui(possible, |ui| {
        ui.menu_button("Link to here as", |ui| {
            for kind in &page.codebook.link_kinds {
                let button = ui.button(kind.name.as_str());
                let clicked = button.clicked();
                if !kind.definition.is_empty() {
                    button.on_hover_text(kind.definition.as_str());
                }
                if let Some(to) = at.filter(|_| clicked).cloned() {
                    requests.push(LinkAction::Finish { to, kind: Some(kind.id.clone()) });
                    ui.close();
                }
            }
        });
    });
}

fn category_entry(ui: &mut Ui, category: &Category, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let key = category.hotkey.map(|key| key.to_ascii_uppercase().to_string()).unwrap_or_default();
    // The swatch stands in the space that is left free before the name.
    let button = egui::Button::new(format!("      {}", category.name)).shortcut_text(key);
    let response = ui.add(button);
    let centre = response.rect.left_center() + vec2(space::M + 2.0, 0.0);
    let rect = egui::Rect::from_center_size(centre, vec2(10.0, 10.0));
    ui.painter().rect_filled(rect, CornerRadius::same(2), tokens.category(category.colour));
    if response.clicked() {
        requests.push(AnnotateAction::Tag(category.id.clone()));
        ui.close();
    }
}

fn swatch(ui: &mut Ui, colour: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(2), colour);
}
