//! What stands in a cell.

use egui::{Align2, FontFamily, FontId, Rect, Ui, pos2};

use crate::theme::{READING, Tokens, size, space};
use crate::widgets;
use demarche_analysis::context::{after, before, one_line, shorten};
use demarche_session::{Column, Passage};

/// Characters of context shown to either side.
const CONTEXT: usize = 60;

/// Characters of a passage that a row shows at most.
const QUOTE: usize = 200;

/// Paints what a passage has in a column.
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
            let words = shorten(&passage.span.quote(text), QUOTE);
            paint_context(
                ui,
                rect,
                &before(text, cover.start, CONTEXT),
                &words,
                &after(text, cover.end, CONTEXT),
            );
        }
        // A note may have lines; a row has one.
        Column::Note => {
            let note = one_line(&shorten(&passage.span.note, QUOTE));
            widgets::line(ui, rect, &note, small, tokens.text_weak);
        }
        other => {
            widgets::line(ui, rect, &passage.text(other), small, tokens.text_weak);
        }
    }
}

/// Words with what stands before and after, the words at the same place in every row.
pub fn in_context(ui: &mut Ui, before: &str, words: &str, after: &str) {
    let rect = ui.available_rect_before_wrap();
    paint_context(ui, rect, before, words, after);
    let response = ui.allocate_rect(rect, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}

fn paint_context(ui: &Ui, rect: Rect, before: &str, words: &str, after: &str) {
    let tokens = Tokens::of(ui);
    let font = FontId::new(14.0, FontFamily::Name(READING.into()));
    let lead = (rect.width() * 0.28).min(260.0);
    let clip = rect.with_max_x(rect.left() + lead).intersect(ui.clip_rect());
    let anchor = pos2(rect.left() + lead - 2.0, rect.center().y);
    let painter = ui.painter().with_clip_rect(clip);
    painter.text(anchor, Align2::RIGHT_CENTER, before, font.clone(), tokens.text_faint);
    let mut job = egui::text::LayoutJob::default();
    job.append(words, 0.0, egui::TextFormat::simple(font.clone(), tokens.text));
    job.append(after, 0.0, egui::TextFormat::simple(font, tokens.text_faint));
    job.wrap = egui::text::TextWrapping::truncate_at_width((rect.width() - lead).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left() + lead, rect.center().y - galley.size().y / 2.0);
    ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).galley(at, galley, tokens.text);
}

/// What a screen reader says of a row.
pub(super) fn spoken(passage: &Passage<'_>) -> String {
    format!(
        "{}, {}: {}",
        passage.text(&Column::Category),
        passage.document.meta.title,
        shorten(&passage.quote(), 80)
    )
}

/// The heading of a group: a triangle, what its rows have in common, and how many there are.
pub(super) fn heading(ui: &Ui, rect: Rect, name: &str, rows: usize, closed: bool) {
    let tokens = Tokens::of(ui);
    use crate::theme::icons as m;
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
    let words = rect.with_min_x(rect.left() + 22.0);
    let end = widgets::line(ui, words, name, crate::theme::strong(size::INTERFACE), tokens.text);
    let small = FontId::proportional(size::SMALL);
    widgets::line(ui, rect.with_min_x(end + space::S), &widgets::count(rows), small, tokens.text_weak);
}
