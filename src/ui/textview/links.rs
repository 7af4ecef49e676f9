//! Links beside the cards: painted, clicked, and drawn from card to card with the pointer.

use egui::epaint::CubicBezierShape;
use egui::{Color32, Key, Painter, PointerButton, Pos2, Rect, Response, Sense, Shape, Stroke, pos2, vec2};

use super::arcs::{self, Arc, Course, End, FIRST_LANE};
use super::geometry::{CARD, Margin};
use super::items::{Item, Shown};
use super::pointer::byte_at;
use super::{Frame, TextView};
use demarche_model::SpanRef;
use demarche_session::{LinkAction, LinkEnd, NavigateAction, OtherEnd};

/// Length of a stub in points.
const STUB: f32 = 12.0;
/// Length and half the width of an arrow head, in points.
const HEAD: (f32, f32) = (5.0, 3.0);
/// Radius of the bends, in points.
const BEND: f32 = 6.0;
/// Reach of a line to either side for the pointer, in points.
const REACH: f32 = 3.0;
/// Links drawn at most; a page with more of them could not be read.
const MOST: usize = 200;

/// A card in sight.
pub(super) struct Card<'a> {
    /// Its span.
    pub item: &'a Item,
    /// Where it stands.
    pub rect: Rect,
}

/// A link being drawn with the pointer.
#[derive(Clone, Debug)]
pub(super) struct Pull {
    /// The span it was pulled from.
    pub from: SpanRef,
    /// Where its card was last seen.
    pub origin: Pos2,
}

/// A link in sight, as the span of a card sees it.
struct Tie<'a> {
    at: &'a SpanRef,
    end: &'a LinkEnd,
    course: Course,
}

/// Paints the links of the cards in sight and answers clicks on them.
pub(super) fn draw(frame: &mut Frame<'_>, cards: &[Card<'_>], hovered: Option<&SpanRef>) {
    let Margin::Cards(left) = frame.geometry.margin else { return };
    let ties = ties(frame, cards);
    if ties.is_empty() {
        return;
    }
    let (view, edge) = (frame.geometry.view, left + CARD);
    let room = view.right() - edge - REACH;
    let courses: Vec<Course> = ties.iter().map(|tie| tie.course).collect();
    let tops: Vec<(f32, f32)> =
        cards.iter().map(|card| (card.rect.top() - view.top(), card.rect.bottom() - view.top())).collect();
    let arcs = arcs::lay_out(&courses, &tops, view.height(), arcs::lanes_in(room));
    let step = arcs::step(&arcs, room);
    let painter = frame.ui.painter().with_clip_rect(frame.ui.clip_rect().intersect(view));
    let mut lit = Vec::new();
    for (tie, arc) in ties.iter().zip(&arcs) {
        let line = Line { edge, step, top: view.top(), arc, course: tie.course };
        let response = line.sense(frame, tie);
        let ends = [Some(tie.at), tie.end.other.span_ref()];
        let near = |at: Option<&SpanRef>| at.is_some() && ends.contains(&at);
        if response.hovered() || near(hovered) || near(frame.page.picked) {
            lit.push((line, response));
        } else {
            let gone = tie.end.other == OtherEnd::Gone;
            line.paint(&painter, if gone { frame.tokens.warning } else { frame.tokens.text_faint }, 1.0);
        }
    }
    // Those that stand out are painted over the others.
    for (line, response) in lit {
        line.paint(&painter, frame.tokens.accent, if response.hovered() { 2.0 } else { 1.5 });
    }
}

/// The links of these cards, each once.
fn ties<'a>(frame: &Frame<'_>, cards: &'a [Card<'a>]) -> Vec<Tie<'a>> {
    let card_of = |at: &SpanRef| cards.iter().position(|card| &card.item.at == at);
    let mut out = Vec::new();
    for (index, card) in cards.iter().enumerate() {
        for end in card.item.links.iter() {
            let other = match end.other.span_ref() {
                Some(other) => match card_of(other) {
                    // It is drawn from the card that it starts at.
                    Some(_) if !end.outgoing => continue,
                    Some(other) => End::Card(other),
                    None => beyond(frame, card.item, other),
                },
                None => End::Away,
            };
            let here = End::Card(index);
            let (from, to) = if end.outgoing { (here, other) } else { (other, here) };
            out.push(Tie { at: &card.item.at, end, course: Course { from, to } });
        }
    }
    out.truncate(MOST);
    out
}

/// Where a span without a card lies, as seen from one that has one.
fn beyond(frame: &Frame<'_>, here: &Item, other: &SpanRef) -> End {
    let page = frame.page;
    if other.layer.document != *page.id {
        return End::Away;
    }
    let layer = page.layers.iter().find(|layer| *layer.annotator == other.layer.annotator);
    match layer.and_then(|layer| layer.layer.span(other.span)) {
        Some(span) if span.ranges.start() < here.range.start => End::Above,
        Some(_) => End::Below,
        // Its annotator is hidden.
        None => End::Away,
    }
}

/// A link on the screen.
struct Line<'a> {
    /// Right edge of the cards.
    edge: f32,
    /// From one lane to the next.
    step: f32,
    /// Top of the view.
    top: f32,
    arc: &'a Arc,
    course: Course,
}

impl Line<'_> {
    fn lane(&self) -> f32 {
        let lane = self.arc.lane.map_or(STUB, |lane| FIRST_LANE + lane as f32 * self.step);
        self.edge + lane
    }

    fn y(&self, y: f32) -> f32 {
        (self.top + y).round() + 0.5
    }

    /// Goes along with the pointer: what it says, and to the end that is farther away.
    fn sense(&self, frame: &mut Frame<'_>, tie: &Tie<'_>) -> Response {
        let (from, to, x) = (self.y(self.arc.from), self.y(self.arc.to), self.lane());
        let long = Rect::from_two_pos(pos2(x, from), pos2(x, to)).expand(REACH);
        let level =
            |y: f32| Rect::from_min_max(pos2(self.edge + 1.0, y), pos2(x, y)).expand2(vec2(0.0, REACH));
        let id = TextView::id().with(("link", tie.end.link.id.0.as_u128(), tie.end.outgoing));
        let response = frame.ui.interact(long, id, Sense::click());
        let mut all = response.clone();
        for (part, end, y) in [("from", self.course.from, from), ("to", self.course.to, to)] {
            if matches!(end, End::Card(_)) {
                all |= frame.ui.interact(level(y), id.with(part), Sense::click());
            }
        }
        let Some(relations) = frame.page.relations else { return all };
        let name = || relations.link_sentence(tie.at, tie.end);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Link: {}", name())));
        let all = all.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_ui(|ui| {
            ui.set_max_width(320.0);
            ui.label(name());
        });
        if all.clicked()
            && let Some(to) = self.farther(all.interact_pointer_pos(), tie)
        {
            frame.requests.push(NavigateAction::GoTo(to));
        }
        all
    }

    /// The end that a click at this point leads to.
    fn farther(&self, at: Option<Pos2>, tie: &Tie<'_>) -> Option<SpanRef> {
        let other = tie.end.other.span_ref().cloned();
        let both = matches!((self.course.from, self.course.to), (End::Card(_), End::Card(_)));
        let Some(at) = at.filter(|_| both) else { return other };
        // A link between two cards is seen from the one that it starts at.
        let nearer_to = (at.y - self.y(self.arc.to)).abs() < (at.y - self.y(self.arc.from)).abs();
        if nearer_to { Some(tie.at.clone()) } else { other }
    }

    fn paint(&self, painter: &Painter, colour: Color32, width: f32) {
        let stroke = Stroke::new(width, colour);
        let (from, to, x) = (self.y(self.arc.from), self.y(self.arc.to), self.lane());
        if self.arc.lane.is_none() {
            return self.paint_stub(painter, stroke, from);
        }
        let down = if to > from { 1.0 } else { -1.0 };
        let bend = BEND.min((to - from).abs() / 2.0);
        let mut start = from;
        if let End::Card(_) = self.course.from {
            painter.line_segment([pos2(self.edge, from), pos2(x - bend, from)], stroke);
            curve(painter, pos2(x - bend, from), pos2(x, from), pos2(x, from + down * bend), stroke);
            start = from + down * bend;
        }
        if let End::Card(_) = self.course.to {
            painter.line_segment([pos2(x, start), pos2(x, to - down * bend)], stroke);
            curve(painter, pos2(x, to - down * bend), pos2(x, to), pos2(x - bend, to), stroke);
            painter.line_segment([pos2(x - bend, to), pos2(self.edge + HEAD.0, to)], stroke);
            head(painter, pos2(self.edge + 1.0, to), vec2(-1.0, 0.0), colour);
        } else {
            let tip = to - down;
            painter.line_segment([pos2(x, start), pos2(x, tip - down * HEAD.0)], stroke);
            head(painter, pos2(x, tip), vec2(0.0, down), colour);
        }
    }

    /// A short line with a head at the side where the link leads; a ring where it comes from elsewhere.
    fn paint_stub(&self, painter: &Painter, stroke: Stroke, y: f32) {
        let end = self.edge + STUB;
        if let End::Card(_) = self.course.from {
            painter.line_segment([pos2(self.edge, y), pos2(end - HEAD.0, y)], stroke);
            head(painter, pos2(end + 1.0, y), vec2(1.0, 0.0), stroke.color);
        } else {
            painter.line_segment([pos2(self.edge + HEAD.0, y), pos2(end - 3.0, y)], stroke);
            painter.circle_stroke(pos2(end - 1.0, y), 2.0, stroke);
            head(painter, pos2(self.edge + 1.0, y), vec2(-1.0, 0.0), stroke.color);
        }
    }
}

/// A quarter of a round corner.
fn curve(painter: &Painter, from: Pos2, corner: Pos2, to: Pos2, stroke: Stroke) {
    let points = [from, from.lerp(corner, 0.55), to.lerp(corner, 0.55), to];
    painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
}

/// An arrow head with its tip here.
fn head(painter: &Painter, tip: Pos2, towards: egui::Vec2, colour: Color32) {
    let back = tip - towards * HEAD.0;
    let side = towards.rot90() * HEAD.1;
    painter.add(Shape::convex_polygon(vec![tip, back + side, back - side], colour, Stroke::NONE));
}

impl TextView {
    /// Whether the card at this place would be linked if the pointer let go now.
    pub(super) fn is_target(&self, frame: &Frame<'_>, at: &SpanRef, rect: Rect) -> bool {
        let pulled = self.pull.as_ref().is_some_and(|pull| pull.from != *at);
        pulled && frame.ctx.pointer_latest_pos().is_some_and(|pointer| rect.contains(pointer))
    }

    /// Goes on drawing a link with the pointer, and asks for it where that lets go over another passage.
    pub(super) fn pull_link(&mut self, frame: &mut Frame<'_>, shown: &[Shown], cards: &[(SpanRef, Rect)]) {
        let Some(pull) = &mut self.pull else { return };
        let pointer = frame.ctx.pointer_latest_pos();
        let (Some(at), false) = (pointer, frame.ctx.input(|input| input.key_down(Key::Escape))) else {
            self.pull = None;
            return;
        };
        let view = frame.geometry.view;
        if let Some((_, rect)) = cards.iter().find(|(card, _)| *card == pull.from) {
            pull.origin = if at.x > rect.center().x { rect.right_center() } else { rect.left_center() };
        } else {
            pull.origin.y = if pull.origin.y < view.center().y { view.top() } else { view.bottom() };
        }
        let (from, origin) = (pull.from.clone(), pull.origin);
        let card = cards.iter().find(|(_, rect)| rect.contains(at)).map(|(card, _)| card.clone());
        let words =
            || byte_at(shown, at).and_then(|byte| self.items.over(byte).first().map(|item| item.at.clone()));
        let target = card.or_else(|| view.contains(at).then(words)?).filter(|target| *target != from);
        paint_pull(frame, origin, at, target.is_some());
        if frame.ctx.input(|input| input.pointer.button_down(PointerButton::Primary)) {
            self.hovered_card.clone_from(&target);
            self.scroll_at_edge(frame, at);
            frame.ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
            frame.ctx.request_repaint();
            return;
        }
        self.pull = None;
        if let Some(to) = target {
            frame.requests.push(LinkAction::Draw { from, to });
        }
    }
}

/// The line that follows the pointer.
fn paint_pull(frame: &Frame<'_>, from: Pos2, to: Pos2, hits: bool) {
    let colour = if hits { frame.tokens.accent } else { frame.tokens.text_weak };
    let stroke = Stroke::new(1.5, colour);
    let painter = frame.ui.painter().with_clip_rect(frame.geometry.view);
    let out = vec2(if to.x > from.x { 24.0 } else { -24.0 }, 0.0);
    let points = [from, from + out, to - vec2(0.0, (to.y - from.y) * 0.4), to];
    painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    painter.circle_filled(to, 3.0, colour);
}

/// How many links a card stands for, to be read out: `, 2 links`.
pub(super) fn counted(item: &Item) -> String {
    match item.links.len() {
        0 => String::new(),
        1 => ", 1 link".to_owned(),
        many => format!(", {many} links"),
    }
}
