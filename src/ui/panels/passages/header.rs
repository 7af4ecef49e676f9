//! The column headings: a click sorts, the funnel filters, the edge resizes, and the context menu offers everything.

use crate::theme::icons::{self as m, MaterialIcon};
use egui::{Align2, CursorIcon, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Ui, WidgetInfo};
use egui::{FontId, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::words::passages as words;
use demarche_io::settings::Columns;
use demarche_session::{Arrangement, Column, PassagesAction, Session, Sort};

use super::columns::{self, NARROWEST, VisibleColumn};
use super::{HEAD, PassagesPanel, inside};
use crate::requests::Requests;

/// Width of a funnel, in points.
const FUNNEL: f32 = 20.0;

impl PassagesPanel {
    /// Shows the headings. `scrolled` is the horizontal scroll offset of the rows in points.
    pub(super) fn header(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        columns: &[VisibleColumn],
        scrolled: f32,
        settings: &mut Columns,
        requests: &mut Requests,
    ) {
        let area = ui.max_rect();
        ui.set_clip_rect(area.expand2(vec2(0.0, 2.0)).intersect(ui.clip_rect()));
        let line = egui::Stroke::new(1.0, Tokens::of(ui).line);
        ui.painter().hline(area.x_range(), area.bottom() - 1.0, line);
        for column in columns {
            let left = area.left() + column.left - scrolled;
            let rect = Rect::from_min_size(pos2(left, area.top()), vec2(column.width, HEAD));
            if rect.intersects(area) {
                self.head(ui, rect, column, session, settings, requests);
            }
        }
    }

    fn head(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        column: &VisibleColumn,
        session: &Session,
        settings: &mut Columns,
        requests: &mut Requests,
    ) {
        let id = Self::id().with(("head", &column.column));
        let arrangement = session.passage_table().arrangement();
        let sort = arrangement.sort.as_ref().filter(|sort| sort.column == column.column);
        let name = rect.with_max_x(rect.right() - FUNNEL - 4.0);
        let response = ui.interact(name, id, Sense::click());
        let next = match sort.map(|sort| sort.descending) {
            None => words::sort(),
            Some(false) => words::sort_reversed(),
            Some(true) => words::unsort(),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &column.title));
        paint(ui, name, column, sort, &response);
        if response.clicked() {
            requests.push(PassagesAction::Arrange(arrangement.clicked(&column.column)));
        }
        let funnel = self.funnel(ui, rect, column, session, requests);
        response.context_menu(|ui| {
            context_menu(ui, column, session, settings, requests);
            if ui.button(words::filter()).clicked() {
                Popup::open_id(ui.ctx(), Popup::default_response_id(&funnel));
                ui.close();
            }
        });
        response.on_hover_text(words::heading_hint(next));
        resize(ui, rect, column, settings);
    }

    fn funnel(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        column: &VisibleColumn,
        session: &Session,
        requests: &mut Requests,
    ) -> Response {
        let area = Rect::from_center_size(
            pos2(rect.right() - FUNNEL / 2.0 - 4.0, rect.center().y),
            vec2(FUNNEL, HEAD - 4.0),
        );
        let id = Self::id().with(("funnel", &column.column));
        let response = ui.interact(area, id, Sense::click());
        let title = words::filter_by(&column.title);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &title));
        let tokens = Tokens::of(ui);
        let filtered = session.passage_filter().is_filtered(&column.column);
        let colour = match (filtered, response.hovered() || response.has_focus()) {
            (true, _) => tokens.accent,
            (false, true) => tokens.text,
            (false, false) => tokens.text_faint,
        };
        if response.hovered() {
            ui.painter().rect_filled(area, f32::from(size::RADIUS), tokens.hover);
        }
        let icon = if filtered { m::ICON_FILTER_ALT } else { m::ICON_FILTER_LIST };
        paint_icon(ui, area, icon, 15.0, colour);
        if response.has_focus() {
            crate::widgets::focus_ring(ui, area);
        }
        let popup = Popup::from_toggle_button_response(&response)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .width(250.0);
        popup.show(|ui| self.values.ui(ui, session, &column.column, &column.title, requests));
        response.on_hover_text(title)
    }
}

fn paint(ui: &Ui, rect: Rect, column: &VisibleColumn, sort: Option<&Sort>, response: &Response) {
    let tokens = Tokens::of(ui);
    let rect = inside(rect);
    let colour = if response.hovered() || sort.is_some() { tokens.text } else { tokens.text_weak };
    let font = if sort.is_some() { strong(size::SMALL) } else { FontId::proportional(size::SMALL) };
    let room = rect.with_max_x(rect.right() - if sort.is_some() { 14.0 } else { 0.0 });
    let end = crate::widgets::line(ui, room, &column.title, font, colour);
    if let Some(sort) = sort {
        let icon = if sort.descending { m::ICON_ARROW_DOWNWARD } else { m::ICON_ARROW_UPWARD };
        let area = Rect::from_center_size(pos2(end + 9.0, rect.center().y), vec2(14.0, 14.0));
        paint_icon(ui, area, icon, 13.0, tokens.accent);
    }
    if response.has_focus() {
        crate::widgets::focus_ring(ui, rect.expand2(vec2(space::XS, 0.0)));
    }
}

fn paint_icon(ui: &Ui, rect: Rect, icon: MaterialIcon, points: f32, colour: egui::Color32) {
    let font = FontId::new(points, icon.font_family());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon.codepoint, font, colour);
}

fn context_menu(
    ui: &mut Ui,
    column: &VisibleColumn,
    session: &Session,
    settings: &mut Columns,
    requests: &mut Requests,
) {
    let arrangement = session.passage_table().arrangement();
    let mut arrange = |ui: &mut Ui, name: &str, to: Arrangement| {
        if ui.add_enabled(to != *arrangement, egui::Button::new(name)).clicked() {
            requests.push(PassagesAction::Arrange(to));
            ui.close();
        }
    };
    let sorted = |descending| Arrangement {
        sort: Some(Sort { column: column.column.clone(), descending }),
        group: arrangement.group.clone(),
    };
    let grouped = |group| Arrangement { sort: arrangement.sort.clone(), group };
    arrange(ui, words::sort_ascending(), sorted(false));
    arrange(ui, words::sort_descending(), sorted(true));
    arrange(ui, words::text_order(), Arrangement { sort: None, ..arrangement.clone() });
    ui.separator();
    if column.column.groups() {
        arrange(ui, words::group_by_column(), grouped(Some(column.column.clone())));
    }
    if arrangement.group.is_some() {
        arrange(ui, words::ungroup(), grouped(None));
    }
    let fixed = column.column == Column::Passage;
    if ui.add_enabled(!fixed, egui::Button::new(words::hide_column())).clicked() {
        settings.show(&column.column.id(), false);
        ui.close();
    }
    ui.menu_button(words::columns(), |ui| columns::menu(ui, session, settings));
    ui.separator();
}

/// Lets the user resize a column by dragging its right edge. A double click resets the width.
fn resize(ui: &mut Ui, rect: Rect, column: &VisibleColumn, settings: &mut Columns) {
    let edge = Rect::from_center_size(rect.right_center() - vec2(1.0, 0.0), vec2(6.0, rect.height()));
    let id = PassagesPanel::id().with(("edge", &column.column));
    let response =
        ui.interact(edge, id, Sense::CLICK | Sense::DRAG).on_hover_cursor(CursorIcon::ResizeHorizontal);
    let tokens = Tokens::of(ui);
    let colour = if response.hovered() || response.dragged() { tokens.accent } else { tokens.line };
    ui.painter().vline(
        rect.right() - 1.0,
        rect.shrink2(vec2(0.0, 5.0)).y_range(),
        egui::Stroke::new(1.0, colour),
    );
    let id = column.column.id();
    if response.double_clicked() {
        settings.set_width(&id, None);
    } else if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        settings.set_width(&id, Some((at.x - rect.left()).max(NARROWEST)));
    }
}
