//! Links next to the cards: painting, clicking, and drawing a new one from card to card with the pointer.

use egui::epaint::CubicBezierShape;
use egui::{Color32, Key, Painter, PointerButton, Pos2, Rect, Response, Sense, Shape, Stroke, pos2, vec2};

use super::arcs::{self, End, FIRST_LANE, LinkArc, LinkEnds};
use super::geometry::SideMargin;
use super::pointer::byte_at;
use super::visible::{VisibleBlock, VisibleSpan};
use super::{Frame, TextView};
use crate::words;
use demarche_model::SpanRef;
use demarche_session::{LinkAction, LinkEnd, NavigateAction, OtherEnd};

/// Length of a stub, in points.
const STUB: f32 = 12.0;
/// Length and half width of an arrow head, in points.
const HEAD: (f32, f32) = (5.0, 3.0);
/// Radius of the bends, in points.
const BEND: f32 = 6.0;
/// Distance from a line within which the pointer hits it, in points.
const HIT_DISTANCE: f32 = 3.0;
/// Maximum number of links painted; a page with more would be unreadable.
const MAX_LINKS: usize = 200;

/// A visible card.
pub(super) struct Card<'a> {
    /// Its span.
    pub item: &'a VisibleSpan,
    /// Its rectangle.
    pub rect: Rect,
}

/// A link being drawn with the pointer.
#[derive(Clone, Debug)]
pub(super) struct LinkDrag {
    /// The span at which the drag started.
    pub from: SpanRef,
    /// The point from which the line is painted: on the span's card, or at the edge of the view if that is not
    /// visible.
    pub origin: Pos2,
}

/// A visible link, seen from the span of a card.
struct VisibleLink<'a> {
    at: &'a SpanRef,
    end: &'a LinkEnd,
    ends: LinkEnds,
}

/// Paints the links of the visible cards and handles clicks on them.
pub(super) fn show(frame: &mut Frame<'_>, cards: &[Card<'_>], hovered: Option<&SpanRef>) {
    let SideMargin::Cards { left, width } = frame.geometry.margin else { return };
    let links = visible_links(frame, cards);
    if links.is_empty() {
        return;
    }
    let (view, edge) = (frame.geometry.view, left + width);
    let room = view.right() - edge - HIT_DISTANCE;
    let ends: Vec<LinkEnds> = links.iter().map(|link| link.ends).collect();
    let tops: Vec<(f32, f32)> =
        cards.iter().map(|card| (card.rect.top() - view.top(), card.rect.bottom() - view.top())).collect();
    let arcs = arcs::lay_out(&ends, &tops, view.height(), arcs::lanes_in(room));
    let step = arcs::step(&arcs, room);
    let painter = frame.ui.painter().with_clip_rect(frame.ui.clip_rect().intersect(view));
    let mut highlighted = Vec::new();
    for (link, arc) in links.iter().zip(&arcs) {
        let line = LinkLine { edge, step, top: view.top(), arc, ends: link.ends };
        let response = line.interact(frame, link);
        let ends = [Some(link.at), link.end.other.span_ref()];
        let near = |at: Option<&SpanRef>| at.is_some() && ends.contains(&at);
        if response.hovered() || near(hovered) || near(frame.page.current_span) {
            highlighted.push((line, response));
        } else {
            let gone = link.end.other == OtherEnd::Gone;
            line.paint(&painter, if gone { frame.tokens.warning } else { frame.tokens.text_faint }, 1.0);
        }
    }
    // Highlighted links are painted over the others.
    for (line, response) in highlighted {
        line.paint(&painter, frame.tokens.accent, if response.hovered() { 2.0 } else { 1.5 });
    }
}

/// Returns the links of the cards, each once.
fn visible_links<'a>(frame: &Frame<'_>, cards: &'a [Card<'a>]) -> Vec<VisibleLink<'a>> {
    let card_of = |at: &SpanRef| cards.iter().position(|card| &card.item.at == at);
    let mut out = Vec::new();
    for (index, card) in cards.iter().enumerate() {
        for end in card.item.links.iter() {
            let other = match end.other.span_ref() {
                Some(other) => match card_of(other) {
                    // It is painted from the card at which it starts.
                    Some(_) if !end.outgoing => continue,
                    Some(other) => End::Card(other),
                    None => off_screen_end(frame, card.item, other),
                },
                None => End::Elsewhere,
            };
            let here = End::Card(index);
            let (from, to) = if end.outgoing { (here, other) } else { (other, here) };
            out.push(VisibleLink { at: &card.item.at, end, ends: LinkEnds { from, to } });
        }
    }
    out.truncate(MAX_LINKS);
    out
}

/// Returns the direction of a span without a card, seen from one with a card.
fn off_screen_end(frame: &Frame<'_>, here: &VisibleSpan, other: &SpanRef) -> End {
    let page = frame.page;
    if other.layer.document != *page.id {
        return End::Elsewhere;
    }
    let layer = page.layers.iter().find(|layer| *layer.annotator == other.layer.annotator);
    match layer.and_then(|layer| layer.layer.span(other.span)) {
        Some(span) if span.ranges.start() < here.range.start => End::Above,
        Some(_) => End::Below,
        // Its annotator is hidden.
        None => End::Elsewhere,
    }
}

/// The line of a link on the screen.
struct LinkLine<'a> {
    /// Right edge of the cards.
    edge: f32,
    /// Distance between lanes.
    step: f32,
    /// Top of the view.
    top: f32,
    arc: &'a LinkArc,
    ends: LinkEnds,
}

impl LinkLine<'_> {
    fn lane_x(&self) -> f32 {
        let lane = self.arc.lane.map_or(STUB, |lane| FIRST_LANE + lane as f32 * self.step);
        self.edge + lane
    }

    fn y(&self, y: f32) -> f32 {
        (self.top + y).round() + 0.5
    }

    /// Handles the pointer: a tooltip, and a click that goes to the farther end.
    fn interact(&self, frame: &mut Frame<'_>, link: &VisibleLink<'_>) -> Response {
        let (from, to, x) = (self.y(self.arc.from), self.y(self.arc.to), self.lane_x());
        let long = Rect::from_two_pos(pos2(x, from), pos2(x, to)).expand(HIT_DISTANCE);
        let level = |y: f32| {
            Rect::from_min_max(pos2(self.edge + 1.0, y), pos2(x, y)).expand2(vec2(0.0, HIT_DISTANCE))
        };
        let id = frame.id.with(("link", link.end.link.id.0.as_u128(), link.end.outgoing));
        let response = frame.ui.interact(long, id, Sense::click());
        let mut all = response.clone();
        for (part, end, y) in [("from", self.ends.from, from), ("to", self.ends.to, to)] {
            if matches!(end, End::Card(_)) {
                all |= frame.ui.interact(level(y), id.with(part), Sense::click());
            }
        }
        let Some(relations) = frame.page.relations else { return all };
        let name = || relations.link_sentence(link.at, link.end);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words::links::arc(&name())));
        let all = all.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_ui(|ui| {
            ui.set_max_width(320.0);
            ui.label(name());
        });
        if all.clicked()
            && let Some(to) = self.farther_end(all.interact_pointer_pos(), link)
        {
            frame.requests.push(NavigateAction::GoTo(to));
        }
        all
    }

    /// Returns the end that a click at `at` leads to.
    fn farther_end(&self, at: Option<Pos2>, link: &VisibleLink<'_>) -> Option<SpanRef> {
        let other = link.end.other.span_ref().cloned();
        let both = matches!((self.ends.from, self.ends.to), (End::Card(_), End::Card(_)));
        let Some(at) = at.filter(|_| both) else { return other };
        // A link between two cards is seen from the one at which it starts.
        let nearer_to = (at.y - self.y(self.arc.to)).abs() < (at.y - self.y(self.arc.from)).abs();
        if nearer_to { Some(link.at.clone()) } else { other }
    }

    fn paint(&self, painter: &Painter, colour: Color32, width: f32) {
        let stroke = Stroke::new(width, colour);
        let (from, to, x) = (self.y(self.arc.from), self.y(self.arc.to), self.lane_x());
        if self.arc.lane.is_none() {
            return self.paint_stub(painter, stroke, from);
        }
        let down = if to > from { 1.0 } else { -1.0 };
        let bend = BEND.min((to - from).abs() / 2.0);
        let mut start = from;
        if let End::Card(_) = self.ends.from {
            painter.line_segment([pos2(self.edge, from), pos2(x - bend, from)], stroke);
            curve(painter, pos2(x - bend, from), pos2(x, from), pos2(x, from + down * bend), stroke);
            start = from + down * bend;
        }
        if let End::Card(_) = self.ends.to {
            painter.line_segment([pos2(x, start), pos2(x, to - down * bend)], stroke);
            curve(painter, pos2(x, to - down * bend), pos2(x, to), pos2(x - bend, to), stroke);
            painter.line_segment([pos2(x - bend, to), pos2(self.edge + HEAD.0, to)], stroke);
            arrow_head(painter, pos2(self.edge + 1.0, to), vec2(-1.0, 0.0), colour);
        } else {
            let tip = to - down;
            painter.line_segment([pos2(x, start), pos2(x, tip - down * HEAD.0)], stroke);
            arrow_head(painter, pos2(x, tip), vec2(0.0, down), colour);
        }
    }

    /// Paints a short line: with an arrow head at its end, or with a ring for a link that comes from elsewhere.
    fn paint_stub(&self, painter: &Painter, stroke: Stroke, y: f32) {
        let end = self.edge + STUB;
        if let End::Card(_) = self.ends.from {
            painter.line_segment([pos2(self.edge, y), pos2(end - HEAD.0, y)], stroke);
            arrow_head(painter, pos2(end + 1.0, y), vec2(1.0, 0.0), stroke.color);
        } else {
            painter.line_segment([pos2(self.edge + HEAD.0, y), pos2(end - 3.0, y)], stroke);
            painter.circle_stroke(pos2(end - 1.0, y), 2.0, stroke);
            arrow_head(painter, pos2(self.edge + 1.0, y), vec2(-1.0, 0.0), stroke.color);
        }
    }
}

/// Paints a rounded corner.
fn curve(painter: &Painter, from: Pos2, corner: Pos2, to: Pos2, stroke: Stroke) {
    let points = [from, from.lerp(corner, 0.55), to.lerp(corner, 0.55), to];
    painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
}

/// Paints an arrow head with its tip at `tip`.
fn arrow_head(painter: &Painter, tip: Pos2, towards: egui::Vec2, colour: Color32) {
    let back = tip - towards * HEAD.0;
    let side = towards.rot90() * HEAD.1;
    painter.add(Shape::convex_polygon(vec![tip, back + side, back - side], colour, Stroke::NONE));
}

impl TextView {
    /// Returns whether releasing the pointer now would link the card at `rect`.
    pub(super) fn is_target(&self, frame: &Frame<'_>, at: &SpanRef, rect: Rect) -> bool {
        let dragging = self.link_drag.as_ref().is_some_and(|link_drag| link_drag.from != *at);
        dragging && frame.ctx.pointer_latest_pos().is_some_and(|pointer| rect.contains(pointer))
    }

    /// Continues drawing a link with the pointer. Requests the link if the pointer is released over another passage.
    pub(super) fn continue_link_drag(
        &mut self,
        frame: &mut Frame<'_>,
        blocks: &[VisibleBlock],
        cards: &[(SpanRef, Rect)],
    ) {
        let Some(link_drag) = &mut self.link_drag else { return };
        let pointer = frame.ctx.pointer_latest_pos();
        let (Some(at), false) = (pointer, frame.ctx.input(|input| input.key_down(Key::Escape))) else {
            self.link_drag = None;
            return;
        };
        let view = frame.geometry.view;
        if let Some((_, rect)) = cards.iter().find(|(card, _)| *card == link_drag.from) {
            link_drag.origin = if at.x > rect.center().x { rect.right_center() } else { rect.left_center() };
        } else {
            link_drag.origin.y =
                if link_drag.origin.y < view.center().y { view.top() } else { view.bottom() };
        }
        let (from, origin) = (link_drag.from.clone(), link_drag.origin);
        let card = cards.iter().find(|(_, rect)| rect.contains(at)).map(|(card, _)| card.clone());
        let words =
            || byte_at(blocks, at).and_then(|byte| self.visible.at(byte).first().map(|item| item.at.clone()));
        let target = card.or_else(|| view.contains(at).then(words)?).filter(|target| *target != from);
        paint_link_drag(frame, origin, at, target.is_some());
        if frame.ctx.input(|input| input.pointer.button_down(PointerButton::Primary)) {
            self.hovered_card.clone_from(&target);
            self.scroll_at_edge(frame, at);
            frame.ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
            frame.ctx.request_repaint();
            return;
        }
        self.link_drag = None;
        if let Some(to) = target {
            frame.requests.push(LinkAction::Draw { from, to });
        }
    }
}

/// Paints the line that follows the pointer.
fn paint_link_drag(frame: &Frame<'_>, from: Pos2, to: Pos2, on_target: bool) {
    let colour = if on_target { frame.tokens.accent } else { frame.tokens.text_weak };
    let stroke = Stroke::new(1.5, colour);
    let painter = frame.ui.painter().with_clip_rect(frame.geometry.view);
    let out = vec2(if to.x > from.x { 24.0 } else { -24.0 }, 0.0);
    let points = [from, from + out, to - vec2(0.0, (to.y - from.y) * 0.4), to];
    painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    painter.circle_filled(to, 3.0, colour);
}
