//! The list of passages to decide on.

use crate::theme::icons as m;
use egui::{Align2, FontId, Sense, Ui, pos2, vec2};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_analysis::context::shorten;
use demarche_model::SpanRef;
use demarche_session::{ReviewAction, Session};

use super::{ReviewPanel, my_verdict};
use crate::requests::Requests;

/// Characters of a passage that a row shows at most.
const QUOTE: usize = 80;

impl ReviewPanel {
    pub(super) fn queue(&mut self, ui: &mut Ui, session: &Session, height: f32, requests: &mut Requests) {
        let items = session.review().items();
        let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let response = ui.interact(area, Self::queue_id(), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, "Queue"));
        if response.clicked() || std::mem::take(&mut self.focus_queue) {
            response.request_focus();
        }
        if response.has_focus() {
            widgets::focus_ring(ui, area);
        }
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(area.shrink(2.0)));
        if items.is_empty() && session.review().is_filling() {
            return widgets::empty_state(&mut inner, "Looking for passages…", "");
        }
        if items.is_empty() {
            let others = session.comparable().iter().any(|id| id != session.me());
            let hint = if others {
                "Choose other passages above: another person, or “all” for those already decided on."
            } else {
                "One decides on what others have tagged; nobody else works in this project yet. See People… in the menu Review."
            };
            return widgets::empty_state(&mut inner, "Nothing to decide on", hint);
        }
        let here = session.review_position();
        let current = here.and_then(|at| items.get(at)).cloned();
        let mut scroll = egui::ScrollArea::vertical().id_salt("review queue").auto_shrink(false);
        if self.shown != current {
            self.shown.clone_from(&current);
            if let Some(at) = here {
                let row = size::ROW + inner.spacing().item_spacing.y;
                scroll = scroll.vertical_scroll_offset((at as f32 * row - height / 2.0).max(0.0));
            }
        }
        scroll.show_rows(&mut inner, size::ROW, items.len(), |ui, rows| {
            for place in rows {
                let Some(at) = items.get(place) else { continue };
                if row(ui, session, at, here == Some(place)) {
                    requests.push(ReviewAction::GoTo(place));
                    response.request_focus();
                }
            }
        });
    }
}

fn row(ui: &mut Ui, session: &Session, at: &SpanRef, chosen: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (name, words, colour) = described(session, at);
    let (rect, response) = widgets::row(ui, size::ROW, chosen, &format!("Queue: {name} “{words}”"));
    let verdict = my_verdict(session, at);
    let centre = rect.left_center() + vec2(space::M, 0.0);
    match verdict {
        Some(verdict) => {
            let (icon, colour) = widgets::verdict_icon(verdict, tokens);
            let font = FontId::new(15.0, icon.font_family());
            ui.painter().text(centre, Align2::CENTER_CENTER, icon.codepoint, font, colour);
        }
        None => {
            ui.painter().circle_stroke(centre, 4.5, egui::Stroke::new(1.3, tokens.text_faint));
        }
    }
    widgets::swatch_at(ui, pos2(rect.left() + 32.0, centre.y), colour);
    let right = rect.with_max_x(rect.right() - space::S);
    let who = session.project().annotator(&at.layer.annotator).map(|person| person.display_initials());
    let who = who.unwrap_or_else(|| at.layer.annotator.to_string());
    let end = widgets::line_right(ui, right, &who, FontId::proportional(size::SMALL), tokens.text_weak);
    let text = rect.with_min_x(rect.left() + 44.0).with_max_x(end - space::S);
    widgets::line(ui, text, &words, FontId::proportional(size::INTERFACE), tokens.text);
    response.on_hover_text(format!("{name}: “{words}”")).clicked()
}

/// The category, the words and the colour of a passage; of one that is gone as it was when it was decided on.
pub(super) fn described(session: &Session, at: &SpanRef) -> (String, String, Option<demarche_model::Colour>) {
    let codebook = session.project().codebook();
    let document = session.project().document(&at.layer.document);
    let text = document.and_then(|document| document.text.as_ref());
    if let Some((span, text)) = session.project().span(at).zip(text) {
        let words = shorten(&span.quote(text), QUOTE);
        let colour = codebook.category(&span.category).map(|category| category.colour);
        return (codebook.name_of(&span.category).to_owned(), words, colour);
    }
    let about = document.into_iter().flat_map(|d| d.decisions(at.span)).find_map(|(_, d)| d.about.clone());
    let Some(about) = about else { return ("Gone".to_owned(), "a passage that is gone".to_owned(), None) };
    let name = format!("{}, gone", codebook.name_of(&about.category));
    let words = format!("gone: {}", shorten(&about.quote, QUOTE));
    (name, words, codebook.category(&about.category).map(|category| category.colour))
}

/// The icon of something that is new.
pub(super) fn fresh_icon() -> crate::theme::icons::MaterialIcon {
    m::ICON_MOVE_TO_INBOX
}
