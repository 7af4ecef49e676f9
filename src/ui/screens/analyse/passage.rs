//! A passage as a card: category, who addresses whom, place and words.

use egui::{FontId, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_analysis::context::shorten;
use demarche_model::{Meaning, Ranges, Span, SpanRef};
use demarche_session::Session;

/// Height of a card, in points.
pub(super) const CARD_PT: f32 = 100.0;
/// Height of the line with the parties, in points.
const PARTIES_PT: f32 = 17.0;
/// Most characters of a passage that are shown.
const QUOTE: usize = 240;
/// Most characters of the place.
const PLACE: usize = 24;

/// Shows a passage as a card over the whole width. `None` if it is gone.
pub(super) fn card(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    is_marked: bool,
    height: f32,
) -> Option<Response> {
    card_of(ui, session, at, None, is_marked, height)
}

/// As [`card`], with the words at some ranges of the passage in place of all.
pub(super) fn card_of(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    part: Option<&Ranges>,
    is_marked: bool,
    height: f32,
) -> Option<Response> {
    let project = session.project();
    let (document, span) = (project.document(&at.layer.document)?, project.span(at)?);
    let tokens = Tokens::of(ui);
    let name = project.codebook().name_of(&span.category);
    let ranges = part.unwrap_or(&span.ranges);
    let quote = document.text.as_ref().map(|text| ranges.quote(text)).unwrap_or_default();
    let quote = shorten(&quote, QUOTE);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::ListItem, true, is_marked, format!("{name}: {quote}"))
    });
    let fill = match (is_marked, response.hovered()) {
        (true, _) => Some(tokens.selected),
        (false, true) => Some(tokens.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect.shrink(1.0), f32::from(size::RADIUS), fill);
    }
    if is_marked || response.has_focus() {
        widgets::focus_ring(ui, rect.shrink(1.0));
    }
    let inner = rect.shrink2(vec2(space::S, 6.0));
    let first = Rect::from_min_size(inner.min, vec2(inner.width(), 18.0));
    let colour = project.codebook().resolve(&span.category).map(|category| category.colour);
    widgets::swatch_at(ui, pos2(first.left() + 6.0, first.center().y), colour);
    let date = document.meta.date.as_ref().map(ToString::to_string).unwrap_or_default();
    let place = if date.is_empty() { document.meta.title.clone() } else { date };
    let small = FontId::proportional(size::SMALL);
    let left = widgets::line_right(ui, first, &shorten(&place, PLACE), small, tokens.text_weak);
    let title = first.with_min_x(first.left() + 18.0).with_max_x(left - space::S);
    widgets::line(ui, title, name, strong(size::INTERFACE), tokens.text);
    let mut text = Rect::from_min_max(pos2(inner.left() + 18.0, first.bottom() + 2.0), inner.max);
    let parties = parties_of(session, span);
    if !parties.is_empty() {
        let line = text.with_max_y(text.top() + PARTIES_PT);
        widgets::line(ui, line, &parties, FontId::proportional(size::SMALL), tokens.text_weak);
        text.min.y = line.bottom();
    }
    paint_quote(ui, text, quote);
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
    Some(response.on_hover_text(document.meta.title.as_str()))
}

/// The category of a passage with who addresses whom, and its words. `None` if it is gone.
pub(super) fn title_and_quote(session: &Session, at: &SpanRef) -> Option<(String, String)> {
    let project = session.project();
    let (document, span) = (project.document(&at.layer.document)?, project.span(at)?);
    let quote = document.text.as_ref().map(|text| span.ranges.quote(text)).unwrap_or_default();
    let title = title_of(session, span, project.codebook().name_of(&span.category));
    Some((title, shorten(&quote, QUOTE)))
}

/// Paints as many lines of a quote as fit, the last one shortened.
fn paint_quote(ui: &Ui, rect: Rect, quote: String) {
    let tokens = Tokens::of(ui);
    let font = FontId::proportional(size::INTERFACE);
    let line = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let mut job = egui::text::LayoutJob::simple(quote, font, tokens.text, rect.width());
    job.wrap.max_rows = ((rect.height() / line).floor() as usize).max(1);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(rect.min, galley, tokens.text);
}

/// The category and who addresses whom: `Demand  Estmark → Norvania`.
fn title_of(session: &Session, span: &Span, category: &str) -> String {
    match parties_of(session, span) {
        parties if parties.is_empty() => category.to_owned(),
        parties => format!("{category}  {parties}"),
    }
}

/// Who addresses whom: `Estmark → Norvania`.
fn parties_of(session: &Session, span: &Span) -> String {
    let value = |meaning| {
        let (def, _) = session.project().codebook().meaning(meaning)?;
        span.attributes.get(&def.id).map(ToString::to_string)
    };
    match (value(&Meaning::Actor), value(&Meaning::Target)) {
        (None, None) => String::new(),
        (Some(actor), None) => actor,
        (None, Some(target)) => format!("→ {target}"),
        (Some(actor), Some(target)) => format!("{actor} → {target}"),
    }
}

/// Who addresses whom in a passage.
pub(super) fn parties(session: &Session, at: &SpanRef) -> String {
    session.project().span(at).map(|span| parties_of(session, span)).unwrap_or_default()
}

/// The name of the category of a passage.
pub(super) fn category(session: &Session, at: &SpanRef) -> String {
    let project = session.project();
    let span = project.span(at);
    span.map(|span| project.codebook().name_of(&span.category).to_owned()).unwrap_or_default()
}
