//! The results of a search in all documents.

use egui::Ui;
use egui_extras::{Column, TableBuilder};

use crate::commands::{DialogCommand, FocusCommand};
use crate::theme::icons as m;
use crate::theme::size;
use crate::widgets;
use crate::words::find as words;
use demarche_session::{FindAction, NavigateAction, Session};

use super::passages::in_context;
use crate::requests::Requests;

/// Shows the results.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some((query, rows, done)) = session.find().everywhere() else { return };
    ui.horizontal(|ui| {
        ui.label(words::results(&query.pattern, rows.len(), done));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::icon_button(ui, m::ICON_CLOSE, words::close_results()).clicked() {
                requests.push(FindAction::DropResults);
                requests.push(FocusCommand::Text);
            }
            let tag = egui::Button::new(words::tag_all());
            let can_tag = done && !rows.is_empty() && session.read_only().is_none();
            if ui.add_enabled(can_tag, tag).on_hover_text(words::tag_all_hint()).clicked() {
                requests.push(DialogCommand::TagHits);
            }
        });
    });
    if rows.is_empty() {
        if done {
            widgets::empty_state(ui, words::no_matches(), words::no_matches_hint());
        }
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let table = TableBuilder::new(ui)
        .id_salt("search results")
        .min_scrolled_height(0.0)
        .auto_shrink(false)
        .sense(egui::Sense::click())
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .column(Column::initial(220.0).at_least(80.0).clip(true).resizable(true))
        .column(Column::remainder().clip(true).resizable(false));
    table.body(|body| {
        body.rows(size::ROW, rows.len(), |mut row| {
            let Some(found) = rows.get(row.index()) else { return };
            row.col(|ui| {
                let title = session.project().document(&found.document).map(|d| d.meta.title.clone());
                widgets::weak(ui, title.unwrap_or_default());
            });
            row.col(|ui| in_context(ui, &found.context[0], &found.context[1], &found.context[2]));
            if row.response().clicked() {
                requests.push(NavigateAction::GoToRange(found.document.clone(), found.range));
            }
        });
    });
}
