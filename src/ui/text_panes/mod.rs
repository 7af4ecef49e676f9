//! Two texts side by side: their division, a header for each, and tabs where there is not enough room for both.

mod chooser;

use egui::{CursorIcon, Id, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use demarche_session::{Pane, PaneAction, PaneSide, Session};

use self::chooser::Chooser;
use super::Settings;
use super::commands::CommandId;
use super::pages::Pages;
use super::panels::{header, linking, marker};
use super::requests::Requests;
use super::theme::icons as m;
use super::theme::{Tokens, size, space};
use super::words::text_panes as words;
use super::{keys, widgets};

/// Width of the splitter between the texts, in points.
const SPLITTER: f32 = 9.0;
/// Characters of a line for which each text has room at least.
const LEAST_CHARS: f32 = 45.0;
/// Mean width of a character, as a part of the font size.
const MEAN_ADVANCE: f32 = 0.46;
/// Width of a pane that its text does not get, in points: margins, ticks of passages, overview.
const AROUND_TEXT: f32 = 62.0;
/// Thickness of the line over the pane with the focus, in points.
const FOCUS_LINE: f32 = 3.0;

/// The division of the centre between two texts.
#[derive(Default)]
pub struct TextPanes {
    choosers: [Chooser; 2],
}

/// Returns the id under which egui keeps the part of the width that the left text gets, as it keeps sizes of panels.
fn share_id() -> Id {
    Id::unique("share of the left text")
}

/// Returns the least width of two texts side by side, in points.
pub fn least_width(text_size: f32) -> f32 {
    2.0 * least_pane_width(text_size) + SPLITTER
}

fn least_pane_width(text_size: f32) -> f32 {
    LEAST_CHARS * MEAN_ADVANCE * text_size + AROUND_TEXT
}

impl TextPanes {
    /// Shows both texts. Returns their rectangles.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (pages, settings): (&mut Pages, &Settings),
        requests: &mut Requests,
    ) -> [Rect; 2] {
        let rects = split(ui, least_pane_width(settings.text_size));
        let sides = [PaneSide::Left, PaneSide::Right];
        for ((pane, side), (rect, chooser)) in
            session.panes().zip(sides).zip(rects.into_iter().zip(&mut self.choosers))
        {
            paint_focus(ui, rect, pane);
            let inner = rect.with_min_y(rect.top() + FOCUS_LINE + space::XS);
            ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(pane.key()), |ui| {
                ui.set_clip_rect(ui.clip_rect().intersect(inner));
                let mut asked = Requests::default();
                pane_header(ui, (session, pane, side), chooser, &mut asked);
                requests.push_in(pane, false, asked);
                ui.add_space(space::XS);
                pages.pane(ui, (session, pane), (settings, words::text(side)), requests);
            });
        }
        pages.scroll_together(ui.ctx(), session);
        rects
    }
}

/// Divides the available space, as the splitter says. Each text keeps `least` points.
fn split(ui: &mut Ui, least: f32) -> [Rect; 2] {
    let whole = ui.available_rect_before_wrap();
    ui.allocate_rect(whole, Sense::hover());
    let room = (whole.width() - SPLITTER).max(1.0);
    let least = least.min(room / 2.0);
    let share: f32 = ui.data_mut(|data| data.get_persisted(share_id())).unwrap_or(0.5);
    let left = (room * share).clamp(least, room - least).round();
    let at = whole.left() + left;
    let splitter = Rect::from_min_max(pos2(at, whole.top()), pos2(at + SPLITTER, whole.bottom()));
    let response = ui.interact(splitter, ui.scope_id().with("between texts"), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Splitter, true, words::splitter()));
    let chosen = if response.double_clicked() {
        Some(0.5)
    } else {
        let pointer = response.interact_pointer_pos().filter(|_| response.dragged());
        let share = |x: f32| (x - SPLITTER / 2.0 - whole.left()) / room;
        pointer.map(|pointer| share(pointer.x).clamp(least / room, 1.0 - least / room))
    };
    if let Some(chosen) = chosen {
        ui.data_mut(|data| data.insert_persisted(share_id(), chosen));
    }
    let tokens = Tokens::of(ui);
    let busy = response.hovered() || response.dragged();
    let stroke = if busy { Stroke::new(2.0, tokens.accent) } else { Stroke::new(1.0, tokens.line) };
    ui.painter().vline(splitter.center().x, splitter.y_range(), stroke);
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    [whole.with_max_x(splitter.left()), whole.with_min_x(splitter.right())]
}

/// Paints the line over a pane: a thick one over the pane with the focus.
fn paint_focus(ui: &Ui, rect: Rect, pane: Pane<'_>) {
    let tokens = Tokens::of(ui);
    let line = Rect::from_min_size(rect.min, vec2(rect.width(), FOCUS_LINE));
    match pane.is_focused() {
        true => ui.painter().rect_filled(line, 1.0, tokens.accent),
        false => {
            let y = line.bottom() - 0.5;
            ui.painter().hline(line.x_range(), y, Stroke::new(1.0, tokens.line))
        }
    };
}

/// Shows the chooser of a pane's text, and below it status, layers and marker mode.
fn pane_header(
    ui: &mut Ui,
    (session, pane, side): (&Session, Pane<'_>, PaneSide),
    chooser: &mut Chooser,
    requests: &mut Requests,
) {
    if !(pane.is_focused() && linking::ui(ui, session, requests)) {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                buttons(ui, (session, pane, side), requests);
                chooser.ui(ui, (session, pane, side), requests);
            });
        });
    }
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        header::status_menu(ui, session, pane, requests);
        header::layers_menu(ui, session, pane, requests);
        if pane.is_focused() {
            marker::chip(ui, session, requests);
        }
    });
}

/// Shows the buttons of a pane, from right to left; those for both texts are above the right one.
fn buttons(ui: &mut Ui, (session, pane, side): (&Session, Pane<'_>, PaneSide), requests: &mut Requests) {
    if widgets::icon_button(ui, m::ICON_CLOSE, words::close(side)).clicked() {
        requests.push(PaneAction::Close(pane.key()));
    }
    if side == PaneSide::Left {
        return;
    }
    let swap = CommandId::SwapTexts.command();
    if widgets::icon_button(ui, m::ICON_REPEAT, swap.name).clicked() {
        requests.push(swap.id);
    }
    let together = CommandId::ScrollTogether.command();
    if widgets::icon_toggle(ui, m::ICON_LINK, session.scrolls_together(), together.name).clicked() {
        requests.push(together.id);
    }
}

/// Shows a tab for each of two texts that don't fit side by side, and why.
pub fn tabs(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    if !session.is_side_by_side() {
        return;
    }
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = keys::with_shortcut(ui.ctx(), words::close_other(), CommandId::SideBySide);
            if widgets::icon_button(ui, m::ICON_CLOSE, &close).clicked() {
                requests.push(CommandId::SideBySide);
            }
            widgets::weak(ui, words::narrow()).on_hover_text(words::narrow_hint());
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let width = (ui.available_width() - space::S) / 2.0;
                for pane in session.panes() {
                    let title = pane.title();
                    let tab = egui::Button::selectable(pane.is_focused(), &title).truncate();
                    ui.scope(|ui| {
                        ui.set_max_width(width);
                        if ui.add(tab).on_hover_text(&title).clicked() {
                            requests.push(PaneAction::Focus(pane.key()));
                        }
                    });
                }
            });
        });
    });
}
