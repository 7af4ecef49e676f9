//! The menu over a pane in which the user chooses what it shows. Typing filters the documents.

use egui::{Key, PopupCloseBehavior, RichText, Role, Ui, WidgetInfo};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::text_panes as words;
use demarche_analysis::search::folded;
use demarche_session::{Pane, PaneAction, PaneSide, PaneText, Session};

/// Greatest height of the list, in points.
const HEIGHT: f32 = 12.0 * size::ROW;
/// Least width of the list, in points.
const WIDTH: f32 = 260.0;

/// What is typed into the menu of a pane, and the documents that match it.
#[derive(Default)]
pub(super) struct Chooser {
    typed: String,
    /// The positions of the documents that match.
    found: Vec<usize>,
    found_for: Option<(String, u64)>,
    was_open: bool,
}

impl Chooser {
    /// Shows the menu. Its button has the title of what the pane shows.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        (session, pane, side): (&Session, Pane<'_>, PaneSide),
        requests: &mut Requests,
    ) {
        let tokens = Tokens::of(ui);
        let title = RichText::new(pane.title());
        let title = match pane.is_focused() {
            true => title.font(strong(size::INTERFACE)).color(tokens.text),
            false => title.color(tokens.text_weak),
        };
        let combo = egui::ComboBox::from_id_salt(("document of a pane", side))
            .selected_text(title)
            .width(ui.available_width())
            .truncate()
            .height(HEIGHT + 6.0 * size::ROW)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let shown = combo.show_ui(ui, |ui| self.list(ui, (session, pane), requests));
        self.was_open = shown.inner.is_some();
        let name = format!("{}: {}", words::document(side), pane.title());
        shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
        shown.response.on_hover_text(pane.title());
    }

    fn list(&mut self, ui: &mut Ui, (session, pane): (&Session, Pane<'_>), requests: &mut Requests) {
        if !self.was_open {
            self.typed.clear();
        }
        let documents = session.project().documents();
        ui.set_width(ui.available_width().max(WIDTH));
        let field = egui::TextEdit::singleline(&mut self.typed)
            .hint_text(words::filter_hint(documents.len()))
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        if !self.was_open {
            field.request_focus();
        }
        self.refresh(session);
        let first = self.found.first().and_then(|at| documents.get(*at));
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let first = first.map(|document| PaneText::current(document.id()));
            first.into_iter().for_each(|text| open(ui, pane, text, requests));
        }
        versions(ui, pane, requests);
        ui.add_space(space::XS);
        let area = egui::ScrollArea::vertical().max_height(HEIGHT).auto_shrink([false, true]);
        area.show_rows(ui, size::ROW, self.found.len(), |ui, rows| {
            for document in self.found[rows].iter().filter_map(|at| documents.get(*at)) {
                let is_shown = pane.document().is_some_and(|shown| shown.id() == document.id());
                if entry(ui, is_shown && pane.earlier().is_none(), &document.meta.title) {
                    open(ui, pane, PaneText::current(document.id()), requests);
                }
            }
        });
    }

    /// Filters the documents if the filter or the list has changed.
    fn refresh(&mut self, session: &Session) {
        let now = (self.typed.clone(), session.project().list_revision());
        if self.found_for.as_ref() == Some(&now) {
            return;
        }
        let typed = folded(self.typed.trim());
        let documents = session.project().documents().iter().enumerate();
        let matching =
            documents.filter(|(_, document)| folded(&document.meta.title).contains(typed.as_str()));
        self.found = matching.map(|(at, _)| at).collect();
        self.found_for = Some(now);
    }
}

/// Shows the earlier versions of the pane's text, latest first.
fn versions(ui: &mut Ui, pane: Pane<'_>, requests: &mut Requests) {
    let Some(document) = pane.document().filter(|document| !document.other_texts.is_empty()) else { return };
    ui.add_space(space::XS);
    widgets::caption(ui, words::versions());
    let number = document.meta.versions.current.number;
    if entry(ui, pane.earlier().is_none(), &words::current_version(number)) {
        open(ui, pane, PaneText::current(document.id()), requests);
    }
    for number in document.other_texts.keys().rev() {
        if entry(ui, pane.earlier() == Some(*number), &words::version(*number)) {
            open(ui, pane, PaneText::earlier(document.id(), *number), requests);
        }
    }
    ui.separator();
}

/// Shows an entry of the list. Returns whether it was clicked.
fn entry(ui: &mut Ui, is_shown: bool, title: &str) -> bool {
    let (rect, response) = widgets::row(ui, size::ROW, is_shown, title);
    let font = egui::FontId::proportional(size::INTERFACE);
    widgets::line(ui, rect.shrink2(egui::vec2(space::S, 0.0)), title, font, Tokens::of(ui).text);
    response.clicked()
}

fn open(ui: &Ui, pane: Pane<'_>, text: PaneText, requests: &mut Requests) {
    requests.push(PaneAction::Open(pane.key(), text));
    ui.close();
}
