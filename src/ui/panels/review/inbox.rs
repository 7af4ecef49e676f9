//! The inbox: decisions of others on the user's passages, and replies to the user's decisions.

use egui::{FontId, Ui};

use crate::theme::{Tokens, size, space, strong};
use crate::words::review as words;
use crate::{keys, widgets};
use demarche_session::{InboxEntry, NavigateAction, Session};

use super::ReviewPanel;
use super::queue::{describe, unread_icon};
use crate::commands::CommandId;
use crate::requests::Requests;

impl ReviewPanel {
    /// Shows the inbox. `height` is that of the list in points.
    pub(super) fn inbox(&mut self, ui: &mut Ui, session: &Session, height: f32, requests: &mut Requests) {
        let entries: Vec<&InboxEntry> = session.review().inbox().collect();
        let unread = session.review().unread();
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            widgets::weak(ui, words::new_of(unread, entries.len()));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let next = ui.add_enabled(unread > 0, egui::Button::new(words::next_new()));
                let hint = keys::with_shortcut(ui.ctx(), words::next_new_hint(), CommandId::NextInInbox);
                if next.on_hover_text(hint).clicked() {
                    requests.push(CommandId::NextInInbox);
                }
            });
        });
        egui::ScrollArea::vertical()
            .id_salt("inbox")
            .auto_shrink(false)
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| {
                if entries.is_empty() {
                    return widgets::empty_state(ui, words::empty_inbox(), words::empty_inbox_hint());
                }
                let current = session.current();
                let moved = self.shown_in_inbox.as_ref() != current;
                self.shown_in_inbox = current.cloned();
                for entry in entries {
                    let response = row(ui, session, entry, requests);
                    if moved && current == Some(&entry.at) {
                        response.scroll_to_me(Some(egui::Align::Center));
                    }
                }
            });
    }
}

fn row(ui: &mut Ui, session: &Session, entry: &InboxEntry, requests: &mut Requests) -> egui::Response {
    let tokens = Tokens::of(ui);
    let (name, quote, colour) = describe(session, &entry.at);
    let current = session.current() == Some(&entry.at);
    let label = words::inbox_row(entry.unread, &name, &quote);
    let (rect, response) = widgets::row(ui, size::ROW, current, &label);
    let centre = rect.left_center() + egui::vec2(space::M, 0.0);
    if entry.unread {
        let icon = unread_icon();
        let font = FontId::new(15.0, icon.font_family());
        ui.painter().text(centre, egui::Align2::CENTER_CENTER, icon.codepoint, font, tokens.accent);
    }
    widgets::swatch_at(ui, egui::pos2(rect.left() + 32.0, centre.y), colour);
    let document = session.project().document(&entry.at.layer.document);
    let verdict = document
        .zip(session.project().span(&entry.at))
        .and_then(|(document, span)| session.verdict_on(document, &entry.at.layer.annotator, span));
    let state = verdict.map_or("", words::verdict);
    let right = rect.with_max_x(rect.right() - space::S);
    let end = widgets::line_right(ui, right, state, FontId::proportional(size::SMALL), tokens.text_weak);
    let text = rect.with_min_x(rect.left() + 44.0).with_max_x(end - space::S);
    let font = if entry.unread { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    widgets::line(ui, text, &quote, font, tokens.text);
    if response.clicked() {
        requests.push(NavigateAction::GoTo(entry.at.clone()));
    }
    response
}
