//! The demands and offers that have possible answers, and the pairs that were dismissed.

use egui::{Align, FontId, Key, Layout, Rect, ScrollArea, Ui, vec2};

use super::{keyboard, passage};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::bargain::PassageIndex;
use demarche_model::SpanRef;
use demarche_session::{AnalyseAction, AnalysisNotesAction, DismissedAnswer, ReadingFound, Session};

/// Height of a demand or offer in the list, in points.
const ROW_PT: f32 = 42.0;

/// The list between frames.
#[derive(Default)]
pub(super) struct WaitingList {
    shows_dismissed: bool,
}

impl WaitingList {
    /// Shows the list below the views. Returns whether a demand or offer was chosen. `is_walked` says whether keys walk it.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        is_walked: bool,
        requests: &mut Requests,
    ) -> bool {
        let Some(result) = session.analyse().result() else { return false };
        let readings = result.readings.iter().enumerate();
        let asks: Vec<Waiting<'_>> = readings
            .flat_map(|(at, reading)| {
                reading.listed_asks.with_answers.iter().map(move |ask| Waiting { at, reading, ask: *ask })
            })
            .collect();
        let dismissed: usize =
            result.readings.iter().map(|reading| reading.listed_asks.dismissed.len()).sum();
        ui.add_space(space::M);
        widgets::heading(ui, &words::possible_answers(asks.len()), |_| {});
        if asks.is_empty() {
            widgets::weak(ui, words::none_waiting());
        }
        if dismissed > 0 {
            let text = words::show_dismissed(dismissed, self.shows_dismissed);
            if ui.link(text).clicked() {
                self.shows_dismissed = !self.shows_dismissed;
            }
        }
        let (mut is_chosen, to) = if is_walked { keys(ui, session, &asks, requests) } else { (false, None) };
        ScrollArea::vertical().id_salt("waiting").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if self.shows_dismissed && dismissed > 0 {
                for pair in session.dismissed_answers() {
                    dismissed_pair(ui, session, &pair, requests);
                }
            }
            if let Some(to) = to {
                let top = ui.cursor().min + vec2(0.0, to as f32 * ROW_PT);
                ui.scroll_to_rect(Rect::from_min_size(top, vec2(ui.available_width(), ROW_PT)), None);
            }
            widgets::visible_rows(ui, ROW_PT, asks.len(), |ui, at| {
                if row(ui, session, &asks[at], is_walked) {
                    asks[at].mark(requests);
                    is_chosen = true;
                }
            });
        });
        is_chosen
    }
}

/// A demand or offer that has possible answers.
struct Waiting<'a> {
    /// The reading, by its position in the result.
    at: usize,
    reading: &'a ReadingFound,
    ask: PassageIndex,
}

impl Waiting<'_> {
    fn span(&self) -> SpanRef {
        self.reading.moves.span_ref(self.ask)
    }

    fn mark(&self, requests: &mut Requests) {
        requests.push(AnalyseAction::MarkAsk { reading: self.at, ask: self.ask });
    }
}

/// Walks the list. Returns whether the marked demand or offer was chosen with Enter, and where the mark has moved.
fn keys(ui: &Ui, session: &Session, asks: &[Waiting<'_>], requests: &mut Requests) -> (bool, Option<usize>) {
    if !keyboard::is_free(ui) || asks.is_empty() {
        return (false, None);
    }
    let pressed = |key| keyboard::take(ui, key);
    let last = asks.len() - 1;
    let marked = asks.iter().position(|waiting| session.analyse().is_marked(&waiting.span()));
    let to = match marked {
        None => 0,
        Some(_) if pressed(Key::Enter) => return (true, None),
        Some(at) if pressed(Key::ArrowDown) => (at + 1).min(last),
        Some(at) if pressed(Key::ArrowUp) => at.saturating_sub(1),
        Some(_) if pressed(Key::Home) => 0,
        Some(_) if pressed(Key::End) => last,
        Some(_) => return (false, None),
    };
    asks[to].mark(requests);
    (false, Some(to))
}

/// Shows a demand or offer with the number of its possible answers. Returns whether it was clicked.
fn row(ui: &mut Ui, session: &Session, waiting: &Waiting<'_>, is_walked: bool) -> bool {
    let at = &waiting.span();
    let Some((title, quote)) = passage::title_and_quote(session, at) else { return false };
    let answers = waiting.reading.ledger.ask(waiting.ask).map_or(0, |ask| ask.candidates.len());
    let (category, parties) = (passage::category(session, at), passage::parties(session, at));
    let is_marked = session.analyse().is_marked(at);
    let label = words::waiting(&title, answers, &quote);
    let (rect, response) = widgets::row(ui, ROW_PT, is_marked, &label);
    if is_marked && is_walked {
        widgets::focus_ring(ui, rect.shrink(1.0));
    }
    let inner = rect.shrink2(vec2(space::S, 4.0));
    let (mut first, mut second) = (inner, inner);
    first.max.y = inner.center().y;
    second.min.y = inner.center().y;
    let tokens = Tokens::of(ui);
    let small = FontId::proportional(size::SMALL);
    let left = widgets::line_right(ui, first, &answers.to_string(), small.clone(), tokens.text_weak);
    let font = if is_marked { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    widgets::line(ui, first.with_max_x(left - space::S), &parties, font, tokens.text);
    widgets::line(ui, second, &format!("{category}: {quote}"), small, tokens.text_weak);
    response.on_hover_text(quote).clicked()
}

/// Shows a dismissed pair, with a button that restores it if the user dismissed it.
fn dismissed_pair(ui: &mut Ui, session: &Session, pair: &DismissedAnswer, requests: &mut Requests) {
    let (Some(ask), Some(answer)) =
        (passage::title_and_quote(session, &pair.ask), passage::title_and_quote(session, &pair.answer))
    else {
        return;
    };
    ui.push_id((pair.ask.span, pair.answer.span), |ui| {
        ui.add_space(space::XS);
        for (title, quote) in [&ask, &answer] {
            ui.add(egui::Label::new(format!("{title}: {quote}")).truncate()).on_hover_text(quote);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let may_restore = pair.mine.is_some() && session.read_only().is_none();
            let button = ui.add_enabled(may_restore, egui::Button::new(words::restore()).small());
            let button = button.on_disabled_hover_text(words::dismissed_by_another());
            if let Some(mine) = pair.mine.filter(|_| button.clicked()) {
                requests.push(AnalysisNotesAction::Restore(mine));
            }
        });
        ui.separator();
    });
}
