//! The switch between screens, in the middle of the menu bar.

use egui::{CornerRadius, FontId, Frame, Margin, RichText, Stroke, Ui};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::words::menu_bar as words;
use crate::{keys, widgets};
use demarche_session::{Screen, Session};

/// Width of a part of the switch, in points.
const PART: f32 = 92.0;

/// Width of the switch with its edge, in points.
pub const SWITCH: f32 = PART * Screen::ALL.len() as f32 + 4.0;

/// Width of the switch as a menu, in points.
pub const SWITCH_MENU: f32 = 112.0;

/// Shows the switch in the middle of the window, or nearer to one side if the menus or what is on the right need the space.
/// `right` is the width of the latter.
pub fn switch(ui: &mut Ui, session: &Session, right: f32, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let room = ui.available_rect_before_wrap();
    let middle = ui.ctx().content_rect().center().x - SWITCH / 2.0;
    let left = middle.min(room.right() - right - SWITCH);
    ui.add_space((left - room.left()).max(space::S));
    let frame = Frame::new()
        .fill(tokens.hover)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::same(1));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for screen in Screen::ALL {
            part(ui, screen, session, requests);
        }
    });
}

/// Shows the switch as a menu.
pub fn switch_menu(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    ui.add_space(space::S);
    widgets::combo(ui, words::screens(), words::screen(session.screen()), SWITCH_MENU - space::S, |ui| {
        for screen in Screen::ALL {
            let entry = ui.selectable_label(screen == session.screen(), words::screen(screen));
            if entry
                .on_hover_text(keys::with_shortcut(ui.ctx(), command(screen).command().help, command(screen)))
                .clicked()
            {
                requests.push(command(screen));
            }
        }
    });
}

fn command(screen: Screen) -> CommandId {
    match screen {
        Screen::Annotate => CommandId::ShowAnnotate,
        Screen::Compare => CommandId::ShowCompare,
        Screen::Agreement => CommandId::ShowAgreement,
        Screen::Board => CommandId::ShowBoard,
        Screen::Analyse => CommandId::ShowAnalyse,
    }
}

fn part(ui: &mut Ui, screen: Screen, session: &Session, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let current = session.screen() == screen;
    let font = if current { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let colour = if current { tokens.text } else { tokens.text_weak };
    let command = command(screen);
    let response = ui.scope(|ui| {
        ui.visuals_mut().selection.bg_fill = tokens.raised;
        ui.visuals_mut().selection.stroke = Stroke::new(1.0, tokens.accent);
        let text = RichText::new(words::screen(screen)).font(font).color(colour);
        let button = egui::Button::selectable(current, text)
            .corner_radius(CornerRadius::same(size::RADIUS - 1))
            .min_size(egui::vec2(PART - 1.0, size::ROW - 4.0));
        ui.add(button)
    });
    let hint = keys::with_shortcut(ui.ctx(), command.command().help, command);
    if response.inner.on_hover_text(hint).clicked() && !current {
        requests.push(command);
    }
}
