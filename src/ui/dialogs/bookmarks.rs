//! The bookmarks of the user: a click goes to one.

use egui::{FontId, Ui};

use super::Outcome;
use crate::commands::FocusCommand;
use crate::requests::Requests;
use crate::theme::{Tokens, icons as m, size, space};
use crate::widgets;
use crate::words::bookmarks as words;
use demarche_session::{Bookmark, NavigateAction, Session};

/// Greatest height of the list, in points.
const HEIGHT: f32 = 360.0;

/// Shows the list.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
    super::title(ui, words::title());
    let bookmarks = session.bookmarks();
    if bookmarks.is_empty() {
        widgets::empty_state(ui, words::empty(), words::empty_hint());
    }
    let mut outcome = Outcome::Stay;
    let area = egui::ScrollArea::vertical().id_salt("bookmarks").max_height(HEIGHT);
    area.show_rows(ui, size::ROW, bookmarks.len(), |ui, rows| {
        for bookmark in bookmarks.get(rows).unwrap_or_default() {
            if row(ui, session, bookmark, requests) {
                outcome = Outcome::Close;
            }
        }
    });
    ui.add_space(space::S);
    match super::close_button(ui) {
        Outcome::Stay => outcome,
        closed => closed,
    }
}

/// Shows a bookmark. Returns whether it was clicked.
fn row(ui: &mut Ui, session: &Session, bookmark: &Bookmark, requests: &mut Requests) -> bool {
    let id = bookmark.document.as_str().into();
    let document = session.project().document(&id);
    let title = document.map_or(words::no_document(), |document| document.meta.title.as_str());
    let mut clicked = false;
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::icon_button(ui, m::ICON_DELETE, &words::remove(&bookmark.quote)).clicked() {
                requests.push(NavigateAction::RemoveBookmark(bookmark.clone()));
            }
            let name = words::row(&bookmark.quote, title);
            let (rect, response) = widgets::row(ui, size::ROW, false, &name);
            let tokens = Tokens::of(ui);
            let inside = rect.shrink2(egui::vec2(space::S, 0.0));
            let (left, right) = inside.split_left_right_at_fraction(0.64);
            let font = FontId::proportional(size::INTERFACE);
            widgets::line(ui, left.with_max_x(left.right() - space::S), &bookmark.quote, font, tokens.text);
            widgets::line(ui, right, title, FontId::proportional(size::SMALL), tokens.text_weak);
            clicked = response.clicked();
        });
    });
    if clicked {
        requests.push(NavigateAction::GoToBookmark(bookmark.clone()));
        requests.push(FocusCommand::Text);
    }
    clicked
}
