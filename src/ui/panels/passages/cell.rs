//! The cells of the table.

use egui::{Align2, FontFamily, FontId, Rect, Ui, pos2};

use crate::theme::icons as m;
use crate::theme::{READING, Tokens, size, space};
use crate::widgets;
use crate::words::passages as words;
use demarche_analysis::context::{after, before, one_line, shorten};
use demarche_session::{Column, Passage};

/// Characters of context shown on either side.
const CONTEXT: usize = 60;

/// Most characters of a passage that a row shows.
const QUOTE: usize = 200;

/// Paints the value of a passage in a column.
pub(super) fn cell(ui: &Ui, rect: Rect, column: &Column, passage: &Passage<'_>) {
    let tokens = Tokens::of(ui);
    let small = FontId::proportional(size::SMALL);
    match column {
        Column::Category => {
            if let Some(category) = passage.project.codebook().category(&passage.span.category) {
                widgets::swatch(ui, rect.left_center() + egui::vec2(6.0, 0.0), category.colour);
            }
            let font = FontId::proportional(size::INTERFACE);
            widgets::line(ui, rect.with_min_x(rect.left() + 18.0), &passage.text(column), font, tokens.text);
        }
        Column::Passage => {
            let Some(text) = &passage.document.text else { return };
            let cover = passage.span.ranges.cover();
            let quote = shorten(&passage.span.quote(text), QUOTE);
            paint_context(
                ui,
                rect,
                &before(text, cover.start, CONTEXT),
                &quote,
                &after(text, cover.end, CONTEXT),
            );
        }
        // A note may have several lines, a row only has one.
        Column::Note => {
            let note = one_line(&shorten(&passage.span.note, QUOTE));
            widgets::line(ui, rect, &note, small, tokens.text_weak);
        }
        other => {
            widgets::line(ui, rect, &passage.text(other), small, tokens.text_weak);
        }
    }
}

/// Shows a quote in its context. The quotes of all rows are aligned.
pub fn in_context(ui: &mut Ui, before: &str, quote: &str, after: &str) {
    let rect = ui.available_rect_before_wrap();
    paint_context(ui, rect, before, quote, after);
    let response = ui.allocate_rect(rect, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, quote));
}

fn paint_context(ui: &Ui, rect: Rect, before: &str, quote: &str, after: &str) {
    let tokens = Tokens::of(ui);
    let font = FontId::new(14.0, FontFamily::Name(READING.into()));
    let lead = (rect.width() * 0.28).min(260.0);
    let clip = rect.with_max_x(rect.left() + lead).intersect(ui.clip_rect());
    let anchor = pos2(rect.left() + lead - 2.0, rect.center().y);
    let painter = ui.painter().with_clip_rect(clip);
    painter.text(anchor, Align2::RIGHT_CENTER, before, font.clone(), tokens.text_faint);
    let mut job = egui::text::LayoutJob::default();
    job.append(quote, 0.0, egui::TextFormat::simple(font.clone(), tokens.text));
    job.append(after, 0.0, egui::TextFormat::simple(font, tokens.text_faint));
    job.wrap = egui::text::TextWrapping::truncate_at_width((rect.width() - lead).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left() + lead, rect.center().y - galley.size().y / 2.0);
    ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).galley(at, galley, tokens.text);
}

/// Returns the accessible name of a row.
pub(super) fn label(passage: &Passage<'_>) -> String {
    let title = &passage.document.meta.title;
    words::row(&passage.text(&Column::Category), title, &shorten(&passage.quote(), 80))
}

/// Paints the heading of a group: a triangle, the value that its rows have in common, and their number.
pub(super) fn heading(ui: &Ui, rect: Rect, name: &str, rows: usize, closed: bool) {
    let tokens = Tokens::of(ui);
    let icon = if closed { m::ICON_CHEVRON_RIGHT } else { m::ICON_EXPAND_MORE };
    let text = icon.rich_text().size(18.0).color(tokens.text_weak);
    let galley = egui::WidgetText::from(text).into_galley(
        ui,
        Some(egui::TextWrapMode::Extend),
        f32::INFINITY,
        egui::TextStyle::Body,
    );
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, tokens.text_weak);
    let text = rect.with_min_x(rect.left() + 22.0);
    let end = widgets::line(ui, text, name, crate::theme::strong(size::INTERFACE), tokens.text);
    let small = FontId::proportional(size::SMALL);
    widgets::line(ui, rect.with_min_x(end + space::S), &widgets::count(rows), small, tokens.text_weak);
}
