//! The context menu, and the tooltip of spans.

use egui::{CornerRadius, RichText, Sense, Tooltip, Ui, vec2};

use super::laid_out::LaidOutText;
use super::scroll::Point;
use super::{Frame, Page, TextView};
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, space};
use crate::widgets::menu_entry;
use crate::words;
use demarche_model::{Category, SpanRef};
use demarche_session::{AnnotateAction, LinkAction};

/// The condition under which an entry of the menu is enabled.
#[derive(Clone, Copy)]
enum Needs {
    Nothing,
    /// Selected words, or a current span.
    Words,
    /// The same, and permission to tag.
    WordsToTag,
    /// A current span, and permission to change it.
    Span,
}

/// The commands of the menu after "Tag as", in groups.
const ENTRIES: [&[(CommandId, Needs)]; 3] = [
    &[
        (CommandId::TagAgain, Needs::WordsToTag),
        (CommandId::TagEvery, Needs::WordsToTag),
        (CommandId::EditNote, Needs::Span),
        (CommandId::RemovePassage, Needs::Span),
    ],
    &[(CommandId::Copy, Needs::Words)],
    &[(CommandId::SelectSentence, Needs::Nothing), (CommandId::SelectParagraph, Needs::Nothing)],
];

impl TextView {
    /// Shows the context menu if it is open, otherwise the tooltip of the spans under the pointer.
    pub(super) fn menu(&mut self, laid_out: &mut LaidOutText, frame: &mut Frame<'_>) {
        let response = frame.response.clone();
        let page = frame.page;
        let has_words = !frame.selection.is_empty() || page.current_span.is_some();
        let requests = &mut *frame.requests;
        response.context_menu(|ui| {
            ui.add_enabled_ui(page.editable && has_words, |ui| {
                ui.menu_button(words::text_view::tag_as(), |ui| {
                    for category in page.codebook.categories.iter().filter(|c| !c.retired) {
                        category_entry(ui, category, requests);
                    }
                });
            });
            link_entries(ui, page, page.current_span, requests);
            for (group, entries) in ENTRIES.iter().enumerate() {
                if group > 0 {
                    ui.separator();
                }
                for &(id, needs) in *entries {
                    let enabled = match needs {
                        Needs::Nothing => true,
                        Needs::Words => has_words,
                        Needs::WordsToTag => page.editable && has_words,
                        Needs::Span => page.editable && page.current_span.is_some(),
                    };
                    let command = id.command();
                    if ui.add_enabled(enabled, menu_entry(ui, command.name, command)).clicked() {
                        requests.push(id);
                        ui.close();
                    }
                }
            }
        });
        if !response.context_menu_opened() {
            self.tooltip(laid_out, frame);
        }
    }

    fn tooltip(&mut self, laid_out: &mut LaidOutText, frame: &Frame<'_>) {
        let Some(at) = frame.response.hover_pos().filter(|_| self.drag == super::pointer::Drag::None) else {
            return;
        };
        if frame.ctx.input(|input| !input.keys_down.is_empty()) {
            self.pointer_at_rest = Some(at);
        }
        if self.pointer_at_rest.is_some_and(|before| before == at) {
            return;
        }
        self.pointer_at_rest = None;
        if !Tooltip::should_show_tooltip(&frame.response, false) {
            return;
        }
        let Point { block, y } = self.anchor.locate(frame.ctx, laid_out, at.y - frame.geometry.view.top());
        let map = laid_out.map(frame.ctx, block);
        let range = laid_out.block_range(block);
        let Some(byte) = map.byte_at(map.row_at(y), at.x - frame.geometry.left) else { return };
        let found = self.visible.at(range.start + byte);
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

/// Shows the entries that start a link at a span, or end the started one there.
pub(super) fn link_entries(ui: &mut Ui, page: &Page<'_>, at: Option<&SpanRef>, requests: &mut Requests) {
    let Some(relations) = page.relations else { return };
    let possible = page.editable && at.is_some();
    if relations.link_start().is_none_or(|start| Some(start) == at) {
        let command = CommandId::StartLink.command();
        let clicked = ui.add_enabled(possible, menu_entry(ui, command.name, command)).clicked();
        if let Some(at) = at.filter(|_| clicked) {
            requests.push(LinkAction::Start(at.clone()));
            ui.close();
        }
        return;
    }
    ui.add_enabled_ui(possible, |ui| {
        ui.menu_button(words::links::link_to_here_as(), |ui| {
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
    // The swatch is painted into the space before the name.
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
