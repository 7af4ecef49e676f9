//! The line over the sample project: what it is, and how to start with other texts.

use egui::{Panel, RichText, Ui};

use crate::commands::{CommandId, SettingCommand};
use crate::requests::Requests;
use crate::theme::{Tokens, icons as m};
use crate::words::start as words;
use crate::{Settings, widgets};
use demarche_session::Session;

/// Shows the line, unless the user has dismissed it.
pub fn ui(ui: &mut Ui, session: &Session, settings: &Settings, requests: &mut Requests) {
    if !session.is_sample() || !settings.sample_banner {
        return;
    }
    let tokens = Tokens::of(ui);
    let frame = egui::Frame::new().fill(tokens.selected).inner_margin(egui::Margin::symmetric(8, 2));
    Panel::top("sample").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(m::ICON_SCHOOL.rich_text().size(16.0).color(tokens.accent));
            let text = words::sample(session.project().name_of(session.me()));
            ui.label(RichText::new(text).color(tokens.text));
            if ui.link(words::start_your_own()).on_hover_text(words::start_your_own_hint()).clicked() {
                requests.push(CommandId::NewFromFiles);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if widgets::icon_button(ui, m::ICON_CLOSE, words::dismiss()).clicked() {
                    requests.push(SettingCommand::HideSampleBanner);
                }
            });
        });
    });
}
