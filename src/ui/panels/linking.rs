//! The link that is being drawn by keyboard. It takes the place of the title, so that the text below does not move.

use egui::{Align, Layout, Ui};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::icons as m;
use crate::theme::{Tokens, size, space};
use crate::words::banners as words;
use crate::{keys, widgets};
use demarche_session::{LinkAction, NavigateAction, Session};

/// Shows the passage at which the user has started a link. Returns whether there is one.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) -> bool {
    let Some(at) = session.link_start() else { return false };
    let away = session.view_state().document.as_ref() != Some(&at.layer.document);
    let title = session.project().document(&at.layer.document).map(|document| document.meta.title.as_str());
    let text = words::linking(&session.span_name(at), title.filter(|_| away));
    let text = keys::in_sentence(ui.ctx(), &text);
    let colour = Tokens::of(ui).accent;
    let row = ui.available_rect_before_wrap();
    let row = row.with_max_y(row.top() + size::ROW);
    ui.painter().rect_filled(row, f32::from(size::RADIUS), colour.gamma_multiply(0.12));
    ui.horizontal(|ui| {
        ui.set_height(size::ROW);
        ui.add_space(space::XS);
        ui.label(m::ICON_LINK.rich_text().size(17.0).color(colour));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let cancel = keys::with_shortcut(ui.ctx(), words::cancel_link(), CommandId::ClearSelection);
            if widgets::icon_button(ui, m::ICON_CLOSE, &cancel).clicked() {
                requests.push(LinkAction::Cancel);
            }
            if ui.button(words::go_back()).on_hover_text(words::go_back_hint()).clicked() {
                requests.push(NavigateAction::GoTo(at.clone()));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(&text).truncate()).on_hover_text(&text);
            });
        });
    });
    true
}
