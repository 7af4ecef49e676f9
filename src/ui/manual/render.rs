//! A page of the manual on the screen.

use egui::{Align, FontId, Layout, Sense, Ui, vec2};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::markup::{Piece, links, pieces, plain, without_comments};
use super::page::{ManualPage, Section};
use crate::keymap::Keymap;
use crate::theme::{Tokens, space, strong};

/// Size of the text, in points.
const TEXT: f32 = 14.0;

/// Size of the title of a page, in points.
const TITLE: f32 = 22.0;

/// Size of the headings of sections, in points.
const SECTION: f32 = 16.0;

/// Widest column, in points: about 72 characters.
pub const COLUMN: f32 = 500.0;

/// Shows a page, and scrolls to a section of it. Returns the link to another page that was clicked.
pub fn page(
    ui: &mut Ui,
    cache: &mut CommonMarkCache,
    page: ManualPage,
    show: Option<&str>,
) -> Option<String> {
    let mut clicked = None;
    let keymap = Keymap::of(ui.ctx());
    let style = ui.style_mut();
    // Lines of text, not of buttons.
    style.spacing.interact_size.y = TEXT;
    style.text_styles.insert(egui::TextStyle::Body, FontId::proportional(TEXT));
    style.text_styles.insert(egui::TextStyle::Monospace, FontId::proportional(TEXT - 1.0));
    for (number, section) in page.sections().enumerate() {
        let is_target = show == Some(&section.anchor());
        heading(ui, &section, number == 0, is_target);
        let text = keymap.in_markdown(section.text, page.key_context());
        let text = without_comments(&text);
        for piece in pieces(&text) {
            let link = match piece {
                Piece::Text(text) => markdown(ui, cache, text),
                Piece::Table(rows) => table(ui, cache, &rows),
            };
            clicked = clicked.or(link);
            ui.add_space(space::S);
        }
    }
    ui.add_space(space::XL);
    clicked
}

fn heading(ui: &mut Ui, section: &Section, is_title: bool, is_target: bool) {
    if !is_title {
        ui.add_space(space::M);
    }
    let font = strong(if is_title { TITLE } else { SECTION });
    let label = ui.label(egui::RichText::new(section.title).font(font));
    if is_target {
        label.scroll_to_me(Some(Align::TOP));
    }
    ui.add_space(space::XS);
}

/// Shows Markdown, and returns the link to another page that was clicked. Other links open in the browser.
fn markdown(ui: &mut Ui, cache: &mut CommonMarkCache, text: &str) -> Option<String> {
    let internal = || links(text).filter(|link| !link.contains("://"));
    internal().for_each(|link| cache.add_link_hook(link));
    CommonMarkViewer::new().show(ui, cache, text);
    internal().find(|link| cache.get_link_hook(link) == Some(true)).map(str::to_owned)
}

/// Shows a table. The last column takes the width that the others leave, and its text wraps.
fn table(ui: &mut Ui, cache: &mut CommonMarkCache, rows: &[Vec<&str>]) -> Option<String> {
    let widths = column_widths(ui, rows);
    let mut clicked = None;
    for (number, row) in rows.iter().enumerate() {
        let line = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for (cell, width) in row.iter().zip(&widths) {
                ui.allocate_ui_with_layout(vec2(*width, 0.0), Layout::top_down(Align::LEFT), |ui| {
                    ui.set_width(*width);
                    if number == 0 {
                        ui.label(egui::RichText::new(*cell).font(strong(TEXT - 1.0)));
                    } else {
                        clicked = clicked.take().or(markdown(ui, cache, cell));
                    }
                });
            }
        });
        rule(ui, line.response.rect.width());
    }
    clicked
}

fn rule(ui: &mut Ui, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, (1.0, Tokens::of(ui).line));
}

/// The widths of the columns: as wide as their text, while the last one keeps half of the table.
fn column_widths(ui: &Ui, rows: &[Vec<&str>]) -> Vec<f32> {
    let columns = rows.first().map_or(0, Vec::len);
    let room = ui.available_width() - space::L * columns.saturating_sub(1) as f32;
    let width = |cell: &str| {
        let text = plain(cell).trim().to_owned();
        let font = FontId::proportional(TEXT);
        ui.painter().layout_no_wrap(text, font, Tokens::of(ui).text).size().x + space::S
    };
    let widest =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).fold(0.0, f32::max);
    let before = columns.saturating_sub(1).max(1) as f32;
    let mut widths: Vec<f32> = (0..columns).map(|at| widest(at).min(room * 0.5 / before)).collect();
    let taken: f32 = widths.iter().rev().skip(1).sum();
    if let Some(last) = widths.last_mut() {
        *last = room - taken;
    }
    widths
}
