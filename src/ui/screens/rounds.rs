//! The choice between the work of today and a frozen round.

use egui::Ui;

use crate::requests::Requests;
use crate::widgets;
use crate::words::freeze as words;
use demarche_session::{RoundAction, Session};

/// Width of the menu in points.
const WIDTH: f32 = 150.0;

/// Shows the choice, unless the project has no rounds.
pub(super) fn choice(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let open = session.open_round();
    if session.rounds().is_empty() && open.is_none() {
        return;
    }
    let selected = open.map_or_else(|| words::today().to_owned(), ToString::to_string);
    let menu = widgets::combo(ui, words::choice(), selected, WIDTH, |ui| {
        if ui.selectable_label(open.is_none(), words::today()).clicked() {
            requests.push(RoundAction::Show(None));
        }
        for round in session.rounds() {
            if ui.selectable_label(open == Some(&round.id), words::round(round)).clicked() {
                requests.push(RoundAction::Show(Some(round.id.clone())));
            }
        }
    });
    menu.on_hover_text(words::choice_hint());
}
