//! The results of a search in all documents.

use egui::Ui;
use egui_extras::{Column, TableBuilder};

use crate::theme::size;
use crate::widgets;
use crate::words::find as words;
use demarche_session::{NavigateAction, Session};

use super::passages::in_context;
use crate::requests::Requests;

/// Shows the results.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some((query, rows, done)) = session.find().everywhere() else { return };
    ui.label(words::results(&query.pattern, rows.len(), done));
    if rows.is_empty() {
        if done {
            widgets::empty_state(ui, words::no_matches(), words::no_matches_hint());
        }
        return;
    }
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
