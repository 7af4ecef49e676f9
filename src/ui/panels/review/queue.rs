//! The review queue: the list of passages to decide on.

use crate::theme::icons::{self as m, MaterialIcon};
use egui::{Align2, FontId, Sense, Ui, pos2, vec2};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::review as words;
use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, Colour, SpanRef};
use demarche_session::{ReviewAction, Session};

use super::{ReviewPanel, my_verdict};
use crate::requests::Requests;

/// Most characters of a passage that a row shows.
const QUOTE: usize = 80;

impl ReviewPanel {
    /// Shows the queue. `height` is that of the list in points.
    pub(super) fn queue(&mut self, ui: &mut Ui, session: &Session, height: f32, requests: &mut Requests) {
        let items = session.review().items();
        let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let response = ui.interact(area, Self::queue_id(), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, words::queue()));
        if response.clicked() || std::mem::take(&mut self.focus_queue) {
            response.request_focus();
        }
        if response.has_focus() {
            widgets::focus_ring(ui, area);
        }
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(area.shrink(2.0)));
        if items.is_empty() && session.review().is_filling() {
            return widgets::empty_state(&mut inner, words::reading_queue(), "");
        }
        if items.is_empty() {
            let others = session.coders().iter().any(|id| id != session.me());
            let hint = if others { words::empty_queue_hint() } else { words::no_one_else() };
            return widgets::empty_state(&mut inner, words::empty_queue(), hint);
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
            for index in rows {
                let Some(at) = items.get(index) else { continue };
                if row(ui, session, at, here == Some(index)) {
                    requests.push(ReviewAction::GoTo(index));
                    response.request_focus();
                }
            }
        });
    }
}

/// Shows a passage of the queue, and returns whether it was clicked.
fn row(ui: &mut Ui, session: &Session, at: &SpanRef, current: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (name, quote, colour) = describe(session, at);
    let (rect, response) = widgets::row(ui, size::ROW, current, &words::queue_row(&name, &quote));
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
    let together = session.reviewed_together(at);
    let who = together.iter().map(|at| initials(session, &at.layer.annotator)).collect::<Vec<_>>().join(" ");
    let end = widgets::line_right(ui, right, &who, FontId::proportional(size::SMALL), tokens.text_weak);
    let text = rect.with_min_x(rect.left() + 44.0).with_max_x(end - space::S);
    widgets::line(ui, text, &quote, FontId::proportional(size::INTERFACE), tokens.text);
    response.on_hover_text(words::passage(&name, &quote)).clicked()
}

fn initials(session: &Session, annotator: &AnnotatorId) -> String {
    let person = session.project().annotator(annotator);
    person.map_or_else(|| annotator.to_string(), |person| person.display_initials())
}

/// Returns the category, the words and the colour of a passage. One that was removed is described as it was when it was
/// decided on.
pub(super) fn describe(session: &Session, at: &SpanRef) -> (String, String, Option<Colour>) {
    let codebook = session.project().codebook();
    let document = session.project().document(&at.layer.document);
    let text = document.and_then(|document| document.text.as_ref());
    if let Some((span, text)) = session.project().span(at).zip(text) {
        let quote = shorten(&span.quote(text), QUOTE);
        let colour = codebook.category(&span.category).map(|category| category.colour);
        return (codebook.name_of(&span.category).to_owned(), quote, colour);
    }
    let about = document.into_iter().flat_map(|d| d.decisions(at.span)).find_map(|(_, d)| d.about.clone());
    let Some(about) = about else {
        return (words::missing_passage().to_owned(), words::missing_words().to_owned(), None);
    };
    let name = words::removed_category(codebook.name_of(&about.category));
    let quote = words::removed_words(&shorten(&about.quote.shown(), QUOTE));
    (name, quote, codebook.category(&about.category).map(|category| category.colour))
}

/// Returns the icon of an unread entry.
pub(super) fn unread_icon() -> MaterialIcon {
    m::ICON_MOVE_TO_INBOX
}
