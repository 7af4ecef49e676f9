//! The passages behind a number.

use egui::{Align, FontId, Layout, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::context::shorten;
use demarche_model::{Meaning, Span, SpanRef};
use demarche_session::{ListedPassages, NavigateAction, Session};

/// Height of a passage in the list, in points.
const ROW_PT: f32 = 76.0;
/// Most characters of a passage that are shown.
const QUOTE: usize = 150;

/// Shows the passages. A click or Enter opens one on the Annotate screen.
pub(super) fn passages(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(listed) = session.analyse().listed() else {
        return widgets::empty_state(ui, words::no_passages(), words::passages_hint());
    };
    head(ui, listed);
    ScrollArea::vertical().id_salt("passages behind").auto_shrink(false).show_rows(
        ui,
        ROW_PT,
        listed.spans.len(),
        |ui, rows| {
            for at in &listed.spans[rows] {
                row(ui, session, at, requests);
            }
        },
    );
}

fn head(ui: &mut Ui, listed: &ListedPassages) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(words::behind(listed.spans.len())).font(strong(size::INTERFACE)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| widgets::weak(ui, listed.title.as_str()));
    });
    ui.add_space(space::XS);
}

fn row(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    let project = session.project();
    let (Some(document), Some(span)) = (project.document(&at.layer.document), project.span(at)) else {
        return;
    };
    let tokens = Tokens::of(ui);
    let category = project.codebook().resolve(&span.category);
    let name = project.codebook().name_of(&span.category);
    let quote = document.text.as_ref().map(|text| span.ranges.quote(text)).unwrap_or_default();
    let quote = shorten(&quote, QUOTE);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListItem, true, format!("{name}: {quote}")));
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink(1.0), f32::from(size::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        widgets::focus_ring(ui, rect);
    }
    let inner = rect.shrink2(vec2(space::S, space::XS));
    let first = egui::Rect::from_min_size(inner.min, vec2(inner.width(), 18.0));
    widgets::swatch_at(
        ui,
        pos2(first.left() + 6.0, first.center().y),
        category.map(|category| category.colour),
    );
    let date = document.meta.date.as_ref().map(ToString::to_string).unwrap_or_default();
    let place = if date.is_empty() { document.meta.title.clone() } else { date };
    let small = FontId::proportional(size::SMALL);
    let left = widgets::line_right(ui, first, &shorten(&place, 24), small.clone(), tokens.text_weak);
    let title = first.with_min_x(first.left() + 18.0).with_max_x(left - space::S);
    widgets::line(ui, title, &title_of(session, span, name), strong(size::INTERFACE), tokens.text);
    let text = egui::Rect::from_min_max(pos2(inner.left() + 18.0, first.bottom() + 2.0), inner.max);
    let galley = ui.painter().layout(quote, FontId::proportional(size::INTERFACE), tokens.text, text.width());
    ui.painter().with_clip_rect(text).galley(text.min, galley, tokens.text);
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
    if response.on_hover_text(document.meta.title.as_str()).clicked() {
        requests.push(CommandId::ShowAnnotate);
        requests.push(NavigateAction::GoTo(at.clone()));
    }
}

/// The category and who addresses whom: `Demand  Estmark → Norvania`.
fn title_of(session: &Session, span: &Span, category: &str) -> String {
    let value = |meaning| {
        let (def, _) = session.project().codebook().meaning(meaning)?;
        span.attributes.get(&def.id).map(ToString::to_string)
    };
    match (value(&Meaning::Actor), value(&Meaning::Target)) {
        (None, None) => category.to_owned(),
        (Some(actor), None) => format!("{category}  {actor}"),
        (None, Some(target)) => format!("{category}  → {target}"),
        (Some(actor), Some(target)) => format!("{category}  {actor} → {target}"),
    }
}
