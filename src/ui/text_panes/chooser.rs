//! The menu over a pane in which the user chooses what it shows. Typing filters the documents.

use egui::{Key, PopupCloseBehavior, RichText, Role, Ui, WidgetInfo};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::text_panes as words;
use demarche_model::DocumentId;
use demarche_session::{Pane, PaneAction, PaneSide, Session};

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
            first.into_iter().for_each(|document| open(ui, pane, document.id(), requests));
        }
        ui.add_space(space::XS);
        let area = egui::ScrollArea::vertical().max_height(HEIGHT).auto_shrink([false, true]);
        area.show_rows(ui, size::ROW, self.found.len(), |ui, rows| {
            for document in self.found[rows].iter().filter_map(|at| documents.get(*at)) {
                let current = pane.document().is_some_and(|shown| shown.id() == document.id());
                let title = &document.meta.title;
                let (rect, response) = widgets::row(ui, size::ROW, current, title);
                let font = egui::FontId::proportional(size::INTERFACE);
                widgets::line(ui, rect.shrink2(egui::vec2(space::S, 0.0)), title, font, Tokens::of(ui).text);
                if response.clicked() {
                    open(ui, pane, document.id(), requests);
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
        let typed = self.typed.trim().to_lowercase();
        let documents = session.project().documents().iter().enumerate();
        let matching =
            documents.filter(|(_, document)| document.meta.title.to_lowercase().contains(typed.as_str()));
        self.found = matching.map(|(at, _)| at).collect();
        self.found_for = Some(now);
    }
}

fn open(ui: &Ui, pane: Pane<'_>, id: &DocumentId, requests: &mut Requests) {
    requests.push(PaneAction::Open(pane.key(), id.clone()));
    ui.close();
}
