//! The cards beside the text: one for each span in sight, at the height of its first line.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Painter, PointerButton, Rect, Sense, Stroke, StrokeKind, Ui,
    pos2, vec2,
};

use super::card_places::{Place, places};
use super::geometry::{CARD, Margin};
use super::items::{Item, Shown};
use super::links::{self, Card, Pull};
use super::menu::link_entries;
use super::{Frame, Page, TextView};
use crate::commands::CommandId;
use crate::requests::{Request, Requests};
use crate::theme::{STRONG, size};
use crate::widgets::{verdict_icon, verdict_name};
use demarche_model::{AttributeId, Span, SpanRef, Value};
use demarche_session::{AnnotateAction, NavigateAction};

/// Space between two cards in points.
const GAP: f32 = 4.0;
/// Height of a card with one line and with two, in points.
const HEIGHTS: [f32; 2] = [23.0, 39.0];
/// Height of the line that counts the cards for which there is no room.
const MORE: f32 = 18.0;

/// Where cards go: positions of those that fit, in points from the top.
#[derive(Clone, PartialEq, Debug, Default)]
struct Stack {
    /// Index of the card and its top.
    placed: Vec<(usize, f32)>,
    /// How many did not fit.
    hidden: usize,
}

/// Stacks cards (wished top and height) between 0 and `bottom`: in order, none over another, each as near to its wish as
/// those above allow; pushed up from the bottom if need be. Where not all fit, the last give way, but not `keep`.
fn stack(cards: &[(f32, f32)], bottom: f32, keep: Option<usize>) -> Stack {
    let needed = |cards: &[(f32, f32)]| cards.iter().map(|(_, h)| h + GAP).sum::<f32>() - GAP;
    let mut chosen: Vec<usize> = (0..cards.len()).collect();
    let mut hidden = 0;
    if needed(cards) > bottom {
        let mut height = MORE;
        let fits = cards.iter().take_while(|(_, h)| {
            height += h + GAP;
            height <= bottom
        });
        let count = fits.count();
        chosen.truncate(count);
        hidden = cards.len() - count;
        if let (Some(keep), Some(last)) = (keep.filter(|&k| k >= count && k < cards.len()), chosen.last_mut())
        {
            *last = keep;
        }
    }
    let bottom = if hidden > 0 { bottom - MORE } else { bottom };
    let mut placed = Vec::with_capacity(chosen.len());
    let mut free = 0.0_f32;
    for index in chosen {
        let (wish, height) = cards.get(index).copied().unwrap_or_default();
        let top = wish.max(free);
        free = top + height + GAP;
        placed.push((index, top));
    }
    let mut limit = bottom;
    for (index, top) in placed.iter_mut().rev() {
        let height = cards.get(*index).map_or(0.0, |card| card.1);
        *top = top.min(limit - height).max(0.0);
        limit = *top - GAP;
    }
    Stack { placed, hidden }
}

/// What the pointer does to the cards, and where they stand.
#[derive(Default)]
struct Heard {
    under: Option<SpanRef>,
    pulled: Option<Pull>,
    cards: Vec<(SpanRef, Rect)>,
}

impl TextView {
    pub(super) fn cards(&mut self, frame: &mut Frame<'_>, shown: &[Shown]) {
        let heard = match frame.geometry.margin {
            Margin::Cards(left) => {
                let places = places(self.items.all(), frame, shown);
                self.draw(frame, left, &places, self.hovered(frame, shown).map(|item| &item.at))
            }
            Margin::Ticks(x) => {
                for place in places(self.items.all(), frame, shown) {
                    let rect = Rect::from_min_size(
                        pos2(x, place.row.top() + 4.0),
                        vec2(3.0, place.row.height() - 8.0),
                    );
                    frame.ui.painter().rect_filled(rect, 1, frame.tokens.category(place.item.colour));
                }
                Heard::default()
            }
            Margin::Empty => Heard::default(),
        };
        if heard.under != self.hovered_card && self.pull.is_none() {
            self.hovered_card = heard.under;
            frame.ctx.request_repaint();
        }
        self.pull = heard.pulled.or(self.pull.take());
        self.pull_link(frame, shown, &heard.cards);
    }

    /// Draws the cards with their links.
    fn draw(
        &self,
        frame: &mut Frame<'_>,
        left: f32,
        places: &[Place<'_>],
        hovered: Option<&SpanRef>,
    ) -> Heard {
        let view = frame.geometry.view;
        let seconds: Vec<String> = places.iter().map(|place| second_line(place.item)).collect();
        let full: f32 = seconds.iter().map(|s| height(s, false) + GAP).sum();
        let compact = full > view.height() - 2.0 * GAP;
        let wishes: Vec<(f32, f32)> = places
            .iter()
            .zip(&seconds)
            .map(|(place, second)| (place.row.top() - view.top() - GAP, height(second, compact)))
            .collect();
        let keep = places.iter().position(|place| place.holds(frame.page.picked));
        let stacked = stack(&wishes, view.height() - 2.0 * GAP, keep);
        let painter = frame.ui.painter().with_clip_rect(frame.ui.clip_rect().intersect(view));
        let mut heard = Heard::default();
        let mut cards = Vec::new();
        for &(index, top) in &stacked.placed {
            let (Some(place), Some(second)) = (places.get(index), seconds.get(index)) else { continue };
            let rect =
                Rect::from_min_size(pos2(left, view.top() + GAP + top), vec2(CARD, height(second, compact)));
            self.card(frame, rect, place, if compact { "" } else { second }, hovered, &mut heard);
            cards.push(Card { item: place.item, rect });
        }
        if stacked.hidden > 0 {
            let lowest = cards.last().map_or(view.top(), |card| card.rect.bottom());
            let text = format!("+{} more", stacked.hidden);
            let galley =
                line(frame, &text, size::SMALL, FontFamily::Proportional, frame.tokens.text_weak, CARD);
            painter.galley(pos2(left + 10.0, lowest + GAP), galley, frame.tokens.text_weak);
        }
        links::draw(frame, &cards, hovered.or(heard.under.as_ref()));
        heard
    }

    /// Draws a card and answers what the pointer does to it.
    fn card(
        &self,
        frame: &mut Frame<'_>,
        rect: Rect,
        place: &Place<'_>,
        second: &str,
        hovered: Option<&SpanRef>,
        heard: &mut Heard,
    ) {
        let item = place.item;
        let clip = frame.ui.clip_rect().intersect(frame.geometry.view);
        let painter = &frame.ui.painter().with_clip_rect(clip);
        let id = TextView::id().with(("card", item.at.layer.annotator.as_str(), item.at.span.0.as_u128()));
        let can_link = frame.page.editable && frame.page.relations.is_some();
        let sense = if can_link { Sense::click_and_drag() } else { Sense::click() };
        let response = frame.ui.interact(rect, id, sense).on_hover_cursor(egui::CursorIcon::PointingHand);
        let name = frame.page.codebook.name_of(&item.span.category);
        let verdict = item.verdict.map_or(String::new(), |verdict| format!(", {}", verdict_name(verdict)));
        let who = place.who();
        let of = if place.others.is_empty() { String::new() } else { format!(" of {who}") };
        let label = || format!("Card: {name}{of}{}{verdict}", links::counted(item));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label()));
        if response.clicked() {
            frame.pick_or_choose(place.clicked(frame.page.picked));
        } else if response.secondary_clicked() {
            frame.pick(Some(item.at.clone()));
        }
        if response.double_clicked() {
            frame.requests.push(NavigateAction::GoTo(item.at.clone()));
        }
        if response.drag_started_by(PointerButton::Primary) {
            heard.pulled = Some(Pull { from: item.at.clone(), origin: rect.right_center() });
        }
        let (page, requests) = (frame.page, &mut *frame.requests);
        response.context_menu(|ui| card_menu(ui, page, item, requests));
        heard.cards.extend(place.items().map(|item| (item.at.clone(), rect)));
        if response.hovered() {
            heard.under = Some(item.at.clone());
        }
        let picked = place.items().any(|item| frame.page.picks(&item.at));
        let target = self.is_target(frame, &item.at, rect);
        let lit = response.hovered() || place.holds(hovered) || target;
        let colour = frame.tokens.category(item.colour);
        if picked || lit {
            connect(frame, painter, rect, place.row, colour);
        }
        let fill = if lit && !picked { frame.tokens.hover } else { frame.tokens.raised };
        let edge = match (target, picked) {
            (true, _) => Stroke::new(2.0, frame.tokens.accent),
            (_, true) => Stroke::new(1.5, colour),
            _ => Stroke::new(1.0, frame.tokens.line),
        };
        painter.rect(rect, CornerRadius::same(size::RADIUS), fill, edge, StrokeKind::Inside);
        let bar = Rect::from_min_size(rect.min + vec2(4.0, 4.0), vec2(3.0, rect.height() - 8.0));
        painter.rect_filled(bar, CornerRadius::same(1), colour);
        write(frame, painter, rect, place, &who, second);
    }
}

/// What can be done with the passage of a card.
fn card_menu(ui: &mut Ui, page: &Page<'_>, item: &Item, requests: &mut Requests) {
    link_entries(ui, page, Some(&item.at), requests);
    ui.separator();
    let entries = [
        ("Show its words", true, Request::from(NavigateAction::GoTo(item.at.clone()))),
        ("Note…", page.editable, CommandId::EditNote.into()),
        ("Remove passage", page.editable && item.mine, AnnotateAction::Remove(vec![item.at.clone()]).into()),
    ];
    for (name, possible, request) in entries {
        if ui.add_enabled(possible, egui::Button::new(name)).clicked() {
            requests.push(request);
            ui.close();
        }
    }
}

fn height(second: &str, compact: bool) -> f32 {
    let [one, two] = HEIGHTS;
    if compact || second.is_empty() { one } else { two }
}

fn write(frame: &Frame<'_>, painter: &Painter, rect: Rect, place: &Place<'_>, who: &str, second: &str) {
    let (tokens, item) = (frame.tokens, place.item);
    let name = frame.page.codebook.name_of(&item.span.category);
    let width = rect.width() - 20.0;
    let at = rect.min + vec2(12.0, 4.0);
    let strong = FontFamily::Name(STRONG.into());
    let title = line(frame, name, size::SMALL, strong, tokens.text, width);
    let used = title.size().x + 8.0;
    painter.galley(at, title, tokens.text);
    let mut right = rect.right() - 8.0;
    if let Some(verdict) = item.verdict {
        let (icon, colour) = verdict_icon(verdict, tokens);
        let icon_at = pos2(right, at.y + 7.0);
        let font = FontId::new(14.0, icon.font_family());
        painter.text(icon_at, egui::Align2::RIGHT_CENTER, icon.codepoint, font, colour);
        right -= 18.0;
    }
    let width = right - at.x;
    if !who.is_empty() && width - used > 16.0 {
        let laid = |who: &str, width: f32| {
            line(frame, who, size::SMALL, FontFamily::Proportional, tokens.text_weak, width)
        };
        // Of a name that does not fit, the initials.
        let fits = laid(who, f32::INFINITY).size().x <= width - used;
        let who = laid(if fits || !place.others.is_empty() { who } else { &item.short }, width - used);
        painter.galley(pos2(right - who.size().x, at.y), who, tokens.text_weak);
    }
    if !second.is_empty() {
        let second = line(frame, second, size::SMALL, FontFamily::Proportional, tokens.text_weak, width);
        painter.galley(at + vec2(0.0, 16.0), second, tokens.text_weak);
    }
}

/// A thin line from the end of the passage's row to its card.
fn connect(frame: &Frame<'_>, painter: &Painter, card: Rect, row: Rect, colour: Color32) {
    let bend = frame.geometry.left + frame.geometry.wrap + 5.0;
    let y = (row.bottom() - 3.0).round() - 0.5;
    let to = (card.top() + 11.0).round() + 0.5;
    let points = vec![
        pos2(row.right(), y),
        pos2(bend.max(row.right()), y),
        pos2(card.left() - 5.0, to),
        pos2(card.left(), to),
    ];
    painter.line(points, Stroke::new(1.0, colour));
}

/// One line of text, cut with an ellipsis where it is too long.
fn line(
    frame: &Frame<'_>,
    text: &str,
    size: f32,
    family: FontFamily,
    color: Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let font_id = FontId::new(size, family);
    let mut job =
        LayoutJob::single_section(text.to_owned(), TextFormat { font_id, color, ..TextFormat::default() });
    job.wrap = TextWrapping { max_rows: 1, break_anywhere: true, ..TextWrapping::wrap_at_width(width) };
    frame.ctx.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Who makes the move, or the first words of the note.
fn second_line(item: &Item) -> String {
    let span: &Span = &item.span;
    let actor = span
        .attributes
        .get(&AttributeId::new("actor"))
        .map(Value::to_string)
        .filter(|actor| !actor.is_empty());
    let said = actor.unwrap_or_else(|| span.note.split_whitespace().take(12).collect::<Vec<_>>().join(" "));
    match item.verdict {
        Some(verdict) if said.is_empty() => verdict_name(verdict).to_owned(),
        Some(verdict) => format!("{} · {said}", verdict_name(verdict)),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tops(cards: &[(f32, f32)], bottom: f32, keep: Option<usize>) -> (Vec<(usize, f32)>, usize) {
        let stack = stack(cards, bottom, keep);
        (stack.placed, stack.hidden)
    }

    #[test]
    fn cards_stand_where_they_wish_if_nothing_is_in_the_way() {
        assert_eq!(tops(&[(10.0, 20.0), (50.0, 20.0)], 200.0, None), (vec![(0, 10.0), (1, 50.0)], 0));
        assert_eq!(tops(&[], 200.0, None), (vec![], 0));
    }

    #[test]
    fn cards_are_pushed_down_and_up_from_the_bottom() {
        let cards = [(10.0, 20.0), (12.0, 20.0), (13.0, 20.0)];
        assert_eq!(tops(&cards, 200.0, None).0, [(0, 10.0), (1, 34.0), (2, 58.0)]);
        assert_eq!(tops(&cards, 70.0, None).0, [(0, 2.0), (1, 26.0), (2, 50.0)]);
        assert_eq!(tops(&[(190.0, 20.0)], 200.0, None).0, [(0, 180.0)]);
        assert_eq!(tops(&[(-30.0, 20.0)], 200.0, None).0, [(0, 0.0)]);
    }

    #[test]
    fn what_does_not_fit_is_counted_and_the_picked_card_stays() {
        let cards = [(0.0, 20.0); 10];
        let (placed, hidden) = tops(&cards, 100.0, None);
        assert_eq!((placed.len(), hidden), (3, 7));
        assert!(placed.iter().all(|&(_, top)| top + 20.0 <= 100.0 - MORE));
        let (placed, hidden) = tops(&cards, 100.0, Some(8));
        assert_eq!(placed.iter().map(|p| p.0).collect::<Vec<_>>(), [0, 1, 8]);
        assert_eq!(hidden, 7);
        assert_eq!(tops(&cards, 10.0, Some(3)), (vec![], 10));
    }
}
