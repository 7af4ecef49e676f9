//! The choice of a bargaining role.

use egui::Ui;

use crate::widgets;
use crate::words::roles as words;
use demarche_model::{MoveRole, OwnRole};

/// Width in points of the menu.
const WIDTH: f32 = 220.0;

/// Shows a menu of the roles; `name` is its accessible name.
pub fn role_choice(ui: &mut Ui, name: &str, role: &mut OwnRole) {
    widgets::combo(ui, name, words::own(*role), WIDTH, |ui| {
        let roles = MoveRole::ALL.map(OwnRole::Role);
        for choice in [OwnRole::Inherited, OwnRole::NoRole].into_iter().chain(roles) {
            ui.selectable_value(role, choice, words::own(choice));
        }
    });
}
