//! The cards next to the text: one for each visible span, level with its first row.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Color32, CornerRadius, DragAndDrop, FontFamily, FontId, Painter, PointerButton, Rect, Sense, Stroke,
    StrokeKind, Ui, pos2, vec2,
};

use super::card_groups::{CardGroup, card_groups};
use super::geometry::SideMargin;
use super::links::{self, Card, LinkDrag};
use super::menu::link_entries;
use super::visible::{VisibleBlock, VisibleSpan};
use super::{Frame, Page, TextView};
use crate::carried::Carried;
use crate::commands::CommandId;
use crate::requests::{Request, Requests};
use crate::theme::{STRONG, size};
use crate::widgets::verdict_icon;
use crate::words::grammar::sentence;
use crate::words::{review, text_view as words};
use demarche_io::settings::TextLook;
use demarche_model::{AttributeId, Span, SpanRef, Value};
use demarche_session::{AnnotateAction, NavigateAction};

/// Space between two cards, in points.
const GAP: f32 = 4.0;
/// Height of a card with one line and with two, in points.
const HEIGHTS: [f32; 2] = [23.0, 39.0];
/// Width from which cards have names instead of initials, in points.
const WITH_NAMES: f32 = 220.0;
/// Height of the line that counts the cards that do not fit, in points.
const MORE: f32 = 18.0;

/// The positions of the cards that fit, in points from the top.
#[derive(Clone, PartialEq, Debug, Default)]
struct CardStack {
    /// The index of each card, and its top.
    placed: Vec<(usize, f32)>,
    /// The number of cards that do not fit.
    hidden: usize,
}

/// Stacks cards (preferred top and height) between 0 and `bottom`: in order, without overlaps, each as near to its
/// preferred position as those above allow; pushed up from the bottom if necessary. If not all fit, the last ones are
/// hidden, but never `keep`.
fn stack(cards: &[(f32, f32)], bottom: f32, keep: Option<usize>) -> CardStack {
    let needed = |cards: &[(f32, f32)]| cards.iter().map(|(_, h)| h + GAP).sum::<f32>() - GAP;
    let mut fitting: Vec<usize> = (0..cards.len()).collect();
    let mut hidden = 0;
    if needed(cards) > bottom {
        let mut height = MORE;
        let fits = cards.iter().take_while(|(_, h)| {
            height += h + GAP;
            height <= bottom
        });
        let count = fits.count();
        fitting.truncate(count);
        hidden = cards.len() - count;
        if let (Some(keep), Some(last)) =
            (keep.filter(|&k| k >= count && k < cards.len()), fitting.last_mut())
        {
            *last = keep;
        }
    }
    let bottom = if hidden > 0 { bottom - MORE } else { bottom };
    let mut placed = Vec::with_capacity(fitting.len());
    let mut free = 0.0_f32;
    for index in fitting {
        let (preferred, height) = cards.get(index).copied().unwrap_or_default();
        let top = preferred.max(free);
        free = top + height + GAP;
        placed.push((index, top));
    }
    let mut limit = bottom;
    for (index, top) in placed.iter_mut().rev() {
        let height = cards.get(*index).map_or(0.0, |card| card.1);
        *top = top.min(limit - height).max(0.0);
        limit = *top - GAP;
    }
    CardStack { placed, hidden }
}

/// The response of the cards to the pointer in a frame, and their rectangles.
#[derive(Default)]
struct CardInput {
    hovered: Option<SpanRef>,
    drag_started: Option<LinkDrag>,
    rects: Vec<(SpanRef, Rect)>,
}

impl TextView {
    pub(super) fn cards(&mut self, frame: &mut Frame<'_>, blocks: &[VisibleBlock]) {
        let input = match frame.geometry.margin {
            SideMargin::Cards { left, width } => {
                let groups = card_groups(self.visible.all(), frame, blocks);
                let hovered = self.hovered(frame, blocks).map(|item| &item.at);
                self.show_cards(frame, (left, width), &groups, hovered)
            }
            SideMargin::Ticks(x) => {
                for group in card_groups(self.visible.all(), frame, blocks) {
                    let rect = Rect::from_min_size(
                        pos2(x, group.row.top() + 4.0),
                        vec2(3.0, group.row.height() - 8.0),
                    );
                    frame.ui.painter().rect_filled(rect, 1, frame.tokens.category(group.item.colour));
                }
                CardInput::default()
            }
            SideMargin::Empty => CardInput::default(),
        };
        if input.hovered != self.hovered_card && self.link_drag.is_none() {
            self.hovered_card = input.hovered;
            frame.ctx.request_repaint();
        }
        self.link_drag = input.drag_started.or(self.link_drag.take());
        self.continue_link_drag(frame, blocks, &input.rects);
    }

    /// Paints the cards and their links.
    fn show_cards(
        &self,
        frame: &mut Frame<'_>,
        (left, width): (f32, f32),
        groups: &[CardGroup<'_>],
        hovered: Option<&SpanRef>,
    ) -> CardInput {
        let view = frame.geometry.view;
        let seconds: Vec<String> =
            groups.iter().map(|group| second_line(group.item, frame.page.look)).collect();
        let full: f32 = seconds.iter().map(|s| height(s, false) + GAP).sum();
        let compact = full > view.height() - 2.0 * GAP;
        let preferred: Vec<(f32, f32)> = groups
            .iter()
            .zip(&seconds)
            .map(|(group, second)| (group.row.top() - view.top() - GAP, height(second, compact)))
            .collect();
        let keep = groups.iter().position(|group| group.holds(frame.page.current_span));
        let stacked = stack(&preferred, view.height() - 2.0 * GAP, keep);
        let painter = frame.ui.painter().with_clip_rect(frame.ui.clip_rect().intersect(view));
        let mut input = CardInput::default();
        let mut cards = Vec::new();
        for &(index, top) in &stacked.placed {
            let (Some(group), Some(second)) = (groups.get(index), seconds.get(index)) else { continue };
            let rect =
                Rect::from_min_size(pos2(left, view.top() + GAP + top), vec2(width, height(second, compact)));
            self.show_card(frame, rect, group, if compact { "" } else { second }, hovered, &mut input);
            cards.push(Card { item: group.item, rect });
        }
        if stacked.hidden > 0 {
            let lowest = cards.last().map_or(view.top(), |card| card.rect.bottom());
            let text = words::more_cards(stacked.hidden);
            let galley =
                line(frame, &text, size::SMALL, FontFamily::Proportional, frame.tokens.text_weak, width);
            painter.galley(pos2(left + 10.0, lowest + GAP), galley, frame.tokens.text_weak);
        }
        links::show(frame, &cards, hovered.or(input.hovered.as_ref()));
        input
    }

    /// Shows a card and handles its input.
    fn show_card(
        &self,
        frame: &mut Frame<'_>,
        rect: Rect,
        group: &CardGroup<'_>,
        second: &str,
        hovered: Option<&SpanRef>,
        input: &mut CardInput,
    ) {
        let item = group.item;
        let clip = frame.ui.clip_rect().intersect(frame.geometry.view);
        let painter = &frame.ui.painter().with_clip_rect(clip);
        let id = frame.id.with(("card", item.at.layer.annotator.as_str(), item.at.span.0.as_u128()));
        let can_link = frame.page.editable && frame.page.relations.is_some();
        let sense = if can_link { Sense::click_and_drag() } else { Sense::click() };
        let response = frame.ui.interact(rect, id, sense).on_hover_cursor(egui::CursorIcon::PointingHand);
        let name = frame.page.codebook.name_of(&item.span.category);
        let who = group.annotators();
        let shared_by = if group.others.is_empty() { "" } else { who.as_str() };
        let label = || words::card(name, shared_by, item.links.len(), item.verdict.map(review::verdict));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label()));
        if response.clicked() {
            frame.click_span(group.click_target(frame.page.current_span));
        } else if response.secondary_clicked() {
            frame.set_current(Some(item.at.clone()));
        }
        if response.double_clicked() {
            frame.requests.push(NavigateAction::GoTo(item.at.clone()));
        }
        if response.drag_started_by(PointerButton::Primary) {
            DragAndDrop::set_payload(frame.ctx, Carried::Passage(item.at.clone()));
            input.drag_started = Some(LinkDrag { from: item.at.clone(), origin: rect.right_center() });
        }
        let (page, requests) = (frame.page, &mut *frame.requests);
        response.context_menu(|ui| card_menu(ui, page, item, requests));
        input.rects.extend(group.spans().map(|item| (item.at.clone(), rect)));
        if response.hovered() {
            input.hovered = Some(item.at.clone());
        }
        let selected = group.spans().any(|item| frame.page.is_highlighted(&item.at));
        let target = self.is_target(frame, &item.at, rect);
        let lit = response.hovered() || group.holds(hovered) || target;
        let colour = frame.tokens.category(item.colour);
        if selected || lit {
            paint_connector(frame, painter, rect, group.row, colour);
        }
        let fill = if lit && !selected { frame.tokens.hover } else { frame.tokens.raised };
        let edge = match (target, selected) {
            (true, _) => Stroke::new(2.0, frame.tokens.accent),
            (_, true) => Stroke::new(1.5, colour),
            _ => Stroke::new(1.0, frame.tokens.line),
        };
        painter.rect(rect, CornerRadius::same(size::RADIUS), fill, edge, StrokeKind::Inside);
        let bar = Rect::from_min_size(rect.min + vec2(4.0, 4.0), vec2(3.0, rect.height() - 8.0));
        painter.rect_filled(bar, CornerRadius::same(1), colour);
        paint_content(frame, painter, rect, group, &who, second);
    }
}

/// Shows the context menu of a card.
fn card_menu(ui: &mut Ui, page: &Page<'_>, item: &VisibleSpan, requests: &mut Requests) {
    link_entries(ui, page, Some(&item.at), requests);
    ui.separator();
    let remove = AnnotateAction::Remove(vec![item.at.clone()]);
    let entries = [
        (words::go_to_passage(), true, Request::from(NavigateAction::GoTo(item.at.clone()))),
        (CommandId::EditNote.command().name, page.editable, CommandId::EditNote.into()),
        (CommandId::RemovePassage.command().name, page.editable && item.mine, remove.into()),
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

fn paint_content(
    frame: &Frame<'_>,
    painter: &Painter,
    rect: Rect,
    group: &CardGroup<'_>,
    who: &str,
    second: &str,
) {
    let (tokens, item) = (frame.tokens, group.item);
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
        // Names in wide cards and initials in narrow ones, so that cards next to each other are alike.
        let fits = rect.width() >= WITH_NAMES && laid(who, f32::INFINITY).size().x <= width - used;
        let who = laid(if fits || !group.others.is_empty() { who } else { &item.initials }, width - used);
        painter.galley(pos2(right - who.size().x, at.y), who, tokens.text_weak);
    }
    if !second.is_empty() {
        let second = line(frame, second, size::SMALL, FontFamily::Proportional, tokens.text_weak, width);
        painter.galley(at + vec2(0.0, 16.0), second, tokens.text_weak);
    }
}

/// Paints a thin line from the end of the passage's row to its card.
fn paint_connector(frame: &Frame<'_>, painter: &Painter, card: Rect, row: Rect, colour: Color32) {
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

/// Lays out one line of text, cut with an ellipsis if it is too long.
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

/// Returns the second line of a card: those of actor and target, the other attributes and the first words of the note that
/// the settings choose, or the verdict. It is cut where the card ends.
fn second_line(item: &VisibleSpan, look: &TextLook) -> String {
    let span: &Span = &item.span;
    let is_shown = |id: &str| look.card_attributes.iter().any(|shown| shown == id);
    let value = |id: &str| {
        let value = span.attributes.get(&AttributeId::new(id)).map(Value::to_string);
        value.filter(|value| !value.is_empty() && is_shown(id))
    };
    let (actor, target) = (value("actor"), value("target"));
    let who = match (actor, target) {
        (Some(actor), Some(target)) => Some(words::actor_and_target(&actor, &target)),
        (Some(actor), None) => Some(actor),
        (None, target) => target.map(|target| words::actor_and_target("", &target)),
    };
    let note = span.note.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    let note = Some(note).filter(|note| look.card_note && !note.is_empty());
    let others = look.card_attributes.iter().filter(|id| !["actor", "target"].contains(&id.as_str()));
    let parts = who.into_iter().chain(others.filter_map(|id| value(id))).chain(note);
    let detail = parts.collect::<Vec<_>>().join(" · ");
    match item.verdict {
        // The icon of the verdict is enough if there is more to say.
        Some(verdict) if detail.is_empty() => sentence(review::verdict(verdict)),
        Some(_) | None => detail,
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
    fn cards_are_at_their_preferred_positions_if_there_is_room() {
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
    fn cards_that_do_not_fit_are_counted_and_the_kept_one_stays() {
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
