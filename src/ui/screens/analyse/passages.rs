//! The passages behind a number.

use egui::{Align, Key, Layout, RichText, ScrollArea, Ui};

use super::passage::{CARD_PT, card_of};
use super::{fill_in, keyboard};
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use crate::words::analyse as words;
use demarche_model::SpanRef;
use demarche_session::{AnalyseAction, ListedPassages, NavigateAction, Session};

/// Shows the passages. A click or Enter opens one on the Annotate screen. `is_active` says whether keys walk the list.
pub(super) fn passages(ui: &mut Ui, session: &Session, is_active: bool, requests: &mut Requests) {
    let Some(listed) = session.analyse().listed() else {
        return widgets::empty_state(ui, words::no_passages(), words::passages_hint());
    };
    head(ui, listed);
    fill_in::of_listed(ui, session, listed, requests);
    if !listed.shared.is_empty() {
        shared_or_whole(ui, session, requests);
    }
    let moved = if is_active { keys(ui, listed, requests) } else { None };
    ScrollArea::vertical().id_salt("passages behind").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(to) = moved {
            let top = ui.cursor().top() + to as f32 * CARD_PT;
            let rect = egui::Rect::from_min_size(
                egui::pos2(ui.cursor().left(), top),
                egui::vec2(ui.available_width(), CARD_PT),
            );
            ui.scroll_to_rect(rect, None);
        }
        widgets::visible_rows(ui, CARD_PT, listed.spans.len(), |ui, at| {
            let span = &listed.spans[at];
            let is_marked = is_active && listed.marked == Some(at);
            let shared = listed.shared.get(at).and_then(Option::as_ref);
            let shared = shared.filter(|_| session.analyse().shows_shared());
            let shown = card_of(ui, session, span, shared, is_marked, CARD_PT);
            if shown.is_some_and(|response| response.clicked()) {
                requests.push(AnalyseAction::MarkPassage(at));
                open(span, requests);
            }
        });
    });
}

/// Shows a passage on the Annotate screen.
pub(super) fn open(at: &SpanRef, requests: &mut Requests) {
    requests.push(CommandId::ShowAnnotate);
    requests.push(NavigateAction::GoTo(at.clone()));
}

/// Shows the choice between the words that passages share and whole passages.
fn shared_or_whole(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let is_shared = session.analyse().shows_shared();
    ui.horizontal(|ui| {
        for (shows, name) in [(false, words::whole_passages()), (true, words::shared_words())] {
            if ui.selectable_label(is_shared == shows, name).clicked() {
                requests.push(AnalyseAction::ShowShared(shows));
            }
        }
    });
    ui.add_space(space::XS);
}

fn head(ui: &mut Ui, listed: &ListedPassages) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.label(RichText::new(words::behind(listed.spans.len())).font(strong(size::INTERFACE)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let title = RichText::new(listed.title.as_str()).size(size::SMALL);
            ui.add(egui::Label::new(title).truncate());
        });
    });
    ui.add_space(space::XS);
}

/// Walks the list, and opens the marked passage. Returns where the mark has moved.
fn keys(ui: &Ui, listed: &ListedPassages, requests: &mut Requests) -> Option<usize> {
    if !keyboard::is_free(ui) || listed.spans.is_empty() {
        return None;
    }
    let pressed = |key| keyboard::take(ui, key);
    let (at, last) = (listed.marked.unwrap_or_default(), listed.spans.len() - 1);
    if pressed(Key::Enter) {
        open(&listed.spans[at.min(last)], requests);
        return None;
    }
    let to = if pressed(Key::ArrowDown) {
        (at + 1).min(last)
    } else if pressed(Key::ArrowUp) {
        at.saturating_sub(1)
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else {
        return None;
    };
    requests.push(AnalyseAction::MarkPassage(to));
    Some(to)
}
